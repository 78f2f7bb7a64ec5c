package slack

import (
	"bytes"
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dlclark/regexp2"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemaEnv names a file with Slack's schema of manifests, which is not part of
// this repository.
const schemaEnv = "REPORTBOT_SLACK_MANIFEST_SCHEMA"

// manifestOf is a manifest as it is printed.
func manifestOf(t *testing.T, address string) map[string]any {
	t.Helper()
	text, err := json.Marshal(App{Address: address, AgentView: true, Examples: []string{"returned from France"}}.Manifest())
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// at is a value in a tree of maps.
func at(tree map[string]any, path ...string) any {
	var v any = tree
	for _, key := range path {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

func TestManifestOfBothTransports(t *testing.T) {
	socket := manifestOf(t, "")
	if at(socket, "settings", "socket_mode_enabled") != true || at(socket, "settings", "event_subscriptions", "request_url") != nil {
		t.Errorf("settings %v", socket["settings"])
	}
	http := manifestOf(t, "https://bot.example.org/")
	for want, got := range map[string]any{
		"https://bot.example.org/slack/events":       at(http, "settings", "event_subscriptions", "request_url"),
		"https://bot.example.org/slack/interactions": at(http, "settings", "interactivity", "request_url"),
		"https://bot.example.org/slack/commands":     at(http, "features", "slash_commands").([]any)[0].(map[string]any)["url"],
	} {
		if got != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	if at(http, "settings", "socket_mode_enabled") == true {
		t.Error("both transports at the same time")
	}
}

// TestManifestFitsSlacksSchema: .ci/run names the schema where it is there.
func TestManifestFitsSlacksSchema(t *testing.T) {
	file := os.Getenv(schemaEnv)
	if file == "" {
		t.Logf("NOT RUN: %s names no file", schemaEnv)
		return
	}
	compiler := jsonschema.NewCompiler()
	compiler.UseRegexpEngine(func(text string) (jsonschema.Regexp, error) {
		compiled, err := regexp2.Compile(text, regexp2.ECMAScript)
		return pattern{compiled}, err
	})
	schema, err := compiler.Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"", "https://bot.example.org"} {
		text, err := json.Marshal(App{Address: address, AgentView: address == "", Examples: []string{"a", "b", "c", "d", "e"}}.Manifest())
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// pattern is a regular expression of JSON Schema, whose language is ECMAScript's.
type pattern struct{ *regexp2.Regexp }

// MatchString says whether a text matches.
func (p pattern) MatchString(text string) bool {
	matches, err := p.Regexp.MatchString(text)
	return matches && err == nil
}

// callsOf are the methods of Slack's Web API by the client library's name for
// them, as far as this package calls them.
var callsOf = map[string]string{
	"PostMessageContext": "chat.postMessage", "PostEphemeralContext": "chat.postEphemeral",
	"GetConversationRepliesContext": "conversations.replies", "GetConversationHistoryContext": "conversations.history",
	"UpdateMessageContext": "chat.update", "DeleteMessageContext": "chat.delete",
	"OpenConversationContext": "conversations.open", "GetConversationInfoContext": "conversations.info",
	"SetAgentSessionStatusContext": "agents.sessions.setStatus", "SetAssistantThreadsSuggestedPromptsContext": "assistant.threads.setSuggestedPrompts",
	"GetUploadURLExternalContext": "files.getUploadURLExternal", "CompleteUploadExternalContext": "files.completeUploadExternal",
	"GetUserInfoContext": "users.info", "GetConversationsForUserContext": "users.conversations",
	// These need no scope.
	"UploadToURL":     "",
	"AuthTestContext": "", "StartSocketModeContext": "", "ExportManifestContext": "",
	"OpenViewContext": "", "PushViewContext": "", "UpdateViewContext": "", "PublishViewContext": "",
}

// eventsOf are the events by the client library's type for what they tell.
var eventsOf = map[string][]string{
	"AppMentionEvent": {"app_mention"}, "MessageEvent": {"message.im", "message.channels", "message.groups"},
	"MemberJoinedChannelEvent": {"member_joined_channel"}, "AppHomeOpenedEvent": {"app_home_opened"},
}

// TestEveryCallHasItsScope: what the code calls, and which events it reads, is
// what the manifest asks for, and no event besides.
func TestEveryCallHasItsScope(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	call := regexp.MustCompile(`\b(?:s\.)?api\.(\w+)\(`)
	event := regexp.MustCompile(`slackevents\.(\w+Event)\b`)
	var read []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution); err != nil {
			t.Fatal(err)
		}
		for _, m := range event.FindAllStringSubmatch(string(text), -1) {
			if events, known := eventsOf[m[1]]; known {
				read = append(read, events...)
			} else if m[1] != "EventsAPIEvent" && m[1] != "ParseEvent" {
				t.Errorf("%s reads %s, of which it is not said which event it is", file, m[1])
			}
		}
		for _, m := range call.FindAllStringSubmatch(string(text), -1) {
			method, known := callsOf[m[1]]
			if !known {
				t.Errorf("%s calls %s, of which it is not said which scope it needs", file, m[1])
			}
			if method != "" && !slices.ContainsFunc(scopes(), func(s scope) bool { return slices.Contains(s.methods, method) }) {
				t.Errorf("%s calls %s, for which the app asks no scope", file, method)
			}
		}
	}
	slices.Sort(read)
	if read = slices.Compact(read); !slices.Equal(read, botEvents()) {
		t.Errorf("the code reads %v, and the app is told of %v", read, botEvents())
	}
}

// TestTheReadmeGivesTheReasonOfEachScope, and of no other.
func TestTheReadmeGivesTheReasonOfEachScope(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, s := range scopes() {
		want.WriteString("| `" + s.name + "` | " + s.reason + " |\n")
	}
	if !strings.Contains(string(text), "| --- | --- |\n"+want.String()+"\n") {
		t.Errorf("the table of scopes should be\n%s", &want)
	}
}

func TestScopesAreChecked(t *testing.T) {
	var all []string
	for _, s := range scopes() {
		all = append(all, s.name)
		if s.reason == "" {
			t.Errorf("scope %s has no reason", s.name)
		}
	}
	if got := checkScopes(strings.Join(all, ",")); len(got) != 1 || got[0].Found != Good {
		t.Errorf("with all scopes: %+v", got)
	}
	if got := checkScopes("chat:write, commands"); len(got) != len(all)-2 || got[0].Found != Bad || !strings.Contains(got[0].Text, "scope app_mentions:read is missing: it is needed to be asked by a mention") {
		t.Errorf("with two scopes: %+v", got)
	}
}
