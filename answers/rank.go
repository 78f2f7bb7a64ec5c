package answers

import (
	"cmp"
	"slices"
	"strings"

	"reportbot/data"
)

// rank orders rows by a measure or a ratio, by the printed number.
func (m *maker) rank() {
	if len(m.q.Measures) == 0 {
		m.refused(NotUnderstood, "Ranked by what? Name a measure, such as "+m.measureNouns()+".")
		return
	}
	if m.q.Of != nil && !m.shareable() {
		return
	}
	if m.q.placed() {
		m.place()
		return
	}
	g := m.gauge(m.q.Measures[0], m.q.Of)
	rows := m.ranked()
	values, lost := m.valuesOf(rows, g)
	if len(values) == 0 {
		m.blankSet(g)
		return
	}
	if m.q.Position > len(values) {
		m.refused(BlankCell, "There is no such place in the order: only "+count(len(values), "row prints", "rows print")+" a figure for "+g.noun()+".")
		return
	}
	m.sort(values)
	cut, first := m.cut(values)
	m.mixed = true
	m.useAll(cut)
	m.sayRank(cut, g, first)
	if first == 0 && len(cut) > 1 {
		m.title = m.titleOfRank(values, cut[0].num.Value)
	}
	m.openOrder(values, cut, first)
	last := cut[len(cut)-1].num.Value
	m.notListed(g, func(n data.Number) bool { return m.q.Asc && n.Value <= last || !m.q.Asc && n.Value >= last })
	if len(m.q.Subjects) > 0 {
		m.sayLost(lost)
		return
	}
	m.have, m.rows, m.covers = len(values), len(rows), g.noun()
}

// ranked are the rows to be ordered or added up: those named and the countries
// of the scopes, each once; where neither is named, every country.
func (m *maker) ranked() []*data.Subject {
	if len(m.q.Subjects) == 0 {
		return m.e.countries(m.q.Within, m.q.Exclude)
	}
	var out []*data.Subject
	add := func(s *data.Subject) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, s := range m.q.Subjects {
		if !excluded(m.q.Exclude, s) {
			add(s)
		}
	}
	if len(m.q.Within) > 0 {
		for _, s := range m.e.countries(m.q.Within, m.q.Exclude) {
			add(s)
		}
	}
	return out
}

// valuesOf are the values that the rows print, and the rows that print none
// where these are to be named.
func (m *maker) valuesOf(rows []*data.Subject, g *gauge) (values, lost []value) {
	values = make([]value, 0, len(rows))
	named := m.q.Blank || len(m.q.Subjects) > 0
	for _, s := range rows {
		if v := m.e.single(s, g); v.ok {
			values = append(values, v)
		} else if named {
			lost = append(lost, v)
		}
	}
	return values, lost
}

// sort puts the values in the order asked for, rows of one number in the
// report's order. Places are sorted, and then each value is moved once: values
// are large.
func (m *maker) sort(values []value) {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		by := cmp.Compare(values[b].num.Value, values[a].num.Value)
		if m.q.Asc {
			by = -by
		}
		return cmp.Or(by, cmp.Compare(a, b))
	})
	for start := range order {
		if order[start] == start {
			continue
		}
		first, at := values[start], start
		for order[at] != start {
			next := order[at]
			values[at], order[at] = values[next], at
			at = next
		}
		values[at], order[at] = first, at
	}
}

// cut takes the part of the order that was asked for, with ties at its end;
// first is the place of its first value, from 0.
func (m *maker) cut(values []value) (cut []value, first int) {
	if p := m.q.Position; p > 0 {
		first, last := p-1, p
		for first > 0 && values[first-1].num.Value == values[p-1].num.Value {
			first--
		}
		for last < len(values) && values[last].num.Value == values[p-1].num.Value {
			last++
		}
		return values[first:last], first
	}
	n := m.q.Limit
	if n <= 0 {
		n = len(values)
		if len(m.q.Subjects) == 0 {
			n = min(n, defaultLimit)
		}
	}
	n = min(n, len(values))
	for n < len(values) && values[n].num.Value == values[n-1].num.Value {
		n++
	}
	return values[:n], 0
}

// defaultLimit is how long a ranking is when the question does not say.
const defaultLimit = 10

// sayRank words a ranking: one row in a sentence, more in numbered lines.
func (m *maker) sayRank(cut []value, g *gauge, first int) {
	head := m.rankHead(g)
	if len(cut) == 1 {
		m.a.Headline = head + ": " + cut[0].who.say() + ", " + cut[0].say() + cut[0].middle() + m.fractionOf(cut[0]) + asOf(cut[0].date()) + "."
		return
	}
	m.a.Headline = head + ":"
	t := rankTable(cut, first)
	if len(cut) <= maxLines {
		m.rowsOf(t)
		return
	}
	m.table(t)
}

// fractionOf adds what a ratio was taken of.
func (m *maker) fractionOf(v value) string {
	if v.op != "ratio" {
		return ""
	}
	m.inputs(v)
	return " (" + v.fraction() + ")"
}

// rankHead heads a ranking: "Most returnees", "Second fewest women", "By returnees".
func (m *maker) rankHead(g *gauge) string {
	most := "Most "
	if m.q.Of != nil {
		most = "Highest share, "
	}
	if m.q.Asc {
		most = "Fewest "
		if m.q.Of != nil {
			most = "Lowest share, "
		}
	}
	if p := m.q.Position; p > 1 {
		most = upperFirst(nth(p)) + " " + lowerFirst(most, "Most", "Fewest", "Highest", "Lowest")
	}
	head := most + g.noun()
	if len(m.q.Subjects) > 1 && m.q.Limit == 0 && m.q.Position == 0 {
		head = "In order of " + g.noun() + ", most first"
		if m.q.Asc {
			head = "In order of " + g.noun() + ", fewest first"
		}
	}
	if len(m.q.Subjects) == 0 && (len(m.q.Within) > 0 || len(m.q.Exclude) > 0) {
		head += ", " + lowerFirst(m.e.setSay(m.q.Within, m.q.Exclude), "All ", "The ")
	}
	return head
}

// openOrder tells where the qualifiers leave the order in doubt: among which
// neighbours, and at the ends of what is shown.
func (m *maker) openOrder(values, cut []value, first int) {
	var doubts []string
	for i := 0; i < len(cut); {
		to := i + 1
		for to < len(cut) && !sureNeighbours(cut[to-1], cut[to]) {
			to++
		}
		if to > i+1 {
			doubts = append(doubts, among(cut[i:to]))
		}
		i = to
	}
	end := first + len(cut)
	if end < len(values) && !sureNeighbours(values[end-1], values[end]) || first > 0 && !sureNeighbours(values[first-1], values[first]) {
		doubts = append(doubts, "towards the next row in the order, which is not shown")
	}
	if len(doubts) > 0 {
		m.remark("Ranked by the printed numbers; the signs at the figures leave the order open " + strings.Join(doubts, "; ") + ".")
	}
}

// among names neighbours in an order: "between A and B", "from A to D".
func among(run []value) string {
	a, b := inParty(run[0].who), inParty(run[len(run)-1].who)
	if len(run) == 2 {
		return "between " + a + " and " + b
	}
	return "from " + a + " to " + b
}

// notListed tells of rows of regions, blocs and peoples that would have come
// into a list of countries.
func (m *maker) notListed(g *gauge, comes func(data.Number) bool) {
	if len(m.q.Subjects) > 0 {
		return
	}
	for _, s := range m.e.report.Subjects {
		if s.Kind == data.Country || excluded(m.q.Exclude, s) || !m.inScopes(s) {
			continue
		}
		if v := m.e.single(s, g); v.ok && comes(v.num) {
			m.caveat(overlaps, "Rows of regions and groups are not listed, since they overlap the countries' rows.")
			return
		}
	}
}

// inScopes says whether a row that is no country lies within the sets asked
// for: all its members do.
func (m *maker) inScopes(s *data.Subject) bool {
	if len(m.q.Within) == 0 {
		return true
	}
	for _, x := range s.Members {
		if !within(m.q.Within, x) {
			return false
		}
	}
	return len(s.Members) > 0
}

func sureNeighbours(a, b value) bool {
	_, sure := a.num.Compare(b.num)
	return sure
}

// placed says whether a ranking asks for the place of one country among all.
func (q *Query) placed() bool {
	return q.Kind == Rank && len(q.Subjects) == 1 && len(q.Within) == 0 && q.Limit == 0 && q.Position == 0
}

// How much of the order is shown around the row whose place is asked for: all
// down to it if it is near the top, else some rows on either side.
const (
	nearTop  = 10
	eachSide = 2
)

// place shows where one country stands in the order of all.
func (m *maker) place() {
	row := m.q.Subjects[0]
	g := m.gauge(m.q.Measures[0], m.q.Of)
	rows := m.e.countries(nil, m.q.Exclude)
	values, _ := m.valuesOf(rows, g)
	m.sort(values)
	at := slices.IndexFunc(values, func(v value) bool { return v.who.subject == row })
	if at < 0 {
		m.lookup()
		return
	}
	first, end := 0, min(max(at+1, maxLines), len(values))
	if at >= nearTop {
		first, end = at-eachSide, min(at+eachSide+1, len(values))
	}
	cut := values[first:end]
	m.mixed = true
	m.useAll(cut)
	if first > 0 {
		m.use(values[0])
	}
	m.sayPlace(values[0], values[at], g)
	m.table(rankTable(cut, first))
	m.openOrder(values, cut, first)
	m.have, m.rows, m.covers = len(values), len(rows), g.noun()
}

// sayPlace heads an order by its first row, so that a belief about that is set
// right, and by the row whose place is asked for.
func (m *maker) sayPlace(top, v value, g *gauge) {
	most := lowerFirst(m.rankHead(g), "Most", "Fewest", "Highest", "Lowest")
	said := upperFirst(top.who.say()) + " has the " + most + ", " + top.say()
	if top.who.subject == v.who.subject {
		m.a.Headline = said + ":"
		return
	}
	m.a.Headline = said + "; " + inParty(v.who) + ", " + v.say() + ", stands here in the order:"
}

// blankSet refuses a question on a set of which no row prints the measure.
func (m *maker) blankSet(g *gauge) {
	m.refused(BlankCell, "The report prints no figure for "+g.noun()+", "+
		lowerFirst(m.e.setSay(m.q.Within, m.q.Exclude), "All ", "The ")+".")
}

// measureNouns lists what may be asked for: "fighters, returnees or women".
func (m *maker) measureNouns() string {
	var names []string
	for _, x := range m.e.report.Measures {
		names = append(names, m.e.words(x).Noun)
	}
	return either(names)
}

// rank reads superlatives and orders.
func (d *draft) rank(s *slots) (Query, bool) {
	superlative := d.hasAny(opTop, opBottom) && !d.onlyMost(s) && !d.mostOfKind()
	order := d.has(opOrder) && !d.has(opAverage) && (superlative || d.short() || d.hasAny(opCountry, opAscending) || len(s.rows)+len(s.scopes) > 0 || s.limit > 0 || d.phraseLen(opOrder) > 1)
	if q, ok := d.placeOf(s, superlative); ok {
		return q, true
	}
	switch {
	case !superlative && !order:
		return Query{}, false
	case d.has(opDifference) && (d.measuresNamed() > 1 || len(s.rows)+len(s.scopes) == 2 && s.limit+s.position == 0 && !order):
		return Query{}, false // no query orders rows by a difference
	case len(s.measures) == 0 && (!d.rankable(s) || d.has(opDifference)):
		return Query{}, false
	case len(s.rows) == 1 && len(s.rows[0].Members) == 0 && len(s.scopes) == 0 && s.limit+s.position == 0 && !d.wantsCountries() && !d.whoOpens() && !d.whoAfter():
		return Query{}, false
	case s.cond != nil && !order && !superlative:
		return Query{}, false
	}
	q := Query{Measures: d.filterMeasures(s)}
	if one := d.asOne(s); one != nil {
		q.Measures = []*data.Measure{one}
	}
	if len(s.measures) == 2 && !s.joined && d.divides(s.measures[0], s.measures[1]) && d.has(opShare) {
		q.Measures, q.Of = s.measures[:1], s.measures[1]
	}
	return d.ranked(q, s), true
}

// placeOf reads where one country stands: "how does Tunisia rank by returnees",
// "Tunisia was the biggest source, wasn't it".
func (d *draft) placeOf(s *slots, superlative bool) (Query, bool) {
	claimed := d.placeClaimed()
	if claimed {
		s.limit, s.position = 0, 0
	}
	asked := d.has(opPlace) || claimed || d.has(opNextPlace) && d.hasAny(opWho, opWhich) || superlative && s.limit+s.position == 0 && (d.has(opTrue) || d.yesNo() && d.is(0, gYesNo))
	if !asked || len(s.rows) != 1 || len(s.scopes) > 0 || s.rows[0].Kind != data.Country || s.cond != nil || d.has(opDifference) || len(s.measures) > 1 {
		return Query{}, false
	}
	return Query{Kind: Rank, Measures: d.filterMeasures(s), Subjects: s.rows, Asc: d.has(opBottom) && !d.has(opTop)}, true
}

// placeClaimed says whether a country is said to stand at a place in an order: "is France
// third for fighters", "Austria's in third place, no?".
func (d *draft) placeClaimed() bool {
	claim := d.has(opTrue) || d.is(0, gYesNo)
	if d.hasAny(opThan, opNextPlace) || d.anyIs(gAsking) && !claim {
		return false
	}
	return slices.ContainsFunc(d.numbers, func(n numberMark) bool {
		if !n.ordinal || !d.endsPlace(n.to) {
			return false
		}
		return slices.ContainsFunc(d.names, func(m nameMark) bool {
			between := span{m.to, n.from}
			said := claim || m.span.from == 0 && between.len() > 0 && (d.is(m.to, gPassive) || d.possessive(m.to-1))
			return said && m.row != nil && between.from <= between.to && between.len() <= placeNear && !d.broken(m.span.from, n.to) && !d.namesIn(between)
		})
	})
}

// endsPlace says whether an ordinal that ends before a word names a place by itself, rather
// than the which of some things: "third for fighters", but not "the second wave".
func (d *draft) endsPlace(at int) bool {
	return at == len(d.words) || d.setOff(at-1) || d.is(at, gPreposition) || d.is(at, gPlaceNumber) || d.isOp(at, opTop, opBottom, opMore, opFewer) || d.hasSense(at, measureNoun, measurePhrase)
}

// placeNear is how many words may stand between a country and the place said of it.
const placeNear = 4

// orderedByGap refuses an order by how far two measures lie apart, which no query makes:
// "which country has the biggest gap between fighters and returnees".
func (d *draft) orderedByGap(s *slots, _ *Query, _ bool) (Reading, bool) {
	if !d.has(opDifference) || !d.has(opCountry) || !d.hasAny(opTop, opBottom, opOrder) || d.measuresNamed() < 2 || len(s.rows) > 0 || len(s.measures) < 2 {
		return Reading{}, false
	}
	return Reading{Query: Query{Kind: Rank, Measures: s.measures[:1], Limit: 1, Problem: &Problem{Reason: NoSuchCombination}}}, true
}

// measuresNamed counts the different measures that the question names.
func (d *draft) measuresNamed() int {
	var named []*data.Measure
	for _, m := range d.measures {
		if !slices.Contains(named, m.measure) {
			named = append(named, m.measure)
		}
	}
	return len(named)
}

// mostOfKind says whether "most" is the degree of something that the tables do not
// give: "the most dangerous returnees".
func (d *draft) mostOfKind() bool {
	for _, m := range d.marks {
		if m.kind == operator && (m.op == opTop || m.op == opBottom) && m.len() == 1 && d.words[m.from].text == "most" && (slices.Contains(d.prose, m.to) || slices.Contains(d.unknown, m.to)) {
			return true
		}
	}
	return false
}

// onlyMost says whether the superlative is a "most" that means the greater
// part ("what did most women want"), not the highest number.
func (d *draft) onlyMost(s *slots) bool {
	if len(d.words) <= 4 || d.words[0].text == "most" || len(s.exclude) > 0 || s.limit > 0 || s.position > 0 || d.has(opCountry) || d.startsWith("who") || d.startsWith("whose") || d.whoOpens() || d.startsWith("where") && (d.anyIs(gSource) || len(s.measures) == 0 || d.e.base(s.measures[0])) || d.startsWith("which") || d.whereFrom(s) {
		return false
	}
	for _, m := range d.marks {
		if m.kind != operator || m.op != opTop && m.op != opBottom {
			continue
		}
		degree := d.words[m.from].text == "most" || strings.HasSuffix(d.words[m.from].text, "ly") || d.is(m.from, gPersonWord) // "mainly", "leaders"
		if m.len() > 1 || !degree || m.from > 0 && (d.words[m.from-1].text == "the" || d.words[m.from-1].text == "with" || d.is(m.from-1, gCarriesNegation)) {
			return false
		}
	}
	return true
}

// whereFrom says whether it is asked of a set where people came from: "among the
// Maghreb states, from where did …".
func (d *draft) whereFrom(s *slots) bool {
	return len(s.scopes) > 0 && slices.ContainsFunc(d.words, func(w word) bool { return w.text == "where" })
}

// rankable says whether a ranking without a measure can only mean the base one:
// "the five biggest national contingents" names one, "top 5" none.
func (d *draft) rankable(s *slots) bool {
	return len(d.unknown) == 0 && len(d.prose) == 0 && (d.has(opCountry) || s.limit > 0 || len(s.rows) > 1 || len(s.scopes) > 0 || d.hasSenseAnywhere(peopleNoun) && d.hasAny(opTop, opBottom))
}

func (d *draft) ranked(q Query, s *slots) Query {
	q.Kind = Rank
	q.Within, q.Subjects = d.set(s)
	if len(q.Subjects) == 1 && len(q.Within) == 0 {
		if d.asPeople(q.Subjects[0]) { // "who sent back the most Moroccans"
			return Query{Kind: Lookup, Measures: q.Measures, Subjects: q.Subjects, Problem: &Problem{Reason: NoSuchCombination}}
		}
		if len(d.prose)+len(d.unknown) > 0 {
			q.Problem = &Problem{Reason: NotUnderstood, Word: d.words[d.firstStranger()].raw} // "who returned serve best at the French Open"
		}
		if len(s.measures) == 0 {
			return Query{Kind: Profile, Subjects: q.Subjects} // "which figure, of all those for Italy, is the smallest"
		}
		q.Subjects = nil
	}
	q.Asc = d.has(opBottom) && !d.has(opTop) || d.has(opAscending)
	q.Limit, q.Position = s.limit, s.position
	if at := d.placeAfter(&q); at > 0 && q.Limit < 2 && q.Position == 0 {
		q.Subjects, q.Limit, q.Position = nil, 0, at+1
		return q
	}
	switch {
	case q.Limit > 0 || q.Position > 0 || len(q.Subjects) > 1:
	case d.has(opWholeList):
		for _, row := range d.e.countries(q.Within, s.exclude) {
			if d.e.single(row, d.e.gauge(q.Measures[0], q.Of)).ok {
				q.Limit++
			}
		}
	case d.has(opOrder) && !d.singular():
		if len(q.Subjects) == 0 && len(q.Within) == 0 {
			q.Limit = 10
		}
	case d.plural() || d.pluralRank():
		q.Limit = 5
	default:
		q.Limit = 1
	}
	return q
}

// placeAfter is the place in the order of the country, or the last of those, behind which the next is
// asked for: "who after France had the most"; 0 if there is none.
func (d *draft) placeAfter(q *Query) int {
	if len(q.Measures) == 0 {
		return 0
	}
	place := 0
	var values []value
	for i := range d.names {
		n := &d.names[i]
		if n.row == nil || n.row.Kind != data.Country || n.span.from == 0 || !d.is(n.span.from-1, gLaterThan) && !(place > 0 && d.besides(&d.names[i-1], n)) {
			continue
		}
		if values == nil {
			m := &maker{e: d.e, q: &Query{Within: q.Within, Exclude: q.Exclude, Asc: q.Asc}}
			values, _ = m.valuesOf(d.e.countries(q.Within, q.Exclude), d.e.gauge(q.Measures[0], q.Of))
			m.sort(values)
		}
		place = max(place, 1+slices.IndexFunc(values, func(v value) bool { return v.who.subject == n.row }))
	}
	return place
}

// whoAfter says whether "who" asks for the next in an order behind a country: "who had most after Russia".
func (d *draft) whoAfter() bool {
	return d.startsWith("who") && slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.row != nil && n.row.Kind == data.Country && n.span.from > 0 && d.is(n.span.from-1, gLaterThan)
	})
}

// whoOpens says whether "who" begins the question behind names that are put aside or stand before in the
// order: "after Russia, who …", "apart from France, who …".
func (d *draft) whoOpens() bool {
	for i := range d.words {
		switch {
		case d.is(i, gAsking) && d.e.lexicon.phraseOf(d.words[i].stem, opWho):
			return i > 0 && len(d.names) > 0
		case d.inName(i), d.is(i, gLaterThan), d.is(i, gArticle), d.is(i, gConjunction), d.within(i, opExclude), d.within(i, opExcludeAfter), d.isOp(i, opFollow):
		default:
			return false
		}
	}
	return false
}

// asPeople says whether a row is named by its people, who are then what is counted and
// no country in an order.
func (d *draft) asPeople(row *data.Subject) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool { return n.row == row && n.people && !n.out })
}

// singular says whether one country is asked for.
func (d *draft) singular() bool {
	return d.has(opCountry) && !d.plural() && d.hasAny(opTop, opBottom)
}

// pluralRank says whether the superlative is one of several: "the main
// contributors", "leaders".
func (d *draft) pluralRank() bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opTop && m.op != opBottom || m.to >= len(d.words) {
			continue
		}
		if t := d.words[m.to].text; d.words[m.to-1].text == "top" && !d.words[m.to].isNum && len(t) > 3 && t[len(t)-1] == 's' && !d.has(opWho) {
			return true
		}
	}
	return false
}
