package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// sourceLine names the tables and the footnotes of what was shown: "Table 1,
// footnotes 45 and 47".
func (m *maker) sourceLine() string {
	if len(m.a.Figures) == 0 && len(m.facts) == 0 {
		return ""
	}
	var parts []string
	for _, t := range m.e.report.Tables {
		if s := m.tableSource(t); s != "" {
			parts = append(parts, s)
		}
	}
	if s := m.proseSource(); s != "" {
		parts = append(parts, s)
	}
	return upperFirst(strings.Join(parts, "; "))
}

// maxMarkers is how many footnotes a source line lists; the figures have them all.
const maxMarkers = 8

func (m *maker) tableSource(t *data.Table) string {
	from := func(c *data.Cell) bool { return c.Table == t.Number }
	if !slices.ContainsFunc(m.used, from) && !slices.ContainsFunc(m.shown, from) {
		return ""
	}
	notes := addMarkers(addMarkers(noNotes, m.used, t.Number), m.shown, t.Number)
	slices.Sort(notes)
	return "table " + t.Number + footnotes(notes)
}

func (m *maker) proseSource() string {
	if len(m.facts) == 0 {
		return ""
	}
	var notes []int
	for _, f := range m.facts {
		for _, n := range f.Footnotes {
			if !slices.Contains(notes, n) {
				notes = append(notes, n)
			}
		}
	}
	slices.Sort(notes)
	return "the report's prose" + footnotes(notes)
}

func footnotes(notes []int) string {
	if len(notes) == 0 || len(notes) > maxMarkers {
		return ""
	}
	names := make([]string, len(notes))
	for i, n := range notes {
		names[i] = commas(int64(n))
	}
	if len(names) == 1 {
		return ", footnote " + names[0]
	}
	return ", footnotes " + listed(names)
}
