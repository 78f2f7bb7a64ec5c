package data

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Check is the outcome of one comparison of the data with what is known of
// the report. Info marks a remark, such as a contradiction in the report
// itself, which is no fault of the data; its OK is always true.
type Check struct {
	Name, Detail string
	OK, Info     bool
}

// Check compares the data with the numbers that stand in datapackage.json
// under expect, with itself and with the prose. It goes on after a failure.
func (r *Report) Check() []Check {
	var out []Check
	for _, t := range r.Tables {
		out = append(out, r.checkRows(t), r.checkCountries(t), checkNotes(t))
	}
	for _, t := range r.Tables[min(1, len(r.Tables)):] {
		out = append(out, r.checkSubjects(t))
	}
	for _, g := range r.expect.Given {
		out = append(out, r.checkGiven(g), r.checkStated(g))
	}
	out = append(out, r.checkChart()...)
	out = append(out, r.disagreements()...)
	out = append(out, r.contradictions()...)
	return append(out, r.memberSums()...)
}

func expectation(name string, found, expected int) Check {
	if expected == 0 {
		return Check{Name: name, Detail: fmt.Sprintf("%d", found), OK: true}
	}
	return Check{Name: name, Detail: fmt.Sprintf("%d of %d", found, expected), OK: found == expected}
}

func (r *Report) checkRows(t *Table) Check {
	return expectation("rows of table "+t.Number, len(t.Rows), t.expect.Rows)
}

func (r *Report) checkCountries(t *Table) Check {
	n := 0
	for _, row := range t.Rows {
		if row.Subject.Kind == Country {
			n++
		}
	}
	return expectation("countries in table "+t.Number, n, t.expect.Countries)
}

// checkNotes: in a printed table footnote markers ascend by one, head first,
// then row by row and cell by cell. A number that was taken for a marker, or
// a marker for a number, breaks the row.
func checkNotes(t *Table) Check {
	c := Check{Name: "footnotes of table " + t.Number}
	if len(t.notes) == 0 {
		c.OK, c.Detail = len(t.expect.Notes) == 0, "none"
		return c
	}
	for i, n := range t.notes[1:] {
		if before := t.notes[i].marker; n.marker != before+1 {
			c.Detail = fmt.Sprintf("%s: %d follows %d", n.pos, n.marker, before)
			return c
		}
	}
	first, last := t.notes[0].marker, t.notes[len(t.notes)-1].marker
	c.Detail = fmt.Sprintf("%d to %d without gap", first, last)
	c.OK = len(t.expect.Notes) == 0 || slices.Equal(t.expect.Notes, []int{first, last})
	if !c.OK {
		c.Detail += fmt.Sprintf("; expected %v", t.expect.Notes)
	}
	return c
}

func (r *Report) checkSubjects(t *Table) Check {
	first := r.Tables[0]
	c := Check{Name: fmt.Sprintf("rows of table %s found in table %s", t.Number, first.Number), OK: true}
	found := 0
	for _, row := range t.Rows {
		if slices.ContainsFunc(first.Rows, func(other *Row) bool { return other.Subject == row.Subject }) {
			found++
			continue
		}
		c.OK = false
		c.Detail += row.Subject.Name + " is missing; "
	}
	c.Detail += fmt.Sprintf("%d of %d", found, len(t.Rows))
	return c
}

// given are the figures of a measure that countries print.
func (r *Report) given(measure string) []Number {
	m := r.byMeasure[measure]
	var out []Number
	for _, s := range r.Subjects {
		if c, ok := s.cell(m); ok && s.Kind == Country {
			out = append(out, c.Number)
		}
	}
	return out
}

func (r *Report) checkGiven(g givenExpect) Check {
	return expectation("countries that print "+g.Measure, len(r.given(g.Measure)), g.Countries)
}

// checkStated compares the sum of the least numbers with what the prose
// states: a total of "at least" a rounded number.
func (r *Report) checkStated(g givenExpect) Check {
	sum := 0.0
	for _, n := range r.given(g.Measure) {
		sum += n.Low
	}
	c := Check{Name: "least sum of " + g.Measure, Detail: formatNumber(sum)}
	c.OK = g.Lows == 0 || sum == float64(g.Lows)
	if !c.OK {
		c.Detail += ", expected " + formatNumber(float64(g.Lows))
	}
	f, ok := r.Finding(g.Finding)
	if !ok || g.Figure < 0 || g.Figure >= len(f.Figures) {
		return c
	}
	stated := f.Figures[g.Figure]
	c.Detail += fmt.Sprintf("; the report states %s", stated.Printed)
	if stated.Number.Value > sum || sum-stated.Number.Value >= rounding(stated.Number.Value) {
		c.OK = false
		c.Detail += ", which it does not round to"
	}
	return c
}

// rounding is the unit to which a number is rounded: 100 for 5,600.
func rounding(v float64) float64 {
	unit := 1.0
	for v != 0 && math.Mod(v, unit*10) == 0 {
		unit *= 10
	}
	return unit
}

// checkChart: the chart's regions hold countries only, none twice, and leave
// out those that are known to be left out.
func (r *Report) checkChart() []Check {
	expect := r.expect.Chart
	in := map[*Subject]*Group{}
	regions := 0
	parts := Check{Name: "regions of the chart share no country", OK: true}
	for _, g := range r.Groups {
		if !g.Chart {
			continue
		}
		regions++
		for _, s := range g.Members {
			if other := in[s]; other != nil || s.Kind != Country {
				parts.OK = false
				parts.Detail += fmt.Sprintf("%s in %s is in another region or no country; ", s.Name, g.Name)
			}
			in[s] = g
		}
	}
	var outside []string
	for _, s := range r.Subjects {
		if s.Kind == Country && in[s] == nil {
			outside = append(outside, s.Name)
		}
	}
	rest := Check{Name: "countries in no region of the chart", Detail: strings.Join(outside, ", "), OK: true}
	if len(expect.Outside) > 0 {
		rest.OK = sameSet(outside, textValues(expect.Outside))
	}
	parts.Detail += fmt.Sprintf("%d countries in %d regions", len(in), regions)
	return []Check{
		expectation("regions of the chart", regions, expect.Regions),
		expectation("countries in the chart's regions", len(in), expect.Members),
		parts, rest,
	}
}

func textValues(list []Text) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.Value
	}
	return out
}

func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}
