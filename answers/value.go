package answers

import (
	"math"
	"slices"

	"reportbot/data"
)

// gauge is what is measured: a measure, or a ratio of two.
type gauge struct {
	m, of       *data.Measure
	w, ofw      *data.MeasureWords
	numeral     string // the name that answers give it
	heads       string // a column
	top, bottom *gauge // of a ratio
	adds        bool   // a combined measure is added up from its parts where its own cell is blank
	minus       []*data.Measure
}

// value is what the report prints, or lets work out, for a party and a gauge.
type value struct {
	who     party
	what    *gauge
	num     data.Number
	cell    *data.Cell   // the printed figure; nil for a derived one
	in      []*data.Cell // of a derived one: every printed figure that went in
	op      string       // of a derived one
	parts   []value      // of a ratio: numerator and denominator
	have    int          // of a set: how many rows print it
	rows    int          // of a set: how many rows it has
	missing *data.MeasureWords
	ok      bool
}

// appendTo adds every printed figure that the value rests on to a list.
func (v *value) appendTo(list []*data.Cell) []*data.Cell {
	if v.cell != nil {
		return append(list, v.cell)
	}
	return append(list, v.in...)
}

// cells are the printed figures that the value rests on.
func (v *value) cells() []*data.Cell {
	if v.cell != nil {
		return []*data.Cell{v.cell}
	}
	return v.in
}

// newGauges are the gauges of the report's measures, in their order. A measure
// that the vocabulary lacks is spoken of by its name.
func newGauges(r *data.Report) []*gauge {
	out := make([]*gauge, len(r.Measures))
	for i, m := range r.Measures {
		w, ok := r.Vocabulary.Words(m.Name)
		if !ok {
			w = &data.MeasureWords{Name: m.Name, Label: m.Name, Noun: m.Name, Says: m.Name}
		}
		out[i] = &gauge{m: m, w: w, numeral: m.Name, heads: w.Label}
		for _, name := range w.Minus {
			if x, ok := r.Measure(name); ok {
				out[i].minus = append(out[i].minus, x)
			}
		}
	}
	return out
}

// words is how a measure is spoken of.
func (e *Engine) words(m *data.Measure) *data.MeasureWords { return e.gauges[m.Order].w }

// gauge puts a measure and its denominator, nil for none, with their words. It
// is not to be changed.
func (e *Engine) gauge(m, of *data.Measure) *gauge {
	top := e.gauges[m.Order]
	if of == nil {
		return top
	}
	bottom := e.gauges[of.Order]
	return &gauge{m: m, of: of, w: top.w, ofw: bottom.w, numeral: m.Name + "/" + of.Name,
		heads: top.w.Label + " / " + bottom.w.Label, top: top, bottom: bottom, minus: top.minus}
}

// label heads a column: "Returned", "Returned / Fighters".
func (g *gauge) label() string { return g.heads }

// noun stands after a number or "the most".
func (g *gauge) noun() string {
	if g.of == nil {
		return g.w.Noun
	}
	return g.w.Noun + " as a share of " + g.ofw.Noun
}

// value works out the gauge for the party; ok is false where the report does
// not print what it takes.
func (e *Engine) value(p party, g *gauge) value {
	if p.subject != nil {
		return e.single(p.subject, g)
	}
	return e.summed(p, g)
}

// single is the value of one row.
func (e *Engine) single(s *data.Subject, g *gauge) value {
	if g.of == nil {
		return e.printed(s, g)
	}
	v := e.printed(s, g.top)
	if !v.ok {
		v.what = g
		return v
	}
	of := e.printed(s, g.bottom)
	if !of.ok {
		of.what = g
		return of
	}
	ratio := v.num.Over(of.num)
	if math.IsNaN(ratio.Value) {
		return value{who: v.who, what: g, missing: g.ofw}
	}
	return value{who: v.who, what: g, num: ratio, op: "ratio", parts: []value{v, of},
		in: of.appendTo(v.appendTo(nil)), ok: true}
}

// printed is a measure of one row: its cell, or what is left of its first
// input when the others are taken away.
func (e *Engine) printed(s *data.Subject, g *gauge) value {
	v := value{who: partyOf(s), what: g}
	if len(g.w.Minus) > 0 {
		e.remainder(&v, s)
		return v
	}
	c, ok := e.report.Cell(s, g.m)
	if !ok {
		if sum := e.partsSum(s, g); sum.ok {
			return sum
		}
		v.missing = g.w
		return v
	}
	v.cell, v.num, v.ok = c, c.Number, true
	return v
}

// remainder is a measure that is worked out: the first input less all others.
func (e *Engine) remainder(v *value, s *data.Subject) {
	if len(v.what.minus) != len(v.what.w.Minus) {
		return
	}
	for i, m := range v.what.minus {
		c, ok := e.report.Cell(s, m)
		if !ok {
			v.missing = e.words(m)
			return
		}
		if i == 0 {
			v.num, v.in = c.Number, append(make([]*data.Cell, 0, len(v.what.minus)), c)
			continue
		}
		v.num, v.in = v.num.Minus(c.Number), append(v.in, c)
	}
	v.op, v.ok = "difference", true
}

// summed adds up the rows of a set that print the measure. A ratio is taken of
// two sums, over the rows that print both.
func (e *Engine) summed(p party, g *gauge) value {
	rows := p.group.set
	if g.of == nil {
		sum := summing{p: p, g: g, nums: make([]data.Number, 0, len(rows)), in: make([]*data.Cell, 0, len(rows))}
		for _, s := range rows {
			if one := e.printed(s, g); one.ok {
				sum.add(&one)
			}
		}
		return sum.value()
	}
	top, bottom := summing{p: p, g: g.top}, summing{p: p, g: g.bottom}
	for _, s := range rows {
		if one := e.single(s, g); one.ok {
			top.add(&one.parts[0])
			bottom.add(&one.parts[1])
		}
	}
	a, b := top.value(), bottom.value()
	if !a.ok {
		a.what = g
		return a
	}
	ratio := a.num.Over(b.num)
	if math.IsNaN(ratio.Value) {
		return value{who: p, what: g, missing: g.ofw}
	}
	return value{who: p, what: g, num: ratio, op: "ratio", in: slices.Concat(a.in, b.in), parts: []value{a, b},
		have: a.have, rows: a.rows, ok: true}
}

// summing adds up one measure of a set.
type summing struct {
	p    party
	g    *gauge
	nums []data.Number
	in   []*data.Cell
}

func (s *summing) add(v *value) { s.nums, s.in = append(s.nums, v.num), v.appendTo(s.in) }

func (s *summing) value() value {
	v := value{who: s.p, what: s.g, op: "sum", have: len(s.nums), rows: len(s.p.group.set)}
	if v.have == 0 {
		v.missing = s.g.w
		return v
	}
	v.num, v.in, v.ok = data.Sum(s.nums), s.in, true
	return v
}
