package answers

import "slices"

// latelyAsked is a time counted from the day of the question, where it says when those were counted who
// are asked for: "left last year", "came home in the past two months". No figure is of such a time.
func (d *draft) latelyAsked(q *Query) (span, bool) {
	if q.Kind == Date || q.Kind == Source || q.Kind == Coverage || len(q.Findings) > 0 {
		return span{}, false
	}
	for _, m := range d.marks {
		if m.kind != operator || m.op != opLately || d.mostRecent(m.span) || d.isOp(max(m.from-1, 0), opSays) {
			continue
		}
		at := m.span
		if m.then != "" {
			end, _ := d.soon(m.to, m.then)
			at.to = end.to
		}
		if d.saysOwnTime(at) {
			continue
		}
		return at, true
	}
	return span{}, false
}

// saysOwnTime says whether a time is of what the asker does, rather than of what is counted: it stands
// with other words before what is asked, or in a clause that asks nothing.
func (d *draft) saysOwnTime(at span) bool {
	clause := at
	for clause.from > 0 && !d.setOff(clause.from-1) && !d.askedAt(clause.from-1) {
		clause.from--
	}
	if clause.from > 0 && !d.setOff(clause.from-1) {
		return false
	}
	for clause.to < len(d.words) && !d.setOff(clause.to-1) && !d.askedAt(clause.to) {
		clause.to++
	}
	for i := clause.from; i < clause.to; i++ {
		leads := d.is(i, gPreposition) || d.is(i, gArticle) || d.is(i, gConjunction) || d.is(i, gSince) || d.is(i, gClause) || d.isOp(i, opFollow)
		if (i < at.from || i >= at.to) && !leads {
			return true
		}
	}
	return false
}

// askedAt says whether a word counts or names what is counted.
func (d *draft) askedAt(i int) bool {
	return d.inName(i) || d.measureIn(span{i, i + 1}) || d.within(i, opHowMany) || d.is(i, gAsking)
}

// mostRecent says whether words only stand in a longer phrase for the newest: "most recently".
func (d *draft) mostRecent(s span) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opNewest && m.holds(s) && m.len() > s.len()
	})
}
