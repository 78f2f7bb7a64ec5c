package slack

import (
	"strings"
	"text/tabwriter"

	slackapi "github.com/slack-go/slack"
)

// run is a stretch of a page that is set in one way: lines, or rows of a table.
type run struct {
	lines string
	grid  *grid
	rows  [][]string
}

// empty says whether there is nothing to show.
func (s *sheet) empty() bool {
	text := s.headline + s.caveats + s.source + s.reading
	for _, u := range s.units {
		text += u.text
		if u.grid != nil {
			return false
		}
	}
	return strings.TrimSpace(text) == ""
}

// heading is the headline as it stands above a page.
func (p page) heading() string {
	if !p.continued {
		return p.headline
	}
	return strings.TrimSpace(strings.TrimSpace(p.headline) + " (continued)")
}

// runs are a page's units in stretches; the first stretch is lines, which
// begin behind the heading.
func (p page) runs() []run {
	out := []run{{}}
	above := ""
	for i, u := range p.units {
		last := &out[len(out)-1]
		switch {
		case u.grid == nil && last.grid != nil:
			out = append(out, run{lines: u.text})
		case u.grid == nil && u.goes && (i > 0 || !p.continued):
			last.lines += u.text
		case u.grid == nil:
			last.lines += "\n" + u.text
		case last.grid == u.grid:
			last.rows = append(last.rows, u.row)
		default:
			out = introduced(out, u.grid, above)
			out = append(out, run{grid: u.grid, rows: [][]string{u.row}})
		}
		above = u.text
	}
	return out
}

// introduced adds the line that says what a table lists, where it is not above
// it already: the table began in another message.
func introduced(runs []run, g *grid, above string) []run {
	if g.lead == "" || g.lead == above {
		return runs
	}
	last := &runs[len(runs)-1]
	if last.grid != nil {
		return append(runs, run{lines: g.lead})
	}
	last.lines += "\n" + g.lead
	return runs
}

// text is a page as plain text.
func (p page) text() string {
	var parts []string
	for i, r := range p.runs() {
		switch {
		case r.grid != nil:
			parts = append(parts, r.grid.aligned(r.rows))
		case i == 0:
			parts = append(parts, strings.TrimPrefix(p.heading()+r.lines, "\n"))
		default:
			parts = append(parts, r.lines)
		}
	}
	for _, small := range []string{p.caveats, p.source, p.reading} {
		if small != "" {
			parts = append(parts, small)
		}
	}
	return strings.Join(parts, "\n")
}

// blocks are the headline, the lines and the tables of a page. All text stands
// in rich_text text elements and raw_text cells, which have no markup: neither
// marks nor mentions nor emoji are read in them.
func (p page) blocks() []slackapi.Block {
	var out []slackapi.Block
	var rich []slackapi.RichTextElement
	flush := func() {
		if len(rich) > 0 {
			out = append(out, slackapi.NewRichTextBlock("", rich...))
			rich = nil
		}
	}
	for i, r := range p.runs() {
		switch {
		case r.grid == nil && i == 0:
			rich = append(rich, section(p.heading(), r.lines)...)
		case r.grid == nil:
			rich = append(rich, section("", r.lines)...)
		case r.grid.block:
			flush()
			out = append(out, r.grid.table(r.rows))
		default:
			rich = append(rich, preformatted(r.grid.aligned(r.rows)))
		}
	}
	flush()
	return out
}

// small are the caveats, and below them where it comes from and how the
// question was read.
func (p page) small() []slackapi.Block {
	var out []slackapi.Block
	if p.caveats != "" {
		out = append(out, smallPrint(p.caveats))
	}
	if rest := strings.TrimSpace(p.source + "\n" + p.reading); rest != "" {
		out = append(out, smallPrint(rest))
	}
	return out
}

// section is a heading in bold and what goes on behind it, without empty
// elements, which Slack refuses.
func section(heading, text string) []slackapi.RichTextElement {
	var elements []slackapi.RichTextSectionElement
	if strings.TrimSpace(heading) != "" {
		elements = texts(heading, &slackapi.RichTextSectionTextStyle{Bold: true})
	} else {
		text = strings.TrimPrefix(text, "\n")
	}
	if strings.TrimSpace(text) != "" {
		elements = append(elements, texts(text, nil)...)
	}
	if len(elements) == 0 {
		return nil
	}
	return []slackapi.RichTextElement{slackapi.NewRichTextSection(elements...)}
}

// preformatted are aligned lines in type of one width.
func preformatted(text string) slackapi.RichTextElement {
	return &slackapi.RichTextPreformatted{Type: slackapi.RTEPreformatted, Elements: texts(text, nil)}
}

// texts is a text in elements of a length that Slack takes.
func texts(text string, style *slackapi.RichTextSectionTextStyle) []slackapi.RichTextSectionElement {
	var out []slackapi.RichTextSectionElement
	for _, p := range pieces(text, limitElement) {
		out = append(out, slackapi.NewRichTextSectionTextElement(p, style))
	}
	return out
}

// smallPrint is what stands below the figures.
func smallPrint(text string) slackapi.Block {
	if hasEntity(text) {
		return slackapi.NewRichTextBlock("", section("", text)...)
	}
	return slackapi.NewContextBlock("", plain(text))
}

// plain is plain text, in which ":smile:" stays as it is.
func plain(text string) *slackapi.TextBlockObject {
	return slackapi.NewTextBlockObject(slackapi.PlainTextType, text, false, false)
}

// table is rows as Slack's table, the columns' names first.
func (g *grid) table(rows [][]string) slackapi.Block {
	t := slackapi.NewTableBlock("")
	t.AddRow(rawCells(g.columns)...)
	for _, row := range rows {
		t.AddRow(rawCells(row)...)
	}
	for _, right := range g.right {
		// An empty align is refused (korotovsky/slack-mcp-server#349).
		setting := slackapi.ColumnSetting{Align: slackapi.ColumnAlignmentLeft, IsWrapped: true}
		if right {
			setting = slackapi.ColumnSetting{Align: slackapi.ColumnAlignmentRight}
		}
		t.ColumnSettings = append(t.ColumnSettings, setting)
	}
	return t
}

// rawCells are cells as Slack takes them: an empty one is refused
// (vercel/chat#373), and a space stands for it.
func rawCells(row []string) []slackapi.TableCell {
	out := make([]slackapi.TableCell, 0, len(row))
	for _, c := range row {
		if c == "" {
			c = " "
		}
		out = append(out, slackapi.NewTableRawTextCell(c))
	}
	return out
}

// aligned is rows in lines, columns padded to the widest cell.
func (g *grid) aligned(rows [][]string) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{g.columns}, rows...) {
		_, _ = w.Write([]byte(strings.Join(row, "\t") + "\n")) // a strings.Builder takes all
	}
	_ = w.Flush()
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}
