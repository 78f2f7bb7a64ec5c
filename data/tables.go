package data

import (
	"slices"
	"strings"
)

// noteAt is a footnote marker and the place where it stands.
type noteAt struct {
	marker int
	pos    Pos
}

// addTable adds a table's measures, rows and figures to the report. It returns
// false if the file is not a table of the schema, so that rows are lost; lost says that rows of a table before it are.
func (r *Report) addTable(res *resource, src []byte, lost bool, ps *Problems) bool {
	t := &Table{
		Number: res.Reportbot.Table, Name: res.Name, Title: res.Title, File: res.Path,
		Dated: res.Reportbot.Dated, HeaderNotes: res.Reportbot.HeaderNotes, expect: res.Reportbot.Expect,
	}
	for _, n := range t.HeaderNotes {
		t.notes = append(t.notes, noteAt{n, res.Pos})
	}
	b := tableBuilder{report: r, table: t, fields: res.Schema.Fields, first: len(r.Tables) == 0, lost: lost, ps: ps}
	b.measures()
	r.Tables = append(r.Tables, t)
	records, whole := readCSV(src, res.Path, b.fields, ps)
	for i, rec := range records {
		b.row(rec, i+1)
	}
	return whole
}

// tableBuilder builds one table.
type tableBuilder struct {
	report *Report
	table  *Table
	fields []*field
	first  bool // the first table brings the subjects
	lost   bool // some of which may be missing
	ps     *Problems
}

func (b *tableBuilder) measures() {
	for _, f := range b.fields {
		if f.Reportbot.Printed != "" {
			b.table.DateForm = f.Reportbot.Printed
		}
		if f.Title != "" {
			b.table.Columns = append(b.table.Columns, f.Title)
		}
		for _, name := range f.Reportbot.names() {
			m := &Measure{
				Name: name, Table: b.table.Number, Column: f.Name, Unit: f.Reportbot.Unit,
				Dated: b.table.Dated, Caveats: f.Reportbot.Caveats, Order: len(b.report.Measures),
			}
			b.report.Measures = append(b.report.Measures, m)
			b.report.byMeasure[name] = m
			b.table.Measures = append(b.table.Measures, m)
		}
	}
}

func (b *tableBuilder) row(rec *record, number int) {
	subject, ok := b.subject(rec)
	if !ok {
		return
	}
	name := b.fields[0].Name
	row := &Row{Table: b.table, Number: number, Subject: subject, Notes: rec.notes(name, b.ps), Pos: rec.pos}
	b.addNotes(row.Notes, rec.at(name+notesSuffix))
	if b.table.Dated {
		row.Date = rec.date(b.ps)
	}
	deduced := rec.deductions(b.ps)
	for _, f := range b.fields {
		if len(f.Reportbot.names()) > 0 {
			b.cell(row, rec, f, deduced)
		}
	}
	for name, d := range deduced {
		if !d.used {
			b.ps.at(rec.at(deducedField), "%q is deduced, and the row has no figure of that measure", name)
		}
	}
	b.table.Rows = append(b.table.Rows, row)
}

// subject finds or, in the first table, makes the subject of a row.
func (b *tableBuilder) subject(rec *record) (*Subject, bool) {
	name := rec.get(b.fields[0].Name)
	pos := rec.at(b.fields[0].Name)
	s, known := b.report.bySubject[name]
	if b.first {
		return b.newSubject(name, pos, known)
	}
	if !known && b.lost {
		return nil, false
	}
	if !known || s.Name != name {
		b.ps.at(pos, "%q is not a row of table %s", name, b.report.Tables[0].Number)
		return nil, false
	}
	for _, row := range b.table.Rows {
		if row.Subject == s {
			b.ps.at(pos, "%q has two rows; the first is on line %d", name, row.Pos.Line)
			return nil, false
		}
	}
	return s, true
}

func (b *tableBuilder) newSubject(name string, pos Pos, known bool) (*Subject, bool) {
	s := &Subject{Name: name, Slug: slug(name), Full: name, Order: len(b.report.Subjects), Pos: pos}
	other, clash := b.report.bySubject[s.Slug]
	if known || clash {
		if other == nil {
			other = b.report.bySubject[name]
		}
		b.ps.at(pos, "%q has two rows; the first is on line %d", name, other.Pos.Line)
		return nil, false
	}
	if s.Slug == "" {
		b.ps.at(pos, "the subject %q has no letters", name)
		return nil, false
	}
	b.report.Subjects = append(b.report.Subjects, s)
	b.report.bySubject[s.Name] = s
	b.report.bySubject[s.Slug] = s
	return s, true
}

// cell splits a printed cell into the figures of its measures.
func (b *tableBuilder) cell(row *Row, rec *record, f *field, deduced map[string]*deduction) {
	text := rec.get(f.Name)
	notes := rec.notes(f.Name, b.ps)
	if text == "" {
		if len(notes) > 0 {
			b.ps.at(rec.at(f.Name+notesSuffix), "the empty cell %s has footnote markers", f.Name)
		}
		return
	}
	b.addNotes(notes, rec.at(f.Name+notesSuffix))
	row.Printed = append(row.Printed, PrintedCell{Column: f.Name, Text: text, Notes: notes})
	if len(notes) == 0 {
		notes = row.Notes
	}
	parts, problem := splitCell(text, f.Reportbot, deduced)
	if problem != "" {
		b.ps.at(rec.at(f.Name), "%s", problem)
	}
	for _, p := range parts {
		b.figure(row, rec, f, p, notes, deduced[p.measure])
	}
}

func (b *tableBuilder) figure(row *Row, rec *record, f *field, p part, notes []int, d *deduction) {
	number, err := ParseNumber(p.raw)
	if err != nil {
		b.ps.at(rec.at(f.Name), "%v", err)
		return
	}
	c := &Cell{
		Subject: row.Subject, Measure: b.report.byMeasure[p.measure], Number: number, Cell: p.whole,
		AsOf: row.Date, Table: b.table.Number, Row: row.Number, Footnotes: notes, Pos: rec.at(f.Name),
	}
	if d != nil {
		c.Deduction, c.Reason, d.used = d.how, d.reason, true
	}
	row.Subject.setCell(c)
	b.report.cells = append(b.report.cells, c)
}

func (b *tableBuilder) addNotes(notes []int, pos Pos) {
	for _, n := range notes {
		b.table.notes = append(b.table.notes, noteAt{n, pos})
	}
}

// part is the text of one measure's figure in a printed cell.
type part struct {
	measure string
	raw     string
	whole   string // the whole cell where it holds more than the figure
}

// splitCell tells the measures of a cell apart. A shared cell is split at the
// separator; without one, a word in it or the row's deduction says whose the
// figure is.
func splitCell(text string, rules fieldRules, deduced map[string]*deduction) (parts []part, problem string) {
	names := rules.names()
	if len(names) == 1 {
		raw, whole := cutTail(text, rules.Tail)
		return []part{{names[0], raw, whole}}, ""
	}
	texts := strings.Split(text, rules.Separator)
	if len(texts) == 1 {
		return loneFigure(text, rules, deduced)
	}
	if len(texts) != len(names) {
		return nil, quote(text) + " must hold one figure for each of " + strings.Join(names, ", ") + " with " + quote(rules.Separator) + " between"
	}
	for i, t := range texts {
		if t == rules.Blank {
			continue
		}
		parts = append(parts, part{names[i], t, text})
	}
	return parts, ""
}

func quote(s string) string { return "\"" + s + "\"" }

// cutTail takes words off a figure that only say its unit.
func cutTail(text, tail string) (raw, whole string) {
	if raw, ok := strings.CutSuffix(text, " "+tail); ok && tail != "" {
		return raw, text
	}
	return text, ""
}

func loneFigure(text string, rules fieldRules, deduced map[string]*deduction) ([]part, string) {
	for _, word := range strings.Fields(text) {
		if name, ok := rules.Words[word]; ok {
			return []part{{name, text, text}}, ""
		}
	}
	at := slices.IndexFunc(rules.names(), func(name string) bool { return deduced[name] != nil })
	if at < 0 {
		return nil, quote(text) + " has no " + quote(rules.Separator) + ": deduced must say which of " +
			strings.Join(rules.names(), ", ") + " it is"
	}
	return []part{{rules.names()[at], text, ""}}, ""
}
