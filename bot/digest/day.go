package digest

import (
	"fmt"
	"math/bits"
	"strings"
	"time"
)

// Day is a day of the calendar: days since 1 January 1970, a Thursday.
type Day int

// DayOf is the day that a clock shows at an instant, in the zone of t.
func DayOf(t time.Time) Day {
	_, offset := t.Zone()
	seconds := t.Unix() + int64(offset)
	return Day((seconds - mod(seconds, secondsOfADay)) / secondsOfADay)
}

const secondsOfADay = 24 * 60 * 60

func mod(a, n int64) int64 { return (a%n + n) % n }

// clock is the time at which a clock that knows no zones shows the beginning of the day.
func (d Day) clock() time.Time { return time.Unix(int64(d)*secondsOfADay, 0).UTC() }

// Weekday is the day's place in the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(mod(int64(d)+int64(time.Thursday), 7)) }

// String is the day as YYYY-MM-DD.
func (d Day) String() string { return d.clock().Format(time.DateOnly) }

// Words is the day as people write it: "Thursday, 26 November 2026".
func (d Day) Words() string { return d.clock().Format("Monday, 2 January 2006") }

// MarshalText gives YYYY-MM-DD; the empty text for the day 0, which stands for none.
func (d Day) MarshalText() ([]byte, error) {
	if d == 0 {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads that.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("%q is no day of the form YYYY-MM-DD", text)
	}
	*d = DayOf(t)
	return nil
}

// Days are days of the week, a bit each, Sunday's the lowest.
type Days uint8

// The usual sets of days.
const (
	Daily    Days = 1<<7 - 1
	Weekdays Days = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday
	Weekends Days = 1<<time.Saturday | 1<<time.Sunday
)

// on says whether a day of the week is among them.
func (d Days) on(w time.Weekday) bool { return d&(1<<w) != 0 }

// count is how many they are.
func (d Days) count() int { return bits.OnesCount8(uint8(d & Daily)) }

// before is how many days of the calendar are among them, from the day 0 up to
// but not including one.
func (d Days) before(day Day) int {
	n := int(day) / 7 * d.count()
	for rest := day - day%7; rest < day; rest++ {
		if d.on(rest.Weekday()) {
			n++
		}
	}
	return n
}

// String is the days as people write them, and as Parse reads them: "daily",
// "weekdays", "mondays and thursdays".
func (d Days) String() string {
	switch d {
	case Daily:
		return "daily"
	case Weekdays:
		return "weekdays"
	case Weekends:
		return "weekends"
	}
	var names []string
	for i := range 7 {
		if w := time.Weekday((i + 1) % 7); d.on(w) { // a week begins on Monday
			names = append(names, strings.ToLower(w.String())+"s")
		}
	}
	return strings.Join(names, " and ")
}

// MarshalText gives the days as String does.
func (d Days) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads that.
func (d *Days) UnmarshalText(text []byte) error {
	days, rest := readDays(strings.Fields(string(text)))
	if days == 0 || len(rest) > 0 {
		return fmt.Errorf("%q are no days of the week", text)
	}
	*d = days
	return nil
}
