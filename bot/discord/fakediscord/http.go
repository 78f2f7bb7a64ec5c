package fakediscord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
)

// newKey makes the key that deliveries are signed with.
func newKey() ed25519.PrivateKey {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		panic("fakediscord: " + err.Error()) // there is no randomness
	}
	return key
}

// PublicKey is the app's, to verify deliveries with.
func (d *Discord) PublicKey() ed25519.PublicKey { return d.key.Public().(ed25519.PublicKey) }

// Delivery is an interaction that was sent over HTTP.
type Delivery struct {
	Interaction string // "" for a ping
	Kind        int
	Status      int    // of the app's answer; 0 if there was none
	Body        []byte // of the answer
	Wrong       bool   // the signature was
}

// SetInteractionsURL says where interactions go from now on; "" is the gateway.
// The fake does not look whether the app answers there, VerifyInteractionsURL does.
func (d *Discord) SetInteractionsURL(url string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.options.InteractionsURL = url
}

// SignWrongly has deliveries signed with another key while on.
func (d *Discord) SignWrongly(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.wrong = on
}

// VerifyInteractionsURL does what Discord does before it takes a URL, and later
// from time to time: a ping, which wants a pong, and one with a wrong signature,
// which wants a 401 (interactions/overview, "Setting Up an Endpoint"). It
// returns what is wrong.
func (d *Discord) VerifyInteractionsURL() error {
	d.mu.Lock()
	url, limit := d.options.InteractionsURL, d.timing.answer
	d.mu.Unlock()
	body := encode(object{"id": AppID, "application_id": AppID, "type": ping, "token": "ping", "version": 1})
	answer, kind, err := d.postSigned(url, body, limit, Delivery{Kind: ping})
	if err != nil {
		return err
	}
	value, err := decode(answer.Body)
	o, _ := value.(object)
	switch {
	case err != nil:
		return fmt.Errorf("the answer to a ping: %w", err)
	case answer.Status != http.StatusOK || whole(o, "type") != int(Pong) || kind != "application/json":
		return fmt.Errorf("the answer to a ping is %d, %s: %s", answer.Status, kind, answer.Body)
	}
	answer, _, err = d.postSigned(url, body, limit, Delivery{Kind: ping, Wrong: true})
	if err == nil && answer.Status != http.StatusUnauthorized {
		err = fmt.Errorf("a wrong signature is answered with %d, not 401", answer.Status)
	}
	return err
}

// deliver sends an interaction over HTTP and takes the answer. It returns what
// the person reads if it failed; "" if the app answered, or may still do so by
// the callback end point.
func (d *Discord) deliver(i *interaction, url string, payload object, limit time.Duration) string {
	d.mu.Lock()
	wrong := d.wrong
	d.mu.Unlock()
	got, contentType, err := d.postSigned(url, encode(payload), limit, Delivery{Interaction: i.ID, Kind: i.Kind, Wrong: wrong})
	switch {
	case err != nil:
		return noResponse
	case got.Status == http.StatusAccepted: // interactions/receiving-and-responding: the callback follows
		return ""
	case got.Status != http.StatusOK:
		return noResponse
	}
	return d.takeResponse(i, got.Body, contentType)
}

// takeResponse takes an answer that came as the response to a delivery.
func (d *Discord) takeResponse(i *interaction, text []byte, contentType string) string {
	r := &request{method: http.MethodPost, path: "the response to an interaction", vars: map[string]string{}}
	r.route = route{method: "POST", pattern: "/interactions/{interaction_id}/{interaction_token}/callback"}
	kind, parameters, _ := mime.ParseMediaType(contentType)
	if kind == "multipart/form-data" {
		r.malformed = r.readParts(text, parameters["boundary"])
	} else {
		r.malformed = r.readJSON(text)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if kind == "multipart/form-data" && (len(text) > maxResponse || i.Kind == command && whole(i.command, "type") == messageCommand) {
		d.blame("%s: files of %d bytes, which are not taken here", r.path, len(text)) // for message commands never: issue 5933 there
		return noResponse
	}
	if r.malformed != nil || kind != "multipart/form-data" && kind != "application/json" {
		d.blame("%s: %s, %v", r.path, contentType, r.malformed)
		return noResponse
	}
	if _, bad := d.respond(r, i); bad {
		return noResponse
	}
	d.checkRequest(r)
	return ""
}

// postSigned sends something signed (interactions/overview, "Validating Security
// Request Headers"), and keeps what became of it.
func (d *Discord) postSigned(url string, text []byte, limit time.Duration, about Delivery) (Delivery, string, error) {
	ctx, cancel := context.WithTimeout(d.ctx, limit)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(text))
	if err != nil {
		return about, "", err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	d.sign(r.Header, text, about.Wrong)
	contentType := ""
	answer, err := d.client.Do(r)
	if err == nil {
		contentType, about.Status = answer.Header.Get("Content-Type"), answer.StatusCode
		about.Body, err = io.ReadAll(answer.Body)
		_ = answer.Body.Close()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.state.deliveries = append(d.state.deliveries, about)
	d.touch()
	kind, _, _ := mime.ParseMediaType(contentType)
	if kind == "multipart/form-data" {
		kind = contentType // with its boundary
	}
	return about, kind, err
}

func (d *Discord) sign(h http.Header, text []byte, wrong bool) {
	at := strconv.FormatInt(d.now().Unix(), 10)
	key := d.key
	if wrong {
		key = newKey()
	}
	h.Set("X-Signature-Timestamp", at)
	h.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(key, append([]byte(at), text...))))
}
