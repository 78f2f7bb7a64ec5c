// Package chart draws pictures of answers: in goes a part of an answer, out
// comes a Spec, which says what is to be seen and can be stored as JSON; from a
// Spec come a PNG, an SVG and the alt text that states the same figures.
//
//	renderer := chart.New(chart.AtOnce)
//	if spec := chart.Of(&answer.Parts[0], chart.Worth); spec != nil {
//		png, err := renderer.PNG(ctx, spec)
//		alt := spec.Alt(1024)
//	}
//
// No figure is drawn as more exact than it is printed: a soft end stands for ~,
// an open arrow for a bound, a hollow bar for what a bound leaves open.
package chart

import (
	"errors"
	"fmt"
	"math"
)

// Kind is how figures are drawn.
type Kind string

// The kinds.
const (
	Bars   Kind = "bars"
	Stacks Kind = "stacks" // bars of which some are divided into parts
	Dots   Kind = "dots"   // where half of the figures or more are bounds: a length would say too much
)

// Ratio is the unit of shares, 1 being the whole; they are drawn as per cent.
// Every other unit is a count.
const Ratio = "ratio"

// How many figures a picture has.
const (
	Worth   = 3  // fewer than these are read as quickly as looked at
	Least   = 2  // fewer than these cannot be compared
	MaxRows = 25 // more than these are too small to read on a telephone
)

// Spec describes a picture.
type Spec struct {
	Kind   Kind     `json:"kind"`
	Title  string   `json:"title"` // a sentence
	Unit   string   `json:"unit"`
	Drawn  string   `json:"drawn,omitempty"` // which of the figures are drawn, if not all
	Groups []Group  `json:"groups"`
	Notes  []string `json:"notes,omitempty"`  // the caveats, and what else must be known beside the figures
	Source string   `json:"source,omitempty"` // "table 1, footnote 47; edition 2017-10."
	Report string   `json:"report,omitempty"` // what the figures are taken from
}

// Group is rows under one heading.
type Group struct {
	Heading string `json:"heading,omitempty"`
	Rows    []Row  `json:"rows"`
}

// Row is one bar or dot.
type Row struct {
	Label  string `json:"label"`
	Column string `json:"column,omitempty"` // inferred or ambiguous: the report does not show which column the figure stands in
	Figure
	Parts []Part `json:"parts,omitempty"` // what the figure is made up of
}

// Part is a part of a stacked bar.
type Part struct {
	Label string `json:"label"`
	Figure
	Derived bool `json:"derived,omitempty"` // worked out, not printed
}

// Figure is a number as it is printed and as it is drawn. The qualifier and the
// bounds are those of the answer; nil is an open bound.
type Figure struct {
	Printed   string   `json:"printed"` // "~320", "at least about 1,593", "15.8%"
	Value     float64  `json:"value"`
	Low       *float64 `json:"low"`
	High      *float64 `json:"high"`
	Qualifier string   `json:"qualifier"`
	Rough     bool     `json:"rough,omitempty"` // it, or a figure that went in, is printed with ~
	AsOf      string   `json:"as_of,omitempty"` // "2017-08"
}

// check refuses what cannot be drawn: a Spec may come from a store.
func (s *Spec) check() error {
	rows := 0
	for _, g := range s.Groups {
		for i := range g.Rows {
			rows++
			if err := g.Rows[i].check(); err != nil {
				return err
			}
		}
	}
	switch {
	case rows == 0:
		return errors.New("a chart without figures")
	case rows > MaxRows:
		return fmt.Errorf("a chart of %d figures; at most %d are drawn", rows, MaxRows)
	}
	return nil
}

// maxParts is how many parts can be told apart by their colours.
const maxParts = 5

func (r *Row) check() error {
	if len(r.Parts) > maxParts {
		return fmt.Errorf("%s: %d parts; at most %d can be told apart", r.Label, len(r.Parts), maxParts)
	}
	if !drawable(r.Value) {
		return fmt.Errorf("%s: the number %v cannot be drawn", r.Label, r.Value)
	}
	for _, p := range r.Parts {
		if !drawable(p.Value) || p.Value < 0 {
			return fmt.Errorf("%s, %s: the number %v cannot be drawn", r.Label, p.Label, p.Value)
		}
	}
	for _, bound := range []*float64{r.Low, r.High} {
		if bound != nil && !drawable(*bound) {
			return fmt.Errorf("%s: the bound %v cannot be drawn", r.Label, *bound)
		}
	}
	return nil
}

// tooFar is beyond every count of people.
const tooFar = 1e12

func drawable(f float64) bool { return math.Abs(f) < tooFar }

// form is how a figure is drawn.
type form struct {
	solid float64 // up to here it is certain
	open  float64 // up to here it may be; not above solid: nowhere
	soft  bool    // the end is not exact
	more  bool    // it may be more than is drawn
	fewer bool    // it may be less than is drawn
}

// form says how a figure is drawn by its qualifier. What is open on the side
// that its qualifier speaks of is drawn as open both ways.
func (f *Figure) form() form {
	rough := f.Rough || f.Qualifier == "about"
	switch f.Qualifier {
	case "exact", "about":
		return form{solid: f.Value, soft: rough}
	case "more_than", "at_least":
		if f.Low != nil && *f.Low > 0 {
			return form{solid: *f.Low, soft: rough, more: true}
		}
	case "fewer_than", "at_most":
		if f.High != nil && (f.Low == nil || *f.Low <= 0) {
			return form{open: *f.High, soft: rough, fewer: true}
		}
	case "between":
		if f.Low != nil && f.High != nil && *f.Low >= 0 {
			return form{solid: *f.Low, open: *f.High, soft: rough}
		}
	}
	return form{open: f.Value, soft: rough, more: true, fewer: true}
}

// end is where the drawn figure ends.
func (f form) end() float64 { return max(f.solid, f.open) }

// bound says whether a figure is drawn as a bound, not as a number.
func (f *Figure) bound() bool {
	m := f.form()
	return m.more || m.fewer || m.open > m.solid
}
