// Package monitor tells over HTTP how a running bot is: /healthz, /readyz and
// /metrics.
package monitor

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"reportbot/bot/outbox"
)

// Subject is what is told of.
type Subject interface {
	// States is how each platform is: empty when messages can come in.
	States() map[string]string
	// DigestTroubles are the digests that do not come, with the reasons.
	DigestTroubles() []string
}

// Store is where replies are kept.
type Store interface {
	State(ctx context.Context) outbox.State
}

// readiness is the body of /readyz.
type readiness struct {
	Ready     bool                `json:"ready"`
	Outbox    outboxState         `json:"outbox"`
	Platforms map[string]platform `json:"platforms"`
	Digests   []string            `json:"digests,omitempty"` // those that do not come, and why
}

type outboxState struct {
	Ready      bool    `json:"ready"`
	Reason     string  `json:"reason,omitempty"`
	Depth      uint64  `json:"depth"`
	AgeSeconds float64 `json:"age_seconds"`
	Dead       uint64  `json:"dead"`
}

type platform struct {
	Ready  bool   `json:"ready"`
	Reason string `json:"reason,omitempty"`
}

// mostTroubles is how many digests are told of.
const mostTroubles = 100

// checkTime is how long the outbox may take to say how it is.
const checkTime = 2 * time.Second

// Handler serves the three paths. /healthz is 200 while the process can answer
// at all; /readyz is 200 when every platform takes messages in and replies can
// be stored, else 503 with the reasons.
func Handler(bot Subject, store Store, metrics prometheus.Gatherer) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), checkTime)
		defer cancel()
		ready := check(ctx, bot, store)
		w.Header().Set("Content-Type", "application/json")
		if !ready.Ready {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_ = json.NewEncoder(w).Encode(ready)
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	return mux
}

func check(ctx context.Context, bot Subject, store Store) readiness {
	s := store.State(ctx)
	r := readiness{
		Ready:     s.Reason == "",
		Outbox:    outboxState{s.Reason == "", s.Reason, s.Depth, s.Age.Seconds(), s.Dead},
		Platforms: map[string]platform{},
	}
	troubles := bot.DigestTroubles()
	r.Digests = troubles[:min(len(troubles), mostTroubles)]
	for name, reason := range bot.States() {
		r.Platforms[name] = platform{reason == "", reason}
		r.Ready = r.Ready && reason == ""
	}
	return r
}
