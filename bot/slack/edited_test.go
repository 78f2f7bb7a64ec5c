package slack_test

import (
	"strings"
	"testing"

	"reportbot/bot/slack"
	"reportbot/bot/slack/fakeslack"
)

// awaitText waits until a channel's posts are these, by what each contains.
func (w *workspace) awaitTexts(t *testing.T, channel string, want ...string) {
	t.Helper()
	w.Await(t, func(s *fakeslack.State) bool {
		posts := s.Posts(channel)
		if len(posts) != len(want) {
			return false
		}
		for i, text := range want {
			if !strings.Contains(posts[i].Text, text) {
				return false
			}
		}
		return true
	})
}

func TestAnEditedQuestionChangesItsReply(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		ts := w.Mention("U1", "C1", "returned from France")
		w.awaitTexts(t, "C1", "France: 302 returned")
		was := w.Posts("C1")[0].TS
		w.Edit("U1", "C1", ts, "<@"+fakeslack.BotUser+"> returned from Germany")
		w.awaitTexts(t, "C1", "Germany: ~300 returned")
		if is := w.Posts("C1")[0]; is.TS != was || is.Thread != ts || len(is.Blocks) == 0 {
			t.Errorf("the reply is another message: %s, was %s", is.TS, was)
		}
		for _, event := range w.Events() { // Slack sends it all again
			w.Redeliver(event, false)
		}
		w.Mention("U1", "C1", "women from Kosovo")
		w.awaitTexts(t, "C1", "Germany: ~300 returned", "Kosovo: 44 women")
	})
}

// TestAQuestionThatIsNamedOnlyLater: the mention is added by an edit.
func TestAQuestionThatIsNamedOnlyLater(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		ts := w.Say("U1", "C1", "returned from France")
		w.Edit("U1", "C1", ts, "<@"+fakeslack.BotUser+"> returned from France")
		w.awaitTexts(t, "C1", "France: 302 returned")
		if reply := w.Posts("C1")[0]; reply.Thread != ts {
			t.Errorf("the reply is in thread %q", reply.Thread)
		}
	})
}

// TestALongerAndAShorterReply: messages are added and taken away.
func TestALongerAndAShorterReply(t *testing.T) {
	w := newWorkspace(t, true, nil)
	long := "which countries have fewer than 5000 fighters? and top 48 countries by fighters"
	ts := w.DM("U1", long)
	dm := fakeslack.DMChannel("U1")
	w.Await(t, func(s *fakeslack.State) bool { return len(s.Posts(dm)) > 1 })
	w.Edit("U1", dm, ts, "returned from France")
	w.awaitTexts(t, dm, "France: 302 returned")
	w.Edit("U1", dm, ts, long)
	w.Await(t, func(s *fakeslack.State) bool { return len(s.Posts(dm)) > 1 })
}

func TestADeletedQuestionTakesItsReplyAway(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		ts := w.Mention("U1", "C1", "returned from France")
		w.awaitTexts(t, "C1", "France: 302 returned")
		w.Delete("U1", "C1", ts)
		w.awaitTexts(t, "C1")
		dm := w.DM("U1", "returned from France")
		w.awaitTexts(t, fakeslack.DMChannel("U1"), "France: 302 returned")
		w.SendEvent(map[string]any{ // as Slack tells of one that has replies
			"type": "message", "subtype": "message_changed", "channel": fakeslack.DMChannel("U1"), "channel_type": "im", "hidden": true,
			"ts": "9.9", "event_ts": "9.9",
			"message":          map[string]any{"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "ts": dm, "thread_ts": dm, "text": "This message was deleted."},
			"previous_message": map[string]any{"type": "message", "user": "U1", "text": "returned from France", "ts": dm, "thread_ts": dm},
		})
		w.awaitTexts(t, fakeslack.DMChannel("U1"))
	})
}

// TestEditsAndDeletionsCanBeLeftAlone, and what Slack itself does to a message
// or others do to theirs is none.
func TestEditsAndDeletionsCanBeLeftAlone(t *testing.T) {
	w := newWorkspace(t, true, func(c *slack.Config) { c.Edits, c.Deletions = false, false })
	first := w.Mention("U1", "C1", "returned from France")
	w.awaitTexts(t, "C1", "France: 302 returned")
	w.Edit("U1", "C1", first, "<@"+fakeslack.BotUser+"> returned from Germany")
	w.Delete("U1", "C1", first)
	w.Mention("U1", "C1", "women from Kosovo")
	w.awaitTexts(t, "C1", "France: 302 returned", "Kosovo: 44 women")

	w = newWorkspace(t, true, nil)
	talk := w.Say("U2", "C1", "lunch?")
	w.Edit("U2", "C1", talk, "lunch at one?")
	w.Delete("U2", "C1", talk)
	w.Mention("U1", "C1", "women from Kosovo")
	w.awaitTexts(t, "C1", "Kosovo: 44 women")
	if n := len(w.Calls("chat.postMessage")); n != 1 {
		t.Errorf("%d posts", n)
	}
}

// TestAReplyThatCannotBeChanged is posted beside it.
func TestAReplyThatCannotBeChanged(t *testing.T) {
	w := newWorkspace(t, true, nil)
	ts := w.Mention("U1", "C1", "returned from France")
	w.awaitTexts(t, "C1", "France: 302 returned")
	w.Fail("chat.update", fakeslack.ErrorCode("edit_window_closed"), 1)
	w.Edit("U1", "C1", ts, "<@"+fakeslack.BotUser+"> returned from Germany")
	w.awaitTexts(t, "C1", "France: 302 returned", "Germany: ~300 returned")
}

func TestAWorkspaceThatTakesNoBlocks(t *testing.T) {
	w := newWorkspace(t, true, nil)
	w.Fail("chat.postMessage", fakeslack.ErrorCode("invalid_blocks"), 1)
	w.Mention("U1", "C1", "returned from France")
	w.awaitTexts(t, "C1", "France: 302 returned")
	if blocks := string(w.Posts("C1")[0].Blocks); strings.Contains(blocks, "type") {
		t.Errorf("blocks %s", blocks)
	}
}

func TestHelloOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.Join("U2", "C1") // somebody else
		w.Join(fakeslack.BotUser, "C1")
		w.awaitTexts(t, "C1", "I answer questions about one published report")
		hello := w.Posts("C1")[0]
		for _, event := range w.Events() {
			w.Redeliver(event, false)
		}
		w.Leave(fakeslack.BotUser, "C1")
		w.Join(fakeslack.BotUser, "C1")
		if r := w.Press("U2", hello, "returned from France"); r.Error != "" {
			t.Fatalf("%+v", r)
		}
		w.awaitTexts(t, "C1", "I answer questions", "France: 302 returned")
		if answer := w.Posts("C1")[1]; answer.Thread != hello.TS {
			t.Errorf("the answer is in thread %q", answer.Thread)
		}
	})
}
