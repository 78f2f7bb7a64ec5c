package discord

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/layout"
)

// The kinds of buttons, and of what a menu's options ask.
const (
	buttonAsk   = "ask" // a question
	buttonWhy   = "why" // this and the next: the code of an answer
	buttonGood  = "good"
	buttonBad   = "bad"
	buttonShare = "share" // in the channel
	buttonChart = "chart" // this and the next: in that form
	buttonCSV   = "csv"
	buttonPage  = "page" // a page's number from 0, a dot, and the code
)

// menuID is a menu's custom_id without its number: what was chosen is in its
// value, which is as the custom_id of a button.
const menuID = "menu:"

// mostReadings is how many readings have a button each; more are a menu.
const mostReadings = 5

// choices make what can be pressed under a reply, within its room.
type choices struct {
	renderOptions
	code   string
	short  string // its short name, where it has one
	rows   []discordgo.MessageComponent
	room   int      // rows that may still be made
	used   []string // custom_ids, each of which may be in a message once
	lines  []string // what is to be shown for want of a button
	labels []string // what buttons ask, for a message that has nothing else
}

// components are the rows under a reply: other pages and forms, readings to choose from,
// other questions, and what concerns the answer. lines are the questions that
// have no button.
func (c *choices) components(r bot.Reply, turn []discordgo.Button) (rows []discordgo.MessageComponent, lines []string) {
	about := c.about(r)
	c.room = limitRows - rowsOf(about)
	c.row(slices.Concat(turn, c.forms(r)))
	if r.Status == answers.Clarify {
		c.readings(r.Suggestions)
		r.Suggestions = nil
	}
	c.questions("Or: ", r.Alternatives)
	c.questions("Try: ", r.Suggestions)
	c.room += rowsOf(about)
	c.row(about)
	return c.rows, c.lines
}

func rowsOf(buttons []discordgo.Button) int { return min(len(buttons), 1) }

// row adds a row of buttons, if there are any.
func (c *choices) row(buttons []discordgo.Button) {
	if len(buttons) == 0 {
		return
	}
	row := discordgo.ActionsRow{}
	for _, b := range buttons {
		row.Components = append(row.Components, b)
	}
	c.rows = append(c.rows, row)
	c.room--
}

// questions are questions as buttons, as many as there is room for.
func (c *choices) questions(before string, actions []bot.Action) {
	var row []discordgo.Button
	for _, a := range actions {
		if len(row) == limitButtons {
			c.row(row)
			row = nil
		}
		if b, ok := c.question(before, a); ok {
			row = append(row, b)
		}
	}
	c.row(row)
}

// question is a question as a button. ok is false where there is none: it is
// then a line, unless another button asks the same.
func (c *choices) question(before string, a bot.Action) (button discordgo.Button, ok bool) {
	question, label := bot.Printable(a.Question), labelOf(a)
	id := c.id(buttonAsk, question)
	switch {
	case id != "" && slices.Contains(c.used, id):
		return button, false
	case id == "" || c.room == 0 || isBlank(label):
		c.lines = append(c.lines, lineOf(before, a))
		return button, false
	}
	c.used = append(c.used, id)
	c.labels = append(c.labels, lineOf(before, a))
	return secondary(layout.Shortened(label, limitLabel), id), true
}

func labelOf(a bot.Action) string {
	return cmp.Or(layout.OneLine(a.Label), layout.OneLine(a.Question))
}

func lineOf(before string, a bot.Action) string {
	line, label := before+layout.OneLine(a.Question), layout.OneLine(a.Label)
	if label != "" && label != layout.OneLine(a.Question) {
		line += " (" + label + ")"
	}
	return line
}

// readings are what a question may mean: a button each, or a menu where they
// are more. One that is not shown whole is a line as well.
func (c *choices) readings(actions []bot.Action) {
	if len(actions) > mostReadings && c.Buttons && c.ID != nil {
		for menu := range slices.Chunk(actions, limitOptions) {
			c.menu(menu)
		}
		return
	}
	c.questions("Try: ", actions)
	for _, a := range actions {
		if label := labelOf(a); layout.Units(label) > limitLabel && slices.Contains(c.used, c.id(buttonAsk, bot.Printable(a.Question))) {
			c.lines = append(c.lines, lineOf("Try: ", a))
		}
	}
}

// menu is readings to choose from in one menu.
func (c *choices) menu(actions []bot.Action) {
	m := discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, CustomID: menuID + strconv.Itoa(len(c.rows)), Placeholder: "Which do you mean?",
	}
	for _, a := range actions {
		if b, ok := c.question("Try: ", a); ok {
			m.Options = append(m.Options, option(a, b.CustomID))
			if layout.Units(labelOf(a)) > limitOption {
				c.lines = append(c.lines, lineOf("Try: ", a))
			}
		}
	}
	if len(m.Options) > 0 {
		c.rows = append(c.rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{m}})
		c.room--
	}
}

// option is a reading, and below it the question where that differs.
func option(a bot.Action, value string) discordgo.SelectMenuOption {
	o := discordgo.SelectMenuOption{Label: layout.Shortened(labelOf(a), limitOption), Value: value}
	if question := layout.OneLine(a.Question); question != labelOf(a) {
		o.Description = layout.Shortened(question, limitOption)
	}
	return o
}

// about is the row of what concerns the answer.
func (c *choices) about(r bot.Reply) []discordgo.Button {
	var out []discordgo.Button
	add := func(kind, label, emoji string) {
		if id := c.coded(kind, ""); id != "" {
			b := secondary(label, id)
			if emoji != "" {
				b.Emoji = &discordgo.ComponentEmoji{Name: emoji}
			}
			out = append(out, b)
		}
	}
	if r.Status == answers.Answered && r.Code != "" {
		add(buttonWhy, "Why?", "")
	}
	if r.Status == answers.Answered || r.Status == answers.NotInReport {
		add(buttonGood, "Useful", "👍")
		add(buttonBad, "Wrong", "👎")
	}
	if c.Share && r.Code != "" {
		add(buttonShare, "Share in channel", "")
	}
	return out
}

// forms are the forms in which the answer can be had besides. What is no answer
// has the code of another.
func (c *choices) forms(r bot.Reply) []discordgo.Button {
	var out []discordgo.Button
	if r.Status == "" || r.Code == "" {
		return nil
	}
	add := func(form answers.Form, kind, label string) {
		if id := c.coded(kind, ""); id != "" && slices.Contains(r.Offers, form) {
			out = append(out, secondary(label, id))
		}
	}
	add(answers.FormChart, buttonChart, "Chart")
	add(answers.FormCSV, buttonCSV, "CSV")
	return out
}

// turns are the buttons to the pages before and behind one of several. None
// where pages cannot be turned.
func (c *choices) turns(shown, pages int) []discordgo.Button {
	if c.code == "" || pages < 2 || c.coded(buttonPage, strconv.Itoa(pages-1)+".") == "" {
		return nil
	}
	var out []discordgo.Button
	turn := func(label string, to int) {
		if to >= 0 && to < pages {
			out = append(out, secondary(label, c.coded(buttonPage, strconv.Itoa(to)+".")))
		}
	}
	turn("◀ Previous", shown-1)
	turn("Next ▶", shown+1)
	return out
}

// coded is a custom_id with the answer's code, or with its short name where the
// code is too long.
func (c *choices) coded(kind, before string) string {
	id := c.id(kind, before+c.code)
	if id == "" && c.short != "" {
		id = c.id(kind, before+c.short)
	}
	return id
}

// id is a custom_id, empty if there can be none.
func (c *choices) id(kind, payload string) string {
	if !c.Buttons || c.ID == nil {
		return ""
	}
	id := c.ID(kind, payload)
	if layout.Units(id) > limitID {
		return ""
	}
	return id
}

func secondary(label, id string) discordgo.Button {
	return discordgo.Button{Label: label, Style: discordgo.SecondaryButton, CustomID: id}
}
