package answers

import "slices"

// absentMark is a thing asked for that the report does not give.
func (d *draft) absentMark() (mark, bool) {
	for _, m := range d.marks {
		if m.kind == absent && d.absents(m) {
			return m, true
		}
	}
	return mark{}, false
}

// absentOfThem reads what the report does not give as asked of the people whom the last
// figures count: "how many of them were killed".
func (d *draft) absentOfThem(s *slots, p *past) (Query, bool) {
	m, ok := d.absentMark()
	if !ok || !d.pointsAtMany() || len(d.names)+len(s.scopes) > 0 || len(s.measures) > 0 && !s.guessed || d.hasAny(opSays, opReport, opWhy) {
		return Query{}, false
	}
	q := p.last
	switch q.Kind {
	case Lookup, Total, Share, Difference:
	case Profile, Compare, Rank, Filter, Count, Average:
		q = Query{Kind: Refused}
	default:
		return Query{}, false
	}
	q.Problem = &Problem{Reason: Reason(m.absent.Reason), Word: d.shown(m.span), Topic: m.absent.Topic}
	return q, true
}

// absents says whether a mark of an absent thing stands: it is no part of a
// measure or name, and one that ends with "of" has people behind it ("names of
// Australians", not "names of suspects").
func (d *draft) absents(m mark) bool {
	if d.coveredByMeasure(m) || d.hyphened(m.span) || d.saidLoosely(m.span) || d.seenOften(m) {
		return false
	}
	if d.words[m.to-1].text != "of" {
		return true
	}
	return d.namesIn(span{m.to, min(m.to+3, len(d.words))}) || d.measuresIn(span{m.to, min(m.to+3, len(d.words))})
}

// saidLoosely says whether a word only stands for people behind a threshold, where
// something else is counted: "over 300 men are still fighting". It is noted.
func (d *draft) saidLoosely(s span) bool {
	if s.len() > 1 || !d.is(s.from, gLoosely) || d.phraseMeasures() == 0 || !slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.to == s.from && !n.year }) {
		return false
	}
	d.note(Ignored, d.shown(s), "")
	return true
}

// seenOften says whether a word for a multiple only tells how often the asker met something: "I
// saw it twice, …".
func (d *draft) seenOften(m mark) bool {
	ends := m.to == len(d.words) || d.setOff(m.from) || d.is(m.to, gConjunction) || d.is(m.to, gClause)
	return m.len() == 1 && Reason(m.absent.Reason) == NotComparable && ends && d.selfIn(span{max(0, m.from-4), m.from})
}

// hyphened says whether a span is only the first part of a compound: "Euro-Med".
func (d *draft) hyphened(s span) bool {
	return s.len() == 1 && s.to < len(d.words) && d.words[s.to].start == d.words[s.from].end+1 && d.words[s.from].hyphen
}

func (d *draft) coveredByMeasure(m mark) bool {
	for _, o := range d.measures {
		if o.meets(m.span) && !(m.len() > o.len() && m.holds(o.span)) && m.then == "" {
			return true
		}
	}
	for i := range d.names {
		if n := &d.names[i]; n.meets(m.span) && !(m.len() > n.len() && m.holds(n.span)) {
			return true
		}
	}
	return false
}
