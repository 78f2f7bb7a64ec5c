package slack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot/layout"
)

// What Slack takes, name, number and source. Where sources differ this is the
// lower number. "docs" is docs.slack.dev/reference; texts count in bytes where
// somebody saw Slack do so, else in UTF-16 units, which are never fewer than
// characters.
const (
	limitText         = 4000  // bytes of the top-level text: docs/methods/chat.postMessage; a longer one was seen posted in parts, chat.update counts bytes
	limitBlocks       = 50    // blocks of a message: docs/block-kit/blocks
	limitAllBlocks    = 11000 // characters of all blocks: no docs; msg_blocks_too_long was seen at about 13,200 (slackapi/bolt-js#2509), and with 11,341 of text in many containers (#2867). Counted as JSON, which is always more
	limitObject       = 3000  // text of a plain_text object: docs/block-kit/composition-objects/text-object
	limitElement      = 3000  // text of a rich_text element: no docs; the text object's number
	limitContext      = 10    // elements of a context block: docs/block-kit/blocks/context-block
	limitActions      = 25    // elements of an actions block: docs/block-kit/blocks/actions-block
	limitButton       = 75    // a button's text: docs/block-kit/block-elements/button-element
	limitValue        = 2000  // a button's value: the same page
	limitActionID     = 255   // an action_id: the same page
	limitAccessible   = 75    // a button's accessibility_label: the same page
	limitAlt          = 2000  // an image block's alt_text: docs/block-kit/blocks/image-block
	limitFileAlt      = 1000  // an uploaded file's alt_txt, alt_txt_too_large: docs/methods/files.getUploadURLExternal
	limitCharts       = 2     // data_visualization blocks of a message: docs/block-kit/blocks/data-visualization-block
	limitChartTitle   = 50    // a chart's title: the same page
	limitAxis         = 50    // what stands at an axis of it: the same page
	limitSeries       = 6     // series of it: the same page; 12 in newer sources
	limitPoints       = 20    // points of a series: the same page
	limitPointLabel   = 20    // a label of a point, a name of a series: the same page
	limitTables       = 1     // tables of a message, only_one_table_allowed: docs/block-kit/blocks/table-block
	limitTableRows    = 100   // rows of a table, the header among them: the same page
	limitTableColumns = 20    // columns of a table: the same page
	limitTableText    = 10000 // characters over all cells: the same page
	limitViewBlocks   = 100   // blocks of a window or the Home tab: docs.slack.dev/surfaces/modals
	limitViewAnswer   = 16000 // bytes of a window in an acknowledgement: over a socket 20 kB are dropped in silence (slack-go, socketmode/client.go); some room is left
	limitOptions      = 100   // options of a menu: docs/block-kit/block-elements/select-menu-element
	limitOptionText   = 75    // an option's text: docs/block-kit/composition-objects/option-object
	limitOptionValue  = 150   // an option's value: the same page
	limitListed       = 999   // channels of a page: docs/methods/users.conversations, limit
	limitPrompts      = 4     // suggested prompts: docs/app-manifest, agent_view
	limitResponses    = 5     // messages to a response_url: docs.slack.dev/interactivity/handling-user-interaction
)

// What this package allows itself, so that whatever is repeated with each
// message leaves room in limitText: escaped bytes. A longer piece is set as
// ordinary lines, once.
const (
	mostHeadline = 700
	mostCaveats  = 1300
	mostReading  = 300
	mostSource   = 400
	mostLead     = 200 // of a line that says what the table below it is
	mostUnit     = 700 // of what is never parted
	mostReason   = 200 // characters of why a chart is not there
	mostTitle    = 150 // of a file's title: no docs
	mostFault    = 300 // characters of what is said at a field of a window: no docs
)

// rules are the same for dividing a reply.
func rules() *layout.Rules {
	return &layout.Rules{
		Sign: signSize, Headline: mostHeadline, Caveats: mostCaveats, Source: mostSource,
		Reading: mostReading, Lead: mostLead, Unit: mostUnit, Columns: limitTableColumns,
	}
}

// buttonsInRow is how many buttons stand beside each other: more would wrap on
// most screens.
const buttonsInRow = 4

// over says in which ways a message is more than Slack takes. Empty: in none.
func over(m message) []string {
	var c count
	c.most("text", len(m.Text), limitText)
	c.least("text", len(m.Text))
	c.most("blocks", len(m.Blocks), limitBlocks)
	for _, b := range m.Blocks {
		c.block(b)
	}
	if c.rough > limitAllBlocks { // most replies are far from it, and need not be written to know
		c.most("all blocks", weight(m.Blocks), limitAllBlocks)
	}
	c.most("tables", c.tables, limitTables)
	c.most("charts", c.charts, limitCharts)
	return c.faults
}

// count gathers what is too much.
type count struct {
	faults []string
	tables int
	charts int
	rough  int // no less than the blocks are as JSON
}

// What a block or an element and a cell have at most as JSON beside their texts.
const (
	roughFrame = 250
	roughCell  = 40
)

// holds counts texts. As JSON a byte has at most two, control characters being
// left out of replies; but for the three that are written as \u003c, six.
func (c *count) holds(texts ...string) {
	for _, t := range texts {
		c.rough += 2*len(t) + 4*(strings.Count(t, "<")+strings.Count(t, ">")+strings.Count(t, "&"))
	}
}

func (c *count) most(what string, n, most int) {
	if n > most {
		c.faults = append(c.faults, fmt.Sprintf("%s: %d, at most %d", what, n, most))
	}
}

// least reports what is empty: Slack refuses the whole message for one empty
// text ("must be more than 0 characters").
func (c *count) least(what string, n int) {
	if n == 0 {
		c.faults = append(c.faults, what+": empty")
	}
}

func (c *count) block(b slackapi.Block) {
	c.rough += roughFrame
	switch b := b.(type) {
	case *slackapi.RichTextBlock:
		c.least("rich_text", len(b.Elements))
		for _, e := range b.Elements {
			c.richText(e)
		}
	case *slackapi.ContextBlock:
		c.least("context", len(b.ContextElements.Elements))
		c.most("context", len(b.ContextElements.Elements), limitContext)
		for _, e := range b.ContextElements.Elements {
			c.object(e)
		}
	case *slackapi.ActionBlock:
		c.least("actions", len(b.Elements.ElementSet))
		c.most("actions", len(b.Elements.ElementSet), limitActions)
		for _, e := range b.Elements.ElementSet {
			c.button(e)
		}
	case *slackapi.TableBlock:
		c.tables++
		c.table(b)
	case *slackapi.ImageBlock:
		c.image(b)
	case *slackapi.DataVisualizationBlock:
		c.charts++
		c.chart(b)
	default:
		c.faults = append(c.faults, fmt.Sprintf("a block of type %s", b.BlockType()))
	}
}

func (c *count) richText(e slackapi.RichTextElement) {
	var texts []slackapi.RichTextSectionElement
	switch e := e.(type) {
	case *slackapi.RichTextSection:
		texts = e.Elements
	case *slackapi.RichTextPreformatted:
		texts = e.Elements
	}
	c.least("rich_text element", len(texts))
	c.rough += roughFrame
	for _, t := range texts {
		text, ok := t.(*slackapi.RichTextSectionTextElement)
		if !ok {
			c.faults = append(c.faults, "rich_text: more than text")
			continue
		}
		c.rough += roughFrame
		c.holds(text.Text)
		c.least("rich_text text", len(text.Text))
		c.most("rich_text text", layout.Units(text.Text), limitElement)
	}
}

func (c *count) object(e slackapi.MixedElement) {
	text, ok := e.(*slackapi.TextBlockObject)
	if !ok {
		c.faults = append(c.faults, "context: more than text")
		return
	}
	c.rough += roughFrame
	c.holds(text.Text)
	c.least("context text", len(text.Text))
	c.most("context text", layout.Units(text.Text), limitObject)
}

func (c *count) button(e slackapi.BlockElement) {
	b, ok := e.(*slackapi.ButtonBlockElement)
	if !ok {
		c.faults = append(c.faults, "actions: more than buttons")
		return
	}
	c.rough += roughFrame
	c.holds(b.Text.Text, b.Value, b.ActionID, b.AccessibilityLabel)
	c.least("button text", len(b.Text.Text))
	c.most("button text", layout.Units(b.Text.Text), limitButton)
	c.most("button value", layout.Units(b.Value), limitValue)
	c.most("action_id", layout.Units(b.ActionID), limitActionID)
	c.most("accessibility_label", layout.Units(b.AccessibilityLabel), limitAccessible)
}

func (c *count) table(t *slackapi.TableBlock) {
	c.least("table rows", len(t.Rows))
	c.most("table rows", len(t.Rows), limitTableRows)
	c.most("table settings", len(t.ColumnSettings), limitTableColumns)
	c.rough += roughCell * len(t.ColumnSettings)
	text := 0
	for _, row := range t.Rows {
		c.most("table columns", len(row), limitTableColumns)
		for _, cell := range row {
			raw, ok := cell.(*slackapi.TableRawTextCell)
			if !ok {
				c.faults = append(c.faults, "table: more than text")
				continue
			}
			c.rough += roughCell
			c.holds(raw.Text)
			c.least("table cell", len(raw.Text))
			text += layout.Units(raw.Text)
		}
	}
	c.most("table text", text, limitTableText)
}

// image is a picture among Slack's files; one at an address elsewhere is none
// of the bot's.
func (c *count) image(b *slackapi.ImageBlock) {
	if b.ImageURL != "" || b.Title != nil || b.SlackFile == nil || b.SlackFile.ID == "" || b.SlackFile.URL != "" {
		c.faults = append(c.faults, "image: more than a file")
	}
	c.holds(b.AltText)
	c.least("alt_text", len(b.AltText))
	c.most("alt_text", layout.Units(b.AltText), limitAlt)
}

// chart is one of Slack's own, which slack-go measures.
func (c *count) chart(b *slackapi.DataVisualizationBlock) {
	if err := b.Validate(); err != nil {
		c.faults = append(c.faults, "data_visualization: "+err.Error())
	}
	bars, ok := b.Chart.(*slackapi.DataVisualizationBarChart)
	if !ok {
		c.faults = append(c.faults, "data_visualization: more than bars")
		return
	}
	c.holds(b.Title, bars.AxisConfig.XLabel, bars.AxisConfig.YLabel)
	c.holds(bars.AxisConfig.Categories...)
	for _, s := range bars.Series {
		c.rough += roughFrame + roughCell*len(s.Data)
		c.holds(s.Name)
		for _, p := range s.Data {
			c.holds(p.Label)
		}
	}
}

// weight is how long blocks are as JSON.
func weight(blocks []slackapi.Block) int {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(blocks); err != nil {
		return limitAllBlocks + 1
	}
	return b.Len()
}
