package answers

import (
	"slices"

	"reportbot/data"
)

// How much of a question's weight a finding must hold to answer it. A question
// which the tables could answer needs more, and so does one that holds words
// which nothing here knows.
const (
	coverAlone   = 0.50
	coverBeside  = 0.62
	coverStrange = 0.66
	alongside    = 0.80 // further findings shown: at least that part of the best one's score
	mostFindings = 3
)

// findings reads a question as one about the prose. tables says whether the
// tables could answer it too.
func (d *draft) findings(s *slots, tables bool) (Reading, bool) {
	if len(d.prose) == 0 && len(d.names) == 0 && !d.onTopicWords() && len(d.measures) == 0 {
		return Reading{}, false
	}
	hits := d.hits(s)
	if len(hits) == 0 {
		return Reading{}, false
	}
	need := coverAlone
	switch {
	case tables:
		need = coverBeside
	case len(d.unknown) > 0:
		need = coverStrange
	}
	if hits[0].cover < need || tables && !d.sides(hits[0]) {
		return Reading{}, false
	}
	return Reading{Query: Query{Kind: Finding, Findings: together(hits)}, terms: d.terms()}, true
}

// hits are the findings that could answer, best first: those which hold what
// the question turns on.
func (d *draft) hits(s *slots) []hit {
	hits := d.e.index().search(d.terms(), 12)
	return slices.DeleteFunc(hits, func(h hit) bool { return !d.turnsOn(h, s) })
}

// together are the findings to show: the best, and those that come near it.
func together(hits []hit) []*data.Finding {
	var out []*data.Finding
	for _, h := range hits {
		if len(out) == mostFindings || h.score < alongside*hits[0].score || h.cover < 0.85*hits[0].cover {
			break
		}
		out = append(out, h.finding)
	}
	return out
}

// terms are what a question is searched by: the stems of its words, and the
// keys of its names.
func (d *draft) terms() []string {
	terms := make([]string, 0, len(d.words))
	for i := range d.words {
		if !d.inName(i) && (len(d.words[i].text) > 1 || d.words[i].isNum) {
			terms = append(terms, d.words[i].stem)
		}
	}
	for i := range d.names {
		terms = append(terms, d.names[i].key())
	}
	return terms
}

func (d *draft) inName(i int) bool {
	for k := range d.names {
		if d.names[k].holds(span{i, i + 1}) {
			return true
		}
	}
	return false
}

// turnsOn says whether a finding holds what a question turns on: the places
// named, the thing counted, and what the report as a rule does not give.
func (d *draft) turnsOn(h hit, s *slots) bool {
	ix := d.e.index()
	for i := range d.names {
		n := &d.names[i]
		if !n.place && !n.agent && !ix.covers(h.doc, n.key()) && (n.row == nil || len(s.rows) == 1) {
			return false
		}
	}
	if i, ok := d.counted(); ok && !ix.covers(h.doc, d.words[i].stem) {
		return false
	}
	for _, m := range d.marks {
		if m.kind == absent && !d.coveredByMeasure(m) && !d.anyCovered(h, m.span) {
			return false
		}
	}
	return true
}

func (d *draft) anyCovered(h hit, s span) bool {
	for i := s.from; i < s.to; i++ {
		if d.e.index().covers(h.doc, d.words[i].stem) {
			return true
		}
	}
	return false
}

// counted is the word after "how many" or "number of" which says what is
// counted, if only the findings, or nothing, knows it.
func (d *draft) counted() (int, bool) {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opHowMany {
			continue
		}
		for i := m.to; i < len(d.words) && i < m.to+3; i++ {
			if slices.Contains(d.prose, i) || slices.Contains(d.unknown, i) {
				return i, true
			}
			if d.hasSense(i, peopleNoun, measureNoun, measurePhrase) {
				break
			}
		}
	}
	return 0, false
}

// sides says whether a finding holds most of the words that the tables leave
// unexplained.
func (d *draft) sides(h hit) bool {
	ix := d.e.index()
	var held, whole float64
	for _, i := range append(slices.Clone(d.prose), d.unknown...) {
		w, known := ix.weight[d.words[i].stem]
		if !known {
			w = ix.rare
		}
		whole += w
		if ix.covers(h.doc, d.words[i].stem) {
			held += w
		}
	}
	return whole == 0 && d.hasAny(opSays, opWhy) || whole > 0 && held >= 0.6*whole
}
