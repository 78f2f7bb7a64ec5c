package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/answers"
	"reportbot/bot/outbox"
)

// remembered is what is kept of a conversation.
type remembered struct {
	Context answers.Context `json:"context"`
	// Last is the last message that was asked, by reference, and Before what the
	// conversation was about until then: its author may edit it.
	Last   string          `json:"last,omitempty"`
	Before answers.Context `json:"before,omitzero"`
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
	// latest are the conversations that this process wrote last, where nobody
	// else writes any: they need not be read. Nil with replicas.
	latest *lru.Cache[string, written]
	kept   time.Duration
	now    func() time.Time
}

// written is what was written of a conversation, the revision it is at, and
// when that was.
type written struct {
	what     remembered
	revision uint64
	at       time.Time
}

// mostLatest is how many conversations need not be read.
const mostLatest = 4096

func newConversations(bucket *outbox.Bucket, kept time.Duration, now func() time.Time) (*conversations, error) {
	c := &conversations{bucket: bucket, locks: newLocks(), kept: kept, now: now}
	if !bucket.Sole() {
		return c, nil
	}
	var err error
	c.latest, err = lru.New[string, written](mostLatest)
	return c, err
}

// turn answers a message in a context, stores the reply, and returns the
// context for the next message.
type turn func(before answers.Context) (after answers.Context, err error)

// take makes a turn, alone in its conversation. The error is that of the turn,
// or tells that the conversation could not be read. A message that was taken
// before is not, unless it is to be taken again. forgotten says why the new
// context could not be kept, nil if it was; the reply is stored all the same.
func (c *conversations) take(ctx context.Context, m Message, again bool, t turn) (forgotten, err error) {
	key := m.conversation()
	defer c.locks.lock(key)()
	was, revision, err := c.read(ctx, key)
	if err != nil {
		return nil, err
	}
	if slices.Contains(was.Messages, m.reference()) {
		if !again {
			return nil, nil
		}
		m.Replaces = m.ID
	}
	before := was.before(m)
	after, err := t(before)
	if err != nil {
		return nil, err
	}
	for range 10 {
		err = c.write(ctx, key, was.with(m, before, after), revision)
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
	if c.latest != nil {
		if w, ok := c.latest.Get(key); ok && c.now().Sub(w.at) < c.kept {
			return w.what, w.revision, nil
		}
	}
	text, revision, err := c.bucket.Get(ctx, key)
	if err != nil || len(text) == 0 {
		return remembered{}, revision, err
	}
	if err := json.Unmarshal(text, &was); err != nil {
		return remembered{}, revision, nil // of another version: a beginning
	}
	return was, revision, nil
}

// before is the context in which a message is to be answered. One that was
// edited is answered in the context that it was first asked in, if it was the
// last that was asked; else it stands by itself.
func (r *remembered) before(m Message) answers.Context {
	switch {
	case m.Replaces == "":
		return r.Context
	case r.Last == reference(m.Replaces):
		return r.Before
	}
	return answers.Context{}
}

// with is what is to be remembered after a message. An edit of an earlier
// message leaves the conversation where it is.
func (r *remembered) with(m Message, before, after answers.Context) remembered {
	next := *r
	messages := append(slices.Clone(r.Messages), m.reference())
	next.Messages = messages[max(0, len(messages)-mostMessages):]
	if m.Replaces != "" && r.Last != reference(m.Replaces) {
		return next
	}
	next.Context = after
	if m.Act == Ask {
		next.Last, next.Before = reference(m.original()), before
	}
	return next
}

func (c *conversations) write(ctx context.Context, key string, now remembered, revision uint64) error {
	text, err := json.Marshal(now)
	if err != nil {
		return fmt.Errorf("writing a conversation: %w", err)
	}
	revision, err = c.bucket.Set(ctx, key, text, revision)
	switch {
	case c.latest == nil:
	case err == nil:
		c.latest.Add(key, written{now, revision, c.now()})
	default:
		c.latest.Remove(key)
	}
	return err
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
