package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"reportbot/answers"
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
	request := slackapi.PublishViewContextRequest{UserID: e.User, View: s.homeView(home{in.Overview(), s.homeDigests(ctx, in, e), s.lastQuestions(ctx, e.Channel, e.User)})}
	if e.View != nil && e.View.Hash != "" {
		request.Hash = &e.View.Hash
	}
	_, err := s.api.PublishViewContext(ctx, request)
	if codeOf(err) == "hash_conflict" {
		return nil
	}
	return err
}

// home is what stands in the Home tab.
type home struct {
	overview bot.Reply
	digests  []string // of the person's channels, each in a line
	last     []string // questions
}

// homeView is the Home tab: what can be asked, which digests the person's
// channels get, and what this person asked last.
func (s *Slack) homeView(h home) slackapi.HomeTabViewRequest {
	overview := h.overview
	blocks := s.viewBlocks(bot.Reply{Status: overview.Status, Parts: overview.Parts})
	form := slackapi.NewButtonBlockElement(buttonForm, s.signer.value(buttonForm, ""), plain("Put a question together")).WithStyle(slackapi.StylePrimary)
	blocks = append(blocks, slackapi.NewActionBlock("", form), slackapi.NewDividerBlock())
	blocks = append(blocks, s.questions("Questions to begin with", overview.Suggestions)...)
	blocks = append(blocks, slackapi.NewDividerBlock())
	blocks = append(blocks, s.viewBlocks(digestsOf(h.digests))...)
	var asked []bot.Action
	for _, q := range h.last {
		asked = append(asked, bot.Action{Question: q})
	}
	if len(asked) > 0 {
		blocks = append(blocks, slackapi.NewDividerBlock())
		blocks = append(blocks, s.questions("What you asked me last in direct messages", asked)...)
	}
	return slackapi.HomeTabViewRequest{Type: slackapi.VTHomeTab, Blocks: slackapi.Blocks{BlockSet: blocks[:min(len(blocks), limitViewBlocks)]}}
}

// digestsOf tells of digests, with the button to set one up.
func digestsOf(lines []string) bot.Reply {
	p := bot.Part{Headline: "Digests in your channels"}
	if len(lines) == 0 {
		p.Body = []answers.Block{{Text: "A channel can get a digest once a day, at its own time: a country, a finding of the report, how to read a figure. None of yours gets one yet."}}
	}
	for _, line := range lines {
		p.Body = append(p.Body, answers.Block{Text: line})
	}
	return bot.Reply{Parts: []bot.Part{p}, Digests: true}
}

// homeDigests are the digests of the channels that a person is in, and of their
// direct messages with the bot, in lines. If Slack does not tell the channels,
// those of the direct messages are told alone.
func (s *Slack) homeDigests(ctx context.Context, in bot.Intake, e *slackevents.AppHomeOpenedEvent) []string {
	lines := digestLines("Here, in your direct messages", in.Digests(s.Name(), e.Channel))
	var others []string
	err := s.channelsOf(ctx, e.User, func(c *slackapi.Channel) bool {
		others = append(others, digestLines("#"+bot.Printable(c.Name), in.Digests(s.Name(), c.ID))...)
		return false
	})
	if err != nil {
		s.log.Warn("a person's channels could not be asked for", "error", err)
	}
	slices.Sort(others)
	lines = append(lines, others...)
	if more := len(lines) - mostShown; more > 0 {
		lines = append(lines[:mostShown], fmt.Sprintf("And %d more.", more))
	}
	return lines
}

func digestLines(where string, digests []bot.DigestLine) []string {
	var out []string
	for _, d := range digests {
		out = append(out, where+": "+d.What+"; "+d.State)
	}
	return out
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
