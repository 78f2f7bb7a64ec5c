package answers

import "strings"

// Part is the answer to one question of a message in its pieces, for a reader
// that sets each in a form of its own. In their order they say what the text says.
type Part struct {
	Interpretation string
	Headline       string   // the answer in one sentence
	Body           []Block  // what follows it
	Caveats        []string // each once
	Source         string   // "table 1, footnote 47; edition 2017-10."
	Figures        []Figure
}

// Block is a line, or a table.
type Block struct {
	Text  string // a table in aligned lines
	Table *Table // nil for a line
}

// pieces is the answer in its pieces, before it is put together.
func (m *maker) pieces(source string) Part {
	p := Part{Headline: m.a.Headline, Body: m.body, Source: source, Figures: m.a.Figures}
	p.Caveats = make([]string, 0, len(m.a.Caveats))
	for i := range m.a.Caveats {
		if !saidBefore(m.a.Caveats[:i], m.a.Caveats[i].Text) {
			p.Caveats = append(p.Caveats, m.a.Caveats[i].Text)
		}
	}
	return p
}

// text puts the pieces together.
func (p *Part) text() string {
	var b strings.Builder
	b.Grow(p.length())
	b.WriteString(p.Headline)
	for i := range p.Body {
		b.WriteByte('\n')
		b.WriteString(p.Body[i].Text)
	}
	for i, c := range p.Caveats {
		if i == 0 {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(c)
	}
	if p.Source != "" {
		b.WriteString("\nSource: ")
		b.WriteString(p.Source)
	}
	return b.String()
}

// length is about how long the text becomes.
func (p *Part) length() int {
	n := len(p.Headline) + len(p.Source) + 16
	for i := range p.Body {
		n += len(p.Body[i].Text) + 1
	}
	for _, c := range p.Caveats {
		n += len(c) + 1
	}
	return n
}
