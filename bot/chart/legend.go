package chart

import (
	"image/color"
	"slices"
)

// sign is a way of drawing that is explained below the bars.
type sign struct {
	used func(form) bool
	says string
	wide float64 // of the sample
	form form
}

// signs are explained in this order.
func signs() []sign {
	return []sign{
		{func(f form) bool { return f.soft }, "~ about", sampleBar + 4, form{solid: 1, soft: true}},
		{func(f form) bool { return f.more && !f.fewer }, "more than (>), at least", sampleArrow, form{solid: 1, more: true}},
		{func(f form) bool { return f.fewer && !f.more }, "fewer than (<), at most", sampleArrow, form{open: 1, fewer: true}},
		{func(f form) bool { return !f.more && !f.fewer && f.open > f.solid }, "between two bounds", sampleBar, form{solid: 0.4, open: 1}},
		{func(f form) bool { return f.more && f.fewer }, "open both ways", sampleArrow, form{open: 1, more: true, fewer: true}},
	}
}

// How wide samples are.
const (
	sampleBar   = 18
	sampleArrow = sampleBar + arrowGap + arrowLength
)

// legend explains how the figures are drawn that are not exact.
func (p *painter) legend() {
	flow := p.flow(margin, smallSize)
	explained := false
	for _, s := range signs() {
		if p.spec.uses(s.used) {
			explained = true
			flow.add(s.wide, s.says, func(x, baseline float64) { p.sample(s.form, x, baseline) })
		}
	}
	for _, how := range []string{"inferred", "ambiguous"} {
		if p.spec.hasColumn(how) {
			explained = true
			flow.add(p.width(columnMark(how), smallSize, false), columnSays(how), func(x, baseline float64) {
				p.text(x, baseline, smallSize, false, p.ink, columnMark(how))
			})
		}
	}
	if explained {
		p.y += lineHeight(smallSize) + 2
	}
}

// columnMark stands at the name of a figure whose column is not printed.
func columnMark(how string) string {
	switch how {
	case "inferred":
		return " †"
	case "ambiguous":
		return " ‡"
	}
	return ""
}

// name is a row's label with its mark.
func (r *Row) name() string { return r.Label + columnMark(r.Column) }

func (s *Spec) hasColumn(how string) bool {
	return slices.ContainsFunc(s.Groups, func(g Group) bool {
		return slices.ContainsFunc(g.Rows, func(r Row) bool { return r.Column == how })
	})
}

// uses says whether a figure of the picture is drawn in a way.
func (s *Spec) uses(way func(form) bool) bool {
	for _, g := range s.Groups {
		for i := range g.Rows {
			r := &g.Rows[i]
			if way(r.form()) {
				return true
			}
			for j := range r.Parts {
				if way(r.Parts[j].form()) {
					return true
				}
			}
		}
	}
	return false
}

// sample draws a figure as it is drawn above.
func (p *painter) sample(f form, x, baseline float64) {
	c := p.sampleColour()
	if p.spec.Kind == Dots {
		at := x + haloRadius
		if f.fewer {
			at = x + dotRadius + arrowLength
		}
		p.dot(f, scale{left: x, right: at, high: 1}, baseline-3.5, c)
		return
	}
	p.pen.bar(f, 0, scale{left: x, right: x + sampleBar - 2, high: 1}, baseline-8, 8, c)
}

func (p *painter) sampleColour() color.NRGBA {
	if p.spec.Kind == Stacks {
		return p.rest
	}
	return p.palette.bar
}
