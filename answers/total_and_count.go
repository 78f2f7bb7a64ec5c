package answers

import (
	"slices"

	"reportbot/data"
)

// totalAndCount reads what asks both for how many people and for how many countries they
// come from or went back to, where the prose states the two together: "how many fighters
// from how many countries".
func (d *draft) totalAndCount(s *slots) (Reading, bool) {
	if len(s.rows)+len(s.scopes)+len(s.uncovered)+len(s.exclude)+len(s.measures) != 1 || len(s.measures) != 1 || s.cond != nil || s.year != nil || len(d.prose)+len(d.unknown) > 0 {
		return Reading{}, false
	}
	if !d.countsCountries() || !d.countsOthers() || d.hasAny(opTop, opBottom, opAverage, opShare, opDifference, opCompare, opHas, opBlank, opNone, opWhy) {
		return Reading{}, false
	}
	f, ok := d.e.totalAndCount(s.measures[0])
	return Reading{Query: Query{Kind: Finding, Findings: []*data.Finding{f}}}, ok
}

// countsOthers says whether the number of something else than countries is asked for too.
func (d *draft) countsOthers() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		if m.kind != operator || m.op != opHowMany && m.op != opFigure || d.opIn(span{m.from, min(m.to+3, len(d.words))}, opCountry) || m.from > 0 && d.words[m.from-1].text == "a" {
			return false // "for how many countries is there a number of returnees"
		}
		return !slices.ContainsFunc(d.marks, func(o mark) bool {
			return o.kind == operator && o.op == opHowMany && o.span != m.span && o.meets(m.span)
		})
	})
}

// totalAndCount is the finding that states both the total of a measure and the number of
// its countries.
func (e *Engine) totalAndCount(x *data.Measure) (*data.Finding, bool) {
	id := ""
	for _, h := range e.report.Vocabulary.Headlines {
		if h.Measure == x.Name && h.Kind == string(Total) {
			id = h.Finding
		}
	}
	both := slices.ContainsFunc(e.report.Vocabulary.Headlines, func(h data.Headline) bool {
		return h.Measure == x.Name && h.Kind == string(Count) && h.Finding == id
	})
	if !both {
		return nil, false
	}
	return e.report.Finding(id)
}
