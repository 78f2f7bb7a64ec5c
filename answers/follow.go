package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// followUp reads a question that goes on from the last one: it edits the last
// query with what it names, and takes over the rest.
func (d *draft) followUp(s *slots, c Context) (Reading, bool) {
	if c.Last == "" && len(c.Choices) == 0 {
		return Reading{}, false
	}
	p, ok := d.e.past(c)
	if !ok {
		return Reading{}, false
	}
	if d.ops[opCompare] == 0 && d.words[0].text == "or" {
		d.ops[opCompare] = -1 // "or Dutch?" asks for another
	}
	if q, ok := d.choose(s, p); ok {
		return Reading{Query: q, Form: p.form}, true
	}
	if q, ok := d.namedChoice(s, p); ok {
		return Reading{Query: q, Form: p.form}, true
	}
	if c.Last == "" {
		return Reading{}, false
	}
	if (p.last.Kind == Date || p.last.Kind == Source) && d.has(opHowMany) && len(s.measures) > 0 && !d.hasAny(opWhen, opDated, opSource, opNewest, opOldest) {
		p.last = Query{Kind: Lookup, Subjects: p.last.Subjects, Within: p.last.Within, Measures: s.measures} // "and Albania, how many fighters?"
	}
	if p.last.Kind == Coverage && len(p.last.Within) > 0 {
		p.last = Query{Kind: Total, Within: p.last.Within} // "which countries are in the Maghreb", "how many fighters from there"
	}
	for _, edit := range []func(*slots, *past) (Query, bool){d.countLeft, d.howManyThen, d.termCounted, d.rankedBy, d.wholeCountry} {
		if q, ok := edit(s, p); ok {
			return d.inherits(d.checked(q, s), s), true
		}
	}
	if r, ok := d.askedThere(p); ok {
		return r, true
	}
	if r, ok := d.amongTold(s, p); ok {
		return r, true
	}
	if r, ok := d.kindOfIt(p); ok {
		return r, true
	}
	if d.countsEachKind(s, p) {
		return problem(&Problem{Reason: NoSuchCombination}), true
	}
	for _, refuse := range []func(*slots, *past) (Query, bool){d.absentOfThem, d.stillNowhere} {
		if q, ok := refuse(s, p); ok {
			return d.inherits(Reading{Query: q}, s), true
		}
	}
	if d.standsAlone(s, p) || d.whole(s, p) {
		return Reading{}, false
	}
	if p.last.Kind == Finding {
		for _, edit := range []func(*slots, *past) (Query, bool){d.measureBeside, d.tableBeside} {
			if q, ok := edit(s, p); ok {
				return d.inherits(d.checked(q, s), s), true
			}
		}
		return d.followProse(s, p)
	}
	d.theOthers(s, p)
	if q, ok := d.withoutPointed(s, p); ok {
		return d.inherits(d.checked(q, s), s), true
	}
	if d.firstFew(len(p.shown)) > 0 {
		if q, ok := d.pointed(s, p); ok {
			return d.inherits(d.checked(q, s), s), true
		}
	}
	for _, edit := range []func(*slots, *past) (Query, bool){d.bothOfThem, d.splitAgain, d.thoseWho, d.inHeads, d.ofThose, d.swapNames, d.putBack, d.exclusion, d.askedOfShown, d.setOfItsOwn, d.inAnotherWhole, d.namedOperation, d.amongShown, d.shownWithin, d.measuredAgain, d.setAgainstLast, d.operation, d.pointed, d.newNames, d.newMeasures} {
		if q, ok := edit(s, p); ok {
			q.Problem = d.stillRefused(s, p, &q)
			r := d.checked(q, s)
			if r.Query.Problem != nil && s.ambiguous != nil {
				r.Query.Problem = d.severalReadings(s, func(t *slots) (Query, bool) { return edit(t, p) })
			}
			if strange := r.Query.Problem; strange != nil && strange.Reason == NotUnderstood {
				if !d.hasAny(opPronoun, opFollow) {
					return Reading{}, false // "when did Raqqa fall" may be a question of its own
				}
				if found, ok := d.findings(s, false); ok && len(s.rows) == 0 && d.proseIn(span{0, len(d.words)}) > 0 {
					return found, true // "what about attacks by women"
				}
			}
			return d.inherits(r, s), true
		}
	}
	return Reading{}, false
}

// stillRefused is what stood against the last question where the same is asked of another row,
// which has no such figure either: "how many women returned to France?", "and to Belgium?".
func (d *draft) stillRefused(s *slots, p *past, q *Query) *Problem {
	was := p.last.Problem
	if was == nil || was.Reason != NoSuchCombination && was.Reason != NoSuchMeasure || len(s.measures) > 0 || len(s.rows)+len(s.scopes) == 0 {
		return nil
	}
	if !slices.Equal(q.Measures, p.last.Measures) || len(q.Measures) == 0 {
		return nil
	}
	return was
}

// choose reads the answer to a clarifying question: a name or word of one of
// the readings offered, or its number.
func (d *draft) choose(s *slots, p *past) (Query, bool) {
	if len(p.choices) == 0 || len(d.words) > 6 {
		return Query{}, false
	}
	for i := range d.numbers {
		if n := int(d.numbers[i].value); n >= 1 && n <= len(p.choices) && (d.numbers[i].ordinal || len(d.words) == 1 || d.hasAny(opLatter, opFormer)) {
			return p.choices[n-1], true
		}
	}
	switch {
	case d.has(opFormer):
		return p.choices[0], true
	case d.has(opLatter):
		return p.choices[min(1, len(p.choices)-1)], true
	}
	for _, q := range p.choices {
		if d.setsApart(q, s) {
			return q, true
		}
	}
	return d.partOfName(p)
}

// partOfName reads a choice by a part of the name that sets it apart: "central"
// for Central Asia.
func (d *draft) partOfName(p *past) (Query, bool) {
	if len(d.words) > 3 {
		return Query{}, false
	}
	found := -1
	for i, q := range p.choices {
		if !d.wordsOf(whom(&q)) {
			continue
		}
		if found >= 0 {
			return Query{}, false
		}
		found = i
	}
	if found < 0 {
		return Query{}, false
	}
	return p.choices[found], true
}

// wordsOf says whether the words of the message stand in a name, articles aside.
func (d *draft) wordsOf(name string) bool {
	words := split(name)
	held := 0
	for i := range d.words {
		switch {
		case slices.ContainsFunc(words, func(w word) bool { return fold(w.text) == d.words[i].text }):
			held++
		case !d.is(i, gBeforeName):
			return false
		}
	}
	return held > 0
}

// namedChoice reads a row named in answer to what a measure was asked of: "for
// Malaysia".
func (d *draft) namedChoice(s *slots, p *past) (Query, bool) {
	if len(p.choices) == 0 || len(s.rows) == 0 || len(s.measures)+len(d.prose)+len(d.unknown) > 0 || !d.short() || len(p.choices[0].Measures) != 1 {
		return Query{}, false
	}
	q := Query{Kind: Lookup, Subjects: s.rows, Measures: p.choices[0].Measures}
	for _, choice := range p.choices {
		if !slices.Equal(choice.Measures, q.Measures) {
			return Query{}, false
		}
	}
	return q, true
}

// setsApart says whether what is named is what sets a choice apart.
func (d *draft) setsApart(q Query, s *slots) bool {
	for _, r := range s.rows {
		if slices.Contains(q.Subjects, r) {
			return len(s.measures) == 0
		}
	}
	for _, sc := range s.scopes {
		if slices.Contains(q.Within, sc) {
			return len(s.measures) == 0
		}
	}
	return len(s.rows)+len(s.scopes) == 0 && len(s.measures) == 1 && len(d.words) <= 3 && slices.Contains(q.Measures, s.measures[0])
}

// standsAlone says whether a question is whole in itself, so that nothing is
// taken over from the last one.
func (d *draft) standsAlone(s *slots, p *past) bool {
	named := len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || s.ambiguous != nil
	asked := len(s.measures) > 0 && (len(d.ownMeasures(s)) > 0 || !d.namesPossessive())
	strange := len(d.prose) + len(d.unknown)
	if strange > 1 && len(d.unknown) == 0 && d.short() && d.onlyAbsent(d.prose) {
		strange = 1 // "boys or girls?"
	}
	_, absent := d.absentMark()
	switch {
	case named && !asked && d.phraseLen(opSays) > 1 && !d.hasAny(opPronoun, opFollow):
		return true // "what happened in …"
	case d.leavesOutMore(s, p):
		return false
	case d.has(opReport) && d.has(opSays) && asked && !d.hasAny(opPronoun, opFollow):
		return true // "what does the report say about …"
	case asked && !named && d.saysOf() && !d.hasAny(opPronoun, opFollow):
		return true // "what does it say about child returnees"
	case absent && named, strange > 1, strange == 1 && !d.short() && !(d.hasAny(opFollow, opPronoun) && asked):
		return true
	case slices.ContainsFunc(d.marks, d.opensAgainst):
		return false
	case named && asked && !(s.guessed && d.short() && d.has(opFollow)):
		return true
	case named && !asked:
		return d.phraseLen(opAboutSubject) > 1 && (!d.follows() || d.phraseLen(opAboutSubject) > 3) || d.has(opCoverage) && d.has(opReport)
	case asked && (len(d.allShown(p)) > 0 || d.numbersRow() && len(p.shown)+len(p.list) > 1):
		return false
	case asked && d.hasAny(opTop, opBottom) && d.hasAny(opWho, opWhich) && (s.position > 0 || s.limit > 0) && !d.numbersRow():
		return true
	case asked:
		return !d.hasAny(opPronoun) && (d.has(opCountry) && d.hasAny(opWhich, opHowMany, opList) || d.hasAny(opTop, opBottom) && !d.short() || d.has(opEverywhere) || d.has(opTotal) && !d.short() && d.words[0].text != "and" || s.cond != nil && d.wantsCountries())
	case d.has(opCountry) && d.hasAny(opCoverage, opReport), d.has(opHelp), d.has(opAuthor) && !(p.last.Kind == Finding && d.doneByWhom()), d.has(opRegions) && d.has(opWhich), d.has(opMeasures) && d.has(opWhich):
		return true
	}
	return d.hasSign()
}

// saysOf says whether it is asked outright what is said about something.
func (d *draft) saysOf() bool {
	return d.is(0, gAsking) && slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opSays && m.len() > 1 && m.to < len(d.words) && d.e.lexicon.phraseOf(d.words[m.to-1].stem, opAboutSubject)
	})
}

// doneByWhom says whether it is only asked who did what was spoken of: "who did it".
func (d *draft) doneByWhom() bool {
	return d.startsWith("who") && len(d.words) <= 4 && !d.has(opReport) && slices.ContainsFunc(d.words, func(w word) bool { return d.e.lexicon.phraseOf(w.stem, opPronoun) })
}

func (d *draft) short() bool { return len(d.words) <= 5 }

// follows says whether the asker says outright that they go on.
func (d *draft) follows() bool { return d.hasAny(opFollow, opCorrection, opAndAlso) }

// swapNames reads "vice versa", and "swap the UK for Germany".
func (d *draft) swapNames(s *slots, p *past) (Query, bool) {
	if q, ok := d.replaced(s, p); ok {
		return q, true
	}
	if !d.has(opViceVersa) || len(s.rows) > 0 {
		return Query{}, false
	}
	q := p.last
	q.Subjects = slices.Clone(q.Subjects)
	slices.Reverse(q.Subjects)
	q.Asc = !q.Asc
	if q.Of != nil && len(q.Measures) == 1 {
		q.Measures, q.Of = []*data.Measure{q.Of}, q.Measures[0]
	}
	return q, true
}

// allShown are the rows shown before that "all three", "those four countries" or
// "them" points at: as many as are said, the last list that has so many.
func (d *draft) allShown(p *past) []*data.Subject {
	lists := [][]*data.Subject{p.shown, p.last.Subjects, p.list, p.chain}
	if len(p.chain) > 1 && len(p.shown) == 1 {
		lists = [][]*data.Subject{p.chain, p.shown, p.list, p.last.Subjects} // what was asked one after another comes before an older list
	}
	for _, list := range lists {
		if len(list) < 2 {
			continue
		}
		for i := range d.numbers {
			n := &d.numbers[i]
			if int(n.value) == len(list) && !n.ordinal && !n.year && n.from > 0 && d.is(n.from-1, gShownBefore) {
				return list
			}
		}
		if len(d.numbers) == 0 && d.pointsAtMany() && len(list) <= mostPointed {
			return list
		}
	}
	return nil
}

// notEither are the rows of "not the Saudis either", where the last question was
// about a set of countries.
func (d *draft) notEither(p *past) []*data.Subject {
	list := len(p.last.Subjects) > 1
	nor := d.isOp(0, opNeither) && (len(p.last.Exclude) > 0 || list)
	if setBased(&p.last) == list || len(d.words) > 6 || d.words[0].text != "not" && !nor {
		return nil
	}
	if len(d.names) == 0 || d.names[0].span.from > 2 {
		return nil // "not many, I guess, France"
	}
	var rows []*data.Subject
	for i := range d.names {
		if d.names[i].row != nil {
			rows = append(rows, d.names[i].row)
		}
	}
	if list && slices.ContainsFunc(rows, func(r *data.Subject) bool { return !slices.Contains(p.last.Subjects, r) }) {
		return nil // "not Germany, Spain"
	}
	return rows
}

// mostPointed is how many rows "those" may point at.
const mostPointed = 15

// exclusion reads "without Turkey", "drop the UK", and then "and Jordan as well".
func (d *draft) exclusion(s *slots, p *past) (Query, bool) {
	if rows := d.notEither(p); len(rows) > 0 {
		return p.last.without(rows)
	}
	if d.leavesOutMore(s, p) {
		q := p.last
		q.Exclude = appendNew(q.Exclude, s.rows)
		return q, true
	}
	if d.exceptShown(s, p) {
		q := p.last
		q.Exclude = appendNew(q.Exclude, p.shown)
		return q, true
	}
	if len(s.exclude) == 0 || len(s.rows) > 0 || len(s.measures) > 0 && !s.guessed {
		return Query{}, false
	}
	q := p.last
	if q.Kind == Lookup && len(q.Subjects) == 1 && len(q.Measures) == 1 && leavesOutMember(&slots{rows: q.Subjects, exclude: s.exclude}) {
		return Query{Kind: Total, Within: []Scope{{Row: q.Subjects[0]}}, Measures: q.Measures, Exclude: s.exclude}, true
	}
	return q.without(s.exclude)
}

// exceptShown says whether the rows shown are to be left out of the last set: "and apart from
// that one?".
func (d *draft) exceptShown(s *slots, p *past) bool {
	if !setBased(&p.last) || len(p.last.Subjects)+len(s.rows)+len(s.exclude)+len(s.measures) > 0 || len(p.shown) == 0 || len(p.shown) > mostPointed || !d.short() {
		return false
	}
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opExclude && m.to < len(d.words) && d.isOp(m.to, opPronoun, opFormer, opLatter)
	})
}

// leavesOutMore says whether a row is to be left out like the one before: "and the
// Saudis gone as well".
func (d *draft) leavesOutMore(s *slots, p *past) bool {
	return len(s.exclude) == 0 && d.has(opAndAlso) && len(s.rows) > 0 && p.twoBack && len(p.last.Exclude) > len(p.before.Exclude) &&
		(len(s.measures) == 0 || slices.Equal(s.measures, p.last.Measures))
}

// countLeft reads "how many countries are left then" after a list of countries as
// how many these are.
func (d *draft) countLeft(s *slots, p *past) (Query, bool) {
	of := p.last.Kind == Filter || (p.last.Kind == Total || p.last.Kind == Average) && len(p.last.Subjects) == 0 && len(p.last.Measures) == 1 && p.last.Of == nil && (d.short() || d.has(opPronoun))
	if !of || len(s.rows)+len(s.scopes) > 0 || s.cond != nil || !d.has(opHowMany) || !d.has(opCountry) || len(d.words) > 7 || len(s.measures) > 1 {
		return Query{}, false
	}
	if len(s.measures) == 1 && !d.is(d.measures[0].from, gPassive) && !d.is(max(d.measures[0].from-1, 0), gPassive) {
		return Query{}, false
	}
	q := p.last
	if q.Kind != Filter {
		q.Has, q.Claim, q.Cond = true, false, nil // "how many countries is that?"
	}
	q.Kind = Count
	return q, true
}

func setBased(q *Query) bool {
	switch q.Kind {
	case Rank, Filter, Count, Total, Average:
		return true
	}
	return false
}

// rows are the rows that the last question was about.
func (p *past) rows() []*data.Subject {
	if len(p.last.Subjects) > 0 {
		return p.last.Subjects
	}
	if p.last.Kind == Rank && len(p.shown) > 0 {
		return p.shown[:1]
	}
	return nil
}

// pair is the rows of the last two questions where the last has only one, so
// that "who had more?" has two to compare.
func (p *past) pair(rows []*data.Subject, measures []*data.Measure) []*data.Subject {
	if len(rows) == 1 && len(measures) <= 1 && len(p.chain) > 1 && slices.Contains(p.chain, rows[0]) {
		return p.chain
	}
	if len(rows) != 1 || len(measures) > 1 || !p.twoBack {
		return rows
	}
	return appendNew(slices.Clone(p.before.Subjects), rows)
}

func appendNew(rows, more []*data.Subject) []*data.Subject {
	out := slices.Clone(rows)
	for _, r := range more {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// inherits notes what was taken over from the conversation.
func (d *draft) inherits(r Reading, s *slots) Reading {
	q := &r.Query
	if len(s.measures) == 0 && len(q.Measures) > 0 {
		var labels []string
		for _, m := range q.Measures {
			labels = append(labels, d.e.words(m).Label)
		}
		r.Notes = append(r.Notes, Note{Kind: Inherited, To: strings.Join(labels, ", ")})
	}
	if len(s.rows) == 0 && len(q.Subjects) > 0 && len(q.Subjects) <= 5 {
		var names []string
		for _, row := range q.Subjects {
			names = append(names, row.Name)
		}
		r.Notes = append(r.Notes, Note{Kind: Inherited, To: strings.Join(names, ", ")})
	}
	return r
}

// operationIgnored says of what is to be done with figures that it was left aside, where only
// the figures themselves are given.
func (d *draft) operationIgnored(q *Query) {
	if q.Kind == Rank && q.Of == nil && d.has(opShare) && !d.measureIn(span{d.ops[opShare], d.ops[opShare] + 1}) {
		d.note(Ignored, d.shownOp(opShare), "")
	}
	if q.Kind != Lookup || q.Of != nil {
		return
	}
	for _, o := range []op{opShare, opDifference, opAverage, opOrder} {
		if d.has(o) && len(q.Subjects)+len(q.Measures) > 0 && !d.measureIn(span{d.ops[o], d.ops[o] + 1}) {
			d.note(Ignored, d.shownOp(o), "")
			return
		}
	}
}

// termCounted reads "how many are there" as asked of the expression that was just explained,
// where the tables count what it means.
func (d *draft) termCounted(s *slots, p *past) (Query, bool) {
	if p.last.Kind != Define || len(p.last.Terms) != 1 || !d.has(opHowMany) || !d.short() || len(s.measures)+len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.prose)+len(d.unknown)+len(d.numbers) > 0 {
		return Query{}, false
	}
	if !d.has(opPronoun) || d.has(opCountry) {
		return Query{}, false
	}
	for _, name := range p.last.Terms[0].Names {
		var stems []string
		for _, w := range split(name) {
			stems = append(stems, d.e.lexicon.stemOf(w.text))
		}
		for _, sense := range d.e.lexicon.phrases[strings.Join(stems, " ")] {
			if sense.kind == measureNoun || sense.kind == measurePhrase {
				return Query{Kind: Total, Measures: []*data.Measure{sense.measure}}, true
			}
		}
	}
	return Query{}, false
}

// theOthers leaves the last rows out of a set that is named with "the other": "and from the
// other Gulf state?".
func (d *draft) theOthers(s *slots, p *past) {
	for i := range d.names {
		n := &d.names[i]
		if n.group == nil || n.span.from == 0 || !d.within(n.span.from-1, opLatter) {
			continue
		}
		for _, r := range p.last.Subjects {
			if slices.Contains(n.group.Members, r) {
				s.exclude = appendNew(s.exclude, []*data.Subject{r})
			}
		}
	}
}

// measureBeside reads "and the kids?" after what the prose says of a row's women, beside which
// the table's figure stood, and "how many came back" after anything that it says of one row, as a
// figure of the row.
func (d *draft) measureBeside(s *slots, p *past) (Query, bool) {
	if !d.short() || len(s.measures) != 1 || len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.prose)+len(d.unknown) > 0 || s.cond != nil {
		return Query{}, false
	}
	if d.hasAny(opSays, opWhy, opReport, opShare, opDifference, opEverywhere, opCountry) {
		return Query{}, false
	}
	rows, measures := p.last.Subjects, p.last.Measures
	if len(rows) == 0 && len(p.last.Findings) == 1 {
		rows, measures = p.last.Findings[0].Subjects, p.last.Findings[0].Measures
	}
	if len(rows) == 1 && len(measures) == 1 {
		return Query{Kind: Lookup, Subjects: rows, Measures: s.measures}, true
	}
	row, ok := d.e.rowOfTopic(p)
	if !ok || s.guessed || !d.asksCount() || d.e.who(s.measures[0]) || d.has(opPronoun) {
		return Query{}, false
	}
	return Query{Kind: Lookup, Subjects: []*data.Subject{row}, Measures: s.measures}, true
}

// tableBeside reads "and the table?" after what the prose says of a row as the table's figures
// that bear on it.
func (d *draft) tableBeside(s *slots, p *past) (Query, bool) {
	if !d.short() && !d.has(opSays) || !d.namesTable(span{0, len(d.words)}) || len(d.names)+len(s.measures)+len(d.numbers)+len(d.prose)+len(d.unknown) > 0 || len(p.last.Findings) == 0 {
		return Query{}, false
	}
	rows, measures := p.last.Subjects, p.last.Measures
	if len(rows) == 0 {
		rows = p.last.Findings[0].Subjects
	}
	if len(measures) == 0 {
		measures = p.last.Findings[0].Measures
	}
	if row, ok := d.e.rowOfTopic(p); ok {
		rows = []*data.Subject{row}
	}
	return Query{Kind: Lookup, Subjects: rows, Measures: measures}, len(rows) == 1 && len(measures) > 0
}

// rowOfTopic is the one row that the last question about the prose named.
func (e *Engine) rowOfTopic(p *past) (*data.Subject, bool) {
	places := placesOf(p.topic)
	if len(places) != 1 {
		return nil, false
	}
	n, ok := e.nameOfKey(places[0])
	return n.row, ok && n.row != nil
}
