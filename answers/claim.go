package answers

import (
	"math"

	"reportbot/data"
)

// verdict answers a claim on one value: "No: France: ~320 women, not 460."
func (m *maker) verdict(v value) { m.verdictOn(v, v.who.say()+": "+v.said()+asOf(v.date())) }

// verdictOn answers it with a sentence of its own for what is known.
func (m *maker) verdictOn(v value, said string) {
	c, unit := m.q.Cond, asWritten(v.op == "ratio" || v.what.of != nil)
	claimed := condition(c, unit)
	if c.Op == data.EQ {
		claimed = unit(c.A)
	}
	truth := v.num.Holds(c.Op, c.A, c.B)
	if truth == data.Possible && v.num.Rough {
		m.within = true
	}
	switch {
	case c.Op == data.EQ && v.num.Value == c.A && v.num.Qualifier != data.Exact:
		m.a.Headline = m.nearly(v, said, claimed)
	case c.Op == data.EQ && v.op == "ratio" && v.num.Qualifier <= data.About && math.Abs(v.num.Value-c.A) < 0.005:
		m.a.Headline = "Yes, when rounded. " + said + "."
	case truth == data.Certain:
		m.a.Headline = "Yes. " + said + "."
	case truth == data.Possible:
		m.a.Headline = "It may be " + claimed + ", but the report leaves it open. " + said + "."
	case v.op == "ratio":
		m.a.Headline = "No, not " + claimed + " by the tables. " + said + "." // the prose may give a share of its own
	default:
		m.a.Headline = "No, not " + claimed + ". " + said + "."
	}
}

// nearly answers a claim that has the printed digits and not the sign.
func (m *maker) nearly(v value, said, claimed string) string {
	if v.num.Qualifier == data.About {
		m.within = false
		return "Yes, about " + claimed + ". " + said + "."
	}
	return "Not quite: the report prints a bound, not a plain " + claimed + ". " + said + "."
}
