package answers

import (
	"slices"

	"reportbot/data"
)

// otherAgent says whether a measure in which one row acts is asked of another that does
// the acting: "did Morocco send anyone back", "stopped by Denmark itself". The report
// counts only what Turkey did.
func (d *draft) otherAgent(s *slots) bool {
	for _, m := range d.measures {
		agent := d.e.words(m.measure).Agent
		if agent == "" || len(s.measures) != 1 || s.measures[0] != m.measure {
			continue
		}
		for i := range d.names {
			n := &d.names[i]
			if n.row == nil || n.row.Name == agent || n.out || n.place {
				continue
			}
			does := n.to == m.from && !n.people && d.auxiliaryBefore(n.span.from) && !d.actsIn(agent)
			if does || d.e.lexicon.of(d.prepositionBefore(n.span.from), gAgent) && n.span.from >= m.to {
				return true
			}
		}
	}
	return false
}

// otherList says whether another country's list is asked about: "how many people are on
// the Belgian list".
func (d *draft) otherList() bool {
	for i := range d.names {
		n := &d.names[i]
		if n.people && !n.agent && n.row != nil && n.to < len(d.words) && d.words[n.to].text == "list" && d.is(max(n.span.from-1, 0), gArticle) && !d.measureIn(span{n.span.from, n.to + 1}) {
			return true
		}
	}
	return false
}

// actsIn says whether the row that acts in a measure is named as acting.
func (d *draft) actsIn(agent string) bool {
	for i := range d.names {
		if n := &d.names[i]; n.agent && n.row != nil && n.row.Name == agent && !d.is(max(n.span.from-1, 0), gGoal) {
			return true
		}
	}
	return false
}

// crossed says whether people of one place are asked about at another, or by another
// belonging: "how many Uzbeks left from Turkey", "French fighters in Belgium", "how many
// Israelis are Arab". The tables cross no two places.
func (d *draft) crossed(q *Query) bool {
	if q.Kind != Lookup && q.Kind != Profile || len(q.Subjects)+len(q.Within) != 2 {
		return false
	}
	var found []*nameMark
	for i := range d.names {
		n := &d.names[i]
		if n.out || n.agent || n.place || n.row == nil && n.group == nil || d.measureIn(n.span) {
			continue
		}
		found = append(found, n)
	}
	if len(found) != 2 || found[0].same(found[1].name) || narrows(found[0], found[1]) || narrows(found[1], found[0]) {
		return false
	}
	a, b := found[0], found[1]
	said := b.people && (d.is(b.span.from-1, gPassive) || d.is(b.span.from-1, gSpeaking))
	at := !b.people && d.is(b.span.from-1, gPreposition) && !d.is(b.span.from-1, gOwnership)
	return a.people && b.span.from > a.to && (said || at) && !d.listedBetween(a.to, b.span.from)
}

// narrows says whether one name is of a member of what the other stands for.
func narrows(whole, part *nameMark) bool {
	for _, s := range whole.members() {
		for _, p := range part.members() {
			if s == p {
				return true
			}
		}
	}
	return false
}

// listedBetween says whether a list goes on between two words, or two are compared.
func (d *draft) listedBetween(from, to int) bool {
	for k := from - 1; k < to; k++ {
		w := &d.words[k]
		if k >= from && (d.is(k, gConjunction) || d.is(k, gList) && w.text != "the" || d.isOp(k, opCompare, opThan, opMoreThan, opFewerThan)) || w.comma || w.breaks || w.colon {
			return true
		}
	}
	return false
}

// byWay says whether people are asked about by the way that they took: "how many
// Tunisians travelled via Libya".
func (d *draft) byWay() bool {
	for i := range d.names {
		if n := &d.names[i]; n.span.from > 0 && !n.agent && (n.row != nil || n.uncovered != nil) && d.is(n.span.from-1, gByWay) && !d.isTheatre(n) {
			return true
		}
	}
	return false
}

// bareAge says whether a low threshold right behind those counted is an age, not a
// number of them: "French fighters under 25".
func (d *draft) bareAge(s *slots) bool {
	if s.cond == nil || s.cond.Op != data.LT && s.cond.Op != data.GT || s.cond.A < youngest || s.cond.A > eldest || d.has(opTrue) || d.is(0, gYesNo) || len(s.rows) == 0 {
		return false
	}
	for i := range d.numbers {
		n := &d.numbers[i]
		if at := n.from - 2; at >= 0 && n.value == s.cond.A && !n.percent && (d.isOp(n.from-1, opFewerThan) || d.isOp(n.from-1, opMoreThan)) && (d.endsNoun(at) || at > 1 && d.is(at, gPassive) && d.within(at-1, opHowMany)) {
			return n.to == len(d.words)
		}
	}
	return false
}

// The ages that people ask for.
const (
	youngest = 12
	eldest   = 70
)

// endsNoun says whether a noun for people ends with a word.
func (d *draft) endsNoun(i int) bool {
	for _, m := range d.marks {
		if m.to == i+1 && (m.kind == measureNoun || m.kind == peopleNoun || m.kind == measurePhrase && d.e.who(m.measure)) {
			return true
		}
	}
	for k := range d.names {
		if n := &d.names[k]; n.people && n.to == i+1 {
			return true
		}
	}
	return false
}

// agentIdle says whether a row that acts in some measures does something to those
// of another row that none of these measures says: "how many Danes did Turkey name".
// Neither of the two sends anybody there.
func (d *draft) agentIdle(s *slots) bool {
	if !d.has(opHowMany) || len(s.rows) < 2 || len(s.measures) > 0 && !s.guessed {
		return false
	}
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		if n.row == nil || n.agent || n.out || d.originsOnly(n) {
			return false
		}
		if _, acts := d.e.agentMeasure(n.row); !acts {
			return false
		}
		return d.auxiliaryBefore(n.span.from) || d.is(max(n.span.from-1, 0), gAgent)
	})
}

// originsOnly says whether a name stands first of all that are named, or ends a list.
func (d *draft) originsOnly(n nameMark) bool {
	return !slices.ContainsFunc(d.names, func(o nameMark) bool { return o.to <= n.span.from && !d.listedBetween(o.to, n.span.from) })
}
