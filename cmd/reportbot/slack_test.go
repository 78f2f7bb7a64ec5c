package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/slack/fakeslack"
)

const botToken, appToken = "xoxb-fake-1", "xapp-fake-1"

// slackFolder is a folder with a configuration for a fake Slack.
func slackFolder(t *testing.T, fake *fakeslack.Slack) string {
	t.Helper()
	return stateFolder(t, fmt.Sprintf("slack:\n  bot_token: ${BOT_TOKEN}\n  app_token: ${APP_TOKEN}\n  api_url: %q\n", fake.APIURL()))
}

// startSlack runs the program on its configuration.
func startSlack(t *testing.T, folder string) *process {
	t.Helper()
	path, err := exec.LookPath("reportbot")
	if err != nil {
		t.Fatal(err)
	}
	p := &process{exec.Command(path, "serve", "--config", filepath.Join(folder, "config.yaml")), &bytes.Buffer{}}
	p.cmd.Dir, p.cmd.Stderr = folder, p.errs
	p.cmd.Env = append(os.Environ(), "BOT_TOKEN="+botToken, "APP_TOKEN="+appToken)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	return p
}

// TestKilledBetweenAcknowledgingAndPosting: Slack does not send the mention
// again, and its reply comes after the restart, once.
func TestKilledBetweenAcknowledgingAndPosting(t *testing.T) {
	t.Parallel()
	fake := fakeslack.New(t, fakeslack.Options{BotToken: botToken, AppToken: appToken})
	folder := slackFolder(t, fake)
	p := startSlack(t, folder)
	fake.AwaitConnections(t, 2)
	fake.LimitAll(time.Now().Add(3 * time.Second)) // it cannot be posted yet
	ts := fake.Mention("U1", "C1", "returned from France")
	fake.Await(t, func(s *fakeslack.State) bool { return len(s.Acks()) >= len(s.Events()) && len(s.Events()) == 2 }) // the mention, and the message that it is
	p.end(t, syscall.SIGKILL)
	startSlack(t, folder)
	reply := fake.AwaitPosts(t, "C1", 1)[0]
	if reply.Thread != ts || !strings.Contains(reply.Text, "France: 302 returned") {
		t.Errorf("reply %+v", reply)
	}
	fake.AwaitConnections(t, 2)
	fake.MentionIn("U1", "C1", ts, "and Germany?") // what the conversation was about outlived the kill
	posts := fake.AwaitPosts(t, "C1", 2)
	if len(posts) != 2 || !strings.Contains(posts[1].Text, "Germany: ~300 returned") {
		t.Errorf("%d posts, the last %q", len(posts), posts[len(posts)-1].Text)
	}
}

// TestSlackCheck tells what is right, and what is not in words that help.
func TestSlackCheck(t *testing.T) {
	t.Parallel()
	fake := fakeslack.New(t, fakeslack.Options{BotToken: botToken, AppToken: appToken})
	folder := slackFolder(t, fake)
	check := func(bot, app string) (exit int, out string) {
		path, err := exec.LookPath("reportbot")
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(path, "slack", "check")
		cmd.Dir, cmd.Env = folder, append(os.Environ(), "BOT_TOKEN="+bot, "APP_TOKEN="+app)
		text, _ := cmd.CombinedOutput()
		return cmd.ProcessState.ExitCode(), string(text)
	}
	if exit, out := check(botToken, appToken); exit != exitOK || strings.Contains(out, "FAIL") || strings.Count(out, "ok  ") != 3 {
		t.Errorf("exit %d\n%s", exit, out)
	}
	if exit, out := check("xoxb-other", appToken); exit != exitNotAnswered || !strings.Contains(out, "FAIL bot_token: Slack does not accept the token (invalid_auth)") {
		t.Errorf("exit %d\n%s", exit, out)
	}
	if exit, out := check("xapp-exchanged", "xoxb-exchanged"); exit != exitUsage || strings.Count(out, "does not begin with") != 2 || strings.Contains(out, "exchanged") {
		t.Errorf("exit %d\n%s", exit, out)
	}
}
