package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// date says of when figures are, which are the newest or oldest, and of when
// the report is.
func (m *maker) date() {
	switch m.q.Aspect {
	case ReportDate:
		m.reportDate()
		return
	case Newest, Oldest:
		m.byDate()
		return
	}
	if m.q.byPeriod() {
		m.datedIn()
		return
	}
	parties := m.e.parties(m.q)
	if len(parties) == 0 {
		m.dateRange()
		return
	}
	if len(m.q.Measures) == 0 {
		m.rowDates(parties)
		return
	}
	if m.q.Of != nil && !m.shareable() {
		return
	}
	found, lost := m.find(parties, m.gauges())
	if len(found) == 0 {
		m.blank(lost)
		return
	}
	m.mixed = len(parties) > 1
	for _, v := range found {
		m.use(v)
		m.inputs(v)
	}
	for i, v := range found {
		said := m.dateOf(v)
		if i == 0 {
			m.a.Headline = said
		} else {
			m.line(said)
		}
	}
	m.sayLost(lost)
	m.setNotes(found)
}

// dateOf says of when a value is.
func (m *maker) dateOf(v value) string {
	if d := v.date(); d != "" {
		return v.who.say() + ": the figure for " + v.what.noun() + " (" + v.say() + ") is as of " + d.Words() + "."
	}
	first, last := dates(v.cells())
	if first != "" {
		return v.who.say() + ": the figures for " + v.what.noun() + " are dated from " + first.Words() + " to " + last.Words() + "."
	}
	return v.who.say() + ": the figure for " + v.what.noun() + " (" + v.say() + ") has no date."
}

// dates are the earliest and the latest date of cells, "" if none has one.
func dates(cells []*data.Cell) (first, last data.Month) {
	for _, c := range cells {
		if c.AsOf == "" {
			continue
		}
		if first == "" || c.AsOf.Before(first) {
			first = c.AsOf
		}
		if last == "" || last.Before(c.AsOf) {
			last = c.AsOf
		}
	}
	return first, last
}

// rowDates says of when the rows' figures are: each row has one date.
func (m *maker) rowDates(parties []party) {
	m.mixed = len(parties) > 1
	for _, p := range parties {
		v, ok := m.firstDated(p)
		if !ok {
			continue
		}
		m.use(v)
		said := p.say() + ": the row's figures are as of " + v.date().Words() + " (" + v.said() + ")."
		if p.subject == nil {
			said = m.dateOf(v)
		}
		if m.a.Headline == "" {
			m.a.Headline = said
		} else {
			m.line(said)
		}
	}
	if m.a.Headline == "" {
		m.refused(BlankCell, "The report prints no dated figure for "+inParty(parties[0])+".")
	}
}

// firstDated is the first figure of a party that has a date.
func (m *maker) firstDated(p party) (value, bool) {
	if p.subject != nil {
		for _, x := range m.e.report.Measures {
			if c, ok := m.e.report.Cell(p.subject, x); ok && c.AsOf != "" {
				return m.e.single(p.subject, m.e.gauge(x, nil)), true
			}
		}
		return value{}, false
	}
	for _, v := range m.profileOf(p) {
		if first, _ := dates(v.cells()); first != "" {
			return v, true
		}
	}
	return value{}, false
}

// reportDate says of when the report is.
func (m *maker) reportDate() {
	r := m.e.report
	m.a.Headline = `"` + r.Title + `" is dated ` + r.Date.Words() + "."
	m.quoteAll(r.Vocabulary.Author, true)
	switch {
	case len(m.q.Measures) == 0:
		m.dateBounds()
	case !m.q.Measures[0].Dated:
		m.undatedTable(m.e.words(m.q.Measures[0]))
	}
}

// dateBounds says from when to when the figures of the dated tables are.
func (m *maker) dateBounds() {
	first, last := m.allDates()
	if first != "" {
		m.line("Its dated figures are from " + first.Words() + " to " + last.Words() + ".")
	}
}

// dateRange says of when the report's figures are, for a question that names none.
func (m *maker) dateRange() {
	values := m.datedRows()
	if len(values) == 0 {
		m.undated()
		return
	}
	first, last := dates(cellsOf(values))
	m.a.Headline = "The figures are dated row by row, from " + first.Words() + " to " + last.Words() + "; the report is of " + m.e.report.Date.Words() + "."
	m.byDateOf(values, true)
	m.body = nil
}

// undated answers for a measure whose table prints no dates.
func (m *maker) undated() {
	if len(m.q.Measures) == 0 {
		m.refused(BlankCell, "The report prints no dates for that.")
		return
	}
	w := m.e.words(m.q.Measures[0])
	m.a.Headline = "The figures for " + w.Noun + " have no dates; the report is of " + m.e.report.Date.Words() + "."
	m.undatedTable(w)
}

// undatedTable gives the caveat of a measure's table.
func (m *maker) undatedTable(w *data.MeasureWords) {
	if t := m.e.tableOf(w); t != nil {
		m.caveat(noDate, "Table "+t.Number+" prints no dates.")
	}
}

func (m *maker) allDates() (first, last data.Month) {
	for _, t := range m.e.report.Tables {
		for _, r := range t.Rows {
			if r.Date == "" {
				continue
			}
			if first == "" || r.Date.Before(first) {
				first = r.Date
			}
			if last == "" || last.Before(r.Date) {
				last = r.Date
			}
		}
	}
	return first, last
}

// byDate gives the newest or the oldest figures, with ties.
func (m *maker) byDate() {
	values := m.datedRows()
	if len(values) == 0 {
		m.refused(BlankCell, "The report prints no dates for that.")
		return
	}
	m.byDateOf(values, m.q.Aspect == Oldest)
}

// datedRows are the values to be ordered by date, one of each row.
func (m *maker) datedRows() []value {
	rows := m.rowsToDate()
	out := make([]value, 0, len(rows))
	for _, s := range rows {
		if values := m.datedOf(s); len(values) > 0 {
			out = append(out, values[0])
		}
	}
	return out
}

// rowsToDate are the rows or the countries of the sets named, else every row.
func (m *maker) rowsToDate() []*data.Subject {
	if len(m.q.Subjects) == 0 && len(m.q.Within) > 0 {
		return m.e.countries(m.q.Within, m.q.Exclude)
	}
	rows := m.q.Subjects
	if len(rows) == 0 {
		rows = m.e.report.Subjects
	}
	return slices.DeleteFunc(slices.Clone(rows), func(s *data.Subject) bool { return excluded(m.q.Exclude, s) })
}

// datedOf are the figures of a row that have a date: of the measures named,
// else the first that the row prints.
func (m *maker) datedOf(s *data.Subject) []value {
	if len(m.q.Measures) == 0 {
		if v, ok := m.firstDated(partyOf(s)); ok {
			return []value{v}
		}
		return nil
	}
	var out []value
	for _, x := range m.q.Measures {
		if v := m.e.single(s, m.e.gauge(x, nil)); v.ok && v.date() != "" {
			out = append(out, v)
		}
	}
	return out
}

// byDateOf uses the values of the earliest or latest date.
func (m *maker) byDateOf(values []value, oldest bool) {
	var best data.Month
	for _, v := range values {
		d := v.date()
		if best == "" || oldest && d.Before(best) || !oldest && best.Before(d) {
			best = d
		}
	}
	var names []string
	for _, v := range values {
		if v.date() == best {
			m.use(v)
			names = append(names, v.who.say()+" ("+v.said()+")")
		}
	}
	if m.a.Headline != "" {
		return
	}
	which := "newest"
	if oldest {
		which = "oldest"
	}
	m.a.Headline = "The " + which + " " + figuresAre(len(names)) + " of " + best.Words() + ": " + listed(names) + "."
}

func figuresAre(n int) string {
	if n == 1 {
		return "figure is"
	}
	return "figures are"
}

func (d *draft) dateOf(s *slots) (Query, bool) {
	_, missing := d.absentMark()
	if len(d.prose) > 0 || s.cond != nil && !s.cond.isYear() || missing || d.has(opEarlier) {
		return Query{}, false
	}
	if d.hasAny(opNewest, opOldest) && s.year == nil && (d.hasAny(opCountry, opWhich, opList) && len(s.rows) == 0 || d.dateSuperlative() || d.oldestFigure()) && !d.hasAny(opTop, opBottom) {
		q := Query{Kind: Date, Aspect: Newest, Measures: unguessed(s), Within: s.scopes, Limit: s.limit}
		if d.has(opOldest) {
			q.Aspect = Oldest
		}
		if len(s.rows) == 0 {
			return q, true
		}
	}
	if p := d.period(s); p != nil && p.Op != data.BETWEEN && len(s.rows) == 0 && (s.guessed || len(s.measures) == 0 || d.has(opFigure)) {
		return Query{Kind: Date, AsOf: p, Measures: unguessed(s), Within: s.scopes}, true
	}
	if d.datedAt(s) {
		return Query{Kind: Date, Subjects: s.rows, Measures: unguessed(s)}, true
	}
	if len(s.rows) > 0 && d.hasAny(opNewest, opOldest) && (d.oldestFigure() || d.hasAny(opFigure, opThan, opCompare) && !d.has(opHowMany)) && (len(s.measures) == 0 || d.hasAny(opThan, opCompare, opOldest)) {
		return Query{Kind: Date, Subjects: s.rows, Measures: unguessed(s)}, true
	}
	if !d.has(opWhen) || d.has(opSays) && !d.asksWhen() || d.hasAny(opTop, opBottom, opShare, opTotal) && !d.dateNoun() {
		return Query{}, false
	}
	switch {
	case len(s.rows) > 0 && d.event(s):
		return Query{Kind: Lookup, Subjects: s.rows, Measures: s.measures, Problem: &Problem{Reason: OneDateOnly, Word: d.shownOp(opWhen)}}, true
	case len(s.rows) > 0:
		return Query{Kind: Date, Subjects: s.rows, Measures: unguessed(s)}, true
	case (d.hasAny(opReport, opFigure, opPronoun) || d.figuresWithin(opWhen)) && len(s.uncovered)+len(d.unknown) == 0:
		return Query{Kind: Date, Aspect: ReportDate, Measures: unguessed(s)}, true
	case len(s.measures) > 0 && len(s.uncovered)+len(d.unknown) == 0 && (d.dateNoun() || !s.measures[0].Dated && !d.anyIs(gAuxiliary)):
		return Query{Kind: Date, Aspect: ReportDate, Measures: s.measures}, true
	}
	return Query{}, false
}

// oldestFigure says whether "oldest" stands before a word for a figure: "oldest figure for returnees".
func (d *draft) oldestFigure() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opOldest && m.to < len(d.words) && d.isOp(m.to, opFigure, opHowMany) && d.words[m.to].text != "how"
	})
}

// datedAt says whether it is asked if a row's figure is of a date: "is the French number of
// returnees of August 2016".
func (d *draft) datedAt(s *slots) bool {
	if s.year == nil || len(s.rows) == 0 || len(s.scopes)+len(s.uncovered)+len(d.unknown) > 0 || s.cond != nil || !d.is(0, gYesNo) || !d.is(0, gPassive) {
		return false
	}
	at := s.year.span.from - 1
	if at < 1 || s.year.open && !d.is(at, gSource) || !d.hasAny(opFigure, opHowMany, opDated) {
		return false
	}
	return d.words[at].text == "of" || d.is(at, gSource) || d.within(at, opDated) || d.within(at, opWhen)
}

// period is the time that the figures asked for are of: "dated before 2016".
func (d *draft) period(s *slots) *Period {
	if s.year == nil || s.year.year == 0 {
		return nil
	}
	at := s.year.span.from
	from := at > 1 && d.is(at-1, gSource) && (d.isOp(at-2, opFigure) || d.within(at-2, opHas) || d.within(at-2, opReport)) // "figures from March 2017"
	older := at > 0 && d.is(at-1, gEarlierThan) && d.hasAny(opNewest, opOldest)                                            // "older than 2016"
	asNew := at > 0 && d.within(at-1, opDated) && d.has(opTable)                                                           // "has the table anything as new as October 2017"
	if !from && (!d.hasAny(opFigure, opCountry, opRows) && !asNew || !older && !d.hasAny(opDated, opWhen, opRows)) {
		return nil
	}
	p := &Period{Op: data.EQ, Year: s.year.year, Month: s.year.month}
	if i := s.year.span.from; i > 0 {
		switch {
		case d.is(i-1, gEarlierThan) && d.has(opNewest):
			p.Op = data.GT // "newer than"
		case d.is(i-1, gEarlierThan):
			p.Op = data.LT
		case d.is(i-1, gLaterThan):
			p.Op = data.GT
		case d.is(i-1, gFromThen):
			p.Op = data.GE
		case d.is(i-1, gUntilThen), d.within(i-1, opAtMost):
			p.Op = data.LE
		}
	}
	if d.dateDenied(at) {
		p.Op = denied[p.Op]
	}
	return p
}

// denied are the bounds that are left of a time where it is denied: what is not updated since 2016 is of
// 2016 or before. There is none for a year by itself.
var denied = map[data.Op]data.Op{data.LT: data.GE, data.GE: data.LE, data.GT: data.LE, data.LE: data.GT, data.EQ: data.BETWEEN}

// dateDenied says whether the words for a date before its year are denied: "not updated since".
func (d *draft) dateDenied(at int) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		near := m.kind == operator && slices.Contains([]op{opWhen, opDated, opNewest, opOldest}, m.op) && m.to <= at && at-m.to <= 2
		return near && d.negated(m.from)
	}) || at > 0 && (d.is(at-1, gEarlierThan) || d.is(at-1, gFromThen)) && d.negated(at-1)
}

// event says whether it is asked when something happened ("when did the Danes
// come home"), not of when a figure is.
func (d *draft) event(s *slots) bool {
	if len(s.measures) > 0 && d.anyIs(gBeginning) && d.anyIs(gAuxiliary) {
		return true // "in what year did they begin to keep the list"
	}
	if len(s.measures) == 0 || s.guessed || d.hasAny(opFigure, opHowMany, opReport, opPronoun) || strings.Contains(d.stems, "date") {
		return false
	}
	return d.anyIs(gAuxiliary)
}

// anyIs says whether any word of the question is of a class.
func (d *draft) anyIs(g grammar) bool {
	for i := range d.words {
		if d.is(i, g) {
			return true
		}
	}
	return false
}

func (c *Condition) isYear() bool { return c.A >= 1900 && c.A <= 2099 }

// dateSuperlative says whether the oldest or newest figure is asked for.
func (d *draft) dateSuperlative() bool {
	for _, m := range d.marks {
		if m.kind == operator && (m.op == opNewest || m.op == opOldest) && m.from == 0 && (m.to == len(d.words) || d.is(m.to, gPlace) || d.measureIn(span{m.to, m.to + 1}) && d.has(opFigure)) {
			return true // "newest in the Balkans", "oldest returnee figure"
		}
		if m.kind == operator && (m.op == opNewest || m.op == opOldest) && m.to < len(d.words) && (d.isOp(m.to, opFigure, opCountry) || d.isOp(m.to, opWhen)) {
			return true
		}
	}
	return false
}

// dateNoun says whether the question is plainly about a date, not an event.
func (d *draft) dateNoun() bool {
	return d.phraseLen(opWhen) > 1 || strings.Contains(d.stems, "date") || d.hasAny(opFigure)
}

func unguessed(s *slots) []*data.Measure {
	if s.guessed {
		return nil
	}
	return s.measures
}

// figuresWithin says whether a phrase of an operator itself holds the word for figures: "how
// old are the figures".
func (d *draft) figuresWithin(o op) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == o && slices.ContainsFunc(d.words[m.from:m.to], func(w word) bool { return d.e.lexicon.phraseOf(w.stem, opFigure) })
	})
}
