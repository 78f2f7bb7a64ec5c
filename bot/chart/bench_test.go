package chart

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"reportbot/answers"
)

// BenchmarkPNG draws every picture of the gallery, and the largest that there can be. A
// picture is to take less than 50 ms.
func BenchmarkPNG(b *testing.B) {
	e, r := engine(b), renderer(b)
	specs := map[string]*Spec{"largest": largest(b, r)}
	for name, question := range shown() {
		specs[name] = specOf(b, e, question)
	}
	for _, name := range slices.Sorted(maps.Keys(specs)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.PNG(context.Background(), specs[name]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSVG(b *testing.B) {
	e, r := engine(b), renderer(b)
	s := specOf(b, e, "top 10 by returnees")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.SVG(context.Background(), s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOf(b *testing.B) {
	a, _, err := engine(b).Ask("top 10 by returnees", answers.Context{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		Of(&a.Parts[0], Worth)
	}
}

// largest is as high a picture as there can be: divided bars with long names.
func largest(t testing.TB, r *Renderer) *Spec {
	f := Figure{Value: 100, Qualifier: "about", Printed: "between about 2,391 and 2,581"}
	s := &Spec{Kind: Stacks, Title: strings.Repeat("Many words ", 40), Unit: "people", Groups: make([]Group, 1)}
	for {
		row := Row{Label: strings.Repeat("Bosnia and Herzegovina + ", 6), Figure: f}
		for range maxParts {
			row.Parts = append(row.Parts, Part{Label: "Unaccounted for", Figure: f})
		}
		s.Groups[0].Rows = append(s.Groups[0].Rows, row)
		if err := r.draw(context.Background(), s, func(*painter) error { return nil }); err != nil {
			s.Groups[0].Rows = s.Groups[0].Rows[1:]
			return s
		}
	}
}
