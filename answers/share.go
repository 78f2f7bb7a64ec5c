package answers

import (
	"math"
	"slices"

	"reportbot/data"
)

// share gives a ratio of two measures, or the part that a row has in a total.
func (m *maker) share() {
	if len(m.q.Measures) == 0 {
		m.refused(NotUnderstood, "A share of what? Name a measure, such as "+m.measureNouns()+".")
		return
	}
	if len(m.q.Whole) > 0 {
		m.part()
		return
	}
	if m.q.Of == nil {
		m.q.Of = m.usualWhole()
	}
	if m.q.Of == nil || !m.shareable() {
		m.notShareable()
		return
	}
	parties := m.e.parties(m.q)
	if len(parties) == 0 {
		parties = []party{m.e.setParty(nil, m.q.Exclude)}
	}
	found, lost := m.find(parties, m.gauges())
	if len(found) == 0 {
		m.blank(lost)
		return
	}
	m.useRatios(found, parties)
	m.sayLost(lost)
	m.setNotes(found)
	m.disagree(found)
}

// usualWhole is the denominator that a share of the measure is usually taken of.
func (m *maker) usualWhole() *data.Measure {
	for _, name := range m.e.words(m.q.Measures[0]).ShareOf {
		if x, ok := m.e.report.Measure(name); ok {
			return x
		}
	}
	return nil
}

// useRatios gives each ratio, then what it was taken of.
func (m *maker) useRatios(found []value, parties []party) {
	m.mixed = len(parties) > 1
	for _, v := range found {
		m.use(v)
	}
	for _, v := range found {
		m.inputs(v)
	}
	if m.q.Claim && m.q.Cond != nil && len(found) == 1 {
		m.verdict(found[0])
		return
	}
	if len(found) > maxLines {
		m.a.Headline = m.tableHead(found)
		m.table(valueTable(found))
		return
	}
	for i, v := range found {
		said := v.who.say() + ": " + v.said() + asOf(v.date()) + "."
		if i == 0 {
			m.a.Headline = said
		} else {
			m.line(said)
		}
	}
	if len(found) > 1 && len(parties) > 1 {
		m.line(m.more(found))
	}
}

// inputs gives what a ratio was taken of.
func (m *maker) inputs(v value) {
	for _, part := range v.parts {
		m.add(part, "input")
	}
}

// fraction says what a ratio was taken of: "302 returnees of 1,910 fighters".
func (v value) fraction() string {
	if len(v.parts) != 2 {
		return v.what.noun()
	}
	a, b := v.parts[0], v.parts[1]
	if a.what.w == b.what.w {
		return a.say() + " of " + b.say() + " " + a.what.w.Noun
	}
	return a.say() + " " + a.what.w.Noun + " of " + b.say() + " " + b.what.w.Noun
}

// shareable says whether the ratio asked for makes sense, and refuses it if not.
func (m *maker) shareable() bool {
	if m.q.Of == nil {
		return true
	}
	for _, x := range m.q.Measures {
		w := m.e.words(x)
		for _, r := range w.NoShare {
			if r.With == m.q.Of.Name {
				m.refuseRatio(x, r.Why)
				return false
			}
		}
		if !slices.Contains(w.ShareOf, m.q.Of.Name) {
			m.refuseRatio(x, "the report does not count "+w.Noun+" as a part of "+m.e.words(m.q.Of).Noun+".")
			return false
		}
	}
	return true
}

// refuseRatio says why a ratio is not given, and shows both figures.
func (m *maker) refuseRatio(x *data.Measure, why string) {
	m.refused(NotComparable, upperFirst(m.e.words(x).Noun)+" cannot be given as a share of "+m.e.words(m.q.Of).Noun+": "+why)
	for _, s := range m.q.Subjects {
		var near []value
		for _, y := range []*data.Measure{x, m.q.Of} {
			if v := m.e.single(s, m.e.gauge(y, nil)); v.ok {
				near = append(near, v)
				m.beside(v, "nearest")
			}
		}
		if len(near) > 0 {
			m.line(s.Name + ": " + saidList(near) + ".")
		}
	}
	for _, name := range m.e.words(x).ShareOf {
		if of, ok := m.e.report.Measure(name); ok && of != m.q.Of {
			m.suggest(Query{Kind: Share, Measures: []*data.Measure{x}, Of: of, Subjects: m.q.Subjects, Within: m.q.Within})
		}
	}
	m.suggestNearest()
}

// notShareable refuses a share for which there is no denominator.
func (m *maker) notShareable() {
	if m.a.Status != Answered {
		return
	}
	w := m.e.words(m.q.Measures[0])
	m.refused(NotComparable, "The report prints nothing that "+w.Noun+" could be given as a share of.")
	for _, s := range m.q.Subjects {
		if v := m.e.single(s, m.e.gauge(m.q.Measures[0], nil)); v.ok {
			m.beside(v, "nearest")
			m.line(s.Name + ": " + v.said() + asOf(v.date()) + ".")
		}
	}
	m.suggestNearest()
}

// part gives the share that each row or set has in the total of another set.
func (m *maker) part() {
	m.q.Of = nil
	g := m.e.gauge(m.q.Measures[0], nil)
	whole := m.whole(g)
	parties := m.e.parties(m.q)
	if !whole.ok || len(parties) == 0 {
		m.blankSet(g)
		return
	}
	found, lost := m.find(parties, []*gauge{g})
	if len(found) == 0 {
		m.blank(lost)
		return
	}
	if math.IsNaN(found[0].num.Over(whole.num).Value) {
		m.refused(NotComparable, "The bounds of the figures are too wide to give a share of the "+g.noun()+" of "+inParty(whole.who)+".")
		return
	}
	m.mixed = true
	ratios := make([]value, len(found))
	for i, v := range found {
		ratios[i] = value{who: v.who, what: g, num: v.num.Over(whole.num), op: "ratio", parts: []value{v, whole},
			in: whole.appendTo(v.appendTo(nil)), ok: true}
		m.use(ratios[i]).Inputs = 2
	}
	for _, v := range found {
		m.add(v, "input")
	}
	m.add(whole, "input")
	m.sayParts(ratios, whole)
	m.sayLost(lost)
	m.have, m.rows, m.covers = whole.have, whole.rows, g.noun()
	m.leftOut(whole)
}

// whole is the total that a part is set against: the sum of a set, or the
// row's own figure where the set has just that.
func (m *maker) whole(g *gauge) value {
	scopes := m.q.Whole
	if len(scopes) == 1 && scopes[0].all() {
		scopes = nil
	}
	return m.e.value(m.e.setParty(scopes, m.q.Exclude), g)
}

// sayParts words parts of a total.
func (m *maker) sayParts(ratios []value, whole value) {
	for i, v := range ratios {
		said := v.who.say() + ": " + v.say() + v.middle() + " of the " + v.what.w.Noun + " of " + inParty(whole.who) + " (" + v.parts[0].say() + " of " + whole.say() + ")."
		if i == 0 {
			m.a.Headline = said
		} else {
			m.line(said)
		}
	}
}
