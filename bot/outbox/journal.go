package outbox

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Journal holds records in the order in which they were added, each for a time.
type Journal struct {
	box    *Outbox
	name   string
	stream jetstream.Stream
}

// maxJournalBytes bounds a journal; the oldest records give way.
const maxJournalBytes = 64 << 20

// Journal opens the journal of a name, whose records are kept for a time.
func (o *Outbox) Journal(ctx context.Context, name string, kept time.Duration) (*Journal, error) {
	stream, err := o.ensure(ctx, jetstream.StreamConfig{
		Name: o.streamName(name), Subjects: []string{o.subject(name)},
		MaxAge: kept, MaxBytes: maxJournalBytes, Discard: jetstream.DiscardOld,
		Duplicates: min(duplicateWindow, kept),
	})
	if err != nil {
		return nil, err
	}
	return &Journal{o, name, stream}, nil
}

// Add adds a record, as JSON; one of an ID that was added of late is dropped.
func (j *Journal) Add(ctx context.Context, id string, record any) error {
	if err := j.box.publishJSON(ctx, j.name, record, token(id)); err != nil {
		return fmt.Errorf("adding to the journal %s: %w", j.name, err)
	}
	return nil
}

// Each calls f for each record, the oldest first.
func (j *Journal) Each(ctx context.Context, f func(record []byte) error) error {
	if err := j.box.each(ctx, j.stream, func(_ uint64, record []byte) error { return f(record) }); err != nil {
		return fmt.Errorf("reading the journal %s: %w", j.name, err)
	}
	return nil
}
