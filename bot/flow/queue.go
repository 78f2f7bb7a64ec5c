// Package flow orders and slows down work: one thing after another for each
// key, no more at a time than may be, no faster than a platform takes it, and
// later each time that it fails. It knows no platform.
package flow

import (
	"log/slog"
	"runtime/debug"
	"sync"
)

// Queue runs the work of one key in order, and that of different keys at the
// same time, so many at most. A panic in work is logged and ends that work alone.
type Queue struct {
	log   *slog.Logger
	slots chan struct{}

	mu      sync.Mutex
	waiting map[string][]func() // by key, while it has a runner
	runners sync.WaitGroup
}

// NewQueue makes a queue that does the work of so many keys at a time.
func NewQueue(most int, log *slog.Logger) *Queue {
	return &Queue{log: log, slots: make(chan struct{}, most), waiting: map[string][]func(){}}
}

// Add adds work behind what the key has, and returns at once.
func (q *Queue) Add(key string, work func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	list, running := q.waiting[key]
	q.waiting[key] = append(list, work)
	if !running {
		q.runners.Go(func() { q.run(key) })
	}
}

func (q *Queue) run(key string) {
	q.slots <- struct{}{}
	defer func() { <-q.slots }()
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
		q.do(list[0])
	}
}

func (q *Queue) do(work func()) {
	defer func() {
		if fault := recover(); fault != nil {
			q.log.Error("a fault of the program ended some work", "panic", fault, "stack", string(debug.Stack()))
		}
	}()
	work()
}

// Wait returns when no work is left. Nothing may be added meanwhile.
func (q *Queue) Wait() { q.runners.Wait() }
