package slack

import (
	"slices"

	slackapi "github.com/slack-go/slack"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/chart"
	"reportbot/bot/layout"
)

// Charts are posted as PNG pictures, never as Slack's own data_visualization
// block. That one knows a number for each point and nothing else: no sign for ~,
// no bound, no date of a figure, no column that was deduced; and it takes six
// series, 20 points and labels of 20 characters. It could show without bending
// them only those charts whose figures are all exact and of one date, fewer than
// one in ten (TestEveryChartAndTableFits counts them), and would look unlike the others, so that
// people could no longer tell by the look of a bar how sure a figure is. It has
// no place for caveats and no alt text either.

// picture is a chart in an image block. The block shows nothing until it has
// the file's ID.
type picture struct {
	spec  *chart.Spec
	block *slackapi.ImageBlock
	nth   int  // in the reply, from 0
	asked bool // somebody waits for it: where it cannot be posted, that is said
}

// fileIDRoom stands for the ID of a file before there is one, so that the block
// is as long as it will be. IDs of eleven characters are usual.
const fileIDRoom = "F0000000000000000000"

func newPicture(spec *chart.Spec, nth int, asked bool) *picture {
	file := &slackapi.SlackFileObject{ID: fileIDRoom}
	return &picture{spec, slackapi.NewImageBlockSlackFile(file, altText(spec, limitAlt), "", nil), nth, asked}
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

// without is a message without its pictures. Where somebody waits for one, the
// reason stands in its place, and its figures as bars of characters if there is
// room for them.
func (m message) without(reason string) message {
	out := message{Text: m.Text, Blocks: slices.Clone(m.Blocks)}
	for _, p := range m.pictures {
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
