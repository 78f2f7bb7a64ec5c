package answers

import "slices"

// whole says whether a question is complete in itself, by what it is read as where nothing
// was said before: no word points back, and nothing that it leaves out was filled in.
func (d *draft) whole(s *slots, p *past) bool {
	if d.goesBack() {
		return false
	}
	named, asked := len(s.rows)+len(s.scopes) > 0, len(s.measures) > 0
	if asked && (named || d.countryWord()) {
		return true
	}
	if len(p.last.Measures) == 0 && d.ownPlaces(s, p) {
		return true // nothing that could be taken over
	}
	q := d.onItsOwn(s).Query
	if q.Problem != nil {
		return false
	}
	switch q.Kind {
	case Finding:
		return d.wholeProse(s)
	case Profile:
		return d.hasAny(opAboutSubject, opHelp) || d.anyIs(gWhole)
	case Define:
		return true
	case Help:
		return d.wholeTalk()
	case Coverage:
		return !d.short() || q.Aspect == HowMany && d.asksYesNo()
	case Source:
		return q.Aspect == Author && (d.hasAny(opAuthor, opReport) || !d.short()) || q.Aspect == Disagree && named || asked && len(q.Subjects) > 0 || d.namesReport() && !named
	case Date:
		return named && len(p.last.Measures) == 0 || !named && d.wholeDate(&q, p)
	}
	return asked && d.ownSet(&q, p) || q.Kind == Total && (!named && d.hasAny(opRows, opTable) || named && len(q.Subjects)+len(q.Within) == 0)
}

// wholeProse says whether a question for the prose is a sentence, or brings a word that only
// the prose knows: "out of how many" is neither.
func (d *draft) wholeProse(s *slots) bool {
	_, absent := d.absentMark()
	strange := len(d.prose)+len(d.unknown) > 0
	if d.short() {
		return strange && !absent || d.has(opAuthor) || len(s.uncovered) > 0 && d.hasAny(opReport, opTable, opCoverage)
	}
	return strange || d.sentence() || d.hasAny(opWhy, opSays, opReport, opAuthor)
}

// wholeTalk says whether what no table and no finding answers is talk rather than a fragment:
// "quick one for you", not "as a share of the total".
func (d *draft) wholeTalk() bool {
	if d.has(opGreeting) || d.is(len(d.words)-1, gSelf) || len(d.prose)+len(d.unknown) > 0 {
		return true
	}
	return !d.short() && !d.hasAny(opShare, opDifference, opTotal, opAverage)
}

// sentence says whether a clause begins as a question does: "into which groups", "besides Syria,
// where".
func (d *draft) sentence() bool {
	if d.is(0, gYesNo) {
		return true
	}
	for i := range d.words {
		if d.is(i, gAsking) && (i == 0 || d.words[i-1].comma || i == 1 && d.is(0, gPreposition)) {
			return true
		}
	}
	return false
}

// wholeDate says whether a question for a date says of what: of the report, of the newest
// figure of all.
func (d *draft) wholeDate(q *Query, p *past) bool {
	switch {
	case q.ofAge():
		return (d.hasAny(opFigure, opReport) || d.oldestFigure()) && !p.last.ofAge() || !d.short()
	case q.AsOf != nil:
		return d.hasAny(opFigure, opReport, opRows, opTable) || !d.short()
	}
	return d.namesReport() || d.anyIs(gSelf) && !d.short()
}

// namesReport says whether the report or its data are named: "the figure" may be the last one.
func (d *draft) namesReport() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opReport && !d.is(m.to-1, gFinalCount)
	})
}

// onItsOwn is the reading of a question where nothing was said before. The draft is left as
// it was.
func (d *draft) onItsOwn(s *slots) Reading {
	alone, own := *d, *s
	alone.names, alone.marks, alone.numbers = slices.Clone(d.names), slices.Clone(d.marks), slices.Clone(d.numbers)
	alone.measures, alone.used, alone.notes = slices.Clone(d.measures), slices.Clone(d.used), slices.Clone(d.notes)
	alone.unknown, alone.prose, alone.proper = slices.Clone(d.unknown), slices.Clone(d.prose), slices.Clone(d.proper)
	alone.found, alone.hitsOf = nil, nil
	return alone.fresh(&own)
}

// goesBack says whether a word points back at what was said before, or says outright that
// the asker goes on.
func (d *draft) goesBack() bool {
	return d.hasAny(opViceVersa, opNextPlace, opAbsolute) || d.hasAny(opLatter, opFormer) && d.short() ||
		slices.ContainsFunc(d.marks, d.markGoesBack) || slices.ContainsFunc(d.numbers, d.numberGoesBack)
}

func (d *draft) markGoesBack(m mark) bool {
	if m.kind != operator {
		return false
	}
	switch m.op {
	case opPronoun:
		return !d.pointsWithin(m)
	case opFollow:
		return m.from == 0 || m.to == len(d.words) && d.short() || m.len() > 2
	case opCorrection:
		return m.from == 0
	case opAdd, opAndAlso:
		return m.from == 0 && d.short()
	case opCompare:
		return d.opensAgainst(m)
	}
	return false
}

// pointsWithin says whether a pronoun stands for something in the question itself, or for
// nothing: "those from Russia", "which countries have their women", "how many are there".
func (d *draft) pointsWithin(m mark) bool {
	i, next := m.from, m.to
	switch w := d.words[i].text; {
	case d.relativeThat(i), d.clauseThat(i), next < len(d.words) && d.isOp(next, opReport, opTable):
		return true // "countries that had", "this report"
	case slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.holds(m.span) }):
		return true // "one hundred"
	case w == "those":
		return i+1 < len(d.words) && (d.is(i+1, gPreposition) || d.isOp(i+1, opWho) || d.relativeThat(i+1) || d.measureIn(span{i + 1, i + 2}))
	case w == "there":
		return d.measureIn(m.span) || i > 0 && d.is(i-1, gPassive) || i+1 < len(d.words) && (d.is(i+1, gPassive) || d.is(i+1, gAuxiliary))
	case !d.within(i, opTakenUp) || d.short() || next == len(d.words) && d.is(i-1, gPreposition):
		return false // "what does the report say of it"
	}
	return d.namedIn(span{0, i})
}

// clauseThat says whether a word is "that" between a noun and its clause: "the nationalities
// that Turkey deported".
func (d *draft) clauseThat(i int) bool {
	if d.words[i].text != "that" || i == 0 || i+1 >= len(d.words) || d.words[i-1].breaks || d.is(i+1, gPreposition) {
		return false
	}
	return d.isOp(i-1, opCountry, opFigure, opThatPlace) || d.hasSense(i-1, peopleNoun, measureNoun) || slices.Contains(d.prose, i-1) || slices.Contains(d.unknown, i-1)
}

// namedIn says whether a span names something that a pronoun behind it may stand for.
func (d *draft) namedIn(s span) bool {
	if slices.ContainsFunc(d.names, func(n nameMark) bool { return s.holds(n.span) }) || d.asksWhere() {
		return true
	}
	if slices.ContainsFunc(append(slices.Clone(d.prose), d.unknown...), func(i int) bool { return i < s.to }) {
		return true
	}
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		switch {
		case !s.holds(m.span):
			return false
		case m.kind == operator:
			return slices.Contains([]op{opReport, opCountry, opNewest, opOldest, opTop, opBottom}, m.op) || m.op == opWho && m.from > 0
		}
		return m.kind == domain || m.kind == theatre
	})
}

// numberGoesBack says whether a number points at so many of what was shown: "the two", "all
// three together", but not "the two countries with most women".
func (d *draft) numberGoesBack(n numberMark) bool {
	if n.from == 0 || n.ordinal || n.year || n.percent || n.value > mostPointed || !d.is(n.from-1, gShownBefore) {
		return false
	}
	if n.from > 1 && d.is(n.from-2, gBelonging) {
		return true // "which of the two countries"
	}
	i := n.to
	if i == len(d.words) {
		return true
	}
	return !d.isOp(i, opTop, opBottom, opCountry, opNewest, opOldest) && !d.inName(i) && !slices.Contains(d.prose, i) && !slices.Contains(d.unknown, i)
}

// ownSet says whether a question that names a measure names the set, too, over which it is
// asked: countries, regions, the world, or more places than were spoken of.
func (d *draft) ownSet(q *Query, p *past) bool {
	if d.hasAny(opEverywhere, opRegions) {
		return true
	}
	if setBased(&p.last) && len(p.last.Within) > 0 {
		return false // still of that region
	}
	rows := max(len(p.last.Subjects), len(p.shown))
	switch q.Kind {
	case Rank:
		return !(d.bareWhich() && rows > 1) && (q.Limit < 2 || q.Limit >= rows)
	case Filter, Count:
		return d.wantsCountries() && !(d.bareWhich() && rows > 1) || d.asksWhere() || d.has(opHowMany) && q.Kind == Count
	case Average, Total:
		return d.hasAny(opTotal, opAverage) || d.anyIs(gEvery)
	case Share:
		return d.has(opTotal) || d.anyIs(gEvery)
	}
	return false
}

// bareWhich says whether "which" chooses from what is known: "which had more women".
func (d *draft) bareWhich() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		if m.kind != operator || m.op != opWhich || d.words[m.to-1].text != "which" || m.to >= len(d.words) {
			return false
		}
		return d.is(m.to, gAuxiliary) || d.is(m.to, gPassive) || d.isOp(m.to, opTop, opBottom, opMore, opFewer, opHas)
	})
}

// countryWord says whether countries are spoken of, be it within another phrase: "by country".
func (d *draft) countryWord() bool {
	if d.has(opCountry) {
		return true
	}
	return slices.ContainsFunc(d.words, func(w word) bool { return d.e.lexicon.phraseOf(w.stem, opCountry) })
}

// setOfItsOwn reads "top 10 countries", "average per country" and "the ten largest" after a
// question on some rows: the last measure over the set that the question names itself.
func (d *draft) setOfItsOwn(s *slots, p *past) (Query, bool) {
	if len(s.measures)+len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || s.ambiguous != nil || len(p.last.Measures) == 0 || setBased(&p.last) && len(p.last.Subjects) == 0 || d.goesBack() {
		return Query{}, false
	}
	if !d.ownPlaces(s, p) {
		return Query{}, false
	}
	t := *s
	t.measures = p.last.Measures[:1]
	q, _ := d.tableQuery(&t)
	switch q.Kind {
	case Rank, Average, Total:
		q.Of = p.last.Of
		return q, true
	}
	return Query{}, false
}

// ownPlaces says whether a question that names no measure is asked over a set of its own:
// over countries, the world, or more places than were spoken of.
func (d *draft) ownPlaces(s *slots, p *past) bool {
	if !d.hasAny(opTop, opBottom, opOrder, opAverage, opTotal) || d.bareWhich() || len(s.rows)+len(s.scopes) > 0 {
		return false
	}
	return d.has(opEverywhere) || d.countryWord() || s.limit > max(len(p.last.Subjects), len(p.shown), 1)
}
