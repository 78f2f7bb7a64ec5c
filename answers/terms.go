package answers

import "slices"

func keysOf(terms []queryTerm) []string {
	var keys []string
	for _, t := range terms {
		if t.share > 0.5 {
			keys = append(keys, t.key)
		}
	}
	return keys
}

// searchStems are the stems of the words of a question.
func (d *draft) searchStems() []string {
	stems := make([]string, len(d.words))
	for i := range d.words {
		stems[i] = d.searchStem(i)
	}
	return stems
}

// How much the words of a question count in a search. Words of asking and
// courtesy say little of what is sought.
const (
	shareContent = 1.0
	shareUnknown = 0.6 // a word that no finding holds can't be matched; it only casts doubt
	shareMeasure = 0.8
	shareMatter  = 0.6
	shareAsking  = 0.2
	shareTelling = 0.4 // a word of asking that few findings hold
	telling      = 3.5
)

// terms are what a question is searched by: the stems of its words, and the
// keys of its names.
func (d *draft) terms() []queryTerm {
	terms := make([]queryTerm, 0, len(d.words)+len(d.names))
	for i := range d.words {
		if !d.inName(i) && (len(d.words[i].text) > 1 || d.words[i].isNum) {
			terms = append(terms, queryTerm{d.searchStem(i), d.shareOfWord(i)})
		}
	}
	for i := range d.names {
		terms = append(terms, queryTerm{d.names[i].key(), shareContent})
		if key := d.seatOf(&d.names[i]); key != "" {
			terms = append(terms, queryTerm{key, shareContent})
		}
	}
	return terms
}

// seatOf is the key of the row of which a place is a part: "Washington" stands
// for the United States where the prose is asked; "" for other names.
func (d *draft) seatOf(n *nameMark) string {
	if n.uncovered == nil || !n.uncovered.Seat {
		return ""
	}
	row, ok := d.e.report.Subject(n.uncovered.Of)
	if !ok {
		return ""
	}
	return name{row: row}.key()
}

// nameCovered says whether a finding holds a name, or the row of which it is a part.
func (d *draft) nameCovered(h hit, n *nameMark) bool {
	ix := d.e.index()
	if ix.covers(h.doc, n.key()) {
		return true
	}
	key := d.seatOf(n)
	return key != "" && ix.covers(h.doc, key)
}

// searchStem is a word's stem; a month's is that of its full name.
func (d *draft) searchStem(i int) string {
	for _, m := range d.marks {
		if m.kind == month && m.from == i {
			for _, words := range d.e.report.Vocabulary.Months {
				if float64(words.Month) == m.value {
					return d.e.lexicon.stemOf(words.Names[0])
				}
			}
		}
	}
	return d.words[i].stem
}

func (d *draft) shareOfWord(i int) float64 {
	switch {
	case d.words[i].isNum, slices.Contains(d.prose, i):
		return shareContent
	case slices.Contains(d.unknown, i):
		return shareUnknown
	}
	share := shareAsking
	if d.e.index().weight[d.words[i].stem] > telling && !d.saysAtLength(i) {
		share = shareTelling
	}
	for _, m := range d.marks {
		if m.from > i || m.to <= i {
			continue
		}
		switch m.kind {
		case measurePhrase, number, month, absent, term:
			share = max(share, shareMeasure)
		case measureNoun, theatre, domain, peopleNoun:
			share = max(share, shareMatter)
		}
	}
	return share
}

// saysAtLength says whether a word is part of a long phrase that only asks what the
// report says: "in the opinion of the authors".
func (d *draft) saysAtLength(i int) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opSays && m.len() > 2 && m.from <= i && i < m.to
	})
}

func (d *draft) inName(i int) bool {
	for k := range d.names {
		if d.names[k].holds(span{i, i + 1}) {
			return true
		}
	}
	return false
}
