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
