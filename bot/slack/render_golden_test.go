package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/answers"
	"reportbot/bot"
)

// The flag may be another file's of this package already.
func init() {
	if flag.Lookup("update") == nil {
		flag.Bool("update", false, "rewrite what is compared with a file")
	}
}

// TestRenderGolden compares how replies of the bot look: each status, each
// kind, the longest ones, and refusals that repeat what somebody wrote.
func TestRenderGolden(t *testing.T) {
	a := newRenderAsker(t)
	asked := map[string][]string{
		"lookup":            {"returned from France"},
		"lookup_about":      {"women from France"},
		"profile":           {"tell me about France"},
		"compare":           {"compare the UK and Germany"},
		"rank":              {"top 10 by fighters"},
		"rank_all":          {"top 48 countries by fighters"},
		"filter":            {"which countries have more than 500 fighters"},
		"filter_all":        {"which countries have fewer than 5000 fighters"},
		"count":             {"how many countries report returnees"},
		"total":             {"how many returned to Western Europe in total"},
		"average":           {"average number of fighters per country"},
		"share":             {"what share of Belgian fighters returned"},
		"difference":        {"difference between Tunisia and Russia in fighters"},
		"date":              {"when is the figure for Turkmenistan from"},
		"source":            {"where does the figure for France come from"},
		"define":            {"what does ~ mean"},
		"finding":           {"what does it say about child returnees"},
		"coverage":          {"which countries are covered"},
		"help":              {"help"},
		"greeting":          {"hello"},
		"about":             {"about"},
		"feedback":          {"feedback *nice* <!here>"},
		"clarify":           {"who went back"},
		"not_covered":       {"how many from Guinea"},
		"blank_cell":        {"women from Denmark"},
		"no_such_measure":   {"how many died in Raqqa"},
		"out_of_scope":      {"who won the world cup"},
		"two_questions":     {"how many came back to france and how many women from indonesia"},
		"mended":            {"returned from Frnace"},
		"follow_up":         {"returned from France", "and Germany?"},
		"hostile_channel":   {"how many fighters from <!channel>"},
		"hostile_marks":     {"how many fighters from *Narnia* and ~Hogwarts~"},
		"hostile_underline": {"women from _Narnia_land_ :smile:"},
		"hostile_mention":   {"fighters from &lt;Mordor&gt;"},
		"too_long":          {strings.Repeat("how many returned? ", 60)},
	}
	for name, texts := range asked {
		t.Run(name, func(t *testing.T) { golden(t, name, render(a.ask(t, texts...), withButtons())) })
	}
	t.Run("why", func(t *testing.T) {
		golden(t, "why", render(a.act(t, bot.Why, a.ask(t, "returned from France").Code), withButtons()))
	})
	t.Run("share_button", func(t *testing.T) {
		golden(t, "share_button", render(a.ask(t, "returned from France"), renderOptions{Value: testValue, Buttons: true, Share: true}))
	})
	t.Run("no_buttons", func(t *testing.T) {
		golden(t, "no_buttons", render(a.ask(t, "who went back"), renderOptions{}))
	})
	t.Run("in_messages", func(t *testing.T) {
		golden(t, "in_messages", render(longReply(a.ask(t, "top 48 countries by fighters")), withButtons()))
	})
}

// TestViewsGolden compares how the form, the Home tab and an answer in a window look.
func TestViewsGolden(t *testing.T) {
	a, s := newRenderAsker(t), adapter(t)
	golden(t, "view_form", formView(a.Form()))
	golden(t, "view_home", s.homeView(a.Overview(), []string{"women from *Kosovo* <!here>", "returned from France"}))
	golden(t, "view_answer", s.answerView(a.ask(t, "top 48 countries by fighters")))
	for name, question := range map[string]string{"profile": "tell me about France", "all": "which countries have fewer than 5000 fighters"} {
		view := s.answerView(a.ask(t, question))
		if n := len(view.Blocks.BlockSet); n > limitViewBlocks || weight(view.Blocks.BlockSet) > limitViewAnswer+limitAllBlocks {
			t.Errorf("%s: %d blocks", name, n)
		}
	}
}

// longReply is a reply with three times the rows.
func longReply(r bot.Reply) bot.Reply {
	for i, b := range r.Parts[0].Body {
		if b.Table == nil {
			continue
		}
		long := &answers.Table{Columns: b.Table.Columns}
		for range 3 {
			long.Rows = append(long.Rows, b.Table.Rows...)
		}
		r.Parts[0].Body[i] = answers.Block{Table: long}
	}
	return r
}

func golden(t *testing.T, name string, rendered any) {
	t.Helper()
	var got bytes.Buffer
	e := json.NewEncoder(&got)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(rendered); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", "render", name+".json")
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("%s differs; -update writes it anew\n got: %s\nwant: %s", file, &got, want)
	}
}
