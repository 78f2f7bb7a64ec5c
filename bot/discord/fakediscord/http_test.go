package fakediscord_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot/discord/fakediscord"
)

// endpoint is an app that takes interactions over HTTP.
func endpoint(t *testing.T, d *fakediscord.Discord, answer func(http.ResponseWriter, object)) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		check(t, err)
		signature, err := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
		check(t, err)
		if !ed25519.Verify(d.PublicKey(), append([]byte(r.Header.Get("X-Signature-Timestamp")), text...), signature) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		var i object
		check(t, json.Unmarshal(text, &i))
		w.Header().Set("Content-Type", "application/json")
		if i["type"] == 1.0 {
			_, _ = io.WriteString(w, `{"type": 1}`)
			return
		}
		answer(w, i)
	}))
	t.Cleanup(s.Close)
	d.SetInteractionsURL(s.URL)
}

func TestOverHTTP(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil))
	body := `{"type": 4, "data": {"content": "10"}}`
	endpoint(t, d, func(w http.ResponseWriter, i object) { _, _ = io.WriteString(w, body) })
	check(t, d.VerifyInteractionsURL())
	gateway := run(t, d, message(object{"content": "by the gateway"}))
	got := d.Slash(w.ann, w.channel, "ask", nil)
	equal(t, "answer", got.Message.Content, "10")
	equal(t, "by the gateway", len(gateway.did), 0)
	i := object{"id": got.Interaction, "token": d.Interaction(got.Interaction).Token}
	equal(t, "again", gateway.answer(i, object{"type": 5}).code(), 40060)
	equal(t, "follow-up", gateway.hook(i, "POST", "", object{"content": "more"}).status, 200)

	body = `{"type": 4, "data": {"content": "` + long(2001) + `"}}`
	equal(t, "too long", d.Slash(w.ann, w.channel, "ask", nil).Error != "", true)
	body = `nonsense`
	equal(t, "no JSON", d.Slash(w.ann, w.channel, "ask", nil).Error != "", true)
	faults(t, d, "data.content: Must be 2000", "invalid character")
	d.SignWrongly(true)
	equal(t, "wrong signature", d.Slash(w.ann, w.channel, "ask", nil).Error != "", true)
	last := d.Deliveries()[len(d.Deliveries())-1]
	equal(t, "refused", last.Wrong && last.Status == 401, true)
}

// TestFilesInTheResponse are taken while they are small, but not where the app
// may attach none, nor for message commands.
func TestFilesInTheResponse(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil), object{"name": "Explain", "type": 3})
	size := 1000
	endpoint(t, d, func(w http.ResponseWriter, i object) {
		parts := multipart.NewWriter(w)
		w.Header().Set("Content-Type", parts.FormDataContentType())
		check(t, parts.WriteField("payload_json", `{"type": 4, "data": {"content": "10"}}`))
		part, err := parts.CreateFormFile("files[0]", "table.csv")
		check(t, err)
		_, _ = io.WriteString(part, long(size))
		check(t, parts.Close())
	})
	equal(t, "small", len(d.Slash(w.ann, w.channel, "ask", nil).Message.Attachments), 1)
	closed := d.AddChannel(fakediscord.Channel{Guild: w.guild, Denied: fakediscord.AttachFiles})
	equal(t, "no permission", d.Slash(w.ann, closed, "ask", nil).Error != "", true)
	equal(t, "message command", d.MessageCommand(w.ann, d.Say(w.bob, w.channel, "x"), "Explain").Error != "", true)
	size = 160_000
	equal(t, "large", d.Slash(w.ann, w.channel, "ask", nil).Error != "", true)
	faults(t, d, "which are not taken here", "which are not taken here")
}

// TestAnswerLater: 202, and the answer by the callback end point.
func TestAnswerLater(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil))
	var later sync.WaitGroup
	a := &app{t: t, d: d}
	endpoint(t, d, func(w http.ResponseWriter, i object) {
		w.WriteHeader(http.StatusAccepted)
		later.Go(func() { a.answer(i, object{"type": 4, "data": object{"content": "later"}}) })
	})
	equal(t, "answer", d.Slash(w.ann, w.channel, "ask", nil).Message.Content, "later")
	later.Wait()
}

func TestEndpointTooSlow(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil))
	release := make(chan struct{})
	endpoint(t, d, func(http.ResponseWriter, object) { <-release })
	d.AnswerWithin(20 * time.Millisecond)
	got := d.Slash(w.ann, w.channel, "ask", nil)
	close(release)
	equal(t, "late", got.Error, "The application did not respond")
}

func TestUnverified(t *testing.T) {
	d, _ := start(t, fakediscord.Options{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"type": 1}`)
	}))
	defer s.Close()
	d.SetInteractionsURL(s.URL)
	err := d.VerifyInteractionsURL()
	equal(t, "error", err != nil && strings.Contains(err.Error(), "answered with 200, not 401"), true)
}
