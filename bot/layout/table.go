package layout

import (
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/answers"
	"reportbot/bot"
)

// Grid is the table that a row belongs to.
type Grid struct {
	Columns []string
	Right   []bool // which columns are numbers
	Lead    string // the line above it, which says what it lists; empty: none
	Note    string // the lines below it, each behind a line end
	First   bool   // the first table of its part
	Lines   bool   // of which there are lines alone, aligned already: each is a row of one cell
}

// standing is a block's table with the rows that its text has. An answer's own
// table goes on with rows of later blocks, such as those that may meet a
// condition behind those that do: here they would stand under the wrong words.
func standing(b answers.Block) *answers.Table {
	if rows := strings.Count(b.Text, "\n"); b.Text != "" && rows < len(b.Table.Rows) {
		return &answers.Table{Columns: b.Table.Columns, Rows: b.Table.Rows[:rows]}
	}
	return b.Table
}

// isAligned says whether a text is a table in lines that are aligned already.
func isAligned(text string) bool {
	head, rest, more := strings.Cut(text, "\n")
	return more && strings.Contains(head, "  ") && strings.Contains(rest, "  ")
}

// aligned adds a table of which there are lines alone, each a row of one cell.
func (s *Sheet) aligned(text, lead string) *Grid {
	lines := strings.Split(text, "\n")
	g := &Grid{Columns: lines[:1], Lead: lead, Lines: true}
	for _, line := range lines[1:] {
		if 2*(s.rules.Size(lines[0])+s.rules.Size(line)) > s.rules.Unit {
			s.lines(text)
			return g
		}
	}
	for _, line := range lines[1:] {
		s.Units = append(s.Units, Unit{Grid: g, Row: []string{line}})
	}
	return g
}

// table adds a table. One that is too wide becomes lines, a row each.
func (s *Sheet) table(t *answers.Table, lead string) *Grid {
	s.tables++
	g := &Grid{Columns: cells(t.Columns), Lead: lead, First: s.tables == 1}
	rows := make([][]string, 0, len(t.Rows))
	width := len(g.Columns)
	for _, row := range t.Rows {
		rows = append(rows, cells(row))
		width = max(width, len(row))
	}
	if width == 0 {
		return g
	}
	g.Columns = padded(g.Columns, width)
	for i, row := range rows {
		rows[i] = padded(row, width)
	}
	g.Columns, rows = s.rules.turned(g.Columns, rows)
	if len(rows) == 0 {
		s.lines(strings.Join(g.Columns, "  "))
		return g
	}
	if !s.rules.narrow(g.Columns, rows) {
		s.rowLines(g.Columns, rows)
		return g
	}
	g.Right = NumberColumns(rows, len(g.Columns))
	for _, row := range rows {
		s.Units = append(s.Units, Unit{Grid: g, Row: row})
	}
	return g
}

// turned is a table with its rows as columns, where it is too wide and then is not.
func (r *Rules) turned(columns []string, rows [][]string) ([]string, [][]string) {
	if !r.wide(columns, rows) {
		return columns, rows
	}
	all := append([][]string{columns}, rows...)
	turned := make([][]string, len(columns))
	for i := range columns {
		for _, row := range all {
			turned[i] = append(turned[i], row[i])
		}
	}
	if !r.narrow(turned[0], turned[1:]) {
		return columns, rows
	}
	return turned[0], turned[1:]
}

// narrow says whether a table can be shown as one: each row, with the header
// above it and padded to the wider of both, is within a unit.
func (r *Rules) narrow(columns []string, rows [][]string) bool {
	head := r.Size(strings.Join(columns, "  "))
	return len(columns) <= r.Columns && !r.wide(columns, rows) &&
		!slices.ContainsFunc(rows, func(row []string) bool {
			return 2*(head+r.Size(strings.Join(row, "  "))) > r.Unit
		})
}

// wide says whether a table is too wide for aligned lines.
func (r *Rules) wide(columns []string, rows [][]string) bool {
	return r.Width > 0 && alignedWidth(columns, rows) > r.Width && (r.Short == nil || !r.Short(columns, rows))
}

// rowLines adds the rows of a table as lines, each cell behind its column's name.
func (s *Sheet) rowLines(columns []string, rows [][]string) {
	for _, row := range rows {
		var said []string
		for i, cell := range row {
			if cell != "" {
				said = append(said, strings.TrimPrefix(columns[i]+": ", ": ")+cell)
			}
		}
		s.lines(strings.Join(said, "; "))
	}
}

// cells are cells in one line each.
func cells(row []string) []string {
	out := make([]string, len(row))
	for i, c := range row {
		out[i] = OneLine(c)
	}
	return out
}

// OneLine is a text in one line, a space between words.
func OneLine(text string) string {
	if isOneLine(text) {
		return text
	}
	return strings.Join(strings.Fields(bot.Printable(text)), " ")
}

// isOneLine says whether a text is plainly in one line already, as most are.
func isOneLine(text string) bool {
	before := byte(' ')
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == ' ' && before == ' ' {
			return false
		}
		before = text[i]
	}
	return before != ' ' || text == ""
}

func padded(row []string, width int) []string {
	return append(row, make([]string, width-len(row))...)
}

// NumberColumns says which of so many columns hold figures alone.
func NumberColumns(rows [][]string, width int) []bool {
	right := make([]bool, width)
	for i := range right {
		for _, row := range rows {
			if row[i] == "" {
				continue
			}
			if right[i] = isFigure(row[i]); !right[i] {
				break
			}
		}
	}
	return right
}

// isFigure says whether a cell begins as a figure does: "1,910", "~320", "-".
func isFigure(cell string) bool {
	bare := strings.TrimLeft(cell, "~<>+-−–")
	return bare == "" || bare[0] >= '0' && bare[0] <= '9'
}

// gap is what stands between columns at least.
const gap = 2

// widths are how many signs the columns of rows have.
func widths(columns []string, rows [][]string) []int {
	out := make([]int, len(columns))
	for i, cell := range columns {
		out[i] = utf8.RuneCountInString(cell)
	}
	for _, row := range rows {
		for i, cell := range row {
			out[i] = max(out[i], utf8.RuneCountInString(cell))
		}
	}
	return out
}

// alignedWidth is how many signs the longest of aligned lines can have.
func alignedWidth(columns []string, rows [][]string) int {
	total := -gap
	for _, w := range widths(columns, rows) {
		total += w + gap
	}
	return total
}

// Aligned is rows in lines below the columns' names, columns padded to the
// widest cell.
func (g *Grid) Aligned(rows [][]string) string {
	w := widths(g.Columns, rows)
	line := 1
	for _, n := range w {
		line += n + gap
	}
	var b strings.Builder
	b.Grow(line * (len(rows) + 1))
	alignedRow(&b, g.Columns, w)
	for _, row := range rows {
		b.WriteByte('\n')
		alignedRow(&b, row, w)
	}
	return b.String()
}

func alignedRow(b *strings.Builder, row []string, widths []int) {
	spaces := 0
	for i, cell := range row {
		n := utf8.RuneCountInString(cell)
		if cell = strings.TrimRight(cell, " "); cell != "" {
			pad(b, spaces)
			b.WriteString(cell)
			spaces = 0
		}
		spaces += widths[i] - n + gap
	}
}

func pad(b *strings.Builder, spaces int) {
	for range spaces {
		b.WriteByte(' ')
	}
}
