package answers

import (
	"slices"

	"reportbot/data"
)

// quotedCell reads what a row's printed numbers are, where they are quoted and no measure is
// named: "France 254/2,622, explain the two halves", "what is the 302 for France". The
// figures are those of the measures whose cells print them.
func (d *draft) quotedCell(s *slots) (Reading, bool) {
	asked := d.plainNumbers()
	if q, ok := d.cellPlaced(s, asked); ok {
		return Reading{Query: q}, true
	}
	if q, ok := d.oneOrOther(s, asked); ok {
		return Reading{Query: q}, true
	}
	bare := d.rowOfCell(s, asked)
	if len(s.rows) != 1 || len(s.scopes)+len(s.exclude)+len(s.uncovered) > 0 || len(s.measures) > 0 && !s.guessed || len(asked) == 0 || s.cond != nil || s.year != nil {
		return Reading{}, false
	}
	if d.has(opReliable) && len(asked) == 1 {
		if measures := d.printing(s.rows[0], asked); len(measures) > 0 {
			return Reading{Query: Query{Kind: Source, Aspect: Reliable, Subjects: s.rows, Measures: measures}}, true
		}
	}
	what := bare || d.hasAny(opDefine, opWhich) || slices.ContainsFunc(d.words, func(w word) bool { return w.text == "what" })
	if d.hasAny(opSignExact, opSignAbout, opSignMore, opSignFewer, opSignAny) || d.signAside() >= 0 {
		what = true // "does the UK's 850 come with a tilde"
	}
	if !what || d.is(0, gYesNo) && d.signAside() < 0 && !d.hasAny(opSignAbout, opSignMore, opSignFewer, opSignAny) || d.hasAny(opTrue, opWhy, opDisagree, opMore, opFewer, opThan, opShare, opSource, opWhen, opReliable, opTop, opBottom) && !d.has(opDefine) {
		return Reading{}, false
	}
	measures := d.printing(s.rows[0], asked)
	if len(asked) > 1 {
		measures = d.oneCell(s.rows[0], asked)
	}
	if len(measures) == 0 {
		return Reading{}, false
	}
	for i := range d.numbers {
		d.numbers[i].used = true
	}
	return Reading{Query: Query{Kind: Lookup, Subjects: s.rows, Measures: measures}}, true
}

// oneOrOther reads "Bosnia: is it 248 or 148" as what the numbers are that the row prints.
func (d *draft) oneOrOther(s *slots, asked []float64) (Query, bool) {
	if len(s.rows) != 1 || len(s.scopes)+len(s.exclude)+len(s.uncovered)+len(s.measures) > 0 || len(asked) != 2 || s.cond != nil || s.year != nil {
		return Query{}, false
	}
	var plain []*numberMark
	for i := range d.numbers {
		if d.words[d.numbers[i].from].isNum {
			plain = append(plain, &d.numbers[i])
		}
	}
	if len(plain) != 2 || !d.opIn(span{plain[0].to, plain[1].from}, opCompare) {
		return Query{}, false
	}
	var measures []*data.Measure
	for _, n := range plain {
		held := d.printing(s.rows[0], []float64{n.value})
		n.used = len(held) > 0
		measures = append(measures, held...)
	}
	slices.SortStableFunc(measures, func(a, b *data.Measure) int {
		return slices.Index(d.e.report.Measures, a) - slices.Index(d.e.report.Measures, b)
	})
	measures = slices.Compact(measures)
	return Query{Kind: Lookup, Subjects: s.rows, Measures: measures}, len(measures) > 0
}

// cellPlaced reads why a printed number is held for a figure of the measure named: "why do you
// put Turkey's 7,240 under stop-listed".
func (d *draft) cellPlaced(s *slots, asked []float64) (Query, bool) {
	rows := s.rows
	for i := range d.names {
		if n := &d.names[i]; n.agent && n.row != nil && len(rows) == 0 && slices.ContainsFunc(d.numbers, func(m numberMark) bool { return m.from == n.to }) {
			rows = []*data.Subject{n.row} // "Turkey's 7,240" is its own figure
		}
	}
	if len(rows) != 1 || len(s.measures) == 0 || len(asked) != 1 || len(s.scopes)+len(s.uncovered) > 0 || s.year != nil || !d.hasAny(opWhy, opReliable, opKnown) {
		return Query{}, false
	}
	var held []*data.Measure
	for _, m := range d.printing(rows[0], asked) {
		if slices.Contains(s.measures, m) {
			held = append(held, m)
		}
	}
	return Query{Kind: Source, Subjects: rows, Measures: held}, len(held) == 1
}

// printing are the measures of a row whose cells print the numbers; none where a number
// stands in no cell.
func (d *draft) printing(row *data.Subject, asked []float64) []*data.Measure {
	var out []*data.Measure
	held := map[float64]bool{}
	for _, m := range d.e.report.Measures {
		c, ok := d.e.report.Cell(row, m)
		if !ok {
			continue
		}
		for _, w := range split(c.Number.Raw) {
			if w.isNum && slices.Contains(asked, w.number) {
				held[w.number] = true
				if !slices.Contains(out, m) {
					out = append(out, m)
				}
			}
		}
	}
	if slices.ContainsFunc(asked, func(v float64) bool { return !held[v] }) {
		return nil
	}
	return out
}

// oneCell are the measures of a row that stand together in the one cell which prints all the numbers.
func (d *draft) oneCell(row *data.Subject, asked []float64) []*data.Measure {
	held := d.printing(row, asked)
	for _, first := range held {
		var cell []*data.Measure
		printed := map[float64]bool{}
		for _, m := range held {
			if m.Column != first.Column {
				continue
			}
			cell = append(cell, m)
			c, _ := d.e.report.Cell(row, m)
			for _, w := range split(c.Number.Raw) {
				printed[w.number] = printed[w.number] || w.isNum
			}
		}
		if !slices.ContainsFunc(asked, func(v float64) bool { return !printed[v] }) {
			return cell
		}
	}
	return nil
}

// rowOfCell takes the row whose cell is quoted, where none is named and just one prints the numbers in one
// cell: "what does 254/2,622 mean".
func (d *draft) rowOfCell(s *slots, asked []float64) bool {
	if len(asked) < 2 || len(d.names)+len(s.scopes)+len(s.measures) > 0 || s.cond != nil || s.year != nil || d.hasAny(opMore, opFewer, opShare, opDifference, opTotal) {
		return false
	}
	first, last := d.numbers[0].from, d.numbers[len(d.numbers)-1].to
	if last-first > 2*len(asked)-1 {
		return false // "302 and then 254"
	}
	var found *data.Subject
	for _, row := range d.e.report.Subjects {
		if len(d.oneCell(row, asked)) == 0 {
			continue
		}
		if found != nil {
			return false
		}
		found = row
	}
	if found == nil {
		return false
	}
	s.rows = []*data.Subject{found}
	d.note(Reads, d.shown(span{first, last}), theName(found))
	return true
}
