package digest

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// Subscription is a digest that a channel gets: one for each topic.
type Subscription struct {
	Platform string    `json:"platform"`
	Channel  string    `json:"channel"`
	Topic    string    `json:"topic,omitempty"` // its slug; empty: everything
	Schedule Schedule  `json:"schedule"`
	Without  []Section `json:"without,omitempty"`
	By       string    `json:"by,omitempty"`    // who set it up, as Person gives it
	Fixed    bool      `json:"fixed,omitempty"` // by the configuration
	Since    time.Time `json:"since"`           // slots up to then are none of its

	Paused  *Paused   `json:"paused,omitempty"`
	Removed time.Time `json:"removed,omitzero"` // kept for a while, for what was posted that day

	// The ledger.
	Last     Day       `json:"last,omitempty"` // the last day that was dealt with; 0: none
	Outcomes []Outcome `json:"outcomes,omitempty"`
	Refusals int       `json:"refusals,omitempty"` // in a row
}

// Paused is why a digest does not come.
type Paused struct {
	At  time.Time `json:"at"`
	Why string    `json:"why,omitempty"` // empty: somebody paused it
}

// Key tells subscriptions apart.
func (s *Subscription) Key() string { return Key(s.Platform, s.Channel, s.Topic) }

// Key is that of the subscription of a channel and topic.
func Key(platform, channel, topic string) string {
	return strings.Join([]string{platform, channel, topic}, "\x00")
}

// SlotID is what the digest of a day goes by in the outbox: no two have the same.
func (s *Subscription) SlotID(d Day) string {
	return strings.Join([]string{"digest", s.Platform, s.Channel, s.Topic, d.String()}, "/")
}

// Person is somebody of a platform, so that what they set up can be counted
// without keeping who they are.
func Person(platform, author string) string {
	sum := sha256.Sum256([]byte("digest\x00" + platform + "\x00" + author))
	return hex.EncodeToString(sum[:8])
}

// Active says whether the digest comes.
func (s *Subscription) Active() bool { return s.Paused == nil && s.Removed.IsZero() }

// Next is the next slot that is to be dealt with, whether it is due or not.
func (s *Subscription) Next() Slot {
	slot := s.Schedule.Next(s.Since)
	if s.Last != 0 && slot.Day <= s.Last {
		slot = s.Schedule.Next(s.Schedule.Zone.instant(s.Last, s.Schedule.At))
	}
	return slot
}

// Upcoming is the slot that comes next after an instant, whatever was posted and
// whether it is paused.
func (s *Subscription) Upcoming(t time.Time) Slot {
	slot := s.Schedule.Next(t)
	if s.Last != 0 && slot.Day <= s.Last {
		slot = s.Schedule.Next(slot.At)
	}
	return slot
}

// Previous is the slot before one.
func (s *Subscription) Previous(slot Slot) Slot { return s.Schedule.Latest(slot.At.Add(-time.Second)) }

// Leaves out says whether a section is left out.
func (s *Subscription) Leaves(section Section) bool { return slices.Contains(s.Without, section) }

// clone is a copy that shares nothing.
func (s *Subscription) clone() *Subscription {
	c := *s
	c.Without, c.Outcomes = slices.Clone(s.Without), slices.Clone(s.Outcomes)
	if s.Paused != nil {
		paused := *s.Paused
		c.Paused = &paused
	}
	return &c
}
