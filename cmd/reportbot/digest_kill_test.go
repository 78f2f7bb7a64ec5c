package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/outbox/clustertest"
)

// digestChannels is how many channels get a digest at the same time.
const digestChannels = 20

// digestHouse is channels that get a digest at nine, and the processes that post
// it, at a time of day that the test chooses.
type digestHouse struct {
	t        *testing.T
	platform *chatPlatform
	folders  []string // one a replica

	mu      sync.Mutex
	running []*process
	kill    func(taken bool) // called when a digest arrives; nil: nothing
	phases  map[string]int   // what the kills met
}

func newDigestHouse(t *testing.T, replicas int, more string) *digestHouse {
	t.Helper()
	h := &digestHouse{t: t, platform: newChatPlatform(t, digestChannels, 30), phases: map[string]int{}}
	h.platform.arrives = func(taken bool) {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.kill != nil {
			h.kill(taken)
		}
	}
	var fixed []string
	for i := range digestChannels {
		fixed = append(fixed, fmt.Sprintf("%q", fmt.Sprintf("remote channel-%d daily 09:00 UTC", i)))
	}
	for range replicas {
		h.folders = append(h.folders, stateFolder(t, "digests: {fixed: [", strings.Join(fixed, ", "), "]}\n", more))
	}
	return h
}

// firstDay is the day before the first on which a digest comes.
func firstDay() time.Time { return time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) }

// setUp has the digests of the configuration taken in.
func (h *digestHouse) setUp() {
	h.t.Helper()
	h.start(firstDay().Add(10 * time.Hour))
	ctx, cancel := context.WithTimeout(h.t.Context(), 3*time.Minute)
	defer cancel()
	for strings.Count(h.program("digest", "list"), "remote ") < digestChannels {
		if ctx.Err() != nil {
			h.t.Fatal("the digests of the configuration are not listed")
		}
		pauseFor(h.t, 50*time.Millisecond)
	}
	h.stop(syscall.SIGTERM)
}

// program runs a command of the program beside the first replica.
func (h *digestHouse) program(args ...string) string {
	h.t.Helper()
	path, err := exec.LookPath("reportbot")
	if err != nil {
		h.t.Fatal(err)
	}
	command := exec.Command(path, append(args, "--config", filepath.Join(h.folders[0], "config.yaml"))...)
	command.Dir = h.folders[0]
	out, _ := command.Output() // what it prints tells
	return string(out)
}

// start starts the replicas at a time.
func (h *digestHouse) start(at time.Time) {
	h.t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.running = nil
	for _, folder := range h.folders {
		h.running = append(h.running, startProcess(h.t, folder, h.platform, "CLOCK="+at.Format(time.RFC3339Nano)))
	}
}

// stop ends those of the replicas that still run.
func (h *digestHouse) stop(signal syscall.Signal) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.running {
		if p.cmd.Process.Signal(signal) == nil {
			_ = p.cmd.Wait()
		}
	}
}

// killOne kills a replica, without a word; the lock is held.
func (h *digestHouse) killOne(i int, phase string) {
	_ = h.running[i].cmd.Process.Kill()
	h.phases[phase]++
}

// posts are how many digests of a day each channel has.
func (h *digestHouse) posts(day time.Time) []int {
	h.platform.mu.Lock()
	defer h.platform.mu.Unlock()
	out := make([]int, digestChannels)
	for i := range out {
		out[i] = h.platform.replies[fmt.Sprintf("digest/remote/channel-%d//%s", i, day.Format(time.DateOnly))]
	}
	return out
}

// await waits until each channel has the digest of a day, or has it noted as
// skipped.
func (h *digestHouse) await(day time.Time, skipped func(channel int) bool) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 3*time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		missing := 0
		for i, n := range h.posts(day) {
			if n == 0 && !skipped(i) {
				missing++
			}
		}
		if missing == 0 {
			return
		}
		pauseFor(h.t, 20*time.Millisecond)
	}
	h.t.Logf("%s\n%s", h.program("digest", "list"), h.program("outbox", "list"))
	h.stop(syscall.SIGKILL)
	for _, p := range h.running {
		h.t.Logf("%s", p.errs)
	}
	h.t.Fatalf("three minutes have passed; on %s the channels have %v digests", day.Format(time.DateOnly), h.posts(day))
}

// skippedOn says whether the ledger has a channel's digest of a day as skipped.
func (h *digestHouse) skippedOn(day time.Time) func(channel int) bool {
	return func(channel int) bool {
		return strings.Contains(h.program("digest", "history", "remote", fmt.Sprint("channel-", channel)), day.Format("Monday, 2 January 2006")+": skipped")
	}
}

// lead is how long the replicas have to start before nine.
const lead = 1500 * time.Millisecond

// round is a day on which replicas are killed around nine, and started again at
// once or later.
func (h *digestHouse) round(day time.Time) {
	h.t.Helper()
	nine, began := day.Add(9*time.Hour), time.Now()
	switch rand.N(4) {
	case 0:
		h.killAtArrival(nine, false, "before sending")
	case 1:
		h.killAtArrival(nine, true, "between sending and recording")
	default:
		h.killAtAnyMoment(nine)
	}
	h.stop(syscall.SIGKILL)
	none := func(int) bool { return false }
	switch later := rand.N(10); {
	case later < 5:
		h.start(nine.Add(time.Since(began) - lead))
		h.await(day, none)
	case later < 9:
		h.start(nine.Add(time.Hour))
		h.await(day, none)
	default: // beyond the grace time: what was not posted is skipped
		h.phases["and too late"]++
		h.start(nine.Add(4 * time.Hour))
		h.await(day, h.skippedOn(day))
	}
	h.stop(syscall.SIGTERM)
	for i, n := range h.posts(day) {
		if n > 1 {
			h.t.Errorf("%s: channel %d has %d digests", day.Format(time.DateOnly), i, n)
		}
	}
}

// killAtArrival kills a replica when one of the digests arrives, before or after
// the platform has taken it.
func (h *digestHouse) killAtArrival(nine time.Time, after bool, phase string) {
	h.t.Helper()
	killed := make(chan struct{})
	left := 1 + rand.N(digestChannels)
	h.mu.Lock()
	h.kill = func(taken bool) {
		if taken != after {
			return
		}
		if left--; left == 0 {
			h.killOne(rand.N(len(h.running)), phase)
			close(killed)
		}
	}
	h.mu.Unlock()
	h.start(nine.Add(-lead))
	select {
	case <-killed:
	case <-time.After(3 * time.Minute):
		h.t.Fatalf("three minutes have passed, and %d digests more should have arrived", left)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.kill = nil
}

// killAtAnyMoment kills some replicas, or all, about when the digests are due.
func (h *digestHouse) killAtAnyMoment(nine time.Time) {
	h.t.Helper()
	h.start(nine.Add(-lead))
	pauseFor(h.t, lead+rand.N(120*time.Millisecond)-20*time.Millisecond)
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range h.running {
		if i == 0 || rand.N(2) == 0 {
			h.killOne(i, "at any moment")
		}
	}
}

// TestKilledAroundTheSlot: each channel has one digest a day, or has it noted as
// skipped, whenever the process is killed.
func TestKilledAroundTheSlot(t *testing.T) {
	t.Parallel()
	h := newDigestHouse(t, 1, "")
	h.setUp()
	for i := range max(1, *kills/4) {
		h.round(firstDay().AddDate(0, 0, 1+i))
	}
	t.Logf("kills: %v", h.phases)
}

// TestReplicasAreKilledAroundTheSlot: the same with three of them.
func TestReplicasAreKilledAroundTheSlot(t *testing.T) {
	t.Parallel()
	servers := clustertest.Start(t)
	h := newDigestHouse(t, 3, "outbox: {replicas: 3, first_wait: 100ms, url: \""+servers.URLs()+"\"}\n")
	h.setUp()
	for i := range max(1, *kills/4) {
		h.round(firstDay().AddDate(0, 0, 1+i))
	}
	t.Logf("kills: %v", h.phases)
}
