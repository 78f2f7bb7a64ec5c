package answers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestScripts runs every script. What a script asks and wants is told at
// readScript; one file a kind of question.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/scripts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := readScript(filepath.Base(file), string(src))
			if err != nil {
				t.Fatal(err)
			}
			e := wholeEngine(t)
			if s.data != "" {
				e = packageEngine(t, s.packageDir())
			}
			o := newOffers()
			for _, fault := range s.run(e, func(a *Answer) { o.of(a); sameAgain(t, e, *a) }) {
				t.Error(fault)
			}
			o.check(t, e)
		})
	}
}

// TestScriptsThatMustFail tests the runner: each script is wrong in one way,
// and the fault names its line.
func TestScriptsThatMustFail(t *testing.T) {
	e := wholeEngine(t)
	for _, c := range []struct{ name, src, want string }{
		{"query", "ask returned from France\nquery lookup:returned:germany", "x:2: returned from France\n\twanted query"},
		{"query that says less", "ask top 5 by returnees\nquery rank:returned", "x:2: "},
		{"says", "ask returned from France\nsays 303", "x:2: returned from France\n\twanted says 303"},
		{"lacks", "ask returned from France\nlacks 302", "x:2: "},
		{"figures: too few", "ask returned from France and Germany\nfigures France: returned 302", "x:2: "},
		{"figures: too many", "ask returned from France\nfigures France: returned 302; UK: returned ~425", "x:2: "},
		{"figures: other order", "ask returned from France and Germany\nfigures Germany: returned ~300; France: returned 302", "x:2: "},
		{"figures: without the sign", "ask returned from Germany\nfigures Germany: returned 300", "x:2: "},
		{"figures: none", "ask returned from France\nfigures none", "x:2: "},
		{"has", "ask returned from France\nhas UK: returned ~425", "x:2: "},
		{"caveats: one missing", "ask returned from Turkey\ncaveats approximate", "x:2: "},
		{"caveats: one too many", "ask returned from France\ncaveats approximate", "x:2: "},
		{"fails where it answers", "ask returned from France\nfails blank_cell", "x:2: returned from France\n\twanted fails blank_cell\n\tgot    answered"},
		{"fails for another reason", "ask women from Denmark\nfails not_covered", "x:2: "},
		{"answers where it fails", "ask women from Denmark\nsays women", "x:1: women from Denmark\n\tnot answered: not_in_report blank_cell"},
		{"helps", "ask returned from France\nhelps", "x:2: "},
		{"asks help without saying so", "ask hello\nsays hello", "x:1: "},
		{"a second question", "ask returned from France\nsays 302\n\n# the next\nask returned from Germany\nsays 302", "x:6: "},
		{"then keeps the conversation", "ask returned from France\nsays 302\nthen and Germany?\nfigures France: returned 302", "x:4: "},
		{"ask begins a conversation", "ask returned from France\nsays 302\nask and Germany?\nquery lookup:returned:germany", "x:4: "},
		{"continued line", "ask returned\n  from France\nsays\n  303", "x:3: returned from France\n\twanted says 303"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := readScript("x", c.src)
			if err != nil {
				t.Fatal(err)
			}
			faults := strings.Join(s.run(e, nil), "\n")
			if !strings.HasPrefix(faults, c.want) {
				t.Errorf("faults:\n%s\nwant them to begin:\n%s", faults, c.want)
			}
		})
	}
}

// TestScriptsThatCannotBeRead: a slip in a script is a fault with its line,
// never a case that is passed over.
func TestScriptsThatCannotBeRead(t *testing.T) {
	for src, want := range map[string]string{
		"asks returned from France\nsays 302":            `x:1: "asks" is no verb`,
		"ask returned from France\nsays":                 "x:2: says says too much or too little",
		"ask hello\nhelps you":                           "x:2: helps says too much or too little",
		"says 302":                                       "x:1: says needs a question before it",
		"then and Germany?\nsays 300":                    "x:1: then needs a question before it",
		"ask returned from France":                       "x:1: nothing is wanted of the answer",
		"ask a\nask returned from France\nsays 302":      "x:1: nothing is wanted of the answer",
		"ask hello\nhelps\ndata invented":                "x:3: data stands before the first question",
		"ask a\nsay b\n\nask c\nsays d\nshow e\nlacks f": "x:2: \"say\" is no verb\nx:6: \"show\" is no verb\nx:1: nothing is wanted",
	} {
		_, err := readScript("x", src)
		if err == nil {
			t.Errorf("%q was read", src)
		} else if !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v\nwant %s", src, err, want)
		}
	}
}
