package answers

import (
	"slices"
	"strings"
)

// define explains terms, with what the prose says of them.
func (m *maker) define() {
	if len(m.q.Terms) == 0 {
		if len(m.q.Findings) > 0 {
			m.finding()
			return
		}
		m.notUnderstood()
		return
	}
	for i, t := range m.q.Terms {
		m.a.Findings = append(m.a.Findings, Found{ID: "term:" + t.Term, Section: "terms", Text: t.Gist, Footnotes: []int{}})
		if i == 0 {
			m.a.Headline = t.Gist
		} else {
			m.line(t.Gist)
		}
		m.quoteAll(t.Findings[:min(len(t.Findings), maxMore)], true)
	}
}

// maxMore is how many findings a definition adds.
const maxMore = 2

// longDefinition is how many words a question of what a word means may have where
// it does not say so: longer ones ask for more than that.
const longDefinition = 9

// define reads "what does ~ mean", "what is a foreign fighter".
func (d *draft) define(s *slots) (Query, bool) {
	if len(s.rows)+len(s.exclude) > 0 && !d.hasSign() || d.severalNumbers() {
		return Query{}, false
	}
	apart := d.termsApart(s)
	if !d.hasAny(opDefine) && !apart && !(d.hasSign() && (d.has(opWhy) || len(d.words) <= 3)) {
		return Query{}, false
	}
	if d.has(opHowMany) || d.has(opWhy) && !d.hasSign() || d.hasAny(opTop, opBottom, opShare, opTotal, opAverage, opDifference) && !d.meansWord() && !apart {
		return Query{}, false
	}
	if d.ops[opAverage] == 0 && len(d.words) > 1 || len(d.words) > longDefinition && !apart && !d.hasSign() && !strings.Contains(d.stems, "mean") && !strings.Contains(d.stems, "defin") {
		return Query{}, false
	}
	q := Query{Kind: Define}
	longest := 0
	if d.strayProse() && !d.hasSign() {
		return q, false
	}
	for _, m := range d.marks {
		if m.kind == term && d.onlyVerb(m) {
			continue
		}
		if m.kind == term && (d.meansWord() || d.onlyTerm(m) || apart) {
			switch {
			case d.has(opDifference) && !slices.Contains(q.Terms, m.term):
				q.Terms = append(q.Terms, m.term) // "the difference between returned and sent back"
			case m.len() > longest || m.isSign(d):
				q.Terms, longest = append(q.Terms[:0], m.term), m.len()
			case m.len() == longest && q.Terms[0] != m.term:
				q.Terms = append(q.Terms, m.term)
			}
		}
	}
	return q, len(q.Terms) > 0
}

// askersOwn says whether a verb tells what the asker does, who means a thing or
// defines it: "I do mean", "we mean".
func (d *draft) askersOwn(i int) bool {
	for i--; i > 0 && d.is(i, gAuxiliary); i-- {
	}
	return i >= 0 && d.is(i, gAsker) && (i == 0 || !d.is(i-1, gAuxiliary))
}

// severalNumbers says whether numbers of different values stand in the question.
func (d *draft) severalNumbers() bool {
	return slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.value != d.numbers[0].value })
}

// termsApart says whether it is asked what tells two expressions apart: "what is the
// difference between sent back and stop listed".
func (d *draft) termsApart(s *slots) bool {
	if !d.has(opDifference) || !d.startsWith("what") || len(d.names)+len(d.numbers) > 0 || d.hasAny(opHowMany, opFigure, opTotal, opTable, opEverywhere) || len(d.prose) > 0 && d.strayProse() || len(d.unknown) > 0 {
		return false
	}
	first := slices.IndexFunc(d.marks, func(m mark) bool { return m.kind == term && m.from > d.ops[opDifference] })
	return first >= 0 && slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == term && m.from >= d.marks[first].to })
}

// strayProse says whether the question holds words of the prose besides the
// expressions that the bot explains.
func (d *draft) strayProse() bool {
	for _, i := range d.prose {
		if !d.hasTerm(i) {
			return true
		}
	}
	return false
}

func (d *draft) hasTerm(i int) bool {
	for _, m := range d.marks {
		if m.kind == term && m.from <= i && i < m.to {
			return true
		}
	}
	return false
}

func (m *mark) isSign(d *draft) bool { return d.words[m.from].isSign() }

// meansWord says whether the question asks for a meaning outright.
func (d *draft) meansWord() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opDefine && !strings.HasPrefix(d.stemmed(m.from, m.to), "what ") {
			return true
		}
	}
	return d.hasSign() || d.has(opDefine) && strings.Contains(d.stems, "mean")
}

func (d *draft) hasSign() bool {
	for i := range d.words {
		if d.words[i].isSign() && (i+1 == len(d.words) || !d.words[i+1].isNum || d.readsSign() || (d.has(opDefine) || d.startsWith("what")) && d.short() && len(d.measures)+len(d.names) == 0 && !d.has(opCountry)) {
			return true
		}
	}
	return false
}

// readsSign says whether it is asked how a figure with a sign is to be read.
func (d *draft) readsSign() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opDefine && (m.len() > 2 || d.words[m.to-1].text == "mean") {
			return true
		}
	}
	return false
}

// onlyTerm says whether nothing but the term is asked about: "what is a foreign
// fighter", but not "what is the number of foreign fighters".
func (d *draft) onlyTerm(t mark) bool {
	for i := range d.words {
		w := &d.words[i]
		if i >= t.from && i < t.to || w.isNum || w.text == "a" || w.text == "an" || w.text == "the" || w.text == "exactly" || w.text == "in" || w.text == "this" {
			continue
		}
		if i >= t.to && d.placesSign(t, i) {
			continue
		}
		if d.courteous(i) && !d.hasSense(i, operator, measurePhrase, measureNoun, peopleNoun) {
			continue
		}
		if !d.within(i, opDefine) && !d.within(i, opReport) && !d.within(i, opPronoun) {
			return false
		}
	}
	return true
}

// placesSign says whether a word behind a sign only tells where it stands: "the squiggle in
// front of 320".
func (d *draft) placesSign(t mark, i int) bool {
	sign := slices.ContainsFunc(t.term.Names, func(n string) bool { return len(n) == 1 })
	return sign && (d.is(i, gPreposition) || d.isOp(i, opFigure) || d.e.lexicon.neutral[d.words[i].text])
}

// onlyVerb says whether a term is the verb "is", as it is written, beside another term: "what
// does it mean when a cell is blank".
func (d *draft) onlyVerb(t mark) bool {
	if t.len() > 1 || !d.is(t.from, gYesNo) || d.words[t.from].upper() {
		return false
	}
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == term && m.term != t.term && !m.meets(t.span) })
}
