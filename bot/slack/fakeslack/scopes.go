package fakeslack

// eventScope is the scope without which an event is not sent; "" is none.
// Source: each event's page under docs.slack.dev/reference/events.
func eventScope(event string) string {
	switch event {
	case "app_mention":
		return "app_mentions:read"
	case "message.channels":
		return "channels:history"
	case "message.groups":
		return "groups:history"
	case "message.im":
		return "im:history"
	case "message.mpim":
		return "mpim:history"
	case "file_shared":
		return "files:read"
	case "member_joined_channel", "member_left_channel":
		return "channels:read"
	case "reaction_added", "reaction_removed":
		return "reactions:read"
	}
	return ""
}

// allScopes are those that something here asks for.
func allScopes() []string {
	return []string{
		"app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write",
		"chat:write.public", "commands", "files:read", "files:write", "groups:history", "groups:read",
		"im:history", "im:read", "im:write", "mpim:history", "mpim:read", "mpim:write", "reactions:read",
		"reactions:write", "team:read", "users:read",
	}
}

// methods are those of the Web API that are here. Source of the scopes: each
// method's page under docs.slack.dev/reference/methods.
func methods() map[string]method {
	write := []string{"chat:write"}
	// assistant:write is being retired for chat:write (changelog 2026-03-05).
	assistant := []string{"chat:write", "assistant:write"}
	return map[string]method{
		"auth.test":                             {run: (*Slack).authTest},
		"apps.connections.open":                 {run: (*Slack).connectionsOpen, app: true},
		"apps.manifest.export":                  {run: (*Slack).exportManifest, config: true},
		"chat.postMessage":                      {run: (*Slack).postMessage, scopes: write},
		"chat.update":                           {run: (*Slack).updateMessage, scopes: write},
		"chat.delete":                           {run: (*Slack).deleteMessage, scopes: write},
		"chat.postEphemeral":                    {run: (*Slack).postEphemeral, scopes: write},
		"conversations.replies":                 {run: (*Slack).replies},
		"conversations.history":                 {run: (*Slack).history},
		"conversations.info":                    {run: (*Slack).conversationInfo},
		"conversations.open":                    {run: (*Slack).openConversation, scopes: []string{"im:write", "mpim:write"}},
		"users.info":                            {run: (*Slack).userInfo, scopes: []string{"users:read"}},
		"users.conversations":                   {run: (*Slack).conversationsOf},
		"team.info":                             {run: (*Slack).teamInfo, scopes: []string{"team:read"}},
		"views.publish":                         {run: (*Slack).publishView},
		"views.open":                            {run: (*Slack).openView},
		"views.push":                            {run: (*Slack).pushView},
		"views.update":                          {run: (*Slack).updateView},
		"reactions.add":                         {run: (*Slack).addReaction, scopes: []string{"reactions:write"}},
		"reactions.remove":                      {run: (*Slack).removeReaction, scopes: []string{"reactions:write"}},
		"agents.sessions.setStatus":             {run: (*Slack).setSession, scopes: write},
		"agents.sessions.rename":                {run: (*Slack).renameSession, scopes: write},
		"assistant.threads.setStatus":           {run: (*Slack).setThreadStatus, scopes: assistant},
		"assistant.threads.setTitle":            {run: (*Slack).setThreadTitle, scopes: assistant},
		"assistant.threads.setSuggestedPrompts": {run: (*Slack).setPrompts, scopes: assistant},
		"files.getUploadURLExternal":            {run: (*Slack).uploadURL, scopes: []string{"files:write"}},
		"files.completeUploadExternal":          {run: (*Slack).completeUpload, scopes: []string{"files:write"}},
		"files.info":                            {run: (*Slack).fileInfo, scopes: []string{"files:read"}},
	}
}
