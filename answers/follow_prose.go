package answers

import (
	"slices"

	"reportbot/data"
)

// followProse goes on from a question about the prose: the new words are
// searched together with those of the last question.
func (d *draft) followProse(s *slots, p *past) (Reading, bool) {
	if len(s.rows) > 0 && d.has(opFigure) && len(d.prose)+len(d.unknown)+len(s.measures) == 0 && d.short() {
		return Reading{Query: Query{Kind: Profile, Subjects: s.rows}}, true // "and Egypt's figures?"
	}
	if d.short() && len(s.rows)+len(s.measures)+len(d.prose)+len(d.unknown) == 0 && (d.hasAny(opWhen, opSource, opWhy, opPronoun) || d.doneByWhom() || d.is(0, gAsking) && len(d.words) <= 2) {
		return Reading{Query: p.last, terms: p.topic}, true
	}
	if q, ok := d.rowOfTopic(s, p); ok {
		return Reading{Query: q}, true
	}
	if len(p.topic) == 0 || !d.short() && !d.hasAny(opPronoun, opFollow) || len(s.measures) > 0 && len(s.rows) > 0 {
		return Reading{}, false
	}
	terms := d.terms()
	for _, key := range d.carried(p) {
		terms = append(terms, queryTerm{key, shareMatter})
	}
	hits := d.e.index().search(terms, 8)
	own := d.terms()
	hits = slices.DeleteFunc(hits, func(h hit) bool {
		if d.asksCount() && len(d.counted()) > 0 {
			return !d.figuresAsked(h)
		}
		return !d.holdsSome(h, own)
	})
	if places := placesOf(p.topic); len(places) > 0 && d.asksCount() && d.short() && len(d.names) == 0 {
		elsewhere := func(h hit) bool {
			return !slices.ContainsFunc(places, func(key string) bool { return d.e.index().covers(h.doc, key) })
		}
		if hits = slices.DeleteFunc(hits, elsewhere); len(hits) == 0 {
			return problem(&Problem{Reason: NotUnderstood}), true // "how many died", of Dhaka
		}
	}
	if len(hits) == 0 || hits[0].cover < coverFollow {
		return Reading{}, false
	}
	topic := keysOf(own)
	if d.short() && len(d.prose)+len(d.unknown) == 0 {
		topic = append(topic, d.carried(p)...) // "how many were women?": what it is about stands before
	} else if len(d.names) == 0 {
		topic = append(topic, placesOf(p.topic)...) // "who attacked there" may come
	}
	return Reading{Query: Query{Kind: Finding, Findings: d.together(hits)}, terms: topic}, true
}

// rowOfTopic reads a row named by itself after a question on a kind of people
// ("I want to know about children": "Australia") as that figure of the row.
func (d *draft) rowOfTopic(s *slots, p *past) (Query, bool) {
	if len(s.rows) != 1 || len(s.measures)+len(s.scopes)+len(d.prose)+len(d.unknown) > 0 || !d.short() {
		return Query{}, false
	}
	var asked []*data.Measure
	for _, stem := range p.topic {
		for _, k := range d.e.lexicon.phrases[stem] {
			if k.kind == measurePhrase && d.e.who(k.measure) && !slices.Contains(asked, k.measure) {
				asked = append(asked, k.measure)
			}
		}
	}
	if len(asked) == 0 || len(p.topic) > 3 {
		return Query{}, false
	}
	return Query{Kind: Lookup, Subjects: s.rows, Measures: asked}, true
}

// holdsSome says whether a finding holds a word that the new question brings.
func (d *draft) holdsSome(h hit, terms []queryTerm) bool {
	for _, t := range terms {
		if t.share > 0.5 && d.e.index().weight[t.key] > 1 && d.e.index().covers(h.doc, t.key) {
			return true
		}
	}
	return false
}
