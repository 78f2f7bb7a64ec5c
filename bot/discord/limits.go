package discord

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"reportbot/bot/layout"
)

// What Discord takes, name, number and source: "docs" is
// docs.discord.com/developers. Discord counts characters; here they are counted
// in UTF-16 units, which are never fewer.
const (
	limitContent     = 2000 // docs/resources/message, create message (4000 in Discord's OpenAPI description is for people with a subscription)
	limitEmbeds      = 10   // embeds of a message: the same page
	limitEmbedTotal  = 6000 // characters over all embeds of a message: the same page, embed limits; with it all that follow up to the author
	limitTitle       = 256
	limitDescription = 4096
	limitFields      = 25
	limitFieldName   = 256  // not empty, like the value
	limitFieldValue  = 1024 //
	limitFooter      = 2048
	limitAuthor      = 256
	limitFiles       = 10       // files of a message: docs/resources/message, create message
	limitFile        = 10 << 20 // bytes of a file: docs/reference, uploading files; where people pay for more, more
	limitUpload      = 25 << 20 // bytes of a request: the same page
	limitAlt         = 1024     // a file's description: docs/resources/message, attachment object
	limitRows        = 5        // rows of a message: docs/components/reference, legacy message components
	limitButtons     = 5        // buttons of a row; a menu has a row of its own: docs/components/reference, action row
	limitLabel       = 80       // a button's label: the same page, button
	limitID          = 100      // a custom_id, of which each may be in a message once: the same page
	limitOptions     = 25       // options of a menu: the same page, string select
	limitOption      = 100      // an option's label, its value and its description: the same page
	limitPlaceholder = 150      // a menu's placeholder: the same page
	limitChoices     = 25       // choices of an option, and what may be offered for it: docs/interactions/application-commands
	limitChoice      = 100      // a choice's name, and its value: the same page
)

// What this package allows itself where Discord allows more.
const (
	// longestTyped is how much can be typed in an option: Discord's own limit is
	// 6,000 (docs/interactions/application-commands), and a question of that length
	// is none.
	longestTyped = 500
	// limitTime is the same for a time of the day.
	limitTime = 30
	// limitPayload is how many bytes a message has besides its files.
	limitPayload = 1 << 20
	// longestCode is how long the code of an answer may be in a button, with room
	// for what is before it. A longer one has a short name.
	longestCode = limitID - len("page.999.")
	// perSecond is how many requests are made a second, over all connections.
	// Discord takes 50 (docs/topics/rate-limits, global).
	perSecond = 45
	// digestsPerSecond is how many digests are posted a second: a third of these
	// requests, so that at nine o'clock, when most digests are due, replies still
	// have the other two. A digest is mostly one request, where there may be no
	// embeds or no files two.
	digestsPerSecond = 15
)

// embedRules and plainRules are what this package allows itself for what is
// repeated with each message, and for what is never parted. Together they leave
// room for marks in limitDescription, and in limitContent where there are no
// embeds. A longer piece is set as ordinary lines, once.
func embedRules() *layout.Rules {
	return &layout.Rules{
		Sign: signSize, Headline: 700, Caveats: 1750, Source: 400, Reading: 300,
		Lead: 200, Note: 600, Unit: 700, Columns: limitColumns, Width: limitWidth, Short: isShort,
	}
}

func plainRules() *layout.Rules {
	return &layout.Rules{
		Sign: signSize, Headline: 300, Caveats: 480, Source: 220, Reading: 180,
		Lead: 100, Note: 360, Unit: 250, Columns: limitColumns, Width: limitWidth,
	}
}

// How much of a table is in aligned lines: a longer line breaks in an embed,
// which is 520 pixels wide on a large screen.
const (
	limitColumns = 12
	limitWidth   = 60
)

// rowsOnPage is how many rows of a table are shown at a time where one can turn
// its pages: about a screen.
const rowsOnPage = 25

// over says in which ways a message is more than Discord takes. Empty: in none.
func over(m message) []string {
	var c count
	c.most("content", m.Content, limitContent)
	if len(m.Embeds)+len(m.Components) == 0 {
		c.least("content", m.Content)
	}
	c.number("embeds", len(m.Embeds), limitEmbeds)
	for _, e := range m.Embeds {
		c.embed(e)
	}
	c.number("all embeds", c.total, limitEmbedTotal)
	c.files(m)
	c.number("rows", len(m.Components), limitRows)
	for _, row := range m.Components {
		c.row(row)
	}
	return c.faults
}

// count gathers what is too much.
type count struct {
	faults []string
	total  int // characters of embeds
	ids    []string
}

func (c *count) number(what string, n, most int) {
	if n > most {
		c.faults = append(c.faults, fmt.Sprintf("%s: %d, at most %d", what, n, most))
	}
}

func (c *count) most(what, text string, most int) int {
	if len(text) <= most { // bytes are never fewer
		return layout.Units(text)
	}
	n := layout.Units(text)
	c.number(what, n, most)
	return n
}

// least reports what is empty: Discord refuses the whole message for it.
func (c *count) least(what, text string) {
	if isBlank(text) && text != string(zeroWidth) {
		c.faults = append(c.faults, what+": empty")
	}
}

func (c *count) embed(e *discordgo.MessageEmbed) {
	c.total += c.most("title", e.Title, limitTitle)
	c.total += c.most("description", e.Description, limitDescription)
	c.number("fields", len(e.Fields), limitFields)
	for _, f := range e.Fields {
		c.least("field name", f.Name)
		c.least("field value", f.Value)
		c.total += c.most("field name", f.Name, limitFieldName) + c.most("field value", f.Value, limitFieldValue)
	}
	if e.Footer != nil {
		c.least("footer", e.Footer.Text)
		c.total += c.most("footer", e.Footer.Text, limitFooter)
	}
	if e.Author != nil {
		c.total += c.most("author", e.Author.Name, limitAuthor)
	}
	if len(e.Fields) == 0 && e.Footer == nil {
		c.least("embed", e.Title+e.Description)
	}
}

// files counts what goes with a message, as far as it is drawn, and finds
// pictures of embeds that do not go with it.
func (c *count) files(m message) {
	c.number("files", len(m.Files), limitFiles)
	names, bytes := map[string]bool{}, 0
	for _, f := range m.Files {
		c.least("file name", f.Name)
		c.most("file description", f.Alt, limitAlt)
		c.number("file", len(f.data), limitFile)
		bytes += len(f.data)
		if names[f.Name] {
			c.faults = append(c.faults, "file name: twice "+f.Name)
		}
		names[f.Name] = true
	}
	c.number("all files", bytes, limitUpload-limitPayload)
	for _, e := range m.Embeds {
		if e.Image != nil && !names[strings.TrimPrefix(e.Image.URL, attachedAs)] {
			c.faults = append(c.faults, "embed: the picture "+e.Image.URL+" is not there")
		}
	}
}

func (c *count) row(component discordgo.MessageComponent) {
	row, ok := component.(discordgo.ActionsRow)
	if !ok {
		c.faults = append(c.faults, fmt.Sprintf("a component %T, not a row", component))
		return
	}
	if len(row.Components) == 0 {
		c.faults = append(c.faults, "row: empty")
	}
	c.number("row", len(row.Components), limitButtons)
	for _, part := range row.Components {
		switch part := part.(type) {
		case discordgo.Button:
			c.button(part)
		case discordgo.SelectMenu:
			c.number("menus beside others", len(row.Components), 1)
			c.menu(part)
		default:
			c.faults = append(c.faults, fmt.Sprintf("a component %T in a row", part))
		}
	}
}

func (c *count) id(id string) {
	c.least("custom_id", id)
	c.most("custom_id", id, limitID)
	if slices.Contains(c.ids, id) {
		c.faults = append(c.faults, "custom_id: twice "+id)
	}
	c.ids = append(c.ids, id)
}

func (c *count) button(b discordgo.Button) {
	c.id(b.CustomID)
	c.least("button", b.Label)
	c.most("button", b.Label, limitLabel)
}

func (c *count) menu(m discordgo.SelectMenu) {
	c.id(m.CustomID)
	c.most("placeholder", m.Placeholder, limitPlaceholder)
	c.number("options", len(m.Options), limitOptions)
	if len(m.Options) == 0 {
		c.faults = append(c.faults, "options: empty")
	}
	values := map[string]bool{}
	for _, o := range m.Options {
		c.least("option", o.Label)
		c.least("option value", o.Value)
		c.most("option", o.Label, limitOption)
		c.most("option value", o.Value, limitOption)
		c.most("option description", o.Description, limitOption)
		if values[o.Value] {
			c.faults = append(c.faults, "option value: twice "+o.Value)
		}
		values[o.Value] = true
	}
}
