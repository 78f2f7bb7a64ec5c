package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Letter is an entry that was given up.
type Letter struct {
	Entry
	Number uint64    `json:"-"` // by which it is put back
	Reason string    `json:"reason"`
	Tries  int       `json:"tries"`
	At     time.Time `json:"at"`
	Raw    []byte    `json:"raw,omitempty"` // what was stored, where it could not be read
}

// Dead lists the dead letters, the oldest first.
func (o *Outbox) Dead(ctx context.Context) ([]Letter, error) {
	var letters []Letter
	err := o.each(ctx, o.dead, func(number uint64, text []byte) error {
		letter := Letter{Number: number}
		if err := json.Unmarshal(text, &letter); err != nil {
			letter.Reason, letter.Raw = "what is stored cannot be read: "+err.Error(), text
		}
		letters = append(letters, letter)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing the dead letters: %w", err)
	}
	return letters, nil
}

// Retry puts a dead letter back among the replies to deliver, behind those of
// its lane, and takes it out of the dead letters.
func (o *Outbox) Retry(ctx context.Context, letter Letter) error {
	if letter.ID == "" || letter.Lane == "" {
		return fmt.Errorf("dead letter %d cannot be put back: %s", letter.Number, letter.Reason)
	}
	id := token(fmt.Sprint("again ", letter.Number, " ", letter.ID))
	text, err := letter.Entry.MarshalBinary()
	if err != nil {
		return fmt.Errorf("putting dead letter %d back: %w", letter.Number, err)
	}
	if _, err := o.publish(ctx, "replies."+token(letter.Lane), text, id); err != nil {
		return fmt.Errorf("putting dead letter %d back: %w", letter.Number, err)
	}
	err = o.dead.DeleteMsg(ctx, letter.Number)
	if err != nil && !errors.Is(err, jetstream.ErrMsgNotFound) {
		return fmt.Errorf("dead letter %d was put back, but is still listed: %w", letter.Number, err)
	}
	o.wake(token(letter.Lane))
	return nil
}

// each calls f for every message of a stream, the oldest first.
func (o *Outbox) each(ctx context.Context, stream jetstream.Stream, f func(number uint64, text []byte) error) error {
	info, err := stream.Info(ctx)
	if err != nil {
		return o.unavailable("asking for what is stored", err)
	}
	if info.State.Msgs == 0 {
		return nil
	}
	consumer, err := stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{})
	if err != nil {
		return o.unavailable("reading what is stored", err)
	}
	messages, err := consumer.Messages()
	if err != nil {
		return o.unavailable("reading what is stored", err)
	}
	defer messages.Stop()
	for {
		msg, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return o.unavailable("reading what is stored", err)
		}
		meta, err := msg.Metadata()
		if err != nil {
			return fmt.Errorf("reading what is stored: %w", err)
		}
		if err := f(meta.Sequence.Stream, msg.Data()); err != nil {
			return err
		}
		if meta.NumPending == 0 {
			return nil
		}
	}
}

// forgetDeliveries drops what the server knows of tries under way: the process
// that made them is gone, and what it did not finish is due now.
func (o *Outbox) forgetDeliveries(ctx context.Context) error {
	names := o.replies.ConsumerNames(ctx)
	var all []string
	for name := range names.Name() {
		all = append(all, name)
	}
	if err := names.Err(); err != nil {
		return fmt.Errorf("listing the tries under way: %w", err)
	}
	for _, name := range all {
		if err := o.replies.DeleteConsumer(ctx, name); err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
			return fmt.Errorf("ending a try under way: %w", err)
		}
	}
	return nil
}
