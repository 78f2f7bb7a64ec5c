package bot

import (
	"fmt"
	"strings"
	"testing"
)

// edited is a message in place of another one of the same author.
func edited(of Message, version, text string) Message {
	m := of
	m.ID, m.Text, m.Replaces = of.ID+"/"+version, text, of.ID
	return m
}

func TestAnEditedQuestionChangesItsReply(t *testing.T) {
	r := start(t, nil)
	first := message("fake/1", "general", "anna", "returned from France")
	follow := message("fake/2", "general", "anna", "and Germany?")
	for _, m := range []Message{
		first, follow,
		edited(follow, "a", "and Austria?"),
		edited(follow, "a", "and Austria?"), // the platform sends it again
		edited(follow, "b", "and Belgium?"),
		message("fake/3", "general", "anna", "how many remain?"),
	} {
		if err := r.Handle(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	posts := r.platform.await(t, 5)
	for i, want := range []struct{ replaces, says string }{
		{"", "France: 302 returned"}, {"", "Germany: ~300 returned"}, {"fake/2", "Austria: 90 returned"},
		{"fake/2", "Belgium: >123 returned"}, {"", "Belgium: "},
	} {
		if got := posts[i]; got.Replaces != want.replaces || !strings.Contains(got.Reply.Plain(), want.says) {
			t.Errorf("post %d replaces %q and says %q, want %+v", i, got.Replaces, got.Reply.Plain(), want)
		}
	}
	if len(posts) != 5 {
		t.Errorf("%d posts", len(posts))
	}
}

// TestAnEarlierQuestionEditedStandsByItself, and leaves the conversation where
// it is.
func TestAnEarlierQuestionEditedStandsByItself(t *testing.T) {
	r := start(t, nil)
	first := message("fake/1", "general", "anna", "returned from France")
	for _, m := range []Message{
		first, message("fake/2", "general", "anna", "women from Kosovo"),
		edited(first, "a", "returned from Austria"),
		message("fake/3", "general", "anna", "and children?"),
	} {
		if err := r.Handle(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	posts := r.platform.await(t, 4)
	if got := posts[2]; got.Replaces != "fake/1" || !strings.Contains(got.Reply.Plain(), "Austria: 90 returned") {
		t.Errorf("the edited question got %+v", got)
	}
	if got := posts[3].Reply.Plain(); !strings.Contains(got, "Kosovo") {
		t.Errorf("the follow-up got %s", got)
	}
}

// TestADeletedQuestionTakesItsReplyAway, over every limit, and what it was
// about is not what the conversation is about any more.
func TestADeletedQuestionTakesItsReplyAway(t *testing.T) {
	r := start(t, func(o *Options) { o.Settings.Limits.PersonPerMinute = 3 })
	first := message("fake/1", "general", "anna", "returned from France")
	second := message("fake/2", "general", "anna", "women from Kosovo")
	gone := edited(second, "deleted", "")
	gone.Act = Withdraw
	for _, m := range []Message{first, second, gone, message("fake/3", "general", "anna", "and Germany?")} {
		if err := r.Handle(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	posts := r.platform.await(t, 4)
	if got := posts[2]; got.Replaces != "fake/2" || len(got.Reply.Parts) != 0 {
		t.Errorf("the deletion: %+v", got)
	}
	if got := posts[3].Reply.Plain(); !strings.Contains(got, "Germany: ~300 returned") {
		t.Errorf("the follow-up got %s", got)
	}
	gone.Replaces = ""
	if err := r.Handle(t.Context(), gone); err == nil {
		t.Error("a deletion of nothing is taken")
	}
}

// TestHelloAndOverview: what is said where nobody has asked yet; its questions
// are answered.
func TestHelloAndOverview(t *testing.T) {
	r := start(t, nil)
	m := message("fake/joined", "general", "", "")
	m.Act = Hello
	hello, err := r.Answer(t.Context(), m)
	if err != nil || !strings.Contains(hello.Plain(), "one published report: ") || len(hello.Suggestions) != 3 {
		t.Errorf("%v\n%s", err, hello.Plain())
	}
	overview := r.Overview()
	if len(overview.Suggestions) < 10 || !strings.Contains(overview.Plain(), "edition 2017-10 of the data") {
		t.Errorf("overview\n%s", overview.Plain())
	}
	for i, s := range append(hello.Suggestions, overview.Suggestions...) {
		if got := r.ask(t, fmt.Sprint("asker ", i), s.Question)[0]; got.Status != "answered" {
			t.Errorf("%q is %s", s.Question, got.Status)
		}
	}
}
