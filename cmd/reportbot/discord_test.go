package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/discord/fakediscord"
)

const discordToken = "fake.discord.token"

// discordProcess is the program with a fake Discord, a server and a person in it.
type discordProcess struct {
	*fakediscord.Discord
	folder, guild, person string
	run                   *process
	logs                  []*bytes.Buffer
}

// newDiscord starts the program on a fake Discord, with all that it does logged.
// more are further lines of the section.
func newDiscord(t *testing.T, o fakediscord.Options, more ...string) *discordProcess {
	t.Helper()
	o.Token = discordToken
	p := &discordProcess{Discord: fakediscord.New(t, o)}
	p.guild = p.AddGuild(fakediscord.Guild{Name: "server"})
	p.person = p.AddUser(fakediscord.User{Name: "ann"})
	p.folder = stateFolder(t, fmt.Sprintf("discord:\n  token: ${DISCORD_TOKEN}\n  api_url: %q\n", p.APIURL()), strings.Join(more, ""))
	path := filepath.Join(p.folder, "config.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(text, []byte("level: error"), []byte("level: debug"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	p.start(t)
	return p
}

// start runs the program; it is ready once Discord has a session with it.
func (p *discordProcess) start(t *testing.T) {
	t.Helper()
	path, err := exec.LookPath("reportbot")
	if err != nil {
		t.Fatal(err)
	}
	p.run = &process{exec.Command(path, "serve", "--config", filepath.Join(p.folder, "config.yaml")), &bytes.Buffer{}}
	p.run.cmd.Dir, p.run.cmd.Stderr = p.folder, p.run.errs
	p.run.cmd.Env = append(os.Environ(), "DISCORD_TOKEN="+discordToken)
	before := len(p.Identifies())
	if err := p.run.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	run := p.run
	t.Cleanup(func() { _ = run.cmd.Process.Kill(); _ = run.cmd.Wait() })
	p.logs = append(p.logs, run.errs)
	p.Await(t, func(s *fakediscord.State) bool { return len(s.Identifies()) > before && s.Heartbeats() > 0 })
}

// seen waits for a message with a text in an answer or a channel.
func (p *discordProcess) seen(t *testing.T, m fakediscord.Message, want string) {
	t.Helper()
	text := strings.ReplaceAll(m.Content+string(m.Embeds), `\\`, "") // without escapes of Markdown
	if !strings.Contains(text, want) {
		t.Errorf("%q is not in %s", want, text)
	}
}

// TestEveryWayIn through the program: three shards of the gateway.
func TestEveryWayIn(t *testing.T) {
	t.Parallel()
	p := newDiscord(t, fakediscord.Options{IdentifyWindow: time.Millisecond, Heartbeat: time.Second, Shards: 3}, "  shards: 3\n", "digests: {per_channel: 10}\n")
	p.Await(t, func(s *fakediscord.State) bool { return len(s.Identifies()) == 3 && s.Heartbeats() >= 3 })
	c, other := p.AddChannel(fakediscord.Channel{Guild: p.guild}), p.AddUser(fakediscord.User{Name: "bob"})
	asked := p.Mention(p.person, c, "returned from France")
	reply := p.AwaitPosts(t, c, 1)[0]
	if p.seen(t, reply, "France: 302 returned"); reply.ReplyTo != asked.ID || len(reply.Pings) > 0 {
		t.Errorf("it replies to %q and pings %v", reply.ReplyTo, reply.Pings)
	}
	p.Reply(p.person, reply, "and Germany?")
	p.seen(t, p.AwaitPosts(t, c, 2)[1], "Germany: ~300 returned")
	p.DM(other, "women from Kosovo")
	p.seen(t, p.AwaitPosts(t, p.DMChannel(other), 1)[0], "Kosovo: 44 women")
	p.SayWith(p.person, p.DMChannel(p.person), "returned from Austria", map[string]any{"components": []any{map[string]any{"type": 99}}})
	p.seen(t, p.AwaitPosts(t, p.DMChannel(p.person), 1)[0], "Austria: 90 returned")
	p.commands(t, c, other)
	p.menu(t)
	p.end(t)
}

// commands asks in all ways that there are commands and buttons for.
func (p *discordProcess) commands(t *testing.T, c, other string) {
	t.Helper()
	answer := func(a fakediscord.Answer) fakediscord.Message { t.Helper(); return p.AwaitOriginal(t, a) }
	reader := p.AddUser(fakediscord.User{Name: "cid"}) // who has not asked before
	list := answer(p.Slash(reader, c, "report ask", map[string]any{"question": "top 48 countries by fighters"}))
	p.seen(t, list, "Russia")
	if page := answer(p.Press(other, list, "Next ▶")); page.EphemeralTo != other {
		t.Error("another person's page is seen by all")
	}
	private := answer(p.Slash(p.person, c, "report country", map[string]any{"name": "france", "measure": "returned", "private": true}))
	if p.seen(t, private, "France: 302 returned"); private.EphemeralTo != p.person {
		t.Error("a private answer is seen by all")
	}
	p.seen(t, answer(p.Press(p.person, private, "Share in channel")), "France: 302 returned")
	p.seen(t, answer(p.Press(p.person, private, "Why?")), "footnote 47")
	if got := p.Autocomplete(p.person, c, "report country", map[string]any{"name": "kos"}, "name"); len(got.Choices) == 0 || got.Choices[0].Name != "Kosovo" {
		t.Errorf("choices %+v", got.Choices)
	}
	said := p.Say(other, c, "how many women came from Kosovo?")
	p.seen(t, answer(p.MessageCommand(p.person, said, "Ask the report about this")), "Kosovo: 44 women")
	p.digests(t, c, other)
}

// digests sets digests up, where only p.person may.
func (p *discordProcess) digests(t *testing.T, c, other string) {
	t.Helper()
	p.AddRole(p.guild, fakediscord.Role{Name: "moderator", Permissions: fakediscord.ManageChannels}, p.person)
	p.AllowCommand(p.guild, "digest", other)
	order := func(user, path string, options map[string]any, want string) {
		t.Helper()
		m := p.AwaitOriginal(t, p.Slash(user, c, path, options))
		if p.seen(t, m, want); m.EphemeralTo != user {
			t.Errorf("/%s is answered to all", path)
		}
	}
	daily := map[string]any{"when": "daily", "time": "9am", "zone": "Europe/Paris", "topic": "Western Europe"}
	order(other, "digest set", daily, "for those who may manage it")
	order(p.person, "digest set", daily, "A digest is set up: daily 09:00 Europe/Paris about Western Europe.")
	order(other, "report digest", nil, "daily 09:00 Europe/Paris about Western Europe: next on")
	order(p.person, "digest preview", nil, "Western Europe: ")
	if got := p.Autocomplete(p.person, c, "digest set", map[string]any{"zone": "kathm"}, "zone"); len(got.Choices) != 1 || got.Choices[0].Value != "Asia/Kathmandu" {
		t.Errorf("choices %+v", got.Choices)
	}
	order(p.person, "digest remove", nil, "The digest is removed")
}

// menu chooses from a menu: one of more digests than there are buttons for.
func (p *discordProcess) menu(t *testing.T) {
	t.Helper()
	dm := p.DMChannel(p.person)
	before := len(p.Posts(dm))
	topics := []string{"everything", "returnees", "women and children", "EU", "Western Europe", "Turkey's list"}
	for _, topic := range topics {
		p.DM(p.person, "digest daily 9 UTC about "+topic)
	}
	p.DM(p.person, "digest pause")
	which := p.AwaitPosts(t, dm, before+len(topics)+1)[before+len(topics)]
	p.seen(t, which, "Which one?")
	p.seen(t, p.AwaitOriginal(t, p.Select(p.person, which, "Which do you mean?", "digest pause about EU")), "The digest is paused: daily 09:00 UTC about EU.")
}

// TestInteractionsOverHTTP through the program; what Discord has not signed does
// nothing.
func TestInteractionsOverHTTP(t *testing.T) {
	t.Parallel()
	fake := fakediscord.New(t, fakediscord.Options{Token: discordToken})
	p := &discordProcess{Discord: fake}
	p.guild, p.person = p.AddGuild(fakediscord.Guild{}), p.AddUser(fakediscord.User{Name: "ann"})
	address := freeAddress(t)
	p.folder = stateFolder(t, fmt.Sprintf("discord:\n  token: ${DISCORD_TOKEN}\n  api_url: %q\n  listen: %q\n  public_key: \"%x\"\n", fake.APIURL(), address, []byte(fake.PublicKey())))
	path, err := exec.LookPath("reportbot")
	if err != nil {
		t.Fatal(err)
	}
	p.run = &process{exec.Command(path, "serve", "--config", filepath.Join(p.folder, "config.yaml")), &bytes.Buffer{}}
	p.run.cmd.Dir, p.run.cmd.Stderr, p.run.cmd.Env = p.folder, p.run.errs, append(os.Environ(), "DISCORD_TOKEN="+discordToken)
	if err := p.run.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.run.cmd.Process.Kill(); _ = p.run.cmd.Wait() })
	p.logs = append(p.logs, p.run.errs)
	p.SetInteractionsURL("http://" + address + "/discord/interactions")
	p.Await(t, func(s *fakediscord.State) bool { return len(s.Commands("")) > 0 })
	for range 200 { // it listens, and serves a moment later
		if err = p.VerifyInteractionsURL(); err == nil {
			break
		}
		pauseFor(t, 20*time.Millisecond)
	}
	if err != nil {
		t.Fatalf("Discord would not take the address: %v", err)
	}
	c, other := p.AddChannel(fakediscord.Channel{Guild: p.guild}), p.AddUser(fakediscord.User{Name: "bob"})
	p.commands(t, c, other)
	p.SignWrongly(true)
	if a := p.Slash(p.person, c, "report ask", map[string]any{"question": "returned from France"}); a.Error == "" {
		t.Errorf("what Discord has not signed is answered: %+v", a)
	}
	deliveries := p.Deliveries()
	if last := deliveries[len(deliveries)-1]; last.Status != 401 {
		t.Errorf("status %d", last.Status)
	}
	p.end(t)
}

// end ends the program, and looks for secrets in all that it logged.
func (p *discordProcess) end(t *testing.T) {
	t.Helper()
	if exit, took := p.run.end(t, syscall.SIGTERM); exit != exitOK || took > 10*time.Second {
		t.Errorf("exit %d after %s", exit, took)
	}
	for _, log := range p.logs {
		for _, secret := range []string{discordToken, "returned from"} {
			if strings.Contains(log.String(), secret) {
				t.Errorf("the log tells %q", secret)
			}
		}
	}
}

// cuts is how often the connection is cut.
var cuts = flag.Int("cuts", 15, "how often the connection to Discord is cut while people ask")

// TestTheConnectionIsCutUnderLoad: every question is answered, once.
func TestTheConnectionIsCutUnderLoad(t *testing.T) {
	t.Parallel()
	p := newDiscord(t, fakediscord.Options{IdentifyWindow: time.Millisecond, Heartbeat: time.Second})
	const channels = 20
	var list []string
	asked := map[string]map[string]bool{}
	for range channels {
		c := p.AddChannel(fakediscord.Channel{Guild: p.guild})
		list, asked[c] = append(list, c), map[string]bool{}
	}
	for n := range *cuts {
		for range 5 {
			c := list[rand.N(channels)]
			asked[c][p.Mention(p.person, c, "returned from "+[]string{"France", "Germany"}[n%2]).ID] = true
		}
		resumes := len(p.Resumes())
		p.Drop()
		p.Await(t, func(s *fakediscord.State) bool { return len(s.Resumes()) > resumes })
		beats := p.Heartbeats() // the first one comes once the session is up
		p.Await(t, func(s *fakediscord.State) bool { return s.Heartbeats() > beats })
	}
	for _, c := range list {
		for _, post := range p.AwaitPosts(t, c, len(asked[c])) {
			if !asked[c][post.ReplyTo] {
				t.Errorf("a second reply, or one to nothing: %s", post.ReplyTo)
			}
			delete(asked[c], post.ReplyTo)
		}
	}
	t.Logf("%d cuts; %d identifies, %d resumes", *cuts, len(p.Identifies()), len(p.Resumes()))
	if n := len(p.Identifies()); n > 1 {
		t.Errorf("%d identifies: sessions were lost that could be resumed", n)
	}
	p.end(t)
}

// TestKilledBetweenStoringAndPosting in Discord: one reply, after the restart.
func TestKilledBetweenStoringAndPosting(t *testing.T) {
	t.Parallel()
	p := newDiscord(t, fakediscord.Options{IdentifyWindow: time.Millisecond, Heartbeat: time.Second})
	c := p.AddChannel(fakediscord.Channel{Guild: p.guild})
	p.Limit("POST /channels/{channel_id}/messages", fakediscord.PerRoute, 2*time.Second, 1)
	asked := p.Mention(p.person, c, "returned from France")
	p.Await(t, func(s *fakediscord.State) bool { return len(s.Calls("POST /channels/{channel_id}/messages")) == 1 })
	p.run.end(t, syscall.SIGKILL)
	p.start(t)
	posts := p.AwaitPosts(t, c, 1)
	p.Reply(p.person, posts[0], "and Germany?") // what the conversation was about outlived the kill
	posts = p.AwaitPosts(t, c, 2)
	text, err := json.Marshal(posts)
	if err != nil || len(posts) != 2 || posts[0].ReplyTo != asked.ID || !bytes.Contains(text, []byte("Germany")) {
		t.Errorf("%d posts: %s", len(posts), text)
	}
	p.end(t)
}

// TestARevokedToken ends the program with the reason, without a storm of
// connections.
func TestARevokedToken(t *testing.T) {
	t.Parallel()
	p := newDiscord(t, fakediscord.Options{IdentifyWindow: time.Millisecond, Heartbeat: time.Second})
	p.CloseWith(0, 4004)
	done := make(chan error, 1)
	go func() { done <- p.run.cmd.Wait() }()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		t.Fatal("the program goes on")
	}
	if exit := p.run.cmd.ProcessState.ExitCode(); exit == exitOK || !strings.Contains(p.run.errs.String(), "Discord does not accept the token") {
		t.Errorf("exit %d\n%s", exit, p.run.errs)
	}
	if n := len(p.Identifies()); n > 2 {
		t.Errorf("%d identifies", n)
	}
}

// TestDiscordCommands: register, invite and check tell what they found.
func TestDiscordCommands(t *testing.T) {
	t.Parallel()
	fake := fakediscord.New(t, fakediscord.Options{Token: discordToken})
	folder := stateFolder(t, fmt.Sprintf("discord:\n  token: ${DISCORD_TOKEN}\n  api_url: %q\n", fake.APIURL()))
	run := func(token string, args ...string) (exit int, out string) {
		path, err := exec.LookPath("reportbot")
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(path, append([]string{"discord"}, args...)...)
		cmd.Dir, cmd.Env = folder, append(os.Environ(), "DISCORD_TOKEN="+token)
		text, _ := cmd.CombinedOutput()
		return cmd.ProcessState.ExitCode(), string(text)
	}
	for _, step := range []struct {
		token string
		args  []string
		exit  int
		want  string
	}{
		{discordToken, []string{"check"}, exitNotAnswered, "FAIL commands: they are not those of this version"},
		{discordToken, []string{"register"}, exitOK, "The commands are registered."},
		{discordToken, []string{"register"}, exitOK, "The commands were there already."},
		{discordToken, []string{"check"}, exitOK, "ok   commands: registered"},
		{discordToken, []string{"invite"}, exitOK, "client_id=" + fakediscord.AppID + "&integration_type=0&scope=bot+applications.commands&permissions="},
		{"another.token", []string{"check"}, exitNotAnswered, "FAIL token: Discord does not accept the token"},
	} {
		if exit, out := run(step.token, step.args...); exit != step.exit || !strings.Contains(out, step.want) || strings.Contains(out, "another.token") {
			t.Errorf("%v: exit %d, want %d and %q\n%s", step.args, exit, step.exit, step.want, out)
		}
	}
}
