package answers

import (
	"strings"

	"reportbot/data"
)

// refused reads requests that are out of scope whatever else stands in them.
func (d *draft) refused() (Reading, bool) {
	for _, m := range d.marks {
		if m.kind != refused {
			continue
		}
		if m.refused.Yields && d.wholeWithout(m.span) || d.onlyWord(m) {
			continue
		}
		return problem(&Problem{Reason: OffTopic, Topic: m.refused.Topic}), true
	}
	return Reading{}, false
}

// onlyWord says whether a refused phrase is only a word that the findings use
// too, in a question that one of them answers and that asks for no doing.
func (d *draft) onlyWord(m mark) bool {
	if m.len() > 1 && (!m.refused.Mild || len(d.prose) == 0) || d.personal() || d.speaksOfSelf() || !d.e.index().holds(d.words[m.from].stem) {
		return false
	}
	r, ok := d.findings(&slots{rows: d.rows()}, false)
	return ok && r.cover > coverStrange
}

// speaksOfSelf says whether the asker speaks of what they would do.
func (d *draft) speaksOfSelf() bool {
	for i := range d.words {
		switch d.words[i].text {
		case "i", "me", "we", "us", "you":
			return true
		}
	}
	return false
}

// wholeWithout says whether the words outside of a span ask for a measure of a
// row, so that the span is only noise around a question.
func (d *draft) wholeWithout(s span) bool {
	row, measure := false, false
	for i := range d.names {
		row = row || d.names[i].row != nil && !d.names[i].meets(s)
	}
	for _, m := range d.measures {
		measure = measure || !m.meets(s)
	}
	return row && measure
}

// courtesy reads greetings, thanks and requests for help.
func (d *draft) courtesy() (Reading, bool) {
	if len(d.names) > 0 || len(d.numbers) > 0 && !d.hasAny(opGreeting) || d.hasAny(opDefine) && !d.has(opHelp) {
		return Reading{}, false
	}
	if !d.hasAny(opGreeting, opThanks, opHelp) {
		return Reading{}, false
	}
	for i := range d.words {
		if !d.courteous(i) {
			return Reading{}, false
		}
	}
	q := Query{Kind: Help}
	switch {
	case d.has(opHelp):
	case d.has(opThanks):
		q.Aspect = Thanks
	default:
		q.Aspect = Greeting
	}
	return Reading{Query: q}, true
}

func (d *draft) courteous(i int) bool {
	w := &d.words[i]
	if d.e.lexicon.neutral[w.text] || d.e.lexicon.neutral[w.stem] {
		return true
	}
	for _, m := range d.marks {
		if m.from <= i && i < m.to && m.kind == operator {
			switch m.op {
			case opGreeting, opThanks, opHelp, opYes, opWho, opWhich, opReport, opFigure, opCoverage:
				return true
			}
		}
	}
	return false
}

// aboutReport reads what is asked about expressions, sources, dates and the
// report as a whole.
func (d *draft) aboutReport(s *slots) (Reading, bool) {
	for _, read := range []func(*slots) (Query, bool){d.define, d.authorship, d.disagreement, d.reliability, d.dateOf, d.sourceOf, d.coverageOf} {
		if q, ok := read(s); ok {
			if q.Kind == Define || len(s.uncovered) == 0 {
				return Reading{Query: q}, true
			}
			return d.checked(q, s), true
		}
	}
	return Reading{}, false
}

// define reads "what does ~ mean", "what is a foreign fighter".
func (d *draft) define(s *slots) (Query, bool) {
	if len(s.rows) > 0 && !d.hasSign() || len(d.numbers) > 1 {
		return Query{}, false
	}
	if !d.hasAny(opDefine) && !(d.hasSign() && (d.has(opWhy) || len(d.words) <= 3)) {
		return Query{}, false
	}
	if d.has(opHowMany) || d.hasAny(opTop, opBottom, opShare, opTotal, opAverage, opDifference) && !d.meansWord() {
		return Query{}, false
	}
	if d.ops[opAverage] == 0 && len(d.words) > 2 {
		return Query{}, false
	}
	q := Query{Kind: Define}
	longest := 0
	if d.strayProse() && !d.hasSign() {
		return q, false
	}
	for _, m := range d.marks {
		if m.kind == term && (d.meansWord() || d.onlyTerm(m)) {
			switch {
			case m.len() > longest || m.isSign(d):
				q.Terms, longest = append(q.Terms[:0], m.term), m.len()
			case m.len() == longest && q.Terms[0] != m.term:
				q.Terms = append(q.Terms, m.term)
			}
		}
	}
	return q, len(q.Terms) > 0
}

// strayProse says whether the question holds words of the prose besides the
// expressions that the bot explains.
func (d *draft) strayProse() bool {
	for _, i := range d.prose {
		if !d.hasTerm(i) {
			return true
		}
	}
	return false
}

func (d *draft) hasTerm(i int) bool {
	for _, m := range d.marks {
		if m.kind == term && m.from <= i && i < m.to {
			return true
		}
	}
	return false
}

func (m *mark) isSign(d *draft) bool { return d.words[m.from].isSign() }

// meansWord says whether the question asks for a meaning outright.
func (d *draft) meansWord() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opDefine && !strings.HasPrefix(d.stemmed(m.from, m.to), "what ") {
			return true
		}
	}
	return d.hasSign() || d.has(opDefine) && strings.Contains(d.stems, "mean")
}

func (d *draft) hasSign() bool {
	for i := range d.words {
		if d.words[i].isSign() && (i+1 == len(d.words) || !d.words[i+1].isNum || d.readsSign()) {
			return true
		}
	}
	return false
}

// readsSign says whether it is asked how a figure with a sign is to be read.
func (d *draft) readsSign() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opDefine && (m.len() > 2 || d.words[m.to-1].text == "mean") {
			return true
		}
	}
	return false
}

// onlyTerm says whether nothing but the term is asked about: "what is a foreign
// fighter", but not "what is the number of foreign fighters".
func (d *draft) onlyTerm(t mark) bool {
	for i := range d.words {
		w := &d.words[i]
		if i >= t.from && i < t.to || w.text == "a" || w.text == "an" || w.text == "the" || w.text == "exactly" || w.text == "in" || w.text == "this" {
			continue
		}
		if !d.within(i, opDefine) && !d.within(i, opReport) && !d.within(i, opPronoun) {
			return false
		}
	}
	return true
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

func (s *slots) bare() bool {
	return len(s.rows) == 0 && len(s.scopes) == 0 && len(s.measures) == 0 && s.ambiguous == nil
}

func (d *draft) authorship(s *slots) (Query, bool) {
	if !d.has(opAuthor) || d.has(opEarlier) || len(s.rows) > 0 || len(d.prose) > 1 || s.cond != nil || len(s.measures) > 0 && !s.guessed {
		return Query{}, false
	}
	if d.has(opWhen) {
		return Query{Kind: Date, Aspect: ReportDate}, true
	}
	if !d.has(opReport) && d.phraseLen(opAuthor) < 2 && len(d.words) > 3 {
		return Query{}, false
	}
	return Query{Kind: Source, Aspect: Author}, true
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

func (d *draft) disagreement(s *slots) (Query, bool) {
	two := len(d.plainNumbers()) >= 2 && d.hasAny(opWhy, opWhich) && len(s.rows) == 1 && s.cond == nil
	if !d.has(opDisagree) && !two || len(s.rows) > 1 || len(d.prose) > 2 {
		return Query{}, false
	}
	if d.has(opDisagree) && !two && d.hasAny(opCompare, opDifference) && len(s.rows) == 0 && len(s.measures) > 1 {
		return Query{}, false
	}
	q := Query{Kind: Source, Aspect: Disagree, Subjects: s.rows}
	if len(s.measures) == 1 && !s.guessed {
		q.Measures = s.measures
	}
	return q, true
}

func (d *draft) plainNumbers() []float64 {
	var out []float64
	for i := range d.numbers {
		if n := &d.numbers[i]; !n.year && !n.ordinal {
			out = append(out, n.value)
		}
	}
	return out
}

func (d *draft) reliability(s *slots) (Query, bool) {
	if !d.has(opReliable) || len(d.prose) > 1 || len(d.unknown) > 1 || len(s.uncovered) > 0 || d.has(opDefine) && d.meansWord() {
		return Query{}, false
	}
	if s.bare() || s.guessed && len(s.rows) == 0 {
		if !d.hasAny(opFigure, opReport, opPronoun, opHowMany) && len(d.words) > 6 {
			return Query{}, false
		}
		return Query{Kind: Source, Aspect: Reliable}, true
	}
	return Query{Kind: Source, Aspect: Reliable, Subjects: s.rows, Measures: s.measures}, len(s.rows) > 0 && d.hasAny(opFigure, opPronoun, opReport, opHowMany)
}

func (d *draft) sourceOf(s *slots) (Query, bool) {
	if !d.has(opSource) || len(d.prose) > 1 {
		return Query{}, false
	}
	asks := d.phraseLen(opSource) > 1 || d.hasAny(opFigure, opHowMany) || d.startsWith("where") || len(d.words) <= 5
	if !asks || d.hasAny(opTop, opBottom, opShare) && !d.has(opFigure) || s.cond != nil {
		return Query{}, false
	}
	if !d.sourceWord() && !(d.startsWith("where") && (d.has(opFigure) || d.has(opPronoun) || d.has(opHowMany))) {
		return Query{}, false
	}
	q := Query{Kind: Source, Subjects: s.rows, Measures: d.withoutOrigin(s)}
	if s.bare() || len(s.rows) == 0 {
		return Query{Kind: Source, Aspect: Author, Measures: nil}, len(d.prose) == 0
	}
	return q, true
}

// withoutOrigin are the measures without one that only the words "come from" gave.
func (d *draft) withoutOrigin(s *slots) (out []*data.Measure) {
	for _, m := range s.measures {
		only := true
		for _, k := range d.measures {
			if k.measure == m && !d.sourceMark(k.span) {
				only = false
			}
		}
		if !only {
			out = append(out, m)
		}
	}
	return out
}

// sourceMark says whether a span is part of a phrase that asks for the source.
func (d *draft) sourceMark(s span) bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opSource && m.meets(s) {
			return true
		}
	}
	return false
}

// sourceWord says whether a word asks for the source outright, rather than "come from".
func (d *draft) sourceWord() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opSource && !d.measureIn(m.span) {
			return true
		}
	}
	return false
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

func (d *draft) dateOf(s *slots) (Query, bool) {
	_, missing := d.absentMark()
	if len(d.prose) > 0 || s.cond != nil && !s.cond.isYear() || missing || d.has(opEarlier) {
		return Query{}, false
	}
	if d.hasAny(opNewest, opOldest) && (d.hasAny(opCountry, opWhich, opList) && len(s.rows) == 0 || d.dateSuperlative()) && !d.hasAny(opTop, opBottom) {
		q := Query{Kind: Date, Aspect: Newest, Measures: unguessed(s), Within: s.scopes, Limit: s.limit}
		if d.has(opOldest) {
			q.Aspect = Oldest
		}
		if len(s.rows) == 0 {
			return q, true
		}
	}
	if p := d.period(s); p != nil && len(s.rows) == 0 && (s.guessed || len(s.measures) == 0 || d.has(opFigure)) {
		return Query{Kind: Date, AsOf: p, Measures: unguessed(s), Within: s.scopes}, true
	}
	if len(s.rows) > 0 && d.hasAny(opNewest, opOldest) && d.hasAny(opFigure, opThan, opCompare) && !d.hasAny(opHowMany) {
		return Query{Kind: Date, Subjects: s.rows, Measures: unguessed(s)}, true
	}
	if !d.has(opWhen) || d.hasAny(opTop, opBottom, opShare, opTotal) && !d.dateNoun() {
		return Query{}, false
	}
	switch {
	case len(s.rows) > 0 && d.event(s):
		return Query{Kind: Lookup, Subjects: s.rows, Measures: s.measures, Problem: &Problem{Reason: OneDateOnly, Word: d.shownOp(opWhen)}}, true
	case len(s.rows) > 0:
		return Query{Kind: Date, Subjects: s.rows, Measures: unguessed(s)}, true
	case d.hasAny(opReport, opFigure, opPronoun) && len(s.uncovered) == 0:
		return Query{Kind: Date, Aspect: ReportDate, Measures: unguessed(s)}, true
	case len(s.measures) > 0 && len(s.uncovered)+len(d.unknown) == 0 && (d.dateNoun() || !s.measures[0].Dated):
		return Query{Kind: Date, Aspect: ReportDate, Measures: s.measures}, true
	}
	return Query{}, false
}

// period is the time that the figures asked for are of: "dated before 2016".
func (d *draft) period(s *slots) *Period {
	if s.year == nil || s.year.year == 0 || !d.hasAny(opFigure, opCountry, opRows) || !d.has(opDated) && !d.hasAny(opWhen) {
		return nil
	}
	p := &Period{Op: data.EQ, Year: s.year.year, Month: s.year.month}
	if i := s.year.span.from; i > 0 {
		switch d.words[i-1].text {
		case "before", "than":
			p.Op = data.LT
		case "after":
			p.Op = data.GT
		case "since":
			p.Op = data.GE
		case "until", "by":
			p.Op = data.LE
		}
	}
	return p
}

// event says whether it is asked when something happened ("when did the Danes
// come home"), not of when a figure is.
func (d *draft) event(s *slots) bool {
	if len(s.measures) == 0 || s.guessed || d.hasAny(opFigure, opHowMany, opReport, opPronoun) || strings.Contains(d.stems, "date") {
		return false
	}
	for i := range d.words {
		if t := d.words[i].text; t == "did" || t == "do" || t == "have" || t == "has" || t == "had" {
			return true
		}
	}
	return false
}

func (c *Condition) isYear() bool { return c.A >= 1900 && c.A <= 2099 }

// dateSuperlative says whether the oldest or newest figure is asked for.
func (d *draft) dateSuperlative() bool {
	for _, m := range d.marks {
		if m.kind == operator && (m.op == opNewest || m.op == opOldest) && m.to < len(d.words) && (d.isOp(m.to, opFigure, opCountry) || d.isOp(m.to, opWhen)) {
			return true
		}
	}
	return false
}

// dateNoun says whether the question is plainly about a date, not an event.
func (d *draft) dateNoun() bool {
	return d.phraseLen(opWhen) > 1 || strings.Contains(d.stems, "date") || d.hasAny(opFigure)
}

func unguessed(s *slots) []*data.Measure {
	if s.guessed {
		return nil
	}
	return s.measures
}

func (d *draft) coverageOf(s *slots) (Query, bool) {
	if len(d.prose) > 0 || len(d.unknown) > 0 || d.has(opEarlier) || s.cond != nil || len(s.rows) > 0 || len(s.uncovered) > 0 || d.hasAny(opShare, opAverage, opDifference) {
		return Query{}, false
	}
	q := Query{Kind: Coverage, Within: s.scopes}
	measured := len(s.measures) > 0 && !s.guessed
	switch {
	case d.has(opRows) && d.has(opHowMany) && !d.hasSenseAnywhere(peopleNoun):
		q.Aspect = HowMany
	case d.has(opMissing):
		q.Aspect = Missing
	case d.has(opTopics) && !measured:
		q.Aspect = Topics
	case d.has(opRegions) && d.hasAny(opWhich, opList, opHowMany, opCoverage) && !measured && len(s.scopes) == 0 && !d.hasAny(opTop, opBottom):
		q.Aspect = Regions
	case d.has(opMeasures) && !measured && d.hasAny(opWhich, opCoverage, opList, opHowMany):
		q.Aspect = Measures
	case d.hasAny(opCoverage, opReport) && d.hasAny(opBlank) && d.hasAny(opCountry, opWhich) && !measured:
		q.Aspect = Missing
	case d.has(opCountry) && d.has(opHowMany) && !measured && d.hasAny(opCoverage, opReport):
		q.Aspect = HowMany
	case d.has(opEverywhere) && !measured && d.has(opList) && d.hasAny(opCoverage, opReport):
		q.Aspect = Countries
	case d.has(opCountry) && !measured && d.hasAny(opCoverage, opReport) && d.hasAny(opWhich, opList) && !d.hasAny(opTop, opBottom, opNone):
		q.Aspect = Countries
	case d.has(opCountry) && !measured && len(s.scopes) == 1 && d.hasAny(opWhich, opList) && len(s.measures) == 0 && !d.hasAny(opTop, opBottom):
		q.Aspect = Countries
	case !measured && d.phraseLen(opCoverage) >= 2 && d.hasAny(opWhich) && len(s.measures) == 0 && d.has(opFigure) && len(s.scopes) == 0:
		q.Aspect = Measures
	default:
		return Query{}, false
	}
	return q, true
}
