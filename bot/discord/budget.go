package discord

import (
	"context"
	"fmt"
	"sync"
	"time"

	"reportbot/bot/flow"
)

// identifyEvery is the time between two identifies of one key
// (docs.discord.com/developers/events/gateway, rate limiting: 5 seconds), and a
// little more, since clocks differ.
const identifyEvery = 5500 * time.Millisecond

// budget is what identifies there still may be, over all shards: beyond it
// Discord ends every session and resets the token
// (docs.discord.com/developers/events/gateway, session start limit).
type budget struct {
	every time.Duration
	now   func() time.Time

	mu     sync.Mutex
	left   int
	resets time.Time
	total  int
	keys   []*identifyKey
}

// identifyKey is the turn of the shards that Discord counts together, shard
// modulo max_concurrency (docs.discord.com/developers/events/gateway, sharding).
type identifyKey struct {
	turn chan struct{} // holds one while a shard has the turn
	next time.Time     // when the next may identify; whoever has the turn may read and set it
}

// sessionStarts is what Discord says of identifies (GET /gateway/bot).
type sessionStarts struct {
	Total          int   `json:"total"`
	Remaining      int   `json:"remaining"`
	ResetAfter     int64 `json:"reset_after"` // milliseconds
	MaxConcurrency int   `json:"max_concurrency"`
}

func newBudget(s sessionStarts, now func() time.Time) *budget {
	b := &budget{
		every: identifyEvery, now: now, left: s.Remaining, total: max(s.Total, 1),
		resets: now().Add(time.Duration(s.ResetAfter) * time.Millisecond),
	}
	for range max(s.MaxConcurrency, 1) {
		b.keys = append(b.keys, &identifyKey{turn: make(chan struct{}, 1)})
	}
	return b
}

// noIdentifies says that there may be no more identifies for some time.
type noIdentifies struct{ until time.Time }

// Error says until when.
func (e *noIdentifies) Error() string {
	return fmt.Sprintf("the day's connections to Discord are used up; the next may be made at %s", e.until.UTC().Format(time.RFC3339))
}

// take waits until a shard may identify; *noIdentifies if none is left. The shard
// has the turn of its key until it calls done, after Discord has answered: however
// long it takes to connect, the next identify comes no sooner than it may.
func (b *budget) take(ctx context.Context, shard int) (done func(identified bool), err error) {
	key := b.keys[shard%len(b.keys)]
	select {
	case key.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := b.wait(ctx, key); err != nil {
		<-key.turn
		return nil, err
	}
	return func(identified bool) {
		if identified {
			key.next = b.now().Add(b.every)
		} else {
			b.giveBack()
		}
		<-key.turn
	}, nil
}

func (b *budget) wait(ctx context.Context, key *identifyKey) error {
	if !flow.Pause(ctx, key.next.Sub(b.now())) {
		return ctx.Err()
	}
	return b.count()
}

// count takes an identify out of the day's budget.
func (b *budget) count() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if now.After(b.resets) {
		b.left, b.resets = b.total, now.Add(24*time.Hour)
	}
	if b.left <= 0 {
		return &noIdentifies{b.resets}
	}
	b.left--
	return nil
}

// giveBack puts back one that was not sent.
func (b *budget) giveBack() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left++
}
