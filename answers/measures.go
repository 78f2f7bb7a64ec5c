package answers

import (
	"reportbot/data"
	"slices"
)

// resolveMeasures works out which measures are meant. "Fighters" beside
// "returned" only says whom the question is about; "women" beside "returned"
// is a combination that no table gives, unless the two stand in a list.
func (d *draft) resolveMeasures(s *slots) {
	d.resumed()
	marks := d.candidates()
	if len(marks) == 0 {
		return
	}
	d.kindAside = d.takenFromAll()
	if m, ok := d.neither(marks); ok {
		s.measures = []*data.Measure{m}
		return
	}
	if d.everythingBut(marks) {
		for _, m := range marks {
			s.but = append(s.but, m.measure)
		}
		return
	}
	marks = d.withoutListed(d.withoutTableNames(d.withoutRestated(d.withoutNegated(marks))))
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
		if m.narrow {
			d.note(Reads, d.shown(m.span), d.e.words(m.measure).Noun) // "babies"
		}
		if i > 0 && d.coordinated(out[i-1], m) {
			s.joined = true
		}
	}
	if whole := d.wholeBefore(out); whole != nil {
		s.measures, s.joined = append([]*data.Measure{whole}, s.measures...), true
	}
	s.guessed = len(s.measures) == 1 && !slices.ContainsFunc(out, func(m mark) bool { return m.kind != measureNoun })
	s.clash = d.clash(out)
	d.joinParts(s)
}

// takenFromAll says whether a kind of people is taken off all who went: "how many French went,
// women excluded", "Germany without women".
func (d *draft) takenFromAll() bool {
	ofRow := len(d.measures) == 1 && len(d.rows()) == 1 && d.e.who(d.measures[0].measure) && !d.hasAny(opCountry, opHas, opCoverage, opFigure, opWhy, opSays, opHowMany)
	if d.everything() || d.has(opDifference) || len(d.measures) < 2 && !ofRow {
		return false
	}
	kind := false
	var taken []mark
	var others []*data.Measure
	for _, m := range d.measures {
		switch {
		case d.e.base(m.measure):
		case d.takenOff(m):
			taken, kind = append(taken, m), kind || d.e.who(m.measure)
		case d.e.who(m.measure):
			return false // "women, not counting children"
		default:
			others = append(others, m.measure)
		}
	}
	if len(taken) == 0 || kind || len(others) == 0 {
		return len(taken) > 0
	}
	return !d.apartAnyway(taken, others)
}

// apartAnyway says whether those taken off are never among those counted, and tells so: "how many remain,
// excluding the returned".
func (d *draft) apartAnyway(taken []mark, others []*data.Measure) bool {
	for _, t := range taken {
		at := slices.IndexFunc(others, func(o *data.Measure) bool {
			a, b := d.e.words(o), d.e.words(t.measure)
			return a.Denied == b.Name || b.Denied == a.Name || a.Agent != "" && a.Agent == b.Agent
		})
		if at < 0 {
			return false
		}
		d.note(Reads, d.shown(d.takenWith(t)), d.e.words(others[at]).Noun+", who are counted apart from "+d.e.words(t.measure).Noun)
	}
	return true
}

// takenWith is a measure with the words before it that take it off.
func (d *draft) takenWith(t mark) span {
	for _, o := range d.marks {
		if o.kind == operator && o.op == opExcludeCount && o.to <= t.from && t.from-o.to <= 2 {
			return span{o.from, t.to}
		}
	}
	return t.span
}

// takenOff says whether a measure stands right behind or before a word that takes it off those counted.
func (d *draft) takenOff(m mark) bool {
	if d.butOfAll(m.from) {
		return true
	}
	listed := slices.ContainsFunc(d.measures, func(o mark) bool {
		return o.to < m.from && m.from-o.to <= 2 && d.onlyJoined(o.to, m.from) && d.takenOff(o)
	})
	return listed || slices.ContainsFunc(d.marks, func(o mark) bool {
		return o.kind == operator && o.op == opExcludeCount && (o.to <= m.from && m.from-o.to <= 2 && d.onlyAside(o.to, m.from) || o.from == m.to && (o.to == len(d.words) || d.setOff(o.to-1)))
	})
}

// wholeBefore is the base measure where a row is named and "plus" puts a kind of people beside it:
// "the total of France plus the women"; nil elsewhere.
func (d *draft) wholeBefore(marks []mark) *data.Measure {
	if len(marks) == 0 || !d.e.who(marks[0].measure) || len(d.rows()) == 0 {
		return nil
	}
	at := marks[0].from - 1
	if at > 0 && d.is(at, gArticle) {
		at--
	}
	plus := at > 0 && d.within(at, opAdd) && d.is(at, gConjunction) && d.inName(at-1)
	if !plus {
		return nil
	}
	for _, m := range d.e.report.Measures {
		if d.e.base(m) {
			return m
		}
	}
	return nil
}

// withoutListed drops a measure that only says which countries are meant, where
// another one is asked for: "in how many of the listed countries did the fighters
// exceed 1,000".
func (d *draft) withoutListed(marks []mark) []mark {
	if len(marks) < 2 {
		return marks
	}
	out := slices.DeleteFunc(slices.Clone(marks), func(m mark) bool {
		return m.len() == 1 && m.from > 0 && (d.listedOfKind(m, marks) || d.is(m.from-1, gArticle) && d.isOp(m.to, opCountry) || (d.isOp(m.from-1, opCountry) || d.within(m.from-1, opEverywhere)) && (m.to == len(d.words) || d.setOff(m.to-1)))
	})
	if len(out) == 0 {
		return marks
	}
	return out
}

// listedOfKind says whether a measure that a row acts in stands right behind a kind of people, and
// no such row is named, or is said to be told of a place: "which has more women listed", "fighters
// listed for France". The tables list them.
func (d *draft) listedOfKind(m mark, marks []mark) bool {
	agent := d.e.words(m.measure).Agent
	if agent == "" || d.actsIn(agent) {
		return false
	}
	told := m.to < len(d.words) && d.words[m.to].text == "for"
	return slices.ContainsFunc(marks, func(o mark) bool {
		return o.to == m.from && d.e.who(o.measure) || told && o.to <= m.from && d.e.base(o.measure)
	})
}

// withoutRestated drops the measure that the asker says again in other words, and means by
// these: "barred by Turkey, i.e. the stop list".
func (d *draft) withoutRestated(marks []mark) []mark {
	if !d.has(opRestated) {
		return marks
	}
	return slices.DeleteFunc(slices.Clone(marks), func(m mark) bool {
		return slices.ContainsFunc(d.marks, func(r mark) bool {
			return r.kind == operator && r.op == opRestated && r.from >= m.to && r.from-m.to <= restatedNear && slices.ContainsFunc(marks, func(o mark) bool {
				return o.from >= r.to && o.from-r.to <= restatedNear && o.measure != m.measure
			})
		})
	})
}

// restatedNear is how many words may stand between "i.e." and what it sets equal.
const restatedNear = 4

// resumed drops "coming back to" before the name that a conversation comes back
// to: "coming back to Kosovo: how many women left?".
func (d *draft) resumed() {
	if len(d.measures) < 2 || d.measures[0].from > 2 {
		return
	}
	first := d.measures[0]
	if first.from > 1 && !d.selfIn(span{0, first.from}) {
		return // "let us return to Finland"
	}
	for i := range d.names {
		n := &d.names[i]
		end := n.to
		for end < len(d.words) && end < n.to+2 && !d.setOff(end-1) && !d.isOp(end, opHowMany, opWhich) {
			end++ // "back to Norway please, …"
		}
		if n.span.from < first.to || n.span.from-first.to > 1 || !d.setOff(end-1) {
			continue
		}
		if end < len(d.words) && (d.isOp(end, opHowMany, opWhich, opWhen, opFollow) || d.words[end-1].breaks) {
			d.measures = d.measures[1:]
			n.resumed = true
		}
		return
	}
}

// setOff says whether a comma, colon or stop stands behind a word.
func (d *draft) setOff(i int) bool {
	w := &d.words[i]
	return w.colon || w.comma || w.breaks
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
	others := slices.ContainsFunc(marks, func(m mark) bool { return !slices.Contains(d.putOff, m.measure) })
	for _, m := range marks {
		if !d.putAside(m) && !(others && slices.Contains(d.putOff, m.measure)) {
			out = append(out, m)
		}
	}
	lacks := d.has(opCountry) && len(out) < len(marks)
	if len(out) == 0 && d.everything() {
		return nil // "everything except the women"
	}
	if len(out) == 0 && d.exceptedOnly(marks) {
		d.kindAside = true
		return marks
	}
	if len(out) == 0 {
		denied := d.denied(marks)
		d.lacking = lacks && denied[0].measure == marks[0].measure
		return denied
	}
	if less := d.deniedBeside(marks, out); less != nil {
		return less
	}
	d.lacksToo = lacks && d.hasAny(opWhich, opHowMany, opList, opWho)
	return out
}

// exceptedOnly says whether the only measure is taken off others that are not named: "the figure for
// France if you do not count those who returned".
func (d *draft) exceptedOnly(marks []mark) bool {
	return len(marks) == 1 && len(d.rows()) == 1 && slices.ContainsFunc(d.marks, func(o mark) bool {
		return o.kind == operator && o.op == opExcludeCount && o.to <= marks[0].from && marks[0].from-o.to <= putAsideNear && d.onlyAside(o.to, marks[0].from)
	})
}

// deniedBeside reads what is denied of all who are counted as denied alone: "how many fighters are
// not home".
func (d *draft) deniedBeside(marks, out []mark) []mark {
	if len(marks) != len(out)+1 || d.has(opCountry) || slices.ContainsFunc(out, func(m mark) bool { return !d.e.base(m.measure) || m.kind != measureNoun }) {
		return nil
	}
	for _, m := range marks {
		k := m.from - 1
		yet := k > 0 && d.words[k].text == "yet"
		if yet {
			k--
		}
		if other := d.e.words(m.measure).Denied; other != "" && k > 0 && d.is(k, gNegation) && (yet || d.is(k-1, gPassive) || d.is(k-1, gAuxiliary)) {
			return d.denied([]mark{m})
		}
	}
	return nil
}

// denied reads a measure that is denied and stands alone as the one which its
// denial means: "not yet home" is remaining.
func (d *draft) denied(marks []mark) []mark {
	if len(marks) != 1 {
		return marks
	}
	if other, ok := d.e.report.Measure(d.e.words(marks[0].measure).Denied); ok {
		m := marks[0]
		m.measure, m.kind = other, measurePhrase
		return []mark{m}
	}
	return marks
}

// withoutTableNames drops the name of a table, which by itself asks for its
// total, where a measure of that table is asked for: "in the second table, the
// number of children".
func (d *draft) withoutTableNames(marks []mark) []mark {
	return slices.DeleteFunc(marks, func(m mark) bool {
		if !d.e.base(m.measure) || !d.namesTable(m.span) {
			return false
		}
		return slices.ContainsFunc(marks, func(o mark) bool {
			return o.measure != m.measure && o.measure.Table == m.measure.Table && !o.meets(m.span)
		})
	})
}

// namesTable says whether a span holds a word for a table.
func (d *draft) namesTable(s span) bool {
	for i := s.from; i < s.to; i++ {
		if slices.ContainsFunc(d.senses(i), func(s sense) bool { return s.kind == operator && s.op == opTable }) {
			return true
		}
	}
	return false
}

func (d *draft) putAside(m mark) bool {
	for _, o := range d.marks {
		if o.kind == operator && o.op == opExclude && !d.isOp(o.from, opDifference) && o.to <= m.from && !d.setOff(o.to-1) && (m.from-o.to <= 2 || m.from-o.to <= putAsideNear && d.onlyAside(o.to, m.from)) && !d.namesIn(span{o.to, m.from}) && !d.numberIn(span{o.to, m.from}) && (!d.measuresIn(span{o.to, m.from}) || d.conjoined(o.to, m.from)) {
			return true
		}
	}
	if _, ok := d.e.report.Measure(d.e.words(m.measure).Denied); ok && d.yetTo(m) {
		return true
	}
	for k := m.from - 1; k >= 0 && k >= m.from-5; k-- {
		switch {
		case d.words[k].text == "not", d.words[k].text == "longer" && k > 0 && d.words[k-1].text == "no":
			return true
		case d.words[k].text == "yet", d.agentAt(k):
		case !d.is(k, gAside):
			return false
		}
		if d.words[k].breaks || d.words[k].comma {
			return false
		}
	}
	return false
}

// putAsideNear is how many words may stand between "rather than" and a measure that is put
// aside, if they only lead to it: "rather than the number who left".
const putAsideNear = 5

// onlyAside says whether all words of a stretch only lead to a measure.
func (d *draft) onlyAside(from, to int) bool {
	for k := from; k < to; k++ {
		if !d.is(k, gAside) && !d.within(k, opHowMany) && !d.isOp(k, opWho) {
			return false
		}
	}
	return true
}

// numberIn says whether a number stands within a span: "but not over 500 come back" puts the
// number's bound aside, not what is counted.
func (d *draft) numberIn(s span) bool {
	return slices.ContainsFunc(d.numbers, func(n numberMark) bool { return s.holds(n.span) })
}

// agentAt says whether a word names the row that acts in a measure: "not the ones
// Turkey sent back".
func (d *draft) agentAt(i int) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool { return n.holds(span{i, i + 1}) && d.agentOf(&n) != nil })
}

// yetNear is how many words may stand between "yet to" and what has not happened.
const yetNear = 6

// yetTo says whether what a measure counts has not happened: "have yet to show their
// faces at home".
func (d *draft) yetTo(m mark) bool {
	for k := m.from - 1; k > 0 && k >= m.from-yetNear; k-- {
		if d.words[k].breaks || d.words[k].comma || d.measureIn(span{k, k + 1}) {
			return false
		}
		if d.words[k].text == "to" && d.words[k-1].text == "yet" {
			return true
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
	if d.relative(m) {
		return false
	}
	if d.lessBetween() || d.has(opDifference) && !d.has(opHowMany) && d.words[d.ops[opDifference]].text != "how" || d.bothCounted(marks) {
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
		if d.listOfThree(marks, min(i, k)) || m.kind == measureNoun || d.opBetween(a.to, b.from, opHowMany) || d.clausesOf(a, b) || d.namesIn(span{a.to, b.from}) || d.hasAny(opDifference, opCompare, opShare) {
			return true
		}
	}
	return false
}

// parallel says whether a clause at a word begins as the one of a measure before does: "who went, who is
// back".
func (d *draft) parallel(a mark, k int) bool {
	same := a.from > 0 && d.words[a.from-1].text == d.words[k].text
	return same && (k == a.to && d.words[k-1].comma || k == a.to+1 && d.is(a.to, gConjunction))
}

// clausesOf says whether two measures stand in clauses that begin alike.
func (d *draft) clausesOf(a, b mark) bool {
	for k := a.to; k < min(a.to+2, b.from); k++ {
		if d.is(k, gRelative) && d.parallel(a, k) {
			return true
		}
	}
	return false
}

// bothCounted says whether two measures are set off against each other, each with
// "number of" before it: "by how much does the number of fighters exceed the number
// of returnees".
func (d *draft) bothCounted(marks []mark) bool {
	if len(marks) != 2 || !d.hasAny(opDifference, opMore, opFewer, opShare) {
		return false
	}
	for _, m := range marks {
		counted := slices.ContainsFunc(d.marks, func(o mark) bool {
			return o.kind == operator && o.op == opHowMany && d.words[o.from].text != "how" && o.to <= m.from && m.from-o.to <= 2 && !d.measuresIn(span{o.to, m.from})
		})
		if !counted {
			return false
		}
	}
	return true
}

// listOfThree says whether a base measure stands in a list of three or more:
// "gone, still there, home again".
func (d *draft) listOfThree(marks []mark, i int) bool {
	n := 1
	for k := i; k+1 < len(marks) && d.coordinated(marks[k], marks[k+1]) && marks[k+1].from-marks[k].to <= 1; k++ {
		n++
	}
	return n > 2
}

// relative says whether a measure only says of whom is asked: "of the people who
// left Georgia, how many have stayed".
func (d *draft) relative(m mark) bool {
	if m.from == 0 || !d.is(m.from-1, gRelative) || !d.startsWith("of") {
		return false
	}
	for _, o := range d.marks {
		if o.kind == operator && o.op == opHowMany && o.from >= m.to {
			return d.words[o.from-1].comma
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
		switch w := &d.words[k]; {
		case d.is(k, gConjunction):
			joined = true
		case d.is(k, gAgainst):
			joined = joined || d.hasAny(opShare, opCompare)
		case d.is(k, gRelative):
			if d.namesIn(span{a.to, k}) {
				continue
			}
			if !d.opBetween(a.to, b.from, opHowMany) && !d.has(opCompare) && !(joined && d.parallel(a, k)) {
				return false
			}
		default:
			if w.comma {
				joined = true
			}
			if w.breaks {
				return true
			}
			if joined && !d.conjoined(a.to, b.from) && !(a.from > 0 && d.within(a.from-1, opHowMany)) && d.opBetween(a.to, b.from, opHowMany) && (d.ofBefore(a.from) || d.startsWith("of") || d.startsWith("among")) {
				return false // "of the Belgian women, how many are home"
			}
		}
	}
	return joined
}

// conjoined says whether a conjunction stands between two words.
func (d *draft) conjoined(from, to int) bool {
	for k := from; k < to; k++ {
		if d.is(k, gConjunction) || d.words[k].text == "+" {
			return true
		}
	}
	return false
}

// clash finds two measures of which one says what sort of people and the other
// what became of them, one within the other: no table crosses the two.
func (d *draft) clash(marks []mark) []*data.Measure {
	for i, a := range marks {
		for _, b := range marks[i+1:] {
			if d.oneOfOther(a, b) {
				return []*data.Measure{a.measure, b.measure}
			}
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

// oneOfOther says whether one sort of people is told by the other: "how many of the
// women took children along". No table says whose children they are.
func (d *draft) oneOfOther(a, b mark) bool {
	if a.measure == b.measure || !d.e.who(a.measure) || !d.e.who(b.measure) || a.to >= b.from || !d.has(opHowMany) || d.ops[opHowMany] >= b.from || d.coordinated(a, b) {
		return false
	}
	if d.hasAny(opShare, opMore, opFewer, opCompare, opDifference, opThan, opTotal, opAverage, opAndAlso) || d.broken(a.from, b.from+1) || d.perMeasure() {
		return false
	}
	for k := a.to - 1; k < b.from; k++ {
		if d.words[k].comma || d.inName(k) && !d.prepositionAt(k-1) {
			return false
		}
	}
	return len(d.e.words(a.measure).Parts)+len(d.e.words(b.measure).Parts) == 0
}

// prepositionAt says whether a word is a preposition.
func (d *draft) prepositionAt(i int) bool { return i >= 0 && d.is(i, gPreposition) }

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
	for _, m := range slices.Clone(s.measures) {
		w := d.e.words(m)
		if len(w.Parts) == 0 || len(s.measures) == 1 {
			continue
		}
		s.measures = slices.DeleteFunc(s.measures, func(o *data.Measure) bool { return o != m && slices.Contains(w.Parts, o.Name) })
	}
}

func (e *Engine) base(m *data.Measure) bool {
	return e.words(m).Base
}

func (e *Engine) who(m *data.Measure) bool {
	return e.words(m).Kinds == "who"
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
