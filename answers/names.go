package answers

import (
	"slices"
	"strings"
)

func (d *draft) findNames() {
	x := d.e.lexicon
	for i := 0; i < len(d.words); {
		n := d.nameAt(x, i)
		i += max(n, 1)
	}
}

// nameAt recognises the longest name that begins at a word, and returns how
// many words it has.
func (d *draft) nameAt(x *lexicon, i int) int {
	w := &d.words[i]
	for n := min(int(x.nameWords[w.text]), len(d.words)-i); n > 0; n-- {
		s := span{i, i + n}
		if n == 1 && d.codeAt(x, i) {
			return 1
		}
		list := x.names[d.text(i, i+n)]
		if len(list) == 0 || n > 1 && d.listedIn(i, i+n) && d.goesOn(s) {
			continue
		}
		if best := bestName(list); !best.weak || best.row != nil && n == 1 && d.words[i].text != "us" || d.asName(s) {
			d.addName(s, best)
			return n
		}
	}
	if d.codeAt(x, i) {
		return 1
	}
	if bare, ok := strings.CutSuffix(w.text, "s"); ok && len(bare) > 3 && bare[len(bare)-1] != 's' { // "turkeys list"
		if list := x.names[bare]; len(list) > 0 && list[0].row != nil && !list[0].people {
			d.addName(span{i, i + 1}, bestName(list))
			return 1
		}
	}
	return 0
}

// goesOn says whether a name with a comma in it ("Georgia, USA") stands in a list, of which its
// parts are members: "Georgia, USA and France", "compare Georgia, USA".
func (d *draft) goesOn(s span) bool {
	if s.to < len(d.words) && (d.is(s.to, gConjunction) || d.words[s.to-1].comma && d.e.lexicon.nameWords[d.words[s.to].text] > 0) {
		return true
	}
	for i := range s.from {
		if d.words[i].comma && i == s.from-1 || d.e.lexicon.phraseOf(d.words[i].stem, opCompare) || d.e.lexicon.phraseOf(d.words[i].stem, opDifference) || d.is(i, gBothWord) {
			return true
		}
	}
	return false
}

// codeAt recognises a country's code, written in capitals.
func (d *draft) codeAt(x *lexicon, i int) bool {
	w := &d.words[i]
	if !w.upper() {
		return d.lowerCodeAt(x, i)
	}
	if d.shouting() {
		return false
	}
	n, ok := x.codes[strings.ReplaceAll(w.raw, ".", "")]
	if !ok && (d.besideCode(x, i) || d.codeLeads(i)) {
		n, ok = x.listed[w.raw]
	}
	if ok {
		d.addName(span{i, i + 1}, n)
	}
	return ok
}

// lowerCodeAt recognises the code of a row that is written in small letters and is no word:
// "ger v aut ffs".
func (d *draft) lowerCodeAt(x *lexicon, i int) bool {
	w := &d.words[i]
	if len(w.text) != 3 || w.isNum || w.mended != "" || len(d.words) > tersest || x.knows(w) {
		return false
	}
	n, ok := x.codes[strings.ToUpper(w.text)]
	if !ok || n.row == nil {
		return false
	}
	d.addName(span{i, i + 1}, n)
	d.names[len(d.names)-1].mended = true
	return true
}

// tersest is how many words a message may have that is typed in haste.
const tersest = 7

// besideCode says whether a code stands right before or behind a word in a list: "UK/FR/DE".
func (d *draft) besideCode(x *lexicon, i int) bool {
	isCode := func(k int) bool {
		if k < 0 || k >= len(d.words) || !d.words[k].upper() {
			return false
		}
		_, ok := x.codes[d.words[k].raw]
		return ok
	}
	return isCode(i-1) && d.words[i-1].comma || isCode(i+1) && d.words[i].comma
}

// codeLeads says whether a code of three letters which is a word, too, stands where a name
// would: "NOR still in the zone", "returned to NOR", but not "CAN you".
func (d *draft) codeLeads(i int) bool {
	if len(d.words[i].raw) != 3 || i > 0 && !d.is(i-1, gPreposition) {
		return false
	}
	next := i + 1
	return next < len(d.words) && !d.is(next, gSelf) && !d.is(next, gAuxiliary) && !d.is(next, gArticle) && !d.words[next].isNum || next == len(d.words) && i > 0
}

// bestName chooses among what one name stands for: a row before a group before
// a place without a row.
func bestName(list []name) name {
	best := list[0]
	for _, n := range list[1:] {
		if n.rank() < best.rank() {
			best = n
		}
	}
	return best
}

func (n name) rank() int {
	switch {
	case n.row != nil:
		return 0
	case n.group != nil:
		return 1
	case n.ambiguous != nil:
		return 2
	}
	return 3
}

// town says whether a name is that of a town.
func (n name) town() bool { return n.uncovered != nil && n.uncovered.Kind == "city" }

// shouting says whether the whole question is in capitals, which then say nothing.
func (d *draft) shouting() bool {
	capitals, small := 0, 0
	for i := range d.words {
		switch {
		case d.words[i].upper():
			capitals++
		case d.words[i].text != "" && d.words[i].text[0] >= 'a':
			small++
		}
	}
	return capitals > 2 && small == 0
}

// asName says whether a name which is also an ordinary word is used as a name:
// by a preposition before it, a capital letter, or nothing else that it could be.
func (d *draft) asName(s span) bool {
	if d.words[s.from].upper() && !d.shouting() {
		return true
	}
	if d.words[s.from].text == "us" && d.speaksOfSelf(s.from) {
		return false // "I am from Portugal, how many of us returned"
	}
	if s.to < len(d.words) && d.words[s.to].text == "of" && s.len() > 1 {
		return false // the Kingdom of somewhere else
	}
	if p := d.prepositionBefore(s.from); p != "" && (p != "of" || !d.plainPlural(s)) {
		return true
	}
	if s.from == 0 && s.to < len(d.words) && !d.words[s.to-1].comma && (d.is(s.to, gRelative) || d.is(s.to, gShownBefore)) {
		return false // "Split that up"
	}
	asked := slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == operator && m.op == opAboutSubject && m.to == s.from })
	if asked && (s.to == len(d.words) || d.setOff(s.to-1)) {
		return true // "brief on jordan"
	}
	return d.words[s.from].capital() && d.words[s.from].text != "us" || len(d.words) <= 4 && d.words[s.from].text != "us"
}

// plainPlural says whether a name is a plural that people use of others, too: "of
// the states counted before".
func (d *draft) plainPlural(s span) bool {
	w := &d.words[s.to-1]
	return !w.capital() && len(w.text) > 4 && w.text[len(w.text)-1] == 's'
}

// prepositionBefore is the preposition that a name at i hangs on: "from",
// "to", "in", "of"… or "".
func (d *draft) prepositionBefore(i int) string {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		switch {
		case d.is(k, gPreposition):
			return d.words[k].text
		case !d.is(k, gBeforeName):
			return ""
		}
	}
	return ""
}

func (d *draft) addName(s span, n name) {
	p := d.prepositionBefore(s.from)
	m := nameMark{span: s, name: n, from: p != "", source: d.e.lexicon.of(p, gSource), typed: d.shown(s), mended: n.misspelt}
	for i := s.from; i < s.to; i++ {
		m.mended = m.mended || d.words[i].mended != ""
	}
	d.names = append(d.names, m)
}

// withoutKinds drops what only says of a place that it is a town or a region: "the city
// of Brussels" is Brussels. A row's name stays: the city of Luxembourg is not that row.
func (d *draft) withoutKinds() {
	for i := len(d.names) - 1; i >= 0; i-- {
		n := &d.names[i]
		if k := n.span.from - 2; n.uncovered != nil && k > 0 && d.words[k+1].text == "of" && d.kindOfPlace(k) {
			d.words = slices.Delete(d.words, k, k+2)
			d.join()
			d.names = d.names[:0]
			d.findNames()
			return
		}
	}
}

// kindOfPlace says whether a word is one for places within a country.
func (d *draft) kindOfPlace(i int) bool {
	return slices.ContainsFunc(d.senses(i), func(s sense) bool {
		return s.kind == absent && s.absent.Topic == d.e.report.Vocabulary.Within
	})
}

// aboutPeople says whether a question holds a measure or the report's subject
// matter, so that "turkey" in it is the country.
func (d *draft) aboutPeople() bool {
	for _, m := range d.marks {
		switch m.kind {
		case measurePhrase, measureNoun, theatre, domain:
			return true
		}
	}
	return false
}

// foreignNames recognises the names of countries in other languages. It is
// only called where some word is strange, since the names take time to gather.
func (d *draft) foreignNames() {
	for i := range d.words {
		d.foreignName(i)
	}
	slices.SortFunc(d.names, func(a, b nameMark) int { return a.span.from - b.span.from })
}

// foreignName reads a word, or up to four from it on, as a country's name in
// another language; a shorter name within it gives way ("Arabia Saudita").
func (d *draft) foreignName(i int) bool {
	foreign := d.e.foreign()
	for n := min(4, len(d.words)-i); n > 0; n-- {
		s := span{i, i + n}
		if slices.ContainsFunc(d.names, func(o nameMark) bool { return o.meets(s) && (o.len() >= n || !s.holds(o.span)) }) {
			continue
		}
		if nm, ok := foreign[d.text(i, i+n)]; ok {
			d.names = slices.DeleteFunc(d.names, func(o nameMark) bool { return s.holds(o.span) })
			d.addName(s, nm)
			d.names[len(d.names)-1].foreign = true
			return true
		}
	}
	return false
}
