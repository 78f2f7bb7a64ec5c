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
		if len(rest) == 0 || fits(next(len(rest))) {
			return append(out, next(len(rest)))
		}
		n := max(1, sort.Search(len(rest), func(n int) bool { return !fits(next(n + 1)) }))
		if n > 1 && n < len(rest) && rest[n].Grid != nil && rest[n-1].Grid == nil && rest[n].Grid.Lead == rest[n-1].Text {
			n-- // what introduces a table goes with it
		}
		out = append(out, next(n))
		rest = rest[n:]
	}
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
	return out
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
