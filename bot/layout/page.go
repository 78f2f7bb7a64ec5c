package layout

import (
	"sort"
	"strings"
)

// Run is a stretch of a page that is set in one way: lines, or rows of a table.
type Run struct {
	Lines string
	Grid  *Grid
	Rows  [][]string
}

// Pages divides a sheet between messages: as much on each as fits says.
func (s *Sheet) Pages(fits func(Page) bool) []Page {
	var out []Page
	for rest := s.Units; ; {
		next := func(n int) Page { return Page{s, len(out) > 0, rest[:n]} }
		fit := func(n int) bool { return fits(next(n)) }
		n := s.whole(rest, longest(len(rest), fit), fit)
		out = append(out, next(n))
		if rest = rest[n:]; len(rest) == 0 {
			return out
		}
	}
}

// whole is how many units of up to n stand on a page, so that what introduces a
// table goes with it, and so that of the lines below a table there are none or all.
func (s *Sheet) whole(rest []Unit, n int, fits func(int) bool) int {
	if n < 2 || n >= len(rest) {
		return n
	}
	last, next := rest[n-1], rest[n]
	if last.Grid == nil && next.Grid != nil && next.Grid.Lead == last.Text {
		return n - 1
	}
	if last.below == nil || last.below != next.below || !s.repeats(next.below) {
		return n
	}
	rows := n
	for rows > 0 && rest[rows-1].below == next.below {
		rows--
	}
	if rows == 0 || rest[rows-1].Grid != next.below {
		return n
	}
	for rows > 1 && !fits(rows) {
		rows--
	}
	return rows
}

// repeats says whether the lines below a table stand on each page with some of it.
func (s *Sheet) repeats(g *Grid) bool {
	return g.Note != "" && s.rules.Size(g.Note) <= s.rules.Note
}

// manyUnits is more than most pages have.
const manyUnits = 64

// longest is how many of so many units fit, at least one: all of them is tried
// first where they are not many.
func longest(units int, fits func(int) bool) int {
	most := manyUnits
	for most < units && fits(most) {
		most *= 2
	}
	most = min(most, units)
	if most == 0 || fits(most) {
		return most
	}
	return max(1, sort.Search(most, func(n int) bool { return !fits(n + 1) }))
}

// Heading is the headline as it stands above a page.
func (p Page) Heading() string {
	if !p.Continued {
		return p.Headline
	}
	return strings.TrimSpace(strings.TrimSpace(p.Headline) + " (continued)")
}

// Runs are a page's units in stretches; the first stretch is lines, which
// begin behind the heading.
func (p Page) Runs() []Run {
	out := []Run{{}}
	above := ""
	for i, u := range p.Units {
		last := &out[len(out)-1]
		switch {
		case u.Grid == nil && last.Grid != nil:
			out = append(out, Run{Lines: u.Text})
		case u.Grid == nil && u.Goes && (i > 0 || !p.Continued):
			last.Lines += u.Text
		case u.Grid == nil:
			last.Lines += "\n" + u.Text
		case last.Grid == u.Grid:
			last.Rows = append(last.Rows, u.Row)
		default:
			out = introduced(out, u.Grid, above)
			out = append(out, Run{Grid: u.Grid, Rows: [][]string{u.Row}})
		}
		above = u.Text
	}
	return p.noted(out)
}

// noted adds what stands below a table, where the table ends the page: the rest
// of it, or its notes, are on another.
func (p Page) noted(runs []Run) []Run {
	g := runs[len(runs)-1].Grid
	if g == nil || !p.repeats(g) {
		return runs
	}
	return append(runs, Run{Lines: g.Note[len("\n"):]})
}

// introduced adds the line that says what a table lists, where it is not above
// it already: the table began on another page.
func introduced(runs []Run, g *Grid, above string) []Run {
	if g.Lead == "" || g.Lead == above {
		return runs
	}
	last := &runs[len(runs)-1]
	if last.Grid != nil {
		return append(runs, Run{Lines: g.Lead})
	}
	last.Lines += "\n" + g.Lead
	return runs
}

// Text is a page as plain text, tables in aligned lines.
func (p Page) Text() string {
	var parts []string
	for i, r := range p.Runs() {
		switch {
		case r.Grid != nil:
			parts = append(parts, r.Grid.Aligned(r.Rows))
		case i == 0:
			parts = append(parts, strings.TrimPrefix(p.Heading()+r.Lines, "\n"))
		default:
			parts = append(parts, r.Lines)
		}
	}
	for _, small := range []string{strings.Join(p.Caveats, " "), p.Source, p.Reading} {
		if small != "" {
			parts = append(parts, small)
		}
	}
	return strings.Join(parts, "\n")
}
