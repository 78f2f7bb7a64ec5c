package answers

import (
	"strings"
	"testing"
)

// TestPiecesSayWhatTheTextSays: nothing of an answer is in its text alone, or
// in its pieces alone.
func TestPiecesSayWhatTheTextSays(t *testing.T) {
	e := wholeEngine(t)
	for _, question := range append(e.examples(), "women from Denmark", "returned from France and what is a foreign fighter?",
		"returned from France? top 12 countries by fighters", "who has between 100 and 400 returnees", "") {
		a, _, err := e.Ask(question, Context{})
		if err != nil {
			t.Fatal(question, err)
		}
		var all []string
		for i := range a.Parts {
			all = append(all, a.Parts[i].text())
		}
		if got := strings.Join(all, "\n\n"); got != a.Text || len(all) == 0 {
			t.Errorf("%q: the pieces say\n%s\nthe text says\n%s", question, got, a.Text)
		}
		for i := range a.Parts {
			if p := &a.Parts[i]; p.Headline == "" || p.Interpretation == "" && a.Status == Answered {
				t.Errorf("%q: part %d has headline %q, interpretation %q", question, i, p.Headline, p.Interpretation)
			}
		}
		if a.Table != nil && a.Parts[0].Body[0].Table == nil && !hasTable(a.Parts[0]) {
			t.Errorf("%q: the answer has a table, its pieces none", question)
		}
	}
}

func hasTable(p Part) bool {
	for _, b := range p.Body {
		if b.Table != nil {
			return true
		}
	}
	return false
}

// TestAPieceShowsItsOwnRows: rows that join the answer's table later are not in
// a piece that does not say them.
func TestAPieceShowsItsOwnRows(t *testing.T) {
	e := wholeEngine(t)
	for _, question := range []string{"which countries have more than 1,000 fighters", "which countries had more than 100 fighters and over 50 returnees"} {
		a, _, err := e.Ask(question, Context{})
		if err != nil {
			t.Fatal(err)
		}
		tables := 0
		for _, b := range a.Parts[0].Body {
			if b.Table == nil {
				continue
			}
			tables++
			if got := strings.Count(b.Text, "\n"); got != len(b.Table.Rows) {
				t.Errorf("%s: a piece says %d rows and has %d", question, got, len(b.Table.Rows))
			}
		}
		if tables < 2 {
			t.Errorf("%s: %d tables in pieces", question, tables)
		}
	}
}
