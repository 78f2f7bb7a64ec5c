package fakeslack

import (
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// method is one of the Web API.
type method struct {
	run    func(*Slack, args) (object, *refusal) // mu is held
	scopes []string                              // one of these is needed
	app    bool                                  // called with the app's token
	config bool                                  // called with the token of app configurations
}

// refusal is an answer that says no.
type refusal struct {
	code  string
	extra object
}

func refuse(code string) *refusal { return &refusal{code: code} }

// Call is a call of the Web API.
type Call struct {
	Method string
	Args   map[string]string // without the token; what is not text is JSON
	Answer string            // "ok", the error, "HTTP 500", "ratelimited" …
	At     time.Time
}

// args are the arguments of a call: each as JSON, whatever way they came.
type args map[string]json.RawMessage

// text is an argument as text; JSON that is not text stays JSON.
func (a args) text(name string) string {
	var text string
	raw := a[name]
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	if string(raw) == "null" {
		return ""
	}
	return string(raw)
}

// given tells whether an argument is there at all.
func (a args) given(name string) bool {
	raw, ok := a[name]
	return ok && string(raw) != "null"
}

// raw is an argument that is JSON; nil if it is not there. Forms, and some
// clients in JSON bodies too, carry such as text.
func (a args) raw(name string) json.RawMessage {
	text := strings.TrimSpace(a.text(name))
	if text == "" {
		return nil
	}
	return json.RawMessage(text)
}

func (a args) flag(name string) bool {
	text := a.text(name)
	return text == "1" || text == "true"
}

func (a args) number(name string, otherwise int) int {
	if n, err := strconv.Atoi(a.text(name)); err == nil {
		return n
	}
	return otherwise
}

// readArgs reads the arguments and the token from a form, a query or JSON.
func readArgs(r *http.Request) (args, string, error) {
	a := args{}
	for name, values := range r.URL.Query() {
		a[name] = encode(values[0])
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err := a.readBody(r, kind); err != nil {
		return nil, "", err
	}
	token := a.text("token")
	delete(a, "token")
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		token = strings.TrimSpace(bearer)
	}
	return a, token, nil
}

func (a args) readBody(r *http.Request, kind string) error {
	switch kind {
	case "application/json":
		body, err := io.ReadAll(r.Body)
		if err != nil || len(body) == 0 {
			return err
		}
		var values map[string]json.RawMessage
		if err := json.Unmarshal(body, &values); err != nil {
			return err
		}
		maps.Copy(a, values)
	case "multipart/form-data":
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return err
		}
		a.add(r.PostForm)
	default:
		if err := r.ParseForm(); err != nil {
			return err
		}
		a.add(r.PostForm)
	}
	return nil
}

func (a args) add(form url.Values) {
	for name, values := range form {
		a[name] = encode(values[0])
	}
}

func (a args) plain() map[string]string {
	out := map[string]string{}
	for name := range a {
		out[name] = a.text(name)
	}
	return out
}

// answer is what goes back over HTTP.
type answer struct {
	status int
	header map[string]string
	body   object
	fault  Fault // what befalls it on the way
	note   string
}

// serveAPI answers a call of the Web API.
func (s *Slack) serveAPI(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/api/")
	a, token, err := readArgs(r)
	if err != nil {
		a = args{}
	}
	s.write(w, s.handle(name, token, a, err))
}

// handle answers a call and keeps it.
func (s *Slack) handle(name, token string, a args, unreadable error) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := answer{body: object{"ok": false, "error": "invalid_json"}}
	if unreadable == nil {
		out = s.answer(name, token, a)
	}
	s.record(name, a, out)
	return out
}

// record keeps a call; mu is held.
func (s *Slack) record(name string, a args, out answer) {
	note := out.note
	if note == "" {
		note = "ok"
		if code, failed := out.body["error"].(string); failed {
			note = code
		}
	}
	s.state.calls = append(s.state.calls, Call{Method: name, Args: a.plain(), Answer: note, At: s.now()})
	s.touch()
}

// answer decides on a call; mu is held.
func (s *Slack) answer(name, token string, a args) answer {
	if wait, limited := s.limited(name, a.text("channel")); limited {
		return tooMany(wait)
	}
	fault := s.faults.next(name)
	if fault.instead {
		return fault.answer()
	}
	m, known := s.methods[name]
	if !known {
		s.state.unknown = append(s.state.unknown, name)
		return no(refuse("unknown_method"))
	}
	out := s.run(m, token, a)
	out.fault = fault
	if fault.cut {
		out.note = "cut"
	}
	return out
}

// run checks who calls and calls the method.
func (s *Slack) run(m method, token string, a args) answer {
	if refused := s.authorize(m, token); refused != nil {
		return no(refused)
	}
	header := map[string]string{"X-Accepted-OAuth-Scopes": strings.Join(m.scopes, ",")}
	if !m.app {
		header["X-OAuth-Scopes"] = s.provided()
	}
	body, refused := s.scoped(m.scopes...), (*refusal)(nil)
	if body == nil {
		body, refused = m.run(s, a)
	} else {
		refused = &refusal{code: "missing_scope", extra: body}
	}
	if refused != nil {
		out := no(refused)
		out.header = header
		return out
	}
	if body == nil {
		body = object{}
	}
	body["ok"] = true
	return answer{header: header, body: body}
}

// authorize checks the token.
func (s *Slack) authorize(m method, token string) *refusal {
	want, other := s.options.BotToken, s.options.AppToken
	switch {
	case m.config:
		want = s.options.ConfigToken
	case m.app:
		want, other = other, want
	}
	switch {
	case token == "":
		return refuse("not_authed")
	case token == want:
		return nil
	case token == other:
		return refuse("not_allowed_token_type")
	}
	return refuse("invalid_auth")
}

// scoped says what is missing if none of the scopes is granted, else nil.
func (s *Slack) scoped(scopes ...string) object {
	for _, scope := range scopes {
		if s.granted(scope) {
			return nil
		}
	}
	if len(scopes) == 0 {
		return nil
	}
	return object{"needed": scopes[0], "provided": s.provided()}
}

// need refuses if a scope that depends on the arguments is missing.
func (s *Slack) need(scope string) *refusal {
	if missing := s.scoped(scope); missing != nil {
		return &refusal{code: "missing_scope", extra: missing}
	}
	return nil
}

func no(r *refusal) answer {
	body := object{"ok": false, "error": r.code}
	maps.Copy(body, r.extra)
	return answer{body: body}
}

// write sends an answer, with what befalls it.
func (s *Slack) write(w http.ResponseWriter, out answer) {
	if out.fault.delay > 0 && !s.pass(out.fault.delay) {
		return
	}
	if out.fault.cut {
		cut(w)
		return
	}
	for name, value := range out.header {
		w.Header().Set(name, value)
	}
	body := []byte(encode(out.body))
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if out.body == nil {
		// Slack's errors of HTTP come with a page.
		w.Header().Set("Content-Type", "text/html")
		body = []byte("<html><body>Server Error</body></html>")
	}
	w.WriteHeader(max(out.status, http.StatusOK))
	_, _ = w.Write(body)
}

// cut ends the connection without an answer.
func cut(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}
