package discord

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/layout"
	"reportbot/bot/layout/layouttest"
)

// TestSplitKeepsTogether parts two long tables, of which the second means
// something else: each message has the caveats, and each rest of a table says
// again what it lists.
func TestSplitKeepsTogether(t *testing.T) {
	for _, plain := range []bool{false, true} {
		messages := render(layouttest.Invented()["two long tables"], renderOptions{Plain: plain})
		if len(messages) < 3 {
			t.Fatalf("%d messages", len(messages))
		}
		possible := 0
		for i, m := range messages {
			text := show(m).text
			if (i > 0) != strings.HasPrefix(text, "Figures. (continued)\n") || !strings.HasPrefix(text, "Figures.") {
				t.Errorf("message %d begins %q", i, text[:40])
			}
			if !strings.Contains(text, "\n~ means about.\nOld.\nSource: table 1.\nRead as: All") {
				t.Errorf("message %d lacks the caveats:\n%s", i, text)
			}
			if !regexp.MustCompile(`(Certain|Possible):\nCountry +Figure\n`).MatchString(text) {
				t.Errorf("message %d does not say what it lists:\n%s", i, text)
			}
			if strings.Contains(text, "Possible:") {
				possible++
			}
		}
		if possible < 2 || possible == len(messages) {
			t.Errorf("%d of %d messages list what is possible", possible, len(messages))
		}
	}
}

// TestSplitRepeatsNotes checks that each page of a table has what stands below
// the table, and that pages have a number of rows that one can look over.
func TestSplitRepeatsNotes(t *testing.T) {
	r := layouttest.NewAsker(t, "discord").Ask(t, "top 48 countries by fighters")
	for page := range 2 {
		o := withButtons()
		o.Page = page
		m := render(r, o)
		if len(m) != 1 {
			t.Fatalf("%d messages", len(m))
		}
		text := show(m[0]).text
		if strings.Count(text, "Ranked by the printed numbers;") != 1 || !strings.Contains(text, fmt.Sprintf("Page %d of 2", page+1)) {
			t.Errorf("page %d:\n%s", page, text)
		}
		if n := strings.Count(text[:strings.Index(text, "Ranked")], "\n"); n > rowsOnPage+2 {
			t.Errorf("page %d has %d lines", page, n)
		}
	}
}

// TestSplitFullest has each piece as long as the rules let it be.
func TestSplitFullest(t *testing.T) {
	for _, plain := range []bool{false, true} {
		rules := rules(plain)
		cell := strings.Repeat("~", rules.Unit/2/2/2/2-2)
		table := &answers.Table{Columns: []string{cell, cell}}
		for range 60 {
			table.Rows = append(table.Rows, []string{cell, cell})
		}
		p := bot.Part{
			Headline: x(rules.Headline), Source: x(rules.Source - len("Source: ") - 1), Interpretation: x(rules.Reading - len("Read as: ") - 1),
			Body: []answers.Block{{Text: x(rules.Lead-2) + ":"}, {Table: table}, {Text: x(rules.Note - 1)}},
		}
		for range fewCaveats {
			p.Caveats = append(p.Caveats, x(rules.Caveats/fewCaveats-1))
		}
		messages := render(bot.Reply{Parts: []bot.Part{p}}, renderOptions{Plain: plain})
		for _, m := range messages {
			checkMessage(t, "fullest", m)
			if text := show(m).text; !strings.Contains(text, p.Caveats[0]) || !strings.Contains(text, p.Source) || !strings.Contains(text, x(rules.Note-1)) {
				t.Errorf("plain %t: something is not repeated:\n%s", plain, text)
			}
		}
		if len(messages) < 2 {
			t.Errorf("%d messages", len(messages))
		}
	}
}

// TestSplitTables checks how tables are shown: a short one as fields, one that
// is long or has more below it as a block, one that is too wide turned around.
func TestSplitTables(t *testing.T) {
	short := &answers.Table{Columns: []string{"Country", "Fighters", "As of"}, Rows: [][]string{{"France", "~1,910", "August 2017"}, {"UK", ">850", ""}}}
	wide := &answers.Table{Columns: []string{"Country", x(20), x(21), x(22)}, Rows: [][]string{{"France", "1", "2", "3"}}}
	words := &answers.Table{Columns: []string{"Say", "What it does"}, Rows: [][]string{{"help", x(60)}}}
	for name, test := range map[string]struct {
		body []answers.Block
		want string
	}{
		"short":      {[]answers.Block{{Text: "Two:"}, {Table: short}}, "**H.**\nTwo:|France=Fighters: ~1,910\nAs of August 2017|UK=Fighters: >850"},
		"more below": {[]answers.Block{{Table: short}, {Text: "- more"}}, "**H.**\n```\nCountry  Fighters  As of\nFrance   ~1,910    August 2017\nUK       >850\n```\n\\- more"},
		"wide":       {[]answers.Block{{Table: wide}}, "**H.**|" + x(20) + "=France: 1|" + x(21) + "=France: 2|" + x(22) + "=France: 3"},
		"words":      {[]answers.Block{{Table: words}}, "**H.**|help=" + x(60)},
		"ranked":     {[]answers.Block{{Table: &answers.Table{Columns: []string{"#", "Country"}, Rows: [][]string{{"1", "UK"}}}}}, "**H.**\n```\n#  Country\n1  UK\n```"},
		"marked":     {[]answers.Block{{Table: &answers.Table{Columns: []string{"Country", "Figure"}, Rows: [][]string{{"*UK*", "1"}}}}}, "**H.**\n```\nCountry  Figure\n*UK*     1\n```"},
	} {
		e := render(bot.Reply{Parts: []bot.Part{{Headline: "H.", Body: test.body}}}, renderOptions{})[0].Embeds[0]
		got := e.Description
		for _, f := range e.Fields {
			got += "|" + f.Name + "=" + f.Value
		}
		if got != test.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, test.want)
		}
	}
}

// TestSplitActions checks how questions are offered, and what is left when
// there is no room.
func TestSplitActions(t *testing.T) {
	numbered := func(n int) []bot.Action {
		var out []bot.Action
		for i := range n {
			out = append(out, bot.Action{Question: fmt.Sprint("question ", i)})
		}
		return out
	}
	for name, test := range map[string]struct {
		reply bot.Reply
		want  string
	}{
		"readings":   {bot.Reply{Status: answers.Clarify, Suggestions: numbered(5)}, "[5] 0"},
		"a menu":     {bot.Reply{Status: answers.Clarify, Suggestions: numbered(6)}, "[menu of 6] 0"},
		"more menus": {bot.Reply{Status: answers.Clarify, Suggestions: numbered(27), Alternatives: numbered(30)}, "[menu of 25 menu of 2 3] 0"},
		"no room":    {bot.Reply{Status: answers.Answered, Code: "c", Suggestions: numbered(30)}, "[5 5 5 5 3] 10"},
		"the same":   {bot.Reply{Status: answers.NotInReport, Suggestions: numbered(2), Alternatives: numbered(3)}, "[3 2] 0"},
		"too long":   {bot.Reply{Suggestions: []bot.Action{{Question: x(200)}, {Question: "fits"}}}, "[1] 1"},
	} {
		test.reply.Parts = []bot.Part{{Headline: "H."}}
		m := render(test.reply, withButtons())[0]
		if got := rowsOfMessage(m); got != test.want {
			t.Errorf("%s: %s, not %s", name, got, test.want)
		}
	}
}

// rowsOfMessage are how many buttons a message's rows have, and how many lines
// offer a question.
func rowsOfMessage(m message) string {
	var rows []string
	for _, row := range m.Components {
		s := show(message{Components: append(m.Components[:0:0], row)})
		if len(s.menus) > 0 {
			rows = append(rows, fmt.Sprint("menu of ", len(s.menus[0].Options)))
		} else {
			rows = append(rows, fmt.Sprint(len(s.buttons)))
		}
	}
	text := show(m).text
	return fmt.Sprint(rows, " ", strings.Count(text, "\nTry: ")+strings.Count(text, "\nOr: "))
}

// TestSplitTurning checks when pages can be turned.
func TestSplitTurning(t *testing.T) {
	long := layouttest.Invented()["two long tables"]
	short := func(kind, payload string) string {
		if kind == buttonPage {
			return ""
		}
		return testID(kind, payload)
	}
	for name, test := range map[string]struct {
		code  string
		o     renderOptions
		pages bool
	}{
		"by buttons":  {"c", renderOptions{ID: testID, Buttons: true}, true},
		"out of it":   {"c", renderOptions{ID: testID, Buttons: true, Page: 999}, true},
		"no buttons":  {"c", renderOptions{ID: testID}, false},
		"no code":     {"", renderOptions{ID: testID, Buttons: true}, false},
		"does not go": {"c", renderOptions{ID: short, Buttons: true}, false},
	} {
		long.Code = test.code
		got := render(long, test.o)
		if (len(got) == 1) != test.pages {
			t.Errorf("%s: %d messages", name, len(got))
		}
		if buttons := len(show(got[0]).buttons); test.o.Page > 0 && layout.Units(show(got[0]).text) > limitEmbedTotal || test.pages && buttons == 0 {
			t.Errorf("%s: %d buttons", name, buttons)
		}
	}
}

// TestSplitTurningWithLines checks that a page stays one message with what can
// be asked below it, and that pages are not turned where it does not.
func TestSplitTurningWithLines(t *testing.T) {
	long := layouttest.Invented()["two long tables"]
	for lines, turned := range map[int]bool{1: true, 60: false} {
		long.Suggestions = nil
		for i := range lines {
			long.Suggestions = append(long.Suggestions, bot.Action{Question: fmt.Sprint(i, " ", x(650))})
		}
		got := render(long, withButtons())
		page := false
		for _, b := range show(got[len(got)-1]).buttons {
			page = page || strings.HasPrefix(b.CustomID, buttonPage)
		}
		if (len(got) == 1) != turned || page != turned {
			t.Errorf("%d lines: %d messages, pages %t", lines, len(got), page)
		}
		checkActions(t, "with lines", long, got, true)
	}
}
