package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// unknownName is an unknown word which stands where a name would: after "from",
// or with a capital letter within the sentence, while no row is named.
func (d *draft) unknownName(s *slots) (int, bool) {
	for _, i := range append(slices.Clone(d.unknown), d.prose...) {
		w := &d.words[i]
		if i > 0 && w.capital() && !d.shouting() && !d.titled() && !slices.Contains(d.prose, i) && !d.e.lexicon.ordinary[w.text] {
			return i, true
		}
		if p := d.prepositionBefore(i); p != "" && p != "for" && p != "by" && p != "at" && len(s.rows)+len(s.scopes) == 0 && !slices.Contains(d.prose, i) {
			return i, true
		}
		if len(s.rows)+len(s.scopes)+len(s.uncovered) == 0 && len(d.words) <= 3 && len(s.measures) > 0 && !slices.Contains(d.prose, i) {
			return i, true
		}
	}
	return 0, false
}

// namesake says whether a name of a row is somebody's surname and nothing else is
// of the report's subject: "what was Michael Jordan's career total".
func (d *draft) namesake() bool {
	if d.shouting() || d.titled() || d.onTopicWords() || d.phraseMeasures() > 0 || len(d.words) < 4 {
		return false
	}
	for i := range d.names {
		n := &d.names[i]
		if k := n.span.from - 1; n.row != nil && !n.people && k > 0 && slices.Contains(d.unknown, k) && d.words[k].capital() && d.words[n.span.from].capital() && !d.setOff(k) && d.prepositionBefore(k) == "" {
			return true
		}
	}
	return false
}

// onlyThings says whether what would be the name of a country is an ordinary word in a
// question that counts nothing: in small letters behind an indefinite article, describing
// nothing, it is a thing ("truss a turkey"), and so it is in the plural.
func (d *draft) onlyThings() bool {
	if len(d.measures) > 0 || d.hasAny(opFigure, opReport) {
		return false
	}
	if slices.ContainsFunc(d.names, func(n nameMark) bool { return !n.from && !d.isThing(n.span.from) }) {
		return false
	}
	for i := range d.words {
		if d.isThing(i) {
			return true
		}
	}
	return false
}

// isThing says whether a country's name which is also an ordinary word is used as that word.
func (d *draft) isThing(i int) bool {
	w := &d.words[i]
	one, many := strings.CutSuffix(w.text, "s")
	n := d.e.lexicon.named(one)
	if !n.weak || n.town() || w.capital() || w.hyphen || !d.endsNounPhrase(i+1) {
		return false
	}
	return many && !n.people || i > 0 && (d.words[i-1].text == "a" || d.words[i-1].text == "an")
}

// endsNounPhrase says whether what stands at a word is no noun that the tables know, which the
// words before it would describe: "a turkey | with rice", not "a turkey summary".
func (d *draft) endsNounPhrase(at int) bool {
	return at == len(d.words) || d.setOff(at-1) || d.is(at, gPreposition) || d.is(at, gConjunction) || d.is(at, gAgainst) || d.is(at, gAuxiliary) || d.is(at, gPassive) || d.is(at, gSelf) || d.strangeIn(span{at, at + 1})
}

// rowDoes says whether what people did is asked of a row's name itself, with a strange
// word beside and nothing of the report's subject: "will Georgia come back to the office".
func (d *draft) rowDoes() bool {
	if len(d.words) < 4 || len(d.unknown) == 0 || !d.is(0, gYesNo) && !d.is(0, gUnreal) {
		return false
	}
	doing := slices.IndexFunc(d.measures, func(m mark) bool { return m.kind == measurePhrase })
	if doing < 0 {
		return false
	}
	m := d.measures[doing]
	if slices.ContainsFunc(d.marks, func(o mark) bool { return (o.kind == domain || o.kind == theatre) && !o.meets(m.span) }) {
		return false
	}
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.row != nil && !n.people && !n.agent && n.span.from == 1 && n.to == m.from
	})
}

// titled says whether every word of the question has a capital letter.
func (d *draft) titled() bool {
	small := 0
	for i := range d.words {
		if w := &d.words[i]; !w.isNum && !w.capital() && len(w.raw) > 3 {
			small++
		}
	}
	return small == 0
}

// near are the rows whose names come near an unknown word.
func (d *draft) near(text string) []*data.Subject {
	var out []*data.Subject
	list := d.nearWords(text)
	if len(text) > 5 && len(list) > 0 && list[0].distance == 1 {
		list = append(slices.Clone(list), d.e.mender.within(text, 2)...)
	}
	for _, c := range list {
		if n := d.e.lexicon.named(c.word); n.row != nil && !slices.Contains(out, n.row) && len(out) < 3 {
			out = append(out, n.row)
		}
	}
	return out
}

// namedWithin says whether the asker says of a country's name that it is meant for a part
// of another country: "Georgia, the American state", "the US state of Georgia", "Georgia in
// the US".
func (d *draft) namedWithin() bool {
	country := func(n *nameMark) bool {
		return n.row != nil && n.row.Kind == data.Country && !n.out && !n.agent && !n.place
	}
	for i := range d.names {
		n := &d.names[i]
		if !country(n) || n.people {
			continue
		}
		for k := range d.names {
			o := &d.names[k]
			if !country(o) || o.row == n.row {
				continue
			}
			part := o.to < len(d.words) && slices.Contains(d.e.report.Vocabulary.Parts, d.words[o.to].text)
			behind := o.span.from >= n.to && o.span.from-n.to <= 2 && d.onlyArticles(span{n.to, o.span.from})
			before := n.span.from == o.to+2 && d.words[o.to+1].text == "of"
			in := !o.people && n.to < o.span.from && d.is(n.to, gPlace) && !d.is(n.to, gInto) && d.onlyArticles(span{n.to + 1, o.span.from})
			if part && (behind || before) || in {
				return true
			}
		}
	}
	return false
}

// onlyArticles says whether a stretch of words holds nothing but articles.
func (d *draft) onlyArticles(s span) bool {
	for i := s.from; i < s.to; i++ {
		if !d.is(i, gArticle) {
			return false
		}
	}
	return true
}
