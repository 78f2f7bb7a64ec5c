package outbox

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Bucket holds small values by key, each for a time after it was last set.
// Replicas share it.
type Bucket struct {
	box  *Outbox
	name string
	kv   jetstream.KeyValue
}

// maxBucketBytes bounds a bucket; when it is full, Set returns ErrFull until values have expired.
const maxBucketBytes = 256 << 20

// ErrChanged says that a value was set by someone else since it was read.
var ErrChanged = errors.New("the value has changed")

// Bucket opens the bucket of a name, whose values live for ttl (0: for ever).
func (o *Outbox) Bucket(ctx context.Context, name string, ttl time.Duration) (*Bucket, error) {
	full := o.streamName(name)
	if o.home != nil {
		_, err := o.js.KeyValue(ctx, full)
		if errors.Is(err, jetstream.ErrBucketNotFound) {
			err = o.home.missing("KV_" + full)
		}
		if err != nil {
			return nil, fmt.Errorf("opening the bucket %s: %w", name, err)
		}
	}
	kv, err := retried(ctx, func(ctx context.Context) (jetstream.KeyValue, error) {
		return o.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
			Bucket: full, TTL: ttl, MaxBytes: maxBucketBytes, Replicas: o.config.Replicas, Storage: jetstream.FileStorage,
		})
	})
	if err != nil {
		return nil, fmt.Errorf("opening the bucket %s: %w", name, err)
	}
	if o.home != nil {
		if err := o.home.note("KV_" + full); err != nil {
			return nil, err
		}
	}
	return &Bucket{o, name, kv}, nil
}

// Sole says whether this process alone sets values, so that what it has set is
// what is there until it has lived its time.
func (b *Bucket) Sole() bool { return b.box.home != nil }

// Get returns the value of a key and its revision; nil and 0 if there is none.
func (b *Bucket) Get(ctx context.Context, key string) (value []byte, revision uint64, err error) {
	entry, err := retried(ctx, func(ctx context.Context) (jetstream.KeyValueEntry, error) { return b.kv.Get(ctx, token(key)) })
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, b.box.unavailable("reading from the bucket "+b.name, err)
	}
	return entry.Value(), entry.Revision(), nil
}

// Set sets the value of a key that is at a revision, 0 for none, and returns
// its new revision. Error: ErrChanged if it is at another by now.
func (b *Bucket) Set(ctx context.Context, key string, value []byte, revision uint64) (uint64, error) {
	if err := b.box.room(); err != nil {
		return 0, err
	}
	next, err := retried(ctx, func(ctx context.Context) (uint64, error) { return b.set(ctx, token(key), value, revision) })
	switch {
	case err == nil:
		return next, nil
	case errors.Is(err, jetstream.ErrKeyExists), errors.Is(err, jetstream.ErrKeyRevisionMismatch):
		return 0, ErrChanged
	}
	return 0, fmt.Errorf("writing to the bucket %s: %w", b.name, b.box.storing(err))
}

func (b *Bucket) set(ctx context.Context, key string, value []byte, revision uint64) (uint64, error) {
	if revision == 0 {
		return b.kv.Create(ctx, key, value)
	}
	return b.kv.Update(ctx, key, value, revision)
}

// Delete takes the value of a key out that is at a revision. Error: ErrChanged if
// it is at another by now.
func (b *Bucket) Delete(ctx context.Context, key string, revision uint64) error {
	_, err := retried(ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, b.kv.Delete(ctx, token(key), jetstream.LastRevision(revision))
	})
	switch {
	case err == nil:
		return nil
	case errors.Is(err, jetstream.ErrKeyExists), errors.Is(err, jetstream.ErrKeyRevisionMismatch):
		return ErrChanged
	}
	return fmt.Errorf("deleting from the bucket %s: %w", b.name, b.box.storing(err))
}

// Follow calls f for each value there is, one after the other, then returns, and
// goes on calling it for each that is set by anybody, until the outbox is closed.
// Of values that are deleted or expire it does not tell.
func (b *Bucket) Follow(ctx context.Context, f func(value []byte, revision uint64)) error {
	watcher, err := retried(ctx, func(context.Context) (jetstream.KeyWatcher, error) {
		// The watcher lasts as long as its context, not only for one answer.
		return b.kv.WatchAll(context.WithoutCancel(ctx), jetstream.IgnoreDeletes())
	})
	if err != nil {
		return b.box.unavailable("following the bucket "+b.name, err)
	}
	following, end := context.WithCancel(context.WithoutCancel(ctx))
	there, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case entry, ok := <-watcher.Updates():
				switch {
				case !ok:
					return
				case entry == nil: // all that is there has been told
					close(there)
				default:
					f(entry.Value(), entry.Revision())
				}
			case <-following.Done():
				return
			}
		}
	}()
	stop := sync.OnceFunc(func() {
		_ = watcher.Stop() // fails only where the connection is gone, and the watcher with it
		end()
		<-ended
	})
	b.box.mu.Lock()
	b.box.closing = append(b.box.closing, stop)
	b.box.mu.Unlock()
	select {
	case <-there:
		return nil
	case <-ctx.Done():
		stop()
		return b.box.unavailable("reading the bucket "+b.name, ctx.Err())
	}
}
