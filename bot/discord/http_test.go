package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/config"
)

// intake takes messages and answers each in the same way.
type intake struct {
	bot.Intake // nil: what is not below is not called
	form       *bot.Form

	mu       sync.Mutex
	messages []bot.Message
	err      error         // of every message
	slow     chan struct{} // not nil: an answer waits for it
}

func (i *intake) Handle(_ context.Context, m bot.Message) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.messages = append(i.messages, m)
	return i.err
}

func (i *intake) Answer(ctx context.Context, m bot.Message) (bot.Reply, error) {
	if i.slow != nil {
		<-i.slow
	}
	if err := i.Handle(ctx, m); err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Status: "answered", Code: "code", Parts: []bot.Part{{Headline: "France: 302 returned."}}}, nil
}

func (i *intake) Form() *bot.Form { return i.form }

func (i *intake) Complete(typed string, most int, before ...string) []string {
	return append(before, typed+" France")
}

func (i *intake) took() []bot.Message {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.messages
}

// signing is a key pair as Discord has one.
type signing struct {
	public  ed25519.PublicKey
	private ed25519.PrivateKey
}

func newSigning(t testing.TB) signing {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return signing{public, private}
}

func adapter(t testing.TB, key signing, change func(*Config)) *Discord {
	t.Helper()
	var c Config
	c.Defaults()
	c.Token, c.PublicKey = config.NewSecret("token-1"), hex.EncodeToString(key.public)
	if change != nil {
		change(&c)
	}
	d, err := New(c, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	d.self = identity{"9", "8"}
	t.Cleanup(d.queue.Wait)
	return d
}

// delivery is a request signed as Discord signs it.
func (s signing) delivery(body string, at time.Time) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/discord/interactions", strings.NewReader(body))
	stamp := fmt.Sprint(at.Unix())
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(s.private, []byte(stamp+body))))
	return r
}

func deliver(t testing.TB, d *Discord, in bot.Intake, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	h, err := d.Handler(in)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// slash is "/report ask" with a question.
func slash(question string, private bool) string {
	text, _ := json.Marshal(question)
	return fmt.Sprintf(`{"id":"1","application_id":"8","type":2,"token":"tok","channel_id":"5","guild_id":"4","member":{"user":{"id":"7"}},"app_permissions":"3072",
		"data":{"name":"report","type":1,"options":[{"name":"ask","type":1,"options":[{"name":"question","type":3,"value":%s},{"name":"private","type":5,"value":%t}]}]}}`, text, private)
}

func TestDeliveriesThatAreRefused(t *testing.T) {
	key, other := newSigning(t), newSigning(t)
	body := slash("returned from France", false)
	changed := func(r *http.Request, change func(*http.Request)) *http.Request { change(r); return r }
	for name, tt := range map[string]struct {
		request *http.Request
		want    int
	}{
		"Good":           {key.delivery(body, time.Now()), 200},
		"OtherKey":       {other.delivery(body, time.Now()), 401},
		"NoSignature":    {changed(key.delivery(body, time.Now()), func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") }), 401},
		"ShortSignature": {changed(key.delivery(body, time.Now()), func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", "00") }), 401},
		"NoTimestamp":    {changed(key.delivery(body, time.Now()), func(r *http.Request) { r.Header.Del("X-Signature-Timestamp") }), 401},
		"OldTimestamp":   {key.delivery(body, time.Now().Add(-6*time.Minute)), 401},
		"BodyChanged":    {changed(key.delivery(body, time.Now()), func(r *http.Request) { r.Body = http.NoBody }), 401},
		"HugeBody":       {key.delivery(strings.Repeat("x", maxDelivery+1), time.Now()), 413},
		"NoJSON":         {key.delivery(`{"type":`, time.Now()), 400},
		"WrongMethod":    {httptest.NewRequest(http.MethodGet, "/discord/interactions", nil), 405},
		"WrongPath":      {httptest.NewRequest(http.MethodPost, "/discord/other", nil), 404},
	} {
		t.Run(name, func(t *testing.T) {
			in := &intake{}
			if w := deliver(t, adapter(t, key, nil), in, tt.request); w.Code != tt.want {
				t.Errorf("status %d %s, want %d", w.Code, w.Body, tt.want)
			}
			if (len(in.took()) > 0) != (name == "Good") {
				t.Errorf("took %+v", in.took())
			}
		})
	}
}

func TestAPingIsAnswered(t *testing.T) {
	key := newSigning(t)
	w := deliver(t, adapter(t, key, nil), &intake{}, key.delivery(`{"type":1,"id":"1","token":"x"}`, time.Now()))
	if got := strings.TrimSpace(w.Body.String()); w.Code != 200 || got != `{"type":1}` || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		t.Errorf("%d %q", w.Code, got)
	}
}

// answerOf is what Discord gets in the response.
func answerOf(t testing.TB, w *httptest.ResponseRecorder) (out struct {
	Type int
	Data struct {
		Content  string
		Embeds   []json.RawMessage
		Flags    int
		Mentions *struct{ Parse []string } `json:"allowed_mentions"`
		Choices  []choice
	}
}) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != 200 {
		t.Fatalf("%d %v %s", w.Code, err, w.Body)
	}
	return out
}

func TestACommandIsAnsweredInTheResponse(t *testing.T) {
	key := newSigning(t)
	d, in := adapter(t, key, nil), &intake{}
	for _, private := range []bool{false, true} {
		w := deliver(t, d, in, key.delivery(slash("returned from <@9> France", private), time.Now()))
		got := answerOf(t, w)
		if got.Type != answerMessage || !bytes.Contains(w.Body.Bytes(), []byte("France: 302 returned.")) || (got.Data.Flags == flagEphemeral) != private ||
			got.Data.Mentions == nil || got.Data.Mentions.Parse == nil || len(got.Data.Mentions.Parse) != 0 {
			t.Errorf("private %t: %s", private, w.Body)
		}
	}
	want := bot.Message{ID: "discord/i/1", Target: bot.Target{Platform: "discord", Channel: "5"}, Conversation: "5/7", Author: "7", Text: "returned from France"}
	if got := in.took(); len(got) != 2 || got[0] != want || !got[1].Private {
		t.Errorf("took %+v, want %+v", got, want)
	}
}

func TestWhatCannotBeAnsweredGetsAnApology(t *testing.T) {
	key := newSigning(t)
	w := deliver(t, adapter(t, key, nil), &intake{err: errors.New("the disk is full")}, key.delivery(slash("hi", false), time.Now()))
	if got := answerOf(t, w); got.Data.Content != bot.Apology || got.Data.Flags != flagEphemeral {
		t.Errorf("%s", w.Body)
	}
}

// TestASlowAnswerIsDeferred, and comes in the place of the sign that it will.
func TestASlowAnswerIsDeferred(t *testing.T) {
	key := newSigning(t)
	edited := make(chan string, 1)
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		_, _ = body.ReadFrom(r.Body)
		edited <- r.Method + " " + r.URL.Path + " " + body.String()
		_, _ = w.Write([]byte("{}"))
	}))
	defer api.Close()
	d, in := adapter(t, key, func(c *Config) { c.APIURL = api.URL + "/" }), &intake{slow: make(chan struct{})}
	w := deliver(t, d, in, key.delivery(slash("returned from France", true), time.Now()))
	if got := answerOf(t, w); got.Type != answerDeferred || got.Data.Flags != flagEphemeral {
		t.Errorf("%s", w.Body)
	}
	close(in.slow)
	if got := <-edited; !strings.HasPrefix(got, "PATCH /api/v9/webhooks/8/tok/messages/@original ") || !strings.Contains(got, "France: 302 returned.") {
		t.Errorf("then %s", got)
	}
}

func TestButtons(t *testing.T) {
	key := newSigning(t)
	press := func(id string, flags int, asker string) string {
		return fmt.Sprintf(`{"id":"2","application_id":"8","type":3,"token":"tok","channel_id":"5","context":1,"user":{"id":"7"},
			"data":{"custom_id":%q,"component_type":2},"message":{"id":"6","flags":%d,"components":[{"type":99}],"interaction_metadata":{"user":{"id":%q}}}}`, id, flags, asker)
	}
	for name, tt := range map[string]struct {
		body  string
		kind  int
		flags int
		want  bot.Message // its act, code and text
	}{
		"Ask":         {press(customID(buttonAsk, "and Germany?"), 0, "7"), answerMessage, 0, bot.Message{Text: "and Germany?"}},
		"AskAlone":    {press(customID(buttonAsk, "and Germany?"), flagEphemeral, "7"), answerMessage, flagEphemeral, bot.Message{Text: "and Germany?"}},
		"Why":         {press(customID(buttonWhy, "c@1"), 0, "7"), answerMessage, flagEphemeral, bot.Message{Act: bot.Why, Code: "c@1"}},
		"Bad":         {press(customID(buttonBad, "c@1"), 0, "7"), answerMessage, flagEphemeral, bot.Message{Act: bot.Wrong, Code: "c@1"}},
		"Share":       {press(customID(buttonShare, "c@1"), flagEphemeral, "7"), answerMessage, 0, bot.Message{Act: bot.Again, Code: "c@1"}},
		"PageMine":    {press(customID(buttonPage, "1.c@1"), 0, "7"), answerUpdate, 0, bot.Message{Act: bot.Again, Code: "c@1"}},
		"PageOthers":  {press(customID(buttonPage, "1.c@1"), 0, "70"), answerMessage, flagEphemeral, bot.Message{Act: bot.Again, Code: "c@1"}},
		"Menu":        {strings.Replace(press("choose", 0, "7"), `"component_type":2`, `"values":["ask.who had more?"]`, 1), answerMessage, 0, bot.Message{Text: "who had more?"}},
		"Unknown":     {press("old.button", 0, "7"), answerMessage, flagEphemeral, bot.Message{}},
		"UnknownPage": {press(customID(buttonPage, "x.c@1"), 0, "7"), answerMessage, flagEphemeral, bot.Message{}},
	} {
		t.Run(name, func(t *testing.T) {
			in := &intake{}
			got := answerOf(t, deliver(t, adapter(t, key, nil), in, key.delivery(tt.body, time.Now())))
			if got.Type != tt.kind || got.Data.Flags != tt.flags {
				t.Errorf("type %d, flags %d", got.Type, got.Data.Flags)
			}
			took := in.took()
			if tt.want == (bot.Message{}) {
				if len(took) != 0 || got.Data.Content != "That button has expired. Please ask again." {
					t.Errorf("took %+v, said %q", took, got.Data.Content)
				}
				return
			}
			if len(took) != 1 || took[0].Act != tt.want.Act || took[0].Code != tt.want.Code || took[0].Text != tt.want.Text {
				t.Errorf("took %+v, want %+v", took, tt.want)
			}
		})
	}
}
