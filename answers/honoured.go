package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// otherThing is why a question that looks like one of a date, a source or a meaning asks
// for that of something else: a strange word says of what ("when is carnival in
// Trinidad"). It is nil where nothing does.
func (d *draft) otherThing(q *Query) *Problem {
	switch q.Kind {
	case Define:
		if !d.foreignSetting() {
			return nil
		}
	case Date, Source:
		if q.Aspect == Disagree || q.Aspect == Reliable {
			return nil
		}
		if q.Aspect == ReportDate && d.nextReport() {
			return &Problem{Reason: OneDateOnly, Word: d.shownOp(opReport)}
		}
		if len(d.unknown)+len(d.prose) == 0 || d.hasAny(opFigure, opReport, opHowMany, opAuthor) || q.AsOf != nil || len(d.plainNumbers()) > 0 {
			return nil
		}
	default:
		return nil
	}
	if d.onTopicWords() && len(d.unknown)+len(d.prose) > 0 {
		return &Problem{Reason: NotUnderstood, Word: d.words[d.firstStranger()].raw}
	}
	return &Problem{Reason: OffTopic}
}

// nextReport says whether a report that is still to come is asked about.
func (d *draft) nextReport() bool {
	if d.startsWith("when") && len(d.words) > 1 && d.is(1, gUnreal) {
		return true // "when will you update the report"
	}
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opReport && m.from > 0 && d.words[m.from-1].text == "next"
	})
}

// foreignSetting says whether the meaning of an expression is asked for elsewhere than in
// the report: "what does ~ mean in Spanish", "what is a dash in a telephone number".
func (d *draft) foreignSetting() bool {
	for i := range len(d.words) - 1 {
		if !d.is(i, gPlace) {
			continue
		}
		k := i + 1
		for k < len(d.words)-1 && d.is(k, gArticle) {
			k++
		}
		language := slices.ContainsFunc(d.names, func(n nameMark) bool { return n.people && n.span.from == k && n.to == len(d.words) })
		if language || slices.Contains(d.unknown, k) {
			return true
		}
	}
	return false
}

// earlierWork reads what is asked of the authors' own earlier papers: "did the same group
// write papers on this before".
func (d *draft) earlierWork(s *slots) (Query, bool) {
	if !d.has(opEarlier) || !d.hasAny(opReport, opAuthor) || !d.is(0, gYesNo) {
		return Query{}, false
	}
	if len(d.prose)+len(d.unknown)+len(d.names)+len(d.numbers)+len(d.measures) > 0 || s.cond != nil || s.year != nil {
		return Query{}, false
	}
	if d.hasAny(opSays, opTrend, opFigure, opCompare, opDifference, opThan, opCountry, opWhy, opHowMany, opWhen, opRevised) {
		return Query{}, false
	}
	if hits := d.hits(s); len(hits) > 0 && d.evidence(hits[0]) >= evidenceNeeded && d.ofReport(hits[0]) {
		return Query{}, false // the prose says more
	}
	return Query{Kind: Source, Aspect: Author}, true
}

// ofReport says whether a finding is about the report and its authors.
func (d *draft) ofReport(h hit) bool {
	return slices.ContainsFunc(d.e.report.Vocabulary.Author, func(id string) bool {
		f, ok := d.e.report.Finding(id)
		return ok && f.Topic == h.finding.Topic
	})
}

// partsOfCountry refuses figures of places within a country, where these are asked for
// ("which Belgian towns did most fighters leave from"), unless a finding tells of such
// places themselves.
func (d *draft) partsOfCountry(s *slots, _ *Query, _ bool) (Reading, bool) {
	if len(s.rows) == 0 || len(d.measures) == 0 && !d.hasAny(opTop, opBottom) || d.hasAny(opSays, opWhy) {
		return Reading{}, false
	}
	sought, own := d.partsSought()
	if !sought {
		return Reading{}, false
	}
	topic := d.e.report.Vocabulary.Within
	if found, ok := d.findings(s, false); ok && !own && !d.hasAny(opTop, opBottom) && !d.asksCount() && d.tellsOfParts(d.found[0], topic) {
		return found, true
	}
	return Reading{Query: Query{Kind: Lookup, Subjects: s.rows, Measures: s.measures, Problem: &Problem{Reason: NoSuchCombination, Topic: topic}}}, true
}

// tellsOfParts says whether a finding says a word for places within a country, and holds
// what else the question asks.
func (d *draft) tellsOfParts(h hit, topic string) bool {
	held := slices.ContainsFunc(d.e.index().sentencesOf(h.doc)[0].stems, func(stem string) bool {
		return slices.ContainsFunc(d.e.lexicon.phrases[stem], func(s sense) bool { return s.kind == absent && s.absent.Topic == topic })
	})
	return held && d.evidence(h) > evidenceSure
}

// partsSought says whether places within a country are what is asked for: "which Dutch
// towns", "the top five cities", "which German states". own says whether they stand right
// behind the name of the country.
func (d *draft) partsSought() (sought, own bool) {
	for _, m := range d.marks {
		asks := d.is(m.from, gAsking) // "which city"
		if m.kind != absent || m.len() > 1 && !asks || m.absent.Topic != d.e.report.Vocabulary.Within || !d.absents(m) {
			continue
		}
		if asks || d.soughtAt(m.from) {
			return true, d.countryEndsAt(m.from)
		}
		if d.countryBeginsAt(m.to) && m.from > 0 && d.is(m.from-1, gSource) {
			return true, true // "from northern France"
		}
	}
	for i := range d.words {
		if d.partOfCountry(i) && d.soughtAt(i) {
			return true, true
		}
	}
	return false, false
}

// partOfCountry says whether a word stands for places within the country that is named
// right before or, with "of" between, behind it: "German states", "parts of Jordan". Any
// word that is strange does, where it is asked whence people went ("which Georgian valley
// did they come from").
func (d *draft) partOfCountry(i int) bool {
	behind := d.countryEndsAt(i)
	before := i+2 < len(d.words) && d.words[i+1].text == "of" && d.countryBeginsAt(i+2)
	if !behind && !before {
		return false
	}
	w := &d.words[i]
	part := slices.Contains(d.e.report.Vocabulary.Parts, w.text) || slices.Contains(d.e.report.Vocabulary.Parts, strings.ToLower(w.raw))
	if part && before {
		return true
	}
	whence := d.is(len(d.words)-1, gSource) && d.strangeIn(span{i, i + 1}) && !d.meaningful(i)
	return (part || whence) && behind
}

// countryBeginsAt says whether the name of a country with a row begins with a word.
func (d *draft) countryBeginsAt(i int) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.row != nil && n.row.Kind == data.Country && n.span.from == i && !n.out && !n.agent
	})
}

// countryEndsAt says whether the name of a country with a row stands right before a word.
func (d *draft) countryEndsAt(i int) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.row != nil && n.row.Kind == data.Country && n.to == i && !n.out
	})
}

// soughtAt says whether a noun is what is asked for: "which", "list" or "top" stands
// before it, with nothing but a name, a number or an article between.
func (d *draft) soughtAt(i int) bool {
	for k := i - 1; k >= 0; k-- {
		if d.isOp(k, opWhich, opList, opTop, opBottom) || d.within(k, opList) || d.within(k, opTop) || d.is(k, gEach) {
			return true
		}
		number := slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.from <= k && k < n.to })
		if !d.inName(k) && !number && !d.is(k, gArticle) {
			return false
		}
	}
	return false
}

// honours says whether a finding holds the words of a question which say of what it is
// asked.
func (d *draft) honours(h hit) bool {
	return d.contrastHeld(h) && d.verbHeld(h) && d.headStated(h) && d.aboutHeld(h) && d.whoseHeld(h) && d.madeByHeld(h) && d.whenHeld(h)
}

// contrastHeld says whether a finding sets two things against each other, where it is
// asked how they differ, and holds most of what these are.
func (d *draft) contrastHeld(h hit) bool {
	if !d.has(opDifference) {
		return true
	}
	if len(d.prose)+len(d.unknown) > 0 && (!d.sides(h, nil) || !d.rarestStated(h)) {
		return false
	}
	for i := range d.names {
		if n := &d.names[i]; n.row != nil && !n.out && !d.nameCovered(h, n) {
			return false
		}
	}
	sets := func(stem string) bool {
		return slices.ContainsFunc(d.e.lexicon.phrases[stem], func(s sense) bool {
			return s.kind == operator && slices.Contains([]op{opDifference, opCompare, opThan, opMore, opFewer, opMoreThan, opFewerThan}, s.op)
		})
	}
	return slices.ContainsFunc(d.e.index().sentencesOf(h.doc), func(t sentence) bool { return slices.ContainsFunc(t.stems, sets) })
}

// aboutHeld says whether a finding holds what it is asked about, where nothing here knows
// the word: "what does it say about vaccination of children".
func (d *draft) aboutHeld(h hit) bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opAboutSubject {
			continue
		}
		k := m.to
		for k < len(d.words) && d.is(k, gArticle) {
			k++
		}
		if slices.Contains(d.unknown, k) && !d.e.index().covers(h.doc, d.words[k].stem) {
			return false
		}
	}
	return true
}

// whoseHeld says whether a finding holds what somebody is asked for by: "whose passport".
func (d *draft) whoseHeld(h hit) bool {
	for i := range len(d.words) - 1 {
		if d.words[i].text != "whose" {
			continue
		}
		k := i + 1
		telling := slices.Contains(d.prose, k) || slices.Contains(d.unknown, k) || d.hasSense(k, domain, measurePhrase)
		if telling && !d.hasSense(k, measureNoun, peopleNoun) && !d.e.index().covers(h.doc, d.words[k].stem) {
			return false
		}
	}
	return true
}

// madeByHeld says whether a finding is about the report, where it is asked who did
// something for the report itself: "who funded the report".
func (d *draft) madeByHeld(h hit) bool {
	at := d.ops[opReport] - 1
	if !d.startsWith("who") || len(d.prose) == 0 || at < 1 || d.prose[0] != 1 || d.prose[len(d.prose)-1] > at || d.hasAny(opSays, opAboutSubject) {
		return true
	}
	v := d.e.report.Vocabulary
	return slices.ContainsFunc(append(slices.Clone(v.Author), v.Reliable...), func(id string) bool {
		f, ok := d.e.report.Finding(id)
		return ok && f.Topic == h.finding.Topic
	})
}

// whenHeld says whether a finding holds most of what the date is asked of.
func (d *draft) whenHeld(h hit) bool {
	return !d.startsWith("when") || !d.asksWhen() || len(d.prose)+len(d.unknown) == 0 || d.sides(h, nil) && d.rarestStated(h)
}

// rarestStated says whether a finding states the rarest word that only the prose can
// explain, or a synonym: it says it or is filed under it, rather than only being asked
// for with it.
func (d *draft) rarestStated(h hit) bool {
	ix := d.e.index()
	rarest, most := "", 0.0
	for _, i := range d.prose {
		if w := &d.words[i]; w.mended == "" && ix.weight[w.stem] > most {
			rarest, most = w.stem, ix.weight[w.stem]
		}
	}
	return rarest == "" || ix.stated(h.doc, rarest)
}

// stated says whether a finding states a term or a synonym of it.
func (ix *index) stated(doc int, term string) bool {
	return ix.states(doc, term) || slices.ContainsFunc(ix.synonyms[term], func(s string) bool { return ix.states(doc, s) })
}

// verbHeld says whether a finding holds the strange word that says what somebody did:
// "who built the airport", "what car did they drive".
func (d *draft) verbHeld(h hit) bool {
	held := func(i int) bool {
		slip := slices.Contains(d.unknown, i) && len(d.words[i].text) < 4 // "cud"
		return slip || !d.strangeIn(span{i, i + 1}) || d.e.index().covers(h.doc, d.words[i].stem)
	}
	last := len(d.words) - 1
	if d.startsWith("who") && last > 1 && (!held(1) || slices.Contains(d.prose, 1) && d.words[1].mended == "" && !d.e.index().stated(h.doc, d.words[1].stem)) {
		return false
	}
	return !d.is(0, gAsking) || !d.anyIs(gAuxiliary) || d.words[last].capital() || d.words[last].mended != "" || held(last)
}

// headStated says whether a finding states the noun whose number is asked for, where only
// the prose can explain it: "how many passengers use the airport".
func (d *draft) headStated(h hit) bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opHowMany || m.to >= len(d.words) || !slices.Contains(d.prose, m.to) || d.words[m.to].mended != "" {
			continue
		}
		if !d.e.index().stated(h.doc, d.words[m.to].stem) {
			return false
		}
	}
	return true
}

// revisedOnes reads which countries' figures were revised, of which the prose tells.
func (d *draft) revisedOnes(s *slots, _ *Query, _ bool) (Reading, bool) {
	whose := d.startsWith("whose") || (d.has(opWhich) || d.startsWith("which")) && d.has(opCountry)
	national := d.has(opRevised) && d.hasAny(opFigure, opTrend) && (d.asksYesNo() || d.has(opEarlier)) // "have most figures gone up or down since the last report"
	if !d.hasAny(opRevised, opTrend) || !whose && !national || len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.prose)+len(d.unknown)+len(d.numbers)+len(d.measures) > 0 {
		return Reading{}, false
	}
	var found []*data.Finding
	for _, id := range d.e.report.Vocabulary.Revised {
		if f, ok := d.e.report.Finding(id); ok {
			found = append(found, f)
		}
	}
	return Reading{Query: Query{Kind: Finding, Findings: found}}, len(found) > 0
}

// rowItself says whether it is asked what a row's name means, who does something there, or
// which countries lie about it, of which the row's figures tell nothing.
func (d *draft) rowItself(s *slots, q *Query) bool {
	if q.Kind != Profile || len(s.rows) == 0 || len(q.Findings) > 0 || d.hasAny(opFigure, opReport, opSays, opCoverage, opHas) || d.hasSign() {
		return false
	}
	countries := d.has(opWhich) && d.has(opCountry) && len(s.rows) == 1 && d.soughtAt(d.ops[opCountry])
	return d.meansWord() || d.rowActs() || d.has(opHowLong) || d.startsWith("who") && len(d.words) > 2 || countries && d.ops[opCountry]+1 < len(d.words) && !d.isAuxiliary(d.ops[opCountry]+1)
}

// thingsFrom says whether it is asked where things come from which are no people:
// "where does Turkish coffee come from".
func (d *draft) thingsFrom(s *slots) bool {
	if !d.startsWith("where") || len(s.rows) == 0 {
		return false
	}
	only := len(d.measures) > 0
	strange := false
	for _, m := range d.measures {
		only = only && d.sourceMark(m.span)
		i := m.from - 1
		strange = strange || i > 0 && d.strangeIn(span{i, i + 1}) && !d.meaningful(i)
	}
	return only && strange
}

// rowActs says whether it is asked what a row or its people do, by a word that only the asker
// brings: "what do Tunisians believe", "what is Sweden doing".
func (d *draft) rowActs() bool {
	first := 0
	if d.is(0, gAsking) {
		first = 1
	}
	about := slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == operator && m.op == opAboutSubject && m.from <= first })
	if len(d.words) < first+3 || about || d.hasAny(opFollow, opFigure, opHowMany, opTable, opRows) {
		return false
	}
	if !d.is(first, gAuxiliary) && !d.is(first, gPassive) && !d.is(first, gUnreal) {
		return false
	}
	name := first + 1
	if d.is(name, gArticle) {
		name++
	}
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.row != nil && n.span.from == name && n.to < len(d.words) && !d.setOff(n.to-1) && !d.is(n.to, gPreposition) && !d.is(n.to, gConjunction) && !d.words[n.to].isNum && !d.inName(n.to) && !d.possessive(n.to-1)
	})
}
