package slack

import (
	"slices"

	slackapi "github.com/slack-go/slack"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/chart"
	"reportbot/bot/layout"
)

// picture is a chart of a reply: Slack's own where that can show it, else a PNG in
// an image block. That block shows nothing until it has the file's ID.
type picture struct {
	spec  *chart.Spec
	own   *slackapi.DataVisualizationBlock // nil: it is a PNG
	block *slackapi.ImageBlock
	nth   int  // in the reply, from 0
	asked bool // somebody waits for it: where it cannot be posted, that is said
}

// shown is the block that shows the chart.
func (p *picture) shown() slackapi.Block {
	if p.own != nil {
		return p.own
	}
	return p.block
}

// filed are the pictures of a message that are files.
func (m message) filed() []*picture {
	var out []*picture
	for _, p := range m.pictures {
		if p.own == nil {
			out = append(out, p)
		}
	}
	return out
}

// hasOwn says whether a message has a chart that is Slack's own.
func (m message) hasOwn() bool { return len(m.filed()) < len(m.pictures) }

// allFiled is a message of which every chart is a file.
func (m message) allFiled() message {
	out := message{Text: m.Text, Blocks: slices.Clone(m.Blocks)}
	for _, p := range m.pictures {
		if p.own != nil {
			out.Blocks[slices.Index(out.Blocks, slackapi.Block(p.own))] = p.block
		}
		out.pictures = append(out.pictures, &picture{spec: p.spec, block: p.block, nth: p.nth, asked: p.asked})
	}
	return out
}

// fileIDRoom stands for the ID of a file before there is one, so that the block
// is as long as it will be. IDs of eleven characters are usual.
const fileIDRoom = "F0000000000000000000"

func newPicture(spec *chart.Spec, nth int, asked bool) *picture {
	file := &slackapi.SlackFileObject{ID: fileIDRoom}
	block := slackapi.NewImageBlockSlackFile(file, altText(spec, limitAlt), "", nil)
	return &picture{spec, ownChart(spec), block, nth, asked}
}

// altText is what a chart says in words, in so many UTF-16 units at most.
func altText(spec *chart.Spec, most int) string {
	alt := bot.Printable(spec.Alt(most))
	if layout.Units(alt) > most { // characters that count twice, of which the report has none
		return layout.Shortened(alt, most)
	}
	return alt
}

// asksChart says whether somebody wants to see a reply as a chart.
func asksChart(r *bot.Reply) bool { return r.Form == answers.FormChart }

// barColumns is how wide the bars are that stand in place of a picture: more
// wraps on a telephone.
const barColumns = 44

// without is a message without its pictures that are files. Where somebody waits for one, the
// reason stands in its place, and its figures as bars of characters if there is
// room for them.
func (m message) without(reason string) message {
	out := message{Text: m.Text, Blocks: slices.Clone(m.Blocks)}
	for _, p := range m.filed() {
		said := "The chart could not be posted: " + reason
		at := slices.IndexFunc(out.Blocks, func(b slackapi.Block) bool { return b == slackapi.Block(p.block) })
		switch {
		case at < 0:
		case !p.asked:
			out.Blocks = slices.Delete(out.Blocks, at, at+1)
		default:
			out = out.instead(at, said, p.spec)
		}
	}
	return out
}

// instead puts a sentence and a chart in characters in place of a block.
func (m message) instead(at int, said string, spec *chart.Spec) message {
	if text := m.Text + "\n\n" + escape(said); len(text) <= limitText {
		m.Text = text
	}
	sentence := section("", said)
	m.Blocks[at] = slackapi.NewRichTextBlock("", sentence...)
	bars := bot.Printable(spec.Text(barColumns))
	if bars == "" {
		return m
	}
	full := message{Text: m.Text, Blocks: slices.Clone(m.Blocks)}
	full.Blocks[at] = slackapi.NewRichTextBlock("", append(sentence, preformatted(bars))...)
	if len(over(full)) > 0 {
		return m
	}
	return full
}
