package slack_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/bot/config"
	"reportbot/bot/slack"
	"reportbot/bot/slack/fakeslack"
)

// pictureIn is the image block of a message: the file that it shows, and its
// alt text.
func pictureIn(t *testing.T, w *workspace, m fakeslack.Message) (*fakeslack.File, string) {
	t.Helper()
	var blocks []struct {
		Type      string
		AltText   string              `json:"alt_text"`
		SlackFile struct{ ID string } `json:"slack_file"`
	}
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil && len(m.Blocks) > 0 {
		t.Fatal(err)
	}
	for _, b := range blocks {
		if b.Type == "image" {
			return w.File(b.SlackFile.ID), b.AltText
		}
	}
	return nil, ""
}

// wantPicture checks that a message shows a PNG of its figures, and says them.
func wantPicture(t *testing.T, w *workspace, m fakeslack.Message, figures ...string) {
	t.Helper()
	file, alt := pictureIn(t, w, m)
	if file == nil || !bytes.HasPrefix(file.Content, []byte("\x89PNG")) || len(file.Channels) > 0 || !strings.HasSuffix(file.Name, ".png") {
		t.Errorf("the picture is %+v; the message:\n%s", file, m.Blocks)
		return
	}
	wantText(t, alt, figures...)
	wantText(t, file.Alt, figures...)
	if strings.Contains(m.Text, "could not be posted") {
		t.Error(m.Text)
	}
}

const inBalkans = "chart returnees in the Balkans"

// TestAChartThatIsAskedForInWords stands in the reply, once; without being asked
// for there is none.
func TestAChartThatIsAskedForInWords(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		ts := w.Mention("U1", "C1", inBalkans)
		reply := w.AwaitPosts(t, "C1", 1)[0]
		wantPicture(t, w, reply, "Kosovo", "117", "Bosnia", "46")
		if reply.Thread != ts || strings.Contains(string(reply.Blocks), `"text":"Chart"`) || !strings.Contains(string(reply.Blocks), `"text":"CSV"`) {
			t.Errorf("in thread %s, with the buttons\n%s", reply.Thread, reply.Blocks)
		}
		w.Mention("U1", "C1", "returnees in the Balkans")
		plain := w.AwaitPosts(t, "C1", 2)[1]
		if file, _ := pictureIn(t, w, plain); file != nil || len(w.Calls("files.getUploadURLExternal")) != 1 {
			t.Errorf("a chart that nobody asked for: %+v", file)
		}
	})
}

// TestAChartThatSlackDrawsItself takes no file, and its caveats stand in the same
// message; where Slack does not take it, it comes as a picture.
func TestAChartThatSlackDrawsItself(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.Mention("U1", "C1", "chart children in the G7")
		own := w.AwaitPosts(t, "C1", 1)[0]
		wantText(t, string(own.Blocks), `"type":"data_visualization"`, `{"label":"France","value":460}`, `{"label":"UK","value":50}`, "3 of 6 countries")
		if file, _ := pictureIn(t, w, own); file != nil || len(w.Calls("files.getUploadURLExternal")) != 0 {
			t.Errorf("a file beside it: %+v", file)
		}
		w.Fail("chat.postMessage", fakeslack.ErrorCode("invalid_blocks"), 1)
		w.Mention("U1", "C1", "chart children in the G7")
		drawn := w.AwaitPosts(t, "C1", 2)[1]
		wantPicture(t, w, drawn, "France", "460", "UK", "50")
		if strings.Contains(string(drawn.Blocks), "data_visualization") {
			t.Errorf("the chart is there twice: %s", drawn.Blocks)
		}
		w.Fail("chat.postMessage", fakeslack.ErrorCode("invalid_blocks"), 1)
		w.Fail("files.getUploadURLExternal", fakeslack.ErrorCode("missing_scope"), 1)
		w.Mention("U1", "C1", "chart children in the G7")
		plain := w.AwaitPosts(t, "C1", 3)[2]
		wantText(t, plain.Text, "566 children", "The chart could not be posted: this app lacks the permission files:write.")
		wantText(t, string(plain.Blocks), "France", "█", "460")
	})
}

// TestTheButtonsChartAndCSV are pressed beside an answer, by somebody else, and
// after the bot has started again.
func TestTheButtonsChartAndCSV(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		ts := w.Mention("U1", "C1", "returnees of France and Germany")
		answer := w.AwaitPosts(t, "C1", 1)[0]
		w.pressed(t, w.Press("U2", answer, "Chart"))
		drawn := w.AwaitPosts(t, "C1", 2)[1]
		wantPicture(t, w, drawn, "302", "~300")
		if drawn.Thread != ts {
			t.Errorf("the chart is in thread %q", drawn.Thread)
		}
		w.pressed(t, w.Press("U2", drawn, "CSV"))
		posts := w.AwaitPosts(t, "C1", 4)
		wantText(t, posts[2].Text, "302", "~300")
		wantFile(t, w, posts[3], ts, "France,returned,302,exact", "Germany,returned,~300,about")
		w.Mention("U1", "C1", "returned from France")
		if one := string(w.AwaitPosts(t, "C1", 5)[4].Blocks); strings.Contains(one, `"Chart"`) || strings.Contains(one, `"CSV"`) {
			t.Errorf("one figure has the buttons\n%s", one)
		}
	})
}

// wantFile checks that a message is a CSV file with all that a figure needs.
func wantFile(t *testing.T, w *workspace, m fakeslack.Message, thread string, lines ...string) {
	t.Helper()
	if m.Thread != thread || len(m.Files) != 1 {
		t.Fatalf("in thread %q, not %q: %+v", m.Thread, thread, m)
	}
	file := w.File(m.Files[0])
	if !bytes.HasPrefix(file.Content, []byte("\ufeffsubject,measure,figure,qualifier,")) || !strings.HasSuffix(file.Name, ".csv") || file.Title == "" {
		t.Errorf("%s, %q: %s", file.Name, file.Title, file.Content)
	}
	wantText(t, string(file.Content), append(lines, "footnote", "edition 2017-10")...)
}

// TestAButtonOutlivesARestart: its value says what it is of.
func TestAButtonOutlivesARestart(t *testing.T) {
	first := newWorkspace(t, false, nil)
	first.Mention("U1", "C1", "returnees of France and Germany")
	answer := first.AwaitPosts(t, "C1", 1)[0]
	again := newWorkspace(t, false, nil) // nothing is left but what Slack has
	again.Say("U1", "C1", "hi")
	value := buttonValue(t, answer, "Chart")
	root := again.Messages("C1")[0]
	again.pressed(t, again.PressUnknown("U1", root, "chart:1", value))
	wantPicture(t, again, again.AwaitPosts(t, "C1", 1)[0], "302", "~300")
}

// buttonValue is the value of the button with a label.
func buttonValue(t *testing.T, m fakeslack.Message, label string) string {
	t.Helper()
	var blocks []struct {
		Elements []struct {
			Text  json.RawMessage
			Value string
		}
	}
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		for _, e := range b.Elements {
			if strings.Contains(string(e.Text), `"`+label+`"`) {
				return e.Value
			}
		}
	}
	t.Fatalf("no button %s", label)
	return ""
}

// TestAFileThatIsAskedForInWords, of two questions too: one file.
func TestAFileThatIsAskedForInWords(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		ts := w.Mention("U1", "C1", "returned from France as csv")
		posts := w.AwaitPosts(t, "C1", 2)
		wantText(t, posts[0].Text, "France: 302 returned")
		wantFile(t, w, posts[1], ts, "France,returned,302,exact")
	})
}

// TestUploadsThatAreRefused: the figures come all the same, with the reason.
func TestUploadsThatAreRefused(t *testing.T) {
	for _, tt := range []struct{ method, code, want string }{
		{"files.getUploadURLExternal", "missing_scope", "this app lacks the permission files:write."},
		{"files.getUploadURLExternal", "file_uploads_disabled", "this workspace does not let apps upload such files."},
		{"files.completeUploadExternal", "not_in_channel", "I am not in this channel. Please invite me first."},
		{"files.completeUploadExternal", "restricted_action", "I may not post files here."},
	} {
		t.Run(tt.code, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, true, nil)
			w.Fail(tt.method, fakeslack.ErrorCode(tt.code), 2)
			w.Mention("U1", "C1", inBalkans)
			reply := w.AwaitPosts(t, "C1", 1)[0]
			wantText(t, reply.Text, "Balkans: 163 returned.", "The chart could not be posted: "+tt.want)
			wantText(t, string(reply.Blocks), "Kosovo, Apr 2017", "█", "117")
			ts := w.Mention("U1", "C1", "returnees of France and Germany as csv")
			posts := w.AwaitPosts(t, "C1", 3)
			wantText(t, posts[1].Text, "302", "~300")
			wantText(t, posts[2].Text, "The CSV file could not be posted: "+tt.want, "France", "302", "~300", "2017-03", "different dates")
			if posts[2].Thread != ts || len(posts) != 3 {
				t.Errorf("%d posts: %+v", len(posts), posts[2])
			}
		})
	}
}

// TestABadUploadIsTriedAgain, a few times; then the reply goes out without it.
func TestABadUploadIsTriedAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.Fail("upload", fakeslack.HTTPStatus(500), 1)
		w.Limit("files.getUploadURLExternal", "", time.Second, 1)
		w.Mention("U1", "C1", inBalkans)
		wantPicture(t, w, w.AwaitPosts(t, "C1", 1)[0], "117")
		w.Fail("upload", fakeslack.HTTPStatus(500), 5)
		w.Mention("U1", "C1", inBalkans)
		wantText(t, w.AwaitPosts(t, "C1", 2)[1].Text, "163 returned", "The chart could not be posted: Slack did not take it.")
	})
}

// TestAFileThatIsNotProcessedYet is waited for, but not for ever.
func TestAFileThatIsNotProcessedYet(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.ProcessSlowly(2)
		w.Mention("U1", "C1", inBalkans)
		wantPicture(t, w, w.AwaitPosts(t, "C1", 1)[0], "117")
		if n := len(w.Calls("chat.postMessage")); n != 3 {
			t.Errorf("posted in %d tries", n)
		}
		w.ProcessSlowly(100)
		w.Mention("U1", "C1", inBalkans)
		late := w.AwaitPosts(t, "C1", 2)[1]
		wantText(t, late.Text, "163 returned", "The chart could not be posted: Slack has not made the picture ready in time.")
		if n := len(w.Calls("files.getUploadURLExternal")); n != 2 {
			t.Errorf("%d uploads", n)
		}
	})
}

// TestARetriedPostDoublesNothing: neither a picture nor a file.
func TestARetriedPostDoublesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.Fail("chat.postMessage", fakeslack.HTTPStatus(500), 1)
		w.Fail("chat.postMessage", fakeslack.CutAfter(), 1)
		w.Mention("U1", "C1", inBalkans)
		wantPicture(t, w, w.AwaitPosts(t, "C1", 1)[0], "117")
		w.Fail("files.completeUploadExternal", fakeslack.CutAfter(), 1)
		w.Mention("U1", "C1", "returnees of France and Germany as csv")
		w.awaitStored(t, 2) // Slack promises no order of what comes at the same time
		w.Mention("U1", "C1", "returned from France")
		posts := w.AwaitPosts(t, "C1", 4)
		if len(posts) != 4 || len(posts[2].Files) != 1 || !strings.Contains(posts[3].Text, "France: 302 returned") {
			t.Errorf("%d posts; the file: %+v; the last: %s", len(posts), posts[2].Files, posts[3].Text)
		}
		if n := len(w.Calls("files.getUploadURLExternal")); n != 2 {
			t.Errorf("%d uploads", n)
		}
	})
}

// TestAnEditTakesItsFileAlong: the reply to an edited question has the file of
// what is asked now, or none.
func TestAnEditTakesItsFileAlong(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		mention := "<@" + fakeslack.BotUser + "> "
		ts := w.Mention("U1", "C1", "returned from France as csv")
		w.AwaitPosts(t, "C1", 2)
		w.Edit("U1", "C1", ts, mention+"returned from Germany as csv")
		w.Await(t, func(s *fakeslack.State) bool {
			posts := s.Posts("C1")
			return len(posts) == 2 && len(posts[1].Files) == 1 && strings.Contains(string(s.File(posts[1].Files[0]).Content), "Germany")
		})
		w.Edit("U1", "C1", ts, mention+inBalkans)
		w.awaitTexts(t, "C1", "Balkans: 163 returned")
		wantPicture(t, w, w.Posts("C1")[0], "117")
		w.Edit("U1", "C1", ts, mention+"returned from France")
		w.awaitTexts(t, "C1", "France: 302 returned")
		if file, _ := pictureIn(t, w, w.Posts("C1")[0]); file != nil {
			t.Error("the chart is still there")
		}
	})
}

// TestWhatOneAloneSeesComesInDirectMessages: neither a command's answer nor a
// window can hold a picture or a file.
func TestWhatOneAloneSeesComesInDirectMessages(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		dm := fakeslack.DMChannel("U1")
		asked := w.slash(t, "U1", "C1", inBalkans)
		wantText(t, asked.Text, "Balkans: 163 returned.", "The chart is in your direct messages with me")
		wantPicture(t, w, w.AwaitPosts(t, dm, 1)[0], "117")

		plain := w.slash(t, "U1", "C1", "returnees of France and Germany")
		w.pressed(t, w.Press("U1", plain, "CSV"))
		wantText(t, w.whispered(t, "U1", 3), "The CSV file is in your direct messages with me")
		wantFile(t, w, w.AwaitPosts(t, dm, 3)[2], "", "Germany,returned,~300,about")

		w.pressed(t, w.Shortcut("U1", "ask"))
		w.pressed(t, w.Submit("U1", map[string]string{"operation": "compare", "measure": "returned", "subjects": "france\ngermany"}))
		w.pressed(t, w.PressModal("U1", "Chart"))
		wantText(t, shown(w.top(t, "U1")), "The chart is in your direct messages with me")
		wantPicture(t, w, w.AwaitPosts(t, dm, 4)[3], "302", "~300")
		if posts := w.Posts("C1"); len(posts) != 0 {
			t.Errorf("the channel sees %+v", posts)
		}
	})
}

// whispered is the nth message that only a person sees.
func (w *workspace) whispered(t *testing.T, user string, n int) string {
	t.Helper()
	w.Await(t, func(s *fakeslack.State) bool { return len(s.Ephemerals(user)) >= n })
	return w.Ephemerals(user)[n-1].Text
}

// TestChartsWhereTheBotIsNot: an answer was shared from a command, and its
// buttons pressed.
func TestChartsWhereTheBotIsNot(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.AddChannel(fakeslack.Channel{ID: "C8", Members: []string{"U1"}})
		w.pressed(t, w.Press("U1", w.slash(t, "U1", "C8", "returnees of France and Germany"), "Share in channel"))
		answer := w.AwaitPosts(t, "C8", 1)[0]
		w.pressed(t, w.Press("U1", answer, "Chart"))
		wantText(t, w.AwaitPosts(t, "C8", 2)[1].Text, "302", "~300", "The chart could not be posted: I am not in this channel. Please invite me first.")
		w.pressed(t, w.Press("U1", answer, "CSV"))
		wantText(t, w.AwaitPosts(t, "C8", 4)[3].Text, "The CSV file could not be posted: I am not in this channel.", "302", "~300")
	})
}

// TestADigestHasItsPicture, once; where it cannot be had, the digest comes
// without it and without a word about it.
func TestADigestHasItsPicture(t *testing.T) {
	onBothAt(t, nil, func(t *testing.T, w *workspace, c *clock) {
		w.slash(t, "U1", "C1", "digest daily 09:00 UTC")
		w.Fail("chat.postMessage", fakeslack.CutAfter(), 1)
		drawn, plain := 0, 0
		c.pass(-18 * time.Hour)
		for day := range 6 {
			if day >= 3 {
				w.Fail("files.getUploadURLExternal", fakeslack.ErrorCode("missing_scope"), 1)
			}
			c.pass(24 * time.Hour)
			digest := w.AwaitPosts(t, "C1", day+1)[day]
			wantText(t, digest.Text, "Digest of")
			if strings.Contains(digest.Text, "could not be posted") {
				t.Error(digest.Text)
			}
			switch file, alt := pictureIn(t, w, digest); {
			case file == nil:
				plain++
			case day >= 3 || !bytes.HasPrefix(file.Content, []byte("\x89PNG")) || alt == "":
				t.Errorf("day %d: %+v, %q", day, file, alt)
			default:
				drawn++
			}
		}
		if posts := w.Posts("C1"); len(posts) != 6 || drawn == 0 || plain < 3 {
			t.Errorf("%d digests, %d with a picture, %d without", len(posts), drawn, plain)
		}
	})
}

// TestTheCheckTellsThatFilesCannotBePosted, and what to do.
func TestTheCheckTellsThatFilesCannotBePosted(t *testing.T) {
	fake := fakeslack.New(t, fakeslack.Options{BotToken: botToken, AppToken: appToken, Scopes: []string{"chat:write", "commands"}})
	var c slack.Config
	c.Defaults()
	c.APIURL, c.BotToken, c.AppToken = fake.APIURL(), config.NewSecret(botToken), config.NewSecret(appToken)
	found := slack.Check(t.Context(), c, slack.Settings{})
	if !slices.ContainsFunc(found, func(c slack.Checked) bool {
		return c.Found == slack.Bad && strings.HasPrefix(c.Text, "scope files:write is missing: it is needed to post the chart")
	}) {
		t.Errorf("check: %+v", found)
	}
}
