package fakediscord_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot/discord/fakediscord"
)

// app answers interactions that come over the gateway.
type app struct {
	t    *testing.T
	d    *fakediscord.Discord
	s    *socket
	did  chan object // interactions, as they came
	stop sync.WaitGroup
}

// run is an app that answers each interaction with what callback gives; nil is
// no answer.
func run(t *testing.T, d *fakediscord.Discord, callback func(object) object) *app {
	t.Helper()
	s, _ := identify(t, d, usual)
	a := &app{t: t, d: d, s: s, did: make(chan object, 100)}
	a.stop.Go(func() {
		for {
			var e event
			if s.ws.ReadJSON(&e) != nil {
				return
			}
			if e.Name != "INTERACTION_CREATE" {
				continue
			}
			i := e.object()
			if answer := callback(i); answer != nil {
				a.answer(i, answer)
			}
			a.did <- i
		}
	})
	t.Cleanup(func() { _ = s.ws.Close(); a.stop.Wait() })
	d.AwaitReady(t, 1)
	return a
}

// answer calls the callback end point.
func (a *app) answer(i, body object) reply {
	return call(a.t, a.d, "POST", "/interactions/"+i["id"].(string)+"/"+i["token"].(string)+"/callback", body)
}

// hook calls an end point of an interaction's webhook.
func (a *app) hook(i object, method, path string, body any) reply {
	return call(a.t, a.d, method, "/webhooks/"+fakediscord.AppID+"/"+i["token"].(string)+path, body)
}

func message(members object) func(object) object {
	return func(object) object { return object{"type": 4, "data": members} }
}

// register gives the app commands.
func register(t *testing.T, d *fakediscord.Discord, commands ...any) {
	t.Helper()
	got := call(t, d, "PUT", "/applications/"+fakediscord.AppID+"/commands", commands)
	if got.status != 200 {
		t.Fatal(got.text)
	}
}

func TestReplyToSlash(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(object{"options": []any{
		object{"type": 3, "name": "question", "description": "d", "required": true},
		object{"type": 4, "name": "year", "description": "d", "choices": []any{object{"name": "last", "value": 2025}}},
		object{"type": 5, "name": "private", "description": "d"}, object{"type": 6, "name": "whom", "description": "d"}}}))
	a := run(t, d, message(object{"content": "10"}))
	got := d.Slash(w.ann, w.channel, "ask", map[string]any{"question": "people", "year": "last", "private": true, "whom": w.bob})
	equal(t, "answer", got.Message.Content, "10")
	equal(t, "original", d.Original(got.Interaction).ID, got.Message.ID)
	i := <-a.did
	data := i["data"].(object)
	equal(t, "options", string(mustJSON(data["options"])), string(mustJSON([]object{
		{"name": "question", "type": 3, "value": "people"}, {"name": "year", "type": 4, "value": 2025},
		{"name": "private", "type": 5, "value": true}, {"name": "whom", "type": 6, "value": w.bob}})))
	equal(t, "resolved", data["resolved"].(object)["users"].(object)[w.bob].(object)["username"], any("bob"))
	equal(t, "member", i["member"].(object)["user"].(object)["id"], any(w.ann))
	equal(t, "context", i["context"], any(0.0))
	equal(t, "owner", i["authorizing_integration_owners"].(object)["0"], any(w.guild))
	equal(t, "second answer", a.answer(i, object{"type": 4, "data": object{"content": "x"}}).code(), 40060)
	equal(t, "original", a.hook(i, "GET", "/messages/@original", nil).id(), got.Message.ID)
	equal(t, "deleted", a.hook(i, "DELETE", "/messages/@original", nil).status, 204)
	equal(t, "gone", a.hook(i, "GET", "/messages/@original", nil).code(), 10008)
	equal(t, "posts", len(d.Posts(w.channel)), 0)
}

func mustJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

func TestSubcommands(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	sub := object{"type": 1, "name": "add", "description": "d", "options": []any{object{"type": 3, "name": "what", "description": "d"}}}
	register(t, d, slash(object{"name": "report", "options": []any{object{"type": 2, "name": "digest", "description": "d", "options": []any{sub}}}}))
	a := run(t, d, message(object{"content": "done"}))
	d.Slash(w.ann, w.channel, "report digest add", map[string]any{"what": "x"})
	group := (<-a.did)["data"].(object)["options"].([]any)[0].(object)
	inner := group["options"].([]any)[0].(object)
	equal(t, "path", group["name"].(string)+" "+inner["name"].(string), "digest add")
	equal(t, "value", inner["options"].([]any)[0].(object)["value"], any("x"))
}

func TestDeferral(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil))
	a := run(t, d, func(object) object { return object{"type": 5, "data": object{"flags": 64}} })
	got := d.Slash(w.ann, w.channel, "ask", nil)
	equal(t, "loading", got.Message.Loading(), true)
	i := <-a.did
	equal(t, "posts", len(d.Posts(w.channel)), 0)
	first := a.hook(i, "POST", "", object{"content": "the answer"})
	equal(t, "first follow-up", first.id(), got.Message.ID)
	equal(t, "private", d.AwaitEphemerals(t, w.ann, 1)[0].Content, "the answer")
	equal(t, "of ann alone", len(d.Ephemerals(w.bob)), 0)
	second := a.hook(i, "POST", "", object{"content": "more"})
	equal(t, "follow-up", d.FollowUps(got.Interaction)[0].ID, second.id())
	equal(t, "in the channel", d.Posts(w.channel)[0].Content, "more")
	equal(t, "by the bot", call(t, d, "GET", "/channels/"+w.channel+"/messages/"+got.Message.ID, nil).code(), 10008)
	edited := a.hook(i, "PATCH", "/messages/"+second.id(), object{"content": "changed"})
	equal(t, "edited", edited.body["content"], any("changed"))
}

// TestDeferredNoise: what a deferral says is not shown.
func TestDeferredNoise(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil))
	a := run(t, d, func(object) object { return object{"type": 5, "data": object{"flags": 4, "content": "x"}} })
	got := d.Slash(w.ann, w.channel, "ask", nil)
	a.hook(<-a.did, "PATCH", "/messages/@original", object{"content": "edited"})
	equal(t, "edited", d.AwaitOriginal(t, got).Content, "edited")
	faults(t, d, "a deferral with content", "a deferral with flags 4")
}

func TestDeadlines(t *testing.T) {
	clock := newClock()
	d, w := start(t, fakediscord.Options{Clock: clock.Now})
	register(t, d, slash(nil))
	d.AnswerWithin(20 * time.Millisecond)
	silent := true
	a := run(t, d, func(i object) object {
		if silent {
			return nil
		}
		return object{"type": 5}
	})
	got := d.Slash(w.ann, w.channel, "ask", nil)
	equal(t, "late", got.Error, "The application did not respond")
	i := <-a.did
	equal(t, "unknown", a.answer(i, object{"type": 4, "data": object{"content": "x"}}).code(), 10062)
	equal(t, "webhook", a.hook(i, "POST", "", object{"content": "x"}).code(), 10015)
	silent = false
	d.AnswerWithin(3 * time.Second)
	d.Slash(w.ann, w.channel, "ask", nil)
	i = <-a.did
	clock.pass(14 * time.Minute)
	equal(t, "14 minutes", a.hook(i, "PATCH", "/messages/@original", object{"content": "x"}).status, 200)
	clock.pass(time.Minute)
	equal(t, "15 minutes", a.hook(i, "PATCH", "/messages/@original", object{"content": "y"}).code(), 50027)
}

func TestComponents(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	a := run(t, d, func(i object) object {
		switch i["data"].(object)["custom_id"] {
		case "update":
			return object{"type": 7, "data": object{"content": "updated"}}
		case "later":
			return object{"type": 6}
		}
		return object{"type": 4, "data": object{"content": "picked", "flags": 64}}
	})
	call(t, d, "POST", "/channels/"+w.channel+"/messages", object{"content": "choose", "components": []any{
		row(press("update"), object{"type": 2, "style": 1, "label": "Later", "custom_id": "later"}), row(selecting("pick", 3))}})
	m := d.Posts(w.channel)[0]
	equal(t, "buttons", strings.Join(m.Buttons(), " "), "go Later")
	equal(t, "update", d.Press(w.ann, m, "update").Message.ID, m.ID)
	equal(t, "updated", d.Posts(w.channel)[0].Content, "updated")
	equal(t, "later", d.Press(w.bob, m, "Later").Callback, fakediscord.DeferredUpdate)
	<-a.did
	i := <-a.did
	equal(t, "message", i["message"].(object)["id"], any(m.ID))
	a.hook(i, "PATCH", "/messages/@original", object{"content": "later"})
	equal(t, "updated", d.Posts(w.channel)[0].Content, "later")
	got := d.Select(w.ann, m, "pick", "2")
	equal(t, "private", got.Message.EphemeralTo, w.ann)
	equal(t, "values", (<-a.did)["data"].(object)["values"].([]any)[0], any("2"))
	equal(t, "old one", d.PressUnknown(w.ann, m, "gone", 99).Message.Content, "picked")
	equal(t, "type", (<-a.did)["data"].(object)["component_type"], any(99.0))
}

func TestModals(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil))
	form := object{"custom_id": "form", "title": "Form", "components": []any{
		object{"type": 18, "label": "Year", "component": object{"type": 4, "custom_id": "year", "style": 1}},
		object{"type": 18, "label": "Place", "component": selecting("place", 2)}}}
	a := run(t, d, func(i object) object {
		if i["type"] == 5.0 {
			return object{"type": 4, "data": object{"content": "thanks"}}
		}
		return object{"type": 9, "data": form}
	})
	got := d.Slash(w.ann, w.channel, "ask", nil)
	equal(t, "title", got.Modal.Title, "Form")
	equal(t, "thanks", d.Submit(got.Modal, map[string]any{"Year": "2020", "place": []string{"1"}}).Message.Content, "thanks")
	<-a.did
	rows := (<-a.did)["data"].(object)["components"].([]any)
	equal(t, "value", rows[0].(object)["component"].(object)["value"], any("2020"))
	equal(t, "values", rows[1].(object)["component"].(object)["values"].([]any)[0], any("1"))
	equal(t, "again", a.answer(object{"id": got.Interaction, "token": "token" + got.Interaction}, object{"type": 9, "data": form}).code(), 40060)
}

func TestAutocomplete(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, option(object{"autocomplete": true}))
	var choices []any
	a := run(t, d, func(object) object { return object{"type": 8, "data": object{"choices": choices}} })
	choices = []any{object{"name": "Freedonia", "value": "f"}}
	got := d.Autocomplete(w.ann, w.channel, "ask", map[string]any{"ask": "fr"}, "ask")
	equal(t, "name", got.Choices[0].Name, "Freedonia")
	equal(t, "value", got.Choices[0].Value, any("f"))
	equal(t, "focused", (<-a.did)["data"].(object)["options"].([]any)[0].(object)["focused"], any(true))
	d.AnswerWithin(50 * time.Millisecond)
	choices = many(26, func(int) any { return object{"name": "n", "value": "v"} })
	equal(t, "26", d.Autocomplete(w.ann, w.channel, "ask", map[string]any{"ask": "fr"}, "ask").Error != "", true)
	choices = []any{object{"name": "n", "value": long(101)}}
	equal(t, "101", d.Autocomplete(w.ann, w.channel, "ask", map[string]any{"ask": "fr"}, "ask").Error != "", true)
	faults(t, d, "data.choices: Must be between 0 and 25", "data.choices.0.value: Must be between 1 and 100")
}

// TestWrongCallbacks: each kind of interaction takes only some answers.
func TestWrongCallbacks(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil))
	d.AnswerWithin(50 * time.Millisecond)
	run(t, d, func(object) object { return object{"type": 7, "data": object{"content": "x"}} })
	equal(t, "update of nothing", d.Slash(w.ann, w.channel, "ask", nil).Error != "", true)
	faults(t, d, "type: Value must be one of [4 5 9]")
}

// TestUserInstall: where only a person has the app there are no messages, and at
// most five follow-ups.
func TestUserInstall(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(object{"integration_types": []any{0, 1}, "contexts": []any{0, 1, 2}}), slash(object{"name": "here"}))
	eve := d.AddUser(fakediscord.User{Name: "eve", Installed: true})
	group := d.AddChannel(fakediscord.Channel{Kind: fakediscord.Group, Members: []string{eve, w.bob}})
	foreign := d.AddGuild(fakediscord.Guild{Absent: true})
	there := d.AddChannel(fakediscord.Channel{Guild: foreign})
	for channel, want := range map[string]string{w.channel: "/ask /here", d.DMChannel(eve): "/ask /here", group: "/ask", there: "/ask"} {
		equal(t, "offered", strings.Join(d.Offered(eve, channel), " "), want)
	}
	equal(t, "offered to bob", len(d.Offered(w.bob, group)), 0)

	a := run(t, d, message(object{"content": "10"}))
	d.Say(eve, group, "not for the app")
	for _, channel := range []string{group, there} {
		got := d.Slash(eve, channel, "ask", nil)
		equal(t, "answer", got.Message.Content, "10")
		i := <-a.did
		owners := i["authorizing_integration_owners"].(object)
		equal(t, "owners", len(owners) == 1 && owners["1"] == eve, true)
		for range 5 {
			equal(t, "follow-up", a.hook(i, "POST", "", object{"content": "x"}).status, 200)
		}
		equal(t, "sixth", a.hook(i, "POST", "", object{"content": "x"}).code(), 40094)
	}
	d.Slash(eve, d.DMChannel(eve), "ask", nil)
	i := <-a.did
	equal(t, "context", i["context"], any(1.0))
	equal(t, "owners", len(i["authorizing_integration_owners"].(object)), 2)
	equal(t, "user", i["user"].(object)["id"], any(eve))
}

func TestCommandPermissions(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(object{"default_member_permissions": "0"}), slash(object{"name": "mine", "default_member_permissions": "32"}),
		slash(object{"name": "everyone", "default_member_permissions": "2048"}))
	equal(t, "ann", strings.Join(d.Offered(w.ann, w.channel), " "), "/everyone")
	guild := d.AddGuild(fakediscord.Guild{Admins: []string{w.ann}})
	channel := d.AddChannel(fakediscord.Channel{Guild: guild})
	equal(t, "admin", strings.Join(d.Offered(w.ann, channel), " "), "/ask /mine /everyone")
}

// TestWithResponse: an app may ask what became of its answer.
func TestWithResponse(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil))
	a := run(t, d, func(object) object { return nil })
	got := make(chan fakediscord.Answer)
	go func() { got <- d.Slash(w.ann, w.channel, "ask", nil) }()
	i := <-a.did
	answer := call(t, d, "POST", "/interactions/"+i["id"].(string)+"/"+i["token"].(string)+"/callback?with_response=true",
		object{"type": 4, "data": object{"content": "10"}})
	m := answer.body["resource"].(object)["message"].(object)
	equal(t, "message", m["id"], any((<-got).Message.ID))
}

func TestMessageCommand(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, object{"name": "Explain this", "type": 3})
	a := run(t, d, message(object{"content": "explained"}))
	m := d.Say(w.bob, w.channel, "a claim")
	equal(t, "answer", d.MessageCommand(w.ann, m, "Explain this").Message.Content, "explained")
	data := (<-a.did)["data"].(object)
	target := data["resolved"].(object)["messages"].(object)[m.ID].(object)
	equal(t, "content", target["content"], any("a claim"))
}
