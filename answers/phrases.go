package answers

import (
	"slices"
	"strings"
)

// findPhrases marks every phrase of the vocabulary, and then drops those that
// stand inside of a longer one or of a name.
func (d *draft) findPhrases() {
	x := d.e.lexicon
	if d.marks == nil {
		d.marks = make([]mark, 0, len(d.words)+4)
	}
	for i := range d.words {
		for _, s := range x.exact[d.words[i].text] {
			d.marks = append(d.marks, mark{span{i, i + 1}, s})
		}
		for n := min(int(x.phraseWord[d.words[i].stem]), len(d.words)-i); n > 0; n-- {
			if n > 1 && d.broken(i, i+n) {
				continue
			}
			for _, s := range d.sensesIn(i, i+n) {
				if s.kind == measurePhrase && (d.listedIn(i, i+n) || d.setApart(i, i+n)) {
					continue // "gone, back", "left: is it 300?"
				}
				if s.then == "" || d.comesSoon(i+n, s.then) {
					d.marks = append(d.marks, mark{span{i, i + n}, s})
				}
			}
		}
	}
	d.marks = slices.DeleteFunc(d.marks, d.inside)
	d.excludesByName()
	d.names = slices.DeleteFunc(d.names, func(n nameMark) bool { return n.weak && !d.asName(n.span) && !d.aboutPeople() })
	for i := range d.marks {
		if m := &d.marks[i]; m.kind == operator && m.op == opSays && d.saidByFriend(m.span) {
			m.op = opTrue // not the report says so
		}
	}
}

// sensesIn are those of the words from i to j as one phrase.
func (d *draft) sensesIn(i, j int) []sense {
	if j == i+1 {
		return d.senses(i)
	}
	return d.e.lexicon.phrases[d.stemmed(i, j)]
}

// gapWords is how many words may stand in the gap of a phrase.
const gapWords = 4

// comesSoon says whether the stems follow within a few words from i on.
func (d *draft) comesSoon(i int, stems string) bool {
	_, ok := d.soon(i, stems)
	return ok
}

// soon is where the stems follow within a few words from i on.
func (d *draft) soon(i int, stems string) (span, bool) {
	n := strings.Count(stems, " ") + 1
	for k := i; k <= i+gapWords && k+n <= len(d.words); k++ {
		if d.stemmed(k, k+n) == stems {
			return span{k, k + n}, true
		}
	}
	return span{}, false
}

// tail is the part of a phrase of a measure, or of a trend, which stands behind its gap.
func (d *draft) tail(m mark) (span, bool) {
	if m.then == "" || m.kind != measurePhrase && m.op != opTrend && m.op != opHandled {
		return span{}, false
	}
	return d.soon(m.to, m.then)
}

// broken says whether a sentence ends within the words from i to j.
func (d *draft) broken(i, j int) bool {
	for k := i; k < j-1; k++ {
		if d.words[k].breaks {
			return true
		}
	}
	return false
}

// listedIn says whether a comma stands within the words from i to j.
func (d *draft) listedIn(i, j int) bool {
	for k := i; k < j-1; k++ {
		if d.words[k].comma {
			return true
		}
	}
	return false
}

// setApart says whether a colon stands within the words from i to j.
func (d *draft) setApart(i, j int) bool {
	for k := i; k < j-1; k++ {
		if d.words[k].colon {
			return true
		}
	}
	return false
}

func (d *draft) inside(m mark) bool {
	for i := range d.names {
		if n := &d.names[i]; n.holds(m.span) && !(m.kind == operator && m.op == opCountry) && (n.len() > m.len() || m.kind != theatre && m.kind != measurePhrase) {
			return true
		}
	}
	for i := range d.marks {
		o := &d.marks[i]
		if m.kind == operator && m.op == opHowMany && o.kind == operator && (o.op == opCountry || o.op == opByFactor) {
			continue // "how many states" and "how many times" ask how many, too
		}
		if m.kind == operator && (m.op == opMore || m.op == opFewer || m.op == opTop || m.op == opBottom) && o.kind == measurePhrase {
			continue // "has more left" compares, too
		}
		if m.kind == operator && (m.op == opPronoun || m.op == opFollow) && o.kind == operator && o.op == opAmongTold {
			continue // "on it" points back, too
		}
		if o.kind == operator && o.op == opBlank && d.words[o.from].text == "no" && (m.kind == measurePhrase || m.kind == measureNoun) {
			continue // "no returnees figure" asks for returnees, too
		}
		if m.kind == operator && (m.op == opTimes || m.op == opByFactor) && o.kind == absent {
			continue // "times as many", which is worked out of two figures alone
		}
		if m.kind == operator && m.op == opMoreThan && o.kind == operator && o.op == opList && m.to < len(d.words) && d.words[m.to].isNum {
			continue // "did any send over 3,000"
		}
		if m.then != "" && m.kind == request {
			continue // "which route should I" asks for help, whatever "which route" says
		}
		if o.holds(m.span) && o.len() > m.len() && overrides(o, &m) {
			return true
		}
	}
	return false
}

// overrides says whether a longer mark takes the words of a shorter one. What
// only tells of the subject matter (theatre, domain, nouns for people) takes nothing.
func overrides(long, short *mark) bool {
	switch long.kind {
	case peopleNoun:
		return short.kind == peopleNoun || long.len() > 2 && (short.kind == absent || short.kind == measurePhrase || short.kind == measureNoun) // "men and women"
	case domain, term, act, request:
		return short.kind == long.kind
	case theatre:
		return short.kind == theatre || short.kind == measureNoun || short.kind == measurePhrase || short.kind == peopleNoun
	case measureNoun:
		return short.kind != measurePhrase
	}
	return true
}

// excludesByName takes a word that leaves out only what is named right behind it ("ex France")
// as an exclusion there, and as nothing elsewhere: "ex-fighters".
func (d *draft) excludesByName() {
	d.marks = slices.DeleteFunc(d.marks, func(m mark) bool {
		if m.kind != operator || m.op != opExcludeName {
			return false
		}
		at := m.to
		if at < len(d.words) && d.is(at, gArticle) {
			at++
		}
		return d.inName(m.from) || !slices.ContainsFunc(d.names, func(n nameMark) bool {
			return n.span.from == at && !n.people && (n.row != nil || n.group != nil)
		})
	})
	for i := range d.marks {
		if m := &d.marks[i]; m.kind == operator && m.op == opExcludeName {
			m.op = opExclude
			taken := m.span
			d.marks = slices.DeleteFunc(slices.Clone(d.marks), func(o mark) bool {
				return o.span == taken && o.kind == operator && (o.op == opFewer || o.op == opBottom)
			}) // "all countries less Turkey"
			d.excludesByName()
			return
		}
	}
}
