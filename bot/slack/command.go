package slack

import (
	"context"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
	"reportbot/bot/flow"
)

// response is the answer to a slash command. The client library's own type
// would add empty metadata, which Slack refuses.
type response struct {
	Type   string           `json:"response_type"`
	Text   string           `json:"text"`
	Blocks []slackapi.Block `json:"blocks,omitempty"`
}

// answerCommand is the response to a slash command, which the asker alone sees,
// nil for none. What is too long for it, rest sends behind it; rest is nil where
// there is no more.
func (s *Slack) answerCommand(ctx context.Context, in bot.Intake, c slackapi.SlashCommand) (first *response, rest func()) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeTime)
	defer cancel()
	text := s.markup.plain(c.Text)
	switch {
	case text == "":
		text = "help"
	case strings.EqualFold(text, commandDigest) && s.commandSetUp(ctx, in, c):
		return nil, nil
	case setsUp(text):
		if why := s.cannotPost(ctx, c.ChannelID, c.UserID); why != "" {
			return &response{Type: slackapi.ResponseTypeEphemeral, Text: escape(why)}, nil
		}
	}
	id := strings.Join([]string{"slack", c.TeamID, c.ChannelID, idCommand, c.TriggerID}, "/")
	reply, err := in.Answer(ctx, bot.Message{
		ID:           id,
		Target:       bot.Target{Platform: s.Name(), Channel: c.ChannelID},
		Conversation: c.ChannelID + "/command/" + c.UserID,
		Author:       c.UserID,
		Text:         text,
		Private:      true,
	})
	if err != nil {
		return &response{Type: slackapi.ResponseTypeEphemeral, Text: bot.Apology}, nil
	}
	messages := render(s.besideCommand(ctx, in, id, c, reply), renderOptions{Value: s.signer.value, Buttons: true, Share: true})
	if len(messages) == 0 {
		return nil, nil
	}
	first = &response{slackapi.ResponseTypeEphemeral, messages[0].Text, messages[0].Blocks}
	if len(messages) == 1 {
		return first, nil
	}
	return first, func() {
		s.queue.Add(c.ResponseURL, func() {
			flow.Pause(context.WithoutCancel(ctx), restAfter)
			s.respond(ctx, c.ResponseURL, slackapi.ResponseTypeEphemeral, messages[1:])
		})
	}
}

// restAfter is how long the rest of a response waits: Slack does not say when
// it has shown the first part, and would show the rest above it.
const restAfter = time.Second

// respond sends messages to a response_url, in order: to the person alone or
// to the channel, by the kind of response. It is not tried again, since a
// message might then stand there twice.
func (s *Slack) respond(ctx context.Context, url, kind string, messages []message) {
	if len(messages) > limitResponses {
		s.log.Error("a response is longer than Slack takes; its end is cut off", "messages", len(messages))
		messages = messages[:limitResponses]
	}
	for i, m := range messages {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeTime)
		_, _, err := s.api.PostMessageContext(ctx, "",
			slackapi.MsgOptionResponseURL(url, kind),
			slackapi.MsgOptionText(m.Text, false),
			slackapi.MsgOptionBlocks(m.Blocks...),
			slackapi.MsgOptionMetadata(slackapi.SlackMetadata{EventType: metadataType, EventPayload: map[string]any{metadataPart: i}}))
		cancel()
		if err != nil {
			s.log.Error("a response could not be sent", "error", withoutAddress(err))
			return
		}
	}
}
