package answers

import (
	"strings"
	"testing"
)

// talk is a few conversations that a question may come into.
func talk(t testing.TB, e *Engine) []Context {
	t.Helper()
	contexts := []Context{{}}
	for _, turns := range [][]string{
		{"returned from France"},
		{"top 5 countries by returnees", "only Western Europe"},
		{"numbers for europe"}, // asks back
		{"what does it say about child returnees"},
		{"compare the UK and Germany", "and children?"},
		{"women from Denmark"}, // not in the report
	} {
		var c Context
		for _, question := range turns {
			_, next, err := e.Ask(question, c)
			if err != nil {
				t.Fatal(question, err)
			}
			c = next
		}
		contexts = append(contexts, c)
	}
	return append(contexts,
		Context{Last: "lookup:returned:france@1999-01"},                                               // of another edition
		Context{Last: "nonsense", Before: "@", Shown: []string{"Narnia", ""}, Choices: []string{"x"}}, // of nobody
	)
}

// FuzzAsk asks anything in any conversation: the answer is sound, its code
// gives it again, and the conversation that comes out can be gone on with.
func FuzzAsk(f *testing.F) {
	e := wholeEngine(f)
	contexts := talk(f, e)
	for i, seed := range []string{
		"", " ", "?!", "returned from France", "and Germany?", "the second one", "what about women", "no, I meant Austria",
		"is it true that 460 women came from France?", "top 5 by returnees without Turkey", "0", "-1", "1e309", "99999999999999999999 fighters",
		"more than NaN fighters", "between 500 and 100", "compare France France France", "W. Balkans. U.K. U.S.", "a+b@2017-10",
	} {
		f.Add(seed, uint8(i))
	}
	f.Fuzz(func(t *testing.T, question string, which uint8) {
		c := contexts[int(which)%len(contexts)]
		a, next, err := e.Ask(question, c)
		if err != nil {
			t.Fatalf("%q: %v", question, err)
		}
		if fault := unsound(e, &a); fault != "" {
			t.Fatalf("%q: %s", question, fault)
		}
		if a.Question != question {
			t.Fatalf("the answer to %q says that it is to %q", question, a.Question)
		}
		if len(a.Code) < maxCode {
			sameAgain(t, e, a)
		}
		b, _, err := e.Ask("and Germany?", next)
		if err != nil {
			t.Fatalf("after %q: %v", question, err)
		}
		if fault := unsound(e, &b); fault != "" {
			t.Fatalf("after %q: %s", question, fault)
		}
	})
}

// TestLongQuestions: a question beyond all measure is refused politely, and
// the work does not grow with it.
func TestLongQuestions(t *testing.T) {
	e := wholeEngine(t)
	for _, part := range []string{"returned from France ", "x", "france ", "?", "\xff", "\u200b", "and ", "1", "how many women and children went from "} {
		question := strings.Repeat(part, 100_000/len(part))
		a := asked(t, e, question)
		checkSound(t, e, question, &a)
		if len(a.Figures) > 0 || a.Status == Answered {
			t.Errorf("100 kB of %q: %s", part, a.Status)
		}
		if len(a.Text) > 2000 {
			t.Errorf("100 kB of %q: a reply of %d bytes", part, len(a.Text))
		}
	}
}
