package slack

import (
	"context"
	"strings"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"reportbot/bot"
)

// The tabs of the app that a person can open
// (docs.slack.dev/reference/events/app_home_opened).
const (
	tabHome     = "home"
	tabMessages = "messages"
)

// opened greets a person who opens the app.
func (s *Slack) opened(ctx context.Context, in bot.Intake, e *slackevents.AppHomeOpenedEvent) error {
	switch e.Tab {
	case tabHome:
		return s.publish(ctx, in, e)
	case tabMessages:
		s.prompt(ctx, in, e.Channel)
	}
	return nil
}

// prompt suggests questions in the messages tab of an agent. It is a courtesy.
func (s *Slack) prompt(ctx context.Context, in bot.Intake, channel string) {
	if !s.config.AgentView {
		return
	}
	var prompts []slackapi.AssistantThreadsPrompt
	for _, a := range in.Overview().Suggestions {
		if len(prompts) < limitPrompts {
			prompts = append(prompts, slackapi.AssistantThreadsPrompt{Title: a.Question, Message: a.Question})
		}
	}
	err := s.api.SetAssistantThreadsSuggestedPromptsContext(ctx, slackapi.AssistantThreadsSetSuggestedPromptsParameters{
		Title: "Ask the report", ChannelID: channel, Prompts: prompts,
	})
	if err != nil {
		s.log.Warn("questions could not be suggested", "error", err)
	}
}

// publish shows the Home tab. One that was changed meanwhile is the newer one.
func (s *Slack) publish(ctx context.Context, in bot.Intake, e *slackevents.AppHomeOpenedEvent) error {
	request := slackapi.PublishViewContextRequest{UserID: e.User, View: s.homeView(in.Overview(), s.lastQuestions(ctx, e.Channel, e.User))}
	if e.View != nil && e.View.Hash != "" {
		request.Hash = &e.View.Hash
	}
	_, err := s.api.PublishViewContext(ctx, request)
	if codeOf(err) == "hash_conflict" {
		return nil
	}
	return err
}

// homeView is the Home tab: what can be asked, and what this person asked last.
func (s *Slack) homeView(overview bot.Reply, last []string) slackapi.HomeTabViewRequest {
	blocks := s.viewBlocks(bot.Reply{Status: overview.Status, Parts: overview.Parts})
	form := slackapi.NewButtonBlockElement(buttonForm, s.signer.value(buttonForm, ""), plain("Put a question together")).WithStyle(slackapi.StylePrimary)
	blocks = append(blocks, slackapi.NewActionBlock("", form), slackapi.NewDividerBlock())
	blocks = append(blocks, s.questions("Questions to begin with", overview.Suggestions)...)
	var asked []bot.Action
	for _, q := range last {
		asked = append(asked, bot.Action{Question: q})
	}
	if len(asked) > 0 {
		blocks = append(blocks, slackapi.NewDividerBlock())
		blocks = append(blocks, s.questions("What you asked me last in direct messages", asked)...)
	}
	return slackapi.HomeTabViewRequest{Type: slackapi.VTHomeTab, Blocks: slackapi.Blocks{BlockSet: blocks[:min(len(blocks), limitViewBlocks)]}}
}

// questions are a heading and questions as buttons.
func (s *Slack) questions(heading string, list []bot.Action) []slackapi.Block {
	return s.viewBlocks(bot.Reply{Parts: []bot.Part{{Headline: heading}}, Suggestions: list})
}

// How many questions of a person are shown, and in how many of their latest
// messages they are looked for.
const (
	mostLast    = 5
	lastReadIn  = 50
	longestLast = 300 // characters; what is longer was no question to ask again
)

// lastQuestions are a person's last questions in direct messages, the newest
// first, each once. They are read from Slack: the bot keeps no record of who
// asked what. If they cannot be read there are none.
func (s *Slack) lastQuestions(ctx context.Context, channel, user string) []string {
	if !direct(channel) {
		return nil
	}
	history, err := s.api.GetConversationHistoryContext(ctx, &slackapi.GetConversationHistoryParameters{ChannelID: channel, Limit: lastReadIn})
	if err != nil {
		s.log.Warn("a person's last questions could not be read", "error", err)
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for i := range history.Messages {
		m := &history.Messages[i]
		text := s.markup.plain(m.Text)
		if m.User != user || m.SubType != "" || text == "" || len(text) > longestLast || seen[strings.ToLower(text)] {
			continue
		}
		seen[strings.ToLower(text)] = true
		if out = append(out, text); len(out) == mostLast {
			break
		}
	}
	return out
}
