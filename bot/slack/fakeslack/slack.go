// Package fakeslack behaves like Slack towards an app, in one process and on
// loopback, so that tests of an app can do as people do and see what people
// see. In go the deeds of people (Mention, Slash, Press …), out come the app's
// messages, answers and calls:
//
//	s := fakeslack.New(t, fakeslack.Options{BotToken: "xoxb-1", AppToken: "xapp-1"})
//	api := slack.New("xoxb-1", slack.OptionAppLevelToken("xapp-1"), slack.OptionAPIURL(s.APIURL()))
//	… start the app …
//	s.AwaitConnections(t, 1)
//	s.Mention("U1", "C1", "how many people live in Freedonia?")
//	answers := s.AwaitPosts(t, "C1", 1)
//
// What Slack documents is enforced; limits.go has the numbers with their
// sources. The package uses no client of Slack's API, so that it does not share
// a client's mistakes.
package fakeslack

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Who is who in the workspace.
const (
	TeamID  = "T0FAKE"
	AppID   = "A0FAKE"
	BotID   = "B0FAKE"
	BotUser = "U0FAKEBOT"
)

// Options are what the app is set up with at Slack.
type Options struct {
	// Tokens that are accepted, and the secret that deliveries over HTTP are
	// signed with.
	BotToken, AppToken, SigningSecret string
	// ConfigToken may read the app's settings, which are Manifest: as JSON, nil
	// for none.
	ConfigToken string
	Manifest    []byte
	// Scopes that are granted; nil is all that the package knows.
	Scopes []string
	// Events that the app subscribed to, as Slack names them in an app's
	// settings ("app_mention", "message.channels"); nil is all that the scopes
	// allow.
	Events []string
	// Where deliveries go when no Socket Mode connection is open; SetURLs
	// changes them.
	EventsURL, CommandsURL, InteractionsURL, OptionsURL string
	// Clock is the time of messages, signatures and limits; nil is time.Now.
	Clock func() time.Time
}

// object is a JSON object.
type object = map[string]any

// Slack is a workspace with one app in it. Its methods may be called from any
// goroutine, those that take a testing.TB only from the test's.
//
// mu guards all below it. It is never held while something is sent.
type Slack struct {
	t       testing.TB
	options Options
	now     func() time.Time
	methods map[string]method
	server  *httptest.Server
	client  *http.Client
	ctx     context.Context // ends with the test
	cancel  context.CancelFunc
	running sync.WaitGroup
	queue   queue

	mu      sync.Mutex
	changed chan struct{} // closed and replaced at each change
	closed  bool
	state   State
	faults  faults
	socket  socket
	timing  timing
	signing signing

	processing int // of files that are completed: in how many messages they are refused
}

// timing is how long things take; the real ones are too long for tests.
type timing struct {
	answer  time.Duration   // how long an HTTP answer, or the answer to a person, may take
	retries []time.Duration // before each further try over HTTP
	resend  time.Duration   // after which an envelope that was not acknowledged is sent again
	resends int             // how often
	ping    time.Duration   // between pings of a websocket
	await   time.Duration   // how long the Await methods wait
}

// New starts a fake Slack that ends with the test.
func New(t testing.TB, o Options) *Slack {
	t.Helper()
	s := &Slack{t: t, options: o, now: o.Clock, methods: methods(), changed: make(chan struct{}), state: newState()}
	if s.now == nil {
		s.now = time.Now
	}
	s.timing = timing{
		answer:  3 * time.Second, // docs.slack.dev/apis/events-api: an answer within 3 s
		retries: []time.Duration{10 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond},
		resend:  200 * time.Millisecond, resends: 3,
		ping: time.Second, await: 3 * time.Minute,
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.client = &http.Client{CheckRedirect: atMostTwoRedirects, Transport: &http.Transport{}}
	s.socket = newSocket()
	s.queue.signal = make(chan struct{}, 1)
	s.server = httptest.NewServer(s.routes())
	s.running.Go(s.dispatch)
	t.Cleanup(s.close)
	return s
}

// routes are the paths that the app is told or knows.
func (s *Slack) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.serveAPI)
	mux.HandleFunc("/link/", s.serveSocket)
	mux.HandleFunc("/upload/", s.serveUpload)
	mux.HandleFunc("/files/", s.serveFile)
	mux.HandleFunc("/response/", s.serveResponse)
	return mux
}

// close ends everything and waits for it.
func (s *Slack) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.cancel()
	s.dropAll()
	s.running.Wait()
	s.client.CloseIdleConnections()
	s.server.CloseClientConnections()
	s.server.Close()
}

// goes runs f beside the caller until the test ends; mu is held, so that
// nothing starts once close waits.
func (s *Slack) goes(f func()) {
	if !s.closed {
		s.running.Go(f)
	}
}

// APIURL is the base of the Web API, with a slash at its end.
func (s *Slack) APIURL() string { return s.server.URL + "/api/" }

// SetURLs says where deliveries over HTTP go from now on.
func (s *Slack) SetURLs(events, commands, interactions, options string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.options.EventsURL, s.options.CommandsURL = events, commands
	s.options.InteractionsURL, s.options.OptionsURL = interactions, options
}

// AnswerWithin sets how long the app has for an answer over HTTP, and to a
// person's deed; 3 s at Slack and here.
func (s *Slack) AnswerWithin(d time.Duration) { s.set(func(t *timing) { t.answer = d }) }

// RetryAfter sets the times before each further try of an event over HTTP. At
// Slack they are nearly at once, a minute and five minutes.
func (s *Slack) RetryAfter(waits ...time.Duration) { s.set(func(t *timing) { t.retries = waits }) }

// ResendAfter sets when an envelope that was not acknowledged is sent again, and
// how often; 200 ms and 3 times unless set. An event waits as long for a
// connection, if there is none.
func (s *Slack) ResendAfter(d time.Duration, times int) {
	s.set(func(t *timing) { t.resend, t.resends = d, times })
}

// PingEvery sets the time between the pings on connections opened from now on.
func (s *Slack) PingEvery(d time.Duration) { s.set(func(t *timing) { t.ping = d }) }

// Patience sets how long the Await methods wait before they fail the test; a
// minute unless set.
func (s *Slack) Patience(d time.Duration) { s.set(func(t *timing) { t.await = d }) }

func (s *Slack) set(change func(*timing)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.timing)
}

func (s *Slack) times() timing {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.timing
}

// touch wakes who awaits a change; mu is held.
func (s *Slack) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// granted tells whether the app has a scope.
func (s *Slack) granted(scope string) bool {
	return s.options.Scopes == nil || slices.Contains(s.options.Scopes, scope)
}

// provided is the list of scopes as Slack writes it in x-oauth-scopes.
func (s *Slack) provided() string {
	if s.options.Scopes == nil {
		return strings.Join(allScopes(), ",")
	}
	return strings.Join(s.options.Scopes, ",")
}

// subscribed tells whether the app gets an event.
func (s *Slack) subscribed(event string) bool {
	if s.options.Events != nil && !slices.Contains(s.options.Events, event) {
		return false
	}
	scope := eventScope(event)
	return scope == "" || s.granted(scope)
}

// pass waits, and tells whether the test still runs.
func (s *Slack) pass(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.ctx.Done():
		return false
	}
}

// encode is the JSON of what always has one.
func encode(v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil {
		panic("fakeslack: " + err.Error()) // a mistake in this package
	}
	return text
}
