package discord

import (
	"bytes"
	"encoding/binary"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"reportbot/bot/outbox"
)

// clientFrame is a frame as a client writes it.
func clientFrame(kind int, payload string) []byte {
	b := []byte{0x80 | byte(kind)}
	switch n := len(payload); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	default:
		b = append(b, 0x80|126)
		b = binary.BigEndian.AppendUint16(b, uint16(n))
	}
	mask := []byte{1, 2, 3, 4}
	b = append(b, mask...)
	for i := range len(payload) {
		b = append(b, payload[i]^mask[i%4])
	}
	return b
}

func TestFramesAreRead(t *testing.T) {
	long := `{"op":2,"d":{"token":"` + string(bytes.Repeat([]byte("x"), 300)) + `"}}`
	for _, tt := range []struct {
		frame []byte
		kind  int
		op    int
	}{
		{clientFrame(websocket.TextMessage, `{"op":1,"d":5}`), websocket.TextMessage, opHeartbeat},
		{clientFrame(websocket.TextMessage, long), websocket.TextMessage, opIdentify},
		{clientFrame(websocket.TextMessage, `{"op":6,"d":{}}`), websocket.TextMessage, -1},
		{clientFrame(websocket.TextMessage, `{"op":3,"d":{}}`), websocket.TextMessage, -1},
		{clientFrame(websocket.CloseMessage, "\x03\xe8"), websocket.CloseMessage, -1},
		{[]byte("GET / HTTP/1.1\r\n"), 0, -1},
		{nil, 0, -1},
	} {
		kind, payload := frame(tt.frame)
		if kind != tt.kind || op(payload) != tt.op {
			t.Errorf("%q: kind %d, op %d; want %d, %d", tt.frame, kind, op(payload), tt.kind, tt.op)
		}
	}
}

// TestTheLibraryDoesNotIdentifyByItself: each identify was booked before.
func TestTheLibraryDoesNotIdentifyByItself(t *testing.T) {
	w := &watch{booked: true}
	if err := w.identifies(); err != nil {
		t.Fatal(err)
	}
	if err := w.identifies(); !errors.Is(err, errInvalid) {
		t.Errorf("the second: %v", err)
	}
}

func TestTheCodeOfTheEnd(t *testing.T) {
	text := "\x81\x0a" + `{"op":11 }`
	for b, want := range map[string]int{
		"\x88\x02\x0f\xa4": 4004, text + "\x88\x05\x0f\xa9bye": 4009, text: 0, text + "\x88\x00": 0, "\x88": 0, "": 0,
		"\x81\x7e\x00\x80" + strings.Repeat("x", 128) + "\x88\x02\x03\xe8": 1000, "\x81\x7f\x00": 0,
	} {
		if got := closeCode([]byte(b)); got != want {
			t.Errorf("%q: %d, want %d", b, got, want)
		}
	}
}

func TestAHeartbeatWithoutAnAnswer(t *testing.T) {
	w := &watch{answered: true}
	if err := w.beats(); err != nil {
		t.Fatal(err)
	}
	w.answered = true
	if err := w.beats(); err != nil {
		t.Fatal(err)
	}
	if err := w.beats(); !errors.Is(err, errNoAnswer) {
		t.Errorf("after one without an answer: %v", err)
	}
}

// TestIdentifiesAreWithinTheBudget: no more than Discord allows a day.
func TestIdentifiesAreWithinTheBudget(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	b := newBudget(sessionStarts{Total: 1000, Remaining: 2, ResetAfter: 60_000, MaxConcurrency: 4}, func() time.Time { return now })
	takes := func(shard int, identified bool) {
		t.Helper()
		done, err := b.take(t.Context(), shard)
		if err != nil {
			t.Fatal(err)
		}
		done(identified)
	}
	takes(0, true)
	takes(1, false) // not sent, not counted
	takes(1, true)
	var none *noIdentifies
	if _, err := b.take(t.Context(), 2); !errors.As(err, &none) || !none.until.Equal(now.Add(time.Minute)) {
		t.Errorf("beyond the budget: %v", err)
	}
	now = now.Add(2 * time.Minute)
	takes(2, true)
}

// TestIdentifiesOfAKeyKeepTheirDistance, however long one takes to be sent.
func TestIdentifiesOfAKeyKeepTheirDistance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBudget(sessionStarts{Total: 1000, Remaining: 1000, MaxConcurrency: 2}, time.Now)
		began := time.Now()
		var mu sync.Mutex
		at := map[int]time.Duration{}
		var all sync.WaitGroup
		for shard := range 4 {
			all.Go(func() {
				done, err := b.take(t.Context(), shard)
				if err != nil {
					t.Error(err)
					return
				}
				time.Sleep(10 * time.Second) // of the test's own clock: to dial, to identify and to be answered
				mu.Lock()
				at[shard] = time.Since(began)
				mu.Unlock()
				done(true)
			})
		}
		all.Wait()
		for key := range 2 {
			if apart := (at[key] - at[key+2]).Abs(); apart != 10*time.Second+identifyEvery {
				t.Errorf("shards %d and %d: %s apart", key, key+2, apart)
			}
		}
	})
}

// TestLimitsOfEachKind are waits, for what they are about.
func TestLimitsOfEachKind(t *testing.T) {
	var answer func(w http.ResponseWriter)
	asked := 0
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked++; answer(w) }))
	defer api.Close()
	limit := func(body string, header ...string) func(w http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = w.Write([]byte(body))
		}
	}
	for name, tt := range map[string]struct {
		answer func(w http.ResponseWriter)
		wait   time.Duration
		others bool // wait as well
	}{
		"Route":      {limit(`{"message":"x","retry_after":1.5,"global":false}`), 1500 * time.Millisecond, false},
		"Global":     {limit(`{"message":"x","retry_after":2,"global":true}`), 2 * time.Second, true},
		"Headers":    {limit(`{}`, "Retry-After", "3"), 3 * time.Second, false},
		"Cloudflare": {limit("<html>no</html>", "Content-Type", "text/html"), noWaitGiven, true},
		"UsedUp": {func(w http.ResponseWriter) {
			w.Header().Set("X-RateLimit-Remaining", "0")
			w.Header().Set("X-RateLimit-Reset-After", "4")
			_, _ = w.Write([]byte("{}"))
		}, 4 * time.Second, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := adapter(t, newSigning(t), func(c *Config) { c.APIURL = api.URL + "/" })
			answer, asked = tt.answer, 0
			post := func(path string) time.Duration {
				var wait *outbox.Wait
				if err := d.rest.call(t.Context(), "POST", path, struct{}{}, nil); errors.As(err, &wait) {
					return wait.For
				} else if err != nil {
					t.Fatal(err)
				}
				return 0
			}
			first := post("channels/1/messages")
			second := post("channels/1/messages")
			if near := func(d time.Duration) bool { return d > tt.wait-time.Second/2 && d <= tt.wait }; name != "UsedUp" && !near(first) || !near(second) || asked != 1 {
				t.Errorf("waits %s, then %s; asked %d times", first, second, asked)
			}
			answer = func(w http.ResponseWriter) { _, _ = w.Write([]byte("{}")) }
			if other := post("channels/2/messages"); (other > 0) != tt.others {
				t.Errorf("another channel waits %s", other)
			}
			if err := d.rest.call(t.Context(), "POST", "interactions/1/secret/callback", struct{}{}, nil); err != nil {
				t.Errorf("an interaction: %v", err)
			}
		})
	}
}

// TestErrorsDoNotTellTokens: the address of an interaction is one.
func TestErrorsDoNotTellTokens(t *testing.T) {
	d := adapter(t, newSigning(t), func(c *Config) { c.APIURL = "http://127.0.0.1:1/" })
	err := d.rest.call(t.Context(), "POST", "interactions/1/secret/callback", struct{}{}, nil)
	if err == nil || bytes.Contains([]byte(err.Error()), []byte("secret")) {
		t.Errorf("%v", err)
	}
}
