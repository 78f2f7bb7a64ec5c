// Package outbox keeps replies until they are delivered, once, in the order of
// their lane, through kills, restarts, resends and rate limits. It stands on
// NATS JetStream: a server of its own in this process, on a folder and without
// a port, or an existing cluster that any number of replicas share.
//
//	box, err := outbox.Open(ctx, outbox.Defaults(), outbox.Env{Log: log})
//	fresh, err := box.Put(ctx, outbox.Entry{ID: "slack/T1/C2/123.4", Lane: "slack/C2", Body: body})
//	// err == nil: stored; the platform's event may be acknowledged.
//	err = box.Deliver(ctx, send) // calls send for each entry until ctx ends
//
// What is in an entry's body is the caller's affair. Beside the replies the
// same server holds small values with a time to live (Bucket) and records with
// a retention time (Journal).
//
// Streams, each under the configured name:
//
//	replies  entries to deliver: a work queue, one subject a lane; an entry leaves it when it was delivered or given up
//	sent     one record a delivered entry, kept for a day or longer
//	dead     entries that were given up, with the reason
package outbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Entry is one reply to deliver.
type Entry struct {
	ID   string `json:"id"`   // what stays the same when the platform sends the question again; not empty
	Lane string `json:"lane"` // entries of one lane are delivered in the order in which they were put; not empty
	Body []byte `json:"body"`
}

// entryHead is what stands before an entry's body where it is stored, as one
// line of JSON.
type entryHead struct {
	ID   string `json:"id"`
	Lane string `json:"lane"`
}

// MarshalBinary gives the form in which an entry is stored: a line of JSON with
// its ID and lane, then its body as it is.
func (e Entry) MarshalBinary() ([]byte, error) {
	head, err := json.Marshal(entryHead{e.ID, e.Lane})
	if err != nil {
		return nil, err
	}
	return append(append(head, '\n'), e.Body...), nil
}

// UnmarshalBinary reads that form.
func (e *Entry) UnmarshalBinary(text []byte) error {
	line, body, found := bytes.Cut(text, []byte("\n"))
	if !found {
		return errors.New("an entry without an end of its first line")
	}
	var head entryHead
	if err := json.Unmarshal(line, &head); err != nil {
		return err
	}
	if head.ID == "" || head.Lane == "" {
		return errors.New("an entry without an ID or a lane")
	}
	*e = Entry{head.ID, head.Lane, body}
	return nil
}

// Delivery is an entry on its way out.
type Delivery struct {
	Entry
	Try int // 1 at the first
	// MayBeThere says that the entry may have been posted before, by a process
	// that ended before it could say so: a platform that can tell is to be asked.
	MayBeThere bool
}

// Env is what an outbox has from its surroundings.
type Env struct {
	Log *slog.Logger     // nil: no log
	Now func() time.Time // nil: time.Now
}

// Outbox holds replies until they are delivered. It is safe for use by many at
// once.
type Outbox struct {
	config Config
	log    *slog.Logger
	now    func() time.Time

	home        *home // the folder and its server; nil with a cluster
	stopHealing func()
	conn        *nats.Conn
	js          jetstream.JetStream
	opened      time.Time
	guest       bool // only looks: others decide on the streams' bounds

	replies, dead jetstream.Stream
	sent          *memory // IDs delivered
	tail          *tail   // keeps sent up to date

	mu       sync.Mutex
	closing  []func()         // what is to end before the connection does
	lanes    map[string]*lane // by token: those with a worker
	spawn    func(token string)
	counters counters
	trouble  atomic.Pointer[error] // of the last Put; nil when it stored
}

type counters struct{ stored, repeated, sent, retried, dead, alreadyThere atomic.Int64 }

// Counts are what an outbox did since it was opened.
type Counts struct {
	Stored       int64 // entries put
	Repeated     int64 // entries put, or about to be delivered, a second time, and not taken
	Sent         int64 // entries delivered
	Retried      int64 // tries that failed and are made again
	Dead         int64 // entries given up
	AlreadyThere int64 // entries that the platform already had
}

// Counts returns what was done so far.
func (o *Outbox) Counts() Counts {
	c := &o.counters
	return Counts{c.stored.Load(), c.repeated.Load(), c.sent.Load(), c.retried.Load(), c.dead.Load(), c.alreadyThere.Load()}
}

// The errors that a caller can tell apart. Their texts are for operators.
var (
	// ErrFull says that nothing more can be stored: the disk, or the bound set
	// for the outbox.
	ErrFull = errors.New("the outbox is full")
	// ErrUnavailable says that the server did not answer.
	ErrUnavailable = errors.New("the outbox's server does not answer")
	// ErrInUse says that another process has the folder.
	ErrInUse = errors.New("the state folder is in use by another process")
	// ErrNewer says that a newer version of the program wrote the state.
	ErrNewer = errors.New("the state was written by a newer version")
	// ErrDamaged says that the state cannot be read. Nothing was deleted.
	ErrDamaged = errors.New("the state is damaged")
)

// Open opens the outbox: its own server on config.Folder, or the cluster at
// config.URL. It returns once what was sent before is known again.
func Open(ctx context.Context, config Config, env Env) (*Outbox, error) {
	o := newOutbox(config, env)
	if err := o.open(ctx); err != nil {
		o.Close()
		return nil, err
	}
	return o, nil
}

func newOutbox(config Config, env Env) *Outbox {
	o := &Outbox{config: config, log: env.Log, now: env.Now, lanes: map[string]*lane{}}
	if o.log == nil {
		o.log = slog.New(slog.DiscardHandler)
	}
	if o.now == nil {
		o.now = time.Now
	}
	o.sent = newMemory(config.SentKept)
	return o
}

func (o *Outbox) open(ctx context.Context) error {
	if err := o.connect(ctx, lockTime); err != nil {
		return err
	}
	if err := o.makeStreams(ctx); err != nil {
		return err
	}
	if o.home != nil {
		if err := o.forgetDeliveries(ctx); err != nil {
			return err
		}
	}
	o.opened = o.now()
	var err error
	if o.tail, err = o.startTail(ctx); err != nil || o.home == nil {
		return err
	}
	healing, stop := context.WithCancel(context.Background())
	var healer sync.WaitGroup
	healer.Go(func() { o.home.heal(healing) })
	o.stopHealing = func() { stop(); healer.Wait() }
	return nil
}

// Close ends the outbox; Deliver must have returned. What is stored stays.
func (o *Outbox) Close() {
	o.mu.Lock()
	closing := o.closing
	o.closing = nil
	o.mu.Unlock()
	for _, end := range closing {
		end()
	}
	if o.tail != nil {
		o.tail.stop()
	}
	if o.stopHealing != nil {
		o.stopHealing()
	}
	if o.conn != nil {
		o.conn.Close()
	}
	if o.home != nil {
		o.home.close()
	}
}

// State is how an outbox is.
type State struct {
	Depth  uint64        // entries waiting
	Age    time.Duration // how long the oldest of them has been waiting
	Dead   uint64        // dead letters kept
	Bytes  uint64        // taken by entries waiting
	Reason string        // why nothing can be stored; empty when something can
}

// State asks the server. A server that does not answer is a reason, not an error.
func (o *Outbox) State(ctx context.Context) State {
	var s State
	replies, err := o.replies.Info(ctx)
	if err != nil {
		s.Reason = o.unavailable("asking for the state of the outbox", err).Error()
		return s
	}
	s.Depth, s.Bytes = replies.State.Msgs, replies.State.Bytes
	if s.Depth > 0 {
		s.Age = max(0, o.now().Sub(replies.State.FirstTime))
	}
	dead, err := o.dead.Info(ctx)
	if err != nil {
		s.Reason = o.unavailable("asking for the dead letters", err).Error()
		return s
	}
	s.Dead = dead.State.Msgs
	if err := o.ready(ctx); err != nil {
		s.Reason = err.Error()
	}
	return s
}

// ready is nil when a reply can be stored. Where the last one could not, it is
// tried with a record that says nothing: a server may answer and yet store
// nothing, as one without the others of its cluster does.
func (o *Outbox) ready(ctx context.Context) error {
	if err := o.room(); err != nil {
		return err
	}
	trouble := o.trouble.Load()
	if trouble == nil {
		return nil
	}
	_, err := once(ctx, func(ctx context.Context) (*jetstream.PubAck, error) {
		return o.js.Publish(ctx, o.subject("sent"), nil, jetstream.WithRetryAttempts(0))
	})
	if err != nil {
		return *trouble
	}
	o.trouble.CompareAndSwap(trouble, nil)
	return nil
}

// unavailable wraps an error of the server with what was being done.
func (o *Outbox) unavailable(doing string, err error) error {
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return fmt.Errorf("%s: %w: %w", doing, ErrUnavailable, err)
}
