// Package sheet writes answers as files: in goes a part of an answer, out comes
// a table of its figures with everything that must travel with them, as CSV for
// spreadsheets; and a whole answer as Markdown.
//
//	file := sheet.Of(&answer.Parts[0], answer.Code).CSV()
package sheet

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"reportbot/answers"
)

// Sheet is the figures of an answer, a row each; it can be stored as JSON.
type Sheet struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// columns are those of every sheet, in this order; programs may rely on them.
func columns() []string {
	return []string{
		"subject", "measure", "figure", // as names and as the answer says it: "~320", "at least about 1,593"
		"qualifier", "value", "low", "high", "unit", // empty: open, or nothing that could be quoted
		"as_of", "table", "footnotes", // empty: the report prints no date; footnotes of several are parted by spaces
		"printed", "worked_out", "inputs", // the cell as printed; sum, mean, difference or ratio, and of how many figures
		"role", "certainty", "column", "finding", // what of the answer it is; of a filter; of the table; of the prose
		"caveats", "source", "code", // of the whole answer, in each row, so that no row stands without them
	}
}

// Of lists the figures of a part, nil where it has none. code is the answer's.
func Of(p *answers.Part, code string) *Sheet {
	figures := p.Rows()
	if len(figures) == 0 {
		return nil
	}
	caveats := strings.Join(slices.Concat(p.Remarks, p.Caveats), " ")
	source := strings.TrimPrefix(p.Report+"; "+p.Source, "; ")
	s := &Sheet{Columns: columns(), Rows: make([][]string, len(figures))}
	for i := range figures {
		f := &figures[i]
		s.Rows[i] = []string{
			who(f), f.Measure, said(f),
			f.Qualifier, number(f.Value), number(f.Low), number(f.High), f.Unit,
			f.AsOf, f.Table, notes(f.Footnotes),
			f.Raw, f.Op, count(f.Inputs),
			f.Role, f.Certainty, f.Deduction, f.Finding,
			caveats, source, code,
		}
	}
	return s
}

func who(f *answers.Figure) string {
	if f.Who != "" {
		return f.Who
	}
	return f.Subject
}

func said(f *answers.Figure) string {
	if f.Said != "" {
		return f.Said
	}
	return f.Raw
}

func number(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func notes(list []int) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, " ")
}

// mark tells a spreadsheet that a file is UTF-8; Excel takes it for the
// machine's own encoding otherwise.
const mark = "\ufeff"

// CSV is the sheet as RFC 4180 has it, UTF-8 with a mark. No cell is taken for
// a formula: one that begins as a formula does gets an apostrophe before it.
func (s *Sheet) CSV() []byte {
	out := bytes.NewBufferString(mark)
	w := csv.NewWriter(out)
	w.UseCRLF = true
	for _, row := range append([][]string{s.Columns}, s.Rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = harmless(cell)
		}
		w.Write(safe) // a buffer takes everything
	}
	w.Flush()
	return out.Bytes()
}

// harmless is a cell that no spreadsheet reads as a formula: OWASP, CSV Injection.
func harmless(cell string) string {
	cell = strings.ReplaceAll(cell, "\x00", "")
	if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}
