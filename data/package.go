package data

import (
	"encoding/json"
	"errors"
	"io/fs"
	"strings"
)

// descriptor is datapackage.json: a Frictionless tabular data package
// (https://specs.frictionlessdata.io). What is ours stands under "reportbot".
type descriptor struct {
	Profile, Name, Title, Description string
	Version, Created, Homepage        string
	Keywords                          []string
	Contributors                      []contributor
	Licenses                          []license
	Resources                         []*resource
	Reportbot                         struct {
		Date   Text
		Expect expectations
	}
	Pos Pos
}

type contributor struct{ Title, Role, Path, Email, Organization string }

type license struct{ Name, Path, Title string }

type resource struct {
	Name, Path, Profile, Title, Description string
	Format, Mediatype, Encoding             string
	Schema                                  schema
	Reportbot                               struct {
		Table       string
		Dated       bool
		HeaderNotes []int       `yaml:"header_notes"`
		Expect      tableExpect `yaml:"expect"`
	}
	Pos Pos
}

type schema struct {
	Fields        []*field
	PrimaryKey    string       `yaml:"primaryKey"`
	ForeignKeys   []foreignKey `yaml:"foreignKeys"`
	MissingValues []string     `yaml:"missingValues"`
}

type foreignKey struct {
	Fields    string
	Reference struct{ Resource, Fields string }
}

type field struct {
	Name, Type, Title, Description, Format string
	Constraints                            struct{ Required, Unique bool }
	Reportbot                              fieldRules
	Pos                                    Pos
}

// fieldRules say how a column's cells become figures.
type fieldRules struct {
	Measure   string            // the one measure of the column, or
	Measures  []string          // the measures that share its cells, in order
	Separator string            // between the parts of a shared cell
	Blank     string            // a part that is not given
	Words     map[string]string // a word in a cell that names the measure of its figure
	Tail      string            // words that may follow a figure and only say its unit
	Unit      string
	Caveats   []string // codes of caveats that each figure needs
	Printed   string   // the printed form of a date, as a Go layout
}

// names are the measures of the column, in order.
func (f fieldRules) names() []string {
	if f.Measure != "" {
		return []string{f.Measure}
	}
	return f.Measures
}

// expectations are what Check compares the data with. Each stands in the
// report, or was counted once and is kept so that a slip shows.
type expectations struct {
	Given []givenExpect
	Chart struct {
		Regions, Members int
		Outside          []Text
	}
	Pairs []pairExpect
}

// tableExpect are numbers of rows, and the first and last footnote marker.
type tableExpect struct {
	Rows, Countries int
	Notes           []int
}

// givenExpect: so many countries print the measure; their lows add up to Lows;
// the finding states at least that sum, rounded down.
type givenExpect struct {
	Measure, Finding        string
	Countries, Lows, Figure int
	Pos                     Pos
}

// pairExpect names two measures of the same thing in two tables.
type pairExpect struct {
	Measure, With string
	Pos           Pos
}

const descriptorFile = "datapackage.json"

// readDescriptor reads datapackage.json. JSON of this kind is YAML too, so the
// strict decoder gives places for its mistakes.
func readDescriptor(src []byte, ps *Problems) (*descriptor, bool) {
	d := new(descriptor)
	var probe any
	if err := json.Unmarshal(src, &probe); err != nil {
		addJSON(err, src, ps)
		return nil, false
	}
	if !decodeStrict(src, descriptorFile, d, ps) {
		return nil, false
	}
	before := len(ps.List)
	d.check(ps)
	return d, len(ps.List) == before
}

func addJSON(err error, src []byte, ps *Problems) {
	pos := Pos{File: descriptorFile}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		before := string(src[:min(int(syntax.Offset), len(src))])
		pos.Line = 1 + strings.Count(before, "\n")
		pos.Column = max(1, len(before)-strings.LastIndexByte(before, '\n')-1)
	}
	ps.at(pos, "not valid JSON: %v", err)
}

func (d *descriptor) check(ps *Problems) {
	if d.Name == "" || d.Title == "" || d.Version == "" {
		ps.at(d.Pos, "name, title and version (the edition) are needed")
	}
	if date := d.Reportbot.Date; !Month(date.Value).Valid() {
		pos := date.Pos
		if pos.Line == 0 {
			pos = d.Pos
		}
		ps.at(pos, "reportbot.date must be the report's month as YYYY-MM, found %q", date.Value)
	}
	if len(d.Resources) == 0 {
		ps.at(d.Pos, "resources must name at least one table")
	}
	tables, measures := map[string]bool{}, map[string]bool{}
	for _, r := range d.Resources {
		r.check(tables, ps)
		for _, f := range r.Schema.Fields {
			f.check(measures, ps)
		}
	}
}

func (r *resource) check(tables map[string]bool, ps *Problems) {
	switch number := r.Reportbot.Table; {
	case number == "":
		ps.at(r.Pos, "reportbot.table must give the table's number, such as \"1\"")
	case tables[number]:
		ps.at(r.Pos, "table %q is given by two resources", number)
	default:
		tables[number] = true
	}
	if !fs.ValidPath(r.Path) || !strings.HasSuffix(r.Path, ".csv") {
		ps.at(r.Pos, "path must name a CSV file in the package, found %q", r.Path)
	}
	if len(r.Schema.Fields) == 0 {
		ps.at(r.Pos, "schema.fields must name the columns, the subject first")
		return
	}
	seen := map[string]bool{}
	for _, f := range r.Schema.Fields {
		if f.Name == "" || seen[f.Name] {
			ps.at(f.Pos, "each field needs a name of its own, found %q", f.Name)
		}
		seen[f.Name] = true
	}
	for _, f := range r.Schema.Fields {
		if len(f.Reportbot.names()) > 0 && !seen[f.Name+notesSuffix] {
			ps.at(f.Pos, "field %s has a measure and needs a field %s for its footnote markers", f.Name, f.Name+notesSuffix)
		}
	}
	if r.Reportbot.Dated && !seen[dateField] {
		ps.at(r.Pos, "the table is dated and has no field %q", dateField)
	}
}

func (f *field) check(measures map[string]bool, ps *Problems) {
	rules := f.Reportbot
	if rules.Measure != "" && len(rules.Measures) > 0 {
		ps.at(f.Pos, "field %s: give measure or measures, not both", f.Name)
	}
	if len(rules.Measures) > 1 && rules.Separator == "" {
		ps.at(f.Pos, "field %s: measures that share a cell need a separator", f.Name)
	}
	names := rules.names()
	for _, name := range names {
		if name == "" || measures[name] {
			ps.at(f.Pos, "field %s: measure %q has no name or stands twice", f.Name, name)
		}
		measures[name] = true
	}
	for word, name := range rules.Words {
		if !contains(names, name) {
			ps.at(f.Pos, "field %s: the word %q stands for %q, which is not a measure of the field", f.Name, word, name)
		}
	}
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}
