package answers

import (
	"slices"

	"reportbot/data"
)

// amongTold reads "how many Russians are on it" and "and Tunisians?" after what the prose tells
// of a whole that a measure gives by row: Turkey's list, those who went. Of a whole that it does
// not part by country, a row's part is not told.
func (d *draft) amongTold(s *slots, p *past) (Reading, bool) {
	if p.last.Kind != Finding || len(s.rows)+len(s.uncovered) == 0 || len(s.scopes)+len(d.prose)+len(d.unknown) > 0 || s.cond != nil || d.hasAny(opSays, opWhy, opShare, opAboutSubject) {
		return Reading{}, false
	}
	among := d.has(opAmongTold)
	if !among && (len(s.measures) > 0 || !d.short() || !d.has(opFollow)) {
		return Reading{}, false
	}
	whole, ok := d.e.wholeTold(p.last.Findings)
	switch {
	case ok && (len(s.measures) == 0 || s.guessed || slices.Equal(s.measures, []*data.Measure{whole})):
		return d.inherits(d.checked(Query{Kind: Lookup, Subjects: s.rows, Measures: []*data.Measure{whole}}, s), s), true
	case !among || d.toldOfBoth(p):
		return Reading{}, false
	}
	return problem(&Problem{Reason: NoSuchCombination}), true
}

// wholeTold is the measure of which one of the findings gives the whole.
func (e *Engine) wholeTold(findings []*data.Finding) (*data.Measure, bool) {
	for _, f := range findings {
		for _, h := range e.report.Vocabulary.Headlines {
			if h.Finding == f.ID && h.Kind == string(Total) {
				return e.report.Measure(h.Measure)
			}
		}
	}
	return nil, false
}

// toldOfBoth says whether a finding with figures bears on a place that is named and on what
// was spoken of.
func (d *draft) toldOfBoth(p *past) bool {
	ix := d.e.index()
	terms := d.terms()
	for _, key := range p.topic {
		terms = append(terms, queryTerm{key, shareContent})
	}
	return slices.ContainsFunc(ix.search(terms, mostHits), func(h hit) bool {
		named := slices.ContainsFunc(d.names, func(n nameMark) bool { return ix.covers(h.doc, n.key()) })
		topic := slices.ContainsFunc(p.topic, func(key string) bool { return !isPlaceKey(key) && ix.weight[key] > telling && ix.states(h.doc, key) })
		return named && topic && len(h.finding.Figures) > 0
	})
}
