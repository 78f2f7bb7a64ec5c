package answers

import (
	"fmt"
	"runtime/debug"
	"slices"
	"testing"

	"reportbot/data"
)

// oneOfEachKind is a question of each kind, asked by itself.
var oneOfEachKind = []struct {
	kind     Kind
	question string
}{
	{Lookup, "returned from France"},
	{Profile, "tell me about Malaysia"},
	{Compare, "compare the UK and Germany"},
	{Rank, "top 5 countries by returnees"},
	{Filter, "which countries have more than 1,000 fighters"},
	{Count, "how many countries report returnees"},
	{Total, "how many returned to Western Europe in total"},
	{Average, "average number of fighters per country"},
	{Share, "what share of Belgian fighters returned"},
	{Difference, "difference between Tunisia and Russia in fighters"},
	{Date, "when is the figure for Turkmenistan from"},
	{Source, "where does the figure for France come from"},
	{Define, "what does ~ mean"},
	{Finding, "what does it say about child returnees"},
	{Coverage, "which countries are covered"},
	{Help, "what can you do"},
	{Refused, "what is the weather in France"}, // of which the intent is help
}

func TestOneOfEachKind(t *testing.T) {
	e := wholeEngine(t)
	var have []Kind
	for _, c := range oneOfEachKind {
		if a := asked(t, e, c.question); a.Intent != c.kind && (c.kind != Refused || a.Intent != Help || a.Reason != OffTopic) {
			t.Errorf("%s is a question of kind %s, not %s", c.question, a.Intent, c.kind)
		}
		have = append(have, c.kind)
	}
	if !slices.Equal(have, kinds) {
		t.Errorf("kinds %s, want %s", have, kinds)
	}
}

// benchAsk asks the questions over and over.
func benchAsk(b *testing.B, e *Engine, questions ...string) {
	b.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(300)) // as the program does
	for _, q := range questions {                     // what is built once is built now
		if _, _, err := e.Ask(q, Context{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, q := range questions {
			if _, _, err := e.Ask(q, Context{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkAsk(b *testing.B) {
	e := wholeEngine(b)
	for _, c := range oneOfEachKind {
		b.Run(string(c.kind), func(b *testing.B) { benchAsk(b, e, c.question) })
	}
	b.Run("typo", func(b *testing.B) { benchAsk(b, e, "returnd from frnace") })
	b.Run("unknown name", func(b *testing.B) { benchAsk(b, e, "how many returned to Xanadupolis") })
	b.Run("follow-up", func(b *testing.B) {
		_, c, err := e.Ask("returned from France", Context{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			if _, _, err := e.Ask("and Germany?", c); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkPhrasebook asks the whole phrasebook; ns/question is its mean.
func BenchmarkPhrasebook(b *testing.B) {
	e := wholeEngine(b)
	phrases, _ := phrasebook(b)
	var questions []string
	for _, p := range phrases {
		questions = append(questions, p.question)
	}
	benchAsk(b, e, questions...)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(questions)), "ns/question")
}

// invented is the report with more places without a row, each of an invented
// name. The report itself is not changed.
func invented(r *data.Report, places int) *data.Report {
	larger := *r
	larger.Uncovered = slices.Clip(r.Uncovered)
	for i := range places {
		larger.Uncovered = append(larger.Uncovered, &data.Uncovered{Name: inventedName(i), Kind: "country"})
	}
	return &larger
}

// inventedName makes names as unlike one another as names of places are:
// syllables after the digits of a number.
func inventedName(i int) string {
	syllables := []string{"zor", "bel", "kha", "mun", "tir", "vasp", "lo", "gren", "quay", "dush"}
	name := "Qu"
	for n := i*7919 + 1_000_003; n > 0; n /= 10 {
		name += syllables[n%10]
	}
	return name
}

// TestInventedNames: a lexicon of many names still answers, and knows them.
func TestInventedNames(t *testing.T) {
	e, err := New(invented(wholeEngine(t).report, 1000))
	if err != nil {
		t.Fatal(err)
	}
	if a := asked(t, e, "returned from France"); !slices.Equal(figureLines(&a), []string{"France: returned 302"}) {
		t.Errorf("%s %s", a.Status, figureLines(&a))
	}
	if a := asked(t, e, "how many fighters went from "+inventedName(777)); a.Reason != NotCovered {
		t.Errorf("%s %s", a.Status, a.Reason)
	}
	seen := map[string]bool{}
	for i := range 100_000 {
		seen[inventedName(i)] = true
	}
	if len(seen) != 100_000 {
		t.Errorf("only %d of 100,000 names are different", len(seen))
	}
}

// BenchmarkNames asks with a lexicon of more and more names, built before the
// clock runs. The cost of a question must not grow with their number.
func BenchmarkNames(b *testing.B) {
	for _, places := range []int{100, 10_000, 1_000_000} {
		e, err := New(invented(wholeEngine(b).report, places))
		if err != nil {
			b.Fatal(err)
		}
		for name, question := range map[string]string{
			"row": "returned from France", "typo": "returnd from frnace", "invented": "fighters from " + inventedName(places/2),
			"slip": "fighters from " + inventedName(places / 2)[1:],
		} {
			b.Run(fmt.Sprintf("%s/%d", name, places), func(b *testing.B) { benchAsk(b, e, question) })
		}
	}
}

// BenchmarkNew makes an engine of a report that is loaded.
func BenchmarkNew(b *testing.B) {
	r := wholeEngine(b).report
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(r); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirstTypo is an engine's first question with a typo, for which the
// automaton of all words is built.
func BenchmarkFirstTypo(b *testing.B) {
	r := wholeEngine(b).report
	for b.Loop() {
		e, err := New(r)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := e.Ask("returnd from frnace", Context{}); err != nil {
			b.Fatal(err)
		}
	}
}
