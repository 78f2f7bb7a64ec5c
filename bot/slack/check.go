package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot/config"
)

// Found is what was found of one thing that was looked at.
type Found string

// What can be found.
const (
	Good   Found = "good"
	Bad    Found = "bad"
	Unseen Found = "unseen" // it cannot be looked at
)

// Checked is one thing that was looked at when setting up.
type Checked struct {
	Found Found
	Text  string // what was found, and where it is not right what to do
}

// Settings is what is needed to look at the app's settings.
type Settings struct {
	Token config.Secret // an app configuration token (xoxe.xoxp-…); zero: the settings are not looked at
	AppID string        // empty: as in the app-level token
	App   App           // as it should be set up
}

// Check asks Slack whether the tokens of a configuration are good and may do
// what the bot does, and with a token for that, whether the app is set up so.
func Check(ctx context.Context, c Config, settings Settings) []Checked {
	api := slackapi.New(c.BotToken.Reveal(), slackapi.OptionAppLevelToken(c.AppToken.Reveal()),
		slackapi.OptionAPIURL(c.APIURL), slackapi.OptionHTTPClient(&http.Client{Timeout: c.Timeout}))
	answer, err := api.AuthTestContext(ctx)
	if err != nil {
		return []Checked{bad("bot_token: %s", explained(err))}
	}
	found := []Checked{good("bot_token: good; the bot is %s in %s", answer.User, answer.Team)}
	found = append(found, checkScopes(answer.Header.Get("X-OAuth-Scopes"))...)
	if c.Listen == "" {
		found = append(found, checkSocket(ctx, api))
	}
	return append(found, checkSettings(ctx, api, c, settings)...)
}

func good(format string, args ...any) Checked { return Checked{Good, fmt.Sprintf(format, args...)} }

func bad(format string, args ...any) Checked { return Checked{Bad, fmt.Sprintf(format, args...)} }

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

func checkSocket(ctx context.Context, api *slackapi.Client) Checked {
	if _, _, err := api.StartSocketModeContext(ctx); err != nil {
		return bad("app_token: %s", explained(err))
	}
	return good("app_token: good; Socket Mode can be used")
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
			found = append(found, bad("scope %s is missing: it is needed %s; add it under \"OAuth & Permissions\" and install the app again", s.name, s.reason))
		}
	}
	if len(found) == 0 {
		found = append(found, good("scopes: all %d are granted", len(scopes())))
	}
	return found
}

// checkSettings compares the app's settings with the manifest.
func checkSettings(ctx context.Context, api *slackapi.Client, c Config, settings Settings) []Checked {
	if settings.Token.IsZero() {
		return []Checked{{Unseen, "event subscriptions, the command and the shortcut: the bot's tokens do not show them. " +
			"They are as in the manifest if the app was made from it; to have them looked at, set SLACK_CONFIG_TOKEN to a token from \"Your App Configuration Tokens\" at api.slack.com/apps"}}
	}
	id := settings.AppID
	if id == "" {
		id = appID(c.AppToken)
	}
	if id == "" {
		return []Checked{bad("the app's settings: give its ID, which stands under \"Basic Information\" and begins with A, with --app")}
	}
	is, err := api.ExportManifestContext(ctx, settings.Token.Reveal(), id)
	if err != nil {
		return []Checked{bad("the app's settings (SLACK_CONFIG_TOKEN, app %s): %s", id, explained(err))}
	}
	return compareSettings(is, settings.App.Manifest())
}

// appID is the app's ID in an app-level token, xapp-1-ID-….
func appID(token config.Secret) string {
	parts := strings.Split(token.Reveal(), "-")
	if len(parts) < 3 || !strings.HasPrefix(parts[2], "A") {
		return ""
	}
	return parts[2]
}

// compareSettings says in what an app is set up otherwise than it should be, as
// far as the bot would miss it.
func compareSettings(is, should *slackapi.Manifest) []Checked {
	found := missingEvents(is, should)
	found = append(found, missingFeatures(is, should)...)
	if is.Settings.SocketModeEnabled != should.Settings.SocketModeEnabled {
		turn := map[bool]string{true: "on; the configuration has no slack.listen, by which it is needed", false: "off; the configuration has slack.listen, so that deliveries come over HTTP"}
		found = append(found, bad("Socket Mode: turn it %s", turn[should.Settings.SocketModeEnabled]))
	}
	interactivity := is.Settings.Interactivity
	if interactivity == nil || !interactivity.IsEnabled {
		found = append(found, bad("buttons and windows: turn \"Interactivity & Shortcuts\" on"))
	}
	if len(found) == 0 {
		return []Checked{good("the app's settings: all that the bot needs")}
	}
	return found
}

func missingEvents(is, should *slackapi.Manifest) []Checked {
	var have []string
	if is.Settings.EventSubscriptions != nil {
		have = is.Settings.EventSubscriptions.BotEvents
	}
	var found []Checked
	for _, e := range should.Settings.EventSubscriptions.BotEvents {
		if !slices.Contains(have, e) {
			found = append(found, bad("event %s: the app is not told of it; add it under \"Event Subscriptions\", \"Subscribe to bot events\"", e))
		}
	}
	return found
}

func missingFeatures(is, should *slackapi.Manifest) []Checked {
	var found []Checked
	if !slices.ContainsFunc(is.Features.SlashCommands, func(c slackapi.ManifestSlashCommand) bool { return c.Command == commandName }) {
		found = append(found, bad("command %s: the app has none; add it under \"Slash Commands\"", commandName))
	}
	if !slices.ContainsFunc(is.Features.Shortcuts, func(c slackapi.Shortcut) bool { return c.CallbackID == shortcutAsk }) {
		found = append(found, bad("shortcut: the app has none with the callback ID %s; add a global one under \"Interactivity & Shortcuts\"", shortcutAsk))
	}
	if !is.Features.AppHome.HomeTabEnabled || !is.Features.AppHome.MessagesTabEnabled {
		found = append(found, bad("tabs: turn the Home tab and the Messages tab on under \"App Home\""))
	}
	if agent := is.Features.AgentView != nil; agent != (should.Features.AgentView != nil) {
		found = append(found, bad("agent view: the app's is %s and slack.agent_view is %t; change one of them", map[bool]string{true: "on", false: "off"}[agent], !agent))
	}
	return found
}
