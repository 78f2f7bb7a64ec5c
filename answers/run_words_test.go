package answers

import (
	"slices"
	"strings"
	"testing"

	"reportbot/data"
)

func TestDatesAndSources(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	aspect := func(a Aspect) func(*Query) { return func(q *Query) { q.Aspect = a } }
	for _, w := range []wantAnswer{
		{name: "date of a figure", query: k.q(Date, "returned", "France"), head: "France: the figure for returnees (302) is as of August 2017."},
		{name: "date of a row", query: k.q(Date, "", "Turkmenistan"),
			head: "Turkmenistan: the row's figures are as of January 2015 (>400 went to Syria or Iraq).", caveats: "lower_bound old_figure"},
		{name: "no dates in the table", query: k.q(Date, "women", "Morocco"),
			head: "Morocco: the figure for women (~285) has no date.", caveats: "approximate no_date"},
		{name: "oldest", query: k.q(Date, "", "", aspect(Oldest)), head: "The oldest figure is of January 2015: Turkmenistan (",
			caveats: "lower_bound old_figure"},
		{name: "newest, with ties", query: k.q(Date, "", "", aspect(Newest)),
			head:    "The newest figures are of October 2017: Belgium (~528 went to Syria or Iraq), Italy (110 went to Syria or Iraq) and Morocco (",
			caveats: "approximate"},
		{name: "source", query: k.q(Source, "returned", "France"),
			head: `France: 302 returned, as of August 2017 (table 1, row France, column "RETURNED", footnote 47).`},
		{name: "confirmed column", query: k.q(Source, "returned", "USA"),
			head: "USA: 7 returned, as of September 2017 (table 1, row USA, column \"RETURNED\", footnote 104).\nThe row prints one figure"},
		{name: "why two figures", query: k.q(Source, "", "Bosnia", aspect(Disagree)),
			head: `Bosnia: 248 went to Syria or Iraq, as of December 2016 (table 1, row Bosnia, column "FFs", footnote 35).
Bosnia: 148 in all in the table of women and children (table 2, row Bosnia, column "TOTAL", footnote 178).`,
			caveats: "no_date tables_disagree"},
	} {
		t.Run(w.name, func(t *testing.T) { w.check(t, e) })
	}
}

func TestRefusalsSayWhatIsThere(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	problem := func(p Problem) func(*Query) { return func(q *Query) { q.Problem = &p } }
	for _, w := range []wantAnswer{
		{name: "near names", query: k.q(Lookup, "returned", "", problem(Problem{Reason: UnknownName, Word: "Gernamy",
			Near: []*data.Subject{row(t, e, "Germany"), row(t, e, "Georgia")}})), status: NotInReport, reason: UnknownName,
			head: "I do not know \"Gernamy\" as a place in this report.\nDid you mean Germany or Georgia?"},
		{name: "another date", query: k.q(Lookup, "returned", "France", problem(Problem{Reason: OneDateOnly, Word: "2020"})),
			status: NotInReport, reason: OneDateOnly,
			head: "The report has nothing for \"2020\": it prints one figure for each row, of one date, and is itself of October 2017.\n" +
				"The nearest that it gives: France: 302 returned, as of August 2017."},
		{name: "measures that do not meet", query: k.q(Lookup, "women returned", "France", problem(Problem{Reason: NoSuchCombination})),
			status: NotInReport, reason: NoSuchCombination,
			head:    "The report does not say how many of the women returned.\nWhat it prints for France: ~320 women; 302 returned, as of August 2017.",
			caveats: "approximate no_date"},
		{name: "not counted", query: k.q(Lookup, "", "Belgium", problem(Problem{Reason: NoSuchMeasure, Topic: "deaths", Word: "died"})),
			status: NotInReport, reason: NoSuchMeasure, caveats: "approximate lower_bound",
			head: "The report prints no number of dead by country"},
	} {
		t.Run(w.name, func(t *testing.T) { w.check(t, e) })
	}
}

// Every suggestion is a question of a query that is answered; none is offered
// that the engine's try turns down.
func TestSuggestionsAreTried(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	var tried []string
	e.try = func(question string) bool {
		tried = append(tried, question)
		return len(tried) > 1
	}
	a, err := e.answer(Reading{Query: k.q(Lookup, "women", "Denmark")})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Suggestions) != 3 || slices.Contains(a.Suggestions, tried[0]) {
		t.Errorf("tried %q, suggested %q", tried, a.Suggestions)
	}
}

func TestHeadlineOfTheProse(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	a, err := e.answer(Reading{Query: k.q(Total, "returned", "")})
	if err != nil {
		t.Fatal(err)
	}
	if f := a.Figures[0]; f.Op != "sum" || f.Inputs != 33 || *f.Low != 5617 || *f.Value != 5727 || f.High != nil || f.Qualifier != "at_least" {
		t.Errorf("%+v", f)
	}
	if !strings.Contains(a.Text, "prose says: At least 5,600 people") || len(a.Findings) != 1 {
		t.Errorf("the prose's own total is missing: %s", a.Text)
	}
	if a, err = e.answer(Reading{Query: k.q(Count, "returned", "", func(q *Query) { q.Has = true })}); err != nil {
		t.Fatal(err)
	}
	if len(a.Findings) != 1 || !strings.HasPrefix(a.Text, "33 of 48 countries have a figure for returnees.") || !strings.Contains(a.Text, "The prose: At least 5,600 people") {
		t.Errorf("the prose has 33 too, and says of how many people: %s", a.Text)
	}
	if slices.ContainsFunc(a.Caveats, func(c Caveat) bool { return c.Code == headlineDiffers }) {
		t.Errorf("33 is no other number than 33: %s", a.Text)
	}
}

// A figure's text never stands without its sign: what is printed with ~, > or
// < is said so, for every printed figure of the report.
func TestEveryPrintedFigureIsSaidAsPrinted(t *testing.T) {
	e := bare(t)
	for c := range e.report.Cells() {
		q := Query{Kind: Lookup, Measures: []*data.Measure{c.Measure}, Subjects: []*data.Subject{c.Subject}}
		a, err := e.answer(Reading{Query: q})
		if err != nil {
			t.Fatal(err)
		}
		f := a.Figures[0]
		if a.Status != Answered || f.Subject != c.Subject.Name || f.Measure != c.Measure.Name || f.Raw != c.Number.Raw {
			t.Errorf("%s %s: %+v", c.Subject.Name, c.Measure.Name, f)
		}
		if !strings.HasPrefix(a.Headline, c.Subject.Name+": "+printed(c.Number)+" ") {
			t.Errorf("%s %s: %s", c.Subject.Name, c.Measure.Name, a.Headline)
		}
		for code, sign := range map[string]string{"approximate": "~", "lower_bound": ">", "upper_bound": "<"} {
			given := slices.ContainsFunc(a.Caveats, func(v Caveat) bool { return v.Code == code })
			if given != strings.HasPrefix(c.Number.Raw, sign) {
				t.Errorf("%s %s, printed %s: caveat %s is %v", c.Subject.Name, c.Measure.Name, c.Number.Raw, code, given)
			}
		}
	}
}

// A is more than B exactly where B is fewer than A.
func TestComparisonsTurnRound(t *testing.T) {
	e := bare(t)
	returned, _ := e.report.Measure("returned")
	ask := func(a, b *data.Subject) string {
		v, err := e.answer(Reading{Query: Query{Kind: Compare, Measures: []*data.Measure{returned}, Subjects: []*data.Subject{a, b}}})
		if err != nil {
			t.Fatal(err)
		}
		_, verdict, _ := strings.Cut(v.Text, "\n")
		verdict, _, _ = strings.Cut(verdict, "\n")
		return verdict
	}
	var rows []*data.Subject
	for _, s := range e.report.Subjects {
		if _, ok := e.report.Cell(s, returned); ok {
			rows = append(rows, s)
		}
	}
	for i, a := range rows {
		for _, b := range rows[:i] {
			if x, y := ask(a, b), ask(b, a); x != y && !strings.Contains(x, "level") {
				t.Errorf("%s, turned round %s", x, y)
			}
		}
	}
}

func TestRankingAndSets(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for _, w := range []wantAnswer{
		{name: "one", query: k.q(Rank, "returned", "", limit(1)), head: "Most returnees: Turkey, ~900, as of June 2016.\nRanked by the printed numbers; " +
			"the signs at the figures leave the order open towards the next row in the order, which is not shown.",
			caveats: "approximate old_figure partial_coverage column_inferred overlap"},
		{name: "leaving one out", query: k.q(Rank, "returned", "", limit(1), k.without("Turkey")),
			head: "Most returnees, all countries without Turkey: Tunisia, >800", caveats: "lower_bound partial_coverage column_inferred overlap"},
		{name: "a region", query: k.q(Rank, "fighters", "", limit(1), k.in("Balkans")), head: "Most fighters, Balkans: Kosovo, 317", caveats: "assumed overlap"},
		{name: "second", query: k.q(Rank, "women", "", func(q *Query) { q.Position = 2 }), head: "Second most women: France, ~320.",
			caveats: "approximate no_date partial_coverage overlap"},
		{name: "no such place", query: k.q(Rank, "women", "", func(q *Query) { q.Position = 21 }), status: NotInReport, reason: BlankCell,
			head: "There is no such place in the order: only 20 rows print a figure for women."},
		{name: "rows named, in order", query: k.q(Rank, "remaining", "Italy, France, Spain"),
			head:    "In order of people remaining, most first:\n#  Country  Remaining  As of\n1  France   ~700       August 2017\n2  Spain    129        July 2017\n3  Italy    57         October 2017",
			caveats: "approximate mixed_dates"},
		{name: "sum of a region", query: k.q(Total, "fighters", "", k.in("Balkans")),
			head:    "Balkans: about 845 went to Syria or Iraq, added up over 5 countries.",
			caveats: "assumed approximate mixed_dates old_figure computed overlap"},
	} {
		t.Run(w.name, func(t *testing.T) { w.check(t, e) })
	}
}

func TestProseAndTerms(t *testing.T) {
	e := bare(t)
	finding, ok := e.report.Finding("us-129-left")
	if !ok {
		t.Fatal("no such finding")
	}
	for _, w := range []wantAnswer{
		{name: "finding with the table's figure", query: Query{Kind: Finding, Findings: []*data.Finding{finding}},
			head: finding.Gist + "\nTable 1 gives for the USA: <129 went to Syria or Iraq, as of September 2017.", caveats: "tables_disagree"},
		{name: "term", query: Query{Kind: Define, Terms: e.report.Vocabulary.Terms[:1]}, head: e.report.Vocabulary.Terms[0].Gist},
		{name: "countries", query: Query{Kind: Coverage, Aspect: Countries}, head: "The report has rows for 48 countries: Afghanistan, Albania, "},
		{name: "regions", query: Query{Kind: Coverage, Aspect: Regions}, head: "Rows of their own: W. Balkans, Central Asia, EU, SE Asia and Uighurs.\n"},
		{name: "help", query: Query{Kind: Help}, status: HelpStatus, head: e.report.Vocabulary.About},
	} {
		t.Run(w.name, func(t *testing.T) { w.check(t, e) })
	}
}
