package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// MaxBody is the longest body of an entry, in bytes. The server's own bound on
// a message is 1 MiB (nats-server, MAX_PAYLOAD_SIZE), and a dead letter takes a
// third more.
const MaxBody = 512 << 10

// Sent says whether an entry of this ID was delivered.
func (o *Outbox) Sent(id string) bool { return o.sent.has(keyOf(id)) }

// Put stores an entry under its ID. fresh is false when one of that ID is
// stored already, or was delivered; the new one is then dropped. After an
// error nothing may be acknowledged: ErrFull, ErrUnavailable, or ctx's.
func (o *Outbox) Put(ctx context.Context, entry Entry) (fresh bool, err error) {
	if entry.ID == "" || entry.Lane == "" || !utf8.ValidString(entry.ID) || !utf8.ValidString(entry.Lane) {
		return false, errors.New("an entry needs an ID and a lane, in valid UTF-8")
	}
	if len(entry.Body) > MaxBody {
		return false, fmt.Errorf("entry %s: its body has %d bytes, more than %d", entry.ID, len(entry.Body), MaxBody)
	}
	if o.Sent(entry.ID) {
		o.counters.repeated.Add(1)
		return false, nil
	}
	if err := o.room(); err != nil {
		return false, err
	}
	text, err := entry.MarshalBinary()
	if err != nil {
		return false, fmt.Errorf("storing the reply to %s: %w", entry.ID, err)
	}
	repeated, err := o.publish(ctx, "replies."+token(entry.Lane), text, token(entry.ID))
	if err != nil {
		err = fmt.Errorf("storing the reply to %s: %w", entry.ID, err)
		o.trouble.Store(&err)
		return false, err
	}
	o.trouble.Store(nil)
	if repeated { // whoever stored it delivers it; should that be no more, its lane is found
		o.counters.repeated.Add(1)
		return false, nil
	}
	o.wake(token(entry.Lane))
	o.counters.stored.Add(1)
	return true, nil
}

// room refuses what the disk has no room for, and what the server cannot store.
func (o *Outbox) room() error {
	if o.home == nil {
		return nil
	}
	if err := o.home.stores(); err != nil {
		return err
	}
	return o.home.room()
}

// publishJSON stores v as JSON under a subject, once for each id.
func (o *Outbox) publishJSON(ctx context.Context, kind string, v any, id string) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = o.publish(ctx, kind, text, id)
	return err
}

// publish stores a text under a subject, once for each id. It tries again
// while the server has no leader or is away, until ctx ends.
func (o *Outbox) publish(ctx context.Context, kind string, text []byte, id string) (repeated bool, err error) {
	ack, err := retried(ctx, func(ctx context.Context) (*jetstream.PubAck, error) {
		return o.publishOnce(ctx, kind, text, id)
	})
	if err != nil {
		return false, o.storing(err)
	}
	return ack.Duplicate, nil
}

// publishOnce tells a server of the outbox's own that failed to store from one
// that did not answer: it does not answer then.
func (o *Outbox) publishOnce(ctx context.Context, kind string, text []byte, id string) (*jetstream.PubAck, error) {
	if o.home == nil {
		return o.js.Publish(ctx, o.subject(kind), text, jetstream.WithMsgID(id), jetstream.WithRetryAttempts(0))
	}
	if err := o.home.stores(); err != nil {
		return nil, err
	}
	before := o.home.breaks.Load()
	ack, err := o.js.Publish(ctx, o.subject(kind), text, jetstream.WithMsgID(id), jetstream.WithRetryAttempts(0))
	if err != nil && o.home.breaks.Load() > before {
		return nil, fmt.Errorf("%w: %w", ErrFull, err)
	}
	return ack, err
}

// storing tells what an error of a store means.
func (o *Outbox) storing(err error) error {
	if errors.Is(err, ErrFull) {
		return err
	}
	if isFull(err) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// isConnection says whether an error is one of a connection that may come back.
func isConnection(err error) bool {
	for _, e := range []error{
		nats.ErrNoResponders, nats.ErrTimeout, nats.ErrConnectionReconnecting, nats.ErrDisconnected, nats.ErrReconnectBufExceeded,
		nats.ErrNoServers, nats.ErrStaleConnection, os.ErrDeadlineExceeded,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// isFull says whether an error of the server means that there is no room. The
// server gives the cause in words only (nats-server, errors.json: 10077 with
// the store's own error, 10023, 10047).
func isFull(err error) bool {
	for _, full := range []string{"maximum bytes exceeded", "no space left", "insufficient", "resource limits exceeded", "file too large"} {
		if strings.Contains(err.Error(), full) {
			return true
		}
	}
	return false
}
