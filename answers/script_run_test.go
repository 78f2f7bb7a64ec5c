package answers

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// A script is questions and what their answers must be, a line each:
//
//	# a comment
//	data    DIR               answers from testdata/DIR instead of the built-in report
//	ask     QUESTION          asks by itself: the beginning of a conversation
//	then    QUESTION          asks as the next turn of the conversation
//	query   QUERY             the canonical code, without the edition
//	says    TEXT              the text holds this
//	lacks   TEXT              the text does not hold this
//	figures F; F; …           the figures that answer, in order; none
//	has     F; F; …           figures that are among all figures
//	caveats CODE CODE …       the codes of all caveats; none
//	fails   REASON            the question is not answered, for this reason; A|B for either
//	helps                     the reply is help or a courtesy
//
// F is "SUBJECT: MEASURE RAW", or "SUBJECT: MEASURE = VALUE" for one that was
// worked out, rounded to thousandths. A line without a verb that begins with
// blanks goes on with the line before it. Without fails or helps a question
// must be answered.
type step struct {
	line     int
	question string
	follows  bool
	wants    []want
}

// want is one line of what an answer must be.
type want struct {
	line       int
	verb, text string
}

// script is a script read.
type script struct {
	name, data string
	steps      []step
}

var wantVerbs = []string{"query", "says", "lacks", "figures", "has", "caveats", "fails", "helps"}

// readScript reads a script; its errors name the line.
func readScript(name, src string) (*script, error) {
	s := &script{name: name}
	var faults []error
	fault := func(line int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s:%d: %s", name, line, fmt.Sprintf(format, args...)))
	}
	for _, l := range scriptLines(src) {
		verb, text, _ := strings.Cut(l.text, " ")
		text = strings.TrimSpace(text)
		switch {
		case verb == "data" && len(s.steps) > 0:
			fault(l.number, "data stands before the first question")
		case verb == "data":
			s.data = text
		case verb == "then" && len(s.steps) == 0:
			fault(l.number, "then needs a question before it")
		case verb == "ask" || verb == "then":
			s.steps = append(s.steps, step{line: l.number, question: text, follows: verb == "then"})
		case !slices.Contains(wantVerbs, verb):
			fault(l.number, "%q is no verb", verb)
		case len(s.steps) == 0:
			fault(l.number, "%s needs a question before it", verb)
		case (text == "") != (verb == "helps"):
			fault(l.number, "%s says too much or too little", verb)
		default:
			last := &s.steps[len(s.steps)-1]
			last.wants = append(last.wants, want{l.number, verb, text})
		}
	}
	for _, st := range s.steps {
		if len(st.wants) == 0 {
			fault(st.line, "nothing is wanted of the answer")
		}
	}
	return s, errors.Join(faults...)
}

type scriptLine struct {
	number int
	text   string
}

// scriptLines are the lines without comments and blank ones, continued lines joined.
func scriptLines(src string) []scriptLine {
	var out []scriptLine
	number := 0
	for text := range strings.SplitSeq(src, "\n") {
		number++
		trimmed := strings.TrimSpace(text)
		if trimmed == "" || strings.HasPrefix(trimmed, "#") {
			continue
		}
		if (text[0] == ' ' || text[0] == '\t') && len(out) > 0 {
			out[len(out)-1].text += " " + trimmed
			continue
		}
		out = append(out, scriptLine{number, trimmed})
	}
	return out
}

// run asks the script's questions of an engine and returns what is not as
// wanted, each with its line. seen is told of every answer.
func (s *script) run(e *Engine, seen func(*Answer)) []string {
	var faults []string
	var c Context
	for _, st := range s.steps {
		if !st.follows {
			c = Context{}
		}
		a, next, err := e.Ask(unescape(st.question), c)
		if err != nil {
			faults = append(faults, fmt.Sprintf("%s:%d: %s: %v", s.name, st.line, st.question, err))
			continue
		}
		c = next
		if seen != nil {
			seen(&a)
		}
		for _, f := range st.faults(e, &a) {
			faults = append(faults, fmt.Sprintf("%s:%d: %s\n\t%s", s.name, f.number, st.question, f.text))
		}
	}
	return faults
}

// unescape gives scripts a way to write bytes that a text file should not hold.
func unescape(question string) string {
	return strings.NewReplacer(`\x00`, "\x00", `\xff`, "\xff", `\u200b`, "\u200b", `\u202e`, "\u202e", `\n`, "\n", `\t`, "\t",
		`\ufeff`, "\ufeff", `\u00a0`, "\u00a0", `\u2019`, "\u2019", `\a`, "\a").Replace(question)
}

func (st *step) faults(e *Engine, a *Answer) []scriptLine {
	var out []scriptLine
	if fault := unsound(e, a); fault != "" {
		out = append(out, scriptLine{st.line, fault})
	}
	refused := slices.ContainsFunc(st.wants, func(w want) bool { return w.verb == "fails" || w.verb == "helps" })
	if !refused && a.Status != Answered {
		out = append(out, scriptLine{st.line, fmt.Sprintf("not answered: %s %s\n\t%s", a.Status, a.Reason, a.Text)})
	}
	for _, w := range st.wants {
		if got := w.unmet(e, a); got != "" {
			out = append(out, scriptLine{w.line, fmt.Sprintf("wanted %s %s\n\tgot    %s", w.verb, w.text, got)})
		}
	}
	return out
}

// unmet is what there is instead of what is wanted; "" if all is well.
func (w want) unmet(e *Engine, a *Answer) string {
	switch w.verb {
	case "query":
		got, err := queriesOf(e, a.Code)
		if err != nil {
			return err.Error()
		}
		return unlike(got, w.text)
	case "says":
		if !strings.Contains(strings.ToLower(a.Text), strings.ToLower(w.text)) {
			return a.Text
		}
	case "lacks":
		if strings.Contains(strings.ToLower(a.Text), strings.ToLower(w.text)) {
			return a.Text
		}
	case "figures":
		return unlike(orNone(strings.Join(figureLines(a), "; ")), w.text)
	case "has":
		return w.missing(a)
	case "caveats":
		want := strings.Fields(w.text)
		slices.Sort(want)
		return unlike(orNone(strings.Join(caveatCodes(a), " ")), strings.Join(want, " "))
	case "fails":
		if !slices.Contains(strings.Split(w.text, "|"), string(a.Reason)) {
			return string(a.Status) + " " + string(a.Reason)
		}
	case "helps":
		return unlike(string(a.Status), string(HelpStatus))
	}
	return ""
}

// missing are the figures wanted that are not there.
func (w want) missing(a *Answer) string {
	var all []string
	for _, f := range a.Figures {
		all = append(all, figureLine(f))
	}
	for one := range strings.SplitSeq(w.text, ";") {
		if !slices.Contains(all, strings.TrimSpace(one)) {
			return orNone(strings.Join(all, "; "))
		}
	}
	return ""
}

func unlike(got, want string) string {
	if got == want {
		return ""
	}
	if got == "" {
		return "nothing"
	}
	return got
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// packageDir is where a script's data line points.
func (s *script) packageDir() string { return path.Join("testdata", s.data) }
