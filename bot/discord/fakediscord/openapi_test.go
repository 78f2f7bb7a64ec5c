package fakediscord_test

import (
	"os"
	"testing"

	"reportbot/bot/discord/fakediscord"
)

// TestDescription: where Discord's description of its API is there, members that
// it does not know are faults.
func TestDescription(t *testing.T) {
	const env = "REPORTBOT_DISCORD_OPENAPI"
	if os.Getenv(env) == "" {
		t.Logf("NOT RUN: %s names no file", env)
		return
	}
	d, w := start(t, fakediscord.Options{})
	path := "/channels/" + w.channel + "/messages"
	call(t, d, "POST", path, object{"content": "x", "colour": 1})
	call(t, d, "POST", path, object{"embeds": []any{object{"titel": "x", "description": "x"}}})
	call(t, d, "POST", path, object{"content": "x", "tts": "yes"})
	call(t, d, "POST", path, object{"content": "x", "tts": false, "enforce_nonce": true, "nonce": "n"})
	register(t, d, slash(nil))
	a := run(t, d, message(object{"content": "x", "colour": 1}))
	d.Slash(w.ann, w.channel, "ask", nil)
	<-a.did
	register(t, d, option(object{"autocomplete": true, "channel_types": nil}), slash(object{"name": "admin", "default_member_permissions": "32"}))
	faults(t, d, "'/colour'", "'/embeds/0/titel'", "'/tts'", "'/data/colour'")
}
