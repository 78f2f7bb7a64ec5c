package digest

import (
	"fmt"
	"runtime"
	"testing"
	"time"
)

const manySubscriptions = 100_000

// manyChannels is an office with many subscriptions at nine, over all zones or
// in one.
func manyChannels(b *testing.B, zones []string) *office {
	b.Helper()
	shelf := newShelf()
	o := newOffice(b, shelf, "2026-11-23T08:00Z")
	for i := range manySubscriptions {
		zone, err := LoadZone(zones[i%len(zones)])
		if err != nil {
			b.Fatal(err)
		}
		err = o.Store.Edit(b.Context(), "fake", fmt.Sprintf("C%09d", i), "", func(s *Subscription) error {
			s.Schedule, s.Since, s.By = Schedule{9 * 60, Daily, zone}, o.clock, Person("fake", fmt.Sprint(i))
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return o
}

// BenchmarkTick is a look at 100,000 subscriptions of which none is due, and the
// memory that they take: read by a store, without the bucket's own.
func BenchmarkTick(b *testing.B) {
	first := manyChannels(b, Zones())
	before := inUse()
	o := newOffice(b, first.shelf, "2026-11-23T08:00Z")
	taken := float64(inUse()-before) / (1 << 20)
	o.clock = time.Date(2026, 11, 23, 8, 0, 0, 1, time.UTC)
	o.Tick(b.Context()) // the zone in which it is nine
	for b.Loop() {
		o.clock = o.clock.Add(time.Nanosecond)
		o.Tick(b.Context())
	}
	b.ReportMetric(taken, "MiB")
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkSharedSlot is a slot that 100,000 subscriptions share: what it costs to
// find them due and to write their ledgers, in memory.
func BenchmarkSharedSlot(b *testing.B) {
	o := manyChannels(b, []string{"Europe/Paris"})
	for b.Loop() {
		o.posts, o.sent = nil, map[string]bool{}
		o.clock = o.clock.AddDate(0, 0, 1)
		o.Tick(b.Context())
		if len(o.posts) != manySubscriptions {
			b.Fatalf("%d posts", len(o.posts))
		}
	}
}
