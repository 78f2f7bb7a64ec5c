package slack

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/answers"
	"reportbot/bot"
)

// sheet is a part of a reply, ready to be divided: what each message with some
// of it repeats, and units that are never parted.
type sheet struct {
	headline string
	caveats  string
	source   string
	reading  string
	tables   bool
	units    []unit
}

// unit is a line, a stretch of a line that is too long, or a row of a table.
type unit struct {
	text string
	goes bool  // on in the line of the unit before it
	grid *grid // of a row; nil: a line
	row  []string
}

// grid is the table that a row belongs to.
type grid struct {
	columns []string
	right   []bool // which columns are numbers
	lead    string // the line above it, which says what it lists; empty: none
	block   bool   // shown as Slack's table, else as aligned lines
}

// page is the share of a sheet that one message has.
type page struct {
	*sheet
	continued bool
	units     []unit
}

// newSheet prepares a part. readAs: with how the question was read; tables: its
// first table as Slack's, else all in aligned lines.
func newSheet(p *bot.Part, readAs, tables bool) *sheet {
	s := &sheet{tables: tables, caveats: bot.Printable(strings.Join(p.Caveats, " "))}
	s.setHeadline(bot.Printable(p.Headline))
	s.body(p.Body)
	if size(s.caveats) > mostCaveats {
		s.caveats = ""
		for _, c := range p.Caveats {
			s.lines(bot.Printable(c))
		}
	}
	if p.Source != "" {
		s.source = s.small("Source: "+bot.Printable(p.Source), mostSource)
	}
	if p.Interpretation != "" && readAs {
		s.reading = s.small("Read as: "+bot.Printable(p.Interpretation), mostReading)
	}
	return s
}

// setHeadline takes as much of a headline as can stand above each message; the
// rest goes on behind it.
func (s *sheet) setHeadline(text string) {
	pieces := pieces(text, mostHeadline)
	s.headline = pieces[0]
	for _, p := range pieces[1:] {
		s.units = append(s.units, unit{text: p, goes: true})
	}
}

// small is a text for each message, or none where it is too long for that: it
// is then a line of the body.
func (s *sheet) small(text string, most int) string {
	if size(text) <= most {
		return text
	}
	s.lines(text)
	return ""
}

// body adds the blocks of a part.
func (s *sheet) body(blocks []answers.Block) {
	table, lead := s.tables, ""
	for _, b := range blocks {
		switch {
		case b.Table != nil:
			s.table(standing(b), leadIn(lead), table)
			table, lead = false, ""
		case isAligned(b.Text):
			s.aligned(bot.Printable(b.Text), leadIn(lead))
			lead = ""
		default:
			lead = bot.Printable(b.Text)
			s.lines(lead)
		}
	}
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
func (s *sheet) aligned(text, lead string) {
	lines := strings.Split(text, "\n")
	g := &grid{columns: lines[:1], lead: lead}
	for _, line := range lines[1:] {
		if 2*(size(lines[0])+size(line)) > mostUnit {
			s.lines(text)
			return
		}
	}
	for _, line := range lines[1:] {
		s.units = append(s.units, unit{grid: g, row: []string{line}})
	}
}

// leadIn is a line if it introduces what stands below it.
func leadIn(line string) string {
	if strings.HasSuffix(line, ":") && size(line) <= mostLead && !strings.Contains(line, "\n") {
		return line
	}
	return ""
}

// lines adds a text, a unit a line.
func (s *sheet) lines(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		for i, p := range pieces(line, mostUnit) {
			s.units = append(s.units, unit{text: p, goes: i > 0})
		}
	}
}

// table adds a table. One that is too wide becomes lines, a row each.
func (s *sheet) table(t *answers.Table, lead string, block bool) {
	g := &grid{columns: cells(t.Columns), lead: lead, block: block}
	rows := make([][]string, 0, len(t.Rows))
	width := len(g.columns)
	for _, row := range t.Rows {
		rows = append(rows, cells(row))
		width = max(width, len(row))
	}
	if width == 0 {
		return
	}
	g.columns = padded(g.columns, width)
	for i, row := range rows {
		rows[i] = padded(row, width)
	}
	if !narrow(g.columns, rows) {
		s.rowLines(g.columns, rows)
		return
	}
	g.right = numberColumns(rows, width)
	for _, row := range rows {
		s.units = append(s.units, unit{grid: g, row: row})
	}
	if len(rows) == 0 {
		s.lines(strings.Join(g.columns, "  "))
	}
}

// narrow says whether a table can be shown as one: each row, with the header
// above it and padded to the wider of both, is within a unit.
func narrow(columns []string, rows [][]string) bool {
	head := size(strings.Join(columns, "  "))
	return len(columns) <= limitTableColumns && !slices.ContainsFunc(rows, func(row []string) bool {
		return 2*(head+size(strings.Join(row, "  "))) > mostUnit
	})
}

// rowLines adds the rows of a table as lines, each cell behind its column's name.
func (s *sheet) rowLines(columns []string, rows [][]string) {
	if len(rows) == 0 {
		s.lines(strings.Join(columns, "  "))
	}
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
		out[i] = strings.Join(strings.Fields(bot.Printable(c)), " ")
	}
	return out
}

func padded(row []string, width int) []string {
	return append(row, make([]string, width-len(row))...)
}

// numberColumns says which columns hold figures alone.
func numberColumns(rows [][]string, width int) []bool {
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

// pages divides a sheet between messages: as much on each as fits says.
func (s *sheet) pages(fits func(page) bool) []page {
	var out []page
	for rest := s.units; ; {
		next := func(n int) page { return page{s, len(out) > 0, rest[:n]} }
		if len(rest) == 0 || fits(next(len(rest))) {
			return append(out, next(len(rest)))
		}
		n := max(1, sort.Search(len(rest), func(n int) bool { return !fits(next(n + 1)) }))
		if n > 1 && n < len(rest) && rest[n].grid != nil && rest[n-1].grid == nil && rest[n].grid.lead == rest[n-1].text {
			n-- // what introduces a table goes with it
		}
		out = append(out, next(n))
		rest = rest[n:]
	}
}

// pieces parts a text that is longer than most: at the end of a sentence, else
// between words of which none is a figure, else where it must. Put together
// they are the text.
func pieces(text string, most int) []string {
	var out []string
	for size(text) > most {
		n := cut(text, most)
		out = append(out, text[:n])
		text = text[n:]
	}
	return append(out, text)
}

// cut is where to part a text of which no more than most may stand before: the
// last good place.
func cut(text string, most int) int {
	end, sentence, words, space := 0, 0, 0, 0
	for i, r := range text {
		if most -= signSize(r); most < 0 && end > 0 {
			break
		}
		end = i + utf8.RuneLen(r)
		if r != ' ' {
			continue
		}
		space = end
		before, after := lastWord(text[:i]), firstWord(text[end:])
		if !hasDigit(before) && !hasDigit(after) && !qualifies(before) {
			words = end
		}
		if strings.HasSuffix(before, ".") && !hasDigit(after) {
			sentence = end
		}
	}
	return cmp.Or(sentence, words, space, end)
}

// qualifies says whether a word belongs to the figure or word behind it.
func qualifies(word string) bool {
	switch strings.ToLower(word) {
	case "about", "than", "least", "most", "to", "and", "of", "no", "not", "only":
		return true
	}
	return false
}

func hasDigit(word string) bool { return strings.ContainsFunc(word, unicode.IsDigit) }

func lastWord(text string) string { return text[strings.LastIndexByte(text, ' ')+1:] }

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}
