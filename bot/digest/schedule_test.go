package digest

import (
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// specialDays are days on which a zone's clocks change, with the time of a
// digest and the instant at which it is due.
func specialDays(t *testing.T) [][4]string {
	t.Helper()
	text, err := os.ReadFile("testdata/special_days.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out [][4]string
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 4 && f[0] != "#" {
			out = append(out, [4]string(f))
		}
	}
	return out
}

// TestSlotsOnSpecialDays: at the first moment at which the clocks show the time,
// at the next one that exists where they skip it.
func TestSlotsOnSpecialDays(t *testing.T) {
	for _, line := range specialDays(t) {
		zone, err := LoadZone(line[0])
		if err != nil {
			t.Fatal(err)
		}
		var day Day
		var at Clock
		if err := day.UnmarshalText([]byte(line[1])); err != nil {
			t.Fatal(err)
		}
		if err := at.UnmarshalText([]byte(line[2])); err != nil {
			t.Fatal(err)
		}
		slot, ok := Schedule{at, Daily, zone}.slot(day)
		if want := instant(t, line[3]); !ok || !slot.At.Equal(want) {
			t.Errorf("%s %s %s: %s (%v), want %s", line[0], line[1], line[2], slot.At.UTC(), ok, want)
		}
	}
}

// TestADayThatIsNotThere has no slot: Samoa left one out.
func TestADayThatIsNotThere(t *testing.T) {
	apia, err := LoadZone("Pacific/Apia")
	if err != nil {
		t.Fatal(err)
	}
	s := Schedule{9 * 60, Daily, apia}
	at := instant(t, "2011-12-29T00:00Z")
	var days []string
	for range 4 {
		slot := s.Next(at)
		days, at = append(days, slot.Day.String()), slot.At
	}
	if got := strings.Join(days, " "); got != "2011-12-29 2011-12-31 2012-01-01 2012-01-02" {
		t.Errorf("slots on %s", got)
	}
}

// TestSlotsAreOneADay: whatever the zone and time, each day of the schedule has
// one slot, in order, and Next and Latest agree.
func TestSlotsAreOneADay(t *testing.T) {
	zones := Zones()
	rapid.Check(t, func(t *rapid.T) {
		zone, err := LoadZone(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		s := Schedule{Clock(rapid.IntRange(0, 24*60-1).Draw(t, "minute")), Days(rapid.IntRange(1, 127).Draw(t, "days")), zone}
		at := time.Unix(rapid.Int64Range(1_000_000_000, 2_500_000_000).Draw(t, "at"), 0)
		next, latest := s.Next(at), s.Latest(at)
		if !next.At.After(at) || latest.At.After(at) || next.Day <= latest.Day {
			t.Fatalf("%s at %s: latest %v, next %v", s, at.UTC(), latest, next)
		}
		if again := s.Latest(next.At); again != next {
			t.Fatalf("latest at the next is %v", again)
		}
		if again := s.Next(latest.At); again != next {
			t.Fatalf("the next after the latest is %v, not %v", again, next)
		}
		for d := latest.Day + 1; d < next.Day; d++ {
			if s.Days.on(d.Weekday()) && zone.has(d) {
				t.Fatalf("%s has no slot", d)
			}
		}
		local := next.At.In(zone.location())
		if shown := Clock(local.Hour()*60 + local.Minute()); shown != s.At && DayOf(local.Add(-time.Minute)) == next.Day && shown < s.At {
			t.Fatalf("%s at %s", s, local)
		}
		if got := s.Number(next.Day) - s.Number(latest.Day); got < 1 || zone.has(latest.Day+1) && got > 2 {
			t.Fatalf("%d days of the schedule between two slots", got)
		}
	})
}

func TestDaysAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := Days(rapid.IntRange(1, 127).Draw(t, "days"))
		from := Day(rapid.IntRange(0, 30_000).Draw(t, "from"))
		to := from + Day(rapid.IntRange(0, 60).Draw(t, "length"))
		n := 0
		for d := from; d < to; d++ {
			if days.on(d.Weekday()) {
				n++
			}
		}
		if got := days.before(to) - days.before(from); got != n {
			t.Fatalf("%d days, want %d", got, n)
		}
	})
}

// TestZonesAreThere: each name that can be chosen has rules.
func TestZonesAreThere(t *testing.T) {
	t.Setenv("ZONEINFO", "/nowhere")
	for _, name := range Zones() {
		zone, err := LoadZone(strings.ToLower(strings.ReplaceAll(name, "_", " ")))
		if err != nil || zone.Name() != name {
			t.Errorf("%s: %s, %v", name, zone.Name(), err)
		}
	}
}

func TestZonesAreFound(t *testing.T) {
	for typed, want := range map[string]string{"par": "Europe/Paris", "europe/b": "Europe/Belgrade", "kathm": "Asia/Kathmandu", "cairp": "Africa/Cairo", "new y": "America/New_York", "": "UTC"} {
		found := SearchZones(typed, 25)
		at := false
		for _, name := range found {
			at = at || name == want
		}
		if !at {
			t.Errorf("%q finds %v, not %s", typed, found, want)
		}
	}
}
