package fakeslack

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// Response is the app's answer to a person's deed.
type Response struct {
	Status      int    // of HTTP; 200 for an acknowledged envelope, 0 if there was no answer
	Body        []byte // of HTTP, or the acknowledgement's payload
	Error       string // what the person is told went wrong: operation_timeout, dispatch_failed …
	ResponseURL string
	TriggerID   string
	Options     []Option          // that a select offers
	Errors      map[string]string // of a modal, by block_id
}

// Option is an entry of a select.
type Option struct{ Text, Value string }

// responseURL is where the app may still say something after a deed.
type responseURL struct {
	channel, user string
	original      *Message // nil for a slash command
	at            time.Time
	uses          int
}

// newResponseURL makes one; mu is held.
func (s *Slack) newResponseURL(channel, user string, original *Message) string {
	id := s.state.next("response.")
	s.state.responses[id] = &responseURL{channel: channel, user: user, original: original, at: s.now()}
	return s.server.URL + "/response/" + id
}

// serveResponse takes a post to a response_url.
func (s *Slack) serveResponse(w http.ResponseWriter, r *http.Request) {
	a, _, err := readArgs(r)
	out := answer{status: http.StatusBadRequest, body: object{"ok": false, "error": "invalid_payload"}}
	if err == nil {
		out = s.respond(strings.TrimPrefix(r.URL.Path, "/response/"), a)
	}
	s.write(w, out)
}

// respond uses a response_url and keeps that it was.
func (s *Slack) respond(id string, a args) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.respondTo(id, a)
	s.record("response_url", a, out)
	return out
}

// respondTo uses a response_url once; mu is held. Source of the limits:
// docs.slack.dev/interactivity/handling-user-interaction.
func (s *Slack) respondTo(id string, a args) answer {
	if wait, limited := s.limited("response_url", ""); limited {
		return tooMany(wait)
	}
	fault := s.faults.next("response_url")
	if fault.instead {
		return fault.answer()
	}
	out := answer{body: object{"ok": true}, fault: fault}
	if refused := s.useResponse(s.state.responses[id], a); refused != nil {
		out = no(refused)
		out.status = http.StatusBadRequest // github.com/slackapi/java-slack-sdk issue 1017
		// The names and the status of these two are not documented.
		if refused.code == "expired_url" || refused.code == "used_url" {
			out.status = http.StatusNotFound
		}
	}
	return out
}

func (s *Slack) useResponse(r *responseURL, a args) *refusal {
	switch {
	case r == nil, s.now().Sub(r.at) > maxResponseMinutes*time.Minute:
		return refuse("expired_url")
	case r.uses >= maxResponses:
		return refuse("used_url")
	}
	if refused := s.say(r, a); refused != nil {
		return refused
	}
	r.uses++
	return nil
}

// say shows an answer to a deed: to the person only, unless it says otherwise;
// mu is held.
func (s *Slack) say(r *responseURL, a args) *refusal {
	c := s.state.channels[r.channel]
	if a.flag("delete_original") && r.original != nil {
		s.takeBack(c, r.original)
		return nil
	}
	to := r.user
	if a.text("response_type") == "in_channel" {
		to = ""
	}
	what, refused := s.content(a, to)
	switch {
	case refused != nil:
		return refused
	case what.empty():
		return refuse("no_text")
	case a.flag("replace_original") && r.original != nil:
		s.putAgain(c, r.original, what)
	case a.text("response_type") == "in_channel":
		s.message(c, what, a.text("thread_ts"), false)
	default:
		s.whisper(r.channel, r.user, a.text("thread_ts"), what)
	}
	return nil
}

func (s *Slack) takeBack(c *Channel, m *Message) {
	if m.EphemeralTo == "" {
		s.remove(c, m)
		return
	}
	m.Deleted = true
	s.touch()
}

func (s *Slack) putAgain(c *Channel, m *Message, what content) {
	if m.EphemeralTo == "" {
		s.change(c, m, what)
		return
	}
	m.Text, m.Blocks, m.Attachments = what.text, what.blocks, what.attachments
	s.touch()
}

// answered shows what the body of an answer to a slash command says; mu is held.
func (s *Slack) answered(r *responseURL, body []byte) *refusal {
	if len(strings.TrimSpace(string(body))) == 0 {
		return nil
	}
	var a args
	if json.Unmarshal(body, &a) != nil {
		a = args{"text": encode(string(body))}
	}
	return s.say(r, a)
}
