package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// maxFindings is how many findings an answer shows.
const maxFindings = 3

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
	if len(f.Subjects) != 1 || len(f.Measures) == 0 {
		return
	}
	var found []value
	for _, x := range f.Measures {
		if v := m.e.single(f.Subjects[0], m.e.gauge(x, nil)); v.ok && v.cell != nil {
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
	m.line(upperFirst(strings.Join(tables, " and ")) + verb + "for " + theName(f.Subjects[0]) + ": " + saidList(found) + ".")
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
		out = append(out, v.in...)
	}
	return out
}
