package slack

import (
	"strings"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot/layout"
)

// page is the share of a part that one message has.
type page struct {
	layout.Page
	tables  bool     // its part's first table is Slack's, else all are aligned lines
	picture *picture // below its figures; nil: none
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
	for i, r := range p.Runs() {
		switch {
		case r.Grid == nil && i == 0:
			rich = append(rich, section(p.Heading(), r.Lines)...)
		case r.Grid == nil:
			rich = append(rich, section("", r.Lines)...)
		case r.Grid.First && p.tables:
			flush()
			out = append(out, table(r.Grid, r.Rows))
		default:
			rich = append(rich, preformatted(r.Grid.Aligned(r.Rows)))
		}
	}
	flush()
	if p.picture != nil {
		out = append(out, p.picture.shown())
	}
	return out
}

// small are the caveats, and below them where it comes from and how the
// question was read.
func (p page) small() []slackapi.Block {
	var out []slackapi.Block
	if caveats := strings.Join(p.Caveats, " "); caveats != "" {
		out = append(out, smallPrint(caveats))
	}
	if rest := strings.TrimSpace(p.Source + "\n" + p.Reading); rest != "" {
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
	for _, p := range rules().Pieces(text, limitElement) {
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
func table(g *layout.Grid, rows [][]string) slackapi.Block {
	t := slackapi.NewTableBlock("")
	t.AddRow(rawCells(g.Columns)...)
	for _, row := range rows {
		t.AddRow(rawCells(row)...)
	}
	for _, right := range g.Right {
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
