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
	most := 8
	if d.onlyNamed(s) {
		most = 3 * mostHits // what was spoken of may say little by itself
	}
	hits := d.e.index().search(d.withTopic(p), most)
	own := d.terms()
	hits = slices.DeleteFunc(hits, func(h hit) bool {
		if d.asksCount() && len(d.counted()) > 0 {
			return !d.figuresAsked(h)
		}
		return !d.holdsSome(h, own)
	})
	if head, ok := d.headOfTopic(p); ok && d.pointsAtOne() {
		hits = slices.DeleteFunc(hits, func(h hit) bool { return !d.e.index().covers(h.doc, head) })
	}
	if d.onlyNamed(s) && len(hits) > 0 {
		if hits = slices.DeleteFunc(hits, func(h hit) bool { return !d.staysOnTopic(h, p) }); len(hits) == 0 {
			return problem(&Problem{Reason: NoSuchCombination}), true // "and Turkey?", of names that INTERPOL collected
		}
	}
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

// onlyNamed says whether a message names a row and says nothing else: "and in France?".
func (d *draft) onlyNamed(s *slots) bool {
	return len(s.rows) > 0 && d.short() && len(s.measures)+len(s.scopes)+len(s.uncovered)+len(d.prose)+len(d.unknown)+len(d.numbers) == 0 && !d.hasAny(opSays, opWhy, opFigure, opTable)
}

// staysOnTopic says whether a finding bears on a row that is named and on something that was
// spoken of before.
func (d *draft) staysOnTopic(h hit, p *past) bool {
	ix := d.e.index()
	topic := slices.ContainsFunc(p.topic, func(key string) bool {
		return !isPlaceKey(key) && ix.weight[key] > staysTelling && ix.covers(h.doc, key)
	})
	return topic && slices.ContainsFunc(d.names, func(n nameMark) bool { return d.nameCovered(h, &n) })
}

// staysTelling is how much a word must say that keeps a conversation on its topic.
const staysTelling = 1.5

// keepPlace keeps a conversation at its row where a question that names none is answered by what
// the prose says of that row: "tell me about Malaysia", "how many attacks were disrupted".
func (d *draft) keepPlace(r *Reading, c Context) {
	if r.Query.Kind != Finding || len(d.names) > 0 || c.Last == "" || len(r.Query.Findings) == 0 {
		return
	}
	p, ok := d.e.past(c)
	if !ok {
		return
	}
	place, ok := p.last.place()
	if !ok {
		place.row, ok = d.e.rowOfTopic(p)
	}
	if key := place.key(); ok && place.row != nil && d.e.index().covers(d.e.index().docOf(r.Query.Findings[0]), key) {
		r.terms = append(r.terms, key)
	}
}

// kindOfIt reads "what sort of unit was it" as what the report says of that very thing.
func (d *draft) kindOfIt(p *past) (Reading, bool) {
	last := len(d.words) - 1
	class := slices.IndexFunc(d.words, func(w word) bool { return d.e.lexicon.of(w.text, gClassWord) })
	if p.last.Kind != Finding || class < 1 || class > 2 || last < class+3 || d.words[class+1].text != "of" || !d.is(0, gAsking) || !d.is(last-1, gPassive) || !d.isOp(last, opPronoun) || d.within(last, opThatPlace) || len(d.names) > 0 {
		return Reading{}, false
	}
	hits := d.e.index().search(d.withTopic(p), 8)
	head, ok := d.headOfTopic(p)
	places := placesOf(p.topic)
	hits = slices.DeleteFunc(hits, func(h hit) bool {
		if ok {
			return !d.e.index().covers(h.doc, head)
		}
		return !slices.ContainsFunc(places, func(key string) bool { return d.e.index().covers(h.doc, key) })
	})
	if len(hits) == 0 {
		return Reading{Query: p.last, terms: p.topic}, true
	}
	return Reading{Query: Query{Kind: Finding, Findings: d.together(hits)}, terms: p.topic}, true
}

// withTopic are the terms of a question and of what the last one about the prose was about.
func (d *draft) withTopic(p *past) []queryTerm {
	terms := d.terms()
	for _, key := range d.carried(p) {
		terms = append(terms, queryTerm{key, shareMatter})
	}
	return terms
}

// countsEachKind says whether it is asked how many belong to each of the kinds that were told
// of, or to one of them: "how many are in each category", "how many fall in the third".
func (d *draft) countsEachKind(s *slots, p *past) bool {
	if p.last.Kind != Finding || !d.asksCount() || len(d.names) > 0 || d.phraseMeasures() > 0 || s.cond != nil || d.hasAny(opSays, opWhy, opTable) {
		return false
	}
	last := len(d.words) - 1
	each := d.is(last, gEach) || d.is(last, gClassWord) && d.is(last-1, gEach)
	one := d.is(last, gClassWord) || d.ordinal() > 0
	return each || one && slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.ordinal && n.to > last-1 })
}

// pointsAtOne says whether one thing or person of before is asked about, and nothing is named:
// "where was it", "what did he do".
func (d *draft) pointsAtOne() bool {
	return len(d.names) == 0 && slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opPronoun && m.len() == 1 && (d.is(m.from, gDoer) || d.words[m.from].text == "it" || d.words[m.from].text == "that")
	})
}

// headOfTopic is the term which says most of what the last question about the prose was about.
func (d *draft) headOfTopic(p *past) (string, bool) {
	ix, head := d.e.index(), ""
	for _, key := range p.topic {
		held := !isPlaceKey(key) && ix.weight[key] > telling && slices.ContainsFunc(p.last.Findings, func(f *data.Finding) bool {
			return ix.covers(ix.docOf(f), key)
		})
		if held && (head == "" || ix.weight[key] > ix.weight[head]) {
			head = key
		}
	}
	return head, head != ""
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
