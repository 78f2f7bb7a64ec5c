package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// total adds up a measure over rows named, over sets, or over all countries.
func (m *maker) total() {
	p, ok := m.addable()
	if !ok {
		return
	}
	if p.subject != nil {
		if !m.partsTotal(p) {
			m.lookup()
		}
		return
	}
	if len(m.q.Measures) == 0 {
		m.totals(p)
		return
	}
	if m.q.Of != nil && !m.shareable() {
		return
	}
	var found, lost []value
	for _, g := range m.gauges() {
		if v := m.e.value(p, g); v.ok {
			found = append(found, v)
		} else {
			lost = append(lost, v)
		}
	}
	if len(found) == 0 {
		m.blankSet(m.gauges()[0])
		return
	}
	for i, v := range found {
		m.use(v)
		m.inputs(v)
		said := v.who.say() + ": " + v.said() + m.coverageOf(v) + "."
		switch {
		case i == 0 && m.q.Claim && m.q.Cond != nil && len(found) == 1:
			m.verdict(v)
		case i == 0:
			m.a.Headline = said
		default:
			m.line(said)
		}
		m.leftOut(v)
		m.headline("total", v.what, v.num)
	}
	m.sayLost(lost)
	m.setNotes(found)
	m.madeOf(found)
	if len(found) > 1 {
		m.title = m.measuresOf(found)
	}
}

// totals gives the sum of every measure, for a total that names none.
func (m *maker) totals(p party) {
	found := m.profileOf(p)
	if len(found) == 0 {
		m.refused(BlankCell, "The report prints no figure for "+inParty(p)+".")
		return
	}
	m.mixed = true
	for _, v := range found {
		m.use(v)
	}
	m.sayProfile(found)
}

// addable is the party to be added up; it refuses rows that overlap.
func (m *maker) addable() (party, bool) {
	if len(m.q.Subjects) == 0 {
		return m.e.setParty(m.q.Within, m.q.Exclude), true
	}
	rows := m.ranked()
	if len(rows) == 1 {
		return partyOf(rows[0]), true
	}
	for i, a := range rows {
		for _, b := range rows[:i] {
			if overlap(a, b) {
				m.refuseOverlap(b, a)
				return party{}, false
			}
		}
	}
	return namedRows(rows), true
}

// refuseOverlap says why two rows are not added, and shows both figures.
func (m *maker) refuseOverlap(a, b *data.Subject) {
	m.refused(NotComparable, upperFirst(theName(a))+" and "+theName(b)+" cannot be added: their rows count some of the same people.")
	m.caveat(overlaps, m.sentence(overlaps, "Their rows overlap; nothing was counted twice."))
	for _, x := range m.q.Measures {
		for _, s := range []*data.Subject{a, b} {
			if v := m.e.single(s, m.e.gauge(x, nil)); v.ok {
				m.beside(v, "nearest")
				m.line(v.who.say() + ": " + v.said() + asOf(v.date()) + ".")
			}
		}
	}
	m.suggestNearest()
}

// coverageOf says over how many rows a sum goes.
func (m *maker) coverageOf(v value) string {
	if v.have == v.rows {
		return ", added up over " + count(v.rows, "country", "countries")
	}
	return ""
}

// leftOut tells of the rows of regions, blocs and peoples that a sum over all
// countries does not take in.
func (m *maker) leftOut(v value) {
	if v.who.name() != allCountries {
		return
	}
	for _, s := range m.e.report.Subjects {
		if s.Kind == data.Country {
			continue
		}
		if m.e.single(s, v.what).ok {
			m.caveat(overlaps, "The rows of regions, blocs and peoples were not added, since they overlap the countries' rows.")
			return
		}
	}
}

// headline tells where the report states another number in its prose than the
// one that was worked out for all countries.
func (m *maker) headline(kind string, g *gauge, n data.Number) {
	if g.of != nil || len(m.q.Subjects)+len(m.q.Within)+len(m.q.Exclude) > 0 || m.q.Cond != nil && !m.q.Claim {
		return
	}
	for _, h := range m.e.report.Vocabulary.Headlines {
		if h.Kind != kind || h.Measure != g.numeral {
			continue
		}
		f, ok := m.e.report.Finding(h.Finding)
		if !ok || h.Figure < 0 || h.Figure >= len(f.Figures) {
			continue
		}
		stated := f.Figures[h.Figure]
		m.quote(f)
		if stated.Number.Value == n.Value {
			m.line("The prose: " + f.Gist)
			continue
		}
		said := "The report's own prose says: "
		if !strings.Contains(strings.ToLower(f.Gist), strings.ToLower(stated.Printed)) {
			said = "The report's own prose gives " + stated.Printed + ": "
		}
		m.caveat(headlineDiffers, said+f.Gist)
	}
}

// average is the mean over the rows that print the measure.
func (m *maker) average() {
	p, ok := m.addable()
	if !ok {
		return
	}
	if len(m.q.Measures) == 0 {
		m.refused(NotUnderstood, "The average of what? Name a measure, such as "+m.measureNouns()+".")
		return
	}
	if p.subject != nil {
		m.lookup()
		return
	}
	if m.q.Of != nil && !m.shareable() {
		return
	}
	var found []value
	for _, g := range m.gauges() {
		if v := m.mean(p, g); v.ok {
			found = append(found, v)
		}
	}
	if len(found) == 0 {
		m.blankSet(m.gauges()[0])
		return
	}
	for i, v := range found {
		m.use(v)
		said := v.who.say() + ": " + m.meanWords(v)
		if i == 0 {
			m.a.Headline = said
		} else {
			m.line(said)
		}
		m.leftOut(v)
	}
	m.mixed = true
	v := found[0]
	m.have, m.rows, m.covers = v.have, v.rows, v.what.noun()
	m.madeOf(found)
}

func (m *maker) meanWords(v value) string {
	if v.what.of != nil {
		return "on average " + spoken(v.num, percent) + quoted(v.num, percent) + ", " + v.what.noun() + coverageTail(v)
	}
	return "on average " + v.say() + " " + v.what.noun() + " per country" + v.middle() + coverageTail(v)
}

func coverageTail(v value) string {
	return ", over the " + count(v.have, "country", "countries") + " that print it."
}

// mean is the average of a set's values.
func (m *maker) mean(p party, g *gauge) value {
	set := p.group.set
	v := value{who: p, what: g, op: "mean", rows: len(set), in: make([]*data.Cell, 0, len(set))}
	nums := make([]data.Number, 0, len(set))
	for _, s := range set {
		if one := m.e.single(s, g); one.ok {
			nums, v.in = append(nums, one.num), one.appendTo(v.in)
		}
	}
	v.have = len(nums)
	v.ok = v.have > 0
	v.num = data.Mean(nums)
	return v
}

// total reads sums: over all countries, a region, or the rows named.
func (d *draft) total(s *slots) (Query, bool) {
	if len(s.measures) == 0 && len(s.scopes) == 0 {
		return Query{}, false
	}
	q := Query{Kind: Total, Measures: s.measures}
	if len(q.Measures) == 0 {
		if !d.hasAny(opHowMany, opTotal, opFigure) {
			return Query{}, false
		}
		q.Measures = d.filterMeasures(s)
	}
	switch {
	case len(s.rows) == 0 && len(s.scopes) > 1 && d.hasAny(opCompare, opMore, opFewer) && !d.has(opTotal):
		q.Kind, q.Within = Compare, s.scopes
		return q, true
	case len(s.rows) == 0 && len(s.scopes) > 0:
		q.Within = s.scopes
		return q, true
	case len(s.rows) == 0 && d.is(0, gYesNo) && !d.hasAny(opHowMany, opFigure, opHas, opTrue, opCoverage) && len(d.numbers) == 0 && len(d.words) > 5:
		return Query{}, false // "are names added to the list everywhere on the same basis"
	case len(s.rows) == 0 && d.is(0, gYesNo) && d.hasAny(opShare, opCoverage) && len(d.numbers) == 0 && !d.hasAny(opHowMany, opTrue):
		return Query{}, false // "are the children part of the total"
	case len(s.rows) == 0 && d.is(0, gYesNo) && d.has(opCountry) && !d.hasAny(opTrue, opTotal, opEverywhere) && len(d.numbers) > 0 && s.cond == nil:
		return Query{}, false // "do any two countries have the same number of fighters"
	case len(s.rows) == 0 && s.cond == nil && (d.hasAny(opTotal, opEverywhere, opHowMany) || len(s.exclude) > 0) && len(s.uncovered) == 0:
		d.claimOn(&q)
		return q, true
	case len(s.rows) == 0 && d.has(opTrue) && len(s.uncovered) == 0:
		d.claimOn(&q)
		return q, q.Claim
	case len(s.rows) > 1 && d.addsUp(s) && !d.hasAny(opCompare, opMore, opFewer) && !(s.cond == nil && d.hasAny(opThan, opMoreThan, opFewerThan)), len(s.rows) == 1 && d.has(opTotal) && d.partsTogether(s):
		q.Subjects, q.Within = s.rows, s.scopes
		return q, true
	case len(s.rows) == 1 && d.memberSum(s):
		q.Within = []Scope{{Row: s.rows[0]}}
		return q, true
	case len(s.rows) > 0 && len(s.scopes) > 0 && d.hasAny(opCompare, opMore, opFewer):
		q.Kind, q.Subjects, q.Within = Compare, s.rows, s.scopes
		return q, true
	}
	return Query{}, false
}

// addsUp says whether the figures of several rows are to be added up. "Totals"
// are one of each row, and a plus between names only lists them where several
// measures are asked for.
func (d *draft) addsUp(s *slots) bool {
	if len(s.measures) == 1 && slices.ContainsFunc(d.measures, d.isTotalOf) {
		return true
	}
	for _, m := range d.marks {
		if m.kind != operator || m.op != opTotal {
			continue
		}
		t := d.words[m.to-1].text
		if m.len() == 1 && t != "plus" && t[len(t)-1] == 's' || (t == "+" || t == "plus") && len(s.measures) > 1 {
			continue
		}
		return true
	}
	return false
}

// isTotalOf says whether a measure stands behind "total" at the end: "France and Spain, total fighters".
func (d *draft) isTotalOf(m mark) bool {
	return m.kind == measurePhrase && m.len() > 1 && m.to == len(d.words) && d.e.lexicon.phraseOf(d.words[m.from].stem, opTotal)
}

// partsTogether says whether measures that may be added up are asked for
// together: "women plus children".
func (d *draft) partsTogether(s *slots) bool {
	if len(s.measures) == 1 {
		return len(d.e.words(s.measures[0]).Parts) > 0
	}
	for _, m := range d.e.report.Measures {
		parts := d.e.words(m).Parts
		if len(parts) > 1 && !slices.ContainsFunc(s.measures, func(o *data.Measure) bool { return !slices.Contains(parts, o.Name) }) {
			return true
		}
	}
	return false
}

// claimOn takes a number that the asker believes into a query.
func (d *draft) claimOn(q *Query) {
	if d.has(opTrue) {
		q.Cond = d.claim()
		q.Claim = q.Cond != nil
	}
}

// memberSum says whether the countries of a row with members are to be added
// up, rather than its own figure given: "EU countries together".
func (d *draft) memberSum(s *slots) bool {
	return len(s.rows[0].Members) > 0 && (d.has(opCountry) && d.plural() || d.has(opTotal) && d.has(opCountry) || len(s.scopes) == 0 && d.membersNamed(s.rows[0]))
}

// membersNamed says whether the members of a row are named behind it: "EU members".
func (d *draft) membersNamed(row *data.Subject) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		behind := n.to < len(d.words) && !d.setOff(n.to-1) && d.words[n.to].text == "members"
		return n.row == row && (behind || d.words[n.to-1].text == "members")
	})
}

// meanPerCountry reads an average over countries before these are taken for a
// list of countries: "on average, how many returnees does a country have".
func (d *draft) meanPerCountry(s *slots) (Query, bool) {
	if !d.hasAny(opHowMany, opDefine) && !d.has(opFigure) || s.cond != nil || d.hasAny(opTop, opBottom, opMore, opFewer, opMoreThan, opFewerThan) {
		return Query{}, false
	}
	return d.average(s)
}

func (d *draft) average(s *slots) (Query, bool) {
	if !d.has(opAverage) || len(s.measures) == 0 {
		return Query{}, false
	}
	if d.phraseLen(opAverage) < 2 && d.averageIsVerb() {
		return Query{}, false
	}
	within, rows := d.set(s)
	if len(rows) == 1 && len(within) == 0 && d.hasAny(opCompare, opThan, opMore, opFewer, opMoreThan, opFewerThan) {
		d.note(Ignored, rows[0].Name, "")
		rows = nil // "how does Belgium compare with the average"
	}
	return Query{Kind: Average, Measures: s.measures, Within: within, Subjects: rows}, true
}

// averageIsVerb says whether "mean" is the verb.
func (d *draft) averageIsVerb() bool {
	for i := range d.words {
		if d.words[i].text != "mean" || i == 0 {
			continue
		}
		if d.is(i-1, gAuxiliary) && i > 1 && d.is(i-2, gAsker) {
			return true // "and I do mean Belgium"
		}
		if d.words[i-1].text == "i" || d.words[i-1].text == "you" || d.words[i-1].text == "does" || d.words[i-1].text == "it" || d.within(i-1, opReport) || d.within(i-1, opSays) {
			return true // "what does the report mean by …"
		}
	}
	return d.has(opDefine) && d.words[len(d.words)-1].text == "mean"
}
