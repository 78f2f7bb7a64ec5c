package answers

import (
	"slices"

	"reportbot/data"
)

// totalClaimed reads a claim on all people of a measure, of whom the prose states the total, as one on
// that ("have more than 6,000 returned to 33 countries?"), and what the report is said to say as what it
// does say: "more than 6,000 are back, say the key findings, yes?".
func (d *draft) totalClaimed(s *slots) (Reading, bool) {
	if len(s.rows)+len(s.scopes)+len(s.uncovered)+len(s.exclude) > 0 || len(s.measures) != 1 || s.ambiguous != nil || s.year != nil || s.second != nil || len(d.prose)+len(d.unknown) > 1 {
		return Reading{}, false
	}
	if d.hasAny(opHowMany, opWhich, opWho, opWhy, opList, opTop, opBottom, opShare, opAverage, opCompare, opDifference, opWhen, opSource, opTrend, opBetween) || !d.claims() {
		return Reading{}, false
	}
	stated, ok := d.e.headlineOf(string(Total), s.measures[0])
	if !ok {
		return Reading{}, false
	}
	var people *numberMark
	for i := range d.numbers {
		n := &d.numbers[i]
		switch {
		case n.percent, n.ordinal, n.year:
			return Reading{}, false
		case d.isOp(n.to, opCountry) && !d.fromOrTo(n.from):
			return Reading{}, false // "do at least three countries have …"
		case d.isOp(n.to, opCountry):
			n.used = n.used || d.countriesStated(s.measures[0], n.value)
		case people != nil || !d.words[n.from].isNum:
			return Reading{}, false
		default:
			people = n
		}
	}
	if people == nil || d.has(opCountry) && !d.countriesNumbered() {
		return Reading{}, false
	}
	if d.hasAny(opSays, opReport) {
		return Reading{Query: Query{Kind: Finding, Findings: []*data.Finding{stated}}}, true
	}
	op, ok := d.comparator(people)
	if !ok {
		op = data.EQ
	}
	people.used = true
	return d.checked(Query{Kind: Total, Measures: s.measures, Claim: true, Cond: d.bound(people, op, true)}, s), true
}

// claims says whether the asker tells something and wants to know whether it is so.
func (d *draft) claims() bool {
	return d.hasAny(opTrue, opYes, opSays, opReport) || d.is(0, gYesNo)
}

// countriesNumbered says whether each word for countries stands behind the number of them: "33 countries".
func (d *draft) countriesNumbered() bool {
	return !slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opCountry && !slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.to == m.from })
	})
}

// countriesStated says whether the prose states so many countries with the total of a measure.
func (d *draft) countriesStated(x *data.Measure, n float64) bool {
	f, ok := d.e.totalAndCount(x)
	return ok && slices.ContainsFunc(f.Figures, func(g data.StatedFigure) bool { return g.Number.Value == n })
}

// fromOrTo says whether a preposition stands near before a number of countries, so that people come from
// or went to so many: "to more than 33 countries".
func (d *draft) fromOrTo(at int) bool {
	for k := at - 1; k >= 0 && k >= at-3; k-- {
		if d.is(k, gGoal) || d.is(k, gSource) {
			return true
		}
	}
	return false
}

// countClaimed reads a claim on how many countries there are of some kind as the count of them: "do at
// least three countries have over 500 fighters", "have more than 30 countries reported returnees?".
func (d *draft) countClaimed(s *slots) (Reading, bool) {
	within, rows := d.set(s)
	if len(rows)+len(s.uncovered)+len(s.exclude) > 0 || len(s.measures) != 1 || s.ambiguous != nil || s.year != nil || len(d.prose)+len(d.unknown) > 0 || !d.is(0, gYesNo) && !d.hasAny(opTrue, opYes) {
		return Reading{}, false
	}
	if d.hasAny(opHowMany, opWhich, opWho, opWhy, opList, opTop, opBottom, opShare, opAverage, opCompare, opDifference, opWhen, opTrend, opBetween, opBlank, opNone) {
		return Reading{}, false
	}
	at := slices.IndexFunc(d.numbers, func(n numberMark) bool {
		to := n.to
		for to < len(d.words) && d.inName(to) && !d.within(to, opCountry) {
			to++ // "five EU countries"
		}
		return !n.year && !n.percent && !n.ordinal && to < len(d.words) && d.within(to, opCountry) && (!d.fromOrTo(n.from) || len(d.numbers) == 1)
	})
	if at < 0 || len(d.numbers) > 2 {
		return Reading{}, false
	}
	q := Query{Kind: Count, Measures: s.measures, Within: within, Has: true}
	for i := range d.numbers {
		n := &d.numbers[i]
		n.used = true
		if op, ok := d.comparator(n); i != at {
			if !ok || n.percent {
				return Reading{}, false
			}
			q.Has, q.Cond = false, d.bound(n, op, true)
		}
	}
	if f, ok := d.e.totalAndCount(q.Measures[0]); ok && q.Has && len(within) == 0 && d.e.base(q.Measures[0]) {
		return Reading{Query: Query{Kind: Finding, Findings: []*data.Finding{f}}}, true // of more countries than have a row
	}
	return d.checked(q, s), true
}
