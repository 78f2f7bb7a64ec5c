package main

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/outbox/clustertest"
)

// The size of the tests that end the process; a longer run is
//
//	go test -run Killed -kills 200 -messages 20000 ./cmd/reportbot
var (
	kills    = flag.Int("kills", 8, "how often the process is ended while messages go through")
	messages = flag.Int("messages", 1500, "how many messages go through meanwhile")
	outage   = flag.Duration("outage", 2*time.Second, "how long the outbox's servers are away")
)

// process is a bot in a process of its own, on a state folder.
type process struct {
	cmd  *exec.Cmd
	errs *bytes.Buffer
}

func startProcess(t *testing.T, folder string, platform *chatPlatform, env ...string) *process {
	t.Helper()
	path, err := exec.LookPath("reportbot-with-platform")
	if err != nil {
		t.Fatal(err)
	}
	p := &process{exec.Command(path, "serve", "--config", filepath.Join(folder, "config.yaml")), &bytes.Buffer{}}
	p.cmd.Dir, p.cmd.Stderr = folder, p.errs
	p.cmd.Env = append(append(os.Environ(), "PLATFORM="+platform.URL), env...)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	return p
}

// end sends a signal and waits for the end.
func (p *process) end(t *testing.T, signal syscall.Signal) (exit int, took time.Duration) {
	t.Helper()
	began := time.Now()
	if err := p.cmd.Process.Signal(signal); err != nil {
		t.Fatalf("%v; it said\n%s", err, p.errs)
	}
	_ = p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode(), time.Since(began)
}

// stateFolder is a folder with a configuration for a process.
func stateFolder(t *testing.T, more ...string) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "bot") // its path is short enough for a socket in it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	config := "http: {listen: \"\"}\nlog: {level: error}\nlimits: {person_per_minute: 1000000, channel_per_minute: 1000000}\n" + strings.Join(more, "")
	if err := os.WriteFile(filepath.Join(folder, "config.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// TestKilledAtAnyMoment: a message that was acknowledged gets one reply, in the
// order of its channel, however often the process is killed meanwhile, with
// events that come again and a platform that asks to wait now and then.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	platform, folder := newChatPlatform(t, 20, 50), stateFolder(t)
	caught := 0 // kills while messages were going through
	for range *kills {
		platform.say(*messages / *kills)
		p := startProcess(t, folder, platform)
		platform.awaitSome(t, rand.N(*messages / *kills))
		pauseFor(t, rand.N(5*time.Millisecond))
		p.end(t, syscall.SIGKILL)
		if platform.waiting() > 0 {
			caught++
		}
	}
	platform.say(1)
	p := startProcess(t, folder, platform)
	platform.awaitAll(t)
	if exit, _ := p.end(t, syscall.SIGTERM); exit != exitOK {
		t.Errorf("exit %d after SIGTERM; it said\n%s", exit, p.errs)
	}
	platform.check(t)
	t.Logf("%d kills, %d of them with messages half-way through", *kills, caught)
	if caught == 0 {
		t.Error("no kill met a message on its way: nothing was proved")
	}
}

// TestToldToStopAtAnyMoment: the same with SIGTERM, after which the process
// ends by itself, with exit code 0 and within the stated time.
func TestToldToStopAtAnyMoment(t *testing.T) {
	t.Parallel()
	platform, folder := newChatPlatform(t, 20, 50), stateFolder(t)
	var longest time.Duration
	for range *kills {
		platform.say(*messages / *kills)
		p := startProcess(t, folder, platform)
		platform.awaitSome(t, 1+rand.N(*messages / *kills))
		exit, took := p.end(t, syscall.SIGTERM)
		if exit != exitOK || took > 10*time.Second {
			t.Errorf("exit %d after %s; it said\n%s", exit, took, p.errs)
		}
		longest = max(longest, took)
	}
	startProcess(t, folder, platform)
	platform.awaitAll(t)
	platform.check(t)
	t.Logf("%d stops, the longest took %s", *kills, longest)
}

// TestTheServersOfTheOutboxGoAway: meanwhile nothing is acknowledged; when they
// are back, all is answered, once and in order.
func TestTheServersOfTheOutboxGoAway(t *testing.T) {
	t.Parallel()
	servers := clustertest.Start(t)
	platform := newChatPlatform(t, 10, 0)
	folder := stateFolder(t, "outbox: {replicas: 3, first_wait: 100ms, url: \""+servers.URLs()+"\"}\n")
	p := startProcess(t, folder, platform)
	platform.say(*messages)
	platform.awaitSome(t, *messages/3)
	for i := range 3 {
		servers.Stop(t, i)
	}
	before := platform.acknowledged()
	pauseFor(t, *outage)
	if after := platform.acknowledged(); after > before+10 { // one a channel may have been stored already
		t.Errorf("%d messages were acknowledged while nothing could be stored", after-before)
	}
	for i := range 3 {
		servers.Restart(t, i)
	}
	platform.awaitAll(t)
	platform.check(t)
	if exit, took := p.end(t, syscall.SIGTERM); exit != exitOK {
		t.Errorf("exit %d after %s", exit, took)
	}
	log := p.errs.String()
	// A message waits for the servers as long as a platform's patience may last.
	if !strings.Contains(log, "the connection to the outbox's server was lost") || *outage > 20*time.Second && !strings.Contains(log, "a message was not taken in") {
		t.Errorf("the log does not tell of the outage:\n%.2000s", log)
	}
}

// pauseFor lets the process work for a while: when it is ended is chance, which
// is what is tested.
func pauseFor(t *testing.T, d time.Duration) {
	t.Helper()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-t.Context().Done():
	}
}
