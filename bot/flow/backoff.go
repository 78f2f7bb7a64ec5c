package flow

import (
	"context"
	"math/rand/v2"
	"time"
)

// Backoff waits longer each time, up to a minute, and by chance, so that many do
// not come again at the same time. Its zero value begins at a second.
type Backoff struct{ failures int }

// Pause waits; it is false if ctx ended before.
func (b *Backoff) Pause(ctx context.Context) bool {
	wait := min(time.Second<<min(b.failures, 6), time.Minute)
	b.failures++
	return Pause(ctx, wait/2+rand.N(wait/2))
}

// Reset begins anew.
func (b *Backoff) Reset() { b.failures = 0 }

// Pause waits so long; it is false if ctx ended before.
func Pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
