package fakediscord_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"reportbot/bot/discord/fakediscord"
)

func TestGreeting(t *testing.T) {
	d, w := start(t, fakediscord.Options{Heartbeat: time.Minute, Shards: 3})
	hello := dial(t, d, "").next()
	equal(t, "interval", hello.object()["heartbeat_interval"], any(60000.0))
	bot := call(t, d, "GET", "/gateway/bot", nil).body
	equal(t, "shards", bot["shards"], any(3.0))
	equal(t, "remaining", bot["session_start_limit"].(object)["remaining"], any(1000.0))

	s, ready := identify(t, d, usual)
	equal(t, "bot", ready["user"].(object)["id"], any(fakediscord.BotUser))
	equal(t, "guild", ready["guilds"].([]any)[0].(object)["id"], any(w.guild))
	guild := s.until("GUILD_CREATE").object()
	equal(t, "channel", guild["channels"].([]any)[0].(object)["id"], any(w.channel))
	s.send(1, nil)
	equal(t, "ack", s.next().Op, 11)
	equal(t, "remaining", call(t, d, "GET", "/gateway/bot", nil).body["session_start_limit"].(object)["remaining"], any(999.0))
	equal(t, "heartbeats", d.Heartbeats(), 1)
}

func TestResume(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	s, ready := identify(t, d, usual)
	d.Say(w.ann, w.channel, "one")
	seq := s.until("MESSAGE_CREATE").Seq
	d.Drop()
	equal(t, "code", s.closed(), websocket.CloseAbnormalClosure)
	d.AwaitReady(t, 0)
	d.DM(w.ann, "two")
	d.DM(w.ann, "three")

	again := dial(t, d, "resume")
	again.until("op 10")
	again.send(6, object{"token": token, "session_id": ready["session_id"], "seq": seq})
	for i, want := range []string{"two", "three"} {
		e := again.next()
		equal(t, "content", e.object()["content"], any(want))
		equal(t, "seq", e.Seq, seq+1+i)
	}
	equal(t, "end", again.next().Name, "RESUMED")
	equal(t, "path", d.Resumes()[0].Path, "resume")
	equal(t, "identifies", len(d.Identifies()), 1)
	equal(t, "dials", d.Dials(), 2)
}

func TestResumeRefused(t *testing.T) {
	resume := func(d *fakediscord.Discord, session any, seq int) *socket {
		s := dial(t, d, "")
		s.until("op 10")
		s.send(6, object{"token": token, "session_id": session, "seq": seq})
		return s
	}
	d, _ := start(t, fakediscord.Options{})
	s, ready := identify(t, d, usual)
	equal(t, "a seq that was not", resume(d, ready["session_id"], 99).closed(), 4007)
	d.ForgetSessions()
	equal(t, "forgotten", string(resume(d, ready["session_id"], 1).until("op 9").Data), "false")
	equal(t, "unknown", string(resume(d, "x", 1).until("op 9").Data), "false")
	check(t, s.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""), time.Now().Add(time.Second)))
	s.closed()
	d.AwaitReady(t, 0)
}

// TestDone: an app that closes with 1000 ends its session.
func TestDone(t *testing.T) {
	d, _ := start(t, fakediscord.Options{})
	s, ready := identify(t, d, usual)
	check(t, s.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""), time.Now().Add(time.Second)))
	d.AwaitReady(t, 0)
	again := dial(t, d, "")
	again.until("op 10")
	again.send(6, object{"token": token, "session_id": ready["session_id"], "seq": 1})
	equal(t, "resumable", string(again.until("op 9").Data), "false")
}

func TestSharding(t *testing.T) {
	d, w := start(t, fakediscord.Options{MaxConcurrency: 2})
	other := d.AddGuild(fakediscord.Guild{Name: "Sylvania"})
	there := d.AddChannel(fakediscord.Channel{Guild: other})
	sockets, guilds := map[int]*socket{}, map[int]any{}
	for shard := range 2 {
		s, ready := identify(t, d, usual, shard, 2)
		sockets[shard] = s
		if equal(t, "guilds", len(ready["guilds"].([]any)), 1); t.Failed() {
			t.FailNow()
		}
		guilds[shard] = ready["guilds"].([]any)[0].(object)["id"]
	}
	if guilds[0] == guilds[1] {
		t.Error("both shards have the same guild")
	}
	d.Say(w.ann, w.channel, "in "+w.guild)
	d.Say(w.ann, there, "in "+other)
	d.DM(w.ann, "directly")
	for shard := range 2 {
		equal(t, "guild", sockets[shard].until("MESSAGE_CREATE").object()["guild_id"], guilds[shard])
	}
	direct := sockets[0].until("MESSAGE_CREATE").object()
	equal(t, "content", direct["content"], any("directly"))
	equal(t, "ready", d.Ready(), 2)
}

func TestIntents(t *testing.T) {
	d, w := start(t, fakediscord.Options{Privileged: fakediscord.MessageContent, MaxConcurrency: 1, IdentifyWindow: time.Nanosecond})
	blind, _ := identify(t, d, usual)
	all, _ := identify(t, d, usual|fakediscord.MessageContent)
	deaf, _ := identify(t, d, fakediscord.DirectMessages)
	post := call(t, d, "POST", "/channels/"+w.channel+"/messages", object{"content": "own"}).id()
	own := fakediscord.Message{ID: post, Channel: w.channel}
	d.Say(w.ann, w.channel, "to nobody")
	d.Mention(w.ann, w.channel, "hello")
	d.ReplySilently(w.ann, own, "silently")
	d.Reply(w.ann, own, "loudly")
	for _, want := range []string{"own", "", fakediscord.MentionText + " hello", "", "loudly"} {
		equal(t, "blind", blind.until("MESSAGE_CREATE").object()["content"], any(want))
	}
	for _, want := range []string{"own", "to nobody", fakediscord.MentionText + " hello", "silently", "loudly"} {
		equal(t, "all", all.until("MESSAGE_CREATE").object()["content"], any(want))
	}
	d.DM(w.ann, "psst")
	equal(t, "deaf", deaf.until("MESSAGE_CREATE").object()["content"], any("psst"))
	equal(t, "blind", blind.until("MESSAGE_CREATE").object()["content"], any("psst"))
}

func TestCloseCodes(t *testing.T) {
	good := object{"token": token, "intents": int(usual)}
	with := func(key string, value any) object {
		o := object{}
		for k, v := range good {
			o[k] = v
		}
		o[key] = value
		return o
	}
	for _, c := range []struct {
		code   int
		fault  string
		frames []object
	}{
		{4001, "op 99", []object{{"op": 2, "d": good}, {"op": 99, "d": nil}}},
		{4002, "none", []object{{"nonsense": true}}},
		{4002, "bytes", []object{{"op": 1, "d": strings.Repeat("x", 5000)}}},
		{4003, "before identify", []object{{"op": 3, "d": nil}}},
		{4004, "", []object{{"op": 2, "d": with("token", "wrong")}}},
		{4005, "again", []object{{"op": 2, "d": good}, {"op": 2, "d": good}}},
		{4010, "", []object{{"op": 2, "d": with("shard", []int{2, 2})}}},
		{4013, "", []object{{"op": 2, "d": with("intents", -1)}}},
		{4014, "", []object{{"op": 2, "d": with("intents", 1<<15)}}},
	} {
		t.Run(fmt.Sprint(c.code, c.fault), func(t *testing.T) {
			d, _ := start(t, fakediscord.Options{})
			s := dial(t, d, "")
			for _, frame := range c.frames {
				check(t, s.ws.WriteJSON(frame))
			}
			equal(t, "code", s.closed(), c.code)
			if c.fault != "" {
				faults(t, d, c.fault)
			}
		})
	}
}

func TestShardingRequired(t *testing.T) {
	d, _ := start(t, fakediscord.Options{GuildsPerShard: 1})
	d.AddGuild(fakediscord.Guild{})
	s := dial(t, d, "")
	s.send(2, object{"token": token, "intents": 0})
	equal(t, "code", s.closed(), 4011)
}

func TestIdentifyLimits(t *testing.T) {
	d, _ := start(t, fakediscord.Options{MaxConcurrency: 2, IdentifyWindow: time.Hour, Identifies: 5})
	early := func(shard int) *socket {
		s := dial(t, d, "")
		s.send(2, object{"token": token, "intents": 0, "shard": []int{shard, 4}})
		return s
	}
	early(0).until("READY")
	early(1).until("READY")
	equal(t, "key 0 again", string(early(2).until("op 9").Data), "false")
	d.CloseEarlyIdentifies(true)
	equal(t, "key 1 again", early(3).closed(), 4008)
	equal(t, "refused", d.Identifies()[3].Refused, "too soon after another")
	early(0).closed()
	last := early(1)
	equal(t, "after the token was reset", last.closed(), 4004)
	equal(t, "API", call(t, d, "GET", "/users/@me", nil).status, http.StatusUnauthorized)
	faults(t, d, "more than 5 identifies")
}

func TestGatewayFaults(t *testing.T) {
	d, w := start(t, fakediscord.Options{IdentifyWindow: time.Nanosecond})
	s, ready := identify(t, d, usual)
	s.until("GUILD_CREATE")
	d.AskHeartbeat()
	equal(t, "heartbeat", s.next().Op, 1)
	d.AskReconnect(0)
	equal(t, "reconnect", s.next().Op, 7)
	d.InvalidateSession(0, true)
	equal(t, "invalid", string(s.next().Data), "true")
	d.WithholdAcks(true)
	s.send(1, nil)
	d.Await(t, func(s *fakediscord.State) bool { return s.Heartbeats() == 1 })
	d.SendFrame(0, `{"op":99}`)
	equal(t, "no ack", s.next().Op, 99)
	said := d.Mention(w.ann, w.channel, "x")
	d.Repeat(said)
	for range 2 {
		equal(t, "twice", s.until("MESSAGE_CREATE").object()["id"], any(said.ID))
	}
	d.SendEvent(w.guild, "NEW_EVENT", object{"x": 1})
	equal(t, "raw", s.next().Name, "NEW_EVENT")
	d.CloseWith(0, 4000)
	equal(t, "code", s.closed(), 4000)
	d.AwaitReady(t, 0)

	d.RefuseConnections(1)
	address := "ws" + strings.TrimPrefix(d.APIURL(), "http") + "ws/?v=9"
	_, answer, err := websocket.DefaultDialer.Dial(address, nil)
	equal(t, "refused", err != nil && answer.StatusCode == 503, true)
	d.WithholdHello(1)
	silent := dial(t, d, "")
	silent.send(6, object{"token": token, "session_id": ready["session_id"], "seq": 4})
	equal(t, "no hello", silent.next().Name, "NEW_EVENT")
	equal(t, "resumed", silent.next().Name, "RESUMED")
	d.InvalidateSession(0, false)
	equal(t, "invalid", string(silent.until("op 9").Data), "false")
	d.AwaitReady(t, 0)
}

// TestHang: what is sent while nothing comes through is replayed later.
func TestHang(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	s, ready := identify(t, d, usual)
	seq := s.until("GUILD_CREATE").Seq
	d.Hang(true)
	d.DM(w.ann, "lost")
	s.send(1, nil)
	d.Drop()
	s.closed()
	d.AwaitReady(t, 0)
	d.Hang(false)
	again := dial(t, d, "")
	again.send(6, object{"token": token, "session_id": ready["session_id"], "seq": seq})
	equal(t, "replayed", again.until("MESSAGE_CREATE").object()["content"], any("lost"))
	equal(t, "heartbeats", d.Heartbeats(), 0)
}

// TestSilentApp: an app that sends no heartbeat is dropped.
func TestSilentApp(t *testing.T) {
	d, _ := start(t, fakediscord.Options{Heartbeat: 20 * time.Millisecond})
	s, _ := identify(t, d, usual)
	s.closed()
	d.AwaitReady(t, 0)
}

func TestTooManySends(t *testing.T) {
	d, _ := start(t, fakediscord.Options{})
	s, _ := identify(t, d, usual)
	for range 121 {
		s.send(1, nil)
	}
	equal(t, "code", s.closed(), 4008)
	faults(t, d, "more than 120 sends")
}

func TestGuildsComeAndGo(t *testing.T) {
	d, _ := start(t, fakediscord.Options{})
	s, _ := identify(t, d, usual)
	s.until("GUILD_CREATE")
	guild := d.AddGuild(fakediscord.Guild{Name: "new"})
	equal(t, "id", s.until("GUILD_CREATE").object()["id"], any(guild))
	channel := d.AddChannel(fakediscord.Channel{Guild: guild})
	equal(t, "id", s.until("CHANNEL_CREATE").object()["id"], any(channel))
	d.AddChannel(fakediscord.Channel{Guild: guild, Kind: fakediscord.Thread, Parent: channel})
	equal(t, "parent", s.until("THREAD_CREATE").object()["parent_id"], any(channel))
	d.RemoveGuild(guild)
	equal(t, "id", s.until("GUILD_DELETE").object()["id"], any(guild))
}
