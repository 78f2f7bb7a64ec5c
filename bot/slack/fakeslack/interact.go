package fakeslack

import (
	"encoding/json"
	"net/url"
	"time"
)

// ask sends a deed over the transport that the app uses and waits for the
// answer. It is the same thing as JSON and as a form.
func (s *Slack) ask(kind, address string, payload object, form url.Values, accepts bool) Response {
	s.mu.Lock()
	open := len(s.socket.conns) > 0
	s.mu.Unlock()
	switch {
	case open && kind == "command":
		return s.askSocket("slash_commands", payload, accepts)
	case open:
		return s.askSocket("interactive", payload, accepts)
	case address == "":
		return Response{Error: "dispatch_failed"}
	}
	d := s.post(Delivery{Kind: kind, URL: address}, "application/x-www-form-urlencoded", form.Encode())
	return Response{Status: d.Status, Body: d.Body, Error: told(d.Failure)}
}

func (s *Slack) askSocket(kind string, payload object, accepts bool) Response {
	e := s.newEnvelope(kind, encode(payload), accepts)
	s.mu.Lock()
	s.goes(func() { s.send(e, 0); s.resend(e) })
	s.mu.Unlock()
	timer := time.NewTimer(s.times().answer)
	defer timer.Stop()
	select {
	case <-e.acked:
		s.mu.Lock()
		defer s.mu.Unlock()
		return Response{Status: 200, Body: e.answer}
	case <-timer.C:
	case <-s.ctx.Done():
	}
	return Response{Error: "operation_timeout"}
}

// Slash has a person give a slash command, and shows what the app answers
// (docs.slack.dev/interactivity/implementing-slash-commands).
func (s *Slack) Slash(user, channel, command, text string) Response {
	s.mu.Lock()
	c := s.state.channel(channel, user)
	link := s.newResponseURL(c.ID, user, nil)
	fields := map[string]string{
		"token": "verification", "team_id": TeamID, "team_domain": "fake", "channel_id": c.ID, "channel_name": c.slashName(),
		"user_id": user, "user_name": s.state.user(user).Name, "command": command, "text": text, "api_app_id": AppID,
		"is_enterprise_install": "false", "response_url": link, "trigger_id": s.newTrigger(user, c.ID),
	}
	address := s.options.CommandsURL
	s.mu.Unlock()
	payload, form := object{}, url.Values{}
	for name, value := range fields {
		payload[name] = value
		form.Set(name, value)
	}
	r := s.ask("command", address, payload, form, true)
	r.ResponseURL, r.TriggerID = link, fields["trigger_id"]
	if r.Error != "" {
		return r
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if refused := s.answered(&responseURL{channel: c.ID, user: user}, r.Body); refused != nil {
		r.Error = refused.code
	}
	return r
}

// slashName is a channel's name in a slash command.
func (c *Channel) slashName() string {
	switch c.Kind {
	case IM:
		return "directmessage"
	case Private:
		return "privategroup"
	}
	return c.Name
}

// person begins the payload of an interaction; mu is held.
func (s *Slack) person(kind, user string) object {
	return object{
		"type": kind, "token": "verification", "api_app_id": AppID, "team": object{"id": TeamID, "domain": "fake"},
		"user":       object{"id": user, "username": s.state.user(user).Name, "name": s.state.user(user).Name, "team_id": TeamID},
		"enterprise": nil, "is_enterprise_install": false,
	}
}

// interact sends an interaction.
func (s *Slack) interact(payload object, accepts bool) Response {
	s.mu.Lock()
	kind, address := "interaction", s.options.InteractionsURL
	if payload["type"] == "block_suggestion" {
		kind, address = "options", s.options.OptionsURL
	}
	s.mu.Unlock()
	r := s.ask(kind, address, payload, url.Values{"payload": {string(encode(payload))}}, accepts)
	r.ResponseURL, _ = payload["response_url"].(string)
	r.TriggerID, _ = payload["trigger_id"].(string)
	return r
}

// SendRaw sends a payload of any shape as what it looks like: an event, a slash
// command (it has "command") or an interaction. Only the latter two are waited
// for.
func (s *Slack) SendRaw(payload json.RawMessage) Response {
	var o object
	if err := json.Unmarshal(payload, &o); err != nil {
		s.t.Errorf("fakeslack: SendRaw: %v", err)
		return Response{}
	}
	kind, _ := o["type"].(string)
	switch {
	case o["command"] != nil:
		form := url.Values{}
		for name, value := range o {
			text, _ := value.(string)
			form.Set(name, text)
		}
		s.mu.Lock()
		address := s.options.CommandsURL
		s.mu.Unlock()
		return s.ask("command", address, o, form, true)
	case kind == "event_callback", kind == "app_rate_limited", o["event"] != nil:
		s.mu.Lock()
		defer s.mu.Unlock()
		id, _ := o["event_id"].(string)
		e := Event{ID: id, Type: kind, Payload: payload}
		s.state.events = append(s.state.events, e)
		s.later(func() { s.deliver(e) })
		return Response{}
	}
	return s.interact(o, kind == "view_submission" || kind == "block_suggestion")
}

// Shortcut has a person use a global shortcut.
func (s *Slack) Shortcut(user, callbackID string) Response {
	s.mu.Lock()
	p := s.person("shortcut", user)
	p["callback_id"], p["trigger_id"], p["action_ts"] = callbackID, s.newTrigger(user, ""), s.state.ts(s.now())
	s.mu.Unlock()
	return s.interact(p, false)
}

// MessageShortcut has a person use a shortcut on a message.
func (s *Slack) MessageShortcut(user string, on Message, callbackID string) Response {
	s.mu.Lock()
	p := s.person("message_action", user)
	c := s.state.channel(on.Channel, user)
	p["callback_id"], p["trigger_id"], p["action_ts"] = callbackID, s.newTrigger(user, c.ID), s.state.ts(s.now())
	p["channel"], p["message_ts"] = object{"id": c.ID, "name": c.Name}, on.TS
	m := s.state.find(c.ID, on.TS)
	if m == nil {
		s.mu.Unlock()
		s.t.Errorf("fakeslack: there is no message %s in %s", on.TS, on.Channel)
		return Response{}
	}
	p["message"], p["response_url"] = s.state.wire(m, true), s.newResponseURL(c.ID, user, m)
	s.mu.Unlock()
	return s.interact(p, false)
}
