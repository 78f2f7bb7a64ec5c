package answers

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reportbot/data"
)

// asking makes queries out of names, for tests.
type asking struct {
	t *testing.T
	e *Engine
}

func (k asking) q(kind Kind, measures, subjects string, edits ...func(*Query)) Query {
	q := Query{Kind: kind}
	for name := range strings.FieldsSeq(measures) {
		q.Measures = append(q.Measures, meas(k.t, k.e, name))
	}
	if subjects != "" {
		for name := range strings.SplitSeq(subjects, ", ") {
			q.Subjects = append(q.Subjects, row(k.t, k.e, name))
		}
	}
	for _, edit := range edits {
		edit(&q)
	}
	return q
}

func (k asking) of(name string) func(*Query) {
	return func(q *Query) { q.Of = meas(k.t, k.e, name) }
}

func (k asking) in(name string) func(*Query) {
	return func(q *Query) { q.Within = append(q.Within, chart(k.t, k.e, name)) }
}

func (k asking) members(name string) func(*Query) {
	return func(q *Query) { q.Within = append(q.Within, Scope{Row: row(k.t, k.e, name)}) }
}

func (k asking) without(name string) func(*Query) {
	return func(q *Query) { q.Exclude = append(q.Exclude, row(k.t, k.e, name)) }
}

func cond(op data.Op, a float64) func(*Query) {
	return func(q *Query) { q.Cond = &Condition{Op: op, A: a} }
}

func claim(op data.Op, a float64) func(*Query) {
	return func(q *Query) { q.Cond, q.Claim = &Condition{Op: op, A: a}, true }
}

func limit(n int) func(*Query) { return func(q *Query) { q.Limit = n } }

func ofAll(q *Query) { q.Whole = []Scope{{}} }

// wantAnswer is what an answer must be: its first line or whole text, and the
// codes of its caveats in order.
type wantAnswer struct {
	name    string
	query   Query
	status  Status
	reason  Reason
	head    string // of the text
	caveats string
}

func (w wantAnswer) check(t *testing.T, e *Engine) {
	t.Helper()
	a, err := e.answer(Reading{Query: w.query})
	if err != nil {
		t.Fatal(err)
	}
	if w.status == "" {
		w.status = Answered
	}
	if a.Status != w.status || a.Reason != w.reason {
		t.Errorf("status %s %s, want %s %s", a.Status, a.Reason, w.status, w.reason)
	}
	if !strings.HasPrefix(a.Text, w.head) {
		t.Errorf("text:\n%s\nwant it to begin:\n%s", a.Text, w.head)
	}
	var codes []string
	for _, c := range a.Caveats {
		codes = append(codes, c.Code)
	}
	if got := strings.Join(codes, " "); got != w.caveats {
		t.Errorf("caveats: %s\nwant:    %s", got, w.caveats)
	}
}

func TestLookupWording(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for _, w := range []wantAnswer{
		{name: "exact", query: k.q(Lookup, "returned", "France"),
			head: "France: 302 returned, as of August 2017.\nSource: table 1, footnote 47; edition 2017-10."},
		{name: "about, old and deduced", query: k.q(Lookup, "returned", "Turkey"),
			head: "Turkey: ~900 returned, as of June 2016.\n~ means about: an estimate or a rounded number. " +
				"The figure dates from June 2016, more than a year before the report (October 2017).",
			caveats: "approximate old_figure column_inferred"},
		{name: "confirmed by the prose", query: k.q(Lookup, "returned", "USA"), head: "USA: 7 returned, as of September 2017.\nSource"},
		{name: "exactly a year before the report is not old", query: k.q(Lookup, "fighters", "SE Asia"),
			head: "SE Asia: >1,000 went to Syria or Iraq, as of October 2016.", caveats: "lower_bound not_a_country"},
		{name: "words in the cell", query: k.q(Lookup, "sent_back", "India"),
			head:    "India: 37 stopped, deported or refused by Turkey, as of March 2017.\nThe report prints the cell as \"37 stopped\".",
			caveats: "composite turkey_list"},
		{name: "a sum in the cell", query: k.q(Lookup, "stop_listed", "Austria"),
			head:    "Austria: 153+51 on Turkey's watch list, as of December 2016.\nThe report prints \"153+51\", which adds up to 204.",
			caveats: "composite turkey_list"},
		{name: "several measures, two tables", query: k.q(Lookup, "fighters returned women", "UK"),
			head: "UK: ~850 went to Syria or Iraq, ~425 returned, as of February 2017; >100 women.", caveats: "approximate lower_bound no_date"},
		{name: "several rows", query: k.q(Lookup, "returned", "Germany, France"),
			head:    "Germany: ~300 returned, as of March 2017.\nFrance: 302 returned, as of August 2017.",
			caveats: "approximate mixed_dates"},
		{name: "combined cell for both", query: k.q(Lookup, "women children", "Kazakhstan"),
			head: "Kazakhstan: >200 women and children together.", caveats: "lower_bound no_date combined"},
		{name: "both together where printed apart", query: k.q(Lookup, "women_and_children", "Austria"),
			head: "Austria: 17 women, 40 children.\nAustria, together: 57 women and children.", caveats: "no_date computed"},
		{name: "uncertain column", query: k.q(Lookup, "women", "Italy"), head: "Italy: 6 women.", caveats: "no_date column_ambiguous"},
		{name: "worked out", query: k.q(Lookup, "unaccounted", "Italy"),
			head: "Italy: 40 neither remaining nor returned, as of October 2017.", caveats: "computed"},
		{name: "tables disagree", query: k.q(Lookup, "fighters", "Tunisia"),
			head:    "Tunisia: 2,926 went to Syria or Iraq, as of December 2016.\nThe tables differ on Tunisia: table 1 prints 2,926, table 2 ~3,000.",
			caveats: "tables_disagree"},
		{name: "tables agree", query: k.q(Lookup, "fighters", "Morocco"), head: "Morocco: 1,660 went to Syria or Iraq, as of October 2017.\nSource"},
	} {
		t.Run(w.name, func(t *testing.T) { w.check(t, e) })
	}
}

func TestBlankIsNeverZero(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for _, w := range []wantAnswer{
		{name: "blank cell", query: k.q(Lookup, "returned", "Albania"), status: NotInReport, reason: BlankCell,
			head: "The report prints no number of returnees for Albania: the cell is blank, which does not mean zero.\n" +
				"What it prints for Albania: ~90 went to Syria or Iraq, as of May 2017."},
		{name: "no row in the table", query: k.q(Lookup, "women", "Denmark"), status: NotInReport, reason: BlankCell,
			head: "Table 2 of the report (Foreign Women and Children in the Islamic State) has no row for Denmark."},
		{name: "combined", query: k.q(Lookup, "children", "Kazakhstan"), status: NotInReport, reason: BlankCell,
			head: "The report prints no number of children for Kazakhstan apart: women and children stand in one figure.\n" +
				"What it prints for Kazakhstan: >200 women and children together.",
			caveats: "lower_bound no_date combined"},
		{name: "uncertain column", query: k.q(Lookup, "children", "Italy"), status: NotInReport, reason: BlankCell,
			head:    "The report shows no number of children for Italy for certain: the row prints one figure, and the text does not show which column it stands in.",
			caveats: "no_date column_ambiguous"},
		{name: "an input is missing", query: k.q(Lookup, "unaccounted", "Russia"), status: NotInReport, reason: BlankCell,
			head: "The report prints no number of people remaining for Russia: the cell is blank, which does not mean zero. " +
				"Without it the number of people unaccounted for cannot be worked out."},
		{name: "one of two", query: k.q(Lookup, "returned", "France, Albania"),
			head: "France: 302 returned, as of August 2017.\nThe report prints no number of returnees for Albania"},
	} {
		t.Run(w.name, func(t *testing.T) { w.check(t, e) })
	}
}

func TestClaims(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for name, w := range map[string]struct {
		query Query
		head  string
	}{
		"wrong":         {k.q(Lookup, "women", "France", claim(data.EQ, 460)), "No, not 460. France: ~320 women."},
		"right":         {k.q(Lookup, "returned", "France", claim(data.EQ, 302)), "Yes. France: 302 returned, as of August 2017."},
		"about":         {k.q(Lookup, "women", "France", claim(data.EQ, 320)), "Yes, about 320. France: ~320 women."},
		"bound":         {k.q(Lookup, "fighters", "Denmark", claim(data.EQ, 145)), "Not quite: the report prints a bound, not a plain 145."},
		"open above":    {k.q(Lookup, "fighters", "Denmark", claim(data.GT, 1000)), "It may be more than 1,000, but the report leaves it open."},
		"over, certain": {k.q(Lookup, "fighters", "Denmark", claim(data.GT, 100)), "Yes. Denmark: >145"},
		"over, not":     {k.q(Lookup, "returned", "France", claim(data.GT, 400)), "No, not more than 400. France: 302 returned"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := e.answer(Reading{Query: w.query})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(a.Text, w.head) {
				t.Errorf("text: %s\nwant: %s", a.Text, w.head)
			}
		})
	}
}

func TestComparing(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for _, w := range []wantAnswer{
		{name: "certain", query: k.q(Compare, "remaining", "Spain, Italy"),
			head: "Remaining: Spain 129 (July 2017) and Italy 57 (October 2017).\nSpain has more.", caveats: "mixed_dates"},
		{name: "open", query: k.q(Compare, "returned", "Norway, Belgium"),
			head: "Returned: Norway >30 (September 2016) and Belgium >123 (October 2017).\n" +
				"By the printed numbers Belgium has more, but the qualifiers leave it open: it cannot be told for certain.",
			caveats: "lower_bound mixed_dates old_figure"},
		{name: "level", query: k.q(Compare, "returned", "Spain, Norway"),
			head: "Returned: Spain 30 (July 2017) and Norway >30 (September 2016).\nNorway has more.", caveats: "lower_bound mixed_dates old_figure"},
		{name: "region and member", query: k.q(Compare, "returned", "EU, France"),
			head:    "Returned: EU ~1,200 (April 2016) and France 302 (August 2017).\nThe EU has more.",
			caveats: "approximate mixed_dates old_figure not_a_country overlap"},
		{name: "one figure", query: k.q(Compare, "returned", "France, Albania"),
			head: "Returned: France 302 (August 2017).\nThe report prints no number of returnees for Albania"},
		{name: "difference", query: k.q(Difference, "remaining returned", "Morocco"),
			head: "Morocco has 693 more people remaining than returnees (929 against 236), as of October 2017.", caveats: "computed"},
		{name: "difference of two rows", query: k.q(Difference, "fighters", "France, Spain"),
			head: "France has 1,706 more fighters than Spain (1,910 in August 2017 against 204 in July 2017).", caveats: "mixed_dates computed"},
		{name: "open difference", query: k.q(Difference, "fighters", "Germany, Pakistan"),
			head:    "Germany has more fighters than Pakistan, 265 by the printed numbers (",
			caveats: "lower_bound mixed_dates old_figure computed tables_disagree"},
	} {
		t.Run(w.name, func(t *testing.T) { w.check(t, e) })
	}
}

func TestSumsAndShares(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for _, w := range []wantAnswer{
		{name: "all countries", query: k.q(Total, "children", ""),
			head: "All countries: at least about 1,532 children.", caveats: "approximate lower_bound no_date computed partial_coverage"},
		{name: "rows named", query: k.q(Total, "returned", "France, Spain"),
			head: "France and Spain: 332 returned, added up over 2 countries.", caveats: "mixed_dates computed"},
		{name: "overlapping rows", query: k.q(Total, "fighters", "EU, France"), status: NotInReport, reason: NotComparable,
			head:    "The EU and France cannot be added: their rows count some of the same people.",
			caveats: "overlap"},
		{name: "share", query: k.q(Share, "returned", "Saudi Arabia", k.of("fighters")),
			head: "Saudi Arabia: 23.4% (760 returnees of 3,244 fighters), as of November 2016.", caveats: "computed column_inferred"},
		{name: "share of a bound", query: k.q(Share, "returned", "Germany", k.of("fighters")),
			head:    "Germany: at most about 32.8% (~300 returnees of >915 fighters), as of March 2017.",
			caveats: "approximate lower_bound computed tables_disagree"},
		{name: "no sense", query: k.q(Share, "women", "France", k.of("fighters")), status: NotInReport, reason: NotComparable,
			head: "Women cannot be given as a share of fighters: "},
		{name: "part of the whole", query: k.q(Share, "children", "France", ofAll),
			head:    "France: at most about 30% of the children of all countries (460 of at least about 1,532).",
			caveats: "approximate lower_bound no_date computed partial_coverage"},
	} {
		t.Run(w.name, func(t *testing.T) { w.check(t, e) })
	}
}

func TestSumOfMembersStandsBesideTheRow(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	a, err := e.answer(Reading{Query: k.q(Total, "returned", "", k.members("EU"))})
	if err != nil {
		t.Fatal(err)
	}
	sum, own := a.Figures[0], a.Figures[1]
	if sum.Op != "sum" || sum.Inputs != 11 || *sum.Value != 1549 || own.Subject != "EU" || own.Role != "other" {
		t.Errorf("sum %+v, own %+v", sum, own)
	}
}

func TestRankKeepsTiesAndLeavesRegionsOut(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for limit := 1; limit <= 48; limit++ {
		a, err := e.answer(Reading{Query: k.q(Rank, "fighters", "", func(q *Query) { q.Limit = limit })})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Figures) < limit {
			t.Fatalf("top %d has %d rows", limit, len(a.Figures))
		}
		last := *a.Figures[limit-1].Value
		for i, f := range a.Figures {
			if row(t, e, f.Subject).Kind != data.Country {
				t.Errorf("top %d holds %s", limit, f.Subject)
			}
			if i >= limit && *f.Value != last {
				t.Errorf("top %d goes on to %s, which is no tie", limit, f.Subject)
			}
		}
	}
}

func TestFilterTellsCertainFromPossible(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	a, err := e.answer(Reading{Query: k.q(Count, "returned", "", cond(data.LT, 20))})
	if err != nil {
		t.Fatal(err)
	}
	n := a.Figures[0]
	if n.Op != "count" || *n.Value != 5 || *n.Low != 5 || *n.High != 8 || n.Subject != allCountries {
		t.Errorf("count: %+v", n)
	}
	sure, open := "", ""
	for _, f := range a.Figures[1:] {
		if f.Certainty == "certain" {
			sure += f.Subject + " "
		} else {
			open += f.Subject + " "
		}
	}
	if sure != "Israel Italy Malaysia Switzerland USA " || open != "Georgia Indonesia Sudan " {
		t.Errorf("certain %s, possible %s", sure, open)
	}
	if !strings.HasPrefix(a.Text, "Fewer than 20 returnees: 5 countries for certain, and 3 that may meet it.") {
		t.Error(a.Text)
	}
}

func TestNoProblemIsAnswered(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for _, p := range []Problem{{Reason: UnknownName, Word: "Freedonia"}, {Reason: NotCovered, Word: "Freedonia"}, {Reason: BlankCell},
		{Reason: NoSuchCombination, Word: "village"}, {Reason: NoSuchMeasure, Word: "cooks"}, {Reason: OneDateOnly, Word: "1999"},
		{Reason: NotComparable}, {Reason: NotUnderstood, Word: "flurb"}, {Reason: OffTopic}} {
		for _, kind := range []Kind{Lookup, Profile, Compare, Rank, Filter, Count, Total, Average, Share, Difference, Date, Source, Finding, Refused} {
			q := k.q(kind, "returned", "France, Germany")
			q.Problem = &p
			a, err := e.answer(Reading{Query: q})
			if err != nil {
				t.Fatal(kind, p.Reason, err)
			}
			if a.Status == Answered || a.Reason != p.Reason {
				t.Errorf("%s with %s: %s %s", kind, p.Reason, a.Status, a.Reason)
			}
			for _, f := range a.Figures {
				if f.Role != "nearest" {
					t.Errorf("%s with %s shows %s %s as an answer", kind, p.Reason, f.Subject, f.Raw)
				}
			}
			if p.Word != "" && p.Reason != NotCovered && !strings.Contains(a.Text, `"`+p.Word+`"`) {
				t.Errorf("%s with %s does not quote %s: %s", kind, p.Reason, p.Word, a.Text)
			}
			if p.Reason == OffTopic && len(a.Figures)+len(a.Findings) > 0 {
				t.Errorf("%s off topic shows figures", kind)
			}
		}
	}
}

// Any query at all is answered or refused: in words, without a panic, with no
// null list, with a reason where it is refused.
func TestAnyQueryIsAnsweredOrRefused(t *testing.T) {
	e := bare(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyReading(e.report).Draw(t, "reading")
		r.Notes = nil
		if c := r.Query.Cond; c != nil {
			c.A, c.B = math.Round(c.A), math.Round(c.B)
		}
		a, err := e.answer(r)
		if err != nil {
			t.Fatal(err)
		}
		if a.Text == "" || a.Figures == nil || a.Findings == nil || a.Caveats == nil || a.Suggestions == nil || a.Alternatives == nil {
			t.Fatalf("%+v", a)
		}
		if refused := a.Status == NotInReport || a.Status == OutOfScope || a.Status == Clarify; refused != (a.Reason != "") {
			t.Fatalf("status %s, reason %q: %s", a.Status, a.Reason, a.Text)
		}
		for _, f := range a.Figures {
			if f.Footnotes == nil {
				t.Fatalf("figure with null footnotes: %+v", f)
			}
		}
	})
}
