package data

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Exported is one printed figure with everything that must travel with it.
type Exported struct {
	Subject   string   `json:"subject"`
	Kind      string   `json:"kind"`
	Measure   string   `json:"measure"`
	Raw       string   `json:"raw"`
	Cell      string   `json:"cell"`
	Value     *float64 `json:"value"`
	Qualifier string   `json:"qualifier"`
	Low       *float64 `json:"low"`  // nil where open
	High      *float64 `json:"high"` // nil where open
	Unit      string   `json:"unit"`
	AsOf      string   `json:"as_of"`
	Table     string   `json:"table"`
	Row       int      `json:"row"`
	Footnotes []int    `json:"footnotes"`
	Deduction string   `json:"deduction"`
	Reason    string   `json:"reason"`
	Caveats   []string `json:"caveats"`
	Edition   string   `json:"edition"`
}

// Export makes a printed figure ready to be written out.
func (r *Report) Export(c *Cell) Exported {
	return Exported{
		Subject: c.Subject.Name, Kind: c.Subject.Kind.String(), Measure: c.Measure.Name,
		Raw: c.Number.Raw, Cell: c.Cell, Value: finite(c.Number.Value), Qualifier: c.Number.Qualifier.String(),
		Low: finite(c.Number.Low), High: finite(c.Number.High), Unit: c.Measure.Unit, AsOf: string(c.AsOf),
		Table: c.Table, Row: c.Row, Footnotes: append([]int{}, c.Footnotes...),
		Deduction: c.Deduction.String(), Reason: c.Reason, Caveats: append([]string{}, r.Caveats(c)...),
		Edition: r.Edition,
	}
}

func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// WriteJSON writes every printed figure as a JSON array, one figure a line.
func (r *Report) WriteJSON(w io.Writer) error {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false) // > and < are common here, and no page is made of it
	before := "[\n"
	for c := range r.Cells() {
		line.Reset()
		if err := encoder.Encode(r.Export(c)); err != nil {
			return fmt.Errorf("exporting %s of %s: %w", c.Measure.Name, c.Subject.Name, err)
		}
		if _, err := fmt.Fprintf(w, "%s%s", before, bytes.TrimSpace(line.Bytes())); err != nil {
			return err
		}
		before = ",\n"
	}
	if before == "[\n" {
		_, err := io.WriteString(w, "[]\n")
		return err
	}
	_, err := io.WriteString(w, "\n]\n")
	return err
}

var exportHead = []string{
	"subject", "kind", "measure", "raw", "cell", "value", "qualifier", "low", "high", "unit",
	"as_of", "table", "row", "footnotes", "deduction", "reason", "caveats", "edition",
}

// WriteCSV writes every printed figure, one a line behind a head. Open bounds
// are empty. Text that a spreadsheet would take for a formula gets an
// apostrophe in front, as "-/4,605" does.
func (r *Report) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(exportHead); err != nil {
		return err
	}
	for c := range r.Cells() {
		if err := out.Write(r.Export(c).csvLine()); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (e Exported) csvLine() []string {
	line := []string{
		e.Subject, e.Kind, e.Measure, e.Raw, e.Cell, number(e.Value), e.Qualifier, number(e.Low), number(e.High), e.Unit,
		e.AsOf, e.Table, strconv.Itoa(e.Row), joinInts(e.Footnotes), e.Deduction, e.Reason, strings.Join(e.Caveats, " "), e.Edition,
	}
	for i := range line {
		line[i] = guard(line[i])
	}
	return line
}

func number(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func joinInts(ns []int) string {
	texts := make([]string, len(ns))
	for i, n := range ns {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, " ")
}

// guard keeps a spreadsheet from running a cell as a formula
// (https://owasp.org/www-community/attacks/CSV_Injection).
func guard(cell string) string {
	if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}
