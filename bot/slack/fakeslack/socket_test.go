package fakeslack_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/gorilla/websocket"

	"reportbot/bot/slack/fakeslack"
)

func TestHelloEventAndAck(t *testing.T) {
	s, api := start(t, nil)
	k := connect(t, api, nil)
	s.AwaitConnections(t, 1)
	hello := k.await(t, socketmode.EventTypeHello, 1)[0]
	equal(t, "connections", hello.Request.NumConnections, 1)
	equal(t, "seconds", hello.Request.DebugInfo.ApproximateConnectionTime, 18060)

	ts := s.Mention("U1", "C1", "people?")
	got := k.await(t, socketmode.EventTypeEventsAPI, 2)
	message := got[0].Data.(slackevents.EventsAPIEvent).InnerEvent.Data.(*slackevents.MessageEvent)
	equal(t, "first", message.ChannelType+" "+message.TimeStamp, "channel "+ts)
	mention := got[1].Data.(slackevents.EventsAPIEvent).InnerEvent.Data.(*slackevents.AppMentionEvent)
	equal(t, "then", mention.Text, "<@"+fakeslack.BotUser+"> people?")
	equal(t, "payload accepted", got[1].Request.AcceptsResponsePayload, false)
	s.Await(t, func(st *fakeslack.State) bool { return len(st.Acks()) == 2 })
	equal(t, "ack", s.Acks()[1].EnvelopeID+s.Acks()[1].Ignored, got[1].Request.EnvelopeID)
}

func TestUnacknowledgedComesAgain(t *testing.T) {
	s, api := start(t, nil)
	s.ResendAfter(20*time.Millisecond, 3)
	var n atomic.Int32
	k := connect(t, api, func(c *socketmode.Client, e socketmode.Event) {
		if n.Add(1) == 3 {
			_ = c.Ack(*e.Request)
		}
	})
	s.AwaitConnections(t, 1)
	s.DM("U1", "hi")
	got := k.await(t, socketmode.EventTypeEventsAPI, 3)
	equal(t, "same envelope", got[2].Request.EnvelopeID, got[0].Request.EnvelopeID)
	equal(t, "attempts", got[0].Request.RetryAttempt*10+got[2].Request.RetryAttempt, 2)
	equal(t, "reason", got[2].Request.RetryReason, "timeout")
}

// TestWaitsForConnection: what happens while no connection is open comes with a
// later try.
func TestWaitsForConnection(t *testing.T) {
	s, api := start(t, nil)
	s.ResendAfter(50*time.Millisecond, 200)
	s.DM("U1", "hi")
	s.Await(t, func(st *fakeslack.State) bool { return st.Missed() > 0 })
	k := connect(t, api, nil)
	e := k.await(t, socketmode.EventTypeEventsAPI, 1)[0]
	if e.Request.RetryAttempt == 0 {
		t.Error("the first try found a connection")
	}
}

func TestConnectionsShareEvents(t *testing.T) {
	s, api := start(t, nil)
	one := connect(t, api, nil)
	two := connect(t, api, nil)
	s.AwaitConnections(t, 2)
	for range 40 {
		s.DM("U1", "hi")
	}
	s.Await(t, func(st *fakeslack.State) bool { return len(st.Acks()) >= 40 })
	seen := map[int]bool{}
	for _, a := range s.Acks() {
		seen[a.Connection] = true
	}
	equal(t, "connections that got some", len(seen), 2)
	one.await(t, socketmode.EventTypeEventsAPI, 1)
	two.await(t, socketmode.EventTypeEventsAPI, 1)
}

func TestDisconnects(t *testing.T) {
	for _, reason := range []string{"warning", "refresh_requested", "link_disabled"} {
		t.Run(reason, func(t *testing.T) {
			s, api := start(t, nil)
			k := connect(t, api, nil)
			k.await(t, socketmode.EventTypeHello, 1)
			s.AwaitConnections(t, 1)
			s.Disconnect(reason)
			k.await(t, socketmode.EventTypeHello, 2)
		})
	}
	t.Run("dropped", func(t *testing.T) {
		s, api := start(t, nil)
		k := connect(t, api, nil)
		k.await(t, socketmode.EventTypeHello, 1)
		s.Drop()
		k.await(t, socketmode.EventTypeHello, 2)
		equal(t, "calls", len(s.Calls("apps.connections.open")), 2)
	})
	t.Run("refused", func(t *testing.T) {
		s, api := start(t, nil)
		s.RefuseConnections(1)
		k := connect(t, api, nil)
		k.await(t, socketmode.EventTypeConnectionError, 1)
		k.await(t, socketmode.EventTypeHello, 1)
	})
}

func TestHangIsNoticedByMissingPings(t *testing.T) {
	s, api := start(t, nil)
	s.PingEvery(10 * time.Millisecond)
	connect(t, api, nil, socketmode.OptionPingInterval(300*time.Millisecond))
	s.AwaitConnections(t, 1)
	s.Hang(true)
	s.DM("U1", "lost for now")
	s.Await(t, func(st *fakeslack.State) bool { return len(st.Calls("apps.connections.open")) == 2 })
	equal(t, "acks", len(s.Acks()), 0)
	s.Hang(false)
}

func TestTickets(t *testing.T) {
	s, api := start(t, nil)
	_, url, err := api.StartSocketModeContext(t.Context())
	wantError(t, err, "")
	dial := func(url string) (*websocket.Conn, error) {
		ws, _, err := websocket.DefaultDialer.DialContext(t.Context(), url, nil)
		if err == nil {
			t.Cleanup(func() { _ = ws.Close() })
		}
		return ws, err
	}
	first, err := dial(url)
	wantError(t, err, "")
	if _, err = dial(url); err == nil {
		t.Error("the URL worked twice")
	}
	for range 9 {
		_, url, err := api.StartSocketModeContext(t.Context())
		wantError(t, err, "")
		_, err = dial(url)
		wantError(t, err, "")
	}
	s.AwaitConnections(t, 10)
	_, url, err = api.StartSocketModeContext(t.Context())
	wantError(t, err, "")
	eleventh, err := dial(url)
	wantError(t, err, "")
	var got struct{ Type, Reason string }
	if err := eleventh.ReadJSON(&got); err != nil {
		t.Fatal(err)
	}
	equal(t, "eleventh", got.Type+" "+got.Reason, "disconnect too_many_websockets")

	// What an app may get wrong in its answers.
	for _, frame := range []string{`{`, `{"envelope_id":"none"}`} {
		wantError(t, first.WriteMessage(websocket.TextMessage, []byte(frame)), "")
	}
	s.Await(t, func(st *fakeslack.State) bool { return len(st.Acks()) == 2 })
	equal(t, "ignored", s.Acks()[0].Ignored+", "+s.Acks()[1].Ignored, "not JSON, unknown envelope")
}

func TestAckPayloads(t *testing.T) {
	s, api := start(t, nil)
	s.ResendAfter(time.Hour, 0)
	s.AnswerWithin(300 * time.Millisecond)
	var words atomic.Value
	words.Store("short")
	connect(t, api, func(c *socketmode.Client, e socketmode.Event) {
		_ = c.Ack(*e.Request, map[string]any{"text": words.Load()})
	})
	s.AwaitConnections(t, 1)
	r := s.Slash("U1", "C1", "/report", "people")
	equal(t, "answer", r.Error+texts(s.Ephemerals("U1")), "short")
	s.DM("U1", "hi")
	s.Await(t, func(st *fakeslack.State) bool { return len(st.Acks()) == 2 })
	equal(t, "on an event", s.Acks()[1].Ignored, "no payload accepted")
	words.Store(strings.Repeat("x", 20_200)) // slack-go takes it, being less than 20 KiB
	equal(t, "large", s.Slash("U1", "C1", "/report", "people").Error, "operation_timeout")
	equal(t, "ack", s.Acks()[2].Ignored, "too large")
}

func TestOwnMessagesComeToo(t *testing.T) {
	s, api := start(t, nil)
	k := connect(t, api, nil)
	s.AwaitConnections(t, 1)
	s.Say("U1", "C1", "hello")
	_, ts, err := api.PostMessage("C1", text("x"))
	wantError(t, err, "")
	_, _, _, err = api.UpdateMessage("C1", ts, text("y"))
	wantError(t, err, "")
	_, _, err = api.DeleteMessage("C1", ts)
	wantError(t, err, "")
	var kinds []string
	for _, e := range k.await(t, socketmode.EventTypeEventsAPI, 4) {
		m := e.Data.(slackevents.EventsAPIEvent).InnerEvent.Data.(*slackevents.MessageEvent)
		kinds = append(kinds, m.SubType+"/"+m.BotID)
	}
	equal(t, "events", strings.Join(kinds, " "), "/ /"+fakeslack.BotID+" message_changed/ message_deleted/")
}

func TestUnknownThings(t *testing.T) {
	s, api := start(t, nil)
	k := connect(t, api, nil)
	s.AwaitConnections(t, 1)
	s.SendEvent(map[string]any{"type": "brand_new", "user": []int{1}})
	k.await(t, socketmode.EventTypeErrorBadMessage, 1)
	r := s.SendRaw([]byte(`{"type":"block_actions","user":{"id":"U1"},"actions":[{"type":"button","block_id":"b","action_id":"never_seen"}]}`))
	equal(t, "status", r.Status, 200)
	s.SendFrame(`{"type":"surprise"}`)
	k.await(t, socketmode.EventTypeErrorBadMessage, 2)
}

func TestSubscriptions(t *testing.T) {
	s, _ := start(t, func(o *fakeslack.Options) {
		o.Scopes = []string{"app_mentions:read", "channels:history"}
		o.Events = []string{"app_mention", "message.im"}
	})
	s.Mention("U1", "C1", "hi")
	s.DM("U1", "hi") // no scope
	var kinds []string
	for _, e := range s.Events() {
		kinds = append(kinds, e.Type)
	}
	equal(t, "events", strings.Join(kinds, " "), "app_mention")
}
