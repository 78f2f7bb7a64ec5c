package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// Sign says how figures are printed: exact, or with a sign before them.
//
//	which figures for women are rounded
type Sign string

// The signs.
const (
	SignExact Sign = "exact"
	SignAbout Sign = "about"
	SignMore  Sign = "more_than"
	SignFewer Sign = "fewer_than"
	SignAny   Sign = "any"
)

var signNames = []Sign{SignExact, SignAbout, SignMore, SignFewer, SignAny}

// holds says whether a number is printed so.
func (s Sign) holds(n data.Number) bool {
	switch s {
	case SignExact:
		return n.Qualifier == data.Exact
	case SignAbout:
		return n.Qualifier == data.About
	case SignMore:
		return n.Qualifier == data.MoreThan
	case SignFewer:
		return n.Qualifier == data.FewerThan
	}
	return n.Qualifier != data.Exact
}

// label is the sign in the reading: "exact", "about (~)".
func (s Sign) label() string {
	switch s {
	case SignExact:
		return "printed without a sign"
	case SignAbout:
		return "printed with ~"
	case SignMore:
		return "printed with >"
	case SignFewer:
		return "printed with <"
	}
	return "printed with a sign"
}

// listSigned names the rows that print the measure with the sign asked for.
func (m *maker) listSigned(g *gauge, values []value, rows int) {
	looked := len(values)
	found := slices.DeleteFunc(values, func(v value) bool { return !m.q.Sign.holds(v.num) })
	if m.q.Kind == Count || len(found) == 0 {
		m.countFigure(g, looked, len(found), 0)
	}
	for i := range found {
		m.use(found[i])
	}
	m.a.Headline = commas(int64(len(found))) + " of " + count(looked, "figure", "figures") + " for " + g.noun() + " " + isOrAre(len(found)) + " " + m.q.Sign.label() + m.inScope() + "."
	m.listValues(found)
	m.have, m.rows, m.covers = looked, rows, g.noun()
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// askSign: "exact figures for women".
func (e *Engine) askSign(q *Query) string {
	what := map[Sign]string{SignExact: "exact figures", SignAbout: "approximate figures", SignMore: "lower bounds", SignFewer: "upper bounds", SignAny: "inexact figures"}
	return what[q.Sign] + " for " + e.askedRatio(q)
}

// signOf is the sign that an operator names.
func signOf(o op) Sign {
	switch o {
	case opSignExact:
		return SignExact
	case opSignAbout:
		return SignAbout
	case opSignMore:
		return SignMore
	case opSignFewer:
		return SignFewer
	case opSignAny:
		return SignAny
	}
	return ""
}

// signAsked says whether figures are sought by their sign: "which figures are exact", "how many
// countries give only estimates", not "the exact number of fighters".
func (d *draft) signAsked(m mark) bool {
	beforeNumber := slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.from == m.to || !n.used && n.from > m.to })
	if beforeNumber && !d.has(opAndAlso) && !d.conjoined(m.to, len(d.words)) || slices.ContainsFunc(d.names, func(n nameMark) bool { return n.group == nil && (n.row == nil || len(n.row.Members) == 0) }) {
		return false
	}
	x := d.e.lexicon
	figures := slices.ContainsFunc(d.words, func(w word) bool {
		return w.text != w.stem && strings.HasSuffix(w.text, "s") && (x.phraseOf(w.stem, opFigure) || x.phraseOf(w.stem, opCountry))
	})
	return (figures || d.words[m.to-1].text == "estimates") && slices.ContainsFunc(d.marks, func(o mark) bool {
		return o.kind == operator && (o.op == opWhich || o.op == opHowMany) && o.from < m.from && (d.words[o.from].text == "which" || d.words[o.from].text == "whose" || d.words[o.from].text == "how")
	})
}

// signed reads which figures are exact, rounded or bounds: of the measure named, else it asks
// of which.
func (d *draft) signed(s *slots) (Reading, bool) {
	sign := Sign("")
	for _, m := range d.marks {
		if m.kind == operator && signOf(m.op) != "" {
			sign = signOf(m.op)
		}
	}
	if sign == "" || len(d.prose)+len(d.unknown)+len(s.uncovered) > 0 || s.ambiguous != nil || len(s.measures) > 1 && !s.joined || d.hasAny(opWhy, opTop, opBottom, opShare, opDefine, opAverage, opNewest, opOldest) {
		return Reading{}, false
	}
	within, rows := d.set(s)
	if len(rows) > 0 {
		return Reading{}, false
	}
	if s.cond != nil || s.year != nil || len(d.numbers) > 0 {
		q := Query{Kind: Filter, Sign: sign, Measures: d.filterMeasures(s), Within: within, Problem: &Problem{Reason: NoSuchCombination}}
		return Reading{Query: q}, d.hasAny(opAndAlso) || d.conjoined(0, len(d.words)) // "exact figures and over 500 fighters"
	}
	q := Query{Kind: Filter, Sign: sign, Within: within, Exclude: s.exclude, Measures: s.measures}
	if d.countsCountries() || d.has(opHowMany) && d.words[d.ops[opHowMany]].text == "how" {
		q.Kind = Count
	}
	if _, missing := d.absentMark(); missing {
		return Reading{}, false
	}
	if len(q.Measures) == 1 {
		return Reading{Query: q}, true
	}
	p := &Problem{Reason: SeveralReadings, Word: d.shown(span{0, len(d.words)})}
	for _, x := range d.e.report.Measures[:min(5, len(d.e.report.Measures))] {
		choice := q
		choice.Measures = []*data.Measure{x}
		p.Choices = append(p.Choices, choice)
	}
	return Reading{Query: Query{Kind: Filter, Problem: p}}, true
}
