package chart

import (
	"bytes"
	"context"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"reportbot/answers"
	"reportbot/data"
)

var (
	update  = flag.Bool("update", false, "write the golden pictures anew")
	gallery = flag.String("gallery", "", "a folder that every picture is written to, to be looked at")
)

// shown are the questions of the gallery: each kind of picture, and the worst of each.
func shown() map[string]string {
	return map[string]string{
		"rank":             "top 10 by returnees",
		"rank-20":          "top 20 by fighters",
		"rank-share":       "top 5 countries by share of fighters who returned",
		"rank-unaccounted": "top 15 by people unaccounted for",
		"compare":          "compare returnees of France, UK, Germany and Belgium",
		"compare-two":      "compare the UK and Germany",
		"compare-regions":  "fighters by region",
		"total-two":        "plot women vs children",
		"women-children":   "compare women and children: France, Germany",
		"profile":          "tell me about Malaysia",
		"profile-bounds":   "tell me about Australia",
		"profile-blank":    "tell me about Russia",
		"profile-set":      "tell me about western europe",
		"stacks":           "compare fighters, remaining and returned of germany and the uk",
		"unaccounted":      "how many from the Netherlands are unaccounted for",
		"filter":           "which countries have more than 500 fighters",
		"total":            "returnees in Western Europe",
		"total-all":        "total number of returnees in all countries",
		"share":            "what share of fighters returned to France",
		"shares":           "share of fighters who returned: france, germany, belgium, finland",
		"share-of-whole":   "what share of all returnees are from the maghreb",
		"difference":       "difference between Austria and Denmark in returnees",
	}
}

func engine(t testing.TB) *answers.Engine {
	t.Helper()
	report, err := data.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e, err := answers.New(report)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func specOf(t testing.TB, e *answers.Engine, question string) *Spec {
	t.Helper()
	a, _, err := e.Ask(question, answers.Context{})
	if err != nil {
		t.Fatal(err)
	}
	s := Of(&a.Parts[0], Least)
	if s == nil {
		t.Fatalf("%q: no chart of\n%s", question, a.Text)
	}
	return s
}

func renderer(t testing.TB) *Renderer {
	t.Helper()
	r, err := NewRenderer(AtOnce)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestGallery draws every picture as it was drawn when somebody last looked at it.
func TestGallery(t *testing.T) {
	e, r := engine(t), renderer(t)
	for name, question := range shown() {
		t.Run(name, func(t *testing.T) {
			s := specOf(t, e, question)
			got, err := r.PNG(context.Background(), s)
			if err != nil {
				t.Fatal(err)
			}
			if *gallery != "" {
				svg, err := r.SVG(context.Background(), s)
				if err != nil {
					t.Fatal(err)
				}
				write(t, filepath.Join(*gallery, name+".png"), got)
				write(t, filepath.Join(*gallery, name+".svg"), svg)
				write(t, filepath.Join(*gallery, name+".txt"), []byte(s.Alt(0)+"\n"))
			}
			golden := filepath.Join("testdata", name+".png")
			if *update {
				write(t, golden, got)
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if n := differing(t, got, want); n > tolerated {
				t.Errorf("%.2f%% of the picture differs from %s; look at it and run: go test ./bot/chart -update", 100*n, golden)
			}
		})
	}
}

// How far a picture may be from its golden one: arithmetic on other processors
// rounds otherwise, which moves the edges of letters a little.
const (
	tolerated = 0.002 // of all pixels
	nearly    = 48    // of 255, between two colours that pass for one
)

// differing is the part of all pixels that differ.
func differing(t *testing.T, a, b []byte) float64 {
	t.Helper()
	one, other := decoded(t, a), decoded(t, b)
	if one.Bounds() != other.Bounds() {
		return 1
	}
	n := 0
	size := one.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			if !near(one, other, x, y) {
				n++
			}
		}
	}
	return float64(n) / float64(size.X*size.Y)
}

func near(a, b image.Image, x, y int) bool {
	r, g, bl, _ := a.At(x, y).RGBA()
	r2, g2, b2, _ := b.At(x, y).RGBA()
	for _, pair := range [][2]uint32{{r, r2}, {g, g2}, {bl, b2}} {
		if d := int(pair[0]>>8) - int(pair[1]>>8); d > nearly || d < -nearly {
			return false
		}
	}
	return true
}

func decoded(t *testing.T, src []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
