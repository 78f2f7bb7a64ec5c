package answers

import (
	"math"
	"slices"
)

// Evidence that a finding answers a question adds up from how much of the
// question it holds, how like its likest sentence is, whether the question is
// plainly of the report's subject, and how long it is: the longer, the less of
// it can be held by anything. The weights were fitted (logistic regression) on
// 2,700 questions that a finding answers and on questions about the subject
// that none does.
const (
	evidenceOfCover    = 4.5
	evidenceOfLikeness = 3.5
	evidenceOfLength   = 2.5 // for each e-fold of words
	evidenceOfTopic    = 1.5
	evidenceOfName     = 1.0 // of a place that the finding is about
	evidenceOfWords    = 0.5 // of the words that only the prose can explain
	evidenceNeeded     = 10.0
	evidenceSure       = 11.5
	evidenceCountry    = 13.0 // where it is asked which country is the first of all
	evidenceAside      = 10.7 // where the finding leaves much aside that the tables do not explain
	evidenceAsked      = 9.5  // where it is asked outright what the report says
	evidenceQuoted     = 9.0  // where a number of the finding is quoted
	briefWords         = 7    // a question of so many words or fewer
	briefLikeness      = 0.52 // that is less like every sentence of the finding
	briefWorth         = 1.5  // has so much less: its few words stand strewn over several
	strangeWorth       = 0.3  // less for each word that nothing here knows
)

// evidence is how much speaks for a finding as the answer.
func (d *draft) evidence(h hit) float64 {
	sum := evidenceOfCover*h.cover + evidenceOfLikeness*h.likeness() + evidenceOfLength*math.Log(float64(len(d.words))) + evidenceOfWords*d.heldOf(h) - strangeWorth*float64(d.strangeWords())
	if len(d.words) <= briefWords && !d.hasAny(opSays, opReport, opAuthor) && len(d.names)+len(d.plainNumbers()) == 0 && h.likeness() < briefLikeness {
		sum -= briefWorth
	}
	switch {
	case d.onTopicWords() || d.longTerm():
		sum += evidenceOfTopic
	case slices.ContainsFunc(d.names, func(n nameMark) bool { return !n.place && d.nameCovered(h, &n) }):
		sum += evidenceOfName
	}
	return sum
}

// longTerm says whether an expression of the report is used that is no everyday
// word, as "is" may be.
func (d *draft) longTerm() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == term && len(d.words[m.from].text) > 3 })
}

// heldOf is the part of the words that the tables leave unexplained which a
// finding holds, by weight.
func (d *draft) heldOf(h hit) float64 {
	held, whole := d.unexplained(h)
	return held / max(whole, 1)
}

// proseEvidence says whether a question is likely to be about the report at all:
// a name, a word of its subject matter, two words that few findings hold, or
// one that findings are filed under.
func (d *draft) proseEvidence(h hit) bool {
	ix := d.e.index()
	held, numbered := 0, false
	for i := range d.words {
		w := &d.words[i]
		content := slices.Contains(d.prose, i) && ix.weight[w.stem] > 2 && (w.mended == "" || len(w.text) > 5)
		if content && ix.covers(h.doc, w.stem) {
			held++
		}
		numbered = numbered || w.isNum && ix.covers(h.doc, w.stem)
	}
	for i := range d.names {
		if n := &d.names[i]; !n.place && ix.covers(h.doc, n.key()) {
			held++
		}
	}
	if d.onTopicWords() || len(d.measures) > 0 {
		held++
	}
	if h.cover > coverAll && held > 0 {
		held++
	}
	if numbered && held > 0 {
		held++
	}
	if d.hasAny(opReport, opSays, opEarlier, opWhy) {
		held++
	}
	if len(d.prose)+len(d.unknown) == 0 && d.hasAny(opReport, opSays, opEarlier, opWhy) {
		return len(d.words) > 4 || h.score > 1
	}
	return held >= 2 || held == 1 && len(d.prose)+len(d.unknown) == 1 && len(d.prose) == 1 && ix.filed[d.words[d.prose[0]].stem]
}

// strangeWords counts the words that nothing here knows.
func (d *draft) strangeWords() int {
	n := 0
	for _, i := range d.unknown {
		if !d.e.lexicon.ordinary[d.words[i].text] {
			n++
		}
	}
	return n
}

// justNamed says whether a question is nothing but what a finding is filed under:
// "Marawi".
func (d *draft) justNamed(h hit) bool {
	return len(d.words) <= 3 && len(d.prose) > 0 && len(d.unknown) == 0 && h.cover > coverAll &&
		!slices.ContainsFunc(d.prose, func(i int) bool { return !d.e.index().filed[d.words[i].stem] })
}

// besideTables says whether a finding answers a question that the tables could
// answer too: it holds half of it and most of what they leave unexplained, or
// they miss what it is about.
func (d *draft) besideTables(hits []hit, s *slots) bool {
	if s.cond != nil || d.ranksCountries(s) {
		return false // the prose sets no thresholds, and ranks no countries by a figure
	}
	if len(d.prose) > 0 && len(s.measures) == 0 && len(s.rows) > 0 && d.evidence(hits[0]) < evidenceQuoted {
		return false // "how reliable are German trains"
	}
	need := coverBeside
	if len(d.unknown) == 0 && (len(hits) == 1 || hits[0].rank > clearLead*hits[1].rank) {
		need = coverClear
	}
	return d.sides(hits[0], s.uncovered) && (hits[0].cover >= need || d.evidence(hits[0]) >= evidenceNeeded) || d.tablesMiss(hits[0])
}

// ranksCountries says whether countries are ranked by a figure of the tables: the
// superlative stands right before what is counted ("which country has the smallest
// number of returnees"), not before something else ("the biggest threat").
func (d *draft) ranksCountries(s *slots) bool {
	if !d.has(opCountry) || len(s.measures) != 1 || len(d.prose)+len(d.unknown) > 1 {
		return false
	}
	for _, m := range d.marks {
		if m.kind != operator || m.op != opTop && m.op != opBottom && m.op != opMore && m.op != opFewer {
			continue
		}
		for _, x := range d.measures {
			if gap := (span{m.to, x.from}); x.from >= m.to && gap.len() <= 3 && d.onlyCounts(gap) {
				return true
			}
		}
	}
	return false
}

// onlyCounts says whether a stretch of words only says that something is counted:
// "number of".
func (d *draft) onlyCounts(s span) bool {
	for i := s.from; i < s.to; i++ {
		if !d.within(i, opHowMany) && !d.within(i, opFigure) && !d.is(i, gArticle) && d.words[i].text != "of" && !d.hasSense(i, peopleNoun) {
			return false
		}
	}
	return true
}

// strangeIn says whether a stretch of words holds one that the tables leave unexplained.
func (d *draft) strangeIn(s span) bool {
	held := func(i int) bool { return s.from <= i && i < s.to }
	return slices.ContainsFunc(d.prose, held) || slices.ContainsFunc(d.unknown, held)
}

// tablesMiss says whether the tables would leave two words or more aside of a
// question that a finding matches very well.
func (d *draft) tablesMiss(h hit) bool {
	return len(d.prose)+len(d.unknown) > 1 && h.score+coverWorth*h.cover >= strongBeside
}

// unexplained is the weight of the words that the tables leave unexplained, and
// of those among them that a finding holds.
func (d *draft) unexplained(h hit) (held, whole float64) {
	ix := d.e.index()
	for _, i := range append(slices.Clone(d.prose), d.unknown...) {
		w, known := ix.weight[d.words[i].stem]
		if !known {
			w = ix.rare
		}
		whole += w
		if ix.covers(h.doc, d.words[i].stem) {
			held += w
		}
	}
	return held, whole
}

// asksWho says whether a question asks who does something, so that no number
// answers it: "who is IS fighting in Afghanistan".
func (d *draft) asksWho() bool {
	if len(d.words) < 4 || d.words[0].text != "who" || d.has(opNextPlace) {
		return false
	}
	if d.isOp(1, opSays) && !d.has(opSource) && len(d.rows()) == 0 {
		return true // "who said that 10% had returned"
	}
	return d.is(1, gYesNo) && !d.hasAny(opTop, opBottom, opMore, opFewer, opHowMany, opMoreThan, opFewerThan) && len(d.numbers) == 0
}

// sides says whether a finding holds most of the words that the tables leave
// unexplained.
func (d *draft) sides(h hit, uncovered []*nameMark) bool {
	ix := d.e.index()
	held, whole := d.unexplained(h)
	if whole > 0 && len(uncovered) > 0 {
		for i := range d.names {
			if n := &d.names[i]; !n.place && d.nameCovered(h, n) {
				w := max(ix.weight[n.key()], ix.weight[d.seatOf(n)])
				whole, held = whole+w, held+w
			}
		}
	}
	return whole == 0 && ((d.hasAny(opSays, opWhy, opProse) || d.asksWho() || d.asksGroup() || d.groupDoes()) && !d.has(opTable) && d.phraseLen(opAboutSubject) < 2 || len(d.numbers) > 0) || whole > 0 && held >= 0.6*whole
}
