package answers

import (
	"math"
	"slices"

	"reportbot/data"
)

// condition finds a threshold: "more than 500", "at least ten", "50 or fewer",
// "between 100 and 200", ">500", or another row's figure ("more than France").
func (d *draft) condition(s *slots) {
	if d.between(s) || d.fromTo(s) {
		return
	}
	first := 0
	for i := range d.numbers {
		n := &d.numbers[i]
		if n.year || n.ordinal || n.used {
			continue
		}
		o, ok := d.comparator(n)
		if !ok && s.cond != nil {
			o, ok = d.butNot(n, s.cond)
		}
		if ok || n.below > 0 {
			n.used = true
			c := d.bound(n, o, ok)
			if s.cond == nil {
				first = n.to
			} else if len(s.measures) == 1 {
				d.eachItsMeasure(s, first, n.to)
			}
			if s.cond != nil {
				if len(s.measures) > 1 {
					s.second = c
					return
				}
				s.cond = both(s.cond, c)
				return
			}
			s.cond = c
		}
	}
	if s.cond == nil {
		d.rowCondition(s)
	}
}

// bound is the condition that a number sets: a bare number of digits any number that has so many,
// and "about" what lies near it.
func (d *draft) bound(n *numberMark, o data.Op, bounded bool) *Condition {
	switch {
	case !bounded, o == data.EQ && n.below > 0:
		return &Condition{Op: data.BETWEEN, A: n.value, B: n.below - 1}
	case o == data.EQ && !n.percent && d.about(n):
		return &Condition{Op: data.BETWEEN, A: math.Ceil(n.value * (1 - leeway)), B: math.Floor(n.value * (1 + leeway))}
	}
	return &Condition{Op: o, A: percentValue(n)}
}

// leeway is how far from a number, as a part of it, those lie that are asked for with "about": as
// far as a figure that is printed with "about" may.
const leeway = 0.1

// about says whether a number is asked for by "about" or the like before it.
func (d *draft) about(n *numberMark) bool {
	for i := n.from - 1; i >= 0 && d.is(i, gRough); i-- {
		if !d.is(i, gArticle) {
			return true
		}
	}
	return false
}

// butNot is the bound of "over 200 but not 500", where what is said of the first number is
// denied of the second.
func (d *draft) butNot(n *numberMark, first *Condition) (data.Op, bool) {
	at := n.from - 1
	for at > 0 && d.fills(at) {
		at--
	}
	if at < 1 || !d.is(at, gNegation) {
		return 0, false
	}
	switch up := first.Op == data.GT || first.Op == data.GE; {
	case up && n.value > first.A && first.Op == data.GT:
		return data.LE, true
	case up && n.value > first.A:
		return data.LT, true
	case first.Op == data.LT && n.value < first.A:
		return data.GE, true
	case first.Op == data.LE && n.value < first.A:
		return data.GT, true
	}
	return 0, false
}

// eachItsMeasure reads a measure behind each of two thresholds: "over 1,000 leave and
// under 100 come back".
func (d *draft) eachItsMeasure(s *slots, first, second int) {
	behind := func(at int) *data.Measure {
		for _, m := range d.measures {
			if m.from >= at && m.from-at <= 3 {
				return m.measure
			}
		}
		return nil
	}
	if a, b := behind(first), behind(second); a != nil && b != nil && a != b && d.has(opCountry) {
		s.measures = []*data.Measure{a, b}
	}
}

// both puts a lower and an upper threshold together: "more than 250 and fewer
// than 300" counts whole people, so it is 251 to 299.
func both(a, b *Condition) *Condition {
	low, high := a, b
	if a.Op == data.LT || a.Op == data.LE {
		low, high = b, a
	}
	c := Condition{Op: data.BETWEEN, A: low.A, B: high.A}
	if low.Op == data.GT && low.A >= 1 {
		c.A++
	}
	if high.Op == data.LT && high.A > 1 {
		c.B--
	}
	if c.B < c.A || low.Op == high.Op {
		return a
	}
	return &c
}

// percentValue is a number as a figure has it: 33.3 percent is 0.333, without
// the noise that dividing leaves.
func percentValue(n *numberMark) float64 {
	if n.percent {
		return math.Round(n.value*1e8) / 1e10
	}
	return n.value
}

func (d *draft) between(s *slots) bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opBetween {
			continue
		}
		var found []*numberMark
		for i := range d.numbers {
			if n := &d.numbers[i]; n.from >= m.to && n.from-m.to <= 5 && !n.ordinal && !(n.from > 0 && d.isOp(n.from-1, opTable)) {
				found = append(found, n)
			}
		}
		if len(found) >= 2 && !(found[0].year && found[1].year) {
			s.cond = d.bounds(found[0], found[1])
			return true
		}
	}
	return false
}

// fromTo reads "from 40 to 120", "40 to 120" and "40-120".
func (d *draft) fromTo(s *slots) bool {
	for i := 0; i+1 < len(d.numbers); i++ {
		a, b := &d.numbers[i], &d.numbers[i+1]
		dashed := b.from == a.to && d.words[a.from].hyphen
		joined := b.from == a.to+1 && d.is(a.to, gGoal)
		if a.year || b.year || a.ordinal || b.ordinal || a.value >= b.value && a.percent == b.percent {
			continue
		}
		if dashed || joined {
			s.cond = d.bounds(a, b)
			return true
		}
	}
	return false
}

// bounds makes a condition of two numbers; a percent sign at the second is
// meant for both.
func (d *draft) bounds(a, b *numberMark) *Condition {
	a.used, b.used = true, true
	a.percent = a.percent || b.percent
	low, high := percentValue(a), percentValue(b)
	return &Condition{Op: data.BETWEEN, A: min(low, high), B: max(low, high)}
}

// comparator is the word or sign that makes a number a threshold.
func (d *draft) comparator(n *numberMark) (data.Op, bool) {
	if n.over {
		return data.GT, true
	}
	for _, m := range d.marks {
		if m.kind != operator {
			continue
		}
		gap := n.from - m.to
		if gap == 0 || gap == 1 && d.fills(m.to) {
			switch m.op {
			case opMoreThan:
				if d.negated(m.from) {
					return data.LE, true
				}
				return data.GT, true
			case opAtLeast:
				if d.words[m.from].text != "from" {
					return data.GE, true
				}
			case opFewerThan:
				if d.negated(m.from) {
					return data.GE, true
				}
				return data.LT, true
			case opAtMost:
				return data.LE, true
			case opExactly:
				return data.EQ, true
			case opOrFewer, opOrMore:
				if o, ok := d.joinedBound(m, gap); ok {
					return o, true
				}
			}
		}
		if after := m.from - n.to; after == 0 || after == 1 && d.hasSense(n.to, peopleNoun, measureNoun, measurePhrase) {
			if after == 0 && d.words[n.to].text == "+" && d.words[n.to].start == d.words[n.to-1].end {
				return data.GE, true // "2,500+ names"
			}
			switch m.op {
			case opOrMore:
				if d.words[m.from].text != "over" && d.words[m.from].text != "plus" || after == 0 {
					return data.GE, true
				}
			case opOrFewer:
				return data.LE, true
			}
		}
	}
	if d.hasExactly(n) {
		return data.EQ, true
	}
	if n.from > 0 {
		switch d.words[n.from-1].text {
		case ">":
			return data.GT, true
		case ">=":
			return data.GE, true
		case "<":
			return data.LT, true
		case "<=":
			return data.LE, true
		}
	}
	return 0, false
}

// hasExactly says whether countries are asked for that have a number of what is counted:
// "which country has 147 returnees", "countries with about 150 fighters".
func (d *draft) hasExactly(n *numberMark) bool {
	if d.aboutSoMany(n) {
		return true
	}
	asked := d.has(opCountry) && (d.hasAny(opWhich, opList) || d.within(0, opCountry)) || d.has(opWho) && d.about(n)
	if !asked || n.percent || n.ordinal || n.to >= len(d.words) || !d.words[n.from].isNum && !d.about(n) || !d.hasSense(n.to, measureNoun, measurePhrase) {
		return false
	}
	i := n.from - 1
	for i > 0 && d.is(i, gRough) {
		i--
	}
	return i >= 0 && (d.is(i, gAuxiliary) || d.words[i].text == "with")
}

// aboutSoMany says whether countries are asked for that have about a number of what is counted:
// "about 500 fighters, which countries".
func (d *draft) aboutSoMany(n *numberMark) bool {
	if n.percent || n.from == 0 || n.to >= len(d.words) || d.has(opHowMany) || d.is(0, gYesNo) || !d.hasSense(n.to, measureNoun, measurePhrase) {
		return false
	}
	return d.about(n) && d.hasAny(opCountry, opWho, opWhich) && d.wantsCountries() && (d.setOff(n.to) || d.onlyRough(n.from))
}

// onlyRough says whether nothing but "about", "a" and the like stands before a word.
func (d *draft) onlyRough(at int) bool {
	for i := range at {
		if !d.is(i, gRough) {
			return false
		}
	}
	return true
}

// joinedBound is the bound of "and under" before a number, which only joins a second
// condition: "over 250 fighters and under 100 returnees"; behind one it would close it.
func (d *draft) joinedBound(m mark, gap int) (data.Op, bool) {
	if gap > 0 || m.len() != 2 || !d.is(m.from, gConjunction) || m.from > 0 && d.words[m.from-1].isNum {
		return 0, false
	}
	if m.op == opOrFewer {
		return data.LT, true
	}
	return data.GT, true
}

func (d *draft) negated(i int) bool {
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		switch {
		case d.is(k, gNegation):
			return true
		case !d.is(k, gCarriesNegation):
			return false
		}
	}
	return false
}

func (d *draft) fills(i int) bool {
	return d.is(i, gRough)
}

// rowCondition reads "more fighters than France" and "fewer than Germany" where
// countries are asked for.
func (d *draft) rowCondition(s *slots) {
	if d.rowBounds(s) {
		return
	}
	terse := (d.ops[opMore] == 0 || d.ops[opFewer] == 0 || d.ops[opMoreThan] == 0 || d.ops[opFewerThan] == 0) && d.short() && !d.has(opHowMany)
	if len(s.rows) != 1 || !terse && !d.hasAny(opCountry, opWho, opWhich, opList) || !d.has(opThan) && !d.hasAny(opMoreThan, opFewerThan) || d.has(opDifference) && !d.has(opCountry) {
		return
	}
	row := s.rows[0]
	for i := range d.names {
		n := &d.names[i]
		if n.row != row {
			continue
		}
		for _, m := range d.marks {
			if m.kind != operator || m.to > n.span.from || n.span.from-m.to > 2 {
				continue
			}
			switch {
			case m.op == opMoreThan, m.op == opThan && d.has(opMore):
				s.cond, s.condRow = &Condition{Op: data.GT}, row
			case m.op == opFewerThan, m.op == opThan && d.has(opFewer):
				s.cond, s.condRow = &Condition{Op: data.LT}, row
			}
		}
	}
}

// rowBounds reads "more than Tunisia but fewer than Russia" and "countries between Austria and
// Belgium" as the figures of two rows between which those asked for lie.
func (d *draft) rowBounds(s *slots) bool {
	if len(s.rows) != 2 || len(s.measures) > 1 || !d.hasAny(opCountry, opWho, opWhich, opList) || len(d.names) != 2 {
		return false
	}
	a, b := &d.names[0], &d.names[1]
	bound := func(n *nameMark, ops ...op) bool {
		return slices.ContainsFunc(d.marks, func(m mark) bool {
			return m.kind == operator && slices.Contains(ops, m.op) && n.span.from >= m.to && n.span.from-m.to <= 1
		})
	}
	between := bound(a, opBetween) && b.span.from-a.to <= 2 && d.has(opCountry)
	apart := bound(a, opMoreThan) && bound(b, opFewerThan) || bound(a, opFewerThan) && bound(b, opMoreThan)
	if !between && !apart {
		return false
	}
	s.cond, s.condRow, s.condRow2 = &Condition{Op: data.BETWEEN}, s.rows[0], s.rows[1]
	return true
}

// rankSlots finds how many rows a ranking is to have, or which place is asked for.
func (d *draft) rankSlots(s *slots) {
	d.placeByMeasure()
	d.placeOnList()
	if !d.hasAny(opTop, opBottom, opOrder, opNewest, opOldest, opMore, opFewer) {
		return
	}
	for i := range d.numbers {
		n := &d.numbers[i]
		switch {
		case n.from > 0 && d.words[n.from-1].text == "than": // "older than fifty"
		case n.used || n.year || n.value < 1 || n.value > 1000 && (n.from == 0 || !d.isOp(n.from-1, opTop)):
		case n.ordinal && n.value == 1 && n.to < len(d.words) && !d.isOp(n.to, opTop, opBottom):
		case !n.ordinal && n.value > float64(len(d.e.report.Subjects)) && n.from > 0 && d.isOp(n.from-1, opTop):
			n.used = true
			s.cond = &Condition{Op: data.GT, A: n.value} // "returnees top 400"
			d.ops[opTop] = -1
		case n.ordinal && s.position > 0 && !d.endsPlace(n.to):
		case n.ordinal && s.position > 0 && n.value == 1: // "the second, and how far behind the first"
		case n.ordinal:
			s.position, n.used = int(n.value), true
		case n.percent || d.e.pronounOne(d, n):
		default:
			s.limit, n.used = int(n.value), true
		}
	}
	if s.position == 1 {
		s.position, s.limit = 0, 1
	}
}

// placeByMeasure reads an ordinal before "by" and a measure as a place in an order: "fourth
// by women".
func (d *draft) placeByMeasure() {
	for i := range d.numbers {
		n := &d.numbers[i]
		if n.ordinal && n.to+1 < len(d.words) && d.is(n.to, gAgent) && d.measureIn(span{n.to + 1, min(n.to+3, len(d.words))}) && !d.hasAny(opTop, opBottom) {
			d.ops[opTop] = n.from
		}
	}
}

// pronounOne says whether the number word "one" is a pronoun: "which one".
func (e *Engine) pronounOne(d *draft, n *numberMark) bool {
	return d.words[n.from].text == "ones" || d.words[n.from].text == "one" && n.len() == 1 && (n.from == 0 || !d.isOp(n.from-1, opTop, opBottom))
}

func (d *draft) isOp(i int, ops ...op) bool {
	for _, m := range d.marks {
		if m.kind != operator || m.from != i {
			continue
		}
		for _, o := range ops {
			if m.op == o {
				return true
			}
		}
	}
	return false
}

// dateSlot finds a date that the asker names.
func (d *draft) dateSlot(s *slots) {
	for i := range d.numbers {
		n := &d.numbers[i]
		if !n.year || n.used {
			continue
		}
		n.used = true
		at := &dateAsked{span: n.span, year: int(n.value)}
		for _, m := range d.marks {
			if m.kind == month && (m.to == n.from || m.to == n.from-1 && d.words[n.from-1].isNum) {
				at.month = int(m.value)
				at.span.from = m.from
			}
		}
		at.open = d.opens(at.span.from)
		if s.year == nil {
			s.year = at
		} else if s.year.year != at.year {
			s.year.open = true
		}
	}
	if s.year == nil {
		d.monthSlot(s)
	}
}

// monthSlot finds a month without a year: "in March", not the verb.
func (d *draft) monthSlot(s *slots) {
	for _, m := range d.marks {
		if m.kind != month || m.from == 0 {
			continue
		}
		if !d.is(m.from-1, gDate) {
			continue
		}
		if len(d.words[m.from].text) > 3 || d.words[m.from].capital() {
			s.year = &dateAsked{span: m.span, month: int(m.value), open: d.opens(m.from)}
			return
		}
	}
}

// opens says whether the word before a date makes it a stretch of time.
func (d *draft) opens(i int) bool {
	if i == 0 {
		return false
	}
	return d.is(i-1, gSince)
}
