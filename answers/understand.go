package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// understand reads a question into queries: one, or two where two questions
// stand in one message.
func (e *Engine) understand(question string, c Context) []Reading {
	if len(question) > maxQuestion {
		return []Reading{problem(&Problem{Reason: NotUnderstood, Topic: tooLong})}
	}
	words := split(clean(question))
	asked := e.lexicon.shown.take(words)
	if asked.again {
		return []Reading{e.lastAs(asked.form, c)}
	}
	if asked.form != "" {
		readings := e.understandWords(slices.Clone(asked.rest), c)
		if !asked.verb || !inVain(readings) {
			return formed(readings, asked.form)
		}
	}
	return e.understandWords(words, c)
}

// understandWords reads a question that does not say how the answer is to be shown.
func (e *Engine) understandWords(words []word, c Context) []Reading {
	d := &draft{e: e, words: words}
	d = d.recognise().withoutTalk().withoutAside().putRight(c).listing()
	if r, ok := d.nested(c); ok {
		return []Reading{r}
	}
	if parts := d.questions(); len(parts) > 1 {
		if both := e.understandEach(parts, c); both != nil {
			return both
		}
	}
	r := d.reading(c)
	if each := d.eachSet(&r); len(each) > 1 {
		return each
	}
	if each := d.eachPlace(&r); len(each) > 1 {
		return each
	}
	if d.strayed(&r) {
		if part, ok := d.pertinent(&r, c); ok {
			return []Reading{part}
		}
	}
	return []Reading{r}
}

// eachSet reads the averages of sets that are set against each other one by one: "average
// returnees in the Maghreb vs the Balkans".
func (d *draft) eachSet(r *Reading) []Reading {
	q := &r.Query
	if q.Kind != Average || q.Problem != nil || len(q.Within) < 2 || len(q.Within) > mostQuestions || len(q.Subjects) > 0 || !d.hasAny(opCompare, opMore, opFewer, opDifference) {
		return nil
	}
	var out []Reading
	for _, sc := range q.Within {
		one := *r
		one.Query.Within = []Scope{sc}
		out = append(out, one)
	}
	return out
}

const tooLong = "too long"

func problem(p *Problem) Reading {
	return Reading{Query: Query{Kind: Refused, Problem: p}}
}

// reading reads one question. The order is from what is plainest to what is
// least certain: refusals, courtesy, what edits the last question, what is
// asked about the report itself, the tables, the prose.
func (d *draft) reading(c Context) Reading {
	if len(d.words) == 0 {
		return Reading{Query: Query{Kind: Help}}
	}
	if r, ok := d.refused(); ok {
		return r
	}
	if r, ok := d.courtesy(); ok {
		return r
	}
	d.selfCorrected()
	s := d.slots()
	if r, ok := d.followUp(s, c); ok {
		return d.finish(r)
	}
	r := d.fresh(s)
	d.keepPlace(&r, c)
	return d.finish(r)
}

// fresh reads a question that takes nothing over from another.
func (d *draft) fresh(s *slots) Reading {
	for _, read := range []func(*slots) (Reading, bool){d.signed, d.sumAgainst, d.numbersApart, d.quotedCell, d.totalClaimed, d.countClaimed, d.totalAndCount, d.aboutReport} {
		if r, ok := read(s); ok {
			return r
		}
	}
	return d.tableOrProse(s)
}

// selfCorrected drops what the asker takes back within the question: of "how
// many Kiwis, no sorry, Aussies" the names before the correction.
func (d *draft) selfCorrected() {
	at := -1
	for _, m := range d.marks {
		if m.kind == operator && m.op == opCorrection && (m.len() > 1 || m.then != "" || m.from > 0 && (d.words[m.from-1].breaks || d.dashed(m.from-1)) && d.words[m.from].comma) && m.from > 0 && m.to < len(d.words) && !d.measureIn(m.span) {
			at = m.from
		}
	}
	if at < 0 {
		return
	}
	before, after := span{0, at}, span{at, len(d.words)}
	if slices.ContainsFunc(d.names, func(n nameMark) bool {
		return after.holds(n.span) && n.span.from > 0 && d.words[n.span.from-1].text == "not"
	}) {
		return // "Austria I mean, not Australia"
	}
	if d.originsIn(before) && d.originsIn(after) && !(d.agentIn(after) && d.onlyAgentsIn(after)) {
		d.names = slices.DeleteFunc(d.names, func(n nameMark) bool { return before.holds(n.span) })
	}
	if d.measuresIn(before) && d.measuresIn(after) {
		d.measures = slices.DeleteFunc(d.measures, func(m mark) bool { return before.holds(m.span) && !d.e.base(m.measure) })
	}
}

// onlyAgentsIn says whether a stretch of words names only rows that act in a measure: "for France:
// I wanted its number on the Turkish list".
func (d *draft) onlyAgentsIn(s span) bool {
	return !slices.ContainsFunc(d.names, func(n nameMark) bool { return s.holds(n.span) && d.agentOf(&n) == nil })
}

// finish adds the notes on how words were read.
func (d *draft) finish(r Reading) Reading {
	for i := range d.names {
		n := &d.names[i]
		switch {
		case n.place || n.agent && !n.mended:
		case n.mended:
			d.note(Mended, n.typed, n.called())
		case n.foreign:
			d.note(Foreign, n.typed, n.called())
		}
	}
	for i := range d.words {
		if w := &d.words[i]; w.mended != "" && !d.inName(i) && r.Query.Kind != Finding && r.Query.Kind != Refused {
			d.note(Mended, w.mended, w.text)
		}
	}
	r.Notes = append(d.notes, r.Notes...)
	return r
}

func (d *draft) note(k NoteKind, from, to string) {
	n := Note{Kind: k, From: from, To: to}
	if !slices.Contains(d.notes, n) {
		d.notes = append(d.notes, n)
	}
}

// called is the printed name of what a name stands for.
func (n *name) called() string {
	switch {
	case n.row != nil:
		return n.row.Name
	case n.group != nil:
		return n.group.Name
	case n.uncovered != nil:
		return n.uncovered.Name
	case n.ambiguous != nil:
		return n.ambiguous.Names[0]
	}
	return ""
}

// ofNobody reads what is asked of somebody or some country that was not named
// before: "did he ever come back", "what about that country's children".
func (d *draft) ofNobody(s *slots) (Reading, bool) {
	if len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.prose)+len(d.unknown) > 0 || s.ambiguous != nil {
		return Reading{}, false
	}
	for i := range d.words {
		if d.is(i, gOthers) && d.is(i, gDoer) && d.personal() {
			return problem(&Problem{Reason: OffTopic}), true
		}
	}
	if len(s.measures) != 1 || !d.thatCountry() {
		return problem(&Problem{Reason: NotUnderstood}), len(s.measures) == 0 && d.thatCountry() && d.personal()
	}
	return Reading{Query: Query{Kind: Total, Measures: s.measures, Problem: d.measureReadings(s)}}, true
}

// thatCountry says whether a country is pointed at: "that country".
func (d *draft) thatCountry() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opPronoun && m.len() > 1 && d.within(m.to-1, opPronoun) && slices.ContainsFunc(d.senses(m.to-1), func(s sense) bool { return s.kind == operator && s.op == opCountry }) {
			return true
		}
	}
	return false
}

// strangeOrigin is a word which stands where the name of a place would ("went
// from Sain"), is none, and is all that is strange in a question of the tables.
func (d *draft) strangeOrigin(s *slots) (int, bool) {
	if len(s.measures) == 0 || len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || s.ambiguous != nil || len(d.prose)+len(d.unknown) != 1 || d.hasAny(opCountry, opWhy, opSays) {
		return 0, false
	}
	i := append(slices.Clone(d.prose), d.unknown...)[0]
	return i, i > 0 && i == len(d.words)-1 && d.is(i-1, gPreposition) && d.is(i-1, gBelonging) && (d.is(i-1, gSource) || d.words[i].capital() || d.has(opHowMany))
}

// elsewhere says whether it is asked who went to a row, not from it: "fighters
// who came into Afghanistan". Only returning is to a row.
func (d *draft) elsewhere(s *slots) bool {
	bare := len(s.measures) == 0 && d.asksCount() && len(d.names) > 0
	if len(s.rows) == 0 || len(s.measures) == 0 && !bare || slices.ContainsFunc(s.measures, func(m *data.Measure) bool { return !d.e.base(m) }) {
		return false
	}
	for i := range d.names {
		n := &d.names[i]
		if n.row == nil || n.out || n.agent || n.people || n.resumed || n.span.from == 0 || d.within(n.span.from-1, opFollow) {
			continue
		}
		if d.within(n.span.from-1, opCompare) {
			continue // "put Egypt next to Libya"
		}
		if d.is(n.span.from-1, gGoal) && n.span.from > 1 && d.is(n.span.from-2, gArriving) {
			return true // "came to Bosnia"
		}
		if s.guessed && n.span.from > 1 && d.is(n.span.from-1, gPlace) && (d.is(n.span.from-2, gPassive) || d.groupHasBefore(n.span.from-1)) {
			return true // "how many fighters are in Libya"
		}
		if d.boundFor(n.span.from) {
			return true
		}
		if d.is(n.span.from-1, gInto) || d.is(n.span.from-1, gPlace) && d.groupEndsAt(n.span.from-1) || n.span.from > 1 && d.is(n.span.from-1, gPlace) && d.is(n.span.from-2, gArriving) || d.is(n.span.from-1, gArriving) || !s.guessed && d.is(n.span.from-1, gGoal) {
			return true
		}
	}
	return false
}

// boundFor says whether what people did ends in a word for where they went: "left for Tunisia".
func (d *draft) boundFor(at int) bool {
	if d.is(at-1, gArticle) && at > 1 {
		at--
	}
	return slices.ContainsFunc(d.measures, func(m mark) bool {
		return m.kind == measurePhrase && m.to == at && m.len() > 1 && d.e.base(m.measure) && d.words[at-1].text != "of" && d.is(at-1, gPreposition) && !d.is(at-1, gSource)
	})
}

// groupEndsAt says whether the group's name stands before a word: "IS in Libya".
func (d *draft) groupEndsAt(i int) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == term && m.to == i && d.words[m.from].upper() && !d.shouting() })
}

// tellsOfArrival says whether a finding tells that somebody came to a place.
func (d *draft) tellsOfArrival(h hit) bool {
	return slices.ContainsFunc(split(h.finding.Gist), func(w word) bool { return d.e.lexicon.of(w.text, gArriving) })
}

func (d *draft) wentElsewhere(q Query, s *slots) Reading {
	if found, ok := d.findings(s, false); ok && (len(s.measures) > 0 || d.tellsOfArrival(d.found[0])) && (len(s.measures) == 0 || len(d.prose) > 0 || s.year != nil || d.hasAny(opWhy, opSays, opReport) || found.cover > coverAll || len(d.numbers) > 0 && !d.asksCount()) {
		if d.alsoFrom(s) {
			found.Query.Subjects, found.Query.Measures = s.rows, d.filterMeasures(s)
		}
		return found
	}
	if s.year != nil && !d.dateFits(s, &q) && q.Kind == Refused {
		q.Problem = &Problem{Reason: OneDateOnly, Word: d.shown(s.year.span)}
		return Reading{Query: q}
	}
	q.Problem = &Problem{Reason: NoSuchCombination, Topic: d.e.report.Vocabulary.Elsewhere}
	return Reading{Query: orRefused(q)}
}

// alsoFrom says whether beside those who came to a row those from it are asked for, as a people
// of its own: "Afghans who left, against fighters who came to Afghanistan".
func (d *draft) alsoFrom(s *slots) bool {
	return len(s.rows) == 1 && d.hasAny(opCompare, opDifference, opThan, opAndAlso) && slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.row == s.rows[0] && n.people && slices.ContainsFunc(d.measures, func(m mark) bool { return m.kind == measurePhrase && m.from >= n.to && m.from-n.to <= 2 })
	})
}

// bareSuperlative says whether only "the biggest" is said, of what being left open.
func (d *draft) bareSuperlative(s *slots) bool {
	return s.bare() && s.year == nil && len(d.words) <= 8 && !d.asksGroup() && d.hasAny(opTop, opBottom) && len(d.prose)+len(d.unknown)+len(s.uncovered) == 0
}

// bareMeasure says whether only "returned" is said, of whom being left open.
func (d *draft) bareMeasure(s *slots) bool {
	others := slices.ContainsFunc(d.names, func(n nameMark) bool { return !n.agent })
	return len(s.measures) > 0 && (len(s.measures) == 1 || s.joined) && len(d.words) <= 3 && !others && len(d.numbers)+len(d.prose)+len(d.unknown) == 0 && s.cond == nil &&
		!d.hasAny(opHowMany, opTotal, opEverywhere, opCompare, opTop, opBottom, opOrder, opAverage, opShare, opWhich, opCountry, opList, opSays, opWhy, opFigure)
}

// measureReadings asks whether a measure is wanted for all, by rank, or row by row.
func (d *draft) measureReadings(s *slots) *Problem {
	if len(s.measures) > 1 {
		p := &Problem{Reason: SeveralReadings, Word: d.shown(span{0, len(d.words)}), Choices: []Query{{Kind: Total, Measures: s.measures}}}
		for _, x := range s.measures {
			p.Choices = append(p.Choices, Query{Kind: Rank, Measures: []*data.Measure{x}, Limit: 5})
		}
		return p
	}
	return &Problem{Reason: SeveralReadings, Word: d.shown(span{0, len(d.words)}), Choices: []Query{
		{Kind: Total, Measures: s.measures},
		{Kind: Rank, Measures: s.measures, Limit: 5},
		{Kind: Filter, Measures: s.measures, Has: true},
	}}
}

// bareFigure says whether only "the number" is asked for, of whom and of what being left open.
func (d *draft) bareFigure(s *slots) bool {
	aside := len(s.exclude) > 0 && d.has(opTotal) && !slices.ContainsFunc(d.names, func(n nameMark) bool { return !n.out })
	if !s.bare() || len(d.words) > 10 || len(d.words) > 8 && !aside || !d.hasAny(opHowMany, opFigure) && !aside || !aside && len(d.names) > 0 || len(d.numbers)+len(d.prose)+len(d.unknown) > 0 {
		return false
	}
	for _, m := range d.marks {
		if m.kind == operator && m.op == opHowMany && m.to < len(d.words) && d.words[m.from].text == "how" && !d.isOp(m.to, opFigure) && !d.is(m.to, gPassive) && strings.HasSuffix(d.words[m.to].text, "s") {
			return false // "how many pages"
		}
	}
	return !slices.ContainsFunc(d.marks, func(m mark) bool {
		if m.kind == operator && m.op == opThatPlace && d.thereAt() < 0 {
			return false // "how many are there"
		}
		return m.kind != operator || !slices.Contains([]op{opHowMany, opFigure, opList, opTotal, opPronoun, opGreeting, opThanks, opWhich, opAdd, opTable, opExactly, opFollow, opYes, opReport, opTakenUp, opExclude, opExcludeAfter}, m.op)
	})
}

// figureReadings asks which figure is meant.
func (d *draft) figureReadings(s *slots) *Problem {
	p := &Problem{Reason: SeveralReadings, Word: d.shown(span{0, len(d.words)})}
	for _, m := range d.e.report.Measures[:min(4, len(d.e.report.Measures))] {
		p.Choices = append(p.Choices, Query{Kind: Total, Measures: []*data.Measure{m}, Exclude: s.exclude})
	}
	return p
}

// superlatives asks which measure is meant.
func (d *draft) superlatives() *Problem {
	p := &Problem{Reason: SeveralReadings, Word: d.shown(span{0, len(d.words)})}
	for _, m := range d.e.report.Measures[:min(4, len(d.e.report.Measures))] {
		p.Choices = append(p.Choices, Query{Kind: Rank, Measures: []*data.Measure{m}, Limit: 5, Asc: d.has(opBottom) && !d.has(opTop)})
	}
	return p
}

// proseLikely says whether the findings are worth a look although the tables
// could answer.
func (d *draft) proseLikely(s *slots) bool {
	numeric := d.hasAny(opHowMany, opFigure, opShare, opTop, opBottom, opTotal, opDifference, opAverage)
	does := s.guessed && len(s.rows)+len(s.scopes) == 0 && d.groupDoes()
	return len(d.prose) > 0 || len(s.rows) == 1 && d.asksGroup() || does || d.has(opHandled) || d.has(opProse) && !d.hasAny(opTable, opTrue) || d.hasAny(opWhy, opSays) && !numeric || len(d.unknown) > 0 || s.year != nil
}

// asksGroup says whether the group itself is named beside a place, and nothing that is
// counted: "Libya and IS".
func (d *draft) asksGroup() bool {
	return len(d.measures) == 0 && !d.shouting() && slices.ContainsFunc(d.marks, d.isGroup)
}

// groupDoes says whether the group has or does what is asked of: "how many members does IS have".
func (d *draft) groupDoes() bool {
	return !d.shouting() && slices.ContainsFunc(d.marks, func(m mark) bool { return d.isGroup(m) && d.auxiliaryBefore(m.from) })
}

// groupHasBefore says whether the group is the one that has people before a word: "does IS have in
// Libya". Whom it draws or recruits in a place comes from there.
func (d *draft) groupHasBefore(at int) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return d.isGroup(m) && m.to < at && d.auxiliaryBefore(m.from) && !d.measureIn(span{m.to, at})
	})
}

// isGroup says whether a mark is the group's short name.
func (d *draft) isGroup(m mark) bool {
	if m.kind != term || m.len() != 1 {
		return false
	}
	w := &d.words[m.from]
	plain := m.term.Term == strings.ToUpper(m.term.Term) && d.e.lexicon.grammar[w.text] == 0 // "isis"
	return w.upper() && len(w.text) < 5 || plain
}

// notUnderstood is the reading of a question that neither tables nor prose can
// take: off-topic where nothing in it is of the report's subject matter.
func (d *draft) notUnderstood(s *slots) Reading {
	if r, ok := d.askedOfProse(s); ok {
		return r
	}
	if len(d.unknown)+len(d.prose) > 1 && d.personal() && len(s.measures) > 0 {
		return problem(&Problem{Reason: OffTopic}) // "my cousin Georgia returned my phone"
	}
	if m, ok := d.absentMark(); ok && (d.onTopic(s) || d.hasAny(opCoverage, opHowMany)) {
		q, _ := d.tableQuery(s)
		q.Problem = &Problem{Reason: Reason(m.absent.Reason), Word: d.shown(m.span), Topic: m.absent.Topic}
		return Reading{Query: orRefused(q)}
	}
	if i, ok := d.unknownName(s); ok && (len(s.measures) > 0 || d.hasSenseAnywhere(peopleNoun)) && len(d.unknown) <= 2 {
		q, _ := d.tableQuery(s)
		q.Problem = &Problem{Reason: UnknownName, Word: d.words[i].raw, Near: d.near(d.words[i].text)}
		return Reading{Query: orRefused(q)}
	}
	if len(s.uncovered) > 0 && (d.onTopic(s) || len(d.unknown) == 0 && (s.uncovered[0].uncovered.Kind != "city" || len(d.words) <= 3)) {
		q, _ := d.tableQuery(s)
		q.Problem = &Problem{Reason: NotCovered, Word: s.uncovered[0].typed, Place: s.uncovered[0].uncovered}
		return Reading{Query: orRefused(q)}
	}
	if len(d.unknown)+len(d.prose)+len(d.names) == 0 && len(d.numbers) > 1 && !d.onTopicWords() {
		return problem(&Problem{Reason: OffTopic}) // "what's 12 times 14"
	}
	if len(d.unknown)+len(d.prose)+len(d.names) == 0 && (!d.onTopic(s) || len(s.measures) == 0 && !d.onTopicWords()) {
		return Reading{Query: Query{Kind: Help}}
	}
	if !d.onTopic(s) {
		return problem(&Problem{Reason: OffTopic})
	}
	word := ""
	if len(d.unknown)+len(d.prose) > 0 {
		word = d.words[d.firstStranger()].raw
	}
	return problem(&Problem{Reason: NotUnderstood, Word: word})
}

func orRefused(q Query) Query {
	if q.Kind == "" {
		q.Kind = Refused
	}
	return q
}

// onTopic says whether anything in a question is of the report's subject
// matter: words of the domain, the theatre, or a measure with a name.
func (d *draft) onTopic(s *slots) bool {
	for _, m := range d.marks {
		switch m.kind {
		case domain, theatre:
			return true
		case measurePhrase, measureNoun:
			if len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 && len(d.unknown) <= 1 {
				return true
			}
		case operator:
			if m.op == opReport {
				return true
			}
		}
	}
	return false
}

// aboutProse says whether what looks like a question about the report is one about
// something that it tells of: "when was the Pew survey published".
func (d *draft) aboutProse(s *slots) bool {
	if len(d.prose) == 0 || len(s.rows) > 0 || d.hasSign() || d.hasSenseAnywhere(term) {
		return false
	}
	hits := d.hits(s)
	return len(hits) > 0 && d.evidence(hits[0]) > evidenceSure && d.sides(hits[0], nil)
}

// aboutReport reads what is asked about expressions, sources, dates and the
// report as a whole.
func (d *draft) aboutReport(s *slots) (Reading, bool) {
	if d.aboutProse(s) || d.has(opRevised) || d.ownDoing() {
		return Reading{}, false
	}
	for _, read := range []func(*slots) (Query, bool){d.define, d.earlierWork, d.authorship, d.disagreement, d.reliability, d.dateOf, d.sourceOf, d.coverageOf} {
		if q, ok := read(s); ok {
			if p := d.otherThing(&q); p != nil {
				return problem(p), true
			}
			if q.Kind == Define || len(s.uncovered) == 0 {
				return Reading{Query: q}, true
			}
			return d.checked(q, s), true
		}
	}
	return Reading{}, false
}
