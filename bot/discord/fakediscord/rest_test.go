package fakediscord_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"reportbot/bot/discord/fakediscord"
)

func TestAccount(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	equal(t, "bot", call(t, d, "GET", "/users/@me", nil).id(), fakediscord.BotUser)
	equal(t, "app", call(t, d, "GET", "/applications/@me", nil).id(), fakediscord.AppID)
	equal(t, "app", call(t, d, "GET", "/oauth2/applications/@me", nil).id(), fakediscord.AppID)
	equal(t, "DM", call(t, d, "POST", "/users/@me/channels", object{"recipient_id": w.ann}).id(), d.DMChannel(w.ann))
	equal(t, "channel", call(t, d, "GET", "/channels/"+w.channel, nil).body["name"], any("general"))
	equal(t, "typing", call(t, d, "POST", "/channels/"+w.channel+"/typing", nil).status, 204)
	equal(t, "typing in", d.Typing()[0], w.channel)
}

// TestToken: a wrong token is refused, an unknown address is a fault.
func TestToken(t *testing.T) {
	d, _ := start(t, fakediscord.Options{})
	q, err := http.NewRequest("GET", d.APIURL()+"api/v10/users/@me", nil)
	check(t, err)
	q.Header.Set("Authorization", "Bot wrong")
	answer, err := http.DefaultClient.Do(q)
	check(t, err)
	_ = answer.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	equal(t, "status", answer.StatusCode, 401)
	equal(t, "invalid", d.Invalid(), 1)
	equal(t, "unknown", call(t, d, "GET", "/nowhere", nil).status, 404)
	equal(t, "no snowflake", call(t, d, "GET", "/channels/C1", nil).code(), 50035)
	equal(t, "not JSON", send(t, d, "POST", "/users/@me/channels", "application/json", []byte("{")).code(), 50109)
	faults(t, d, "User-Agent", "/nowhere is unknown", `"C1" is not snowflake`, "unexpected EOF")
}

func TestNonce(t *testing.T) {
	clock := newClock()
	d, w := start(t, fakediscord.Options{Clock: clock.Now})
	path := "/channels/" + w.channel + "/messages"
	body := object{"content": "once", "nonce": "n1", "enforce_nonce": true}
	first := call(t, d, "POST", path, body)
	equal(t, "again", call(t, d, "POST", path, body).id(), first.id())
	equal(t, "nonce", first.body["nonce"], any("n1"))
	equal(t, "read later", call(t, d, "GET", path+"/"+first.id(), nil).body["nonce"], nil)
	equal(t, "posts", len(d.Posts(w.channel)), 1)
	clock.pass(10 * time.Minute)
	call(t, d, "POST", path, body)
	delete(body, "enforce_nonce")
	call(t, d, "POST", path, body)
	equal(t, "posts", len(d.Posts(w.channel)), 3)
}

func TestReplies(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	path := "/channels/" + w.channel + "/messages"
	to := d.Say(w.ann, w.channel, "question")
	reply := object{"content": "answer", "message_reference": object{"message_id": to.ID}, "allowed_mentions": object{"parse": []any{}}}
	got := call(t, d, "POST", path, reply)
	equal(t, "type", got.body["type"], any(19.0))
	equal(t, "pings", len(d.Posts(w.channel)[0].Pings), 0)
	delete(reply, "allowed_mentions")
	call(t, d, "POST", path, reply)
	equal(t, "ping", d.Posts(w.channel)[1].Pings[0], w.ann)
	d.Delete(w.ann, to)
	equal(t, "gone", call(t, d, "POST", path, reply).code(), 50035)
	reply["message_reference"] = object{"message_id": to.ID, "fail_if_not_exists": false}
	equal(t, "gone, and no matter", call(t, d, "POST", path, reply).status, 200)
	equal(t, "reply to", d.Posts(w.channel)[2].ReplyTo, "")
}

func TestPings(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	path := "/channels/" + w.channel + "/messages"
	text := "<@" + w.ann + "> <@" + w.bob + "> @everyone"
	for want, allowed := range map[string]any{
		w.ann + " " + w.bob + " everyone": nil,
		"":                                object{"parse": nil},
		w.bob:                             object{"users": []any{w.bob}},
		"everyone":                        object{"parse": []any{"everyone"}},
	} {
		body := object{"content": text}
		if allowed != nil {
			body["allowed_mentions"] = allowed
		}
		id := call(t, d, "POST", path, body).id()
		for _, m := range d.Posts(w.channel) {
			if m.ID == id {
				equal(t, "pings", strings.Join(m.Pings, " "), want)
			}
		}
	}
}

func TestFiles(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	path := "/channels/" + w.channel + "/messages"
	got := upload(t, d, "POST", path, object{"embeds": []any{object{"image": object{"url": "attachment://chart.png"}}},
		"attachments": []any{object{"id": 0, "description": "a chart"}}}, "chart.png", "PNG", "table.csv", "a,b")
	equal(t, "status", got.status, 200)
	m := d.Posts(w.channel)[0]
	equal(t, "files", len(m.Attachments), 2)
	equal(t, "alt text", m.Attachments[0].Description, "a chart")
	equal(t, "names", strings.Join(d.Calls("")[0].Files, " "), "chart.png table.csv")
	address := got.body["attachments"].([]any)[1].(object)["url"].(string)
	file, err := http.Get(address)
	check(t, err)
	_ = file.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	equal(t, "file", file.StatusCode, 200)

	edited := call(t, d, "PATCH", path+"/"+m.ID, object{"attachments": []any{object{"id": m.Attachments[1].ID}}})
	equal(t, "kept", len(edited.body["attachments"].([]any)), 1)
	call(t, d, "POST", path, object{"embeds": []any{object{"image": object{"url": "attachment://lost.png"}}}})
	equal(t, "too large", upload(t, d, "POST", path, object{}, "x", long(10<<20+1)).code(), 50035)
	faults(t, d, `"lost.png", which was not uploaded`, "files.0: File cannot be larger")

	picture := object{"embeds": []any{object{"image": object{"url": "attachment://chart.png"}}}}
	picture["attachments"] = []any{object{"id": m.Attachments[0].ID}}
	equal(t, "picture of a file that is gone", call(t, d, "PATCH", path+"/"+m.ID, picture).status, 200)
	picture["attachments"] = []any{object{"id": "0", "filename": "chart.png", "description": long(1025)}}
	equal(t, "long alt text", upload(t, d, "POST", path, picture, "chart.png", "PNG").code(), 50035)
	picture["attachments"] = []any{object{"id": "0", "filename": "other.png"}}
	equal(t, "another name", upload(t, d, "POST", path, picture, "chart.png", "PNG").code(), 50035)
	faults(t, d, `"chart.png", which was not uploaded`, "attachments.0.description: Must be 1024", `attachments.0.filename: The file is named "chart.png"`)
	closed := d.AddChannel(fakediscord.Channel{Guild: w.guild, Denied: fakediscord.AttachFiles})
	equal(t, "no permission", upload(t, d, "POST", "/channels/"+closed+"/messages", object{"content": "x"}, "x", "y").code(), 50013)
}

func TestEditAndDelete(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	path := "/channels/" + w.channel + "/messages"
	theirs := d.Say(w.ann, w.channel, "theirs")
	own := call(t, d, "POST", path, object{"content": "own"}).id()
	s, _ := identify(t, d, usual)
	equal(t, "edit", call(t, d, "PATCH", path+"/"+own, object{"content": "changed"}).body["content"], any("changed"))
	equal(t, "update", s.until("MESSAGE_UPDATE").object()["content"], any("changed"))
	equal(t, "edits", d.Posts(w.channel)[0].Edits, 1)
	equal(t, "edit theirs", call(t, d, "PATCH", path+"/"+theirs.ID, object{"content": "x"}).code(), 50005)
	equal(t, "delete theirs", call(t, d, "DELETE", path+"/"+theirs.ID, nil).code(), 50013)
	equal(t, "delete", call(t, d, "DELETE", path+"/"+own, nil).status, 204)
	equal(t, "gone", s.until("MESSAGE_DELETE").object()["id"], any(own))
	equal(t, "again", call(t, d, "DELETE", path+"/"+own, nil).code(), 10008)
	equal(t, "edit it", call(t, d, "PATCH", path+"/"+own, object{"content": "x"}).code(), 10008)
	equal(t, "empty", call(t, d, "POST", path, object{"content": " "}).code(), 50006)
	layout := object{"flags": 1 << 15, "components": []any{object{"type": 10, "content": "t"}}}
	own = call(t, d, "POST", path, object{"content": "text"}).id()
	got := call(t, d, "PATCH", path+"/"+own, layout)
	equal(t, "text stays", got.code(), 50035)
	layout["content"] = nil
	equal(t, "text goes", call(t, d, "PATCH", path+"/"+own, layout).status, 200)
	equal(t, "text", d.Posts(w.channel)[0].Text(), "t")
	faults(t, d, "the message is empty", "content: The \"content\" field cannot be used")
}

// TestLayout: a message of all components of the new kind.
func TestLayout(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	text := object{"type": 10, "content": "text"}
	media := object{"url": "attachment://chart.png"}
	got := upload(t, d, "POST", "/channels/"+w.channel+"/messages", v2(
		object{"type": 17, "accent_color": 255, "components": []any{
			text, object{"type": 9, "components": []any{text}, "accessory": object{"type": 11, "media": media, "description": "alt"}},
			object{"type": 14, "spacing": 2}, object{"type": 12, "items": []any{object{"media": media}}}, row(selecting("s", 2))}},
		object{"type": 9, "components": []any{text}, "accessory": press("a")},
		object{"type": 13, "file": object{"url": "attachment://table.csv"}}, row(press("b"))), "chart.png", "PNG", "table.csv", "a,b")
	equal(t, "status", got.status, 200)
	equal(t, "text", d.Posts(w.channel)[0].Text(), "text\ntext\ntext\ngo\ngo")
	file := got.body["components"].([]any)[2].(object)["file"].(object)
	equal(t, "address", strings.HasPrefix(file["url"].(string), d.APIURL()), true)
}

// TestInspection is of what else there is to look at.
func TestInspection(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	own := call(t, d, "POST", "/channels/"+w.channel+"/messages", object{"content": "own"}).id()
	said := d.Say(w.ann, w.channel, "theirs")
	equal(t, "edited", d.Edit(w.ann, said, "changed").Content, "changed")
	d.Moderate(fakediscord.Message{ID: own, Channel: w.channel})
	equal(t, "messages", d.AwaitMessages(t, w.channel, 1)[0].Content, "changed")
	equal(t, "deleted", d.Deleted(w.channel)[0].Content, "own")
	equal(t, "connections", d.Connections(), 0)
	equal(t, "interaction", d.Interaction("1").ID, "")
}

func TestListMessages(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	path := "/channels/" + w.channel + "/messages"
	var ids []string
	for i := range 5 {
		ids = append(ids, d.Mention(w.ann, w.channel, fmt.Sprint(i)).ID)
	}
	d.Say(w.ann, w.channel, "not for the bot")
	list := call(t, d, "GET", path+"?limit=2", nil).list
	equal(t, "without the intent", list[0]["content"], any(""))
	equal(t, "newest", list[1]["id"], any(ids[4]))
	equal(t, "before", call(t, d, "GET", path+"?before="+ids[2], nil).list[0]["id"], any(ids[1]))
	equal(t, "one", call(t, d, "GET", path+"/"+ids[0], nil).id(), ids[0])
}

func TestPermissions(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	post := func(c fakediscord.Channel, body object) reply {
		c.Guild = w.guild
		return call(t, d, "POST", "/channels/"+d.AddChannel(c)+"/messages", body)
	}
	text := object{"content": "x"}
	equal(t, "unseen", post(fakediscord.Channel{Denied: fakediscord.ViewChannel}, text).code(), 50001)
	equal(t, "read only", post(fakediscord.Channel{Denied: fakediscord.SendMessages}, text).code(), 50013)
	equal(t, "thread", post(fakediscord.Channel{Kind: fakediscord.Thread, Denied: fakediscord.SendMessages}, text).status, 200)
	got := post(fakediscord.Channel{Denied: fakediscord.EmbedLinks}, object{"content": "x", "embeds": []any{object{"title": "t"}}})
	equal(t, "embeds", len(got.body["embeds"].([]any)), 0)
	only := object{"embeds": []any{object{"title": "t"}}}
	equal(t, "embeds alone", post(fakediscord.Channel{Denied: fakediscord.EmbedLinks}, only).code(), 50006)
	equal(t, "locked", post(fakediscord.Channel{Kind: fakediscord.Thread, Locked: true}, text).code(), 50083)
	equal(t, "unknown", call(t, d, "POST", "/channels/1/messages", text).code(), 10003)
	closed := d.AddUser(fakediscord.User{NoDMs: true})
	equal(t, "no DMs", call(t, d, "POST", "/channels/"+d.DMChannel(closed)+"/messages", text).code(), 50007)
	group := d.AddChannel(fakediscord.Channel{Kind: fakediscord.Group, Members: []string{w.ann, w.bob}})
	equal(t, "private", call(t, d, "POST", "/channels/"+group+"/messages", text).code(), 50001)
}

func TestCommands(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	path := "/applications/" + fakediscord.AppID + "/commands"
	ask := slash(object{"name_localizations": object{"de": "frage"}})
	first := call(t, d, "PUT", path, []any{ask, slash(object{"name": "help"})}).list
	again := call(t, d, "PUT", path, []any{ask}).list
	equal(t, "id", again[0]["id"], first[0]["id"])
	equal(t, "left", len(call(t, d, "GET", path, nil).list), 1)
	equal(t, "without translations", call(t, d, "GET", path, nil).list[0]["name_localizations"], nil)
	equal(t, "with", call(t, d, "GET", path+"?with_localizations=true", nil).list[0]["name_localizations"].(object)["de"], any("frage"))
	id := again[0]["id"].(string)
	equal(t, "edit", call(t, d, "PATCH", path+"/"+id, object{"description": "New"}).body["description"], any("New"))
	equal(t, "get", call(t, d, "GET", path+"/"+id, nil).body["description"], any("New"))
	equal(t, "upsert", call(t, d, "POST", path, ask).status, 200)
	equal(t, "delete", call(t, d, "DELETE", path+"/"+id, nil).status, 204)
	equal(t, "gone", call(t, d, "GET", path+"/"+id, nil).code(), 10063)
	guild := "/applications/" + fakediscord.AppID + "/guilds/" + w.guild + "/commands"
	equal(t, "in a guild", call(t, d, "POST", guild, ask).body["guild_id"], any(w.guild))
	equal(t, "state", len(d.Commands(w.guild)), 1)
	equal(t, "another app", call(t, d, "GET", "/applications/1/commands", nil).code(), 20012)
	twice := call(t, d, "PUT", path, []any{ask, ask})
	refused(t, d, twice, "1.name")
}

func TestRateLimits(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	const route = "POST /channels/{channel_id}/messages"
	path, text := "/channels/"+w.channel+"/messages", object{"content": "x"}
	header := call(t, d, "POST", path, text).header
	equal(t, "bucket", header.Get("X-RateLimit-Bucket") != "" && header.Get("X-RateLimit-Remaining") == "999", true)

	for _, scope := range []fakediscord.Scope{fakediscord.PerRoute, fakediscord.Shared} {
		there := "/channels/" + d.AddChannel(fakediscord.Channel{Guild: w.guild}) + "/messages"
		d.Limit(route, scope, 1500*time.Millisecond, 1)
		got := call(t, d, "POST", there, text)
		equal(t, "status", got.status, 429)
		equal(t, "scope", got.header.Get("X-RateLimit-Scope"), string(scope))
		equal(t, "exact", got.body["retry_after"], any(1.5))
		equal(t, "rounded", got.header.Get("Retry-After"), "2")
		equal(t, "too early", call(t, d, "POST", there, text).header.Get("X-RateLimit-Scope"), string(scope))
		equal(t, "elsewhere", call(t, d, "POST", path, text).status, 200)
	}
	equal(t, "early", d.Early(), 2)
	equal(t, "invalid", d.Invalid(), 2)
	d.Limit("", fakediscord.Cloudflare, time.Millisecond, 1)
	got := call(t, d, "POST", path, text)
	equal(t, "page", got.status == 429 && strings.Contains(got.text, "<html>"), true)

	d.Limit("", fakediscord.Global, 50*time.Millisecond, 1)
	began := time.Now()
	got = call(t, d, "GET", "/users/@me", nil)
	equal(t, "global", got.body["global"] == true && got.header.Get("X-RateLimit-Global") == "true", true)
	for call(t, d, "POST", path, text).status == 429 { // all routes, until it is over
	}
	equal(t, "global for", time.Since(began) >= 50*time.Millisecond, true)
	equal(t, "unbound", call(t, d, "POST", "/interactions/1/x/callback", object{"type": 4}).code(), 10062)
}

func TestPace(t *testing.T) {
	d, w := start(t, fakediscord.Options{PerSecond: 6})
	d.Pace("POST /channels/{channel_id}/messages", 2, time.Hour)
	path, text := "/channels/"+w.channel+"/messages", object{"content": "x"}
	equal(t, "left", call(t, d, "POST", path, text).header.Get("X-RateLimit-Remaining"), "1")
	equal(t, "left", call(t, d, "POST", path, text).header.Get("X-RateLimit-Remaining"), "0")
	equal(t, "third", call(t, d, "POST", path, text).header.Get("X-RateLimit-Scope"), "user")
	equal(t, "elsewhere", call(t, d, "POST", "/channels/"+d.DMChannel(w.ann)+"/messages", text).status, 200)
	for call(t, d, "GET", "/users/@me", nil).status == 200 {
	}
	faults(t, d, "more than 6 requests in a second")
}

func TestFaults(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	path, text := "/channels/"+w.channel+"/messages", object{"content": "x"}
	d.Fail("POST /channels/{channel_id}/messages", fakediscord.HTTPStatus(502), 1)
	equal(t, "5xx", call(t, d, "POST", path, text).status, 502)
	d.Fail("", fakediscord.ErrorCode(403, 50013, "Missing Permissions"), 1)
	equal(t, "code", call(t, d, "POST", path, text).code(), 50013)
	d.Fail("", fakediscord.CutBefore(), 1)
	equal(t, "cut before", call(t, d, "POST", path, text).status, 0)
	equal(t, "posts", len(d.Posts(w.channel)), 0)
	d.Fail("", fakediscord.CutAfter(), 1)
	equal(t, "cut after", call(t, d, "POST", path, text).status, 0)
	equal(t, "posts", len(d.Posts(w.channel)), 1)
	d.Fail("", fakediscord.Slow(30*time.Millisecond), 1)
	began := time.Now()
	equal(t, "slow", call(t, d, "POST", path, text).status, 200)
	equal(t, "late", time.Since(began) >= 30*time.Millisecond, true)
	equal(t, "kept", len(d.Calls("POST /channels/{channel_id}/messages")), 5)
}
