package fakeslack

import (
	"encoding/json"
	"slices"
	"strings"
)

// Submit has a person fill in and send the topmost modal. values are by
// action_id: what is typed, or the value of what is chosen; of several, one a
// line; empty to take away what the view begins with, which else is sent. What
// must be filled in and is not, Slack says without asking the app. The app's
// answer is carried out (docs.slack.dev/surfaces/modals, "Closing views" and after).
func (s *Slack) Submit(user string, values map[string]string) Response {
	s.mu.Lock()
	p, open := s.modal(user)
	if !open {
		s.mu.Unlock()
		s.t.Errorf("fakeslack: no modal is open before %s", user)
		return Response{}
	}
	if missing := s.missing(*p.view, values); missing != nil {
		s.mu.Unlock()
		return Response{Errors: missing}
	}
	payload := s.person("view_submission", user)
	payload["view"], payload["trigger_id"] = s.withState(*p.view, values), s.newTrigger(user, p.channel())
	payload["hash"], payload["response_urls"] = p.view.Hash, []object{}
	s.mu.Unlock()
	r := s.interact(payload, true)
	if r.Error != "" {
		return r
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.submitted(user, *p.view, &r)
	s.touch()
	return r
}

// withState is a view with what is filled in.
func (s *Slack) withState(v View, values map[string]string) object {
	filled := object{}
	put := func(e element, state object) {
		block, _ := filled[e.block].(object)
		if block == nil {
			block = object{}
			filled[e.block] = block
		}
		block[e.action] = state
	}
	for _, e := range inputs(v.Blocks) {
		put(e, s.begun(v, e))
	}
	for name, value := range values {
		e, found := findElement(v.Blocks, name)
		if !found {
			s.t.Errorf("fakeslack: the view has no element %q", name)
			continue
		}
		put(e, e.filled(value))
	}
	out := v.wire()
	out["state"] = object{"values": filled}
	return out
}

// inputs are the elements of the input blocks.
func inputs(raw json.RawMessage) []element {
	blocks, err := decodeBlocks(withIDs(raw))
	if err != nil {
		return nil
	}
	var out []element
	for _, block := range blocks {
		if o, is := block["element"].(object); is && block["type"] == "input" {
			e := element{o: o, at: block}
			e.block, _ = block["block_id"].(string)
			e.action, _ = o["action_id"].(string)
			e.kind, _ = o["type"].(string)
			out = append(out, e)
		}
	}
	return out
}

// begun is the state of an element that nobody has touched.
func (s *Slack) begun(v View, e element) object {
	out := e.filled("")
	for name := range out {
		if initial := e.o[strings.Replace(name, "selected_", "initial_", 1)]; initial != nil && name != "type" {
			out[name] = initial
		}
	}
	if initial := e.o["initial_value"]; initial != nil {
		out["value"] = initial
	}
	if e.o["default_to_current_conversation"] == true && s.offers(e, v.current) {
		out["selected_conversation"] = v.current
	}
	return out
}

// offers tells whether a menu of conversations has one.
func (s *Slack) offers(e element, id string) bool {
	c := s.state.channels[id]
	if c == nil {
		return false
	}
	filter, _ := e.o["filter"].(object)
	kinds, listed := filter["include"].([]any)
	kind := map[Kind]string{Public: "public", Private: "private", IM: "im", MPIM: "mpim"}[c.Kind]
	return !listed || slices.Contains(kinds, any(kind))
}

// missing are the blocks that must be filled in and are not, nil for none.
func (s *Slack) missing(v View, values map[string]string) map[string]string {
	var out map[string]string
	for _, e := range inputs(v.Blocks) {
		state := s.begun(v, e)
		if value, given := values[e.action]; given {
			state = e.filled(value)
		}
		if e.at["optional"] != true && !filledIn(state) {
			if out == nil {
				out = map[string]string{}
			}
			out[e.block] = "Please complete this required field."
		}
	}
	return out
}

func filledIn(state object) bool {
	for name, value := range state {
		list, many := value.([]object)
		if name != "type" && value != nil && value != "" && (!many || len(list) > 0) {
			return true
		}
	}
	return false
}

// filled is the state of an element; an empty value is none.
func (e element) filled(value string) object {
	out := object{"type": e.kind}
	chosen := func(value string) object {
		if o, listed := e.option(value); listed {
			return o
		}
		return object{"text": object{"type": "plain_text", "text": value, "emoji": true}, "value": value}
	}
	switch {
	case e.kind == "static_select", e.kind == "external_select", e.kind == "radio_buttons":
		out["selected_option"] = nil
		if value != "" {
			out["selected_option"] = chosen(value)
		}
	case e.kind == "checkboxes", strings.HasPrefix(e.kind, "multi_"):
		list := []object{}
		for _, one := range strings.FieldsFunc(value, func(r rune) bool { return r == '\n' }) {
			list = append(list, chosen(one))
		}
		out["selected_options"] = list
	case strings.HasSuffix(e.kind, "picker"):
		out["selected_"+strings.TrimSuffix(e.kind, "picker")] = orNil(value)
	case strings.HasSuffix(e.kind, "s_select"): // users_select, conversations_select, channels_select
		out["selected_"+strings.TrimSuffix(e.kind, "s_select")] = orNil(value)
	default:
		out["value"] = orNil(value)
	}
	return out
}

// orNil is a value, nil for an empty one, as Slack has it.
func orNil(value string) any {
	if value == "" {
		return nil
	}
	return value
}

// submitted does what the app's answer says; mu is held.
func (s *Slack) submitted(user string, v View, r *Response) {
	var said struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if body := strings.TrimSpace(string(r.Body)); body != "" && json.Unmarshal([]byte(body), &said) != nil {
		r.Error = "trouble connecting"
		return
	}
	open := s.state.modals[user]
	switch said.Action {
	case "":
		s.state.modals[user] = open[:max(0, len(open)-1)]
	case "clear":
		s.state.modals[user] = nil
	case "errors":
		r.Errors = said.Errors
		if !v.hasInputs(said.Errors) {
			r.Error = "trouble connecting" // slack-go, NewErrorsViewSubmissionResponse
		}
	case "update", "push":
		r.Error = s.nextView(user, said.Action == "push", said.View)
	default:
		r.Error = "trouble connecting"
	}
}

// hasInputs tells whether all errors are about input blocks.
func (v View) hasInputs(errors map[string]string) bool {
	blocks, err := decodeBlocks(withIDs(v.Blocks))
	inputs := map[string]bool{}
	for _, b := range blocks {
		if id, _ := b["block_id"].(string); b["type"] == "input" {
			inputs[id] = true
		}
	}
	for id := range errors {
		if !inputs[id] {
			return false
		}
	}
	return err == nil && len(errors) > 0
}

// nextView shows the view of an answer, and says what is wrong with it.
func (s *Slack) nextView(user string, push bool, raw json.RawMessage) string {
	v, refused := readView(raw, "modal")
	if refused == nil && push {
		refused = s.stack(&v, user, true)
	}
	if refused != nil {
		return "trouble connecting: " + refused.code
	}
	if last := len(s.state.modals[user]) - 1; !push && last >= 0 {
		s.replaceModal(user, last, v)
	}
	return ""
}

// CloseModal has a person close all modals; the app is told if it wants to be.
func (s *Slack) CloseModal(user string) Response {
	s.mu.Lock()
	p, open := s.modal(user)
	if !open {
		s.mu.Unlock()
		s.t.Errorf("fakeslack: no modal is open before %s", user)
		return Response{}
	}
	payload := s.person("view_closed", user)
	payload["view"], payload["is_cleared"] = s.withState(*p.view, nil), len(s.state.modals[user]) > 1
	s.state.modals[user] = nil
	s.touch()
	s.mu.Unlock()
	if !p.view.NotifyOnClose {
		return Response{}
	}
	return s.interact(payload, false)
}
