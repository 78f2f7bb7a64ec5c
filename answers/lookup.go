package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// lookup gives each measure of each party asked for.
func (m *maker) lookup() {
	parties := m.e.parties(m.q)
	if len(parties) == 0 {
		m.total()
		return
	}
	if len(m.q.Measures) == 0 {
		m.profile()
		return
	}
	if m.q.Of != nil {
		m.share()
		return
	}
	found, lost := m.find(parties, m.gauges())
	if len(found) == 0 {
		m.blank(lost)
		return
	}
	m.mixed = len(parties) > 1
	for _, v := range found {
		m.use(v)
	}
	m.sayFound(found, parties)
	m.together(found)
	m.sayLost(lost)
	m.setNotes(found)
	m.titleOfThese(found)
	m.disagree(found)
}

// gauges are the measures of the query, each over its denominator.
func (m *maker) gauges() []*gauge {
	out := make([]*gauge, len(m.q.Measures))
	for i, x := range m.q.Measures {
		out[i] = m.gauge(x, m.q.Of)
	}
	return out
}

// find looks every value up; a cell that prints several measures together, or
// the parts of one asked for together, stands in where nothing else is printed.
func (m *maker) find(parties []party, gauges []*gauge) (found, lost []value) {
	found = make([]value, 0, len(parties)*len(gauges))
	for _, p := range parties {
		for _, g := range gauges {
			v := m.e.value(p, g)
			if v.ok {
				found = append(found, v)
				continue
			}
			instead := m.standIns(p, g, gauges)
			if len(instead) == 0 {
				lost = append(lost, v)
			}
			for _, s := range instead {
				if !sameValue(found, s) {
					found = append(found, s)
				}
			}
		}
	}
	return found, lost
}

func sameValue(list []value, v value) bool {
	for _, x := range list {
		if x.cell != nil && x.cell == v.cell {
			return true
		}
	}
	return false
}

// standIns answers a measure that is printed otherwise: its parts apart where
// it stands for them together, or the combined cell where all its parts are asked for.
func (m *maker) standIns(p party, g *gauge, asked []*gauge) []value {
	if p.subject == nil || g.of != nil || g.adds {
		return nil
	}
	var out []value
	for _, part := range g.w.Parts {
		if v := m.e.named(p.subject, part); v.ok {
			out = append(out, v)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, w := range m.e.report.Vocabulary.Measures {
		if slices.Contains(w.Parts, g.w.Name) && allAsked(w.Parts, asked) {
			if v := m.e.named(p.subject, w.Name); v.ok {
				return []value{v}
			}
		}
	}
	return nil
}

func allAsked(parts []string, asked []*gauge) bool {
	for _, name := range parts {
		if !slices.ContainsFunc(asked, func(g *gauge) bool { return g.w.Name == name }) {
			return false
		}
	}
	return true
}

// named is the value of a measure by its name.
func (e *Engine) named(s *data.Subject, measure string) value {
	x, ok := e.report.Measure(measure)
	if !ok {
		return value{}
	}
	return e.single(s, e.gauge(x, nil))
}

// sayFound words the values: one party in a sentence, several in a line each.
func (m *maker) sayFound(found []value, parties []party) {
	if len(found) == 1 && m.q.Claim && m.q.Cond != nil {
		m.verdict(found[0])
		return
	}
	if len(parties) == 1 || len(found) == 1 {
		m.a.Headline = found[0].who.say() + ": " + saidList(found) + "."
		return
	}
	if len(found) > maxLines && len(parties) > maxLines || len(found) > 3*maxLines {
		m.a.Headline = m.tableHead(found)
		m.table(valueTable(found))
		return
	}
	for i, group := range byParty(found) {
		line := group[0].who.say() + ": " + saidList(group) + "."
		if i == 0 {
			m.a.Headline = line
		} else {
			m.line(line)
		}
	}
}

// maxLines is how many rows stand in sentences before a table is made of them.
const maxLines = 3

// tableHead heads a table of values.
func (m *maker) tableHead(found []value) string {
	labels := []string{}
	for _, v := range found {
		if l := v.what.label(); !slices.Contains(labels, l) {
			labels = append(labels, l)
		}
	}
	return strings.Join(labels, ", ") + ":"
}

// byParty cuts the values into runs of one party.
func byParty(values []value) [][]value {
	var out [][]value
	first := 0
	for i := range values {
		if i+1 == len(values) || !values[i].sameParty(&values[i+1]) {
			out = append(out, values[first:i+1:i+1])
			first = i + 1
		}
	}
	return out
}

// saidList says values of one party, those of one date together: "1,910 went
// to Syria or Iraq, 302 returned, as of August 2017; ~320 women".
func saidList(values []value) string {
	var b strings.Builder
	for i, v := range values {
		date := v.date()
		if i > 0 {
			if before := values[i-1].date(); before == date {
				b.WriteString(", ")
			} else {
				b.WriteString(asOf(before))
				b.WriteString("; ")
			}
		}
		b.WriteString(v.said())
	}
	b.WriteString(asOf(values[len(values)-1].date()))
	return b.String()
}

func asOf(date data.Month) string {
	if date == "" {
		return ""
	}
	return ", as of " + date.Words()
}

// date is the date that all the value's figures have.
func (v value) date() data.Month {
	if v.cell != nil {
		return v.cell.AsOf
	}
	if len(v.in) == 0 {
		return ""
	}
	return data.Month(commonDate(v.in))
}

// said is a value with what it counts: "302 returned".
func (v value) said() string {
	if v.what.of != nil {
		return v.say() + v.middle() + " (" + v.fraction() + ")"
	}
	return v.say() + " " + v.what.w.Says + v.middle()
}

// rowWord heads the column of names.
func rowWord(values []value) string {
	for _, v := range values {
		if v.who.subject == nil || v.who.subject.Kind != data.Country {
			return "Row"
		}
	}
	return "Country"
}

// setNotes tells of what was added up: over how many rows, and what the
// report's own row for the set gives.
func (m *maker) setNotes(found []value) {
	defer m.someLeftOut(found)
	for _, v := range found {
		if v.who.subject != nil {
			continue
		}
		m.have, m.rows, m.covers = v.have, v.rows, v.what.noun()
		m.mixed = true
		m.ownFigure(v)
	}
}

// someLeftOut tells of several sets together that countries were left out of
// their sums; the counts of one set would pass for those of all.
func (m *maker) someLeftOut(found []value) {
	if len(found) < 2 {
		return
	}
	for _, v := range found {
		if v.who.subject == nil && v.have < v.rows {
			m.have, m.rows = 0, 0
			m.caveat(partialCoverage, "Not every country of these sets has a figure for "+v.what.noun()+"; those without are left out of the sums, so sets may be larger than shown.")
			return
		}
	}
}

// ownFigure shows the figure that the report prints for a region or bloc
// beside the sum of its members.
func (m *maker) ownFigure(v value) {
	if v.who.row() == nil {
		return
	}
	own := m.e.single(v.who.row(), v.what)
	if !own.ok {
		return
	}
	m.beside(own, "other")
	m.caveat(overlaps, "The report's own row for "+theName(v.who.row())+" gives "+own.say()+asOf(own.date())+
		"; it overlaps the countries' rows and was not added to them.")
}

// lookup reads a measure of one or several rows, and claims about it.
func (d *draft) lookup(s *slots) (Query, bool) {
	if len(s.rows) == 0 {
		return Query{}, false
	}
	if s.guessed && d.phraseLen(opAboutSubject) > 1 && s.cond == nil && d.e.base(s.measures[0]) {
		return Query{Kind: Profile, Subjects: s.rows, Within: s.scopes}, true
	}
	if len(s.rows) == 1 && len(s.scopes) == 0 && len(s.measures) == 1 && s.cond == nil && leavesOutMember(s) {
		return Query{Kind: Total, Within: []Scope{{Row: s.rows[0]}}, Measures: s.measures}, true // the row's own figure has all of them
	}
	q := Query{Kind: Lookup, Subjects: s.rows, Measures: s.measures, Within: s.scopes}
	if len(s.measures) == 0 {
		if !d.impliesBase(s) || d.hasAny(opShare, opAverage) && s.cond != nil {
			return Query{}, false
		}
		q.Measures = d.filterMeasures(s)
	}
	q.Cond = s.cond
	if q.Cond == nil {
		q.Cond = d.claim()
	}
	q.Claim = q.Cond != nil
	if q.Claim && len(s.measures) == 0 && q.Cond.Op == data.EQ && len(s.rows) == 1 {
		if printed := d.printing(s.rows[0], []float64{q.Cond.A}); len(printed) > 0 {
			q.Measures = printed[:1] // "is 302 the number for France"
		}
	}
	return q, true
}

// leavesOutMember says whether a country is left out that is a part of the row asked for.
func leavesOutMember(s *slots) bool {
	return slices.ContainsFunc(s.exclude, func(x *data.Subject) bool { return slices.Contains(s.rows[0].Members, x) })
}

// impliesBase says whether a row is asked about in numbers without saying what
// of: "how many from Egypt", "number of Tunisians".
func (d *draft) impliesBase(s *slots) bool {
	return d.has(opHowMany) && !d.countsCountries() && !d.whatNumbers() && !(d.phraseLen(opAboutSubject) > 1) || s.cond != nil || d.has(opTotal) && !d.isOp(d.ops[opTotal], opAboutSubject)
}

// whatNumbers says whether all that is asked is which figures there are: "what numbers has
// the Netherlands".
func (d *draft) whatNumbers() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opHowMany && m.len() == 2 && d.is(m.from, gAsking) && strings.HasSuffix(d.words[m.to-1].text, "s")
	})
}

// claim is a number which the asker believes: "is it true that 460 women…".
func (d *draft) claim() *Condition {
	if !d.yesNo() {
		return nil
	}
	for i := range d.numbers {
		if n := &d.numbers[i]; !n.used && !n.year && !n.ordinal && !n.percent && !d.e.pronounOne(d, n) && (d.words[n.from].isNum || n.from == 0 || !d.is(n.from-1, gShownBefore)) {
			n.used = true
			if n.below > 0 {
				return d.bound(n, data.EQ, false)
			}
			return &Condition{Op: data.EQ, A: n.value}
		}
	}
	return nil
}

// asksYesNo says whether a question begins as one for yes or no, courtesy aside.
func (d *draft) asksYesNo() bool {
	at := 0
	for at < len(d.words)-1 && at < 3 && !d.is(at, gYesNo) && (d.e.lexicon.neutral[d.words[at].text] || d.isOp(at, opGreeting, opYes)) {
		at++
	}
	return d.is(at, gYesNo)
}

// asksWhether says whether it begins so, and with no word that asks for something else: "what is".
func (d *draft) asksWhether() bool {
	for i := range d.words {
		switch {
		case d.is(i, gYesNo):
			return true
		case i > 2, d.is(i, gAsking), d.isOp(i, opWhich, opWho, opHowMany), !d.e.lexicon.neutral[d.words[i].text] && !d.isOp(i, opGreeting, opYes):
			return false
		}
	}
	return false
}

// yesNo says whether a question can be answered by yes or no.
func (d *draft) yesNo() bool {
	if d.has(opTrue) {
		return true
	}
	for i := range d.words {
		if d.is(i, gYesNo) {
			return true
		}
		if !d.isOp(i, opGreeting, opYes) {
			break
		}
	}
	return !d.hasAny(opHowMany, opWhich, opWho)
}
