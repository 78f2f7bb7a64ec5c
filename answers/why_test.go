package answers

import (
	"strings"
	"testing"
)

func TestWhyNamesRowColumnAndFootnote(t *testing.T) {
	e := wholeEngine(t)
	for question, want := range map[string][]string{
		"returned from France":                     {`France: 302 returned, as of August 2017 (table 1, row France, column "RETURNED", footnote 47).`},
		"top 5 countries by returnees":             {`row Turkey, column "RETURNED", footnote 100`, `row Russia, column "RETURNED", footnote 83`, "Where a row prints one figure"},
		"compare the UK and Germany in women":      {`table 2, row Germany, column "WOMEN", footnote 182`},
		"share of returnees in Belgium":            {"row Belgium"},
		"women from Denmark":                       {"Denmark"},
		"what does it say about child returnees":   {"Source: "},
		"Returned from France? Women from Kosovo?": {"row France", "row Kosovo"},
	} {
		a, _, err := e.Ask(question, Context{})
		if err != nil {
			t.Fatal(err)
		}
		why, err := e.Why(a.Code)
		if err != nil {
			t.Errorf("%s: %v", question, err)
			continue
		}
		for _, text := range want {
			if !strings.Contains(why.Text, text) {
				t.Errorf("%s: the source lacks %q:\n%s", question, text, why.Text)
			}
		}
		if again, err := e.AskCode(why.Code); err != nil || again.Text != why.Text {
			t.Errorf("%s: the code of the source gives another text: %v", question, err)
		}
	}
	if _, err := e.Why("lookup:returned:france@1999-01"); err == nil {
		t.Error("a code of another edition has a source")
	}
}
