package answers

import (
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

// bothOf is the party of two that are set against each other; one where they are the same.
func bothOf(a, b party) party {
	if a.name() == b.name() {
		return a
	}
	return party{group: &group{name: a.name() + " + " + b.name(), say: a.say() + " and " + b.say()}}
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
