package slack

import (
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/layout"
)

// message is one chat.postMessage: its blocks, and the complete text beside them for notifications and screen readers.
//
// It is to be posted with mrkdwn false, parse "none", and neither link_names
// nor unfurling of links and media: then nothing of the text is a mark, a
// mention or a link. The text is escaped already.
type message struct {
	Text   string
	Blocks []slackapi.Block

	pictures []*picture // the files of those that have one are not uploaded yet
}

// renderOptions are what rendering needs beside the reply.
type renderOptions struct {
	Value   func(kind, payload string) string // the signed value of a button: by its kind, such as buttonAsk
	Buttons bool                              // false: no buttons at all (a reply that cannot be acted on)
	Share   bool                              // a "Share in channel" button (a reply that only the asker sees)
	View    bool                              // for a window or the Home tab, which take no tables; "Send me this" stands there in place of feedback

	// Pictures: with the charts of a reply in form of a chart, else with the first one.
	Pictures bool
}

// render gives the messages for a reply in the order in which they are posted:
// one, or several where Slack's limits part it. A reply that says nothing has
// none.
func render(r bot.Reply, o renderOptions) []message {
	var drafts []draft
	drawn := 0
	for i := range r.Parts {
		s := rules().Sheet(&r.Parts[i], r.Status != answers.HelpStatus)
		if s.Empty() {
			continue
		}
		var first *picture // stands on the first page
		if spec := r.Parts[i].Chart; spec != nil && o.Pictures && (drawn == 0 || asksChart(&r)) {
			first = newPicture(spec, drawn, asksChart(&r))
			drawn++
		}
		alone := func(p layout.Page) draft {
			one := page{Page: p, tables: !o.View}
			if !p.Continued {
				one.picture = first
			}
			return draft{pages: []page{one}}
		}
		for _, p := range s.Pages(func(p layout.Page) bool { return alone(p).fits() }) {
			drafts = extend(drafts, alone(p))
		}
	}
	for _, s := range strips(r, o) {
		drafts = extend(drafts, draft{strips: []strip{s}})
	}
	messages := make([]message, 0, len(drafts))
	for _, d := range drafts {
		messages = append(messages, d.message())
	}
	return messages
}

// extend adds to the last draft if that still fits, else begins another.
func extend(drafts []draft, more draft) []draft {
	if len(drafts) == 0 {
		return []draft{more}
	}
	last := drafts[len(drafts)-1]
	both := draft{slices.Concat(last.pages, more.pages), slices.Concat(last.strips, more.strips)}
	if !both.fits() {
		return append(drafts, more)
	}
	drafts[len(drafts)-1] = both
	return drafts
}

// draft is what one message is made of.
type draft struct {
	pages  []page
	strips []strip
}

// fits says whether Slack takes it, with pictures and with what is said where
// these cannot be posted. The text alone mostly tells.
func (d draft) fits() bool {
	if len(d.text()) > limitText {
		return false
	}
	m := d.message()
	return len(over(m)) == 0 && m.fitsWithout()
}

// fitsWithout says whether a message still fits where Slack takes none of its
// charts: its own as files, and no files.
func (m message) fitsWithout() bool {
	if len(m.pictures) == 0 {
		return true
	}
	filed := m.allFiled()
	return len(over(filed)) == 0 && len(over(filed.without(strings.Repeat("x", mostReason)))) == 0
}

func (d draft) message() message {
	m := message{Text: d.text(), Blocks: d.blocks()}
	for _, p := range d.pages {
		if p.picture != nil {
			m.pictures = append(m.pictures, p.picture)
		}
	}
	return m
}

// blocks are the figures first, then what can be pressed. Readings to choose
// from stand above the small print: they are what the reply is about.
func (d draft) blocks() []slackapi.Block {
	var out []slackapi.Block
	for i, p := range d.pages {
		out = append(out, p.blocks()...)
		if i == len(d.pages)-1 {
			out = append(out, d.stripBlocks(true)...)
		}
		out = append(out, p.small()...)
	}
	if len(d.pages) == 0 {
		out = append(out, d.stripBlocks(true)...)
	}
	return append(out, d.stripBlocks(false)...)
}

func (d draft) stripBlocks(readings bool) []slackapi.Block {
	var out []slackapi.Block
	for _, s := range d.strips {
		if s.reading == readings {
			out = append(out, s.blocks()...)
		}
	}
	return out
}

// text tells all that the blocks tell, tables in aligned lines. Of messages
// with nothing but buttons it tells those.
func (d draft) text() string {
	var paragraphs, lines, labels []string
	for _, p := range d.pages {
		paragraphs = append(paragraphs, p.Text())
	}
	for _, s := range d.strips {
		lines = append(lines, s.lines...)
		labels = append(labels, s.labels()...)
	}
	if len(lines) == 0 && len(paragraphs) == 0 {
		lines = labels
	}
	if len(lines) > 0 {
		paragraphs = append(paragraphs, strings.Join(lines, "\n"))
	}
	return escape(strings.Join(paragraphs, "\n\n"))
}
