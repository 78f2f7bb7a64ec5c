package digest

import (
	"context"
	"slices"
	"time"
)

// Outcome is what became of a slot.
type Outcome struct {
	Day  Day       `json:"day"`
	At   time.Time `json:"at"`
	What What      `json:"what"`
	Why  string    `json:"why,omitempty"`
}

// What became of a slot.
type What string

// What may become of one.
const (
	Posted  What = "posted"  // stored for delivery
	Skipped What = "skipped" // too late
	Refused What = "refused" // the platform does not take it
)

// mostOutcomes is how many slots a ledger tells of.
const mostOutcomes = 14

// note writes what became of a slot into the ledger.
func (s *Subscription) note(o Outcome) {
	s.Last = max(s.Last, o.Day)
	if i := slices.IndexFunc(s.Outcomes, func(old Outcome) bool { return old.Day == o.Day }); i >= 0 {
		s.Outcomes[i] = o
		return
	}
	s.Outcomes = append(s.Outcomes, o)
	if over := len(s.Outcomes) - mostOutcomes; over > 0 {
		s.Outcomes = slices.Clone(s.Outcomes[over:])
	}
}

// mostRefusals is how many digests in a row a platform may refuse before no more
// are tried.
const mostRefusals = 3

// Undelivered notes that a platform does not take the digest of a day; after
// some in a row the subscription is paused with the reason.
func (s *Store) Undelivered(ctx context.Context, ref Ref, reason string, now time.Time) error {
	return s.Edit(ctx, ref.Platform, ref.Channel, ref.Topic, func(sub *Subscription) error {
		for _, o := range sub.Outcomes {
			if o.Day == ref.Day && o.What == Refused {
				return ErrUnchanged
			}
		}
		sub.note(Outcome{ref.Day, now.UTC(), Refused, reason})
		sub.Refusals++
		if sub.Refusals >= mostRefusals && sub.Paused == nil {
			sub.Paused = &Paused{now.UTC(), reason}
		}
		return nil
	})
}

// Delivered notes that a platform has taken a digest.
func (s *Store) Delivered(ctx context.Context, ref Ref) error {
	if known := s.copyOf(Key(ref.Platform, ref.Channel, ref.Topic)); known == nil || known.Refusals == 0 {
		return nil
	}
	return s.Edit(ctx, ref.Platform, ref.Channel, ref.Topic, func(sub *Subscription) error {
		if sub.Refusals == 0 {
			return ErrUnchanged
		}
		sub.Refusals = 0
		return nil
	})
}

// Ref names the digest of a day.
type Ref struct {
	Platform string `json:"platform"`
	Channel  string `json:"channel"`
	Topic    string `json:"topic,omitempty"`
	Day      Day    `json:"day"`
}
