package slack_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot/slack"
	"reportbot/bot/slack/fakeslack"
)

// clock is a time that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// newClock begins on Friday, 2 January 2026.
func newClock() *clock { return &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// onBothAt is onBoth with a clock, and with people in the workspace: Anna, a
// guest, and somebody of another workspace.
func onBothAt(t *testing.T, change func(*slack.Config), test func(t *testing.T, w *workspace, c *clock)) {
	for name, socket := range map[string]bool{"Socket": true, "HTTP": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClock()
			w := newWorkspaceAt(t, socket, change, c.Now)
			w.AddUser(fakeslack.User{ID: "U1", Name: "Anna <!here> Berg", TZ: "Asia/Kathmandu"})
			w.AddUser(fakeslack.User{ID: "U2", Name: "gus", TZ: "Europe/Oslo", Restricted: true})
			w.AddUser(fakeslack.User{ID: "U3", Name: "stella", TZ: "Europe/Oslo", Team: "T0OTHER"})
			test(t, w, c)
		})
	}
}

// slash gives a command and returns what is answered, as only the person sees it.
func (w *workspace) slash(t *testing.T, user, channel, text string) fakeslack.Message {
	t.Helper()
	before := len(w.Ephemerals(user))
	if r := w.Slash(user, channel, "/report", text); r.Error != "" {
		t.Fatalf("%s: %s: %s", text, r.Error, r.Body)
	}
	w.Await(t, func(s *fakeslack.State) bool { return len(s.Ephemerals(user)) > before })
	return w.Ephemerals(user)[before]
}

func wantText(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, text := range want {
		if !strings.Contains(got, text) {
			t.Errorf("%q is not in\n%s", text, got)
		}
	}
}

// TestADigestIsSetUpInAWindow: the command alone opens it, with the person's
// zone and the channel; what is wrong is told at its field, and what is set up
// can be previewed in the window, comes at its time and can be asked about.
func TestADigestIsSetUpInAWindow(t *testing.T) {
	onBothAt(t, nil, func(t *testing.T, w *workspace, c *clock) {
		w.Say("U1", "C1", "lunch?")
		w.pressed(t, w.Slash("U1", "C1", "/report", "digest"))
		wantText(t, shown(w.top(t, "U1")), "In which channel?", "Every day", "Asia/Kathmandu", "everything", "What was asked in the channel")
		if zones := w.SuggestModal("U1", "zone", "pari"); len(zones.Options) == 0 || zones.Options[0].Value != "Europe/Paris" {
			t.Errorf("zones %+v", zones)
		}
		if topics := w.SuggestModal("U1", "topic", "western"); len(topics.Options) == 0 || topics.Options[0].Text != "Western Europe" {
			t.Errorf("topics %+v", topics)
		}
		if all := w.SuggestModal("U1", "topic", ""); all.Error != "" || len(all.Options) < 10 || all.Options[0].Value != "everything" {
			t.Errorf("all topics: %+v", all)
		}
		for field, wrong := range map[string]map[string]string{
			"days":    {"days": "daily\nmondays"},
			"without": {"without": "subject\nfinding\nreading\nasked"},
			"topic":   {"topic": "cheese"},
			"zone":    {"zone": "Europe/Pari"},
			"time":    {"time": "25:00"},
		} {
			if r := w.Submit("U1", wrong); len(r.Errors) != 1 || r.Errors[field] == "" {
				t.Errorf("%s: %+v", field, r)
			}
		}
		w.pressed(t, w.Submit("U1", map[string]string{"days": "weekdays\nsaturdays", "time": "09:30", "topic": "Western Europe", "without": "asked"}))
		wantText(t, shown(w.top(t, "U1")), "A digest is set up: mondays and tuesdays and wednesdays and thursdays and fridays and saturdays 09:30 Asia/Kathmandu about Western Europe without questions.",
			"Friday, 2 January 2026 at 09:30")
		w.pressed(t, w.PressModal("U1", "digest preview about Western Europe"))
		preview := shown(w.top(t, "U1"))
		wantText(t, preview, "Digest of Friday, 2 January 2026 · Western Europe")
		if strings.Contains(preview, "Send me this") {
			t.Error("the preview can be sent on, as something else than it is")
		}
		c.pass(time.Hour) // 09:49 in Kathmandu
		digest := w.AwaitPosts(t, "C1", 1)[0]
		heading, _, _ := strings.Cut(digest.Text, "\n")
		if digest.Thread != "" || digest.Metadata == nil || !strings.Contains(preview, heading) {
			t.Errorf("posted %+v, previewed\n%s", digest, preview)
		}
		_, row, _ := strings.Cut(heading, ": ")
		w.pressed(t, w.Press("U2", digest, "tell me about "+row))
		if about := w.AwaitPosts(t, "C1", 2)[1]; about.Thread != digest.TS || !strings.Contains(about.Text, row) {
			t.Errorf("about %s: %+v", row, about)
		}
		w.pressed(t, w.PressModal("U1", "tell me about "+row))
		w.CloseModal("U1")
		w.pressed(t, w.Slash("U1", "C1", "/report", "digest"))
		wantText(t, shown(w.top(t, "U1")), "This channel gets already:", "about Western Europe")
	})
}

// TestTheButtonBesideTheList opens the window, from a reply and from an answer
// that one person sees.
func TestTheButtonBesideTheList(t *testing.T) {
	onBothAt(t, nil, func(t *testing.T, w *workspace, _ *clock) {
		w.Mention("U1", "C1", "digest list")
		reply := w.AwaitPosts(t, "C1", 1)[0]
		w.pressed(t, w.Press("U1", reply, "Set up a digest"))
		w.pressed(t, w.Submit("U1", nil))
		wantText(t, shown(w.top(t, "U1")), "A digest is set up: daily 09:00 Asia/Kathmandu.")
		w.pressed(t, w.PressModal("U1", "digest remove"))
		wantText(t, shown(w.top(t, "U1")), "The digest is removed")
		w.CloseModal("U1")
		w.pressed(t, w.Press("U1", w.slash(t, "U1", "C1", "digest every hour"), "Set up a digest"))
		wantText(t, shown(w.top(t, "U1")), "In which channel?")
		w.CloseModal("U1")
		dm := fakeslack.DMChannel("U2")
		w.DM("U2", "digest list")
		w.pressed(t, w.Press("U2", w.AwaitPosts(t, dm, 1)[0], "Set up a digest"))
		w.pressed(t, w.Submit("U2", nil)) // their own: guests may
		wantText(t, shown(w.top(t, "U2")), "A digest is set up: daily 09:00 Europe/Oslo.")
	})
}

// TestWhoMaySetDigestsUp: members who are no guests, where the bot can post.
func TestWhoMaySetDigestsUp(t *testing.T) {
	onBothAt(t, nil, func(t *testing.T, w *workspace, _ *clock) {
		const order = "digest daily 09:00"
		for _, user := range []string{"U2", "U3"} {
			wantText(t, w.slash(t, user, "C1", order).Text, "Guests cannot set digests up. Please ask a member of this channel who is no guest.")
		}
		w.pressed(t, w.Slash("U2", "C1", "/report", "digest"))
		if r := w.Submit("U2", nil); !strings.HasPrefix(r.Errors["channel"], "Guests cannot") {
			t.Errorf("a guest in the window: %+v", r)
		}
		wantText(t, w.slash(t, "U1", "C1", order).Text, "A digest is set up: daily 09:00 Asia/Kathmandu.")
		wantText(t, w.slash(t, "U2", "C1", "digest remove").Text, "Guests cannot")
		wantText(t, w.slash(t, "U2", "C1", "digest list").Text, "daily 09:00 Asia/Kathmandu")
		if n := len(w.Calls("users.info")); n != 3 {
			t.Errorf("asked %d times about three people", n)
		}

		w.AddChannel(fakeslack.Channel{ID: "C2", Members: []string{fakeslack.BotUser}})
		w.AddChannel(fakeslack.Channel{ID: "C3", Members: []string{"U1"}})
		w.AddChannel(fakeslack.Channel{ID: "C4", Members: []string{"U1", fakeslack.BotUser}, Archived: true})
		w.AddChannel(fakeslack.Channel{ID: "G5", Members: []string{"U1", fakeslack.BotUser}})
		w.AddChannel(fakeslack.Channel{ID: "D6", Members: []string{"U1", "U2"}})
		w.pressed(t, w.Slash("U1", "C1", "/report", "digest"))
		for channel, want := range map[string]string{
			"C2": "I cannot see that you are in that channel.", "C3": "I am not in that channel. Please invite me first, by writing there: /invite @reportbot",
			"C4": "That channel is archived.", "D6": "not in the direct messages of others",
		} {
			if r := w.Submit("U1", map[string]string{"channel": channel}); !strings.Contains(r.Errors["channel"], want) {
				t.Errorf("%s: %+v", channel, r)
			}
		}
		w.pressed(t, w.Submit("U1", map[string]string{"channel": "G5"}))
		wantText(t, shown(w.top(t, "U1")), "A digest is set up")
		wantText(t, w.slash(t, "U1", "C3", order).Text, "I am not in that channel. Please invite me first")

		w.Fail("users.conversations", fakeslack.HTTPStatus(500), 1)
		w.CloseModal("U1")
		w.pressed(t, w.Slash("U1", "C1", "/report", "digest"))
		if r := w.Submit("U1", map[string]string{"channel": "G5"}); !strings.Contains(r.Errors["channel"], "Please ask again") {
			t.Errorf("Slack does not tell: %+v", r)
		}
	})
}

// TestManagersOfDigests are those of the configuration alone; others are told
// their names, which call nobody.
func TestManagersOfDigests(t *testing.T) {
	onBothAt(t, func(c *slack.Config) { c.DigestManagers = []string{"U1", "U9"} }, func(t *testing.T, w *workspace, _ *clock) {
		w.AddUser(fakeslack.User{ID: "U4", Name: "dora", TZ: "Europe/Oslo"})
		refused := w.slash(t, "U4", "C1", "digest daily 09:00")
		wantText(t, refused.Text, "Only those whom the bot's configuration names can set digests up here. Please ask Anna &lt;!here&gt; Berg.")
		wantText(t, w.slash(t, "U1", "C1", "digest daily 09:00").Text, "A digest is set up")
	})
	var c slack.Config
	c.Defaults()
	c.DigestManagers = []string{"U0123", "W0123", "@anna", "", "Uanna"}
	var problems []string
	c.Validate(func(key, format string, args ...any) {
		if key == "digest_managers" {
			problems = append(problems, args[0].(string))
		}
	})
	if !slices.Equal(problems, []string{"@anna", "", "Uanna"}) {
		t.Errorf("problems %q", problems)
	}
}

// TestAnAppThatWasNotInstalledAgain lacks the permission to see who is a guest.
func TestAnAppThatWasNotInstalledAgain(t *testing.T) {
	onBothAt(t, nil, func(t *testing.T, w *workspace, _ *clock) {
		w.Fail("users.info", fakeslack.ErrorCode("missing_scope"), 1)
		wantText(t, w.slash(t, "U1", "C1", "digest daily 09:00 UTC").Text, "lacks the permission users:read")
	})
}

// TestAnArchivedChannelGetsNoMore: after three days the digest is paused, for a
// reason that people understand.
func TestAnArchivedChannelGetsNoMore(t *testing.T) {
	onBothAt(t, nil, func(t *testing.T, w *workspace, c *clock) {
		wantText(t, w.slash(t, "U1", "C1", "digest daily 09:00 UTC").Text, "A digest is set up")
		w.Archive("C1")
		c.pass(6 * time.Hour)
		for day := range 3 {
			w.Await(t, func(s *fakeslack.State) bool { return len(s.Calls("chat.postMessage")) == day+1 })
			w.awaitRefusals(t, day+1)
			c.pass(24 * time.Hour)
		}
		wantText(t, w.slash(t, "U1", "C1", "digest list").Text, "paused since 4 January 2026, because the channel is archived; once that is mended: digest resume.")
	})
}

// awaitRefusals asks for the history of the channel's digest until so many were
// refused.
func (w *workspace) awaitRefusals(t *testing.T, n int) {
	t.Helper()
	for range 1000 {
		if strings.Count(w.slash(t, "U1", "C1", "digest history").Text, "not delivered: the channel is archived") >= n {
			return
		}
	}
	t.Fatalf("%d digests were not refused", n)
}

// TestTheHomeTabShowsDigests of the person's channels, and sets one up.
func TestTheHomeTabShowsDigests(t *testing.T) {
	onBothAt(t, nil, func(t *testing.T, w *workspace, _ *clock) {
		w.AddChannel(fakeslack.Channel{ID: "C1", Name: "general", Members: []string{"U1", fakeslack.BotUser}})
		w.AddChannel(fakeslack.Channel{ID: "C2", Name: "others", Members: []string{"U9", fakeslack.BotUser}})
		w.OpenHome("U1", "home")
		w.Await(t, func(s *fakeslack.State) bool { return s.Home("U1").ID != "" })
		wantText(t, shown(w.Home("U1")), "Digests in your channels", "None of yours gets one yet.")
		w.slash(t, "U9", "C2", "digest daily 09:00 UTC")
		w.pressed(t, w.PressHome("U1", "Set up a digest"))
		if r := w.Submit("U1", nil); r.Errors["channel"] == "" {
			t.Fatalf("no channel is chosen: %+v", r)
		}
		w.pressed(t, w.Submit("U1", map[string]string{"channel": "C1"}))
		wantText(t, shown(w.top(t, "U1")), "A digest is set up")
		before := w.Home("U1").Hash
		w.OpenHome("U1", "home")
		w.Await(t, func(s *fakeslack.State) bool { return s.Home("U1").Hash != before })
		home := shown(w.Home("U1"))
		wantText(t, home, "#general: daily 09:00 Asia/Kathmandu; next on Friday, 2 January 2026 at 09:00 (Asia/Kathmandu).")
		if strings.Contains(home, "others") {
			t.Errorf("it shows a channel that the person is not in:\n%s", home)
		}
		before = w.Home("U1").Hash
		w.Limit("users.conversations", "", time.Second, 1)
		w.OpenHome("U1", "home") // without them rather than not at all
		w.Await(t, func(s *fakeslack.State) bool { return s.Home("U1").Hash != before })
	})
}

// TestWhatNobodyElseSees is not told of in the channel's digest.
func TestWhatNobodyElseSees(t *testing.T) {
	onBothAt(t, nil, func(t *testing.T, w *workspace, c *clock) {
		w.slash(t, "U1", "C1", "digest daily 09:00 UTC")
		w.slash(t, "U1", "C1", "returned from Narnia")
		w.Mention("U1", "C1", "returned from Wakanda")
		w.AwaitPosts(t, "C1", 1)
		c.pass(6 * time.Hour)
		digest := w.AwaitPosts(t, "C1", 2)[1].Text
		wantText(t, digest, "1 question", "Wakanda")
		if strings.Contains(digest, "Narnia") {
			t.Errorf("it tells\n%s", digest)
		}
	})
}

// TestAnUncertainDigestIsReadBack: Slack has posted it, and its answer was lost.
func TestAnUncertainDigestIsReadBack(t *testing.T) {
	onBothAt(t, nil, func(t *testing.T, w *workspace, c *clock) {
		w.slash(t, "U1", "C1", "digest daily 09:00 UTC")
		w.Fail("chat.postMessage", fakeslack.CutAfter(), 1)
		c.pass(6 * time.Hour)
		w.Await(t, func(s *fakeslack.State) bool { return len(s.Calls("conversations.history")) > 0 })
		w.Mention("U1", "C1", "returned from France")
		w.awaitTexts(t, "C1", "Digest of Friday, 2 January 2026", "France: 302 returned")
	})
}
