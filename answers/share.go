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
	m.madeOf(found)
	m.titleOfThese(found)
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
	m.showApart(x, m.q.Of)
	for _, name := range m.e.words(x).ShareOf {
		if of, ok := m.e.report.Measure(name); ok && of != m.q.Of {
			m.suggest(Query{Kind: Share, Measures: []*data.Measure{x}, Of: of, Subjects: m.q.Subjects, Within: m.q.Within})
		}
	}
	m.suggestNearest()
}

// showApart shows what the rows named print of measures that cannot be set against each other.
func (m *maker) showApart(measures ...*data.Measure) {
	for _, s := range m.q.Subjects {
		var near []value
		for _, x := range measures {
			if v := m.e.single(s, m.e.gauge(x, nil)); v.ok {
				near = append(near, v)
				m.beside(v, "nearest")
			}
		}
		if len(near) > 0 {
			m.line(s.Name + ": " + saidList(near) + ".")
		}
	}
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
	said := func(v value) string {
		return v.who.say() + ": " + v.say() + v.middle() + " of the " + v.what.w.Noun + " of " + inParty(whole.who) + " (" + v.parts[0].say() + " of " + whole.say() + ")"
	}
	if m.q.Claim && m.q.Cond != nil && len(ratios) == 1 {
		m.verdictOn(ratios[0], said(ratios[0]))
		return
	}
	for i, v := range ratios {
		if i == 0 {
			m.a.Headline = said(v) + "."
		} else {
			m.line(said(v) + ".")
		}
	}
}

// setInSet are two sets of which one is asked for as a share of the other, which it is a part of:
// "Nordic fighters as a share of Western Europe".
func (d *draft) setInSet(s *slots) (part, whole Scope, ok bool) {
	if len(s.scopes) != 2 || len(s.rows)+len(s.exclude) > 0 || len(s.measures) != 1 || s.cond != nil {
		return part, whole, false
	}
	for _, m := range d.marks {
		if m.kind != operator || m.op != opShare {
			continue
		}
		at := m.to
		for at < len(d.words) && (d.is(at, gOwnership) || d.is(at, gArticle) || d.measureIn(span{at, at + 1})) {
			at++
		}
		for i, sc := range s.scopes {
			other := s.scopes[1-i]
			named := slices.ContainsFunc(d.names, func(n nameMark) bool { return n.span.from == at && n.group != nil && n.group == sc.Group })
			outside := slices.ContainsFunc(other.members(), func(x *data.Subject) bool { return !slices.Contains(sc.members(), x) })
			if named && !outside && at > m.to {
				return other, sc, true
			}
		}
	}
	return part, whole, false
}

// share reads ratios: of two measures, or of a part in a total.
func (d *draft) share(s *slots) (Query, bool) {
	if within, rows := d.set(s); len(s.measures) == 0 && d.has(opShare) && len(rows) > 0 && len(within) == 1 && len(d.prose)+len(d.unknown) == 0 {
		return Query{Kind: Share, Measures: d.filterMeasures(s), Subjects: rows, Whole: within}, true // "Tunisia as a share of the Maghreb"
	}
	if len(s.measures) == 0 && d.has(opShare) && len(s.rows)+len(s.scopes) == 1 && len(d.prose)+len(d.unknown) == 0 && (d.hasAny(opEverywhere, opTotal) || d.words[len(d.words)-1].text == "all") {
		return Query{Kind: Share, Measures: d.filterMeasures(s), Subjects: s.rows, Within: s.scopes, Whole: []Scope{{}}}, true // "the percentage of French among all", "Western Europe's share of the total"
	}
	if len(s.measures) == 0 || !d.has(opShare) && !d.perMeasure() {
		return Query{}, false
	}
	if part, whole, ok := d.setInSet(s); ok {
		return Query{Kind: Share, Measures: s.measures, Within: []Scope{part}, Whole: []Scope{whole}}, true
	}
	if one, all := d.asOne(s), d.tableTotal(s); one != nil && all != nil && d.shareOfBoth(s) {
		return Query{Kind: Share, Measures: []*data.Measure{one}, Of: all, Subjects: s.rows, Within: s.scopes}, true
	}
	if q, ok := d.wholePer(s); ok {
		return q, true
	}
	num, den := d.ratio(s)
	if one, all := d.asOne(s), d.tableTotal(s); one != nil && d.has(opTotal) {
		num, den = one, all
	}
	if x := d.rowTotal(num); x != nil && den == nil {
		den = x
	}
	q := Query{Kind: Share, Measures: []*data.Measure{num}, Of: den}
	if all := d.kindOfAll(num); all != nil {
		q.Of, q.Subjects, q.Within = all, s.rows, s.scopes
		return q, true
	}
	within, rows := d.set(s)
	superlative := d.hasAny(opTop, opBottom)
	switch {
	case len(s.measures) == 1 && len(within) == 0 && d.oneToOther(rows):
		return Query{Kind: Compare, Measures: s.measures, Subjects: rows}, true
	case s.cond != nil && den != nil && (d.wantsCountries() || d.asksWhere() && len(rows) == 0):
		q.Kind, q.Cond, q.Within = Filter, s.cond, within
		if d.has(opHowMany) {
			q.Kind = Count
		}
		return q, true
	case d.has(opPlace) && den != nil && len(s.rows) == 1 && len(s.scopes) == 0 && s.rows[0].Kind == data.Country && s.cond == nil:
		q.Kind, q.Subjects, q.Asc = Rank, s.rows, d.has(opBottom) && !d.has(opTop) || d.has(opAscending)
		return q, true
	case superlative && len(rows) == 0 && d.wholeStated(s):
		q.Of, d.ops[opShare] = nil, -1 // as by the figures themselves
		return d.ranked(q, s), true
	case (superlative || d.has(opOrder) && len(within) > 0 && len(rows) == 0) && den != nil:
		return d.ranked(q, s), true
	case d.has(opAverage) && den != nil && len(rows) == 0:
		q.Kind, q.Within = Average, within
		return q, true
	case len(s.rows) >= 2 && den != nil && d.hasAny(opCompare, opMore, opFewer) && !d.ofCounted(s):
		q.Kind, q.Subjects = Compare, s.rows
		return q, true
	}
	if whole, part, ok := d.partOf(s); ok && d.rowTotal(num) == nil && !d.forEvery() {
		q.Of, q.Whole, q.Subjects, q.Within = nil, whole, part.rows, part.scopes
		if (d.asksWhether() || d.has(opTrue)) && len(q.Subjects)+len(q.Within) == 1 {
			q.Cond = d.percentClaimed(s)
			q.Claim = q.Cond != nil
		}
		return q, true
	}
	if den == nil {
		return Query{}, false
	}
	q.Subjects, q.Within = s.rows, s.scopes
	if len(s.rows)+len(s.scopes) <= 1 && d.yesNo() {
		q.Cond = s.cond
		if q.Cond == nil && d.believed() {
			q.Cond = d.shareClaimed()
		}
		q.Claim = q.Cond != nil
	}
	return q, true
}

// shareOfBoth says whether the two kinds of people named side by side are a share together:
// "what share of Belgians are women and children". In "women as a share of children" they are not.
func (d *draft) shareOfBoth(s *slots) bool {
	if len(d.measures) != 2 || !d.percentAsked() || len(s.rows)+len(s.scopes) == 0 || s.cond != nil || d.hasAny(opTop, opBottom, opCompare, opAverage, opMore, opFewer) {
		return false
	}
	a, b := d.measures[0], d.measures[1]
	return d.conjoined(a.to, b.from) && (b.from-a.to == 1 || b.from-a.to == 2 && d.words[b.from-1].text == "of")
}

// oneToOther says whether two rows are set against each other: "the ratio of Russian to
// French fighters".
func (d *draft) oneToOther(rows []*data.Subject) bool {
	if len(rows) != 2 {
		return false
	}
	for i := range d.names {
		n := &d.names[i]
		if n.row == rows[1] && n.span.from > 0 && d.is(n.span.from-1, gGoal) && i > 0 && d.names[i-1].row == rows[0] && n.span.from-d.names[i-1].to <= 3 {
			return true
		}
	}
	return false
}

// rowTotal is the base measure of the table where "total" stands right behind the
// name of a row ("of the Dutch total"): what the row itself has in all.
func (d *draft) rowTotal(num *data.Measure) *data.Measure {
	for i := range d.names {
		n := &d.names[i]
		if n.row == nil || !d.isOp(n.to, opTotal) || n.span.from == 0 || !d.ofBefore(n.to) {
			continue
		}
		for _, x := range d.e.report.Measures {
			if d.e.base(x) && x.Table == num.Table && x != num {
				return x
			}
		}
	}
	return nil
}

// shareClaimed is a percentage which the asker believes.
func (d *draft) shareClaimed() *Condition {
	for i := range d.numbers {
		if n := &d.numbers[i]; n.percent && !n.used {
			n.used = true
			return &Condition{Op: data.EQ, A: percentValue(n)}
		}
	}
	return nil
}

// percentClaimed is what is believed of a part in a total, a percentage or a bound on one.
func (d *draft) percentClaimed(s *slots) *Condition {
	if s.cond != nil && slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.percent && n.used }) {
		return s.cond
	}
	if d.believed() {
		return d.shareClaimed()
	}
	return nil
}

// forEvery says whether one of what a measure counts is what another is asked for: "for every
// woman, how many children".
func (d *draft) forEvery() bool {
	if len(d.measures) != 2 {
		return false
	}
	at := d.measures[0].from
	for at > 0 && d.inName(at-1) {
		at-- // "per French woman"
	}
	return at > 1 && d.is(at-1, gEach) && d.words[at-2].text == "for" || at > 0 && d.is(at-1, gEach) && d.opBetween(d.measures[0].to, d.measures[1].from, opHowMany) || slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opShare && m.len() > 1 && d.is(m.to-1, gEach) && m.to == at
	})
}

// perMeasure says whether one measure is asked for by another: "children per woman".
func (d *draft) perMeasure() bool {
	_, _, ok := d.measuresPer()
	return ok
}

// measuresPer are two measures of which the first is asked for by the second: "fighters per returnee",
// "how many left for each one who came back".
func (d *draft) measuresPer() (first, second *data.Measure, ok bool) {
	if d.forEvery() && d.measures[0].measure != d.measures[1].measure {
		return d.measures[1].measure, d.measures[0].measure, true // "for each woman, how many children"
	}
	for i := 0; i+1 < len(d.measures); i++ {
		a, b := d.measures[i], d.measures[i+1]
		if a.measure == b.measure || b.from == a.to || d.namesTable(b.span) {
			continue
		}
		if d.oneTo(a, b) {
			return a.measure, b.measure, true
		}
		per := a.to
		if d.words[per].text == "for" {
			per++
		}
		if per < b.from && d.is(per, gEach) && d.onlyPeople(per+1, b.from) {
			return a.measure, b.measure, true
		}
	}
	return nil, nil, false
}

// onlyPeople says whether the words of a stretch say no more than that people are meant: "one who".
func (d *draft) onlyPeople(from, to int) bool {
	for k := from; k < to; k++ {
		if !d.is(k, gRelative) && !d.is(k, gAside) && !d.hasSense(k, peopleNoun, number) {
			return false
		}
	}
	return true
}

// wholePer reads the whole by its part, "fighters per returnee", as how many times the one is the other;
// where the most are looked for, as the least share.
func (d *draft) wholePer(s *slots) (Query, bool) {
	a, b, ok := d.measuresPer()
	kinds := ok && d.e.who(a) && d.e.who(b) && len(s.rows)+len(s.scopes) < 2 && !d.hasAny(opTop, opBottom, opOrder, opCountry) // "children per woman"
	if !ok || (d.divides(a, b) || !d.divides(b, a)) && !kinds || s.cond != nil || d.has(opAverage) {
		return Query{}, false
	}
	if d.hasAny(opTop, opBottom) {
		q := d.ranked(Query{Kind: Share, Measures: []*data.Measure{b}, Of: a}, s)
		q.Asc = !q.Asc
		return q, true
	}
	q := Query{Kind: Compare, Times: true, Measures: []*data.Measure{a, b}, Subjects: s.rows, Within: s.scopes}
	if len(s.rows)+len(s.scopes) == 0 {
		q.Within = []Scope{{}}
	}
	return q, len(s.rows)+len(s.scopes) < 2
}

// oneTo says whether a measure is set against another by "to" alone, both of them as nouns:
// "children to women".
func (d *draft) oneTo(a, b mark) bool {
	if b.from != a.to+1 || d.words[a.to].text != "to" || d.setOff(a.to-1) {
		return false
	}
	return d.isNoun(a) && d.isNoun(b) && (d.divides(a.measure, b.measure) || d.divides(b.measure, a.measure))
}

// isNoun says whether a mark of a measure is a noun for those whom it counts.
func (d *draft) isNoun(m mark) bool {
	return m.kind == measureNoun || d.e.who(m.measure) || d.words[m.to-1].text == fold(d.e.words(m.measure).Noun)
}

// ratio finds which measure is divided by which: the order that makes sense by
// the vocabulary, or the usual denominator where only one is named.
func (d *draft) ratio(s *slots) (num, den *data.Measure) {
	ms := d.ratioMeasures(s)
	num = ms[0]
	if len(ms) >= 2 {
		a, b := ms[0], ms[1]
		switch {
		case d.forEvery() && d.divides(b, a):
			return b, a

		case d.divides(a, b) && d.divides(b, a):
			return a, b
		case d.divides(b, a) && !d.divides(a, b):
			return b, a
		}
		return a, d.ownTotal(a, b)
	}
	w := d.e.words(num)
	if len(w.ShareOf) == 0 {
		return num, nil
	}
	den, _ = d.e.report.Measure(w.ShareOf[0])
	return num, den
}

// ownTotal is what a measure is set against where the asker's word for it only
// means all of a row's people ("women as a percentage of the contingent"): the
// total of its own table, which is noted.
func (d *draft) ownTotal(num, den *data.Measure) *data.Measure {
	w := d.e.words(num)
	if d.divides(num, den) || !d.e.base(den) || len(w.ShareOf) == 0 || !slices.ContainsFunc(w.NoShare, func(r data.Reason) bool { return r.With == den.Name }) {
		return den
	}
	for _, m := range d.measures {
		if m.measure != den || d.words[m.from].stem == d.e.lexicon.stemOf(fold(d.e.words(den).Noun)) {
			continue
		}
		if own, ok := d.e.report.Measure(w.ShareOf[0]); ok {
			d.note(Reads, d.shown(m.span), d.e.words(own).Label)
			return own
		}
	}
	return den
}

// ratioMeasures are the measures of a ratio, base ones included where they were
// named as what others are a share of.
func (d *draft) ratioMeasures(s *slots) []*data.Measure {
	if len(s.measures) > 1 {
		return s.measures
	}
	for _, m := range d.measures {
		if m.measure != s.measures[0] && d.divides(s.measures[0], m.measure) {
			return []*data.Measure{s.measures[0], m.measure}
		}
	}
	return s.measures
}

func (d *draft) divides(a, b *data.Measure) bool {
	return slices.Contains(d.e.words(a).ShareOf, b.Name)
}

// partOf reads a part in a total: "what share of all returnees are French",
// "France's part of the EU fighters".
func (d *draft) partOf(s *slots) (whole []Scope, part slots, ok bool) {
	if len(s.rows)+len(s.scopes) == 0 {
		return nil, part, false
	}
	within, rows := d.set(s)
	switch {
	case d.has(opEverywhere) || d.ofAll() || d.ofCounted(s) || d.mostCounted(s):
		return []Scope{{}}, slots{rows: s.rows, scopes: s.scopes}, true
	case len(within) == 1 && len(rows) > 0:
		return within, slots{rows: rows}, true
	case len(s.measures) == 1 && d.e.base(s.measures[0]):
		return []Scope{{}}, slots{rows: s.rows, scopes: s.scopes}, true
	case d.shareOfMeasure(s):
		return []Scope{{}}, slots{rows: s.rows, scopes: s.scopes}, true
	}
	return nil, part, false
}

// ofAll says whether "all" stands before a measure: "of all returnees".
func (d *draft) ofAll() bool {
	for i, m := range d.measures {
		if i > 0 && d.e.base(m.measure) && d.divides(d.measures[0].measure, m.measure) {
			continue // "the proportion that remains of all who went"
		}
		for k := max(0, m.from-3); k < m.from; k++ {
			if d.is(k, gEvery) && !d.namesIn(span{k, m.from}) || k == m.from-1 && d.within(k, opTotal) {
				return true
			}
		}
	}
	return false
}

// shareOfMeasure says whether the share is one of the measure ("what share of
// returnees came from Turkey"), with only verbs of travel between it and the name.
func (d *draft) shareOfMeasure(s *slots) bool {
	if len(s.measures) != 1 || len(d.measures) == 0 {
		return false
	}
	first := d.measures[0]
	if first.measure != s.measures[0] || !d.ofBefore(first.from) {
		return false
	}
	for i := range d.names {
		if n := &d.names[i]; (n.row != nil || n.group != nil) && n.span.from < first.from && !n.agent && !d.measureIn(n.span) {
			return false
		}
	}
	for i := range d.names {
		if d.names[i].from && d.names[i].source || d.prepositionBefore(d.names[i].span.from) == "" {
			return true
		}
	}
	return false
}

// ofBefore says whether "of" stands before a word, articles aside, after the share.
func (d *draft) ofBefore(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		switch {
		case d.words[k].text == "of":
			return true
		case !d.is(k, gBeforeMeasure) && !d.inName(k):
			return false
		}
	}
	return false
}
