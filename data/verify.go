package data

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// VerifyReport says what of the tables was found in the report's text.
type VerifyReport struct {
	Rows, Cells, Dates, Markers int // found
	Missing                     []Missing
}

// OK says whether everything was found and nothing was left over.
func (v VerifyReport) OK() bool { return len(v.Missing) == 0 }

// Missing is something that is in the data and not in the text, or the
// reverse.
type Missing struct {
	Table, Subject, Column string
	Expected               string // as it should be printed; "" for a left-over
	Line                   int    // of the text, 0 if no line was found
	Message                string
}

// String is a line for people.
func (m Missing) String() string {
	return fmt.Sprintf("table %s, %s, %s (line %d of the text): %s", m.Table, m.Subject, m.Column, m.Line, m.Message)
}

// Verify finds every printed cell, date and footnote marker of the tables in
// the text that was extracted from the report.
//
// A row is a line that starts with the subject's name. Behind it stand, in the
// order of the columns, the row's markers, each cell with its markers, and the
// date; the line must hold nothing else. Text extraction glues markers to what
// stands before them and may put one inside a compound cell, so those places
// are looked at too.
func (r *Report) Verify(text io.Reader) (VerifyReport, error) {
	src, err := io.ReadAll(text)
	if err != nil {
		return VerifyReport{}, fmt.Errorf("reading the report's text: %w", err)
	}
	v := verifier{lines: strings.Split(string(src), "\n"), used: map[int]bool{}}
	for _, t := range r.Tables {
		v.head(t)
		for _, row := range t.Rows {
			v.row(row)
		}
	}
	return v.report, nil
}

type verifier struct {
	lines  []string
	used   map[int]bool
	report VerifyReport
}

// printedToken is something that a row prints.
type printedToken struct {
	column string
	text   string
	glued  bool // a marker, which needs no space before it
	count  *int
}

// head finds the markers of the column heads behind a head or the title.
func (v *verifier) head(t *Table) {
	text := strings.Join(strings.Fields(strings.Join(v.lines, " ")), " ")
	for _, n := range t.HeaderNotes {
		marker := strconv.Itoa(n)
		found := false
		for _, title := range append(slices.Clone(t.Columns), t.Title) {
			found = found || strings.Contains(text, title+marker) || strings.Contains(text, title+" "+marker)
		}
		if !found {
			v.miss(Missing{Table: t.Number, Subject: "head", Column: "notes", Expected: marker,
				Message: "marker " + marker + " stands behind no head of a column"})
			continue
		}
		v.report.Markers++
	}
}

func (v *verifier) miss(m Missing) { v.report.Missing = append(v.report.Missing, m) }

// row compares a row with the line that fits it best.
func (v *verifier) row(row *Row) {
	tokens := v.tokens(row)
	best, missed, rest := -1, []int(nil), ""
	for i, line := range v.lines {
		tail, ok := startsWith(line, row.Subject.Name)
		if !ok || v.used[i] {
			continue
		}
		lost, left := match(tokens, tail)
		if best < 0 || len(lost) < len(missed) || len(lost) == len(missed) && left == "" && rest != "" {
			best, missed, rest = i, lost, left
		}
	}
	at := Missing{Table: row.Table.Number, Subject: row.Subject.Name, Line: best + 1}
	if best < 0 {
		at.Column, at.Expected, at.Message = "subject", row.Subject.Name, "no line starts with the name"
		v.miss(at)
		return
	}
	v.used[best] = true
	v.count(tokens, missed)
	v.tell(at, tokens, missed, rest)
}

func (v *verifier) count(tokens []printedToken, missed []int) {
	v.report.Rows++
	for i, t := range tokens {
		if !slices.Contains(missed, i) {
			*t.count++
		}
	}
}

func (v *verifier) tell(at Missing, tokens []printedToken, missed []int, rest string) {
	line := strconv.Quote(v.lines[at.Line-1])
	for _, i := range missed {
		at.Column, at.Expected = tokens[i].column, tokens[i].text
		at.Message = fmt.Sprintf("%q is not in its place in %s", tokens[i].text, line)
		v.miss(at)
	}
	if rest != "" {
		at.Column, at.Expected = "line", ""
		at.Message = fmt.Sprintf("%q in %s is not in the data", rest, line)
		v.miss(at)
	}
}

// startsWith cuts a name off a line. A letter must not follow it.
func startsWith(line, name string) (tail string, ok bool) {
	tail, ok = strings.CutPrefix(strings.TrimSpace(line), name)
	if first, _ := utf8.DecodeRuneInString(tail); !ok || tail == "" || isLetter(first) {
		return "", false
	}
	return strings.TrimRight(tail, " \r\t\f"), true
}

// tokens lists what a row prints, in order.
func (v *verifier) tokens(row *Row) []printedToken {
	var out []printedToken
	marker := func(column string, n int) {
		text := strconv.Itoa(n)
		out = append(out, printedToken{column: column + notesSuffix, text: text, glued: true, count: &v.report.Markers})
	}
	for _, n := range row.Notes {
		marker("subject", n)
	}
	for _, c := range row.Printed {
		out = append(out, printedToken{column: c.Column, text: c.Text, count: &v.report.Cells})
		for _, n := range c.Notes {
			marker(c.Column, n)
		}
	}
	if row.Date != "" {
		printed := printedDate(row.Date, row.Table.DateForm)
		out = append(out, printedToken{column: dateField, text: printed, count: &v.report.Dates})
	}
	return out
}

func printedDate(m Month, layout string) string {
	when, err := time.Parse("2006-01", string(m))
	if err != nil || layout == "" {
		return string(m)
	}
	return when.Format(layout)
}
