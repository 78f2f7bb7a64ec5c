package answers

import (
	"slices"

	"reportbot/data"
)

// everythingBut says whether all that is printed on a row is asked for, and each of the measures
// named is taken off that: "everything except the women", "all figures but the returnees".
func (d *draft) everythingBut(marks []mark) bool {
	if len(marks) == 0 || len(d.rows()) == 0 || d.hasAny(opShare, opDifference, opTotal, opAverage) {
		return false
	}
	return !slices.ContainsFunc(marks, func(m mark) bool { return !d.butFor(m) })
}

// butFor says whether a measure stands behind what takes it off everything.
func (d *draft) butFor(m mark) bool {
	return slices.ContainsFunc(d.marks, func(o mark) bool {
		if o.kind != operator || o.op != opExclude || o.to > m.from || !d.leadsTo(o.to, m.from) {
			return false
		}
		all := d.words[o.to-1].text == "but" && !d.is(o.from, gConjunction)
		return all || d.everything()
	}) || d.everything() && d.justBut(m.from)
}

// justBut says whether "but" stands before a word, articles aside.
func (d *draft) justBut(i int) bool {
	i--
	for i > 0 && d.is(i, gAside) {
		i--
	}
	return i > 0 && d.words[i].text == "but"
}

// butOfAll says whether "but" stands before a word, and "all" before that: "all the fighters but
// those who returned".
func (d *draft) butOfAll(i int) bool {
	if !d.justBut(i) {
		return false
	}
	for k := 0; d.words[k].text != "but"; k++ {
		if d.is(k, gEvery) && !d.opIn(span{k, k + 2}, opCountry) {
			return true
		}
	}
	return false
}

// leadsTo says whether the words of a stretch only lead to a measure, or name others before it.
func (d *draft) leadsTo(from, to int) bool {
	for k := from; k < to; k++ {
		if !d.is(k, gAside) && !d.is(k, gConjunction) && !d.is(k, gPreposition) && !d.measureIn(span{k, k + 1}) && !d.within(k, opHowMany) && d.words[k].text != "on" {
			return false
		}
	}
	return true
}

// others are the measures that the report prints for a row besides some.
func (e *Engine) others(row *data.Subject, but []*data.Measure) []*data.Measure {
	var out []*data.Measure
	for _, m := range e.report.Measures {
		if _, ok := e.report.Cell(row, m); ok && !slices.Contains(but, m) {
			out = append(out, m)
		}
	}
	return out
}
