package answers

import (
	"math"
	"slices"
	"strings"

	"reportbot/data"
)

// allCountries is the contract's name of the set of every country row.
const allCountries = "all countries"

// party is who a value is of: one row, or a set of rows that is added up.
type party struct {
	subject *data.Subject // nil for a set
	group   *group        // nil for a row
}

// group is a set of rows.
type group struct {
	set  []*data.Subject
	name string        // as answers name it: a chart's label, or the members' names joined
	say  string        // as a sentence begins with it
	row  *data.Subject // the set's own row, where a region or bloc has one
}

// name is what answers call the party.
func (p party) name() string {
	if p.subject != nil {
		return p.subject.Name
	}
	return p.group.name
}

// say is how a sentence begins with the party.
func (p party) say() string {
	if p.subject != nil {
		return p.subject.Name
	}
	return p.group.say
}

// row is the own row of a set, nil for none.
func (p party) row() *data.Subject {
	if p.group == nil {
		return nil
	}
	return p.group.row
}

// gauge is what is measured: a measure, or a ratio of two.
type gauge struct {
	m, of       *data.Measure
	w, ofw      *data.MeasureWords
	numeral     string // the name that answers give it
	heads       string // a column
	top, bottom *gauge // of a ratio
}

// value is what the report prints, or lets work out, for a party and a gauge.
type value struct {
	who     party
	what    *gauge
	num     data.Number
	cell    *data.Cell   // the printed figure; nil for a derived one
	in      []*data.Cell // of a derived one: every printed figure that went in
	op      string       // of a derived one
	parts   []value      // of a ratio: numerator and denominator
	have    int          // of a set: how many rows print it
	rows    int          // of a set: how many rows it has
	missing *data.MeasureWords
	ok      bool
}

// appendTo adds every printed figure that the value rests on to a list.
func (v *value) appendTo(list []*data.Cell) []*data.Cell {
	if v.cell != nil {
		return append(list, v.cell)
	}
	return append(list, v.in...)
}

// cells are the printed figures that the value rests on.
func (v *value) cells() []*data.Cell {
	if v.cell != nil {
		return []*data.Cell{v.cell}
	}
	return v.in
}

// words is how a measure is spoken of; a measure that the vocabulary lacks is
// spoken of by its name.
func (e *Engine) words(m *data.Measure) *data.MeasureWords {
	if w, ok := e.report.Vocabulary.Words(m.Name); ok {
		return w
	}
	return &data.MeasureWords{Name: m.Name, Label: m.Name, Noun: m.Name, Says: m.Name}
}

// gauge puts a measure and its denominator, nil for none, with their words.
func (e *Engine) gauge(m, of *data.Measure) *gauge {
	w := e.words(m)
	g := &gauge{m: m, of: of, w: w, numeral: m.Name, heads: w.Label}
	if of != nil {
		g.top = &gauge{m: m, w: w, numeral: m.Name, heads: w.Label}
		g.bottom = e.gauge(of, nil)
		g.ofw = g.bottom.w
		g.numeral = m.Name + "/" + of.Name
		g.heads = w.Label + " / " + g.ofw.Label
	}
	return g
}

// label heads a column: "Returned", "Returned / Fighters".
func (g *gauge) label() string { return g.heads }

// noun stands after a number or "the most".
func (g *gauge) noun() string {
	if g.of == nil {
		return g.w.Noun
	}
	return g.w.Noun + " as a share of " + g.ofw.Noun
}

// value works out the gauge for the party; ok is false where the report does
// not print what it takes.
func (e *Engine) value(p party, g *gauge) value {
	if p.subject != nil {
		return e.single(p.subject, g)
	}
	return e.summed(p, g)
}

// single is the value of one row.
func (e *Engine) single(s *data.Subject, g *gauge) value {
	if g.of == nil {
		return e.printed(s, g)
	}
	v := e.printed(s, g.top)
	if !v.ok {
		v.what = g
		return v
	}
	of := e.printed(s, g.bottom)
	if !of.ok {
		of.what = g
		return of
	}
	ratio := v.num.Over(of.num)
	if math.IsNaN(ratio.Value) {
		return value{who: v.who, what: g, missing: g.ofw}
	}
	return value{who: v.who, what: g, num: ratio, op: "ratio", parts: []value{v, of},
		in: of.appendTo(v.appendTo(nil)), ok: true}
}

// printed is a measure of one row: its cell, or what is left of its first
// input when the others are taken away.
func (e *Engine) printed(s *data.Subject, g *gauge) value {
	v := value{who: partyOf(s), what: g}
	if len(g.w.Minus) > 0 {
		e.remainder(&v, s)
		return v
	}
	c, ok := e.report.Cell(s, g.m)
	if !ok {
		v.missing = g.w
		return v
	}
	v.cell, v.num, v.ok = c, c.Number, true
	return v
}

// remainder is a measure that is worked out: the first input less all others.
func (e *Engine) remainder(v *value, s *data.Subject) {
	for i, name := range v.what.w.Minus {
		m, ok := e.report.Measure(name)
		if !ok {
			return
		}
		c, ok := e.report.Cell(s, m)
		if !ok {
			v.missing = e.words(m)
			return
		}
		v.in = append(v.in, c)
		if i == 0 {
			v.num = c.Number
		} else {
			v.num = v.num.Minus(c.Number)
		}
	}
	v.op, v.ok = "difference", true
}

// summed adds up the rows of a set that print the measure. A ratio is taken of
// two sums, over the rows that print both.
func (e *Engine) summed(p party, g *gauge) value {
	rows := p.group.set
	if g.of == nil {
		sum := summing{p: p, g: g, nums: make([]data.Number, 0, len(rows)), in: make([]*data.Cell, 0, len(rows))}
		for _, s := range rows {
			if one := e.printed(s, g); one.ok {
				sum.add(&one)
			}
		}
		return sum.value()
	}
	top, bottom := summing{p: p, g: g.top}, summing{p: p, g: g.bottom}
	for _, s := range rows {
		if one := e.single(s, g); one.ok {
			top.add(&one.parts[0])
			bottom.add(&one.parts[1])
		}
	}
	a, b := top.value(), bottom.value()
	if !a.ok {
		a.what = g
		return a
	}
	ratio := a.num.Over(b.num)
	if math.IsNaN(ratio.Value) {
		return value{who: p, what: g, missing: g.ofw}
	}
	return value{who: p, what: g, num: ratio, op: "ratio", in: slices.Concat(a.in, b.in), parts: []value{a, b},
		have: a.have, rows: a.rows, ok: true}
}

// summing adds up one measure of a set.
type summing struct {
	p    party
	g    *gauge
	nums []data.Number
	in   []*data.Cell
}

func (s *summing) add(v *value) { s.nums, s.in = append(s.nums, v.num), v.appendTo(s.in) }

func (s *summing) value() value {
	v := value{who: s.p, what: s.g, op: "sum", have: len(s.nums), rows: len(s.p.group.set)}
	if v.have == 0 {
		v.missing = s.g.w
		return v
	}
	v.num, v.in, v.ok = data.Sum(s.nums), s.in, true
	return v
}

// partyOf is the party of one row.
func partyOf(s *data.Subject) party { return party{subject: s} }

// parties are those that a query names: its rows, then its sets, each apart.
func (e *Engine) parties(q *Query) []party {
	out := make([]party, 0, len(q.Subjects)+len(q.Within))
	for _, s := range q.Subjects {
		if !excluded(q.Exclude, s) {
			out = append(out, partyOf(s))
		}
	}
	for _, sc := range q.Within {
		out = append(out, e.setParty([]Scope{sc}, q.Exclude))
	}
	return out
}

// setParty is the party of the countries of the scopes; no scope means every country row.
func (e *Engine) setParty(scopes []Scope, exclude []*data.Subject) party {
	set := e.countries(scopes, exclude)
	g := &group{set: set, name: e.setName(set), say: e.setSay(scopes, exclude)}
	if len(scopes) == 1 {
		g.row = e.ownRow(set, scopes[0])
	}
	return party{group: g}
}

// namedRows is the party of rows that are added up.
func namedRows(rows []*data.Subject) party {
	return party{group: &group{set: rows, name: joinNames(rows), say: listed(names(rows))}}
}

// countries are the country rows of the scopes, in the report's order, less
// those excluded; a region or bloc that is excluded takes its members along.
func (e *Engine) countries(scopes []Scope, exclude []*data.Subject) []*data.Subject {
	out := make([]*data.Subject, 0, len(e.report.Subjects))
	for _, s := range e.report.Subjects {
		if s.Kind == data.Country && within(scopes, s) && !excluded(exclude, s) {
			out = append(out, s)
		}
	}
	return out
}

func within(scopes []Scope, s *data.Subject) bool {
	if len(scopes) == 0 {
		return true
	}
	for _, sc := range scopes {
		if sc.all() || slices.Contains(sc.members(), s) {
			return true
		}
	}
	return false
}

func excluded(exclude []*data.Subject, s *data.Subject) bool {
	for _, x := range exclude {
		if x == s || slices.Contains(x.Members, s) {
			return true
		}
	}
	return false
}

// all says that the scope is the zero one, which stands for every country row.
func (sc Scope) all() bool { return sc.Group == nil && sc.Row == nil }

func (sc Scope) members() []*data.Subject {
	if sc.Row != nil {
		return sc.Row.Members
	}
	if sc.Group != nil {
		return sc.Group.Members
	}
	return nil
}

// say is the scope as a sentence speaks of it, without an article.
func (sc Scope) say() string {
	switch {
	case sc.Row != nil:
		return sc.Row.Name + " members"
	case sc.Group != nil:
		return sc.Group.Name
	}
	return "All countries"
}

// setName is a set's name in figures: "all countries", the chart's label, or
// the members' names joined.
func (e *Engine) setName(set []*data.Subject) string {
	if len(set) == e.countryRows() {
		return allCountries
	}
	for _, g := range e.report.Groups {
		if g.Chart && sameSet(g.Members, set) {
			return g.Name
		}
	}
	return joinNames(set)
}

// setSay is a set's name at the head of a sentence.
func (e *Engine) setSay(scopes []Scope, exclude []*data.Subject) string {
	say := "All countries"
	if len(scopes) > 0 {
		names := make([]string, len(scopes))
		for i, sc := range scopes {
			names[i] = sc.say()
		}
		say = listed(names)
	}
	if len(exclude) == 0 {
		return say
	}
	names := make([]string, len(exclude))
	for i, s := range exclude {
		names[i] = theName(s)
	}
	return say + " without " + listed(names)
}

// ownRow is the row of a region or bloc that stands for the very set.
func (e *Engine) ownRow(set []*data.Subject, sc Scope) *data.Subject {
	if sc.Row != nil {
		if sameSet(sc.Row.Members, set) {
			return sc.Row
		}
		return nil
	}
	for _, s := range e.report.Subjects {
		if len(s.Members) > 0 && sameSet(s.Members, set) {
			return s
		}
	}
	return nil
}

func (e *Engine) countryRows() int {
	n := 0
	for _, s := range e.report.Subjects {
		if s.Kind == data.Country {
			n++
		}
	}
	return n
}

func sameSet(a, b []*data.Subject) bool {
	if len(a) != len(b) {
		return false
	}
	for _, s := range a {
		if !slices.Contains(b, s) {
			return false
		}
	}
	return true
}

func joinNames(set []*data.Subject) string {
	var b strings.Builder
	for i, s := range set {
		if i > 0 {
			b.WriteString(" + ")
		}
		b.WriteString(s.Name)
	}
	return b.String()
}

// overlap says whether two rows count some of the same people: one is a
// member of the other, or they share members.
func overlap(a, b *data.Subject) bool {
	if slices.Contains(a.Members, b) || slices.Contains(b.Members, a) {
		return true
	}
	for _, s := range a.Members {
		if slices.Contains(b.Members, s) {
			return true
		}
	}
	return false
}
