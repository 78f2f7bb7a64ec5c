package answers

import (
	"slices"

	"reportbot/data"
)

// besideTable adds what the table prints to a question about the prose that asks for
// that, too: "the paper says closer to half for Denmark, what does the table give".
func (d *draft) besideTable(q *Query, s *slots) {
	if !d.namesTable(span{0, len(d.words)}) && !d.has(opRows) || len(q.Findings) == 0 || len(s.rows) == 0 || len(s.rows) > 2 {
		return
	}
	if len(q.Subjects) == 0 {
		measures := s.measures
		if len(measures) == 0 || s.guessed {
			measures = q.Findings[0].Measures
		}
		if len(measures) == 0 {
			return
		}
		q.Subjects, q.Measures = s.rows, slices.Clone(measures)
	}
	if len(q.Measures) != 1 || !ofShare(q.Findings[0]) {
		return
	}
	if w := d.e.words(q.Measures[0]); len(w.ShareOf) > 0 {
		if whole, ok := d.e.report.Measure(w.ShareOf[0]); ok {
			q.Measures = append(slices.Clone(q.Measures), whole) // what the share would be worked out from
		}
	}
}

// ofShare says whether a finding tells of a share.
func ofShare(f *data.Finding) bool {
	return slices.ContainsFunc(split(f.Gist), func(w word) bool { return w.percent || w.text == "half" })
}

// sumAgainst reads "sum of rows vs 40,000" and "why do the rows not add up to 40,000" as the
// total of the rows, beside which the prose's own number is told.
func (d *draft) sumAgainst(s *slots) (Reading, bool) {
	asked := d.plainNumbers()
	if len(asked) != 1 || len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || len(s.measures) > 1 || len(d.unknown) > 0 || s.year != nil {
		return Reading{}, false
	}
	if !d.hasAny(opTable, opRows) || !d.hasAny(opTotal, opDisagree, opCompare, opTrue, opFewer, opMore, opDifference) || d.has(opCountry) && d.has(opHowMany) {
		return Reading{}, false
	}
	for _, h := range d.e.report.Vocabulary.Headlines {
		x, ok := d.e.report.Measure(h.Measure)
		f, found := d.e.report.Finding(h.Finding)
		if !ok || !found || h.Kind != string(Total) || h.Figure >= len(f.Figures) || f.Figures[h.Figure].Number.Value != asked[0] {
			continue
		}
		if len(s.measures) == 0 || s.measures[0] == x || s.guessed || d.e.base(s.measures[0]) && d.e.base(x) {
			for i := range d.numbers {
				d.numbers[i].used = true
			}
			return d.checked(Query{Kind: Total, Measures: []*data.Measure{x}}, &slots{}), true
		}
	}
	return Reading{}, false
}

// sumOfRows reads "is the 5,600 the sum of the table" as the total that the tables
// give, beside which the prose's own number is told.
func (d *draft) sumOfRows(s *slots, hits []hit) (Query, bool) {
	if !d.hasAny(opTable, opRows) || !d.has(opTotal) || len(s.rows)+len(s.scopes) > 0 {
		return Query{}, false
	}
	for _, h := range d.e.report.Vocabulary.Headlines {
		x, ok := d.e.report.Measure(h.Measure)
		if ok && h.Kind == string(Total) && h.Finding == hits[0].finding.ID {
			return Query{Kind: Total, Measures: []*data.Measure{x}}, true
		}
	}
	return Query{}, false
}
