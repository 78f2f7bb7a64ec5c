package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/chart"
	"reportbot/bot/sheet"
)

// style is how a reply is printed for people.
type style struct {
	colour   bool
	numbered bool // suggestions can be picked by their number
	width    int  // prose is broken at it; 0: nowhere
	drawn    bool // the chart is in a file, and not to be drawn in characters
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
//	Read as: Returned · Freedonia
//	Freedonia: 12 returned, as of May 1933.
//	Try: tell me about Freedonia
func (s style) print(w io.Writer, a answers.Answer) error {
	var out strings.Builder
	if a.Interpretation != "" && a.Status != answers.HelpStatus {
		out.WriteString(s.paint(faint, s.wrap("Read as: "+bot.Printable(a.Interpretation))) + "\n")
	}
	out.WriteString(s.text(a))
	out.WriteString(s.formed(a))
	for i, c := range choices(a) {
		fmt.Fprintln(&out, s.choice(i, c))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// plainWidth is how wide a chart in characters is where there is no terminal.
const plainWidth = 80

// formed is what stands below the text in the form that was asked for: bars, or
// the figures as CSV.
func (s style) formed(a answers.Answer) string {
	var out strings.Builder
	for i := range a.Parts {
		p := &a.Parts[i]
		switch {
		case a.Form == answers.FormChart && !s.drawn:
			if spec := chart.Of(p, chart.Least); spec != nil {
				out.WriteString("\n" + bot.Printable(spec.Text(cmp.Or(s.width, plainWidth))) + "\n")
			}
		case a.Form == answers.FormCSV:
			if file := sheet.Of(p, a.Code); file != nil {
				out.WriteString("\n" + bot.Printable(strings.TrimPrefix(string(file.CSV()), "\ufeff")))
			}
		}
	}
	return out.String()
}

// text is the reply's text; its first sentence stands out, its sources stand back.
func (s style) text(a answers.Answer) string {
	var out strings.Builder
	text := strings.TrimRight(bot.Printable(a.Text), "\n")
	head := bot.Printable(a.Headline)
	first := true
	for line := range strings.SplitSeq(text, "\n") {
		wrapped := s.wrap(line)
		switch {
		case first && head != "" && wrapped == head:
			wrapped = s.paint(bold, wrapped)
		case first && head != "" && strings.HasPrefix(wrapped, head+" "):
			wrapped = s.paint(bold, head) + wrapped[len(head):]
		case strings.HasPrefix(line, "Source:"):
			wrapped = s.paint(faint, wrapped)
		}
		out.WriteString(wrapped + "\n")
		first = false
	}
	return out.String()
}

// wrap breaks a line of prose between words. A row of a table, told by its
// gaps, stays whole.
func (s style) wrap(line string) string {
	if s.width <= 0 || strings.Contains(line, "  ") || utf8.RuneCountInString(line) <= s.width {
		return line
	}
	var out strings.Builder
	column := 0
	for word := range strings.SplitSeq(line, " ") {
		length := utf8.RuneCountInString(word)
		switch {
		case column == 0:
		case column+1+length > s.width:
			out.WriteByte('\n')
			column = 0
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += length
	}
	return out.String()
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
	line := s.paint(faint, label) + s.paint(accent, bot.Printable(c.question))
	if c.note != "" {
		line += s.paint(faint, " ("+bot.Printable(c.note)+")")
	}
	return line
}
