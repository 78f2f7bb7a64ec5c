package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"reportbot/answers"
)

// Of describes a picture of a part of an answer, nil where it has fewer than
// so many figures that can be compared.
func Of(p *answers.Part, least int) *Spec {
	figures, sorted := p.Comparable()
	if len(figures) == 0 {
		return nil
	}
	items := make([]item, len(figures))
	for i, f := range figures {
		items[i].Figure = f
	}
	s := &Spec{Title: p.Title, Source: p.Source, Report: p.Report, Unit: items[0].Unit, Notes: slices.Concat(p.Remarks, p.Caveats)}
	items, stacked := divide(items, p.Splits)
	s.Groups = groups(items, sorted)
	if s.count() < least {
		return nil
	}
	if stacked {
		s.Notes = append([]string{workedOut(&p.Splits[0])}, s.Notes...)
	}
	s.cut(sorted || p.Kind == answers.Rank)
	s.Kind = s.kind()
	return s
}

// item is a figure that gets a row.
type item struct {
	answers.Figure
	parts []answers.Figure
}

// divide puts divided bars in place of the figures that they show, where every
// subject has one.
func divide(items []item, splits []answers.Split) (out []item, done bool) {
	if len(splits) == 0 {
		return items, false
	}
	whole, parts := splits[0].Whole.Measure, splits[0].Parts
	for _, it := range items {
		at := slices.IndexFunc(splits, func(s answers.Split) bool { return s.Whole.Subject == it.Subject })
		if at < 0 {
			return items, false
		}
		if !slices.ContainsFunc(out, func(o item) bool { return o.Subject == it.Subject && o.Measure == whole }) {
			out = append(out, item{splits[at].Whole, splits[at].Parts})
		}
		if it.Measure != whole && !slices.ContainsFunc(parts, func(f answers.Figure) bool { return f.Measure == it.Measure }) {
			out = append(out, it)
		}
	}
	return out, true
}

// workedOut says how the last part of a divided bar came about.
func workedOut(s *answers.Split) string {
	last := len(s.Parts) - 1
	said := s.Parts[last].Label + " is worked out: " + strings.ToLower(s.Whole.Label)
	for _, f := range s.Parts[:last] {
		said += " less " + strings.ToLower(f.Label)
	}
	return said + ". The report does not print it."
}

// groups puts figures into groups, and names their rows by what differs.
func groups(items []item, sorted bool) []Group {
	subjects := differ(items, func(f *item) string { return f.Subject })
	measures := differ(items, func(f *item) string { return f.Measure })
	heading, label := byCertainty, func(f *item) string { return f.Who }
	switch {
	case subjects && measures && len(items) == 2:
		label = func(f *item) string { return f.Who + ", " + strings.ToLower(f.Label) }
	case subjects && measures:
		heading = func(f *item) string { return f.Label }
	case measures:
		label = func(f *item) string { return f.Label }
		if differ(items, func(f *item) string { return f.Table }) {
			heading = func(f *item) string { return "Table " + f.Table }
		}
	}
	var out []Group
	for i := range items {
		f := &items[i]
		at := slices.IndexFunc(out, func(g Group) bool { return g.Heading == heading(f) })
		if at < 0 {
			at = len(out)
			out = append(out, Group{Heading: heading(f)})
		}
		out[at].Rows = append(out[at].Rows, rowOf(f, label(f)))
	}
	if sorted {
		for _, g := range out {
			slices.SortStableFunc(g.Rows, func(a, b Row) int { return cmp.Compare(b.Value, a.Value) })
		}
	}
	return out
}

// byCertainty heads the rows of a filter by how sure it is that they belong there.
func byCertainty(f *item) string {
	switch f.Certainty {
	case "certain":
		return "For certain"
	case "possible":
		return "Possibly: the sign at the figure leaves it open"
	}
	return ""
}

func differ(items []item, of func(*item) string) bool {
	return slices.ContainsFunc(items, func(f item) bool { return of(&f) != of(&items[0]) })
}

func rowOf(it *item, label string) Row {
	r := Row{Label: label, Column: it.Deduction, Figure: figureOf(&it.Figure)}
	for i := range it.parts {
		f := &it.parts[i]
		r.Parts = append(r.Parts, Part{Label: f.Label, Figure: figureOf(f), Derived: f.Derived})
	}
	return r
}

func figureOf(f *answers.Figure) Figure {
	return Figure{Printed: f.Said, Value: *f.Value, Low: f.Low, High: f.High, Qualifier: f.Qualifier, Rough: f.Rough, AsOf: f.AsOf}
}

// count is how many figures are drawn.
func (s *Spec) count() int {
	n := 0
	for _, g := range s.Groups {
		for _, r := range g.Rows {
			n += 1 + len(r.Parts)
		}
	}
	return n
}

// cut leaves out the rows that are too many, and says so.
func (s *Spec) cut(ordered bool) {
	rows, left := 0, MaxRows
	for i := range s.Groups {
		g := &s.Groups[i]
		rows += len(g.Rows)
		g.Rows = g.Rows[:min(left, len(g.Rows))]
		left -= len(g.Rows)
	}
	s.Groups = slices.DeleteFunc(s.Groups, func(g Group) bool { return len(g.Rows) == 0 })
	if rows <= MaxRows {
		return
	}
	s.Drawn = fmt.Sprintf("%d of %d figures are drawn", MaxRows, rows)
	if ordered && len(s.Groups) == 1 {
		s.Drawn = fmt.Sprintf("The first %d of %d in the order are drawn", MaxRows, rows)
	}
}

// kind is how the figures are best drawn.
func (s *Spec) kind() Kind {
	rows, bounds := 0, 0
	for _, g := range s.Groups {
		for i := range g.Rows {
			r := &g.Rows[i]
			if len(r.Parts) > 0 {
				return Stacks
			}
			rows++
			if r.bound() {
				bounds++
			}
		}
	}
	if 2*bounds >= rows {
		return Dots
	}
	return Bars
}
