package slack

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// signedFor is how long a signature of Slack's is good
// (docs.slack.dev/authentication/verifying-requests-from-slack).
const signedFor = 5 * time.Minute

// replays knows the deliveries that were answered, by their signatures, for as
// long as these are good: whoever has seen one could send it again. Slack itself
// signs anew. It holds two spans of time, the older of which goes as a whole.
type replays struct {
	now func() time.Time

	mu          sync.Mutex
	began       time.Time
	fresh, past map[string]struct{}
}

func newReplays(now func() time.Time) *replays {
	return &replays{now: now, began: now(), fresh: map[string]struct{}{}}
}

// turn begins a new span when the last one is over. A signature may be good for
// five minutes to come and five gone by, so that a span is twice as long.
func (r *replays) turn() {
	if now := r.now(); now.Sub(r.began) > 2*signedFor {
		r.past, r.fresh, r.began = r.fresh, map[string]struct{}{}, now
	}
}

func (r *replays) seen(signature string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn()
	_, fresh := r.fresh[signature]
	_, past := r.past[signature]
	return fresh || past
}

func (r *replays) add(signature string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn()
	r.fresh[signature] = struct{}{}
}

// once lets a signed delivery through until it was answered with success; then
// it is acknowledged, and nothing else happens.
func (r *replays) once(next func(http.ResponseWriter, *http.Request, []byte)) func(http.ResponseWriter, *http.Request, []byte) {
	return func(w http.ResponseWriter, q *http.Request, body []byte) {
		signature := strings.ToLower(q.Header.Get("X-Slack-Signature")) // hexadecimal, in either case
		if r.seen(signature) {
			w.WriteHeader(http.StatusOK)
			return
		}
		answer := &answered{ResponseWriter: w, status: http.StatusOK}
		next(answer, q, body)
		if answer.status == http.StatusOK {
			r.add(signature)
		}
	}
}

// answered knows with which status a delivery was answered.
type answered struct {
	http.ResponseWriter
	status int
}

// WriteHeader writes the status.
func (a *answered) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (a *answered) Unwrap() http.ResponseWriter { return a.ResponseWriter }
