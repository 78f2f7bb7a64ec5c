package digest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"reportbot/bot/outbox"
)

// bucketName is the bucket's name in the outbox.
const bucketName = "digests"

// removedKept is how long a subscription that was removed is kept: one that is
// set up again on the same day has been posted.
const removedKept = 3 * 24 * time.Hour

// Bucket is where subscriptions are kept (*outbox.Bucket).
type Bucket interface {
	Get(ctx context.Context, key string) (value []byte, revision uint64, err error)
	Set(ctx context.Context, key string, value []byte, revision uint64) (uint64, error)
	Delete(ctx context.Context, key string, revision uint64) error
	Follow(ctx context.Context, f func(value []byte, revision uint64)) error
}

// Store holds the subscriptions of all channels with their ledgers. Replicas
// share it. It is safe for use by many at once.
type Store struct {
	bucket Bucket
	log    *slog.Logger

	mu       sync.Mutex
	held     map[string]*held   // by key
	channels map[string][]*held // by platform and channel
	queues   map[string]*queue  // by platform
}

// OpenStore opens the subscriptions that an outbox keeps.
func OpenStore(ctx context.Context, box *outbox.Outbox, log *slog.Logger) (*Store, error) {
	bucket, err := box.Bucket(ctx, bucketName, 0)
	if err != nil {
		return nil, err
	}
	return NewStore(ctx, bucket, log)
}

// NewStore reads the subscriptions of a bucket, and follows it.
func NewStore(ctx context.Context, bucket Bucket, log *slog.Logger) (*Store, error) {
	s := &Store{bucket: bucket, log: log, held: map[string]*held{}, channels: map[string][]*held{}, queues: map[string]*queue{}}
	return s, bucket.Follow(ctx, s.learn)
}

// learn takes in a value of the bucket.
func (s *Store) learn(value []byte, revision uint64) {
	sub, err := read(value)
	if err != nil {
		s.log.Error("a digest cannot be read, and does not come", "error", err)
		return
	}
	s.keep(sub, revision)
}

func read(value []byte) (*Subscription, error) {
	sub := &Subscription{}
	if err := json.Unmarshal(value, sub); err != nil {
		return nil, fmt.Errorf("reading a digest's subscription: %w", err)
	}
	return sub, nil
}

// keep remembers a subscription, unless a later one is known.
func (s *Store) keep(sub *Subscription, revision uint64) {
	if n := len(sub.Outcomes); n > 1 {
		short := *sub
		short.Outcomes = slices.Clone(sub.Outcomes[n-1:])
		sub = &short
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key := sub.Key()
	h := s.held[key]
	if h == nil {
		h = &held{at: -1}
		s.held[key] = h
		channel := Key(sub.Platform, sub.Channel, "")
		s.channels[channel] = append(s.channels[channel], h)
	} else if revision <= h.revision {
		return
	}
	h.sub, h.revision = sub, revision
	s.queue(sub.Platform).set(h, dueOf(sub))
}

func (s *Store) queue(platform string) *queue {
	q := s.queues[platform]
	if q == nil {
		q = &queue{}
		s.queues[platform] = q
	}
	return q
}

// dueOf is when there is something to be done about a subscription, zero for never.
func dueOf(sub *Subscription) time.Time {
	switch {
	case !sub.Removed.IsZero():
		return sub.Removed.Add(removedKept)
	case sub.Paused != nil:
		return time.Time{}
	}
	return sub.Next().At
}

// forget drops a subscription that was removed long ago.
func (s *Store) forget(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.held[key]
	if h == nil {
		return
	}
	s.queue(h.sub.Platform).set(h, time.Time{})
	delete(s.held, key)
	channel := Key(h.sub.Platform, h.sub.Channel, "")
	s.channels[channel] = slices.DeleteFunc(s.channels[channel], func(o *held) bool { return o == h })
	if len(s.channels[channel]) == 0 {
		delete(s.channels, channel)
	}
}

// due is the key of a platform's subscription that is due by now, and when the
// next one is: zero where there is none.
func (s *Store) due(platform string, now time.Time) (key string, next time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.queue(platform)
	if q.Len() == 0 {
		return "", time.Time{}
	}
	h := (*q)[0]
	if h.due.After(now) {
		return "", h.due
	}
	return h.sub.Key(), h.due
}

// postpone has a subscription looked at again at a later time.
func (s *Store) postpone(key string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.held[key]; h != nil && h.at >= 0 {
		s.queue(h.sub.Platform).set(h, until)
	}
}

// platforms are those that have subscriptions.
func (s *Store) platforms() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for name := range s.queues {
		out = append(out, name)
	}
	return out
}

// ErrUnchanged is returned by a change that has nothing to change; Edit then
// returns nil.
var ErrUnchanged = errors.New("nothing to change")

// mostEdits is how often an edit is tried while others change the same.
const mostEdits = 20

// Edit changes the subscription of a channel and topic; change gets what there
// is, with no schedule where there is none. It may be called several times, since
// others may change the same. The error is change's, or that it could not be kept.
func (s *Store) Edit(ctx context.Context, platform, channel, topic string, change func(*Subscription) error) error {
	key := Key(platform, channel, topic)
	for range mostEdits {
		value, revision, err := s.bucket.Get(ctx, key)
		if err != nil {
			return err
		}
		sub := &Subscription{Platform: platform, Channel: channel, Topic: topic}
		if len(value) > 0 {
			if sub, err = read(value); err != nil {
				return err
			}
		}
		err = s.change(ctx, key, sub, revision, change)
		if !errors.Is(err, outbox.ErrChanged) {
			return err
		}
	}
	return fmt.Errorf("changing a digest: %w", outbox.ErrChanged)
}

func (s *Store) change(ctx context.Context, key string, sub *Subscription, revision uint64, change func(*Subscription) error) error {
	before := sub.clone()
	err := change(sub)
	if errors.Is(err, ErrUnchanged) {
		if revision > 0 {
			s.keep(before, revision)
		}
		return nil
	}
	if err != nil {
		return err
	}
	value, err := json.Marshal(sub)
	if err != nil {
		return fmt.Errorf("writing a digest's subscription: %w", err)
	}
	if revision, err = s.bucket.Set(ctx, key, value, revision); err != nil {
		return err
	}
	s.keep(sub, revision)
	return nil
}

// Of are the subscriptions of a channel that were not removed, by topic, with
// the last of their outcomes.
func (s *Store) Of(platform, channel string) []*Subscription {
	s.mu.Lock()
	defer s.mu.Unlock()
	return listed(s.channels[Key(platform, channel, "")])
}

// All are the subscriptions of all channels that were not removed.
func (s *Store) All() []*Subscription {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]*held, 0, len(s.held))
	for _, h := range s.held {
		all = append(all, h)
	}
	return listed(all)
}

func listed(list []*held) []*Subscription {
	out := make([]*Subscription, 0, len(list))
	for _, h := range list {
		if h.sub.Removed.IsZero() {
			out = append(out, h.sub)
		}
	}
	slices.SortFunc(out, func(a, b *Subscription) int {
		return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Topic, b.Topic))
	})
	return out
}

// By counts the subscriptions that a person has set up, as Person gives them.
func (s *Store) By(person string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, h := range s.held {
		if h.sub.By == person && h.sub.Removed.IsZero() {
			n++
		}
	}
	return n
}

// Whole is a subscription with its whole ledger, nil if there is none.
func (s *Store) Whole(ctx context.Context, platform, channel, topic string) (*Subscription, error) {
	value, _, err := s.bucket.Get(ctx, Key(platform, channel, topic))
	if err != nil || len(value) == 0 {
		return nil, err
	}
	return read(value)
}

// copyOf is what the store knows of a subscription, nil if nothing.
func (s *Store) copyOf(key string) *Subscription {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.held[key]; h != nil {
		return h.sub.clone()
	}
	return nil
}

// clear deletes a subscription that was removed long enough ago.
func (s *Store) clear(ctx context.Context, sub *Subscription, now time.Time) error {
	value, revision, err := s.bucket.Get(ctx, sub.Key())
	if err != nil {
		return err
	}
	if len(value) > 0 {
		is, err := read(value)
		if err != nil {
			return err
		}
		if is.Removed.IsZero() || now.Before(is.Removed.Add(removedKept)) {
			s.keep(is, revision)
			return nil
		}
		err = s.bucket.Delete(ctx, sub.Key(), revision)
		if errors.Is(err, outbox.ErrChanged) {
			return nil // somebody set it up again; the store learns of it
		}
		if err != nil {
			return err
		}
	}
	s.forget(sub.Key())
	return nil
}
