package answers

import "reportbot/data"

// both says whether the query sets a threshold on each of two measures: "over 1,000
// fighters but fewer than 500 returnees".
func (q *Query) both() bool {
	return (q.Kind == Filter || q.Kind == Count) && q.Cond != nil && q.Also != nil && len(q.Measures) == 2 && q.Of == nil
}

// filterBoth lists the rows that meet two conditions: for certain where each is met
// for certain, possibly where neither is missed.
func (m *maker) filterBoth() {
	first, second := m.gauge(m.q.Measures[0], nil), m.gauge(m.q.Measures[1], nil)
	rows := m.ranked()
	var certain, possible []value
	looked := 0
	for _, s := range rows {
		a, b := m.e.single(s, first), m.e.single(s, second)
		if !a.ok || !b.ok {
			continue
		}
		looked++
		switch m.meets(a, m.q.Cond, m.meets(b, m.q.Also, data.Certain)) {
		case data.Certain:
			certain = append(certain, a, b)
		case data.Possible:
			possible = append(possible, a, b)
		}
	}
	if m.q.Kind == Count || len(certain)+len(possible) == 0 {
		m.countFigure(first, looked, len(certain)/2, len(possible)/2)
	}
	m.usePairs(certain, "certain")
	m.usePairs(possible, "possible")
	m.sayBoth(certain, possible)
	m.have, m.rows, m.covers = looked, len(rows), first.noun()+" and "+second.noun()
	m.notListed(first, func(n data.Number) bool { return n.Holds(m.q.Cond.Op, m.q.Cond.A, m.q.Cond.B) != data.No })
}

// meets says whether a value meets a condition, where another was met as is given.
func (m *maker) meets(v value, c *Condition, other data.Truth) data.Truth {
	held := v.num.Holds(c.Op, c.A, c.B)
	if held == data.Possible {
		m.within = m.within || v.num.Rough
	}
	switch {
	case held == data.No || other == data.No:
		return data.No
	case held == data.Possible || other == data.Possible:
		return data.Possible
	}
	return data.Certain
}

// usePairs adds the two figures of each row; the first one says how sure the row is.
func (m *maker) usePairs(values []value, certainty string) {
	for i := range values {
		if f := m.use(values[i]); i%2 == 0 {
			f.Certainty = certainty
		}
	}
}

// sayBoth words the rows that meet two conditions, a table row each.
func (m *maker) sayBoth(certain, possible []value) {
	what := condition(m.q.Cond, numeral) + " " + m.e.words(m.q.Measures[0]).Noun + " and " +
		condition(m.q.Also, numeral) + " " + m.e.words(m.q.Measures[1]).Noun
	n, may := len(certain)/2, len(possible)/2
	switch {
	case n+may == 0:
		m.a.Headline = "None: no country in the report meets " + what + m.inScope() + " (0 countries)."
	case n == 0:
		m.a.Headline = "None for certain: " + what + m.inScope() + " (0 countries); " + count(may, "country", "countries") + " may meet it."
	case may == 0:
		m.a.Headline = upperFirst(what) + m.inScope() + ": " + count(n, "country", "countries") + "."
	default:
		m.a.Headline = upperFirst(what) + m.inScope() + ": " + count(n, "country", "countries") + " for certain, and " + commas(int64(may)) + " that may meet it."
	}
	if n > 0 {
		m.table(valueTable(certain))
	}
	if may > 0 {
		m.line("May also meet it, as the signs at the figures leave it open:")
		t := valueTable(possible)
		m.rowsOf(t)
		if m.a.Table == nil {
			m.a.Table = t
		}
	}
}
