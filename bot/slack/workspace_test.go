package slack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/config"
	"reportbot/bot/outbox"
	"reportbot/bot/slack"
	"reportbot/bot/slack/fakeslack"
	"reportbot/data"
)

const (
	botToken, appToken = "xoxb-fake-1", "xapp-fake-1"
	signingSecret      = "8f742231b10e8888abcd99yyyzzz85a5"
)

// engine is the engine of the report that is built in, made once.
var engine = sync.OnceValues(func() (*answers.Engine, error) {
	r, err := data.Embedded()
	if err != nil {
		return nil, err
	}
	return answers.New(r)
})

// workspace is a fake Slack with the bot in it.
type workspace struct {
	*fakeslack.Slack
	log *logged
}

// logged is a log that is kept.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// onBoth runs a test over Socket Mode and over HTTP.
func onBoth(t *testing.T, test func(t *testing.T, w *workspace)) {
	for name, socket := range map[string]bool{"Socket": true, "HTTP": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newWorkspace(t, socket, nil))
		})
	}
}

// newWorkspace starts a fake Slack and the bot. change may change the
// configuration.
func newWorkspace(t *testing.T, socket bool, change func(*slack.Config)) *workspace {
	t.Helper()
	return newWorkspaceAt(t, socket, change, time.Now)
}

// newWorkspaceAt is newWorkspace with a clock for the bot.
func newWorkspaceAt(t *testing.T, socket bool, change func(*slack.Config), now func() time.Time) *workspace {
	t.Helper()
	w := &workspace{log: &logged{}}
	var c slack.Config
	c.Defaults()
	c.BotToken, c.SigningSecret = config.NewSecret(botToken), config.NewSecret(signingSecret)
	options := fakeslack.Options{BotToken: botToken, AppToken: appToken, SigningSecret: signingSecret}
	if socket {
		c.AppToken = config.NewSecret(appToken)
	} else {
		c.Listen = "127.0.0.1:0"
	}
	w.Slack = fakeslack.New(t, options)
	c.APIURL = w.APIURL()
	if change != nil {
		change(&c)
	}
	log := slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	adapter, err := slack.New(c, log)
	if err != nil {
		t.Fatal(err)
	}
	if address := adapter.Address(); address != nil {
		at := fmt.Sprintf("http://%s/slack", address)
		w.SetURLs(at+"/events", at+"/commands", at+"/interactions", at+"/options")
	}
	runBot(t, adapter, log, now)
	if socket {
		w.AwaitConnections(t, 2)
	}
	return w
}

// runBot runs a bot with one platform until the test ends.
func runBot(t *testing.T, adapter bot.Adapter, log *slog.Logger, now func() time.Time) {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	box := outbox.Defaults()
	box.Folder, box.FirstWait, box.LongestWait, box.Grace = t.TempDir(), 50*time.Millisecond, 500*time.Millisecond, time.Second
	o, err := outbox.Open(t.Context(), box, outbox.Env{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	settings := bot.Defaults()
	settings.Limits.PersonPerMinute, settings.Limits.ChannelPerMinute = 1<<30, 1<<30
	b, err := bot.New(t.Context(), bot.Options{Engine: e, Outbox: o, Settings: settings, Adapters: []bot.Adapter{adapter}, Log: log, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := b.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { cancel(); running.Wait(); o.Close() })
}

func TestAMentionGetsAReplyInItsThread(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		ts := w.Mention("U1", "C1", "returned from France")
		reply := w.AwaitPosts(t, "C1", 1)[0]
		if reply.Thread != ts || !strings.Contains(reply.Text, "France: 302 returned, as of August 2017.") || len(reply.Blocks) == 0 {
			t.Errorf("reply %+v", reply)
		}
		w.Say("U2", "C1", "lunch?")
		w.MentionIn("U1", "C1", ts, "and Germany?")
		follow := w.AwaitPosts(t, "C1", 2)[1]
		if follow.Thread != ts || !strings.Contains(follow.Text, "Germany: ~300 returned") {
			t.Errorf("follow-up %+v", follow)
		}
	})
}

// TestADirectMessage is answered in its thread, which is a conversation of its
// own; in an app that is no agent, beside it.
func TestADirectMessage(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		ts := w.DM("U1", "women from Kosovo")
		reply := w.AwaitPosts(t, fakeslack.DMChannel("U1"), 1)[0]
		if reply.Thread != ts || !strings.Contains(reply.Text, "Kosovo: 44 women") {
			t.Errorf("in thread %q, not %q: %s", reply.Thread, ts, reply.Text)
		}
		w.DMIn("U1", ts, "and children?")
		if reply := w.AwaitPosts(t, fakeslack.DMChannel("U1"), 2)[1]; reply.Thread != ts || !strings.Contains(reply.Text, "Kosovo") {
			t.Errorf("in thread %q, not %q: %s", reply.Thread, ts, reply.Text)
		}
	})
	w := newWorkspace(t, true, func(c *slack.Config) { c.AgentView = false })
	w.DM("U1", "women from Kosovo")
	w.awaitStored(t, 1)
	w.DM("U1", "and children?")
	for _, reply := range w.AwaitPosts(t, fakeslack.DMChannel("U1"), 2) {
		if reply.Thread != "" || !strings.Contains(reply.Text, "Kosovo") {
			t.Errorf("in thread %q: %s", reply.Thread, reply.Text)
		}
	}
}

func TestTheSameEventAgainGetsOneReply(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.Mention("U1", "C1", "returned from France")
		w.AwaitPosts(t, "C1", 1)
		for _, event := range w.Events() {
			for _, same := range []bool{true, false} {
				w.Redeliver(event, same)
			}
		}
		w.Mention("U1", "C1", "returned from Germany")
		posts := w.AwaitPosts(t, "C1", 2)
		if len(posts) != 2 || !strings.Contains(posts[1].Text, "Germany") {
			t.Errorf("%d posts: %+v", len(posts), posts)
		}
	})
}

// TestAnUncertainPostIsReadBack: Slack has posted, and its answer was lost.
func TestAnUncertainPostIsReadBack(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.Fail("chat.postMessage", fakeslack.CutAfter(), 1)
		w.Mention("U1", "C1", "returned from France")
		w.AwaitPosts(t, "C1", 1)
		w.Await(t, func(s *fakeslack.State) bool { return len(s.Calls("conversations.replies")) > 0 })
		w.Mention("U1", "C1", "hello")
		posts := w.AwaitPosts(t, "C1", 2)
		if len(posts) != 2 || strings.Contains(posts[1].Text, "France: 302") {
			t.Errorf("%d posts", len(posts))
		}
	})
}

func TestARateLimitIsWaitedOutInOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.Limit("chat.postMessage", "C1", time.Second, 2)
		for i, country := range []string{"France", "Germany", "Belgium"} {
			w.Mention("U1", "C1", "returned from "+country)
			w.awaitStored(t, i+1) // Slack promises no order of what comes at the same time
		}
		posts := w.AwaitPosts(t, "C1", 3)
		for i, country := range []string{"France", "Germany", "Belgium"} {
			if !strings.Contains(posts[i].Text, country+": ") {
				t.Errorf("post %d: %s", i, posts[i].Text)
			}
		}
	})
}

// awaitStored waits until so many replies are stored.
func (w *workspace) awaitStored(t *testing.T, n int) {
	t.Helper()
	w.Await(t, func(*fakeslack.State) bool { return strings.Count(w.log.String(), `"msg":"a reply is stored"`) >= n })
}

func TestACommandAndItsButtons(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		response := w.Slash("U1", "C1", "/report", "returned from France")
		if response.Error != "" {
			t.Fatalf("%s: %s", response.Error, response.Body)
		}
		var seen fakeslack.Message
		w.Await(t, func(s *fakeslack.State) bool {
			list := s.Ephemerals("U1")
			if len(list) > 0 {
				seen = list[0]
			}
			return len(list) > 0
		})
		if !strings.Contains(seen.Text, "France: 302 returned") {
			t.Errorf("the asker sees %q", seen.Text)
		}
		if r := w.Press("U1", seen, "Share in channel"); r.Error != "" {
			t.Fatalf("share: %+v", r)
		}
		shared := w.AwaitPosts(t, "C1", 1)[0]
		if !strings.Contains(shared.Text, "France: 302 returned") {
			t.Errorf("shared %q", shared.Text)
		}
		if r := w.Press("U2", shared, "Why?"); r.Error != "" {
			t.Fatalf("why: %+v", r)
		}
		why := w.AwaitPosts(t, "C1", 2)[1]
		if why.Thread != shared.TS || !strings.Contains(why.Text, "footnote 47") {
			t.Errorf("why %+v", why)
		}
		if r := w.PressUnknown("U2", shared, "a0", "ask.forged.returned from Germany"); r.Error != "" {
			t.Fatalf("a forged button: %+v", r)
		}
		w.Await(t, func(s *fakeslack.State) bool { return len(s.Ephemerals("U2")) > 0 })
		if got := w.Ephemerals("U2")[0].Text; got != "That button has expired. Please ask again." {
			t.Errorf("a forged button gets %q", got)
		}
	})
}

// TestSharingWhereTheBotIsNot: a command works in every channel.
func TestSharingWhereTheBotIsNot(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		for channel, kind := range map[string]fakeslack.Kind{"C8": fakeslack.Public, "G9": fakeslack.Private} {
			w.AddChannel(fakeslack.Channel{ID: channel, Kind: kind, Members: []string{"U1"}})
			if r := w.Slash("U1", channel, "/report", "returned from France"); r.Error != "" {
				t.Fatalf("%s: %s", r.Error, r.Body)
			}
			var seen []fakeslack.Message
			w.Await(t, func(s *fakeslack.State) bool {
				seen = slices.DeleteFunc(s.Ephemerals("U1"), func(m fakeslack.Message) bool { return m.Channel != channel })
				return len(seen) == 1
			})
			if r := w.Press("U1", seen[0], "Share in channel"); r.Error != "" {
				t.Fatalf("share: %+v", r)
			}
			w.awaitTexts(t, channel, "France: 302 returned")
		}
	})
}

// TestALongAnswerToACommand goes on behind the response.
func TestALongAnswerToACommand(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		if r := w.Slash("U1", "C1", "/report", "which countries have fewer than 5000 fighters? and top 48 countries by fighters"); r.Error != "" {
			t.Fatalf("%s: %s", r.Error, r.Body)
		}
		w.Await(t, func(s *fakeslack.State) bool { return len(s.Ephemerals("U1")) > 1 })
		parts := w.Ephemerals("U1")
		if !strings.Contains(parts[0].Text, "ewer than 5,000") || !strings.Contains(parts[len(parts)-1].Text, "Most fighters") {
			t.Errorf("first:\n%s\nlast:\n%s", parts[0].Text, parts[len(parts)-1].Text)
		}
	})
}

func TestSocketsComeBack(t *testing.T) {
	for _, reason := range []string{"warning", "refresh_requested", "link_disabled", "too_many_websockets", "dropped"} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, true, nil)
			if reason == "dropped" {
				w.Drop()
			} else {
				w.Disconnect(reason)
			}
			w.Mention("U1", "C1", "returned from France")
			w.AwaitPosts(t, "C1", 1)
		})
	}
}

func TestATokenThatIsNoGoodEndsThePlatform(t *testing.T) {
	fake := fakeslack.New(t, fakeslack.Options{BotToken: botToken, AppToken: appToken})
	var c slack.Config
	c.Defaults()
	c.APIURL = fake.APIURL()
	for _, tt := range []struct{ bot, app, want string }{
		{"xoxb-other", appToken, "Slack does not accept the token (invalid_auth)"},
		{botToken, "xapp-other", "Slack does not accept the token (invalid_auth)"},
	} {
		c.BotToken, c.AppToken = config.NewSecret(tt.bot), config.NewSecret(tt.app)
		adapter, err := slack.New(c, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		if err := adapter.Run(t.Context(), nil); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s, %s: %v", tt.bot, tt.app, err)
		}
		found := slack.Check(t.Context(), c, slack.Settings{})
		if !slices.ContainsFunc(found, func(c slack.Checked) bool { return c.Found == slack.Bad && strings.Contains(c.Text, tt.want) }) {
			t.Errorf("check: %+v", found)
		}
	}
}

// TestNoSecretIsLogged: neither at debug level, nor in what is posted.
func TestNoSecretIsLogged(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workspace) {
		w.Fail("chat.postMessage", fakeslack.CutBefore(), 1)
		w.Fail("chat.postMessage", fakeslack.HTTPStatus(500), 1)
		w.Mention("U1", "C1", "returned from Wakanda")
		posts := w.AwaitPosts(t, "C1", 1)
		text, err := json.Marshal(posts)
		if err != nil {
			t.Fatal(err)
		}
		all := w.log.String() + string(text)
		for _, secret := range []string{botToken, appToken, signingSecret} {
			if strings.Contains(all, secret) {
				t.Errorf("%s is told", secret)
			}
		}
		if strings.Contains(w.log.String(), "Wakanda") {
			t.Error("the log holds a question's words")
		}
	})
}

// TestAThousandMentions: all are answered, each once.
func TestAThousandMentions(t *testing.T) {
	w := newWorkspace(t, false, nil)
	const channels, each = 50, 4
	for n := range each {
		for c := range channels {
			w.Mention("U1", fmt.Sprintf("C%d", c), fmt.Sprintf("returned from %s", []string{"France", "Germany"}[n%2]))
		}
	}
	for c := range channels {
		if posts := w.AwaitPosts(t, fmt.Sprintf("C%d", c), each); len(posts) != each {
			t.Errorf("%d posts in channel %d", len(posts), c)
		}
	}
}

// TestOnlyWhatIsDeliveredIsAcknowledged: Slack's greeting is not.
func TestOnlyWhatIsDeliveredIsAcknowledged(t *testing.T) {
	w := newWorkspace(t, true, nil)
	w.Mention("U1", "C1", "returned from France")
	w.AwaitPosts(t, "C1", 1)
	for _, ack := range w.Acks() {
		if ack.EnvelopeID == "" {
			t.Errorf("acknowledged %+v", ack)
		}
	}
}
