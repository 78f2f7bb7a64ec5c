package slack_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"reportbot/bot/slack"
	"reportbot/bot/slack/fakeslack"
)

// shown is all the text of a view that is seen.
func shown(v fakeslack.View) string {
	var out []string
	for _, m := range regexp.MustCompile(`"text":\s*"((?:[^"\\]|\\.)*)"`).FindAllStringSubmatch(string(v.Blocks), -1) {
		out = append(out, m[1])
	}
	return strings.Join(out, "\n")
}

// top is the window that a person sees.
func (w *workspace) top(t *testing.T, user string) fakeslack.View {
	t.Helper()
	open := w.Modals(user)
	if len(open) == 0 {
		t.Fatal("no window is open")
	}
	return open[len(open)-1]
}

func (w *workspace) pressed(t *testing.T, r fakeslack.Response) {
	t.Helper()
	if r.Error != "" {
		t.Fatalf("%+v", r)
	}
}

// TestTheForm: the shortcut, what is typed in it, what is missing, its answer
// and the buttons there.
func TestTheForm(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.pressed(t, w.Shortcut("U1", "ask"))
		if got := shown(w.top(t, "U1")); !strings.Contains(got, "Which countries or regions?") || !strings.Contains(got, "Women") {
			t.Fatalf("the form shows %s", got)
		}
		offered := w.SuggestModal("U1", "subjects", "fra")
		if offered.Error != "" || len(offered.Options) == 0 || offered.Options[0].Text != "France" {
			t.Fatalf("offered %+v", offered)
		}
		if all := w.SuggestModal("U1", "subjects", ""); len(all.Options) < 50 {
			t.Errorf("nothing typed: %d", len(all.Options))
		}
		if none := w.SuggestModal("U1", "subjects", "zzz"); none.Error != "" || len(none.Options) != 0 {
			t.Errorf("nothing like it: %+v", none)
		}
		if r := w.Submit("U1", map[string]string{"operation": "compare", "measure": "returned", "subjects": "france"}); r.Errors["subjects"] != "Please choose two countries or regions or more." {
			t.Fatalf("one row to compare: %+v", r)
		}
		w.pressed(t, w.Submit("U1", map[string]string{"operation": "compare", "measure": "returned", "subjects": "france\nkosovo"}))
		if got := shown(w.top(t, "U1")); !strings.Contains(got, "Returned: France 302 (August 2017) and Kosovo 117") {
			t.Fatalf("the answer shows %s", got)
		}
		w.pressed(t, w.PressModal("U1", "Why?"))
		if n := len(w.Modals("U1")); n != 2 || !strings.Contains(shown(w.top(t, "U1")), "footnote 47") {
			t.Fatalf("%d windows; why shows %s", n, shown(w.top(t, "U1")))
		}
		w.CloseModal("U1")
	})
}

// TestAnAnswerIsSentOn from a window to direct messages.
func TestAnAnswerIsSentOn(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.pressed(t, w.Shortcut("U1", "ask"))
		w.pressed(t, w.Submit("U1", map[string]string{"operation": "lookup", "subjects": "france"}))
		w.pressed(t, w.PressModal("U1", "Send me this"))
		w.awaitTexts(t, fakeslack.DMChannel("U1"), "France")
		if got := shown(w.top(t, "U1")); got != "It is in your direct messages with me." {
			t.Errorf("the window says %q", got)
		}
	})
}

// TestHome: what can be asked, a person's last questions, and their buttons.
func TestHome(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		dm := fakeslack.DMChannel("U1")
		for _, text := range []string{"women from Kosovo", "returned *from* <https://example.org|France>", "women from kosovo"} {
			w.DM("U1", text)
		}
		w.AwaitPosts(t, dm, 3)
		w.OpenHome("U1", "home")
		w.Await(t, func(s *fakeslack.State) bool { return s.Home("U1").ID != "" })
		home := shown(w.Home("U1"))
		for _, want := range []string{"I answer questions about one published report", "edition 2017-10", "top 5 countries by returnees",
			"What you asked me last in direct messages", "women from kosovo", "returned *from* France"} {
			if !strings.Contains(home, want) {
				t.Errorf("the Home tab lacks %q:\n%s", want, home)
			}
		}
		if strings.Contains(home, "women from Kosovo") {
			t.Error("a question stands there twice")
		}
		w.pressed(t, w.PressHome("U1", "top 5 countries by returnees"))
		if got := shown(w.top(t, "U1")); !strings.Contains(got, "Most returnees") || !strings.Contains(got, "Turkey") {
			t.Errorf("the answer shows %s", got)
		}
		w.pressed(t, w.PressModal("U1", "Why?"))
		w.pressed(t, w.PressModal("U1", "Send me this"))
		w.AwaitPosts(t, dm, 4)
		w.CloseModal("U1")
		w.pressed(t, w.PressHome("U1", "Put a question together"))
		if got := shown(w.top(t, "U1")); !strings.Contains(got, "Which figures?") {
			t.Errorf("the form shows %s", got)
		}
		before := w.Home("U1").Hash
		w.OpenHome("U1", "home") // again, with the view as it is
		w.Await(t, func(s *fakeslack.State) bool { return s.Home("U1").Hash != before })
	})
}

// TestQuestionsAreSuggested in the messages tab of an agent, and the person who
// has to wait sees that the bot is at work.
func TestQuestionsAreSuggested(t *testing.T) {
	w := newWorkspace(t, true, nil)
	dm := fakeslack.DMChannel("U1")
	w.OpenHome("U1", "messages")
	w.Await(t, func(s *fakeslack.State) bool { return len(s.Prompts(dm).Prompts) == 4 })
	if got := w.Prompts(dm); got.Ignored != 0 || got.Prompts[0].Message != "returned from France" {
		t.Errorf("prompts %+v", got)
	}
	ts := w.DM("U1", "returned from France")
	w.AwaitPosts(t, dm, 1)
	if got := w.Session(dm, ts).Lifecycle; got != "" {
		t.Errorf("an answer at once shows %q", got)
	}
	w.Limit("chat.postMessage", dm, 2*time.Second, 1)
	ts = w.DM("U1", "returned from Germany")
	w.Await(t, func(s *fakeslack.State) bool { return s.Session(dm, ts).Lifecycle == "processing" })
	w.AwaitPosts(t, dm, 2)
	w.Await(t, func(s *fakeslack.State) bool { return s.Session(dm, ts).Lifecycle == "active" })
	w = newWorkspace(t, true, func(c *slack.Config) { c.AgentView = false })
	w.OpenHome("U1", "messages")
	w.DM("U1", "returned from France")
	w.AwaitPosts(t, dm, 1)
	if n := len(w.Calls("assistant.threads.setSuggestedPrompts")); n != 0 {
		t.Errorf("%d calls by an app that is no agent", n)
	}
}
