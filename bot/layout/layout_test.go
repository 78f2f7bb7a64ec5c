package layout

import (
	"fmt"
	"regexp"
	"slices"
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

// TestPagesRepeatNotes checks that the lines below a table stand on each page
// with some of it, up to the line that introduces another.
func TestPagesRepeatNotes(t *testing.T) {
	table := &answers.Table{Columns: []string{"Country"}, Rows: [][]string{{"France"}, {"UK"}, {"USA"}}}
	rules := narrow()
	rules.Note = 100
	s := rules.Sheet(&bot.Part{Headline: "H.", Body: []answers.Block{
		{Table: table}, {Text: "Of old dates."}, {Text: "Ranked."}, {Text: "Also:"}, {Table: table}, {Text: x(200)},
	}}, true)
	var got []string
	for _, p := range s.Pages(func(p Page) bool { return len(p.Units) <= 2 }) {
		got = append(got, strings.ReplaceAll(p.Text(), "\n", "|"))
	}
	want := []string{
		"H.|Country|France|UK|Of old dates.|Ranked.",
		"H. (continued)|Country|USA|Of old dates.|Ranked.",
		"H. (continued)|Of old dates.|Ranked.",
		"H. (continued)|Also:|Country|France",
		"H. (continued)|Also:|Country|UK|USA",
		"H. (continued)|" + x(200),
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

// TestTurned checks that a table which is too wide has its rows as columns, and
// becomes lines where that is no less wide.
func TestTurned(t *testing.T) {
	rules := narrow()
	rules.Width = 20
	wide := &answers.Table{Columns: []string{"Country", "Fighters", "Returned"}, Rows: [][]string{{"France", "1,910", "302"}}}
	for name, test := range map[string]struct {
		table *answers.Table
		want  string
	}{
		"turned": {wide, "Country   France|Fighters  1,910|Returned  302"},
		"lines":  {&answers.Table{Columns: wide.Columns, Rows: [][]string{{"Bosnia and Herzegovina", "1", "2"}}}, "|Country: Bosnia and Herzegovina; Fighters: 1; Returned: 2"},
	} {
		p := rules.Sheet(&bot.Part{Body: []answers.Block{{Table: test.table}}}, true).Pages(func(Page) bool { return true })[0]
		if got := strings.ReplaceAll(p.Text(), "\n", "|"); strings.TrimPrefix(got, "|") != strings.TrimPrefix(test.want, "|") {
			t.Errorf("%s:\n got %q\nwant %q", name, got, test.want)
		}
	}
}

func x(n int) string { return strings.Repeat("x", n) }
