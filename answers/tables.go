package answers

import (
	"slices"

	"reportbot/data"
)

// tableQuery reads what is asked of the tables. whole says whether the question
// names all that its kind needs; otherwise the query is the nearest guess, or
// has no kind.
func (d *draft) tableQuery(s *slots) (q Query, whole bool) {
	for _, read := range []func(*slots) (Query, bool){d.share, d.filter, d.rank, d.difference, d.average, d.total, d.compare, d.lookup, d.profile} {
		if q, ok := read(s); ok {
			q.Exclude = s.exclude
			return q, true
		}
	}
	return d.guess(s)
}

// guess is the nearest table query of a question that is not a whole one.
func (d *draft) guess(s *slots) (Query, bool) {
	switch {
	case len(s.rows) > 0:
		return Query{Kind: Lookup, Subjects: s.rows, Measures: s.measures}, false
	case len(s.measures) > 0:
		return Query{Kind: Total, Measures: s.measures[:1], Within: s.scopes}, false
	}
	return Query{}, false
}

// set reads the rows and scopes as a set of countries: "EU countries" are the
// members of a row that has members.
func (d *draft) set(s *slots) (within []Scope, rows []*data.Subject) {
	within = s.scopes
	for _, r := range s.rows {
		if len(r.Members) > 0 {
			within = append(slices.Clone(within), Scope{Row: r})
		} else {
			rows = append(rows, r)
		}
	}
	return within, rows
}

// ranksCountries says whether countries are what is looked for.
func (d *draft) wantsCountries() bool { return d.hasAny(opCountry, opWhich, opWho, opList) }

// share reads ratios: of two measures, or of a part in a total.
func (d *draft) share(s *slots) (Query, bool) {
	if len(s.measures) == 0 || !d.has(opShare) && !d.perMeasure(s) {
		return Query{}, false
	}
	num, den := d.ratio(s)
	q := Query{Kind: Share, Measures: []*data.Measure{num}, Of: den}
	within, rows := d.set(s)
	superlative := d.hasAny(opTop, opBottom)
	switch {
	case s.cond != nil && d.wantsCountries() && den != nil:
		q.Kind, q.Cond, q.Within = Filter, s.cond, within
		if d.has(opHowMany) {
			q.Kind = Count
		}
		return q, true
	case superlative && den != nil:
		return d.ranked(q, s), true
	case d.has(opAverage) && den != nil && len(rows) == 0:
		q.Kind, q.Within = Average, within
		return q, true
	case len(s.rows) >= 2 && den != nil && d.hasAny(opCompare, opMore, opFewer):
		q.Kind, q.Subjects = Compare, s.rows
		return q, true
	}
	if whole, part, ok := d.partOf(s); ok {
		q.Of, q.Whole, q.Subjects, q.Within = nil, whole, part.rows, part.scopes
		return q, true
	}
	if den == nil {
		return Query{}, false
	}
	q.Subjects, q.Within = s.rows, s.scopes
	return q, true
}

// perMeasure says whether one measure is asked for by another: "children per woman".
func (d *draft) perMeasure(s *slots) bool {
	if len(s.measures) != 2 {
		return false
	}
	for i := 1; i+1 < len(d.words); i++ {
		if d.words[i].text == "per" && d.measureIn(span{i - 1, i}) && d.measureIn(span{i + 1, i + 2}) {
			return true
		}
	}
	return false
}

// ratio finds which measure is divided by which: the order that makes sense by
// the vocabulary, or the usual denominator where only one is named.
func (d *draft) ratio(s *slots) (num, den *data.Measure) {
	ms := d.ratioMeasures(s)
	num = ms[0]
	if len(ms) >= 2 {
		a, b := ms[0], ms[1]
		switch {
		case d.divides(a, b) && d.divides(b, a):
			return a, b
		case d.divides(b, a) && !d.divides(a, b):
			return b, a
		}
		return a, b
	}
	w := d.e.words(num)
	if len(w.ShareOf) == 0 {
		return num, nil
	}
	den, _ = d.e.report.Measure(w.ShareOf[0])
	return num, den
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
	case d.has(opEverywhere) || d.ofAll():
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
	for _, m := range d.measures {
		for k := max(0, m.from-3); k < m.from; k++ {
			if d.words[k].text == "all" || d.words[k].text == "every" || k == m.from-1 && d.within(k, opTotal) {
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
		if n := &d.names[i]; (n.row != nil || n.group != nil) && n.span.from < first.from {
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
		switch d.words[k].text {
		case "of":
			return true
		case "the", "all", "foreign":
		default:
			return false
		}
	}
	return false
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
	many := d.countsCountries()
	bounded := s.cond != nil || d.has(opNone)
	asksCountries := d.has(opCountry) || bounded && (d.hasAny(opWhich, opWho, opList) || d.startsWith("where")) || len(within) > 0 && (s.cond != nil || d.each())
	if !asksCountries || len(rows) > 0 {
		return Query{}, false
	}
	q := Query{Kind: Filter, Measures: d.filterMeasures(s), Within: within, Cond: s.cond}
	if many {
		q.Kind = Count
	}
	switch {
	case s.condRow != nil:
		if c, ok := d.e.report.Cell(s.condRow, q.Measures[0]); ok {
			q.Cond = &Condition{Op: s.cond.Op, A: c.Number.Value}
			s.exclude = append(s.exclude, s.condRow)
		} else {
			return Query{}, false
		}
	case s.cond != nil:
		if len(s.measures) > 1 && !s.joined {
			return d.measuresCompared(q, s)
		}
	case d.twoMeasures(s):
		return d.measuresCompared(q, s)
	case d.hasAny(opBlank) || d.has(opNone) && d.noneGoverns():
		q.Blank = true
	case d.hasAny(opTop, opBottom, opOrder) && !d.has(opHas), d.has(opTotal) && !d.has(opHas):
		return Query{}, false
	case d.each() && (len(within) > 0 || d.has(opCountry)):
		q.Has = true
	case d.hasAny(opHas, opCoverage) || many || d.has(opFigure) && d.has(opWhich):
		q.Has = true
	case d.hasAny(opWhich, opList) && d.has(opCountry) && d.plural():
		q.Has = true
	default:
		return Query{}, false
	}
	return q, true
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
	}
	return false
}

// each says whether the figures are wanted country by country.
func (d *draft) each() bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opCountry {
			continue
		}
		for k := max(0, m.from-3); k < m.from; k++ {
			if t := d.words[k].text; (t == "per" || t == "each" || t == "every") && d.namesIn(span{k, m.from}) {
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

// filterMeasures is the first measure, or the base one where a threshold stands alone.
func (d *draft) filterMeasures(s *slots) []*data.Measure {
	if len(s.measures) > 0 {
		return s.measures[:1]
	}
	for _, m := range d.e.report.Measures {
		if d.e.base(m) {
			return []*data.Measure{m}
		}
	}
	return nil
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
	return len(s.measures) == 2 && d.hasAny(opMore, opFewer, opMoreThan, opFewerThan) && d.hasAny(opThan, opMoreThan, opFewerThan)
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

// rank reads superlatives and orders.
func (d *draft) rank(s *slots) (Query, bool) {
	superlative := d.hasAny(opTop, opBottom) && !d.onlyMost(s)
	order := d.has(opOrder) && !d.has(opAverage)
	switch {
	case !superlative && !order:
		return Query{}, false
	case len(s.measures) == 0 && !d.rankable(s):
		return Query{}, false
	case len(s.rows) == 1 && len(s.rows[0].Members) == 0 && len(s.scopes) == 0 && !d.wantsCountries():
		return Query{}, false
	case s.cond != nil && !order && !superlative:
		return Query{}, false
	}
	q := Query{Measures: d.filterMeasures(s)}
	if len(s.measures) == 2 && !s.joined && d.divides(s.measures[0], s.measures[1]) && d.has(opShare) {
		q.Measures, q.Of = s.measures[:1], s.measures[1]
	}
	return d.ranked(q, s), true
}

// onlyMost says whether the superlative is a "most" that means the greater
// part ("what did most women want"), not the highest number.
func (d *draft) onlyMost(s *slots) bool {
	if len(d.words) <= 4 || d.words[0].text == "most" || s.limit > 0 || s.position > 0 || d.has(opCountry) || d.startsWith("who") || d.startsWith("where") || d.startsWith("which") {
		return false
	}
	for _, m := range d.marks {
		if m.kind != operator || m.op != opTop && m.op != opBottom {
			continue
		}
		if d.words[m.from].text != "most" || m.from > 0 && d.words[m.from-1].text == "the" {
			return false
		}
	}
	return true
}

// rankable says whether a ranking without a measure can only mean the base one:
// "the five biggest national contingents" names one, "top 5" none.
func (d *draft) rankable(s *slots) bool {
	return len(d.unknown) == 0 && len(d.prose) == 0 && (d.has(opCountry) || s.limit > 0 || len(s.rows) > 1 || len(s.scopes) > 0 || d.hasSenseAnywhere(peopleNoun))
}

func (d *draft) hasSenseAnywhere(k senseKind) bool {
	_, ok := d.kindMark(k)
	return ok
}

func (d *draft) ranked(q Query, s *slots) Query {
	q.Kind = Rank
	q.Within, q.Subjects = d.set(s)
	if len(q.Subjects) == 1 && len(q.Within) == 0 {
		q.Subjects = nil
	}
	q.Asc = d.has(opBottom) && !d.has(opTop) || d.has(opAscending)
	q.Limit, q.Position = s.limit, s.position
	switch {
	case q.Limit > 0 || q.Position > 0 || len(q.Subjects) > 1:
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
	q := Query{Kind: Difference, Measures: s.measures, Subjects: s.rows, Within: s.scopes}
	switch {
	case len(s.rows)+len(s.scopes) >= 2 && len(s.measures) <= 1:
		if len(q.Measures) == 0 {
			q.Measures = d.filterMeasures(s)
		}
		return q, true
	case len(s.rows)+len(s.scopes) >= 1 && len(s.measures) >= 2:
		return q, true
	case len(s.measures) >= 2:
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

func (d *draft) average(s *slots) (Query, bool) {
	if !d.has(opAverage) || len(s.measures) == 0 {
		return Query{}, false
	}
	if d.phraseLen(opAverage) < 2 && d.averageIsVerb() {
		return Query{}, false
	}
	within, rows := d.set(s)
	return Query{Kind: Average, Measures: s.measures, Within: within, Subjects: rows}, true
}

// averageIsVerb says whether "mean" is the verb.
func (d *draft) averageIsVerb() bool {
	for i := range d.words {
		if d.words[i].text == "mean" && i > 0 && (d.words[i-1].text == "i" || d.words[i-1].text == "you" || d.words[i-1].text == "does" || d.words[i-1].text == "it") {
			return true
		}
	}
	return d.has(opDefine) && d.words[len(d.words)-1].text == "mean"
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
	case len(s.rows) == 0 && (d.hasAny(opTotal, opEverywhere, opHowMany) || len(s.exclude) > 0) && len(s.uncovered) == 0:
		d.claimOn(&q)
		return q, true
	case len(s.rows) == 0 && d.has(opTrue) && len(s.uncovered) == 0:
		d.claimOn(&q)
		return q, q.Claim
	case len(s.rows) > 1 && d.has(opTotal) && !d.hasAny(opCompare, opMore, opFewer), len(s.rows) == 1 && d.has(opTotal) && d.partsTogether(s):
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

// claimOn takes a number that the asker believes into a query.
func (d *draft) claimOn(q *Query) {
	if d.has(opTrue) {
		q.Cond = d.claim()
		q.Claim = q.Cond != nil
	}
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

// memberSum says whether the countries of a row with members are to be added
// up, rather than its own figure given: "EU countries together".
func (d *draft) memberSum(s *slots) bool {
	return len(s.rows[0].Members) > 0 && (d.has(opCountry) && d.plural() || d.has(opTotal) && d.has(opCountry))
}

// compare reads "compare A and B", "more from A or from B", "A vs B".
func (d *draft) compare(s *slots) (Query, bool) {
	cue := d.hasAny(opCompare, opMore, opFewer, opMoreThan, opFewerThan)
	q := Query{Kind: Compare, Subjects: s.rows, Measures: s.measures, Within: s.scopes}
	switch {
	case len(s.rows)+len(s.scopes) >= 2 && cue && s.cond == nil:
		return q, true
	case len(s.rows) == 1 && len(s.measures) == 2 && cue && s.cond == nil:
		return q, true
	}
	return Query{}, false
}

// lookup reads a measure of one or several rows, and claims about it.
func (d *draft) lookup(s *slots) (Query, bool) {
	if len(s.rows) == 0 {
		return Query{}, false
	}
	if s.guessed && d.phraseLen(opAboutSubject) > 1 && s.cond == nil && d.e.base(s.measures[0]) {
		return Query{Kind: Profile, Subjects: s.rows, Within: s.scopes}, true
	}
	q := Query{Kind: Lookup, Subjects: s.rows, Measures: s.measures, Within: s.scopes}
	if len(s.measures) == 0 {
		if !d.impliesBase(s) {
			return Query{}, false
		}
		q.Measures = d.filterMeasures(s)
	}
	q.Cond = s.cond
	if q.Cond == nil {
		q.Cond = d.claim()
	}
	q.Claim = q.Cond != nil
	return q, true
}

// impliesBase says whether a row is asked about in numbers without saying what
// of: "how many from Egypt", "number of Tunisians".
func (d *draft) impliesBase(s *slots) bool {
	return d.has(opHowMany) && !(d.phraseLen(opAboutSubject) > 1) || s.cond != nil || d.has(opTotal)
}

// claim is a number which the asker believes: "is it true that 460 women…".
func (d *draft) claim() *Condition {
	if !d.yesNo() {
		return nil
	}
	for i := range d.numbers {
		if n := &d.numbers[i]; !n.used && !n.year && !n.ordinal && !n.percent && !d.e.pronounOne(d, n) {
			n.used = true
			return &Condition{Op: data.EQ, A: n.value}
		}
	}
	return nil
}

// yesNo says whether a question can be answered by yes or no.
func (d *draft) yesNo() bool {
	if d.has(opTrue) {
		return true
	}
	for i := range d.words {
		switch d.words[i].text {
		case "is", "are", "was", "were", "did", "do", "does", "has", "have", "so":
			return true
		}
		if !d.isOp(i, opGreeting, opYes) {
			break
		}
	}
	return !d.hasAny(opHowMany, opWhich, opWho)
}

// profile reads a question about a row as a whole.
func (d *draft) profile(s *slots) (Query, bool) {
	if len(s.rows) == 0 && len(s.scopes) == 0 || len(s.measures) > 0 {
		return Query{}, false
	}
	if len(d.unknown) > 0 && !d.has(opFigure) {
		return Query{}, false
	}
	return Query{Kind: Profile, Subjects: s.rows, Within: s.scopes}, true
}
