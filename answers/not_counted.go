package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// signAside is a sign of the figures which no threshold took up, so that countries are asked
// for by the sign itself: "which countries have ~ for returned"; -1 if there is none.
func (d *draft) signAside() int {
	for i := range d.words {
		if d.words[i].isSign() && (i+1 == len(d.words) || !d.words[i+1].isNum) && d.words[i].text != "%" && !d.measureIn(span{i, i + 1}) {
			return i
		}
	}
	return -1
}

// signedAside says whether figures with a sign, or without it, are to be left out of what is worked
// out, which is never done: "the total, exact figures only", "the average excluding estimates".
func (d *draft) signedAside(q *Query) bool {
	switch q.Kind {
	case Total, Average, Rank, Compare, Share, Difference:
	default:
		return false
	}
	for i := range d.words {
		if !d.namesSign(i) {
			continue
		}
		near := span{max(0, i-2), min(len(d.words), i+3)}
		if slices.ContainsFunc(d.marks, func(m mark) bool {
			return m.kind == operator && (m.op == opExclude || m.op == opExcludeAfter || m.op == opOnly) && m.meets(near)
		}) {
			return true
		}
	}
	return false
}

// namesSign says whether a word by itself is one for a sign of the figures: "estimates", "exact".
func (d *draft) namesSign(i int) bool {
	sign := func(s sense) bool { return s.kind == operator && signOf(s.op) != "" }
	return slices.ContainsFunc(d.senses(i), sign) || slices.ContainsFunc(d.e.lexicon.exact[d.words[i].text], sign)
}

// regionsApart says whether a ranking is asked for of each region by itself: "the top country of
// each region".
func (d *draft) regionsApart(q *Query) bool {
	return q.Kind == Rank && slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opRegions && (d.is(m.from, gEach) || m.from > 0 && (d.is(m.from-1, gEach) || d.is(m.from-1, gEvery)))
	})
}

// headOther is the noun right behind "how many" where it is of people whom the report does
// not count; -1 if there is none.
func (d *draft) headOther() int {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opHowMany {
			continue
		}
		at := m.to
		for at < len(d.words) && d.inName(at) {
			at++ // "how many Malaysian couples"
		}
		if at < len(d.words) && d.otherPeople(at) {
			return at
		}
	}
	return -1
}

// otherPeople says whether a word that by itself asks nothing is the noun of those counted,
// who are nobody that the report counts: "how many officials in France left".
func (d *draft) otherPeople(i int) bool {
	w := &d.words[i]
	if d.inName(i) || d.within(i, opCountry) || d.within(i, opRegions) || d.within(i, opRows) || w.isNum || len(w.text) < 5 || !strings.HasSuffix(w.text, "s") || strings.HasSuffix(w.text, "ss") || !d.e.lexicon.neutral[w.text] && !d.e.lexicon.neutral[w.stem] {
		return false
	}
	if d.is(i, gNameWord) || d.is(i, gTimeUnit) || d.is(i, gFinalCount) || d.is(i, gYesNo) || d.hasSense(i, peopleNoun, measureNoun, measurePhrase) || d.hasSense(i, operator) && !d.isOp(i, opTop) {
		return false
	}
	if i+1 == len(d.words) {
		return d.inName(i - 1)
	}
	return d.is(i+1, gPreposition) || d.is(i+1, gAuxiliary) || d.is(i+1, gRelative) || d.hasSense(i+1, measurePhrase)
}

// populationOf is the noun for people where all that is asked is how many there are in a
// country: "how many Muslims in France"; -1 if more is.
func (d *draft) populationOf(s *slots) int {
	if len(s.measures) > 0 || len(s.rows) != 1 || !d.has(opHowMany) || s.cond != nil || d.phraseLen(opAboutSubject) > 1 {
		return -1
	}
	inside := slices.ContainsFunc(d.names, func(n nameMark) bool {
		at := n.span.from - 1
		if at > 0 && d.is(at, gArticle) {
			at--
		}
		return n.row != nil && !n.people && at > 0 && d.is(at, gPlace) && !d.is(at, gInto)
	})
	if !inside {
		return -1
	}
	for _, m := range d.marks {
		if m.kind == peopleNoun && m.from >= d.ops[opHowMany] {
			return m.from
		}
	}
	return -1
}

// thanAside is a number that something is compared with and that no threshold took up:
// "how many kids are younger than six", "fighters minus ten"; -1 if there is none.
func (d *draft) thanAside() int {
	for i := range d.numbers {
		n := &d.numbers[i]
		if !n.used && !n.year && !n.ordinal && n.from > 0 && (d.words[n.from-1].text == "than" || d.isOp(n.from-1, opExclude)) && !d.e.pronounOne(d, n) {
			return n.from
		}
	}
	return -1
}

// bareAge says whether a low threshold right behind those counted is an age, not a
// number of them: "French fighters under 25".
func (d *draft) bareAge(s *slots) bool {
	if s.cond == nil || s.cond.Op == data.EQ || s.cond.A < youngest && !d.asksCount() || s.cond.A > eldest || d.has(opTrue) || d.is(0, gYesNo) || len(s.rows) == 0 {
		return false
	}
	for i := range d.numbers {
		n := &d.numbers[i]
		if at := n.from - 2; at >= 0 && n.value == s.cond.A && !n.percent && (d.isOp(n.from-1, opFewerThan) || d.isOp(n.from-1, opMoreThan)) && ((d.endsNoun(at) || d.inName(at)) && !d.setOff(at) || at > 1 && d.is(at, gPassive) && (d.within(at-1, opHowMany) || d.endsNoun(at-1) && d.asksCount())) {
			return n.to == len(d.words) || d.asksCount() && d.inAge(n.to)
		}
	}
	return false
}

// inAge says whether a number ends a clause or is told of a person: "under five who".
func (d *draft) inAge(i int) bool {
	return d.setOff(i-1) || d.is(i, gRelative) || d.is(i, gAuxiliary) || d.is(i, gPassive)
}

// The ages that people ask for.
const (
	youngest = 12
	eldest   = 70
)

// eventTime is a time told by an event, which no figure is of: "before the caliphate", "during
// the war".
func (d *draft) eventTime() (span, bool) {
	for i := range len(d.words) - 1 {
		before := d.is(i, gEarlierThan) && d.words[i].text != "than"
		if !before && !d.is(i, gLaterThan) && !d.is(i, gFromThen) && d.words[i].text != "during" || d.setOff(i) || i > 0 && d.is(i-1, gAsker) {
			continue // "what I'm after is …"
		}
		k := i + 1
		for k < len(d.words)-1 && d.is(k, gArticle) {
			k++
		}
		if !d.inName(k) && !d.measureIn(span{k, k + 1}) && !d.words[k].isNum && (d.hasSense(k, term, theatre, domain) || d.within(k, opReport) && !d.has(opEarlier)) {
			return span{i, k + 1}, true
		}
	}
	return span{}, false
}
