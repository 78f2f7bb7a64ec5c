package answers

import "reportbot/data"

// compare sets the parties against each other, measure by measure.
func (m *maker) compare() {
	parties := m.e.parties(m.q)
	if len(parties) == 0 {
		m.refused(NotUnderstood, "Which rows are to be compared? Name two or more, such as countries.")
		return
	}
	if m.q.Of != nil && !m.shareable() {
		return
	}
	gauges := m.gauges()
	if m.q.multiplied() && len(parties)*len(gauges) == 2 {
		m.multiple(parties, gauges)
		return
	}
	if len(gauges) == 0 {
		gauges = m.commonGauges(parties)
	}
	found, lost := m.find(parties, gauges)
	if len(found) == 0 {
		m.blank(lost)
		return
	}
	m.mixed = true
	for _, v := range found {
		m.use(v)
		if v.op == "ratio" {
			m.inputs(v)
		}
	}
	if len(gauges) == 1 {
		m.sayCompared(found)
	} else {
		m.sayCompareTable(found, parties, gauges)
	}
	m.sayLost(lost)
	if len(found) == 1 && len(parties)+len(gauges) > 2 {
		m.line("With one figure there is nothing to compare it with.")
	}
	m.setNotes(found)
	m.titleOfThese(found)
	m.disagree(found)
}

// commonGauges are the measures that every party has, or else those that any has.
func (m *maker) commonGauges(parties []party) []*gauge {
	var all, some []*gauge
	for _, x := range m.e.report.Measures {
		g := m.e.gauge(x, nil)
		if len(g.w.Minus) > 0 {
			continue
		}
		n := 0
		for _, p := range parties {
			if m.e.value(p, g).ok {
				n++
			}
		}
		if n == len(parties) {
			all = append(all, g)
		}
		if n > 0 {
			some = append(some, g)
		}
	}
	if len(all) > 0 {
		return all
	}
	return some
}

// sayCompared words one measure: the figures, then who has more.
func (m *maker) sayCompared(found []value) {
	label := found[0].what.label()
	if len(found) > maxLines {
		m.a.Headline = m.more(found)
		m.table(valueTable(found))
		return
	} else {
		names := make([]string, len(found))
		for i, v := range found {
			names[i] = v.who.say() + " " + v.say() + dateInBrackets(v)
		}
		m.a.Headline = label + ": " + listed(names) + "."
	}
	if len(found) > 1 {
		m.line(m.more(found))
	}
}

func dateInBrackets(v value) string {
	if d := v.date(); d != "" {
		return " (" + d.Words() + ")"
	}
	return ""
}

// more says which value is the largest, and whether the qualifiers leave it open.
func (m *maker) more(found []value) string {
	best := 0
	for i, v := range found {
		if sign, _ := v.num.Compare(found[best].num); sign > 0 && !m.q.Asc || sign < 0 && m.q.Asc {
			best = i
		}
	}
	top, level, sure := found[best], []string{}, true
	for i, v := range found {
		if i == best {
			continue
		}
		sign, certain := top.num.Compare(v.num)
		sure = sure && certain
		m.within = m.within || !certain && (top.num.Rough || v.num.Rough)
		if sign == 0 {
			level = append(level, inParty(v.who))
		}
	}
	return superlative(top, level, len(found), sure, m.q.Asc)
}

// superlativeWord is what the largest of n values has, or the smallest.
func superlativeWord(top value, n int, asc bool) string {
	switch {
	case asc && top.op == "ratio":
		return "the lowest share, " + top.what.noun()
	case asc:
		return "the fewest " + top.what.noun()
	case top.op == "ratio" && n > 2:
		return "the highest share, " + top.what.noun()
	case top.op == "ratio":
		return "the higher share"
	case n > 2:
		return "the most " + top.what.noun()
	}
	return "more"
}

// superlative words the verdict of a comparison.
func superlative(top value, level []string, n int, sure, asc bool) string {
	most := superlativeWord(top, n, asc)
	who := upperFirst(inParty(top.who))
	switch {
	case len(level) > 0 && sure:
		return who + " and " + listed(level) + " are level."
	case len(level) > 0:
		return who + " and " + listed(level) + " are level as printed; which has more cannot be told."
	case sure:
		return who + " has " + most + "."
	}
	return "By the printed numbers " + inParty(top.who) + " has " + most + ", but the qualifiers leave it open: it cannot be told for certain."
}

// sayCompareTable sets several measures in rows, the parties in columns.
func (m *maker) sayCompareTable(found []value, parties []party, gauges []*gauge) {
	t := &Table{Columns: []string{"Measure"}}
	for _, p := range parties {
		t.Columns = append(t.Columns, p.say())
	}
	for _, g := range gauges {
		row := make([]string, len(t.Columns))
		row[0] = g.label()
		for i, p := range parties {
			row[i+1] = "no figure"
			for _, v := range found {
				if v.who.name() == p.name() && v.what.numeral == g.numeral {
					row[i+1] = v.say()
				}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	names := make([]string, len(parties))
	for i, p := range parties {
		names[i] = p.say()
	}
	m.a.Headline = listed(names) + ":"
	if len(parties) == 1 && len(gauges) == 2 && len(found) == 2 {
		m.a.Headline = m.moreOfOne(found[0], found[1])
	}
	m.table(t)
	m.comparedDates(parties, found)
}

// moreOfOne says which of two measures of one party is the larger.
func (m *maker) moreOfOne(a, b value) string {
	sign, sure := a.num.Compare(b.num)
	if sign < 0 {
		a, b = b, a
	}
	said := upperFirst(inParty(a.who)) + " has more " + a.what.noun() + " than " + b.what.noun() + " (" + a.say() + " against " + b.say() + ")"
	switch {
	case sign == 0:
		said = upperFirst(inParty(a.who)) + " has as many " + a.what.noun() + " as " + b.what.noun() + " (" + a.say() + " and " + b.say() + ")"
	case !sure:
		m.within = m.within || a.num.Rough || b.num.Rough
		said = "By the printed numbers " + lowerFirst(said, "The ") + ", but the qualifiers leave it open"
	}
	return said + "."
}

// comparedDates says of when each party's figures are.
func (m *maker) comparedDates(parties []party, found []value) {
	var said []string
	for _, p := range parties {
		var date data.Month
		for _, v := range found {
			if v.who.name() == p.name() && date == "" {
				date = v.date()
			}
		}
		if date != "" {
			said = append(said, p.say()+" "+date.Words())
		}
	}
	if len(said) > 0 {
		m.line("Dates: " + listed(said) + ".")
	}
}

// compare reads "compare A and B", "more from A or from B", "A vs B".
func (d *draft) compare(s *slots) (Query, bool) {
	cue := d.hasAny(opCompare, opMore, opFewer, opMoreThan, opFewerThan)
	q := Query{Kind: Compare, Subjects: s.rows, Measures: s.measures, Within: s.scopes}
	if one := d.asOne(s); one != nil && d.has(opTotal) {
		q.Measures = []*data.Measure{one}
	}
	switch {
	case len(s.rows)+len(s.scopes) >= 2 && cue && s.cond == nil:
		return q, true
	case len(s.rows) == 1 && len(s.measures) == 2 && cue && s.cond == nil:
		return q, true
	case len(s.rows)+len(s.scopes)+len(s.uncovered) == 0 && s.ambiguous == nil && len(s.measures) == 2 && d.has(opCompare) && d.short() && s.cond == nil && len(d.prose)+len(d.unknown) == 0:
		q.Kind = Total // "women vs children"
		return q, true
	}
	return Query{}, false
}
