package flow

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"
)

// mostPaced is how many keys are remembered; one that is forgotten begins anew.
const mostPaced = 4096

// Pace holds what is done for each key to a rate.
type Pace struct {
	every time.Duration
	burst int

	mu   sync.Mutex
	keys *simplelru.LRU[string, *rate.Limiter]
}

// NewPace makes a pace: once every so long for each key, and so many at once.
func NewPace(every time.Duration, burst int) *Pace {
	keys, err := simplelru.NewLRU[string, *rate.Limiter](mostPaced, nil)
	if err != nil { // a size of less than 1
		panic(err)
	}
	return &Pace{every: every, burst: burst, keys: keys}
}

// Wait waits for a key's turn, or until ctx ends.
func (p *Pace) Wait(ctx context.Context, key string) error { return p.of(key).Wait(ctx) }

// Delay is how long a key would have to wait now.
func (p *Pace) Delay(key string) time.Duration {
	tokens := p.of(key).Tokens()
	if tokens >= 1 {
		return 0
	}
	return time.Duration((1 - tokens) * float64(p.every))
}

func (p *Pace) of(key string) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	limiter, ok := p.keys.Get(key)
	if !ok {
		limiter = rate.NewLimiter(rate.Every(p.every), p.burst)
		p.keys.Add(key, limiter)
	}
	return limiter
}
