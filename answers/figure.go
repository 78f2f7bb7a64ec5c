package answers

import (
	"math"
	"slices"

	"reportbot/data"
)

// use adds a value to the figures and lets it give its caveats.
func (m *maker) use(v value) *Figure {
	m.used = v.appendTo(m.used)
	m.derived = m.derived || v.cell == nil
	return m.add(v, "")
}

// useAll adds values as use does.
func (m *maker) useAll(values []value) {
	m.room(len(values))
	for i := range values {
		m.use(values[i])
	}
}

// room makes room for so many figures more.
func (m *maker) room(n int) {
	m.a.Figures = slices.Grow(m.a.Figures, n)
	m.used = slices.Grow(m.used, n)
	if n > cap(m.numbers)-len(m.numbers) {
		m.numbers = make([][3]float64, 0, n)
	}
}

// beside adds a value that is shown beside the answer, in a role.
func (m *maker) beside(v value, role string) *Figure {
	m.shown = v.appendTo(m.shown)
	return m.add(v, role)
}

func (m *maker) add(v value, role string) *Figure {
	m.a.Figures = append(m.a.Figures, Figure{})
	f := &m.a.Figures[len(m.a.Figures)-1]
	if len(m.numbers) == cap(m.numbers) {
		m.numbers = make([][3]float64, 0, 2)
	}
	m.numbers = m.numbers[:len(m.numbers)+1]
	v.fill(f, &m.numbers[len(m.numbers)-1])
	f.Role = role
	return f
}

// noNotes stands for no footnotes: a list, not null.
var noNotes = []int{}

// fill makes a figure of a value as answers give it; its numbers are held by
// the three given.
func (v *value) fill(f *Figure, three *[3]float64) {
	f.Subject, f.Measure, f.Qualifier, f.Footnotes = v.who.name(), v.what.numeral, v.num.Qualifier.String(), noNotes
	*three = [3]float64{v.num.Value, v.num.Low, v.num.High}
	f.hold(three)
	f.Who, f.Label, f.Said, f.Rough = v.who.say(), v.what.label(), v.say(), v.num.Rough
	if c := v.cell; c != nil {
		f.Raw, f.Cell, f.Unit, f.AsOf, f.Table = c.Number.Raw, c.Cell, c.Measure.Unit, string(c.AsOf), c.Table
		f.Deduction = c.Deduction.String()
		if len(c.Footnotes) > 0 {
			f.Footnotes = c.Footnotes
		}
		return
	}
	f.Derived, f.Op, f.Inputs = true, v.op, len(v.in)
	f.Unit = "ratio"
	if v.op != "ratio" && v.what.of == nil {
		f.Unit = v.what.m.Unit
	}
	f.AsOf, f.Table = commonDate(v.in), commonTable(v.in)
	if notes := markers(v.in); len(notes) <= maxMarkers {
		f.Footnotes = notes
	}
}

// bounds sets value, low and high; what is open or cannot be quoted is null.
func bounds(f *Figure, n data.Number) {
	f.hold(&[3]float64{n.Value, n.Low, n.High})
}

// hold lets value, low and high point to the three numbers.
func (f *Figure) hold(three *[3]float64) {
	for i, to := range []**float64{&f.Value, &f.Low, &f.High} {
		if !math.IsNaN(three[i]) && !math.IsInf(three[i], 0) {
			*to = &three[i]
		}
	}
}

// commonDate is the date that all the cells have, "" if they differ.
func commonDate(cells []*data.Cell) string {
	for _, c := range cells[1:] {
		if c.AsOf != cells[0].AsOf {
			return ""
		}
	}
	return string(cells[0].AsOf)
}

func commonTable(cells []*data.Cell) string {
	for _, c := range cells[1:] {
		if c.Table != cells[0].Table {
			return ""
		}
	}
	return cells[0].Table
}

// markers are the footnotes of the cells, each once, in the order of the
// document; of more than are ever listed the first that were found.
func markers(cells []*data.Cell) []int {
	out := addMarkers(noNotes, cells, "")
	slices.Sort(out)
	return out
}

// addMarkers adds the footnotes of cells, of one table if its number is given.
func addMarkers(out []int, cells []*data.Cell, table string) []int {
	for _, c := range cells {
		if table != "" && c.Table != table {
			continue
		}
		for _, n := range c.Footnotes {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
		if len(out) > maxMarkers {
			return out
		}
	}
	return out
}
