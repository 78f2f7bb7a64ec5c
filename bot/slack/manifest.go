package slack

import (
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// scope is a permission that the app asks for, and what it is for.
type scope struct {
	name    string
	reason  string
	methods []string                    // of the Web API that need it
	events  []slackevents.EventsAPIType // that need it
}

// scopes are all that the app asks for: what it calls and what it is told of
// stands here, and the manifest and the check are made from it
// (docs.slack.dev/reference/scopes).
func scopes() []scope {
	return []scope{
		{"app_mentions:read", "to be asked by a mention", nil, []slackevents.EventsAPIType{slackevents.AppMention}},
		{"chat:write", "to reply", []string{"chat.postMessage", "chat.postEphemeral"}, nil},
		{"commands", "for the command /report", nil, nil},
		{"im:history", "to be asked in a direct message, and to see whether a reply is there already", []string{"conversations.history", "conversations.replies"}, []slackevents.EventsAPIType{"message.im"}},
		{"channels:history", "to take follow-ups in a thread, and to see whether a reply is there already", []string{"conversations.history", "conversations.replies"}, []slackevents.EventsAPIType{"message.channels"}},
		{"groups:history", "the same in private channels", []string{"conversations.history", "conversations.replies"}, []slackevents.EventsAPIType{"message.groups"}},
	}
}

// commandName is the slash command.
const commandName = "/report"

// Manifest is the app's manifest, to be pasted at api.slack.com/apps ("Create
// New App", "From a manifest"). address is where deliveries over HTTP reach the
// bot, as in https://bot.example.org; empty for Socket Mode.
func Manifest(address string) *slackapi.Manifest {
	address = strings.TrimSuffix(address, "/")
	path := func(p string) string {
		if address == "" {
			return ""
		}
		return address + p
	}
	m := &slackapi.Manifest{
		Metadata: slackapi.ManifestMetadata{MajorVersion: 2},
		Display: slackapi.Display{
			Name:        "reportbot",
			Description: "Answers questions about one published report, with dates and caveats.",
		},
	}
	m.Features.AppHome = slackapi.AppHome{MessagesTabEnabled: true}
	m.Features.BotUser = slackapi.BotUser{DisplayName: "reportbot", AlwaysOnline: true}
	m.Features.SlashCommands = []slackapi.ManifestSlashCommand{{
		Command: commandName, Description: "Ask the report; only you see the answer", UsageHint: "returned from France", Url: path("/slack/commands"),
	}}
	m.Settings.SocketModeEnabled = address == ""
	m.Settings.Interactivity = &slackapi.Interactivity{IsEnabled: true, RequestUrl: path("/slack/interactions")}
	m.Settings.EventSubscriptions = &slackapi.EventSubscriptions{RequestUrl: path("/slack/events"), BotEvents: botEvents()}
	for _, s := range scopes() {
		m.OAuthConfig.Scopes.Bot = append(m.OAuthConfig.Scopes.Bot, s.name)
	}
	return m
}

// botEvents are the events that the app is told of.
func botEvents() []string {
	var events []string
	for _, s := range scopes() {
		for _, e := range s.events {
			events = append(events, string(e))
		}
	}
	slices.Sort(events)
	return events
}
