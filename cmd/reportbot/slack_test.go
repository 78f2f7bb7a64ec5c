package main

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/slack/fakeslack"
)

const (
	botToken, appToken = "xoxb-fake-1", "xapp-fake-1"
	signingSecret      = "8f742231b10e8888abcd99yyyzzz85a5"
)

// slackFolder is a folder with a configuration for a fake Slack, which logs all.
func slackFolder(t *testing.T, fake *fakeslack.Slack, more ...string) string {
	t.Helper()
	folder := stateFolder(t, fmt.Sprintf("slack:\n  bot_token: ${BOT_TOKEN}\n  app_token: ${APP_TOKEN}\n  api_url: %q\n", fake.APIURL()), strings.Join(more, ""))
	path := filepath.Join(folder, "config.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(text, []byte("level: error"), []byte("level: debug"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// slackProcess is the program with a fake Slack.
type slackProcess struct {
	*fakeslack.Slack
	folder string
	listen string // empty: Socket Mode
	logs   []*bytes.Buffer
	run    *process
}

// onBothTransports runs a test over Socket Mode and over HTTP, with the program
// in a process of its own, and looks for secrets in all that it logs.
func onBothTransports(t *testing.T, test func(t *testing.T, p *slackProcess)) {
	t.Parallel()
	for name, overHTTP := range map[string]bool{"Socket": false, "HTTP": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &slackProcess{Slack: fakeslack.New(t, fakeslack.Options{BotToken: botToken, AppToken: appToken, SigningSecret: signingSecret})}
			if overHTTP {
				p.listen = freeAddress(t)
				at := "http://" + p.listen + "/slack"
				p.SetURLs(at+"/events", at+"/commands", at+"/interactions", at+"/options")
				p.folder = slackFolder(t, p.Slack, fmt.Sprintf("  signing_secret: ${SIGNING_SECRET}\n  listen: %q\n", p.listen))
			} else {
				p.folder = slackFolder(t, p.Slack)
			}
			p.start(t)
			test(t, p)
			p.run.end(t, syscall.SIGTERM)
			for _, log := range p.logs {
				for _, secret := range []string{botToken, appToken, signingSecret, "returned from"} {
					if strings.Contains(log.String(), secret) {
						t.Errorf("the log tells %q", secret)
					}
				}
			}
		})
	}
}

// freeAddress is an address that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start runs the program until it takes messages in.
func (p *slackProcess) start(t *testing.T) {
	t.Helper()
	path, err := exec.LookPath("reportbot")
	if err != nil {
		t.Fatal(err)
	}
	p.run = &process{exec.Command(path, "serve", "--config", filepath.Join(p.folder, "config.yaml")), &bytes.Buffer{}}
	p.run.cmd.Dir, p.run.cmd.Stderr = p.folder, p.run.errs
	p.run.cmd.Env = append(os.Environ(), "BOT_TOKEN="+botToken, "APP_TOKEN="+appToken, "SIGNING_SECRET="+signingSecret)
	if err := p.run.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	run := p.run
	t.Cleanup(func() { _ = run.cmd.Process.Kill(); _ = run.cmd.Wait() })
	p.logs = append(p.logs, run.errs)
	if p.listen == "" {
		p.AwaitConnections(t, 2)
		return
	}
	for range 1000 {
		if answer, err := http.Get("http://" + p.listen + "/slack/events"); err == nil {
			answer.Body.Close()
			return
		}
		pauseFor(t, 10*time.Millisecond)
	}
	t.Fatalf("nobody listens at %s", p.listen)
}

// taken says whether Slack has its answer to all events that it told of.
func (p *slackProcess) taken(events int) func(*fakeslack.State) bool {
	return func(s *fakeslack.State) bool {
		answered := len(s.Acks())
		for _, d := range s.Deliveries() {
			if d.Status == 200 {
				answered++
			}
		}
		return len(s.Events()) == events && answered >= events
	}
}

// TestKilledBetweenAcknowledgingAndPosting: Slack does not send the mention
// again, and its reply comes after the restart, once; also where Slack does, under
// the same event and under others.
func TestKilledBetweenAcknowledgingAndPosting(t *testing.T) {
	onBothTransports(t, func(t *testing.T, p *slackProcess) {
		p.LimitAll(time.Now().Add(3 * time.Second)) // it cannot be posted yet
		ts := p.Mention("U1", "C1", "returned from France")
		p.Await(t, p.taken(2)) // the mention, and the message that it is
		p.run.end(t, syscall.SIGKILL)
		p.start(t)
		for _, event := range p.Events() {
			for _, same := range []bool{true, false, true} {
				p.Redeliver(event, same)
			}
		}
		reply := p.AwaitPosts(t, "C1", 1)[0]
		if reply.Thread != ts || !strings.Contains(reply.Text, "France: 302 returned") {
			t.Errorf("in thread %q: %s", reply.Thread, reply.Text)
		}
		p.MentionIn("U1", "C1", ts, "and Germany?") // what the conversation was about outlived the kill
		posts := p.AwaitPosts(t, "C1", 2)
		if len(posts) != 2 || !strings.Contains(posts[1].Text, "Germany: ~300 returned") {
			t.Errorf("%d posts, the last %q", len(posts), posts[len(posts)-1].Text)
		}
	})
}

// limited is how long Slack takes nothing.
var limited = flag.Duration("limited", 30*time.Second, "how long Slack answers each call with 429")

// TestSlackTakesNothingForAWhile: all is delivered after it, once and in order.
func TestSlackTakesNothingForAWhile(t *testing.T) {
	onBothTransports(t, func(t *testing.T, p *slackProcess) {
		const channels = 5
		said := 0
		say := func(country string) {
			for c := range channels {
				p.Mention("U1", fmt.Sprint("C", c), "returned from "+country)
				said += 2
			}
			p.Await(t, p.taken(said)) // Slack promises no order of what comes at the same time
		}
		p.LimitAll(time.Now().Add(*limited))
		countries := []string{"France", "Germany", "Belgium"}
		for _, country := range countries {
			say(country)
		}
		for c := range channels {
			posts := p.AwaitPosts(t, fmt.Sprint("C", c), len(countries))
			for i, country := range countries {
				if !strings.Contains(posts[i].Text, country+": ") {
					t.Errorf("channel %d, post %d: %s", c, i, posts[i].Text)
				}
			}
		}
	})
}

// TestAThousandMentionsInAMinute over 50 channels, of which Slack takes one
// post a second each: all are answered, each once.
func TestAThousandMentionsInAMinute(t *testing.T) {
	onBothTransports(t, func(t *testing.T, p *slackProcess) {
		const channels, each = 50, 20
		p.PacePosts(3)
		asked := map[string]map[string]bool{}
		began := time.Now()
		for n := range each {
			for c := range channels {
				channel := fmt.Sprint("C", c)
				if n == 0 {
					asked[channel] = map[string]bool{}
				}
				asked[channel][p.Mention("U1", channel, "returned from "+[]string{"France", "Germany"}[n%2])] = true
			}
		}
		for channel, threads := range asked {
			posts := p.AwaitPosts(t, channel, each)
			if len(posts) != each {
				t.Errorf("%d posts in %s", len(posts), channel)
			}
			for _, post := range posts {
				if !threads[post.Thread] {
					t.Errorf("in %s there is a second reply, or one to nothing, in thread %s", channel, post.Thread)
				}
				delete(threads, post.Thread)
			}
		}
		refused := 0
		for _, call := range p.Calls("chat.postMessage") {
			if call.Answer != "ok" {
				refused++
			}
		}
		t.Logf("%d mentions answered in %s; Slack refused %d posts", channels*each, time.Since(began).Round(time.Second), refused)
	})
}

// TestWhatSlackDidNotSend gets the right status, and nothing else happens.
func TestWhatSlackDidNotSend(t *testing.T) {
	t.Parallel()
	p := &slackProcess{Slack: fakeslack.New(t, fakeslack.Options{BotToken: botToken, AppToken: appToken, SigningSecret: signingSecret}), listen: freeAddress(t)}
	p.folder = slackFolder(t, p.Slack, fmt.Sprintf("  signing_secret: ${SIGNING_SECRET}\n  listen: %q\n", p.listen))
	p.start(t)
	event := `{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"app_mention","user":"U1","text":"<@U0FAKEBOT> returned from France","ts":"1.2","channel":"C1"}}`
	const jsonType = "application/json"
	for name, tt := range map[string]struct {
		path, contentType, body, sent string // sent: in place of the body that was signed
		age                           time.Duration
		secret                        string
		want                          int
	}{
		"BadSignature": {"events", jsonType, event, "", 0, "another secret", 401},
		"OldTimestamp": {"events", jsonType, event, "", 6 * time.Minute, signingSecret, 401},
		"FarTimestamp": {"events", jsonType, event, "", -6 * time.Minute, signingSecret, 401},
		"BodyChanged":  {"events", jsonType, event, strings.Replace(event, "France", "Kosovo", 1), 0, signingSecret, 401},
		"HugeBody":     {"events", jsonType, strings.Repeat("x", 2<<20), "", 0, signingSecret, 413},
		"ContentType":  {"events", "text/plain", event, "", 0, signingSecret, 415},
		"NoJSON":       {"events", jsonType, event[:80], "", 0, signingSecret, 400},
		"UnknownEvent": {"events", jsonType, strings.Replace(event, "app_mention", "moon_landing", 1), "", 0, signingSecret, 200},
		"UnknownType":  {"events", jsonType, `{"type":"something_new"}`, "", 0, signingSecret, 200},
		"NoCommand":    {"commands", "application/x-www-form-urlencoded", "a=b", "", 0, signingSecret, 400},
		"NoPayload":    {"interactions", "application/x-www-form-urlencoded", "payload=%7B", "", 0, signingSecret, 400},
		"OtherPayload": {"options", "application/x-www-form-urlencoded", "payload=" + url.QueryEscape(`{"type":"something_new","user":{"id":"U1"}}`), "", 0, signingSecret, 200},
	} {
		t.Run(name, func(t *testing.T) {
			stamp := fmt.Sprint(time.Now().Add(-tt.age).Unix())
			mac := hmac.New(sha256.New, []byte(tt.secret))
			fmt.Fprintf(mac, "v0:%s:%s", stamp, tt.body)
			r, err := http.NewRequest(http.MethodPost, "http://"+p.listen+"/slack/"+tt.path, strings.NewReader(cmp.Or(tt.sent, tt.body)))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", tt.contentType)
			r.Header.Set("X-Slack-Request-Timestamp", stamp)
			r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != tt.want {
				t.Errorf("status %d, want %d", answer.StatusCode, tt.want)
			}
		})
	}
	p.SetURLs("http://"+p.listen+"/slack/events", "", "", "")
	p.Mention("U1", "C1", "women from Kosovo")
	if posts := p.AwaitPosts(t, "C1", 1); len(posts) != 1 || !strings.Contains(posts[0].Text, "Kosovo: 44 women") {
		t.Errorf("posts %+v", posts)
	}
	if p.run.end(t, syscall.SIGTERM); strings.Contains(p.run.errs.String(), signingSecret) {
		t.Error("the log tells the secret")
	}
}

// TestSlackCheck tells what is right, and what is not in words that help.
func TestSlackCheck(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("reportbot")
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := exec.Command(program, "slack", "manifest").Output()
	if err != nil {
		t.Fatal(err)
	}
	settings := func(take ...string) *fakeslack.Slack {
		text := string(manifest)
		for i := 0; i < len(take); i += 2 {
			text = strings.Replace(text, take[i], take[i+1], 1)
		}
		return fakeslack.New(t, fakeslack.Options{BotToken: botToken, AppToken: "xapp-1-" + fakeslack.AppID + "-1", ConfigToken: "xoxe.xoxp-1", Manifest: []byte(text)})
	}
	check := func(fake *fakeslack.Slack, env ...string) (exit int, out string) {
		cmd := exec.Command(program, "slack", "check")
		cmd.Dir, cmd.Env = slackFolder(t, fake), append(append(os.Environ(), "BOT_TOKEN="+botToken, "APP_TOKEN=xapp-1-"+fakeslack.AppID+"-1"), env...)
		text, _ := cmd.CombinedOutput()
		return cmd.ProcessState.ExitCode(), string(text)
	}
	fake := settings()
	for name, tt := range map[string]struct {
		fake *fakeslack.Slack
		env  []string
		exit int
		want []string
	}{
		"Tokens":      {fake, nil, exitOK, []string{"ok   bot_token: good", "ok   scopes: all 11", "ok   app_token: good", "?    event subscriptions"}},
		"Settings":    {fake, []string{"SLACK_CONFIG_TOKEN=xoxe.xoxp-1"}, exitOK, []string{"ok   the app's settings: all that the bot needs"}},
		"OtherToken":  {fake, []string{"BOT_TOKEN=xoxb-other"}, exitNotAnswered, []string{"FAIL bot_token: Slack does not accept the token (invalid_auth)"}},
		"ConfigToken": {fake, []string{"SLACK_CONFIG_TOKEN=xoxe.xoxp-2"}, exitNotAnswered, []string{"FAIL the app's settings (SLACK_CONFIG_TOKEN, app A0FAKE): Slack does not accept the token"}},
		"Exchanged":   {fake, []string{"BOT_TOKEN=xapp-elsewhere", "APP_TOKEN=xoxb-elsewhere"}, exitUsage, []string{"bot_token: does not begin with xoxb-", "app_token: does not begin with xapp-"}},
		"Missing": {settings("message.im", "message.mpim", "/report", "/other", `"callback_id": "ask"`, `"callback_id": "x"`, `"home_tab_enabled": true`, `"home_tab_enabled": false`,
			`"is_enabled": true`, `"is_enabled": false`, `"socket_mode_enabled": true`, `"socket_mode_enabled": false`, `"agent_view"`, `"unknown"`),
			[]string{"SLACK_CONFIG_TOKEN=xoxe.xoxp-1"}, exitNotAnswered, []string{
				"FAIL event message.im: the app is not told of it", "FAIL command /report", "FAIL shortcut", "FAIL tabs", "FAIL buttons and windows", "FAIL Socket Mode: turn it on", "FAIL agent view: the app's is off and slack.agent_view is true"}},
	} {
		t.Run(name, func(t *testing.T) {
			exit, out := check(tt.fake, tt.env...)
			for _, want := range tt.want {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not in\n%s", want, out)
				}
			}
			if exit != tt.exit || strings.Contains(out, "elsewhere") || strings.Contains(out, "xoxe") {
				t.Errorf("exit %d\n%s", exit, out)
			}
		})
	}
}
