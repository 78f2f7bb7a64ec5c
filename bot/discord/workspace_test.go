package discord

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/config"
	"reportbot/bot/discord/fakediscord"
	"reportbot/bot/flow"
	"reportbot/bot/outbox"
	"reportbot/data"
)

const testToken = "fake.token.1"

// engine is the engine of the report that is built in, made once.
var engine = sync.OnceValues(func() (*answers.Engine, error) {
	r, err := data.Embedded()
	if err != nil {
		return nil, err
	}
	return answers.New(r)
})

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

// server is a fake Discord with the bot in it, a server with a channel, and
// people.
type server struct {
	*fakediscord.Discord
	log            *logged
	config         Config
	folder         string // of the outbox
	adapter        *Discord
	bot            *bot.Bot
	guild, channel string
	ann, bob       string
	ended          chan error // gets what Run returned
	stop           func()     // ends the bot, and waits for that
}

// identifyWindow is in the place of Discord's 5 seconds.
const identifyWindow = 50 * time.Millisecond

// newServer starts a fake Discord and the bot, over the gateway or HTTP.
func newServer(t *testing.T, overHTTP bool, change func(*fakediscord.Options, *Config)) *server {
	t.Helper()
	return newServerAt(t, overHTTP, time.Now, change)
}

// newServerAt does so with another clock for the bot.
func newServerAt(t *testing.T, overHTTP bool, now func() time.Time, change func(*fakediscord.Options, *Config)) *server {
	t.Helper()
	options := fakediscord.Options{Token: testToken, IdentifyWindow: identifyWindow, Heartbeat: time.Second}
	var c Config
	c.Defaults()
	c.Token = config.NewSecret(testToken)
	if change != nil {
		change(&options, &c)
	}
	s := &server{log: &logged{}, Discord: fakediscord.New(t, options), ended: make(chan error, 1)}
	c.APIURL = s.APIURL()
	if overHTTP {
		c.Listen, c.PublicKey = "127.0.0.1:0", hex.EncodeToString(s.PublicKey())
	}
	s.guild = s.AddGuild(fakediscord.Guild{Name: "server"})
	s.channel = s.AddChannel(fakediscord.Channel{Guild: s.guild, Name: "general"})
	s.ann, s.bob = s.AddUser(fakediscord.User{Name: "ann", Installed: true}), s.AddUser(fakediscord.User{Name: "bob"})
	s.config, s.folder = c, t.TempDir()
	s.start(t, now)
	s.Await(t, func(st *fakediscord.State) bool { return len(st.Commands("")) > 0 })
	if !overHTTP {
		s.awaitSessions(t, max(1, int(c.Shards)))
	}
	return s
}

// start starts the bot.
func (s *server) start(t *testing.T, now func() time.Time) {
	t.Helper()
	log := slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	if s.adapter, err = New(s.config, log); err != nil {
		t.Fatal(err)
	}
	s.adapter.identifyEvery, s.adapter.openTime = identifyWindow+20*time.Millisecond, 2*time.Second
	s.run(t, now, log)
	if address := s.adapter.Address(); address != nil {
		s.SetInteractionsURL("http://" + address.String() + "/discord/interactions")
	}
}

// restart ends the bot and starts it anew, with what it has kept.
func (s *server) restart(t *testing.T) {
	t.Helper()
	s.stop()
	<-s.ended
	before := strings.Count(s.log.String(), sessionBegun)
	s.start(t, time.Now)
	if s.config.Listen == "" {
		s.awaitSessions(t, before+1)
		return
	}
	for s.adapter.State() != "" {
		if !flow.Pause(t.Context(), 5*time.Millisecond) {
			t.Fatal(s.adapter.State())
		}
	}
}

// sessionBegun is what the log says of each session.
const sessionBegun = "a session with Discord has begun"

// awaitSessions waits until the bot knows of so many sessions.
func (s *server) awaitSessions(t *testing.T, n int) {
	t.Helper()
	s.Await(t, func(*fakediscord.State) bool {
		return strings.Count(s.log.String(), sessionBegun) >= n
	})
}

// run runs a bot with the adapter until the test ends.
func (s *server) run(t *testing.T, now func() time.Time, log *slog.Logger) {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	c := outbox.Defaults()
	c.Folder, c.FirstWait, c.LongestWait, c.Grace = s.folder, 50*time.Millisecond, 500*time.Millisecond, time.Second
	box, err := outbox.Open(t.Context(), c, outbox.Env{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	settings := bot.Defaults()
	settings.Limits.PersonPerMinute, settings.Limits.ChannelPerMinute = 1<<30, 1<<30
	b, err := bot.New(t.Context(), bot.Options{Engine: e, Outbox: box, Settings: settings, Adapters: []bot.Adapter{s.adapter}, Log: log, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	s.bot = b
	running.Go(func() { s.ended <- b.Run(ctx) })
	s.stop = sync.OnceFunc(func() { cancel(); running.Wait(); box.Close() })
	t.Cleanup(s.stop)
}

// onBoth runs a test of interactions over the gateway and over HTTP.
func onBoth(t *testing.T, test func(t *testing.T, s *server)) {
	for name, overHTTP := range map[string]bool{"Gateway": false, "HTTP": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newServer(t, overHTTP, nil))
		})
	}
}

// visible is all the text of a message.
func visible(m fakediscord.Message) string { return m.Content + " " + unquoted(m.Embeds) }

// unquoted are the texts of JSON, without escapes of Markdown.
func unquoted(raw json.RawMessage) string {
	var v any
	_ = json.Unmarshal(raw, &v)
	var out []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out = append(out, strings.ReplaceAll(v, "\\", ""))
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, key := range []string{"title", "description", "name", "value", "fields", "text", "footer"} {
				walk(v[key])
			}
		}
	}
	walk(v)
	return strings.Join(out, "\n")
}

func (s *server) says(t *testing.T, m fakediscord.Message, want string) {
	t.Helper()
	if got := visible(m); !strings.Contains(got, want) {
		t.Errorf("%q is not in\n%s", want, got)
	}
}

func TestAMentionGetsAReply(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	asked := s.Mention(s.ann, s.channel, "returned from France")
	reply := s.AwaitPosts(t, s.channel, 1)[0]
	s.says(t, reply, "France: 302 returned, as of August 2017.")
	if reply.ReplyTo != asked.ID || len(reply.Pings) != 0 {
		t.Errorf("it replies to %q and pings %v", reply.ReplyTo, reply.Pings)
	}
	s.Say(s.bob, s.channel, "lunch?")
	s.Reply(s.ann, reply, "and Germany?")
	s.says(t, s.AwaitPosts(t, s.channel, 2)[1], "Germany: ~300 returned")
	s.DM(s.bob, "women from Kosovo")
	s.says(t, s.AwaitPosts(t, s.DMChannel(s.bob), 1)[0], "Kosovo: 44 women")
}

func TestCommands(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		dm := s.DMChannel(s.ann)
		group := s.AddChannel(fakediscord.Channel{Kind: fakediscord.Group, Members: []string{s.ann, s.bob}})
		for _, channel := range []string{s.channel, dm, group} {
			a := s.Slash(s.ann, channel, "report ask", map[string]any{"question": "returned from France"})
			s.says(t, s.AwaitOriginal(t, a), "France: 302 returned")
			a = s.Slash(s.ann, channel, "report country", map[string]any{"name": "france", "measure": "women"})
			s.says(t, s.AwaitOriginal(t, a), "France: ~320 women")
			a = s.Slash(s.ann, channel, "report compare", map[string]any{"first": "france", "second": "kosovo", "measure": "returned"})
			s.says(t, s.AwaitOriginal(t, a), "France 302 (August 2017) and Kosovo 117")
			a = s.Slash(s.ann, channel, "report rank", map[string]any{"measure": "returned", "region": "balkans"})
			s.says(t, s.AwaitOriginal(t, a), "Kosovo")
			a = s.Slash(s.ann, channel, "report finding", map[string]any{"about": "child returnees"})
			s.says(t, s.AwaitOriginal(t, a), "child")
			a = s.Slash(s.ann, channel, "report help", nil)
			s.says(t, s.AwaitOriginal(t, a), "I answer questions about one published report")
		}
		a := s.Slash(s.bob, s.channel, "report ask", map[string]any{"question": "returned from France", "private": true})
		if m := s.AwaitOriginal(t, a); m.EphemeralTo != s.bob {
			t.Errorf("a private answer is seen by others: %+v", m.EphemeralTo)
		}
		if got := s.Autocomplete(s.ann, s.channel, "report country", map[string]any{"name": "fra"}, "name"); len(got.Choices) == 0 || got.Choices[0].Name != "France" {
			t.Errorf("choices %+v", got.Choices)
		}
		if got := s.Autocomplete(s.ann, s.channel, "report ask", map[string]any{"question": "top 5"}, "question"); len(got.Choices) == 0 || got.Choices[0].Value != "top 5 countries by returnees" {
			t.Errorf("choices %+v", got.Choices)
		}
	})
}

func TestButtonsUnderAnAnswer(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		a := s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "returned from France"})
		m := s.AwaitOriginal(t, a)
		next := s.AwaitOriginal(t, s.Press(s.bob, m, "how many fighters went from France"))
		s.says(t, next, "France: 1,910 went to Syria or Iraq")
		why := s.AwaitOriginal(t, s.Press(s.bob, m, "Why?"))
		s.says(t, why, "footnote 47")
		if why.EphemeralTo != s.bob {
			t.Error("why is said to all")
		}
		thanks := s.AwaitOriginal(t, s.Press(s.bob, m, "Useful"))
		s.says(t, thanks, "Thank you.")
		private := s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "women from Kosovo", "private": true}))
		if shared := s.AwaitOriginal(t, s.Press(s.ann, private, "Share in channel")); shared.EphemeralTo != "" {
			t.Error("what was shared one person sees")
		} else {
			s.says(t, shared, "Kosovo: 44 women")
		}
		old := s.AwaitOriginal(t, s.PressUnknown(s.bob, m, "button.of.old", 2))
		s.says(t, old, "That button has expired. Please ask again.")
	})
}

func TestClarificationsAreButtons(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		m := s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "who went back"}))
		if len(m.Components) < 3 {
			t.Fatalf("no buttons: %s", visible(m))
		}
	})
}

func TestAskTheReportAboutThis(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		said := s.Say(s.bob, s.channel, "how many *women* came from Kosovo?")
		m := s.AwaitOriginal(t, s.MessageCommand(s.ann, said, askAbout))
		s.says(t, m, "Kosovo: 44 women")
		if m.EphemeralTo != s.ann {
			t.Error("it is seen by others")
		}
	})
}

// TestALongTableIsTurned: by the person who asked in place, by others alone.
func TestALongTableIsTurned(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		m := s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "top 48 countries by fighters"}))
		s.says(t, m, "Russia")
		others := s.AwaitOriginal(t, s.Press(s.bob, m, "Next ▶"))
		if others.EphemeralTo != s.bob || strings.Contains(visible(others), "Russia") {
			t.Errorf("another person sees %s", visible(others))
		}
		s.Press(s.ann, m, "Next ▶")
		s.Await(t, func(st *fakediscord.State) bool {
			for _, x := range st.Messages(s.channel) {
				if x.ID == m.ID {
					return !strings.Contains(visible(x), "Russia")
				}
			}
			return false
		})
	})
}

// TestAnUncertainPostIsNotRepeated: Discord has posted, and its answer was lost.
func TestAnUncertainPostIsNotRepeated(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	s.Fail("POST /channels/{channel_id}/messages", fakediscord.CutAfter(), 1)
	s.Mention(s.ann, s.channel, "returned from France")
	s.AwaitPosts(t, s.channel, 1)
	s.Mention(s.ann, s.channel, "women from Kosovo")
	posts := s.AwaitPosts(t, s.channel, 2)
	if len(posts) != 2 {
		t.Errorf("%d posts", len(posts))
	}
	s.says(t, posts[1], "Kosovo: 44 women")
}

// TestLimitsAreWaitedOut, of every kind, and all is delivered in order.
func TestLimitsAreWaitedOut(t *testing.T) {
	for _, scope := range []fakediscord.Scope{fakediscord.PerRoute, fakediscord.Shared, fakediscord.Global, fakediscord.Cloudflare} {
		t.Run(string(scope), func(t *testing.T) {
			t.Parallel()
			s := newServer(t, false, nil)
			s.Limit("POST /channels/{channel_id}/messages", scope, time.Second, 1)
			countries := []string{"France", "Germany", "Belgium"}
			for _, country := range countries {
				s.Mention(s.ann, s.channel, "returned from "+country)
			}
			for i, post := range s.AwaitPosts(t, s.channel, 3) {
				s.says(t, post, countries[i]+": ")
			}
			if n := len(s.Calls("POST /channels/{channel_id}/messages")); n != 4 {
				t.Errorf("%d calls", n)
			}
		})
	}
}

// TestTheGatewayComesBack, from whatever ends it, and what was said meanwhile is
// answered once.
func TestTheGatewayComesBack(t *testing.T) {
	for name, end := range map[string]func(s *server){
		"Dropped":      func(s *server) { s.Drop() },
		"Reconnect":    func(s *server) { s.AskReconnect(0) },
		"Invalid":      func(s *server) { s.InvalidateSession(0, false) },
		"Resumable":    func(s *server) { s.InvalidateSession(0, true) },
		"UnknownError": func(s *server) { s.CloseWith(0, 4000) },
		"TimedOut":     func(s *server) { s.CloseWith(0, 4009) },
		"Heartbeat":    func(s *server) { s.AskHeartbeat() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, false, nil)
			if name == "NoAcks" {
				s.WithholdAcks(true)
				s.Await(t, func(st *fakediscord.State) bool { return st.Dials() > 1 })
				s.WithholdAcks(false)
			} else {
				end(s)
			}
			if name == "Invalid" || name == "TimedOut" { // a session that is gone leaves a gap
				s.awaitSessions(t, 2)
			}
			s.Mention(s.ann, s.channel, "returned from France")
			s.says(t, s.AwaitPosts(t, s.channel, 1)[0], "France: 302 returned")
			if n := len(s.Identifies()); n > 2 {
				t.Errorf("%d identifies", n)
			}
		})
	}
}

// TestAGatewayThatDoesNotSpeak is given up and dialled again.
func TestAnOddGateway(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	s.RefuseConnections(2)
	s.Drop()
	s.Mention(s.ann, s.channel, "returned from France")
	s.AwaitPosts(t, s.channel, 1)
}

// TestAGatewayThatDoesNotSpeak is given up, and dialled again.
func TestAGatewayThatDoesNotSpeak(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	s.WithholdHello(1)
	s.Drop()
	s.Mention(s.ann, s.channel, "returned from France")
	s.says(t, s.AwaitPosts(t, s.channel, 1)[0], "France: 302 returned")
	if n := s.Dials(); n < 3 {
		t.Errorf("%d dials", n)
	}
}

// TestReconnectAsTheFirstPacket would lock the library up.
func TestReconnectAsTheFirstPacket(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	for range 3 {
		resumes := len(s.Resumes())
		s.Drop()
		s.Await(t, func(st *fakediscord.State) bool { return len(st.Resumes()) > resumes })
		s.AskReconnect(0)
	}
	s.Mention(s.ann, s.channel, "returned from France")
	s.AwaitPosts(t, s.channel, 1)
}

// TestWhereEmbedsAreNotAllowed the reply is text.
func TestWhereEmbedsAreNotAllowed(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	c := s.AddChannel(fakediscord.Channel{Guild: s.guild, Denied: fakediscord.EmbedLinks})
	s.Mention(s.ann, c, "returned from France")
	s.Await(t, func(st *fakediscord.State) bool {
		posts := st.Posts(c)
		return len(posts) == 1 && strings.Contains(posts[0].Content, "France: 302 returned")
	})
}

// TestAnAnswerThatComesTooLate is given in the channel, if it is for all.
func TestAnAnswerThatComesTooLate(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	const callback = "POST /interactions/{interaction_id}/{interaction_token}/callback"
	s.Fail(callback, fakediscord.ErrorCode(404, 10062, "Unknown interaction"), 1)
	s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "returned from France"})
	s.says(t, s.AwaitPosts(t, s.channel, 1)[0], "France: 302 returned")
	s.Fail(callback, fakediscord.ErrorCode(404, 10062, "Unknown interaction"), 1)
	s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "women from Kosovo", "private": true})
	s.Mention(s.ann, s.channel, "returned from Germany")
	posts := s.AwaitPosts(t, s.channel, 2)
	s.says(t, posts[1], "Germany: ~300 returned")
	if !strings.Contains(s.log.String(), "its person has no answer") {
		t.Error("the log does not tell of the loss")
	}
}

// TestAnAnswerWhoseWordIsLost is given once: Discord says that it has it.
func TestAnAnswerWhoseWordIsLost(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	s.Fail("POST /interactions/{interaction_id}/{interaction_token}/callback", fakediscord.CutAfter(), 1)
	s.says(t, s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "returned from France"})), "France: 302 returned")
	s.Mention(s.ann, s.channel, "women from Kosovo")
	if posts := s.AwaitPosts(t, s.channel, 2); len(posts) != 2 {
		t.Errorf("%d posts", len(posts))
	}
}

// TestATokenThatIsNoGoodEndsThePlatform, without a storm of connections.
func TestATokenThatIsNoGoodEndsThePlatform(t *testing.T) {
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			s := newServer(t, false, nil)
			s.CloseWith(0, code)
			select {
			case err := <-s.ended:
				if err == nil {
					t.Error("the platform ended without a reason")
				}
			case <-time.After(30 * time.Second):
				t.Fatalf("it goes on: %s", s.adapter.State())
			}
			if n := len(s.Identifies()); n > 4 {
				t.Errorf("%d identifies", n)
			}
		})
	}
}

func TestShards(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, func(o *fakediscord.Options, c *Config) { o.Shards = 3; c.Shards = 3 })
	for i := range 6 {
		guild := s.AddGuild(fakediscord.Guild{Name: fmt.Sprint("server ", i)})
		channel := s.AddChannel(fakediscord.Channel{Guild: guild})
		s.Mention(s.ann, channel, "returned from France")
		s.says(t, s.AwaitPosts(t, channel, 1)[0], "France: 302")
	}
	s.DM(s.bob, "women from Kosovo")
	s.says(t, s.AwaitPosts(t, s.DMChannel(s.bob), 1)[0], "Kosovo: 44 women")
	if n := len(s.Identifies()); n != 3 {
		t.Errorf("%d identifies", n)
	}
}

// TestUnknownComponentsLoseNothing: the library would lose the whole message.
func TestUnknownComponentsLoseNothing(t *testing.T) {
	t.Parallel()
	s := newServer(t, false, nil)
	s.SayWith(s.ann, s.DMChannel(s.ann), "returned from France", map[string]any{"components": []any{map[string]any{"type": 99, "components": []any{}}}})
	s.says(t, s.AwaitPosts(t, s.DMChannel(s.ann), 1)[0], "France: 302 returned")
}

// TestNoSecretIsLogged: neither the token nor those of interactions.
func TestNoSecretIsLogged(t *testing.T) {
	onBoth(t, func(t *testing.T, s *server) {
		s.Fail("POST /channels/{channel_id}/messages", fakediscord.CutBefore(), 1)
		a := s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "returned from Wakanda"})
		s.AwaitOriginal(t, a)
		if log := s.log.String(); strings.Contains(log, testToken) || strings.Contains(log, "Wakanda") {
			t.Errorf("the log tells:\n%s", log)
		}
	})
}

// TestNothingGoesOnAfterTheEnd: no goroutine of the adapter or of the library is
// left. It is not parallel, so that there are no others.
func TestNothingGoesOnAfterTheEnd(t *testing.T) {
	for _, overHTTP := range []bool{false, true} {
		s := newServer(t, overHTTP, nil)
		s.AwaitOriginal(t, s.Slash(s.ann, s.channel, "report ask", map[string]any{"question": "returned from France"}))
		if !overHTTP {
			s.Drop()
			s.Mention(s.ann, s.channel, "women from Kosovo")
			s.AwaitPosts(t, s.channel, 1)
		}
		s.stop()
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		for _, left := range []string{"discordgo.(*Session)", "bot/discord.(*Discord)", "bot/discord.(*gateway)", "bot/discord.(*shardSession)"} {
			if bytes.Contains(stacks, []byte(left)) {
				t.Errorf("%s goes on:\n%s", left, stacks)
			}
		}
	}
}
