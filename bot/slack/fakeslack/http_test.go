package fakeslack_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"reportbot/bot/slack/fakeslack"
)

// site is an app that Slack calls: it checks signatures and answers as told.
type site struct {
	mu      sync.Mutex
	bodies  []string
	headers []http.Header
	answer  func(w http.ResponseWriter, r *http.Request, n int)
}

// serve starts an app and lets Slack call it.
func serve(t *testing.T, s *fakeslack.Slack, answer func(w http.ResponseWriter, r *http.Request, n int)) *site {
	t.Helper()
	a := &site{answer: answer}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	s.SetURLs(server.URL+"/events", server.URL+"/commands", server.URL+"/interactions", server.URL+"/options")
	return a
}

func (a *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	v, verr := slackapi.NewSecretsVerifier(r.Header, secret)
	if verr == nil {
		_, _ = v.Write(body)
		verr = v.Ensure()
	}
	if err != nil || verr != nil {
		http.Error(w, "signature", http.StatusUnauthorized)
		return
	}
	a.mu.Lock()
	a.bodies, a.headers = append(a.bodies, string(body)), append(a.headers, r.Header)
	n := len(a.bodies)
	a.mu.Unlock()
	r.Body = io.NopCloser(bytes.NewReader(body))
	if a.answer != nil {
		a.answer(w, r, n)
	}
}

// got is the n-th call, from 0.
func (a *site) got(n int) (body string, header http.Header) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.bodies[n], a.headers[n]
}

func deliveries(n int) func(*fakeslack.State) bool {
	return func(st *fakeslack.State) bool { return len(st.Deliveries()) >= n }
}

func TestEventsOverHTTP(t *testing.T) {
	s, _ := start(t, func(o *fakeslack.Options) { o.Events = []string{"app_mention"} })
	a := serve(t, s, nil)
	s.Mention("U1", "C1", "people?")
	s.Await(t, deliveries(1))
	body, _ := a.got(0)
	e, err := slackevents.ParseEvent([]byte(body), slackevents.OptionNoVerifyToken())
	wantError(t, err, "")
	equal(t, "event", e.InnerEvent.Type, "app_mention")
	s.Redeliver(s.Events()[0], true)
	s.Redeliver(s.Events()[0], false)
	s.Await(t, deliveries(3))
	ids := map[string]int{}
	for _, d := range s.Deliveries() {
		ids[d.EventID]++
	}
	equal(t, "deliveries of the first", ids[s.Events()[0].ID], 2)
	equal(t, "ids", len(ids), 2)
}

func TestRetries(t *testing.T) {
	s, _ := start(t, nil)
	s.RetryAfter(time.Millisecond, time.Millisecond, time.Millisecond)
	a := serve(t, s, func(w http.ResponseWriter, _ *http.Request, n int) {
		if n < 3 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	s.DM("U1", "hi")
	s.Await(t, deliveries(3))
	_, first := a.got(0)
	_, third := a.got(2)
	equal(t, "headers", third.Get("X-Slack-Retry-Num")+" "+third.Get("X-Slack-Retry-Reason"), "2 http_error")
	equal(t, "first", first.Get("X-Slack-Retry-Num"), "")
}

func TestRetryReasons(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	release := make(chan struct{})
	cases := map[string]func(http.ResponseWriter, *http.Request, int){
		"http_timeout": func(_ http.ResponseWriter, r *http.Request, _ int) { <-release },
		"too_many_redirects": func(w http.ResponseWriter, r *http.Request, _ int) {
			http.Redirect(w, r, "/again", http.StatusTemporaryRedirect)
		},
		"connection_failed": nil,
	}
	for reason, answer := range cases {
		t.Run(reason, func(t *testing.T) {
			s, _ := start(t, nil)
			s.RetryAfter()
			serve(t, s, answer)
			if answer == nil {
				s.SetURLs(gone.URL, "", "", "")
			}
			if reason == "http_timeout" {
				s.AnswerWithin(50 * time.Millisecond)
				t.Cleanup(func() { close(release) })
			}
			s.DM("U1", "hi")
			s.Await(t, deliveries(1))
			equal(t, "failure", s.Deliveries()[0].Failure, reason)
		})
	}
}

func TestNoRetry(t *testing.T) {
	s, _ := start(t, nil)
	s.RetryAfter(time.Millisecond)
	serve(t, s, func(w http.ResponseWriter, _ *http.Request, n int) {
		if n == 1 {
			w.Header().Set("X-Slack-No-Retry", "1")
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	s.DM("U1", "one")
	s.Await(t, deliveries(1))
	s.DM("U1", "two")
	s.Await(t, deliveries(2))
	equal(t, "second", s.Deliveries()[1].EventID, s.Events()[1].ID)
}

func TestSignatures(t *testing.T) {
	s, _ := start(t, nil)
	s.RetryAfter()
	serve(t, s, func(w http.ResponseWriter, r *http.Request, _ int) { _, _ = io.Copy(w, r.Body) })
	r := s.VerifyURL("prove it")
	if r.Status != 200 || !strings.Contains(string(r.Body), "prove it") {
		t.Errorf("%d %s", r.Status, r.Body)
	}
	s.SignWith("another", 0)
	equal(t, "another secret", s.VerifyURL("x").Status, 401)
	s.SignWith(secret, -6*time.Minute)
	equal(t, "old", s.VerifyURL("x").Status, 401)
	s.SignWith(secret, 0)
	equal(t, "right again", s.VerifyURL("x").Status, 200)
}

func TestSlashOverHTTP(t *testing.T) {
	s, api := start(t, nil)
	var answer atomic.Value
	answer.Store("")
	serve(t, s, func(w http.ResponseWriter, r *http.Request, _ int) {
		c, err := slackapi.SlashCommandParse(r)
		if err != nil || c.Command != "/report" || c.UserID != "U1" {
			w.WriteHeader(http.StatusBadRequest)
		}
		_, _ = io.WriteString(w, answer.Load().(string))
	})
	answer.Store(`{"response_type":"in_channel","text":"all see"}`)
	r := s.Slash("U1", "C1", "/report", "people")
	equal(t, "in channel", r.Error+texts(s.Posts("C1")), "all see")
	answer.Store("only you")
	s.Slash("U1", "C1", "/report", "people")
	equal(t, "ephemeral", texts(s.Ephemerals("U1")), "only you")
	equal(t, "refused", s.Slash("U2", "C1", "/report", "x").Error, "dispatch_failed")

	respond := func(options ...slackapi.MsgOption) error {
		_, _, err := api.PostMessage("", append(options, text("later"), slackapi.MsgOptionResponseURL(r.ResponseURL, "ephemeral"))...)
		return err
	}
	for range 5 {
		wantError(t, respond(), "")
	}
	if respond() == nil {
		t.Error("a sixth post")
	}
	equal(t, "answers", len(s.Ephemerals("U1")), 6)
	equal(t, "recorded", s.Calls("response_url")[5].Answer, "used_url")
}

func TestResponseURLExpires(t *testing.T) {
	c := newClock()
	s, api := start(t, func(o *fakeslack.Options) { o.Clock = c.Now })
	r := s.Slash("U1", "C1", "/report", "x") // nothing takes it
	c.pass(31 * time.Minute)
	if _, _, err := api.PostMessage("", text("x"), slackapi.MsgOptionResponseURL(r.ResponseURL, "ephemeral")); err == nil {
		t.Error("no error")
	}
	equal(t, "recorded", s.Calls("response_url")[0].Answer, "expired_url")
}
