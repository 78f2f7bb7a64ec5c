package answers

import (
	"math"
	"reflect"

	"pgregory.net/rapid"

	"reportbot/data"
)

// anyReading draws readings of every shape that the types allow.
func anyReading(r *data.Report) *rapid.Generator[Reading] {
	return rapid.Custom(func(t *rapid.T) Reading {
		out := Reading{Query: anyQuery(r, 1).Draw(t, "query")}
		if rapid.Bool().Draw(t, "noted") {
			out.Notes = rapid.SliceOfN(anyNote(), 1, 3).Draw(t, "notes")
		}
		if rapid.Bool().Draw(t, "close") {
			out.Alternatives = rapid.SliceOfN(anyQuery(r, 0), 1, 2).Draw(t, "alternatives")
		}
		return out
	})
}

func anyNote() *rapid.Generator[Note] {
	return rapid.Custom(func(t *rapid.T) Note {
		return Note{Kind: rapid.SampledFrom(noteKinds).Draw(t, "kind"),
			From: rapid.String().Draw(t, "from"), To: rapid.String().Draw(t, "to")}
	})
}

// anyQuery draws queries; depth is how many levels of choices they may hold.
func anyQuery(r *data.Report, depth int) *rapid.Generator[Query] {
	return rapid.Custom(func(t *rapid.T) Query {
		coin := func(label string) bool { return rapid.IntRange(0, 3).Draw(t, label) == 0 }
		q := Query{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
		q.Measures = some(t, "measures", r.Measures, 3)
		q.Subjects = some(t, "subjects", r.Subjects, 4)
		q.Exclude = some(t, "exclude", r.Subjects, 2)
		q.Terms = some(t, "terms", r.Vocabulary.Terms, 2)
		q.Findings = some(t, "findings", r.Findings, 3)
		q.Within = some(t, "within", anyScopes(r)[1:], 2)
		q.Whole = some(t, "whole", anyScopes(r), 2)
		if coin("ratio") {
			q.Of = rapid.SampledFrom(r.Measures).Draw(t, "of")
		}
		if coin("conditional") {
			q.Cond = anyCondition().Draw(t, "condition")
			q.Claim = rapid.Bool().Draw(t, "claim")
		}
		q.Blank, q.Has, q.Asc, q.Times = coin("blank"), coin("has"), coin("asc"), coin("times")
		if coin("limited") {
			q.Limit = rapid.IntRange(1, 100).Draw(t, "limit")
		}
		if coin("placed") {
			q.Position = rapid.IntRange(1, 60).Draw(t, "position")
		}
		if coin("aspect") {
			q.Aspect = rapid.SampledFrom(aspects).Draw(t, "which")
		}
		if coin("dated") {
			q.AsOf = &Period{Op: data.Op(rapid.IntRange(0, int(data.EQ)).Draw(t, "dated op")),
				Year: rapid.IntRange(1000, 9999).Draw(t, "year"), Month: rapid.IntRange(0, 12).Draw(t, "month")}
		}
		if coin("sign") {
			q.Sign = rapid.SampledFrom(signNames).Draw(t, "which sign")
		}
		if coin("problem") {
			q.Problem = anyProblem(r, depth).Draw(t, "what")
		}
		return q
	})
}

func anyCondition() *rapid.Generator[*Condition] {
	return rapid.Custom(func(t *rapid.T) *Condition {
		number := rapid.Custom(func(t *rapid.T) float64 {
			if rapid.Bool().Draw(t, "whole") {
				return float64(rapid.IntRange(0, 1_000_000).Draw(t, "n"))
			}
			return rapid.Float64Range(-math.MaxFloat64, math.MaxFloat64).Draw(t, "x")
		})
		c := &Condition{Op: data.Op(rapid.IntRange(0, int(data.BETWEEN)).Draw(t, "op")), A: number.Draw(t, "a")}
		if c.Op == data.BETWEEN {
			c.B = number.Draw(t, "b")
		}
		return c
	})
}

func anyProblem(r *data.Report, depth int) *rapid.Generator[*Problem] {
	return rapid.Custom(func(t *rapid.T) *Problem {
		p := &Problem{
			Reason: rapid.SampledFrom(reasons).Draw(t, "reason"),
			Word:   rapid.String().Draw(t, "word"),
			Topic:  rapid.SampledFrom([]string{"", "deaths", "ages"}).Draw(t, "topic"),
			Near:   some(t, "near", r.Subjects, 3),
		}
		if rapid.Bool().Draw(t, "placed") {
			p.Place = rapid.SampledFrom(r.Uncovered).Draw(t, "place")
		}
		if depth > 0 {
			p.Choices = rapid.SliceOfN(anyQuery(r, depth-1), 0, 2).Draw(t, "choices")
		}
		return p
	})
}

// anyScopes are every set of countries, the zero one first.
func anyScopes(r *data.Report) []Scope {
	out := []Scope{{}}
	for _, g := range r.Groups {
		out = append(out, Scope{Group: g})
	}
	for _, s := range r.Subjects {
		if len(s.Members) > 0 {
			out = append(out, Scope{Row: s})
		}
	}
	return out
}

// some draws a list, empty half of the time.
func some[T any](t *rapid.T, label string, from []T, most int) []T {
	if rapid.Bool().Draw(t, "no "+label) {
		return nil
	}
	return rapid.SliceOfN(rapid.SampledFrom(from), 1, most).Draw(t, label)
}

// sameReading compares readings: pointers into the report must be the same,
// and an empty list is as good as none.
func sameReading(a, b Reading) bool {
	if len(a.Notes) != len(b.Notes) || len(a.Alternatives) != len(b.Alternatives) {
		return false
	}
	for i := range a.Notes {
		if a.Notes[i] != b.Notes[i] {
			return false
		}
	}
	for i := range a.Alternatives {
		if !sameQuery(a.Alternatives[i], b.Alternatives[i]) {
			return false
		}
	}
	return sameQuery(a.Query, b.Query)
}

func sameQuery(a, b Query) bool {
	p, o := a.Problem, b.Problem
	a.Problem, b.Problem = nil, nil
	if !reflect.DeepEqual(a, b) || (p == nil) != (o == nil) {
		return false
	}
	return p == nil || sameProblem(*p, *o)
}

func sameProblem(a, b Problem) bool {
	if len(a.Choices) != len(b.Choices) {
		return false
	}
	for i := range a.Choices {
		if !sameQuery(a.Choices[i], b.Choices[i]) {
			return false
		}
	}
	a.Choices, b.Choices = nil, nil
	return reflect.DeepEqual(a, b)
}
