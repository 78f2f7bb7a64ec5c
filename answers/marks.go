package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// span is a run of words, [from, to).
type span struct{ from, to int }

func (s span) holds(o span) bool { return s.from <= o.from && o.to <= s.to }
func (s span) len() int          { return s.to - s.from }
func (s span) meets(o span) bool { return s.from < o.to && o.from < s.to }

// mark is something recognised in a question: a phrase and one thing that it says.
type mark struct {
	span
	sense
}

// nameMark is a name recognised in a question.
type nameMark struct {
	span
	name
	from    bool // "from", "of", "to", "in"… stands before it
	source  bool // "from" or "out of" itself
	typed   string
	mended  bool
	out     bool // left out: "without Turkey"
	agent   bool // acts in the measure asked for: "by Turkey"
	resumed bool // behind "coming back to", which takes a conversation up again
	place   bool // where people went, not where they came from
}

// numberMark is a number in a question.
type numberMark struct {
	span
	value   float64
	percent bool
	ordinal bool
	year    bool
	used    bool
	over    bool    // "most of" is over 50%
	below   float64 // "three-digit": any number from the value to below this
	unit    float64 // in what it is counted, if it ends in that: 100 for "two hundred"
}

// draft is a question being read: its words, what was recognised in them, and
// what of it has been accounted for.
type draft struct {
	e         *Engine
	words     []word
	texts     string // the words, folded, one space apart
	stems     string
	textAt    []int
	stemAt    []int
	names     []nameMark
	marks     []mark
	numbers   []numberMark
	measures  []mark // of the measures, in order; phrases and nouns
	ops       [numOps]int
	used      []bool
	notes     []Note
	unknown   []int // words that mean nothing here
	prose     []int // words that only the findings know
	found     []hit // the findings that could answer, for the slots hitsOf
	hitsOf    *slots
	proper    []int           // words that are written as names
	aside     []span          // words that only put aside what is not counted anyway
	lacking   bool            // countries are looked for that do not have the measure
	lacksToo  bool            // or that have one and not another, which no query tells
	kindAside bool            // a kind of people is put aside, and of the others the tables say nothing
	putOff    []*data.Measure // measures that the asker has put aside in words that were taken away
	opposed   bool            // somebody is named against whom people fought
	looked    []lookedUp
	places    []int // several places of an order that are asked for, not the first ones
}

// read recognises what a cleaned question holds.
func (e *Engine) read(question string) *draft {
	d := &draft{e: e, words: split(question)}
	return d.recognise()
}

func (d *draft) recognise() *draft {
	d.fromAbroad()
	d.expand()
	d.stem()
	d.join()
	d.findNames()
	d.withoutKinds()
	d.findPhrases()
	if d.mend() {
		d.again()
		d.foreignNames()
	}
	d.findNumbers()
	d.settle()
	return d
}

func (d *draft) stem() {
	for i := range d.words {
		if w := &d.words[i]; w.stem == "" {
			w.stem = d.e.lexicon.stemOf(w.text)
		}
	}
}

// join lays the words out in two strings, so that a phrase of several words is
// looked up without building it.
func (d *draft) join() {
	n := len(d.words)
	size := 0
	for i := range d.words {
		size += len(d.words[i].text) + 1
	}
	texts, stems := make([]byte, 0, size), make([]byte, 0, size)
	at := make([]int, 2*n+2)
	d.textAt, d.stemAt = at[:n+1], at[n+1:]
	for i := range d.words {
		d.textAt[i], d.stemAt[i] = len(texts), len(stems)
		texts = append(append(texts, d.words[i].text...), ' ')
		stems = append(append(stems, d.words[i].stem...), ' ')
	}
	d.textAt[n], d.stemAt[n] = len(texts), len(stems)
	d.texts, d.stems = string(texts), string(stems)
}

func (d *draft) text(i, j int) string    { return d.texts[d.textAt[i] : d.textAt[j]-1] }
func (d *draft) stemmed(i, j int) string { return d.stems[d.stemAt[i] : d.stemAt[j]-1] }

// shown is a run of words as the asker typed it.
func (d *draft) shown(s span) string {
	var b strings.Builder
	for i := s.from; i < s.to; i++ {
		if i > s.from {
			b.WriteByte(' ')
		}
		if d.words[i].mended != "" {
			b.WriteString(d.words[i].mended)
			continue
		}
		b.WriteString(d.words[i].raw)
	}
	return b.String()
}

func (d *draft) hasSense(i int, kinds ...senseKind) bool {
	for _, m := range d.marks {
		if m.from == i && slices.Contains(kinds, m.kind) {
			return true
		}
	}
	return false
}

// settle sorts what was recognised: the operators by their first place, the
// measures in order, and the words that nothing accounts for.
func (d *draft) settle() {
	for o := range d.ops {
		d.ops[o] = -1
	}
	d.used = make([]bool, len(d.words))
	d.aside = nil
	d.regionsAside()
	d.introductionsAside()
	for _, s := range d.aside {
		d.use(s)
	}
	d.measures, d.unknown, d.prose = nil, nil, nil
	d.marks = slices.DeleteFunc(slices.Clone(d.marks), func(m mark) bool {
		if m.kind == measurePhrase && slices.ContainsFunc(d.marks, func(o mark) bool {
			return o.span == m.span && o.op == opExclude && (o.then != "" || m.from == 0 && d.inName(m.to) || d.leavesOutOfSet(o))
		}) {
			return true // "leaving the women out"
		}
		if m.kind == operator && m.op == opExclude && d.doneByNamed(m) {
			return true // "how many did Turkey bar"
		}
		if (m.kind == measurePhrase || m.kind == measureNoun) && d.saysOfDate(m.span) || d.ageOfOthers(m) || d.addsBack(m) {
			return true // "rows that go back to 2015", "women under 18", "put Belgium back"
		}
		if does, taken := d.agentRemoves(m); does && m.kind == operator || taken && m.kind == measurePhrase {
			return true
		}
		if m.kind == operator && m.op == opSays && slices.ContainsFunc(d.marks, func(r mark) bool { return r.op == opRestated && r.kind == operator && r.meets(m.span) }) {
			return true // "that is to say"
		}
		if m.kind == operator && m.op == opDisagree && d.words[m.from].isNum && m.from > 0 && d.e.lexicon.phraseOf(d.words[m.from-1].stem, opTable) {
			return true // "the table 2 figures" are no two figures
		}
		if m.kind == operator && (m.op == opCompare || m.op == opFollow) && slices.ContainsFunc(d.marks, func(t mark) bool { return t.kind == theatre && t.from < m.from && m.to < t.to }) {
			return true // "Syria or Iraq" sets nothing against each other
		}
		if m.kind == operator && m.op == opTotal && m.len() > 1 && d.is(m.to-1, gGoal) && !d.onlyNeutral(m.to) {
			return true // "come to" adds up at the end alone
		}
		if m.kind == operator && m.op == opAverage && d.asksMeaning(m) {
			return true // "does >165 mean that …"
		}
		if m.kind == operator && m.op == opDefine && d.meanOf(m) {
			return true // "does it give mean returnees per country"
		}
		if m.kind == operator && m.op == opPronoun && m.len() == 1 && d.relativeThat(m.from) {
			return true
		}
		if m.kind == term && m.from == 0 && m.len() == 1 && d.is(0, gYesNo) && !d.words[0].upper() {
			return true // "is there any sign"
		}
		if m.kind == operator && slices.Contains([]op{opCountry, opNone, opEverywhere, opList, opExclude, opPronoun, opTakenUp}, m.op) && d.notMembers(m) {
			d.use(m.span)
			return true // "the EU as a whole, no single member state"
		}
		if m.kind == measurePhrase && m.len() == 1 && m.from > 0 && m.to < len(d.words) && (d.within(m.from-1, opCountry) || d.e.lexicon.phraseOf(d.words[m.from-1].stem, opCountry)) && !d.setOff(m.from) && d.gerund(m.to) && d.e.words(m.measure).Agent != "" && !d.measureIn(span{m.to, m.to + 1}) {
			return true // "did any country stop counting"
		}
		if (m.kind == measurePhrase || m.kind == absent) && d.ownKin(m.span) {
			return true // "my mother is from Bosnia"
		}
		if m.kind == operator && m.op == opDefine && m.len() == 1 && d.askersOwn(m.from) {
			d.use(m.span)
			return true // "and I do mean Niger"
		}
		if m.kind == operator && signOf(m.op) != "" && !d.signAsked(m) {
			return true // "the exact number of fighters"
		}
		if d.listsOther(m) {
			d.use(m.span)
			return true
		}
		return m.kind == operator && m.op == opShare && m.from > 0 && d.is(m.from-1, gNegation)
	})
	for _, m := range d.marks {
		switch m.kind {
		case operator:
			if d.ops[m.op] < 0 {
				d.ops[m.op] = m.from
			}
		case measurePhrase, measureNoun:
			d.measures = append(d.measures, m)
		}
		if m.accounts() {
			d.use(m.span)
			if at, ok := d.tail(m); ok {
				d.use(at)
			}
		}
	}
	for i := range d.names {
		d.use(d.names[i].span)
	}
	for i := range d.numbers {
		d.use(d.numbers[i].span)
	}
	for i := range d.words {
		w := &d.words[i]
		switch {
		case d.used[i], d.ownKin(span{i, i + 1}), d.saidLoosely(span{i, i + 1}), !d.initial(i) && (d.e.lexicon.neutral[w.text] || d.e.lexicon.neutral[w.stem] || len(w.text) == 1 && !w.isNum):
		case d.e.index().holds(w.stem):
			d.prose = append(d.prose, i)
		case d.hasSense(i, absent, refused, term, domain):
			d.prose = append(d.prose, i)
		default:
			d.unknown = append(d.unknown, i)
		}
	}
	d.dropOverlapping()
}

// doneByNamed says whether a word which may leave something out is what the row did that acts in
// a measure: "how many did Turkey bar".
func (d *draft) doneByNamed(m mark) bool {
	measure := slices.ContainsFunc(d.marks, func(o mark) bool {
		return o.kind == measurePhrase && o.span == m.span && d.e.words(o.measure).Agent != ""
	})
	return measure && slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.to == m.from && d.agentOf(&n) != nil && (d.auxiliaryBefore(n.span.from) || d.relativeBefore(n.span.from))
	})
}

// leavesOutOfSet says whether a word stands between a set and a name in it, so that it leaves this
// out whatever else it may mean: "all of the Maghreb bar Tunisia".
func (d *draft) leavesOutOfSet(m mark) bool {
	at := m.to
	if at < len(d.words) && d.is(at, gArticle) {
		at++
	}
	if m.from == 0 || at >= len(d.words) || d.setOff(m.to-1) {
		return false
	}
	if d.is(m.from-1, gWhole) {
		return true // "everything bar the returnees"
	}
	if !d.inName(at) {
		return false
	}
	set := slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.to == m.from && (n.group != nil || n.row != nil && len(n.row.Members) > 0)
	})
	return set || d.isOp(m.from-1, opCountry, opEverywhere) || d.within(m.from-1, opEverywhere) || d.hasSense(m.from-1, peopleNoun, measureNoun) && m.len() == 1 && d.words[m.from].text == d.words[m.from].stem
}

// saysOfDate says whether words tell of what year a figure is: "that go as far back as 2015".
func (d *draft) saysOfDate(s span) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		return m.kind == operator && m.op == opDated && m.holds(s) && slices.ContainsFunc(d.numbers, func(n numberMark) bool {
			return n.year && n.from >= m.to && n.from-m.to <= 1
		})
	})
}

// ageOfOthers says whether a phrase that counts some people by what no table parts, as by an age,
// stands beside others who are counted, whose age it then tells: "women under 18".
func (d *draft) ageOfOthers(m mark) bool {
	if m.kind != measurePhrase || !slices.ContainsFunc(d.marks, func(o mark) bool { return o.kind == absent && o.span == m.span }) {
		return false
	}
	return slices.ContainsFunc(d.marks, func(o mark) bool {
		before := o.from == m.to && (o.kind == measureNoun || o.kind == measurePhrase) // "countries with under 18 children"
		return before || (o.kind == measureNoun && d.e.base(o.measure) || (o.kind == measureNoun || o.kind == measurePhrase) && d.e.who(o.measure)) && o.measure != m.measure && !o.meets(m.span)
	})
}

// agentRemoves tells what a word for leaving out says behind the name of a row that acts in a measure:
// that it did that to people ("of which Turkey removed 200"), or that it is itself taken out of those
// counted ("all fighters with Turkey removed").
func (d *draft) agentRemoves(m mark) (does, taken bool) {
	out := slices.ContainsFunc(d.marks, func(o mark) bool {
		return o.span == m.span && o.kind == operator && (o.op == opExclude || o.op == opExcludeAfter)
	})
	if !out || m.kind == operator && m.op != opExclude && m.op != opExcludeAfter {
		return false, false
	}
	for i := range d.names {
		n := &d.names[i]
		if n.to != m.from || d.agentOf(n) == nil {
			continue
		}
		goesOn := !d.onlyNeutral(m.to) && !d.setOff(m.to-1)
		does = goesOn || d.relativeBefore(n.span.from) || d.auxiliaryBefore(n.span.from)
		return does, !does
	}
	return false, false
}

// onlyNeutral says whether no word from one on says anything: "please".
func (d *draft) onlyNeutral(at int) bool {
	return !slices.ContainsFunc(d.words[at:], func(w word) bool { return !d.e.lexicon.neutral[w.text] })
}

// regionsAside takes away the words that only say that the rows of regions are not counted,
// as they never are with those of countries: "the regional rows left out".
func (d *draft) regionsAside() {
	regions, measured := false, false
	for i := range d.marks {
		m := &d.marks[i]
		regions = regions || m.kind == operator && m.op == opRegions
		measured = measured || m.kind == measurePhrase || m.kind == measureNoun
	}
	if !regions || !measured {
		return
	}
	for _, r := range slices.Clone(d.marks) {
		if r.kind != operator || r.op != opRegions {
			continue
		}
		for _, x := range slices.Clone(d.marks) {
			behind := x.from >= r.to && x.from-r.to <= 1 && d.endsClause(x.to)
			before := x.op == opExclude && r.from >= x.to && r.from-x.to <= 2 && !d.namesIn(span{x.to, r.from}) && d.endsClause(r.to)
			if x.kind != operator || x.op != opExclude && x.op != opExcludeAfter || !behind && !before {
				continue
			}
			aside := span{min(r.from, x.from), max(r.to, x.to)}
			d.aside = append(d.aside, aside)
			d.marks = slices.DeleteFunc(d.marks, func(m mark) bool {
				return aside.holds(m.span) || m.meets(aside) && (m.kind == theatre || m.kind == term)
			})
			break
		}
	}
}

// endsClause says whether a clause ends before a word, or goes on with what was not named in it.
func (d *draft) endsClause(at int) bool {
	return at == len(d.words) || d.setOff(at-1) || d.is(at, gConjunction) || d.hasSense(at, measurePhrase) || d.isOp(at, opHowMany, opWhich, opWho)
}

// notMembers says whether a mark stands in "no single member state", "rather than its
// republics one by one" and the like, which puts the members of a row aside and asks for the
// row's own figure.
func (d *draft) notMembers(m mark) bool {
	if !slices.ContainsFunc(d.names, func(n nameMark) bool { return n.row != nil && len(n.row.Members) > 0 }) {
		return false
	}
	return slices.ContainsFunc(d.marks, func(c mark) bool {
		each := c.op == opList && c.len() > 2 && d.within(c.from, opList) // "state by state"
		if c.kind != operator || c.op != opCountry && !each || c.from < 1 {
			return false
		}
		end := c.to
		for _, l := range d.marks {
			if l.kind == operator && l.op == opList && l.from == end && l.len() > 1 {
				end = l.to // "one by one"
			}
		}
		if end < len(d.words) && !d.setOff(end-1) {
			return false
		}
		no := c.from - 1
		for no > 0 && no > c.from-4 && !d.is(no, gNegation) && !d.within(no, opExclude) {
			no--
		}
		for no > 0 && d.within(no, opExclude) && d.within(no-1, opExclude) {
			no--
		}
		return (d.is(no, gNegation) || d.within(no, opExclude)) && (span{no, end}).holds(m.span)
	})
}

// saidByFriend says whether a verb of saying has somebody whom the asker knows for its
// subject: "my friend says that …".
func (d *draft) saidByFriend(s span) bool {
	return s.len() == 1 && s.from > 1 && (d.is(s.from-2, gSelf) || d.is(s.from-2, gOthers)) && !d.isOp(s.from-1, opReport, opAuthor, opFigure) && !d.is(s.from-1, gAuxiliary)
}

// asksMeaning says whether a word for the average is the verb of a question that begins with an
// auxiliary and what is to mean something: "does that sign mean".
func (d *draft) asksMeaning(m mark) bool {
	if m.len() == 1 && m.from > 1 && d.words[m.from].text == "mean" && d.words[m.from-1].text == "not" {
		return true // "I do not mean Australians"
	}
	return m.len() == 1 && m.from > 1 && d.words[m.from].text == "mean" && d.is(0, gAuxiliary) && d.is(0, gYesNo) && !d.is(m.from-1, gArticle) && !d.meanOf(m)
}

// meanOf says whether "mean" stands right before those who are averaged, and no sign before it
// whose meaning is asked.
func (d *draft) meanOf(m mark) bool {
	return m.len() == 1 && m.from > 0 && d.words[m.from].text == "mean" && d.hasSense(m.to%len(d.words), measureNoun) && m.to < len(d.words) &&
		!d.is(m.from-1, gAuxiliary) && !d.is(m.from-1, gDoer) && !d.is(m.from-1, gSelf) && !d.within(m.from-1, opPronoun) && !d.hasSign()
}

// relativeThat says whether a word is "that" before a verb ("the number that came
// home"), which points at nothing.
func (d *draft) relativeThat(i int) bool {
	if i == 0 || i+1 >= len(d.words) || d.words[i].text != "that" {
		return false
	}
	return d.hasSense(i+1, measurePhrase) && !d.words[i-1].breaks && !d.isOp(i-1, opFollow, opPronoun)
}

// ownKin says whether a span is a word for a relative of somebody who is spoken of,
// or for the asker: "my mother", "as a mother", who is nobody that the report counts.
func (d *draft) ownKin(s span) bool {
	if s.len() != 1 || s.from == 0 || !d.is(s.from, gKin) {
		return false
	}
	before := s.from - 1
	return d.is(before, gSelf) || d.is(before, gOthers) || before > 0 && d.is(before, gArticle) && (d.is(before-1, gAsker) || d.words[before-1].text == "as")
}

// accounts says whether a mark says what its words do in the question, rather
// than only what is spoken of.
func (m *mark) accounts() bool {
	switch m.kind {
	case domain, absent, refused, act, request, term, countedIn, countsUnits, multiple:
		return false
	case operator:
		switch m.op {
		case opSuccession, opPredecessor, opWarWord, opCaution, opMiddle, opTimes, opByFactor:
			return false
		case opSetAside, opSetAsideClause:
			return m.len() > 1 // "an air strike"
		}
	}
	return true
}

// initial says whether a single letter stands for something: "from U".
func (d *draft) initial(i int) bool {
	w := &d.words[i]
	return len(w.text) == 1 && w.text != "i" && w.text != "a" && i > 0 && d.is(i-1, gPreposition) && (w.capital() || i+1 < len(d.words) && d.inName(i+1))
}

func (d *draft) use(s span) {
	for i := s.from; i < s.to; i++ {
		d.used[i] = true
	}
}

// dropOverlapping keeps, of measure phrases that share words, the first and longest.
func (d *draft) dropOverlapping() {
	slices.SortStableFunc(d.measures, func(a, b mark) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.len() - a.len()
	})
	kept := d.measures[:0]
	for _, m := range d.measures {
		if n := len(kept); n > 0 && kept[n-1].meets(m.span) {
			if m.then != "" && m.from == kept[n-1].from || m.len() > kept[n-1].len()+1 || kept[n-1].kind == measureNoun && m.kind == measurePhrase {
				kept[n-1] = m
			}
			continue
		}
		kept = append(kept, m)
	}
	d.measures = kept
}

func (d *draft) has(o op) bool { return d.ops[o] >= 0 }

func (d *draft) hasAny(ops ...op) bool {
	for _, o := range ops {
		if d.ops[o] >= 0 {
			return true
		}
	}
	return false
}

// kindMark is the first mark of a kind.
func (d *draft) kindMark(kind senseKind) (mark, bool) {
	for _, m := range d.marks {
		if m.kind == kind {
			return m, true
		}
	}
	return mark{}, false
}

// rows are the covered rows named, in order, without those left out, acting, or the goal of travel.
func (d *draft) rows() []*data.Subject {
	var rows []*data.Subject
	for i := range d.names {
		n := &d.names[i]
		if n.row != nil && !n.out && !n.agent && !n.place && !slices.Contains(rows, n.row) {
			rows = append(rows, n.row)
		}
	}
	return rows
}

// within says whether a word is part of a phrase of an operator.
func (d *draft) within(i int, o op) bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == o && m.from <= i && i < m.to {
			return true
		}
	}
	return false
}

func (d *draft) phraseLen(o op) int {
	n := 0
	for _, m := range d.marks {
		if m.kind == operator && m.op == o {
			n = max(n, m.len())
		}
	}
	return n
}

func (d *draft) measureIn(s span) bool {
	for _, m := range d.measures {
		if m.meets(s) {
			return true
		}
	}
	return false
}

func (d *draft) startsWith(text string) bool {
	for i := range d.words {
		if d.words[i].text == text {
			return true
		}
		if i > 2 || !d.e.lexicon.neutral[d.words[i].text] {
			return false
		}
	}
	return false
}
