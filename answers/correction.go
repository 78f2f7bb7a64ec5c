package answers

import "slices"

// putRight is a message that corrects the last question without what it only takes back, and
// without the talk around it: "no no, I meant Austria, always mix those up", "I said Germany but
// meant Austria". It is itself where nothing is corrected.
func (d *draft) putRight(c Context) *draft {
	if c.Last == "" || !d.hasAny(opCorrection, opExclude) && !d.anyNot() {
		return d
	}
	p, ok := d.e.past(c)
	if !ok {
		return d
	}
	var kept []word
	corrects, brings := d.has(opCorrection), false
	for _, s := range d.clauses() {
		back := d.revokes(s, &p.last)
		corrects = corrects || back
		if back || d.onlyTalks(s) {
			continue
		}
		brings = brings || d.bringsName(s, &p.last) || d.bringsMeasure(s, &p.last)
		kept = append(kept, d.words[s.from:s.to]...)
	}
	if !corrects || !brings || len(kept) == len(d.words) {
		return d
	}
	right := &draft{e: d.e, words: kept}
	return right.recognise()
}

// anyNot says whether something is put aside with "not".
func (d *draft) anyNot() bool {
	return slices.ContainsFunc(d.words, func(w word) bool { return w.text == "not" })
}

// putsNot says whether a word is a "not" which is no part of what is counted, as in "not yet home".
func (d *draft) putsNot(i int) bool {
	return d.words[i].text == "not" && !d.measureIn(span{i, i + 1})
}

// clauses are the stretches of a message between its commas and stops, and before "but" and "not".
func (d *draft) clauses() []span {
	var out []span
	from := 0
	for i := 1; i <= len(d.words); i++ {
		turns := i < len(d.words) && (d.words[i].text == "but" || d.putsNot(i) && !d.is(i-1, gAuxiliary))
		if i == len(d.words) || d.setOff(i-1) || turns {
			out = append(out, span{from, i})
			from = i
		}
	}
	return out
}

// bringsName says whether a stretch of words names a place that the last query was not about.
func (d *draft) bringsName(s span, last *Query) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		return s.holds(n.span) && (n.row == nil || !slices.Contains(last.Subjects, n.row))
	})
}

// bringsMeasure says whether a stretch of words names a measure that the last query was not about.
func (d *draft) bringsMeasure(s span, last *Query) bool {
	return slices.ContainsFunc(d.measures, func(m mark) bool {
		return s.holds(m.span) && !slices.Contains(last.Measures, m.measure)
	})
}

// revokes says whether a clause only says that what the last query was about is not meant:
// "not the children", "I did not mean Germany", "did I say Germany". Another is named for it.
func (d *draft) revokes(s span, last *Query) bool {
	if !d.asks(s) || d.bringsName(s, last) || d.bringsMeasure(s, last) || d.onlyOf(s, last) {
		return false
	}
	whole := span{0, len(d.words)}
	if d.namesIn(s) && !d.bringsName(whole, last) || d.measuresIn(s) && !d.bringsMeasure(whole, last) {
		return false // "Danes not yet home"
	}
	if d.opIn(s, opExclude) && len(last.Subjects) == 1 {
		return true // "forget Kazakhstan"
	}
	for i := s.from; i < s.to; i++ {
		if d.putsNot(i) || d.is(i, gAsker) && !d.opIn(s, opHowMany, opWhich, opList) {
			return true
		}
	}
	return false
}

// onlyOf says whether a clause names one of several rows of the last query, or a number, which is
// no taking back of all of it.
func (d *draft) onlyOf(s span, last *Query) bool {
	return d.namesIn(s) && len(last.Subjects) > 1 || slices.ContainsFunc(d.numbers, func(n numberMark) bool { return s.holds(n.span) })
}

// onlyTalks says whether a clause asks nothing and says only something of the asker or of a slip.
func (d *draft) onlyTalks(s span) bool {
	if d.asks(s) || slices.ContainsFunc(d.numbers, func(n numberMark) bool { return s.holds(n.span) }) {
		return false
	}
	if d.talk(s) || slices.ContainsFunc(d.marks, func(m mark) bool {
		asks := m.kind == operator && slices.Contains(askingOps, m.op) && !d.within(m.from, opCorrection)
		return s.holds(m.span) && (asks || m.kind == absent)
	}) {
		return false
	}
	return d.selfIn(s) || d.opIn(s, opCorrection) || s.from == 0 && s.len() <= 2 // "ah crap"
}
