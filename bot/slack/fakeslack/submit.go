package fakeslack

import (
	"encoding/json"
	"strings"
)

// Submit has a person fill in and send the topmost modal. values are by
// action_id: what is typed, or the value of what is chosen; of several, one a
// line. The app's answer is
// carried out (docs.slack.dev/surfaces/modals, "Closing views" and after).
func (s *Slack) Submit(user string, values map[string]string) Response {
	s.mu.Lock()
	p, open := s.modal(user)
	if !open {
		s.mu.Unlock()
		s.t.Errorf("fakeslack: no modal is open before %s", user)
		return Response{}
	}
	payload := s.person("view_submission", user)
	payload["view"], payload["trigger_id"] = s.withState(*p.view, values), s.newTrigger(user)
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
	for name, value := range values {
		e, found := findElement(v.Blocks, name)
		if !found {
			s.t.Errorf("fakeslack: the view has no element %q", name)
			continue
		}
		block, _ := filled[e.block].(object)
		if block == nil {
			block = object{}
			filled[e.block] = block
		}
		block[e.action] = e.filled(value)
	}
	out := v.wire()
	out["state"] = object{"values": filled}
	return out
}

// filled is the state of an element.
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
		out["selected_option"] = chosen(value)
	case e.kind == "checkboxes", strings.HasPrefix(e.kind, "multi_"):
		list := []object{}
		for one := range strings.SplitSeq(value, "\n") {
			list = append(list, chosen(one))
		}
		out["selected_options"] = list
	case strings.HasSuffix(e.kind, "picker"):
		out["selected_"+strings.TrimSuffix(e.kind, "picker")] = value
	case strings.HasSuffix(e.kind, "s_select"): // users_select, conversations_select, channels_select
		out["selected_"+strings.TrimSuffix(e.kind, "s_select")] = value
	default:
		out["value"] = value
	}
	return out
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
