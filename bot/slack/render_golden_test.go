package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"reportbot/bot"
	"reportbot/bot/layout/layouttest"
)

// The flag may be another file's of this package already.
func init() {
	if flag.Lookup("update") == nil {
		flag.Bool("update", false, "rewrite what is compared with a file")
	}
}

// TestRenderGolden compares how replies of the bot look.
func TestRenderGolden(t *testing.T) {
	a := layouttest.NewAsker(t, "slack")
	replies := layouttest.Fixtures(t, a)
	for name, r := range replies {
		t.Run(name, func(t *testing.T) { golden(t, name, render(r, withButtons())) })
	}
	t.Run("share_button", func(t *testing.T) {
		golden(t, "share_button", render(replies["lookup"], renderOptions{Value: testValue, Buttons: true, Share: true}))
	})
	t.Run("no_buttons", func(t *testing.T) {
		golden(t, "no_buttons", render(replies["clarify"], renderOptions{}))
	})
}

// TestViewsGolden compares how the form, the Home tab and an answer in a window look.
func TestViewsGolden(t *testing.T) {
	a, s := layouttest.NewAsker(t, "slack"), adapter(t)
	golden(t, "view_form", formView(a.Form()))
	golden(t, "view_home", s.homeView(home{a.Overview(), []string{"#general: daily 09:00 Europe/Paris; next on Monday, 5 January 2026 at 09:00 (Europe/Paris)."}, []string{"women from *Kosovo* <!here>", "returned from France"}}))
	golden(t, "view_home_first", s.homeView(home{overview: a.Overview()}))
	golden(t, "view_digest", digestView(digestStart{"C1", "Asia/Ho_Chi_Minh", a.Topics("", 1), []bot.DigestLine{{What: "daily 09:00 UTC about <!here>", State: "paused since 2 January 2026."}}}))
	golden(t, "view_digest_first", digestView(digestStart{topics: a.Topics("", 1)}))
	golden(t, "digest_list", render(a.Ask(t, "digest list"), withButtons()))
	golden(t, "view_answer", s.answerView(a.Ask(t, "top 48 countries by fighters")))
	for name, question := range map[string]string{"profile": "tell me about France", "all": "which countries have fewer than 5000 fighters"} {
		view := s.answerView(a.Ask(t, question))
		if n := len(view.Blocks.BlockSet); n > limitViewBlocks || weight(view.Blocks.BlockSet) > limitViewAnswer+limitAllBlocks {
			t.Errorf("%s: %d blocks", name, n)
		}
	}
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
