package answers

import (
	"math"
	"slices"

	"reportbot/data"
)

// multipleAsked is a multiple in a question: "more than twice as many … as".
type multipleAsked struct {
	span      // up to where what is multiplied begins
	of    int // where the figure may begin that is multiplied
	times float64
	op    data.Op
	open  bool // "how many times as many"
}

// multiples reads whether one figure is so many times another, or how many times: "are there twice as
// many Danes as Finns", "did France send three times more women than Spain".
func (d *draft) multiples(s *slots) (Reading, bool) {
	asked, ok := d.multipleIn()
	if !ok || d.hasAny(opCountry, opWho, opTop, opBottom) || len(s.uncovered) > 0 || s.ambiguous != nil || len(s.exclude) > 0 || d.strangeBeside(asked) {
		return Reading{}, false
	}
	q := Query{Kind: Compare, Times: true}
	if !d.twoParties(&q, s, asked) && !d.twoCounted(&q, s, asked) {
		return Reading{}, false
	}
	if !asked.open {
		q.Claim, q.Cond = true, &Condition{Op: asked.op, A: asked.times}
	}
	d.takeMultiple(asked)
	return d.checked(q, s), true
}

// multipleIn finds the multiple that a question holds.
func (d *draft) multipleIn() (multipleAsked, bool) {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opByFactor {
			continue
		}
		of, ok := d.multiplies(m.to)
		if !ok && d.words[m.from].text != "how" {
			of, ok = m.to, true // "by what factor"
		}
		if ok {
			return multipleAsked{span: span{m.from, max(of, m.to)}, of: of, open: true}, true
		}
	}
	for i := range d.words {
		times, at, ok := d.timesAt(i)
		if !ok {
			continue
		}
		of, ok := d.multiplies(at.to)
		if !ok {
			continue
		}
		return multipleAsked{span: span{at.from, max(of, at.to)}, of: of, times: times, op: d.timesBound(at)}, true
	}
	return multipleAsked{}, false
}

// timesAt reads a multiple at a word: "twice", "three times", "half", "a third".
func (d *draft) timesAt(i int) (float64, span, bool) {
	if v, ok := d.valueOf(i, multiple); ok {
		return v, span{i, i + 1}, true
	}
	for k := range d.numbers {
		n := &d.numbers[k]
		if n.from == i && !n.year && !n.ordinal && !n.percent && d.isOp(n.to, opTimes) {
			return n.value, span{i, n.to + 1}, true
		}
	}
	at := span{i, i + 1}
	if d.is(i, gArticle) {
		at.to++
	}
	if at.to > len(d.words) {
		return 0, at, false
	}
	parts, ok := d.valueOf(at.to-1, fraction)
	if !ok || at.to >= len(d.words) || d.words[at.to].text != "as" {
		return 0, at, false
	}
	return math.Round(1e4/parts) / 1e4, at, true
}

// multiplies says whether a word goes on from a multiple, and where that which is multiplied may be
// named from: "as many", "more", "the number of", "that of", or its name.
func (d *draft) multiplies(k int) (int, bool) {
	switch {
	case k >= len(d.words):
		return k, false
	case d.words[k].text == "as":
		return k + 2, k+1 < len(d.words) && (d.words[k+1].text == "many" || d.words[k+1].text == "much")
	case d.saysOp(k, opMore), d.saysOp(k, opFewer):
		return k + 1, d.has(opThan) || d.has(opMoreThan)
	case d.words[k].text == "that":
		return k, k+1 < len(d.words) && d.words[k+1].text == "of"
	}
	if d.is(k, gArticle) && k+1 < len(d.words) {
		k++
	}
	return k, d.isOp(k, opHowMany, opFigure) || d.inName(k) || d.is(k, gFinalCount) || d.measureIn(span{k, k + 1}) || d.hasSense(k, peopleNoun)
}

// saysOp says whether a word by itself is one of an operator, whatever longer phrase it stands in.
func (d *draft) saysOp(k int, o op) bool {
	return slices.ContainsFunc(d.senses(k), func(s sense) bool { return s.kind == operator && s.op == o })
}

// timesBound is the bound that words beside a multiple set: as many as it says where none does.
func (d *draft) timesBound(at span) data.Op {
	if op, ok := d.comparator(&numberMark{span: at}); ok {
		return op
	}
	for _, m := range d.marks {
		if m.kind == operator && m.op == opAtLeast && d.words[m.from].text != "from" {
			return data.GE
		}
	}
	return data.EQ
}

// pivot is where the figure is named that is multiplied: behind the last "as" or "than" with a name or
// measure behind it, or right behind the multiple.
func (d *draft) pivot(asked multipleAsked, names bool) int {
	at := -1
	for k := asked.to; k < len(d.words)-1; k++ {
		turns := d.words[k].text == "as" || d.words[k].text == "than" || d.isOp(k, opThan)
		if rest := (span{k + 1, len(d.words)}); turns && (names && d.namesIn(rest) || !names && d.measuresIn(rest)) {
			at = k + 1
		}
	}
	if at < 0 && d.words[max(asked.of-1, 0)].text != "many" {
		return asked.of
	}
	return at
}

// twoParties takes the two rows or sets named: the one that is multiplied stands behind "as" or "than".
func (d *draft) twoParties(q *Query, s *slots, asked multipleAsked) bool {
	if len(s.rows) != 2 && len(s.scopes) != 2 || len(s.rows)+len(s.scopes) != 2 || len(s.measures) > 1 {
		return false
	}
	at := d.pivot(asked, true)
	var before, behind []*nameMark
	for i := range d.names {
		n := &d.names[i]
		switch {
		case n.out || n.agent || n.place || n.row == nil && n.group == nil:
		case at >= 0 && n.span.from >= at, at < 0 && d.setAgainst(n):
			behind = append(behind, n)
		default:
			before = append(before, n)
		}
	}
	if asked.open && len(behind) == 2 && at == asked.of {
		before, behind = behind[:1], behind[1:] // "by what factor do Danes exceed Finns"
	}
	if len(before) != 1 || len(behind) != 1 {
		return false
	}
	q.Measures = d.filterMeasures(s)
	for _, n := range []*nameMark{before[0], behind[0]} {
		if n.row != nil {
			q.Subjects = append(q.Subjects, n.row)
		} else {
			q.Within = append(q.Within, Scope{Group: n.group})
		}
	}
	return true
}

// setAgainst says whether a name stands behind "compared with", ahead of what is compared.
func (d *draft) setAgainst(n *nameMark) bool {
	at := n.span.from
	if at > 0 && d.is(at-1, gArticle) {
		at--
	}
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == operator && m.op == opThan && m.len() > 1 && m.to == at })
}

// twoCounted takes the two measures named of one row or set.
func (d *draft) twoCounted(q *Query, s *slots, asked multipleAsked) bool {
	all := len(s.rows)+len(s.scopes) == 0 && d.hasAny(opEverywhere, opTotal)
	if len(s.rows)+len(s.scopes) != 1 && !all {
		return false
	}
	at := d.pivot(asked, false)
	var before, behind []*data.Measure
	for _, m := range d.measures {
		list := &before
		if at >= 0 && m.from >= at {
			list = &behind
		}
		if !slices.Contains(*list, m.measure) {
			*list = append(*list, m.measure)
		}
	}
	if len(before) != 1 || len(behind) != 1 || before[0] == behind[0] {
		return false
	}
	q.Measures, q.Subjects, q.Within = []*data.Measure{before[0], behind[0]}, s.rows, s.scopes
	if all {
		q.Within = []Scope{{}}
	}
	return true
}

// strangeBeside says whether a word beside the multiple is none that the tables know.
func (d *draft) strangeBeside(asked multipleAsked) bool {
	strange := func(i int) bool {
		return !asked.holds(span{i, i + 1}) && !slices.ContainsFunc(d.marks, func(m mark) bool {
			return m.kind == absent && m.meets(asked.span) && m.holds(span{i, i + 1})
		})
	}
	return len(d.unknown) > 0 || slices.ContainsFunc(d.prose, strange)
}

// takeMultiple accounts for the words of the multiple, so that they stand against nothing.
func (d *draft) takeMultiple(asked multipleAsked) {
	d.marks = slices.DeleteFunc(d.marks, func(m mark) bool { return m.kind == absent && m.meets(asked.span) })
	d.prose = nil
	for i := range d.numbers {
		d.numbers[i].used = d.numbers[i].used || d.numbers[i].meets(asked.span)
	}
}
