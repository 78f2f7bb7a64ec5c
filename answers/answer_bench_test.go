package answers

import (
	"testing"

	"reportbot/data"
)

// BenchmarkAnswer takes one query of each kind from Reading to proved Answer.
func BenchmarkAnswer(b *testing.B) {
	e := bare(b)
	france, _ := e.report.Subject("France")
	germany, _ := e.report.Subject("Germany")
	returned, _ := e.report.Measure("returned")
	fighters, _ := e.report.Measure("fighters")
	both, one := []*data.Subject{france, germany}, []*data.Measure{returned}
	for name, q := range map[string]Query{
		"average": {Kind: Average, Measures: one},
		"count":   {Kind: Count, Measures: one, Has: true},
		"dated":   {Kind: Date, AsOf: &Period{Op: data.LT, Year: 2017}},
		"diff":    {Kind: Difference, Measures: one, Subjects: both},
		"finding": {Kind: Finding, Findings: e.report.Findings[:1]},
		"order":   {Kind: Rank, Measures: one, Limit: 48},
		"refused": {Kind: Lookup, Measures: one, Subjects: both[:1], Problem: &Problem{Reason: OneDateOnly, Word: "2020"}},
		"source":  {Kind: Source, Measures: one, Subjects: both[:1]},
		"lookup":  {Kind: Lookup, Measures: one, Subjects: both[:1]},
		"profile": {Kind: Profile, Subjects: both[:1]},
		"compare": {Kind: Compare, Measures: one, Subjects: both},
		"rank":    {Kind: Rank, Measures: one, Limit: 5},
		"filter":  {Kind: Filter, Measures: one, Cond: &Condition{Op: data.GT, A: 100}},
		"total":   {Kind: Total, Measures: one},
		"share":   {Kind: Share, Measures: one, Of: fighters, Subjects: both[:1]},
		"date":    {Kind: Date, Measures: one, Subjects: both[:1]},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.answer(Reading{Query: q}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
