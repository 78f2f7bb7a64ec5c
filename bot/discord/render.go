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
	Files      []file `json:",omitempty"`
}

// renderOptions are what rendering needs beside the reply.
type renderOptions struct {
	ID      func(kind, payload string) string // the custom_id of a button, or the value of a menu's option, by its kind, such as buttonAsk; empty if there can be none
	Buttons bool                              // false: nothing that can be pressed
	Share   bool                              // a "Share in channel" button (a reply that only the asker sees)
	Plain   bool                              // no embeds: the place does not allow them
	Digest  bool                              // it is a digest, which has a picture
	Page    int                               // which page of an answer in several is shown, from 0
}

// render gives the messages for a reply in the order in which they are posted:
// one, or several where Discord's limits part it and its pages cannot be turned
// by buttons. A reply that says nothing has none.
func render(r bot.Reply, o renderOptions) []message {
	messages := arranged(r, o)
	if f := sheetOf(&r); f != nil && len(messages) > 0 && o.Page == 0 {
		messages[0].Files = append(messages[0].Files, *f)
	}
	return messages
}

// arranged is what render gives, without a file of figures.
func arranged(r bot.Reply, o renderOptions) []message {
	drafts := divide(r, o, rowsOnPage)
	if len(drafts) > 1 {
		if page, ok := turned(r, o, drafts); ok {
			return []message{page}
		}
		drafts = divide(r, o, noLimit)
	}
	return with(&choices{renderOptions: o, code: r.Code, short: r.Short}, r, nil, drafts)
}

// turned is the page that is shown of several. ok is false where pages cannot
// be turned, or not in one message.
func turned(r bot.Reply, o renderOptions, drafts []draft) (page message, ok bool) {
	if r.Status == "" { // no answer: by its code there is another
		return page, false
	}
	c := &choices{renderOptions: o, code: r.Code, short: r.Short}
	shown := min(max(o.Page, 0), len(drafts)-1)
	turn := c.turns(shown, len(drafts))
	if len(turn) == 0 {
		return page, false
	}
	one := drafts[shown]
	one.where = "Page " + strconv.Itoa(shown+1) + " of " + strconv.Itoa(len(drafts))
	messages := with(c, r, turn, []draft{one})
	return messages[0], len(messages) == 1
}

// with is messages with what can be pressed or asked below the last.
func with(c *choices, r bot.Reply, turn []discordgo.Button, drafts []draft) []message {
	rows, lines := c.components(r, turn)
	if len(drafts) == 0 && len(lines) == 0 {
		lines = c.labels // buttons alone are no message
	}
	drafts = appendLines(drafts, lines, c.Plain)
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
func divide(r bot.Reply, o renderOptions, rows int) []draft {
	var drafts []draft
	for i := range r.Parts {
		s := rules(o.Plain).Sheet(&r.Parts[i], r.Status != answers.HelpStatus)
		var picture *file
		if drawnWith(&r, i, o.Digest) {
			picture = pictureOf(r.Parts[i].Chart)
		}
		if !s.Empty() {
			drafts = extend(drafts, s, picture, o.Plain, rows)
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
// fits there, each other to a message of its own. A picture is at the first.
func extend(drafts []draft, s *layout.Sheet, picture *file, plain bool, rows int) []draft {
	fits := func(p layout.Page) bool {
		return tableRows(p) <= rows && draft{pages: []page{{Page: p}}, plain: plain}.fits()
	}
	for i, p := range s.Pages(fits) {
		next := draft{pages: []page{{Page: p}}, plain: plain}
		if i == 0 {
			next.pages[0].picture = picture
		}
		if p.Continued {
			drafts = append(drafts, next)
		} else {
			drafts = join(drafts, next)
		}
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
		if d, ok := drafts[n-1].below(s.Units); ok {
			drafts[n-1] = d
			return drafts
		}
	}
	for _, p := range s.Pages(func(p layout.Page) bool { return draft{pages: []page{{Page: p}}, plain: plain}.fits() }) {
		p.Continued = false // they have no heading
		drafts = join(drafts, draft{pages: []page{{Page: p}}, plain: plain})
	}
	return drafts
}

// join adds to the last message if that still fits, else begins another.
func join(drafts []draft, next draft) []draft {
	if n := len(drafts); n > 0 {
		both := drafts[n-1]
		both.pages = slices.Concat(both.pages, next.pages)
		if both.fits() {
			drafts[n-1] = both
			return drafts
		}
	}
	return append(drafts, next)
}

// draft is what one message is made of.
type draft struct {
	pages []page
	where string // "Page 2 of 3", empty where there is one
	plain bool
}

// below is a draft with lines under its last page. ok is false where they have
// no place: fields would stand behind them.
func (d draft) below(lines []layout.Unit) (with draft, ok bool) {
	d.pages = slices.Clone(d.pages)
	last := &d.pages[len(d.pages)-1]
	last.below = lines
	return d, last.fields(last.Runs()) == nil && d.fits()
}

// fits says whether Discord takes it, with room for where it is.
func (d draft) fits() bool {
	d.where = "Page 999 of 999"
	return len(over(d.message())) == 0
}

func (d draft) message() message {
	var m message
	if d.plain {
		m.Content = d.content()
	}
	for i, p := range d.pages {
		where := ""
		if i == len(d.pages)-1 {
			where = d.where
		}
		var shown *discordgo.MessageEmbedImage
		if p.picture != nil {
			f := *p.picture
			f.Name = numbered("chart", ".png", len(m.Files))
			m.Files = append(m.Files, f)
			shown = &discordgo.MessageEmbedImage{URL: attachedAs + f.Name}
		}
		if !d.plain {
			e := p.embed(where)
			e.Image = shown
			m.Embeds = append(m.Embeds, e)
		}
	}
	return m
}

// attachedAs begins the address of a file of the message itself
// (docs.discord.com/developers/reference, using attachments within embeds).
const attachedAs = "attachment://"
