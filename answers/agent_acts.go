package answers

import (
	"slices"

	"reportbot/data"
)

// doneByAgent reads what a row that acts in measures is said to do to others in
// words of which none tells such a measure ("how many Tunisians did Turkey give the
// slip"): which of its measures is meant is asked, and no other is taken for it.
func (d *draft) doneByAgent(s *slots, _ *Query, _ bool) (Reading, bool) {
	if slices.ContainsFunc(d.measures, func(m mark) bool { return d.e.words(m.measure).Agent != "" || d.e.who(m.measure) }) {
		return Reading{}, false
	}
	if _, ok := d.absentMark(); ok || d.hasAny(opWhy, opReport) {
		return Reading{}, false
	}
	for i := range d.names {
		n := &d.names[i]
		agent := d.agentOf(n)
		if agent == nil || !d.actor(n) {
			continue
		}
		others := d.sufferers(n, agent)
		if len(others) == 0 {
			continue
		}
		p := &Problem{Reason: SeveralReadings, Word: d.shown(span{0, len(d.words)})}
		kind := Lookup
		if len(others) > 1 {
			kind = Compare
		}
		for _, m := range d.e.report.Measures {
			choice := Query{Kind: kind, Subjects: others, Measures: []*data.Measure{m}}
			if d.e.words(m).Agent == agent.Name && d.e.finds(Reading{Query: choice}) {
				p.Choices = append(p.Choices, choice)
			}
		}
		if len(p.Choices) < 2 {
			p = &Problem{Reason: NotUnderstood}
		}
		return Reading{Query: Query{Kind: kind, Subjects: others, Problem: p}}, true
	}
	return Reading{}, false
}

// agentOf is the row that a name stands for, or its capital, if it acts in a measure.
func (d *draft) agentOf(n *nameMark) *data.Subject {
	row := n.row
	if n.uncovered != nil && n.uncovered.Of != "" {
		row, _ = d.e.report.Subject(n.uncovered.Of)
	}
	if row == nil || n.out || n.place {
		return nil
	}
	if _, ok := d.e.agentMeasure(row); !ok {
		return nil
	}
	return row
}

// actor says whether a name is the one that does something: "did Turkey", "by the Turks".
func (d *draft) actor(n *nameMark) bool {
	at := n.span.from - 1
	if at > 0 && d.is(at, gArticle) {
		at--
	}
	if at < 0 {
		return false
	}
	asked := d.isAuxiliary(at) || d.is(at, gPassive) && n.to < len(d.words)
	return d.is(at, gAgent) || asked && !d.is(n.to-1, gPreposition)
}

// sufferers are the peoples that are counted beside an actor, to whom it does
// something: "how many Germans did …", "more Saudis than Tunisians".
func (d *draft) sufferers(actor *nameMark, agent *data.Subject) []*data.Subject {
	var out []*data.Subject
	counted := false
	for i := range d.names {
		o := &d.names[i]
		if o.span == actor.span || o.out || o.place || o.row == agent {
			continue
		}
		if d.besides(actor, o) || o.row == nil || !o.people || o.to < len(d.words) && d.strangeIn(span{o.to, o.to + 1}) && !d.is(o.to, gAuxiliary) {
			return nil // "how many French plots"
		}
		counted = counted || o.span.from > 0 && (d.within(o.span.from-1, opHowMany) || d.within(o.span.from-1, opMore) || d.within(o.span.from-1, opFewer))
		if !slices.Contains(out, o.row) {
			out = append(out, o.row)
		}
	}
	if !counted {
		return nil
	}
	return out
}
