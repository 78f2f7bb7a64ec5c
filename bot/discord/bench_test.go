package discord

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"time"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/outbox"
	"reportbot/data"
)

// posting is the adapter without Discord behind it: posts are taken at once.
type posting struct{ *Discord }

func (p posting) Run(ctx context.Context, _ bot.Intake) error { <-ctx.Done(); return ctx.Err() }

func (posting) Post(context.Context, bot.Post) error { return nil }

// BenchmarkInteraction is a signed command over 16 connections, answered in its
// response.
func BenchmarkInteraction(b *testing.B) {
	debug.SetGCPercent(300) // as the program does, and the limit
	debug.SetMemoryLimit(256 << 20)
	r, err := data.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	e, err := answers.New(r)
	if err != nil {
		b.Fatal(err)
	}
	key := newSigning(b)
	d := adapter(b, key, nil)
	d.log = slog.New(slog.NewJSONHandler(io.Discard, nil))
	c := outbox.Defaults()
	c.Folder = b.TempDir()
	box, err := outbox.Open(b.Context(), c, outbox.Env{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(box.Close)
	settings := bot.Defaults()
	settings.Limits.PersonPerMinute, settings.Limits.ChannelPerMinute = 1<<30, 1<<30
	whole, err := bot.New(b.Context(), bot.Options{Engine: e, Outbox: box, Settings: settings, Adapters: []bot.Adapter{posting{d}}, Log: d.log})
	if err != nil {
		b.Fatal(err)
	}
	handler, err := d.Handler(whole)
	if err != nil {
		b.Fatal(err)
	}
	web := httptest.NewServer(handler)
	b.Cleanup(web.Close)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	requests := make([]*http.Request, b.N) // to sign them costs the client as much as all else
	for i := range requests {
		body := fmt.Sprintf(`{"id":"%d","application_id":"8","type":2,"token":"tok","channel_id":"%d","guild_id":"4","member":{"user":{"id":"%d"}},"app_permissions":"2048",
			"data":{"name":"report","type":1,"options":[{"name":"ask","type":1,"options":[{"name":"question","type":3,"value":"returned from France"}]}]}}`, i, i%100, i%500)
		q, err := http.NewRequest(http.MethodPost, web.URL+"/discord/interactions", bytes.NewReader([]byte(body)))
		if err != nil {
			b.Fatal(err)
		}
		q.Header = key.delivery(body, time.Now()).Header
		requests[i] = q
	}
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	began := time.Now()
	var connections sync.WaitGroup
	for c := range 16 {
		connections.Go(func() {
			for i := c; i < b.N; i += 16 {
				q := requests[i]
				began := time.Now()
				answer, err := client.Do(q)
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
				took[i] = time.Since(began)
				if answer.StatusCode != http.StatusOK {
					b.Errorf("status %d", answer.StatusCode)
				}
			}
		})
	}
	connections.Wait()
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "requests/s")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
