package answers

import (
	"strings"
	"testing"

	"reportbot/data"
)

// Parts of a combined measure are added up for one row, and shown.
func TestPartsAreAddedUp(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for _, w := range []wantAnswer{
		{name: "parts named", query: k.q(Total, "women children", "Australia"),
			head: "Australia: about 95 women and children (~25 women, 70 children).\n", caveats: "approximate no_date computed"},
		{name: "the other way round", query: k.q(Total, "children women", "Austria"),
			head: "Austria: 57 women and children (17 women, 40 children).\n", caveats: "no_date computed"},
		{name: "the whole named", query: k.q(Total, "women_and_children", "Netherlands"),
			head: "Netherlands: at least 180 women and children (>90 women, >90 children).\n", caveats: "lower_bound no_date computed"},
		{name: "a claim", query: k.q(Total, "women children", "Austria", claim(data.GT, 50)),
			head: "Yes. Austria: 57 women and children together.", caveats: "no_date computed"},
		{name: "one figure for both", query: k.q(Total, "women children", "Kazakhstan"),
			head: "Kazakhstan: >200 women and children together.", caveats: "lower_bound no_date combined"},
		{name: "one part only", query: k.q(Total, "women children", "Italy"),
			head: "Italy: 6 women.", caveats: "no_date column_ambiguous"},
		{name: "no parts of one thing", query: k.q(Total, "women returned", "Austria"),
			head: "Austria: 17 women; 90 returned, as of December 2016.", caveats: "no_date"},
	} {
		t.Run(w.name, func(t *testing.T) { w.check(t, e) })
	}
}

// For every row the sum's bounds are the parts' sums, and it comes first.
func TestSumsOfPartsHaveTheirBounds(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	women, children := meas(t, e, "women"), meas(t, e, "children")
	for _, s := range e.report.Subjects {
		a, ok1 := e.report.Cell(s, women)
		b, ok2 := e.report.Cell(s, children)
		if !ok1 || !ok2 {
			continue
		}
		got, err := e.answer(Reading{Query: k.q(Total, "women children", s.Name)})
		if err != nil {
			t.Fatal(err)
		}
		f := got.Figures[0]
		if len(got.Figures) != 3 || f.Op != "sum" || f.Inputs != 2 || f.Measure != "women_and_children" || f.Subject != s.Name ||
			!sameNumber(&f, data.Sum([]data.Number{a.Number, b.Number})) || got.Figures[1].Role != "input" {
			t.Errorf("%s: %+v", s.Name, got.Figures)
		}
		if !strings.Contains(got.Text, a.Number.Raw+" women, "+b.Number.Raw+" children") {
			t.Error(got.Text)
		}
	}
}
