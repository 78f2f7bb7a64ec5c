package answers

import (
	"math"
	"slices"
	"strings"

	"reportbot/data"
)

func (d *draft) findNumbers() {
	d.numbers = d.numbers[:0]
	for _, m := range d.marks {
		if m.kind == digits {
			least := math.Pow(10, m.value-1)
			d.numbers = append(d.numbers, numberMark{span: m.span, value: least, below: 10 * least})
		}
	}
	for i := range d.words {
		if w := &d.words[i]; w.isNum && !d.inLonger(i) {
			n := numberMark{span: span{i, i + 1}, value: w.number, percent: w.percent, ordinal: w.ordinal}
			n.year = d.isYear(i)
			d.countedBehind(&n)
			d.numbers = append(d.numbers, n)
		}
	}
	for i := 0; i < len(d.words); i++ {
		if d.hasSense(i, digits) || d.inNumber(i) {
			continue
		}
		if n, ok := d.fraction(i); ok {
			d.numbers = append(d.numbers, n)
			d.marks = append(d.marks, mark{span: n.span, sense: sense{kind: operator, op: opShare}})
			i = n.to - 1
			continue
		}
		if d.inLonger(i) {
			continue
		}
		if n := d.numberWords(i); n.len() > 0 {
			d.numbers = append(d.numbers, n)
			i = n.to - 1
		}
	}
	d.majority()
	for i := range d.numbers {
		d.percentBehind(&d.numbers[i])
		d.numbered(&d.numbers[i])
	}
	slices.SortFunc(d.numbers, func(a, b numberMark) int { return a.from - b.from })
	d.shareUnits()
	d.partsInWhole()
	d.backToYear()
}

// majority reads "did most of the French come back" as a claim on more than half of them,
// not as one on who has the most.
func (d *draft) majority() {
	if len(d.words) == 0 || !d.asksWhether() {
		return
	}
	at := slices.IndexFunc(d.marks, func(m mark) bool {
		if m.kind != operator || m.op != opMajority || m.to >= len(d.words) {
			return false
		}
		mostly := strings.HasSuffix(d.words[m.from].text, "ly") && d.namesIn(span{0, m.from}) && d.hasSense(m.to, measurePhrase)
		return mostly || d.peopleAt(m.to) || d.mostOfCounted(m) || d.words[m.to].text == "of" && d.namesIn(span{m.to, min(m.to+4, len(d.words))})
	})
	if at < 0 {
		return
	}
	s := d.marks[at].span
	d.marks = slices.DeleteFunc(d.marks, func(m mark) bool { return m.kind == operator && m.op == opTop && m.meets(s) })
	d.marks = append(d.marks, mark{s, sense{kind: operator, op: opShare}})
	d.numbers = append(d.numbers, numberMark{span: s, value: 50, percent: true, over: true})
}

// mostOfCounted says whether "most" stands before those whom a measure counts, and places are named behind
// them: "did most fighters come from Tunisia". In "the most fighters" it does not.
func (d *draft) mostOfCounted(m mark) bool {
	if m.from > 0 && d.is(m.from-1, gArticle) && d.words[m.to-1].text == "most" {
		return false
	}
	at := m.to
	for at < len(d.words) && (d.words[at].text == "of" || d.is(at, gBeforeMeasure) || d.is(at, gAside) && !d.hasSense(at, measureNoun, measurePhrase)) {
		at++
	}
	return at < len(d.words) && d.hasSense(at, measureNoun, measurePhrase) && !d.namesIn(span{0, at}) && d.namesIn(span{at, len(d.words)})
}

// peopleAt says whether the name of a people begins at a word: "most Belgians".
func (d *draft) peopleAt(at int) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool { return n.span.from == at && n.people && n.row != nil })
}

// partsInWhole reads "three in ten" and "1 out of 4" as a percentage: no number of
// people. It is a threshold or a claim only where a fraction would be one.
func (d *draft) partsInWhole() {
	for i := 0; i+1 < len(d.numbers); i++ {
		a, b := &d.numbers[i], &d.numbers[i+1]
		if a.year || b.year || a.percent || b.percent || a.ordinal || b.ordinal || a.value < 1 || a.value >= b.value || b.value > 10 && b.value != 100 {
			continue
		}
		gap := span{a.to, b.from}
		joined := gap.len() == 1 && d.is(a.to, gPlace) || gap.len() == 2 && d.is(a.to, gSource) && d.words[a.to+1].text == "of"
		if !joined || b.to < len(d.words) && (d.is(b.to, gTimeUnit) || d.within(b.to, opCountry)) {
			continue
		}
		n := numberMark{span: span{a.from, b.to}, value: math.Round(1000*a.value/b.value) / 10, percent: true}
		_, bound := d.comparator(&n)
		n.used = !bound && !d.believed()
		if !n.used || len(d.names) > 0 {
			d.marks = append(d.marks, mark{span: n.span, sense: sense{kind: operator, op: opShare}})
		}
		d.numbers = slices.Replace(d.numbers, i, i+2, n)
	}
}

// numbered reads "number 3" and "#3" as the third place.
func (d *draft) numbered(n *numberMark) {
	if n.ordinal || n.year || n.percent || n.from == 0 || n.value < 1 || n.value > float64(len(d.e.report.Subjects)) || !d.is(n.from-1, gPlaceNumber) {
		return
	}
	if n.from > 1 && d.is(n.from-2, gArticle) {
		return // "the number 3 stands for"
	}
	n.ordinal = true
	d.marks = append(d.marks, mark{span: span{n.from - 1, n.from}, sense: sense{kind: operator, op: opTop}})
}

// percentBehind takes "percent" or "per cent" behind a number into it.
func (d *draft) percentBehind(n *numberMark) {
	k := n.to
	if k+1 < len(d.words) && d.is(k, gEach) {
		k++
	}
	if k < len(d.words) && d.is(k, gPercentSign) && !n.ordinal && !n.year {
		n.percent, n.to = true, k+1
	}
}

// fraction reads "half", "a third" and "two thirds" as a percentage, to one
// decimal, where a word before or behind makes it a threshold ("more than half")
// or a claim is made of it.
func (d *draft) fraction(i int) (numberMark, bool) {
	times, k := 1.0, i
	if v, ok := d.numberWord(i); ok {
		times, k = v, i+1
	} else if d.is(i, gArticle) {
		k++
	}
	if k >= len(d.words) {
		return numberMark{}, false
	}
	parts, ok := d.valueOf(k, fraction)
	n := numberMark{span: span{i, k + 1}, value: math.Round(1000*times/parts) / 10, percent: true}
	if !ok || times > parts || d.partOfUnit(k) {
		return n, false
	}
	if k+1 < len(d.words) && (d.words[k+1].text == "of" || d.is(k+1, gArticle) || d.hasSense(k+1, measurePhrase)) && d.believed() {
		return n, true
	}
	o, bound := d.comparator(&n)
	return n, bound && o != data.EQ
}

// inLonger says whether a word is part of a phrase of several words of an
// operator or measure: "smallest first", "the first one", "table 2".
func (d *draft) inLonger(i int) bool {
	for _, m := range d.marks {
		if m.from <= i && i < m.to && m.len() > 1 && (m.kind == digits || m.kind == operator && m.op != opLatter && m.op != opFormer && m.op != opTop || m.kind == measurePhrase) {
			return true
		}
	}
	return false
}

// isYear says whether a bare number is a year: four digits of our time, no
// separator, and no word before it that makes it a threshold.
func (d *draft) isYear(i int) bool {
	w := &d.words[i]
	if w.grouped || w.percent || w.ordinal || w.number < 1900 || w.number > 2099 || len(w.text) != 4 {
		return false
	}
	if i+1 < len(d.words) && (d.hasSense(i+1, peopleNoun, measureNoun) || d.words[i+1].text == "+") {
		return false
	}
	for _, m := range d.marks {
		if m.kind == operator && m.to == i && (m.op == opMoreThan || m.op == opFewerThan || m.op == opAtLeast && d.words[m.from].text != "from" || m.op == opAtMost && !d.datedEnds(m.from)) {
			return false
		}
	}
	return i == 0 || !d.words[i-1].isSign()
}

// datedEnds says whether words for the date of a figure end before a word: "dated up to 2016".
func (d *draft) datedEnds(at int) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == operator && m.op == opDated && m.to == at })
}

// backToYear takes what leads to a year as the date of a figure, not as people's way home: "figures
// going back to 2015".
func (d *draft) backToYear() {
	for i := range d.marks {
		m := &d.marks[i]
		if m.kind != measurePhrase && m.kind != measureNoun {
			continue
		}
		if slices.ContainsFunc(d.numbers, func(n numberMark) bool {
			return n.year && n.from > 0 && d.is(n.from-1, gGoal) && (n.from == m.to || n.from == m.to+1)
		}) {
			m.sense = sense{kind: operator, op: opDated}
		}
	}
}

func (w *word) isSign() bool {
	return w.text != "" && strings.ContainsAny(w.text[:1], "<>~")
}

// believed says whether the question puts something forward to be confirmed.
func (d *draft) believed() bool {
	yes := false
	for i := range d.words {
		switch {
		case d.within(i, opWhich), d.within(i, opWho), d.within(i, opHowMany), d.within(i, opSays) && !d.has(opTrue), d.words[i].text == "where":
			return false
		case d.is(i, gYesNo), d.within(i, opTrue):
			yes = true
		}
	}
	return yes
}

func (d *draft) numberWord(k int) (float64, bool) {
	if d.words[k].isNum {
		return 0, false
	}
	return d.valueOf(k, number)
}

func (d *draft) valueOf(k int, kind senseKind) (float64, bool) {
	senses := d.senses(k)
	for i := range senses {
		if senses[i].kind == kind {
			return senses[i].value, true
		}
	}
	return 0, false
}

// senses are those of a word by itself.
func (d *draft) senses(i int) []sense {
	w := &d.words[i]
	if w.sensed != w.stem {
		w.sensed, w.senses = w.stem, d.e.lexicon.phrases[w.stem]
	}
	return w.senses
}
