package answers

import (
	"slices"
)

// withoutTalk is a question without the courtesy before and behind it: "Hi! …",
// "…, thanks". It is itself if nothing else would be left.
func (d *draft) withoutTalk() *draft {
	whole := span{0, len(d.words)}
	for changed := true; changed; {
		changed = false
		for _, m := range d.marks {
			if m.kind != operator || m.op != opGreeting && m.op != opThanks {
				continue
			}
			switch {
			case m.from == whole.from && m.to < whole.to && (d.words[m.to-1].breaks || d.words[m.to-1].comma || m.op == opGreeting):
				whole.from, changed = m.to, true
			case m.to == whole.to && m.from > whole.from && (d.words[m.from-1].breaks || d.words[m.from-1].comma || m.op == opGreeting && m.len() > 2):
				whole.to, changed = m.from, true
			}
		}
	}
	if whole.len() == len(d.words) || whole.len() < 2 {
		return d
	}
	rest := &draft{e: d.e, words: slices.Clone(d.words[whole.from:whole.to])}
	return rest.recognise()
}

// understandEach reads two questions one after the other, the second with what
// the first was about. It returns nil if they are not two whole questions.
func (e *Engine) understandEach(parts [][]word, c Context) []Reading {
	var out []Reading
	told, severalTold := false, false // what the part before only tells
	for _, words := range parts {
		d := &draft{e: e, words: words}
		r := d.recognise().reading(c)
		if r.Query.Kind == Help {
			continue
		}
		if p := r.Query.Problem; p != nil && p.Reason == OffTopic && d.e.report.Vocabulary.Yields(p.Topic) {
			continue
		}
		if p := r.Query.Problem; p != nil && p.Reason == OffTopic && p.Topic != "" && len(parts) == 2 && d.e.report.Vocabulary.Mild(p.Topic) {
			out = append(out, r)
			continue
		}
		if p := r.Query.Problem; p != nil && (p.Reason == NotUnderstood || p.Reason == OffTopic || p.Reason == SeveralReadings) || r.Query.Kind == Refused {
			return nil
		}
		if len(out) > 0 && out[0].Query.Kind == Finding && r.Query.Kind == Finding {
			return nil // one question about the prose, with its context
		}
		if len(out) > 0 && out[len(out)-1].Query.String() == r.Query.String() {
			continue
		}
		if last := len(out) - 1; last >= 0 && told && out[last].Query.Claim && (d.pointsAtPeople() || d.has(opHowMany) && severalTold) {
			out = out[:last] // "1,660 went, 236 came back; of those how many …"
		}
		told, severalTold = d.tells(), len(d.plainNumbers()) > 1
		if last := len(out) - 1; last >= 0 && out[last].Query.Kind == Profile && len(r.Query.Measures) > 0 && slices.Equal(out[last].Query.Subjects, r.Query.Subjects) {
			out = out[:last] // "I'm after the Spanish numbers. How many …"
		}
		out = append(out, r)
		c = c.after(r, e)
		if a, err := e.answer(r); err == nil {
			c = c.shown(&a) // "…? And how many of those have returned?"
		}
	}
	if len(out) == 0 || len(out) > mostQuestions || !slices.ContainsFunc(out, func(r Reading) bool { return r.Query.Kind != Refused }) {
		return nil
	}
	return out
}

// tells says whether a part of a message is a statement: it asks neither how many nor whether.
func (d *draft) tells() bool {
	return !d.hasAny(opHowMany, opTrue, opYes, opWhich, opWho) && !d.is(0, gYesNo) && !d.is(0, gAsking)
}

// mostQuestions is how many questions of one message are answered.
const mostQuestions = 4

// questions parts a message into what may be separate questions: at sentence
// ends, and at "and how many". A part that asks nothing stays with its neighbour.
// There are none where it asks one question.
func (d *draft) questions() [][]word {
	var asked []span
	from := 0
	for i := range d.words {
		last := i == len(d.words)-1
		if !last && !d.words[i].breaks && !d.newClause(i+1, from) {
			continue
		}
		part := span{from, i + 1}
		switch {
		case !last && (d.onlyNames(part) || d.resumes(part) || part.len() <= 4 && d.words[part.from].text == "not" && d.namesIn(part)):
			continue // "Let's do Malaysia. Who went?"
		case !last && d.introduces(part):
			// "I'm British. How many Brits …"
		case !last && part.len() <= 3 && d.onlyNamesIn(part) && d.isOp(i+1, opCorrection) && d.namesIn(span{i + 1, len(d.words)}):
			// "Sweden? No, Switzerland: women"
		case d.asks(part) || d.opIn(part, opDefine) && d.termIn(part) || d.asksProse(part.from):
			asked = append(asked, part)
		case !d.talk(part) && part.len() > 2:
			return nil
		}
		from = i + 1
	}
	if len(asked) < 2 {
		return nil
	}
	parts := make([][]word, len(asked))
	for i, s := range asked {
		parts[i] = slices.Clone(d.words[s.from:s.to])
	}
	return parts
}

// introduces says whether in a stretch of words the asker only says who they are, and
// what follows names whom it asks about.
func (d *draft) introduces(s span) bool {
	return d.is(s.from, gAsker) && d.namesIn(s) && !d.measuresIn(s) && !d.opIn(s, opHowMany, opFigure, opList, opWhich, opWho, opCompare, opExclude) && d.namesIn(span{s.to, len(d.words)})
}

// onlyNames says whether a stretch of words names places and asks nothing yet,
// while what follows asks and names none.
func (d *draft) onlyNames(s span) bool {
	rest := span{s.to, len(d.words)}
	return d.namesIn(s) && !d.measuresIn(s) && d.measuresIn(rest) && !d.namesIn(rest)
}

// resumes says whether a stretch of words only takes up a row again: "back to
// France. Children?"
func (d *draft) resumes(s span) bool {
	rest := span{s.to, len(d.words)}
	if s.len() > 6 || !d.namesIn(s) || d.namesIn(rest) || !d.measuresIn(rest) {
		return false
	}
	for _, m := range d.measures {
		if s.holds(m.span) && (m.from-s.from > 1 && !d.selfIn(s) || d.isOp(s.from, opHowMany, opWhich, opWho)) {
			return false
		}
	}
	for i := range d.names {
		if n := &d.names[i]; s.holds(n.span) && n.to != s.to {
			return false
		}
	}
	return true
}

// newClause says whether at i a second question begins within a sentence: "and
// how many …" with a measure or name of its own on both sides.
func (d *draft) newClause(i, from int) bool {
	if i+2 < len(d.words) && d.words[i].text == "and" && d.is(i+1, gAlso) {
		i++
	}
	if d.pairAt(i, from) {
		return true
	}
	if d.asksProse(i) {
		return d.namesIn(span{from, i}) && d.measuresIn(span{from, i})
	}
	if i+2 >= len(d.words) || d.words[i].text != "and" && d.words[i].text != "but" && !d.is(i, gAlso) || !d.isOp(i+1, opHowMany, opWhich, opWho) {
		return false
	}
	left, right := span{from, i}, span{i, len(d.words)}
	switch {
	case d.isOp(i+1, opWhich) && d.opIn(right, opDefine) && !d.namesIn(right) && d.namesIn(left) && d.measuresIn(left):
		return d.termIn(right)
	case d.isOp(i+1, opHowMany) && d.opIn(left, opTop, opBottom) && d.opIn(right, opPronoun) && d.measuresIn(left) && d.measuresIn(right):
		return true
	case d.isOp(i+1, opHowMany):
		told := d.opIn(left, opHowMany) && d.strangeIn(left) || d.strangeIn(right) // "how many plots did it foil and how many …"
		return d.namesIn(left) && d.namesIn(right) && (d.measuresIn(left) && d.measuresIn(right) || told && (d.measuresIn(left) || d.measuresIn(right)))
	case d.refusedIn(right):
		return d.namesIn(left)
	}
	return d.measuresIn(left) && d.measuresIn(right) && (d.opIn(left, opTop, opBottom) || d.namesIn(left)) && d.opIn(right, opTop, opBottom) || d.namesIn(left) && d.namesIn(right) && d.measuresIn(left) && d.measuresIn(right)
}

// pairAt says whether at i a list goes on with another measure of another row, as before:
// "fighters for Russia and returnees for Turkey".
func (d *draft) pairAt(i, from int) bool {
	if !d.is(i, gConjunction) && !d.words[i].comma && !d.words[i-1].comma || d.isOp(i, opThan) || d.hasMark(opCompare, opDifference, opMore, opFewer, opShare, opAverage, opThan, opTop, opBottom, opExclude, opExcludeAfter) {
		return false
	}
	end := i + 1
	for end < len(d.words) && !d.is(end, gConjunction) && !d.words[end-1].comma && !d.words[end-1].breaks {
		end++
	}
	a, m, ok := d.pairIn(span{from, i})
	b, o, too := d.pairIn(span{i, end})
	return ok && too && !a.same(b.name) && m.measure != o.measure && d.e.who(m.measure) == d.e.who(o.measure)
}

// hasMark says whether a phrase of one of the operators stands in the message, before it is
// taken apart.
func (d *draft) hasMark(ops ...op) bool { return d.opIn(span{0, len(d.words)}, ops...) }

// pairIn is the one row and the one measure that a stretch of words names.
func (d *draft) pairIn(s span) (n nameMark, m mark, ok bool) {
	names, measures := 0, 0
	for i := range d.names {
		if s.holds(d.names[i].span) {
			n, names = d.names[i], names+1
		}
	}
	for _, o := range d.measures {
		if s.holds(o.span) {
			m, measures = o, measures+1
		}
	}
	return n, m, names == 1 && measures == 1 && n.row != nil && d.e.words(m.measure).Agent == ""
}

// onlyNamesIn says whether a stretch of words names places and nothing that is counted.
func (d *draft) onlyNamesIn(s span) bool { return d.namesIn(s) && !d.measuresIn(s) }

// asksProse says whether at a word it is asked in addition what the report says: "… and
// what does the prose say about …".
func (d *draft) asksProse(i int) bool {
	right := span{i, len(d.words)}
	return i+3 < len(d.words) && d.words[i].text == "and" && d.is(i+1, gAsking) && d.is(i+2, gAuxiliary) && d.opIn(right, opSays)
}

// termIn says whether a stretch of words holds an expression that is explained.
func (d *draft) termIn(s span) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == term && s.holds(m.span) })
}

func (d *draft) opIn(s span, ops ...op) bool {
	for _, m := range d.marks {
		if m.kind == operator && s.holds(m.span) && slices.Contains(ops, m.op) {
			return true
		}
	}
	return false
}

func (d *draft) refusedIn(s span) bool {
	for _, m := range d.marks {
		if m.kind == refused && s.holds(m.span) {
			return true
		}
	}
	return false
}

func (d *draft) namesIn(s span) bool {
	for i := range d.names {
		if s.holds(d.names[i].span) {
			return true
		}
	}
	return false
}

func (d *draft) measuresIn(s span) bool {
	for i := range d.measures {
		if s.holds(d.measures[i].span) {
			return true
		}
	}
	return false
}

// asks says whether a stretch of words asks something of the report.
func (d *draft) asks(s span) bool {
	return d.namesIn(s) || d.measuresIn(s) || d.refusedIn(s)
}

// talk says whether a stretch of words is only courtesy.
func (d *draft) talk(s span) bool {
	for i := s.from; i < s.to; i++ {
		if !d.isOp(i, opGreeting, opThanks, opHelp, opYes, opCorrection) && !d.e.lexicon.neutral[d.words[i].text] {
			return false
		}
	}
	return true
}
