package chart

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Alt says in words what the picture shows: its title, and each figure as
// printed with its date. It has at most so many characters, 0 for any number;
// figures that do not fit are counted at its end.
func (s *Spec) Alt(most int) string {
	said := s.figuresInWords()
	if most <= 0 {
		return s.altOf(said, len(said))
	}
	for n := len(said); n > 0; n-- {
		if alt := s.altOf(said, n); utf8.RuneCountInString(alt) <= most {
			return alt
		}
	}
	runes := []rune(s.altOf(said, 0))
	return string(runes[:min(most, len(runes))])
}

// altOf says the first n of the figures.
func (s *Spec) altOf(said []string, n int) string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(s.Title) + " " + s.kindInWords() + ", " + s.unitInWords())
	d := s.dates()
	if d.all != "" {
		b.WriteString(", as of " + d.all)
	}
	if s.Drawn != "" {
		b.WriteString("; " + lowerFirst(s.Drawn))
	}
	if n > 0 {
		b.WriteString(": " + strings.Join(said[:n], "; "))
	}
	if n < len(said) {
		fmt.Fprintf(&b, "; and %d more", len(said)-n)
	}
	b.WriteByte('.')
	if s.Source != "" {
		b.WriteString(" Source: " + s.Source)
	}
	return b.String()
}

func (s *Spec) kindInWords() string {
	switch s.Kind {
	case Stacks:
		return "Stacked bar chart"
	case Dots:
		return "Dot chart with bounds"
	}
	return "Bar chart"
}

func (s *Spec) unitInWords() string {
	if s.Unit == Ratio {
		return "per cent"
	}
	return "number of " + s.Unit
}

// figuresInWords are the rows in their order: "Turkey ~900 (June 2016)".
func (s *Spec) figuresInWords() []string {
	var out []string
	d := s.dates()
	for i, g := range s.Groups {
		for j := range g.Rows {
			r := &g.Rows[j]
			said := r.Label + " " + r.Printed
			if says := columnSays(r.Column); says != "" {
				said += " (" + says + ")"
			}
			if j == 0 && g.Heading != "" {
				said = headed(g.Heading, d.groups[i]) + ": " + said
			}
			if d.beside(i, r) != "" {
				said += " (" + words(r.AsOf) + ")"
			}
			for k, p := range r.Parts {
				joint := ", "
				if k == 0 {
					joint = ", of them "
				}
				said += joint + p.said()
			}
			out = append(out, said)
		}
	}
	return out
}

// headed is a heading with its date: "Table 1, August 2017".
func headed(heading, date string) string {
	if date == "" {
		return heading
	}
	return heading + ", " + date
}

// columnSays tells that it is not printed which column a figure stands in.
func columnSays(how string) string {
	switch how {
	case "inferred":
		return "column deduced"
	case "ambiguous":
		return "column uncertain"
	}
	return ""
}

// said is a part with its label: "Remaining ~700".
func (p *Part) said() string {
	said := p.Label + " " + p.Printed
	if p.Derived {
		said += " (worked out)"
	}
	return said
}

func lowerFirst(s string) string {
	if s == "" || s[0] < 'A' || s[0] > 'Z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func upperFirst(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
