package slack

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"
)

// queue runs the work of one key in order, and that of different keys at the
// same time.
type queue struct {
	mu      sync.Mutex
	waiting map[string][]func() // by key, while it has a runner
	runners sync.WaitGroup
}

func newQueue() *queue { return &queue{waiting: map[string][]func(){}} }

// add adds work behind what the key has.
func (q *queue) add(key string, work func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	list, running := q.waiting[key]
	q.waiting[key] = append(list, work)
	if !running {
		q.runners.Go(func() { q.run(key) })
	}
}

func (q *queue) run(key string) {
	for {
		q.mu.Lock()
		list := q.waiting[key]
		if len(list) == 0 {
			delete(q.waiting, key)
			q.mu.Unlock()
			return
		}
		q.waiting[key] = list[1:]
		q.mu.Unlock()
		list[0]()
	}
}

// wait returns when no work is left. Nothing may be added meanwhile.
func (q *queue) wait() { q.runners.Wait() }

// The pace of posts to one channel: one a second, with short bursts
// (docs.slack.dev/apis/web-api/rate-limits, chat.postMessage). It is a little
// slower, since posts do not take the same time each.
const (
	postEvery  = 1050 * time.Millisecond
	postBurst  = 3
	mostPacers = 4096
)

// pace holds posts to the rate that Slack takes in a channel.
type pace struct {
	mu       sync.Mutex
	channels *simplelru.LRU[string, *rate.Limiter]
}

func newPace() *pace {
	channels, err := simplelru.NewLRU[string, *rate.Limiter](mostPacers, nil)
	if err != nil { // a size of less than 1
		panic(err)
	}
	return &pace{channels: channels}
}

// wait waits until a post to a channel may go, or ctx ends.
func (p *pace) wait(ctx context.Context, channel string) error {
	return p.of(channel).Wait(ctx)
}

// delay is how long a post to a channel would have to wait now.
func (p *pace) delay(channel string) time.Duration {
	tokens := p.of(channel).Tokens()
	if tokens >= 1 {
		return 0
	}
	return time.Duration((1 - tokens) * float64(postEvery))
}

func (p *pace) of(channel string) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	limiter, ok := p.channels.Get(channel)
	if !ok {
		limiter = rate.NewLimiter(rate.Every(postEvery), postBurst)
		p.channels.Add(channel, limiter)
	}
	return limiter
}

// backoff waits longer each time, up to a minute.
type backoff struct{ failures int }

func (b *backoff) pause(ctx context.Context) bool {
	wait := min(time.Second<<min(b.failures, 6), time.Minute)
	b.failures++
	return pause(ctx, wait/2+rand.N(wait/2))
}

// pause waits; it is false if ctx ended before.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
