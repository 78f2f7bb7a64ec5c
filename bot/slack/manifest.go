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
	readBack := []string{"conversations.history", "conversations.replies"}
	return []scope{
		{"app_mentions:read", "to be asked by a mention", nil, []slackevents.EventsAPIType{slackevents.AppMention}},
		{"chat:write", "to reply, to change a reply when its question is edited or deleted, and to suggest questions", []string{
			"chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete", "agents.sessions.setStatus", "assistant.threads.setSuggestedPrompts",
		}, nil},
		{"files:write", "to post the chart and the CSV file of an answer, and the chart of a digest", []string{"files.getUploadURLExternal", "files.completeUploadExternal"}, nil},
		{"commands", "for the command " + commandName + " and the shortcut", nil, nil},
		{"im:history", "to be asked in direct messages, to show a person's last questions, and to see whether a reply is there already", readBack, []slackevents.EventsAPIType{"message.im"}},
		{"im:write", "to send an answer from a window to direct messages", []string{"conversations.open"}, nil},
		{"channels:history", "to take follow-ups in a thread, and to see whether a reply is there already", readBack, []slackevents.EventsAPIType{"message.channels"}},
		{"groups:history", "the same in private channels", readBack, []slackevents.EventsAPIType{"message.groups"}},
		{"channels:read", "to say hello in a channel, to see whether an answer or a digest can be posted there, and to tell people which digests their channels get", []string{"conversations.info", "users.conversations"}, []slackevents.EventsAPIType{slackevents.MemberJoinedChannel}},
		{"groups:read", "the same in private channels", []string{"conversations.info", "users.conversations"}, []slackevents.EventsAPIType{slackevents.MemberJoinedChannel}},
		{"users:read", "to set a digest up by the time zone of the person who asks for it, and by nobody who is a guest", []string{"users.info"}, nil},
	}
}

// freeEvents are events that need no scope.
func freeEvents() []slackevents.EventsAPIType {
	return []slackevents.EventsAPIType{slackevents.AppHomeOpened}
}

// commandName is the slash command.
const commandName = "/report"

// App is how the bot is set up as an app of Slack's.
type App struct {
	Address   string   // where deliveries over HTTP reach the bot, as in https://bot.example.org; empty for Socket Mode
	AgentView bool     // the app is an agent
	Examples  []string // questions to suggest; the first few are used
}

// Manifest is the app's manifest, to be pasted at api.slack.com/apps ("Create
// New App", "From a manifest").
func (a App) Manifest() *slackapi.Manifest {
	m := &slackapi.Manifest{
		Metadata: slackapi.ManifestMetadata{MajorVersion: 2},
		Display: slackapi.Display{
			Name:        "reportbot",
			Description: "Answers questions about one published report, with dates and caveats.",
		},
	}
	m.Features.AppHome = slackapi.AppHome{HomeTabEnabled: true, MessagesTabEnabled: true}
	m.Features.BotUser = slackapi.BotUser{DisplayName: "reportbot", AlwaysOnline: true}
	m.Features.AgentView = a.agentView()
	m.Features.Shortcuts = []slackapi.Shortcut{{
		Name: "Ask the report", CallbackID: shortcutAsk, Description: "Put a question together from menus", Type: "global",
	}}
	m.Features.SlashCommands = []slackapi.ManifestSlashCommand{{
		Command: commandName, Description: "Ask the report; only you see the answer", UsageHint: "returned from France", Url: a.at("/slack/commands"),
	}}
	m.Settings.SocketModeEnabled = a.Address == ""
	m.Settings.Interactivity = &slackapi.Interactivity{
		IsEnabled: true, RequestUrl: a.at("/slack/interactions"), MessageMenuOptionsUrl: a.at("/slack/options"),
	}
	m.Settings.EventSubscriptions = &slackapi.EventSubscriptions{RequestUrl: a.at("/slack/events"), BotEvents: botEvents()}
	for _, s := range scopes() {
		m.OAuthConfig.Scopes.Bot = append(m.OAuthConfig.Scopes.Bot, s.name)
	}
	return m
}

// at is the address of a path, empty with Socket Mode.
func (a App) at(path string) string {
	if a.Address == "" {
		return ""
	}
	return strings.TrimSuffix(a.Address, "/") + path
}

func (a App) agentView() *slackapi.AgentView {
	if !a.AgentView {
		return nil
	}
	v := &slackapi.AgentView{AgentDescription: "Ask for figures of the report by country and measure, or for what its text says."}
	for _, question := range a.Examples[:min(limitPrompts, len(a.Examples))] {
		v.SuggestedPrompts = append(v.SuggestedPrompts, slackapi.ManifestSuggestedPrompt{Title: question, Message: question})
	}
	return v
}

// botEvents are the events that the app is told of.
func botEvents() []string {
	var events []string
	for _, e := range freeEvents() {
		events = append(events, string(e))
	}
	for _, s := range scopes() {
		for _, e := range s.events {
			events = append(events, string(e))
		}
	}
	slices.Sort(events)
	return slices.Compact(events)
}
