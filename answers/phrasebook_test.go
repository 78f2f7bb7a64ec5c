package answers

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// phrase is one way to ask for a query.
type phrase struct {
	line            int
	query, question string
}

// phrasebook reads testdata/phrasebook.txt: blocks parted by blank lines, of a
// canonical query and then the phrasings that mean it, a line each; # begins a
// comment.
func phrasebook(t testing.TB) (phrases []phrase, blocks int) {
	t.Helper()
	src, err := os.ReadFile("testdata/phrasebook.txt")
	if err != nil {
		t.Fatal(err)
	}
	phrases, blocks, err = readPhrasebook(string(src))
	if err != nil {
		t.Fatal(err)
	}
	return phrases, blocks
}

func readPhrasebook(src string) (phrases []phrase, blocks int, err error) {
	seen := map[string]int{}
	query, number, lone := "", 0, false
	for line := range strings.SplitSeq(src+"\n", "\n") {
		number++
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "" && lone:
			return nil, 0, fmt.Errorf("line %d: a query without phrasings", number)
		case line == "":
			query = ""
		case query == "":
			query, lone = line, true
			blocks++
		case seen[line] > 0:
			return nil, 0, fmt.Errorf("line %d: %q stands in line %d too", number, line, seen[line])
		default:
			lone = false
			seen[line] = number
			phrases = append(phrases, phrase{number, query, line})
		}
	}
	return phrases, blocks, nil
}

// TestPhrasebook: many phrasings meet in one canonical query, and the query's
// own English is one of them.
func TestPhrasebook(t *testing.T) {
	e := wholeEngine(t)
	phrases, blocks := phrasebook(t)
	if blocks < 60 || len(phrases) < 400 {
		t.Errorf("%d blocks of %d phrasings", blocks, len(phrases))
	}
	o := newOffers()
	for _, p := range phrases {
		a := asked(t, e, p.question)
		checkSound(t, e, p.question, &a)
		got, err := queriesOf(e, a.Code)
		if err != nil {
			t.Errorf("phrasebook.txt:%d: %v", p.line, err)
		} else if got != p.query {
			t.Errorf("phrasebook.txt:%d: %s\n got %s\nwant %s", p.line, p.question, got, p.query)
		}
		o.of(&a)
	}
	o.check(t, e)
}

// TestPhrasebookQueriesInEnglish: the English of each query of the phrasebook
// is read as that query.
func TestPhrasebookQueriesInEnglish(t *testing.T) {
	e := wholeEngine(t)
	phrases, _ := phrasebook(t)
	var done []string
	for _, p := range phrases {
		if slices.Contains(done, p.query) {
			continue
		}
		done = append(done, p.query)
		r, err := e.ParseCode(p.query + "@" + e.report.Edition)
		if err != nil {
			t.Errorf("phrasebook.txt:%d: %v", p.line, err)
			continue
		}
		if r.Query.String() != p.query {
			t.Errorf("phrasebook.txt:%d: %s is %s in its canonical form", p.line, p.query, r.Query.String())
		}
		question := e.Question(r.Query)
		a := asked(t, e, question)
		if got, err := queriesOf(e, a.Code); err != nil || got != p.query {
			t.Errorf("%s is %q in English, which is read as %s (%v)", p.query, question, got, err)
		}
	}
}

func TestReadPhrasebook(t *testing.T) {
	for src, want := range map[string]string{
		"help\n\nhelp\nhelp me":          "line 2: a query without phrasings",
		"help\nhelp me\n\nhelp\nhelp me": `line 5: "help me" stands in line 2 too`,
	} {
		if _, _, err := readPhrasebook(src); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", src, err, want)
		}
	}
	phrases, blocks, err := readPhrasebook("# all\nhelp\nhelp me\nwhat now\n\n\nprofile::uk\nthe UK\n")
	if err != nil || blocks != 2 || len(phrases) != 3 || phrases[2] != (phrase{8, "profile::uk", "the UK"}) {
		t.Errorf("%v %d %v", phrases, blocks, err)
	}
}
