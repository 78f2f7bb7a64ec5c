package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"sync"

	"reportbot/bot/outbox"
)

// Run takes messages in through every adapter, and sends replies, until ctx
// ends or no adapter has more to give. The error joins those of the adapters
// that could not go on; the others go on meanwhile.
func (b *Bot) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var sending sync.WaitGroup
	sending.Go(func() { b.box.Deliver(ctx, b.send) })
	sending.Go(func() { b.scheduler().Run(ctx, slices.Collect(maps.Keys(b.adapters))) })
	var mu sync.Mutex
	var failed []error
	var running sync.WaitGroup
	for _, a := range b.order {
		running.Go(func() {
			if err := b.runAdapter(ctx, a); err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed = append(failed, err)
			}
		})
	}
	running.Wait()
	cancel()
	sending.Wait()
	return errors.Join(failed...)
}

func (b *Bot) runAdapter(ctx context.Context, a Adapter) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%s: panic: %v\n%s", a.Name(), fault, debug.Stack())
		}
		if ctx.Err() != nil && err != nil { // told to end, however it took it
			if !errors.Is(err, context.Canceled) {
				b.log.Warn("a platform ended with an error", "platform", a.Name(), "error", err)
			}
			err = nil
		}
		b.ended(ctx, a, err)
	}()
	b.log.Info("a platform starts", "platform", a.Name())
	if err := a.Run(ctx, b); err != nil {
		return fmt.Errorf("%s: %w", a.Name(), err)
	}
	return nil
}

// ended notes that an adapter takes nothing in any more.
func (b *Bot) ended(ctx context.Context, a Adapter, err error) {
	state := "has ended"
	switch {
	case err != nil:
		state = err.Error()
		b.log.Error("a platform has failed", "platform", a.Name(), "error", err)
	case ctx.Err() == nil:
		b.log.Info("a platform has no more messages", "platform", a.Name())
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.states[a.Name()] = state
}

// States is how each platform is: empty when messages can come in, else why not.
func (b *Bot) States() map[string]string {
	b.mu.Lock()
	states := maps.Clone(b.states)
	b.mu.Unlock()
	for _, a := range b.order {
		if _, ended := states[a.Name()]; ended {
			continue
		}
		states[a.Name()] = ""
		if s, ok := a.(Stater); ok {
			states[a.Name()] = s.State()
		}
	}
	return states
}

// send gives an entry of the outbox to its adapter.
func (b *Bot) send(ctx context.Context, d outbox.Delivery) error {
	var e envelope
	if err := json.Unmarshal(d.Body, &e); err != nil {
		return &outbox.Refused{Reason: "the reply cannot be read: " + err.Error()}
	}
	a := b.adapters[e.Target.Platform]
	if a == nil {
		return &ErrNoAdapter{e.Target.Platform}
	}
	err := a.Post(ctx, Post{ID: d.ID, Target: e.Target, Reply: e.Reply, Try: d.Try, MayBeThere: d.MayBeThere, Replaces: e.Replaces, Digest: e.Digest != nil})
	if e.Digest != nil {
		b.digestSent(ctx, *e.Digest, err)
	}
	if err == nil || errors.Is(err, outbox.ErrAlreadyThere) {
		b.log.Info("a reply is sent", "message", d.ID, "platform", e.Target.Platform, "try", d.Try, "there", err != nil)
	}
	return err
}
