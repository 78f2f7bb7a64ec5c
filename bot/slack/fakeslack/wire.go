package fakeslack

import (
	"encoding/json"
	"strings"
)

// wire is a message as the Web API and events show it. allMetadata is
// include_all_metadata: without it only the event_type comes
// (docs.slack.dev/messaging/message-metadata).
func (s *State) wire(m *Message, allMetadata bool) object {
	out := object{"type": "message", "ts": m.TS, "text": m.Text, "user": m.User, "team": TeamID}
	if m.Deleted {
		return object{"type": "message", "subtype": "tombstone", "hidden": true, "ts": m.TS, "thread_ts": m.TS,
			"text": "This message was deleted.", "user": "USLACKBOT", "reply_count": s.repliesTo(m)}
	}
	if m.App {
		out["bot_id"], out["app_id"] = BotID, AppID
		out["bot_profile"] = object{"id": BotID, "app_id": AppID, "name": s.users[BotUser].Name, "deleted": false, "team_id": TeamID}
	} else {
		out["client_msg_id"] = "client-" + m.TS
	}
	s.wireThread(out, m)
	s.wireContent(out, m)
	if m.Metadata != nil {
		shown := *m.Metadata
		if !allMetadata {
			shown.EventPayload = nil
		}
		out["metadata"] = shown
	}
	if m.EditedTS != "" {
		out["edited"] = object{"user": m.User, "ts": m.EditedTS}
	}
	return out
}

func (s *State) wireThread(out object, m *Message) {
	switch n := s.repliesTo(m); {
	case m.Thread != "":
		out["thread_ts"] = m.Thread
		if root := s.find(m.Channel, m.Thread); root != nil {
			out["parent_user_id"] = root.User
		}
	case n > 0:
		out["thread_ts"], out["reply_count"] = m.TS, n
	}
	if m.Broadcast {
		out["subtype"] = "thread_broadcast"
	}
}

func (s *State) wireContent(out object, m *Message) {
	if m.Blocks != nil {
		out["blocks"] = withIDs(m.Blocks)
	}
	if m.Attachments != nil {
		out["attachments"] = m.Attachments
	}
	if len(m.Reactions) > 0 {
		out["reactions"] = m.Reactions
	}
	var files []object
	for _, id := range m.Files {
		f := s.files[id]
		files = append(files, object{"id": id, "name": f.Name, "title": f.Title, "user": m.User})
	}
	if files != nil {
		out["files"] = files
	}
}

// typed are the blocks that Slack's own clients make of what a person types.
func typed(text string) json.RawMessage {
	var elements []object
	word := func(text string) {
		if text != "" {
			elements = append(elements, object{"type": "text", "text": unescape(text)})
		}
	}
	for {
		before, rest, found := strings.Cut(text, "<@")
		user, after, closed := strings.Cut(rest, ">")
		if !found || !closed {
			word(text)
			break
		}
		word(before)
		elements = append(elements, object{"type": "user", "user_id": user})
		text = after
	}
	return encode([]object{{"type": "rich_text", "block_id": "typed",
		"elements": []object{{"type": "rich_text_section", "elements": elements}}}})
}

// Typed is what Slack makes of the characters that a person types: text with &,
// < and > escaped. The deeds take texts as Slack sends them, so that mentions
// and links can be in them.
func Typed(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

func unescape(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}
