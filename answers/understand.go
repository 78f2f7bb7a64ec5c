package answers

import (
	"slices"

	"reportbot/data"
)

// understand reads a question into queries: one, or two where two questions
// stand in one message.
func (e *Engine) understand(question string, c Context) []Reading {
	if len(question) > maxQuestion {
		return []Reading{problem(&Problem{Reason: NotUnderstood, Topic: tooLong})}
	}
	d := e.read(clean(question))
	d = d.withoutTalk()
	if parts := d.questions(); len(parts) > 1 {
		if both := e.understandEach(parts, c); both != nil {
			return both
		}
	}
	return []Reading{d.reading(c)}
}

const tooLong = "too long"

func problem(p *Problem) Reading {
	return Reading{Query: Query{Kind: Refused, Problem: p}}
}

// withoutTalk is a question without the courtesy before and behind it: "Hi! …",
// "…, thanks". It is itself if nothing else would be left.
func (d *draft) withoutTalk() *draft {
	whole := span{0, len(d.words)}
	for changed := true; changed; {
		changed = false
		for _, m := range d.marks {
			if m.kind != operator || m.op != opGreeting && m.op != opThanks {
				continue
			}
			switch {
			case m.from == whole.from && m.to < whole.to && (d.words[m.to-1].breaks || d.words[m.to-1].comma || m.op == opGreeting):
				whole.from, changed = m.to, true
			case m.to == whole.to && m.from > whole.from && (d.words[m.from-1].breaks || d.words[m.from-1].comma):
				whole.to, changed = m.from, true
			}
		}
	}
	if whole.len() == len(d.words) || whole.len() < 2 {
		return d
	}
	rest := &draft{e: d.e, words: slices.Clone(d.words[whole.from:whole.to])}
	return rest.recognise()
}

// understandEach reads two questions one after the other, the second with what
// the first was about. It returns nil if they are not two whole questions.
func (e *Engine) understandEach(parts [][]word, c Context) []Reading {
	var out []Reading
	for _, words := range parts {
		d := &draft{e: e, words: words}
		r := d.recognise().reading(c)
		if r.Query.Kind == Help {
			continue
		}
		if p := r.Query.Problem; p != nil && p.Reason == OffTopic && d.e.report.Vocabulary.Yields(p.Topic) {
			continue
		}
		if p := r.Query.Problem; p != nil && p.Reason == OffTopic && p.Topic != "" && len(parts) == 2 && d.e.report.Vocabulary.Mild(p.Topic) {
			out = append(out, r)
			continue
		}
		if p := r.Query.Problem; p != nil && (p.Reason == NotUnderstood || p.Reason == OffTopic || p.Reason == SeveralReadings) || r.Query.Kind == Refused {
			return nil
		}
		if len(out) > 0 && out[0].Query.Kind == Finding && r.Query.Kind == Finding {
			return nil // one question about the prose, with its context
		}
		if len(out) > 0 && out[len(out)-1].Query.String() == r.Query.String() {
			continue
		}
		out = append(out, r)
		c = c.after(r, e)
		if a, err := e.answer(r); err == nil {
			c = c.shown(&a) // "…? And how many of those have returned?"
		}
	}
	if len(out) == 0 || len(out) > mostQuestions || !slices.ContainsFunc(out, func(r Reading) bool { return r.Query.Kind != Refused }) {
		return nil
	}
	return out
}

// mostQuestions is how many questions of one message are answered.
const mostQuestions = 4

// questions parts a message into what may be separate questions: at sentence
// ends, and at "and how many". A part that asks nothing stays with its neighbour.
func (d *draft) questions() [][]word {
	var parts [][]word
	from := 0
	for i := range d.words {
		last := i == len(d.words)-1
		if !last && !d.words[i].breaks && !d.newClause(i+1, from) {
			continue
		}
		part := span{from, i + 1}
		switch {
		case !last && (d.onlyNames(part) || d.resumes(part)):
			continue // "Let's do Malaysia. Who went?"
		case d.asks(part) || d.opIn(part, opDefine) && d.termIn(part):
			parts = append(parts, slices.Clone(d.words[from:i+1]))
		case !d.talk(part) && part.len() > 2:
			return nil
		}
		from = i + 1
	}
	return parts
}

// onlyNames says whether a stretch of words names places and asks nothing yet,
// while what follows asks and names none.
func (d *draft) onlyNames(s span) bool {
	rest := span{s.to, len(d.words)}
	return d.namesIn(s) && !d.measuresIn(s) && !d.refusedIn(s) && d.measuresIn(rest) && !d.namesIn(rest)
}

// resumes says whether a stretch of words only takes up a row again: "back to
// France. Children?"
func (d *draft) resumes(s span) bool {
	rest := span{s.to, len(d.words)}
	if s.len() > 6 || !d.namesIn(s) || d.namesIn(rest) || !d.measuresIn(rest) {
		return false
	}
	for _, m := range d.measures {
		if s.holds(m.span) && (m.from-s.from > 1 || d.isOp(s.from, opHowMany, opWhich, opWho)) {
			return false
		}
	}
	for i := range d.names {
		if n := &d.names[i]; s.holds(n.span) && n.to != s.to {
			return false
		}
	}
	return true
}

// newClause says whether at i a second question begins within a sentence: "and
// how many …" with a measure or name of its own on both sides.
func (d *draft) newClause(i, from int) bool {
	if i+2 < len(d.words) && d.words[i].text == "and" && d.is(i+1, gAlso) {
		i++
	}
	if i+2 >= len(d.words) || d.words[i].text != "and" && d.words[i].text != "but" && !d.is(i, gAlso) || !d.isOp(i+1, opHowMany, opWhich, opWho) {
		return false
	}
	left, right := span{from, i}, span{i, len(d.words)}
	switch {
	case d.isOp(i+1, opWhich) && d.opIn(right, opDefine) && !d.namesIn(right) && d.namesIn(left) && d.measuresIn(left):
		return d.termIn(right)
	case d.isOp(i+1, opHowMany):
		return d.namesIn(left) && d.namesIn(right) && d.measuresIn(left) && d.measuresIn(right)
	case d.refusedIn(right):
		return d.namesIn(left)
	}
	return d.measuresIn(left) && d.measuresIn(right) && (d.opIn(left, opTop, opBottom) || d.namesIn(left)) && d.opIn(right, opTop, opBottom) || d.namesIn(left) && d.namesIn(right) && d.measuresIn(left) && d.measuresIn(right)
}

// termIn says whether a stretch of words holds an expression that is explained.
func (d *draft) termIn(s span) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == term && s.holds(m.span) })
}

func (d *draft) opIn(s span, ops ...op) bool {
	for _, m := range d.marks {
		if m.kind == operator && s.holds(m.span) && slices.Contains(ops, m.op) {
			return true
		}
	}
	return false
}

func (d *draft) refusedIn(s span) bool {
	for _, m := range d.marks {
		if m.kind == refused && s.holds(m.span) {
			return true
		}
	}
	return false
}

func (d *draft) namesIn(s span) bool {
	for i := range d.names {
		if s.holds(d.names[i].span) {
			return true
		}
	}
	return false
}

func (d *draft) measuresIn(s span) bool {
	for i := range d.measures {
		if s.holds(d.measures[i].span) {
			return true
		}
	}
	return false
}

// asks says whether a stretch of words asks something of the report.
func (d *draft) asks(s span) bool {
	return d.namesIn(s) || d.measuresIn(s) || d.refusedIn(s)
}

// talk says whether a stretch of words is only courtesy.
func (d *draft) talk(s span) bool {
	for i := s.from; i < s.to; i++ {
		if !d.isOp(i, opGreeting, opThanks, opHelp, opYes, opCorrection) && !d.e.lexicon.neutral[d.words[i].text] {
			return false
		}
	}
	return true
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
	if r, ok := d.aboutReport(s); ok {
		return d.finish(r)
	}
	return d.finish(d.tableOrProse(s))
}

// selfCorrected drops what the asker takes back within the question: of "how
// many Kiwis, no sorry, Aussies" the names before the correction.
func (d *draft) selfCorrected() {
	at := -1
	for _, m := range d.marks {
		if m.kind == operator && m.op == opCorrection && m.len() > 1 && m.from > 0 && m.to < len(d.words) {
			at = m.from
		}
	}
	if at < 0 {
		return
	}
	before, after := span{0, at}, span{at, len(d.words)}
	if slices.ContainsFunc(d.names, func(n nameMark) bool { return after.holds(n.span) && n.span.from > 0 && d.words[n.span.from-1].text == "not" }) {
		return // "Austria I mean, not Australia"
	}
	if d.namesIn(before) && d.namesIn(after) {
		d.names = slices.DeleteFunc(d.names, func(n nameMark) bool { return before.holds(n.span) })
	}
	if d.measuresIn(before) && d.measuresIn(after) {
		d.measures = slices.DeleteFunc(d.measures, func(m mark) bool { return before.holds(m.span) && !d.e.base(m.measure) })
	}
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
	}
	return ""
}

// tableOrProse decides between the tables and the prose. A table question whose
// every word is accounted for is one; words that only the findings know speak
// for the prose, if one finding holds enough of them.
func (d *draft) tableOrProse(s *slots) Reading {
	q, whole := d.tableQuery(s)
	if r, ok := d.ofNobody(s); ok {
		return r
	}
	if found, ok := d.strongProse(s); ok {
		return found
	}
	if found, ok := d.placeOfProse(s); ok {
		return found
	}
	if d.elsewhere(s) {
		return d.wentElsewhere(q, s)
	}
	if len(s.uncovered) > 0 && s.uncovered[0].uncovered.Kind != "country" && (len(d.words) > 4 && len(d.prose) > 0 || len(s.measures) == 0 && d.has(opSays)) {
		if found, ok := d.findings(s, false); ok && found.cover > coverStrange {
			return found
		}
	}
	if s.ambiguous != nil && len(s.measures) > 0 && len(d.prose)+len(d.unknown) == 0 {
		return d.checked(orRefused(q), s)
	}
	if i, ok := d.strangeOrigin(s); ok {
		if found, ok := d.findings(s, false); ok && slices.Contains(d.prose, i) && d.e.index().filed[d.words[i].stem] && d.words[i].capital() && !d.has(opHowMany) {
			return found // "were there foreigners in the fight for Marawi"
		}
		q.Problem = &Problem{Reason: UnknownName, Word: d.words[i].raw, Near: d.near(d.words[i].text)}
		return Reading{Query: orRefused(q)}
	}
	if whole && !d.proseLikely(s) && !d.asksWho() || len(s.uncovered) > 0 && len(d.prose) == 0 && !d.hasAny(opSays, opWhy) && (len(s.measures) > 0 || d.hasAny(opFigure, opHowMany, opAboutSubject) || len(d.words) <= 3) {
		return d.checked(orRefused(q), s)
	}
	if q.Kind == "" && s.ambiguous != nil && len(d.prose)+len(d.unknown) == 0 {
		r := Reading{Query: Query{Kind: Profile}}
		r.Query.Problem = d.severalReadings(s, &r)
		return r
	}
	if q.Kind == Difference && len(q.Subjects)+len(q.Within) == 0 {
		if found, ok := d.findings(s, false); ok && found.cover > coverStrange {
			return found // "the difference between dispatched fighters and returnees"
		}
	}
	if d.bareMeasure(s) {
		return Reading{Query: Query{Kind: Total, Measures: s.measures, Problem: d.measureReadings(s)}}
	}
	if d.bareSuperlative(s) {
		return Reading{Query: Query{Kind: Rank, Problem: d.superlatives()}}
	}
	if s.year == nil || !whole || !d.dateFits(s, &q) || len(d.prose) > 0 {
		if found, ok := d.findings(s, whole); ok {
			return found
		}
	}
	if q.Kind == "" {
		return d.notUnderstood(s)
	}
	if !whole && q.Kind == Total && len(d.words) > 5 && !d.hasAny(opFigure, opHas, opCoverage, opAboutSubject) {
		if hits := d.hits(s); len(hits) > 0 && hits[0].cover > coverBeside {
			return Reading{Query: Query{Kind: Finding, Findings: d.e.index().together(hits)}, terms: keysOf(d.terms()), cover: hits[0].cover}
		}
		q.Problem = &Problem{Reason: NotUnderstood}
		return Reading{Query: q}
	}
	r := d.checked(q, s)
	if p := r.Query.Problem; p != nil && len(d.prose) > 0 && len(s.clash) == 0 && p.Reason != BlankCell && p.Reason != NotCovered {
		if found, ok := d.findings(s, false); ok {
			return found
		}
	}
	return r
}

// ofNobody reads what is asked of somebody or some country that was not named
// before: "did he ever come back", "what about that country's children".
func (d *draft) ofNobody(s *slots) (Reading, bool) {
	if len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.prose)+len(d.unknown) > 0 || s.ambiguous != nil {
		return Reading{}, false
	}
	for i := range d.words {
		if d.is(i, gOthers) && d.is(i, gDoer) {
			return problem(&Problem{Reason: OffTopic}), true
		}
	}
	if len(s.measures) != 1 || !d.thatCountry() {
		return Reading{}, false
	}
	return Reading{Query: Query{Kind: Total, Measures: s.measures, Problem: d.measureReadings(s)}}, true
}

// thatCountry says whether a country is pointed at: "that country".
func (d *draft) thatCountry() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opPronoun && m.len() > 1 && d.within(m.to-1, opPronoun) && slices.ContainsFunc(d.e.lexicon.phrases[d.words[m.to-1].stem], func(s sense) bool { return s.kind == operator && s.op == opCountry }) {
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
	return i, i > 0 && i == len(d.words)-1 && d.is(i-1, gPreposition) && d.is(i-1, gBelonging)
}

// elsewhere says whether it is asked who went to a row, not from it: "fighters
// who came into Afghanistan". Only returning is to a row.
func (d *draft) elsewhere(s *slots) bool {
	if len(s.rows) == 0 || len(s.measures) == 0 || slices.ContainsFunc(s.measures, func(m *data.Measure) bool { return !d.e.base(m) }) {
		return false
	}
	for i := range d.names {
		n := &d.names[i]
		if n.row == nil || n.out || n.agent || n.people || n.resumed || n.span.from == 0 {
			continue
		}
		if d.within(n.span.from-1, opCompare) {
			continue // "put Egypt next to Libya"
		}
		if d.is(n.span.from-1, gInto) || n.span.from > 1 && d.is(n.span.from-1, gPlace) && d.is(n.span.from-2, gArriving) || d.is(n.span.from-1, gArriving) || !s.guessed && d.is(n.span.from-1, gGoal) {
			return true
		}
	}
	return false
}

func (d *draft) wentElsewhere(q Query, s *slots) Reading {
	if found, ok := d.findings(s, false); ok && (len(d.prose) > 0 || s.year != nil) {
		return found
	}
	if s.year != nil && !d.dateFits(s, &q) && q.Kind == Refused {
		q.Problem = &Problem{Reason: OneDateOnly, Word: d.shown(s.year.span)}
		return Reading{Query: q}
	}
	q.Problem = &Problem{Reason: NoSuchCombination, Topic: d.e.report.Vocabulary.Elsewhere}
	return Reading{Query: orRefused(q)}
}

// bareSuperlative says whether only "the biggest" is said, of what being left open.
func (d *draft) bareSuperlative(s *slots) bool {
	return s.bare() && d.hasAny(opTop, opBottom) && len(d.prose)+len(d.unknown)+len(s.uncovered) == 0
}

// bareMeasure says whether only "returned" is said, of whom being left open.
func (d *draft) bareMeasure(s *slots) bool {
	return len(s.measures) == 1 && len(d.words) <= 3 && len(d.names)+len(d.numbers)+len(d.prose)+len(d.unknown) == 0 && s.cond == nil &&
		!d.hasAny(opHowMany, opTotal, opEverywhere, opTop, opBottom, opOrder, opAverage, opShare, opWhich, opCountry, opList, opSays, opWhy, opFigure)
}

// measureReadings asks whether a measure is wanted for all, by rank, or row by row.
func (d *draft) measureReadings(s *slots) *Problem {
	return &Problem{Reason: SeveralReadings, Word: d.shown(span{0, len(d.words)}), Choices: []Query{
		{Kind: Total, Measures: s.measures},
		{Kind: Rank, Measures: s.measures, Limit: 5},
		{Kind: Filter, Measures: s.measures, Has: true},
	}}
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
	return len(d.prose) > 0 || d.hasAny(opWhy, opSays) && !numeric || len(d.unknown) > 0 || s.year != nil
}

// notUnderstood is the reading of a question that neither tables nor prose can
// take: off-topic where nothing in it is of the report's subject matter.
func (d *draft) notUnderstood(s *slots) Reading {
	if m, ok := d.absentMark(); ok && d.onTopic(s) {
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
	if d.aboutProse(s) {
		return Reading{}, false
	}
	for _, read := range []func(*slots) (Query, bool){d.define, d.authorship, d.disagreement, d.reliability, d.dateOf, d.sourceOf, d.coverageOf} {
		if q, ok := read(s); ok {
			if q.Kind == Define || len(s.uncovered) == 0 {
				return Reading{Query: q}, true
			}
			return d.checked(q, s), true
		}
	}
	return Reading{}, false
}
