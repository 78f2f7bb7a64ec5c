package answers

import (
	"slices"
	"strings"
)

// Part is the answer to one question of a message in its pieces, for a reader
// that sets each in a form of its own. In their order they say what the text says.
type Part struct {
	Interpretation string
	Headline       string   // the answer in one sentence
	Body           []Block  // what follows it
	Caveats        []string // each once
	Source         string   // "table 1, footnote 47; edition 2017-10."
	Figures        []Figure

	Kind    Kind
	Title   string   // a sentence that heads a picture of the part
	Remarks []string // lines of the body that go with the figures wherever these are shown
	Noted   []Caveat // the caveats with their codes
	Members []Figure // of one total, mean or share: the rows that went into it, the highest first
	Splits  []Split  // rows of the body whose figure is the sum of others
	Report  string   // what is answered from: "The Soufan Group, Beyond the Caliphate, October 2017"
}

// Split is a figure of a row in parts: those who went are those who remain,
// those who returned, and those whom neither figure counts.
type Split struct {
	Whole Figure
	Parts []Figure // as printed; the last is what is left of the whole, worked out
}

// Block is a line, or a table.
type Block struct {
	Text  string // a table in aligned lines
	Table *Table // nil for a line
}

// Rows are all figures of a part: those that answer, those that went into them,
// and what is left of a figure when its parts are taken away.
func (p *Part) Rows() []Figure {
	out := slices.Clone(p.Figures)
	add := func(f Figure) {
		if !slices.ContainsFunc(out, func(o Figure) bool { return o.Subject == f.Subject && o.Measure == f.Measure && o.Op == f.Op }) {
			f.Role = "input"
			out = append(out, f)
		}
	}
	for _, f := range p.Members {
		add(f)
	}
	for _, s := range p.Splits {
		for _, f := range append([]Figure{s.Whole}, s.Parts...) {
			add(f)
		}
	}
	return out
}

// pieces is the answer in its pieces, before it is put together.
func (m *maker) pieces(source string) Part {
	p := Part{Headline: m.a.Headline, Body: m.body, Source: source, Figures: m.a.Figures,
		Kind: m.q.Kind, Title: m.heading(), Remarks: m.remarks, Noted: m.a.Caveats, Members: m.members, Splits: m.splits(), Report: m.e.cited}
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
