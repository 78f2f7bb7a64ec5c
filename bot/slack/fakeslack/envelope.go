package fakeslack

import (
	"encoding/json"
	"fmt"
	"time"
)

// envelope is something sent over Socket Mode.
type envelope struct {
	id, kind string
	payload  json.RawMessage
	accepts  bool          // accepts_response_payload
	acked    chan struct{} // closed with the first acknowledgement
	done     bool          // the same; Slack.mu guards it and answer
	answer   json.RawMessage
}

// newEnvelope makes one that waits to be acknowledged.
func (s *Slack) newEnvelope(kind string, payload json.RawMessage, accepts bool) *envelope {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.serial++
	id := fmt.Sprintf("00000000-0000-4000-8000-%012d", s.state.serial)
	e := &envelope{id: id, kind: kind, payload: payload, accepts: accepts, acked: make(chan struct{})}
	s.socket.waiting[id] = e
	return e
}

// send writes an envelope to any one connection. The shape is that of
// docs.slack.dev/apis/events-api/using-socket-mode; retry fields come with
// events, and with whatever is sent again.
func (s *Slack) send(e *envelope, attempt int) bool {
	c := s.anyConn()
	if c == nil {
		s.miss()
		return false
	}
	if s.isHung() {
		return true
	}
	frame := object{"envelope_id": e.id, "type": e.kind, "payload": e.payload, "accepts_response_payload": e.accepts}
	if e.kind == "events_api" || attempt > 0 {
		frame["retry_attempt"], frame["retry_reason"] = attempt, ""
	}
	if attempt > 0 {
		frame["retry_reason"] = "timeout"
	}
	return c.send(encode(frame))
}

// miss counts a try that found no connection.
func (s *Slack) miss() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.missed++
	s.touch()
}

// resend sends an envelope again while it is not acknowledged.
func (s *Slack) resend(e *envelope) {
	for attempt := 1; ; attempt++ {
		t := s.times()
		if attempt > t.resends {
			return
		}
		timer := time.NewTimer(t.resend)
		select {
		case <-e.acked:
		case <-s.ctx.Done():
		case <-timer.C:
			s.send(e, attempt)
			continue
		}
		timer.Stop()
		return
	}
}

// acknowledge takes in an answer.
func (s *Slack) acknowledge(c *conn, message []byte) {
	var got struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	err := json.Unmarshal(message, &got)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.socket.hung {
		return
	}
	ack := Ack{EnvelopeID: got.EnvelopeID, Payload: got.Payload, Connection: c.number}
	e := s.socket.waiting[got.EnvelopeID]
	switch {
	case err != nil:
		ack.Ignored = "not JSON"
	case e == nil:
		ack.Ignored = "unknown envelope"
	case len(message) >= maxAck:
		ack.Kind, ack.Ignored = e.kind, "too large"
	default:
		ack.Kind, ack.Ignored = e.kind, e.accept(got.Payload)
	}
	s.state.acks = append(s.state.acks, ack)
	s.touch()
}

// accept counts an acknowledgement, and says what of it does not count.
func (e *envelope) accept(payload json.RawMessage) string {
	if e.done {
		return "acknowledged before"
	}
	e.done = true
	defer close(e.acked)
	if text := string(payload); text == "" || text == "null" || text == "{}" {
		return "" // some clients always send {}
	}
	if !e.accepts {
		return "no payload accepted"
	}
	e.answer = payload
	return ""
}
