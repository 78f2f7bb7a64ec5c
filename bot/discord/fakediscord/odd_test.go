package fakediscord_test

import (
	"testing"

	"reportbot/bot/discord/fakediscord"
)

// TestOddBodies: nothing that an app may send makes the fake fall over.
func TestOddBodies(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil))
	a := run(t, d, func(object) object { return object{"type": 5} })
	d.Slash(w.ann, w.channel, "ask", nil)
	i := <-a.did
	webhook := "/webhooks/" + fakediscord.AppID + "/" + i["token"].(string)
	own := call(t, d, "POST", "/channels/"+w.channel+"/messages", object{"content": "x"}).id()
	commands := "/applications/" + fakediscord.AppID + "/commands"
	routes := [][2]string{
		{"POST", "/channels/" + w.channel + "/messages"}, {"PATCH", "/channels/" + w.channel + "/messages/" + own},
		{"POST", webhook}, {"PATCH", webhook + "/messages/@original"}, {"POST", commands}, {"PUT", commands},
		{"POST", "/users/@me/channels"},
	}
	values := []any{nil, 1, -1.5, "x", true, []any{}, []any{1}, []any{nil}, []any{[]any{}}, object{}, []any{object{}},
		[]any{object{"type": 1}}, []any{object{"type": 1, "components": 1}}, []any{object{"type": "x", "components": []any{1, nil, object{}}}},
		[]any{object{"type": 17, "components": []any{object{"type": 9, "accessory": 1}}}}, 1, []any{object{"fields": []any{1}, "footer": 1, "image": "x"}},
		object{"parse": 1, "users": object{}}, object{"message_id": 1}, []any{object{"id": object{}, "description": 1}}}
	names := []string{"content", "embeds", "components", "attachments", "allowed_mentions", "flags", "nonce", "message_reference",
		"type", "name", "description", "options", "choices", "name_localizations", "contexts", "integration_types"}
	for _, route := range routes {
		for n, value := range values {
			call(t, d, route[0], route[1], value)
			for _, name := range names {
				body := object{"content": "x", "flags": n % 2 << 15, "name": "x", "description": "x", name: value}
				if got := call(t, d, route[0], route[1], body); got.status == 0 || got.status >= 500 {
					t.Fatalf("%v with %v is answered with %d, %s", route, body, got.status, got.text)
				}
			}
		}
	}
	if len(d.TakeFaults()) == 0 {
		t.Error("no faults")
	}
}

// TestOddCallbacks is the same for answers to interactions.
func TestOddCallbacks(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(nil))
	a := run(t, d, func(object) object { return nil })
	for kind := range 11 {
		for _, data := range []any{nil, 1, object{}, object{"components": []any{object{"type": 18, "component": 1}}},
			object{"choices": []any{1}}, object{"title": 1, "custom_id": nil, "components": 1}} {
			done := make(chan fakediscord.Answer)
			go func() { done <- d.Slash(w.ann, w.channel, "ask", nil) }()
			i := <-a.did
			if got := a.answer(i, object{"type": kind, "data": data}); got.status == 0 || got.status >= 500 {
				t.Errorf("%d with %v is answered with %d, %s", kind, data, got.status, got.text)
			}
			a.answer(i, object{"type": 5})
			<-done
		}
	}
	d.TakeFaults()
}
