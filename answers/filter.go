package answers

import (
	"slices"

	"reportbot/data"
)

// filter lists the rows that meet a condition: those which do for certain,
// and apart those which may, as their qualifier leaves it open. Count says
// how many.
func (m *maker) filter() {
	if len(m.q.Measures) == 0 {
		m.coverage()
		return
	}
	if m.q.Of != nil && !m.shareable() {
		return
	}
	if m.q.both() {
		m.filterBoth()
		return
	}
	g := m.gauge(m.q.Measures[0], m.q.Of)
	rows := m.ranked()
	values, lost := m.valuesOf(rows, g)
	if m.q.Blank {
		m.listBlank(g, lost, len(rows))
		return
	}
	if m.q.Sign != "" {
		m.listSigned(g, values, len(rows))
		return
	}
	looked := len(values)
	certain, possible := m.meeting(values)
	m.room(len(certain) + len(possible) + 1)
	if m.q.Kind == Count || len(certain)+len(possible) == 0 {
		m.countFigure(g, looked, len(certain), len(possible))
	}
	m.useAs(certain, "certain")
	m.useAs(possible, "possible")
	m.sayFilter(g, certain, possible, len(rows))
	if m.q.Cond != nil {
		m.have, m.rows, m.covers = looked, len(rows), g.noun()
	}
	m.notListed(g, func(n data.Number) bool {
		return m.q.Cond == nil || n.Holds(m.q.Cond.Op, m.q.Cond.A, m.q.Cond.B) != data.No
	})
	m.headline("count", g, data.Number{Value: float64(len(certain)), Low: float64(len(certain)), High: float64(len(certain) + len(possible))})
}

// meeting are the values that meet the condition whatever the qualifiers
// allow, and those that may. The values are moved up, not copied.
func (m *maker) meeting(values []value) (certain, possible []value) {
	c := m.q.Cond
	if c == nil {
		return values, nil
	}
	certain = values[:0]
	for i := range values {
		v := &values[i]
		switch v.num.Holds(c.Op, c.A, c.B) {
		case data.Certain:
			certain = append(certain, *v)
		case data.Possible:
			possible = append(possible, *v)
			m.within = m.within || v.num.Rough
		}
	}
	return certain, possible
}

func (m *maker) useAs(values []value, certainty string) {
	for i := range values {
		m.use(values[i]).Certainty = certainty
		m.inputs(values[i])
	}
}

// countFigure is how many rows meet the condition, with the bounds that the
// possible ones leave.
func (m *maker) countFigure(g *gauge, looked, certain, possible int) {
	n := data.Number{Value: float64(certain), Low: float64(certain), High: float64(certain + possible)}
	if possible > 0 {
		n.Qualifier = data.Between
	}
	p := m.scopeParty()
	f := Figure{Subject: p.name(), Measure: g.numeral, Qualifier: n.Qualifier.String(), Unit: "countries",
		Footnotes: []int{}, Derived: true, Op: "count", Inputs: looked}
	bounds(&f, n)
	m.a.Figures = append(m.a.Figures, f)
	m.derived = true
	m.caveat(computed, "Counted from the table's rows.")
}

// scopeParty is the set that the query is about: the rows named, or the scopes.
func (m *maker) scopeParty() party {
	if len(m.q.Subjects) > 0 {
		rows := m.ranked()
		return namedRows(rows)
	}
	return m.e.setParty(m.q.Within, m.q.Exclude)
}

func names(rows []*data.Subject) []string {
	out := make([]string, len(rows))
	for i, s := range rows {
		out[i] = s.Name
	}
	return out
}

// sayFilter words a filter: how many, then the list, then the possible ones.
func (m *maker) sayFilter(g *gauge, certain, possible []value, rows int) {
	what := m.conditionWords(g)
	n := len(certain)
	switch {
	case m.q.Cond == nil:
		m.a.Headline = commas(int64(n)) + " of " + count(rows, "country has", "countries have") + " a figure for " + g.noun() + m.inScope() + "."
	case n == 0 && len(possible) == 0:
		m.a.Headline = "None: no figure in the report meets " + what + m.inScope() + " (0 countries)."
	case n == 0:
		m.a.Headline = "None for certain: " + what + m.inScope() + " (0 countries); " + count(len(possible), "country", "countries") + " may meet it."
	case len(possible) == 0:
		m.a.Headline = upperFirst(what) + m.inScope() + ": " + count(n, "country", "countries") + "."
	default:
		m.a.Headline = upperFirst(what) + m.inScope() + ": " + count(n, "country", "countries") + " for certain, and " +
			commas(int64(len(possible))) + " that may meet it."
	}
	m.listValues(certain)
	if len(possible) > 0 {
		m.line("May also meet it, as the sign at the figure leaves it open:")
		m.listValues(possible)
	}
}

// conditionWords is the condition with its measure: "more than 500 returnees".
func (m *maker) conditionWords(g *gauge) string {
	if m.q.Cond == nil {
		return g.noun()
	}
	if g.of != nil {
		return condition(m.q.Cond, askedPercent) + ", " + g.noun()
	}
	return condition(m.q.Cond, numeral) + " " + g.noun()
}

// inScope names the set where it is not every country.
func (m *maker) inScope() string {
	if len(m.q.Within) == 0 && len(m.q.Exclude) == 0 {
		return ""
	}
	return ", " + lowerFirst(m.e.setSay(m.q.Within, m.q.Exclude), "All ", "The ")
}

// listValues lists rows with their figures: a few in a sentence, more in a
// table. The first table becomes the answer's own; further rows join it.
func (m *maker) listValues(values []value) {
	if len(values) == 0 {
		return
	}
	if len(values) <= maxLines {
		said := make([]string, len(values))
		for i, v := range values {
			said[i] = v.who.say() + " " + v.say() + dateInBrackets(v)
		}
		m.line(listed(said) + ".")
		return
	}
	t := valueTable(values)
	m.rowsOf(t)
	if m.a.Table == nil {
		m.a.Table = &Table{Columns: t.Columns, Rows: slices.Clone(t.Rows)} // further rows join it, not what is shown here
		return
	}
	for _, row := range t.Rows {
		if len(row) == len(m.a.Table.Columns) {
			m.a.Table.Rows = append(m.a.Table.Rows, row)
		}
	}
}

// listBlank names the rows that print no figure of the measure.
func (m *maker) listBlank(g *gauge, lost []value, rows int) {
	n := len(lost)
	p := m.scopeParty()
	f := Figure{Subject: p.name(), Measure: g.numeral, Qualifier: data.Exact.String(), Unit: "countries",
		Footnotes: []int{}, Derived: true, Op: "count", Inputs: rows}
	bounds(&f, data.NewNumber(data.Exact, float64(n)))
	m.a.Figures = append(m.a.Figures, f)
	m.derived = true
	m.caveat(computed, "Counted from the table's rows.")
	m.a.Headline = commas(int64(n)) + " of " + count(rows, "country has", "countries have") + " no figure for " + g.noun() + m.inScope() + "."
	if n == 0 {
		return
	}
	t := &Table{Columns: []string{"No figure for " + g.noun()}}
	said := make([]string, n)
	for i, v := range lost {
		said[i] = v.who.say()
		t.Rows = append(t.Rows, []string{v.who.say()})
	}
	if n > maxLines {
		m.a.Table = t
	}
	m.line(listed(said) + ". A blank cell does not mean zero.")
}

// filter reads "which countries have more than…", "how many countries report…".
func (d *draft) filter(s *slots) (Query, bool) {
	if len(s.measures) == 0 && s.cond == nil {
		return Query{}, false
	}
	within, rows := d.set(s)
	if s.condRow != nil {
		rows = nil
	}
	many := d.countsCountries() || d.has(opRows) && d.has(opHowMany) && d.within(d.ops[opRows]-1, opHowMany)
	bounded := s.cond != nil || d.has(opBlank) && (d.hasAny(opFigure, opHas, opTable, opRows) || d.figuresWithin(opBlank)) || d.has(opNone) || d.twoMeasures(s) && (d.has(opThan) || d.exceeds())
	asksCountries := d.has(opCountry) || many || d.whichOfSet() && d.hasAny(opHas, opFigure, opBlank) || d.has(opRows) && d.hasAny(opWhich, opHowMany, opList) && (bounded || d.has(opHas)) || d.listsCountries() || bounded && (d.hasAny(opWhich, opWho, opList) || d.asksWhere()) || d.terseBound(s) || s.condRow != nil || len(within) > 0 && (s.cond != nil || d.each())
	if !asksCountries || len(rows) > 0 {
		return Query{}, false
	}
	q := Query{Kind: Filter, Measures: d.filterMeasures(s), Within: within, Cond: s.cond}
	if many {
		q.Kind = Count
	}
	if one := d.asOne(s); one != nil {
		q.Measures = []*data.Measure{one}
	}
	switch {
	case s.condRow2 != nil:
		a, one := d.e.report.Cell(s.condRow, q.Measures[0])
		b, two := d.e.report.Cell(s.condRow2, q.Measures[0])
		if !one || !two {
			return Query{}, false
		}
		low, high := min(a.Number.Value, b.Number.Value), max(a.Number.Value, b.Number.Value)
		q.Cond = &Condition{Op: data.BETWEEN, A: low, B: high}
		s.exclude = append(s.exclude, s.condRow, s.condRow2)
	case s.condRow != nil:
		if c, ok := d.e.report.Cell(s.condRow, q.Measures[0]); ok {
			q.Cond = &Condition{Op: s.cond.Op, A: c.Number.Value}
			s.exclude = append(s.exclude, s.condRow)
		} else {
			return Query{}, false
		}
	case s.cond != nil && s.second != nil && len(s.measures) == 2 && !d.percentAmong():
		q.Measures, q.Also = s.measures, s.second
	case s.cond != nil:
		if len(s.measures) > 1 && !s.joined {
			return d.measuresCompared(q, s)
		}
	case d.twoMeasures(s):
		return d.measuresCompared(q, s)
	case d.hasAny(opBlank) || d.has(opNone) && d.noneGoverns() || d.lacking:
		q.Blank = true
		d.lacksToo = d.lacksToo || d.lacksSecond(s)
	case d.hasAny(opTop, opBottom, opOrder) && !d.has(opHas), d.has(opTotal) && !d.has(opHas):
		return Query{}, false
	case d.each() && (len(within) > 0 || d.has(opCountry)), d.listsCountries():
		q.Has = true
	case d.hasAny(opHas, opCoverage) || many || d.has(opFigure) && d.has(opWhich):
		q.Has = true
	case d.hasAny(opWhich, opList) && d.has(opCountry) && d.plural():
		q.Has = true
	default:
		return Query{}, false
	}
	if q.Has && d.fractionLeft() {
		return Query{}, false // "which countries had returnees near a half"
	}
	if all := d.tableTotal(s); all != nil && q.Has && !d.anyIs(gBothWord) {
		q.Measures = []*data.Measure{all}
		d.note(Reads, d.e.words(d.oneOf(s)).Noun, d.e.words(all).Noun)
	}
	return q, true
}

// lacksSecond says whether countries are to have one measure and to lack another: "with a
// women figure but no children figure".
func (d *draft) lacksSecond(s *slots) bool {
	if len(s.measures) != 2 && len(d.measures) != 2 {
		return false
	}
	first, last := d.measures[0], d.measures[len(d.measures)-1]
	return first.measure != last.measure && slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && (m.op == opNone || m.op == opBlank) && m.from >= first.to && m.to <= last.from
	})
}

// listsCountries says whether the countries are to be listed, by a phrase that holds the word:
// "list all countries by returnees", "fighters by country".
func (d *draft) listsCountries() bool {
	return d.has(opList) && !d.has(opCountry) && d.countryWord() && len(d.names) == 0 && !d.hasAny(opShare, opDifference, opAverage, opTotal, opTop, opBottom, opOrder, opHowMany)
}

// asksWhere says whether a clause of the question begins with "where": "apart from France,
// where did over 300 come from".
func (d *draft) asksWhere() bool {
	for i := range d.words {
		if d.words[i].text == "where" && (i == 0 || i == len(d.words)-1 || d.setOff(i-1) || d.is(i-1, gSource)) {
			return true
		}
	}
	return d.startsWith("where")
}

// fractionLeft says whether a fraction is named that is read as no number.
func (d *draft) fractionLeft() bool {
	if slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.percent }) {
		return true
	}
	for i := range d.words {
		_, part := d.valueOf(i, fraction)
		if part && i > 0 && i+1 < len(d.words) && d.is(i-1, gArticle) && d.words[i-1].text != "the" && d.words[i+1].text == "of" {
			return true // "a third of the Danes"
		}
		if _, ok := d.valueOf(i, fraction); ok && !d.words[i].ordinal && !slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.holds(span{i, i + 1}) }) && !d.within(i, opTable) {
			return true
		}
	}
	return false
}

// terseBound says whether nothing but a measure with a threshold is typed: "fighters >3000".
func (d *draft) terseBound(s *slots) bool {
	return s.cond != nil && len(s.measures) == 1 && len(d.words) <= 5 && len(d.names) == 0 && !d.is(0, gYesNo) && !d.hasAny(opHowMany, opTotal, opTrue, opEverywhere, opSays)
}

// percentAmong says whether a number of the question is a percentage.
func (d *draft) percentAmong() bool {
	return slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.percent })
}

// countsCountries says whether the number of countries is asked for: "how many
// countries", "number of states".
func (d *draft) countsCountries() bool {
	for _, h := range d.marks {
		if h.kind != operator || h.op != opHowMany {
			continue
		}
		for _, c := range d.marks {
			if c.kind == operator && c.op == opCountry && (c.from-h.to >= 0 && c.from-h.to <= 3 && !d.measureIn(span{h.to, c.from}) || c.holds(h.span)) {
				return true
			}
		}
		if d.ofAllCountries(h) || d.is(h.to%len(d.words), gAuxiliary) && d.isOp(h.to, opBlank) {
			return true // "how many have nothing for women"
		}
	}
	return false
}

// ofAllCountries says whether "how many" is asked of as many as there are countries in the report:
// "how many of the 48", "of the 48 countries, how many".
func (d *draft) ofAllCountries(h mark) bool {
	return slices.ContainsFunc(d.numbers, func(n numberMark) bool {
		behind := n.from-h.to >= 1 && n.from-h.to <= 3 && d.is(h.to, gBelonging)
		before := n.to <= h.from && h.from-n.to <= 2 && n.from <= 3 && d.is(0, gBelonging)
		return (behind || before) && !n.percent && !n.year && int(n.value) == len(d.e.countries(nil, nil))
	})
}

// whichOfSet says whether it is asked which ones of a set of countries: "which Nordic one", "which of
// the Gulf states".
func (d *draft) whichOfSet() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opWhich && slices.ContainsFunc(d.names, func(n nameMark) bool {
			return n.group != nil && n.span.from >= m.to && n.span.from-m.to <= 3 && !d.isOp(m.to, opFigure)
		})
	})
}

// each says whether the figures are wanted country by country.
func (d *draft) each() bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opCountry {
			continue
		}
		for k := max(0, m.from-3); k < m.from; k++ {
			if d.is(k, gEach) && d.namesIn(span{k, m.from}) {
				return true // "per Balkan country"
			}
		}
	}
	return d.phraseLen(opList) > 1 && d.has(opList) && !d.tellMe()
}

// tellMe says whether the longest phrase of listing is only "show me", "tell me".
func (d *draft) tellMe() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opList && m.len() > 1 && d.words[m.to-1].text != "me" && d.words[m.to-1].text != "all" {
			return false
		}
	}
	return true
}

// noneGoverns says whether "no" stands before the measure: "no returnees".
func (d *draft) noneGoverns() bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opNone {
			continue
		}
		for _, k := range d.measures {
			if k.from >= m.to && k.from-m.to <= 4 || m.from >= k.to && m.from-k.to <= 4 {
				return true
			}
		}
	}
	return false
}

// plural says whether countries, not one country, are asked for.
func (d *draft) plural() bool {
	for i := range d.words {
		if d.within(i, opCountry) && len(d.words[i].text) > 3 && d.words[i].text[len(d.words[i].text)-1] == 's' {
			return true
		}
	}
	return false
}

// twoMeasures says whether two measures are set against each other row by row:
// "countries where more returned than remain".
func (d *draft) twoMeasures(s *slots) bool {
	if len(s.measures) != 2 {
		return false
	}
	return d.hasAny(opMore, opFewer, opMoreThan, opFewerThan) && d.hasAny(opThan, opMoreThan, opFewerThan) || d.exceeds()
}

// exceeds says whether a verb of being more stands between two measures: "those
// back outnumber those who stayed".
func (d *draft) exceeds() bool {
	if len(d.measures) < 2 {
		return false
	}
	for _, m := range d.marks {
		if m.kind == operator && m.op == opMore && m.len() == 1 && m.from >= d.measures[0].to && m.to <= d.measures[len(d.measures)-1].from && d.isOp(m.from, opDifference, opMoreThan) {
			return true
		}
	}
	return false
}

func (d *draft) measuresCompared(q Query, s *slots) (Query, bool) {
	if len(s.measures) != 2 || s.cond != nil {
		return q, s.cond != nil
	}
	o := data.GT
	if d.hasAny(opFewer, opFewerThan) {
		o = data.LT
	}
	q.Measures, q.Of, q.Cond = s.measures[:1], s.measures[1], &Condition{Op: o, A: 1}
	return q, true
}
