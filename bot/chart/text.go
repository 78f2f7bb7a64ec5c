package chart

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// What bars of a text are made of.
const (
	full    = '█'
	open    = '░'
	softEnd = "▓▒░" // its middle stands at the number
	between = 6     // characters beside a name, its bar and its figure: gaps, a soft end, an arrow
	leastIn = 10    // characters that bars get, however narrow the text is

	softShort = "▒" // of a bar that is too short for more
)

// Text draws the figures as bars of characters, in lines of so many of them at
// most where names and figures leave room for that. Dots are drawn as bars. It is
// empty where PNG would return an error.
func (s *Spec) Text(columns int) string {
	if s.check() != nil {
		return ""
	}
	d := s.dates()
	names, figures := 0, 0
	for i, g := range s.Groups {
		for j := range g.Rows {
			names = max(names, length(s.nameIn(d, i, &g.Rows[j])))
			figures = max(figures, length(g.Rows[j].Printed))
		}
	}
	t := text{spec: s, dates: d, names: min(names, max(12, columns/2))}
	t.bars = max(leastIn, columns-t.names-figures-between)
	t.low, t.high = s.ends()
	for i := range s.Groups {
		t.group(i)
	}
	t.legend()
	return strings.TrimRight(t.String(), "\n")
}

// text is a picture in characters.
type text struct {
	strings.Builder
	spec      *Spec
	dates     dates
	names     int // characters that names get
	bars      int // characters that the longest bar has
	low, high float64
}

func (s *Spec) nameIn(d dates, group int, r *Row) string {
	if date := d.beside(group, r); date != "" {
		return r.name() + ", " + date
	}
	return r.name()
}

func (t *text) group(i int) {
	g := &t.spec.Groups[i]
	if g.Heading != "" {
		t.WriteString(headed(g.Heading, t.dates.groups[i]) + "\n")
	}
	for j := range g.Rows {
		r := &g.Rows[j]
		name := t.spec.nameIn(t.dates, i, r)
		if length(name) > t.names {
			t.WriteString(name + "\n")
			name = ""
		}
		fmt.Fprintf(t, "%s%s  %s %s\n", name, strings.Repeat(" ", t.names-length(name)), t.bar(r), r.Printed)
		t.parts(r)
	}
}

// cells is how many characters a number is long.
func (t *text) cells(v float64) float64 {
	if t.high <= 0 {
		return 0
	}
	return max(0, v) / t.high * float64(t.bars)
}

func (t *text) bar(r *Row) string {
	if len(r.Parts) > 0 {
		return t.stack(r)
	}
	f := r.form()
	return t.solid(f) + arrowIn(f)
}

// solid draws a figure without its arrow. What there is gets at least a sliver.
func (t *text) solid(f form) string {
	solid, end := t.cells(f.solid), t.cells(f.end())
	switch {
	case f.open > f.solid:
		n := int(math.Round(solid))
		return strings.Repeat(string(full), n) + strings.Repeat(string(open), max(1, int(math.Round(end))-n))
	case f.soft && solid < 2:
		return softShort
	case f.soft:
		return strings.Repeat(string(full), int(math.Round(solid))-1) + softEnd
	}
	eighths := max(1, int(math.Round(solid*8)))
	if f.solid <= 0 {
		eighths = 0
	}
	bar := strings.Repeat(string(full), eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += string(rune(int(full) + 8 - rest)) // ▉ to ▏ stand behind █, thinner and thinner
	}
	return bar
}

func arrowIn(f form) string {
	switch {
	case f.more && f.fewer:
		return "↔"
	case f.more:
		return "→"
	case f.fewer:
		return "←"
	}
	return ""
}

// fills are what the parts of a bar are made of.
func fills() []rune { return []rune("█▒▓▚░") }

// stack draws the parts end to end.
func (t *text) stack(r *Row) string {
	var b strings.Builder
	sum, drawn := 0.0, 0
	for i, p := range r.Parts {
		sum += p.Value
		to := int(math.Round(t.cells(sum)))
		b.WriteString(strings.Repeat(string(t.fill(i, &p)), max(0, to-drawn)))
		drawn = max(drawn, to)
	}
	return b.String() + arrowIn(r.form())
}

func (t *text) fill(i int, p *Part) rune {
	if p.Derived {
		return open
	}
	return fills()[min(i, len(fills())-1)]
}

// parts names the parts below their bar.
func (t *text) parts(r *Row) {
	for i, p := range r.Parts {
		fmt.Fprintf(t, "%s  %c %s\n", strings.Repeat(" ", t.names), t.fill(i, &p), p.said())
	}
}

// uses says whether a bar is drawn in a way; undivided leaves divided ones aside.
func (t *text) uses(way func(form) bool, undivided bool) bool {
	for _, g := range t.spec.Groups {
		for i := range g.Rows {
			if r := &g.Rows[i]; way(r.form()) && !(undivided && len(r.Parts) > 0) {
				return true
			}
		}
	}
	return false
}

// legend explains what is drawn that is not exact.
func (t *text) legend() {
	var said []string
	explain := func(used bool, how string) {
		if used {
			said = append(said, how)
		}
	}
	explain(t.uses(func(f form) bool { return f.soft && f.open <= f.solid }, true), softEnd+" ~ about")
	explain(t.uses(func(f form) bool { return f.more && !f.fewer }, false), "→ more than (>), at least")
	explain(t.uses(func(f form) bool { return f.fewer && !f.more }, false), string(open)+"← fewer than (<), at most")
	explain(t.uses(func(f form) bool { return !f.more && !f.fewer && f.open > f.solid }, true), string([]rune{full, open})+" between two bounds")
	explain(t.uses(func(f form) bool { return f.more && f.fewer }, false), "↔ open both ways")
	for _, how := range []string{"inferred", "ambiguous"} {
		explain(t.spec.hasColumn(how), strings.TrimSpace(columnMark(how))+" "+columnSays(how))
	}
	if t.spec.Drawn != "" {
		said = append(said, t.spec.Drawn)
	}
	if len(said) > 0 {
		t.WriteString(strings.Join(said, "; ") + "\n")
	}
}

func length(s string) int { return utf8.RuneCountInString(s) }
