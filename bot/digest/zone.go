package digest

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the rules of the zones, whatever the machine has

	"github.com/agnivade/levenshtein"
	"github.com/sahilm/fuzzy"
)

// Zone is a time zone by its name in the tz database, such as Europe/Paris. Its
// zero value is UTC.
type Zone struct{ of *time.Location }

// location is never nil.
func (z Zone) location() *time.Location {
	if z.of == nil {
		return time.UTC
	}
	return z.of
}

// Name is the zone's name.
func (z Zone) Name() string { return z.location().String() }

// MarshalText gives the name.
func (z Zone) MarshalText() ([]byte, error) { return []byte(z.Name()), nil }

// UnmarshalText reads it.
func (z *Zone) UnmarshalText(text []byte) (err error) {
	*z, err = LoadZone(string(text))
	return err
}

// farthest is more than the farthest that a clock is ahead of UTC or behind it.
const farthest = 26 * time.Hour

// instant is when a zone's clocks show a time of a day for the first time; where
// they skip it, the first moment after.
func (z Zone) instant(d Day, c Clock) time.Time {
	wanted := d.clock().Add(time.Duration(c) * time.Minute)
	from := wanted.Add(-farthest).In(z.location())
	for {
		_, seconds := from.Zone()
		_, until := from.ZoneBounds()
		at := wanted.Add(-time.Duration(seconds) * time.Second).In(z.location())
		if at.Before(from) {
			at = from
		}
		if until.IsZero() || at.Before(until) {
			return at
		}
		from = until.In(z.location())
	}
}

// has says whether there is a day in a zone: some have left one out to move
// across the date line.
func (z Zone) has(d Day) bool { return DayOf(z.instant(d, 0)) == d }

// zoneNames are the names of the zones that one can choose: places, and UTC
// (IANA time zone database 2025c: those of zone.tab first, then the names that are
// kept for old times' sake).
//
//go:embed zones.txt
var zoneNames string

// Zones are the names of all zones that can be chosen.
func Zones() []string { return strings.Fields(zoneNames) }

// UnknownZoneError says that there is no zone of a name.
type UnknownZoneError struct {
	Name    string
	Nearest []string // what may have been meant, the likeliest first
}

// Error is a sentence for whoever wrote the name.
func (e *UnknownZoneError) Error() string {
	text := fmt.Sprintf("I know no time zone %q.", e.Name)
	if len(e.Nearest) == 0 {
		return text + " Name one by its area and city, as in Europe/Paris."
	}
	return text + " Did you mean " + oneOf(e.Nearest) + "?"
}

func oneOf(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return strings.Join(list[:len(list)-1], ", ") + " or " + list[len(list)-1]
}

// LoadZone is the zone of a name in any case, with spaces or underscores, or of
// a city alone where just one zone has it. Error: *UnknownZoneError.
func LoadZone(name string) (Zone, error) {
	if of, ok := loaded.Load(name); ok {
		return Zone{of.(*time.Location)}, nil
	}
	want := zoneKey(name)
	var cities []string
	for _, known := range Zones() {
		switch key := zoneKey(known); want {
		case key:
			return loadKnown(known)
		case key[strings.LastIndexByte(key, '/')+1:]:
			cities = append(cities, known)
		}
	}
	if len(cities) == 1 {
		return loadKnown(cities[0])
	}
	if len(cities) == 0 {
		cities = nearestZones(want)
	}
	return Zone{}, &UnknownZoneError{strings.TrimSpace(name), first(cities, mostNearest)}
}

// loaded are the zones that were read, by name: the standard library reads the
// rules of a zone anew each time, some kilobytes that never change.
var loaded sync.Map

func loadKnown(name string) (Zone, error) {
	if of, ok := loaded.Load(name); ok {
		return Zone{of.(*time.Location)}, nil
	}
	of, err := time.LoadLocation(name)
	if err != nil {
		return Zone{}, fmt.Errorf("the rules of the time zone %s cannot be read: %w", name, err)
	}
	kept, _ := loaded.LoadOrStore(name, of)
	return Zone{kept.(*time.Location)}, nil
}

// zoneKey is a name without what people vary in it.
func zoneKey(name string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("_", " ", "-", " ").Replace(strings.ToLower(name))), " ")
}

// mostNearest is how many names are put forward.
const mostNearest = 3

func first(list []string, most int) []string { return list[:min(most, len(list))] }

// nearestZones are zones that a name may stand for: those that have it as their
// abbreviation, then those whose city is spelled alike, then those that hold its
// letters in their order.
func nearestZones(want string) []string {
	out := abbreviated(want)
	names := Zones()
	keys := make([]string, len(names))
	type near struct {
		name     string
		distance int
	}
	var alike []near
	for i, name := range names {
		keys[i] = zoneKey(name)
		city := keys[i][strings.LastIndexByte(keys[i], '/')+1:]
		distance := min(levenshtein.ComputeDistance(want, city), levenshtein.ComputeDistance(want, keys[i]))
		if distance <= 2 && distance*3 <= len(want) {
			alike = append(alike, near{name, distance})
		}
	}
	slices.SortStableFunc(alike, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	for _, n := range alike {
		out = append(out, n.name)
	}
	if len(out) == 0 && len(want) >= 3 {
		for _, m := range fuzzy.Find(want, keys) {
			out = append(out, names[m.Index])
		}
	}
	return out
}

// longestAbbreviation is how many letters the longest one has, as AEDT.
const longestAbbreviation = 4

// abbreviated are the zones whose clocks go by an abbreviation in January or
// July, such as PST. Many share one, so that none is read as a zone.
func abbreviated(want string) []string {
	if len(want) > longestAbbreviation {
		return nil
	}
	var out []string
	for _, name := range Zones() {
		zone, err := loadKnown(name)
		if err != nil {
			continue
		}
		for _, month := range []time.Month{time.January, time.July} {
			short, _ := time.Date(2026, month, 1, 12, 0, 0, 0, zone.location()).Zone()
			if strings.EqualFold(short, want) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// SearchZones are the names of zones for what is typed of one, at most so many,
// the likeliest first; the first of all where nothing is typed.
func SearchZones(typed string, most int) []string {
	want := zoneKey(typed)
	if want == "" {
		return first(Zones(), most)
	}
	var begin, within []string
	for _, name := range Zones() {
		key := zoneKey(name)
		switch {
		case strings.HasPrefix(key, want), strings.Contains(key, "/"+want):
			begin = append(begin, name)
		case strings.Contains(key, want):
			within = append(within, name)
		}
	}
	found := append(begin, within...)
	if len(found) == 0 {
		found = nearestZones(want)
	}
	return first(found, most)
}
