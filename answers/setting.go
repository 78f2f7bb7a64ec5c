package answers

import "slices"

// strayed says whether a reading may be led off by words around the question:
// nothing in it is answered, or only by the prose.
func (d *draft) strayed(r *Reading) bool {
	p := r.Query.Problem
	switch {
	case d.numbersTold(r.Query.Findings):
		return false
	case r.Query.Kind == Finding && (len(r.Query.Measures) == 0 || d.selfIn(span{0, len(d.words)})), r.Query.Kind == Help && len(d.words) > 4 && !d.has(opMeasures):
		return true
	case d.instructed():
		return true
	case p == nil:
		return false
	case p.Reason == OffTopic:
		return p.Topic == "" || d.e.report.Vocabulary.Mild(p.Topic)
	}
	return p.Reason == NotUnderstood || p.Reason == SeveralReadings || p.Reason == NotCovered || p.Reason == UnknownName ||
		(p.Reason == NoSuchCombination || p.Reason == NoSuchMeasure) && d.selfBefore()
}

// selfBefore says whether the asker speaks of himself before what is asked.
func (d *draft) selfBefore() bool {
	for i := range d.words {
		if d.asksFrom(i) {
			return d.selfIn(span{0, i})
		}
	}
	return d.is(0, gSelf) || len(d.words) > 1 && d.words[0].text == "for" && d.is(1, gSelf)
}

// instructed says whether the asker tells the bot how to answer, which it leaves aside.
func (d *draft) instructed() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == refused && m.refused.Yields })
}

// pertinent reads the clauses that ask by themselves, where those before or
// behind only say who asks and what for: "I am a student from Bishkek. How many
// …", "how many …, my editor wants to know", "for my essay I need to know how many …".
func (d *draft) pertinent(whole *Reading, c Context) (Reading, bool) {
	for i := range len(d.words) - 1 {
		before, after := span{0, i + 1}, span{i + 1, len(d.words)}
		if d.asksFrom(i+1) && d.selfIn(before) {
			if r, ok := d.readApart(after, before, whole, c); ok {
				return r, true
			}
		}
	}
	for i := range len(d.words) - 2 {
		before, after := span{0, i + 1}, span{i + 1, len(d.words)}
		if d.is(i+1, gClause) && d.is(i+2, gAsker) && d.originsIn(before) {
			if r, ok := d.readApart(before, after, whole, c); ok {
				return r, true // "brief me on Kosovo before I go into the meeting"
			}
		}
	}
	for i := range len(d.words) - 1 {
		before, after := span{0, i + 1}, span{i + 1, len(d.words)}
		if w := &d.words[i]; !w.breaks && !w.comma && !w.colon {
			continue
		}
		if r, ok := d.readApart(after, before, whole, c); ok {
			return r, true
		}
		if r, ok := d.readApart(before, after, whole, c); ok {
			return r, true
		}
	}
	return Reading{}, false
}

// readApart reads a part of a message whose other part only sets the scene.
func (d *draft) readApart(asked, around span, whole *Reading, c Context) (Reading, bool) {
	if asked.len() < 2 || d.partsName(asked, around) || !d.setting(around, asked) {
		return Reading{}, false
	}
	words := slices.Clone(d.words[asked.from:asked.to])
	if !d.originsIn(asked) {
		if spoken, ok := d.spokenOf(around); ok {
			c = spoken
			d.e.ofThem(words)
		}
	}
	return d.readPart(words, whole, c)
}

// partsName says whether a name would be parted between two stretches of words: "Georgia (US
// state)".
func (d *draft) partsName(a, b span) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool { return n.meets(a) && n.meets(b) })
}

// asksFrom says whether a word begins what is asked within a sentence: "… how many",
// "… the number of", "… show the four countries".
func (d *draft) asksFrom(i int) bool {
	return d.is(i, gAsking) || d.isOp(i, opHowMany, opWhich, opList) && !d.embedded(i)
}

// setting says whether a stretch of words around a question asks nothing: the
// asker speaks of himself in it, or it is a sentence of its own with nothing of
// what the tables give.
func (d *draft) setting(around, asked span) bool {
	if d.measuredIn(around) || d.opIn(around, opHowMany, opExclude, opExcludeAfter, opShare, opTotal, opCompare, opDifference, opAverage) {
		return false
	}
	if slices.ContainsFunc(d.marks, func(m mark) bool {
		return (m.kind == operator && m.op == opTrend || m.kind == absent && m.absent.Passing) && m.len() > 2 && around.holds(m.span)
	}) {
		return false // "I need a month by month breakdown of when …"
	}
	if !d.measuredIn(asked) && slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == absent && around.holds(m.span) }) {
		return false // "I am after those in jail, how many Belgians?"
	}
	if d.opIn(around, opOnly) && slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == absent && around.holds(m.span) }) {
		return false // "I am interested in men only"
	}
	if !d.selfIn(around) && (!d.originsIn(asked) || d.opIn(asked, opPronoun)) && d.proseIn(around) > 1 {
		return false // "Hegghammer counted plots. How many had returned fighters in them?"
	}
	if d.selfIn(around) {
		_, spoken := d.spokenOf(around)
		return !d.namesIn(around) || d.originsIn(asked) || spoken && d.pointsAtOurs(asked)
	}
	first := min(around.to, asked.to)
	return !d.namesIn(around) && (d.words[first-1].breaks || d.words[first-1].colon)
}

// proseIn counts the words of a stretch that only the prose can explain.
func (d *draft) proseIn(s span) int {
	n := 0
	for _, i := range d.prose {
		if s.from <= i && i < s.to {
			n++
		}
	}
	return n
}

// measuredIn says whether a measure is asked for in a stretch of words; what the
// asker does is none, nor what a thing of the asker's does ("I come from Sri Lanka",
// "I am stuck in traffic", "my train leaves at five").
func (d *draft) measuredIn(s span) bool {
	return slices.ContainsFunc(d.measures, func(m mark) bool {
		own := m.from > s.from && d.is(m.from-1, gAsker) || m.from > s.from+1 && d.is(m.from-2, gSelf) && !d.whoIn(span{m.from - 1, m.from})
		return s.holds(m.span) && !own
	})
}

// pointsAtOurs says whether what is asked points at the places that the asker has
// spoken of: "how many of us", "which of both", "which of the two countries".
func (d *draft) pointsAtOurs(s span) bool {
	for i := s.from; i < s.to; i++ {
		if d.is(i, gOurs) {
			return true
		}
	}
	return slices.ContainsFunc(d.numbers, func(n numberMark) bool {
		return s.holds(n.span) && n.from > s.from && !n.ordinal && d.is(n.from-1, gShownBefore)
	})
}

// ofThem puts "them" for "us", which is no country where the asker has said whom
// they mean.
func (e *Engine) ofThem(words []word) {
	for i := range words {
		if them, ok := e.report.Vocabulary.Spoken[words[i].text]; ok && !words[i].upper() {
			words[i].text, words[i].stem = them, e.lexicon.stemOf(them)
		}
	}
}

// spokenOf is a conversation in which the places named in a stretch of words were
// spoken of.
func (d *draft) spokenOf(s span) (Context, bool) {
	q := Query{Kind: Profile}
	for i := range d.names {
		if n := &d.names[i]; s.holds(n.span) && n.row != nil && !slices.Contains(q.Subjects, n.row) {
			q.Subjects = append(q.Subjects, n.row)
		}
	}
	if len(q.Subjects) == 0 {
		return Context{}, false
	}
	return Context{Last: Reading{Query: q}.Code(d.e.report.Edition), Shown: names(q.Subjects)}, true
}

// originsIn says whether a stretch of words names a place that people may have come from.
func (d *draft) originsIn(s span) bool {
	for i := range d.names {
		if n := &d.names[i]; s.holds(n.span) && !n.agent && !d.isTheatre(n) && !d.measureIn(n.span) {
			return true
		}
	}
	return false
}

// readPart reads a part of a message, if it is a whole question of the tables or,
// where nothing else is answered, of the prose.
func (d *draft) readPart(words []word, whole *Reading, c Context) (Reading, bool) {
	part := &draft{e: d.e, words: words}
	r := part.recognise().reading(c)
	p := r.Query.Problem
	switch {
	case len(part.unknown) > 0, p != nil && p.Reason != BlankCell:
		return r, false
	case r.Query.Kind == Finding:
		return r, whole.Query.Kind != Finding
	case r.Query.Kind == Help, r.Query.Kind == Refused, len(r.Query.Measures)+len(r.Query.Subjects) == 0 && r.Query.Kind != Source:
		return r, false
	}
	return r, len(part.prose) == 0
}
