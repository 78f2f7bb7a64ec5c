// Package fakediscord behaves like Discord towards an app, in one process and on
// loopback, so that tests of an app can do as people do and see what people
// see. In go the deeds of people (Mention, Slash, Press …), out come the app's
// messages, answers and calls:
//
//	d := fakediscord.New(t, fakediscord.Options{Token: "secret"})
//	guild := d.AddGuild(fakediscord.Guild{Name: "Freedonia"})
//	channel := d.AddChannel(fakediscord.Channel{Guild: guild, Name: "general"})
//	ann := d.AddUser(fakediscord.User{Name: "ann"})
//	… start the app with d.APIURL() …
//	d.AwaitReady(t, 1)
//	d.Mention(ann, channel, "how many people live in Freedonia?")
//	answers := d.AwaitPosts(t, channel, 1)
//
// What Discord documents is enforced; limits.go has the numbers with their
// sources, which are pages of docs.discord.com/developers. What an app does
// against them is refused as Discord does, and fails the test at its end unless
// it took the fault (TakeFaults). The package uses no client of Discord's API,
// so that it does not share a client's mistakes.
package fakediscord

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Who is who: the application, its bot user.
const (
	AppID   = "300000000000000001"
	BotUser = "300000000000000002"
)

// Options are what the app is set up with at Discord.
type Options struct {
	// Token is the bot's, without "Bot ".
	Token string
	// InteractionsURL gets interactions, which then do not come over the
	// gateway; SetInteractionsURL changes it.
	InteractionsURL string
	// Installs are the ways to install the app that are turned on: 0 in guilds, 1
	// for people; nil is both.
	Installs []int
	// Privileged are the privileged intents that are turned on in the app's
	// settings.
	Privileged Intents
	// Shards is what is advised to the app; 1 unless set.
	Shards int
	// MaxConcurrency is how many may identify within IdentifyWindow, which is
	// 5 s unless set (events/gateway, "Rate Limiting").
	MaxConcurrency int
	IdentifyWindow time.Duration
	// Identifies is how many there may be a day; 1000 unless set.
	Identifies int
	// GuildsPerShard is how many guilds a shard may have; 2500 unless set.
	GuildsPerShard int
	// Heartbeat is the interval that the gateway asks for; 41.25 s unless set.
	Heartbeat time.Duration
	// PerSecond is how many requests a second are taken, as a global rate
	// limit; 0 does not limit them. It is 50 at Discord (topics/rate-limits).
	PerSecond int
	// Clock is the time of messages, tokens and signatures; nil is time.Now.
	Clock func() time.Time
}

// withDefaults fills what is not set.
func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Installs == nil {
		o.Installs = []int{0, 1}
	}
	o.Shards, o.MaxConcurrency = orElse(o.Shards, 1), orElse(o.MaxConcurrency, 1)
	o.IdentifyWindow, o.Identifies = orElse(o.IdentifyWindow, 5*time.Second), orElse(o.Identifies, maxIdentifies)
	o.GuildsPerShard = orElse(o.GuildsPerShard, maxGuildsPerShard)
	o.Heartbeat = orElse(o.Heartbeat, 41250*time.Millisecond)
	return o
}

func orElse[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

// object is a JSON object.
type object = map[string]any

// Discord is a Discord with one app in it. Its methods may be called from any
// goroutine, those that take a testing.TB only from the test's.
//
// mu guards all below it. It is never held while something is sent.
type Discord struct {
	t       testing.TB
	options Options
	now     func() time.Time
	routes  []route
	server  *httptest.Server
	client  *http.Client
	ctx     context.Context // ends with the test
	cancel  context.CancelFunc
	running sync.WaitGroup
	key     ed25519.PrivateKey
	spec    *spec       // nil if no file with it is named
	odd     atomic.Bool // a test has added fields to a message

	mu      sync.Mutex
	changed chan struct{} // closed and replaced at each change
	closed  bool
	state   State
	faults  faults
	gateway gateway
	timing  timing
	wrong   bool // signatures are
}

// timing is how long things take; the real ones are too long for some tests.
type timing struct {
	answer time.Duration // how long the app may take to answer an interaction
	await  time.Duration // how long the Await methods wait
}

// New starts a fake Discord that ends with the test.
func New(t testing.TB, o Options) *Discord {
	t.Helper()
	o = o.withDefaults()
	d := &Discord{t: t, options: o, now: o.Clock, routes: routes(), changed: make(chan struct{}), state: newState()}
	d.timing = timing{answer: maxAnswer, await: 3 * time.Minute}
	d.faults = newFaults()
	d.gateway = newGateway()
	d.key = newKey()
	d.spec = loadSpec(t)
	d.ctx, d.cancel = context.WithCancel(context.Background())
	d.client = &http.Client{Transport: &http.Transport{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", d.serveREST)
	mux.HandleFunc("/ws/", d.serveGateway)
	mux.HandleFunc("/attachments/", d.serveAttachment)
	d.server = httptest.NewServer(mux)
	t.Cleanup(d.close)
	return d
}

// close ends everything, waits for it, and reports the faults of the app.
func (d *Discord) close() {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	d.cancel()
	d.Drop()
	d.running.Wait()
	d.client.CloseIdleConnections()
	d.server.CloseClientConnections()
	d.server.Close()
	for _, fault := range d.TakeFaults() {
		d.t.Errorf("fakediscord: the app's fault: %s", fault)
	}
}

// goes runs f beside the caller until the test ends; mu is held, so that
// nothing starts once close waits.
func (d *Discord) goes(f func()) {
	if !d.closed {
		d.running.Go(f)
	}
}

// APIURL is the base of all of Discord's addresses, with a slash at its end: it
// stands for https://discord.com/.
func (d *Discord) APIURL() string { return d.server.URL + "/" }

// gatewayURL is where websockets are dialled.
func (d *Discord) gatewayURL(path string) string {
	return "ws" + d.server.URL[len("http"):] + "/ws/" + path
}

// AnswerWithin sets how long the app has for its first answer to an
// interaction; 3 s at Discord and here.
func (d *Discord) AnswerWithin(limit time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.timing.answer = limit
}

// Patience sets how long the Await methods wait before they fail the test; a
// minute unless set.
func (d *Discord) Patience(limit time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.timing.await = limit
}

func (d *Discord) times() timing {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.timing
}

// touch wakes who awaits a change; mu is held.
func (d *Discord) touch() {
	close(d.changed)
	d.changed = make(chan struct{})
}

// pass waits, and tells whether the test still runs.
func (d *Discord) pass(wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-d.ctx.Done():
		return false
	}
}

// mistake fails the test that the fake was started by: it asked for something
// that cannot be.
func (d *Discord) mistake(format string, args ...any) {
	d.t.Errorf("fakediscord: "+format, args...)
}

// cannot is mistake, for a deed that is answered: who waits for the answer sees
// at once that there is none.
func (d *Discord) cannot(format string, args ...any) Answer {
	d.mistake(format, args...)
	return Answer{Error: "it was not done: " + fmt.Sprintf(format, args...)}
}

// encode is the JSON of what always has one.
func encode(v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil {
		panic("fakediscord: " + err.Error()) // a mistake in this package
	}
	return text
}
