package data

import (
	"strings"
)

const placesName = "places.yaml"

// placesFile is places.yaml: what the rows are called and how they belong
// together, and the places that have no row.
type placesFile struct {
	Languages []Text
	NotCodes  []Text `yaml:"not_codes"`
	Rows      []*placeRow
	Groups    []*groupEntry
	Ambiguous []*ambiguousEntry
	Uncovered []*uncoveredEntry
	Pos       Pos
}

type placeRow struct {
	Name, Kind, Code, Full string
	The                    bool
	Codes, Aliases, People []string
	Weak                   []string
	Foreign, Misspelt      []string
	Members                []Text
	Pos                    Pos
}

type groupEntry struct {
	Name, Full            string
	The, Chart            bool
	Aliases, People, Weak []string
	Members               []Text
	Pos                   Pos
}

type ambiguousEntry struct {
	Names    []string
	Readings []Text
	Pos      Pos
}

type uncoveredEntry struct {
	Name, Code, Kind, Of  string
	Near                  string
	Seat                  bool
	Aliases, People, Weak []string
	Pos                   Pos
}

// addPlaces gives the subjects their names and adds groups and uncovered places.
func (r *Report) addPlaces(file *placesFile, ps *Problems) {
	b := placesBuilder{report: r, ps: ps, named: map[*Subject]bool{}, groups: map[string]*Group{}}
	b.languages(file)
	for _, row := range file.Rows {
		b.row(row)
	}
	b.unnamed()
	for _, row := range file.Rows {
		if s, ok := r.bySubject[row.Name]; ok {
			s.Members = b.members(row.Members, s)
		}
	}
	for _, g := range file.Groups {
		b.group(g)
	}
	for _, a := range file.Ambiguous {
		b.ambiguous(a)
	}
	for _, u := range file.Uncovered {
		b.uncovered(u)
	}
	r.addCountries()
	b.owners()
	b.clashes()
}

type placesBuilder struct {
	report *Report
	ps     *Problems
	named  map[*Subject]bool
	groups map[string]*Group
}

func (b *placesBuilder) languages(file *placesFile) {
	for _, l := range file.Languages {
		if !knownLanguage(l.Value) {
			b.ps.at(l.Pos, "%q is not a language of CLDR; write a code such as fr or sr-Latn", l.Value)
			continue
		}
		b.report.Languages = append(b.report.Languages, l.Value)
	}
	for _, c := range file.NotCodes {
		if !isCode(c.Value) && !isLongCode(c.Value) {
			b.ps.at(c.Pos, "%q is not a code of two or three capitals", c.Value)
			continue
		}
		b.report.NotCodes = append(b.report.NotCodes, c.Value)
	}
}

func isCode(s string) bool {
	return len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z'
}

func isLongCode(s string) bool { return len(s) == 3 && isCode(s[:2]) && isCode(s[1:]) }

func (b *placesBuilder) row(row *placeRow) {
	s, ok := b.report.bySubject[row.Name]
	if !ok || s.Name != row.Name {
		b.ps.at(row.Pos, "%q is not a row of the report's tables; write the name as the table prints it", row.Name)
		return
	}
	if b.named[s] {
		b.ps.at(row.Pos, "%q stands twice", row.Name)
		return
	}
	b.named[s] = true
	kind, ok := parseKind(row.Kind)
	if !ok {
		b.ps.at(row.Pos, "%q: kind %q is not country, region, bloc or people", row.Name, row.Kind)
	}
	b.code(row.Code, row.Pos)
	s.Kind, s.Code, s.The, s.Pos = kind, row.Code, row.The, row.Pos
	s.Codes, s.Aliases, s.People, s.Weak = row.Codes, row.Aliases, row.People, row.Weak
	s.Foreign, s.Misspelt = row.Foreign, row.Misspelt
	if row.Full != "" {
		s.Full = row.Full
	}
}

func (b *placesBuilder) code(code string, pos Pos) {
	if code != "" && !isCode(code) {
		b.ps.at(pos, "code %q is not two capital letters (ISO 3166-1 alpha-2)", code)
	}
}

// unnamed reports subjects that places.yaml does not list.
func (b *placesBuilder) unnamed() {
	for _, s := range b.report.Subjects {
		if !b.named[s] {
			b.ps.at(s.Pos, "%q has no entry under rows in %s", s.Name, placesName)
		}
	}
}

func (b *placesBuilder) members(names []Text, of *Subject) []*Subject {
	var out []*Subject
	seen := map[*Subject]bool{}
	for _, name := range names {
		s, ok := b.report.bySubject[name.Value]
		switch {
		case !ok || s.Name != name.Value:
			b.ps.at(name.Pos, "member %q is not a row of the report's tables", name.Value)
		case s == of:
			b.ps.at(name.Pos, "%q cannot be a member of itself", name.Value)
		case seen[s]:
			b.ps.at(name.Pos, "member %q stands twice", name.Value)
		default:
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

func (b *placesBuilder) group(e *groupEntry) {
	g := &Group{
		Name: e.Name, Slug: slug(e.Name), Full: e.Full, The: e.The, Chart: e.Chart,
		Aliases: e.Aliases, People: e.People, Weak: e.Weak, Members: b.members(e.Members, nil), Pos: e.Pos,
	}
	if g.Full == "" {
		g.Full = e.Name
	}
	switch {
	case g.Slug == "":
		b.ps.at(e.Pos, "a group needs a name")
		return
	case b.groups[g.Slug] != nil:
		b.ps.at(e.Pos, "group %q stands twice", e.Name)
		return
	case len(e.Members) == 0:
		b.ps.at(e.Pos, "group %q has no members", e.Name)
	}
	b.groups[g.Slug] = g
	b.report.Groups = append(b.report.Groups, g)
}

func (b *placesBuilder) ambiguous(e *ambiguousEntry) {
	if len(e.Names) == 0 || len(e.Readings) < 2 {
		b.ps.at(e.Pos, "an ambiguous entry needs names and at least two readings")
	}
	a := &AmbiguousName{Names: e.Names, Pos: e.Pos}
	for _, reading := range e.Readings {
		_, subject := b.report.bySubject[reading.Value]
		if !subject && b.groups[slug(reading.Value)] == nil && !b.isUncovered(reading.Value) {
			b.ps.at(reading.Pos, "reading %q is neither a row nor a group", reading.Value)
			continue
		}
		a.Readings = append(a.Readings, reading.Value)
	}
	b.report.Ambiguous = append(b.report.Ambiguous, a)
}

func (b *placesBuilder) isUncovered(name string) bool {
	for _, u := range b.report.Uncovered {
		if u.Name == name {
			return true
		}
	}
	return false
}

func (b *placesBuilder) uncovered(e *uncoveredEntry) {
	b.code(e.Code, e.Pos)
	u := &Uncovered{
		Name: e.Name, Code: e.Code, Kind: e.Kind, Of: e.Of, Near: e.Near,
		Seat: e.Seat, Aliases: e.Aliases, People: e.People, Weak: e.Weak, Pos: e.Pos,
	}
	if u.Kind == "" {
		u.Kind = Country.String()
	}
	if names := countryNames(u.Code); u.Name == "" && len(names) > 0 {
		u.Name = names[0]
		for _, name := range names[1:] {
			if !contains(u.Aliases, name) {
				u.Aliases = append(u.Aliases, name)
			}
		}
	}
	if u.Name == "" {
		b.ps.at(e.Pos, "an uncovered place needs a name, or the code of a country")
		return
	}
	b.report.Uncovered = append(b.report.Uncovered, u)
}

// owners reports a place that is said to be of something unheard of.
func (b *placesBuilder) owners() {
	known := map[string]bool{"": true}
	for _, s := range b.report.Subjects {
		known[s.Name] = true
	}
	for _, g := range b.report.Groups {
		known[g.Name] = true
	}
	for _, u := range b.report.Uncovered {
		known[u.Name] = true
		for _, alias := range u.Aliases {
			known[alias] = true
		}
	}
	for _, u := range b.report.Uncovered {
		if !known[u.Of] {
			b.ps.at(u.Pos, "%q is of %q, which is neither a row nor another place", u.Name, u.Of)
		}
		if _, ok := b.report.bySubject[u.Near]; u.Near != "" && !ok {
			b.ps.at(u.Pos, "%q is near to %q, which is no row", u.Name, u.Near)
		}
	}
}

// clashes reports a name that stands for two rows, or for a row and another
// place: an answer could be about the wrong one.
func (b *placesBuilder) clashes() {
	owners := map[string]string{}
	claim := func(owner string, pos Pos, lists ...[]string) {
		for _, list := range lists {
			for _, name := range list {
				key := strings.ToLower(name)
				if first, taken := owners[key]; taken && first != owner {
					b.ps.at(pos, "%q names both %s and %s; list it under ambiguous, or under weak", name, first, owner)
					continue
				}
				owners[key] = owner
			}
		}
	}
	for _, s := range b.report.Subjects {
		claim(s.Name, s.Pos, []string{s.Name, s.Full}, s.Aliases, s.People)
	}
	for _, g := range b.report.Groups {
		claim(g.Name, g.Pos, []string{g.Name, g.Full}, g.Aliases, g.People)
	}
	for _, u := range b.report.Uncovered {
		b.takenByRow(u, owners)
	}
	b.codeClashes()
}

// takenByRow reports an uncovered place that has a row's name. Two uncovered
// places may share a name: either way there is no row.
func (b *placesBuilder) takenByRow(u *Uncovered, owners map[string]string) {
	if u.Pos.Line == 0 {
		return
	}
	for _, names := range [...][]string{{u.Name}, u.Aliases, u.People} {
		for _, name := range names {
			if first, ok := owners[strings.ToLower(name)]; ok {
				b.ps.at(u.Pos, "%q names both %s and the place without a row %s; list it under ambiguous, or under weak", name, first, u.Name)
			}
		}
	}
}

// codeClashes reports a country code that stands twice.
func (b *placesBuilder) codeClashes() {
	owners := map[string]string{}
	claim := func(code, owner string, pos Pos) {
		if first, taken := owners[code]; taken && code != "" {
			b.ps.at(pos, "code %s stands for both %s and %s", code, first, owner)
			return
		}
		owners[code] = owner
	}
	for _, s := range b.report.Subjects {
		claim(s.Code, s.Name, s.Pos)
	}
	for _, u := range b.report.Uncovered {
		claim(u.Code, u.Name, u.Pos)
	}
}
