package answers

import (
	"slices"
	"strings"
)

// strangers deals with the words that nothing accounts for: where a name is
// expected they are an unknown name; a single one elsewhere is named in a
// caveat; more than that, and the question was not understood.
func (d *draft) strangers(s *slots, r *Reading) *Problem {
	if d.namesake() || d.rowDoes() {
		return &Problem{Reason: OffTopic}
	}
	if i, ok := d.unknownName(s); ok {
		w := &d.words[i]
		return &Problem{Reason: UnknownName, Word: w.raw, Near: d.near(w.text)}
	}
	left := len(d.unknown) + len(d.prose)
	switch {
	case left == 0 || len(r.Query.Findings) > 0:
		return nil
	case d.noiseBefore(s):
	case left > 1 && !d.onTopicWords() && (len(d.unknown) > 1 || len(d.unknown) > 0 && !d.hasAny(opHowMany, opFigure, opShare, opTop, opBottom, opReport, opSays)), len(s.measures) == 0 && !d.onTopicWords() && !d.hasAny(opFigure, opHowMany, opReport):
		return &Problem{Reason: OffTopic}
	case left > 1, d.degreeStrange(), d.narrows(r), d.saysOfThem(r), d.verbStrange(r), d.doneBy(s), d.headStrange(), d.predicateStrange(), d.anyMeaningful(), s.guessed, len(s.measures) == 0 && !(r.Query.Kind == Profile && d.has(opFigure)):
		return &Problem{Reason: NotUnderstood, Word: d.words[d.firstStranger()].raw}
	}
	for _, i := range append(slices.Clone(d.unknown), d.prose...) {
		d.note(Ignored, d.words[i].raw, "")
	}
	return nil
}

// noiseBefore says whether all that is strange stands before a whole question:
// "`sudo rm -rf` how many Malaysians are home again".
func (d *draft) noiseBefore(s *slots) bool {
	if len(s.rows) == 0 || s.guessed || len(s.measures) == 0 || !d.has(opHowMany) {
		return false
	}
	at := d.ops[opHowMany]
	for _, i := range append(slices.Clone(d.unknown), d.prose...) {
		if i >= at {
			return false
		}
	}
	return !d.namesIn(span{0, at}) && !d.measuresIn(span{0, at})
}

// saysOfThem says whether a yes-or-no question says something of people that no figure
// tells: "do the Danish returnees like herring".
func (d *draft) saysOfThem(r *Reading) bool {
	return r.Query.Kind == Lookup && !r.Query.Claim && d.is(0, gYesNo) && !d.hasAny(opHas, opFigure, opHowMany, opReport, opCoverage)
}

// verbStrange says whether what countries are asked to do is itself a strange word: "which
// country deals best with its returnees".
func (d *draft) verbStrange(r *Reading) bool {
	if r.Query.Kind != Rank || len(d.measures) == 0 {
		return false
	}
	for _, m := range d.marks {
		if m.kind == operator && m.op == opCountry && m.to < d.measures[0].from && d.strangeIn(span{m.to, d.measures[0].from}) {
			return true
		}
	}
	return false
}

// headStrange says whether what is asked for is itself a strange word: "how many
// social workers", "what is the maximum penalty".
func (d *draft) headStrange() bool {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opHowMany && m.op != opDefine {
			continue
		}
		for i := m.to; i < len(d.words) && i < m.to+3; i++ {
			if (slices.Contains(d.prose, i) || slices.Contains(d.unknown, i)) && !d.slipOfNamed(i) {
				return true
			}
			if d.measureIn(span{i, i + 1}) || d.hasSense(i, peopleNoun) || d.inName(i) {
				break
			}
		}
	}
	return false
}

// predicateStrange says whether a strange word at the end says what people are or do: "how
// many French returnees are dangerous".
func (d *draft) predicateStrange() bool {
	i := len(d.words) - 1
	if i < 2 || !d.asksCount() || !d.strangeIn(span{i, i + 1}) || d.words[i].mended != "" || d.slipOfNamed(i) {
		return false
	}
	return d.is(i-1, gPassive) || d.is(i-1, gAuxiliary) || d.endsNoun(i-1) || slices.ContainsFunc(d.measures, func(m mark) bool { return m.to == i })
}

// slipOfNamed says whether a word is one slip away from a name of a row that is
// also named: "finish fighters (Finland)".
func (d *draft) slipOfNamed(i int) bool {
	for _, c := range d.nearWords(d.words[i].text) {
		n := d.e.lexicon.named(c.word)
		if c.distance == 1 && n.row != nil && slices.Contains(d.rows(), n.row) {
			return true
		}
	}
	return false
}

// meaningful says whether a word is one of the report's subject matter, which
// would change what is asked.
func (d *draft) meaningful(i int) bool { return d.hasSense(i, absent, domain, refused) }

func (d *draft) anyMeaningful() bool {
	return slices.ContainsFunc(d.prose, d.meaningful)
}

// compound says whether a demonym or a noun for the people counted goes with an
// unknown noun ("a German shepherd", "fighter jets"), so that something else is
// spoken of; a noun that "who" follows is one for people, of whatever kind.
func (d *draft) compound() bool {
	stuck := func(s span) bool {
		return slices.Contains(d.unknown, s.to) && !(s.to+1 < len(d.words) && d.isOp(s.to+1, opWho)) && !d.words[s.to-1].breaks && !d.words[s.to-1].comma && d.words[s.to].mended == ""
	}
	for i := range d.names {
		if n := &d.names[i]; (n.people || n.row != nil && len(d.measures) == 0) && stuck(n.span) {
			return true // "a German shepherd", "a Canada goose"
		}
	}
	for _, m := range d.measures {
		if (m.kind == measureNoun || d.e.who(m.measure)) && (stuck(m.span) || d.owns(m.span) || d.ofOffice(m.to)) {
			return true
		}
		if d.describesNoun(m) {
			return true // "how many remain voters"
		}
	}
	return false
}

// describesNoun says whether a bare verb for what people did stands between "how many" and a
// strange noun in the plural, of which it only tells the kind.
func (d *draft) describesNoun(m mark) bool {
	return m.len() == 1 && m.from > 0 && m.to < len(d.words) && d.within(m.from-1, opHowMany) && d.words[m.from].text == d.words[m.from].stem &&
		d.strangeIn(span{m.to, m.to + 1}) && !d.setOff(m.from) && d.words[m.to].mended == "" && strings.HasSuffix(d.words[m.to].text, "s")
}

// ofOffice says whether a word is one for people by what they are, so that those counted before
// it are only some of them: "women ministers".
func (d *draft) ofOffice(i int) bool {
	if i >= len(d.words) || d.setOff(i-1) || d.words[i].mended != "" {
		return false
	}
	one, many := strings.CutSuffix(d.words[i].text, "s")
	return many && (d.is(i, gPersonWord) || d.e.lexicon.of(one, gPersonWord)) && !d.hasSense(i, measureNoun, measurePhrase, peopleNoun, term)
}

// owns says whether people have something, which is no figure of them: "women's rights".
func (d *draft) owns(s span) bool {
	i := s.to
	if i >= len(d.words) || !d.possessive(s.to-1) || d.words[i].isNum || d.inName(i) {
		return false
	}
	for _, m := range d.marks {
		if m.from == i && m.kind == operator && m.op != opYes && m.op != opTrue {
			return false
		}
	}
	return !d.hasSense(i, measureNoun, measurePhrase, peopleNoun, term, number, ordinalWord) && !d.is(i, gPreposition) && !d.is(i, gAuxiliary) && !d.is(i, gPassive) && !d.is(i, gConjunction)
}

// narrows says whether the strange word stands right before those who are added up over all
// countries, so that it tells which of them are meant: "Gulf women".
func (d *draft) narrows(r *Reading) bool {
	if r.Query.Kind != Total || len(r.Query.Subjects)+len(r.Query.Within)+len(r.Query.Exclude) > 0 {
		return false
	}
	return slices.ContainsFunc(append(slices.Clone(d.unknown), d.prose...), func(i int) bool {
		return d.words[i].mended == "" && !d.setOff(i) && slices.ContainsFunc(d.measures, func(m mark) bool { return m.from == i+1 })
	})
}

// degreeStrange says whether the strange word is a degree of something that the tables do not
// give: "the richest country".
func (d *draft) degreeStrange() bool {
	return slices.ContainsFunc(append(slices.Clone(d.unknown), d.prose...), func(i int) bool {
		return len(d.words[i].text) > 5 && strings.HasSuffix(d.words[i].text, "est")
	})
}

// onTopicWords says whether a word of the report's subject matter is there.
func (d *draft) onTopicWords() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == domain || m.kind == theatre || m.kind == measureNoun
	})
}

func (d *draft) firstStranger() int {
	if len(d.unknown) > 0 {
		return d.unknown[0]
	}
	return d.prose[0]
}
