package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"reportbot/bot"
)

// quiet is a platform on which nobody writes.
type quiet struct{ reason string }

func (*quiet) Name() string { return "quiet" }

func (q *quiet) State() string { return q.reason }

func (*quiet) Run(ctx context.Context, _ bot.Intake) error { <-ctx.Done(); return ctx.Err() }

func (*quiet) Post(context.Context, bot.Post) error { return nil }

// lines is a log that can be read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// serving runs "serve" in this process with a configuration; address is where
// its monitor listens.
func serving(t *testing.T, config string, more ...bot.Adapter) (address string, stop func() (exit int)) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.yaml")
	text := fmt.Sprintf("state: %q\nhttp: {listen: \"127.0.0.1:0\"}\n%s", filepath.Join(t.TempDir(), "state"), config)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	log := &lines{}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	app := &App{In: strings.NewReader(""), Out: io.Discard, Err: log, Args: []string{"serve", "--config", file}, Adapters: more}
	go func() { ended <- app.Run(ctx) }()
	stop = sync.OnceValue(func() int { cancel(); return <-ended })
	t.Cleanup(func() { stop() })
	found := regexp.MustCompile(`"address":"([^"]+)"`)
	for deadline := time.Now().Add(time.Minute); ; pauseFor(t, 5*time.Millisecond) {
		if m := found.FindStringSubmatch(log.String()); m != nil {
			return m[1], stop
		}
		if time.Now().After(deadline) {
			t.Fatalf("the monitor does not listen:\n%s", log)
		}
	}
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func TestTheMonitorTellsHowItIs(t *testing.T) {
	address, stop := serving(t, "", &quiet{})
	if status, body := get(t, "http://"+address+"/healthz"); status != 200 || body != "ok\n" {
		t.Errorf("healthz: %d %q", status, body)
	}
	if status, body := get(t, "http://"+address+"/readyz"); status != 200 ||
		body != `{"ready":true,"outbox":{"ready":true,"depth":0,"age_seconds":0,"dead":0},"platforms":{"quiet":{"ready":true}}}`+"\n" {
		t.Errorf("readyz: %d %s", status, body)
	}
	status, body := get(t, "http://"+address+"/metrics")
	for _, want := range []string{"reportbot_outbox_depth 0", "reportbot_outbox_age_seconds 0", "reportbot_proof_failures_total 0", "reportbot_replies_sent_total 0",
		"reportbot_replies_retried_total 0", "reportbot_replies_dead_total 0", "reportbot_answer_seconds_count 0", "go_goroutines "} {
		if status != 200 || !strings.Contains(body, "\n"+want) {
			t.Errorf("metrics: %d, without %s", status, want)
		}
	}
	if exit := stop(); exit != exitOK {
		t.Errorf("exit %d", exit)
	}
}

func TestNotReadyHasAReason(t *testing.T) {
	address, _ := serving(t, "outbox: {keep_free: 1000TB}\n", &quiet{reason: "the token was revoked"})
	status, body := get(t, "http://"+address+"/readyz")
	var ready struct {
		Ready  bool
		Outbox struct {
			Ready  bool
			Reason string
		}
		Platforms map[string]struct {
			Ready  bool
			Reason string
		}
	}
	if err := json.Unmarshal([]byte(body), &ready); err != nil {
		t.Fatal(err)
	}
	if status != 503 || ready.Ready || ready.Outbox.Ready || !strings.Contains(ready.Outbox.Reason, "the outbox is full") || ready.Platforms["quiet"].Reason != "the token was revoked" {
		t.Errorf("readyz: %d %s", status, body)
	}
}

// failing is a platform that cannot go on.
type failing struct{ quiet }

func (*failing) Run(context.Context, bot.Intake) error { return fmt.Errorf("the token was revoked") }

func TestAPlatformThatCannotGoOnIsAnExitCode(t *testing.T) {
	var errs bytes.Buffer
	t.Chdir(t.TempDir())
	writeConfig(t, ".", usualConfig, "http: {listen: \"\"}\n")
	app := &App{In: strings.NewReader(""), Out: io.Discard, Err: &errs, Args: []string{"serve"}, Adapters: []bot.Adapter{&failing{}}}
	if exit := app.Run(t.Context()); exit != exitNotAnswered || !strings.HasSuffix(errs.String(), "\nreportbot: quiet: the token was revoked\n") {
		t.Errorf("exit %d, it said\n%s", exit, &errs)
	}
}

func writeConfig(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// reportbot runs the program in a folder.
func reportbot(t *testing.T, folder string, args ...string) (exit int, out string) {
	t.Helper()
	path, err := exec.LookPath("reportbot")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = folder
	text, _ := cmd.CombinedOutput()
	return cmd.ProcessState.ExitCode(), string(text)
}

// TestGivenUpRepliesArePutBackBesideTheRunningProcess: and a second process on
// the folder is refused.
func TestGivenUpRepliesArePutBackBesideTheRunningProcess(t *testing.T) {
	t.Parallel()
	platform, folder := newChatPlatform(t, 2, 0), stateFolder(t)
	platform.gone.Store(true)
	p := startProcess(t, folder, platform)
	platform.say(3)
	listed := ""
	for deadline := time.Now().Add(time.Minute); !strings.Contains(listed, "3 replies given up") && time.Now().Before(deadline); pauseFor(t, 20*time.Millisecond) {
		_, listed = reportbot(t, folder, "outbox", "list")
	}
	if got := strings.Count(listed, "the channel is gone"); got != 3 || !strings.HasPrefix(listed, "0 replies waiting, 3 replies given up.\nNumber  Given up") || !strings.Contains(listed, "event-000002") {
		t.Fatalf("listed\n%s", listed)
	}
	if exit, out := reportbot(t, folder, "serve", "--console"); exit != exitUsage || !strings.Contains(out, "the state folder is in use by another process; stop that one") {
		t.Errorf("a second process: exit %d\n%s", exit, out)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	writeConfig(t, folder, "other.yaml", fmt.Sprintf("http: {listen: %q}\n", taken.Addr()))
	if exit, out := reportbot(t, folder, "serve", "--console", "--config", "other.yaml"); exit != exitUsage || !strings.Contains(out, "the state folder is in use") {
		t.Errorf("a second process with a taken port as well: exit %d\n%s", exit, out)
	}
	platform.gone.Store(false)
	if exit, out := reportbot(t, folder, "outbox", "retry", "1"); exit != exitOK || out != "1 reply put back.\n" {
		t.Errorf("retry 1: exit %d\n%s", exit, out)
	}
	if exit, out := reportbot(t, folder, "outbox", "retry", "--all"); exit != exitOK || out != "2 replies put back.\n" {
		t.Errorf("retry --all: exit %d\n%s", exit, out)
	}
	platform.awaitAll(t)
	platform.check(t)
	if exit, took := p.end(t, syscall.SIGTERM); exit != exitOK {
		t.Errorf("exit %d after %s", exit, took)
	}
}

// TestAnUnreadableFolderIsSaid: as somebody who may not read it.
func TestAnUnreadableFolderIsSaid(t *testing.T) {
	folder := stateFolder(t)
	if exit, out := reportbot(t, folder, "outbox", "list"); exit != exitOK {
		t.Fatalf("exit %d\n%s", exit, out)
	}
	path, err := exec.LookPath("reportbot")
	if err != nil {
		t.Fatal(err)
	}
	state := filepath.Join(folder, "state")
	cmd := exec.Command(path, "serve", "--console")
	if os.Getuid() == 0 { // root may read everything: be somebody else
		cmd = exec.Command(publicCopy(t, path), "serve", "--console")
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		makePublic(t, folder)
	} else {
		if err := os.Chmod(state, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(state, 0o700) })
	}
	cmd.Dir = folder
	out, _ := cmd.CombinedOutput()
	if exit := cmd.ProcessState.ExitCode(); exit != exitUsage || !strings.Contains(string(out), "permission denied") || !strings.Contains(string(out), "the state folder") {
		t.Errorf("exit %d\n%s", exit, out)
	}
}

// publicCopy is a copy of the program that anybody may run.
func publicCopy(t *testing.T, path string) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "public")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	makePublic(t, folder)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(folder, "reportbot")
	if err := os.WriteFile(target, text, 0o755); err != nil {
		t.Fatal(err)
	}
	return target
}

func makePublic(t *testing.T, folder string) {
	t.Helper()
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(folder, "config.yaml")
	if _, err := os.Stat(config); err == nil {
		if err := os.Chmod(config, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWithoutAConfigurationATakenPortIsNoEnd: to try the bot out is enough.
func TestWithoutAConfigurationATakenPortIsNoEnd(t *testing.T) {
	taken, err := net.Listen("tcp", defaultSettings().HTTP.Listen)
	if err == nil { // else somebody else has it, which is as good
		defer taken.Close()
	}
	t.Chdir(t.TempDir())
	var out, errs bytes.Buffer
	app := &App{In: strings.NewReader("returned from France\n"), Out: &out, Err: &errs, Args: []string{"serve", "--console"}}
	if exit := app.Run(t.Context()); exit != exitOK || !strings.Contains(out.String(), "France: 302 returned") || !strings.Contains(errs.String(), "the bot runs without /healthz") {
		t.Errorf("exit %d\n%s\n%s", exit, &out, &errs)
	}
}
