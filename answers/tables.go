package answers

import (
	"slices"

	"reportbot/data"
)

// tableQuery reads what is asked of the tables. whole says whether the question
// names all that its kind needs; otherwise the query is the nearest guess, or
// has no kind.
func (d *draft) tableQuery(s *slots) (q Query, whole bool) {
	for _, read := range []func(*slots) (Query, bool){d.wholeRow, d.regions, d.share, d.meanPerCountry, d.filter, d.rank, d.difference, d.average, d.total, d.compare, d.lookup, d.profile} {
		if q, ok := read(s); ok {
			q.Exclude = s.exclude
			return q, true
		}
	}
	return d.guess(s)
}

// guess is the nearest table query of a question that is not a whole one.
func (d *draft) guess(s *slots) (Query, bool) {
	switch {
	case len(s.rows) > 0 && len(s.measures) == 0 && d.countsCountries():
		return Query{}, false // "how many states gave names to Turkey"
	case len(s.rows) > 0:
		return Query{Kind: Lookup, Subjects: s.rows, Measures: s.measures}, false
	case len(s.measures) > 0:
		return Query{Kind: Total, Measures: s.measures[:1], Within: s.scopes}, false
	}
	return Query{}, false
}

// set reads the rows and scopes as a set of countries: "EU countries" are the
// members of a row that has members.
func (d *draft) set(s *slots) (within []Scope, rows []*data.Subject) {
	within = s.scopes
	for _, r := range s.rows {
		if len(r.Members) > 0 {
			within = append(slices.Clone(within), Scope{Row: r})
		} else {
			rows = append(rows, r)
		}
	}
	return within, rows
}

// wantsCountries says whether countries are what is looked for.
func (d *draft) wantsCountries() bool { return d.hasAny(opCountry, opWhich, opWho, opList) }

// filterMeasures is the first measure, or the base one where a threshold stands alone.
func (d *draft) filterMeasures(s *slots) []*data.Measure {
	if len(s.measures) > 0 {
		return s.measures[:1]
	}
	for _, m := range d.e.report.Measures {
		if d.e.base(m) {
			return []*data.Measure{m}
		}
	}
	return nil
}

func (d *draft) hasSenseAnywhere(k senseKind) bool {
	_, ok := d.kindMark(k)
	return ok
}
