package answers

import (
	"slices"

	"reportbot/data"
)

// sayLost tells which of the values asked for are not printed.
func (m *maker) sayLost(lost []value) {
	for _, v := range lost {
		m.remark(m.notPrinted(v))
	}
}

// notPrinted says that a value is missing, and why: no row, or no figure.
func (m *maker) notPrinted(v value) string {
	w := v.missing
	if w == nil {
		w = v.what.w
	}
	who := inParty(v.who)
	if v.who.subject != nil {
		if t := m.e.tableOf(w); t != nil && !hasRow(t, v.who.subject) {
			return "Table " + t.Number + " of the report (" + t.Title + ") has no row for " + who + "."
		}
	}
	said := "The report prints no number of " + w.Noun + " for " + who
	if near := m.held(v); near != nil {
		if near.cell.Deduction == data.Ambiguous {
			return "The report shows no number of " + w.Noun + " for " + who + " for certain: the row prints one figure, and the text does not show which column it stands in."
		}
		return said + " apart: " + near.what.w.Noun + " stand in one figure."
	}
	said += ": the cell is blank, which does not mean zero."
	if w.Name != v.what.w.Name && v.what.of == nil {
		said += " Without it the number of " + v.what.w.Noun + " cannot be worked out."
	}
	return said
}

// held is the figure that holds a missing one, or may.
func (m *maker) held(v value) *value {
	if v.who.subject == nil || v.what.of != nil || len(v.what.w.Minus) > 0 {
		return nil
	}
	if near := m.mayHold(v.who.subject, v.what); len(near) > 0 {
		return &near[0]
	}
	return nil
}

// tableOf is the table that a measure stands in.
func (e *Engine) tableOf(w *data.MeasureWords) *data.Table {
	x, ok := e.report.Measure(w.Name)
	if !ok {
		return nil
	}
	for _, t := range e.report.Tables {
		if t.Number == x.Table {
			return t
		}
	}
	return nil
}

func hasRow(t *data.Table, s *data.Subject) bool {
	for _, r := range t.Rows {
		if r.Subject == s {
			return true
		}
	}
	return false
}

// blank refuses a lookup of which nothing is printed, and shows what is.
func (m *maker) blank(lost []value) {
	if len(lost) == 0 {
		m.refused(BlankCell, "The report prints no figure for that.")
		return
	}
	m.refused(BlankCell, m.notPrinted(lost[0]))
	for _, v := range lost[1:] {
		if s := m.notPrinted(v); s != m.a.Headline && !m.says(s) {
			m.line(s)
		}
	}
	var done []*data.Subject
	for _, v := range lost {
		if s := v.who.subject; s != nil && !hasSubject(done, s) {
			done = append(done, s)
			m.nearest(v)
		}
	}
	m.suggestNearest()
}

// nearest shows what the report does print for a row: the combined or
// uncertain figure that may hold what was asked, with its caveat, else all
// other measures.
func (m *maker) nearest(v value) {
	s := v.who.subject
	var near []value
	if len(v.what.w.Minus) == 0 {
		near = m.mayHold(s, v.what)
	}
	for _, n := range near {
		m.used = n.appendTo(m.used)
	}
	if len(near) == 0 {
		near = m.allOf(s)
	}
	if len(near) == 0 {
		return
	}
	for _, n := range near {
		m.beside(n, "nearest")
	}
	m.line("What it prints for " + theName(s) + ": " + saidList(near) + ".")
}

// mayHold are the figures of a row that hold the measure asked for, or may:
// a cell that prints it together with others, or one of the same table whose
// column cannot be told.
func (m *maker) mayHold(s *data.Subject, g *gauge) []value {
	var out []value
	for _, w := range m.e.report.Vocabulary.Measures {
		if w.Name == g.w.Name {
			continue
		}
		v := m.e.named(s, w.Name)
		if !v.ok || v.cell == nil || v.cell.Table != g.m.Table {
			continue
		}
		if slices.Contains(w.Parts, g.w.Name) || v.cell.Deduction == data.Ambiguous {
			out = append(out, v)
		}
	}
	return out
}

// allOf are all printed figures of a row, in the order of the tables.
func (m *maker) allOf(s *data.Subject) []value {
	out := make([]value, 0, len(m.e.report.Measures))
	for _, x := range m.e.report.Measures {
		if _, ok := m.e.report.Cell(s, x); ok {
			out = append(out, m.e.single(s, m.e.gauge(x, nil)))
		}
	}
	return out
}

// suggestNearest offers questions for the figures that are shown as nearest.
func (m *maker) suggestNearest() {
	if m.quiet {
		return
	}
	for _, f := range m.a.Figures {
		s, ok1 := m.e.report.Subject(f.Subject)
		x, ok2 := m.e.report.Measure(f.Measure)
		if ok1 && ok2 {
			m.suggest(Query{Kind: Lookup, Measures: []*data.Measure{x}, Subjects: []*data.Subject{s}})
		}
	}
}
