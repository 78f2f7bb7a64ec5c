package discord

import (
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/layout"
)

// message is one message of Discord's. It is to be sent with allowed_mentions
// that allow none: then nothing of the text pings anybody. The text is escaped
// already.
type message struct {
	Content    string
	Embeds     []*discordgo.MessageEmbed
	Components []discordgo.MessageComponent
}

// renderOptions are what rendering needs beside the reply.
type renderOptions struct {
	ID      func(kind, payload string) string // the custom_id of a button, or the value of a menu's option, by its kind, such as buttonAsk; empty if there can be none
	Buttons bool                              // false: nothing that can be pressed
	Share   bool                              // a "Share in channel" button (a reply that only the asker sees)
	Plain   bool                              // no embeds: the place does not allow them
	Page    int                               // which page of an answer in several is shown, from 0
}

// render gives the messages for a reply in the order in which they are posted:
// one, or several where Discord's limits part it and its pages cannot be turned
// by buttons. A reply that says nothing has none.
func render(r bot.Reply, o renderOptions) []message {
	c := &choices{renderOptions: o, code: r.Code}
	drafts := divide(r, o.Plain, rowsOnPage)
	pages := len(drafts)
	shown := min(max(o.Page, 0), pages-1)
	turn := c.turns(shown, pages)
	if len(turn) > 0 {
		drafts = drafts[shown : shown+1]
		drafts[0].where = "Page " + strconv.Itoa(shown+1) + " of " + strconv.Itoa(pages)
	} else if pages > 1 {
		drafts = divide(r, o.Plain, noLimit)
	}
	rows, lines := c.components(r, turn)
	drafts = appendLines(drafts, lines, o.Plain)
	if len(drafts) == 0 && len(rows) > 0 {
		drafts = appendLines(nil, c.labels, o.Plain)
	}
	messages := make([]message, 0, len(drafts))
	for _, d := range drafts {
		messages = append(messages, d.message())
	}
	if n := len(messages); n > 0 {
		messages[n-1].Components = rows
	}
	return messages
}

const noLimit = 1 << 30

// divide is a reply's text between messages, with at most so many rows of a
// table on a page.
func divide(r bot.Reply, plain bool, rows int) []draft {
	var drafts []draft
	for i := range r.Parts {
		s := rules(plain).Sheet(&r.Parts[i], r.Status != answers.HelpStatus)
		if !s.Empty() {
			drafts = extend(drafts, s, plain, rows)
		}
	}
	return drafts
}

func rules(plain bool) *layout.Rules {
	if plain {
		return plainRules()
	}
	return embedRules()
}

// extend adds the pages of a sheet: the first to the last message if it still
// fits there, each other to a message of its own.
func extend(drafts []draft, s *layout.Sheet, plain bool, rows int) []draft {
	fits := func(p layout.Page) bool {
		return tableRows(p) <= rows && draft{pages: []page{{Page: p}}, plain: plain}.fits()
	}
	for _, p := range s.Pages(fits) {
		next := draft{pages: []page{{Page: p}}, plain: plain}
		if n := len(drafts); n > 0 && !p.Continued {
			if both := drafts[n-1].with(next); both.fits() {
				drafts[n-1] = both
				continue
			}
		}
		drafts = append(drafts, next)
	}
	return drafts
}

func tableRows(p layout.Page) int {
	n := 0
	for _, u := range p.Units {
		if u.Grid != nil {
			n++
		}
	}
	return n
}

// appendLines adds what can be asked, for want of buttons: below the last page
// if it fits there, else on pages of its own.
func appendLines(drafts []draft, lines []string, plain bool) []draft {
	if len(lines) == 0 {
		return drafts
	}
	part := bot.Part{}
	for _, line := range lines {
		part.Body = append(part.Body, answers.Block{Text: line})
	}
	s := rules(plain).Sheet(&part, false)
	if n := len(drafts); n > 0 {
		below := drafts[n-1]
		below.pages = slices.Clone(below.pages)
		last := &below.pages[len(below.pages)-1]
		if last.below = s.Units; below.fits() && last.takesLines() {
			drafts[n-1] = below
			return drafts
		}
	}
	for _, p := range s.Pages(func(p layout.Page) bool { return draft{pages: []page{{Page: p}}, plain: plain}.fits() }) {
		p.Continued = false // they have no heading
		drafts = append(drafts, draft{pages: []page{{Page: p}}, plain: plain})
	}
	return drafts
}

// draft is what one message is made of.
type draft struct {
	pages []page
	where string // "Page 2 of 3", empty where there is one
	plain bool
}

func (d draft) with(o draft) draft {
	d.pages = slices.Concat(d.pages, o.pages)
	return d
}

// fits says whether Discord takes it, with room for where it is.
func (d draft) fits() bool {
	d.where = "Page 999 of 999"
	return len(over(d.message())) == 0
}

func (d draft) message() message {
	if d.plain {
		return message{Content: d.content()}
	}
	embeds := make([]*discordgo.MessageEmbed, 0, len(d.pages))
	for i, p := range d.pages {
		where := ""
		if i == len(d.pages)-1 {
			where = d.where
		}
		embeds = append(embeds, p.embed(where))
	}
	return message{Embeds: embeds}
}
