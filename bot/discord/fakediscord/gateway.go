package fakediscord

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// Intents are the events that a session wants (events/gateway, "List of
// Intents").
type Intents int

// The intents that are looked at.
const (
	Guilds         Intents = 1 << 0
	GuildMembers   Intents = 1 << 1
	Presences      Intents = 1 << 8
	GuildMessages  Intents = 1 << 9
	DirectMessages Intents = 1 << 12
	MessageContent Intents = 1 << 15
	privileged             = GuildMembers | Presences | MessageContent
	allIntents     Intents = 1<<26 - 1
)

// Opcodes (topics/opcodes-and-status-codes, "Gateway Opcodes").
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

// Close codes (topics/opcodes-and-status-codes, "Gateway Close Event Codes").
const (
	closeUnknownOpcode        = 4001
	closeDecode               = 4002
	closeNotAuthenticated     = 4003
	closeAuthenticationFailed = 4004
	closeAlreadyAuthenticated = 4005
	closeInvalidSeq           = 4007
	closeRateLimited          = 4008
	closeTimedOut             = 4009
	closeInvalidShard         = 4010
	closeShardingRequired     = 4011
	closeInvalidVersion       = 4012
	closeInvalidIntents       = 4013
	closeDisallowedIntents    = 4014
)

// gateway is the side of websockets; Discord.mu guards it.
type gateway struct {
	conns    []*conn
	sessions []*session
	serial   int  // of sessions
	refused  int  // dials to refuse
	hung     bool // nothing comes or goes
	noHello  int  // connections that are not greeted
	noAcks   bool
	reset    bool // the token was: too many identified
	closing  bool // an identify too soon closes the connection
	starts   []time.Time
	recent   map[int][]time.Time // identifies by key
}

func newGateway() gateway { return gateway{recent: map[int][]time.Time{}} }

// conn is one websocket. out is written by a goroutine of its own, in order;
// Discord.mu guards what is not set at its start.
type conn struct {
	ws       *websocket.Conn
	path     string
	version  string
	streamed bool // transport compression is wanted
	out      []frame
	wake     chan struct{} // holds one
	done     chan struct{}
	session  *session
	sends    []time.Time
	ended    bool
}

// frame is something to write: data, or a close code.
type frame struct {
	data   []byte
	binary bool
	close  int
}

// serveGateway is the websocket end point.
func (d *Discord) serveGateway(w http.ResponseWriter, r *http.Request) {
	if !d.admit() {
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	defer d.running.Done()
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	c := &conn{ws: ws, path: strings.TrimPrefix(r.URL.Path, "/ws/"), version: r.URL.Query().Get("v"),
		streamed: r.URL.Query().Get("compress") != "", wake: make(chan struct{}, 1), done: make(chan struct{})}
	d.enter(c)
	d.readFrom(c)
}

// admit decides on a dial, and counts what it admits as running.
func (d *Discord) admit() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.state.dials++
	d.touch()
	if d.closed || d.gateway.refused > 0 {
		d.gateway.refused = max(d.gateway.refused-1, 0)
		return false
	}
	d.running.Add(1)
	return true
}

// enter greets a connection.
func (d *Discord) enter(c *conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gateway.conns = append(slices.Clone(d.gateway.conns), c)
	if d.closed {
		_ = c.ws.Close() // the reader sees it
		return
	}
	d.goes(func() { d.writeTo(c) })
	d.count()
	switch {
	case c.streamed:
		d.mistake("transport compression is not here")
		c.end(closeDecode)
	case c.version != "9" && c.version != "10":
		d.blame("gateway: version %q", c.version)
		c.end(closeInvalidVersion)
	case d.gateway.noHello > 0:
		d.gateway.noHello--
	default:
		c.send(opHello, object{"heartbeat_interval": d.options.Heartbeat.Milliseconds()})
	}
}

// count lets the state know how many connections and sessions there are; mu is
// held.
func (d *Discord) count() {
	d.state.connections, d.state.ready = len(d.gateway.conns), 0
	for _, s := range d.gateway.sessions {
		if s.conn != nil {
			d.state.ready++
		}
	}
	d.touch()
}

// readFrom takes in what the app says until the connection ends.
func (d *Discord) readFrom(c *conn) {
	code := websocket.CloseAbnormalClosure
	for {
		// An app that sends no heartbeat is dropped (events/gateway, "Sending Heartbeats").
		_ = c.ws.SetReadDeadline(time.Now().Add(2 * d.options.Heartbeat))
		_, message, err := c.ws.ReadMessage()
		if err != nil {
			if said, is := err.(*websocket.CloseError); is {
				code = said.Code
			}
			break
		}
		d.take(c, message)
	}
	d.leave(c, code)
}

// leave takes a connection out. Its session ends with it if the app said that it
// is done (events/gateway, "Initiating a Disconnect").
func (d *Discord) leave(c *conn, code int) {
	d.mu.Lock()
	d.gateway.conns = slices.DeleteFunc(slices.Clone(d.gateway.conns), func(other *conn) bool { return other == c })
	if s := c.session; s != nil && s.conn == c {
		s.conn = nil
		if code == websocket.CloseNormalClosure || code == websocket.CloseGoingAway {
			d.forget(s)
		}
	}
	c.ended = true
	d.count()
	d.mu.Unlock()
	close(c.done)
	_ = c.ws.Close()
}

// writeTo writes what is to be written, until the connection ends.
func (d *Discord) writeTo(c *conn) {
	for {
		select {
		case <-c.wake:
		case <-c.done:
			return
		}
		d.mu.Lock()
		frames := c.out
		c.out = nil
		if d.gateway.hung {
			frames = nil // lost on the way; a session keeps its events
		}
		d.mu.Unlock()
		for _, f := range frames {
			c.write(f)
		}
	}
}

// closeGrace is how long an app has to end a connection that was closed.
const closeGrace = time.Second

// write writes a frame; the reader meets an error.
func (c *conn) write(f frame) {
	_ = c.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
	kind := websocket.TextMessage
	switch {
	case f.close != 0:
		_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(f.close, closeText(f.close)), time.Now().Add(closeGrace))
		_ = c.ws.NetConn().SetReadDeadline(time.Now().Add(closeGrace))
		return
	case f.binary:
		kind = websocket.BinaryMessage
	}
	_ = c.ws.WriteMessage(kind, f.data)
}

func closeText(code int) string {
	texts := map[int]string{closeUnknownOpcode: "Unknown opcode", closeDecode: "Decode error", closeNotAuthenticated: "Not authenticated",
		closeAuthenticationFailed: "Authentication failed.", closeAlreadyAuthenticated: "Already authenticated", closeInvalidSeq: "Invalid seq",
		closeRateLimited: "Rate limited", closeTimedOut: "Session timed out", closeInvalidShard: "Invalid shard",
		closeShardingRequired: "Sharding required", closeInvalidVersion: "Invalid API version", closeInvalidIntents: "Invalid intent(s)",
		closeDisallowedIntents: "Disallowed intent(s)"}
	return texts[code]
}

// send puts something on its way; mu is held.
func (c *conn) send(op int, data any) {
	c.put(frame{data: encode(object{"op": op, "d": data, "s": nil, "t": nil})})
}

// end closes a connection; mu is held.
func (c *conn) end(code int) {
	c.put(frame{close: code})
	c.ended = true
}

// put queues a frame; mu is held.
func (c *conn) put(f frame) {
	if c.ended {
		return
	}
	c.out = append(c.out, f)
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// compressAbove is from what size on payloads are compressed for clients that
// take it (events/gateway, "Payload Compression"); Discord's is not documented.
const compressAbove = 1024

func compressed(data []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write(data) // a buffer takes all
	_ = w.Close()
	return out.Bytes()
}

// payload is what an app sends.
type payload struct {
	Op   *int            `json:"op"`
	Data json.RawMessage `json:"d"`
}

// take takes in what an app says.
func (d *Discord) take(c *conn, message []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.gateway.hung || c.ended {
		return
	}
	c.sends = append(within(c.sends, time.Now(), sendWindow), time.Now())
	var p payload
	switch err := json.Unmarshal(message, &p); {
	case len(c.sends) > maxSends:
		d.offend(c, closeRateLimited, "more than %d sends in a minute", maxSends)
	case len(message) > maxPayload:
		d.offend(c, closeDecode, "a payload of %d bytes", len(message))
	case err != nil || p.Op == nil:
		d.offend(c, closeDecode, "a payload that is none: %s", message)
	case *p.Op == opHeartbeat:
		d.heartbeat(c)
	case *p.Op == opIdentify:
		d.identify(c, p.Data)
	case *p.Op == opResume:
		d.resume(c, p.Data)
	case c.session == nil:
		d.offend(c, closeNotAuthenticated, "op %d before identify", *p.Op)
	case *p.Op == opPresence, *p.Op == 4, *p.Op == 8, *p.Op == 31: // voice, members, soundboard
	default:
		d.offend(c, closeUnknownOpcode, "op %d", *p.Op)
	}
}

// offend closes a connection for a fault of the app.
func (d *Discord) offend(c *conn, code int, format string, args ...any) {
	d.blame("gateway, closed with "+strconv.Itoa(code)+": "+format, args...)
	c.end(code)
}

func (d *Discord) heartbeat(c *conn) {
	d.state.heartbeats++
	d.touch()
	if !d.gateway.noAcks {
		c.send(opAck, nil)
	}
}
