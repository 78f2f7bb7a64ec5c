package answers

import "reportbot/data"

// The kinds of headlines that tell how a measure has changed, and whether those of other
// measures include it.
const (
	trendTold = "trend"
	partTold  = "part"
)

// howChanged reads how the number of all people of a measure has changed, which no table tells,
// by what the prose says of that: "did the number of fighters grow since the last report".
func (d *draft) howChanged(s *slots, _ *Query, _ bool) (Reading, bool) {
	if !d.has(opTrend) || len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || s.cond != nil || s.year != nil && s.year.year > yearOf(d.e.report.Date) || len(s.measures) == 0 || len(d.prose)+len(d.unknown) > 0 {
		return Reading{}, false
	}
	if _, missing := d.absentMark(); missing || d.hasAny(opTop, opBottom, opCountry, opAverage, opShare) {
		return Reading{}, false
	}
	var found []*data.Finding
	for _, x := range s.measures {
		f, ok := d.e.headlineOf(trendTold, x)
		if !ok {
			return Reading{}, false
		}
		if len(found) == 0 || found[len(found)-1] != f {
			found = append(found, f)
		}
	}
	return Reading{Query: Query{Kind: Finding, Findings: found}}, true
}

// headlineOf is the finding that tells one kind of thing of a measure as a whole.
func (e *Engine) headlineOf(kind string, x *data.Measure) (*data.Finding, bool) {
	for _, h := range e.report.Vocabulary.Headlines {
		if h.Kind == kind && h.Measure == x.Name {
			return e.report.Finding(h.Finding)
		}
	}
	return nil, false
}
