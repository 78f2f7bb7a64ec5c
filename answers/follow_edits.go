package answers

import (
	"reportbot/data"
	"slices"
)

// operation reads what is to be done with the last figures: "as a share?",
// "who had more?", "the difference?", "when is that from?", "source?".
func (d *draft) operation(s *slots, p *past) (Query, bool) {
	if len(s.measures) > 0 && d.numbersRow() {
		if q, ok := d.pointed(s, p); ok {
			return q, true
		}
	}
	if q, ok := d.againstLast(s, p); ok {
		return q, true
	}
	if q, ok := d.overShown(s, p); ok {
		return q, true
	}
	if q, ok := d.partedByCountry(s, p); ok {
		return q, true
	}
	if q, ok := d.placeAgain(s, p); ok {
		return q, true
	}
	if len(s.rows) == 1 && slices.Equal(s.rows, p.last.Subjects) && d.has(opShare) {
		s.rows = nil // "what share of all the Malaysians would that be"
	}
	if len(s.rows)+len(s.scopes) > 0 && !d.hasAny(opCompare, opWhen) && !(d.has(opThan) && d.hasAny(opNewest, opOldest)) || len(s.uncovered) > 0 {
		return Query{}, false
	}
	rows := p.rows()
	if len(s.rows) > 0 {
		rows = appendNew(rows, s.rows)
	}
	q := Query{Subjects: rows, Measures: p.last.Measures, Within: p.last.Within, Exclude: p.last.Exclude}
	if len(s.measures) > 0 && (!s.guessed || !d.e.base(s.measures[0]) || len(q.Measures) == 0 || !d.has(opShare) && (!d.pointsAtMany() || d.hasAny(opMore, opFewer, opTop, opBottom))) {
		q.Measures = s.measures
	}
	if setBased(&p.last) && len(p.last.Subjects) == 0 {
		q.Subjects = nil
	}
	switch {
	case d.phraseLen(opAboutSubject) > 1 && p.last.Kind == Rank && len(p.shown) == 1 && len(s.measures) == 0 && d.has(opPronoun):
		return Query{Kind: Profile, Subjects: p.shown}, true
	case d.has(opShare):
		return d.shareAgain(s, p, q)
	case d.has(opCountry) && d.hasAny(opWhich, opPronoun) && d.short() && len(s.measures) == 0 && len(p.last.Subjects) == 1 && len(p.last.Subjects[0].Members) > 0:
		return Query{Kind: Coverage, Aspect: Countries, Within: []Scope{{Row: p.last.Subjects[0]}}}, true
	case d.has(opCountry) && d.hasAny(opWhich, opPronoun) && len(p.last.Within) > 0 && d.short() && len(s.measures) == 0 && !d.hasAny(opTop, opBottom):
		return Query{Kind: Coverage, Aspect: Countries, Within: p.last.Within}, true
	case d.has(opDifference):
		q.Kind, q.Subjects = Difference, p.pair(q.Subjects, q.Measures)
		if n := len(q.Subjects); n > 2 && n == len(p.chain) {
			q.Subjects = q.Subjects[n-2:] // of the last two
		}
		if len(s.measures) == 0 && len(q.Subjects) == 1 && len(q.Measures) == 1 && len(p.before.Measures) == 1 && slices.Equal(p.before.Subjects, q.Subjects) && p.before.Measures[0] != q.Measures[0] {
			q.Measures = []*data.Measure{p.before.Measures[0], q.Measures[0]} // "the difference of the last two"
		}
		return q, len(q.Subjects) > 1 || len(q.Measures) > 1
	case d.has(opAverage):
		q.Kind = Average
		if len(q.Subjects) == 1 {
			q.Subjects = nil // one row has no average
		}
		return q, true
	case d.hasAny(opNewest, opOldest) && d.pointsAtMany() && len(p.list) > 1 && len(s.measures)+len(s.rows) == 0:
		q = Query{Kind: Date, Aspect: Newest, Measures: q.Measures, Subjects: p.list}
		if d.has(opOldest) {
			q.Aspect = Oldest
		}
		return q, true
	case p.last.ofAge() && d.hasAny(opNewest, opOldest) && len(s.measures)+len(s.rows) == 0:
		q = p.last
		q.Aspect = Newest
		if d.has(opOldest) {
			q.Aspect = Oldest
		}
		return q, true
	case d.has(opLately) && len(s.measures) == 0 && !d.hasAny(opWhen, opOldest, opDated):
		return p.last, true
	case (d.hasAny(opWhen, opNewest, opOldest) || d.has(opDated) && len(d.words) <= 3) && len(s.measures) == 0:
		q.Kind, q.Subjects = Date, firstRows(rows, p.shown)
		return q, len(q.Subjects) > 0
	case d.has(opNow) && d.has(opHowMany) && len(s.measures) == 0 && len(rows) > 0 && len(q.Measures) > 0:
		q.Kind = Lookup
		return q, true
	case d.hasAny(opTop, opMore, opBottom, opFewer, opCompare) && len(s.measures) <= 1 && s.cond == nil:
		return d.compareAgain(s, p, q)
	case len(rows) == 1 && len(s.measures) == 0 && d.has(opWhy) && d.otherFigure(rows[0], &p.last), d.has(opDisagree) && len(s.measures) == 0:
		q.Kind, q.Aspect, q.Subjects = Source, Disagree, firstRows(rows, p.shown)
		return q, true
	case d.has(opReliable) && len(s.measures) == 0:
		q.Kind, q.Aspect, q.Subjects = Source, Reliable, firstRows(rows, p.shown)
		return q, true
	case d.has(opSource) && (len(s.measures) == 0 || d.sourceMark(d.measures[0].span)), d.has(opWhy) && len(s.measures) == 0 && d.short():
		q.Kind, q.Subjects, q.Measures = Source, firstRows(rows, p.shown), p.last.Measures
		return q, len(q.Subjects) > 0
	case d.has(opTotal) && len(s.measures) == 0:
		q.Kind = Total
		if d.has(opEverywhere) {
			q.Subjects, q.Within = nil, nil
		}
		if both := d.bothParts(p); len(q.Subjects) == 1 && both != nil {
			q.Measures = both
		} else if apart := d.bothApart(p); len(q.Subjects) == 1 && apart != nil {
			q.Kind, q.Measures, s.clash = Lookup, apart, apart
		} else if len(q.Subjects) == 1 {
			q.Subjects = p.pair(q.Subjects, nil)
			if len(q.Subjects) == 1 && d.anyIs(gBothWord) {
				return Query{}, false // both of what
			}
		}
		return q, len(q.Measures) > 0
	case d.has(opEverywhere) && len(s.measures) == 0 && len(p.last.Measures) > 0:
		q.Kind, q.Subjects, q.Within = Total, nil, nil
		return q, true
	case s.year != nil && len(s.measures) == 0:
		return p.last, true
	case d.has(opOrder) && (len(p.shown) > 1 || d.pointsAtMany() && len(p.chain) > 1):
		q.Kind, q.Subjects, q.Asc = Rank, p.shown, d.hasAny(opAscending)
		if len(p.shown) < 2 {
			q.Subjects = p.chain
		}
		return q, len(q.Measures) > 0
	case s.limit > 0 && p.last.Kind == Rank:
		q = p.last
		q.Limit, q.Position = s.limit, 0
		return q, true
	case s.cond != nil && setBased(&p.last) && len(s.measures) == 0:
		q = p.last
		q.Kind, q.Cond, q.Also, q.Limit, q.Position = Filter, s.cond, nil, 0, 0
		return q, len(q.Measures) > 0
	}
	return Query{}, false
}

// ofAge says whether a query asks for the newest or oldest figures of all.
func (q *Query) ofAge() bool {
	return q.Kind == Date && (q.Aspect == Newest || q.Aspect == Oldest) && len(q.Subjects) == 0
}

// placeAgain reads another place, or another length, of the last ranking: "second
// place?", "just three", "and which came second in that ranking".
func (d *draft) placeAgain(s *slots, p *past) (Query, bool) {
	q := p.last
	if q.Kind != Rank && p.twoBack && d.phraseLen(opFollow) > 2 {
		q = p.before
	}
	if q.Kind != Rank || len(s.measures)+len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || d.has(opShare) {
		return Query{}, false
	}
	if other, ok := d.otherEnd(p); ok {
		return other, true
	}
	if n := d.ordinal(); n > 0 {
		q.Limit, q.Position = 0, n
		return q, true
	}
	if d.has(opNextPlace) && p.last.Kind == Rank && d.short() {
		q.Limit, q.Position = 0, max(q.Limit, q.Position)+1 // "and after that?"
		return q, true
	}
	if d.short() && !d.hasAny(opTop, opBottom) && len(d.numbers) == 1 && !d.numbers[0].year && s.cond == nil {
		q.Limit, q.Position = int(d.numbers[0].value), 0
		return q, q.Limit > 0 && p.last.Kind == Rank
	}
	return Query{}, false
}

// againstLast reads "is it more than Tajikistan's?": the last row and another.
func (d *draft) againstLast(s *slots, p *past) (Query, bool) {
	if len(s.rows) != 1 || len(s.scopes) > 0 || len(s.measures) > 0 && !s.guessed || !d.has(opPronoun) || !d.hasAny(opMore, opFewer, opMoreThan, opFewerThan) || len(d.numbers) > 0 {
		return Query{}, false
	}
	rows := p.rows()
	if len(rows) != 1 || len(p.last.Measures) != 1 || rows[0] == s.rows[0] {
		return Query{}, false
	}
	return Query{Kind: Compare, Measures: p.last.Measures, Of: p.last.Of, Subjects: []*data.Subject{rows[0], s.rows[0]}}, true
}

// partedByCountry reads "split that up by country" where the last figure was of
// several countries together.
func (d *draft) partedByCountry(s *slots, p *past) (Query, bool) {
	if len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || len(s.measures) > 0 && !s.guessed || !d.hasAny(opCountry, opPronoun) || len(p.last.Measures) == 0 {
		return Query{}, false
	}
	if whose := d.short() && d.has(opWhich) && d.has(opCountry) && !d.hasAny(opTop, opBottom, opMore, opFewer); !whose && (!d.has(opList) || d.phraseLen(opList) < 2) {
		return Query{}, false // "split it up by country", "of which countries?"
	}
	q := Query{Kind: Filter, Has: true, Measures: p.last.Measures, Within: p.last.Within, Exclude: p.last.Exclude}
	switch {
	case p.last.Kind == Lookup && len(p.last.Subjects) == 1 && len(p.last.Subjects[0].Members) > 0:
		q.Within = []Scope{{Row: p.last.Subjects[0]}}
	case p.last.Kind != Total && p.last.Kind != Average || len(p.last.Subjects) > 0:
		return Query{}, false
	}
	d.marks = slices.DeleteFunc(d.marks, func(m mark) bool { return m.kind == absent && d.within(m.from, opList) }) // "by state" is by country here
	return q, true
}

// overShown reads a sum or mean of the rows shown before: "add those up", "the
// fighters of all three altogether".
func (d *draft) overShown(s *slots, p *past) (Query, bool) {
	if len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || !d.hasAny(opTotal, opAverage) || d.has(opEverywhere) && len(d.numbers) == 0 {
		return Query{}, false
	}
	q := Query{Kind: Total, Measures: p.last.Measures, Subjects: d.allShown(p)}
	if d.has(opAverage) {
		q.Kind = Average
	}
	if len(s.measures) > 0 && !s.guessed || len(q.Measures) == 0 {
		q.Measures = s.measures
	}
	return q, len(q.Subjects) > 1 && (len(q.Measures) > 0 || p.last.Kind == Profile)
}

// otherFigure says whether a number of the question is a figure of the row that
// the last answer was not about: "why do you also have 148?".
func (d *draft) otherFigure(row *data.Subject, last *Query) bool {
	for _, v := range d.plainNumbers() {
		for _, x := range d.e.report.Measures {
			if c, ok := d.e.report.Cell(row, x); ok && c.Number.Value == v && !slices.Contains(last.Measures, x) {
				return true
			}
		}
	}
	return false
}

func firstRows(a, b []*data.Subject) []*data.Subject {
	if len(a) > 0 {
		return a
	}
	return b[:min(len(b), 5)]
}

func (d *draft) shareAgain(s *slots, p *past, q Query) (Query, bool) {
	q.Kind = Share
	if len(q.Measures) == 0 {
		return Query{}, false
	}
	if pair := p.pair(q.Subjects, nil); len(q.Subjects) == 1 && len(pair) > 1 && d.hasAny(opMore, opFewer, opTop, opBottom) && (d.has(opWhich) || d.has(opWho)) {
		q.Kind, q.Subjects = Compare, pair // "which of the two has the higher share"
	}
	if p.last.Of != nil && (len(s.measures) == 0 || d.divides(s.measures[0], p.last.Of)) {
		q.Of = p.last.Of
	}
	if len(s.measures) == 1 && len(p.last.Measures) > 0 && d.e.base(s.measures[0]) && d.divides(p.last.Measures[0], s.measures[0]) {
		q.Measures, q.Of = p.last.Measures[:1], s.measures[0]
	}
	if len(s.measures) == 1 && len(p.last.Measures) == 1 && d.e.base(s.measures[0]) && !d.e.base(p.last.Measures[0]) && !d.divides(p.last.Measures[0], s.measures[0]) {
		q.Measures, q.Of = p.last.Measures, d.ownTotal(p.last.Measures[0], s.measures[0])
		return q, true
	}
	if of, ok := d.ofBoth(s, p); ok {
		return of, true
	}
	w := d.e.words(q.Measures[0])
	if p.last.Kind == Rank && d.hasAny(opTop, opBottom) {
		q.Kind, q.Limit, q.Asc = Rank, p.last.Limit, d.has(opBottom)
	}
	two := &slots{measures: q.Measures, joined: p.last.Kind == Total}
	one, all := d.asOne(two), d.tableTotal(two)
	switch {
	case q.Of != nil:
	case one != nil && all != nil: // "both added?", "as a share of the total"
		q.Measures, q.Of = []*data.Measure{one}, all
	case len(q.Measures) == 2 && d.divides(q.Measures[0], q.Measures[1]):
		q.Measures, q.Of = q.Measures[:1], q.Measures[1]
	case len(q.Measures) == 2 && d.divides(q.Measures[1], q.Measures[0]):
		q.Measures, q.Of = q.Measures[1:], q.Measures[0]
	case d.e.base(q.Measures[0]) || len(w.ShareOf) == 0 || d.has(opEverywhere):
		q.Whole = []Scope{{}}
	default:
		q.Measures = q.Measures[:1]
		q.Of, _ = d.e.report.Measure(w.ShareOf[0])
	}
	if len(q.Subjects) == 0 && len(q.Within) == 0 && len(p.shown) > 0 && q.Kind == Share {
		q.Subjects = p.shown[:min(len(p.shown), 5)]
	}
	return q, true
}

// ofBoth is the share of the last figure but one in the last, of the same row:
// "how many returned?", "of how many that went?", "percentage then?".
func (d *draft) ofBoth(s *slots, p *past) (Query, bool) {
	if len(s.measures) > 0 || !p.twoBack || len(p.last.Measures) != 1 || len(p.before.Measures) != 1 || p.before.Of != nil || d.has(opEverywhere) {
		return Query{}, false
	}
	part, whole := p.before.Measures[0], p.last.Measures[0]
	if len(p.last.Subjects) != 1 || !slices.Equal(p.last.Subjects, p.before.Subjects) || !d.e.base(whole) || !d.divides(part, whole) {
		return Query{}, false
	}
	return Query{Kind: Share, Measures: []*data.Measure{part}, Of: whole, Subjects: p.last.Subjects}, true
}

func (d *draft) compareAgain(s *slots, p *past, q Query) (Query, bool) {
	if d.hasAny(opTop, opBottom) && d.pointsAtMany() && len(p.list) > 1 && len(s.rows) == 0 {
		q = Query{Kind: Rank, Measures: q.Measures, Subjects: p.list, Limit: max(s.limit, 1), Asc: d.has(opBottom) && !d.has(opTop)}
		return q, len(q.Measures) > 0
	}
	if p.last.Kind == Rank && len(s.measures) == 0 && len(s.rows) == 0 && d.hasAny(opTop, opBottom) {
		q = p.last
		q.Asc, q.Limit, q.Position = d.has(opBottom), max(s.limit, 1), s.position
		if d.has(opOrder) || s.limit == 0 && p.last.Limit > 1 {
			q.Limit = p.last.Limit
		}
		return q, true
	}
	if setBased(&p.last) && len(p.last.Subjects) == 0 && len(s.rows) == 0 {
		listed := d.short() && d.hasAny(opTop, opBottom) && s.limit > 0 // "highest three"
		if len(q.Measures) == 0 || !d.wantsCountries() && !listed && len(p.last.Within) == 0 {
			return Query{}, false
		}
		q.Kind, q.Limit, q.Asc = Rank, max(s.limit, 1), d.hasAny(opBottom, opFewer) && !d.hasAny(opTop, opMore)
		return q, true
	}
	q.Kind, q.Subjects = Compare, p.pair(q.Subjects, nil)
	if len(s.measures) == 0 {
		q.Of = p.last.Of // shares are compared as shares
	}
	if len(s.rows) > 0 {
		q.Subjects = appendNew(p.rows(), s.rows)
	}
	if len(q.Subjects) < 2 {
		return Query{}, false
	}
	return q, true
}

// newNames reads "and Germany?", "only Western Europe", "no, I meant Austria",
// "add Italy": the last query of other rows.
func (d *draft) newNames(s *slots, p *past) (Query, bool) {
	named := len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || s.ambiguous != nil
	if !named || len(s.measures) > 0 && !s.guessed || d.startsWith("why") && len(d.words) > 2 {
		return Query{}, false // "why so few Germans"
	}
	q := p.last
	q.Claim, q.Findings = false, d.findingsOn(q.Findings)
	if rows := exchanged(q.Subjects, s); rows != nil {
		q.Subjects, q.Cond = rows, nil
		return q, true
	}
	switch q.Kind {
	case Coverage, Help, Define, Refused:
		return Query{}, false
	case Rank, Filter, Count, Total, Average:
		return d.newSet(s, q)
	case Compare, Difference:
		q.Cond = nil
		if q.Kind == Difference && len(q.Measures) > 1 && len(q.Subjects) == 1 && !d.hasAny(opCompare, opAndAlso) && !d.adds() {
			q.Subjects, q.Within = s.rows, s.scopes // the same difference, of another row
			return q, true
		}
		if d.replaces() && len(q.Subjects) > 0 && len(s.rows) == 1 {
			q.Subjects = append(slices.Clone(q.Subjects[:len(q.Subjects)-1]), s.rows...)
		} else if len(s.rows) >= 2 {
			q.Subjects = s.rows
		} else if q.Kind == Difference || d.adds() || d.hasAny(opCompare, opAndAlso) || len(q.Measures) > 1 {
			q.Subjects = appendNew(q.Subjects, s.rows)
		} else {
			q.Kind, q.Subjects = Lookup, s.rows
			if len(q.Measures) == 0 {
				q.Kind = Profile
			}
		}
		q.Within = s.scopes
		if q.Kind == Difference && len(q.Measures) < 2 && len(q.Subjects) > 2 {
			q.Kind = Compare
		}
		return q, true
	}
	q.Cond = nil
	q.Subjects, q.Within = s.rows, s.scopes
	if d.adds() || q.Kind == Profile && d.within(len(d.words)-1, opAndAlso) {
		q.Subjects = appendNew(p.last.Subjects, s.rows)
	}
	if q.Kind == Lookup && len(q.Subjects) == 0 && len(q.Within) > 0 {
		q.Kind, q.Exclude = Total, appendNew(q.Exclude, s.exclude)
	}
	if q.Kind == Lookup && len(q.Measures) == 0 {
		q.Kind = Profile
	}
	return q, true
}

// findingsOn are those of the findings that bear on a place which is named.
func (d *draft) findingsOn(found []*data.Finding) []*data.Finding {
	ix := d.e.index()
	return slices.DeleteFunc(slices.Clone(found), func(f *data.Finding) bool {
		return !slices.ContainsFunc(d.names, func(n nameMark) bool { return ix.covers(ix.docOf(f), n.key()) })
	})
}

// exchanged are the last rows with one of them exchanged for another: "the same
// with Spain instead of Canada"; nil if none is.
func exchanged(last []*data.Subject, s *slots) []*data.Subject {
	if len(s.exclude) != 1 || len(s.rows) != 1 || len(last) < 2 {
		return nil
	}
	at := slices.Index(last, s.exclude[0])
	if at < 0 || slices.Contains(last, s.rows[0]) {
		return nil
	}
	rows := slices.Clone(last)
	rows[at] = s.rows[0]
	return rows
}

// adds says whether a name is to come to those before: "add Italy".
func (d *draft) adds() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opAdd && m.from <= 1 {
			return true
		}
	}
	return false
}

func (d *draft) replaces() bool { return d.has(opCorrection) }

// newSet gives a ranking, filter or sum another set, or looks up the one row named.
func (d *draft) newSet(s *slots, q Query) (Query, bool) {
	within, rows := d.set(s)
	switch {
	case len(within) > 0 && len(rows) == 0:
		if len(s.rows) > 0 && !d.hasAny(opOnly, opCountry) && q.Kind == Total && len(q.Within) == 0 {
			return Query{Kind: Lookup, Measures: q.Measures, Subjects: s.rows}, true
		}
		q.Within, q.Exclude = within, appendNew(q.Exclude, s.exclude)
		if d.adds() {
			q.Within = append(slices.Clone(q.Within), within...)
		}
		q.Exclude = q.excludedWithin()
		return q, true
	case len(rows) > 0 && len(q.Subjects) > 0:
		if d.adds() {
			rows = appendNew(q.Subjects, rows)
		}
		q.Subjects = rows
		return q, true
	case len(rows) > 0:
		n := Query{Kind: Lookup, Measures: q.Measures, Subjects: rows}
		if q.Of != nil {
			n.Kind, n.Of = Share, q.Of
		}
		return n, true
	}
	return Query{Kind: Lookup, Measures: q.Measures}, true
}

// excludedWithin are the rows that a query leaves out, without those that its sets do not hold anyway.
func (q *Query) excludedWithin() []*data.Subject {
	return slices.DeleteFunc(slices.Clone(q.Exclude), func(r *data.Subject) bool { return len(r.Members) == 0 && !within(q.Within, r) })
}

// newMeasures reads "what about women?", "and how many are still there?": the
// last rows under another measure.
func (d *draft) newMeasures(s *slots, p *past) (Query, bool) {
	if len(s.measures) == 0 {
		return Query{}, false
	}
	q := p.last
	q.Claim, q.Also = false, nil
	q.Measures = s.measures
	switch q.Kind {
	case Coverage, Help, Define, Refused:
		return Query{}, false
	case Total, Average:
		if len(q.Subjects) > 1 && d.pointsAtMany() && !d.hasAny(opTotal, opAverage) {
			q.Kind = Lookup // "the returned of both"
			return q, true
		}
		if len(q.Within) > 0 && len(q.Subjects) == 0 && d.anyIs(gEach) && !d.hasAny(opTotal, opAverage) {
			q.Kind, q.Has = Filter, true // "fighters of each"
			return q, true
		}
		fallthrough
	case Rank, Filter, Count:
		if d.pointsBack() && len(p.shown) > 1 && s.cond != nil {
			return Query{Kind: Filter, Measures: s.measures, Cond: s.cond, Subjects: p.shown}, true // "which of these have over 500 returned"
		}
		if d.pointsBack() && len(p.shown) > 0 {
			return Query{Kind: Lookup, Measures: s.measures, Subjects: p.shown[:d.pointedAt(q, p)]}, true
		}
		if q.Of != nil && !d.divides(s.measures[0], q.Of) {
			q.Of = nil
		}
		if s.cond != nil {
			q.Cond = s.cond
		}
		return q, true
	case Share:
		q.Whole, q.Of = nil, nil
		if w := d.e.words(s.measures[0]); len(w.ShareOf) > 0 && !d.shareAside(p) {
			q.Of, _ = d.e.report.Measure(w.ShareOf[0])
		}
		if q.Of == nil {
			q.Kind = Lookup
		}
		return q, len(q.Subjects)+len(q.Within) > 0
	case Profile, Date, Source:
		if q.ofAge() {
			return q, true // "for returnees", after the newest figure
		}
		q.Kind, q.Aspect = Lookup, ""
	}
	if all := d.allShown(p); len(all) > 1 && len(d.numbers) > 0 && q.Kind == Lookup {
		q.Subjects = all // "returned for all three"
	}
	if d.has(opAndAlso) && d.adds() {
		q.Measures = append(slices.Clone(p.last.Measures), s.measures...)
	}
	q.Of = nil
	q.Cond = s.cond
	if q.Cond == nil {
		q.Cond = d.claim()
	}
	q.Claim = q.Cond != nil
	if len(q.Subjects) == 0 && len(q.Within) == 0 && len(p.shown) > 0 {
		q.Subjects = p.shown[:1]
	}
	return q, len(q.Subjects)+len(q.Within) > 0 || len(s.uncovered) > 0
}

// shareAside says whether the last share only put the figure before it in another
// way ("in percent?"), so that the next measure is asked for as a figure again.
func (d *draft) shareAside(p *past) bool {
	return p.twoBack && p.before.Kind == Lookup && slices.Equal(p.before.Subjects, p.last.Subjects) && slices.Equal(p.before.Measures, p.last.Measures) && d.phraseLen(opFollow) < 3
}
