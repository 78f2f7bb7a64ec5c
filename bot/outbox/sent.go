package outbox

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"reportbot/bot/flow"
)

// record notes that an entry was delivered: in memory at once, then with the
// server, until that has it. An entry is taken out of the outbox only after.
func (w *worker) record(d Delivery) {
	k := keyOf(d.ID)
	w.sent.add(k, w.now())
	for w.tries.Err() == nil {
		err := w.recorder.record(k)
		if err == nil {
			return
		}
		w.log.Error("that a reply was sent cannot be recorded; it is tried again", "message", d.ID, "error", err)
		flow.Pause(w.tries, time.Second)
	}
	w.log.Error("that a reply was sent was not recorded; after a restart it may be sent again", "message", d.ID)
}

// recorder records what was delivered. What several workers delivered while a
// record was written goes into the next one together.
type recorder struct {
	write func(keys []byte) error

	mu      sync.Mutex
	busy    bool
	waiting *batch
}

// batch is a record to be written.
type batch struct {
	keys []byte
	done chan struct{}
	err  error
}

// record returns when the key is recorded.
func (r *recorder) record(k key) error {
	r.mu.Lock()
	if r.waiting == nil {
		r.waiting = &batch{done: make(chan struct{})}
	}
	b := r.waiting
	b.keys = binary.BigEndian.AppendUint64(b.keys, uint64(k))
	if r.busy {
		r.mu.Unlock()
		<-b.done
		return b.err
	}
	r.busy, r.waiting = true, nil
	r.mu.Unlock()
	b.err = r.write(b.keys)
	close(b.done)
	r.rest()
	return b.err
}

// rest has what came meanwhile written, by nobody's worker.
func (r *recorder) rest() {
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.waiting
	r.waiting = nil
	if b == nil {
		r.busy = false
		return
	}
	go func() {
		b.err = r.write(b.keys)
		close(b.done)
		r.rest()
	}()
}

// writeSent stores a record.
func (d *delivery) writeSent(keys []byte) error {
	_, err := retried(d.tries, func(ctx context.Context) (*jetstream.PubAck, error) {
		return d.js.Publish(ctx, d.subject("sent"), keys, jetstream.WithRetryAttempts(0))
	})
	return err
}

// tail follows the record of what was sent, so that the memory has what other
// replicas, and earlier runs, delivered.
type tail struct {
	stream jetstream.Stream
	into   *memory
	follow jetstream.ConsumeContext // nil where nobody else writes

	mu      sync.Mutex
	read    uint64        // the last sequence read
	changed chan struct{} // closed and replaced when read grows
}

// startTail reads the whole record, then follows it where others write to it.
func (o *Outbox) startTail(ctx context.Context) (*tail, error) {
	stream, err := o.js.Stream(ctx, o.streamName("sent"))
	if err != nil {
		return nil, fmt.Errorf("opening the record of what was sent: %w", err)
	}
	t := &tail{stream: stream, into: o.sent, changed: make(chan struct{})}
	consumer, err := stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{})
	if err != nil {
		return nil, fmt.Errorf("reading the record of what was sent: %w", err)
	}
	t.follow, err = consumer.Consume(t.take, jetstream.PullMaxMessages(5000))
	if err != nil {
		return nil, fmt.Errorf("reading the record of what was sent: %w", err)
	}
	if err := t.catchUp(ctx); err != nil {
		t.stop()
		return nil, err
	}
	if o.home != nil {
		t.follow.Stop()
		t.follow = nil
	}
	return t, nil
}

// take notes one record.
func (t *tail) take(msg jetstream.Msg) {
	meta, err := msg.Metadata()
	if err != nil {
		return
	}
	for keys := msg.Data(); len(keys) >= 8; keys = keys[8:] {
		t.into.add(key(binary.BigEndian.Uint64(keys)), meta.Timestamp)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.read = meta.Sequence.Stream
	close(t.changed)
	t.changed = make(chan struct{})
}

// catchUp returns when all is read that is recorded now.
func (t *tail) catchUp(ctx context.Context) error {
	if t.follow == nil {
		return nil // this process alone writes, and remembers
	}
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	info, err := t.stream.Info(ctx)
	if err != nil {
		return fmt.Errorf("asking for the record of what was sent: %w", err)
	}
	if info.State.Msgs == 0 {
		return nil
	}
	for {
		t.mu.Lock()
		read, changed := t.read, t.changed
		t.mu.Unlock()
		if read >= info.State.LastSeq {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("reading the record of what was sent: %w", ctx.Err())
		}
	}
}

func (t *tail) stop() {
	if t.follow != nil {
		t.follow.Stop()
	}
}
