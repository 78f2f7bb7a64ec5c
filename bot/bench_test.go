package bot

import (
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"time"

	"reportbot/bot/digest"
)

// BenchmarkHandleToSent is the whole way of a message: taken in, answered, its
// reply stored through to the disk, posted, recorded as sent. 32 people ask at
// the same time in 200 channels.
func BenchmarkHandleToSent(b *testing.B) {
	debug.SetGCPercent(300) // as the program does, and the limit
	debug.SetMemoryLimit(256 << 20)
	r := start(b, func(o *Options) { o.Log = slog.New(slog.NewJSONHandler(io.Discard, nil)) })
	questions := []string{"returned from France", "how many women went from Indonesia", "top 5 countries by returnees", "compare the UK and Germany"}
	const askers = 16
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	began := time.Now()
	var all sync.WaitGroup
	for asker := range askers {
		all.Go(func() {
			for i := asker; i < b.N; i += askers {
				began := time.Now()
				m := message(fmt.Sprintf("fake/%d", i), fmt.Sprintf("channel %d", i%200), fmt.Sprint(i%1000), questions[i%len(questions)])
				if err := r.Handle(b.Context(), m); err != nil {
					b.Error(err)
				}
				took[i] = time.Since(began)
			}
		})
	}
	all.Wait()
	r.platform.await(b, b.N)
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "messages/s")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-store-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-store-ms")
}

// BenchmarkDigests is a slot that many channels share: each digest is made, stored,
// noted in the ledger, posted, and recorded as sent. late is how long after its
// time the last one was posted.
func BenchmarkDigests(b *testing.B) {
	debug.SetGCPercent(300) // as the program does, and the limit
	debug.SetMemoryLimit(256 << 20)
	r := start(b, func(o *Options) { o.Log = slog.New(slog.NewJSONHandler(io.Discard, nil)) })
	paris, err := digest.LoadZone("Europe/Paris")
	if err != nil {
		b.Fatal(err)
	}
	for i := range b.N {
		err := r.subscriptions.Edit(b.Context(), "fake", fmt.Sprint("channel ", i), "", func(s *digest.Subscription) error {
			s.Schedule, s.Since = digest.Schedule{At: 9 * 60, Days: digest.Daily, Zone: paris}, r.clock.Now()
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	began := time.Now()
	r.clock.pass(5 * time.Hour) // nine in Paris was four minutes ago
	r.platform.await(b, b.N)
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "digests/s")
	b.ReportMetric(time.Since(began).Seconds(), "late-s")
}
