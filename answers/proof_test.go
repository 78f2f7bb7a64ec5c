package answers

import (
	"fmt"
	"testing"

	"reportbot/data"
)

// proven runs a query as the engine does and says what the proof finds.
func proven(e *Engine, q Query) (a Answer, err error) {
	r := Reading{Query: q}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic on %v: %v", q, p)
		}
	}()
	m := e.run(&r, true)
	m.a.Code = r.Code(e.report.Edition)
	return m.a, e.prove(&m.a, &r)
}

// TestEveryAnswerIsProved: whatever the kinds word of the report passes.
func TestEveryAnswerIsProved(t *testing.T) {
	e := bare(t)
	failures := 0
	for q := range manyQueries(e.report) {
		a, err := proven(e, q)
		if err != nil {
			failures++
			if failures <= 40 {
				t.Errorf("%v\n%s", err, a.Text)
			}
		}
	}
	if failures > 40 {
		t.Errorf("%d failures", failures)
	}
}

// manyQueries goes through the report in every kind of question.
func manyQueries(r *data.Report) func(func(Query) bool) {
	return func(yield func(Query) bool) {
		stop := false
		give := func(q Query) {
			if !stop {
				stop = !yield(q)
			}
		}
		everySubject(r, give)
		everyMeasure(r, give)
		everyThreshold(r, give)
		everyText(r, give)
	}
}

func everySubject(r *data.Report, give func(Query)) {
	for i, s := range r.Subjects {
		one := []*data.Subject{s}
		two := []*data.Subject{s, r.Subjects[(i+3)%len(r.Subjects)]}
		three := append(two[:2:2], r.Subjects[(i+14)%len(r.Subjects)])
		give(Query{Kind: Profile, Subjects: one})
		give(Query{Kind: Profile, Subjects: two})
		give(Query{Kind: Compare, Subjects: three})
		give(Query{Kind: Date, Subjects: one})
		give(Query{Kind: Source, Subjects: one})
		give(Query{Kind: Source, Subjects: one, Aspect: Disagree})
		give(Query{Kind: Source, Subjects: one, Aspect: Reliable})
		for j, x := range r.Measures {
			m := []*data.Measure{x}
			for _, k := range []Kind{Lookup, Total, Average, Date, Source, Share, Finding} {
				give(Query{Kind: k, Measures: m, Subjects: one})
				give(Query{Kind: k, Measures: m, Subjects: three})
			}
			give(Query{Kind: Lookup, Measures: []*data.Measure{x, r.Measures[(j+1)%len(r.Measures)]}, Subjects: two})
			give(Query{Kind: Compare, Measures: m, Subjects: two})
			give(Query{Kind: Difference, Measures: m, Subjects: two})
			give(Query{Kind: Difference, Measures: []*data.Measure{x, r.Measures[(j+1)%len(r.Measures)]}, Subjects: one})
			give(Query{Kind: Rank, Measures: m, Subjects: three})
			give(Query{Kind: Share, Measures: m, Subjects: one, Whole: []Scope{{}}})
			for _, of := range r.Measures {
				give(Query{Kind: Share, Measures: m, Of: of, Subjects: one})
				give(Query{Kind: Compare, Measures: m, Of: of, Subjects: two})
			}
		}
	}
}

func everyMeasure(r *data.Report, give func(Query)) {
	for _, x := range r.Measures {
		m := []*data.Measure{x}
		for _, sc := range anyScopes(r) {
			within := []Scope{sc}
			if sc.all() {
				within = nil
			}
			for _, k := range []Kind{Lookup, Profile, Total, Average, Rank, Date, Source} {
				give(Query{Kind: k, Measures: m, Within: within})
				give(Query{Kind: k, Measures: m, Within: within, Exclude: r.Subjects[3:5]})
			}
			give(Query{Kind: Share, Measures: m, Whole: []Scope{{}}, Within: within})
			give(Query{Kind: Date, Measures: m, Within: within, Aspect: Oldest})
			give(Query{Kind: Date, Measures: m, Within: within, AsOf: &Period{Op: data.LT, Year: 2017}})
			give(Query{Kind: Date, Within: within, AsOf: &Period{Op: data.GE, Year: 2017, Month: 3}})
			give(Query{Kind: Date, Measures: m, Within: within, Aspect: Newest})
			for _, k := range []Kind{Filter, Count} {
				give(Query{Kind: k, Measures: m, Within: within, Blank: true})
				give(Query{Kind: k, Measures: m, Within: within, Has: true})
			}
			for _, of := range r.Measures {
				give(Query{Kind: Share, Measures: m, Of: of, Within: within})
				give(Query{Kind: Average, Measures: m, Of: of, Within: within})
				give(Query{Kind: Rank, Measures: m, Of: of, Within: within, Limit: 1})
				give(Query{Kind: Rank, Measures: m, Of: of, Within: within, Limit: 5, Asc: true})
			}
		}
		for n := 1; n <= 50; n += 3 {
			give(Query{Kind: Rank, Measures: m, Limit: n})
			give(Query{Kind: Rank, Measures: m, Position: n, Asc: n%2 == 0})
		}
	}
}

func everyThreshold(r *data.Report, give func(Query)) {
	i := 0
	for c := range r.Cells() {
		i++
		m := []*data.Measure{c.Measure}
		for _, d := range []float64{-1, 0, 1} {
			cond := &Condition{Op: data.Op(i % 6), A: c.Number.Value + d, B: c.Number.Value + 100}
			give(Query{Kind: Filter, Measures: m, Cond: cond})
			give(Query{Kind: Count, Measures: m, Cond: cond})
			give(Query{Kind: Lookup, Measures: m, Subjects: []*data.Subject{c.Subject}, Cond: cond, Claim: true})
			i++
		}
	}
	for _, share := range []float64{0.1, 0.07, 0.5, 1.2} {
		x, _ := r.Measure("returned")
		of, _ := r.Measure("fighters")
		give(Query{Kind: Filter, Measures: []*data.Measure{x}, Of: of, Cond: &Condition{Op: data.GT, A: share}})
		give(Query{Kind: Count, Measures: []*data.Measure{x}, Of: of, Cond: &Condition{Op: data.BETWEEN, A: share, B: 2 * share}})
	}
}

func everyText(r *data.Report, give func(Query)) {
	for _, f := range r.Findings {
		give(Query{Kind: Finding, Findings: []*data.Finding{f}})
	}
	for i := range len(r.Findings) - 3 {
		give(Query{Kind: Finding, Findings: r.Findings[i : i+3]})
	}
	for _, t := range r.Vocabulary.Terms {
		give(Query{Kind: Define, Terms: []*data.Term{t}})
	}
	for _, k := range []Kind{Date, Source, Coverage, Help, Profile, Compare, Refused} {
		give(Query{Kind: k})
		for _, a := range aspects {
			give(Query{Kind: k, Aspect: a})
		}
	}
	for _, reason := range reasons {
		for _, s := range r.Subjects[:12] {
			give(Query{Kind: Profile, Subjects: []*data.Subject{s}, Problem: &Problem{Reason: reason, Word: "2019"}})
			give(Query{Kind: Lookup, Measures: r.Measures[:1], Subjects: []*data.Subject{s}, Problem: &Problem{Reason: reason, Word: "x"}})
		}
		for _, a := range r.Vocabulary.Absent {
			give(Query{Kind: Refused, Problem: &Problem{Reason: reason, Topic: a.Topic, Word: "area 51"}})
		}
		for _, a := range r.Vocabulary.Refused {
			give(Query{Kind: Refused, Problem: &Problem{Reason: reason, Topic: a.Topic}})
		}
		give(Query{Kind: Refused, Problem: &Problem{Reason: reason, Word: "9", Choices: []Query{
			{Kind: Rank, Measures: r.Measures[:1], Limit: 7}, {Kind: Rank, Measures: r.Measures[:1], Position: 12}}}})
	}
}

func BenchmarkProve(b *testing.B) {
	e := bare(b)
	for _, code := range []string{"lookup:returned:france", "profile::malaysia", "rank:returned:limit=5", "rank:fighters:limit=48",
		"filter:fighters:cond=gt,500", "total:returned", "share:returned/fighters:belgium", "finding:findings=returned-5600-33-countries"} {
		r, err := e.ParseCode(code + "@" + e.report.Edition)
		if err != nil {
			b.Fatal(err)
		}
		m := e.run(&r, true)
		b.Run(fmt.Sprintf("%.20s", code), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := e.prove(&m.a, &r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
