package answers

import (
	"slices"

	"reportbot/data"
)

// decision reads a question one way, if it is that way's; q is the table query that
// the question would make, whole whether it makes a full one.
type decision func(s *slots, q *Query, whole bool) (Reading, bool)

// tableOrProse decides between the tables and the prose. A table question whose
// every word is accounted for is one; words that only the findings know speak
// for the prose, if one finding holds enough of them.
func (d *draft) tableOrProse(s *slots) Reading {
	if r, ok := d.multiples(s); ok {
		return r
	}
	q, whole := d.tableQuery(s)
	for _, decide := range []decision{d.doneByAgent, d.doneByOthers, d.inBody, d.whyWithoutRow, d.whyCompared, d.moreOfKinds, d.rowInTotal, d.pointsNowhere, d.partsOfCountry, d.revisedOnes, d.orderedByGap, d.howChanged, d.whenItHappened, d.whereTo, d.plainlyProse, d.rowStill, d.noFigure, d.saidInProse, d.aboutPlaces, d.strangePlace, d.plainlyTable, d.leftOpen, d.bestOfProse} {
		if r, ok := decide(s, &q, whole); ok {
			return r
		}
	}
	return d.restOfTable(s, q, whole)
}

// whyWithoutRow reads "why is China not there" as asked of a place that no row counts; the prose
// gives no reason for that.
func (d *draft) whyWithoutRow(s *slots, q *Query, _ bool) (Reading, bool) {
	if len(s.uncovered) != 1 || len(s.rows)+len(s.scopes)+len(d.prose)+len(d.unknown)+len(s.measures) > 0 || !d.has(opWhy) || s.uncovered[0].uncovered.Kind != data.Country.String() {
		return Reading{}, false
	}
	if !d.anyIs(gNegation) && !d.hasAny(opBlank, opNone, opMissing) || len(d.words) > 9 {
		return Reading{}, false
	}
	return d.checked(orRefused(*q), s), true
}

// whyCompared reads why one figure of a row is larger than another, or than another row's, as the
// comparison; no finding gives such a reason.
func (d *draft) whyCompared(s *slots, _ *Query, _ bool) (Reading, bool) {
	if !d.startsWith("why") || !d.hasAny(opMore, opFewer) || s.cond != nil || len(s.scopes)+len(s.uncovered)+len(d.prose)+len(d.unknown) > 0 || s.ambiguous != nil {
		return Reading{}, false
	}
	if (len(s.rows) != 1 || len(s.measures) != 2) && (len(s.rows) != 2 || len(s.measures) != 1) {
		return Reading{}, false
	}
	s.clash = nil
	p := &Problem{Reason: NoSuchMeasure, Topic: d.e.report.Vocabulary.Reasons}
	return Reading{Query: Query{Kind: Compare, Subjects: s.rows, Measures: s.measures, Problem: p}}, true
}

// moreOfKinds reads "are there more women or children in all" as the totals of the two.
func (d *draft) moreOfKinds(s *slots, _ *Query, _ bool) (Reading, bool) {
	if len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.unknown)+len(d.numbers) > 0 || s.cond != nil || !d.onlyAbsent(d.prose) {
		return Reading{}, false
	}
	if m, ok := d.absentMark(); ok && len(s.measures) > 0 && d.is(0, gYesNo) && d.hasAny(opMore, opFewer) && d.has(opThan) && !d.hasAny(opSays, opWhy, opCountry) && m.absent.Passing {
		return problem(&Problem{Reason: Reason(m.absent.Reason), Word: d.shown(m.span), Topic: m.absent.Topic}), true // "do more women than men go"
	}
	measures := d.eitherKind(s)
	if len(measures) != 2 || len(d.prose) > 0 {
		return Reading{}, false
	}
	if !d.hasAny(opMore, opFewer, opTop, opBottom) || d.countryWord() || d.hasAny(opCountry, opShare, opWhy, opSays, opHowMany, opDifference, opList, opTrend, opAverage) || !d.is(0, gYesNo) && !d.hasAny(opTotal, opEverywhere) {
		return Reading{}, false
	}
	return d.checked(Query{Kind: Total, Measures: measures}, s), true
}

// eitherKind are the two measures that are set against each other; "women or children" is two.
func (d *draft) eitherKind(s *slots) []*data.Measure {
	if len(s.measures) == 2 && len(s.clash) == 0 {
		return s.measures
	}
	if len(s.measures) != 1 || len(d.e.words(s.measures[0]).Parts) != 2 {
		return nil
	}
	var parts []*data.Measure
	for _, name := range d.e.words(s.measures[0]).Parts {
		if m, ok := d.e.report.Measure(name); ok {
			parts = append(parts, m)
		}
	}
	return parts
}

// plainlyProse reads what no table can answer, and what a finding answers by nearly
// all of its words.
func (d *draft) plainlyProse(s *slots, _ *Query, _ bool) (Reading, bool) {
	if r, ok := d.ofNobody(s); ok {
		return r, true
	}
	return d.strongProse(s)
}

// rowStill reads "is Libya still a base of IS" as asked of the country itself, of which no
// figure tells: "still" only counts people where these are named.
func (d *draft) rowStill(s *slots, _ *Query, _ bool) (Reading, bool) {
	if !s.guessed || len(s.rows) != 1 || !d.is(0, gYesNo) || !d.is(0, gPassive) || d.hasAny(opHowMany, opFigure, opTrue) || s.cond != nil {
		return Reading{}, false
	}
	itself := slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.row == s.rows[0] && !n.people && n.span.from == 1 && slices.ContainsFunc(d.measures, func(m mark) bool { return m.kind == measureNoun && m.from == n.to && m.len() == 1 })
	})
	if !itself {
		return Reading{}, false
	}
	if found, ok := d.findings(s, false); ok {
		return found, true
	}
	return problem(&Problem{Reason: NotUnderstood}), true
}

// noFigure reads what asks for a reason, for groups that are no countries, or
// whether somebody tells a number: no figure of a table answers that.
func (d *draft) noFigure(s *slots, q *Query, _ bool) (Reading, bool) {
	if m, ok := d.absentMark(); ok && d.has(opCoverage) && (d.ops[opCoverage] <= 1 || d.is(0, gYesNo) && d.ops[opCoverage] <= 3) && len(d.names)+len(d.unknown) == 0 && d.onlyAbsent(d.prose) && !d.hasAny(opSays, opWhy, opHowMany) {
		return problem(&Problem{Reason: Reason(m.absent.Reason), Word: d.shown(m.span), Topic: m.absent.Topic}), true // "does it record deaths"
	}
	if m, ok := d.absentMark(); ok && d.is(0, gYesNo) && d.hasAny(opReport, opAuthor) && len(d.names)+len(d.unknown)+len(d.numbers) == 0 && d.onlyAbsent(d.prose) && d.measuresIn(span{0, len(d.words)}) {
		return problem(&Problem{Reason: Reason(m.absent.Reason), Word: d.shown(m.span), Topic: m.absent.Topic}), true // "did the authors count dead fighters"
	}
	if m, ok := d.absentTwice(); ok && len(s.rows) > 0 && len(s.measures) > 0 && !d.hasAny(opSays, opWhy) {
		return d.checked(Query{Kind: Lookup, Subjects: s.rows, Measures: s.measures, Problem: &Problem{Reason: Reason(m.absent.Reason), Word: d.shown(m.span), Topic: m.absent.Topic}}, s), true
	}
	if d.partOfOther(s) {
		if f, ok := d.e.headlineOf(partTold, s.measures[0]); ok {
			return Reading{Query: Query{Kind: Finding, Findings: []*data.Finding{f}}}, true
		}
		if found, ok := d.findings(s, false); ok {
			return found, true
		}
		return problem(&Problem{Reason: NotUnderstood}), true
	}
	told := d.has(opHowMany) && d.embedded(d.ops[opHowMany]) && len(s.rows)+len(s.scopes) == 0
	reason := d.startsWith("why") && q.Cond == nil
	if len(s.measures) == 0 || !reason && !told && !d.countsKinds() {
		return Reading{}, false
	}
	if found, ok := d.findings(s, false); ok {
		return found, true
	}
	if len(s.rows) > 0 && d.hasAny(opFigure, opBlank, opNone, opTotal) && len(d.prose)+len(d.unknown) == 0 {
		return d.checked(Query{Kind: Lookup, Subjects: s.rows, Measures: s.measures}, s), true // "why is there no figure for women in Norway"
	}
	return problem(&Problem{Reason: NotUnderstood}), true
}

// partOfOther says whether it is asked if some people are counted among others: "are the
// children part of the total".
func (d *draft) partOfOther(s *slots) bool {
	if len(s.measures) == 0 || !d.e.who(s.measures[0]) || !d.is(0, gYesNo) {
		return false
	}
	among := slices.ContainsFunc(d.marks, func(m mark) bool {
		at := m.from - 1
		if at > 0 && d.is(at, gArticle) {
			at--
		}
		total := m.kind == operator && m.op == opTotal || m.kind == measureNoun && d.e.base(m.measure)
		return total && at > 0 && d.is(at, gPreposition)
	})
	return among && (d.is(0, gPassive) || d.hasAny(opShare, opCoverage)) &&
		len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.numbers) == 0 && !d.hasAny(opHowMany, opTrue, opCountry, opTop, opBottom)
}

// rowInTotal reads "is the EU's row included in the total" as the total, which says whether the rows
// of regions and peoples were added.
func (d *draft) rowInTotal(s *slots, _ *Query, _ bool) (Reading, bool) {
	if !d.asksYesNo() || len(s.rows) != 1 || s.rows[0].Kind == data.Country || len(s.scopes)+len(s.uncovered)+len(d.numbers)+len(s.measures)-min(len(s.measures), 1) > 0 || d.hasAny(opMore, opFewer, opThan, opShare, opTrue) || d.has(opHowMany) && d.words[d.ops[opHowMany]].text == "how" {
		return Reading{}, false
	}
	among := slices.ContainsFunc(d.marks, func(m mark) bool {
		if m.kind != operator || m.op != opTotal {
			return false
		}
		at := m.from - 1
		if at > 0 && d.is(at, gArticle) {
			at--
		}
		counted := at > 0 && (d.is(at, gPlace) || d.is(at, gInto) || d.words[at].text == "of") && d.namesIn(span{0, at})
		holds := d.opIn(span{m.to, len(d.words)}, opCoverage) && d.namesIn(span{m.to, len(d.words)})
		return counted || holds
	})
	if !among {
		return Reading{}, false
	}
	return d.checked(Query{Kind: Total, Measures: d.filterMeasures(s)}, s), true
}

// whenItHappened refuses the date of what people did ("when did most fighters leave"),
// of which no figure tells; a finding may.
func (d *draft) whenItHappened(s *slots, _ *Query, _ bool) (Reading, bool) {
	if !d.startsWith("when") || len(d.words) < 3 || !d.isAuxiliary(1) || len(s.rows) > 0 || len(s.measures) == 0 || len(d.prose)+len(d.unknown)+len(d.numbers) > 0 || d.hasAny(opFigure, opDated, opReport) {
		return Reading{}, false
	}
	if found, ok := d.findings(s, false); ok && d.evidence(d.found[0]) > evidenceSure {
		return found, true
	}
	return problem(&Problem{Reason: OneDateOnly, Word: d.words[0].raw}), true
}

// whereTo reads where people go to, which a finding may tell and no figure does.
func (d *draft) whereTo(s *slots, q *Query, _ bool) (Reading, bool) {
	if !d.asksWhither() || q.Kind == Rank && !d.has(opMajority) || s.cond != nil || q.Kind != Total && q.Kind != Rank && q.Kind != "" {
		return Reading{}, false
	}
	if found, ok := d.findings(s, false); ok {
		return found, true
	}
	return problem(&Problem{Reason: NotUnderstood}), true
}

// asksWhither says whether it is asked where people go to, not where they come from.
func (d *draft) asksWhither() bool {
	if !d.startsWith("where") || len(d.names) > 0 || len(d.words) < 3 || !d.is(1, gYesNo) || d.hasAny(opCountry, opHowMany, opFigure, opSource, opReport, opBottom) || d.has(opTop) && !d.has(opMajority) || d.anyIs(gSource) {
		return false
	}
	others := slices.ContainsFunc(d.measures, func(m mark) bool { return !d.e.base(m.measure) })
	return !others && slices.ContainsFunc(d.measures, func(m mark) bool { return m.kind == measurePhrase })
}

// absentTwice is the first of two things asked for that the report does not give:
// "killed, by year".
func (d *draft) absentTwice() (mark, bool) {
	first, ok := d.absentMark()
	return first, ok && slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == absent && m.absent != first.absent && d.absents(m) })
}

// saidInProse reads what names a place, a number or a person of the prose.
func (d *draft) saidInProse(s *slots, q *Query, _ bool) (Reading, bool) {
	if found, ok := d.placeOfProse(s); ok {
		return found, true
	}
	if found, ok := d.quoted(s, q); ok {
		return found, true
	}
	return d.person(s)
}

// aboutPlaces reads what is asked of places that no row counts: who went there, and
// what the prose tells of a country or a town.
func (d *draft) aboutPlaces(s *slots, q *Query, _ bool) (Reading, bool) {
	if d.elsewhere(s) {
		return d.wentElsewhere(*q, s), true
	}
	if d.opposed && len(s.rows)+len(s.scopes)+len(s.uncovered) == 0 && len(d.prose) == 0 {
		return problem(&Problem{Reason: NoSuchCombination, Topic: d.e.report.Vocabulary.Elsewhere}), true // "who fought against Turkey"
	}
	if len(s.uncovered) == 0 || d.has(opCoverage) && d.has(opCountry) {
		return Reading{}, false
	}
	told := len(s.rows)+len(s.measures) == 0 && len(d.words) > 3 && d.hasAny(opAboutSubject, opSays)
	if found, ok := d.findings(s, false); ok && told && len(s.uncovered) == 1 {
		return found, true // a country without a row, which the prose tells of
	}
	town := s.uncovered[0].uncovered.Kind != data.Country.String() && (len(d.words) > 4 && len(d.prose) > 0 || len(s.measures) == 0 && d.has(opSays))
	if found, ok := d.findings(s, false); ok && town && found.cover > coverStrange {
		return found, true
	}
	return Reading{}, false
}

// strangePlace reads a name that may stand for several places, or for none here.
func (d *draft) strangePlace(s *slots, q *Query, _ bool) (Reading, bool) {
	if s.ambiguous != nil && len(s.measures) > 0 && len(d.prose)+len(d.unknown) == 0 {
		return d.checked(orRefused(*q), s), true
	}
	i, ok := d.strangeOrigin(s)
	if !ok {
		return Reading{}, false
	}
	if found, ok := d.findings(s, false); ok && slices.Contains(d.prose, i) && d.e.index().filed[d.words[i].stem] && d.words[i].capital() && !d.has(opHowMany) {
		return found, true // "were there foreigners in the fight for Marawi"
	}
	q.Problem = &Problem{Reason: UnknownName, Word: d.words[i].raw, Near: d.near(d.words[i].text)}
	return Reading{Query: orRefused(*q)}, true
}

// plainlyTable reads a whole question of the tables, and one of a place without a row.
func (d *draft) plainlyTable(s *slots, q *Query, whole bool) (Reading, bool) {
	asked := len(s.measures) > 0 || d.hasAny(opFigure, opHowMany, opAboutSubject) || d.has(opCoverage) && d.has(opCountry) || len(d.words) <= 3
	noRow := len(s.uncovered) > 0 && len(d.prose) == 0 && !d.hasAny(opSays, opWhy) && asked
	if whole && !d.proseLikely(s) && !d.asksWho() || noRow {
		r := d.checked(orRefused(*q), s)
		if p := r.Query.Problem; p != nil && p.Reason == NotUnderstood {
			if hits := d.hits(s); len(hits) > 0 && hits[0].cover > coverAll && d.evidence(hits[0]) >= evidenceCountry {
				return d.told(hits), true // "from how many states do those on Turkey's name list come"
			}
		}
		return r, true
	}
	return Reading{}, false
}

// leftOpen reads what leaves open of whom, of what or which place is asked.
func (d *draft) leftOpen(s *slots, q *Query, _ bool) (Reading, bool) {
	switch {
	case q.Kind == "" && s.ambiguous != nil && len(d.prose)+len(d.unknown) == 0:
		return Reading{Query: Query{Kind: Profile, Problem: d.severalReadings(s, d.tableQuery)}}, true
	case q.Kind == Difference && len(q.Subjects)+len(q.Within) == 0:
		found, ok := d.findings(s, false)
		return found, ok && found.cover > coverStrange // "the difference between dispatched fighters and returnees"
	case d.bareMeasure(s):
		return Reading{Query: Query{Kind: Total, Measures: s.measures, Problem: d.measureReadings(s)}}, true
	case d.bareFigure(s):
		return Reading{Query: Query{Kind: Total, Problem: d.figureReadings(s)}}, true
	case d.bareSuperlative(s):
		return Reading{Query: Query{Kind: Rank, Problem: d.superlatives()}}, true
	}
	return Reading{}, false
}

// bestOfProse reads what a finding answers, where the tables leave something aside.
func (d *draft) bestOfProse(s *slots, q *Query, whole bool) (Reading, bool) {
	if s.year != nil && whole && d.dateFits(s, q) && len(d.prose) == 0 || d.figureElsewhere(s) {
		return Reading{}, false
	}
	return d.findings(s, whole && !(d.startsWith("why") && len(q.Measures) == 0))
}

// restOfTable is the table query with what stands against it, or the nearest
// finding where too much does.
func (d *draft) restOfTable(s *slots, q Query, whole bool) Reading {
	if q.Kind == "" {
		return d.notUnderstood(s)
	}
	if !whole && q.Kind == Total && len(d.words) > 5 && (len(d.prose)+len(d.unknown) > 0 && len(s.uncovered) == 0 || !d.hasAny(opFigure, opHas, opCoverage, opAboutSubject)) {
		if hits := d.hits(s); len(hits) > 0 && hits[0].cover > coverBeside {
			return d.told(hits)
		}
		q.Problem = &Problem{Reason: NotUnderstood}
		if d.ownDoing() {
			return problem(&Problem{Reason: OffTopic}) // "my cousin Chad returned my drill broken"
		}
		return Reading{Query: q}
	}
	r := d.checked(q, s)
	p := r.Query.Problem
	if p == nil || len(d.prose) == 0 || len(s.clash) > 0 || p.Reason == BlankCell || p.Reason == NotCovered {
		return r
	}
	if found, ok := d.findings(s, false); ok && (d.phraseMeasures() == 0 || len(s.rows) == 0 || len(d.prose) > 1 || d.evidence(d.found[0]) >= evidenceSure) {
		return found
	}
	return r
}

// figureElsewhere says whether all that is asked is a row's figure of a year, and
// the best finding says nothing of the measure.
func (d *draft) figureElsewhere(s *slots) bool {
	if s.guessed && s.year != nil && s.year.year != 0 && len(d.names)+len(d.prose)+len(d.unknown) == 0 && d.short() && d.e.base(s.measures[0]) {
		return true // "fighters in 2014"
	}
	if s.year == nil || len(s.rows) == 0 || len(d.measures) == 0 || len(d.prose)+len(d.unknown) > 0 || d.hasAny(opSays, opWhy) {
		return false
	}
	hits := d.hits(s)
	return len(hits) > 0 && !slices.ContainsFunc(d.measures, func(m mark) bool {
		return slices.ContainsFunc(d.words[m.from:m.to], func(w word) bool { return d.e.index().says(hits[0].doc, w.stem) })
	})
}
