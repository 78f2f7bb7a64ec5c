package fakediscord

import "slices"

// each does something on all connections, or on those of one shard; mu is held.
func (d *Discord) each(shard int, do func(*conn)) {
	for _, c := range slices.Clone(d.gateway.conns) {
		if shard < 0 || c.session != nil && c.session.shard == shard {
			do(c)
		}
	}
}

// AllShards stands for all connections, those without a session too.
const AllShards = -1

// Drop ends all connections without a word, as a broken network does.
func (d *Discord) Drop() { d.DropShard(AllShards) }

// DropShard is Drop for one shard.
func (d *Discord) DropShard(shard int) {
	d.mu.Lock()
	var gone []*conn
	d.each(shard, func(c *conn) { gone = append(gone, c) })
	d.mu.Unlock()
	for _, c := range gone {
		_ = c.ws.NetConn().Close()
	}
}

// AskHeartbeat asks all connections for a heartbeat at once (op 1).
func (d *Discord) AskHeartbeat() { d.sendAll(AllShards, opHeartbeat, nil) }

// AskReconnect tells a shard to reconnect and resume (op 7).
func (d *Discord) AskReconnect(shard int) { d.sendAll(shard, opReconnect, nil) }

// InvalidateSession tells a shard that its session is invalid (op 9), and ends
// it unless it may be resumed.
func (d *Discord) InvalidateSession(shard int, resumable bool) {
	d.sendAll(shard, opInvalidSession, resumable)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.each(shard, func(c *conn) {
		if s := c.session; s != nil && !resumable {
			s.conn, c.session = nil, nil
			d.forget(s)
		}
	})
	d.count()
}

func (d *Discord) sendAll(shard, op int, data any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.each(shard, func(c *conn) { c.send(op, data) })
}

// CloseWith closes a shard's connection with a code. Sessions stay resumable
// but for the codes that say otherwise.
func (d *Discord) CloseWith(shard, code int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.each(shard, func(c *conn) {
		if s := c.session; s != nil && (code == closeInvalidSeq || code == closeTimedOut) {
			d.forget(s)
		}
		c.end(code)
	})
}

// ForgetSessions makes no session of now resumable: a resume gets op 9.
func (d *Discord) ForgetSessions() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.gateway.sessions {
		s.lost = true
	}
}

// RefuseConnections has the next n dials of a websocket refused.
func (d *Discord) RefuseConnections(n int) { d.setGateway(func(g *gateway) { g.refused = n }) }

// WithholdHello does not greet the next n connections.
func (d *Discord) WithholdHello(n int) { d.setGateway(func(g *gateway) { g.noHello = n }) }

// WithholdAcks answers no heartbeat while on.
func (d *Discord) WithholdAcks(on bool) { d.setGateway(func(g *gateway) { g.noAcks = on }) }

// Hang keeps connections open while nothing comes or goes on them: what is sent
// is lost, though a session replays it, and what the app sends is not read.
func (d *Discord) Hang(on bool) { d.setGateway(func(g *gateway) { g.hung = on }) }

// CloseEarlyIdentifies closes with 4008 for an identify that comes too soon,
// where else it is answered with op 9.
func (d *Discord) CloseEarlyIdentifies(on bool) { d.setGateway(func(g *gateway) { g.closing = on }) }

func (d *Discord) setGateway(change func(*gateway)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(&d.gateway)
}

// SendFrame sends text as it is on all connections of a shard.
func (d *Discord) SendFrame(shard int, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.each(shard, func(c *conn) { c.put(frame{data: []byte(text)}) })
}

// Repeat sends the event of a message again, as may happen around a resume.
func (d *Discord) Repeat(on Message) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if m := d.state.find(on.Channel, on.ID); m != nil {
		d.emitMessage("MESSAGE_CREATE", m)
	} else {
		d.mistake("there is no message %s in %s", on.ID, on.Channel)
	}
}

// SendEvent sends an event with any data to the sessions of a guild's shard, or
// with no guild to shard 0, whatever their intents.
func (d *Discord) SendEvent(guild, name string, data any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.emit(guild, 0, name, data)
}
