package data

import (
	"iter"
	"slices"
)

// Report is one published report as data: what its tables print, what its
// prose finds, and the names of the places and things in it. It is made by
// Load, and is not changed afterwards, so that it may be shared.
type Report struct {
	Name, Title, Publisher, Edition string
	Date                            Month // the report's own date

	Tables    []*Table
	Measures  []*Measure // in the order of the tables and their columns
	Subjects  []*Subject // in the row order of the first table
	Groups    []*Group
	Uncovered []*Uncovered
	Ambiguous []*AmbiguousName

	Languages []string // CLDR languages whose country names are understood
	NotCodes  []string // codes that are words, too: read as a place only where another name stands beside or would stand
	Findings  []*Finding

	Vocabulary *Vocabulary

	expect    expectations
	cells     []*Cell
	bySubject map[string]*Subject // by printed name and by slug
	byMeasure map[string]*Measure
	byFinding map[string]*Finding

	contradicting map[*Cell][]*Finding
}

// Table is one table of the report.
type Table struct {
	Number      string // as answers cite it: "1"
	Name        string // the resource's name in datapackage.json
	Title       string // as the report heads it
	File        string
	Dated       bool     // whether its rows print dates
	DateForm    string   // the printed form of a date, as a Go layout: "01/2006"
	HeaderNotes []int    // footnote markers in the column heads
	Columns     []string // column heads as printed
	Measures    []*Measure
	Rows        []*Row

	notes  []noteAt
	expect tableExpect
}

// Row is one printed row of a table.
type Row struct {
	Table   *Table
	Number  int // from 1, in printed order
	Subject *Subject
	Notes   []int // markers beside the subject's name
	Date    Month // "" where none is printed
	Printed []PrintedCell
	Pos     Pos
}

// PrintedCell is one cell of a row as it stands on paper, before it is told
// apart into measures.
type PrintedCell struct {
	Column string // the field's name
	Text   string // "254/2,622"
	Notes  []int
}

// Measure is one thing that a table counts. What it is called in sentences
// stands in the vocabulary under the same name.
type Measure struct {
	Name    string   // "returned"
	Table   string   // the table's number
	Column  string   // the field's name, shared by measures that share a cell
	Unit    string   // "people"
	Dated   bool     // whether its figures have dates
	Caveats []string // codes of caveats that every figure of it needs
	Order   int      // its place in Report.Measures
}

// Cell is one printed figure.
type Cell struct {
	Subject   *Subject
	Measure   *Measure
	Number    Number
	Cell      string // the whole printed cell where measures share it or words stand in it, else ""
	AsOf      Month
	Table     string
	Row       int   // in the table as printed, from 1
	Footnotes []int // the cell's own markers; the row's where the cell has none
	Deduction Deduction
	Reason    string // why the figure is put in this column; "" if it is printed there
	Pos       Pos
}

// Subject is what a row is about.
type Subject struct {
	Name, Slug, Full       string // printed; lower-case with hyphens; for sentences, without "the"
	The                    bool   // takes "the" in a sentence
	Kind                   Kind
	Code                   string   // ISO 3166-1 alpha-2, "" if none
	Codes, Aliases, People []string // other codes (capitals only), other names, demonyms
	Weak                   []string // names that need company to be read as this subject
	Foreign, Misspelt      []string // names in other languages, usual slips: a reply says how they were read
	Members                []*Subject
	Order                  int // row order in the first table, from 0
	Pos                    Pos
	cells                  []*Cell // by the order of their measures; nil for a blank
}

// Group is a set of subjects without a row of its own.
type Group struct {
	Name, Slug, Full      string
	The                   bool
	Aliases, People, Weak []string
	Members               []*Subject
	Chart                 bool // a region of the report's chart, named by its label; else named by its members
	Pos                   Pos
}

// Uncovered is a real place that has no row.
type Uncovered struct {
	Name, Code            string // the name is CLDR's English one where the file gives none
	Kind                  string // country, city, part, continent, former, territory, group
	Of                    string // the row it belongs to, if any: printed name
	Near                  string // the row that comes nearest to it, if any: printed name
	Seat                  bool   // the seat of that row's government, which stands for it
	Aliases, People, Weak []string
	Pos                   Pos // zero for a country that the file does not list
}

// AmbiguousName is a name with several good readings.
type AmbiguousName struct {
	Names    []string
	Readings []string // names of subjects or groups
	Pos      Pos
}

// Ref names a printed figure.
type Ref struct {
	Subject *Subject
	Measure *Measure
}

// Finding is one fact of the prose, in words of our own.
type Finding struct {
	ID, Section, Topic, Gist string
	Keywords, Asks           []string
	Figures                  []StatedFigure
	Footnotes                []int
	Subjects                 []*Subject
	Measures                 []*Measure
	Contradicts              []Ref // printed figures that differ for the same thing
	Pos                      Pos
}

// StatedFigure is a figure that the prose states.
type StatedFigure struct {
	Number            Number
	Printed, Unit, Of string
	AsOf              string // YYYY-MM, YYYY or ""
}

// Cell returns the printed figure of a subject and a measure; false where the
// report prints none.
func (r *Report) Cell(s *Subject, m *Measure) (*Cell, bool) {
	if s == nil {
		return nil, false
	}
	return s.cell(m)
}

func (s *Subject) cell(m *Measure) (*Cell, bool) {
	if m == nil || m.Order >= len(s.cells) || s.cells[m.Order] == nil {
		return nil, false
	}
	return s.cells[m.Order], true
}

func (s *Subject) setCell(c *Cell) {
	if more := c.Measure.Order + 1 - len(s.cells); more > 0 {
		s.cells = append(s.cells, make([]*Cell, more)...)
	}
	s.cells[c.Measure.Order] = c
}

// Subject finds a subject by its printed name or its slug.
func (r *Report) Subject(name string) (*Subject, bool) {
	s, ok := r.bySubject[name]
	return s, ok
}

// Measure finds a measure by its name.
func (r *Report) Measure(name string) (*Measure, bool) {
	m, ok := r.byMeasure[name]
	return m, ok
}

// Finding finds a finding by its id.
func (r *Report) Finding(id string) (*Finding, bool) {
	f, ok := r.byFinding[id]
	return f, ok
}

// Cells goes through every printed figure: table by table, row by row, in the
// order of the columns.
func (r *Report) Cells() iter.Seq[*Cell] { return slices.Values(r.cells) }
