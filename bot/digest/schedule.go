package digest

import (
	"fmt"
	"time"
)

// Clock is a time of the day, in minutes since midnight.
type Clock int

// String is the time as HH:MM.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// MarshalText gives HH:MM.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads HH:MM.
func (c *Clock) UnmarshalText(text []byte) error {
	digit := func(i int) int { return int(text[i]) - '0' }
	if len(text) != len("09:00") || text[2] != ':' {
		return fmt.Errorf("%q is no time of the form HH:MM", text)
	}
	hours, minutes := 10*digit(0)+digit(1), 10*digit(3)+digit(4)
	for _, i := range []int{0, 1, 3, 4} {
		if d := digit(i); d < 0 || d > 9 || hours > 23 || minutes > 59 {
			return fmt.Errorf("%q is no time of the form HH:MM", text)
		}
	}
	*c = Clock(60*hours + minutes)
	return nil
}

// Schedule is when a digest is posted: at a time of the day, on days of the
// week, by the clocks of a zone.
type Schedule struct {
	At   Clock `json:"at"`
	Days Days  `json:"days"`
	Zone Zone  `json:"zone"`
}

// String is the schedule as people write it, and as Parse reads it: "weekdays
// 08:30 Europe/Paris".
func (s Schedule) String() string {
	return s.Days.String() + " " + s.At.String() + " " + s.Zone.Name()
}

// Slot is one time at which a digest is due.
type Slot struct {
	Day Day       // the local day that it is the digest of
	At  time.Time // the instant
}

// Clock is what the clocks of a zone show at the slot, as HH:MM.
func (s Slot) Clock(z Zone) string { return s.At.In(z.location()).Format("15:04") }

// mostDays is how many days in a row there may be without a slot: six of a
// week, and one that a zone left out by moving across the date line.
const mostDays = 8

// Next is the first slot after an instant.
func (s Schedule) Next(t time.Time) Slot {
	day := DayOf(t.In(s.Zone.location()))
	for d := day - 1; d <= day+mostDays; d++ { // one of the day before may have waited for the clocks
		if slot, ok := s.slot(d); ok && slot.At.After(t) {
			return slot
		}
	}
	return Slot{} // of no days
}

// Latest is the last slot up to and including an instant.
func (s Schedule) Latest(t time.Time) Slot {
	day := DayOf(t.In(s.Zone.location()))
	for d := day; d >= day-mostDays; d-- {
		if slot, ok := s.slot(d); ok && !slot.At.After(t) {
			return slot
		}
	}
	return Slot{}
}

// slot is the slot of a day; false if the day has none.
func (s Schedule) slot(d Day) (Slot, bool) {
	if !s.Days.on(d.Weekday()) || !s.Zone.has(d) {
		return Slot{}, false
	}
	return Slot{d, s.Zone.instant(d, s.At)}, true
}

// Number is the how-manieth day of the schedule a day is, counted from the day 0.
func (s Schedule) Number(d Day) int { return s.Days.before(d) }
