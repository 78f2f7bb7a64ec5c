package digest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"reportbot/bot/flow"
)

// Post makes the digest of a slot and stores it for delivery under the slot's
// ID. It is called again for the same slot after a failure, or by another
// replica: an ID that is stored, or was sent, is not stored again.
// After an *Impossible it is not.
type Post func(ctx context.Context, sub *Subscription, slot Slot) error

// Impossible is the error of a digest that cannot be made, however often it is tried.
type Impossible struct {
	Why     string // as it stands in the ledger
	Forever bool   // no other day's can be made either: the subscription is paused
}

// Error gives the reason.
func (i *Impossible) Error() string { return "the digest cannot be made: " + i.Why }

// Scheduler has the digests posted that are due.
type Scheduler struct {
	Store *Store
	Post  Post
	// Grace is how late a digest may be posted; one that would be later is
	// skipped.
	Grace time.Duration
	// PerSecond is how many digests a second a platform takes, over all channels.
	PerSecond func(platform string) float64
	Log       *slog.Logger
	Now       func() time.Time
	// Observe is told of each slot that was dealt with; nil: nobody is.
	Observe func(platform string, what What, late time.Duration)
}

// The pace of the scheduler.
const (
	lookEvery  = 2 * time.Second // how long something new may wait to be seen
	retryAfter = 5 * time.Second // after a failure
)

// Run deals with the slots of platforms until ctx ends.
func (s *Scheduler) Run(ctx context.Context, platforms []string) {
	var running sync.WaitGroup
	for _, platform := range platforms {
		running.Go(func() { s.run(ctx, platform) })
	}
	running.Wait()
}

// run deals with one slot after the other, so that a platform that takes few
// digests a second keeps no other one waiting.
func (s *Scheduler) run(ctx context.Context, platform string) {
	perSecond := s.PerSecond(platform)
	pace := rate.NewLimiter(rate.Limit(perSecond), max(1, int(min(perSecond, math.MaxInt32))))
	for ctx.Err() == nil {
		key, next := s.Store.due(platform, s.Now())
		if key == "" {
			wait := lookEvery
			if !next.IsZero() {
				wait = max(time.Millisecond, min(wait, next.Sub(s.Now())))
			}
			flow.Pause(ctx, wait)
			continue
		}
		if err := pace.Wait(ctx); err != nil {
			return
		}
		s.deal(ctx, key)
	}
}

// Tick deals with all slots that are due now.
func (s *Scheduler) Tick(ctx context.Context) {
	now := s.Now()
	for _, platform := range s.Store.platforms() {
		for ctx.Err() == nil {
			key, _ := s.Store.due(platform, now)
			if key == "" {
				break
			}
			s.deal(ctx, key)
		}
	}
}

// deal does what is to be done about a subscription. After a failure it is tried
// again: the state, not an event, says what is due.
func (s *Scheduler) deal(ctx context.Context, key string) {
	sub := s.Store.copyOf(key)
	if sub == nil {
		return
	}
	var err error
	if sub.Removed.IsZero() {
		err = s.Store.Edit(ctx, sub.Platform, sub.Channel, sub.Topic, func(sub *Subscription) error { return s.slots(ctx, sub) })
	} else {
		err = s.Store.clear(ctx, sub, s.Now())
	}
	if err == nil {
		return
	}
	s.Store.postpone(key, s.Now().Add(retryAfter))
	if ctx.Err() == nil {
		s.Log.Warn("a digest could not be posted and is tried again", "platform", sub.Platform, "channel", sub.Channel, "error", err)
	}
}

// slots posts the latest slot of a subscription that is due, and notes what
// became of those before it.
func (s *Scheduler) slots(ctx context.Context, sub *Subscription) error {
	now := s.Now()
	next := sub.Next()
	if !sub.Active() || next.At.IsZero() || next.At.After(now) {
		return ErrUnchanged
	}
	latest := sub.Schedule.Latest(now)
	for _, missed := range missedBetween(sub, next, latest) {
		s.note(sub, Outcome{missed.Day, now.UTC(), Skipped, "the bot was not running"}, now.Sub(missed.At))
	}
	late := now.Sub(latest.At)
	if late > s.Grace {
		s.note(sub, Outcome{latest.Day, now.UTC(), Skipped, fmt.Sprintf("more than %s late", s.Grace)}, late)
		return nil
	}
	outcome := Outcome{latest.Day, now.UTC(), Posted, ""}
	err := s.Post(ctx, sub, latest)
	var impossible *Impossible
	switch {
	case errors.As(err, &impossible):
		outcome.What, outcome.Why = Skipped, impossible.Why
		if impossible.Forever {
			sub.Paused = &Paused{now.UTC(), impossible.Why}
		}
	case err != nil:
		return err
	}
	s.note(sub, outcome, late)
	return nil
}

func (s *Scheduler) note(sub *Subscription, o Outcome, late time.Duration) {
	sub.note(o)
	if o.What == Skipped {
		s.Log.Warn("a digest was skipped", "platform", sub.Platform, "channel", sub.Channel, "day", o.Day.String(), "why", o.Why)
	}
	if s.Observe != nil {
		s.Observe(sub.Platform, o.What, late)
	}
}

// missedBetween are the slots from one up to but not including a later one, the
// last of them where there are more than a ledger tells of.
func missedBetween(sub *Subscription, from, to Slot) []Slot {
	var out []Slot
	for slot := sub.Previous(to); len(out) < mostOutcomes && !slot.At.IsZero() && slot.Day >= from.Day; slot = sub.Previous(slot) {
		out = append([]Slot{slot}, out...)
	}
	return out
}
