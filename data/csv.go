package data

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
)

// Names of the fields that are the same in every table.
const (
	notesSuffix    = "_notes"
	dateField      = "date"
	deducedField   = "deduced"
	deductionField = "deduction"
	reasonField    = "reason"
	listSeparator  = " | "
)

// record is one line of a CSV file, by field name.
type record struct {
	values map[string]string
	places map[string]Pos
	pos    Pos
}

func (r *record) get(name string) string { return r.values[name] }

// at is the place of a field's value.
func (r *record) at(name string) Pos {
	if p, ok := r.places[name]; ok {
		return p
	}
	return r.pos
}

// readCSV reads a table's file; its head must name the schema's fields in
// order. whole is false if lines could not be read.
func readCSV(src []byte, file string, fields []*field, ps *Problems) (out []*record, whole bool) {
	reader := csv.NewReader(bytes.NewReader(src))
	reader.FieldsPerRecord = -1
	head, err := reader.Read()
	if err != nil {
		ps.at(Pos{File: file, Line: 1}, "the file has no head line with the names of its fields")
		return nil, false
	}
	if !sameHead(head, fields) {
		ps.at(Pos{File: file, Line: 1}, "the head must be %s", strings.Join(fieldNames(fields), ","))
		return nil, false
	}
	whole = true
	for {
		values, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return out, whole
		}
		if err != nil {
			addCSV(err, file, ps)
			return out, false
		}
		r, ok := makeRecord(reader, values, file, fields, ps)
		if !ok {
			whole = false
			continue
		}
		out = append(out, r)
	}
}

func addCSV(err error, file string, ps *Problems) {
	pos, message := Pos{File: file}, err.Error()
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		pos.Line, pos.Column, message = parse.Line, parse.Column, parse.Err.Error()
	}
	ps.at(pos, "not valid CSV: %s", message)
}

func makeRecord(reader *csv.Reader, values []string, file string, fields []*field, ps *Problems) (*record, bool) {
	line, column := reader.FieldPos(0)
	r := &record{values: map[string]string{}, places: map[string]Pos{}, pos: Pos{file, line, column}}
	if len(values) != len(fields) {
		ps.at(r.pos, "the row has %d cells; the head has %d", len(values), len(fields))
		return nil, false
	}
	for i, f := range fields {
		line, column := reader.FieldPos(i)
		r.values[f.Name] = values[i]
		r.places[f.Name] = Pos{file, line, column}
		if f.Constraints.Required && values[i] == "" {
			ps.at(r.at(f.Name), "%s must not be empty", f.Name)
		}
		if strings.TrimSpace(values[i]) != values[i] {
			ps.at(r.at(f.Name), "%s has spaces around %q", f.Name, values[i])
		}
	}
	return r, true
}

func fieldNames(fields []*field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
}

func sameHead(head []string, fields []*field) bool {
	if len(head) != len(fields) {
		return false
	}
	for i, f := range fields {
		if head[i] != f.Name {
			return false
		}
	}
	return true
}

// notes reads the footnote markers of a field.
func (r *record) notes(field string, ps *Problems) []int {
	var out []int
	for _, text := range strings.Fields(r.get(field + notesSuffix)) {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			ps.at(r.at(field+notesSuffix), "%q is not a footnote marker; write numbers with spaces between", text)
			continue
		}
		out = append(out, n)
	}
	return out
}

// date reads the row's month.
func (r *record) date(ps *Problems) Month {
	m := Month(r.get(dateField))
	if m != "" && !m.Valid() {
		ps.at(r.at(dateField), "%q is not a month; write YYYY-MM", m)
		return ""
	}
	return m
}

// deduction is how the column of one of the row's figures is known.
type deduction struct {
	how    Deduction
	reason string
	used   bool
}

// deductions reads the three fields that say which columns were deduced.
func (r *record) deductions(ps *Problems) map[string]*deduction {
	names := splitList(r.get(deducedField))
	hows := splitList(r.get(deductionField))
	reasons := splitList(r.get(reasonField))
	if len(hows) != len(names) || len(reasons) != len(names) {
		ps.at(r.at(deducedField), "deduced, deduction and reason must name equally many, parted by %q: found %d, %d and %d",
			listSeparator, len(names), len(hows), len(reasons))
		return nil
	}
	out := map[string]*deduction{}
	for i, name := range names {
		how, ok := parseDeduction(hows[i])
		if !ok {
			ps.at(r.at(deductionField), "%q is not a deduction; write inferred, confirmed or ambiguous", hows[i])
		}
		if out[name] != nil {
			ps.at(r.at(deducedField), "%q is deduced twice", name)
		}
		out[name] = &deduction{how: how, reason: reasons[i]}
	}
	return out
}

func splitList(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, listSeparator)
}
