package slack

import (
	"fmt"
	"testing"
	"time"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
	"reportbot/bot/outbox"
)

// TestPeopleAreForgotten after some minutes, and where they are too many.
func TestPeopleAreForgotten(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	p := newPeople(func() time.Time { return now })
	p.put("U1", person{zone: "Europe/Oslo"})
	now = now.Add(personKept - time.Second)
	if one, ok := p.get("U1"); !ok || one.zone != "Europe/Oslo" {
		t.Errorf("after some minutes: %+v, %t", one, ok)
	}
	now = now.Add(time.Second)
	if one, ok := p.get("U1"); ok {
		t.Errorf("later: %+v", one)
	}
	for i := range 3 * mostPeople {
		p.put(fmt.Sprint("U", i), person{})
	}
	if n := len(p.known); n > mostPeople {
		t.Errorf("%d people are kept", n)
	}
}

// TestWhyADigestIsRefused is told to people, as what "because" goes before; what
// may pass is tried again.
func TestWhyADigestIsRefused(t *testing.T) {
	for code, want := range map[string]string{
		"channel_not_found":                   "the channel is gone, or the bot may not see it",
		"not_in_channel":                      "the bot is not in the channel; invite it",
		"is_archived":                         "the channel is archived",
		"restricted_action":                   "the workspace does not let the bot write there",
		"restricted_action_read_only_channel": "the workspace does not let the bot write there",
		"account_inactive":                    "the bot was removed from the workspace",
		"token_revoked":                       "the bot was removed from the workspace",
		"team_access_not_granted":             "the bot may not write there",
		"ekm_access_denied":                   "the administrators have suspended posting",
		"invalid_auth":                        "",
		"internal_error":                      "",
		"fatal_error":                         "",
	} {
		err := outcome(bot.Post{Digest: true}, slackapi.SlackErrorResponse{Err: code})
		got := ""
		if refused, is := err.(*outbox.Refused); is {
			got = refused.Reason
		}
		if err == nil || got != want {
			t.Errorf("%s: %v", code, err)
		}
	}
	for id, want := range map[string]string{"digest/slack/C1/western-europe/2026-01-02": "1767225600", "digest/slack/C1": ""} {
		if got := earliest(bot.Post{ID: id, Digest: true}); got != want {
			t.Errorf("%s is looked for from %q on", id, got)
		}
	}
}
