package slack

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	slackapi "github.com/slack-go/slack"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/layout"
)

// strip is a row of buttons, and what is shown as lines for want of one.
type strip struct {
	reading bool // one of the readings to choose from
	buttons []slackapi.BlockElement
	shown   []string // lines in the blocks
	lines   []string // lines in the text
}

func (s strip) blocks() []slackapi.Block {
	var out []slackapi.Block
	if len(s.shown) > 0 {
		out = append(out, slackapi.NewRichTextBlock("", section("", strings.Join(s.shown, "\n"))...))
	}
	if len(s.buttons) > 0 {
		out = append(out, slackapi.NewActionBlock("", s.buttons...))
	}
	return out
}

// labels are what the buttons say.
func (s strip) labels() []string {
	var out []string
	for _, e := range s.buttons {
		if b, ok := e.(*slackapi.ButtonBlockElement); ok {
			out = append(out, b.Text.Text)
		}
	}
	return out
}

// choices makes the buttons of a reply, each with an action_id of its own, as
// Slack wants within a message: the kind, a colon and a number.
type choices struct {
	renderOptions
	made int
}

// strips are what can be asked or said next: other readings, then questions,
// then what concerns the answer.
func strips(r bot.Reply, o renderOptions) []strip {
	c := &choices{renderOptions: o}
	var out []strip
	if r.Status == answers.Clarify {
		for _, a := range r.Suggestions {
			out = append(out, c.action("Try: ", a, true)...)
		}
		r.Suggestions = nil
	}
	out = append(out, c.rows("Or: ", r.Alternatives)...)
	out = append(out, c.rows("Try: ", r.Suggestions)...)
	if s := c.about(r); len(s.buttons) > 0 {
		out = append(out, s)
	}
	return out
}

// rows are questions in strips, some beside each other.
func (c *choices) rows(before string, actions []bot.Action) []strip {
	var out []strip
	for _, a := range actions {
		next := c.action(before, a, false)
		if len(out) > 0 {
			last := &out[len(out)-1]
			if both := last.beside(next[0]); len(both.buttons) <= buttonsInRow && (draft{strips: []strip{both}}).fits() {
				*last, next = both, next[1:]
			}
		}
		out = append(out, next...)
	}
	return out
}

// beside is two strips as one.
func (s strip) beside(o strip) strip {
	return strip{
		s.reading, slices.Concat(s.buttons, o.buttons),
		slices.Concat(s.shown, o.shown), slices.Concat(s.lines, o.lines),
	}
}

// action is a question: a button, or a line where it cannot be one. A reading
// that its button does not show whole is a line as well. What is too long for
// one strip goes on in others.
func (c *choices) action(before string, a bot.Action, reading bool) []strip {
	question, label := bot.Printable(a.Question), layout.OneLine(a.Label)
	line := before + layout.OneLine(question)
	if label != "" && label != layout.OneLine(question) {
		line += " (" + label + ")"
	}
	label = cmp.Or(label, layout.OneLine(question))
	button := c.button(buttonAsk, question, shortened(label))
	shown := button == nil || reading && shortened(label) != label
	var out []strip
	for i, p := range rules().Pieces(line, mostUnit) {
		s := strip{reading: reading, lines: []string{p}}
		if shown {
			s.shown = s.lines
		}
		if i == 0 && button != nil {
			s.buttons = []slackapi.BlockElement{button}
		}
		out = append(out, s)
	}
	return out
}

// about is the strip of what concerns the answer.
func (c *choices) about(r bot.Reply) strip {
	var s strip
	add := func(kind, label, spoken string) {
		if b := c.button(kind, r.Code, label); b != nil {
			b.AccessibilityLabel = spoken
			s.buttons = append(s.buttons, b)
		}
	}
	if r.Status == answers.Answered && r.Code != "" {
		add(buttonWhy, "Why?", "Why this answer?")
	}
	for _, form := range c.offered(&r) {
		switch form {
		case answers.FormChart:
			add(buttonChart, "Chart", "These figures as a chart")
		case answers.FormCSV:
			add(buttonCSV, "CSV", "These figures as a CSV file")
		}
	}
	again := r.Status != "" && r.Code != "" // a digest has a code as well, of one of its parts
	if c.View && again {
		add(buttonKeep, "Send me this", "")
	}
	if !c.View && (r.Status == answers.Answered || r.Status == answers.NotInReport) {
		add(buttonGood, "👍", "This answer was useful")
		add(buttonBad, "👎", "This answer was wrong")
	}
	if c.Share && again {
		add(buttonShare, "Share in channel", "")
	}
	if b := c.button(buttonSetUp, "", "Set up a digest"); r.Digests && b != nil {
		s.buttons = append(s.buttons, b)
	}
	return s
}

// offered are the forms that buttons give an answer in. Where one person alone
// sees it, no chart or file stands beside it, whatever it was asked for as.
func (c *choices) offered(r *bot.Reply) []answers.Form {
	alone := c.Share || c.View
	if r.Code == "" || !alone || r.Form == "" || len(r.Offers) == 0 {
		return r.Offers
	}
	return []answers.Form{answers.FormChart, answers.FormCSV}
}

// button is nil where there can be none: none are wanted, the value has no
// place in one, or Slack might show another label.
func (c *choices) button(kind, payload, label string) *slackapi.ButtonBlockElement {
	if !c.Buttons || c.Value == nil || strings.TrimSpace(label) == "" || hasEntity(label) {
		return nil
	}
	value := c.Value(kind, payload)
	if value == "" || layout.Units(value) > limitValue {
		return nil
	}
	c.made++
	return slackapi.NewButtonBlockElement(kind+":"+strconv.Itoa(c.made), value, plain(label))
}

// shortened is a label as long as a button takes, cut with "…".
func shortened(label string) string { return layout.Shortened(label, limitButton) }
