package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// askedThere reads "who attacked there" and "how many returned there" as asked of the place
// that the conversation was about, where the tables alone cannot go on: the place has no row,
// or something of the prose is asked or was.
func (d *draft) askedThere(p *past) (Reading, bool) {
	at := d.thereAt()
	if at < 0 || slices.ContainsFunc(d.names, func(n nameMark) bool { return !n.agent && !n.place }) {
		return Reading{}, false
	}
	place, ok := d.e.placeOf(p)
	if !ok || place.uncovered == nil && len(d.prose)+len(d.unknown) == 0 && !d.has(opSays) && p.last.Kind != Finding {
		return Reading{}, false
	}
	n := nameMark{span: span{at, at + 1}, name: place, from: true, typed: place.called()}
	d.names = append(d.names, n)
	slices.SortFunc(d.names, func(a, b nameMark) int { return a.span.from - b.span.from })
	d.marks = slices.DeleteFunc(d.marks, func(m mark) bool { return m.kind == operator && m.op == opPronoun && m.holds(n.span) })
	d.ops[opPronoun] = -1
	s := d.slots()
	r := d.tableOrProse(s)
	r.Notes = append(r.Notes, Note{Kind: Inherited, To: place.called()})
	return r, true
}

// thereAt is the word that points at a place, in "there", "in that town"; -1 if there is none.
// "There were" and "how many were there" point at nothing.
func (d *draft) thereAt() int {
	for i := range d.words {
		if !d.within(i, opThatPlace) || d.measureIn(span{i, i + 1}) || i == 0 && d.words[i].text == "there" {
			continue
		}
		if d.words[i].text == "there" && (d.is(i-1, gPassive) || i+1 < len(d.words) && (d.is(i+1, gPassive) || d.is(i+1, gAuxiliary))) {
			continue
		}
		return i
	}
	return -1
}

// placeOf is the place that a conversation was about: in the last question, else in the one
// before it.
func (e *Engine) placeOf(p *past) (name, bool) {
	if n, ok := p.last.place(); ok {
		return n, true
	}
	for i := len(p.topic) - 1; i >= 0; i-- {
		if strings.HasPrefix(p.topic[i], "@") {
			return e.nameOfKey(p.topic[i])
		}
	}
	if p.last.Kind == Rank && len(p.shown) == 1 {
		return name{row: p.shown[0]}, true
	}
	if p.twoBack && len(p.shown) < 2 {
		return p.before.place()
	}
	return name{}, false
}

// place is the one place that a query is about.
func (q *Query) place() (name, bool) {
	switch {
	case len(q.Subjects) == 1 && len(q.Within) == 0:
		return name{row: q.Subjects[0]}, true
	case len(q.Subjects) == 0 && len(q.Within) == 1 && q.Within[0].Group != nil:
		return name{group: q.Within[0].Group}, true
	case len(q.Subjects)+len(q.Within) == 0 && q.Problem != nil && q.Problem.Place != nil:
		return name{uncovered: q.Problem.Place}, true
	}
	return name{}, false
}

// nameOfKey is the name that is filed under a key.
func (e *Engine) nameOfKey(key string) (name, bool) {
	for _, s := range e.report.Subjects {
		if n := (name{row: s}); n.key() == key {
			return n, true
		}
	}
	for _, u := range e.report.Uncovered {
		if n := (name{uncovered: u}); n.key() == key {
			return n, true
		}
	}
	return name{}, false
}

// stillNowhere reads "and children?" after a place that the report does not have as asked of
// that place, too: nothing of all countries is meant.
func (d *draft) stillNowhere(s *slots, p *past) (Query, bool) {
	last := p.last.Problem
	if last == nil || last.Reason != NotCovered && last.Reason != UnknownName || len(p.last.Subjects)+len(p.last.Within) > 0 {
		return Query{}, false
	}
	if len(s.measures) == 0 || len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.prose)+len(d.unknown) > 0 || s.ambiguous != nil || s.cond != nil {
		return Query{}, false
	}
	if !d.short() && !d.hasAny(opPronoun, opFollow) || d.hasAny(opEverywhere, opCountry, opTop, opBottom, opTotal, opAverage, opSays) {
		return Query{}, false
	}
	nowhere := Problem{Reason: last.Reason, Word: last.Word, Place: last.Place, Near: last.Near}
	return Query{Kind: Lookup, Measures: s.measures, Problem: &nowhere}, true
}

// carried are the terms of the last topic that a question goes on with: without its places
// where it names one of its own.
func (d *draft) carried(p *past) []string {
	if !slices.ContainsFunc(d.names, func(n nameMark) bool { return !n.agent && !n.place }) {
		return p.topic
	}
	return slices.DeleteFunc(slices.Clone(p.topic), isPlaceKey)
}

func isPlaceKey(key string) bool { return strings.HasPrefix(key, "@") }

// placesOf are the places of a topic.
func placesOf(topic []string) (out []string) {
	for _, key := range topic {
		if isPlaceKey(key) {
			out = append(out, key)
		}
	}
	return out
}

// wholeCountry reads "I mean the whole country" after a town or a part of a country, of which no
// figure tells, as asked of the country's own row.
func (d *draft) wholeCountry(s *slots, p *past) (Query, bool) {
	row, ok := d.e.countryOfPart(&p.last)
	if !ok || !d.countryWord() || len(s.rows)+len(s.scopes)+len(s.uncovered)+len(d.unknown)+len(d.numbers) > 0 || len(d.words) > 9 {
		return Query{}, false
	}
	if p.twoBack && len(p.before.Subjects) == 1 && p.before.Subjects[0] != row && !d.has(opCorrection) {
		return Query{}, false // the country may be the one named before
	}
	if len(d.prose) > 0 && !(d.anyNot() && d.onlyAbsent(d.prose)) {
		return Query{}, false // "and the other towns of the country"
	}
	if d.hasAny(opWhich, opTop, opBottom, opMore, opFewer, opSays, opWhy, opEverywhere, opAverage, opCoverage) || d.has(opHowMany) && len(s.measures) == 0 {
		return Query{}, false
	}
	d.marks, d.prose = slices.DeleteFunc(d.marks, func(m mark) bool { return m.kind == absent }), nil // "not the city"
	q := Query{Kind: Lookup, Subjects: []*data.Subject{row}, Measures: p.last.Measures}
	if len(s.measures) > 0 {
		q.Measures = s.measures
	}
	if len(q.Measures) == 0 {
		q.Kind = Profile
	}
	return q, true
}

// countryOfPart is the row of the country in which the place lies that a query was refused for.
func (e *Engine) countryOfPart(q *Query) (*data.Subject, bool) {
	switch p := q.Problem; {
	case p == nil:
		return nil, false
	case p.Reason == NotCovered && p.Place != nil && p.Place.Of != "":
		return e.report.Subject(p.Place.Of)
	case p.Topic == e.report.Vocabulary.Within && len(q.Subjects) == 1:
		return q.Subjects[0], true
	}
	return nil, false
}
