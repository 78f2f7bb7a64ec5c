package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"reportbot/bot/digest"
	"reportbot/bot/outbox"
)

// Digest is of Intake: what an order says is done at the desk, within the limits
// of messages.
func (b *Bot) Digest(ctx context.Context, m Message, o digest.Order) (reply Reply, err error) {
	err = b.admit(ctx, m, func(ctx context.Context, log *slog.Logger) (err error) {
		defer func() {
			if fault := recover(); fault != nil {
				reply = b.fault(log, m, fmt.Errorf("panic: %v\n%s", fault, debug.Stack()))
			}
		}()
		if v, limit, rest := b.limit(m); v != allowed {
			reply = tooMany(limit, rest)
			return nil
		}
		b.metrics.commands.WithLabelValues("digest", m.Target.Platform).Inc()
		reply, err = b.Desk.Digest(ctx, m, o)
		return err
	})
	return reply, err
}

// scheduler has the digests posted.
func (b *Bot) scheduler() *digest.Scheduler {
	return &digest.Scheduler{
		Store: b.subscriptions, Post: b.postDigest, Grace: b.settings.Digests.Grace, PerSecond: b.digestsPerSecond, Log: b.log, Now: b.now,
		Observe: func(platform string, what digest.What, late time.Duration) {
			b.metrics.digests.WithLabelValues(platform, string(what)).Inc()
			if what == digest.Posted {
				b.metrics.late.Observe(late.Seconds())
			}
		},
	}
}

func (b *Bot) digestsPerSecond(platform string) float64 {
	if s, ok := b.adapters[platform].(Spreader); ok {
		return s.DigestsPerSecond()
	}
	return math.MaxInt32
}

// digestSent notes in the ledger whether a platform takes a digest. What cannot
// be noted costs no digest: the next refusal is noted again.
func (b *Bot) digestSent(ctx context.Context, ref digest.Ref, sent error) {
	var refused *outbox.Refused
	var err error
	switch {
	case sent == nil, errors.Is(sent, outbox.ErrAlreadyThere):
		err = b.subscriptions.Delivered(ctx, ref)
	case errors.As(sent, &refused):
		b.metrics.digests.WithLabelValues(ref.Platform, string(digest.Refused)).Inc()
		err = b.subscriptions.Undelivered(ctx, ref, refused.Reason, b.now())
	}
	if err != nil {
		b.log.Warn("what became of a digest could not be noted", "platform", ref.Platform, "channel", ref.Channel, "error", err)
	}
}

// readFixed reads a digest of the configuration: platform, channel, and an order.
func readFixed(text string) (platform, channel string, o digest.Order, err error) {
	f := strings.Fields(text)
	if len(f) < 3 {
		return "", "", o, errors.New("write a platform, a channel and when, as in: slack C0123456789 daily 09:00 Europe/Paris")
	}
	o, err = digest.ParseOrder(strings.Join(f[2:], " "))
	switch {
	case err != nil:
		return "", "", o, err
	case o.Act != digest.Set:
		return "", "", o, errors.New("that sets no digest up; say when it comes, as in: slack C0123456789 daily 09:00 Europe/Paris")
	}
	return f[0], f[1], o, nil
}

// fixDigests brings the digests of the configuration into the store, and takes
// out those that are no longer in it.
func (b *Bot) fixDigests(ctx context.Context) error {
	wanted := map[string]bool{}
	for _, text := range b.settings.Digests.Fixed {
		key, err := b.fixDigest(ctx, text)
		if err != nil {
			return fmt.Errorf("digests.fixed: %q: %w", text, err)
		}
		wanted[key] = true
	}
	for _, s := range b.subscriptions.All() {
		if !s.Fixed || wanted[s.Key()] {
			continue
		}
		err := b.subscriptions.Edit(ctx, s.Platform, s.Channel, s.Topic, func(s *digest.Subscription) error {
			s.Fixed, s.Removed = false, b.now().UTC()
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) fixDigest(ctx context.Context, text string) (key string, err error) {
	platform, channel, o, err := readFixed(text)
	if err != nil {
		return "", err
	}
	t, refusal := b.topicOf(o)
	switch {
	case t == nil:
		return "", errors.New(refusal.Parts[0].Headline + " " + refusal.Parts[0].Body[0].Text)
	case b.adapters[platform] == nil:
		return "", &ErrNoAdapter{platform}
	}
	if !o.Zoned {
		if o.Schedule.Zone, err = digest.LoadZone(b.settings.Digests.Zone); err != nil {
			return "", errors.New("name a time zone, here or as digests.zone")
		}
	}
	err = b.subscriptions.Edit(ctx, platform, channel, t.slug, func(s *digest.Subscription) error {
		if s.Fixed && s.Removed.IsZero() && s.Schedule == o.Schedule && slices.Equal(s.Without, o.Without) {
			return digest.ErrUnchanged
		}
		s.Since = b.now().UTC()
		s.Fixed, s.Schedule, s.Without, s.Removed = true, o.Schedule, o.Without, time.Time{}
		if s.Paused != nil && s.Paused.Why == "" {
			s.Paused = nil
		}
		return nil
	})
	return digest.Key(platform, channel, t.slug), err
}

// DigestLine is a digest of a channel, in words.
type DigestLine struct {
	Platform, Channel string

	What  string // when it comes and what it is about
	State string // when the next one comes, or why none does
}

// Digests is of Intake.
func (d *Desk) Digests(platform, channel string) []DigestLine {
	var out []DigestLine
	for _, s := range d.subscriptions.Of(platform, channel) {
		out = append(out, DigestLine{s.Platform, s.Channel, d.described(s), stateWords(s)})
	}
	return out
}

// AllDigests are those of all channels.
func (d *Desk) AllDigests() []DigestLine {
	var out []DigestLine
	for _, s := range d.subscriptions.All() {
		out = append(out, DigestLine{s.Platform, s.Channel, d.described(s), stateWords(s)})
	}
	return out
}

// DigestTroubles are the digests that do not come, or were skipped the last
// time, each with the reason.
func (d *Desk) DigestTroubles() []string {
	var out []string
	for _, s := range d.subscriptions.All() {
		where := s.Platform + " " + s.Channel + ", " + d.described(s) + ": "
		switch last := lastOutcome(s); {
		case s.Paused != nil && s.Paused.Why != "":
			out = append(out, where+"paused since "+s.Paused.At.Format(time.RFC3339)+": "+s.Paused.Why)
		case s.Paused == nil && last.What == digest.Skipped:
			out = append(out, where+"skipped on "+last.Day.String()+": "+last.Why)
		}
	}
	return out
}

func lastOutcome(s *digest.Subscription) digest.Outcome {
	if n := len(s.Outcomes); n > 0 {
		return s.Outcomes[n-1]
	}
	return digest.Outcome{}
}
