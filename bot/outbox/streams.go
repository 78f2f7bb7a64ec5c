package outbox

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"reportbot/bot/flow"
)

// formatKey is the metadata of a stream that tells which format it is in.
const formatKey = "reportbot-format"

// The bounds of what is kept beside the replies that wait.
const (
	maxSentBytes = 1 << 30   // about 30 million records
	maxDeadBytes = 256 << 20 // the oldest give way
)

func (o *Outbox) subject(kind string) string { return o.config.Name + "." + kind }

func (o *Outbox) streamName(kind string) string { return o.config.Name + "-" + kind }

// makeStreams makes the three streams, or brings them to the configuration.
func (o *Outbox) makeStreams(ctx context.Context) error {
	var err error
	o.replies, err = o.ensure(ctx, jetstream.StreamConfig{
		Name: o.streamName("replies"), Subjects: []string{o.subject("replies") + ".*"},
		Description: "replies to deliver",
		Retention:   jetstream.WorkQueuePolicy,
		Discard:     jetstream.DiscardNew, MaxBytes: int64(o.config.MaxBytes),
		Duplicates: duplicateWindow,
	})
	if err != nil {
		return err
	}
	_, err = o.ensure(ctx, jetstream.StreamConfig{
		Name: o.streamName("sent"), Subjects: []string{o.subject("sent")},
		Description: "what was delivered",
		MaxAge:      o.config.SentKept, MaxBytes: maxSentBytes, Discard: jetstream.DiscardOld,
	})
	if err != nil {
		return err
	}
	o.dead, err = o.ensure(ctx, jetstream.StreamConfig{
		Name: o.streamName("dead"), Subjects: []string{o.subject("dead") + ".*"},
		Description: "replies that were given up",
		MaxAge:      o.config.DeadKept, MaxBytes: maxDeadBytes, Discard: jetstream.DiscardOld,
	})
	return err
}

// ensure opens a stream as configured; it makes one that was never there.
func (o *Outbox) ensure(ctx context.Context, config jetstream.StreamConfig) (jetstream.Stream, error) {
	config.Replicas = o.config.Replicas
	config.Storage = jetstream.FileStorage
	config.Metadata = map[string]string{formatKey: strconv.Itoa(format)}
	stream, err := retried(ctx, func(ctx context.Context) (jetstream.Stream, error) { return o.openStream(ctx, config) })
	if err != nil {
		return nil, fmt.Errorf("opening the stream %s: %w", config.Name, err)
	}
	if o.home != nil {
		return stream, o.home.note(config.Name)
	}
	return stream, nil
}

func (o *Outbox) openStream(ctx context.Context, config jetstream.StreamConfig) (jetstream.Stream, error) {
	stream, err := o.js.Stream(ctx, config.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if o.home != nil {
			if err := o.home.missing(config.Name); err != nil {
				return nil, err
			}
		}
		return o.js.CreateOrUpdateStream(ctx, config)
	}
	if err != nil {
		return nil, err
	}
	if err := readableFormat(stream.CachedInfo().Config.Metadata[formatKey]); err != nil {
		return nil, err
	}
	if o.guest || same(stream.CachedInfo().Config, config) {
		return stream, nil
	}
	return o.js.UpdateStream(ctx, config)
}

// readableFormat refuses a stream of a newer format.
func readableFormat(written string) error {
	n, err := strconv.Atoi(written)
	if err != nil {
		return fmt.Errorf("%w: a stream of this name is there that this program did not make; set another outbox.name", ErrDamaged)
	}
	if n > format {
		return fmt.Errorf("%w (format %d; this one knows %d)", ErrNewer, n, format)
	}
	return nil
}

// same says whether a stream already is as configured, in what can be configured.
func same(is, want jetstream.StreamConfig) bool {
	return is.MaxBytes == want.MaxBytes && is.MaxAge == want.MaxAge && is.Replicas == want.Replicas &&
		is.Metadata[formatKey] == want.Metadata[formatKey]
}

// answerTime is how long one request to the server waits for its answer: a
// cluster without a leader gives none.
const answerTime = 2 * time.Second

// retried calls f until it succeeds or the error is none that passes, at most
// until connectTimeout or ctx ends: a cluster that has just started, or lost a
// server, has no leader for a moment.
func retried[T any](ctx context.Context, f func(context.Context) (T, error)) (T, error) {
	v, err := once(ctx, f)
	if err == nil || !passes(err) {
		return v, err
	}
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	for wait := 50 * time.Millisecond; flow.Pause(ctx, wait); wait = min(2*wait, time.Second) {
		if v, err = once(ctx, f); err == nil || !passes(err) {
			return v, err
		}
	}
	return v, err
}

// once calls f with the time that one answer may take.
func once[T any](ctx context.Context, f func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	return f(ctx)
}

// passes says whether an error of the server may be gone at the next try.
func passes(err error) bool {
	if errors.Is(err, ErrFull) || isFull(err) {
		return false
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, jetstream.ErrNoStreamResponse) {
		return true
	}
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.Code == 503
	}
	return isConnection(err)
}
