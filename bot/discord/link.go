package discord

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// link is the connection below a websocket to the gateway. The client library
// identifies whenever it likes and notices a dead connection after minutes; the
// link sees what goes over it, and stops what must not.
type link struct {
	net.Conn
	watch *watch

	once sync.Once
}

// watch is what is known of the connection of a shard, over reconnects.
type watch struct {
	mu       sync.Mutex
	booked   bool // an identify may be sent
	current  *link
	opened   bool      // the first packet has come
	beat     time.Time // when the last heartbeat was sent; zero: none on this connection
	answered bool      // since then
	closed   int       // the code with which Discord has closed this connection; 0: none
	invalid  bool      // Discord has ended the session
	leaving  bool      // for good: the session may end
}

var (
	errNoAnswer  = errors.New("Discord has not answered a heartbeat")
	errReconnect = errors.New("Discord asks to connect again")
	errInvalid   = errors.New("Discord has ended the session")
)

// dialer dials the gateway over links.
func (w *watch) dialer(timeout time.Duration) *websocket.Dialer {
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		d := net.Dialer{Timeout: timeout}
		return d.DialContext(ctx, network, address)
	}
	return &websocket.Dialer{
		HandshakeTimeout: timeout,
		NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dial(ctx, network, address)
			return w.link(conn, err)
		},
		NetDialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			d := tls.Dialer{NetDialer: &net.Dialer{Timeout: timeout}, Config: &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}}
			conn, err := d.DialContext(ctx, network, address)
			return w.link(conn, err)
		},
	}
}

func (w *watch) link(conn net.Conn, err error) (net.Conn, error) {
	if err != nil {
		return nil, err
	}
	l := &link{Conn: conn, watch: w}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.current, w.opened, w.beat, w.answered, w.closed = l, false, time.Time{}, true, 0
	return l, nil
}

// cut closes the connection under the library's feet: the session can be resumed.
func (w *watch) cut() {
	w.mu.Lock()
	l := w.current
	w.mu.Unlock()
	if l != nil {
		l.close()
	}
}

func (l *link) close() { l.once.Do(func() { _ = l.Conn.Close() }) }

// Close closes the connection.
func (l *link) Close() error {
	l.close()
	return nil
}

// Read reads what Discord sends, and looks at what the library does not tell of.
// The packets that matter are so short that they come in one piece; were one
// not, that would be noticed later, by an error.
func (l *link) Read(b []byte) (int, error) {
	n, err := l.Conn.Read(b)
	w := l.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	text := b[:n]
	if code := closeCode(text); code != 0 {
		w.closed = code
	}
	if holdsOp(text, opAnswer) {
		w.answered = true
	}
	if holdsOp(text, opInvalid) {
		w.invalid = !bytes.Contains(text, []byte(`"d":true`))
	}
	if !w.opened && holdsOp(text, opReconnect) {
		// Before the library has taken the first packet it would lock itself up.
		return 0, errReconnect
	}
	return n, err
}

// closeCode is the code of a frame that closes the connection, among the frames
// that were read at a time as a server writes them (RFC 6455, section 5.2); 0
// where there is none.
func closeCode(b []byte) int {
	for len(b) >= 2 {
		kind, at := int(b[0]&0x0f), 2
		length := int(b[1] & 0x7f)
		switch {
		case length == 126 && len(b) >= 4:
			length, at = int(binary.BigEndian.Uint16(b[2:])), 4
		case length >= 126: // one so long is no close frame, and the last here
			return 0
		}
		if kind == websocket.CloseMessage && length >= 2 && len(b) >= at+2 {
			return int(binary.BigEndian.Uint16(b[at:]))
		}
		if len(b) < at+length {
			return 0
		}
		b = b[at+length:]
	}
	return 0
}

// holdsOp says whether a packet of an operation is in what was read. In the
// texts of messages quotes are escaped.
func holdsOp(text []byte, op string) bool {
	at := bytes.Index(text, []byte(`"op":`+op))
	if at < 0 {
		return false
	}
	rest := text[at+len(`"op":`)+len(op):]
	return len(rest) > 0 && (rest[0] == ',' || rest[0] == '}')
}

// The packets that the link knows (docs.discord.com/developers/topics/opcodes-and-status-codes).
const (
	opHeartbeat = 1
	opIdentify  = 2

	opReconnect = "7"
	opInvalid   = "9"
	opAnswer    = "11"
)

// Write sends what the library sends, or not.
func (l *link) Write(b []byte) (int, error) {
	kind, payload := frame(b)
	switch {
	case kind == websocket.CloseMessage && !l.watch.isLeaving():
		// With the code that the library chooses Discord would end the session.
		return len(b), nil
	case kind != websocket.TextMessage:
		return l.Conn.Write(b)
	}
	switch op(payload) {
	case opIdentify:
		if err := l.watch.identifies(); err != nil {
			l.close()
			return 0, err
		}
	case opHeartbeat:
		if err := l.watch.beats(); err != nil {
			l.close()
			return 0, err
		}
	}
	return l.Conn.Write(b)
}

// book allows one identify.
func (w *watch) book() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.booked = true
}

// identified says whether the identify that was booked was sent. If it was not,
// it no longer may be.
func (w *watch) identified() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	sent := !w.booked
	w.booked = false
	return sent
}

// identifies uses the identify that was booked. Without one the library would
// begin another session on its own, on a connection whose session Discord has
// ended, where it should connect anew
// (docs.discord.com/developers/events/gateway, invalid session).
func (w *watch) identifies() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.booked {
		return errInvalid
	}
	w.booked = false
	return nil
}

// end is why a connection has ended, and whether its session has too.
func (w *watch) end() (err error, invalid bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	invalid, w.invalid = w.invalid, false
	if w.closed != 0 {
		return &websocket.CloseError{Code: w.closed, Text: "closed by Discord"}, invalid
	}
	return errEnded, invalid
}

func (w *watch) isLeaving() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.leaving
}

// beats notes a heartbeat; that the last one was not answered is an error.
func (w *watch) beats() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.beat.IsZero() && !w.answered {
		return errNoAnswer
	}
	w.beat, w.answered = time.Now(), false
	return nil
}

// frame reads a websocket frame as a client writes it: whole and masked
// (RFC 6455, section 5.2). Of anything else kind is 0.
func frame(b []byte) (kind int, payload []byte) {
	if len(b) < 6 || b[0]&0x80 == 0 || b[1]&0x80 == 0 {
		return 0, nil
	}
	kind, at := int(b[0]&0x0f), 2
	length := uint64(b[1] & 0x7f)
	switch length {
	case 126:
		if len(b) < 4 {
			return 0, nil
		}
		length, at = uint64(binary.BigEndian.Uint16(b[2:])), 4
	case 127:
		if len(b) < 10 {
			return 0, nil
		}
		length, at = binary.BigEndian.Uint64(b[2:]), 10
	}
	if uint64(len(b)-at) < length+4 {
		return kind, nil
	}
	mask := b[at : at+4]
	payload = bytes.Clone(b[at+4:])
	for i := range payload {
		payload[i] ^= mask[i%4]
	}
	return kind, payload
}

// op is the operation of a packet, -1 where it is not at its beginning.
func op(payload []byte) int {
	for _, n := range []int{opHeartbeat, opIdentify} {
		if bytes.HasPrefix(payload, []byte{'{', '"', 'o', 'p', '"', ':', byte('0' + n), ','}) {
			return n
		}
	}
	return -1
}
