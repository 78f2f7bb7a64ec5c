package sheet

import (
	"strings"

	"reportbot/answers"
)

// Markdown is a whole answer as GitHub's Markdown: how it was read, the text
// with its tables, each caveat, the source, what to ask next.
func Markdown(a *answers.Answer) string {
	var b strings.Builder
	for i := range a.Parts {
		p := &a.Parts[i]
		if i > 0 {
			b.WriteString("\n---\n\n")
		}
		if p.Interpretation != "" && a.Status != answers.HelpStatus {
			b.WriteString("*Read as: " + escaped(p.Interpretation) + "*\n\n")
		}
		b.WriteString("**" + escaped(p.Headline) + "**\n\n")
		for _, block := range p.Body {
			if block.Table != nil {
				table(&b, block.Table)
			} else {
				b.WriteString(escaped(block.Text) + "\n\n")
			}
		}
		list(&b, p.Caveats)
		if p.Source != "" {
			b.WriteString("Source: " + escaped(p.Source) + "\n")
		}
	}
	if len(a.Suggestions) > 0 {
		b.WriteString("\nAsk next:\n\n")
		list(&b, a.Suggestions)
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func list(b *strings.Builder, items []string) {
	for _, item := range items {
		b.WriteString("- " + escaped(item) + "\n")
	}
	if len(items) > 0 {
		b.WriteString("\n")
	}
}

func table(b *strings.Builder, t *answers.Table) {
	row := func(cells []string) {
		b.WriteString("|")
		for _, c := range cells {
			b.WriteString(" " + escaped(c) + " |")
		}
		b.WriteString("\n")
	}
	row(t.Columns)
	b.WriteString("|" + strings.Repeat(" --- |", len(t.Columns)) + "\n")
	for _, r := range t.Rows {
		row(r)
	}
	b.WriteString("\n")
}

// escaped is a text in which nothing is markup: a ~ at two figures would strike
// out what stands between them.
func escaped(text string) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case strings.ContainsRune("\\`*_{}[]<>|~", r), r == '#' && i == 0 && len(text) > 1, (r == '-' || r == '+') && (i == 0 || text[i-1] == '\n'):
			b.WriteByte('\\')
		case r == '\n':
			b.WriteByte(' ')
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
