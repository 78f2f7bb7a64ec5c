package slack

import (
	"fmt"
	"strings"
	"unicode"

	slackapi "github.com/slack-go/slack"
)

// This file models how Slack shows things, after
// docs.slack.dev/messaging/formatting-message-text and the reference of blocks:
// which signs it takes for marks, and what is left to read.

// shown is what a reader sees of a message's blocks.
type shown struct {
	text    string
	bold    []string
	buttons []*slackapi.ButtonBlockElement
	faults  []string // what has markup or may be read in two ways
}

func show(blocks []slackapi.Block) shown {
	var s shown
	for _, b := range blocks {
		switch b := b.(type) {
		case *slackapi.RichTextBlock:
			for _, e := range b.Elements {
				s.rich(e)
			}
		case *slackapi.ContextBlock:
			for _, e := range b.ContextElements.Elements {
				s.plain(e.(*slackapi.TextBlockObject))
			}
		case *slackapi.TableBlock:
			for _, row := range b.Rows {
				for _, c := range row {
					s.text += c.(*slackapi.TableRawTextCell).Text + " "
				}
				s.text += "\n"
			}
		case *slackapi.ActionBlock:
			for _, e := range b.Elements.ElementSet {
				s.buttons = append(s.buttons, e.(*slackapi.ButtonBlockElement))
			}
		}
	}
	for _, b := range s.buttons {
		before := s.text
		s.plain(b.Text)
		s.text = before
	}
	return s
}

// rich shows an element of rich_text: its text as it stands.
func (s *shown) rich(e slackapi.RichTextElement) {
	var elements []slackapi.RichTextSectionElement
	switch e := e.(type) {
	case *slackapi.RichTextSection:
		elements = e.Elements
	case *slackapi.RichTextPreformatted:
		elements = e.Elements
	default:
		s.faults = append(s.faults, fmt.Sprintf("element %T", e))
	}
	bold := ""
	for _, el := range elements {
		t, ok := el.(*slackapi.RichTextSectionTextElement)
		if !ok {
			s.faults = append(s.faults, fmt.Sprintf("element %T", el))
			continue
		}
		s.text += t.Text
		if t.Style == nil {
			continue
		}
		bold += t.Text
		if *t.Style != (slackapi.RichTextSectionTextStyle{Bold: true}) {
			s.faults = append(s.faults, fmt.Sprintf("style %+v on %q", *t.Style, t.Text))
		}
	}
	if bold != "" {
		s.bold = append(s.bold, bold)
	}
	s.text += "\n"
}

// plain shows a plain_text object. Whether entities are decoded in it is not
// certain, so that none may be there; emoji are read unless that is switched off.
func (s *shown) plain(t *slackapi.TextBlockObject) {
	if t.Type != slackapi.PlainTextType || t.Emoji == nil || *t.Emoji {
		s.faults = append(s.faults, fmt.Sprintf("not plain: %q", t.Text))
	}
	if decode(t.Text) != t.Text {
		s.faults = append(s.faults, fmt.Sprintf("an entity: %q", t.Text))
	}
	s.text += t.Text + "\n"
}

// decode resolves the three entities that Slack knows.
func decode(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

// mark is a pair of signs of mrkdwn.
type mark struct {
	name  string
	signs string
}

func marks() []mark {
	return []mark{{"bold", "*＊"}, {"italic", "_＿"}, {"strike", "~"}, {"code", "`｀"}}
}

// readMrkdwn lists the runs that mrkdwn makes of a text: styles, quotations,
// links and mentions, emoji.
func readMrkdwn(text string) []string {
	var runs []string
	if i := strings.IndexByte(text, '<'); i >= 0 {
		runs = append(runs, "link "+text[i:])
	}
	if strings.Count(text, "```") > 1 {
		runs = append(runs, "code block")
	}
	between := strings.Split(text, ":")
	for _, name := range between[1:max(1, len(between)-1)] {
		if name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !isWord(r) && !strings.ContainsRune("_+'-", r) }) {
			runs = append(runs, "emoji "+name)
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimLeftFunc(line, unicode.IsSpace)
		if strings.HasPrefix(line, "&gt;") || strings.HasPrefix(line, ">") || strings.HasPrefix(line, "＞") {
			runs = append(runs, "quotation "+line)
		}
		for _, m := range marks() {
			runs = append(runs, m.runs(decode(line))...)
		}
	}
	return runs
}

// runs are the stretches of a line from a sign at the beginning of a word to one
// at the end of a word.
func (m mark) runs(line string) []string {
	letters := []rune(line)
	var runs []string
	open := -1
	for i, r := range letters {
		if !strings.ContainsRune(m.signs, r) {
			continue
		}
		before, after := ' ', ' '
		if i > 0 {
			before = letters[i-1]
		}
		if i+1 < len(letters) {
			after = letters[i+1]
		}
		switch {
		case open >= 0 && !unicode.IsSpace(before) && !isWord(after):
			runs = append(runs, m.name+" "+string(letters[open:i+1]))
			open = -1
		case open < 0 && !isWord(before) && !unicode.IsSpace(after):
			open = i
		}
	}
	return runs
}

// fold makes signs that look alike the same, and leaves out what is not shown.
func fold(text string) string {
	return strings.NewReplacer("∗", "*", "＊", "*", "ˍ", "_", "＿", "_", "ˋ", "`", "｀", "`", "∼", "~", "\u00ad", "", "\u2060", "").Replace(text)
}

// words are a text's words with signs folded.
func words(text string) []string { return strings.Fields(fold(text)) }
