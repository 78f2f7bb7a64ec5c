package discord

import (
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"reportbot/bot/layout"
)

// colour is the line beside an embed: a grey blue.
const colour = 0x4f6d8f

// page is what one embed has: a share of a part, and lines below it.
type page struct {
	layout.Page
	below   []layout.Unit
	picture *file // nil: none
}

// text is lines to be put together.
type text struct{ strings.Builder }

// line adds a line, or lines; none for an empty text.
func (t *text) line(line string) {
	if line == "" {
		return
	}
	if t.Len() > 0 {
		t.WriteByte('\n')
	}
	t.WriteString(line)
}

// content is a message's pages without embeds.
func (d draft) content() string {
	var t text
	for i, p := range d.pages {
		if i > 0 {
			t.WriteByte('\n')
		}
		p.body(&t, p.Runs())
		p.small(&t)
		t.line(subtext(p.Source))
		t.line(subtext(p.Reading))
		p.ask(&t)
	}
	t.line(subtext(d.where))
	if isBlank(t.String()) {
		return string(zeroWidth)
	}
	return t.String()
}

// embed is a page: the headline in bold, lines and tables, the caveats in small
// letters, and at its foot where it comes from and how the question was read. A
// short table is fields.
func (p page) embed(where string) *discordgo.MessageEmbed {
	e := &discordgo.MessageEmbed{Color: colour}
	var t text
	runs := p.Runs()
	if fields := p.fields(runs); fields != nil {
		e.Fields = fields
		p.body(&t, runs[:1])
	} else {
		p.body(&t, runs)
		p.small(&t)
		p.ask(&t)
	}
	e.Description = t.String()
	e.Footer = footer(p.Source, p.Reading, where)
	if isBlank(e.Description) && len(e.Fields) == 0 && e.Footer == nil {
		e.Description = string(zeroWidth)
	}
	return e
}

// body is the headline, the lines and the tables.
func (p page) body(t *text, runs []layout.Run) {
	for i, r := range runs {
		switch {
		case r.Grid != nil:
			t.line(code(r.Grid.Aligned(r.Rows)))
		case i == 0:
			lines := escape(r.Lines)
			t.line(strings.TrimPrefix(heading(p.Heading())+lines, "\n"))
		default:
			t.line(escape(r.Lines))
		}
	}
}

// mostBold is how long a headline is in bold: more is prose.
const mostBold = 300

func heading(text string) string {
	if len(text) > mostBold {
		return escape(text)
	}
	return bold(text)
}

// fewCaveats is how many have a line each.
const fewCaveats = 12

// small is the caveats, a line each if they are few.
func (p page) small(t *text) {
	if len(p.Caveats) > fewCaveats {
		t.line(subtext(strings.Join(p.Caveats, " ")))
		return
	}
	for _, c := range p.Caveats {
		t.line(subtext(c))
	}
}

// ask is what can be asked, for want of buttons.
func (p page) ask(t *text) {
	if len(p.below) == 0 {
		return
	}
	t.WriteByte('\n')
	lines := layout.Page{Sheet: &layout.Sheet{}, Units: p.below}.Runs()
	t.line(strings.TrimPrefix(escape(lines[0].Lines), "\n"))
}

// footer is plain text: Discord reads no markdown in it
// (Pycord-Development/pycord#96).
func footer(texts ...string) *discordgo.MessageEmbedFooter {
	var t text
	for _, s := range texts {
		t.line(strings.TrimSpace(s))
	}
	if t.Len() == 0 || isBlank(t.String()) {
		return nil
	}
	return &discordgo.MessageEmbedFooter{Text: t.String()}
}

// The largest table that is shown as fields, of which three stand in a row.
const (
	mostFields  = 6
	mostColumns = 3
)

// isShort says whether a table may be fields: each row has a name, and little more.
func isShort(columns []string, rows [][]string) bool {
	return len(rows) > 0 && len(rows) <= mostFields && len(columns) > 1 && len(columns) <= mostColumns &&
		!layout.NumberColumns(rows, len(columns))[0]
}

// fields is a page's table as fields, nil where it is better a table: it is
// long or parted, or more is said below it, or the names of its rows would have
// to be escaped. In a name Discord may read markdown or not, by which client it is.
func (p page) fields(runs []layout.Run) []*discordgo.MessageEmbedField {
	if len(runs) != 2 || runs[1].Grid == nil || p.Continued || len(p.Units) != len(p.Sheet.Units) {
		return nil
	}
	g, rows := runs[1].Grid, runs[1].Rows
	figures := slices.Contains(g.Right, true)
	if g.Lines || !isShort(g.Columns, rows) {
		return nil
	}
	var out []*discordgo.MessageEmbedField
	for _, row := range rows {
		value := fieldValue(g, row)
		if isBlank(row[0]) || isBlank(value) || escape(row[0]) != row[0] {
			return nil
		}
		out = append(out, &discordgo.MessageEmbedField{Name: row[0], Value: escape(value), Inline: figures})
	}
	caveats := escape(strings.TrimSpace(strings.Join(p.Caveats, "\n")))
	if layout.Units(caveats) > limitFieldValue {
		return nil
	}
	if !isBlank(caveats) {
		out = append(out, &discordgo.MessageEmbedField{Name: string(zeroWidth), Value: caveats})
	}
	return out
}

// fieldValue is a row behind its name, a line each: "~1,910", "As of August 2017",
// "Returned: 302". Words need no name of their column.
func fieldValue(g *layout.Grid, row []string) string {
	var t text
	for i := 1; i < len(row); i++ {
		column := g.Columns[i]
		switch {
		case row[i] == "":
		case strings.HasSuffix(column, " of"):
			t.line(column + " " + row[i])
		case g.Right[i] && column != "" && column != "Figure":
			t.line(column + ": " + row[i])
		default:
			t.line(row[i])
		}
	}
	return t.String()
}
