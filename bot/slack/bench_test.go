package slack

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
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

// posting is the adapter without Slack behind it: posts are taken at once.
type posting struct{ *Slack }

func (p posting) Run(ctx context.Context, _ bot.Intake) error { <-ctx.Done(); return ctx.Err() }

func (posting) Post(context.Context, bot.Post) error { return nil }

// server is a bot that takes Slack's deliveries over HTTP.
func server(b *testing.B) (url string) {
	b.Helper()
	r, err := data.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	e, err := answers.New(r)
	if err != nil {
		b.Fatal(err)
	}
	s := adapter(b)
	s.log = slog.New(slog.NewJSONHandler(io.Discard, nil))
	c := outbox.Defaults()
	c.Folder = b.TempDir()
	box, err := outbox.Open(b.Context(), c, outbox.Env{})
	if err != nil {
		b.Fatal(err)
	}
	settings := bot.Defaults()
	settings.Limits.PersonPerMinute, settings.Limits.ChannelPerMinute = 1<<30, 1<<30
	whole, err := bot.New(b.Context(), bot.Options{Engine: e, Outbox: box, Settings: settings, Adapters: []bot.Adapter{posting{s}}, Log: s.log})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = whole.Run(ctx) })
	web := httptest.NewServer(s.Handler(whole))
	b.Cleanup(func() { web.Close(); s.queue.Wait(); cancel(); running.Wait(); box.Close() })
	return web.URL
}

// rush sends b.N deliveries over 16 connections.
func rush(b *testing.B, body func(i int) (path, contentType, text string)) {
	debug.SetGCPercent(300) // as the program does, and the limit
	debug.SetMemoryLimit(256 << 20)
	at := server(b)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	began := time.Now()
	var connections sync.WaitGroup
	for c := range 16 {
		connections.Go(func() {
			for i := c; i < b.N; i += 16 {
				path, contentType, text := body(i)
				signed := delivery(path, contentType, text, time.Now())
				r, err := http.NewRequest(http.MethodPost, at+path, bytes.NewReader([]byte(text)))
				if err != nil {
					b.Error(err)
					return
				}
				r.Header = signed.Header
				began := time.Now()
				answer, err := client.Do(r)
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

// BenchmarkCommand is a signed slash command, answered in its response.
func BenchmarkCommand(b *testing.B) {
	rush(b, func(i int) (string, string, string) {
		return "/slack/commands", formType, url.Values{
			"team_id": {"T1"}, "channel_id": {fmt.Sprintf("C%d", i%100)}, "user_id": {fmt.Sprintf("U%d", i%500)},
			"command": {commandName}, "text": {"returned from France"}, "trigger_id": {fmt.Sprint(i)},
		}.Encode()
	})
}

// BenchmarkMention is a mention until its reply is stored and it is acknowledged.
func BenchmarkMention(b *testing.B) {
	rush(b, func(i int) (string, string, string) {
		return "/slack/events", jsonType, eventOf(fmt.Sprintf(
			`{"type":"app_mention","user":"U%d","text":"<@U0BOT> returned from France","ts":"1.%d","channel":"C%d"}`, i%500, i, i%100))
	})
}
