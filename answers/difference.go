package answers

import (
	"reportbot/data"
	"strings"
)

// difference takes two parties on one measure, or one party on two measures.
func (m *maker) difference() {
	parties := m.e.parties(m.q)
	switch {
	case len(parties) == 2 && len(m.q.Measures) >= 1:
	case len(parties) == 1 && len(m.q.Measures) == 2:
	case len(parties) == 0 && len(m.q.Measures) == 2:
		parties = []party{m.e.setParty(nil, m.q.Exclude)}
	default:
		m.compare()
		return
	}
	if m.q.Of != nil && !m.shareable() {
		return
	}
	gauges := m.gauges()
	if len(parties) == 2 {
		gauges = gauges[:1]
	}
	found, lost := m.find(parties, gauges)
	if len(found) == 0 {
		m.blank(lost)
		return
	}
	if len(found) < 2 {
		m.onlyOne("difference", found[0], lost)
		return
	}
	m.subtract(found[0], found[1])
	m.setNotes(found)
	m.disagree(found)
}

// onlyOne refuses what is worked out of two figures where only one of them is printed.
func (m *maker) onlyOne(what string, v value, lost []value) {
	why := "The report prints only one figure for both."
	if len(lost) > 0 {
		why = m.notPrinted(lost[0])
	}
	m.refused(BlankCell, "There is no "+what+" to give. "+why)
	m.used = v.appendTo(m.used)
	m.beside(v, "nearest")
	for _, part := range v.parts {
		m.add(part, "nearest")
	}
	m.line(v.who.say() + ": " + v.said() + asOf(v.date()) + ".")
	m.suggestNearest()
}

// subtract gives the larger less the smaller, and both.
func (m *maker) subtract(a, b value) {
	larger, smaller := a, b
	sign, sure := a.num.Compare(b.num)
	if sign < 0 {
		larger, smaller = b, a
	}
	d := value{who: bothOf(a.who, b.who), what: a.what, num: larger.num.Minus(smaller.num), op: "difference",
		in: smaller.appendTo(larger.appendTo(nil)), ok: true}
	if a.what.numeral != b.what.numeral {
		between := *d.what
		between.numeral = larger.what.numeral + "-" + smaller.what.numeral
		d.what = &between
	}
	m.mixed = true
	m.room(3)
	f := m.use(d)
	if a.op == "ratio" {
		f.Unit = "ratio"
	}
	for _, v := range []value{a, b} {
		m.add(v, "input")
		m.inputs(v)
	}
	m.sayDifference(d, larger, smaller, sure)
}

// sayDifference words a difference: who has more and by how many, from what.
func (m *maker) sayDifference(d, larger, smaller value, sure bool) {
	unit := larger.unit()
	amount, printed := spoken(d.num, unit)+" more ", ""
	switch {
	case !sure:
		amount, printed = "more ", ", "+unit(d.num.Value)+" by the printed numbers"
		m.within = larger.num.Rough || smaller.num.Rough
	case d.num.Value == 0:
		amount = "no more "
	}
	has := " has "
	if larger.who.group != nil && strings.HasSuffix(larger.who.say(), "s") {
		has = " have "
	}
	said := larger.who.say() + has + amount + larger.what.noun()
	if larger.who.name() == smaller.who.name() {
		said += " than " + smaller.what.noun() + printed + " (" + larger.say() + " against " + smaller.say() + ")" + asOf(larger.date())
	} else {
		said += " than " + inParty(smaller.who) + printed + " (" + larger.say() + inMonth(larger) + " against " + smaller.say() + inMonth(smaller) + ")"
	}
	m.a.Headline = said + "."
	if middle := quoted(d.num, unit); sure && middle != "" {
		m.line("The difference is" + strings.Trim(strings.ReplaceAll(middle, " (", " "), ")") + ".")
	}
	if !sure {
		m.line("The signs at the figures leave open which is larger, and by how much.")
	}
}

// inMonth is a value's date behind its number: " in August 2017".
func inMonth(v value) string {
	if d := v.date(); d != "" {
		return " in " + d.Words()
	}
	return ""
}

// difference reads "how many more…", "the gap between…".
func (d *draft) difference(s *slots) (Query, bool) {
	if !d.has(opDifference) && !d.lessBetween() || len(s.measures) == 0 && len(s.rows) < 2 {
		return Query{}, false
	}
	if len(s.exclude) > 0 {
		if len(s.scopes) > 0 || len(s.rows) == 0 {
			return Query{}, false
		}
		s.rows, s.exclude = d.rowsOut(), nil
	}
	if one := d.asOne(s); one != nil && d.has(opTotal) {
		s.measures = []*data.Measure{one}
	}
	q := Query{Kind: Difference, Measures: s.measures, Subjects: s.rows, Within: s.scopes}
	switch {
	case len(s.rows)+len(s.scopes) >= 2 && len(s.measures) <= 1:
		if len(q.Measures) == 0 {
			q.Measures = d.filterMeasures(s)
		}
		return q, true
	case len(s.rows)+len(s.scopes) >= 1 && len(s.measures) >= 2:
		return q, true
	case len(s.measures) >= 2 && !d.hasAny(opTop, opBottom):
		return q, true
	}
	return Query{}, false
}

// lessBetween says whether "less" stands for minus: "the listed less the sent back".
func (d *draft) lessBetween() bool {
	for i := 1; i+1 < len(d.words); i++ {
		left, right := span{0, i}, span{i + 1, len(d.words)}
		if d.words[i].text == "less" && d.words[i+1].text != "than" && (d.measuresIn(left) && d.measuresIn(right) || d.namesIn(left) && d.namesIn(right)) {
			return true
		}
	}
	return false
}

// rowsOut are all rows named, those read as left out too: "France minus Germany".
func (d *draft) rowsOut() []*data.Subject {
	var rows []*data.Subject
	for i := range d.names {
		d.names[i].out = false
	}
	rows = append(rows, d.rows()...)
	return rows
}
