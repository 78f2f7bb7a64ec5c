package fakeslack

import (
	"encoding/json"
)

// Event is something that the app was told of.
type Event struct {
	ID, Type string
	Payload  json.RawMessage // the whole event_callback
}

// queue holds what is to be sent, so that things leave in the order in which
// they happened. Slack.mu guards items.
type queue struct {
	items  []func()
	signal chan struct{}
}

// later has something done in order, without mu.
func (s *Slack) later(f func()) {
	s.queue.items = append(s.queue.items, f)
	select {
	case s.queue.signal <- struct{}{}:
	default:
	}
}

// dispatch works the queue off until the test ends.
func (s *Slack) dispatch() {
	for {
		s.mu.Lock()
		items := s.queue.items
		s.queue.items = nil
		s.mu.Unlock()
		for _, f := range items {
			f()
		}
		select {
		case <-s.queue.signal:
		case <-s.ctx.Done():
			return
		}
	}
}

// emit tells the app of an event, if it subscribed to it; mu is held.
func (s *Slack) emit(subscription string, inner object) {
	if s.subscribed(subscription) {
		s.happen(inner)
	}
	s.touch()
}

// happen makes an event of its inner part and sends it; mu is held.
func (s *Slack) happen(inner object) Event {
	kind, _ := inner["type"].(string)
	e := Event{ID: s.state.next("Ev"), Type: kind}
	e.Payload = encode(object{
		"token": "verification", "team_id": TeamID, "api_app_id": AppID, "type": "event_callback",
		"event_id": e.ID, "event_time": s.now().Unix(), "event": inner, "event_context": "4-" + e.ID,
		"is_ext_shared_channel": false,
		"authorizations": []object{{"enterprise_id": nil, "team_id": TeamID, "user_id": BotUser, "is_bot": true,
			"is_enterprise_install": false}},
	})
	s.state.events = append(s.state.events, e)
	s.later(func() { s.deliver(e) })
	s.touch()
	return e
}

// deliver sends an event over the transport that the app uses. Without any it
// waits for a Socket Mode connection as long as it would be sent again.
func (s *Slack) deliver(e Event) {
	s.mu.Lock()
	url := s.options.EventsURL
	if len(s.socket.conns) > 0 {
		url = ""
	}
	s.mu.Unlock()
	if url != "" {
		s.running.Go(func() { s.postEvent(url, e) })
		return
	}
	env := s.newEnvelope("events_api", e.Payload, false)
	s.send(env, 0)
	s.running.Go(func() { s.resend(env) })
}

// Redeliver sends an event again: as the same event, or as a new one that says
// the same.
func (s *Slack) Redeliver(e Event, sameEventID bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !sameEventID {
		var payload map[string]json.RawMessage
		if err := json.Unmarshal(e.Payload, &payload); err != nil {
			s.t.Errorf("fakeslack: redelivering %s: %v", e.ID, err)
			return
		}
		e.ID = s.state.next("Ev")
		payload["event_id"] = encode(e.ID)
		e.Payload = encode(payload)
		s.state.events = append(s.state.events, e)
	}
	s.later(func() { s.deliver(e) })
}

// SendEvent tells the app of an event of any shape, subscribed to or not.
func (s *Slack) SendEvent(inner map[string]any) Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.happen(inner)
}

// emitMessage tells of a new message; mu is held.
func (s *Slack) emitMessage(c *Channel, inner object) {
	inner["channel"], inner["channel_type"], inner["event_ts"] = c.ID, c.Kind, inner["ts"]
	if c.has(BotUser) {
		s.emit(c.Kind.event(), inner)
	}
	s.touch()
}

// emitMention tells of a message that names the app; mu is held. In direct
// messages there is no such event, nor where the app is not
// (docs.slack.dev/reference/events/app_mention).
func (s *Slack) emitMention(c *Channel, m *Message) {
	if c.Kind == IM || !c.has(BotUser) {
		return
	}
	inner := s.state.wire(m, true)
	inner["type"], inner["channel"], inner["event_ts"] = "app_mention", c.ID, m.TS
	s.emit("app_mention", inner)
}

func (s *Slack) emitChanged(c *Channel, after, before object) {
	s.emitHidden(c, object{"subtype": "message_changed", "message": after, "previous_message": before})
}

func (s *Slack) emitDeleted(c *Channel, ts string, before object) {
	s.emitHidden(c, object{"subtype": "message_deleted", "deleted_ts": ts, "previous_message": before})
}

// emitHidden tells of what befell a message; mu is held.
func (s *Slack) emitHidden(c *Channel, inner object) {
	inner["type"], inner["hidden"], inner["ts"] = "message", true, s.state.ts(s.now())
	s.emitMessage(c, inner)
}

func (s *Slack) emitReaction(kind string, m *Message, name, user string) {
	s.emit(kind, object{"type": kind, "user": user, "reaction": name, "item_user": m.User,
		"item": object{"type": "message", "channel": m.Channel, "ts": m.TS}, "event_ts": s.state.ts(s.now())})
}
