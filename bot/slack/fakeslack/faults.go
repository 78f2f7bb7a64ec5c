package fakeslack

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"
)

// faults is what goes wrong with calls of the Web API.
type faults struct {
	limits []*rate
	until  time.Time // all calls are limited before
	fails  []*failing
	burst  int                // of posts in a channel, 0: posts are not paced
	posts  map[string]float64 // by channel: posts in hand, at …
	seen   map[string]time.Time
}

type rate struct {
	method, channel string
	after           time.Duration
	times           int
}

type failing struct {
	method string
	fault  Fault
	times  int
}

// Fault is something that goes wrong with a call.
type Fault struct {
	instead bool // of the call; else it takes place
	status  int
	code    string
	cut     bool
	delay   time.Duration
}

// HTTPStatus answers with a status and a page, and does nothing.
func HTTPStatus(status int) Fault { return Fault{instead: true, status: status} }

// ErrorCode answers with an error of Slack's, and does nothing.
func ErrorCode(code string) Fault { return Fault{instead: true, code: code} }

// CutBefore ends the connection, and does nothing.
func CutBefore() Fault { return Fault{instead: true, cut: true} }

// CutAfter does what is asked and then ends the connection without an answer:
// the caller cannot know that it was done.
func CutAfter() Fault { return Fault{cut: true} }

// Slow does what is asked and answers late.
func Slow(by time.Duration) Fault { return Fault{delay: by} }

// answer is that of a fault that takes a call's place.
func (f Fault) answer() answer {
	switch {
	case f.code != "":
		return no(refuse(f.code))
	case f.cut:
		return answer{fault: f, note: "cut"}
	}
	return answer{status: f.status, note: fmt.Sprintf("HTTP %d", f.status)}
}

// Fail makes the next calls of a method go wrong; "" is any method, "upload" the
// sending of a file's bytes. Faults come in the order in which they were set.
func (s *Slack) Fail(method string, fault Fault, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.fails = append(s.faults.fails, &failing{method, fault, times})
}

// Limit makes the next calls of a method answer 429; "" is any method, and any
// channel. Retry-After is in whole seconds, rounded up; a negative retryAfter
// leaves it out.
func (s *Slack) Limit(method, channel string, retryAfter time.Duration, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.limits = append(s.faults.limits, &rate{method, channel, retryAfter, times})
}

// LimitAll makes all calls answer 429 until then by the clock.
func (s *Slack) LimitAll(until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.until = until
}

// PacePosts has chat.postMessage take one message a second in each channel, and
// so many at once; 0 ends it. Source: docs.slack.dev/apis/web-api/rate-limits.
func (s *Slack) PacePosts(burst int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.burst, s.faults.posts, s.faults.seen = burst, map[string]float64{}, map[string]time.Time{}
}

// next takes the fault of a call; the zero Fault if there is none.
func (f *faults) next(method string) Fault {
	for _, x := range f.fails {
		if x.times > 0 && (x.method == "" || x.method == method) {
			x.times--
			return x.fault
		}
	}
	return Fault{}
}

// limited tells whether a call comes too soon; mu is held.
func (s *Slack) limited(method, channel string) (time.Duration, bool) {
	now := s.now()
	if left := s.faults.until.Sub(now); left > 0 {
		return left, true
	}
	for _, r := range s.faults.limits {
		if r.times > 0 && (r.method == "" || r.method == method) && (r.channel == "" || r.channel == channel) {
			r.times--
			return r.after, true
		}
	}
	if method != "chat.postMessage" || s.faults.burst == 0 {
		return 0, false
	}
	return s.faults.pace(channel, now)
}

// pace takes a post from those that a channel has in hand.
func (f *faults) pace(channel string, now time.Time) (time.Duration, bool) {
	hand := float64(f.burst)
	if at, before := f.seen[channel]; before {
		hand = min(hand, f.posts[channel]+now.Sub(at).Seconds())
	}
	f.seen[channel] = now
	if hand < 1 {
		f.posts[channel] = hand
		return time.Duration((1 - hand) * float64(time.Second)), true
	}
	f.posts[channel] = hand - 1
	return 0, false
}

// tooMany is the answer to a call that comes too soon.
func tooMany(after time.Duration) answer {
	out := answer{status: http.StatusTooManyRequests, body: object{"ok": false, "error": "ratelimited"}}
	if after >= 0 {
		out.header = map[string]string{"Retry-After": strconv.Itoa(int(math.Ceil(after.Seconds())))}
	}
	return out
}
