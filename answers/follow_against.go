package answers

import (
	"slices"

	"reportbot/data"
)

// setAgainstLast reads what sets the last figure against another measure: "more than remain?", "how
// many per woman".
func (d *draft) setAgainstLast(s *slots, p *past) (Query, bool) {
	rows := p.rows()
	if len(rows) != 1 || len(p.last.Measures) != 1 || p.last.Of != nil || len(p.last.Within) > 0 || s.cond != nil || len(d.numbers)+len(s.uncovered) > 0 || len(d.prose)+len(d.unknown) > 0 {
		return Query{}, false
	}
	if len(s.measures) != 1 || len(s.scopes) > 0 || d.wantsRank() {
		return Query{}, false
	}
	last, other := p.last.Measures[0], s.measures[0]
	switch {
	case len(s.rows) == 1 && s.rows[0] != rows[0] && d.has(opCompare) && d.ops[opCompare] <= 1 && d.inName(len(d.words)-2):
		return Query{Kind: Compare, Subjects: []*data.Subject{rows[0], s.rows[0]}, Measures: s.measures}, true // "compared to Germany's fighters"
	case len(s.rows) > 0 || last == other:
		return Query{}, false
	case d.perOther():
		return Query{Kind: Share, Subjects: rows, Measures: p.last.Measures, Of: other}, true
	case d.has(opTotal) && d.anyIs(gBothWord):
		return Query{Kind: Total, Subjects: rows, Measures: []*data.Measure{last, other}}, true
	case d.setsMore():
		return Query{Kind: Compare, Subjects: rows, Measures: []*data.Measure{last, other}}, true
	}
	return Query{}, false
}

// inAnotherWhole reads "as a percentage of Western Europe" as the last row's share in it.
func (d *draft) inAnotherWhole(s *slots, p *past) (Query, bool) {
	rows := p.rows()
	within, others := d.set(s)
	if len(rows) != 1 || len(p.last.Measures) != 1 || p.last.Of != nil || len(p.last.Within) > 0 || s.cond != nil {
		return Query{}, false
	}
	if at := d.ops[opShare]; at > 0 && d.words[at-1].text == "the" {
		return Query{}, false // "and the share of Western Europe" is its own
	}
	if !d.has(opShare) || len(within) != 1 || len(others) > 0 || len(s.measures) > 0 && !slices.Equal(s.measures, p.last.Measures) || len(rows[0].Members) > 0 {
		return Query{}, false
	}
	at := slices.IndexFunc(d.names, func(n nameMark) bool { return n.row == within[0].Row && n.group == within[0].Group })
	if at < 0 || !d.ofBefore(d.names[at].span.from) || d.names[at].span.from < d.ops[opShare] {
		return Query{}, false
	}
	return Query{Kind: Share, Subjects: rows, Measures: p.last.Measures, Whole: within}, true
}

// opensAgainst says whether a question begins with what one figure is set against, and names no
// other: "compared to Germany's fighters?".
func (d *draft) opensAgainst(m mark) bool {
	return m.kind == operator && m.op == opCompare && m.from == 0 && m.len() > 1 && len(d.rows()) == 1 && d.short()
}

// wantsRank says whether countries are looked for, by an order or otherwise.
func (d *draft) wantsRank() bool {
	return d.hasAny(opTop, opBottom, opCountry, opEverywhere, opWhich, opWho, opSays, opWhy, opNewest, opOldest)
}

// perOther says whether a measure is named as what others are counted by: "per woman".
func (d *draft) perOther() bool {
	return len(d.measures) == 1 && d.measures[0].from > 0 && d.is(d.measures[0].from-1, gEach)
}

// setsMore says whether the last figure is asked to be set against a measure: "more than remain",
// "versus remaining", "does that exceed the returnees".
func (d *draft) setsMore() bool {
	m := d.measures[0]
	before := func(ops ...op) bool {
		for i := max(0, m.from-3); i < m.from; i++ {
			if slices.ContainsFunc(ops, func(o op) bool { return d.within(i, o) }) {
				return true
			}
		}
		return false
	}
	more := before(opMoreThan, opFewerThan) || before(opThan) && d.hasAny(opMore, opFewer) || before(opMore) && d.isAuxiliary(0)
	return len(d.measures) == 1 && (more || before(opCompare) && d.words[0].text != "or")
}
