package answers

import (
	"slices"

	"reportbot/data"
)

// source says where figures come from, how far they can be trusted, and who
// made the report.
func (m *maker) source() {
	v := m.e.report.Vocabulary
	switch m.q.Aspect {
	case Reliable:
		if len(m.q.Subjects) == 0 {
			m.about(v.Reliable)
			return
		}
	case Author:
		m.about(v.Author)
		return
	}
	parties := m.e.parties(m.q)
	if len(parties) == 0 {
		m.sources()
		return
	}
	found := m.sourced(parties)
	if len(found) == 0 {
		return
	}
	for _, v := range found {
		m.use(v)
		m.inputs(v)
	}
	for i, v := range found {
		said := v.who.say() + ": " + v.said() + asOf(v.date()) + m.standsIn(v) + "."
		if i == 0 {
			m.a.Headline = said
		} else {
			m.line(said)
		}
		m.reason(v)
	}
	m.mixed = len(parties) > 1
	m.setNotes(found)
	m.disagree(found)
	if m.q.Aspect == Disagree && len(found) > 1 {
		m.line("Each table has sources of its own, named in the footnotes beside the figures; the tables do not say why the figures differ.")
	}
	if m.q.Aspect == Reliable {
		m.quoteAll(v.Reliable, true)
	}
}

// sourced are the values asked about: the measures named, else the row's first
// figure, or those that the tables disagree on.
func (m *maker) sourced(parties []party) []value {
	gauges := m.gauges()
	if len(gauges) == 0 {
		return m.sourceless(parties)
	}
	if m.q.Of != nil && !m.shareable() {
		return nil
	}
	found, lost := m.find(parties, gauges)
	if len(found) == 0 {
		m.blank(lost)
	}
	if m.q.Aspect == Disagree {
		found = m.withOthers(found)
	}
	return found
}

func (m *maker) sourceless(parties []party) []value {
	var found []value
	for _, p := range parties {
		all := m.profileOf(p)
		if m.q.Aspect == Disagree {
			all = m.disputed(all)
		}
		found = append(found, all...)
	}
	if len(found) == 0 {
		m.a.Headline = "The report's tables do not disagree on " + inParty(parties[0]) + "."
		all := m.profileOf(parties[0])
		if len(all) > 0 {
			m.use(all[0])
			m.line(all[0].who.say() + ": " + all[0].said() + asOf(all[0].date()) + ".")
		}
	}
	return found
}

// disputed are the values of which another table prints something else.
func (m *maker) disputed(values []value) []value {
	var out []value
	for _, v := range values {
		if v.cell == nil {
			continue
		}
		for _, name := range v.what.w.Overlaps {
			o := m.e.named(v.cell.Subject, name)
			if o.ok && o.num.Raw != v.num.Raw {
				out = append(out, v)
				break
			}
		}
	}
	if len(out) == 0 && len(values) > 0 {
		return values[:1]
	}
	return out
}

// withOthers adds the other table's figure to each value.
func (m *maker) withOthers(found []value) []value {
	out := found
	for _, v := range found {
		if v.cell == nil {
			continue
		}
		for _, name := range v.what.w.Overlaps {
			if o := m.e.named(v.cell.Subject, name); o.ok && !sameValue(out, o) {
				out = append(out, o)
			}
		}
	}
	return out
}

// standsIn says where a figure stands: ", in table 1, column RETURNED".
func (m *maker) standsIn(v value) string {
	c := v.cell
	if c == nil {
		return ", worked out from " + count(len(v.in), "printed figure", "printed figures")
	}
	s := " (table " + c.Table + ", row " + c.Subject.Name + ", column " + m.column(c)
	if notes := footnotes(c.Footnotes); notes != "" {
		s += notes
	}
	return s + ")"
}

// column is the head of a cell's column as printed, else the measure's label.
func (m *maker) column(c *data.Cell) string {
	label := m.e.words(c.Measure).Label
	for _, t := range m.e.report.Tables {
		if t.Number != c.Table {
			continue
		}
		if head := columnHead(t, c.Measure); head != "" {
			return `"` + head + `"`
		}
	}
	return label
}

// columnHead finds the printed head of a measure's column: heads stand in the
// order of the columns, after the one of the names.
func columnHead(t *data.Table, x *data.Measure) string {
	at, last := 0, ""
	for _, y := range t.Measures {
		if y.Column != last {
			at++
			last = y.Column
		}
		if y == x && at < len(t.Columns) {
			return t.Columns[at]
		}
	}
	return ""
}

// reason says how the column of a figure is known where it was deduced; those
// that a caveat tells of are left to it.
func (m *maker) reason(v value) {
	if v.cell != nil && v.cell.Deduction == data.Confirmed {
		m.line(v.cell.Reason)
	}
}

// sources says where the figures of the report stand as a whole.
func (m *maker) sources() {
	r := m.e.report
	m.a.Headline = `All figures are from "` + r.Title + `" by ` + r.Publisher + ", dated " + r.Date.Words() + "."
	for _, t := range r.Tables {
		m.line("Table " + t.Number + ": " + t.Title + ".")
	}
	m.line("The footnote numbers given with a figure are the markers that stand beside it in the report.")
	m.quoteAll(r.Vocabulary.Reliable, true)
	m.quoteAll(r.Vocabulary.Author, false)
}

// about answers with findings of the vocabulary's list, and with what the
// bot says of itself where the list is empty.
func (m *maker) about(ids []string) {
	r := m.e.report
	m.a.Headline = `"` + r.Title + `", published by ` + r.Publisher + ", dated " + r.Date.Words() + "."
	m.quoteAll(ids, true)
	if len(m.facts) == 0 {
		m.line(r.Vocabulary.About)
		m.a.Findings = append(m.a.Findings, Found{ID: "about", Text: r.Vocabulary.About, Footnotes: []int{}})
	}
}

// quoteAll quotes findings by their ids, and says them if asked to.
func (m *maker) quoteAll(ids []string, say bool) {
	for _, id := range ids {
		if f, ok := m.e.report.Finding(id); ok {
			m.quote(f)
			if say {
				m.line(f.Gist)
			}
		}
	}
}

func (d *draft) authorship(s *slots) (Query, bool) {
	if !d.has(opAuthor) || d.hasAny(opEarlier, opReliable) || d.has(opSays) && len(d.prose) > 0 || len(s.rows) > 0 || len(d.prose) > 1 || s.cond != nil || len(s.measures) > 0 && !s.guessed {
		return Query{}, false
	}
	if _, missing := d.absentMark(); missing {
		return Query{}, false // "did the authors count dead fighters"
	}
	if d.has(opWhen) {
		return Query{Kind: Date, Aspect: ReportDate}, true
	}
	if !d.has(opReport) && d.phraseLen(opAuthor) < 2 && len(d.words) > 3 && !(d.startsWith("who") && d.short()) {
		return Query{}, false
	}
	return Query{Kind: Source, Aspect: Author}, true
}

func (d *draft) disagreement(s *slots) (Query, bool) {
	two := len(d.plainNumbers()) >= 2 && d.hasAny(opWhy, opWhich) && len(s.rows) == 1 && s.cond == nil && !d.has(opShare) && len(s.measures) < 2
	if !d.has(opDisagree) && !two && !d.tablesAgree(s) || len(s.rows) > 1 || len(d.prose) > 2 {
		return Query{}, false
	}
	if len(s.rows) == 0 && len(d.prose)+len(d.unknown) > 0 && len(d.numbers) > 0 {
		return Query{}, false // "RAN says 30%, what do the tables say"
	}
	if d.countsCountries() && !two {
		return Query{}, false // "for how many countries does the second table say"
	}
	if d.has(opWhy) && d.hasAny(opCountry, opList) && len(s.rows) == 0 && len(s.measures) > 0 {
		return Query{}, false // "why do the numbers on Turkey's list differ by country"
	}
	if d.has(opDisagree) && !two && d.hasAny(opCompare, opDifference) && len(s.rows) == 0 && len(s.measures) > 1 {
		return Query{}, false
	}
	if x := d.compoundCell(s); x != nil {
		return Query{Kind: Source, Subjects: s.rows, Measures: []*data.Measure{x}}, true
	}
	q := Query{Kind: Source, Aspect: Disagree, Subjects: s.rows}
	if len(s.measures) == 1 && !s.guessed {
		q.Measures = s.measures
	}
	return q, true
}

// tablesAgree says whether it is asked if the tables agree on a row, rather than whether
// they bear a number out.
func (d *draft) tablesAgree(s *slots) bool {
	return len(s.rows) == 1 && len(d.numbers) == 0 && len(s.measures) == 0 && slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opTrue && slices.ContainsFunc(d.words[m.from:m.to], func(w word) bool { return d.e.lexicon.phraseOf(w.stem, opTable) })
	})
}

// compoundCell is the measure of which the one row named prints all the numbers of the
// question in one cell: "why does Austria have 153+51"; nil if there is none.
func (d *draft) compoundCell(s *slots) *data.Measure {
	asked := d.plainNumbers()
	if len(s.rows) != 1 || len(asked) < 2 {
		return nil
	}
	for _, x := range d.e.report.Measures {
		c, ok := d.e.report.Cell(s.rows[0], x)
		if !ok || !c.Number.Composite {
			continue
		}
		var printed []float64
		for _, w := range split(c.Number.Raw) {
			printed = append(printed, w.number)
		}
		if !slices.ContainsFunc(asked, func(v float64) bool { return !slices.Contains(printed, v) }) {
			return x
		}
	}
	return nil
}

func (d *draft) plainNumbers() []float64 {
	var out []float64
	for i := range d.numbers {
		if n := &d.numbers[i]; !n.year && !n.ordinal && d.words[n.from].isNum {
			out = append(out, n.value)
		}
	}
	return out
}

func (d *draft) reliability(s *slots) (Query, bool) {
	if !d.has(opReliable) || d.hasAny(opTrend, opExclude) || len(d.prose) > 1 || len(d.unknown) > 1 || len(s.uncovered) > 0 || d.has(opDefine) && d.meansWord() {
		return Query{}, false
	}
	if s.bare() || s.guessed && len(s.rows) == 0 {
		if !d.hasAny(opFigure, opReport, opPronoun, opHowMany) && len(d.words) > 6 {
			return Query{}, false
		}
		return Query{Kind: Source, Aspect: Reliable}, true
	}
	return Query{Kind: Source, Aspect: Reliable, Subjects: s.rows, Measures: s.measures}, len(s.rows) > 0 && d.hasAny(opFigure, opPronoun, opReport, opHowMany)
}

func (d *draft) sourceOf(s *slots) (Query, bool) {
	if !d.has(opSource) || len(d.prose) > 1 {
		return Query{}, false
	}
	figure := d.has(opFigure) || len(d.plainNumbers()) > 0
	asks := d.phraseLen(opSource) > 1 || figure || d.has(opHowMany) || d.startsWith("where") || len(d.words) <= 5
	if !asks || d.hasAny(opTop, opBottom, opShare) && !d.has(opFigure) || s.cond != nil {
		return Query{}, false
	}
	if !d.sourceWord() && !(d.startsWith("where") && (figure || d.hasAny(opPronoun, opHowMany))) {
		return Query{}, false
	}
	if d.is(0, gYesNo) && len(s.rows) == 0 && !figure && len(d.withoutOrigin(s)) > 0 {
		return Query{}, false // "is there evidence that women fought"
	}
	q := Query{Kind: Source, Subjects: s.rows, Measures: d.withoutOrigin(s)}
	if len(s.rows) == 0 && len(d.unknown) > 0 {
		return Query{}, false
	}
	if q, ok := d.sourceOfNumber(s); ok {
		return q, true
	}
	if len(s.rows) == 0 && d.has(opHowMany) && !d.startsWith("where") {
		return Query{}, false
	}
	if s.bare() || len(s.rows) == 0 {
		if m, ok := d.kindMark(term); ok && len(d.plainNumbers()) > 0 && d.within(m.from, opSource) {
			return Query{Kind: Define, Terms: []*data.Term{m.term}}, true // "what does footnote 47 say"
		}
		return Query{Kind: Source, Aspect: Author, Measures: nil}, len(d.prose) == 0
	}
	return q, true
}

// sourceOfNumber reads a number of the prose whose source is asked for as the
// finding that states it: "the 9,000 from the former Soviet Union, who says so".
func (d *draft) sourceOfNumber(s *slots) (Query, bool) {
	asked := d.plainNumbers()
	if slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.from > 0 && d.hasTerm(n.from-1) && d.within(n.from-1, opSource) }) {
		return Query{}, false // "footnote 45"
	}
	if len(s.rows) > 0 || len(asked) == 0 {
		return Query{}, false
	}
	for _, h := range d.hits(s) {
		for _, f := range h.finding.Figures {
			if slices.Contains(asked, f.Number.Value) {
				return Query{Kind: Finding, Findings: []*data.Finding{h.finding}}, true
			}
		}
	}
	return Query{}, false
}

// withoutOrigin are the measures without one that only the words "come from" gave.
func (d *draft) withoutOrigin(s *slots) (out []*data.Measure) {
	for _, m := range s.measures {
		only := true
		for _, k := range d.measures {
			if k.measure == m && !d.sourceMark(k.span) {
				only = false
			}
		}
		if !only {
			out = append(out, m)
		}
	}
	return out
}

// sourceMark says whether a span is part of a phrase that asks for the source.
func (d *draft) sourceMark(s span) bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opSource && m.meets(s) {
			return true
		}
	}
	return false
}

// sourceWord says whether a word asks for the source outright, rather than "come from".
func (d *draft) sourceWord() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opSource && !d.measureIn(m.span) {
			return true
		}
	}
	return false
}
