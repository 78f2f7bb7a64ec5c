package answers

import (
	"slices"

	"reportbot/data"
)

// How much of a question's weight a finding must hold.
const (
	coverBeside  = 0.50 // where the tables could answer it
	coverClear   = 0.38 // enough where no other finding comes near
	clearLead    = 1.4
	coverStrange = 0.60
	coverAll     = 0.80
	coverFollow  = 0.3  // of a question that goes on from one about the prose
	alongside    = 0.50 // further findings shown: at least that part of the best one's score
	alongsideWhy = 0.40 // where reasons are asked for, which may stand in another finding
	mostFindings = 4

	faintScore    = 3.3
	faintLikeness = 0.4

	workedLikeness = 0.5 // of a finding beside figures worked out, where words are left that only the prose can explain

	strongBeside = 10.0 // score and weighed cover, beside a whole question of the tables
	coverWorth   = 5.0
)

// findings reads a question as one about the prose. tables says whether the
// tables could answer it too.
func (d *draft) findings(s *slots, tables bool) (Reading, bool) {
	hits := d.hits(s)
	if len(hits) == 0 || tables && !d.proseEvidence(hits[0]) {
		return Reading{}, false
	}
	if d.faint(hits[0]) {
		return Reading{}, false
	}
	if tables && !d.besideTables(hits, s) || !tables && d.evidence(hits[0]) < evidenceNeeded && !d.justNamed(hits[0]) {
		return Reading{}, false
	}
	if !tables && len(d.prose)+len(d.unknown) > 0 && d.evidence(hits[0]) < evidenceAside && !d.sides(hits[0], s.uncovered) {
		return Reading{}, false
	}
	if sum, ok := d.sumOfRows(s, hits); ok {
		return Reading{Query: sum}, true
	}
	q := Query{Kind: Finding, Findings: d.together(hits)}
	if tables && d.has(opTrend) && len(s.rows) > 0 && len(d.prose) == 0 {
		return Reading{}, false // how a row's figure has changed
	}
	if tables && len(s.measures) == 0 && len(d.prose) == 0 && len(s.rows) == 1 {
		row := Query{Kind: Profile, Subjects: s.rows}
		switch {
		case s.year == nil || d.dateFits(s, &row):
			row.Findings = q.Findings
			return Reading{Query: row}, true
		case d.has(opFigure):
			return Reading{}, false // "the UK figure of 2015"
		}
	}
	if table, ok := d.worked(s, tables); ok {
		if len(d.prose) > 0 && hits[0].likeness() < workedLikeness {
			return Reading{}, false
		}
		table.Findings = q.Findings[:1]
		if r := d.checked(table, s); r.Query.Problem == nil {
			return r, true
		}
	}
	switch beyond := d.measuresBeyond(); {
	case tables && (!s.guessed || d.countsMeasure()) && len(s.measures) > 0 && len(s.rows) <= 2:
		q.Subjects, q.Measures = s.rows, s.measures // the tables bear on it too
	case len(beyond) > 0 && len(s.rows) > 0 && len(s.rows) <= 2:
		q.Subjects, q.Measures = s.rows, beyond
	}
	d.besideTable(&q, s)
	return Reading{Query: q, terms: keysOf(d.terms()), cover: hits[0].cover}, true
}

// faint says whether a finding holds but everyday words of a question and says nothing
// like it: "what must be true for IS to go on existing".
func (d *draft) faint(h hit) bool {
	return h.score < faintScore && h.likeness() < faintLikeness && len(d.names)+len(d.numbers) == 0 && !d.hasAny(opEarlier, opAuthor, opSource) && (!d.has(opReport) || d.has(opReliable))
}

// strongProse reads a question as one about the prose where a finding holds most
// of what the tables leave unexplained, and so much of the whole that a place
// without a row or a date is part of what it tells.
func (d *draft) strongProse(s *slots) (Reading, bool) {
	if d.oneCountry() && len(s.measures) > 0 {
		return Reading{}, false
	}
	place := len(s.uncovered) > 0 && !d.hasAny(opTop, opBottom, opCoverage) && !s.uncovered[0].source && !s.uncovered[0].people && !d.asksCount() && len(d.words) > 3 && (len(d.prose) > 0 || len(s.measures) == 0 || s.guessed && s.uncovered[0].uncovered.Kind != data.Country.String())
	if len(d.prose) == 0 && !place || len(s.uncovered) == 0 && s.year == nil {
		return Reading{}, false
	}
	hits := d.hits(s)
	if len(hits) == 0 || d.evidence(hits[0]) < evidenceNeeded || len(d.prose) > 0 && !d.sides(hits[0], s.uncovered) && d.evidence(hits[0]) < evidenceSure {
		return Reading{}, false
	}
	q := Query{Kind: Finding, Findings: d.together(hits)}
	if beyond := d.measuresBeyond(); len(beyond) > 0 && len(s.rows) > 0 && len(s.rows) <= 2 {
		q.Subjects, q.Measures = s.rows, beyond
	} else if d.alsoFrom(s) {
		q.Subjects, q.Measures = s.rows, d.filterMeasures(s)
	}
	return Reading{Query: q, terms: keysOf(d.terms()), cover: hits[0].cover}, true
}

// quoted reads a question that quotes a number of the prose ("who supplied the
// 53,781 names") as one about it, where no table's figure is meant.
func (d *draft) quoted(s *slots, q *Query) (Reading, bool) {
	if s.cond != nil || d.has(opCountry) && len(s.measures) > 0 || !slices.ContainsFunc(d.numbers, func(n numberMark) bool {
		return d.words[n.from].isNum && !n.used && !n.year && !n.ordinal && !n.percent && n.value >= leastNumber && !d.isFigure(q, n.value)
	}) {
		return Reading{}, false
	}
	hits := d.hits(s)
	if len(hits) == 0 || d.evidence(hits[0]) < evidenceQuoted {
		return Reading{}, false
	}
	if sum, ok := d.sumOfRows(s, hits); ok {
		return Reading{Query: sum}, true
	}
	r := d.told(hits)
	d.besideTable(&r.Query, s)
	return r, true
}

// person reads a question that names a person of the prose ("Putin on fighters from
// Russia") as one about what it says of them.
func (d *draft) person(s *slots) (Reading, bool) {
	at := d.personAt()
	if at < 0 {
		return Reading{}, false
	}
	hits := d.hits(s)
	if held := len(hits) > 0 && d.e.index().covers(hits[0].doc, d.words[at].stem); held && d.evidence(hits[0]) >= evidenceQuoted {
		r := d.told(hits)
		d.besideTable(&r.Query, s)
		return r, true
	}
	if len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.unknown) > 0 || s.cond != nil || d.personal() || d.speaksOfSelf(-1) || !d.asksCount() && !d.has(opSays) {
		return Reading{}, false
	}
	if _, absent := d.absentMark(); absent {
		return Reading{}, false // "how much was the reward for al Baghdadi"
	}
	if hits = d.hitsOn(at); len(hits) == 0 {
		return Reading{}, false
	}
	return d.told(hits), true // "how many returned according to Rasmussen": no figure is his
}

// personAt is the word that names a person of the prose; -1 if none is named.
func (d *draft) personAt() int {
	at := slices.IndexFunc(d.prose, func(i int) bool { return d.e.lexicon.persons[d.words[i].text] })
	if at < 0 {
		return -1
	}
	return d.prose[at]
}

// hitsOn are the findings on the person whom a word names, whether or not they give what is
// asked for; what they said before who they are.
func (d *draft) hitsOn(at int) []hit {
	hits := d.e.index().search(d.terms(), mostHits)
	d.e.index().rerank(hits, d.searchStems())
	hits = d.saidFirst(slices.DeleteFunc(hits, func(h hit) bool { return !d.e.index().says(h.doc, d.words[at].stem) }))
	if len(hits) == 0 || len(d.measures) > 0 && !slices.ContainsFunc(d.measures, func(m mark) bool { return d.anyHeld(hits[0], m.span) }) {
		return nil // "how many children does Putin have"
	}
	return hits
}

// saidFirst puts what a person said before who they are, where the question asks the former.
func (d *draft) saidFirst(hits []hit) []hit {
	person := d.personAt()
	if len(hits) < 2 || person < 0 || !d.asksWhatSaid(person) || !d.portrays(hits[0], person) {
		return hits
	}
	at := slices.IndexFunc(hits, func(h hit) bool { return !d.portrays(h, person) && d.e.index().says(h.doc, d.words[person].stem) })
	if at < 0 {
		return hits
	}
	return toFront(hits, at)
}

// asksWhatSaid says whether it is asked what a person said or did, not who they are: "what did
// Putin tell the press".
func (d *draft) asksWhatSaid(person int) bool {
	if d.isOp(0, opWho) || len(d.words) < 4 {
		return false
	}
	for i := max(0, person-3); i < person; i++ {
		if d.is(i, gAuxiliary) {
			return person+1 < len(d.words) && d.words[person+1].text != "do"
		}
	}
	return d.has(opSays) || d.asksCount()
}

// portrays says whether a finding tells who a person is: it is known to answer just that.
func (d *draft) portrays(h hit, person int) bool {
	return slices.ContainsFunc(h.finding.Asks, func(ask string) bool {
		words := split(ask)
		return len(words) > 2 && len(words) < 6 && d.e.lexicon.phraseOf(d.e.lexicon.stemOf(words[0].text), opWho) && d.e.lexicon.of(words[1].text, gPassive) && words[len(words)-1].text == d.words[person].text
	})
}

// askedOfProse reads what is asked of the report in words that say little ("what is said
// about the next leader of IS") by the likeliest finding, where nothing is strange.
func (d *draft) askedOfProse(s *slots) (Reading, bool) {
	if len(d.unknown) > 0 || len(d.words) < 5 || len(s.rows)+len(s.uncovered) > 0 || !d.hasAny(opSays, opReport, opWhy) || !d.hasSenseAnywhere(term) && !d.onTopicWords() {
		return Reading{}, false
	}
	hits := d.hits(s)
	if len(hits) == 0 || d.evidence(hits[0]) < evidenceAsked || hits[0].cover < coverBeside {
		return Reading{}, false
	}
	return d.told(hits), true
}

// told is the reading as a question that findings answer.
func (d *draft) told(hits []hit) Reading {
	return Reading{Query: Query{Kind: Finding, Findings: d.together(hits)}, terms: keysOf(d.terms()), cover: hits[0].cover}
}

// placeOfProse reads a place that is no country and is named by itself, and that
// findings are about, as asked of the prose: "Khorasan".
func (d *draft) placeOfProse(s *slots) (Reading, bool) {
	if len(s.uncovered) != 1 || len(d.unknown)+len(s.rows)+len(s.scopes)+len(s.measures) > 0 || d.asksCount() || s.uncovered[0].people || d.has(opCoverage) {
		return Reading{}, false
	}
	n := s.uncovered[0]
	if n.uncovered.Kind == data.Country.String() || len(d.e.index().postings[n.key()]) == 0 {
		return Reading{}, false
	}
	hits := d.hits(s)
	if len(hits) == 0 || hits[0].cover < coverStrange {
		return Reading{}, false
	}
	return d.told(hits), true
}

// measuresBeyond are the measures asked for beside what the prose is asked, with a
// conjunction between: "plots stopped in 2017 plus the number who returned".
func (d *draft) measuresBeyond() []*data.Measure {
	if len(d.prose) == 0 {
		return nil
	}
	first, last := d.prose[0], d.prose[len(d.prose)-1]
	var out []*data.Measure
	for _, m := range d.measures {
		asked := m.kind == measurePhrase || d.within(max(m.from-1, 0), opHowMany)
		beside := d.conjoined(first, m.from) || m.to <= first && d.conjoined(m.to, last)
		if asked && beside && !slices.Contains(out, m.measure) {
			out = append(out, m.measure)
		}
	}
	return out
}

// countsMeasure says whether a measure stands right behind "how many".
func (d *draft) countsMeasure() bool {
	return slices.ContainsFunc(d.measures, func(m mark) bool {
		return m.from > 0 && d.within(m.from-1, opHowMany)
	})
}

// worked is the table query of a question which has figures worked out, so that
// the finding comes beside these rather than in their place.
func (d *draft) worked(s *slots, tables bool) (Query, bool) {
	if !tables || s.guessed || d.asksWho() || len(s.measures) == 0 || len(d.unknown) > 0 || len(s.rows)+len(s.scopes) == 0 && len(d.prose) > 1 {
		return Query{}, false
	}
	if d.shareOfStrange() {
		return Query{}, false // "share of plots involving children"
	}
	q, _ := d.tableQuery(s)
	switch q.Kind {
	case Share, Difference, Average:
		return q, true
	case Total, Compare:
		return q, d.phraseMeasures() > 0 && d.hasAny(opTotal, opCompare)
	}
	return Query{}, false
}

// shareOfStrange says whether the share is one of something that only the prose can explain.
func (d *draft) shareOfStrange() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		if m.kind != operator || m.op != opShare {
			return false
		}
		at := m.to
		for at < len(d.words) && (d.words[at].text == "of" || d.is(at, gArticle) || d.is(at, gEvery)) {
			at++
		}
		return slices.Contains(d.prose, at)
	})
}

// hits are the findings that could answer, best first: those which hold what
// the question turns on.
func (d *draft) hits(s *slots) []hit {
	if s != nil && s.cond != nil && d.has(opCountry) && d.onlyAbsent(d.prose) && !d.has(opSays) {
		return nil // "which states have more than 100 men"
	}
	if s != nil && s.limit > 1 && len(s.measures) > 0 && !s.guessed && d.has(opCountry) && !d.hasAny(opSays, opReport, opAuthor) {
		return nil // "top 5 countries by returnees, illegally": no finding ranks countries by a measure
	}
	if d.hitsOf != s || s == nil {
		hits := d.e.index().search(d.terms(), mostHits)
		d.e.index().rerank(hits, d.searchStems())
		d.proper = d.properWords()
		d.found, d.hitsOf = d.saidFirst(d.countFirst(d.firstAnswers(slices.DeleteFunc(hits, func(h hit) bool { return !d.turnsOn(h, s) }), s), s)), s
	}
	return d.found
}

// onlyAbsent says whether words are none but those for what the report does not give.
func (d *draft) onlyAbsent(words []int) bool {
	return !slices.ContainsFunc(words, func(i int) bool { return !d.hasSense(i, absent) })
}

// mostHits is how many findings are looked at more closely.
const mostHits = 12

// together are the findings to show: the best, and those that come near it and
// do not say the same again.
func (d *draft) together(hits []hit) []*data.Finding {
	ix := d.e.index()
	part, cover := alongside, 0.6
	if d.has(opWhy) {
		part, cover = alongsideWhy, 0.45
	}
	var shown []hit
	for _, h := range hits {
		if len(shown) == mostFindings || h.rank < part*hits[0].rank {
			break
		}
		if h.cover < cover*hits[0].cover {
			if d.has(opWhy) {
				continue // the reason may stand in one that holds less of the question
			}
			break
		}
		if !slices.ContainsFunc(shown, func(s hit) bool { return ix.same(s.doc, h.doc) }) {
			shown = append(shown, h)
		}
	}
	out := make([]*data.Finding, len(shown))
	for i := range shown {
		out[i] = shown[i].finding
	}
	return out
}

// sameWords is how much of the weight of two findings' words is common to both
// where they say the same.
const sameWords = 0.75

// same says whether two findings say nearly the same.
func (ix *index) same(a, b int) bool {
	x, y := &ix.sentencesOf(a)[0], &ix.sentencesOf(b)[0]
	common := 0.0
	for _, stem := range x.stems {
		if slices.Contains(y.stems, stem) {
			common += ix.inSentence(stem)
		}
	}
	return common > sameWords*max(x.weight, y.weight)
}
