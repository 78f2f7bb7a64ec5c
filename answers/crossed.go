package answers

import (
	"slices"
	"strings"
)

// mixedOrigin says whether a demonym describes another people: "Belgian Moroccans",
// "Iraqi Turkmens". The tables count by one country.
func (d *draft) mixedOrigin() bool {
	for i := range len(d.names) - 1 {
		a, b := &d.names[i], &d.names[i+1]
		if !a.people || !b.people || a.out || b.out || a.agent || b.agent || a.same(b.name) || a.to != b.span.from || d.setOff(a.to-1) {
			continue
		}
		if b.row == nil && b.uncovered == nil || a.row == nil && a.uncovered == nil {
			continue
		}
		adjective := !strings.HasSuffix(d.words[a.to-1].text, "s")
		if plural := strings.HasSuffix(d.words[b.to-1].text, "s"); adjective && (plural || a.row == nil) {
			return true
		}
	}
	return false
}

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
		on := n.span.from > 1 && d.words[n.span.from-2].text == "on"
		if !n.people && !on || n.agent || n.row == nil || n.to >= len(d.words) || !d.is(max(n.span.from-1, 0), gArticle) || d.measureIn(span{n.span.from, n.to + 1}) {
			continue
		}
		behind := on && n.to+1 < len(d.words) && d.words[n.to+1].text == "list" // "on the French S list"
		if d.words[n.to].text == "list" || behind && !d.measureIn(span{n.to, n.to + 2}) {
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
	if len(found) == 2 && found[0].people && !found[1].people && d.measureEndsAt(found[1].span.from) && !d.listedBetween(found[0].to, found[1].span.from) {
		return true // "how many Italians left the EU"
	}
	if len(found) == 2 && found[0].source && found[1].span.from == found[0].to+1 && d.is(found[0].to, gGoal) && !found[0].same(found[1].name) {
		return true // "how many returned from Turkey to Georgia"
	}
	if len(found) != 2 || found[0].same(found[1].name) || narrows(found[0], found[1]) || narrows(found[1], found[0]) {
		return false
	}
	a, b := found[0], found[1]
	said := b.people && (d.is(b.span.from-1, gPassive) || d.is(b.span.from-1, gSpeaking))
	home := b.span.from > 1 && d.is(b.span.from-1, gGoal) && d.measureEndsAt(b.span.from-1) // "Turkish returnees to Germany"
	at := !b.people && d.is(b.span.from-1, gPreposition) && (!d.is(b.span.from-1, gOwnership) || home)
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

// livesElsewhere says whether people of a place without a row are asked about at one
// that has one: "fighters from Lebanon living in Australia".
func (d *draft) livesElsewhere(s *slots) bool {
	if len(s.uncovered) != 1 || !s.uncovered[0].source {
		return false
	}
	u := s.uncovered[0]
	for i := range d.names {
		n := &d.names[i]
		if n.row != nil && !n.people && !n.agent && !n.place && n.span.from > u.to && d.is(n.span.from-1, gPlace) && !d.listedBetween(u.to, n.span.from) {
			return true
		}
	}
	return false
}

// onceListed says whether what became of people is asked of those whom Turkey sent back
// or listed: "how many returned Germans are on Turkey's list". The counts stand apart.
func (d *draft) onceListed(s *slots, q *Query) bool {
	if q.Kind != Lookup && q.Kind != Share || len(s.rows) == 0 || len(q.Whole) > 0 && d.ofCounted(s) || d.hasAny(opCompare, opMore, opFewer, opDifference, opThan, opAndAlso, opTotal) || !d.hasAny(opHowMany, opShare) {
		return false
	}
	if _, ok := d.unreal(s); ok {
		return false
	}
	for i, a := range d.measures {
		for _, b := range d.measures[i+1:] {
			byAgent := d.e.words(a.measure).Agent != ""
			if byAgent == (d.e.words(b.measure).Agent != "") || d.e.who(a.measure) || d.e.who(b.measure) || d.coordinated(a, b) || d.broken(a.from, b.from+1) {
				continue
			}
			if d.has(opShare) {
				if byAgent && d.e.base(b.measure) && b.kind == measurePhrase || byAgent && d.e.base(b.measure) && d.is(b.from-1, gPassive) {
					return true // "what share of those listed went"
				}
				continue
			}
			told := d.ops[opHowMany] > a.from && byAgent && b.kind == measurePhrase && d.startsWith("of")
			within := len(s.measures) > 1 && d.ops[opHowMany] < a.from && !d.opBetween(a.to, b.from, opHowMany) && !d.e.base(a.measure) && !d.e.base(b.measure) && !d.words[a.to-1].comma
			if told || within {
				return true
			}
		}
	}
	return false
}

// theirChildren says whether women or children are told of the fighters who had them:
// "how many fighters have children".
func (d *draft) theirChildren() bool {
	for i := range len(d.measures) - 1 {
		a, b := d.measures[i], d.measures[i+1]
		if a.kind == measureNoun && d.e.base(a.measure) && d.e.who(b.measure) && a.to+1 == b.from && d.is(a.to, gAuxiliary) && d.has(opHowMany) && d.ops[opHowMany] < a.from {
			return true
		}
	}
	return false
}

// measureEndsAt says whether a phrase of a measure ends right before a word, articles aside.
func (d *draft) measureEndsAt(i int) bool {
	if i > 0 && d.is(i-1, gArticle) {
		i--
	}
	return slices.ContainsFunc(d.measures, func(m mark) bool { return m.kind == measurePhrase && m.to == i })
}

// somethingElse is a strange word that turns what people did into something else:
// what they did it to ("returned their ballots"), or where they are ("women in
// parliament"); -1 if there is none.
func (d *draft) somethingElse() int {
	for _, i := range append(slices.Clone(d.unknown), d.prose...) {
		if i == 0 || d.words[i].mended != "" {
			continue
		}
		if d.e.lexicon.persons[d.words[i].text] {
			return i // "how many children does Putin have"
		}
		object := i > 1 && (d.words[i-1].text == "their" || d.is(i-1, gOthers)) && slices.ContainsFunc(d.measures, func(m mark) bool { return m.kind == measurePhrase && m.to == i-1 })
		where := i > 1 && d.is(i-1, gPlace) && !d.words[i].capital() && d.is(i-2, gPassive)
		if object || where {
			return i
		}
	}
	return -1
}

// partAsked says whether a part is asked to be worked out, of a percentage that the
// asker gives: "what is 10% of Russian fighters".
func (d *draft) partAsked() bool {
	return (d.has(opDefine) || d.startsWith("what")) && !d.hasAny(opCountry, opTrue) && slices.ContainsFunc(d.numbers, func(n numberMark) bool {
		of := n.to
		if of < len(d.words) && d.within(of, opShare) {
			of++ // the sign
		}
		return n.percent && !n.used && of < len(d.words) && d.words[of].text == "of"
	})
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

// leftFor says whether people left one place for another: "how many left Germany for Libya".
func (d *draft) leftFor() bool {
	for i := 1; i < len(d.names); i++ {
		a, b := &d.names[i-1], &d.names[i]
		if a.row == nil || b.row == nil && b.uncovered == nil || d.isTheatre(b) || b.span.from != a.to+1 || d.words[a.to].text != "for" {
			continue
		}
		if slices.ContainsFunc(d.measures, func(m mark) bool { return m.kind == measurePhrase && d.e.base(m.measure) && m.to == a.span.from }) {
			return true
		}
	}
	return false
}
