package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"sync"

	"reportbot/answers"
	"reportbot/bot/outbox"
)

// remembered is what is kept of a conversation.
type remembered struct {
	Context answers.Context `json:"context"`
	// Messages are the last that were taken into it, by reference: one of them
	// that comes again has its reply, and changes nothing.
	Messages []string `json:"messages"`
}

// mostMessages is how many messages a conversation knows again. More of them
// within the few minutes in which platforms send one again are not answered
// (limits), and one that was answered is known to the outbox besides.
const mostMessages = 32

// conversations remembers conversations in a bucket.
type conversations struct {
	bucket *outbox.Bucket
	locks  *locks
}

// turn answers a message in a context, stores the reply, and returns the
// context for the next message.
type turn func(before answers.Context) (after answers.Context, err error)

// take makes a turn, alone in its conversation. The error is that of the turn,
// or tells that the conversation could not be read. forgotten says why the new
// context could not be kept, nil if it was; the reply is stored all the same.
func (c *conversations) take(ctx context.Context, m Message, t turn) (forgotten, err error) {
	key := m.conversation()
	defer c.locks.lock(key)()
	was, revision, err := c.read(ctx, key)
	if err != nil {
		return nil, err
	}
	if slices.Contains(was.Messages, m.reference()) {
		return nil, nil
	}
	after, err := t(was.Context)
	if err != nil {
		return nil, err
	}
	for range 10 {
		err = c.write(ctx, key, was, m, after, revision)
		if !errors.Is(err, outbox.ErrChanged) {
			return err, nil
		}
		if was, revision, err = c.read(ctx, key); err != nil {
			return err, nil
		}
	}
	return err, nil
}

func (c *conversations) read(ctx context.Context, key string) (was remembered, revision uint64, err error) {
	text, revision, err := c.bucket.Get(ctx, key)
	if err != nil || len(text) == 0 {
		return remembered{}, revision, err
	}
	if err := json.Unmarshal(text, &was); err != nil {
		return remembered{}, revision, nil // of another version: a beginning
	}
	return was, revision, nil
}

func (c *conversations) write(ctx context.Context, key string, was remembered, m Message, after answers.Context, revision uint64) error {
	messages := append(slices.Clone(was.Messages), m.reference())
	text, err := json.Marshal(remembered{after, messages[max(0, len(messages)-mostMessages):]})
	if err != nil {
		return fmt.Errorf("writing a conversation: %w", err)
	}
	return c.bucket.Set(ctx, key, text, revision)
}

// locks are a fixed number of locks for any number of keys: two keys may share
// one, and then wait for each other.
type locks struct {
	seed  maphash.Seed
	locks [256]sync.Mutex
}

func newLocks() *locks { return &locks{seed: maphash.MakeSeed()} }

func (l *locks) lock(key string) (unlock func()) {
	mu := &l.locks[maphash.String(l.seed, key)%uint64(len(l.locks))]
	mu.Lock()
	return mu.Unlock
}
