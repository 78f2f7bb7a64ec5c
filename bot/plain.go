package bot

import (
	"strings"
	"unicode"

	"reportbot/answers"
)

// Plain is the whole reply as plain text, tables in aligned lines. It holds
// nothing that could steer a terminal.
func (r Reply) Plain() string {
	var b strings.Builder
	for i, p := range r.Parts {
		if i > 0 {
			b.WriteString("\n")
		}
		p.plain(&b, r.Status != answers.HelpStatus)
		switch {
		case r.Form == answers.FormChart && p.Chart != nil:
			b.WriteString("\n" + p.Chart.Text(plainWidth) + "\n")
		case p.Sheet != nil:
			b.WriteString("\n" + string(p.Sheet.CSV()) + "\n")
		}
	}
	for _, a := range r.Suggestions {
		b.WriteString("Try: " + a.Question + "\n")
	}
	for _, a := range r.Alternatives {
		b.WriteString("Or: " + a.Question)
		if a.Label != "" {
			b.WriteString(" (" + a.Label + ")")
		}
		b.WriteString("\n")
	}
	return Printable(b.String())
}

// plainWidth is how many characters wide a chart is where nobody says how many there are.
const plainWidth = 72

func (p *Part) plain(b *strings.Builder, readAs bool) {
	if p.Interpretation != "" && readAs {
		b.WriteString("Read as: " + p.Interpretation + "\n")
	}
	b.WriteString(p.Headline + "\n")
	for _, block := range p.Body {
		b.WriteString(block.Text + "\n")
	}
	if len(p.Caveats) > 0 {
		b.WriteString(strings.Join(p.Caveats, " ") + "\n")
	}
	if p.Source != "" {
		b.WriteString("Source: " + p.Source + "\n")
	}
}

// Printable leaves out what could steer a terminal or turn the text around: it
// may hold words of a question. Tabs and line ends stay.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}
