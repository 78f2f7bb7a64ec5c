package answers

import (
	"slices"

	"reportbot/data"
)

// slots are the parts of a table question, taken from a draft: what is asked
// of whom. They say nothing yet of the kind of question.
type slots struct {
	measures  []*data.Measure
	joined    bool            // the measures stand side by side ("women and children"), rather than one within the other
	clash     []*data.Measure // a combination that no table gives: women who returned
	guessed   bool            // the measure came from a noun that says little ("fighters")
	rows      []*data.Subject
	scopes    []Scope
	exclude   []*data.Subject
	uncovered []*nameMark
	ambiguous *nameMark
	cond      *Condition
	condRow   *data.Subject // the threshold is this row's own figure
	limit     int
	position  int
	year      *dateAsked
}

// dateAsked is a date that the asker names.
type dateAsked struct {
	span
	year, month int
	open        bool // since, after, before: a stretch, not a date
}

func (d *draft) slots() *slots {
	s := &slots{}
	d.placeTheatre()
	d.leaveOut(s)
	d.leaveOutBefore(s)
	d.findAgent()
	d.resolveMeasures(s)
	for i := range d.names {
		d.slotName(s, &d.names[i])
	}
	d.condition(s)
	d.rankSlots(s)
	d.dateSlot(s)
	return s
}

func (d *draft) slotName(s *slots, n *nameMark) {
	switch {
	case n.out || n.agent || n.place:
	case n.row != nil:
		if !slices.Contains(s.rows, n.row) {
			s.rows = append(s.rows, n.row)
		}
	case n.group != nil:
		if sc := (Scope{Group: n.group}); !slices.Contains(s.scopes, sc) {
			s.scopes = append(s.scopes, sc)
		}
	case n.ambiguous != nil:
		s.ambiguous = n
	case n.uncovered != nil:
		s.uncovered = append(s.uncovered, n)
	}
}

// placeTheatre tells the names of where people went ("to Syria") from those of
// where they came from.
func (d *draft) placeTheatre() {
	others := 0
	for i := range d.names {
		if !d.isTheatre(&d.names[i]) {
			others++
		}
	}
	for i := range d.names {
		n := &d.names[i]
		if !d.isTheatre(n) || n.people && !n.from && others == 0 {
			continue
		}
		p := d.prepositionBefore(n.from1())
		switch {
		case others > 0, p != "" && p != "from" && p != "of" && p != "out":
			n.place = true
		case d.phraseMeasures() > 0:
			n.place = true
		case i > 0 && d.names[i-1].place && n.span.from-d.names[i-1].to <= 2:
			n.place = true
		}
	}
}

func (n *nameMark) from1() int { return n.span.from }

func (d *draft) isTheatre(n *nameMark) bool {
	if n.row != nil || n.group != nil {
		return false
	}
	for _, m := range d.marks {
		if m.kind == theatre && m.holds(n.span) {
			return true
		}
	}
	if n.uncovered == nil || n.people {
		return false
	}
	for _, s := range d.e.lexicon.phrases[d.e.lexicon.stemOf(fold(n.uncovered.Name))] {
		if s.kind == theatre {
			return true // by another spelling
		}
	}
	return false
}

// phraseMeasures counts the phrases of measures other than the base ones.
func (d *draft) phraseMeasures() int {
	n := 0
	for _, m := range d.measures {
		if m.kind == measurePhrase && !d.e.base(m.measure) {
			n++
		}
	}
	return n
}

// leaveOut marks the names that an exclusion governs: "except Turkey and
// Russia", "without the UK".
func (d *draft) leaveOut(s *slots) {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opExclude {
			continue
		}
		at := m.to
		for i := range d.names {
			n := &d.names[i]
			if n.span.from < at || n.span.from-at > 3 || at > m.to && !d.onlyJoined(at, n.span.from) || d.broken(m.from, n.span.from+1) || d.measureIn(span{m.to, n.span.from}) {
				continue
			}
			n.out = true
			at = n.to
			s.exclude = append(s.exclude, d.leftOut(n)...)
		}
		if at == m.to && m.to == len(d.words) {
			d.leaveOutEndingAt(s, m.from) // "and Morocco not counted"
		}
	}
}

// onlyJoined says whether nothing but a conjunction stands between two names of a list.
func (d *draft) onlyJoined(from, to int) bool {
	for k := from; k < to; k++ {
		switch d.words[k].text {
		case "and", "or", "nor", "the", "both":
		default:
			return false
		}
	}
	return true
}

// leaveOutBefore marks the names that an exclusion behind them governs: "Saudi
// Arabia and Turkey aside".
func (d *draft) leaveOutBefore(s *slots) {
	for _, m := range d.marks {
		if m.kind != operator || m.op != opExcludeAfter {
			continue
		}
		d.leaveOutEndingAt(s, m.from)
	}
}

// leaveOutEndingAt marks the names of the list that ends at a word as left out.
func (d *draft) leaveOutEndingAt(s *slots, at int) {
	for i := len(d.names) - 1; i >= 0; i-- {
		n := &d.names[i]
		if n.to > at || at-n.to > 1 || n.out {
			continue
		}
		n.out = true
		at = n.span.from
		s.exclude = append(s.exclude, d.leftOut(n)...)
	}
}

// leftOut are the rows that go with a name left out: those of its members too,
// unless these are asked for by name.
func (d *draft) leftOut(n *nameMark) []*data.Subject {
	members := n.members()
	for i := range d.names {
		if o := &d.names[i]; o.row != nil && o.row != n.row && slices.Contains(members, o.row) {
			return members[:1]
		}
	}
	return members
}

// members are the rows that a name stands for.
func (n *name) members() []*data.Subject {
	switch {
	case n.row != nil && len(n.row.Members) > 0:
		return append([]*data.Subject{n.row}, n.row.Members...)
	case n.row != nil:
		return []*data.Subject{n.row}
	case n.group != nil:
		return n.group.Members
	}
	return nil
}

// findAgent marks the row that acts in a measure ("Turkey sent back…", "on
// Turkey's list"), which then is not a row asked for.
func (d *draft) findAgent() {
	d.agentReturns()
	for _, m := range d.measures {
		w := d.e.words(m.measure)
		if w.Agent == "" || m.kind == measureNoun && len(d.measures) > 1 && d.phraseMeasures() == 0 {
			continue
		}
		for i := range d.names {
			n := &d.names[i]
			isAgent := n.row != nil && n.row.Name == w.Agent || n.uncovered != nil && n.uncovered.Of == w.Agent
			if isAgent && !n.out {
				n.agent = d.acts(i, m)
			}
		}
	}
}

// agentReturns reads "how many did Turkey return to France" as those whom Turkey
// sent back: the row that acts in a measure does the returning of others.
func (d *draft) agentReturns() {
	for k := range d.measures {
		m := &d.measures[k]
		for i := range d.names {
			n := &d.names[i]
			if n.row == nil || d.e.words(m.measure).Agent != "" || d.e.base(m.measure) || d.e.who(m.measure) {
				continue
			}
			measure, ok := d.e.agentMeasure(n.row)
			does := n.to == m.from && n.span.from > 0 && d.isAuxiliary(n.span.from-1)
			passive := n.span.from == m.to+1 && d.words[m.to].text == "from" && m.from > 0 && (d.words[m.from-1].text == "were" || d.words[m.from-1].text == "was")
			if ok && (does || passive) && len(d.rows()) > 1 {
				m.measure = measure
			}
		}
	}
}

// agentMeasure is the first measure in which a row acts.
func (e *Engine) agentMeasure(row *data.Subject) (*data.Measure, bool) {
	for _, m := range e.report.Measures {
		if e.words(m).Agent == row.Name {
			return m, true
		}
	}
	return nil, false
}

func (d *draft) isAuxiliary(i int) bool {
	switch d.words[i].text {
	case "did", "does", "do", "has", "have", "had":
		return true
	}
	return false
}

func (d *draft) acts(i int, m mark) bool {
	n := &d.names[i]
	if m.meets(n.span) || d.prepositionBefore(n.span.from) == "by" {
		return true
	}
	if d.has(opCountry) && d.hasAny(opWhich, opList, opHowMany) && !n.source && len(d.names) == 1 {
		return true // "which countries does Turkey have … on its list"
	}
	plural := n.people && d.words[n.to-1].text != "" && d.words[n.to-1].text[len(d.words[n.to-1].text)-1] == 's'
	if plural {
		return false
	}
	for k := range d.names {
		o := &d.names[k]
		if k == i || o.out || o.row != nil && o.row == n.row || o.row == nil && o.group == nil && o.uncovered == nil || o.place {
			continue
		}
		if !d.besides(n, o) {
			return true // somebody else is asked for
		}
		return false
	}
	p := d.prepositionBefore(n.span.from)
	switch {
	case p == "by", p == "in" || p == "at":
		return true
	case p == "from" || p == "of" || p == "to" || p == "for":
		return false
	}
	return n.to <= m.from && m.from-n.to <= 3 && !d.peopleBetween(n.to, m.from)
}

// besides says whether two names stand in one list: "France and Turkey".
func (d *draft) besides(a, b *nameMark) bool {
	from, to := min(a.to, b.to), max(a.span.from, b.span.from)
	if to-from > 3 || to == from {
		return false
	}
	for k := from; k < to; k++ {
		switch d.words[k].text {
		case "and", "or", "vs", "versus", "the", "from", "with", "to", "against":
		default:
			return false
		}
	}
	return true
}

func (d *draft) peopleBetween(i, j int) bool {
	for _, m := range d.marks {
		if m.from >= i && m.to <= j && (m.kind == peopleNoun || m.kind == measureNoun) {
			return true
		}
	}
	return false
}

func (e *Engine) base(m *data.Measure) bool {
	return e.words(m).Base
}

func (e *Engine) who(m *data.Measure) bool {
	return e.words(m).Kinds == "who"
}

// resolveMeasures works out which measures are meant. "Fighters" beside
// "returned" only says whom the question is about; "women" beside "returned"
// is a combination that no table gives, unless the two stand in a list.
func (d *draft) resolveMeasures(s *slots) {
	marks := d.candidates()
	if len(marks) == 0 {
		return
	}
	if m, ok := d.neither(marks); ok {
		s.measures = []*data.Measure{m}
		return
	}
	marks = d.withoutNegated(marks)
	var out []mark
	for i, m := range marks {
		if d.e.base(m.measure) && !d.keepBase(marks, i) {
			continue
		}
		out = append(out, m)
	}
	for i, m := range out {
		if !slices.Contains(s.measures, m.measure) {
			s.measures = append(s.measures, m.measure)
		}
		if i > 0 && d.coordinated(out[i-1], m) {
			s.joined = true
		}
	}
	s.guessed = len(out) == 1 && out[0].kind == measureNoun
	s.clash = d.clash(out)
	d.joinParts(s)
}

// neither reads "neither remaining nor returned" as the measure that is worked
// out by taking these away.
func (d *draft) neither(marks []mark) (*data.Measure, bool) {
	if !d.hasAny(opNeither, opDifference, opExclude) {
		return nil, false
	}
	for _, m := range d.e.report.Measures {
		minus := d.e.words(m).Minus
		if len(minus) < 2 {
			continue
		}
		switch {
		case d.has(opNeither):
			minus = minus[1:]
		case d.hasAny(opThan, opMore, opFewer):
			continue
		}
		found := 0
		for _, name := range minus {
			if slices.ContainsFunc(marks, func(k mark) bool { return k.measure.Name == name }) {
				found++
			}
		}
		if found == len(minus) {
			return m, true
		}
	}
	return nil, false
}

// withoutNegated drops the measures that the asker puts aside: "not the women,
// the children". One at least stays.
func (d *draft) withoutNegated(marks []mark) []mark {
	var out []mark
	for _, m := range marks {
		if !d.putAside(m) {
			out = append(out, m)
			continue
		}
		if d.has(opCountry) {
			d.note(Ignored, "not "+d.shown(m.span), "") // no query tells rows by what they lack
		}
	}
	if len(out) == 0 {
		return marks
	}
	return out
}

func (d *draft) putAside(m mark) bool {
	for _, o := range d.marks {
		if o.kind == operator && o.op == opExclude && !d.isOp(o.from, opDifference) && o.to <= m.from && m.from-o.to <= 2 && !d.namesIn(span{o.to, m.from}) {
			return true
		}
	}
	for k := m.from - 1; k >= 0 && k >= m.from-5; k-- {
		switch t := d.words[k].text; t {
		case "not":
			return true
		case "the", "those", "who", "that", "ones", "of", "people", "tell", "me", "want", "mean", "about", "for", "number", "show", "give":
		default:
			return false
		}
		if d.words[k].breaks || d.words[k].comma {
			return false
		}
	}
	return false
}

// candidates are the marks of measures that count: phrases, and nouns where
// they are all there is or stand in a list with phrases.
func (d *draft) candidates() []mark {
	phrases := d.phraseMeasures() > 0
	var out []mark
	for i, m := range d.measures {
		if m.kind == measureNoun && !d.e.base(m.measure) && phrases && !d.listed(i) && !d.hasAny(opCompare, opDifference, opMore, opMoreThan, opFewer) {
			continue
		}
		out = append(out, m)
	}
	return out
}

func (d *draft) listed(i int) bool {
	return i > 0 && d.coordinated(d.measures[i-1], d.measures[i]) || i+1 < len(d.measures) && d.coordinated(d.measures[i], d.measures[i+1])
}

// keepBase says whether a base measure (those who went) is asked for beside
// others, and not only the people that the others are counted among.
func (d *draft) keepBase(marks []mark, i int) bool {
	others := false
	for _, m := range marks {
		others = others || !d.e.base(m.measure)
	}
	if !others {
		// two base measures: the one said by a phrase, "table 2 total"
		for j, m := range marks {
			if j != i && m.measure != marks[i].measure && m.kind == measurePhrase && m.len() > marks[i].len() {
				return false
			}
		}
		return true
	}
	m := marks[i]
	if d.has(opDifference) && !d.has(opHowMany) && d.words[d.ops[opDifference]].text != "how" {
		return true
	}
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= len(marks) || d.e.base(marks[k].measure) {
			continue
		}
		a, b := marks[min(i, k)], marks[max(i, k)]
		if !d.coordinated(a, b) {
			continue
		}
		if m.kind == measureNoun || d.opBetween(a.to, b.from, opHowMany) || d.namesIn(span{a.to, b.from}) || d.hasAny(opDifference, opCompare, opShare) {
			return true
		}
	}
	return false
}

func (d *draft) opBetween(i, j int, o op) bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == o && m.from >= i && m.to <= j {
			return true
		}
	}
	return false
}

// coordinated says whether two marks stand side by side in a list.
func (d *draft) coordinated(a, b mark) bool {
	joined := d.words[max(a.to-1, 0)].comma
	for k := a.to; k < b.from; k++ {
		switch w := &d.words[k]; w.text {
		case "and", "or", "vs", "versus", "plus", "than", "against", "but", "nor", "v":
			joined = true
		case "to", "with", "as":
			joined = joined || d.hasAny(opShare, opCompare)
		case "who", "that", "which", "have", "has", "were", "are":
			if d.namesIn(span{a.to, k}) {
				continue
			}
			if !d.opBetween(a.to, b.from, opHowMany) && !d.has(opCompare) {
				return false
			}
		default:
			if w.comma {
				joined = true
			}
			if w.breaks {
				return true
			}
		}
	}
	return joined
}

// clash finds two measures of which one says what sort of people and the other
// what became of them, one within the other: no table crosses the two.
func (d *draft) clash(marks []mark) []*data.Measure {
	for i, a := range marks {
		for _, b := range marks[i+1:] {
			if a.measure == b.measure || d.e.who(a.measure) == d.e.who(b.measure) || d.e.base(a.measure) || d.e.base(b.measure) {
				continue
			}
			if d.coordinated(a, b) && !d.governed(marks, i) {
				continue
			}
			return []*data.Measure{a.measure, b.measure}
		}
	}
	return nil
}

// governed says whether the list that begins at i ends in a measure which
// governs all of it: "women and children who returned".
func (d *draft) governed(marks []mark, i int) bool {
	for k := i; k+1 < len(marks); k++ {
		if !d.coordinated(marks[k], marks[k+1]) {
			return true
		}
	}
	return false
}

// joinParts reads a combined measure beside its parts as the parts.
func (d *draft) joinParts(s *slots) {
	for _, m := range s.measures {
		w := d.e.words(m)
		if len(w.Parts) == 0 || len(s.measures) == 1 {
			continue
		}
		s.measures = slices.DeleteFunc(s.measures, func(o *data.Measure) bool { return o != m && slices.Contains(w.Parts, o.Name) })
	}
}
