package answers

import (
	"math"
	"slices"
)

// numberWords reads number words from i on: "one thousand", "fifty", "two dozen", "a couple of
// hundred", "two and a half thousand".
func (d *draft) numberWords(i int) numberMark {
	if part, ok := d.partOfNumber(i); ok {
		return part
	}
	if pair, ok := d.pairOfUnits(i); ok {
		return pair
	}
	n := numberMark{span: span{i, i}}
	total, current := 0.0, 0.0
	for k := i; k < len(d.words); k++ {
		if v, ok := d.unitOf(k); ok && (k > i || d.countsAlone(k)) {
			total, current = inUnits(total, current, v)
			n.to, n.unit = k+1, v
			if d.words[k].breaks {
				break
			}
			continue
		}
		v, ok := d.numberWord(k)
		if !ok {
			if d.words[k].text == "and" && k > i && current+total > 0 && k+1 < len(d.words) {
				if parts, at, half := d.halfMore(k + 1); half {
					current, k = current+1/parts, at-1
					continue
				}
				if _, more := d.numberWord(k + 1); more && (total >= 100 || current >= 100) && !d.isCountUnit(k+1) {
					continue
				}
			}
			break
		}
		if current > 0 && current < 20 && v < 20 {
			break
		}
		current, n.unit, n.to = current+v, 0, k+1
		if d.words[k].breaks || d.words[k].comma && v < 20 {
			break
		}
	}
	if n.len() == 0 {
		if v, ok := d.valueOf(i, ordinalWord); ok {
			n.to, n.value, n.ordinal = i+1, v, true
		}
		return n
	}
	n.value = total + current
	return n
}

// inUnits counts what was read of a number in a unit behind it: thousands are added up, and
// smaller units may have thousands behind them.
func inUnits(total, current, unit float64) (float64, float64) {
	if unit >= 1000 {
		return total + max(current, 1)*unit, 0
	}
	if current == 0 {
		return total, unit
	}
	return total, current * unit
}

// unitOf is the size of a word in which other numbers are counted: "dozen", "hundred".
func (d *draft) unitOf(k int) (float64, bool) {
	if k >= len(d.words) || d.words[k].isNum {
		return 0, false
	}
	return d.valueOf(k, countedIn)
}

func (d *draft) isCountUnit(k int) bool {
	_, ok := d.unitOf(k)
	return ok
}

// countsAlone says whether a unit is a number without one before it: "hundred", and "score" only
// where it is "a score of".
func (d *draft) countsAlone(k int) bool {
	if _, ok := d.numberWord(k); ok {
		return true
	}
	return k > 0 && d.is(k-1, gArticle) && k+1 < len(d.words) && d.words[k+1].text == "of"
}

// countedBehind takes the unit behind a number of digits into it: "5 dozen", "1.5 thousand".
func (d *draft) countedBehind(n *numberMark) {
	if n.year || n.ordinal || n.percent || d.setOff(n.from) {
		return
	}
	unit, ok := d.unitOf(n.to)
	if !ok {
		return
	}
	n.value, n.unit, n.to = n.value*unit, unit, n.to+1
}

// inNumber says whether a word was taken into a number of digits.
func (d *draft) inNumber(i int) bool {
	for k := range d.numbers {
		if n := &d.numbers[k]; n.unit > 0 && n.from < i && i < n.to {
			return true
		}
	}
	return false
}

// pairOfUnits reads "a couple of hundred" and "a couple dozen".
func (d *draft) pairOfUnits(i int) (numberMark, bool) {
	times, ok := d.valueOf(i, countsUnits)
	if !ok || d.setOff(i) {
		return numberMark{}, false
	}
	k := i + 1
	if k < len(d.words) && d.words[k].text == "of" {
		k++
	}
	unit, ok := d.unitOf(k)
	return numberMark{span: span{i, k + 1}, value: times * unit, unit: unit}, ok
}

// halfMore reads "a half" where a unit follows: "two and a half thousand". at is where the unit stands.
func (d *draft) halfMore(k int) (parts float64, at int, ok bool) {
	if d.is(k, gArticle) {
		k++
	}
	if k >= len(d.words) {
		return 0, 0, false
	}
	parts, ok = d.valueOf(k, fraction)
	return parts, k + 1, ok && d.isCountUnit(k+1)
}

// partOfNumber reads "half a dozen" and "half-dozen".
func (d *draft) partOfNumber(i int) (numberMark, bool) {
	parts, ok := d.valueOf(i, fraction)
	if !ok || d.words[i].isNum || !d.partOfUnit(i) {
		return numberMark{}, false
	}
	k := i + 1
	if d.is(k, gArticle) {
		k++
	}
	whole, _ := d.unitOf(k)
	return numberMark{span: span{i, k + 1}, value: math.Floor(whole / parts)}, whole >= parts
}

// partOfUnit says whether a fraction is one of a unit: "half a thousand". "Half of the hundred" is
// one of people.
func (d *draft) partOfUnit(i int) bool {
	if d.setOff(i) || i+1 >= len(d.words) {
		return false
	}
	return d.isCountUnit(i+1) || d.is(i+1, gArticle) && d.words[i+1].text != "the" && d.isCountUnit(i+2)
}

// shareUnits gives the unit of a number to the one before it which goes with it ("two to three
// hundred" begins at two hundred), and takes two of which one is meant as all from one to the other:
// "five or six dozen".
func (d *draft) shareUnits() {
	for i := 0; i+1 < len(d.numbers); i++ {
		a, b := &d.numbers[i], &d.numbers[i+1]
		if a.year || b.year || a.ordinal || b.ordinal || a.percent || b.percent || a.below+b.below > 0 || a.value < 1 {
			continue
		}
		joined := b.from == a.to+1 && (d.is(a.to, gGoal) || d.is(a.to, gConjunction) && !d.isOp(a.to, opThan))
		if !joined && !(b.from == a.to && d.words[a.to-1].hyphen) {
			continue
		}
		if b.unit > 0 && a.unit == 0 && a.value < b.value/b.unit {
			a.value, a.unit = a.value*b.unit, b.unit
		}
		if joined && d.words[a.to].text == "or" && d.eitherOf(a, b) {
			a.to, a.below = b.to, b.value+1
			d.marks = slices.DeleteFunc(d.marks, func(m mark) bool { return a.holds(m.span) && m.kind == operator })
			d.numbers = slices.Delete(d.numbers, i+1, i+2)
		}
	}
}

// eitherOf says whether one of two numbers that follow each other is meant, of people.
func (d *draft) eitherOf(a, b *numberMark) bool {
	step := math.Pow(10, math.Floor(math.Log10(a.value)))
	next := a.unit > 0 && a.unit == b.unit || math.Mod(a.value, step) == 0 && b.value == a.value+step
	of := b.to < len(d.words) && (d.hasSense(b.to, measureNoun, measurePhrase, peopleNoun) || d.inName(b.to))
	return next && of && a.value < b.value && !(a.from > 0 && d.isOp(a.from-1, opTop, opBottom))
}
