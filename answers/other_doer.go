package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// doneByOthers refuses figures of what others did than the row that acts in a measure: "how many did
// Bulgaria itself turn back at its border", "stopped by the Danish police", "on the American no fly list".
func (d *draft) doneByOthers(s *slots, _ *Query, _ bool) (Reading, bool) {
	if d.hasAny(opWhy, opSays) || len(d.unknown) > 0 || slices.ContainsFunc(d.prose, func(i int) bool { return !d.authority(i) }) {
		return Reading{}, false
	}
	for _, m := range d.measures {
		agent := d.e.words(m.measure).Agent
		if agent == "" || d.actsIn(agent) || !d.otherDoes(m) && !d.byOthers(m) && !d.atOthers(m) && !d.onOthersList(m) {
			continue
		}
		p := &Problem{Reason: NoSuchCombination, Topic: d.e.report.Vocabulary.Others}
		return Reading{Query: Query{Kind: Lookup, Subjects: s.rows, Measures: []*data.Measure{m.measure}, Problem: p}}, true
	}
	return Reading{}, false
}

// authority says whether a word is one for those who act for a country, or says that it does so itself.
func (d *draft) authority(i int) bool {
	return slices.Contains(d.e.report.Vocabulary.Authorities, d.words[i].text)
}

// othersName says whether a name is of a place or people that acts in no measure.
func (d *draft) othersName(n *nameMark) bool {
	return (n.row != nil || n.group != nil) && !n.out && !n.place && !n.agent && d.agentOf(n) == nil
}

// otherDoes says whether a name with words for those who act for it stands between an auxiliary and a
// measure: "did Bulgaria itself turn back", "has the Danish police stopped".
func (d *draft) otherDoes(m mark) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		return d.othersName(&n) && d.auxiliaryBefore(n.span.from) && n.to < m.from && d.onlyActs(n.to, m.from)
	})
}

// onlyActs says whether the words of a stretch all say who acts, one at least.
func (d *draft) onlyActs(from, to int) bool {
	acts := false
	for k := from; k < to; k++ {
		acts = acts || d.authority(k)
		if !d.authority(k) && !d.is(k, gArticle) && !d.within(k, opTakenUp) && d.words[k].text != "on" || d.setOff(k) {
			return false
		}
	}
	return acts
}

// byOthers says whether behind a measure "by" names others: "stopped by the Danish police", "by their own".
func (d *draft) byOthers(m mark) bool {
	for k := m.to; k < len(d.words)-1 && !d.words[k].breaks; k++ {
		if !d.is(k, gAgent) {
			continue
		}
		if slices.ContainsFunc(d.names, func(n nameMark) bool { return d.othersName(&n) && d.behind(k, &n) }) || d.ownAt(k+1) {
			return true
		}
	}
	return false
}

// ownAt says whether those who act for a people itself are named at a word: "their own police".
func (d *draft) ownAt(i int) bool {
	return i+2 < len(d.words) && (d.within(i, opTakenUp) || d.is(i, gArticle)) && d.words[i+1].text == "own" && d.authority(i+2)
}

// atOthers says whether a measure is asked of what was done at the border of others: "turned back at its
// border", "stopped at the Danish border".
func (d *draft) atOthers(m mark) bool {
	for k := 0; k < len(d.words)-2; k++ {
		if !d.is(k, gPlace) || d.is(k, gInto) {
			continue
		}
		its := d.within(k+1, opTakenUp) && d.authority(k+2)
		named := slices.ContainsFunc(d.names, func(n nameMark) bool {
			return d.othersName(&n) && d.behind(k, &n) && n.to < len(d.words) && d.authority(n.to)
		})
		if k >= m.to && (its || named) || d.ownAt(k+1) {
			return true
		}
	}
	return false
}

// onOthersList says whether a list is named as that of others: "on the American no fly list".
func (d *draft) onOthersList(m mark) bool {
	return strings.Contains(d.words[m.to-1].text, "list") && slices.ContainsFunc(d.names, func(n nameMark) bool {
		at := n.span.from - 1
		if at > 0 && d.is(at, gArticle) {
			at--
		}
		return d.othersName(&n) && at >= 0 && d.words[at].text == "on" && n.to <= m.from && m.from-n.to <= 2 && !d.listedBetween(n.to, m.from)
	})
}
