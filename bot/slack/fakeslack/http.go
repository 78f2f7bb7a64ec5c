package fakeslack

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// signing is how deliveries over HTTP are signed.
type signing struct {
	secret *string // nil: the right one
	skew   time.Duration
}

// Delivery is one try over HTTP.
type Delivery struct {
	Kind        string // event, command, interaction, options, verification
	URL         string
	EventID     string
	RetryNum    int
	RetryReason string
	Status      int    // of the app's answer; 0 if there was none
	Failure     string // why it counts as failed, as in x-slack-retry-reason
	Header      http.Header
	Body        []byte // of the answer
}

// SignWith signs what follows with another secret, or as if it left at another
// time; SignWith(the right secret, 0) is as at first.
func (s *Slack) SignWith(secret string, skew time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signing = signing{&secret, skew}
}

// sign adds the signature (docs.slack.dev/authentication/verifying-requests-from-slack).
func (s *Slack) sign(h http.Header, body string) {
	s.mu.Lock()
	secret := s.options.SigningSecret
	if s.signing.secret != nil {
		secret = *s.signing.secret
	}
	at := strconv.FormatInt(s.now().Add(s.signing.skew).Unix(), 10)
	s.mu.Unlock()
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "v0:%s:%s", at, body) // a hash takes all
	h.Set("X-Slack-Request-Timestamp", at)
	h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}

// post makes one try and keeps what became of it.
func (s *Slack) post(d Delivery, contentType, body string) Delivery {
	s.try(&d, contentType, body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.deliveries = append(s.state.deliveries, d)
	s.touch()
	return d
}

func (s *Slack) try(d *Delivery, contentType, body string) {
	ctx, cancel := context.WithTimeout(s.ctx, s.times().answer)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL, strings.NewReader(body))
	if err != nil {
		d.Failure = "unknown_error"
		return
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	s.sign(r.Header, body)
	if d.RetryNum > 0 {
		r.Header.Set("X-Slack-Retry-Num", strconv.Itoa(d.RetryNum))
		r.Header.Set("X-Slack-Retry-Reason", d.RetryReason)
	}
	answer, err := s.client.Do(r)
	if err == nil {
		d.Status, d.Header = answer.StatusCode, answer.Header
		d.Body, err = io.ReadAll(answer.Body)
		_ = answer.Body.Close()
	}
	d.Failure = failure(d.Status, err)
}

// failure names what went wrong, as in x-slack-retry-reason
// (docs.slack.dev/apis/events-api, "Retries").
func failure(status int, err error) string {
	var redirects tooManyRedirects
	var network *net.OpError
	switch {
	case errors.As(err, &redirects):
		return "too_many_redirects"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return "http_timeout"
	case errors.As(err, &network):
		return "connection_failed"
	case err != nil:
		return "unknown_error"
	case status < 200 || status > 299:
		return "http_error"
	}
	return ""
}

type tooManyRedirects struct{}

func (tooManyRedirects) Error() string { return "more than two redirects" }

func atMostTwoRedirects(_ *http.Request, via []*http.Request) error {
	if len(via) > 2 {
		return tooManyRedirects{}
	}
	return nil
}

// postEvent delivers an event, with retries unless the app wants none.
func (s *Slack) postEvent(url string, e Event) {
	reason := ""
	for try := 0; ; try++ {
		d := s.post(Delivery{Kind: "event", URL: url, EventID: e.ID, RetryNum: try, RetryReason: reason},
			"application/json", string(e.Payload))
		reason = d.Failure
		waits := s.times().retries
		if reason == "" || d.Header.Get("X-Slack-No-Retry") == "1" || try >= len(waits) || !s.pass(waits[try]) {
			return
		}
	}
}

// VerifyURL asks the app to prove that the URL for events is its own
// (docs.slack.dev/reference/events/url_verification); the test checks that the
// answer has the challenge in it.
func (s *Slack) VerifyURL(challenge string) Response {
	s.mu.Lock()
	url := s.options.EventsURL
	s.mu.Unlock()
	d := s.post(Delivery{Kind: "verification", URL: url}, "application/json",
		string(encode(object{"token": "verification", "challenge": challenge, "type": "url_verification"})))
	return Response{Status: d.Status, Body: d.Body, Error: told(d.Failure)}
}

// told is what a person reads when the app's answer failed.
func told(failure string) string {
	switch failure {
	case "":
		return ""
	case "http_timeout":
		return "operation_timeout"
	}
	return "dispatch_failed"
}
