package answers

import (
	"slices"

	"reportbot/data"
)

// partsTotal adds up the parts of a combined measure for one row: "Australian
// women plus Australian children". It is false where the measures asked for
// are no such parts, or where not all of them are printed apart.
func (m *maker) partsTotal(p party) bool {
	whole, ok := m.combination()
	if !ok || m.q.Of != nil {
		return false
	}
	if len(m.q.Measures) == 1 && m.e.value(p, whole).ok {
		return false
	}
	parts := make([]value, 0, len(whole.w.Parts))
	for _, name := range whole.w.Parts {
		v := m.e.named(p.subject, name)
		if !v.ok {
			return false
		}
		parts = append(parts, v)
	}
	sum := sumOf(parts, whole)
	m.use(sum)
	for _, v := range parts {
		m.add(v, "input")
	}
	if m.q.Claim && m.q.Cond != nil {
		m.verdict(sum)
	} else {
		m.a.Headline = sum.who.say() + ": " + sum.say() + " " + whole.noun() + sum.middle() + " (" + saidPlain(parts) + ")" + asOf(sum.date()) + "."
	}
	m.disagree(parts)
	return true
}

// combination is the measure whose parts the question asks for: it is named
// itself, or each of its parts is and nothing else.
func (m *maker) combination() (*gauge, bool) {
	for _, w := range m.e.report.Vocabulary.Measures {
		if len(w.Parts) < 2 || !m.asksFor(w) {
			continue
		}
		if x, ok := m.e.report.Measure(w.Name); ok {
			return m.e.gauge(x, nil), true
		}
		return &gauge{m: m.q.Measures[0], w: w, numeral: joinMeasures(m.q.Measures), heads: w.Label}, true
	}
	return nil, false
}

// asksFor says whether the measures are a combined one, or all its parts.
func (m *maker) asksFor(w *data.MeasureWords) bool {
	if len(m.q.Measures) == 1 {
		return m.q.Measures[0].Name == w.Name
	}
	for _, x := range m.q.Measures {
		if !slices.Contains(w.Parts, x.Name) {
			return false
		}
	}
	for _, name := range w.Parts {
		if !slices.ContainsFunc(m.q.Measures, func(x *data.Measure) bool { return x.Name == name }) {
			return false
		}
	}
	return true
}

// joinMeasures names a sum of measures that has no name of its own.
func joinMeasures(list []*data.Measure) string {
	name := list[0].Name
	for _, x := range list[1:] {
		name += "+" + x.Name
	}
	return name
}

// sumOf adds up figures of one party.
func sumOf(parts []value, whole *gauge) value {
	sum := value{who: parts[0].who, what: whole, op: "sum", ok: true}
	nums := make([]data.Number, len(parts))
	for i, v := range parts {
		nums[i], sum.in = v.num, v.appendTo(sum.in)
	}
	sum.num = data.Sum(nums)
	return sum
}

// gauge is that of a measure in the maker's query.
func (m *maker) gauge(x, of *data.Measure) *gauge { return m.e.gaugeIn(m.q, x, of) }

// gaugeIn is that of a measure in a query: where rows are set against each other, a
// combined measure is added up from its parts, so that rows which print these apart
// can be compared with one that prints them together.
func (e *Engine) gaugeIn(q *Query, x, of *data.Measure) *gauge {
	g := e.gauge(x, of)
	switch q.Kind {
	case Compare, Difference, Rank, Filter, Count, Average, Share, Total:
		if len(g.w.Parts) > 0 {
			return g.adding()
		}
	}
	return g
}

// adding is the gauge that adds up the parts where the cell is blank.
func (g *gauge) adding() *gauge {
	out := *g
	out.adds = true
	if g.top != nil {
		out.top = g.top.adding()
	}
	return &out
}

// partsSum is the sum of the parts of a combined measure for one row; ok only where
// each part is printed and it is known in which column it stands.
func (e *Engine) partsSum(s *data.Subject, g *gauge) value {
	if !g.adds || len(g.w.Parts) == 0 {
		return value{}
	}
	parts := make([]value, 0, len(g.w.Parts))
	for _, name := range g.w.Parts {
		v := e.named(s, name)
		if !v.ok || v.cell != nil && v.cell.Deduction == data.Ambiguous {
			return value{}
		}
		parts = append(parts, v)
	}
	return sumOf(parts, g)
}

// asOne is the combined measure of which all parts are asked for side by side, nil if
// there is none: "the most women and children".
func (d *draft) asOne(s *slots) *data.Measure {
	if len(s.measures) < 2 || !s.joined {
		return nil
	}
	for _, m := range d.e.report.Measures {
		parts := d.e.words(m).Parts
		if len(parts) == len(s.measures) && !slices.ContainsFunc(s.measures, func(o *data.Measure) bool { return !slices.Contains(parts, o.Name) }) {
			return m
		}
	}
	return nil
}

// oneOf is the combined measure of a question, where it is named or all its parts are
// asked for together, else nil.
func (d *draft) oneOf(s *slots) *data.Measure {
	if len(s.measures) == 1 && len(d.e.words(s.measures[0]).Parts) > 0 {
		return s.measures[0]
	}
	return d.asOne(s)
}

// tableTotal is the base measure of a combined measure's table: every row of it has a
// figure of some part, so that "data on women or children" is what is in that table.
func (d *draft) tableTotal(s *slots) *data.Measure {
	one := d.oneOf(s)
	if one == nil {
		return nil
	}
	for _, m := range d.e.report.Measures {
		if d.e.base(m) && m.Table == one.Table {
			return m
		}
	}
	return nil
}

// saidPlain says what each value counts, without dates.
func saidPlain(values []value) string {
	said := values[0].said()
	for _, v := range values[1:] {
		said += ", " + v.said()
	}
	return said
}

// together adds up parts that were asked for as one, where each is printed:
// "Together about 780 women and children."
func (m *maker) together(found []value) {
	if len(m.q.Measures) != 1 || len(m.q.Within) > 0 {
		return
	}
	if len(m.e.words(m.q.Measures[0]).Parts) == 0 {
		return
	}
	g := m.e.gauge(m.q.Measures[0], nil)
	for _, parts := range byParty(found) {
		if len(parts) != len(g.w.Parts) {
			continue
		}
		sum := sumOf(parts, g)
		m.derived = true
		m.add(sum, "")
		m.line(sum.who.say() + ", together: " + sum.say() + " " + g.noun() + sum.middle() + ".")
	}
}
