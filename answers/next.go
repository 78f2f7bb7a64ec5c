package answers

import (
	"math"

	"reportbot/data"
)

// next offers questions that lead on from an answer. They are chosen by
// looking at cells, so that each is certain to be answered; asking them all
// would cost more than the answer itself.
func (m *maker) next() {
	if m.quiet || m.a.Status != Answered || len(m.a.Suggestions) > 0 || m.q.Problem != nil {
		return
	}
	m.a.Suggestions = make([]string, 0, maxSuggestions)
	switch m.q.Kind {
	case Lookup, Profile, Share, Date, Source:
		m.nextOfRow()
	case Compare, Difference:
		m.nextOfPair()
	case Rank, Filter, Count, Total, Average:
		m.nextOfSet()
	case Finding:
		m.nextOfFinding()
	}
}

// offer adds the question of a query that is certain to be answered.
func (m *maker) offer(q Query) {
	if len(m.a.Suggestions) < maxSuggestions {
		m.a.Suggestions = append(m.a.Suggestions, m.e.Question(q))
	}
}

// nextOfRow leads on from one row: another measure of it, a share, the row
// next to it in the order.
func (m *maker) nextOfRow() {
	c := m.lead()
	if c == nil {
		m.nextOfSet()
		return
	}
	row := []*data.Subject{c.Subject}
	if m.q.Kind != Profile {
		if other := m.otherMeasure(c); other != nil {
			m.offer(Query{Kind: Lookup, Measures: []*data.Measure{other}, Subjects: row})
		}
	}
	if m.q.Kind != Share {
		if x, of := m.shareOf(c); of != nil {
			m.offer(Query{Kind: Share, Measures: []*data.Measure{x}, Of: of, Subjects: row})
		}
	}
	if near := m.neighbour(c); near != nil {
		m.offer(Query{Kind: Compare, Measures: []*data.Measure{c.Measure}, Subjects: []*data.Subject{c.Subject, near}})
	}
	if m.q.Kind != Source && c.Subject.Kind == data.Country {
		m.offer(Query{Kind: Source, Measures: []*data.Measure{c.Measure}, Subjects: row})
	}
	if len(m.a.Suggestions) == 0 && m.ofCountries(c.Measure) {
		m.offer(Query{Kind: Rank, Measures: []*data.Measure{c.Measure}, Limit: 5})
	}
}

// ofCountries says whether a country's row prints a measure.
func (m *maker) ofCountries(x *data.Measure) bool {
	for _, s := range m.e.report.Subjects {
		if _, ok := m.e.report.Cell(s, x); ok && s.Kind == data.Country {
			return true
		}
	}
	return false
}

// lead is the first printed figure that the answer rests on, nil where it
// rests on a set of rows.
func (m *maker) lead() *data.Cell {
	if len(m.used) == 0 || len(m.q.Subjects) == 0 {
		return nil
	}
	for _, c := range m.used {
		if m.q.placed() && c.Subject == m.q.Subjects[0] {
			return c
		}
	}
	return m.used[0]
}

// otherMeasure is a measure that a row prints plainly and that was not asked
// for: the next of the same table, else the first of another that does not
// count the same thing.
func (m *maker) otherMeasure(c *data.Cell) *data.Measure {
	all := m.e.report.Measures
	for _, sameTable := range [...]bool{true, false} {
		for i := range all {
			x := all[(c.Measure.Order+1+i)%len(all)]
			if x == c.Measure || m.asked(x) || (x.Table == c.Table) != sameTable || !m.plainly(c.Subject, x) {
				continue
			}
			if sameTable || len(m.e.words(x).Overlaps) == 0 {
				return x
			}
		}
	}
	return nil
}

// plainly says whether a row prints a measure, its column is no guess, and the
// row is not the one that acts in it.
func (m *maker) plainly(s *data.Subject, x *data.Measure) bool {
	c, ok := m.e.report.Cell(s, x)
	return ok && c.Deduction != data.Ambiguous && m.e.words(x).Agent != s.Name
}

// asked says whether the question names a measure.
func (m *maker) asked(x *data.Measure) bool {
	if x == m.q.Of {
		return true
	}
	for _, y := range m.q.Measures {
		if x == y {
			return true
		}
	}
	return false
}

// shareOf is a ratio of two printed figures of the row that makes sense: of
// the figure's own measure, or else of another in it.
func (m *maker) shareOf(c *data.Cell) (x, of *data.Measure) {
	if of := m.usual(c); of != nil {
		return c.Measure, of
	}
	for _, w := range m.e.report.Vocabulary.Measures {
		if len(w.ShareOf) == 0 || w.ShareOf[0] != c.Measure.Name {
			continue
		}
		if x, ok := m.e.report.Measure(w.Name); ok && x.Table == c.Table && m.plainly(c.Subject, x) {
			return x, c.Measure
		}
	}
	return nil, nil
}

// usual is the usual denominator of a figure, where the same table prints it
// for the row.
func (m *maker) usual(c *data.Cell) *data.Measure {
	w := m.e.words(c.Measure)
	if len(w.ShareOf) == 0 {
		return nil
	}
	of, ok := m.e.report.Measure(w.ShareOf[0])
	if !ok || of.Table != c.Table || !m.plainly(c.Subject, of) {
		return nil
	}
	return of
}

// neighbour is the country whose figure comes nearest to a country's, the one
// that stands first in the report among several.
func (m *maker) neighbour(c *data.Cell) *data.Subject {
	if c.Subject.Kind != data.Country {
		return nil
	}
	var best *data.Subject
	least := math.Inf(1)
	for _, s := range m.e.report.Subjects {
		if s.Kind != data.Country || s == c.Subject {
			continue
		}
		o, ok := m.e.report.Cell(s, c.Measure)
		if !ok || o.Deduction == data.Ambiguous {
			continue
		}
		if d := math.Abs(o.Number.Value - c.Number.Value); d < least {
			best, least = s, d
		}
	}
	return best
}

// nextOfPair leads on from two rows: what else both print, and the other way
// to set them against each other.
func (m *maker) nextOfPair() {
	c := m.lead()
	if c == nil || len(m.q.Subjects) != 2 || len(m.q.Within) > 0 {
		m.nextOfRow()
		return
	}
	a, b := m.q.Subjects[0], m.q.Subjects[1]
	for _, x := range m.e.report.Measures {
		if !m.asked(x) && m.plainly(a, x) && m.plainly(b, x) {
			m.offer(Query{Kind: Compare, Measures: []*data.Measure{x}, Subjects: m.q.Subjects})
			break
		}
	}
	if len(m.q.Measures) == 1 && m.q.Of == nil && m.plainly(a, m.q.Measures[0]) && m.plainly(b, m.q.Measures[0]) {
		kind := Difference
		if m.q.Kind == Difference {
			kind = Compare
		}
		m.offer(Query{Kind: kind, Measures: m.q.Measures, Subjects: m.q.Subjects})
	}
	m.offer(Query{Kind: Profile, Subjects: m.q.Subjects[:1]})
}

// nextOfSet leads on from many rows: those with the most, their total, their mean.
func (m *maker) nextOfSet() {
	switch {
	case len(m.used) == 0 || len(m.q.Within) > 1:
		return
	case len(m.q.Subjects) > 0:
		m.nextOfRow()
		return
	}
	q := Query{Measures: m.q.Measures[:min(1, len(m.q.Measures))], Within: m.q.Within}
	if len(q.Measures) == 0 {
		q.Measures = []*data.Measure{m.used[0].Measure}
	}
	for _, kind := range [...]Kind{Rank, Total, Average, Count} {
		if kind == m.q.Kind || kind == Count && len(m.e.words(q.Measures[0]).Parts) > 0 {
			continue // which rows have some part of a combined measure is asked of its table
		}
		q.Kind, q.Limit, q.Has = kind, 0, kind == Count
		if kind == Rank {
			q.Limit = 5
		}
		m.offer(q)
	}
}

// nextOfFinding leads on from the prose to the row that it is about,
// or to its topics.
func (m *maker) nextOfFinding() {
	for _, f := range m.facts {
		if len(f.Subjects) == 1 {
			m.offer(Query{Kind: Profile, Subjects: f.Subjects})
			return
		}
	}
	m.offer(Query{Kind: Coverage, Aspect: Topics})
}
