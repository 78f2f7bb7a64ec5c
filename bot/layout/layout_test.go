package layout

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reportbot/answers"
	"reportbot/bot"
)

// narrow are rules by which signs that would be escaped take two.
func narrow() *Rules {
	return &Rules{
		Sign: func(r rune) int {
			if strings.ContainsRune("&<>*", r) {
				return 2
			}
			return 1
		},
		Headline: 700, Caveats: 700, Source: 700, Reading: 700, Lead: 200, Unit: 700, Columns: 20,
	}
}

// TestPagesIntroduce checks that a line which introduces a table does not stay
// alone at the end of a message.
func TestPagesIntroduce(t *testing.T) {
	s := narrow().Sheet(&bot.Part{Headline: "H.", Body: []answers.Block{
		{Text: "One."}, {Text: "Two."}, {Text: "These:"},
		{Table: &answers.Table{Columns: []string{"Country"}, Rows: [][]string{{"France"}, {"UK"}}}},
	}}, true)
	var got []int
	for _, p := range s.Pages(func(p Page) bool { return len(p.Units) <= 3 }) {
		got = append(got, len(p.Units))
	}
	if fmt.Sprint(got) != "[2 3]" {
		t.Errorf("the units of messages are %v", got)
	}
}

// TestPieces checks that pieces put together are the text, that each is
// short enough, and that none ends between a figure and what qualifies it.
func TestPieces(t *testing.T) {
	figures := []string{"about 320", "more than 1,910", "at least 5", "some of 48 countries", "~320 people", "up to 7", "& <x>", "fighters.", "*", ">915"}
	parted := regexp.MustCompile(`(\d|about|than|least|to|of) $`)
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, f := range rapid.SliceOf(rapid.SampledFrom(figures)).Draw(t, "figures") {
			text += "France has " + f + " "
		}
		most := rapid.IntRange(80, 400).Draw(t, "most")
		got := narrow().Pieces(text, most)
		if strings.Join(got, "") != text {
			t.Fatalf("%q", got)
		}
		for i, p := range got {
			if narrow().Size(p) > most {
				t.Fatalf("%q is too long", p)
			}
			if i < len(got)-1 && parted.MatchString(p) {
				t.Fatalf("%q is parted from %q", p, got[i+1])
			}
		}
	})
}

// TestAligned checks the lines of a table.
func TestAligned(t *testing.T) {
	g := &Grid{Columns: []string{"Country", "Fighters", ""}}
	got := g.Aligned([][]string{{"France", "~1,910", "August 2017"}, {"Côte d’Ivoire", "-", ""}, {"", "", ""}})
	want := "Country        Fighters\nFrance         ~1,910    August 2017\nCôte d’Ivoire  -\n"
	if got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}
