package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/time/rate"

	"reportbot/bot/outbox"
)

// rest calls Discord's API through the client library, which is kept from
// waiting, trying again and remembering buckets by itself: it would do so
// without end and without regard to the context.
type rest struct {
	session *discordgo.Session
	timeout time.Duration
}

func newRest(c Config) (*rest, error) {
	base, err := url.Parse(c.APIURL)
	if err != nil {
		return nil, fmt.Errorf("discord.api_url: %w", err)
	}
	session, err := discordgo.New("Bot " + c.Token.Reveal())
	if err != nil {
		return nil, err
	}
	session.Client = &http.Client{Transport: newTransport(base)}
	session.ShouldRetryOnRateLimit, session.MaxRestRetries = false, 0
	session.LogLevel = -1 // it logs what people write
	return &rest{session, c.Timeout}, nil
}

// call makes a request: body as JSON, nil for none; the answer is read into
// into, nil for nothing. Its errors are *outbox.Wait for a limit, *apiError for
// what Discord refuses, and others for what may not have come through.
func (r *rest) call(ctx context.Context, method, path string, body, into any) error {
	return r.send(ctx, method, path, body, nil, into)
}

// send is call with files.
func (r *rest) send(ctx context.Context, method, path string, body any, files []file, into any) error {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	kind, text, err := requestBody(body, files)
	if err != nil {
		return fmt.Errorf("writing a request: %w", err)
	}
	// A bucket of its own for each request: what the library keeps of one, it keeps for ever.
	bucket := discordgo.NewRatelimiter().LockBucket("")
	answer, err := r.session.RequestWithLockedBucket(method, discordgo.EndpointAPI+path, kind, text, bucket, 0, discordgo.WithContext(ctx))
	if err != nil {
		return plainError(err)
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("reading Discord's answer: %w", err)
	}
	return nil
}

// requestBody is the body of a request and its media type: JSON, or with files parts
// of which one is the JSON (docs.discord.com/developers/reference, uploading files).
func requestBody(body any, files []file) (kind string, text []byte, err error) {
	if len(files) > 0 {
		uploads := make([]*discordgo.File, len(files))
		for i := range files {
			f := &files[i]
			uploads[i] = &discordgo.File{Name: f.Name, ContentType: f.uploadKind(), Reader: bytes.NewReader(f.data)}
		}
		return discordgo.MultipartBodyWithJSON(body, uploads)
	}
	if body != nil {
		text, err = json.Marshal(body)
	}
	return "application/json", text, err
}

// apiError is what Discord says no to.
type apiError struct {
	Status  int
	Code    int    // docs.discord.com/developers/topics/opcodes-and-status-codes, JSON error codes; 0: none
	Message string // Discord's words
}

// Error is what Discord answered.
func (e *apiError) Error() string {
	return fmt.Sprintf("Discord answers %d: %s (code %d)", e.Status, e.Message, e.Code)
}

// codeOf is the code that Discord answered, 0 for any other error.
func codeOf(err error) int {
	var answer *apiError
	if !errors.As(err, &answer) {
		return 0
	}
	return answer.Code
}

// plainError is an error of the client library without the address, in which the
// tokens of interactions stand.
func plainError(err error) error {
	var wait *outbox.Wait
	if errors.As(err, &wait) {
		return wait
	}
	var answer *discordgo.RESTError
	if errors.As(err, &answer) && answer.Response != nil {
		out := &apiError{Status: answer.Response.StatusCode}
		if answer.Message != nil {
			out.Code, out.Message = answer.Message.Code, answer.Message.Message
		}
		return out
	}
	var of *url.Error
	if errors.As(err, &of) {
		return fmt.Errorf("Discord cannot be reached: %w", of.Err)
	}
	return err
}

// transport sends requests to the configured address, within Discord's limits.
type transport struct {
	base *url.URL
	next http.RoundTripper
	pace *rate.Limiter

	mu    sync.Mutex
	until time.Time            // no request before: a global limit
	holds map[string]time.Time // by bucket: none of it before
}

func newTransport(base *url.URL) *transport {
	next, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		next = &http.Transport{}
	}
	next = next.Clone()
	next.MaxIdleConnsPerHost = 16
	return &transport{base: base, next: next, pace: rate.NewLimiter(perSecond, perSecond), holds: map[string]time.Time{}}
}

// RoundTrip sends a request, or says how long to wait.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	free := strings.Contains(r.URL.Path, "/interactions/") // not under the global limit (docs.discord.com/developers/topics/rate-limits)
	key := bucketOf(r.URL.Path)
	if wait := t.held(key, free); wait > 0 {
		return nil, &outbox.Wait{For: wait}
	}
	if !free {
		if err := t.pace.Wait(r.Context()); err != nil {
			return nil, err
		}
	}
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = t.base.Scheme, t.base.Host
	r.Host = ""
	answer, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode == http.StatusTooManyRequests {
		return nil, t.limited(key, answer)
	}
	t.note(key, answer.Header)
	return answer, nil
}

// bucketOf is what of a path a limit is about: the channel, server, application or
// webhook (docs.discord.com/developers/topics/rate-limits, top-level resources).
// A path with the token of an interaction has none.
func bucketOf(path string) string {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, p := range parts {
		switch {
		case p == "webhooks" || p == "interactions":
			return ""
		case (p == "channels" || p == "applications" || p == "guilds") && i+1 < len(parts):
			return p + "/" + parts[i+1]
		}
	}
	return "other"
}

// held is how long a request must wait.
func (t *transport) held(key string, free bool) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	wait := t.holds[key].Sub(now)
	if !free {
		wait = max(wait, t.until.Sub(now))
	}
	if wait <= 0 {
		delete(t.holds, key)
	}
	return wait
}

// note remembers a bucket that is used up.
func (t *transport) note(key string, h http.Header) {
	if key == "" || h.Get("X-RateLimit-Remaining") != "0" {
		return
	}
	t.hold(key, seconds(h.Get("X-RateLimit-Reset-After")), false)
}

func (t *transport) hold(key string, d time.Duration, global bool) {
	if d <= 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	until := time.Now().Add(d)
	switch {
	case global:
		t.until = until
	case key != "":
		t.holds[key] = until
	}
}

// The bounds of a wait that Discord asks for.
const (
	shortestWait = 100 * time.Millisecond
	noWaitGiven  = 5 * time.Second // as with a page of HTML from Cloudflare
)

// limited reads a 429 of whatever form.
func (t *transport) limited(key string, answer *http.Response) error {
	defer answer.Body.Close()
	var body struct {
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}
	text, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<16)) // the headers say the same
	isJSON := json.NewDecoder(bytes.NewReader(text)).Decode(&body) == nil
	wait := time.Duration(body.RetryAfter * float64(time.Second))
	if wait <= 0 {
		wait = seconds(answer.Header.Get("Retry-After"))
	}
	if wait <= 0 {
		wait = noWaitGiven
	}
	wait = max(wait, shortestWait)
	t.hold(key, wait, body.Global || !isJSON || answer.Header.Get("X-RateLimit-Global") == "true")
	return &outbox.Wait{For: wait}
}

// seconds reads a number of seconds, 0 for what is none.
func seconds(text string) time.Duration {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 0 {
		return 0
	}
	return time.Duration(n * float64(time.Second))
}
