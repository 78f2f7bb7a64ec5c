package fakediscord

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// session is what an app identified for. It outlives its connections.
type session struct {
	id            string
	shard, shards int
	intents       Intents
	compress      bool
	conn          *conn // nil while there is none
	lost          bool  // cannot be resumed
	seq           int
	events        []frame // all of them, the first has seq 1
}

// Identify is an identify that came.
type Identify struct {
	Shard, Shards int
	Intents       Intents
	At            time.Time
	Session       string // "" if it was refused
	Refused       string // why
}

// Resume is a resume that came.
type Resume struct {
	Session string
	Seq     int
	Path    string // "resume" if it came by resume_gateway_url
	Refused string // why it was, "" if it was not
}

// identifyData is d of an identify (events/gateway-events, "Identify").
type identifyData struct {
	Token    string  `json:"token"`
	Intents  Intents `json:"intents"`
	Compress bool    `json:"compress"`
	Shard    []int   `json:"shard"`
}

// identify starts a session; mu is held.
func (d *Discord) identify(c *conn, data json.RawMessage) {
	var i identifyData
	if json.Unmarshal(data, &i) != nil {
		d.offend(c, closeDecode, "an identify that is none")
		return
	}
	if i.Shard == nil {
		i.Shard = []int{0, 1}
	}
	seen := Identify{Shard: i.Shard[0], Shards: i.Shard[len(i.Shard)-1], Intents: i.Intents, At: time.Now()}
	if code, why := d.refusal(c, i); code != 0 {
		seen.Refused = why
		c.end(code)
	} else if why := d.tooSoon(i.Shard[0]); why != "" {
		seen.Refused = why
		d.invalidate(c)
	} else {
		seen.Session = d.begin(c, i)
	}
	d.state.identifies = append(d.state.identifies, seen)
	d.count()
}

// refusal is the close code of an identify that is not taken.
func (d *Discord) refusal(c *conn, i identifyData) (int, string) {
	switch {
	case c.session != nil:
		d.blame("gateway: identify again on a connection")
		return closeAlreadyAuthenticated, "already authenticated"
	case strings.TrimPrefix(i.Token, "Bot ") != d.options.Token || d.gateway.reset:
		return closeAuthenticationFailed, "authentication failed"
	case len(i.Shard) != 2 || i.Shard[0] < 0 || i.Shard[0] >= i.Shard[1]:
		return closeInvalidShard, "invalid shard"
	case d.guildsOf(i.Shard[0], i.Shard[1]) > d.options.GuildsPerShard:
		return closeShardingRequired, "sharding required"
	case i.Intents < 0 || i.Intents > allIntents:
		return closeInvalidIntents, "invalid intents"
	case i.Intents&privileged&^d.options.Privileged != 0:
		return closeDisallowedIntents, "disallowed intents"
	}
	return 0, ""
}

func (d *Discord) guildsOf(shard, shards int) int {
	n := 0
	for _, g := range d.state.guilds {
		if !g.Absent && shardOf(g.ID, shards) == shard {
			n++
		}
	}
	return n
}

// tooSoon counts an identify, and says why it comes too soon: more than
// max_concurrency of a key in a window (events/gateway, "Sharding"), or more
// than there may be a day, for which the token is reset ("Identifying"). Limits
// go by the real time, whatever the clock shows.
func (d *Discord) tooSoon(shard int) string {
	g, now := &d.gateway, time.Now()
	g.starts = append(within(g.starts, now, identifyDay), now)
	if len(g.starts) > d.options.Identifies {
		d.blame("gateway: more than %d identifies a day: the token is reset", d.options.Identifies)
		g.reset = true
		d.forgetAll()
		for _, c := range g.conns {
			c.end(closeAuthenticationFailed)
		}
		return "the token was reset"
	}
	key := shard % d.options.MaxConcurrency
	recent := within(g.recent[key], now, d.options.IdentifyWindow)
	g.recent[key] = recent
	if len(recent) > 0 {
		return "too soon after another"
	}
	g.recent[key] = append(recent, now)
	return ""
}

// invalidate is the answer to an identify that comes too soon.
func (d *Discord) invalidate(c *conn) {
	if d.gateway.closing {
		c.end(closeRateLimited)
		return
	}
	c.send(opInvalidSession, false)
}

// begin makes a session and greets it: READY, and a GUILD_CREATE for each guild
// of its shard (events/gateway-events, "Ready").
func (d *Discord) begin(c *conn, i identifyData) string {
	d.gateway.serial++
	s := &session{id: "session" + strconv.Itoa(d.gateway.serial), shard: i.Shard[0], shards: i.Shard[1],
		intents: i.Intents, compress: i.Compress, conn: c}
	c.session = s
	d.gateway.sessions = append(d.gateway.sessions, s)
	guilds := d.guildsIn(s)
	unavailable := []object{}
	for _, g := range guilds {
		unavailable = append(unavailable, object{"id": g.ID, "unavailable": true})
	}
	bot := d.state.wireUser(BotUser)
	bot["verified"], bot["email"], bot["mfa_enabled"] = true, nil, false
	version, _ := strconv.Atoi(c.version)
	s.event("READY", object{"v": version, "user": bot, "guilds": unavailable, "session_id": s.id,
		"resume_gateway_url": d.gatewayURL("resume"), "shard": []int{s.shard, s.shards},
		"application": object{"id": AppID, "flags": 0}, "private_channels": []any{}, "session_type": "normal"})
	if s.intents&Guilds != 0 {
		for _, g := range guilds {
			s.event("GUILD_CREATE", d.state.wireGuild(g))
		}
	}
	return s.id
}

// guildsIn are the guilds of a session's shard, oldest first.
func (d *Discord) guildsIn(s *session) []*Guild {
	var out []*Guild
	for _, g := range d.state.guilds {
		if !g.Absent && shardOf(g.ID, s.shards) == s.shard {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b *Guild) int {
		if older(a.ID, b.ID) {
			return -1
		}
		return 1
	})
	return out
}

// event gives a session an event, and sends it if there is a connection; mu is
// held.
func (s *session) event(name string, data any) {
	s.seq++
	f := frame{data: encode(object{"op": opDispatch, "t": name, "s": s.seq, "d": data})}
	if s.compress && len(f.data) > compressAbove {
		f.data, f.binary = compressed(f.data), true
	}
	s.events = append(s.events, f)
	if s.conn != nil {
		s.conn.put(f)
	}
}

// resumeData is d of a resume (events/gateway-events, "Resume").
type resumeData struct {
	Token   string `json:"token"`
	Session string `json:"session_id"`
	Seq     int    `json:"seq"`
}

// resume takes a session up again: the events after seq, then RESUMED
// (events/gateway, "Resuming"); mu is held.
func (d *Discord) resume(c *conn, data json.RawMessage) {
	var r resumeData
	if json.Unmarshal(data, &r) != nil {
		d.offend(c, closeDecode, "a resume that is none")
		return
	}
	seen := Resume{Session: r.Session, Seq: r.Seq, Path: c.path}
	i := slices.IndexFunc(d.gateway.sessions, func(s *session) bool { return s.id == r.Session })
	switch {
	case c.session != nil:
		seen.Refused = "already authenticated"
		d.offend(c, closeAlreadyAuthenticated, "resume on a connection that has a session")
	case strings.TrimPrefix(r.Token, "Bot ") != d.options.Token || d.gateway.reset:
		seen.Refused = "authentication failed"
		c.end(closeAuthenticationFailed)
	case i < 0, d.gateway.sessions[i].lost:
		seen.Refused = "no such session"
		c.send(opInvalidSession, false)
	case r.Seq > d.gateway.sessions[i].seq || r.Seq < 0:
		seen.Refused = "invalid seq"
		c.end(closeInvalidSeq)
	default:
		d.takeUp(c, d.gateway.sessions[i], r.Seq)
	}
	d.state.resumes = append(d.state.resumes, seen)
	d.count()
}

func (d *Discord) takeUp(c *conn, s *session, seq int) {
	if s.conn != nil {
		s.conn.session = nil
		s.conn.end(closeTimedOut)
	}
	s.conn, c.session = c, s
	for _, f := range s.events[seq:] {
		c.put(f)
	}
	s.event("RESUMED", object{"_trace": []string{"fake"}})
}

// forget ends a session: it cannot be resumed.
func (d *Discord) forget(s *session) {
	d.gateway.sessions = slices.DeleteFunc(d.gateway.sessions, func(other *session) bool { return other == s })
}

func (d *Discord) forgetAll() {
	d.gateway.sessions = nil
	for _, c := range d.gateway.conns {
		if c.session != nil {
			c.session.conn, c.session = nil, nil
		}
	}
}

// emit sends an event of a guild, or of none, to the sessions of its shard that
// want it; mu is held.
func (d *Discord) emit(guild string, wanted Intents, name string, data any) {
	d.emitTo(guild, wanted, name, func(*session) any { return data })
}

func (d *Discord) emitTo(guild string, wanted Intents, name string, data func(*session) any) {
	for _, s := range d.gateway.sessions {
		if shardOf(guild, s.shards) == s.shard && s.intents&wanted == wanted {
			s.event(name, data(s))
		}
	}
}

// intentFor is what a session needs to hear of messages.
func (d *Discord) intentFor(guild string) Intents {
	if guild == "" {
		return DirectMessages
	}
	return GuildMessages
}

// emitMessage tells of a message that others see too, where the bot is; mu is
// held.
func (d *Discord) emitMessage(name string, m *Message) {
	c := d.state.channels[m.Channel]
	if m.EphemeralTo != "" || !d.state.may(c, ViewChannel) {
		return
	}
	d.emitTo(m.Guild, d.intentFor(m.Guild), name, func(s *session) any {
		out := d.wireFor(m, s.intents&MessageContent != 0)
		out["channel_type"] = int(c.Kind)
		if name == "MESSAGE_CREATE" && m.Nonce != "" {
			out["nonce"] = m.Nonce
		}
		if m.Guild != "" {
			out["guild_id"], out["member"] = m.Guild, d.state.wireMember(d.state.guilds[m.Guild], m.Author)
		}
		return out
	})
}
