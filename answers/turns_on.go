package answers

import (
	"slices"
	"strconv"
	"strings"

	"reportbot/data"
)

// firstAnswers puts the best finding that gives what is asked for before the
// others; without one there are none.
func (d *draft) firstAnswers(hits []hit, s *slots) []hit {
	at := slices.IndexFunc(hits, func(h hit) bool { return d.answersIt(h, s) })
	if at < 0 {
		return nil
	}
	return toFront(hits, at)
}

// toFront puts the hit of a place before all others.
func toFront(hits []hit, at int) []hit {
	first := hits[at]
	copy(hits[1:at+1], hits[:at])
	hits[0] = first
	return hits
}

// turnsOn says whether a finding holds what a question turns on: the places
// named, the thing counted, and what the report as a rule does not give.
func (d *draft) turnsOn(h hit, s *slots) bool {
	ix := d.e.index()
	person := d.asksOfPerson(h)
	for i := range d.names {
		n := &d.names[i]
		if person && n.uncovered != nil {
			continue
		}
		if !n.place && !n.agent && !n.out && !d.nameCovered(h, n) && (n.row == nil || len(s.rows) == 1 || d.countsNation(n)) && !d.describes(n, h) {
			return false
		}
	}
	if d.has(opAverage) && !d.averageIsVerb() && !slices.Contains(ix.sentencesOf(h.doc)[0].stems, d.words[d.ops[opAverage]].stem) {
		return false
	}
	if !d.yearHeld(h, s) {
		return false
	}
	if !d.focusHeld(h) || !d.nameHeld(h) || !d.numbersHeld(h) || !d.properHeld(h) {
		return false
	}
	if !d.figuresAsked(h) || !d.wordHeld(h) {
		return false
	}
	others := len(d.counted()) > 0 // "how many plots had women taking part" counts plots
	for _, m := range d.measures {
		if others && d.e.base(m.measure) {
			continue
		}
		if m.kind == measurePhrase && (d.e.who(m.measure) && !d.anyHeld(h, m.span) || d.asksCount() && !d.heldIfTelling(h, m.span)) {
			return false
		}
	}
	return true
}

// countsNation says whether people of a country are what is counted: "how many Uzbeks are with
// IS in Afghanistan".
func (d *draft) countsNation(n *nameMark) bool {
	return n.people && d.asksCount() && n.span.from > 0 && d.within(n.span.from-1, opHowMany)
}

// asksOfPerson says whether it is asked if a place had to do with a person whom a finding tells
// of, or which of some had: "was Jihadi John deported from Kenya". The finding corrects the place.
func (d *draft) asksOfPerson(h hit) bool {
	if !d.asksYesNo() && !d.has(opWhich) || d.asksCount() {
		return false
	}
	at := d.personAt()
	return at >= 0 && d.e.index().says(h.doc, d.words[at].stem)
}

// describes says whether a demonym only describes a person whom the question names and
// the finding is about: "the man with the English accent, Jihadi John".
func (d *draft) describes(n *nameMark, h hit) bool {
	if !n.people || n.to >= len(d.words) || !slices.Contains(d.prose, n.to) && !slices.Contains(d.unknown, n.to) {
		return false
	}
	return slices.ContainsFunc(d.prose, func(i int) bool {
		return d.e.lexicon.persons[d.words[i].text] && d.e.index().covers(h.doc, d.words[i].stem)
	})
}

// answersIt says whether a finding gives what is asked for: a date, a share, a
// person, a thing which the report as a rule does not give. The first finding of
// an answer must; those beside it only bear on it.
func (d *draft) answersIt(h hit, s *slots) bool {
	if d.oneCountry() && (len(h.finding.Subjects) == 0 || !d.ordersThings(h) && d.evidence(h) < evidenceCountry) {
		return false
	}
	if !d.successionHeld(h) || !d.headHeld(h) || !d.dateHeld(h) || !d.percentHeld(h) || !d.personHeld(h) || !d.honours(h) {
		return false
	}
	for _, m := range d.marks {
		if m.kind == absent && d.absents(m) && !d.inPassing(m, s) && !d.absentHeld(h, m, s) {
			return false
		}
	}
	return true
}

// successionHeld says whether a finding tells who follows the person named, or went before them,
// where that is asked: "who will lead al-Qaeda after Zawahiri".
func (d *draft) successionHeld(h hit) bool {
	if !d.anyIs(gAsking) || !slices.ContainsFunc(d.words, func(w word) bool { return d.e.lexicon.persons[w.text] }) || !d.hasAny(opWho, opWhich) {
		return true
	}
	says := func(o op) bool {
		return slices.ContainsFunc(d.e.index().sentencesOf(h.doc)[0].stems, func(stem string) bool {
			return slices.ContainsFunc(d.e.lexicon.phrases[stem], func(s sense) bool { return s.kind == operator && s.op == o && s.then == "" })
		})
	}
	return (!d.has(opSuccession) || says(opSuccession)) && (!d.has(opPredecessor) || says(opPredecessor))
}

// headHeld says whether a finding is filed under the thing that is asked for, where this is all
// that is asked besides a name: "what is the Tunisian capital".
func (d *draft) headHeld(h hit) bool {
	last := len(d.words) - 1
	if len(d.prose) != 1 || d.prose[0] != last || last > 5 || len(d.measures) > 0 || len(d.names) == 0 || !d.startsWith("what") && !d.startsWith("who") || last < 2 || !d.is(1, gPassive) {
		return true
	}
	return d.e.index().states(h.doc, d.words[last].stem)
}

// oneCountry says whether it is asked which country stands at an end of an order, which no
// finding tells that is about no country.
func (d *draft) oneCountry() bool {
	_, missing := d.absentMark() // "the youngest fighters"
	superlative := d.hasAny(opTop, opBottom) || missing
	return superlative && slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opCountry && d.soughtAt(m.from) && !strings.HasSuffix(d.words[m.to-1].text, "s") && d.ops[opWhich] >= 0 && d.ops[opWhich] < m.from
	})
}

// ordersThings says whether a finding says itself that something is the most or least of its kind.
func (d *draft) ordersThings(h hit) bool {
	return slices.ContainsFunc(d.e.index().sentencesOf(h.doc)[0].stems, func(stem string) bool {
		return d.e.lexicon.phraseOf(stem, opTop)
	})
}

// absentHeld says whether a finding speaks of a thing which the report as a rule
// does not give: where it is counted, in what the finding says, be it by another
// word of the same topic ("lost their lives": killed); elsewhere in any way.
func (d *draft) absentHeld(h hit, m mark, s *slots) bool {
	if split := m.absent.Passing && m.len() > 1 && (d.is(m.from, gEach) || d.is(m.from, gAgent)); split && len(d.measures) > 0 && len(s.rows) > 0 {
		return false // "fighters per city"
	}
	if m.from == 1 && d.isOp(0, opWho) && !d.statesTopic(h, m.absent) {
		return false // "who killed Jihadi John"
	}
	if noun, ok := d.countedNoun(); ok && !m.absent.Passing && !d.e.index().stated(h.doc, d.words[noun.to-1].stem) {
		return false // "how many fighters died" is not answered by the dead of attacks
	}
	if m.absent.Never || d.asksWhen() && m.len() == 1 && !m.absent.Passing && !d.statesTopic(h, m.absent) {
		return false
	}
	if (d.countsOver() || d.has(opShare) && len(s.rows) == 0) && !m.absent.Passing || d.has(opShare) && m.absent.Passing && m.from > 0 && d.is(m.from-1, gAgainst) && len(d.measures) > 0 {
		return d.figureOfTopic(h, m.absent)
	}
	if d.statesTopic(h, m.absent) || d.spanHeld(h, m) {
		return true
	}
	if d.hasAny(opSays, opAboutSubject) && !d.asksCount() && !d.hasAny(opShare, opFigure) && len(s.rows) == 0 && m.len() > 1 && len(d.prose) > 0 {
		return d.anyHeld(h, m.span) // "describe those who came home late and disillusioned"
	}
	return !d.asksCount() && !d.hasAny(opShare, opFigure) && !d.leadsWith(m.span) && m.absent.Passing && d.anyHeld(h, m.span)
}

// countedNoun is the noun for those who went, where their number is asked for: "how many fighters".
func (d *draft) countedNoun() (span, bool) {
	for _, m := range d.measures {
		if m.kind == measureNoun && d.e.base(m.measure) && m.from > 0 && (d.within(m.from-1, opHowMany) || m.from > 1 && d.within(m.from-2, opHowMany)) {
			return m.span, true
		}
	}
	return span{}, false
}

// countsOver says whether countries or people are compared or averaged by a number:
// "which country jailed the largest number of", "on average".
func (d *draft) countsOver() bool {
	return d.has(opAverage) && !d.averageIsVerb() || d.byHead() || d.asksCountry() && d.hasAny(opTop, opBottom) && d.hasAny(opWhich, opWho)
}

// asksCountry says whether countries are spoken of other than the asker's own ("in my
// country").
func (d *draft) asksCountry() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opCountry && !(m.from > 0 && d.is(m.from-1, gSelf))
	})
}

// byHead says whether a rate is asked for: "cost per returnee", not "per the authors".
func (d *draft) byHead() bool {
	for i := range len(d.words) - 1 {
		if d.words[i].text == "per" && !d.is(i+1, gArticle) {
			return true
		}
	}
	return false
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
		if i > 0 && d.words[i].capital() && !d.words[i-1].breaks && !d.firstName(i) {
			out = append(out, i)
		}
	}
	return out
}

// firstName says whether a word stands before the surname of a person of the prose, who may be
// called by that alone.
func (d *draft) firstName(i int) bool {
	return i+1 < len(d.words) && !d.setOff(i) && d.words[i+1].capital() && d.e.lexicon.persons[d.words[i+1].text]
}

// nameHeld says whether a finding names a person whom the question does not,
// where a person's name is asked for: "the name of the priest".
func (d *draft) nameHeld(h hit) bool {
	return !d.namesAsked() || d.namesAnother(h)
}

// namesAsked says whether a person's name is asked for: "the names of the men",
// "which imam", "what was he called".
func (d *draft) namesAsked() bool {
	if d.asksCount() {
		return false
	}
	for i := range d.words {
		if d.words[i].text == "which" && i+1 < len(d.words) && d.is(i+1, gPersonWord) && (!strings.HasSuffix(d.words[i+1].text, "s") || d.anyIs(gCalled) || d.anyIs(gNameWord)) {
			return true
		}
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
			asked = asked || slices.Contains(d.unknown, i) || d.is(i, gPersonWord)
			held = held || d.e.index().covers(h.doc, d.words[i].stem)
		}
		if asked && !held {
			return false
		}
	}
	return true
}

// yearHeld says whether a finding can be about the year that is asked for: none is
// about what came after the report, and where a row's figure of a year is asked
// for, it must name that year ("how many returned to Sweden in 2015").
func (d *draft) yearHeld(h hit, s *slots) bool {
	if s.year == nil {
		return true
	}
	if s.year.year > yearOf(d.e.report.Date) {
		return false
	}
	figure := (d.asksCount() || len(d.prose) == 0) && len(s.rows) > 0 && len(s.measures) > 0
	return !figure || s.year.year == 0 || d.e.index().covers(h.doc, strconv.Itoa(s.year.year))
}

// leastNumber is from where on a number in figures says which finding is meant.
const leastNumber = 20

// numbersHeld says whether a finding holds the numbers of a question that are no
// years: "resolution 2178", "those 143 attacks". Where the asker wants to know
// whether numbers are right, one of them is enough ("am I right that there were 143
// attacks in 33 countries"), or none where the finding has a figure and much else
// speaks for it.
func (d *draft) numbersHeld(h hit) bool {
	held, strange := 0, 0
	for i := range d.numbers {
		n := &d.numbers[i]
		if w := &d.words[n.from]; !w.isNum || n.year || n.ordinal || n.value < leastNumber {
			continue
		} else if d.e.index().covers(h.doc, w.stem) {
			held++
		} else {
			strange++
		}
	}
	if strange == 0 || held > 0 && d.has(opTrue) {
		return true
	}
	claim := d.has(opTrue) || d.is(0, gYesNo)
	return claim && len(h.finding.Figures) > 0 && d.evidence(h) >= evidenceNeeded
}

// statesTopic says whether a finding says a word of an absent topic.
func (d *draft) statesTopic(h hit, a *data.Absent) bool {
	return slices.ContainsFunc(d.e.index().sentencesOf(h.doc)[0].stems, func(stem string) bool { return d.e.lexicon.ofTopic(stem, a) })
}

// ofTopic says whether a word, by its stem, is one of an absent topic.
func (x *lexicon) ofTopic(stem string, a *data.Absent) bool {
	return slices.ContainsFunc(x.phrases[stem], func(s sense) bool { return s.kind == absent && s.absent == a && s.then == "" })
}

// heldIfTelling says whether a finding holds any word of a span that says something, if
// there is such a word: "how many people left Raqqa" is not how many were in it.
func (d *draft) heldIfTelling(h hit, s span) bool {
	for i := s.from; i < s.to; i++ {
		if d.e.index().weight[d.words[i].stem] >= 1 {
			return d.anyHeld(h, s)
		}
	}
	return true
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
	states := d.e.index().states
	if s.absent.Literal {
		states = d.e.index().says
	}
	for i := s.from; i < s.to; i++ {
		stem := d.words[i].stem
		if w, known := d.e.index().weight[stem]; known && w < 1 {
			continue
		}
		if !states(h.doc, stem) && !(d.has(opHowMany) && !s.absent.Literal && d.e.index().covers(h.doc, stem)) {
			return false
		}
	}
	for stem := range strings.FieldsSeq(s.then) {
		if !states(h.doc, stem) {
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
			return i+1 == len(d.words) || d.is(i+1, gYesNo) || d.is(i+1, gAuxiliary) || d.is(i+1, gUnreal) || i+2 < len(d.words) && d.is(i+2, gYesNo) && d.within(i+1, opExactly)
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
	if len(d.words) < 4 || d.words[0].text != "who" || d.words[1].text != "is" && d.words[1].text != "was" || d.words[2].text != "the" {
		return true
	}
	return d.namesAnother(h)
}

// namesAnother says whether a finding names a person whom the question does not.
func (d *draft) namesAnother(h hit) bool {
	return slices.ContainsFunc(split(h.finding.Gist), func(w word) bool {
		return d.e.lexicon.persons[w.text] && !slices.ContainsFunc(d.words, func(q word) bool { return q.text == w.text })
	})
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
		if d.inName(i) || d.shareOfWord(i) < shareTelling || d.within(i, opSays) || d.within(i, opAboutSubject) {
			continue
		}
		if d.e.index().covers(h.doc, d.searchStem(i)) {
			return true
		}
		asked = true
	}
	return !asked
}
