package bot

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot/outbox"
)

// soak is how many messages the long tests put through; a longer run is
//
//	go test -run Soak -soak 1000000 -timeout 1h -v ./bot
var soak = flag.Int("soak", 4000, "how many messages the long tests put through")

// counting is a platform that takes replies and counts them.
type counting struct {
	*platform
	n    int
	all  int
	done chan struct{}
}

func (p *counting) Post(context.Context, Post) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.n++; p.n == p.all {
		close(p.done)
	}
	return nil
}

// TestSoak puts many messages through and looks at what is left: no goroutine,
// and no more memory than the IDs that must be remembered take.
func TestSoak(t *testing.T) {
	debug.SetGCPercent(300) // as the program does, and the limit
	debug.SetMemoryLimit(256 << 20)
	runtime.GC()
	before := runtime.NumGoroutine()
	platform := &counting{newPlatform(), 0, *soak, make(chan struct{})}
	early, late := soakWith(t, platform)
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(deadline) {
			text := make([]byte, 1<<20)
			t.Fatalf("%d goroutines at the start, %d at the end\n%s", before, runtime.NumGoroutine(), text[:runtime.Stack(text, true)])
		}
	}
	t.Logf("%d messages; resident %d MiB after a tenth of them, %d MiB after all", *soak, early>>20, late>>20)
	// What each message leaves for ten minutes is its ID with the server, and
	// for two days 64 bits; the rest is room for the collector.
	if grown := late - early; *soak >= 100_000 && grown > 64<<20+400**soak { // fewer tell nothing beside the collector's room
		t.Errorf("resident memory grew by %d MiB over %d messages", grown>>20, *soak)
	}
}

// soakWith runs a bot, and returns the resident memory early on and at the end.
func soakWith(t *testing.T, platform *counting) (early, late int) {
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	config := outbox.Defaults()
	config.Folder = t.TempDir()
	box, err := outbox.Open(t.Context(), config, outbox.Env{})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	settings := Defaults()
	settings.Limits.PersonPerMinute, settings.Limits.ChannelPerMinute = 1<<30, 1<<30
	log := slog.New(slog.NewJSONHandler(io.Discard, nil))
	b, err := New(t.Context(), Options{Engine: e, Outbox: box, Settings: settings, Adapters: []Adapter{platform}, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { _ = b.Run(ctx) })
	feed(t, b, 0, *soak/10)
	early = resident(t)
	feed(t, b, *soak/10, *soak)
	<-platform.done
	late = resident(t)
	cancel()
	running.Wait()
	return early, late
}

// feed hands the messages of some numbers to a bot, 16 at a time.
func feed(t *testing.T, b *Bot, from, to int) {
	questions := []string{"returned from France", "and Germany?", "top 5 countries by returnees", "women from Denmark", "compare the UK and Germany"}
	var askers sync.WaitGroup
	for asker := range 16 {
		askers.Go(func() {
			for i := from + asker; i < to; i += 16 {
				m := message(fmt.Sprintf("soak/%d", i), fmt.Sprintf("channel %d", i%300), fmt.Sprint(i%5000), questions[i%len(questions)])
				if err := b.Handle(t.Context(), m); err != nil {
					t.Error(err)
				}
			}
		})
	}
	askers.Wait()
}

// resident is this process's resident memory in bytes, as the system counts it.
func resident(t *testing.T) int {
	t.Helper()
	runtime.GC()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil { // no such file on other systems: the heap stands for it
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapInuse)
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}
