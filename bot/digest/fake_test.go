package digest

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"reportbot/bot/outbox"
)

// shelf is a bucket in memory.
type shelf struct {
	mu       sync.Mutex
	revision uint64
	values   map[string]kept
	follow   []func([]byte, uint64)
	fail     error
	deleted  int
}

type kept struct {
	value    []byte
	revision uint64
}

func newShelf() *shelf { return &shelf{values: map[string]kept{}} }

func (b *shelf) Get(_ context.Context, key string) ([]byte, uint64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	k := b.values[key]
	return k.value, k.revision, b.fail
}

func (b *shelf) Set(_ context.Context, key string, value []byte, revision uint64) (uint64, error) {
	b.mu.Lock()
	if b.fail != nil {
		b.mu.Unlock()
		return 0, b.fail
	}
	if b.values[key].revision != revision {
		b.mu.Unlock()
		return 0, outbox.ErrChanged
	}
	b.revision++
	next := b.revision
	b.values[key] = kept{value, next}
	follow := b.follow
	b.mu.Unlock()
	for _, f := range follow {
		f(value, next)
	}
	return next, nil
}

func (b *shelf) Delete(_ context.Context, key string, revision uint64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.values[key].revision != revision {
		return outbox.ErrChanged
	}
	delete(b.values, key)
	b.deleted++
	return nil
}

func (b *shelf) Follow(_ context.Context, f func([]byte, uint64)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range b.values {
		f(k.value, k.revision)
	}
	b.follow = append(b.follow, f)
	return nil
}

// office is a scheduler with what it stands on, and a clock that is set by hand.
type office struct {
	*Scheduler
	shelf *shelf
	clock time.Time
	posts []post
	// sent are the IDs that the outbox has: what it has it does not take again.
	sent map[string]bool
	fail error
}

// post is a digest that was posted.
type post struct {
	key  string
	day  Day
	at   time.Time
	late time.Duration
}

func newOffice(t testing.TB, b *shelf, at string) *office {
	t.Helper()
	store, err := NewStore(context.Background(), b, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	o := &office{shelf: b, clock: instant(t, at), sent: map[string]bool{}}
	o.Scheduler = &Scheduler{Store: store, Grace: 3 * time.Hour, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return o.clock }, PerSecond: func(string) float64 { return 1e9 }}
	o.Scheduler.Post = func(_ context.Context, sub *Subscription, slot Slot) error {
		if o.fail != nil {
			return o.fail
		}
		if id := sub.SlotID(slot.Day); !o.sent[id] {
			o.sent[id] = true
			o.posts = append(o.posts, post{sub.Key(), slot.Day, o.clock, o.clock.Sub(slot.At)})
		}
		return nil
	}
	return o
}

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04Z", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// subscribe sets a digest up as one would write it.
func (o *office) subscribe(t testing.TB, channel, text string) {
	t.Helper()
	order, err := ParseOrder(text)
	if err != nil {
		t.Fatal(err)
	}
	err = o.Store.Edit(context.Background(), "fake", channel, order.About, func(s *Subscription) error {
		s.Schedule, s.Since, s.Removed = order.Schedule, o.clock, time.Time{}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// runTo lets time pass, a tick every few minutes.
func (o *office) runTo(t testing.TB, until string, tick time.Duration) {
	t.Helper()
	for end := instant(t, until); !o.clock.After(end); o.clock = o.clock.Add(tick) {
		o.Tick(t.Context())
	}
}
