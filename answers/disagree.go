package answers

import (
	"slices"

	"reportbot/data"
)

// disagree shows what the report gives elsewhere for the same thing as the
// printed figures: in its other table, and in its prose.
func (m *maker) disagree(values []value) {
	for _, v := range values {
		if v.who.subject == nil {
			continue
		}
		for _, part := range v.parts {
			m.otherTable(part, values)
		}
		m.otherTable(v, values)
	}
	m.otherProse()
}

// otherTable adds the figure of a measure that counts the same thing in
// another table, where its print is not the same.
func (m *maker) otherTable(v value, asked []value) {
	if v.cell == nil {
		return
	}
	for _, name := range v.what.w.Overlaps {
		o := m.e.named(v.cell.Subject, name)
		if !o.ok || o.cell == nil || o.num.Raw == v.num.Raw {
			continue
		}
		text := "The tables differ on " + theName(v.cell.Subject) + ": table " + v.cell.Table + " prints " + printed(v.num) +
			", table " + o.cell.Table + " " + printed(o.num) + "."
		if hasCaveatPair(m.extra, v, o) {
			continue
		}
		m.caveat(tablesDisagree, text)
		if !sameValue(asked, o) {
			m.beside(o, "other")
		}
	}
}

// hasCaveatPair says whether the pair is told of already, the other way round.
func hasCaveatPair(list []Caveat, v, o value) bool {
	turned := "The tables differ on " + theName(v.cell.Subject) + ": table " + o.cell.Table + " prints " + printed(o.num) +
		", table " + v.cell.Table + " " + printed(v.num) + "."
	return slices.Contains(list, Caveat{tablesDisagree, turned})
}

// otherProse gives the findings that state another figure than one used.
func (m *maker) otherProse() {
	for _, c := range m.used {
		for _, f := range m.e.report.ContradictedBy(c) {
			if ofShares(f) == m.ratio() || m.q.Kind == Source && m.q.Aspect == Disagree {
				m.quote(f)
				m.caveat(tablesDisagree, "The report's prose says otherwise: "+f.Gist)
			}
		}
	}
}

// ofShares says whether a finding states a percentage: it bears on a ratio of
// the figures then, and not on the figures themselves.
func ofShares(f *data.Finding) bool {
	return slices.ContainsFunc(f.Figures, func(s data.StatedFigure) bool { return s.Unit == "percent" })
}

// ratio says whether the answer is a ratio.
func (m *maker) ratio() bool {
	return slices.ContainsFunc(m.a.Figures, func(f Figure) bool { return f.Op == "ratio" })
}
