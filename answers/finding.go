package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// maxFindings is how many findings an answer shows.
const maxFindings = 4

// finding says what the report's prose has on a matter, best first, and the
// table's figure beside it where both bear on one row.
func (m *maker) finding() {
	found := m.q.Findings
	if len(found) == 0 {
		m.refused(NotUnderstood, "I found nothing on that in the report's prose.")
		m.suggestExamples()
		return
	}
	for i, f := range found[:min(len(found), maxFindings)] {
		m.quote(f)
		m.stated(f)
		if i == 0 {
			m.a.Headline = f.Gist
		} else {
			m.line(f.Gist)
		}
	}
	m.joined(found[0])
}

// stated gives the figures that a finding states.
func (m *maker) stated(f *data.Finding) {
	subject := ""
	if len(f.Subjects) == 1 {
		subject = f.Subjects[0].Name
	}
	for _, s := range f.Figures {
		notes := f.Footnotes
		if notes == nil {
			notes = []int{}
		}
		g := Figure{Subject: subject, Measure: "stated", Raw: s.Printed, Qualifier: s.Number.Qualifier.String(), Unit: s.Unit,
			AsOf: s.AsOf, Footnotes: notes, Finding: f.ID}
		bounds(&g, s.Number)
		m.a.Figures = append(m.a.Figures, g)
	}
}

// joined adds the table's figures for the row and the measures that a finding
// bears on.
func (m *maker) joined(f *data.Finding) {
	rows, measures := m.q.Subjects, m.q.Measures
	if len(rows) == 0 {
		rows, measures = f.Subjects, f.Measures
	}
	if len(rows) == 1 {
		m.joinRow(f, rows[0], measures)
		return
	}
	if len(m.q.Subjects) > 0 {
		for _, row := range rows {
			m.joinRow(f, row, measures)
		}
	}
}

// joinRow adds the table's figures of one row.
func (m *maker) joinRow(f *data.Finding, row *data.Subject, measures []*data.Measure) {
	var found []value
	for _, x := range measures {
		if v := m.e.single(row, m.e.gauge(x, nil)); v.ok && v.cell != nil {
			found = append(found, v)
		}
	}
	if len(found) == 0 {
		return
	}
	m.shown = append(m.shown, cellsOf(found)...)
	for _, v := range found {
		m.add(v, "other")
	}
	var tables []string
	for _, v := range found {
		if t := "table " + v.cell.Table; !slices.Contains(tables, t) {
			tables = append(tables, t)
		}
	}
	verb := " gives "
	if len(tables) > 1 {
		verb = " give "
	}
	m.line(upperFirst(strings.Join(tables, " and ")) + verb + "for " + theName(row) + ": " + saidList(found) + ".")
	if len(f.Contradicts) > 0 {
		m.contradicted(f, found)
	}
}

// contradicted says that the prose and a table differ.
func (m *maker) contradicted(f *data.Finding, found []value) {
	for _, ref := range f.Contradicts {
		for _, v := range found {
			c := v.cell
			if c.Subject != ref.Subject || c.Measure != ref.Measure {
				continue
			}
			m.caveat(tablesDisagree, "The prose and table "+c.Table+" differ here: the table prints "+printed(c.Number)+" for "+theName(c.Subject)+".")
		}
	}
}

func cellsOf(values []value) []*data.Cell {
	var out []*data.Cell
	for _, v := range values {
		out = v.appendTo(out)
	}
	return out
}
