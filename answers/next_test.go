package answers

import (
	"testing"

	"reportbot/data"
)

// Whatever an answer offers as a next step is answered when it is asked, as
// the query that was meant.
func TestNextStepsAreAnswered(t *testing.T) {
	e := bare(t)
	whole, err := New(e.report)
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for q := range nextQueries(e.report) {
		r := Reading{Query: q}
		m := e.run(&r, false)
		if m.a.Status != Answered {
			continue
		}
		if len(m.a.Suggestions) > maxSuggestions {
			t.Errorf("%s offers %q", q.String(), m.a.Suggestions)
		}
		for _, question := range m.a.Suggestions {
			if asked[question] {
				continue
			}
			asked[question] = true
			if !whole.answers(question) {
				t.Errorf("%s offers %q, which is not answered", q.String(), question)
			}
			if again := whole.understand(question, Context{}); len(again) != 1 || whole.Question(again[0].Query) != question {
				t.Errorf("%s offers %q, read as %s", q.String(), question, again[0].Query.String())
			}
		}
		if (q.Kind == Lookup || q.Kind == Profile) && len(m.a.Suggestions) == 0 {
			t.Errorf("%s offers nothing", q.String())
		}
	}
}

// nextQueries are every lookup, and each other kind over rows and sets.
func nextQueries(r *data.Report) func(func(Query) bool) {
	return func(yield func(Query) bool) {
		for c := range r.Cells() {
			row, m := []*data.Subject{c.Subject}, []*data.Measure{c.Measure}
			for _, kind := range []Kind{Lookup, Date, Source, Profile} {
				yield(Query{Kind: kind, Measures: m, Subjects: row})
			}
		}
		for i, s := range r.Subjects {
			pair := []*data.Subject{s, r.Subjects[(i+7)%len(r.Subjects)]}
			yield(Query{Kind: Compare, Measures: r.Measures[:1], Subjects: pair})
			yield(Query{Kind: Difference, Measures: r.Measures[:1], Subjects: pair})
		}
		for _, f := range r.Findings {
			yield(Query{Kind: Finding, Findings: []*data.Finding{f}})
		}
		returned, _ := r.Measure("returned")
		for _, x := range r.Measures {
			for _, kind := range []Kind{Rank, Total, Average} {
				yield(Query{Kind: kind, Measures: []*data.Measure{x}})
			}
		}
		for _, g := range r.Groups {
			for _, kind := range []Kind{Rank, Total, Average, Lookup, Filter} {
				yield(Query{Kind: kind, Measures: []*data.Measure{returned}, Within: []Scope{{Group: g}}})
			}
			yield(Query{Kind: Profile, Within: []Scope{{Group: g}}})
		}
	}
}
