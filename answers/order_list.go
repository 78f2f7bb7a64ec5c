package answers

import (
	"slices"
	"strings"
)

// listsOther says whether a phrase that ends in a word for a list names no list of its own, since
// behind it stands what is listed: "sixth on the list of fighters", "second on the list of women".
func (d *draft) listsOther(m mark) bool {
	if d.countriesListed(m) {
		return true
	}
	if m.kind != measurePhrase && m.kind != measureNoun || !d.isList(m.to-1) || m.to >= len(d.words) {
		return false
	}
	agent := d.e.words(m.measure).Agent
	if agent == "" || d.setOff(m.to-1) || !d.is(m.to, gOwnership) || slices.ContainsFunc(d.names, func(n nameMark) bool { return d.agentOf(&n) != nil }) {
		return false
	}
	return slices.ContainsFunc(d.marks, func(o mark) bool {
		return (o.kind == measurePhrase || o.kind == measureNoun) && o.measure != m.measure && o.from > m.to && o.from-m.to <= 3
	})
}

// countriesListed says whether a noun for those on a list only says of countries that they are in the
// report, where another measure is asked for: "how many of the countries listed have women".
func (d *draft) countriesListed(m mark) bool {
	if m.kind != measureNoun || m.len() > 1 || d.e.words(m.measure).Agent == "" || slices.ContainsFunc(d.names, func(n nameMark) bool { return d.agentOf(&n) != nil }) {
		return false
	}
	country := slices.ContainsFunc(d.marks, func(o mark) bool { return o.kind == operator && o.op == opCountry && o.to == m.from })
	return country && slices.ContainsFunc(d.marks, func(o mark) bool {
		return (o.kind == measurePhrase || o.kind == measureNoun) && o.measure != m.measure
	})
}

// isList says whether a word is one for a list or an order.
func (d *draft) isList(i int) bool {
	stem := d.words[i].stem
	return strings.HasPrefix(d.words[i].text, "list") || d.e.lexicon.phraseOf(stem, opOrder) || d.e.lexicon.phraseOf(stem, opTable)
}

// placeOnList reads an ordinal before "on the list" and the like as a place in an order: "which
// country is sixth on the list of fighters", "fifth on the returnee list". In "the third
// column" it stands before the word itself.
func (d *draft) placeOnList() {
	for i := range d.numbers {
		n := &d.numbers[i]
		if !n.ordinal || n.to >= len(d.words)-1 || !d.is(n.to, gPlace) && d.words[n.to].text != "on" {
			continue
		}
		for k := n.to + 1; k < min(n.to+5, len(d.words)); k++ {
			if d.isList(k) && (k+1 == len(d.words) || !d.words[k+1].isNum) {
				d.ops[opTop] = n.from
			}
		}
	}
}
