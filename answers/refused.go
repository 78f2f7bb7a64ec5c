package answers

import (
	"slices"
	"strings"
)

// refused reads requests that are out of scope whatever else stands in them.
func (d *draft) refused() (Reading, bool) {
	for _, m := range d.marks {
		if m.kind != refused {
			continue
		}
		if m.refused.Yields && d.wholeWithout(m.span) || d.onlyWord(m) {
			continue
		}
		if m.then != "" && d.kept(m.to) {
			continue // "how can governments stop people joining"
		}
		return problem(&Problem{Reason: OffTopic, Topic: m.refused.Topic}), true
	}
	if d.otherWar() || d.asksTongue() || d.onlyThings() {
		return problem(&Problem{Reason: OffTopic}), true
	}
	return d.wantsToAct()
}

// otherWar says whether a war is named by a place that is not where the people of the tables went:
// "the Falklands war".
func (d *draft) otherWar() bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.uncovered != nil && !d.isTheatre(&n) && n.to < len(d.words) && d.within(n.to, opWarWord) && !d.setOff(n.to-1) && len(d.e.index().postings[n.key()]) == 0
	})
}

// asksTongue says whether words in a language are asked for, which goes by the name of a
// people: "how do you say good morning in Turkish", "what is the French for fighter".
func (d *draft) asksTongue() bool {
	if d.hasAny(opReport, opFigure) {
		return false
	}
	says := slices.ContainsFunc(d.words, func(w word) bool { return d.e.lexicon.phraseOf(w.stem, opTongue) })
	for i := range d.names {
		n := &d.names[i]
		if !n.people || n.len() > 1 || strings.HasSuffix(d.words[n.span.from].text, "s") {
			continue
		}
		before, end := n.span.from-1, n.to == len(d.words) || d.setOff(n.to-1)
		into := before >= 0 && (d.is(before, gPlace) || d.is(before, gInto)) && end
		wordFor := n.to < len(d.words) && d.words[n.to].text == "for" && before <= 2 && d.startsWith("what")
		wordOf := before >= 0 && d.is(before, gArticle) && n.to < len(d.words) && d.within(n.to, opTongue)
		if into && says || wordFor || wordOf || end && before >= 0 && d.isOp(before, opTongue) && d.is(before, gSpeaking) {
			return true
		}
	}
	return false
}

// actNear is how many words may stand between what is asked for and the act.
const actNear = 9

// wantsToAct refuses help with an act: "how do I join IS", "give me tips for
// attacking a church". Asking what is known of such acts is no request for help.
func (d *draft) wantsToAct() (Reading, bool) {
	if d.asksReport() && !d.speaksOfSelf(-1) {
		return Reading{}, false
	}
	for _, r := range d.marks {
		if r.kind != request || d.gerund(r.from) && !d.speaksOfSelf(-1) || r.from > 0 && (d.is(r.from-1, gManyShown) || d.is(r.from-1, gOthers) || d.isOp(r.from-1, opReport, opAuthor)) {
			continue // "do they write something about radicalisation"
		}
		if topic, ok := d.journey(r); ok {
			return problem(&Problem{Reason: OffTopic, Topic: topic}), true
		}
		for _, a := range d.marks {
			if d.words[r.to-1].comma {
				break // "please help me, …"
			}
			if a.kind == act && a.from >= r.to && a.from-r.to <= actNear && !d.broken(r.from, a.to) && !d.hindered(r.to, a.from) && !d.opIn(span{r.to, a.from}, opHowMany, opFigure) && !d.toldOf(span{r.to, a.from}, a.from) {
				return problem(&Problem{Reason: OffTopic, Topic: a.refused.Topic}), true
			}
		}
	}
	return Reading{}, false
}

// gerund says whether a word is a form of a verb that tells of others: "somebody
// planning an attack".
func (d *draft) gerund(i int) bool { return strings.HasSuffix(d.words[i].text, "ing") }

// asksReport says whether it is asked what the report says; the words of a request
// ("explain how to") ask nothing of it.
func (d *draft) asksReport() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		if m.kind != operator || m.op != opReport && m.op != opSays {
			return false
		}
		return !slices.ContainsFunc(d.marks, func(r mark) bool { return r.kind == request && r.meets(m.span) })
	})
}

// journey reads a request for the way to where people went: "how do I get across
// into Syria". Asking for figures of those who did is none.
func (d *draft) journey(r mark) (topic string, ok bool) {
	rest := span{r.to, len(d.words)}
	own := d.selfIn(r.span) || r.then != "" && d.selfIn(span{r.to, min(len(d.words), r.to+gapWords+2)}) // "which way should I go"
	if !own && !d.bestWay(r) || d.hasAny(opHowMany, opFigure, opSource, opShare, opReport, opCompare) {
		return "", false
	}
	for _, m := range d.marks {
		if rest.holds(m.span) && d.isGroup(m) && m.from-r.to <= actNear && d.is(m.from-1, gGoal) && !d.whoIn(span{r.to, m.from}) {
			return d.journeyTopic()
		}
	}
	for i := range d.names {
		n := &d.names[i]
		if !rest.holds(n.span) || !d.isTheatre(n) || n.span.from-r.to > actNear || !d.is(n.span.from-1, gGoal) && !d.is(n.span.from-1, gInto) && !d.is(n.span.from-1, gArriving) {
			continue
		}
		if d.whoIn(span{r.to, n.span.from}) && !d.selfIn(rest) {
			continue // "give me a list of people who went to Syria"
		}
		return d.journeyTopic()
	}
	return "", false
}

// journeyTopic is the topic under which help with travelling is refused.
func (d *draft) journeyTopic() (topic string, ok bool) {
	for _, f := range d.e.report.Vocabulary.Refused {
		if f.Journey {
			return f.Topic, true
		}
	}
	return "", false
}

// bestWay says whether a request asks which way of doing something is best, be it the
// asker's or anybody's: "which road is best to".
func (d *draft) bestWay(r mark) bool {
	for i := r.from; i < r.to; i++ {
		if d.isOp(i, opTop) || strings.HasSuffix(d.words[i].text, "est") {
			return true
		}
	}
	return false
}

// toldOf says whether an act is told of others, not of the asker: "I want to know who
// joined IS".
func (d *draft) toldOf(between span, act int) bool {
	return d.words[act].text != d.words[act].stem && d.whoIn(between) && !d.selfIn(between)
}

// whoIn says whether a stretch of words holds "who" or the like.
func (d *draft) whoIn(s span) bool {
	for i := s.from; i < s.to; i++ {
		if d.isOp(i, opWho) {
			return true
		}
	}
	return false
}

// selfIn says whether the asker speaks of themselves in a stretch of words.
func (d *draft) selfIn(s span) bool {
	for i := s.from; i < s.to; i++ {
		if d.is(i, gSelf) {
			return true
		}
	}
	return false
}

// hindered says whether a word between says that the act is to be kept from
// happening, or is spoken of as done: "how to prevent attacks". "From" does so
// only right before the act ("keep them from joining"); before a name it tells
// where the asker sets out.
func (d *draft) hindered(from, to int) bool {
	for i := from; i < to; i++ {
		if d.is(i, gHinder) && !(d.is(i, gSource) && i+1 < to) {
			return true
		}
	}
	return false
}

// kept says whether a word in the gap of a phrase keeps somebody from what it says:
// "how can governments stop people joining"; "from" by itself only tells where from.
func (d *draft) kept(at int) bool {
	for i := at; i < min(at+gapWords, len(d.words)); i++ {
		if d.is(i, gHinder) && !d.is(i, gPreposition) && !d.is(i, gLaterThan) {
			return true
		}
	}
	return false
}

// onlyWord says whether a refused phrase is only a word that the findings use
// too, in a question that one of them answers and that asks for no doing.
func (d *draft) onlyWord(m mark) bool {
	if m.then != "" || m.len() > 1 && (!m.refused.Mild || !d.proseBeside(m.span)) || !m.refused.Mild && (d.personal() || d.speaksOfSelf(-1)) || !d.e.index().holds(d.words[m.from].stem) {
		return false
	}
	r, ok := d.findings(&slots{rows: d.rows()}, false)
	return ok && (r.cover > coverStrange || m.refused.Mild)
}

// proseBeside says whether a word outside of a span is one that only the findings
// know, and no part of what is refused.
func (d *draft) proseBeside(s span) bool {
	return slices.ContainsFunc(d.prose, func(i int) bool { return (i < s.from || i >= s.to) && !d.refusedIn(span{i, i + 1}) })
}

// speaksOfSelf says whether the asker speaks of what they would do, the word at
// but aside.
func (d *draft) speaksOfSelf(but int) bool {
	for i := range d.words {
		if i != but && d.is(i, gSelf) {
			return true
		}
	}
	return false
}

// wholeWithout says whether the words outside of a span ask for a measure of a
// row, so that the span is only noise around a question.
func (d *draft) wholeWithout(s span) bool {
	row, measure := false, false
	for i := range d.names {
		row = row || d.names[i].row != nil && !d.names[i].meets(s)
	}
	for _, m := range d.measures {
		measure = measure || !m.meets(s)
	}
	return row && measure
}
