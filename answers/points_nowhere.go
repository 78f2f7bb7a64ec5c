package answers

import "slices"

// pointsNowhere reads "how many from the first one" and "what does it say about them" where nothing was shown that this could
// be: nothing is asked that can be answered.
func (d *draft) pointsNowhere(s *slots, _ *Query, _ bool) (Reading, bool) {
	if d.editsNothing(s) {
		return problem(&Problem{Reason: NotUnderstood}), true
	}
	if len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || s.ambiguous != nil {
		return Reading{}, false
	}
	if at := d.thereAt(); at == len(d.words)-1 && d.words[at].text == "there" && len(d.names) == 0 && d.short() && !d.wentTo(at) && !d.hasSenseAnywhere(theatre) && !d.hasAny(opCountry, opEverywhere) {
		return problem(&Problem{Reason: NotUnderstood, Word: d.words[at].raw}), true
	}
	if len(d.prose)+len(d.unknown) > 0 {
		return Reading{}, false
	}
	if d.contentless(s) && !d.bareFigure(s) {
		return problem(&Problem{Reason: NotUnderstood, Word: d.shownOp(opPronoun)}), true
	}
	last := len(d.words) - 1
	saysOfIt := last > 2 && d.has(opSays) && d.within(last, opPronoun) && len(s.measures)+len(d.numbers) == 0 && !d.onTopicWords() && !d.hasSenseAnywhere(term)
	if saysOfIt && d.e.lexicon.phraseOf(d.words[last-1].stem, opAboutSubject) {
		return problem(&Problem{Reason: NotUnderstood, Word: d.words[last].raw}), true
	}
	for _, m := range d.marks {
		if m.kind == operator && (m.op == opFormer || m.op == opLatter) && m.len() > 1 && d.words[m.to-1].text == "one" {
			return problem(&Problem{Reason: NotUnderstood, Word: d.shown(m.span)}), true
		}
	}
	return Reading{}, false
}

// wentTo says whether a word is where those who went have gone: "how many went there".
func (d *draft) wentTo(at int) bool {
	return slices.ContainsFunc(d.measures, func(m mark) bool { return m.kind == measurePhrase && m.to == at && d.e.base(m.measure) })
}

// contentless says whether a question only points ("and how many are those"), at nothing.
func (d *draft) contentless(s *slots) bool {
	if !d.has(opPronoun) || !d.has(opHowMany) || len(d.names)+len(d.numbers)+len(d.measures) > 0 || s.cond != nil || s.year != nil {
		return false
	}
	return !slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind != operator && m.kind != peopleNoun || slices.Contains([]op{opSays, opReport, opWhy, opCountry, opCoverage, opDefine, opHelp, opAuthor}, m.op) && m.kind == operator
	})
}

// editsNothing says whether a message only changes what was asked before, and nothing was:
// "remove Russia", "add the Balkans".
func (d *draft) editsNothing(s *slots) bool {
	if len(s.measures)+len(s.uncovered)+len(d.prose)+len(d.unknown)+len(d.numbers) > 0 || !d.short() || s.ambiguous != nil {
		return false
	}
	return len(s.exclude) > 0 && len(s.rows)+len(s.scopes) == 0 || d.adds() && len(s.rows)+len(s.scopes) == 1
}
