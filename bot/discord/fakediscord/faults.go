package fakediscord

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// faults is what goes wrong with calls of the REST API.
type faults struct {
	limits []*limit
	fails  []*failing
	paces  map[string]*pace // by route
	taken  []time.Time      // requests in the last second
	until  time.Time        // the global limit holds before
	held   map[string]held  // by route and place: limits that are not over
}

func newFaults() faults { return faults{paces: map[string]*pace{}, held: map[string]held{}} }

// held is a limit that an app was told of.
type held struct {
	scope Scope
	until time.Time
}

type limit struct {
	route string
	scope Scope
	after time.Duration
	times int
}

type failing struct {
	route string
	fault Fault
	times int
}

// pace is a bucket for each place that a route is called for.
type pace struct {
	limit int
	per   time.Duration
	used  map[string][]time.Time
}

// Scope is whom a rate limit is for (topics/rate-limits).
type Scope string

// The scopes; Cloudflare is no scope of Discord's but what is before it, which
// answers with a page.
const (
	PerRoute   Scope = "user"
	Shared     Scope = "shared"
	Global     Scope = "global"
	Cloudflare Scope = "cloudflare"
)

// Fault is something that goes wrong with a call.
type Fault struct {
	instead bool // of the call; else it takes place
	status  int
	code    int
	says    string
	cut     bool
	delay   time.Duration
}

// HTTPStatus answers with a status and a page, and does nothing.
func HTTPStatus(status int) Fault { return Fault{instead: true, status: status} }

// ErrorCode answers with an error of Discord's, and does nothing.
func ErrorCode(status, code int, message string) Fault {
	return Fault{instead: true, status: status, code: code, says: message}
}

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
	case f.cut:
		return answer{fault: f}
	case f.says != "":
		return refuse(f.status, f.code, f.says)
	}
	return answer{status: f.status, page: fmt.Sprintf("<html><body>%s</body></html>", http.StatusText(f.status))}
}

// Fail makes the next calls of a route go wrong: "POST /users/@me/channels", as
// Discord's OpenAPI description names it; "" is any route. Faults come in the
// order in which they were set.
func (d *Discord) Fail(route string, fault Fault, times int) {
	d.known(route)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults.fails = append(d.faults.fails, &failing{route, fault, times})
}

// Limit makes the next calls of a route answer 429; "" is any route. Calls that
// come before the time is over answer so too, and are counted (Early): with
// Global all calls, else those of the route for the same channel, guild or token.
func (d *Discord) Limit(route string, scope Scope, retryAfter time.Duration, times int) {
	d.known(route)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults.limits = append(d.faults.limits, &limit{route, scope, retryAfter, times})
}

// Pace gives a route a bucket of so many calls in so much time for each channel,
// guild or token, as Discord has them; their sizes there are not documented.
func (d *Discord) Pace(route string, calls int, per time.Duration) {
	d.known(route)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults.paces[route] = &pace{limit: calls, per: per, used: map[string][]time.Time{}}
}

// known fails the test if there is no such route.
func (d *Discord) known(name string) {
	if name != "" && !slices.ContainsFunc(d.routes, func(r route) bool { return r.name() == name }) {
		d.mistake("there is no route %q", name)
	}
}

// next takes the fault of a call; the zero Fault if there is none.
func (f *faults) next(route string) Fault {
	for _, x := range f.fails {
		if x.times > 0 && (x.route == "" || x.route == route) {
			x.times--
			return x.fault
		}
	}
	return Fault{}
}

// limited decides whether a call comes too soon; mu is held. Limits go by the
// real time, whatever the clock shows.
func (d *Discord) limited(r *request) (answer, bool) {
	now, f := time.Now(), &d.faults
	if left := f.until.Sub(now); left > 0 && !r.route.unbound {
		d.state.early++
		return tooMany(Global, left, nil), true
	}
	key := r.route.name() + " " + r.place()
	if h := f.held[key]; h.until.After(now) {
		d.state.early++
		return tooMany(h.scope, h.until.Sub(now), f.header(r)), true
	}
	for _, l := range f.limits {
		if l.times > 0 && (l.route == "" || l.route == r.route.name()) {
			l.times--
			if l.scope == Global {
				f.until = now.Add(l.after)
			} else {
				f.held[key] = held{l.scope, now.Add(l.after)}
			}
			return tooMany(l.scope, l.after, f.header(r)), true
		}
	}
	if wait, over := f.global(d.options.PerSecond, now); over && !r.route.unbound {
		d.blame("more than %d requests in a second: %s", d.options.PerSecond, r.path)
		f.until = now.Add(wait)
		return tooMany(Global, wait, nil), true
	}
	if wait, over := f.pace(r, now); over {
		return tooMany(PerRoute, wait, f.header(r)), true
	}
	return answer{}, false
}

// global counts a call among those of the last second.
func (f *faults) global(most int, now time.Time) (time.Duration, bool) {
	if most == 0 {
		return 0, false
	}
	f.taken = within(f.taken, now, globalWindow)
	if len(f.taken) >= most {
		return globalWindow - now.Sub(f.taken[0]), true
	}
	f.taken = append(f.taken, now)
	return 0, false
}

// pace takes a call from its bucket.
func (f *faults) pace(r *request, now time.Time) (time.Duration, bool) {
	p := f.paces[r.route.name()]
	if p == nil {
		return 0, false
	}
	place := r.place()
	used := within(p.used[place], now, p.per)
	if len(used) >= p.limit {
		return p.per - now.Sub(used[0]), true
	}
	p.used[place] = append(used, now)
	return 0, false
}

// place is what a bucket is for (topics/rate-limits: channel, guild, webhook).
func (r *request) place() string {
	return r.vars["channel_id"] + r.vars["guild_id"] + r.vars["webhook_token"] + r.vars["interaction_token"]
}

func within(times []time.Time, now time.Time, window time.Duration) []time.Time {
	return slices.DeleteFunc(slices.Clone(times), func(at time.Time) bool { return now.Sub(at) >= window })
}

// header are the X-RateLimit headers of a call's bucket (topics/rate-limits,
// "Header Format").
func (f *faults) header(r *request) map[string]string {
	most, left, reset := 1000, 999, time.Second
	if p := f.paces[r.route.name()]; p != nil {
		used := within(p.used[r.place()], time.Now(), p.per)
		most, left, reset = p.limit, max(p.limit-len(used), 0), p.per
		if len(used) > 0 {
			reset = p.per - time.Since(used[0])
		}
	}
	return map[string]string{
		"X-RateLimit-Limit": strconv.Itoa(most), "X-RateLimit-Remaining": strconv.Itoa(left),
		"X-RateLimit-Reset":       seconds(time.Duration(time.Now().Add(reset).UnixNano())),
		"X-RateLimit-Reset-After": seconds(reset),
		"X-RateLimit-Bucket":      bucketID(r.route.name()),
	}
}

func seconds(t time.Duration) string { return strconv.FormatFloat(t.Seconds(), 'f', 3, 64) }

// bucketID is some text for each route: Discord's are hashes.
func bucketID(route string) string {
	sum := uint64(14695981039346656037)
	for _, b := range []byte(route) {
		sum = (sum ^ uint64(b)) * 1099511628211
	}
	return fmt.Sprintf("%016x", sum)
}

// tooMany is the answer to a call that comes too soon (topics/rate-limits,
// "Exceeding A Rate Limit"). Retry-After is in whole seconds, rounded up;
// retry_after has the exact time.
func tooMany(scope Scope, after time.Duration, header map[string]string) answer {
	out := answer{status: http.StatusTooManyRequests, header: map[string]string{
		"Retry-After": strconv.Itoa(int(math.Ceil(after.Seconds()))), "Via": "1.1 google"}}
	if scope == Cloudflare {
		delete(out.header, "Via") // an answer without it is not Discord's
		out.page = "<html><head><title>Access denied</title></head><body>error code: 1015</body></html>"
		return out
	}
	for name, value := range header {
		out.header[name] = value
	}
	out.header["X-RateLimit-Scope"] = string(scope)
	if scope == Global {
		out.header["X-RateLimit-Global"] = "true"
	}
	out.body = object{"message": "You are being rate limited.", "retry_after": after.Seconds(), "global": scope == Global}
	if scope == PerRoute {
		out.header["X-RateLimit-Remaining"], out.header["X-RateLimit-Reset-After"] = "0", seconds(after)
		out.header["X-RateLimit-Reset"] = seconds(time.Duration(time.Now().Add(after).UnixNano()))
	}
	return out
}
