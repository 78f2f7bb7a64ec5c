package fakediscord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// route is one end point, named as Discord's OpenAPI description does.
type route struct {
	method, pattern string
	run             func(*Discord, *request) answer // mu is held
	open            bool                            // needs no bot token: its address has an interaction's
	unbound         bool                            // not bound to the global rate limit (topics/rate-limits)
}

// name is how a route is called in Fail, Limit and Calls.
func (r route) name() string { return r.method + " " + r.pattern }

// routes are all end points.
func routes() []route {
	return append(append(accountRoutes(), messageRoutes()...), append(commandRoutes(), interactionRoutes()...)...)
}

func accountRoutes() []route {
	return []route{
		{method: "GET", pattern: "/gateway", run: (*Discord).getGateway, open: true},
		{method: "GET", pattern: "/gateway/bot", run: (*Discord).getGatewayBot},
		{method: "GET", pattern: "/users/@me", run: (*Discord).getMe},
		{method: "GET", pattern: "/applications/@me", run: (*Discord).getApplication},
		{method: "GET", pattern: "/oauth2/applications/@me", run: (*Discord).getApplication},
		{method: "POST", pattern: "/users/@me/channels", run: (*Discord).createDM},
		{method: "GET", pattern: "/channels/{channel_id}", run: (*Discord).getChannel},
		{method: "GET", pattern: "/guilds/{guild_id}", run: (*Discord).getGuild},
		{method: "GET", pattern: "/guilds/{guild_id}/members/{user_id}", run: (*Discord).getMember},
		{method: "POST", pattern: "/channels/{channel_id}/typing", run: (*Discord).trigger},
	}
}

func messageRoutes() []route {
	const messages, message = "/channels/{channel_id}/messages", "/channels/{channel_id}/messages/{message_id}"
	return []route{
		{method: "GET", pattern: messages, run: (*Discord).listMessages},
		{method: "POST", pattern: messages, run: (*Discord).createMessage},
		{method: "GET", pattern: message, run: (*Discord).getMessage},
		{method: "PATCH", pattern: message, run: (*Discord).editMessage},
		{method: "DELETE", pattern: message, run: (*Discord).deleteMessage},
	}
}

func commandRoutes() []route {
	var all []route
	for _, base := range []string{"/applications/{application_id}/commands", "/applications/{application_id}/guilds/{guild_id}/commands"} {
		all = append(all,
			route{method: "GET", pattern: base, run: (*Discord).listCommands},
			route{method: "PUT", pattern: base, run: (*Discord).putCommands},
			route{method: "POST", pattern: base, run: (*Discord).createCommand},
			route{method: "GET", pattern: base + "/{command_id}", run: (*Discord).getCommand},
			route{method: "PATCH", pattern: base + "/{command_id}", run: (*Discord).editCommand},
			route{method: "DELETE", pattern: base + "/{command_id}", run: (*Discord).deleteCommand},
		)
	}
	return all
}

func interactionRoutes() []route {
	const webhook = "/webhooks/{webhook_id}/{webhook_token}"
	all := []route{
		{method: "POST", pattern: "/interactions/{interaction_id}/{interaction_token}/callback", run: (*Discord).callback},
		{method: "POST", pattern: webhook, run: (*Discord).followUp},
		{method: "GET", pattern: webhook + "/messages/@original", run: (*Discord).getWebhookMessage},
		{method: "PATCH", pattern: webhook + "/messages/@original", run: (*Discord).editWebhookMessage},
		{method: "DELETE", pattern: webhook + "/messages/@original", run: (*Discord).deleteWebhookMessage},
		{method: "GET", pattern: webhook + "/messages/{message_id}", run: (*Discord).getWebhookMessage},
		{method: "PATCH", pattern: webhook + "/messages/{message_id}", run: (*Discord).editWebhookMessage},
		{method: "DELETE", pattern: webhook + "/messages/{message_id}", run: (*Discord).deleteWebhookMessage},
	}
	for i := range all {
		all[i].open, all[i].unbound = true, true
	}
	return all
}

// request is a call as it came.
type request struct {
	method, path string // without /api/v9
	route        route
	vars         map[string]string
	query        url.Values
	token, agent string
	raw          json.RawMessage // the JSON, also of a multipart body
	body         any             // the same, decoded; nil if there was none
	files        []upload
	malformed    error
}

// upload is a file of a multipart body, and the number in its name.
type upload struct {
	number, name, kind string
	data               []byte
}

// object is the body, if it is one.
func (r *request) object() object {
	o, _ := r.body.(object)
	return o
}

// Call is a call of the REST API.
type Call struct {
	Route  string // "POST /channels/{channel_id}/messages"
	Path   string // as it came, without /api/v9
	Query  url.Values
	Body   json.RawMessage // the JSON, also of a multipart body
	Files  []string        // names of uploads
	Status int             // of the answer; 0 if the connection was cut
	Code   int             // of Discord's errors; 0 if there is none
	At     time.Time
}

var version = regexp.MustCompile(`^/api/v(9|10)/`) // reference, "API Versions"

// serveREST answers a call.
func (d *Discord) serveREST(w http.ResponseWriter, r *http.Request) {
	q := d.read(r)
	d.write(w, d.handle(q))
}

// read takes a request in.
func (d *Discord) read(r *http.Request) *request {
	q := &request{method: r.Method, path: r.URL.Path, query: r.URL.Query()}
	q.agent = r.Header.Get("User-Agent")
	q.token, _ = strings.CutPrefix(r.Header.Get("Authorization"), "Bot ")
	if prefix := version.FindString(q.path); prefix != "" {
		q.path = q.path[len(prefix)-1:]
	}
	q.route, q.vars = d.match(q.method, q.path)
	kind, parameters, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body, err := io.ReadAll(io.LimitReader(r.Body, maxRequest+1))
	switch {
	case err != nil:
		q.malformed = err
	case kind == "multipart/form-data":
		q.malformed = q.readParts(body, parameters["boundary"])
	case len(bytes.TrimSpace(body)) > 0:
		q.malformed = q.readJSON(body)
	}
	return q
}

// readParts reads a multipart body: payload_json and files[n] (reference,
// "Uploading Files").
func (r *request) readParts(body []byte, boundary string) error {
	parts := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		name := part.FormName()
		switch number, isFile := strings.CutPrefix(name, "files["); {
		case name == "payload_json":
			if err := r.readJSON(data); err != nil {
				return err
			}
		case isFile:
			r.files = append(r.files, upload{strings.TrimSuffix(number, "]"), part.FileName(), part.Header.Get("Content-Type"), data})
		default:
			return fmt.Errorf("a part is named %q", name)
		}
	}
}

func (r *request) readJSON(text []byte) error {
	value, err := decode(text)
	if err != nil {
		return err
	}
	r.raw, r.body = text, value
	return nil
}

// decode reads one JSON value, with numbers as they are written.
func decode(text []byte) (any, error) {
	from := json.NewDecoder(bytes.NewReader(text))
	from.UseNumber()
	var value any
	if err := from.Decode(&value); err != nil {
		return nil, err
	}
	return value, nil
}

// match finds a route, and what stands for the names in its pattern. More exact
// patterns stand before others.
func (d *Discord) match(method, path string) (route, map[string]string) {
	for _, r := range d.routes {
		if vars, ok := matches(r.pattern, path); ok && r.method == method {
			return r, vars
		}
	}
	return route{}, nil
}

func matches(pattern, path string) (map[string]string, bool) {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return nil, false
	}
	vars := map[string]string{}
	for i, part := range want {
		switch {
		case strings.HasPrefix(part, "{"):
			vars[strings.Trim(part, "{}")] = got[i]
		case part != got[i]:
			return nil, false
		}
	}
	return vars, true
}

// answer is what goes back over HTTP.
type answer struct {
	status int
	header map[string]string
	body   any
	page   string // in place of a JSON body
	fault  Fault  // what befalls it on the way
}

func ok(body any) answer { return answer{status: http.StatusOK, body: body} }

func done() answer { return answer{status: http.StatusNoContent} }

// refuse is an error as Discord writes it (reference, "Error Messages").
func refuse(status, code int, message string) answer {
	return answer{status: status, body: object{"message": message, "code": code}}
}

// code is that of an error.
func (a answer) code() int {
	o, _ := a.body.(object)
	code, _ := o["code"].(int)
	return code
}

// handle answers a call and keeps it.
func (d *Discord) handle(r *request) answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := d.answer(r)
	d.checkAnswer(r, out)
	d.countInvalid(out)
	call := Call{Route: r.route.name(), Path: r.path, Query: r.query, Body: r.raw, Status: out.status, Code: out.code(), At: d.now()}
	for _, f := range r.files {
		call.Files = append(call.Files, f.name)
	}
	if out.fault.cut {
		call.Status = 0
	}
	d.state.calls = append(d.state.calls, call)
	d.touch()
	return out
}

// countInvalid counts the answers of which Discord takes 10,000 in ten minutes
// from an address (topics/rate-limits, "Invalid Request Limit").
func (d *Discord) countInvalid(out answer) {
	switch out.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		if out.header["X-RateLimit-Scope"] != string(Shared) {
			d.state.invalid++
		}
	}
}

// agent is how an app must name itself (reference, "User Agent"); Cloudflare may
// refuse others.
const agent = "DiscordBot ("

// checkAgent blames the app once if it does not name itself.
func (d *Discord) checkAgent(r *request) {
	if !strings.HasPrefix(r.agent, agent) && !d.state.nameless {
		d.state.nameless = true
		d.blame("the User-Agent is %q, and must begin with %q", r.agent, agent)
	}
}

// answer decides on a call; mu is held.
func (d *Discord) answer(r *request) answer {
	d.checkAgent(r)
	if out, limited := d.limited(r); limited {
		return out
	}
	fault := d.faults.next(r.route.name())
	if fault.instead {
		return fault.answer()
	}
	out := d.run(r)
	out.fault = fault
	header := d.faults.header(r)
	maps.Copy(header, out.header)
	out.header = header
	return out
}

// run checks who calls and what, and calls the route.
func (d *Discord) run(r *request) answer {
	switch {
	case r.route.run == nil:
		d.blame("%s %s is unknown", r.method, r.path)
		return refuse(http.StatusNotFound, 0, "404: Not Found")
	case !r.route.open && (r.token != d.options.Token || d.gateway.reset):
		return refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	case r.malformed != nil:
		d.blame("%s: %v", r.route.name(), r.malformed)
		return refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
	}
	if out, bad := d.checkVars(r); bad {
		return out
	}
	out := r.route.run(d, r)
	if out.status < 300 {
		d.checkRequest(r)
	}
	return out
}

// checkVars wants snowflakes where the address has them.
func (d *Discord) checkVars(r *request) (answer, bool) {
	for name, value := range r.vars {
		if _, err := strconv.ParseUint(value, 10, 64); err != nil && strings.HasSuffix(name, "_id") {
			c := &checker{}
			c.bad([]string{name}, "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not snowflake.", value))
			return d.reject(r, c), true
		}
	}
	return answer{}, false
}

// reject is the answer to a request with problems, which are the app's faults.
func (d *Discord) reject(r *request, c *checker) answer {
	for _, p := range c.problems {
		d.blame("%s: %s", r.route.name(), p)
	}
	return answer{status: http.StatusBadRequest, body: object{"message": "Invalid Form Body", "code": 50035, "errors": c.tree()}}
}

// blame remembers a fault of the app; mu is held.
func (d *Discord) blame(format string, args ...any) {
	d.state.faults = append(d.state.faults, fmt.Sprintf(format, args...))
	d.touch()
}

// write sends an answer, with what befalls it.
func (d *Discord) write(w http.ResponseWriter, out answer) {
	if out.fault.delay > 0 && !d.pass(out.fault.delay) || out.fault.cut {
		cut(w)
		return
	}
	for name, value := range out.header {
		w.Header().Set(name, value)
	}
	if out.page != "" {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(out.status)
		_, _ = io.WriteString(w, out.page)
		return
	}
	if out.status == http.StatusNoContent || out.status == http.StatusAccepted {
		w.WriteHeader(out.status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(out.status)
	_, _ = w.Write(encode(out.body))
}

// cut ends the connection without an answer.
func cut(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}
