package answers

import (
	"reportbot/data"
	"slices"
	"strconv"
	"strings"
)

// checked is a table query with what stands against it: a place without a row,
// a combination that no table gives, a date that the row does not have, a thing
// that the report does not count, words that were not understood.
func (d *draft) checked(q Query, s *slots) Reading {
	r := Reading{Query: q}
	if p := d.obstacle(s, &r); p != nil {
		r.Query.Problem = p
		return r
	}
	d.nowIgnored()
	d.operationIgnored(&r.Query)
	d.togetherIgnored(&r.Query)
	d.numbersIgnored(&r.Query)
	return r
}

// togetherIgnored says of a comparison with some rows put together that each was taken by itself:
// "is Tunisia's number larger than Libya's and Algeria's together".
func (d *draft) togetherIgnored(q *Query) {
	if q.Kind != Compare || len(q.Subjects) < 3 {
		return
	}
	for _, m := range d.marks {
		if m.kind == operator && m.op == opTotal && m.from > 0 && d.inName(m.from-1) {
			d.note(Ignored, d.shown(m.span), "")
		}
	}
}

// numbersIgnored says of a number that nothing took up that it was left aside,
// unless it is a figure of the answer; and of a place in an order, where the
// figure of a row that is named is given: "is France third for fighters".
func (d *draft) numbersIgnored(q *Query) {
	for i := range d.numbers {
		n := &d.numbers[i]
		if n.from > 0 && d.isOp(n.from-1, opTable) && slices.ContainsFunc(d.e.report.Tables, func(t *data.Table) bool { return t.Number == d.words[n.from].text }) {
			continue // "in table 1"
		}
		place := n.ordinal && n.value > 1 && q.Kind == Lookup && len(d.rows()) > 0
		if n.used || n.year || n.ordinal && !place || !place && (!d.words[n.from].isNum || d.isFigure(q, n.value)) {
			continue
		}
		d.note(Ignored, d.words[n.from].raw, "")
	}
}

// isFigure says whether a number is a printed figure of the rows asked for.
func (d *draft) isFigure(q *Query, v float64) bool {
	for _, row := range q.Subjects {
		for _, m := range d.e.report.Measures {
			if c, ok := d.e.report.Cell(row, m); ok && c.Number.Value == v {
				return true
			}
		}
	}
	return false
}

func (d *draft) obstacle(s *slots, r *Reading) *Problem {
	switch {
	case d.otherLanguage() && len(s.measures) == 0:
		return &Problem{Reason: NotUnderstood, Word: d.shownOp(opOtherLanguage)}
	case len(r.Query.Findings) == 0 && (d.compound() || len(d.unknown)+len(d.prose) > 1 && d.personal() || len(d.unknown) > 0 && d.personal() && !d.hasAny(opHowMany, opFigure) || d.ownDoing()):
		return &Problem{Reason: OffTopic}
	case d.rowItself(s, &r.Query), len(r.Query.Findings) == 0 && d.thingsFrom(s):
		return &Problem{Reason: OffTopic}
	case r.Query.Kind == Profile && len(r.Query.Findings) == 0 && d.startsWith("why") && len(d.numbers) == 0 && !d.hasAny(opFigure, opTable, opRows, opDisagree, opSource):
		return &Problem{Reason: NotUnderstood} // "why so few Germans"
	case d.mannerAsked(r):
		return &Problem{Reason: NotUnderstood}
	case len(r.Query.Findings) == 0 && (d.signedAside(&r.Query) || d.regionsApart(&r.Query)):
		return &Problem{Reason: NoSuchCombination}
	case len(s.clash) > 0, d.kindAside:
		return &Problem{Reason: NoSuchCombination}
	case len(r.Query.Findings) == 0 && (d.otherAgent(s) || d.agentIdle(s) || d.otherList() || d.crossed(&r.Query) || d.mixedOrigin() || d.livesElsewhere(s) || d.onceListed(s, &r.Query) || d.theirChildren()):
		return &Problem{Reason: NoSuchCombination}
	case r.Query.Kind == Difference && len(r.Query.Measures) == 2 && len(r.Query.Subjects) == 2 && d.hasAny(opMore, opThan, opMoreThan, opFewer, opFewerThan) && d.is(0, gYesNo):
		return &Problem{Reason: NoSuchCombination} // "is the gap between Austria's fighters and returnees bigger than Denmark's"
	case (r.Query.Kind == Filter || r.Query.Kind == Count) && (d.lacksToo || d.has(opNeither) && len(d.e.words(r.Query.Measures[0]).Minus) == 0):
		return &Problem{Reason: NoSuchCombination} // no query tells rows by what they have and lack
	case len(r.Query.Findings) == 0 && d.has(opHandled) && !d.hasAny(opHowMany, opFigure):
		return &Problem{Reason: NotUnderstood, Word: d.shownOp(opHandled)} // "what does Tunisia do with returnees"
	case len(r.Query.Findings) == 0 && d.namedWithin():
		return &Problem{Reason: NoSuchCombination, Topic: d.e.report.Vocabulary.Within}
	case len(r.Query.Findings) == 0 && (d.byWay() || d.leftFor()):
		return &Problem{Reason: NoSuchCombination, Topic: d.e.report.Vocabulary.Elsewhere}
	case len(r.Query.Findings) == 0 && d.thanAside() >= 0:
		return &Problem{Reason: NotUnderstood, Word: d.words[d.thanAside()].raw}
	case len(r.Query.Findings) == 0 && d.bareAge(s):
		return &Problem{Reason: NotUnderstood, Word: d.shown(span{len(d.words) - 2, len(d.words)})}
	case len(r.Query.Findings) == 0 && d.othersCounted() >= 0:
		return &Problem{Reason: NotUnderstood, Word: d.words[d.othersCounted()].raw}
	case (r.Query.Kind == Filter || r.Query.Kind == Count || r.Query.Kind == Rank) && d.signAside() >= 0:
		return &Problem{Reason: NotUnderstood, Word: d.words[d.signAside()].raw}
	case len(r.Query.Findings) == 0 && d.headOther() >= 0:
		return &Problem{Reason: NotUnderstood, Word: d.words[d.headOther()].raw}
	case len(r.Query.Findings) == 0 && d.populationOf(s) >= 0:
		return &Problem{Reason: NotUnderstood, Word: d.words[d.populationOf(s)].raw}
	case r.Query.Kind == Share && d.partAsked(), (r.Query.Kind == Lookup || r.Query.Kind == Profile && len(r.Query.Findings) == 0 && !d.anyIs(gAsking)) && r.Query.Cond == nil && d.fractionLeft(), r.Query.Kind == Filter && d.has(opReliable) && !d.has(opCountry):
		return &Problem{Reason: NotUnderstood} // "10% of the fighters", "which is more reliable, 165 or >165"
	case len(r.Query.Findings) == 0 && d.somethingElse() >= 0:
		return &Problem{Reason: NotUnderstood, Word: d.words[d.somethingElse()].raw}
	case len(s.uncovered) > 0:
		return d.notCovered(s, r)
	case s.ambiguous != nil:
		return d.severalReadings(s, d.tableQuery)
	case s.second != nil && r.Query.Also == nil && (r.Query.Kind == Filter || r.Query.Kind == Count):
		return d.oneCondition(s, r.Query)
	}
	if s.cond != nil && r.Query.Kind == Share && s.cond.A > 1 {
		return &Problem{Reason: NotUnderstood, Word: d.shown(span{len(d.words) - 1, len(d.words)})} // "what share were under 25"
	}
	if p := d.notCounted(s, r); p != nil {
		return p
	}
	if m, ok := d.absentMark(); ok {
		if told := d.toldOfUnreal(m.span, s.rows); len(told) > 0 && d.is(m.from, gUnrealTo) {
			r.Query = Query{Kind: Finding, Findings: told}
			return nil
		}
		return &Problem{Reason: Reason(m.absent.Reason), Word: d.shown(m.span), Topic: m.absent.Topic}
	}
	if d.has(opRevised) {
		if d.revised(s, r) {
			return nil
		}
		return &Problem{Reason: OneDateOnly, Word: d.shownOp(opRevised)}
	}
	if len(s.rows) > 0 && len(r.Query.Findings) == 0 && d.phraseLen(opEarlier) > 1 && r.Query.Kind != Date {
		return &Problem{Reason: OneDateOnly, Word: d.shownOp(opEarlier)} // "compared to the previous report"
	}
	if s.year != nil && !d.dateFits(s, &r.Query) {
		if len(d.unknown) > 0 && len(s.measures) == 0 && !d.onTopicWords() {
			return &Problem{Reason: OffTopic} // "is it warmer in Tunisia in May"
		}
		return &Problem{Reason: OneDateOnly, Word: d.shown(s.year.span)}
	}
	if at, ok := d.latelyAsked(&r.Query); ok {
		return &Problem{Reason: OneDateOnly, Word: d.shown(at)}
	}
	if at, ok := d.eventTime(); ok && len(r.Query.Findings) == 0 && len(s.measures) > 0 && r.Query.Kind != Date && r.Query.Kind != Source {
		return &Problem{Reason: OneDateOnly, Word: d.shown(at)}
	}
	if d.has(opTrend) && d.has(opWhy) && d.revised(s, r) {
		return nil
	}
	if d.has(opTrend) && r.Query.Kind != Date {
		return &Problem{Reason: OneDateOnly, Word: d.shownOp(opTrend)}
	}
	return d.strangers(s, r)
}

// revised answers a question of how a row's figure has changed with what the
// prose says of that.
func (d *draft) revised(s *slots, r *Reading) bool {
	if len(s.rows) == 0 {
		return false
	}
	var found []*data.Finding
	for _, id := range d.e.report.Vocabulary.Revised {
		told := func(f *data.Finding) bool {
			return !slices.ContainsFunc(s.rows, func(r *data.Subject) bool { return !slices.Contains(f.Subjects, r) })
		}
		if f, ok := d.e.report.Finding(id); ok && told(f) {
			found = append(found, f)
		}
	}
	if len(found) > 0 {
		r.Query = Query{Kind: Finding, Findings: found}
	}
	return len(found) > 0
}

// notCovered deals with a place that has no row: beside rows in a list it is
// only said so; as another place to fight in it turns the whole question.
func (d *draft) notCovered(s *slots, r *Reading) *Problem {
	u := s.uncovered[0]
	p := d.prepositionBefore(u.span.from)
	switch {
	case d.personal() && p == "":
		return &Problem{Reason: OffTopic} // "my friend Chad"
	case len(s.rows) > 0 && (d.e.lexicon.of(p, gPlace) || d.doneThere(u)) && !d.besideRow(u), d.wentFromTo(u):
		r.Query = Query{Kind: Refused}
	case len(s.rows) > 0 && (r.Query.Kind == Lookup || r.Query.Kind == Compare || r.Query.Kind == Profile && len(d.prose)+len(d.unknown) == 0) && len(s.uncovered) == 1 && u.uncovered.Kind == "country" && (u.source || d.besideRow(u) || r.Query.Kind == Compare):
		d.note(NoRow, u.typed, "")
		return nil
	}
	return &Problem{Reason: NotCovered, Word: u.typed, Place: u.uncovered}
}

// doneThere says whether a place stands right behind what people did, so that it is
// where or for whom they did it: "Germans who have gone to fight for Ukraine".
func (d *draft) doneThere(u *nameMark) bool {
	if u.source {
		return false
	}
	k := u.span.from
	for k > 0 && (d.is(k-1, gPreposition) || d.is(k-1, gArticle) || d.is(k-1, gAgainst) || d.is(k-1, gHinder)) && !d.measureIn(span{k - 1, k}) {
		k--
	}
	return slices.ContainsFunc(d.measures, func(m mark) bool { return m.kind == measurePhrase && m.to == k })
}

// wentFromTo says whether a place is where people of a row went: "from Germany to Ukraine".
func (d *draft) wentFromTo(u *nameMark) bool {
	to := u.span.from - 1
	return to > 0 && d.is(to, gGoal) && slices.ContainsFunc(d.measures, func(m mark) bool { return m.kind == measurePhrase && d.e.base(m.measure) }) &&
		slices.ContainsFunc(d.names, func(n nameMark) bool { return n.row != nil && n.source && n.to == to })
}

func (d *draft) besideRow(u *nameMark) bool {
	for i := range d.names {
		if n := &d.names[i]; n.row != nil && n.span != u.span && (d.besides(n, u) || n.to == u.span.from || u.to == n.span.from) {
			return true
		}
	}
	return false
}

func (d *draft) shownOp(o op) string {
	for _, m := range d.marks {
		if m.kind == operator && m.op == o {
			if at, ok := d.tail(m); ok {
				return d.shown(span{m.from, at.to})
			}
			return d.shown(m.span)
		}
	}
	return ""
}

// dateFits says whether the date that the asker names is the figures' own.
func (d *draft) dateFits(s *slots, q *Query) bool {
	y := s.year
	if y.year > 0 && y.year < d.firstYear()-3 {
		*q = Query{Kind: Refused} // another time altogether
		return false
	}
	if y.open || d.onlyBeside(y.span) {
		return false
	}
	if q.Kind == Date || q.Kind == Source {
		return true
	}
	if y.year == 0 {
		return d.anyCell(q, func(m data.Month) bool { return monthOf(m) == y.month })
	}
	if len(q.Subjects) == 0 {
		return y.year == yearOf(d.e.report.Date) && y.month == 0 || y.year == yearOf(d.e.report.Date) && y.month == monthOf(d.e.report.Date)
	}
	return d.anyCell(q, func(m data.Month) bool {
		return yearOf(m) == y.year && (y.month == 0 || monthOf(m) == y.month)
	})
}

// onlyBeside says whether "only" or the like stands next to a stretch of words: "in 2016
// alone" is the time of an event, no date of a figure.
func (d *draft) onlyBeside(s span) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opOnly && (m.from == s.to || m.to == s.from || m.to == s.from-1 && d.is(m.to, gDate))
	})
}

// firstYear is the year of the oldest figure.
func (d *draft) firstYear() int {
	first := yearOf(d.e.report.Date)
	for c := range d.e.report.Cells() {
		if y := yearOf(c.AsOf); y > 0 && y < first {
			first = y
		}
	}
	return first
}

func (d *draft) anyCell(q *Query, fits func(data.Month) bool) bool {
	for _, row := range q.Subjects {
		for _, m := range d.e.asked(q) {
			if c, ok := d.e.report.Cell(row, m); ok && fits(c.AsOf) {
				return true
			}
		}
	}
	return false
}

// asked are the measures of a query: all, if it names none.
func (e *Engine) asked(q *Query) []*data.Measure {
	if len(q.Measures) > 0 {
		return q.Measures
	}
	return e.report.Measures
}

func yearOf(m data.Month) int {
	y, _, _ := strings.Cut(string(m), "-")
	n, _ := strconv.Atoi(y)
	return n
}

func monthOf(m data.Month) int {
	_, mo, _ := strings.Cut(string(m), "-")
	n, _ := strconv.Atoi(mo)
	return n
}

// nowIgnored says of a word like "today" that it could not be honoured.
func (d *draft) nowIgnored() {
	if d.has(opNow) {
		d.note(Ignored, d.shownOp(opNow), "")
	}
}

// oneCondition offers each of two conditions on different measures by itself: a
// query has one.
func (d *draft) oneCondition(s *slots, first Query) *Problem {
	second := first
	second.Measures, second.Of, second.Cond = s.measures[1:2], nil, s.second
	return &Problem{Reason: SeveralReadings, Word: d.shown(span{0, len(d.words)}), Choices: []Query{first, second}}
}

// doneBy says whether a row that is read as asked for stands behind "by": then
// the strange word says what it did to others.
func (d *draft) doneBy(s *slots) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		return slices.Contains(s.rows, n.row) && len(s.rows) > 1 && d.e.lexicon.of(d.prepositionBefore(n.span.from), gAgent)
	})
}

// personal says whether the asker speaks of somebody they know, rather than of anybody
// at all: "somebody stopped before he arrives".
func (d *draft) personal() bool {
	anybody := false
	for i := range d.words {
		if d.is(i, gOthers) && (d.is(i, gSelf) || !anybody) {
			return true
		}
		anybody = anybody || d.hasSense(i, peopleNoun)
	}
	return false
}

// othersCounted is a strange word for people who are none that the report counts,
// of whom a measure is asked: "migrants returned to Turkey"; -1 if there is none.
func (d *draft) othersCounted() int {
	for _, m := range d.measures {
		i := m.from - 1
		for i > 0 && (d.is(i, gRelative) || d.is(i, gAuxiliary)) {
			i--
		}
		if m.kind == measurePhrase && i >= 0 && (slices.Contains(d.unknown, i) || slices.Contains(d.prose, i)) && strings.HasSuffix(d.words[i].text, "s") && (i == 0 || !d.words[i].capital()) && !d.words[i].comma && !d.words[i].breaks {
			return i
		}
	}
	return -1
}

// ownDoing says whether somebody known to the asker, or the asker, does what a
// measure counts: "I returned…", "if he returned my…".
func (d *draft) ownDoing() bool {
	for _, m := range d.measures {
		if m.from == 0 || m.kind != measurePhrase {
			continue
		}
		if d.is(m.from-1, gDoer) || d.kinDoes(m) || m.to+1 < len(d.words) && d.is(m.to, gOthers) && (d.is(m.to, gSelf) || slices.Contains(d.unknown, m.to+1) || slices.Contains(d.prose, m.to+1)) {
			return true // "I returned …", "returned my book"
		}
	}
	return false
}

// kinDoes says whether somebody whom the asker knows does what a measure counts: "my
// cousin Georgia has returned", "my boss returned from Turkey".
func (d *draft) kinDoes(m mark) bool {
	i := m.from - 1
	for i > 0 && (d.is(i, gAuxiliary) || d.is(i, gPassive) || d.inName(i)) {
		i--
	}
	tells := !d.hasAny(opHowMany, opWhich, opFigure, opShare, opTotal, opTop, opBottom, opList, opCountry)
	known := i > 0 && (d.is(i-1, gOthers) || i > 1 && i < m.from-1 && d.is(i-2, gOthers)) // "my sound man Jordan left"
	return i > 0 && (d.ownKin(span{i, i + 1}) || tells && known && !d.hasSense(i, measurePhrase, measureNoun, peopleNoun))
}

// severalReadings asks which of several places a name stands for, unless one
// of them is named beside it. query reads the question with one of them.
func (d *draft) severalReadings(s *slots, query func(*slots) (Query, bool)) *Problem {
	p := &Problem{Reason: SeveralReadings, Word: s.ambiguous.typed}
	var whole []Query // all that there is of each place
	for _, reading := range s.ambiguous.ambiguous.Readings {
		t := *s
		t.ambiguous = nil
		var n name
		n.row, _ = d.e.report.Subject(reading)
		for _, g := range d.e.report.Groups {
			if g.Name == reading {
				n.group = g
			}
		}
		switch {
		case s.ambiguous.out:
			t.exclude = append(slices.Clone(s.exclude), n.members()...)
		case n.row != nil:
			t.rows = append(slices.Clone(s.rows), n.row)
		case n.group != nil:
			t.scopes = append(slices.Clone(s.scopes), Scope{Group: n.group})
		}
		whole = append(whole, Query{Kind: Profile, Subjects: t.rows, Within: t.scopes})
		if q, _ := query(&t); q.Kind != "" {
			p.Choices = append(p.Choices, q)
		}
	}
	answered := slices.DeleteFunc(slices.Clone(p.Choices), func(q Query) bool { return !d.e.finds(Reading{Query: q}) })
	switch len(answered) {
	case 0:
		p.Choices = whole
	case 1:
	default:
		p.Choices = answered
	}
	return p
}
