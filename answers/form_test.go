package answers

import (
	"slices"
	"strings"
	"testing"
)

// TestFormChangesNoQuery: a form may be asked for in any of many ways, before the
// question or behind it, and the question is read as without them.
func TestFormChangesNoQuery(t *testing.T) {
	e := wholeEngine(t)
	ways := map[Form][]string{
		FormChart: {"chart %s", "plot %s", "graph %s", "chart of %s", "a bar chart of %s", "show me a chart of %s", "can you please draw a graph of %s?", "could I have a bar graph showing %s please", "I'd like a chart for %s", "%s as a chart", "%s, as a bar chart please", "%s in chart form", "%s in a graph", "chart: %s", "Please visualise %s", "plot of %s", "%s as a plot"},
		FormTable: {"a table of %s", "show me a table of %s", "%s as a table", "%s in a table, please", "tabulate %s", "%s in tabular form", "give me a table with %s"},
		FormCSV:   {"%s as csv", "%s as a csv file", "csv of %s", "%s in CSV format", "%s, csv please", "%s as a spreadsheet", "give me a spreadsheet of %s", "export %s to excel", "download %s as csv"},
	}
	for _, question := range []string{
		"returnees in Western Europe", "the top 5 countries by returnees", "women and children from France", "fighters by region", "the share of fighters who returned to Belgium, Denmark and Sweden",
		"returned to France", "women from Denmark", "remaining for Germany and the UK", "all figures for Malaysia", "fighters from Narnia",
	} {
		plain, _, err := e.Ask(question, Context{})
		if err != nil {
			t.Fatal(err)
		}
		want, err := queriesOf(e, plain.Code)
		if err != nil {
			t.Fatal(err)
		}
		for form, list := range ways {
			for _, way := range list {
				asked := strings.Replace(way, "%s", question, 1)
				a, _, err := e.Ask(asked, Context{})
				if err != nil {
					t.Fatal(asked, err)
				}
				got, err := queriesOf(e, a.Code)
				if err != nil || got != want || a.Form != form || a.Status != plain.Status {
					t.Errorf("%q is read as %s, form %q, %s; want %s, %q", asked, got, a.Form, a.Status, want, form)
				}
				if slices.ContainsFunc(a.Caveats, func(c Caveat) bool { return c.Code == "ignored_words" }) {
					t.Errorf("%q: words are ignored", asked)
				}
				sameAgain(t, e, a)
			}
		}
	}
}

// TestNoForm: words that are no wish for a form stay what they are.
func TestNoForm(t *testing.T) {
	e := wholeEngine(t)
	for _, question := range []string{
		"the chart's regions", "what is in the chart", "which regions does the chart show", "what regions are in the report's chart", "chart's regions",
		"plots foiled in the UK", "plot to attack Paris", "what are the plots of 2017", "in table 2, women from France", "women from France in table 2",
		"table of women and children", "how many countries are in the table", "Sum up the returnees of all the countries in the table", "where did IS draw its fighters from",
		"what does the second table count", "are the women in the table of women and children",
	} {
		if a, _, err := e.Ask(question, Context{}); err != nil || a.Form != "" {
			t.Errorf("%q asks for the form %q (%v)", question, a.Form, err)
		}
	}
	phrases, _ := phrasebook(t)
	for _, p := range phrases {
		if a := e.lexicon.shown.take(split(clean(p.question))); a.form != "" && !strings.Contains(p.question, "chart") {
			t.Errorf("phrasebook.txt:%d: %s asks for the form %q", p.line, p.question, a.form)
		}
	}
}

// TestFormOfTheLastAnswer: with nothing else asked the last answer is shown again,
// and the conversation goes on as if it had not been.
func TestFormOfTheLastAnswer(t *testing.T) {
	e := wholeEngine(t)
	for _, again := range []string{"as a chart", "chart that", "Can you plot it?", "make a chart of that please", "and as a chart?", "graph those", "turn that into a chart", "chart", "chart please", "the same as a bar chart", "draw a chart", "now as a chart", "what about as a graph"} {
		first, c, err := e.Ask("returnees in Western Europe", Context{})
		if err != nil {
			t.Fatal(err)
		}
		a, next, err := e.Ask(again, c)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := queriesOf(e, a.Code); got+"@"+e.report.Edition != first.Code || a.Form != FormChart {
			t.Errorf("%q shows %s, form %q; want %s", again, a.Code, a.Form, first.Code)
		}
		if b, _, _ := e.Ask("and the Balkans?", next); !strings.HasPrefix(b.Code, "total:returned:") || b.Form != "" {
			t.Errorf("after %q, \"and the Balkans?\" is %s, form %q", again, b.Code, b.Form)
		}
		if none, _, _ := e.Ask(again, Context{}); none.Status == Answered || !strings.Contains(none.Text, "no answer yet to show as a chart") {
			t.Errorf("%q with nothing before it: %s", again, none.Text)
		}
	}
}

// TestFormIsKeptByAChoice: a form that was asked for with a question that had to be
// asked back about is that of the reading chosen.
func TestFormIsKeptByAChoice(t *testing.T) {
	e := wholeEngine(t)
	a, c, err := e.Ask("chart of returnees", Context{})
	if err != nil || a.Status != Clarify {
		t.Fatal(a.Status, err)
	}
	for _, next := range append(slices.Clone(a.Suggestions), "2") {
		if b, _, err := e.Ask(next, c); err != nil || b.Status != Answered || b.Form != FormChart {
			t.Errorf("%q: %s, form %q (%v)", next, b.Status, b.Form, err)
		}
	}
}

// TestWhatCannotBeShown is said in one sentence.
func TestWhatCannotBeShown(t *testing.T) {
	e := wholeEngine(t)
	for question, want := range map[string]string{
		"chart returned from France":                                 "\nA chart needs two figures that can be compared; this answer has one.\n",
		"women from Denmark as a chart":                              "\nA chart needs two figures that can be compared; this answer has none.\n",
		"what does the report say about child returnees, as a chart": "\nA chart needs two figures that can be compared; this answer has none.\n",
		"what is a foreign fighter as csv":                           "This answer has no figures to show as CSV.",
	} {
		if a, _, err := e.Ask(question, Context{}); err != nil || strings.Count(a.Text, strings.TrimSpace(want)) != 1 || !strings.Contains(a.Text+"\n", want) {
			t.Errorf("%s (%v):\n%s", question, err, a.Text)
		}
	}
	for _, question := range []string{"chart women and children from France", "chart returnees in the Balkans", "what share of fighters returned to France as a chart", "chart of who is unaccounted for from the Netherlands"} {
		if a, _, err := e.Ask(question, Context{}); err != nil || strings.Contains(a.Text, "A chart needs") {
			t.Errorf("%s (%v):\n%s", question, err, a.Text)
		}
	}
}

// TestTableOnRequest: figures that are said in sentences stand in a table where one is asked for.
func TestTableOnRequest(t *testing.T) {
	e := wholeEngine(t)
	for question, want := range map[string]string{
		"returned from France as a table":           "Row     Measure   Figure  As of\nFrance  Returned  302     August 2017\n",
		"returnees in the Balkans as a table":       "Balkans  Returned  163\nKosovo   Returned  117     April 2017\nBosnia   Returned  46      December 2016\n",
		"show me a table of the top 2 by returnees": "#  Country  Returned  As of\n1  Turkey   ~900      June 2016\n",
	} {
		if a, _, err := e.Ask(question, Context{}); err != nil || !strings.Contains(a.Text, want) {
			t.Errorf("%s (%v):\n%s", question, err, a.Text)
		}
	}
}
