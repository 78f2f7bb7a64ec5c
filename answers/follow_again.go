package answers

import (
	"slices"

	"reportbot/data"
)

// splitAgain reads "split that by city" as asked of the last figures, which the
// report does not split so.
func (d *draft) splitAgain(s *slots, p *past) (Query, bool) {
	m, ok := d.absentMark()
	if !ok || !m.absent.Passing && !d.short() || len(s.rows)+len(s.scopes)+len(s.measures)+len(s.uncovered) > 0 || len(p.last.Measures) == 0 {
		return Query{}, false
	}
	return p.last, d.hasAny(opPronoun, opList, opFollow) || d.short()
}

// howManyThen reads "how many?" by itself: how many countries were listed, or the figure
// of the one row that was shown to have the most.
func (d *draft) howManyThen(s *slots, p *past) (Query, bool) {
	if !d.short() || !d.has(opHowMany) || len(s.rows)+len(s.scopes)+len(s.measures)+len(s.uncovered)+len(d.prose)+len(d.unknown)+len(d.numbers) > 0 || s.ambiguous != nil || d.hasAny(opCountry, opShare, opDifference, opTotal, opAverage, opMore, opFewer, opEverywhere) {
		return Query{}, false
	}
	switch {
	case p.last.Kind == Filter && len(p.last.Measures) > 0:
		q := p.last
		q.Kind = Count
		return q, true
	case (p.last.Kind == Rank || p.last.Kind == Compare) && len(p.last.Measures) == 1 && p.last.Of == nil && len(p.shown) > 0:
		q := Query{Kind: Lookup, Measures: p.last.Measures, Subjects: p.shown[:min(len(p.shown), 5)]}
		return q, true
	}
	return Query{}, false
}

// inHeads reads "how many people is that" after a share: the figure that it is a
// share of another.
func (d *draft) inHeads(s *slots, p *past) (Query, bool) {
	last := len(d.words) - 1
	counts := d.has(opHowMany) && d.has(opPronoun) && !d.pointsAtMany() || d.short() && d.words[last].text == "number" && len(s.rows) > 0
	if p.last.Of == nil || !counts && !d.has(opAbsolute) || len(s.measures) > 0 && !slices.Equal(s.measures, p.last.Measures) && !s.guessed || d.hasAny(opShare, opCountry) {
		return Query{}, false
	}
	q := Query{Kind: Lookup, Measures: p.last.Measures[:1], Subjects: p.rows(), Within: p.last.Within}
	if len(s.rows)+len(s.scopes) > 0 {
		q.Subjects, q.Within = s.rows, s.scopes
	}
	return q, len(q.Subjects)+len(q.Within) > 0
}

// ofThose reads "how many of those were women" and "of the 236, kids?" after returnees: of people of
// whom one measure was given another is asked, and no table crosses the two.
func (d *draft) ofThose(s *slots, p *past) (Query, bool) {
	if len(s.measures) != 1 || len(p.last.Measures) != 1 || len(s.rows)+len(s.scopes) > 0 || d.has(opCountry) || !d.pointsAtPeople() && !d.ofTheNumber(p) {
		return Query{}, false
	}
	a, b := p.last.Measures[0], s.measures[0]
	asked := p.last
	asked.Problem = nil // what was asked between, of the same people
	if p.last.Kind == Filter || p.last.Kind == Count || d.e.base(a) || d.e.base(b) || !d.e.crosses(a, b) || !d.e.finds(Reading{Query: asked}) {
		return Query{}, false
	}
	q := p.last
	q.Of, q.Cond, q.Claim = nil, nil, false
	if q.Kind == Date || q.Kind == Source {
		q.Kind, q.Aspect = Lookup, ""
	}
	q.Measures = []*data.Measure{a, b}
	s.clash = q.Measures
	return q, true
}

// crosses says whether no table tells how many of those whom one measure counts another counts too: only
// a figure printed for both sorts together holds the one and the other.
func (e *Engine) crosses(a, b *data.Measure) bool {
	return a != b && !slices.Contains(e.words(a).Parts, b.Name) && !slices.Contains(e.words(b).Parts, a.Name)
}

// pointsAtPeople says whether a part of the people counted before is asked for: "how
// many of those", "what share of them", "of those 302 how many", "of them, women?".
func (d *draft) pointsAtPeople() bool {
	for i := 1; i < len(d.words); i++ {
		if !d.pointsAt(i) || d.words[i-1].text != "of" {
			continue
		}
		if d.within(max(i-2, 0), opHowMany) || d.within(max(i-2, 0), opShare) || d.opensOf(i-1) && d.partBehind(i+1) {
			return true
		}
	}
	return false
}

// ofTheNumber says whether a part is asked for of a number that is a figure of the last answer's rows:
// "of the 236, how many".
func (d *draft) ofTheNumber(p *past) bool {
	return slices.ContainsFunc(d.numbers, func(n numberMark) bool {
		of := n.from - 1
		if of > 0 && d.is(of, gArticle) {
			of--
		}
		return of >= 0 && d.words[of].text == "of" && !n.year && !n.ordinal && !n.percent && d.isFigure(&p.last, n.value) && (d.opensOf(of) && d.partBehind(n.from) || d.within(max(of-1, 0), opHowMany))
	})
}

// opensOf says whether nothing but a word that goes on from before stands ahead of "of".
func (d *draft) opensOf(of int) bool {
	return of == 0 || d.setOff(of-1) || of == 1 && (d.is(0, gConjunction) || d.isOp(0, opFollow))
}

// partBehind says whether right behind those pointed at, and their number, a comma or "how many" stands.
func (d *draft) partBehind(at int) bool {
	if slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.from == at && !n.year }) {
		at++
	}
	return at < len(d.words) && (d.setOff(at-1) || d.isOp(at, opHowMany, opShare))
}

// bothApart are the last two measures of one row which make no sum, where a sum of the
// two is asked for: "on Turkey's list?", "sent back?", "sum of these two".
func (d *draft) bothApart(p *past) []*data.Measure {
	two := d.pointsAtMany() || slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.value == 2 })
	if !two || !p.twoBack || len(p.chain) > 1 || len(p.last.Measures) != 1 || len(p.before.Measures) != 1 || !slices.Equal(p.last.Subjects, p.before.Subjects) || p.last.Measures[0] == p.before.Measures[0] {
		return nil
	}
	return []*data.Measure{p.before.Measures[0], p.last.Measures[0]}
}

// bothParts are the last two measures where they are parts of one that may be added
// up, and of the same row: "women from Belgium", "children?", "both together?".
func (d *draft) bothParts(p *past) []*data.Measure {
	if !p.twoBack || len(p.last.Measures) != 1 || len(p.before.Measures) != 1 || !slices.Equal(p.last.Subjects, p.before.Subjects) || p.last.Measures[0] == p.before.Measures[0] {
		return nil
	}
	both := []*data.Measure{p.before.Measures[0], p.last.Measures[0]}
	if !d.partsTogether(&slots{measures: both}) {
		return nil
	}
	return both
}

// replaced reads "swap the UK for Germany": another row in the place of one of the last.
func (d *draft) replaced(s *slots, p *past) (Query, bool) {
	if !d.has(opViceVersa) || len(s.rows) != 2 || len(s.measures) > 0 {
		return Query{}, false
	}
	out, in := s.rows[0], s.rows[1]
	if !slices.Contains(p.last.Subjects, out) {
		out, in = in, out // "swap Belgium back in for France"
	}
	at := slices.Index(p.last.Subjects, out)
	if at < 0 || slices.Contains(p.last.Subjects, in) {
		return Query{}, false
	}
	q := p.last
	q.Subjects = slices.Clone(q.Subjects)
	q.Subjects[at] = in
	return q, true
}

// otherEnd reads "the bottom ones?" and "the next three" after a ranking: its other
// end, or more of it.
func (d *draft) otherEnd(p *past) (Query, bool) {
	q := p.last
	if q.Kind != Rank || q.Limit == 0 || !d.short() {
		return Query{}, false
	}
	if d.words[len(d.words)-1].text == "ones" && d.hasAny(opTop, opBottom, opLatter, opFormer) {
		q.Asc = d.hasAny(opBottom, opLatter)
		return q, true
	}
	for i := range d.numbers {
		if n := &d.numbers[i]; n.from > 0 && !n.ordinal && n.value > 1 && d.within(n.from-1, opFollow) && len(d.numbers) == 1 {
			q.Limit += int(n.value)
			return q, true
		}
	}
	return Query{}, false
}

// thoseWho reads "and the ones who have?" and "those who haven't?" as the measure that the last
// one denies, or that its denial means.
func (d *draft) thoseWho(s *slots, p *past) (Query, bool) {
	if len(s.measures)+len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.prose)+len(d.unknown) > 0 || len(p.last.Measures) != 1 || len(d.words) > 8 {
		return Query{}, false
	}
	end := len(d.words) - 1
	denied := end > 0 && d.words[end].text == "not"
	if denied {
		end--
	}
	if end < 1 || !d.is(end, gAuxiliary) || !d.isOp(end-1, opWho) && d.words[end-1].text != "that" {
		return Query{}, false
	}
	last := p.last.Measures[0]
	for _, m := range d.e.report.Measures {
		other, ok := d.e.report.Measure(d.e.words(m).Denied)
		if !ok || denied && last != m || !denied && last != other {
			continue
		}
		q := p.last
		q.Measures, q.Claim, q.Cond = []*data.Measure{m}, false, nil
		if denied {
			q.Measures = []*data.Measure{other}
		}
		return q, true
	}
	return Query{}, false
}

// bothOfThem reads "both of them please" and "all three" by itself: of each of the rows of which the same
// was asked one after another, or of one row both of what was asked.
func (d *draft) bothOfThem(s *slots, p *past) (Query, bool) {
	if p.last.Kind != Lookup && p.last.Kind != Profile || !s.bare() || len(s.uncovered)+len(d.prose)+len(d.unknown) > 0 || !d.onlyPoints() {
		return Query{}, false
	}
	many := d.manyMeant()
	if two := d.bothApart(p); many == 2 && len(two) == 2 {
		q := p.last
		q.Measures = two
		return q, true
	}
	rows := p.chain
	if len(rows) < 2 || many == 0 || many > len(rows) {
		return Query{}, false
	}
	q := p.last
	q.Subjects = rows[len(rows)-many:]
	return q, true
}

// manyMeant is how many are pointed at by "both", "all three" or "the two of them", 0 for none.
func (d *draft) manyMeant() int {
	for i := range d.words {
		if d.is(i, gBothWord) {
			return 2
		}
	}
	for i := range d.numbers {
		n := &d.numbers[i]
		if n.value >= 2 && !n.ordinal && !n.year && n.from > 0 && (d.is(n.from-1, gShownBefore) || d.is(n.from-1, gArticle)) {
			return int(n.value)
		}
	}
	return 0
}

// askingOps are the operators that ask something, rather than only pointing at what was shown.
var askingOps = []op{opHowMany, opWhich, opWho, opTop, opBottom, opMore, opFewer, opMoreThan, opFewerThan, opCompare, opTotal, opAverage, opShare,
	opDifference, opOrder, opExclude, opExcludeAfter, opSays, opWhy, opWhen, opSource, opReliable, opDefine, opCoverage, opHas, opNone,
	opBlank, opLatter, opFormer, opViceVersa, opTable, opAuthor, opReport, opNewest, opOldest, opNeither}

// onlyPoints says whether a message does nothing but point at what was shown.
func (d *draft) onlyPoints() bool {
	if len(d.words) > 8 || len(d.names) > 0 {
		return false
	}
	return !slices.ContainsFunc(d.marks, func(m mark) bool {
		joins := m.len() == 1 && d.is(m.from, gConjunction) // "or both"
		return m.kind == operator && !joins && slices.Contains(askingOps, m.op)
	})
}
