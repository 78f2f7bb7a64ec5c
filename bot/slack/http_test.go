package slack

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/config"
)

// intake notes the messages that it is given.
type intake struct {
	bot.Intake // nil: what is not below is not called
	mu         sync.Mutex
	messages   []bot.Message
	err        error // of every message
	known      bool
}

func (i *intake) Handle(_ context.Context, m bot.Message) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.messages = append(i.messages, m)
	return i.err
}

func (i *intake) Answer(ctx context.Context, m bot.Message) (bot.Reply, error) {
	if err := i.Handle(ctx, m); err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Status: "answered", Code: "code", Parts: []bot.Part{{Headline: "France: 302 returned."}}}, nil
}

func (i *intake) Knows(context.Context, bot.Message) bool { return i.known }

func (i *intake) took() []bot.Message {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.messages
}

const testSecret = "8f742231b10e8888abcd99yyyzzz85a5"

// adapter is one that takes deliveries over HTTP, as the user U0BOT of team T1.
func adapter(t testing.TB) *Slack {
	t.Helper()
	var c Config
	c.Defaults()
	c.BotToken, c.SigningSecret = config.NewSecret("xoxb-1"), config.NewSecret(testSecret)
	s, err := New(c, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	s.self = identity{team: "T1", user: "U0BOT", bot: "B0BOT"}
	t.Cleanup(s.queue.Wait)
	return s
}

// delivery is a request signed as Slack signs it.
func delivery(path, contentType, body string, at time.Time) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(testSecret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

func deliver(s *Slack, in bot.Intake, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.Handler(in).ServeHTTP(w, r)
	return w
}

const jsonType, formType = "application/json", "application/x-www-form-urlencoded"

// eventOf is an event of the Events API around an inner one.
func eventOf(inner string) string {
	return `{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":` + inner + `}`
}

func TestWhatIsForTheBot(t *testing.T) {
	ask := func(m bot.Message) *bot.Message { m.Target.Platform = "slack"; return &m }
	tests := []struct {
		name  string
		event string
		known bool // the thread's conversation
		want  *bot.Message
	}{
		{"Mention", `{"type":"app_mention","user":"U1","text":"<@U0BOT> returned from &lt;France&gt; <http://a.b|a.b>?","ts":"1.2","channel":"C1"}`, false,
			ask(bot.Message{ID: "slack/T1/C1/1.2", Target: bot.Target{Channel: "C1", Thread: "1.2"}, Conversation: "C1/1.2", Author: "U1", Text: "returned from <France> a.b?"})},
		{"MentionInAThread", `{"type":"app_mention","user":"U1","text":"<@U0BOT> and Germany?","ts":"3.4","thread_ts":"1.2","channel":"C1"}`, false,
			ask(bot.Message{ID: "slack/T1/C1/3.4", Target: bot.Target{Channel: "C1", Thread: "1.2"}, Conversation: "C1/1.2", Author: "U1", Text: "and Germany?"})},
		{"Direct", `{"type":"message","channel_type":"im","user":"U1","text":"hello","ts":"1.2","channel":"D1"}`, false,
			ask(bot.Message{ID: "slack/T1/D1/1.2", Target: bot.Target{Channel: "D1", Thread: "1.2"}, Conversation: "D1/1.2", Author: "U1", Text: "hello"})},
		{"FollowUp", `{"type":"message","channel_type":"channel","user":"U2","text":"and Germany?","ts":"3.4","thread_ts":"1.2","channel":"C1"}`, true,
			ask(bot.Message{ID: "slack/T1/C1/3.4", Target: bot.Target{Channel: "C1", Thread: "1.2"}, Conversation: "C1/1.2", Author: "U2", Text: "and Germany?"})},
		{"ThreadOfOthers", `{"type":"message","channel_type":"channel","user":"U2","text":"lunch?","ts":"3.4","thread_ts":"1.2","channel":"C1"}`, false, nil},
		{"NotInAThread", `{"type":"message","channel_type":"channel","user":"U2","text":"lunch?","ts":"3.4","channel":"C1"}`, true, nil},
		{"MentionComesBesides", `{"type":"message","channel_type":"channel","user":"U2","text":"<@U0BOT> hi","ts":"3.4","thread_ts":"1.2","channel":"C1"}`, true, nil},
		{"Own", `{"type":"message","channel_type":"im","user":"U0BOT","text":"hello","ts":"1.2","channel":"D1"}`, true, nil},
		{"OtherBot", `{"type":"app_mention","bot_id":"B2","user":"U3","text":"<@U0BOT> hi","ts":"1.2","channel":"C1"}`, true, nil},
		{"Edited", `{"type":"message","subtype":"message_changed","channel_type":"im","channel":"D1","message":{"user":"U1","text":"x","ts":"1.2"},"ts":"3.4"}`, true, nil},
		{"Unknown", `{"type":"solar_eclipse","user":"U1","channel":"C1"}`, true, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, in := adapter(t), &intake{known: tt.known}
			if w := deliver(s, in, delivery("/slack/events", jsonType, eventOf(tt.event), time.Now())); w.Code != http.StatusOK {
				t.Fatalf("status %d %s", w.Code, w.Body)
			}
			got := in.took()
			switch {
			case tt.want == nil && len(got) > 0:
				t.Errorf("took %+v", got)
			case tt.want != nil && (len(got) != 1 || got[0] != *tt.want):
				t.Errorf("took %+v, want %+v", got, *tt.want)
			}
		})
	}
}

func TestWhatIsNotStoredIsNotAcknowledged(t *testing.T) {
	s, in := adapter(t), &intake{err: errors.New("the disk is full")}
	body := eventOf(`{"type":"app_mention","user":"U1","text":"<@U0BOT> hi","ts":"1.2","channel":"C1"}`)
	if w := deliver(s, in, delivery("/slack/events", jsonType, body, time.Now())); w.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d", w.Code)
	}
}

// TestAReplayDoesNothing: whoever has seen a signed delivery can send it again,
// within five minutes. One that was not answered with success is taken.
func TestAReplayDoesNothing(t *testing.T) {
	s, in := adapter(t), &intake{err: errors.New("the disk is full")}
	at := time.Now()
	s.replays.now = func() time.Time { return at }
	body := url.Values{"team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {"U1"}, "command": {"/report"}, "text": {"hi"}, "trigger_id": {"9.8"}}.Encode()
	event := eventOf(`{"type":"app_mention","user":"U1","text":"<@U0BOT> hi","ts":"1.2","channel":"C1"}`)
	upper := func(r *http.Request) {
		r.Header.Set("X-Slack-Signature", "v0="+strings.ToUpper(r.Header.Get("X-Slack-Signature")[3:]))
	}
	for n, step := range []struct {
		request *http.Request
		passed  time.Duration
		works   bool
		status  int
		taken   int
	}{
		{delivery("/slack/events", jsonType, event, at), 0, false, 503, 1},
		{delivery("/slack/events", jsonType, event, at), 0, true, 200, 2},
		{delivery("/slack/events", jsonType, event, at), 0, true, 200, 2},
		{changed(delivery("/slack/events", jsonType, event, at), upper), 0, true, 200, 2},
		{delivery("/slack/events", jsonType, event, at.Add(time.Second)), 0, true, 200, 3}, // Slack sends it again
		{delivery("/slack/commands", formType, body, at), 0, true, 200, 4},
		{delivery("/slack/commands", formType, body, at), 11 * time.Minute, true, 200, 4},
		{delivery("/slack/commands", formType, body, at), 22 * time.Minute, true, 200, 5}, // its signature is no good by then
	} {
		at = at.Add(step.passed)
		if in.err = nil; !step.works {
			in.err = errors.New("the disk is full")
		}
		if w := deliver(s, in, step.request); w.Code != step.status || len(in.took()) != step.taken {
			t.Errorf("step %d: status %d, %d taken; want %+v", n, w.Code, len(in.took()), step)
		}
	}
}

func TestDeliveriesThatAreRefused(t *testing.T) {
	body := eventOf(`{"type":"app_mention","user":"U1","text":"<@U0BOT> hi","ts":"1.2","channel":"C1"}`)
	good := func() *http.Request { return delivery("/slack/events", jsonType, body, time.Now()) }
	tests := map[string]struct {
		request *http.Request
		want    int
	}{
		"Good":         {good(), 200},
		"BadSignature": {changed(good(), func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0=00") }), 401},
		"NoSignature":  {changed(good(), func(r *http.Request) { r.Header.Del("X-Slack-Signature") }), 401},
		"NoTimestamp":  {changed(good(), func(r *http.Request) { r.Header.Del("X-Slack-Request-Timestamp") }), 401},
		"OldTimestamp": {delivery("/slack/events", jsonType, body, time.Now().Add(-6*time.Minute)), 401},
		"FarTimestamp": {delivery("/slack/events", jsonType, body, time.Now().Add(6*time.Minute)), 401},
		"ChangedBody": {changed(good(), func(r *http.Request) {
			r.Body = http.NoBody
		}), 401},
		"HugeBody":       {delivery("/slack/events", jsonType, strings.Repeat("x", maxDelivery+1), time.Now()), 413},
		"ContentType":    {delivery("/slack/events", "text/plain", body, time.Now()), 415},
		"NotJSON":        {delivery("/slack/events", jsonType, `{"type":`, time.Now()), 400},
		"UnknownShape":   {delivery("/slack/events", jsonType, `{"type":"event_callback","event":[1]}`, time.Now()), 200},
		"WrongMethod":    {httptest.NewRequest(http.MethodGet, "/slack/events", nil), 405},
		"WrongPath":      {delivery("/slack/other", jsonType, body, time.Now()), 404},
		"NoCommand":      {delivery("/slack/commands", formType, "x=1", time.Now()), 400},
		"NoPayload":      {delivery("/slack/interactions", formType, "payload={", time.Now()), 400},
		"PayloadInQuery": {delivery("/slack/interactions?payload="+url.QueryEscape(`{"type":"block_actions"}`), formType, "", time.Now()), 400},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			in := &intake{}
			w := deliver(adapter(t), in, tt.request)
			if w.Code != tt.want {
				t.Errorf("status %d %s, want %d", w.Code, w.Body, tt.want)
			}
			if (len(in.took()) > 0) != (name == "Good") {
				t.Errorf("took %+v", in.took())
			}
		})
	}
}

func changed(r *http.Request, change func(*http.Request)) *http.Request {
	change(r)
	return r
}

func TestTheAddressIsVerified(t *testing.T) {
	w := deliver(adapter(t), &intake{}, delivery("/slack/events", jsonType, `{"type":"url_verification","challenge":"3eZbrw1a"}`, time.Now()))
	if w.Code != 200 || w.Body.String() != "3eZbrw1a" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

func TestACommandIsAnsweredToTheAskerAlone(t *testing.T) {
	in := &intake{}
	body := url.Values{"team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {"U1"}, "command": {"/report"}, "text": {"returned from France"}, "trigger_id": {"9.8"}}.Encode()
	w := deliver(adapter(t), in, delivery("/slack/commands", formType, body, time.Now()))
	var got struct {
		ResponseType string `json:"response_type"`
		Text         string
		Blocks       []json.RawMessage
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 200 {
		t.Fatal(w.Code, err)
	}
	if got.ResponseType != "ephemeral" || !strings.Contains(got.Text, "France: 302 returned.") || len(got.Blocks) == 0 {
		t.Errorf("got %+v", got)
	}
	if !bytes.Contains(w.Body.Bytes(), []byte(`"share.`)) {
		t.Error("there is no button that shares the answer")
	}
	if m := in.took(); len(m) != 1 || m[0].Text != "returned from France" || m[0].Conversation != "C1/command/U1" {
		t.Errorf("took %+v", m)
	}
	in.err = errors.New("the disk is full")
	if w := deliver(adapter(t), in, delivery("/slack/commands", formType, body, time.Now())); w.Code != 200 || !strings.Contains(w.Body.String(), bot.Apology) {
		t.Errorf("after an error: %d %s", w.Code, w.Body)
	}
}

// press is the press of a button as Slack delivers it.
func press(value string, ephemeral bool) string {
	payload := fmt.Sprintf(`{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1"},"channel":{"id":"C1"},
		"container":{"type":"message","message_ts":"5.6","thread_ts":"1.2","channel_id":"C1","is_ephemeral":%t},
		"actions":[{"action_id":"a0","block_id":"b","type":"button","value":%q,"action_ts":"7.8"}]}`, ephemeral, value)
	return url.Values{"payload": {payload}}.Encode()
}

func TestButtons(t *testing.T) {
	s := adapter(t)
	tests := map[string]struct {
		value     string
		ephemeral bool
		want      *bot.Message
	}{
		"Ask":   {s.signer.value(buttonAsk, "and Germany?"), false, &bot.Message{Text: "and Germany?", Target: bot.Target{Channel: "C1", Thread: "1.2"}, Conversation: "C1/1.2"}},
		"Why":   {s.signer.value(buttonWhy, "code"), false, &bot.Message{Act: bot.Why, Code: "code", Target: bot.Target{Channel: "C1", Thread: "1.2"}, Conversation: "C1/1.2"}},
		"Share": {s.signer.value(buttonShare, "code"), true, &bot.Message{Act: bot.Again, Code: "code", Target: bot.Target{Channel: "C1"}, Conversation: "C1/"}},
		"Odd":   {s.signer.value("odd", "code"), false, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			in := &intake{}
			if w := deliver(s, in, delivery("/slack/interactions", formType, press(tt.value, tt.ephemeral), time.Now())); w.Code != 200 {
				t.Fatalf("status %d", w.Code)
			}
			got := in.took()
			if tt.want == nil {
				if len(got) > 0 {
					t.Errorf("took %+v", got)
				}
				return
			}
			tt.want.ID, tt.want.Author, tt.want.Target.Platform = "slack/T1/C1/press/U1/7.8/a0", "U1", "slack"
			if len(got) != 1 || got[0] != *tt.want {
				t.Errorf("took %+v, want %+v", got, *tt.want)
			}
		})
	}
}

func TestAButtonCannotBeMadeUp(t *testing.T) {
	a, b := newSigner(config.NewSecret("one")), newSigner(config.NewSecret("two"))
	value := a.value(buttonAsk, "a.b.c")
	if kind, payload, ok := a.open(value); !ok || kind != buttonAsk || payload != "a.b.c" {
		t.Errorf("opened %q, %q, %t", kind, payload, ok)
	}
	for _, forged := range []string{"", "ask", "ask..x", value + "x", strings.Replace(value, buttonAsk, buttonWhy, 1), strings.TrimSuffix(value, "c") + "d"} {
		if _, _, ok := a.open(forged); ok {
			t.Errorf("%q is taken", forged)
		}
	}
	if _, _, ok := b.open(value); ok {
		t.Error("a button of another token is taken")
	}
	if got := a.value(buttonAsk, strings.Repeat("x", limitValue)); got != "" {
		t.Errorf("a value of %d", len(got))
	}
}
