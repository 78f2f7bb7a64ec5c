package answers

import (
	"math"
	"strconv"
	"strings"

	"reportbot/data"
)

// multiplied says whether one of just two figures is asked for as a multiple of the other.
func (q *Query) multiplied() bool {
	return q.Times && q.Of == nil && (len(q.Subjects)+len(q.Within))*len(q.Measures) == 2
}

// multiple says how many times the second figure the first one is, and whether that is as many as the
// asker believes.
func (m *maker) multiple(parties []party, gauges []*gauge) {
	if len(gauges) == 2 && !m.togetherFit(gauges) {
		return
	}
	found, lost := m.find(parties, gauges)
	if len(found) == 2 && len(parties) == 1 && parties[0].subject == nil {
		found = m.bothPrinted(parties[0], gauges, found)
	}
	switch {
	case len(found) == 0:
		m.blank(lost)
		return
	case len(found) != 2 || len(lost) > 0:
		m.onlyOne("multiple", found[0], lost)
		return
	}
	a, b := found[0], found[1]
	times := value{who: bothOf(a.who, b.who), what: a.what, num: a.num.Over(b.num), op: "ratio", in: b.appendTo(a.appendTo(nil)), ok: true}
	if a.what.numeral != b.what.numeral {
		of := *a.what
		of.numeral = a.what.numeral + "/" + b.what.numeral
		times.what = &of
	}
	m.mixed = true
	m.use(times).Unit = "times"
	for _, v := range found {
		m.add(v, "input")
	}
	m.a.Headline = m.timesVerdict(times.num) + sideBySide(a, b)
	m.line(saidTimes(times.num))
	m.setNotes(found)
	m.disagree(found)
}

// bothPrinted are the sums of two measures of a set over the rows that print both, so that they are of
// the same places.
func (m *maker) bothPrinted(p party, gauges []*gauge, found []value) []value {
	if v := m.e.value(p, m.e.gauge(gauges[0].m, gauges[1].m)); v.ok && len(v.parts) == 2 {
		return v.parts
	}
	return found
}

// togetherFit says whether two measures can be set against each other, and refuses them if not.
func (m *maker) togetherFit(gauges []*gauge) bool {
	a, b := gauges[0], gauges[1]
	for _, pair := range [][2]*gauge{{a, b}, {b, a}} {
		for _, r := range pair[0].w.NoShare {
			if r.With == pair[1].m.Name && a.m.Table != b.m.Table {
				m.refused(NotComparable, upperFirst(pair[0].w.Noun)+" cannot be set against "+pair[1].w.Noun+": "+r.Why)
				m.showApart(a.m, b.m)
				m.suggestNearest()
				return false
			}
		}
	}
	return true
}

// sideBySide names two figures: "Returned: France 302 (August 2017) and Germany ~300 (March 2017)."
func sideBySide(a, b value) string {
	if a.what.numeral != b.what.numeral {
		return a.who.say() + ": " + a.say() + " " + a.what.noun() + " and " + b.say() + " " + b.what.noun() + asOf(a.date()) + "."
	}
	return a.what.label() + ": " + a.who.say() + " " + a.say() + dateInBrackets(a) + " and " + b.who.say() + " " + b.say() + dateInBrackets(b) + "."
}

// saidTimes says how many times as many the first figure is, by what is known of it.
func saidTimes(n data.Number) string {
	said := spoken(n, asTimes)
	if rest, open := strings.CutSuffix(said, " by the printed numbers"); open {
		return "By the printed numbers that is " + rest + " times as many; the signs at the figures leave it open."
	}
	return "That is " + said + " times as many" + quoted(n, asTimes) + "."
}

// asTimes writes a multiple: to one decimal, or to two where it is below 1.
func asTimes(v float64) string {
	if v < 1 {
		return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
	}
	return plain(v)
}

// timesVerdict answers the claim that is made on a multiple, "" for none.
func (m *maker) timesVerdict(n data.Number) string {
	c := m.q.Cond
	if c == nil || !m.q.Claim {
		return ""
	}
	truth := n.Holds(c.Op, c.A, c.B)
	if c.Op == data.EQ {
		truth = n.Holds(data.BETWEEN, c.A*(1-leeway), c.A*(1+leeway))
	}
	m.within = truth == data.Possible && n.Rough
	switch {
	case truth == data.Possible:
		return "It may be, but the report leaves it open. "
	case truth == data.Certain && c.Op == data.EQ:
		return "Yes, roughly. "
	case truth == data.Certain:
		return "Yes. "
	case c.Op != data.EQ:
		return "No, not " + condition(c, asTimes) + " times as many. "
	case n.Value > c.A:
		return "No, it is more than that. "
	}
	return "No, it is fewer than that. "
}

// askTimes: "is it true that France has more than 2 times as many women as Germany", "how many times as
// many returnees as fighters does France have".
func (e *Engine) askTimes(q *Query) string {
	parties := make([]string, 0, 2)
	for _, s := range q.Subjects {
		parties = append(parties, theName(s))
	}
	for _, sc := range q.Within {
		parties = append(parties, sc.inQuestion())
	}
	what, than := e.noun(q.Measures[0]), parties[len(parties)-1]
	if len(q.Measures) > 1 {
		than = e.noun(q.Measures[1])
	}
	if q.Cond == nil {
		return "how many times as many " + what + " does " + parties[0] + " have as " + than
	}
	return "is it true that " + parties[0] + " has " + askBound(q, numeral) + " times as many " + what + " as " + than
}
