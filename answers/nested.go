package answers

// nested reads a question on rows that it does not name but finds by a question of its own:
// "of the five countries with most fighters, which has the fewest returnees".
func (d *draft) nested(c Context) (Reading, bool) {
	at := d.endOfSet()
	if at < 0 {
		return Reading{}, false
	}
	inner := d.part(span{d.startOfSet(), at + 1})
	found := inner.fresh(inner.slots())
	if found.Query.Problem != nil || found.Query.Kind != Rank && found.Query.Kind != Filter {
		return Reading{}, false
	}
	a, err := d.e.answer(found)
	if err != nil {
		return Reading{}, false
	}
	rest := d.part(span{at + 1, len(d.words)})
	r := rest.reading(c.after(found, d.e).shown(&a))
	if r.Query.Problem != nil || len(r.Query.Subjects) == 0 {
		return problem(&Problem{Reason: NotUnderstood}), true
	}
	return r, true
}

// part is a stretch of the words, read by itself.
func (d *draft) part(s span) *draft {
	words := append([]word(nil), d.words[s.from:s.to]...)
	words[len(words)-1].comma = false
	p := &draft{e: d.e, words: words}
	return p.recognise()
}

// startOfSet is the first word of the set that a question begins with, "of" and the like aside.
func (d *draft) startOfSet() int {
	from := 0
	for from < len(d.words)-1 && (d.is(from, gConjunction) || d.is(from, gPreposition)) {
		from++
	}
	return from
}

// endOfSet is the last word of a set of countries that is told by a measure and by an order or a
// threshold, where another measure is asked of it behind a comma; -1 if there is none.
func (d *draft) endOfSet() int {
	for i := range d.words {
		left, right := span{0, i + 1}, span{i + 1, len(d.words)}
		if !d.words[i].comma || i+2 >= len(d.words) || d.originsIn(left) || d.originsIn(right) {
			continue
		}
		set := d.opIn(left, opCountry) && (d.opIn(left, opTop, opBottom) || d.opIn(left, opMoreThan, opFewerThan, opAtLeast, opAtMost) && d.numberIn(left))
		asks := d.is(i+1, gAsking) && d.opIn(right, opWhich, opWho, opHowMany)
		if !set || !asks || d.opIn(left, opHowMany, opShare) || d.is(0, gAsking) && !d.ever(0) || d.opIn(right, opCountry, opReport, opSays) {
			continue
		}
		a, b := d.measureOf(left), d.measureOf(right)
		if a != nil && b != nil && a.measure != b.measure {
			return i
		}
	}
	return -1
}

// ever says whether a word asks for whatever there is: "whichever country".
func (d *draft) ever(i int) bool {
	t := d.words[i].text
	return len(t) > 4 && t[len(t)-4:] == "ever"
}

// measureOf is the last mark of a measure within a stretch of words; nil if there is none.
func (d *draft) measureOf(s span) *mark {
	var found *mark
	for i := range d.measures {
		if s.holds(d.measures[i].span) {
			found = &d.measures[i]
		}
	}
	return found
}
