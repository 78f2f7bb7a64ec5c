package outbox

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"reportbot/bot/outbox/clustertest"
)

// onBoth runs a test with a server of the outbox's own, and with a cluster of
// three servers on which everything is stored three times.
func onBoth(t *testing.T, test func(t *testing.T, config Config)) {
	t.Run("Embedded", func(t *testing.T) {
		t.Parallel()
		test(t, testConfig(t))
	})
	t.Run("Cluster", func(t *testing.T) {
		t.Parallel()
		config := testConfig(t)
		config.URL, config.Replicas = clustertest.Start(t).URLs(), 3
		test(t, config)
	})
}

// testConfig is a configuration with short waits.
func testConfig(t *testing.T) Config {
	t.Helper()
	config := Defaults()
	config.Folder = t.TempDir()
	config.FirstWait, config.LongestWait = 10*time.Millisecond, 50*time.Millisecond
	config.Tries = 3
	config.Grace = time.Second
	return config
}

// open opens an outbox for a test.
func open(t *testing.T, config Config) *Outbox {
	t.Helper()
	box, err := Open(t.Context(), config, Env{Log: testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(box.Close)
	return box
}

func testLog(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// put stores an entry with a body.
func put(t *testing.T, box *Outbox, id, lane, body string) bool {
	t.Helper()
	fresh, err := box.Put(t.Context(), Entry{ID: id, Lane: lane, Body: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

// delivering runs Deliver until the test or the returned function ends it.
func delivering(t *testing.T, box *Outbox, send Send) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var run sync.WaitGroup
	run.Go(func() { box.Deliver(ctx, send) })
	stop = sync.OnceFunc(func() { cancel(); run.Wait() })
	t.Cleanup(stop)
	return stop
}

// receiver is a platform in this process: it notes what it is given.
type receiver struct {
	mu      sync.Mutex
	got     []Delivery
	changed chan struct{}
}

func newReceiver() *receiver { return &receiver{changed: make(chan struct{})} }

func (r *receiver) take(_ context.Context, d Delivery) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.got = append(r.got, d)
	close(r.changed)
	r.changed = make(chan struct{})
	return nil
}

// await returns what was received once there are n.
func (r *receiver) await(t *testing.T, n int) []Delivery {
	t.Helper()
	limit := time.After(time.Minute)
	for {
		r.mu.Lock()
		got, changed := r.got, r.changed
		r.mu.Unlock()
		if len(got) >= n {
			return got
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("%d of %d entries came in a minute", len(got), n)
		}
	}
}
