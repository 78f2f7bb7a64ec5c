package fakeslack

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// place is where an element is: on a message, a Home tab or a modal.
type place struct {
	message *Message
	view    *View
}

func (p place) blocks() json.RawMessage {
	if p.view != nil {
		return p.view.Blocks
	}
	return p.message.Blocks
}

// channel is the conversation that the person is in, empty for none.
func (p place) channel() string {
	switch {
	case p.message != nil:
		return p.message.Channel
	case p.view != nil:
		return p.view.current
	}
	return ""
}

// on is a message as it is now; nil if it is gone.
func (s *Slack) on(user string, m Message) (place, bool) {
	found := s.state.find(m.Channel, m.TS)
	for _, e := range s.state.ephemerals[user] {
		if e.TS == m.TS {
			found = e
		}
	}
	return place{message: found}, found != nil && !found.Deleted
}

// home and modal are the views before a person.
func (s *Slack) home(user string) (place, bool) {
	v, there := s.state.homes[user]
	return place{view: &v}, there
}

func (s *Slack) modal(user string) (place, bool) {
	open := s.state.modals[user]
	if len(open) == 0 {
		return place{}, false
	}
	v := open[len(open)-1]
	return place{view: &v}, true
}

// located adds to a payload where the deed was done; mu is held.
func (s *Slack) located(payload object, user string, p place) {
	if v := p.view; v != nil {
		payload["container"], payload["view"] = object{"type": "view", "view_id": v.ID}, s.withState(*v, nil)
		return
	}
	m := p.message
	c := s.state.channel(m.Channel, user)
	container := object{"type": "message", "message_ts": m.TS, "channel_id": c.ID, "is_ephemeral": m.EphemeralTo != ""}
	if m.Thread != "" {
		container["thread_ts"] = m.Thread
	}
	payload["container"], payload["channel"] = container, object{"id": c.ID, "name": c.Name}
	if m.EphemeralTo == "" { // a message that only one sees is not sent along
		payload["message"] = s.state.wire(m, true)
	}
}

// act has a person use an element; extra is what their choice adds to the action.
func (s *Slack) act(user string, p place, e element, extra object) Response {
	s.mu.Lock()
	payload := s.person("block_actions", user)
	s.located(payload, user, p)
	action := object{"type": e.kind, "block_id": e.block, "action_id": e.action, "action_ts": s.state.ts(s.now())}
	for _, name := range []string{"text", "value", "style"} {
		if v, has := e.o[name]; has && e.kind == "button" {
			action[name] = v
		}
	}
	for name, value := range extra {
		action[name] = value
	}
	payload["actions"], payload["trigger_id"] = []object{action}, s.newTrigger(user, p.channel())
	payload["state"] = object{"values": object{}}
	if p.message != nil {
		payload["response_url"] = s.newResponseURL(p.message.Channel, user, p.message)
	}
	s.mu.Unlock()
	return s.interact(payload, false)
}

// seek finds an element; that there is none is a mistake of the test.
func (s *Slack) seek(find func() (place, bool), name string) (place, element, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, there := find()
	if !there {
		s.t.Errorf("fakeslack: what %q should be on is not there", name)
		return p, element{}, false
	}
	e, found := findElement(p.blocks(), name)
	if !found {
		s.t.Errorf("fakeslack: there is no element %q", name)
	}
	return p, e, found
}

// Press has a person press a button on a message, by its action_id or what is
// written on it. The answer's Error is set if the app did not acknowledge.
func (s *Slack) Press(user string, on Message, button string) Response {
	return s.press(user, func() (place, bool) { return s.on(user, on) }, button)
}

// PressHome is Press on the Home tab.
func (s *Slack) PressHome(user, button string) Response {
	return s.press(user, func() (place, bool) { return s.home(user) }, button)
}

// PressModal is Press on the topmost modal.
func (s *Slack) PressModal(user, button string) Response {
	return s.press(user, func() (place, bool) { return s.modal(user) }, button)
}

func (s *Slack) press(user string, find func() (place, bool), button string) Response {
	p, e, found := s.seek(find, button)
	if !found {
		return Response{}
	}
	return s.act(user, p, e, nil)
}

// PressUnknown presses a button that is not on the message, as when an old
// message has one that the app no longer knows.
func (s *Slack) PressUnknown(user string, on Message, actionID, value string) Response {
	s.mu.Lock()
	p, there := s.on(user, on)
	s.mu.Unlock()
	if !there {
		s.t.Errorf("fakeslack: there is no message %s in %s", on.TS, on.Channel)
		return Response{}
	}
	e := element{block: "unknown", action: actionID, kind: "button"}
	return s.act(user, p, e, object{"value": value, "text": object{"type": "plain_text", "text": actionID, "emoji": true}})
}

// Choose has a person choose from a select on a message, by value or text. What
// an external select offers is not kept: any value is taken.
func (s *Slack) Choose(user string, on Message, actionID, value string) Response {
	p, e, found := s.seek(func() (place, bool) { return s.on(user, on) }, actionID)
	if !found {
		return Response{}
	}
	option, listed := e.option(value)
	switch {
	case e.kind == "external_select":
		option = object{"text": object{"type": "plain_text", "text": value, "emoji": true}, "value": value}
	case !listed:
		s.t.Errorf("fakeslack: %q does not offer %q", actionID, value)
		return Response{}
	}
	return s.act(user, p, e, object{"selected_option": option})
}

// Suggest has a person type in an external select on a message, and returns what
// the app offers. Less than min_query_length, 3 unless given, is not asked.
func (s *Slack) Suggest(user string, on Message, actionID, value string) Response {
	return s.suggest(user, func() (place, bool) { return s.on(user, on) }, actionID, value)
}

// SuggestModal is Suggest in the topmost modal.
func (s *Slack) SuggestModal(user, actionID, value string) Response {
	return s.suggest(user, func() (place, bool) { return s.modal(user) }, actionID, value)
}

func (s *Slack) suggest(user string, find func() (place, bool), actionID, value string) Response {
	p, e, found := s.seek(find, actionID)
	if !found {
		return Response{}
	}
	if utf8.RuneCountInString(value) < e.least() {
		return Response{Error: "min_query_length"}
	}
	s.mu.Lock()
	payload := s.person("block_suggestion", user)
	s.located(payload, user, p)
	payload["block_id"], payload["action_id"], payload["value"] = e.block, e.action, value
	s.mu.Unlock()
	r := s.interact(payload, true)
	if r.Error == "" {
		r.Options, r.Error = readOptions(r.Body)
	}
	return r
}

func (e element) least() int {
	if number, is := e.o["min_query_length"].(json.Number); is {
		if n, err := number.Int64(); err == nil {
			return int(n)
		}
	}
	return 3 // Block Kit, select menu of external data source
}

// readOptions reads what an app offers, and says what is wrong with it.
func readOptions(body []byte) ([]Option, string) {
	var got struct {
		Options []object `json:"options"`
		Groups  []struct {
			Options []object `json:"options"`
		} `json:"option_groups"`
	}
	if json.Unmarshal(body, &got) != nil {
		return nil, "invalid_options"
	}
	all := got.Options
	for _, g := range got.Groups {
		all = append(all, g.Options...)
	}
	c := &checker{}
	list := make([]any, 0, len(all))
	var out []Option
	for _, o := range all {
		list = append(list, o)
		value, _ := o["value"].(string)
		out = append(out, Option{label(o), value})
	}
	node{c, "", object{"options": list}}.options(0, maxOptions)
	if len(c.problems) > 0 {
		return out, fmt.Sprint("invalid_options: ", c.problems[0])
	}
	return out, ""
}
