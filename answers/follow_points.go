package answers

import "slices"

// ordinal is the place asked for by "second place?", "third?"; 0 for none.
func (d *draft) ordinal() int {
	for i := range d.numbers {
		if n := &d.numbers[i]; n.ordinal && (d.short() || d.has(opFollow)) && !d.hasAny(opPronoun) {
			return int(n.value)
		}
	}
	return 0
}

// firstFew is how many rows "the first two" means; 0 for none.
func (d *draft) firstFew(shown int) int {
	for i := range d.numbers {
		n := &d.numbers[i]
		if n.from > 0 && d.words[n.from-1].text == "first" && !n.ordinal && int(n.value) <= shown && n.value > 1 {
			return int(n.value)
		}
	}
	return 0
}

// pointed reads "the second one", "the latter": one of the rows shown.
func (d *draft) pointed(s *slots, p *past) (Query, bool) {
	if len(s.rows)+len(s.scopes) > 0 || len(p.shown) == 0 && len(p.last.Subjects) == 0 {
		return Query{}, false
	}
	rows := firstRows(p.last.Subjects, nil)
	if len(rows) < 2 || p.last.Kind == Rank {
		rows = p.shown
	}
	if len(rows) < 2 {
		rows = p.list
	}
	if d.excludesPointed(rows) {
		return Query{}, false
	}
	if few := d.firstFew(len(p.shown)); few > 0 && len(p.last.Measures) > 0 && len(s.measures) == 0 {
		return Query{Kind: Lookup, Subjects: p.shown[:few], Measures: p.last.Measures}, true
	}
	at := -1
	for i := range d.numbers {
		if n := &d.numbers[i]; n.ordinal && (d.hasAny(opLatter, opFormer, opPronoun) || d.short() || d.numbersRow() || d.setsOff(n.span)) {
			at = int(n.value) - 1
		}
	}
	switch {
	case at >= 0:
	case d.has(opFormer), len(s.measures) > 0 && d.numberOne():
		at = 0
	case d.has(opLatter):
		at = len(rows) - 1
	default:
		return Query{}, false
	}
	if at >= len(rows) || len(rows) < 2 {
		return Query{}, false
	}
	if d.placeAsked() && len(p.last.Measures) == 1 && len(s.measures) == 0 && p.last.Kind != Rank {
		return Query{Kind: Rank, Measures: p.last.Measures, Of: p.last.Of, Subjects: rows, Position: at + 1}, true
	}
	q := Query{Kind: Lookup, Subjects: rows[at : at+1], Measures: p.last.Measures}
	if len(s.measures) > 0 {
		q.Measures = s.measures
	}
	if len(q.Measures) == 0 || d.has(opAboutSubject) && len(s.measures) == 0 && d.phraseLen(opAboutSubject) > 1 {
		q.Kind, q.Measures = Profile, nil
	}
	return q, true
}

// placeAsked says whether it is asked who stands at a place, not for the row so placed: "who's
// first?".
func (d *draft) placeAsked() bool {
	return d.short() && d.is(0, gAsking) && d.hasAny(opWho, opWhich) && d.words[0].text != "what" && len(d.words) > 1 && (d.is(1, gPassive) || len(d.words) == 2)
}

// setsOff says whether a span at the beginning is followed by a colon, or the like.
func (d *draft) setsOff(s span) bool {
	w := &d.words[s.to-1]
	return s.from <= 2 && (w.colon || w.comma)
}

// numberOne says whether "number one" points at the first of the rows shown.
func (d *draft) numberOne() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opTop && m.len() == 2 && d.is(m.from, gPlaceNumber) {
			return true
		}
	}
	return false
}

// numbersRow says whether a row shown before is pointed at by its number: "number
// one", "for number 2".
func (d *draft) numbersRow() bool {
	if d.numberOne() {
		return true
	}
	return slices.ContainsFunc(d.numbers, func(n numberMark) bool {
		_, counts := d.e.report.Vocabulary.Ordinals[d.words[n.from].text]
		return n.ordinal && n.from > 0 && d.is(n.from-1, gPlaceNumber) && !counts && !d.words[n.from].ordinal
	})
}

// pointsAtMany says whether a word points at several rows: "which of them".
func (d *draft) pointsAtMany() bool {
	for i := range d.words {
		if d.pointsAt(i) {
			return true
		}
	}
	return false
}

// pointsAt says whether a word points at several of what was shown; in "those who went" it
// says itself whom it means.
func (d *draft) pointsAt(i int) bool {
	said := d.words[i].text == "those" && i+1 < len(d.words) && !d.setOff(i) && (d.isOp(i+1, opWho) || d.relativeThat(i+1))
	return d.is(i, gManyShown) && !said
}

// pointsBack says whether a word points at what was shown: "there", "of them".
func (d *draft) pointsBack() bool {
	return d.has(opPronoun)
}

// pointedAt is how many of the rows shown are pointed at: all with "them", one with "there".
func (d *draft) pointedAt(q Query, p *past) int {
	for i := range d.words {
		if d.is(i, gManyShown) && q.Limit != 1 {
			return min(len(p.shown), 5)
		}
	}
	return 1
}
