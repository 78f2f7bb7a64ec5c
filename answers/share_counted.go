package answers

import (
	"slices"

	"reportbot/data"
)

// ofCounted says whether the share is one of all whom a measure counts, told in a clause, and the rows
// named are the part: "of all the people Turkey sent back, what share was Russian".
func (d *draft) ofCounted(s *slots) bool {
	m, ok := d.countedWhole(s)
	if !ok {
		return false
	}
	of := d.wholeBegins(m)
	if of < 0 {
		return false
	}
	return d.onlyParts(of, m)
}

// countedWhole is the mark of the one measure asked for, verbs of travel before the part aside:
// "those sent back who came from Morocco".
func (d *draft) countedWhole(s *slots) (mark, bool) {
	var own []mark
	for _, m := range d.measures {
		switch {
		case m.kind == measurePhrase && d.e.base(m.measure) && m.to <= d.ops[opShare] && len(d.measures) > 1: // "accounts for"
		case slices.ContainsFunc(own, func(o mark) bool { return o.measure == m.measure }):
		case len(own) > 0 && m.kind == measurePhrase && d.e.base(m.measure) && d.namedBehind(m.to):
		case m.kind == measureNoun && d.e.base(m.measure) && len(own) == 0 && len(d.measures) > 1: // "fighters still there"
		default:
			own = append(own, m)
		}
	}
	if len(own) != 1 || !slices.Contains(s.measures, own[0].measure) {
		return mark{}, false
	}
	return own[0], true
}

// namedBehind says whether a name begins at a word, a preposition and article aside.
func (d *draft) namedBehind(at int) bool {
	for range 2 {
		if at < len(d.words) && (d.is(at, gPreposition) || d.is(at, gArticle)) {
			at++
		}
	}
	return at < len(d.words) && d.inName(at)
}

// wholeBegins is the "of" behind which the people counted by a measure are told, -1 where it is none
// of a share.
func (d *draft) wholeBegins(m mark) int {
	for k := m.from - 1; k >= 0; k-- {
		if d.words[k].text == "of" {
			if d.opensQuestion(k) || d.within(k, opShare) || d.within(k-1, opShare) || d.is(k-1, gSource) {
				return k
			}
			return -1
		}
		if d.words[k].comma || d.words[k].breaks || !d.tellsCounted(k) {
			return -1
		}
	}
	return -1
}

// opensQuestion says whether nothing but courtesy stands before a word.
func (d *draft) opensQuestion(at int) bool {
	for i := range at {
		if !d.e.lexicon.neutral[d.words[i].text] || d.within(i, opHowMany) {
			return false
		}
	}
	return true
}

// wholeStated says whether the share is one of all whom the one measure counts: "the largest share of
// those sent back". A bare noun is left to the usual whole: "the largest share of returnees".
func (d *draft) wholeStated(s *slots) bool {
	m, ok := d.countedWhole(s)
	if !ok || slices.ContainsFunc(d.measures, func(o mark) bool { return o.kind == measureNoun && o.span != m.span }) {
		return false
	}
	for k := d.wholeBegins(m) + 1; k > 0 && k < m.from; k++ {
		if d.is(k, gEvery) || d.is(k, gAside) && !d.is(k, gArticle) || d.within(k, opPronoun) || d.hasSense(k, peopleNoun) {
			return true
		}
	}
	return false
}

// tellsCounted says whether a word may stand between "of" and the measure that tells who is meant:
// "all the people whom Turkey has".
func (d *draft) tellsCounted(k int) bool {
	agent := slices.ContainsFunc(d.names, func(n nameMark) bool { return n.agent && n.holds(span{k, k + 1}) })
	return agent || d.is(k, gArticle) || d.is(k, gBeforeMeasure) || d.is(k, gEvery) || d.is(k, gRelative) || d.is(k, gPassive) ||
		d.is(k, gAuxiliary) || d.is(k, gAside) || d.hasSense(k, peopleNoun) || d.within(k, opEverywhere) || d.within(k, opWho) || d.within(k, opPronoun) ||
		d.isBaseNoun(k) || d.words[k].text == "on"
}

// kindOfAll is the measure of all people where the share is one of them and the part a kind of people
// of one row: "of all fighters, what share were German women". It is nil elsewhere.
func (d *draft) kindOfAll(num *data.Measure) *data.Measure {
	if !d.e.who(num) || len(d.measures) != 2 || d.measures[1].measure != num {
		return nil
	}
	all, kind := d.measures[0], d.measures[1]
	if all.kind != measureNoun || !d.e.base(all.measure) || d.divides(num, all.measure) || !d.ofBefore(all.from) || d.namesIn(span{0, all.to}) {
		return nil
	}
	if !slices.ContainsFunc(d.names, func(n nameMark) bool { return n.row != nil && n.to == kind.from }) {
		return nil
	}
	return all.measure
}

// isBaseNoun says whether a word is a noun for all who went: "fighters".
func (d *draft) isBaseNoun(k int) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == measureNoun && m.holds(span{k, k + 1}) && d.e.base(m.measure)
	})
}

// isPart says whether a name is that of the part: before "share of" ("Russia's share of those …"), or
// what those counted are said to be ("… were Russian", "… what share is Russian").
func (d *draft) isPart(n *nameMark, of int, m mark) bool {
	if n.row == nil && n.group == nil {
		return false
	}
	if n.to <= of {
		return d.hasShareOf(n, of, m)
	}
	if n.span.from < m.to {
		return false
	}
	for k := m.to; k < n.span.from; k++ {
		if d.is(k, gPassive) || d.within(k, opShare) || d.measureIn(span{k, k + 1}) {
			return true
		}
	}
	return (n.people || d.is(n.span.from-1, gPreposition) || d.is(n.span.from-1, gArticle)) && d.asksWhether() && d.onlyNeutral(n.to) // "were half of those … Russian"
}

// hasShareOf says whether a name has the share: "Russia's share of those …". Where it is only said of
// whom ("Serbia: % of fighters who returned"), or people are named, the whole is those of the name.
func (d *draft) hasShareOf(n *nameMark, of int, m mark) bool {
	has := d.possessive(n.to-1) || n.people && n.to < len(d.words) && d.within(n.to, opShare)
	for k := of + 1; k < m.from; k++ {
		if d.isBaseNoun(k) || d.hasSense(k, peopleNoun) && d.words[k].text == "people" {
			return false
		}
	}
	return has && d.opIn(span{n.to, of + 1}, opShare)
}

// mostCounted says whether it is asked if most of all whom a measure counts are of the rows named: "did
// most fighters come from Tunisia".
func (d *draft) mostCounted(s *slots) bool {
	at := slices.IndexFunc(d.numbers, func(n numberMark) bool { return n.over })
	if at < 0 {
		return false
	}
	m, ok := d.countedWhole(s)
	if !ok || m.from < d.numbers[at].to || slices.ContainsFunc(d.names, func(n nameMark) bool { return n.to <= m.from && !n.agent && !n.place }) {
		return false
	}
	for k := d.numbers[at].to; k < m.from; k++ {
		if d.words[k].text != "of" && !d.tellsCounted(k) {
			return false
		}
	}
	return d.onlyParts(d.numbers[at].from, m)
}

// onlyParts says whether rows are named, and each as a part of those whom a measure counts.
func (d *draft) onlyParts(of int, m mark) bool {
	parts := 0
	for i := range d.names {
		n := &d.names[i]
		if n.agent || n.out || n.place || m.holds(n.span) {
			continue
		}
		if !d.isPart(n, of, m) {
			return false
		}
		parts++
	}
	return parts > 0
}
