package answers

import (
	"slices"

	"reportbot/data"
)

// namedOperation reads "and the Germans as a share?", "in the Balkans the fewest?", "and
// Sweden's source?": a question that brings its rows or sets and says what is to be done
// with them. What it leaves out is taken from the last one, and the whole is read as a
// question of its own.
func (d *draft) namedOperation(s *slots, p *past) (Query, bool) {
	if len(s.rows)+len(s.scopes) == 0 || len(s.uncovered)+len(s.exclude) > 0 || s.ambiguous != nil || len(p.last.Measures) == 0 || len(d.ownMeasures(s)) > 0 && !s.guessed {
		return Query{}, false
	}
	if q, ok := d.againstLast(s, p); ok {
		return q, true
	}
	if rows := d.againstNamed(s, p); rows != nil {
		return Query{Kind: Compare, Measures: p.last.Measures, Of: p.last.Of, Subjects: rows}, true
	}
	if q, ok := d.apartFromLast(s, p); ok {
		return q, true
	}
	t := *s
	t.measures, t.guessed = p.last.Measures, false
	t.joined = len(t.measures) > 1
	if q, ok := d.aboutFigure(&t); ok {
		return q, true
	}
	if (d.has(opOrder) || d.is(len(d.words)-1, gPlaceNumber) && d.namesPossessive()) && len(t.rows) == 1 && len(t.scopes) == 0 && t.rows[0].Kind == data.Country && d.short() {
		return Query{Kind: Rank, Measures: t.measures[:1], Of: p.last.Of, Subjects: t.rows}, true // "Germany, rank?"
	}
	if !d.hasAny(opShare, opAverage, opDifference, opTotal, opTop, opBottom, opOrder, opPlace) {
		return Query{}, false
	}
	q, _ := d.tableQuery(&t)
	switch q.Kind {
	case Share, Average, Difference, Total, Rank:
	default:
		return Query{}, false
	}
	if len(q.Measures) == 1 && q.Of == nil && len(q.Whole) == 0 {
		q.Of = p.last.Of // a share stays one: "and the lowest in the Balkans?"
	}
	return q, true
}

// askedOfShown reads "what does the report say about them", "anything at all for it?" and "is
// that the highest?" as asked of the rows of the last question.
func (d *draft) askedOfShown(s *slots, p *past) (Query, bool) {
	if len(s.rows)+len(s.scopes)+len(s.uncovered)+len(s.measures)+len(d.prose)+len(d.unknown)+len(d.numbers) > 0 || s.ambiguous != nil || !d.has(opPronoun) {
		return Query{}, false
	}
	rows := firstRows(p.rows(), p.shown)
	if len(rows) == 0 || len(rows) > 5 {
		return Query{}, false
	}
	if d.is(0, gYesNo) && d.hasAny(opTop, opBottom) && len(rows) == 1 && rows[0].Kind == data.Country && len(p.last.Measures) == 1 && !d.pointsAtMany() {
		return Query{Kind: Rank, Measures: p.last.Measures, Of: p.last.Of, Subjects: rows, Asc: d.has(opBottom) && !d.has(opTop)}, true
	}
	about := d.phraseLen(opAboutSubject) > 1 && !d.follows() || d.phraseLen(opAboutSubject) > 3 || d.has(opSays) && d.hasAny(opReport, opAboutSubject, opRows)
	if !about || d.hasAny(opWhen, opSource, opWhy, opShare, opTotal, opAverage, opMore, opFewer, opTop, opBottom, opCompare, opReliable, opDisagree, opDefine, opList) {
		return Query{}, false
	}
	return Query{Kind: Profile, Subjects: rows}, true
}

// ownMeasures are the measures that a question names, without one that only "where does
// that come from" gave.
func (d *draft) ownMeasures(s *slots) []*data.Measure {
	if !d.startsWith("where") || !d.has(opSource) {
		return s.measures
	}
	return d.withoutOrigin(s)
}

// againstNamed are the last row and the one named, where it is asked which has more:
// "and the Italians, more or fewer?"; nil if it is not.
func (d *draft) againstNamed(s *slots, p *past) []*data.Subject {
	rows := p.rows()
	if len(rows) != 1 || len(s.rows) != 1 || len(s.scopes) > 0 || rows[0] == s.rows[0] || s.cond != nil || !d.short() {
		return nil
	}
	if !d.hasAny(opMore, opFewer) || d.hasAny(opCompare, opThan, opTop, opBottom, opDifference, opShare) || len(d.numbers) > 0 {
		return nil
	}
	return []*data.Subject{rows[0], s.rows[0]}
}

// apartFromLast reads "and the difference to Denmark?", "the total with Denmark?" and "in
// ratio to Denmark?" as asked of the last rows and the one named.
func (d *draft) apartFromLast(s *slots, p *past) (Query, bool) {
	rows := p.rows()
	if len(rows) == 0 || len(s.rows) != 1 || len(s.scopes) > 0 || slices.Contains(rows, s.rows[0]) || len(p.last.Measures) != 1 || p.last.Of != nil || s.cond != nil {
		return Query{}, false
	}
	q := Query{Measures: p.last.Measures, Subjects: appendNew(rows, s.rows)}
	before := d.wordBeforeName()
	added := slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == operator && m.op == opAdd && m.then != "" })
	switch with := !added && before >= 0 && (d.is(before, gAgainst) || d.within(before, opAdd)); {
	case d.has(opDifference) && len(rows) == 1:
		q.Kind = Difference
	case d.has(opTotal) && with && d.ops[opTotal] != before, before > 0 && d.has(opPronoun) && d.within(before-1, opAndAlso): // "they make together with Denmark"
		q.Kind = Total
	case d.has(opAverage) && with:
		q.Kind = Average
	case d.has(opShare) && with && d.is(before, gGoal), d.has(opOrder) && d.has(opCompare):
		q.Kind = Compare
	default:
		return Query{}, false
	}
	return q, true
}

// wordBeforeName is the word before the first name of a row, articles aside; -1 if there is none.
func (d *draft) wordBeforeName() int {
	for i := range d.names {
		if n := &d.names[i]; n.row != nil && !n.out && !n.agent {
			at := n.span.from - 1
			if at > 0 && d.is(at, gArticle) {
				at--
			}
			return at
		}
	}
	return -1
}

// aboutFigure reads a date, a source or a doubt that is asked of the rows named.
func (d *draft) aboutFigure(s *slots) (Query, bool) {
	if len(s.rows) == 0 || d.hasAny(opThan, opCompare, opNewest, opOldest) {
		return Query{}, false
	}
	q := Query{Subjects: s.rows, Measures: s.measures}
	switch {
	case d.hasAny(opWhen, opDated) && !d.has(opSays):
		q.Kind = Date
	case d.has(opReliable):
		q.Kind, q.Aspect = Source, Reliable
	case d.has(opDisagree):
		q.Kind, q.Aspect = Source, Disagree
	case d.has(opSource) && (d.sourceWord() || d.startsWith("where")):
		q.Kind = Source
	default:
		return Query{}, false
	}
	return q, true
}

// rankedBy reads "for the Balkans, by women" after a ranking as the same ranking of another set
// by another measure.
func (d *draft) rankedBy(s *slots, p *past) (Query, bool) {
	within, rows := d.set(s)
	if p.last.Kind != Rank || len(within) == 0 || len(rows) > 0 || len(s.measures) != 1 || len(s.uncovered) > 0 || s.cond != nil || len(d.words) > 8 {
		return Query{}, false
	}
	if d.hasAny(opHowMany, opTotal, opAverage, opShare, opTop, opBottom, opOrder, opCompare, opDifference) || len(d.measures) == 0 || d.measures[0].from == 0 || !d.is(d.measures[0].from-1, gAgent) {
		return Query{}, false
	}
	q := p.last
	q.Within, q.Measures, q.Of, q.Subjects = within, s.measures, nil, nil
	return q, true
}

// amongShown reads "which has the fewest returnees" as asked of the rows that were just listed.
func (d *draft) amongShown(s *slots, p *past) (Query, bool) {
	if len(s.measures) != 1 || len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || s.ambiguous != nil || s.cond != nil || len(p.shown) < 2 || len(p.shown) > mostPointed {
		return Query{}, false
	}
	if !d.bareWhich() || !d.hasAny(opTop, opBottom) || d.hasAny(opShare, opEverywhere, opCountry, opDifference) {
		return Query{}, false
	}
	return Query{Kind: Rank, Measures: s.measures, Subjects: p.shown, Limit: max(s.limit, 1), Asc: d.has(opBottom) && !d.has(opTop)}, true
}

// shownWithin reads "which of those is a Balkan state" as asked which of the rows shown lie
// within a set.
func (d *draft) shownWithin(s *slots, p *past) (Query, bool) {
	set, rows := d.set(s)
	if len(s.measures)+len(rows)+len(s.uncovered) > 0 || len(set) != 1 || len(p.shown) < 2 || len(p.last.Measures) == 0 || !d.pointsAtMany() {
		return Query{}, false
	}
	counted := (d.has(opHowMany) || d.is(0, gYesNo)) && !d.hasAny(opShare, opTop, opBottom, opTotal, opAverage) && p.last.Kind != Filter && p.last.Kind != Count
	if !counted && !d.hasAny(opWhich, opWho) {
		return Query{}, false
	}
	q := Query{Kind: Lookup, Measures: p.last.Measures, Of: p.last.Of}
	for _, r := range p.shown {
		if within(set, r) {
			q.Subjects = append(q.Subjects, r)
		}
	}
	if len(q.Subjects) == 0 && counted {
		return Query{Kind: Coverage, Aspect: Countries, Within: set}, true // none of those shown
	}
	return q, len(q.Subjects) > 0
}

// measuredAgain reads "and the bottom three by women?", "the average of the children":
// another measure and what is to be done with it, over the last set of countries.
func (d *draft) measuredAgain(s *slots, p *past) (Query, bool) {
	if len(s.measures) == 0 || len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || s.ambiguous != nil || !setBased(&p.last) || s.cond != nil {
		return Query{}, false
	}
	if !d.hasAny(opAverage, opTotal, opTop, opBottom) || d.hasAny(opShare, opPronoun, opEverywhere, opDifference, opLatter, opFormer) || d.numbersRow() {
		return Query{}, false
	}
	t := *s
	t.scopes, t.rows = p.last.Within, p.last.Subjects
	q, _ := d.tableQuery(&t)
	if q.Kind != Rank && q.Kind != Average && q.Kind != Total {
		return Query{}, false
	}
	if q.Kind == Rank && s.limit+s.position == 0 && p.last.Kind == Rank {
		q.Limit, q.Position = p.last.Limit, p.last.Position
	}
	q.Exclude = slices.Clone(p.last.Exclude)
	return q, true
}

// namesPossessive says whether a place stands for its figure: "where does Germany's come from".
func (d *draft) namesPossessive() bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.row != nil && !n.people && d.possessive(n.to-1) && !d.hasSense(n.to, peopleNoun, measureNoun)
	})
}
