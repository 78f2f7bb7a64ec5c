package fakeslack

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// socket is the Socket Mode side; Slack.mu guards it.
type socket struct {
	tickets map[string]bool // given out and not yet used
	conns   []*conn
	waiting map[string]*envelope // by id: those that were sent, acknowledged ones too
	hung    bool
	refused int // dials to refuse
	opened  int // connections so far
}

func newSocket() socket {
	return socket{tickets: map[string]bool{}, waiting: map[string]*envelope{}}
}

// conn is one websocket. write is held while something is written to it.
type conn struct {
	number int
	ws     *websocket.Conn
	write  sync.Mutex
	done   chan struct{}
}

// connectionsOpen is apps.connections.open: each URL it gives works once.
func (s *Slack) connectionsOpen(args) (object, *refusal) {
	ticket := s.state.next("ticket.")
	s.socket.tickets[ticket] = true
	return object{"url": "ws" + s.server.URL[len("http"):] + "/link/?ticket=" + ticket + "&app_id=" + AppID}, nil
}

// admit decides on a dial.
func (s *Slack) admit(ticket string) (status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return http.StatusServiceUnavailable
	case s.socket.refused > 0:
		s.socket.refused--
		return http.StatusServiceUnavailable
	case !s.socket.tickets[ticket]:
		return http.StatusForbidden // what Slack answers here is not documented
	}
	delete(s.socket.tickets, ticket)
	return http.StatusOK
}

// serveSocket is the websocket end point.
func (s *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	if status := s.admit(r.URL.Query().Get("ticket")); status != http.StatusOK {
		http.Error(w, http.StatusText(status), status)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	c := &conn{ws: ws, done: make(chan struct{})}
	seconds := 18060 // as seen in hello messages
	if r.URL.Query().Get("debug_reconnects") == "true" {
		seconds = 360 // docs.slack.dev/apis/events-api/using-socket-mode
	}
	if !s.enter(c, seconds) {
		c.send(encode(disconnect("too_many_websockets"))) // github.com/openclaw/openclaw issue 128809
		c.close()
		_, _, _ = c.ws.ReadMessage() // until the app ends it
		_ = c.ws.Close()
		return
	}
	s.read(c)
}

// enter greets a connection and lets it take part, unless there are too many.
// It holds write over both, so that hello comes before anything else.
func (s *Slack) enter(c *conn, seconds int) bool {
	c.write.Lock()
	defer c.write.Unlock()
	s.mu.Lock()
	if s.closed || len(s.socket.conns) >= maxSockets {
		s.mu.Unlock()
		return false
	}
	s.socket.opened++
	c.number = s.socket.opened
	s.socket.conns = append(slices.Clone(s.socket.conns), c)
	open := len(s.socket.conns)
	c.ws.SetPingHandler(func(data string) error { return s.pong(c, data) })
	ping := s.timing.ping
	s.running.Go(func() { s.pings(c, ping) })
	s.running.Add(1) // for the reader
	s.mu.Unlock()
	hello := object{"type": "hello", "num_connections": open, "connection_info": object{"app_id": AppID},
		"debug_info": object{"host": "applink-fake", "build_number": 1, "approximate_connection_time": seconds}}
	_ = c.ws.WriteMessage(websocket.TextMessage, encode(hello)) // the reader meets the error
	s.count()
	return true
}

// count lets the state know how many connections are open.
func (s *Slack) count() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.connections = len(s.socket.conns)
	s.touch()
}

// read takes in what the app says until the connection ends.
func (s *Slack) read(c *conn) {
	defer s.running.Done()
	defer s.leave(c)
	for {
		_, message, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		s.acknowledge(c, message)
	}
}

// leave takes a connection out.
func (s *Slack) leave(c *conn) {
	s.retire(c)
	close(c.done)
	_ = c.ws.Close()
}

// retire has nothing more sent on a connection.
func (s *Slack) retire(c *conn) {
	s.mu.Lock()
	s.socket.conns = slices.DeleteFunc(slices.Clone(s.socket.conns), func(other *conn) bool { return other == c })
	s.mu.Unlock()
	s.count()
}

func (s *Slack) isHung() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.socket.hung
}

// pings sends pings: clients take silence for a dead connection.
func (s *Slack) pings(c *conn, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		if !s.isHung() {
			_ = c.ws.WriteControl(websocket.PingMessage, []byte("Ping from applink-fake"), time.Now().Add(time.Second))
		}
		select {
		case <-ticker.C:
		case <-c.done:
			return
		case <-s.ctx.Done():
			return
		}
	}
}

// pong answers a client's ping.
func (s *Slack) pong(c *conn, data string) error {
	if s.isHung() {
		return nil
	}
	_ = c.ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
	return nil
}

// send writes a frame; false if it did not get out.
func (c *conn) send(frame []byte) bool {
	c.write.Lock()
	defer c.write.Unlock()
	_ = c.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
	return c.ws.WriteMessage(websocket.TextMessage, frame) == nil
}

// closeGrace is how long an app has to end a connection that was closed; what it
// acknowledges until then counts.
const closeGrace = time.Second

// close ends a connection in good manner.
func (c *conn) close() {
	bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = c.ws.WriteControl(websocket.CloseMessage, bye, time.Now().Add(closeGrace))
	_ = c.ws.NetConn().SetReadDeadline(time.Now().Add(closeGrace))
}

// anyConn is one of the connections: Slack promises no pattern.
func (s *Slack) anyConn() *conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.socket.conns) == 0 {
		return nil
	}
	return s.socket.conns[rand.IntN(len(s.socket.conns))]
}

func (s *Slack) allConns() []*conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.socket.conns // never changed in place
}

func disconnect(reason string) object {
	return object{"type": "disconnect", "reason": reason, "debug_info": object{"host": "applink-fake"}}
}

// Disconnect says on all connections that they end, for a reason: warning,
// refresh_requested, link_disabled, too_many_websockets. All but a warning are
// followed by the end itself.
func (s *Slack) Disconnect(reason string) {
	for _, c := range s.allConns() {
		c.send(encode(disconnect(reason)))
		if reason != "warning" {
			s.retire(c)
			c.close()
		}
	}
}

// Drop ends all connections without a word, as a broken network does.
func (s *Slack) Drop() { s.dropAll() }

func (s *Slack) dropAll() {
	for _, c := range s.allConns() {
		_ = c.ws.NetConn().Close()
	}
}

// RefuseConnections has the next n dials of a websocket refused.
func (s *Slack) RefuseConnections(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socket.refused = n
}

// Hang keeps connections open while nothing comes or goes on them, pings
// neither: what is sent is lost, and answers are not read.
func (s *Slack) Hang(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socket.hung = on
}

// SendFrame sends text as it is on one connection; false if none took it.
func (s *Slack) SendFrame(frame string) bool {
	c := s.anyConn()
	return c != nil && c.send([]byte(frame))
}

// Ack is an answer over Socket Mode.
type Ack struct {
	EnvelopeID string
	Kind       string // of the envelope
	Payload    json.RawMessage
	Connection int    // the how manieth connection it came on
	Ignored    string // why it, or its payload, counts for nothing
}
