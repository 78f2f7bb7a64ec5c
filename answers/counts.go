package answers

import (
	"slices"

	"reportbot/data"
)

// figuresAsked says whether a finding has a figure of what is counted, where
// the question counts something.
func (d *draft) figuresAsked(h hit) bool {
	if d.has(opHowLong) && !d.longList() {
		told := func(w word) bool { return d.e.lexicon.of(w.text, gTimeUnit) } // "for many years"
		return d.figureOf(h, "day", "week", "month", "year", "period") || slices.ContainsFunc(split(h.finding.Gist), told)
	}
	ix := d.e.index()
	counted := d.counted()
	if len(counted) == 0 {
		return !d.asksCount() || d.has(opShare) || d.figuresOfPeople(h)
	}
	for _, i := range counted {
		stem := d.words[i].stem
		if d.is(i, gClassWord) && slices.ContainsFunc(h.finding.Figures, func(f data.StatedFigure) bool { return d.e.lexicon.of(f.Unit, gClassWord) }) {
			return true
		}
		if ix.covers(h.doc, stem) && d.figureOf(h, append([]string{stem}, ix.synonyms[stem]...)...) {
			return true
		}
		if ix.weight[stem] > telling && ix.covers(h.doc, stem) && len(h.finding.Figures) > 0 {
			return true
		}
	}
	return false
}

// longList says whether "how long" is asked of a list, so that it asks how many stand on it.
func (d *draft) longList() bool {
	for i := range d.words {
		if d.isList(i) || d.is(i, gNameWord) {
			return true
		}
	}
	return false
}

// countFirst puts a finding that counts what is asked for before one that only tells its share,
// where it answers as well and comes near: "how many plots had women taking part".
func (d *draft) countFirst(hits []hit, s *slots) []hit {
	if len(hits) < 2 || !d.asksCount() || d.has(opShare) || !d.onlyShares(hits[0]) {
		return hits
	}
	for at := 1; at < len(hits) && hits[at].score >= countsToo*hits[0].score; at++ {
		if h := hits[at]; !d.onlyShares(h) && len(h.finding.Figures) > 0 && d.answersIt(h, s) {
			return toFront(hits, at)
		}
	}
	return hits
}

// countsToo is how near a finding with a count must come to one with a share alone.
const countsToo = 0.6

// onlyShares says whether a finding has shares, and no figure but these and stretches of time.
func (d *draft) onlyShares(h hit) bool {
	shares := false
	for _, f := range h.finding.Figures {
		switch {
		case d.e.lexicon.of(f.Unit, gPercent):
			shares = true
		case !d.e.lexicon.of(f.Unit, gTimeUnit):
			return false
		}
	}
	return shares
}

// countNear is how far from the beginning "number of" may stand, for a count to
// be what is asked: "charlie hebdo shooting number of dead".
const countNear = 4

// asksCount says whether the question as a whole asks how many, rather than
// speaking of a number in passing.
func (d *draft) asksCount() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opHowMany && (d.words[m.from].text == "how" || m.from <= countNear) && !d.embedded(m.from) {
			return true
		}
	}
	last := len(d.words) - 1
	return last > 1 && d.is(last, gFinalCount)
}

// embedded says whether "how many" only says what a yes-or-no question is about:
// "are states open about how many went".
func (d *draft) embedded(i int) bool {
	return i > 1 && d.is(0, gYesNo) && (d.is(i-1, gPreposition) || d.words[i-1].text == "about")
}

// figuresOfPeople says whether a finding counts anything but time; where deaths
// or the like are asked for, it must count these.
func (d *draft) figuresOfPeople(h hit) bool {
	for _, m := range d.marks {
		if m.kind == absent && d.absents(m) && m.to > d.ops[opHowMany] {
			stem := d.words[m.to-1].stem
			if slices.Contains(d.e.index().sentencesOf(h.doc)[0].stems, stem) {
				continue
			}
			return d.figureOf(h, append([]string{stem, d.words[m.from].stem}, d.e.index().synonyms[stem]...)...) || d.figureOfTopic(h, m.absent)
		}
	}
	if slices.ContainsFunc(split(h.finding.Gist), func(w word) bool { return d.e.lexicon.of(w.text, gVague) }) {
		return true
	}
	people := d.countsPeople()
	for _, f := range h.finding.Figures {
		if people && d.ofOthers(f.Unit) {
			continue // children, where soldiers are asked for
		}
		if x := d.e.lexicon; people && x.of(f.Unit, gPeopleUnit) || !people && !x.of(f.Unit, gTimeUnit) {
			return true
		}
	}
	return false
}

// ofOthers says whether a unit is of a kind of people that the question does not name.
func (d *draft) ofOthers(unit string) bool {
	return slices.ContainsFunc(d.e.lexicon.phrases[d.e.lexicon.stemOf(unit)], func(k sense) bool {
		return k.kind == measurePhrase && d.e.who(k.measure) && !slices.ContainsFunc(d.measures, func(m mark) bool { return m.measure == k.measure })
	})
}

// countsPeople says whether what is counted are people: "how many fighters".
func (d *draft) countsPeople() bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opHowMany {
			continue
		}
		for i := m.to; i < len(d.words) && i < m.to+3; i++ {
			if d.hasSense(i, peopleNoun, measureNoun) {
				return d.words[i].breaks || !slices.Contains(d.prose, i+1) && !slices.Contains(d.unknown, i+1) // "Islamist plots"
			}
		}
	}
	return false
}

// figureOf says whether a finding has a figure whose unit or description holds
// one of the stems, or one that counts people where people are asked for.
func (d *draft) figureOf(h hit, stems ...string) bool {
	for _, f := range h.finding.Figures {
		for _, w := range split(f.Unit + " " + f.Of) {
			if slices.Contains(stems, d.e.lexicon.stemOf(w.text)) {
				return true
			}
		}
	}
	return false
}

// figureOfTopic says whether a finding has a figure of an absent topic.
func (d *draft) figureOfTopic(h hit, a *data.Absent) bool {
	for _, f := range h.finding.Figures {
		for _, w := range split(f.Unit + " " + f.Of) {
			if d.e.lexicon.ofTopic(d.e.lexicon.stemOf(w.text), a) {
				return true
			}
		}
	}
	return false
}

// countsKinds says whether groups or kinds are counted, which no table does: "into
// how many groups are the returnees sorted", "into what five classes".
func (d *draft) countsKinds() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		at := m.to
		switch {
		case m.kind != operator || m.op != opHowMany && m.op != opWhich:
			return false
		case m.op == opWhich && !d.numberAt(at):
			return false
		case m.op == opWhich:
			at++
		}
		return at < len(d.words) && d.is(at, gClassWord) && !d.within(at, opRegions) && !d.opIn(span{at, min(at+4, len(d.words))}, opCountry)
	})
}

// numberAt says whether a number stands at i.
func (d *draft) numberAt(i int) bool {
	return slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.from == i && n.to == i+1 })
}

// absentAt says whether an expression counts by itself what the tables do not:
// "death toll".
func (d *draft) absentAt(s span) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == absent && m.span == s })
}

// inAbsentPhrase says whether a word begins a phrase of several words for what the tables do not give.
func (d *draft) inAbsentPhrase(i int) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == absent && m.len() > 1 && m.from == i && i > 0 && d.is(i-1, gCarriesNegation)
	})
}

// counted are the words after "how many" or "number of" that may say what is
// counted, if only the findings, or nothing, know them.
func (d *draft) counted() []int {
	var out []int
	for _, m := range d.marks {
		if m.kind != operator || m.op != opHowMany || !d.asksCount() || d.absentAt(m.span) {
			continue
		}
		for i := m.to; i < len(d.words) && i < m.to+3; i++ {
			if d.inAbsentPhrase(i) {
				break // "how many had been found guilty"
			}
			if d.within(i, opCountry) || d.is(i, gClassWord) || slices.Contains(d.prose, i) || slices.Contains(d.unknown, i) {
				out = append(out, i)
				continue
			}
			if d.hasSense(i, peopleNoun, measureNoun, measurePhrase) {
				break
			}
		}
	}
	return out
}
