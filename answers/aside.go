package answers

import (
	"slices"

	"reportbot/data"
)

// mostAsides is how many stretches of a message may put something aside.
const mostAsides = 4

// withoutAside is a question without the stretches in which the asker puts aside what is not
// asked for: "not how many left, how many came home", "returnees (not fighters)", "… I do not
// want the watch list". Only what has something of its kind beside it is put aside: of
// "Belgians who have not come back" nothing is. Rows that only such a stretch names stay.
func (d *draft) withoutAside() *draft {
	for range mostAsides {
		words := d.lessPassing()
		if words == nil {
			words = d.lessAside()
		}
		if words == nil {
			words = d.lessPointed()
		}
		if words == nil {
			return d
		}
		rest := &draft{e: d.e, words: words, putOff: d.putOff}
		d = rest.recognise()
	}
	return d
}

// lessAside are the words without the first stretch that puts something aside, nil if there is none.
func (d *draft) lessAside() []word {
	if !d.hasAny(opSetAside, opSetAsideClause) {
		return nil
	}
	for i := range d.words {
		n, own := d.opensAside(i)
		if n == 0 {
			continue
		}
		for _, end := range d.endsOfAside(i, n) {
			a := putOff{span: span{i, end}, at: i + n, own: own}
			if a.len() < len(d.words) && d.isAside(&a) {
				d.refrain(a.span)
				return d.wordsWithout(a.span)
			}
		}
	}
	return nil
}

// lessPassing are the words without the first thing that is said in passing between dashes or
// brackets, to have the bot take care, nil if there is none: "France: children, and – careful,
// another country – Bosnia: women".
func (d *draft) lessPassing() []word {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opCaution || m.from == 0 || !d.dashed(m.from-1) {
			continue
		}
		end := m.to
		for end < len(d.words) && !d.dashed(end-1) {
			end++
		}
		s := span{m.from, end}
		if end == len(d.words) || d.namesIn(s) || d.measuresIn(s) || d.numberIn(s) {
			continue
		}
		words := append(slices.Clone(d.words[:s.from]), d.words[s.to:]...)
		if last := &words[s.from-1]; d.is(s.from-1, gConjunction) {
			last.comma, last.hyphen, last.opens = false, false, false
		}
		return words
	}
	return nil
}

// dashed says whether a dash or a bracket stands behind a word.
func (d *draft) dashed(i int) bool {
	w := &d.words[i]
	return w.opens || w.closes || w.hyphen && w.comma
}

// refrain keeps the measures that a stretch puts aside from being asked for by what is left,
// where this asks for others: "fighters – no, not fighters, returnees".
func (d *draft) refrain(s span) {
	inside, outside := d.measuresOfAside(s)
	several := slices.ContainsFunc(inside, func(m *data.Measure) bool { return m != inside[0] }) // "not gone minus returned"
	if several || !slices.ContainsFunc(outside, func(m *data.Measure) bool { return !slices.Contains(inside, m) }) {
		return
	}
	d.putOff = append(slices.Clone(d.putOff), inside...)
}

// putOff is a stretch of words that puts something aside.
type putOff struct {
	span
	at  int  // where its opening words end
	own bool // it is a clause of its own
}

// opensAside is how many words open a stretch that puts something aside at a word, and whether
// they do so only at the beginning of a clause.
func (d *draft) opensAside(i int) (n int, own bool) {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opSetAside && m.then != "" {
			m.span = d.thenAt(m)
		}
		if m.kind != operator || m.from != i || m.len() <= n {
			continue
		}
		switch {
		case d.setOff(m.to - 1): // "never mind. …"
		case m.op == opSetAside:
			n, own = m.len(), false
		case m.op == opSetAsideClause && (d.beginsClause(i) || !d.is(i, gSelf) && !d.anyIsIn(m.span, gNegation) && d.leadsInto(i)):
			n, own = m.len(), true
		}
	}
	if n > 0 && d.saysElse(span{i, i + n}) {
		return 0, false
	}
	return n, own
}

// thenAt is where the second half of a phrase stands that sets two things against each other
// without comparing them: "rather X than Y".
func (d *draft) thenAt(m mark) span {
	at, ok := d.soon(m.to, m.then)
	if !ok || d.opIn(span{m.to, at.from}, opMore, opFewer) {
		return span{}
	}
	return at
}

// beginsClause says whether a clause may begin at a word: behind a stop or a conjunction, or right
// behind what is asked for.
func (d *draft) beginsClause(i int) bool {
	return i == 0 || d.setOff(i-1) || d.is(i-1, gConjunction) || d.inName(i-1) || d.measureIn(span{i - 1, i}) || d.isOp(i-1, opCorrection)
}

// saysElse says whether words that could put something aside are part of a longer phrase which
// says something else: "not accounted for", "not counting", "no more than".
func (d *draft) saysElse(s span) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		aside := m.kind == operator && (m.op == opSetAside || m.op == opSetAsideClause)
		return !aside && m.holds(s) && m.len() > s.len()
	})
}

// leadsInto says whether only words that say nothing stand before a word in its clause: "please forget".
func (d *draft) leadsInto(i int) bool {
	for k := i - 1; k >= 0 && !d.setOff(k); k-- {
		if !d.e.lexicon.neutral[d.words[k].text] {
			return false
		}
	}
	return true
}

// endsOfAside are the words before which a stretch may end that was opened at i by n words, the
// likeliest first: at the end of its clause, or behind the first measure that it names.
func (d *draft) endsOfAside(i, n int) []int {
	end, held := i+n, 0
	for ; end < len(d.words); end++ {
		if end > i+n && d.resumesAsking(end) && (held > 0 || d.words[end].text == "but") {
			break
		}
		if held == 0 && d.endOfMeasure(i+n, end+1) {
			held = end + 1
		}
		if d.endsAside(i, end) {
			end++
			break
		}
	}
	ends := []int{end}
	if held > 0 && held < end {
		ends = append(ends, held)
	}
	return ends
}

// endsAside says whether a stretch opened at i ends behind a word: where its bracket closes, or
// else at a stop, unless that only parts a list ("not women, children or fighters").
func (d *draft) endsAside(i, k int) bool {
	w := &d.words[k]
	if i > 0 && d.words[i-1].opens {
		return w.closes
	}
	return w.breaks || w.colon || w.comma && !d.listGoesOn(k+1)
}

// listGoesOn says whether a list of alternatives goes on at a word, up to the next stop.
func (d *draft) listGoesOn(i int) bool {
	alternatives := false
	for k := i; k < len(d.words); k++ {
		alternatives = alternatives || d.words[k].text == "or" || d.words[k].text == "nor"
		if !d.measureIn(span{k, k + 1}) && !d.is(k, gConjunction) && !d.onlyAside(k, k+1) {
			return false
		}
		if d.setOff(k) {
			return alternatives
		}
	}
	return false
}

// endOfMeasure says whether a measure named from a word on ends before another.
func (d *draft) endOfMeasure(from, to int) bool {
	return slices.ContainsFunc(d.measures, func(m mark) bool { return m.from >= from && m.to == to })
}

// resumesAsking says whether at a word the asker turns to what is asked for: "… but", "… how
// many", "… give me", "… what about".
func (d *draft) resumesAsking(i int) bool {
	if d.measureIn(span{i, i + 1}) || d.inName(i) {
		return false
	}
	return d.words[i].text == "but" || d.isOp(i, opHowMany, opWhich, opList, opOnly) || d.isOp(i, opFollow) && !d.is(i, gConjunction)
}

// isAside says whether a stretch puts aside what it names.
func (d *draft) isAside(a *putOff) bool {
	if slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == refused || m.kind == request || m.kind == act }) {
		return false
	}
	if slices.ContainsFunc(d.numbers, func(n numberMark) bool { return a.holds(n.span) }) || a.at < a.to && d.isOp(a.at, opOnly) {
		return false // "but not over 500", "not only women"
	}
	if d.words[a.at-1].text == "no" && !d.isBare(a) {
		return false // "no figures for women"
	}
	if d.isOp(a.from, opNeither) && d.workedOut(a.span) {
		return false // "fighters, neither still there nor home"
	}
	inside, outside := d.measuresOfAside(a.span)
	if len(inside) == 0 {
		return len(outside) > 0 && (d.asideOfOthers(a) || d.asideOfAsking(a))
	}
	return d.otherMeasures(inside, outside) && !d.takesOff(a, inside, outside) && !d.deniesAside(a, outside)
}

// workedOut says whether the measures named in a stretch are those that another is worked out by.
func (d *draft) workedOut(s span) bool {
	_, ok := d.neither(slices.DeleteFunc(slices.Clone(d.measures), func(m mark) bool { return !s.holds(m.span) }))
	return ok
}

// isBare says whether a stretch holds nothing behind its opening word but one measure.
func (d *draft) isBare(a *putOff) bool {
	return slices.ContainsFunc(d.measures, func(m mark) bool { return m.from == a.at && m.to == a.to })
}

// measuresOfAside are the measures named in a stretch, and those named around it.
func (d *draft) measuresOfAside(s span) (inside, outside []*data.Measure) {
	for _, m := range d.measures {
		switch {
		case s.holds(m.span):
			inside = append(inside, m.measure)
		case !s.meets(m.span):
			outside = append(outside, m.measure)
		}
	}
	return inside, outside
}

// otherMeasures says whether something is asked for beside what is put aside: another measure, or
// the same ones the other way about ("children to women, not women to children").
func (d *draft) otherMeasures(inside, outside []*data.Measure) bool {
	other := slices.ContainsFunc(outside, func(m *data.Measure) bool { return !slices.Contains(inside, m) })
	return other || len(inside) == 2 && len(outside) == 2 && inside[0] == outside[1] && inside[1] == outside[0] && inside[0] != inside[1]
}

// takesOff says whether a stretch takes some of the people off those who are counted, which is
// not to put them aside: "how many went, leaving aside the women", "countries with women but not
// children", "neither still there nor home".
func (d *draft) takesOff(a *putOff, inside, outside []*data.Measure) bool {
	whole := !slices.ContainsFunc(outside, func(m *data.Measure) bool { return !d.e.base(m) })
	part := slices.ContainsFunc(inside, func(m *data.Measure) bool { return !d.e.base(m) })
	if whole && part && a.own && !d.is(a.at-1, gNegation) && d.words[a.from].text != "forget" && d.words[a.from].text != "never" {
		return !d.anyIsIn(span{a.from, a.at}, gNegation)
	}
	return d.has(opCountry) && !d.hasAny(opTop, opBottom, opAverage, opTotal) && d.is(a.at-1, gNegation)
}

// anyIsIn says whether a word of a stretch is of a class.
func (d *draft) anyIsIn(s span, g grammar) bool {
	for i := s.from; i < s.to; i++ {
		if d.is(i, g) {
			return true
		}
	}
	return false
}

// deniesAside says whether a stretch denies of those who are counted what its measure says, and so
// asks for the measure that this means: "Danish fighters, not yet home".
func (d *draft) deniesAside(a *putOff, outside []*data.Measure) bool {
	if !d.is(a.at-1, gNegation) || slices.ContainsFunc(outside, func(m *data.Measure) bool { return !d.e.base(m) }) {
		return false
	}
	at := a.at
	for at < a.to && d.words[at].text == "yet" {
		at++
	}
	return slices.ContainsFunc(d.measures, func(m mark) bool {
		return m.from == at && (!d.isNoun(m) || at > a.at) && d.e.words(m.measure).Denied != ""
	})
}

// asideOfOthers says whether a stretch without a measure puts aside rows beside others ("Austria,
// not Australia"), or, in a clause of its own, what no figure tells.
func (d *draft) asideOfOthers(a *putOff) bool {
	if !a.own || d.hasAny(opWhy, opTop, opBottom, opCompare, opOnly) {
		return false
	}
	named := false
	for i := range d.names {
		n := &d.names[i]
		if !a.holds(n.span) {
			continue
		}
		if n.row == nil || d.agentOf(n) != nil && !n.people || !d.otherRow(a.span, n) {
			return false
		}
		named = true
	}
	return named && d.onlyNamesAt(span{a.at, a.to})
}

// asideOfAsking says whether a stretch without measures and names puts aside something else that
// could be asked: what the report does not give, or what can be done with figures ("not the men",
// "rather than the percentage").
func (d *draft) asideOfAsking(a *putOff) bool {
	if d.originsIn(a.span) || d.has(opWhy) {
		return false
	}
	for i := a.at; i < a.to; i++ {
		if slices.Contains(d.unknown, i) {
			return false
		}
	}
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		inside := m.from >= a.at && m.to <= a.to
		return inside && (m.kind == absent || m.kind == operator && slices.Contains(operations, m.op))
	})
}

// operations are what can be done with figures, or asked of them.
var operations = []op{opShare, opAverage, opTotal, opDifference, opOrder, opWhen, opSource}

// otherRow says whether another row is named outside of a stretch, and no set that holds the row.
func (d *draft) otherRow(s span, n *nameMark) bool {
	other := false
	for i := range d.names {
		o := &d.names[i]
		if s.holds(o.span) {
			continue
		}
		if o.row == nil || slices.Contains(o.members(), n.row) {
			return false
		}
		other = true
	}
	return other
}

// onlyNamesAt says whether a stretch of words holds nothing but names and small words.
func (d *draft) onlyNamesAt(s span) bool {
	for i := s.from; i < s.to; i++ {
		if !d.inName(i) && !d.is(i, gArticle) && !d.is(i, gList) && !d.is(i, gPreposition) {
			return false
		}
	}
	return true
}

// wordsWithout are the words without a stretch of them. Rows that nothing else names are kept.
func (d *draft) wordsWithout(s span) []word {
	before := s.from
	for before > 0 && d.is(before-1, gConjunction) {
		before--
	}
	words := slices.Clone(d.words[:before])
	if !d.originsIn(span{0, s.from}) && !d.originsIn(span{s.to, len(d.words)}) {
		words = append(words, d.rowsWords(s)...)
	}
	return append(words, d.words[s.to:]...)
}

// rowsWords are the words of a stretch from its first name of an origin to the last.
func (d *draft) rowsWords(s span) []word {
	from, to := s.to, s.to
	for i := range d.names {
		n := &d.names[i]
		if !s.holds(n.span) || !d.originsIn(n.span) || d.agentOf(n) != nil && d.agentIn(s) {
			continue
		}
		from, to = min(from, n.span.from), n.to
	}
	if from == s.to {
		return nil
	}
	if from > s.from && d.is(from-1, gPreposition) && s.to == len(d.words) {
		from--
	}
	words := slices.Clone(d.words[from:to])
	last := &words[len(words)-1]
	last.colon, last.breaks = s.to < len(d.words), false
	return words
}

// agentIn says whether a measure in which a row acts is named in a stretch.
func (d *draft) agentIn(s span) bool {
	return slices.ContainsFunc(d.measures, func(m mark) bool { return s.holds(m.span) && d.e.words(m.measure).Agent != "" })
}
