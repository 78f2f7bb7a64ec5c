package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"reportbot/answers"
)

// style is how a reply is printed for people.
type style struct {
	colour   bool
	numbered bool // suggestions can be picked by their number
}

// The parts of a reply that have a look of their own, as SGR codes.
const (
	faint  = "2"
	bold   = "1"
	accent = "36"
)

func (s style) paint(code, text string) string {
	if !s.colour || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// print writes a reply: how the question was read, the text, what to ask next.
//
//	Read as: Returned · France
//	France: 302 returned, as of August 2017.
//	Try: tell me about France
func (s style) print(w io.Writer, a answers.Answer) error {
	var out strings.Builder
	if a.Interpretation != "" && a.Status != answers.HelpStatus {
		out.WriteString(s.paint(faint, "Read as: "+clean(a.Interpretation)) + "\n")
	}
	out.WriteString(s.text(a))
	for i, c := range choices(a) {
		fmt.Fprintln(&out, s.choice(i, c))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// text is the reply's text; its first sentence stands out, its sources stand back.
func (s style) text(a answers.Answer) string {
	var out strings.Builder
	text := strings.TrimRight(clean(a.Text), "\n")
	head := clean(a.Headline)
	if rest, ok := strings.CutPrefix(text, head); ok && head != "" {
		out.WriteString(s.paint(bold, head))
		text = rest
	}
	for line := range strings.Lines(text) {
		body := strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(body, "Source:") {
			body = s.paint(faint, body)
		}
		out.WriteString(body)
		if strings.HasSuffix(line, "\n") {
			out.WriteString("\n")
		}
	}
	return out.String() + "\n"
}

// choice is a question that can be asked next, and the label it is shown with.
type choice struct{ label, question, note string }

// choices are the suggestions of a reply, then its alternatives.
func choices(a answers.Answer) []choice {
	var out []choice
	shown := map[string]bool{}
	add := func(c choice) {
		if !shown[c.question] {
			shown[c.question] = true
			out = append(out, c)
		}
	}
	for _, question := range a.Suggestions {
		add(choice{label: "Try: ", question: question})
	}
	for _, other := range a.Alternatives {
		add(choice{label: "Or: ", question: other.Question, note: other.Interpretation})
	}
	return out
}

func (s style) choice(i int, c choice) string {
	label := c.label
	if s.numbered {
		label = fmt.Sprintf("%d. ", i+1)
	}
	line := s.paint(faint, label) + s.paint(accent, clean(c.question))
	if c.note != "" {
		line += s.paint(faint, " ("+clean(c.note)+")")
	}
	return line
}

// clean leaves out what could steer a terminal or turn the text around: it may
// hold words of the question. Tabs and line ends stay.
func clean(text string) string {
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
