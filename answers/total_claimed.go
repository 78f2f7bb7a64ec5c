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
