package answers

import "reportbot/data"

// profile gives all that the report prints on a row, in the order of its
// tables; of a set it gives the sum of each measure.
func (m *maker) profile() {
	m.q.Of, m.q.Measures = nil, nil
	parties := m.e.parties(m.q)
	if len(parties) == 0 {
		m.coverage()
		return
	}
	var found []value
	for _, p := range parties {
		found = append(found, m.profileOf(p)...)
	}
	if len(found) == 0 {
		m.refused(BlankCell, "The report prints no figure for "+inParty(parties[0])+".")
		return
	}
	m.mixed = len(parties) > 1 || parties[0].subject == nil
	m.useAll(found)
	m.sayProfile(found)
	m.disagree(found)
}

func (m *maker) profileOf(p party) []value {
	if p.subject != nil {
		return m.allOf(p.subject)
	}
	var out []value
	for _, x := range m.e.report.Measures {
		g := m.e.gauge(x, nil)
		if len(g.w.Minus) > 0 {
			continue
		}
		if v := m.e.value(p, g); v.ok {
			out = append(out, v)
		}
	}
	return out
}

// Brief is all that the report prints on a row, as in a profile, in one sentence.
func (e *Engine) Brief(row *data.Subject) (Answer, error) {
	return e.answer(Reading{Query: Query{Kind: Profile, Subjects: []*data.Subject{row}}, brief: true})
}

// sayProfile lists the figures, a line each, under the name.
func (m *maker) sayProfile(found []value) {
	groups := byParty(found)
	m.titleOfThese(found)
	if len(groups) > 1 {
		m.a.Headline = m.tableHead(found)
		m.table(valueTable(found))
		return
	}
	if len(found) <= maxLines || m.r.brief {
		m.a.Headline = found[0].who.say() + ": " + saidList(found) + "."
	} else {
		m.a.Headline = found[0].who.say() + ": " + found[0].said() + asOf(found[0].date()) + "."
		m.table(profileTable(found))
	}
	m.profileCoverage(found)
}

// profileCoverage says in one caveat which sums do not cover every row.
func (m *maker) profileCoverage(found []value) {
	var partial []string
	for _, v := range found {
		if v.who.subject == nil && v.have < v.rows {
			partial = append(partial, v.what.w.Label+" "+commas(int64(v.have))+" of "+count(v.rows, "country", "countries"))
		}
	}
	if len(partial) > 0 {
		m.caveat(partialCoverage, "Not every country has every figure: "+listed(partial)+".")
	}
}

// profileTable lists what the report counts of one party, and as of when.
func profileTable(found []value) *Table {
	dates := false
	for _, v := range found {
		dates = dates || v.date() != ""
	}
	t := &Table{Columns: []string{"Measure", "Figure"}}
	if dates {
		t.Columns = append(t.Columns, "As of")
	}
	for _, v := range found {
		row := []string{v.what.label(), v.say()}
		if dates {
			row = append(row, v.date().Words())
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// wholeRow reads "every figure incl. women": what is named behind "including" is only
// a part of all that is asked for.
func (d *draft) wholeRow(s *slots) (Query, bool) {
	if len(s.rows) == 0 || len(s.measures) == 0 || s.cond != nil || !d.everything() {
		return Query{}, false
	}
	for _, m := range d.marks {
		if m.kind != operator || m.op != opAndAlso && m.op != opAdd || m.from == 0 || len(d.measures) == 0 {
			continue
		}
		if m.to <= d.measures[0].from || m.from == d.measures[len(d.measures)-1].to {
			return Query{Kind: Profile, Subjects: s.rows, Within: s.scopes}, true
		}
	}
	return Query{}, false
}

// everything says whether all figures are asked for: "everything", "all the numbers".
func (d *draft) everything() bool {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opAboutSubject && m.len() > 1 && d.is(m.from, gEvery) {
			return true
		}
	}
	for i := range d.words {
		if d.is(i, gWhole) || d.is(i, gEvery) && (d.hasOpNear(i+1, i+4, opFigure) || d.hasOpNear(i+1, i+3, opAboutSubject)) {
			return true
		}
	}
	return false
}

// hasOpNear says whether an operator begins at one of the words from one to another.
func (d *draft) hasOpNear(from, to int, o op) bool {
	for i := from; i < min(to, len(d.words)); i++ {
		if d.isOp(i, o) {
			return true
		}
	}
	return false
}

// profile reads a question about a row as a whole.
func (d *draft) profile(s *slots) (Query, bool) {
	if len(s.rows) == 0 && len(s.scopes) == 0 || len(s.measures) > 0 {
		return Query{}, false
	}
	if d.countsCountries() && len(s.rows) > 0 && len(s.scopes) == 0 && len(s.rows[0].Members) == 0 {
		return Query{}, false // "how many states gave names to Turkey"
	}
	if len(d.unknown) > 0 && !d.has(opFigure) {
		return Query{}, false
	}
	q := Query{Kind: Profile, Subjects: s.rows, Within: s.scopes}
	if len(s.but) > 0 && len(s.rows) == 1 && len(s.scopes) == 0 {
		q.Kind, q.Measures = Lookup, d.e.others(s.rows[0], s.but)
		return q, len(q.Measures) > 0
	}
	q.Problem = d.unmeasured(s)
	return q, true
}

// unmeasured asks which measure is meant where a share or a mean is asked for without one:
// "Belgium's percentage".
func (d *draft) unmeasured(s *slots) *Problem {
	if !d.hasAny(opShare, opAverage) || len(d.prose)+len(d.unknown)+len(s.uncovered) > 0 || d.hasAny(opSays, opWhy, opReport) || d.averageIsVerb() {
		return nil
	}
	p := &Problem{Reason: SeveralReadings, Word: d.shown(span{0, len(d.words)})}
	for _, x := range d.e.report.Measures {
		t := *s
		t.measures = []*data.Measure{x}
		if c := s.cond; c != nil && c.A > 1 && d.has(opShare) {
			t.cond = &Condition{Op: c.Op, A: c.A / 100, B: c.B / 100} // "is its percentage above 30"
		}
		q, _ := d.tableQuery(&t)
		if (q.Kind == Share || q.Kind == Average) && len(p.Choices) < 4 && d.e.finds(Reading{Query: q}) {
			p.Choices = append(p.Choices, q)
		}
	}
	if len(p.Choices) < 2 {
		return nil
	}
	return p
}
