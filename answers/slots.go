package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// slots are the parts of a table question, taken from a draft: what is asked
// of whom. They say nothing yet of the kind of question.
type slots struct {
	measures  []*data.Measure
	but       []*data.Measure // all others are asked for
	joined    bool            // the measures stand side by side ("women and children"), rather than one within the other
	clash     []*data.Measure // a combination that no table gives: women who returned
	guessed   bool            // the measure came from a noun that says little ("fighters")
	rows      []*data.Subject
	scopes    []Scope
	exclude   []*data.Subject
	uncovered []*nameMark
	ambiguous *nameMark
	cond      *Condition
	second    *Condition    // a further threshold, on another measure
	condRow   *data.Subject // the threshold is this row's own figure
	condRow2  *data.Subject // a second row, between whose figure and the first one's those asked for lie
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
	d.epithets()
	d.preambles()
	d.opponents()
	d.notThis(s)
	d.seatTells()
	d.leaveOut(s)
	d.leaveOutBefore(s)
	d.findAgent()
	d.resolveMeasures(s)
	for i := range d.names {
		d.slotName(s, &d.names[i])
	}
	d.oneOfSeveral(s)
	d.condition(s)
	d.rankSlots(s)
	d.dateSlot(s)
	return s
}

func (d *draft) slotName(s *slots, n *nameMark) {
	switch {
	case n.agent || n.place:
	case n.out:
		d.outOfReach(s, n)
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

// outOfReach keeps a name that is left out but cannot be taken off what is counted: one that
// may stand for several places, or for a stretch of the world or of a country that has no row.
func (d *draft) outOfReach(s *slots, n *nameMark) {
	switch {
	case n.ambiguous != nil && s.ambiguous == nil:
		s.ambiguous = n
	case n.uncovered != nil && n.uncovered.Kind != data.Country.String():
		s.uncovered = append(s.uncovered, n)
	}
}

// oneOfSeveral takes a name that may stand for several places as the one that is
// named beside it: "Europeans (EU)".
func (d *draft) oneOfSeveral(s *slots) {
	if s.ambiguous == nil {
		return
	}
	for _, reading := range s.ambiguous.ambiguous.Readings {
		named := slices.ContainsFunc(s.rows, func(r *data.Subject) bool { return r.Name == reading }) ||
			slices.ContainsFunc(s.scopes, func(sc Scope) bool { return sc.Group != nil && sc.Group.Name == reading })
		if named {
			s.ambiguous = nil
			return
		}
	}
}

// notThis drops a name that is put aside for another ("not France, Germany"), and leaves out
// one that lies within the place named before it: "Balkan fighters, not Bosnia".
func (d *draft) notThis(s *slots) {
	for i := range d.names {
		n := &d.names[i]
		if d.deniedOrigin(n) {
			n.out = true
			s.exclude = append(s.exclude, d.leftOut(n)...)
			continue
		}
		not := n.span.from - 1
		if not > 0 && d.is(not, gArticle) {
			not--
		}
		if not > 0 && d.words[not].text == "mean" && d.words[not-1].text == "not" {
			n.place = n.place || len(d.names) > 1 // "I do not mean Australians"
			continue
		}
		no := not > 0 && d.is(not, gNegation) && d.setOff(not-1) && (!n.people || d.hasAny(opTop, opBottom))
		if not < 0 || d.words[not].text != "not" && !no && !d.within(not, opNeither) || d.within(not, opExclude) {
			continue
		}
		if n.row != nil && d.withinNamed(i) {
			n.out = true
			s.exclude = append(s.exclude, d.leftOut(n)...)
			continue
		}
		if n.row != nil && d.hasAny(opTop, opBottom) && !d.has(opCompare) && !d.correctedBut(not) {
			n.out = true // "neither France nor Germany, who had most", "top 3, no Turkey"
			s.exclude = append(s.exclude, d.leftOut(n)...)
			continue
		}
		if d.words[not].text != "not" {
			continue
		}
		if i > 0 && !d.names[i-1].place && d.names[i-1].to >= n.span.from-4 {
			n.place = true // "Austria I mean, not Australia"
			continue
		}
		if i+1 == len(d.names) {
			continue
		}
		next := &d.names[i+1]
		if next.span.from-n.to <= 1 && (d.words[n.to-1].comma || d.words[n.to-1].breaks || d.is(n.to, gConjunction) && d.words[n.to].text == "but") {
			n.place = true
		}
	}
}

// correctedBut says whether the asker corrects themselves, other than by a word at one place.
func (d *draft) correctedBut(i int) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == operator && m.op == opCorrection && m.from != i })
}

// withinNamed says whether a name stands for a row within a place named before it, with nothing
// but other such names between: "the Balkans, but neither Bosnia nor Serbia".
func (d *draft) withinNamed(i int) bool {
	for k := i - 1; k >= 0; k-- {
		if o := &d.names[k]; !o.out {
			return o.row != d.names[i].row && slices.Contains(o.members(), d.names[i].row)
		}
	}
	return false
}

// deniedOrigin says whether those are asked for who are not of a place: "non-French fighters",
// "how many were not from France".
func (d *draft) deniedOrigin(n *nameMark) bool {
	at := n.span.from - 1
	if n.row == nil && n.group == nil && n.ambiguous == nil || at < 0 || n.out || n.agent {
		return false
	}
	if d.words[at].text == "non" {
		return true
	}
	if len(d.names) > 1 || d.hasAny(opWhy, opCorrection, opFollow, opOnly) || d.is(0, gYesNo) || len(d.measures) == 0 && !d.has(opHowMany) && !d.hasSenseAnywhere(peopleNoun) {
		return false
	}
	for at > 0 && (d.is(at, gArticle) || d.is(at, gSource) || d.is(at, gPlace)) {
		at--
	}
	return at > 0 && d.words[at].text == "not" && !d.isOp(at, opExclude) && !d.setOff(at-1) && (d.is(at-1, gPassive) || d.is(at-1, gRelative) || d.hasSense(at-1, measureNoun, peopleNoun) || d.isOp(at-1, opWho))
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
		if !d.isTheatre(n) || n.people && !n.from && (others == 0 || d.plainly(n)) {
			continue
		}
		p := d.prepositionBefore(n.span.from)
		switch {
		case n.span.from > 0 && d.is(n.span.from-1, gLaterThan) && n.uncovered != nil && !n.people:
			n.place = true // "new places after Syria"
		case others > 0, p != "" && p != "from" && p != "of" && p != "out":
			n.place = true
		case d.phraseMeasures() > 0:
			n.place = true
		case i > 0 && d.names[i-1].place && n.span.from-d.names[i-1].to <= 2:
			n.place = true
		}
	}
}

// epithets drops a name that any country of its kind may go by where another row is
// named: "Jordanians that are back in the kingdom".
func (d *draft) epithets() {
	for i := range d.names {
		n := &d.names[i]
		if !n.weak || n.row == nil || !d.is(n.span.from, gArticle) || d.words[n.to-1].capital() {
			continue
		}
		n.place = slices.ContainsFunc(d.names, func(o nameMark) bool { return o.row != nil && o.row != n.row && !o.place })
	}
}

// preambles drops a set that the asker only works on, where one of its members is asked for behind that:
// "I am preparing a talk on the Balkans; how many Kosovars …".
func (d *draft) preambles() {
	if !d.has(opHowMany) {
		return
	}
	at := d.ops[opHowMany]
	for i := range d.names {
		n := &d.names[i]
		if len(n.members()) < 2 || n.to > at || !d.selfIn(span{0, n.span.from}) || d.measuresIn(span{0, at}) {
			continue
		}
		n.place = slices.ContainsFunc(d.names, func(o nameMark) bool {
			return o.span.from > at && o.row != nil && o.row != n.row && slices.Contains(n.members(), o.row)
		})
	}
}

// opponents marks the names of those whom people fought: "fighting against Russia".
func (d *draft) opponents() {
	for i := range d.names {
		n := &d.names[i]
		at := n.span.from - 1
		if at > 0 && d.is(at, gArticle) {
			at--
		}
		if at > 0 && d.is(at, gHinder) && d.is(at, gConjunction) && (d.measureIn(span{at - 1, at}) || d.hasSense(at-1, theatre, domain)) {
			n.place, d.opposed = true, true
		}
	}
}

// plainly says whether a people is what is counted: "how many Syrians".
func (d *draft) plainly(n *nameMark) bool {
	return n.span.from > 0 && d.within(n.span.from-1, opHowMany) && strings.HasSuffix(d.words[n.to-1].text, "s")
}

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

// leaveOut marks the names that an exclusion governs: "except Turkey and
// Russia", "without the UK".
func (d *draft) leaveOut(s *slots) {
	for _, m := range d.marks {
		waived := m.kind == operator && m.op == opSetAsideClause && m.len() > 1 // "no need for Morocco"
		if !waived && (m.kind != operator || m.op != opExclude) || d.words[m.to-1].comma && d.isOp(m.from, opCorrection) {
			continue // "never mind, Germany"
		}
		at := m.to
		for i := range d.names {
			n := &d.names[i]
			if n.span.from < at || n.span.from-at > exclusionNear || at > m.to && !d.onlyJoined(at, n.span.from) || at == m.to && n.span.from-at > 3 || at > m.to && at == n.span.from && d.isOp(m.from, opSetAside) || d.broken(m.from, n.span.from+1) || d.measureIn(span{m.to, n.span.from}) {
				continue
			}
			if at == m.to && d.takesBack(span{at, n.span.from}) {
				break
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

// takesBack says whether what stands behind a word that leaves something out only points at what
// was said before: "scrap that, Norway".
func (d *draft) takesBack(s span) bool {
	return s.len() > 0 && d.opIn(s, opPronoun) && d.setOff(s.to-1)
}

// exclusionNear is how many words may stand between two names that are left out together: "Turkey
// and then of course also the UK" has more.
const exclusionNear = 5

// onlyJoined says whether nothing but what joins them stands between two names of a list.
func (d *draft) onlyJoined(from, to int) bool {
	for k := from; k < to; k++ {
		if !d.is(k, gList) && !d.is(k, gAlso) && !(k > from && d.is(k, gBelonging)) && (!d.within(k, opAndAlso) || d.within(k, opAdd)) {
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
		o := &d.names[i]
		if o.row != nil && (o.row == n.row && o.span != n.span) {
			return nil // "the EU countries instead of the EU row": a sum of countries leaves it out
		}
		if o.row != nil && o.row != n.row && slices.Contains(members, o.row) {
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
				n.agent = n.agent || d.acts(i, m)
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
			does := m.from >= n.to && m.from-n.to <= 2 && d.auxiliaryBefore(n.span.from)
			passive := n.span.from == m.to+1 && d.is(m.to, gSource) && m.from > 0 && d.is(m.from-1, gPassive) || d.is(m.to%len(d.words), gAgent) && d.behind(m.to, n)
			if ok && (does || passive) && len(d.rows()) > 1 {
				m.measure = measure
			}
		}
	}
}

// behind says whether a name stands right behind a word, articles aside.
func (d *draft) behind(i int, n *nameMark) bool {
	return n.span.from == i+1 || n.span.from == i+2 && d.is(i+1, gArticle)
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

// possessive says whether "'s" stands behind a word; it is no part of the word.
func (d *draft) possessive(i int) bool {
	w := &d.words[i]
	return i+1 < len(d.words) && w.end-w.start == len(w.raw)+len("'s") && !w.comma && !w.hyphen && !w.colon && !w.breaks
}

// auxiliaryBefore says whether an auxiliary stands before a word, articles aside.
func (d *draft) auxiliaryBefore(i int) bool {
	i--
	if i > 0 && d.is(i, gArticle) {
		i--
	}
	return i >= 0 && d.isAuxiliary(i)
}

// relativeBefore says whether a relative pronoun stands before a word, articles aside:
// "people that the Turks turned around".
func (d *draft) relativeBefore(i int) bool {
	i--
	if i > 0 && d.is(i, gArticle) {
		i--
	}
	return i > 0 && (d.words[i].text == "that" || d.isOp(i, opWho))
}

func (d *draft) isAuxiliary(i int) bool {
	return d.is(i, gAuxiliary)
}

func (d *draft) acts(i int, m mark) bool {
	n := &d.names[i]
	if d.words[n.to-1].colon && n.span.from == 0 && !m.meets(n.span) {
		return false // "Turkey: …"
	}
	if m.meets(n.span) || d.e.lexicon.of(d.prepositionBefore(n.span.from), gAgent) {
		return true
	}
	if d.has(opCountry) && d.hasAny(opWhich, opList, opHowMany) && !n.source && len(d.names) == 1 {
		return true // "which countries does Turkey have … on its list"
	}
	if n.uncovered != nil && d.prepositionBefore(n.span.from) == "" {
		return true // "the register that Ankara keeps"
	}
	if n.to == m.from && (d.behindOther(i) || d.auxiliaryBefore(n.span.from) || d.possessive(n.to-1) || d.relativeBefore(n.span.from)) {
		return true // "how many did the Turks send back", "the size of Turkey's list"
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
	case d.e.lexicon.of(p, gAgent), d.e.lexicon.of(p, gPlace):
		return true
	case d.e.lexicon.of(p, gBelonging):
		return false
	}
	return n.to <= m.from && m.from-n.to <= 3 && !d.peopleBetween(n.to, m.from)
}

// behindOther says whether a name with an article stands right behind another name:
// "Egyptians the Turks deported".
func (d *draft) behindOther(i int) bool {
	n := &d.names[i]
	return i > 0 && n.span.from > 0 && d.is(n.span.from-1, gArticle) && d.names[i-1].to == n.span.from-1 && !d.setOff(n.span.from-2)
}

// besides says whether two names stand in one list: "France and Turkey".
func (d *draft) besides(a, b *nameMark) bool {
	from, to := min(a.to, b.to), max(a.span.from, b.span.from)
	if to-from > 3 || to == from {
		return false
	}
	for k := from; k < to; k++ {
		if !d.is(k, gPair) || d.is(k, gSource) {
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

func (s *slots) bare() bool {
	return len(s.rows) == 0 && len(s.scopes) == 0 && len(s.measures) == 0 && s.ambiguous == nil
}
