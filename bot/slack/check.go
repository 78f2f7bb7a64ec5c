package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"
)

// Checked is one thing that was looked at when setting up.
type Checked struct {
	OK   bool
	Text string // what was found, and where it is not right what to do
}

// Check asks Slack whether the tokens of a configuration are good and may do
// what the bot does.
func Check(ctx context.Context, c Config) []Checked {
	api := slackapi.New(c.BotToken.Reveal(), slackapi.OptionAppLevelToken(c.AppToken.Reveal()),
		slackapi.OptionAPIURL(c.APIURL), slackapi.OptionHTTPClient(&http.Client{Timeout: c.Timeout}))
	answer, err := api.AuthTestContext(ctx)
	if err != nil {
		return []Checked{{false, "bot_token: " + explained(err)}}
	}
	found := []Checked{{true, fmt.Sprintf("bot_token: good; the bot is %s in %s", answer.User, answer.Team)}}
	found = append(found, checkScopes(answer.Header.Get("X-OAuth-Scopes"))...)
	if c.Listen != "" {
		return append(found, Checked{true, "deliveries over HTTP: Slack checks the address when you save it under \"Event Subscriptions\""})
	}
	if _, _, err := api.StartSocketModeContext(ctx); err != nil {
		return append(found, Checked{false, "app_token: " + explained(err)})
	}
	return append(found, Checked{true, "app_token: good; Socket Mode can be used"})
}

// explained is an error of Slack's in plain words.
func explained(err error) string {
	if reason := fatal(err); reason != "" {
		return reason
	}
	var answer slackapi.SlackErrorResponse
	if errors.As(err, &answer) {
		return "Slack answers " + answer.Err
	}
	return "Slack cannot be reached: " + err.Error()
}

// checkScopes compares what Slack granted with what the bot needs.
func checkScopes(granted string) []Checked {
	var list []string
	for name := range strings.SplitSeq(granted, ",") {
		list = append(list, strings.TrimSpace(name))
	}
	var found []Checked
	for _, s := range scopes() {
		if !slices.Contains(list, s.name) {
			found = append(found, Checked{false, fmt.Sprintf("scope %s is missing: it is needed %s; add it under \"OAuth & Permissions\" and install the app again", s.name, s.reason)})
		}
	}
	if len(found) == 0 {
		found = append(found, Checked{true, fmt.Sprintf("scopes: all %d are granted", len(scopes()))})
	}
	return found
}
