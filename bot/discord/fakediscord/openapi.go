package fakediscord

import (
	"bytes"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// specEnv names a file with Discord's OpenAPI description of its API
// (github.com/discord/discord-api-spec), which is not part of this repository.
// Where it is there, each request and each answer is checked against it.
const specEnv = "REPORTBOT_DISCORD_OPENAPI"

// spec checks bodies against the description. Its schemas are compiled when they
// are needed. strict also refuses members that it does not know.
type spec struct {
	mu             sync.Mutex
	paths          object
	lax, strict    *jsonschema.Compiler
	known          map[string]*jsonschema.Schema // by compiler and pointer
	unrecognizable error
}

var loadOnce = sync.OnceValue(func() *spec { return readSpec(os.Getenv(specEnv)) })

// loadSpec is the description; nil if no file is named.
func loadSpec(t testing.TB) *spec {
	s := loadOnce()
	if s != nil && s.unrecognizable != nil {
		t.Fatalf("fakediscord: %s: %v", specEnv, s.unrecognizable)
	}
	return s
}

func readSpec(file string) *spec {
	if file == "" {
		return nil
	}
	s := &spec{known: map[string]*jsonschema.Schema{}}
	text, err := os.ReadFile(file)
	if err != nil {
		return &spec{unrecognizable: err}
	}
	for _, compiler := range []**jsonschema.Compiler{&s.lax, &s.strict} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return &spec{unrecognizable: err}
		}
		s.paths, _ = value.(object)["paths"].(object)
		adapt(value)
		*compiler = jsonschema.NewCompiler()
		(*compiler).DefaultDraft(jsonschema.Draft2020)
		if compiler == &s.strict {
			forbidUnknown(value)
		}
		if err := (*compiler).AddResource("spec.json", value); err != nil {
			return &spec{unrecognizable: err}
		}
	}
	return s
}

// adapt lets the description take what the documentation has: bits of permissions
// as text (topics/permissions; the description's README agrees), the codes of
// single errors too (reference, "Error Messages"), and the numbers of uploads as
// numbers (reference, "Uploading Files").
func adapt(v any) {
	walk(v, func(o object) {
		members, _ := o["properties"].(object)
		if list, is := members["_errors"].(object); is {
			list["items"] = object{"type": "object", "required": []any{"code", "message"}}
		}
		if members["id"] != nil && members["waveform"] != nil { // an attachment
			members["id"] = object{"type": []any{"string", "integer"}}
		}
		if p, is := members["default_member_permissions"].(object); is && p["oneOf"] == nil {
			members["default_member_permissions"] = object{"type": []any{"string", "integer", "null"}}
		}
	})
}

// forbidUnknown has each object take only the members that it names.
func forbidUnknown(v any) {
	walk(v, func(o object) {
		_, names := o["properties"].(object)
		_, more := o["additionalProperties"]
		if o["type"] == "object" && names && !more {
			o["unevaluatedProperties"] = false
		}
	})
}

func walk(v any, visit func(object)) {
	switch v := v.(type) {
	case object:
		visit(v)
		for _, inner := range v {
			walk(inner, visit)
		}
	case []any:
		for _, inner := range v {
			walk(inner, visit)
		}
	}
}

// schema compiles what a JSON pointer names.
func (s *spec) schema(strict bool, pointer string) (*jsonschema.Schema, error) {
	key := strconv.FormatBool(strict) + pointer
	if found := s.known[key]; found != nil {
		return found, nil
	}
	compiler := s.lax
	if strict {
		compiler = s.strict
	}
	found, err := compiler.Compile("spec.json#" + pointer)
	if err == nil {
		s.known[key] = found
	}
	return found, err
}

// request checks a body; strictly where all that it has must be known.
func (s *spec) request(r route, value any, strict bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	schema, err := s.schema(strict, requestPointer(r, value))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// requestPointer is the schema of a body. For callbacks it is that of their type,
// where the description has any of all: so an error tells of one alone.
func requestPointer(r route, value any) string {
	o, _ := value.(object)
	callbacks := map[Callback]string{Pong: "PongInteraction", Reply: "CreateMessageInteraction", DeferredReply: "CreateMessageInteraction",
		DeferredUpdate: "UpdateMessageInteraction", Update: "UpdateMessageInteraction", Choices: "ApplicationCommandAutocomplete",
		ModalShown: "ModalInteraction"}
	if name, known := callbacks[Callback(whole(o, "type"))]; known && strings.HasSuffix(r.pattern, "/callback") {
		return pointer("components", "schemas", name+"CallbackRequest")
	}
	return pointer("paths", r.pattern, strings.ToLower(r.method), "requestBody", "content", "application/json", "schema")
}

// answer checks what the fake gives.
func (s *spec) answer(r route, status int, body any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(encode(body)))
	if err != nil {
		return err
	}
	at := pointer("paths", r.pattern, strings.ToLower(r.method), "responses", strconv.Itoa(status), "content", "application/json", "schema")
	switch {
	case status == http.StatusTooManyRequests:
		at = pointer("components", "schemas", "RatelimitedResponse")
		if o, _ := body.(object); o["code"] != nil {
			at = pointer("components", "schemas", "ErrorResponse")
		} else {
			value.(object)["code"] = 0 // wanted by the schema, not in the documentation's examples
		}
	case status >= 400:
		at = pointer("components", "schemas", "ErrorResponse")
	}
	schema, err := s.schema(false, at)
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

func pointer(parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(part))
	}
	return b.String()
}

// checkRequest blames the app for a body that was taken and that the description
// refuses. The documentation holds where both differ, so it is taken all the same.
func (d *Discord) checkRequest(r *request) {
	if d.spec == nil || r.raw == nil || r.route.pattern == "" {
		return
	}
	body, err := decode(r.raw) // as it came
	if err != nil {
		return
	}
	if err := d.spec.request(r.route, body, false); err != nil {
		d.blame("%s: %s", r.route.name(), oneLine(err))
		return
	}
	if err := d.spec.request(r.route, tolerated(r.route, body), true); err != nil {
		d.blame("%s: unknown members: %s", r.route.name(), oneLine(err))
	}
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// tolerated is a body without members that discordgo v0.29.0 always writes and
// that Discord does not mind.
func tolerated(r route, v any) any {
	switch {
	case strings.HasSuffix(r.pattern, "/callback"):
		return withoutData(v)
	case strings.Contains(r.pattern, "/commands"):
		return withoutOptions(v)
	case r.method == http.MethodPatch && strings.HasPrefix(r.pattern, "/channels/"):
		return without(v, "ID", "Channel")
	}
	return v
}

// withoutData drops the parts of a message from answers that have none.
func withoutData(v any) any {
	o, is := v.(object)
	data, has := o["data"].(object)
	if !is || !has {
		return v
	}
	var drop []string
	switch Callback(whole(o, "type")) {
	case Choices, ModalShown:
		drop = []string{"content", "embeds", "tts", "components"}
		if Callback(whole(o, "type")) == ModalShown {
			drop = drop[:3]
		}
	case Update:
		drop = []string{"tts"}
	}
	out := without(o)
	out.(object)["data"] = without(data, drop...)
	return out
}

// withoutOptions drops what says nothing from commands and their options.
func withoutOptions(v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, 0, len(v))
		for _, item := range v {
			out = append(out, withoutOptions(item))
		}
		return out
	case object:
		out := without(v, silent(v)...).(object)
		if out["options"] != nil {
			out["options"] = withoutOptions(out["options"])
		}
		return out
	}
	return v
}

// silent are members that say nothing for the type of an option.
func silent(o object) []string {
	var names []string
	kind := whole(o, "type")
	if kind != stringOption && kind != integerOption && kind != numberOption {
		names = append(names, "autocomplete")
	}
	if kind != channelOption {
		names = append(names, "channel_types")
	}
	for _, name := range []string{"options", "choices"} {
		if value, there := o[name]; there && value == nil {
			names = append(names, name)
		}
	}
	return names
}

// without is an object without some of its members.
func without(v any, names ...string) any {
	o, is := v.(object)
	if !is {
		return v
	}
	out := object{}
	for name, value := range o {
		if !slices.Contains(names, name) {
			out[name] = value
		}
	}
	return out
}

// checkAnswer fails the test for an answer of the fake that the description
// refuses; not once the test has added fields of its own to a message.
func (d *Discord) checkAnswer(r *request, out answer) {
	if d.odd.Load() || d.spec == nil || out.body == nil || r.route.pattern == "" || out.fault.instead {
		return
	}
	if err := d.spec.answer(r.route, out.status, out.body); err != nil {
		d.mistake("own answer to %s: %s", r.route.name(), oneLine(err))
	}
}
