package discord

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/digest"
	"reportbot/bot/discord/fakediscord"
	"reportbot/bot/flow"
)

// clock is a time that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// newClock shows Friday, 2 January 2026, 03:04 UTC.
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

// digests is a server with the bot in it whose clock is set, where ann may manage
// channels.
type digests struct {
	*server
	clock *clock
	role  string
}

// onBothWithDigests runs a test of digests over the gateway and over HTTP.
func onBothWithDigests(t *testing.T, test func(t *testing.T, s *digests)) {
	for name, overHTTP := range map[string]bool{"Gateway": false, "HTTP": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newDigests(t, overHTTP))
		})
	}
}

func newDigests(t *testing.T, overHTTP bool) *digests {
	t.Helper()
	s := &digests{clock: newClock()}
	s.server = newServerAt(t, overHTTP, s.clock.Now, nil)
	s.role = s.AddRole(s.guild, fakediscord.Role{Name: "moderator", Permissions: fakediscord.ManageChannels}, s.ann)
	return s
}

// order has somebody use a command about digests: what they alone see.
func (s *digests) order(t *testing.T, user, path string, options map[string]any) fakediscord.Message {
	t.Helper()
	m := s.AwaitOriginal(t, s.Slash(user, s.channel, path, options))
	if m.EphemeralTo != user {
		t.Errorf("/%s: others see the answer", path)
	}
	return m
}

// state is what the bot says of the channel's digests.
func (s *digests) state() string {
	var out []string
	for _, line := range s.bot.Digests("discord", s.channel) {
		out = append(out, line.What+": "+line.State)
	}
	return strings.Join(out, "\n")
}

// until waits until that is so.
func (s *digests) until(t *testing.T, want string) {
	t.Helper()
	for !strings.Contains(s.state(), want) {
		if !flow.Pause(t.Context(), 5*time.Millisecond) {
			t.Fatalf("%q is not in %s", want, s.state())
		}
	}
}

// daily is an option for each day at nine in Paris.
func daily(more ...string) map[string]any {
	out := map[string]any{"when": "daily", "time": "9am", "zone": "Europe/Paris"}
	for i := 0; i < len(more); i += 2 {
		out[more[i]] = more[i+1]
	}
	return out
}

// TestDigestsByCommand: set up, shown, previewed, posted once on its day,
// paused, resumed, removed, and nobody else sees what was said on the way.
func TestDigestsByCommand(t *testing.T) {
	onBothWithDigests(t, func(t *testing.T, s *digests) {
		s.says(t, s.order(t, s.ann, "digest list", nil), "This channel gets no digest.")
		s.says(t, s.order(t, s.ann, "digest set", daily()), "A digest is set up: daily 09:00 Europe/Paris.**\nThe next one comes on Friday, 2 January 2026 at 09:00 (Europe/Paris).")
		s.says(t, s.order(t, s.bob, "report digest", nil), "daily 09:00 Europe/Paris: next on Friday, 2 January 2026 at 09:00")
		preview := s.order(t, s.ann, "digest preview", nil)
		s.says(t, preview, "Digest of Friday, 2 January 2026: ")
		if buttons := preview.Buttons(); slices.Contains(buttons, "Share in channel") || len(buttons) != 1 {
			t.Errorf("buttons %v", buttons)
		}
		s.clock.pass(5 * time.Hour) // 09:04 in Paris
		post := s.AwaitPosts(t, s.channel, 1)[0]
		if visible(post) != visible(preview) || post.ReplyTo != "" || post.Nonce == "" || len(post.Pings) > 0 {
			t.Errorf("posted %+v\n%s\npreviewed\n%s", post, visible(post), visible(preview))
		}
		for strings.Contains(s.bot.Digests("discord", s.channel)[0].State, "Friday, 2 January") && t.Context().Err() == nil {
			flow.Pause(t.Context(), time.Millisecond) // it is noted behind the post
		}
		s.says(t, s.order(t, s.ann, "digest history", nil), "Friday, 2 January 2026: posted at 09:04")
		s.says(t, s.order(t, s.ann, "digest pause", nil), "The digest is paused: daily 09:00 Europe/Paris.")
		s.clock.pass(24 * time.Hour)
		paused := s.order(t, s.bob, "report digest", nil)
		s.says(t, paused, "paused since 2 January 2026")
		s.says(t, s.AwaitOriginal(t, s.Press(s.bob, paused, "digest resume")), "Please ask somebody with the permission \"Manage Channels\"")
		s.says(t, s.order(t, s.ann, "digest resume", nil), "The digest comes again: daily 09:00 Europe/Paris. The next one is on Sunday, 4 January 2026")
		s.clock.pass(24 * time.Hour)
		s.says(t, s.AwaitPosts(t, s.channel, 2)[1], "Digest of Sunday, 4 January 2026: ")
		s.says(t, s.order(t, s.ann, "digest set", daily("topic", "Western Europe", "without", "reading and questions", "when", "mondays")),
			"mondays 09:00 Europe/Paris about Western Europe without reading and questions")
		s.says(t, s.order(t, s.ann, "digest pause", nil), "Which one? This channel gets 2 digests.")
		s.says(t, s.order(t, s.ann, "digest remove", map[string]any{"topic": "western europe"}), "The digest is removed: mondays 09:00")
		s.says(t, s.order(t, s.ann, "digest remove", nil), "The digest is removed: daily 09:00")
		if posts := s.Posts(s.channel); len(posts) != 2 {
			t.Errorf("%d posts", len(posts))
		}
	})
}

// TestWhatIsWrongWithADigest is told, and a zone that may have been meant is one
// press away.
func TestWhatIsWrongWithADigest(t *testing.T) {
	onBothWithDigests(t, func(t *testing.T, s *digests) {
		s.says(t, s.order(t, s.ann, "digest set", daily("time", "25:00")), "25:00 is no time of the day: hours go from 0 to 23.")
		s.says(t, s.order(t, s.ann, "digest set", daily("time", "soon")), "\"soon\" is no time of the day")
		s.says(t, s.order(t, s.ann, "digest set", map[string]any{"when": "daily", "time": "9:00"}), "In which time zone?")
		s.says(t, s.order(t, s.ann, "digest set", daily("topic", "cheese")), "There is no digest about “cheese”.")
		wrong := s.order(t, s.ann, "digest set", daily("zone", "Europe/Pariss", "topic", "returnees"))
		s.says(t, wrong, "I know no time zone \"Europe/Pariss\". Did you mean Europe/Paris?")
		if s.state() != "" {
			t.Errorf("set up: %s", s.state())
		}
		s.says(t, s.AwaitOriginal(t, s.Press(s.ann, wrong, "Europe/Paris")), "A digest is set up: daily 09:00 Europe/Paris about returnees.")
	})
}

// TestWhoMaySetDigestsUp: who may manage the channel, by command as by text,
// whatever commands a person is shown.
func TestWhoMaySetDigestsUp(t *testing.T) {
	const refusal = "Digests of this channel are for those who may manage it. Please ask somebody with the permission \"Manage Channels\""
	onBothWithDigests(t, func(t *testing.T, s *digests) {
		if shown := s.Offered(s.bob, s.channel); slices.Contains(shown, "/digest") || !slices.Contains(shown, "/report") {
			t.Errorf("bob is shown %v", shown)
		}
		if shown := s.Offered(s.ann, s.channel); !slices.Contains(shown, "/digest") {
			t.Errorf("ann is shown %v", shown)
		}
		for _, channel := range []string{s.DMChannel(s.ann), s.AddChannel(fakediscord.Channel{Kind: fakediscord.Group, Members: []string{s.ann, s.bob}})} {
			if shown := s.Offered(s.ann, channel); slices.Contains(shown, "/digest") {
				t.Errorf("ann is shown %v in private", shown)
			}
		}
		s.AllowCommand(s.guild, "digest", s.bob)
		s.says(t, s.order(t, s.bob, "digest set", daily()), refusal)
		ask := func(user, channel, text string) fakediscord.Message {
			t.Helper()
			return s.AwaitOriginal(t, s.Slash(user, channel, "report ask", map[string]any{"question": text}))
		}
		s.says(t, ask(s.bob, s.channel, "digest daily 09:00 UTC"), refusal)
		if s.state() != "" {
			t.Errorf("set up: %s", s.state())
		}
		s.says(t, ask(s.ann, s.channel, "digest daily 09:00 UTC"), "A digest is set up")
		s.says(t, ask(s.ann, s.DMChannel(s.ann), "digest daily 09:00 UTC"), "A digest is set up")
		for _, act := range []string{"pause", "resume", "remove"} {
			s.says(t, s.order(t, s.bob, "digest "+act, nil), refusal)
		}
		s.says(t, s.order(t, s.bob, "digest preview", nil), "Digest of Friday, 2 January 2026")
		s.RemoveRole(s.guild, s.role, s.ann)
		s.says(t, ask(s.ann, s.channel, "digest remove"), refusal)
	})
}

// TestWhereTheBotIsNot there can be no digest, and the person is told why.
func TestWhereTheBotIsNot(t *testing.T) {
	onBothWithDigests(t, func(t *testing.T, s *digests) {
		foreign := s.AddGuild(fakediscord.Guild{Absent: true, Admins: []string{s.ann}})
		for _, channel := range []string{
			s.AddChannel(fakediscord.Channel{Guild: foreign}),
			s.AddChannel(fakediscord.Channel{Kind: fakediscord.Group, Members: []string{s.ann, s.bob}}),
		} {
			if shown := s.Offered(s.ann, channel); slices.Contains(shown, "/digest") || !slices.Contains(shown, "/report") {
				t.Errorf("ann is shown %v", shown)
			}
			a := s.Slash(s.ann, channel, "report ask", map[string]any{"question": "digest daily 09:00 UTC"})
			s.says(t, s.AwaitOriginal(t, a), "A digest needs the bot in the server")
		}
		mute := s.AddChannel(fakediscord.Channel{Guild: s.guild, Denied: fakediscord.SendMessages})
		a := s.Slash(s.ann, mute, "digest set", daily())
		s.says(t, s.AwaitOriginal(t, a), "The bot may not write in this channel")
		if got := s.bot.Digests("discord", mute); len(got) != 0 {
			t.Errorf("set up: %+v", got)
		}
	})
}

// TestDigestsByMention: who may is asked of Discord, roles, overwrites, threads
// and all.
func TestDigestsByMention(t *testing.T) {
	t.Parallel()
	s := newDigests(t, false)
	owner, admin := s.AddUser(fakediscord.User{Name: "owner"}), s.AddUser(fakediscord.User{Name: "admin"})
	guild := s.AddGuild(fakediscord.Guild{Name: "another", Admins: []string{owner, admin}})
	role := s.AddRole(guild, fakediscord.Role{Name: "moderator", Permissions: fakediscord.ManageChannels}, s.ann)
	other := s.AddRole(guild, fakediscord.Role{Name: "helper"}, s.bob, s.ann)
	const manage, view = fakediscord.ManageChannels, fakediscord.ViewChannel
	for name, tt := range map[string]struct {
		overwrites []fakediscord.Overwrite
		may        map[string]bool
	}{
		"Plain":         {nil, map[string]bool{owner: true, admin: true, s.ann: true, s.bob: false}},
		"RoleDenied":    {[]fakediscord.Overwrite{{Role: role, Deny: manage}}, map[string]bool{owner: true, admin: true, s.ann: false}},
		"RoleAllowed":   {[]fakediscord.Overwrite{{Role: other, Allow: manage}}, map[string]bool{s.bob: true}},
		"AllowWins":     {[]fakediscord.Overwrite{{Role: role, Deny: manage}, {Role: other, Allow: manage}}, map[string]bool{s.ann: true}},
		"PersonDenied":  {[]fakediscord.Overwrite{{User: s.ann, Deny: manage}, {Role: other, Allow: manage}}, map[string]bool{s.ann: false, s.bob: true}},
		"PersonAllowed": {[]fakediscord.Overwrite{{User: s.bob, Allow: manage}, {Role: other, Deny: manage}}, map[string]bool{s.ann: false, s.bob: true}},
		"Everybody":     {[]fakediscord.Overwrite{{Role: guild, Allow: manage}}, map[string]bool{s.bob: true}},
		"NotEverybody":  {[]fakediscord.Overwrite{{Role: guild, Deny: manage}}, map[string]bool{admin: true, s.ann: false}},
		"Unseen":        {[]fakediscord.Overwrite{{User: s.ann, Deny: view}}, map[string]bool{s.ann: false}},
	} {
		t.Run(name, func(t *testing.T) {
			channel := s.AddChannel(fakediscord.Channel{Guild: guild, Overwrites: tt.overwrites})
			thread := s.AddChannel(fakediscord.Channel{Guild: guild, Kind: fakediscord.Thread, Parent: channel})
			for _, where := range []string{channel, thread} {
				n := 0
				for user, may := range tt.may {
					n++
					s.Mention(user, where, "digest daily 09:00 UTC")
					want := map[bool]string{true: "daily 09:00 UTC", false: "Please ask somebody"}[may]
					s.says(t, s.AwaitPosts(t, where, n)[n-1], want)
				}
			}
		})
	}
	s.DM(s.bob, "digest daily 09:00 Europe/Paris")
	s.says(t, s.AwaitPosts(t, s.DMChannel(s.bob), 1)[0], "A digest is set up")
	s.clock.pass(5 * time.Hour)
	s.says(t, s.AwaitPosts(t, s.DMChannel(s.bob), 2)[1], "Digest of Friday, 2 January 2026: ")
}

// TestAQuestionOfRightsThatFails gets an apology, and nothing is set up.
func TestAQuestionOfRightsThatFails(t *testing.T) {
	t.Parallel()
	s := newDigests(t, false)
	s.Fail("GET /guilds/{guild_id}", fakediscord.HTTPStatus(500), 1)
	s.Mention(s.ann, s.channel, "digest daily 09:00 UTC")
	s.says(t, s.AwaitPosts(t, s.channel, 1)[0], bot.Apology)
	if s.state() != "" {
		t.Errorf("set up: %s", s.state())
	}
}

// TestOptionsOfDigestsAreCompleted: zones, topics, and the digests of the channel.
func TestOptionsOfDigestsAreCompleted(t *testing.T) {
	onBothWithDigests(t, func(t *testing.T, s *digests) {
		typed := func(path, option, text string) (names, values []string) {
			t.Helper()
			got := s.Autocomplete(s.ann, s.channel, path, map[string]any{option: text}, option)
			if got.Error != "" || len(got.Choices) > 25 {
				t.Errorf("/%s %s %q: %s, %d choices", path, option, text, got.Error, len(got.Choices))
			}
			for _, c := range got.Choices {
				names, values = append(names, c.Name), append(values, fmt.Sprint(c.Value))
			}
			return names, values
		}
		if _, got := typed("digest set", "zone", "par"); !slices.Contains(got, "Europe/Paris") {
			t.Errorf("zones %v", got)
		}
		if _, got := typed("digest set", "zone", ""); len(got) != 25 {
			t.Errorf("%d zones", len(got))
		}
		if got, _ := typed("digest set", "topic", "west"); len(got) == 0 || got[0] != "Western Europe" {
			t.Errorf("topics %v", got)
		}
		if got, _ := typed("digest preview", "topic", ""); len(got) == 0 || got[0] != "everything" {
			t.Errorf("topics %v", got)
		}
		if got, _ := typed("digest pause", "topic", ""); len(got) != 0 {
			t.Errorf("digests %v", got)
		}
		s.order(t, s.ann, "digest set", daily())
		s.order(t, s.ann, "digest set", daily("topic", "The Maghreb", "without", "questions"))
		names, values := typed("digest pause", "topic", "")
		if len(values) != 2 || !slices.Contains(names, "daily 09:00 Europe/Paris about The Maghreb without questions") {
			t.Errorf("digests %v", names)
		}
		for _, value := range values {
			s.says(t, s.order(t, s.ann, "digest pause", map[string]any{"topic": value}), "The digest is paused")
		}
		if names, _ := typed("digest resume", "topic", "magh"); len(names) != 1 {
			t.Errorf("digests %v", names)
		}
	})
}

// TestEveryTopicCanBeChosen, and its digest named by it.
func TestEveryTopicCanBeChosen(t *testing.T) {
	t.Parallel()
	s := newDigests(t, false)
	for n, topic := range s.bot.Topics("", 1000) {
		m := bot.Message{ID: fmt.Sprint("order/", n), Target: bot.Target{Platform: "discord", Channel: fmt.Sprint("channel", n)}, Author: fmt.Sprint("person", n), Manages: new(true)}
		o, err := order(sub("set", "when", "daily", "time", "9", "zone", "UTC", "topic", topic.Label))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.bot.Digest(t.Context(), m, o); err != nil {
			t.Fatal(err)
		}
		choices := s.adapter.digestsHere(s.bot, m.Target.Channel, "")
		if len(choices) != 1 {
			t.Fatalf("%s: %v", topic.Label, choices)
		}
		reply, err := s.bot.Digest(t.Context(), m, digest.Order{Act: digest.Pause, About: choices[0].Value})
		if err != nil || !strings.HasPrefix(reply.Parts[0].Headline, "The digest is paused") {
			t.Errorf("%s: %v %s", topic.Label, err, reply.Plain())
		}
	}
}

// TestADigestThatDiscordDoesNotTake: after three there are no more, and those who
// look are told why.
func TestADigestThatDiscordDoesNotTake(t *testing.T) {
	onBothWithDigests(t, func(t *testing.T, s *digests) {
		s.order(t, s.ann, "digest set", daily())
		s.AddChannel(fakediscord.Channel{ID: s.channel, Guild: s.guild, Denied: fakediscord.SendMessages})
		s.clock.pass(5 * time.Hour)
		refused := func(calls []fakediscord.Call) int { // what is refused with a picture is tried without
			return len(slices.DeleteFunc(calls, func(c fakediscord.Call) bool { return len(c.Files) > 0 || c.Status == http.StatusOK }))
		}
		const route = "POST /channels/{channel_id}/messages"
		for day := range 3 {
			s.Await(t, func(st *fakediscord.State) bool { return refused(st.Calls(route)) > day })
			if day < 2 {
				s.clock.pass(24 * time.Hour)
			}
		}
		s.until(t, "paused since 4 January 2026, because the bot may not write there: it needs the permissions to see the channel and to send messages")
		s.says(t, s.order(t, s.bob, "report digest", nil), "once that is mended: digest resume")
		s.clock.pass(24 * time.Hour)
		s.AddChannel(fakediscord.Channel{ID: s.channel, Guild: s.guild})
		s.says(t, s.order(t, s.ann, "digest resume", nil), "The digest comes again")
		s.clock.pass(24 * time.Hour)
		s.says(t, s.AwaitPosts(t, s.channel, 1)[0], "Digest of Tuesday, 6 January 2026: ")
		if n := refused(s.Calls(route)); n != 3 || len(s.Posts(s.channel)) != 1 {
			t.Errorf("%d were refused, %d posted", n, len(s.Posts(s.channel)))
		}
	})
}

// TestADigestIsPostedOnce where it is not known whether it got through, also
// after the time for which Discord knows its nonce. A preview is no digest.
func TestADigestIsPostedOnce(t *testing.T) {
	t.Parallel()
	s := newDigests(t, false)
	s.order(t, s.ann, "digest set", daily())
	s.Mention(s.bob, s.channel, "digest preview")
	s.AwaitOriginal(t, s.Slash(s.bob, s.channel, "report ask", map[string]any{"question": "digest preview"}))
	s.AwaitPosts(t, s.channel, 2)
	s.Fail("POST /channels/{channel_id}/messages", fakediscord.CutBefore(), 1)
	s.clock.pass(5 * time.Hour)
	s.says(t, s.AwaitPosts(t, s.channel, 3)[2], "Digest of Friday, 2 January 2026: ")

	topic := daily("topic", "Western Europe")
	s.order(t, s.ann, "digest set", topic)
	s.clock.pass(24 * time.Hour)
	s.AwaitPosts(t, s.channel, 5)
	post := bot.Post{ID: "another nonce", Target: bot.Target{Platform: "discord", Channel: s.channel}, Digest: true, MayBeThere: true, Try: 2}
	post.Reply = bot.Reply{Parts: []bot.Part{{Headline: firstOf(s.Posts(s.channel)[4])}}}
	if err := s.adapter.Post(t.Context(), post); err == nil || len(s.Posts(s.channel)) != 5 {
		t.Errorf("%v, %d posts", err, len(s.Posts(s.channel)))
	}
}

// firstOf is the first line of a message as the bot wrote it.
func firstOf(m fakediscord.Message) string {
	line, _, _ := strings.Cut(strings.TrimSpace(visible(m)), "\n")
	return strings.Trim(line, "*")
}

// TestDigestsGolden compares how they look.
func TestDigestsGolden(t *testing.T) {
	s := newDigests(t, true)
	m := bot.Message{ID: "order", Target: bot.Target{Platform: "discord", Channel: "100"}, Author: "1", Manages: new(true)}
	for _, step := range []struct{ name, text string }{
		{"digest_none", "list"}, {"digest_set", "daily 9:00 Europe/Paris"}, {"digest_preview", "preview"},
		{"", "mondays 9 Europe/Berlin about Western Europe"}, {"digest_list", "list"}, {"digest_which", "pause"},
		{"digest_paused", "pause about everything"}, {"digest_history", "history about everything"},
	} {
		o, err := digest.ParseOrder(step.text)
		if err != nil {
			t.Fatal(err)
		}
		reply, err := s.bot.Digest(t.Context(), m, o)
		if err != nil {
			t.Fatal(err)
		}
		if step.name == "" {
			continue
		}
		shown := withButtons()
		shown.Digest = o.Act == digest.Preview
		golden(t, step.name, render(reply, shown))
		if o.Act == digest.Preview {
			golden(t, step.name+"_plain", render(reply, renderOptions{ID: testID, Buttons: true, Plain: true, Digest: true}))
		}
	}
	golden(t, "digest_command", []applicationCommand{digestCommand()})
}
