package flow

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestAKeyKeepsItsOrder, while others go on, no more at a time than may be, and
// whatever panics.
func TestAKeyKeepsItsOrder(t *testing.T) {
	var log strings.Builder
	q := NewQueue(3, slog.New(slog.NewTextHandler(&log, nil)))
	var mu sync.Mutex
	did := map[string][]int{}
	var working, most atomic.Int32
	for i := range 100 {
		for k := range 10 {
			key := fmt.Sprint(k)
			q.Add(key, func() {
				most.Store(max(most.Load(), working.Add(1)))
				defer working.Add(-1)
				mu.Lock()
				did[key] = append(did[key], i)
				mu.Unlock()
				if i == 50 && k == 5 {
					panic("on purpose")
				}
			})
		}
	}
	q.Wait()
	for k, list := range did {
		if len(list) != 100 || !slices.IsSorted(list) {
			t.Errorf("key %s: %v", k, list)
		}
	}
	if most.Load() > 3 {
		t.Errorf("%d at a time", most.Load())
	}
	if !strings.Contains(log.String(), "on purpose") {
		t.Errorf("the log does not tell of the panic: %s", &log)
	}
}

func TestAPaceHoldsEachKey(t *testing.T) {
	p := NewPace(time.Hour, 2)
	for range 2 {
		if d := p.Delay("a"); d != 0 {
			t.Errorf("delay %s", d)
		}
		if err := p.Wait(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
	}
	if d := p.Delay("a"); d < 59*time.Minute {
		t.Errorf("the third waits %s", d)
	}
	if d := p.Delay("b"); d != 0 {
		t.Errorf("another key waits %s", d)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Wait(ctx, "a"); err == nil {
		t.Error("it waits beyond the end")
	}
	var b Backoff
	if b.Pause(ctx) {
		t.Error("a pause outlasts the end")
	}
}
