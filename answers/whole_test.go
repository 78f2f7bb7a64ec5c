package answers

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// builtIn is the engine of the report that is built in, made once: what the
// program answers with.
var builtIn = sync.OnceValues(func() (*Engine, error) {
	r, err := embedded()
	if err != nil {
		return nil, err
	}
	return New(r)
})

func wholeEngine(t testing.TB) *Engine {
	t.Helper()
	e, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// asked is the answer to a question by itself.
func asked(t testing.TB, e *Engine, question string) Answer {
	t.Helper()
	a, _, err := e.Ask(question, Context{})
	if err != nil {
		t.Errorf("%q: %v", question, err)
	}
	return a
}

var allStatuses = []Status{Answered, Clarify, NotInReport, OutOfScope, HelpStatus}

// unsound says what is wrong in an answer whatever was asked; "" if nothing is.
func unsound(e *Engine, a *Answer) string {
	switch {
	case !slices.Contains(allStatuses, a.Status):
		return fmt.Sprintf("status %q is none of the contract's", a.Status)
	case strings.TrimSpace(a.Text) == "" || !utf8.ValidString(a.Text):
		return fmt.Sprintf("the text is empty or not UTF-8: %q", a.Text)
	case a.Status == OutOfScope && len(a.Figures)+len(a.Findings) > 0:
		return "out of scope, and yet there are figures or findings"
	case (a.Reason == "") != (a.Status == Answered || a.Status == HelpStatus):
		return fmt.Sprintf("status %s with reason %q", a.Status, a.Reason)
	case len(a.Suggestions) > 3 && a.Status != Clarify:
		return "more than three suggestions"
	case a.Status == Clarify && len(a.Suggestions) == 0:
		return "asks back without a ready question for each reading"
	case a.Code == "":
		return "no code"
	}
	for _, f := range a.Figures {
		if m, ok := e.report.Measure(f.Measure); !f.Derived && f.Finding == "" && ok {
			s, _ := e.report.Subject(f.Subject)
			if c, ok := e.report.Cell(s, m); !ok || c.Number.Raw != f.Raw {
				return fmt.Sprintf("the report does not print %s: %s %s", f.Subject, f.Measure, f.Raw)
			}
		}
	}
	return ""
}

// checkSound fails the test where an answer is wrong whatever was asked.
func checkSound(t testing.TB, e *Engine, question string, a *Answer) {
	t.Helper()
	if fault := unsound(e, a); fault != "" {
		t.Errorf("%.200q: %s", question, fault)
	}
}

// sameAgain fails the test unless an answer's code gives the same answer.
func sameAgain(t testing.TB, e *Engine, a Answer) {
	t.Helper()
	again, err := e.AskCode(a.Code)
	if err != nil {
		t.Errorf("%q has code %s: %v", a.Question, a.Code, err)
		return
	}
	again.Question = a.Question
	if !reflect.DeepEqual(again, a) {
		t.Errorf("%q has code %s, which gives another answer:\n%s\nfirst:\n%s", a.Question, a.Code, again.Text, a.Text)
	}
}

// queriesOf are the canonical queries that an answer's code names, with + between.
func queriesOf(e *Engine, code string) (string, error) {
	edition := "@" + e.report.Edition
	var out []string
	for one := range strings.SplitSeq(strings.TrimSuffix(code, edition), edition+codeJoint) {
		r, err := e.ParseCode(one + edition)
		if err != nil {
			return "", err
		}
		out = append(out, r.Query.String())
	}
	return strings.Join(out, codeJoint), nil
}

// figureLine is a figure in the form of the scripts: "France: returned 302",
// or "all countries: returned = 5727" if it was worked out.
func figureLine(f Figure) string {
	if !f.Derived {
		return f.Subject + ": " + f.Measure + " " + f.Raw
	}
	value := "?"
	if f.Value != nil {
		value = strconv.FormatFloat(math.Round(*f.Value*1000)/1000, 'f', -1, 64)
	}
	return f.Subject + ": " + f.Measure + " = " + value
}

// figureLines are the figures that answer, without those of the other table,
// those that went into a derived one and those that come nearest.
func figureLines(a *Answer) []string {
	var out []string
	for _, f := range a.Figures {
		if f.Role == "" {
			out = append(out, figureLine(f))
		}
	}
	return out
}

func caveatCodes(a *Answer) []string {
	var out []string
	for _, c := range a.Caveats {
		if !slices.Contains(out, c.Code) {
			out = append(out, c.Code)
		}
	}
	slices.Sort(out)
	return out
}

// offers keeps the questions that answers offered, so that each is asked once.
type offers struct {
	suggested  map[string]string // question: what it was offered for
	alternates map[Alternative]string
}

func newOffers() *offers {
	return &offers{map[string]string{}, map[Alternative]string{}}
}

func (o *offers) of(a *Answer) {
	for _, s := range a.Suggestions {
		o.suggested[s] = a.Question
	}
	for _, alt := range a.Alternatives {
		o.alternates[alt] = a.Question
	}
}

// check asks the questions offered: each is answered, and an alternative's gets
// exactly its interpretation.
func (o *offers) check(t testing.TB, e *Engine) {
	t.Helper()
	o.checkSome(t, e, 1)
}

// checkSome asks one in so many of the questions offered, always the same ones:
// the largest tests are offered more than there is time for.
func (o *offers) checkSome(t testing.TB, e *Engine, in int) {
	t.Helper()
	for i, q := range slices.Sorted(maps.Keys(o.suggested)) {
		if i%in != 0 {
			continue
		}
		a := asked(t, e, q)
		right := a.Status == Answered || a.Status == HelpStatus
		if !knownFault(t, q, right) && !right {
			t.Errorf("%q, offered for %q, is not answered: %s %s", q, o.suggested[q], a.Status, a.Reason)
		}
	}
	for alt, from := range o.alternates {
		a := asked(t, e, alt.Question)
		right := (a.Status == Answered || a.Status == HelpStatus) && a.Interpretation == alt.Interpretation
		if !knownFault(t, alt.Question, right) && !right {
			t.Errorf("%q, an alternative for %q, is read as %q, not %q: %s %s",
				alt.Question, from, a.Interpretation, alt.Interpretation, a.Status, a.Reason)
		}
	}
}
