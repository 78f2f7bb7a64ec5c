package discord

import (
	"errors"
	"fmt"
	"testing"

	"reportbot/bot/outbox"
)

// TestWhoManagesByAnInteraction, and where Discord has to be asked.
func TestWhoManagesByAnInteraction(t *testing.T) {
	for name, tt := range map[string]struct{ more, want string }{
		"MayManage":     {`"guild_id":"4","context":0,"authorizing_integration_owners":{"0":"4"},"member":{"user":{"id":"7"},"permissions":"2064"}`, "true"},
		"Administrator": {`"guild_id":"4","context":0,"authorizing_integration_owners":{"0":"4","1":"7"},"member":{"user":{"id":"7"},"permissions":"8"}`, "true"},
		"MayWrite":      {`"guild_id":"4","context":0,"authorizing_integration_owners":{"0":"4"},"member":{"user":{"id":"7"},"permissions":"2048"}`, "false"},
		"NoNumber":      {`"guild_id":"4","context":0,"authorizing_integration_owners":{"0":"4"},"member":{"user":{"id":"7"},"permissions":"all"}`, "false"},
		"ForOneself":    {`"guild_id":"4","context":0,"authorizing_integration_owners":{"1":"7"},"member":{"user":{"id":"7"},"permissions":"16"}`, "to be asked"},
		"NotTold":       {`"guild_id":"4","context":0,"authorizing_integration_owners":{"0":"4"},"member":{"user":{"id":"7"}}`, "to be asked"},
		"WithTheBot":    {`"context":1,"authorizing_integration_owners":{"0":"0"},"user":{"id":"7"}`, "true"},
		"AmongPeople":   {`"context":2,"authorizing_integration_owners":{"1":"7"},"user":{"id":"7"}`, "to be asked"},
	} {
		t.Run(name, func(t *testing.T) {
			i, err := readInteraction([]byte(`{"id":"1","type":2,"channel_id":"5",` + tt.more + `}`))
			if err != nil {
				t.Fatal(err)
			}
			got := "to be asked"
			if may := i.manages(); may != nil {
				got = fmt.Sprint(*may)
			}
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// TestWhatDiscordWillNotTakeIsNotTriedAgain, and the reason stands behind
// "because".
func TestWhatDiscordWillNotTakeIsNotTriedAgain(t *testing.T) {
	for code, want := range map[int]string{
		10003: "the channel is gone (Discord's code 10003)", 10004: "the server is gone, or the bot is no longer in it (Discord's code 10004)",
		50001: "the bot is no longer in the server, or may not see the channel (Discord's code 50001)",
		50013: "the bot may not write there: it needs the permissions to see the channel and to send messages, in a thread to send messages in threads (Discord's code 50013)",
		50083: "the thread is archived (Discord's code 50083)", 160005: "the thread is locked (Discord's code 160005)",
		50007: "the person takes no direct messages from the bot (Discord's code 50007)", 50278: "the person takes no direct messages from the bot (Discord's code 50278)",
		50008: "there can be no messages in a channel of this kind (Discord's code 50008)", 200000: "the server's automatic moderation stops the message (Discord's code 200000)",
		30033: "a limit of Discord's is reached that does not pass by waiting (Discord's code 30033)",
		0:     "", 20016: "", 20028: "", 40004: "", 130000: "", 31000: "",
	} {
		err := outcome(&apiError{Status: 403, Code: code, Message: "Discord's words"})
		var refused *outbox.Refused
		switch {
		case errors.As(err, &refused) != (want != ""):
			t.Errorf("%d: %v", code, err)
		case want != "" && refused.Reason != want:
			t.Errorf("%d: %q, want %q", code, refused.Reason, want)
		}
	}
}
