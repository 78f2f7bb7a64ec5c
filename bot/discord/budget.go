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
// little more, since they do not take the same time each.
const identifyEvery = 5500 * time.Millisecond

// budget is what identifies there still may be, over all shards: beyond it
// Discord ends every session and resets the token
// (docs.discord.com/developers/events/gateway, session start limit).
type budget struct {
	every time.Duration
	now   func() time.Time

	mu      sync.Mutex
	left    int
	resets  time.Time
	total   int
	atATime int
	next    map[int]time.Time // by key: when the next may be sent
}

// sessionStarts is what Discord says of identifies (GET /gateway/bot).
type sessionStarts struct {
	Total          int   `json:"total"`
	Remaining      int   `json:"remaining"`
	ResetAfter     int64 `json:"reset_after"` // milliseconds
	MaxConcurrency int   `json:"max_concurrency"`
}

func newBudget(s sessionStarts, now func() time.Time) *budget {
	return &budget{
		every: identifyEvery, now: now, left: s.Remaining, total: max(s.Total, 1), atATime: max(s.MaxConcurrency, 1),
		resets: now().Add(time.Duration(s.ResetAfter) * time.Millisecond), next: map[int]time.Time{},
	}
}

// noIdentifies says that there may be no more identifies for some time.
type noIdentifies struct{ until time.Time }

// Error says until when.
func (e *noIdentifies) Error() string {
	return fmt.Sprintf("the day's connections to Discord are used up; the next may be made at %s", e.until.UTC().Format(time.RFC3339))
}

// take waits until a shard may identify, and counts that; *noIdentifies if none
// is left.
func (b *budget) take(ctx context.Context, shard int) error {
	wait, err := b.book(shard)
	if err != nil {
		return err
	}
	if !flow.Pause(ctx, wait) {
		return ctx.Err()
	}
	return nil
}

// book takes the next time at which a shard may identify.
func (b *budget) book(shard int) (wait time.Duration, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if now.After(b.resets) {
		b.left, b.resets = b.total, now.Add(24*time.Hour)
	}
	if b.left <= 0 {
		return 0, &noIdentifies{b.resets}
	}
	b.left--
	key := shard % b.atATime
	at := b.next[key]
	if at.Before(now) {
		at = now
	}
	b.next[key] = at.Add(b.every)
	return at.Sub(now), nil
}
