package answers

import (
	"math"
	"slices"
	"strings"

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
	mostFindings = 4

	strongBeside = 10.0 // score and weighed cover, beside a whole question of the tables
	coverWorth   = 5.0
)

// Evidence that a finding answers a question adds up from how much of the
// question it holds, how like its likest sentence is, whether the question is
// plainly of the report's subject, and how long it is: the longer, the less of
// it can be held by anything. The weights were fitted (logistic regression) on
// 2,700 questions that a finding answers and on questions about the subject
// that none does.
const (
	evidenceOfCover    = 4.5
	evidenceOfLikeness = 3.5
	evidenceOfLength   = 2.5 // for each e-fold of words
	evidenceOfTopic    = 1.5
	evidenceOfName     = 1.0 // of a place that the finding is about
	evidenceOfWords    = 0.5 // of the words that only the prose can explain
	evidenceNeeded     = 10.0
	evidenceSure       = 11.5
	strangeWorth       = 0.3 // less for each word that nothing here knows
)

// evidence is how much speaks for a finding as the answer.
func (d *draft) evidence(h hit) float64 {
	sum := evidenceOfCover*h.cover + evidenceOfLikeness*h.likeness() + evidenceOfLength*math.Log(float64(len(d.words))) + evidenceOfWords*d.heldOf(h) - strangeWorth*float64(d.strangeWords())
	switch {
	case d.onTopicWords() || d.longTerm():
		sum += evidenceOfTopic
	case slices.ContainsFunc(d.names, func(n nameMark) bool { return !n.place && d.nameCovered(h, &n) }):
		sum += evidenceOfName
	}
	return sum
}

// longTerm says whether an expression of the report is used that is no everyday
// word, as "is" may be.
func (d *draft) longTerm() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == term && len(d.words[m.from].text) > 3 })
}

// heldOf is the part of the words that the tables leave unexplained which a
// finding holds, by weight.
func (d *draft) heldOf(h hit) float64 {
	held, whole := d.unexplained(h)
	return held / max(whole, 1)
}

// findings reads a question as one about the prose. tables says whether the
// tables could answer it too.
func (d *draft) findings(s *slots, tables bool) (Reading, bool) {
	hits := d.hits(s)
	if len(hits) == 0 || tables && !d.proseEvidence(hits[0]) {
		return Reading{}, false
	}
	if tables && !d.besideTables(hits, s) || !tables && d.evidence(hits[0]) < evidenceNeeded && !d.justNamed(hits[0]) {
		return Reading{}, false
	}
	q := Query{Kind: Finding, Findings: d.e.index().together(hits)}
	if tables && len(s.measures) == 0 && len(d.prose) == 0 && len(s.rows) == 1 {
		return Reading{Query: Query{Kind: Profile, Subjects: s.rows, Findings: q.Findings}}, true
	}
	if table, ok := d.worked(s, tables); ok {
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
	return Reading{Query: q, terms: keysOf(d.terms()), cover: hits[0].cover}, true
}

// strongProse reads a question as one about the prose where a finding holds most
// of what the tables leave unexplained, and so much of the whole that a place
// without a row or a date is part of what it tells.
func (d *draft) strongProse(s *slots) (Reading, bool) {
	place := len(s.uncovered) > 0 && !s.uncovered[0].source && !s.uncovered[0].people && !d.asksCount() && len(d.words) > 3
	if len(d.prose) == 0 && !place || len(s.uncovered) == 0 && s.year == nil {
		return Reading{}, false
	}
	hits := d.hits(s)
	if len(hits) == 0 || d.evidence(hits[0]) < evidenceNeeded || len(d.prose) > 0 && !d.sides(hits[0], s.uncovered) && d.evidence(hits[0]) < evidenceSure {
		return Reading{}, false
	}
	q := Query{Kind: Finding, Findings: d.e.index().together(hits)}
	if beyond := d.measuresBeyond(); len(beyond) > 0 && len(s.rows) > 0 && len(s.rows) <= 2 {
		q.Subjects, q.Measures = s.rows, beyond
	}
	return Reading{Query: q, terms: keysOf(d.terms()), cover: hits[0].cover}, true
}

// placeOfProse reads a place that is no country and is named by itself, and that
// findings are about, as asked of the prose: "Khorasan".
func (d *draft) placeOfProse(s *slots) (Reading, bool) {
	if len(s.uncovered) != 1 || len(s.rows)+len(s.scopes)+len(s.measures) > 0 || d.asksCount() || s.uncovered[0].people {
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
	return Reading{Query: Query{Kind: Finding, Findings: d.e.index().together(hits)}, terms: keysOf(d.terms()), cover: hits[0].cover}, true
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
	if !tables || s.guessed || len(s.measures) == 0 || len(d.unknown) > 0 || len(s.rows)+len(s.scopes) == 0 && len(d.prose) > 1 {
		return Query{}, false
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

// proseEvidence says whether a question is likely to be about the report at all:
// a name, a word of its subject matter, two words that few findings hold, or
// one that findings are filed under.
func (d *draft) proseEvidence(h hit) bool {
	ix := d.e.index()
	held, numbered := 0, false
	for i := range d.words {
		w := &d.words[i]
		content := slices.Contains(d.prose, i) && ix.weight[w.stem] > 2 && (w.mended == "" || len(w.text) > 5)
		if content && ix.covers(h.doc, w.stem) {
			held++
		}
		numbered = numbered || w.isNum && ix.covers(h.doc, w.stem)
	}
	for i := range d.names {
		if n := &d.names[i]; !n.place && ix.covers(h.doc, n.key()) {
			held++
		}
	}
	if d.onTopicWords() || len(d.measures) > 0 {
		held++
	}
	if h.cover > coverAll && held > 0 {
		held++
	}
	if numbered && held > 0 {
		held++
	}
	if d.hasAny(opReport, opSays, opEarlier, opWhy) {
		held++
	}
	if len(d.prose)+len(d.unknown) == 0 && d.hasAny(opReport, opSays, opEarlier, opWhy) {
		return len(d.words) > 4 || h.score > 1
	}
	return held >= 2 || held == 1 && len(d.prose)+len(d.unknown) == 1 && len(d.prose) == 1 && ix.filed[d.words[d.prose[0]].stem]
}

func keysOf(terms []queryTerm) []string {
	var keys []string
	for _, t := range terms {
		if t.share > 0.5 {
			keys = append(keys, t.key)
		}
	}
	return keys
}

// hits are the findings that could answer, best first: those which hold what
// the question turns on.
func (d *draft) hits(s *slots) []hit {
	if d.hitsOf != s || s == nil {
		hits := d.e.index().search(d.terms(), mostHits)
		d.e.index().rerank(hits, d.searchStems())
		d.proper = d.properWords()
		d.found, d.hitsOf = d.firstAnswers(slices.DeleteFunc(hits, func(h hit) bool { return !d.turnsOn(h, s) }), s), s
	}
	return d.found
}

// firstAnswers puts the best finding that gives what is asked for before the
// others; without one there are none.
func (d *draft) firstAnswers(hits []hit, s *slots) []hit {
	at := slices.IndexFunc(hits, func(h hit) bool { return d.answersIt(h, s) })
	if at < 0 {
		return nil
	}
	first := hits[at]
	copy(hits[1:at+1], hits[:at])
	hits[0] = first
	return hits
}

// mostHits is how many findings are looked at more closely.
const mostHits = 12

// searchStems are the stems of the words of a question.
func (d *draft) searchStems() []string {
	stems := make([]string, len(d.words))
	for i := range d.words {
		stems[i] = d.searchStem(i)
	}
	return stems
}

// together are the findings to show: the best, and those that come near it and
// do not say the same again.
func (ix *index) together(hits []hit) []*data.Finding {
	var shown []hit
	for _, h := range hits {
		if len(shown) == mostFindings || h.rank < alongside*hits[0].rank || h.cover < 0.6*hits[0].cover {
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

// How much the words of a question count in a search. Words of asking and
// courtesy say little of what is sought.
const (
	shareContent = 1.0
	shareUnknown = 0.6 // a word that no finding holds can't be matched; it only casts doubt
	shareMeasure = 0.8
	shareMatter  = 0.6
	shareAsking  = 0.2
	shareTelling = 0.4 // a word of asking that few findings hold
	telling      = 3.5
)

// terms are what a question is searched by: the stems of its words, and the
// keys of its names.
func (d *draft) terms() []queryTerm {
	terms := make([]queryTerm, 0, len(d.words)+len(d.names))
	for i := range d.words {
		if !d.inName(i) && (len(d.words[i].text) > 1 || d.words[i].isNum) {
			terms = append(terms, queryTerm{d.searchStem(i), d.shareOfWord(i)})
		}
	}
	for i := range d.names {
		terms = append(terms, queryTerm{d.names[i].key(), shareContent})
		if key := d.seatOf(&d.names[i]); key != "" {
			terms = append(terms, queryTerm{key, shareContent})
		}
	}
	return terms
}

// seatOf is the key of the row of which a place is a part: "Washington" stands
// for the United States where the prose is asked; "" for other names.
func (d *draft) seatOf(n *nameMark) string {
	if n.uncovered == nil || !n.uncovered.Seat {
		return ""
	}
	row, ok := d.e.report.Subject(n.uncovered.Of)
	if !ok {
		return ""
	}
	return name{row: row}.key()
}

// nameCovered says whether a finding holds a name, or the row of which it is a part.
func (d *draft) nameCovered(h hit, n *nameMark) bool {
	ix := d.e.index()
	if ix.covers(h.doc, n.key()) {
		return true
	}
	key := d.seatOf(n)
	return key != "" && ix.covers(h.doc, key)
}

// searchStem is a word's stem; a month's is that of its full name.
func (d *draft) searchStem(i int) string {
	for _, m := range d.marks {
		if m.kind == month && m.from == i {
			for _, words := range d.e.report.Vocabulary.Months {
				if float64(words.Month) == m.value {
					return d.e.lexicon.stemOf(words.Names[0])
				}
			}
		}
	}
	return d.words[i].stem
}

func (d *draft) shareOfWord(i int) float64 {
	switch {
	case d.words[i].isNum, slices.Contains(d.prose, i):
		return shareContent
	case slices.Contains(d.unknown, i):
		return shareUnknown
	}
	share := shareAsking
	if d.e.index().weight[d.words[i].stem] > telling {
		share = shareTelling
	}
	for _, m := range d.marks {
		if m.from > i || m.to <= i {
			continue
		}
		switch m.kind {
		case measurePhrase, number, month, absent, term:
			share = max(share, shareMeasure)
		case measureNoun, theatre, domain, peopleNoun:
			share = max(share, shareMatter)
		}
	}
	return share
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
		if !n.place && !n.agent && !n.out && !d.nameCovered(h, n) && (n.row == nil || len(s.rows) == 1) {
			return false
		}
	}
	if d.has(opAverage) && !d.averageIsVerb() && !slices.Contains(ix.sentencesOf(h.doc)[0].stems, d.words[d.ops[opAverage]].stem) {
		return false
	}
	if s.year != nil && s.year.year > yearOf(d.e.report.Date) {
		return false // what came after the report
	}
	if !d.focusHeld(h) || !d.nameHeld(h) || !d.numbersHeld(h) || !d.properHeld(h) {
		return false
	}
	if !d.figuresAsked(h) || !d.wordHeld(h) {
		return false
	}
	for _, m := range d.measures {
		if d.e.who(m.measure) && m.kind == measurePhrase && !d.anyHeld(h, m.span) {
			return false
		}
	}
	return true
}

// answersIt says whether a finding gives what is asked for: a date, a share, a
// person, a thing which the report as a rule does not give. The first finding of
// an answer must; those beside it only bear on it.
func (d *draft) answersIt(h hit, s *slots) bool {
	if !d.dateHeld(h) || !d.percentHeld(h) || !d.personHeld(h) {
		return false
	}
	for _, m := range d.marks {
		if m.kind == absent && d.absents(m) && !d.inPassing(m, s) && !d.absentHeld(h, m) {
			return false
		}
	}
	return true
}

// absentHeld says whether a finding speaks of a thing which the report as a rule
// does not give: where it is counted, in what the finding says, be it by another
// word of the same topic ("lost their lives": killed); elsewhere in any way.
func (d *draft) absentHeld(h hit, m mark) bool {
	if d.statesTopic(h, m.absent) || d.spanHeld(h, m) {
		return true
	}
	return !d.asksCount() && !d.hasAny(opShare, opFigure) && !d.leadsWith(m.span) && m.absent.Passing && d.anyHeld(h, m.span)
}

// leadsWith says whether a question without a verb begins with a span:
// "casualties in the Brussels bombings".
func (d *draft) leadsWith(s span) bool {
	for i := range s.from {
		if !d.is(i, gArticle) && !d.isOp(i, opGreeting, opHowMany, opFigure) {
			return false
		}
	}
	return true
}

// strangeWords counts the words that nothing here knows.
func (d *draft) strangeWords() int {
	n := 0
	for _, i := range d.unknown {
		if !d.e.lexicon.ordinary[d.words[i].text] {
			n++
		}
	}
	return n
}

// properHeld says whether a finding holds each proper name asked about: "the
// bombing of the Bataclan".
func (d *draft) properHeld(h hit) bool {
	return !slices.ContainsFunc(d.proper, func(i int) bool { return !d.e.index().covers(h.doc, d.words[i].stem) })
}

// properWords are the words within a sentence that are written as names and are
// none that the tables know.
func (d *draft) properWords() []int {
	if d.shouting() || d.titled() {
		return nil
	}
	var out []int
	for _, i := range append(slices.Clone(d.unknown), d.prose...) {
		if i > 0 && d.words[i].capital() && !d.words[i-1].breaks {
			out = append(out, i)
		}
	}
	return out
}

// nameHeld says whether a finding names a person whom the question does not,
// where a person's name is asked for: "the name of the priest".
func (d *draft) nameHeld(h hit) bool {
	if !d.namesAsked() {
		return true
	}
	for _, w := range split(h.finding.Gist) {
		if d.e.lexicon.persons[w.text] && !slices.ContainsFunc(d.words, func(q word) bool { return q.text == w.text }) {
			return true
		}
	}
	return false
}

// namesAsked says whether a person's name is asked for: "the names of the men",
// "what was he called".
func (d *draft) namesAsked() bool {
	if d.asksCount() {
		return false
	}
	for i := range d.words {
		if d.is(i, gNameWord) && i+1 < len(d.words) && d.words[i+1].text == "of" && !d.within(i, opList) && d.personBetween(i+2, i+5) {
			return true
		}
	}
	last := len(d.words) - 1
	return last > 2 && d.is(last, gCalled) && d.has(opWhich)
}

// personBetween says whether a noun for a person stands from one word to another.
func (d *draft) personBetween(from, to int) bool {
	for i := from; i < min(to, len(d.words)); i++ {
		if d.is(i, gPersonWord) || d.hasSense(i, peopleNoun, measureNoun) || slices.ContainsFunc(d.marks, func(m mark) bool { return m.from == i && m.kind == absent && m.absent.Passing }) {
			return true
		}
	}
	return false
}

// focusHeld says whether a finding holds the noun that "which" or "what" asks
// for, where nothing here knows it: "which singer".
func (d *draft) focusHeld(h hit) bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opWhich || m.len() > 1 || d.words[m.from].text == "what" {
			continue
		}
		held, asked := false, false
		for i := m.to; i < min(m.to+3, len(d.words)) && (slices.Contains(d.prose, i) || slices.Contains(d.unknown, i)); i++ {
			asked = asked || slices.Contains(d.unknown, i)
			held = held || d.e.index().covers(h.doc, d.words[i].stem)
		}
		if asked && !held {
			return false
		}
	}
	return true
}

// numbersHeld says whether a finding holds the long numbers of a question that
// are no years: "resolution 2178".
func (d *draft) numbersHeld(h hit) bool {
	for i := range d.numbers {
		n := &d.numbers[i]
		if w := &d.words[n.from]; w.isNum && !n.year && !n.ordinal && !w.grouped && n.value >= 1000 && !d.e.index().covers(h.doc, w.stem) {
			return false
		}
	}
	return true
}

// statesTopic says whether a finding says a word of an absent topic.
func (d *draft) statesTopic(h hit, a *data.Absent) bool {
	return slices.ContainsFunc(d.e.index().sentencesOf(h.doc)[0].stems, func(stem string) bool { return d.e.lexicon.ofTopic(stem, a) })
}

// ofTopic says whether a word, by its stem, is one of an absent topic.
func (x *lexicon) ofTopic(stem string, a *data.Absent) bool {
	return slices.ContainsFunc(x.phrases[stem], func(s sense) bool { return s.kind == absent && s.absent == a })
}

// anyHeld says whether a finding holds any word of a span that says something.
func (d *draft) anyHeld(h hit, s span) bool {
	ix := d.e.index()
	for i := s.from; i < s.to; i++ {
		if ix.weight[d.words[i].stem] >= 1 && ix.covers(h.doc, d.words[i].stem) {
			return true
		}
	}
	return false
}

// spanHeld says whether a finding holds each word of a span that says something.
func (d *draft) spanHeld(h hit, s mark) bool {
	ix := d.e.index()
	for i := s.from; i < s.to; i++ {
		stem := d.words[i].stem
		if w, known := ix.weight[stem]; known && w < 1 {
			continue
		}
		if !ix.states(h.doc, stem) && !(d.has(opHowMany) && ix.covers(h.doc, stem)) {
			return false
		}
	}
	for stem := range strings.FieldsSeq(s.then) {
		if !ix.states(h.doc, stem) {
			return false
		}
	}
	return true
}

// inPassing says whether an absent thing is only named in passing ("the men
// caught in Australia"): it would split what the tables count, and nothing that
// they count is asked for, or it is not what is counted.
func (d *draft) inPassing(m mark, s *slots) bool {
	if !m.absent.Passing || d.hasAny(opShare, opFigure) {
		return false
	}
	if d.asksCount() {
		return m.len() == 1 && m.to < d.ops[opHowMany]
	}
	return m.len() == 1 || len(s.rows)+len(s.scopes) == 0 && (len(s.measures) == 0 || s.guessed)
}

// dateHeld says whether a finding gives a date, where it is asked when something was.
func (d *draft) dateHeld(h hit) bool {
	if !d.asksWhen() {
		return true
	}
	for _, w := range split(h.finding.Gist) {
		if w.isNum && w.number > 1900 && w.number < 2100 && !w.grouped {
			return true
		}
	}
	return false
}

// asksWhen says whether a date is asked for, rather than "when" beginning a clause:
// "when IS was losing, did they give up".
func (d *draft) asksWhen() bool {
	for i := range d.words {
		if d.words[i].text == "when" {
			return i+1 == len(d.words) || d.is(i+1, gYesNo) || d.is(i+1, gAuxiliary) || i+2 < len(d.words) && d.is(i+2, gYesNo) && d.within(i+1, opExactly)
		}
	}
	return d.has(opWhen)
}

// percentHeld says whether a finding gives a share, where one is asked for.
func (d *draft) percentHeld(h hit) bool {
	if !d.percentAsked() {
		return true
	}
	if d.figureOf(h, "percent", "%", "share", "proport", "half") {
		return true
	}
	return slices.ContainsFunc(split(h.finding.Gist), func(w word) bool { return w.percent || d.e.lexicon.of(w.text, gPercent) })
}

// personHeld says whether a finding names somebody whom the question does not,
// where it is asked who the one described is ("who was the priest").
func (d *draft) personHeld(h hit) bool {
	if len(d.words) < 4 || d.words[0].text != "who" || !d.is(1, gYesNo) || d.words[2].text != "the" {
		return true
	}
	words := split(h.finding.Gist)
	for i := range words {
		w := &words[i]
		if i > 0 && w.capital() && !w.upper() && !words[i-1].breaks && !d.e.lexicon.placeOrMonth(w.text) && !slices.ContainsFunc(d.words, func(q word) bool { return q.text == w.text }) {
			return true
		}
	}
	return false
}

// placeOrMonth says whether a word with a capital letter is no person's name.
func (x *lexicon) placeOrMonth(text string) bool {
	if len(x.names[text]) > 0 || x.nameWords[text] > 0 {
		return true
	}
	return slices.ContainsFunc(x.phrases[x.stemOf(text)], func(s sense) bool { return s.kind == month || s.kind == theatre })
}

// percentAsked says whether a share is asked for by a word that means one,
// rather than by "part of".
func (d *draft) percentAsked() bool {
	for i := range d.words {
		if d.is(i, gPercent) && d.within(i, opShare) && !(i > 0 && d.is(i-1, gPlace) && i+1 < len(d.words) && d.is(i+1, gGoal)) { // not "in proportion to"
			return true
		}
	}
	return false
}

// wordHeld says whether a finding holds a word of the question besides its names.
func (d *draft) wordHeld(h hit) bool {
	asked := false
	for i := range d.words {
		if d.inName(i) || d.shareOfWord(i) < shareTelling {
			continue
		}
		if d.e.index().covers(h.doc, d.searchStem(i)) {
			return true
		}
		asked = true
	}
	return !asked
}

// figuresAsked says whether a finding has a figure of what is counted, where
// the question counts something.
func (d *draft) figuresAsked(h hit) bool {
	if d.has(opHowLong) {
		return d.figureOf(h, "day", "week", "month", "year", "period")
	}
	ix := d.e.index()
	counted := d.counted()
	if len(counted) == 0 {
		return !d.asksCount() || d.has(opShare) || d.figuresOfPeople(h)
	}
	for _, i := range counted {
		stem := d.words[i].stem
		if ix.covers(h.doc, stem) && d.figureOf(h, append([]string{stem}, ix.synonyms[stem]...)...) {
			return true
		}
		if ix.weight[stem] > telling && ix.covers(h.doc, stem) && len(h.finding.Figures) > 0 {
			return true
		}
	}
	return false
}

// countNear is how far from the beginning "number of" may stand, for a count to
// be what is asked: "charlie hebdo shooting number of dead".
const countNear = 4

// asksCount says whether the question as a whole asks how many, rather than
// speaking of a number in passing.
func (d *draft) asksCount() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opHowMany && (d.words[m.from].text == "how" || m.from <= countNear) {
			return true
		}
	}
	return false
}

// figuresOfPeople says whether a finding counts anything but time; where deaths
// or the like are asked for, it must count these.
func (d *draft) figuresOfPeople(h hit) bool {
	for _, m := range d.marks {
		if m.kind == absent && d.absents(m) && m.to > d.ops[opHowMany] {
			stem := d.words[m.to-1].stem
			if slices.Contains(d.e.index().sentencesOf(h.doc)[0].stems, stem) {
				continue
			}
			return d.figureOf(h, append([]string{stem, d.words[m.from].stem}, d.e.index().synonyms[stem]...)...) || d.figureOfTopic(h, m.absent)
		}
	}
	if slices.ContainsFunc(split(h.finding.Gist), func(w word) bool { return d.e.lexicon.of(w.text, gVague) }) {
		return true
	}
	people := d.countsPeople()
	for _, f := range h.finding.Figures {
		if x := d.e.lexicon; people && x.of(f.Unit, gPeopleUnit) || !people && !x.of(f.Unit, gTimeUnit) {
			return true
		}
	}
	return false
}

// countsPeople says whether what is counted are people: "how many fighters".
func (d *draft) countsPeople() bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opHowMany {
			continue
		}
		for i := m.to; i < len(d.words) && i < m.to+3; i++ {
			if d.hasSense(i, peopleNoun, measureNoun) {
				return d.words[i].breaks || !slices.Contains(d.prose, i+1) && !slices.Contains(d.unknown, i+1) // "Islamist plots"
			}
		}
	}
	return false
}

// figureOf says whether a finding has a figure whose unit or description holds
// one of the stems, or one that counts people where people are asked for.
func (d *draft) figureOf(h hit, stems ...string) bool {
	for _, f := range h.finding.Figures {
		for _, w := range split(f.Unit + " " + f.Of) {
			if slices.Contains(stems, d.e.lexicon.stemOf(w.text)) {
				return true
			}
		}
	}
	return false
}

// figureOfTopic says whether a finding has a figure of an absent topic.
func (d *draft) figureOfTopic(h hit, a *data.Absent) bool {
	for _, f := range h.finding.Figures {
		for _, w := range split(f.Unit + " " + f.Of) {
			if d.e.lexicon.ofTopic(d.e.lexicon.stemOf(w.text), a) {
				return true
			}
		}
	}
	return false
}

// counted are the words after "how many" or "number of" that may say what is
// counted, if only the findings, or nothing, know them.
func (d *draft) counted() []int {
	var out []int
	for _, m := range d.marks {
		if m.kind != operator || m.op != opHowMany || !d.asksCount() {
			continue
		}
		for i := m.to; i < len(d.words) && i < m.to+3; i++ {
			if d.within(i, opCountry) || slices.Contains(d.prose, i) || slices.Contains(d.unknown, i) {
				out = append(out, i)
				continue
			}
			if d.hasSense(i, peopleNoun, measureNoun, measurePhrase) {
				break
			}
		}
	}
	return out
}

// justNamed says whether a question is nothing but what a finding is filed under:
// "Marawi".
func (d *draft) justNamed(h hit) bool {
	return len(d.words) <= 3 && len(d.prose) > 0 && len(d.unknown) == 0 && h.cover > coverAll &&
		!slices.ContainsFunc(d.prose, func(i int) bool { return !d.e.index().filed[d.words[i].stem] })
}

// besideTables says whether a finding answers a question that the tables could
// answer too: it holds half of it and most of what they leave unexplained, or
// they miss what it is about.
func (d *draft) besideTables(hits []hit, s *slots) bool {
	if s.cond != nil {
		return false // the prose sets no thresholds
	}
	need := coverBeside
	if len(d.unknown) == 0 && (len(hits) == 1 || hits[0].rank > clearLead*hits[1].rank) {
		need = coverClear
	}
	return d.sides(hits[0], s.uncovered) && (hits[0].cover >= need || d.evidence(hits[0]) >= evidenceNeeded) || d.tablesMiss(hits[0])
}

// tablesMiss says whether the tables would leave two words or more aside of a
// question that a finding matches very well.
func (d *draft) tablesMiss(h hit) bool {
	return len(d.prose)+len(d.unknown) > 1 && h.score+coverWorth*h.cover >= strongBeside
}

// unexplained is the weight of the words that the tables leave unexplained, and
// of those among them that a finding holds.
func (d *draft) unexplained(h hit) (held, whole float64) {
	ix := d.e.index()
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
	return held, whole
}

// asksWho says whether a question asks who does something, so that no number
// answers it: "who is IS fighting in Afghanistan".
func (d *draft) asksWho() bool {
	return len(d.words) > 3 && d.words[0].text == "who" && d.is(1, gYesNo) && !d.hasAny(opTop, opBottom, opMore, opFewer, opHowMany, opMoreThan, opFewerThan) && len(d.numbers) == 0
}

// sides says whether a finding holds most of the words that the tables leave
// unexplained.
func (d *draft) sides(h hit, uncovered []*nameMark) bool {
	ix := d.e.index()
	held, whole := d.unexplained(h)
	if whole > 0 && len(uncovered) > 0 {
		for i := range d.names {
			if n := &d.names[i]; !n.place && d.nameCovered(h, n) {
				w := max(ix.weight[n.key()], ix.weight[d.seatOf(n)])
				whole, held = whole+w, held+w
			}
		}
	}
	return whole == 0 && ((d.hasAny(opSays, opWhy) || d.asksWho()) && !d.has(opTable) && d.phraseLen(opAboutSubject) < 2 || len(d.numbers) > 0) || whole > 0 && held >= 0.6*whole
}
