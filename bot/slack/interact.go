package slack

import (
	"context"
	"fmt"
	"strings"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
)

// response is the answer to a slash command. The client library's own type
// would add empty metadata, which Slack refuses.
type response struct {
	Type   string           `json:"response_type"`
	Text   string           `json:"text"`
	Blocks []slackapi.Block `json:"blocks,omitempty"`
}

// answerCommand is the response to a slash command, which the asker alone sees.
func (s *Slack) answerCommand(ctx context.Context, in bot.Intake, c slackapi.SlashCommand) *response {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeTime)
	defer cancel()
	text := s.markup.plain(c.Text)
	if text == "" {
		text = "help"
	}
	reply, err := in.Answer(ctx, bot.Message{
		ID:           strings.Join([]string{"slack", c.TeamID, c.ChannelID, "command", c.TriggerID}, "/"),
		Target:       bot.Target{Platform: s.Name(), Channel: c.ChannelID},
		Conversation: c.ChannelID + "/command/" + c.UserID,
		Author:       c.UserID,
		Text:         text,
	})
	if err != nil {
		return &response{Type: slackapi.ResponseTypeEphemeral, Text: bot.Apology}
	}
	if len(reply.Parts) == 0 {
		return nil
	}
	messages := render(reply, renderOptions{Value: s.signer.value, Buttons: true, Share: reply.Code != ""})
	// A response is one message: what is longer is for the thread that sharing makes.
	return &response{slackapi.ResponseTypeEphemeral, messages[0].Text, messages[0].Blocks}
}

// takeInteraction takes the press of a button: done is called once it may be
// acknowledged, or with an error if it may not.
func (s *Slack) takeInteraction(ctx context.Context, in bot.Intake, i slackapi.InteractionCallback, done func(error)) {
	if i.Type != slackapi.InteractionTypeBlockActions || len(i.ActionCallback.BlockActions) == 0 {
		done(nil)
		return
	}
	action := i.ActionCallback.BlockActions[0]
	kind, payload, ok := s.signer.open(action.Value)
	if !ok {
		s.queue.add(i.Channel.ID, func() {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeTime)
			defer cancel()
			done(nil)
			s.whisper(ctx, i, "That button has expired. Please ask again.")
		})
		return
	}
	m, ok := wanted(s.pressed(i, action), kind, payload)
	if !ok {
		done(nil)
		return
	}
	s.queue.add(i.Channel.ID, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeTime)
		defer cancel()
		if m.Act != bot.Useful && m.Act != bot.Wrong {
			done(in.Handle(ctx, m))
			return
		}
		reply, err := in.Answer(ctx, m)
		done(err)
		if err == nil && len(reply.Parts) > 0 {
			s.whisper(ctx, i, reply.Parts[0].Headline)
		}
	})
}

// pressed is a press of a button as a message, without what it wants. The reply
// goes into the thread of the message that the button is at.
func (s *Slack) pressed(i slackapi.InteractionCallback, action *slackapi.BlockAction) bot.Message {
	thread := i.Container.ThreadTs
	if thread == "" {
		thread = i.Container.MessageTs
	}
	if i.Container.IsEphemeral {
		thread = ""
	}
	return bot.Message{
		ID:           strings.Join([]string{"slack", i.Team.ID, i.Channel.ID, "press", i.User.ID, action.ActionTs, action.ActionID}, "/"),
		Target:       bot.Target{Platform: s.Name(), Channel: i.Channel.ID, Thread: thread},
		Conversation: i.Channel.ID + "/" + thread,
		Author:       i.User.ID,
	}
}

// whisper says something to the person who pressed a button alone. It is a
// courtesy: if it cannot be said, that is logged.
func (s *Slack) whisper(ctx context.Context, i slackapi.InteractionCallback, text string) {
	options := []slackapi.MsgOption{slackapi.MsgOptionText(text, true), slackapi.MsgOptionDisableMarkdown()}
	if i.Container.ThreadTs != "" {
		options = append(options, slackapi.MsgOptionTS(i.Container.ThreadTs))
	}
	if _, err := s.api.PostEphemeralContext(ctx, i.Channel.ID, i.User.ID, options...); err != nil {
		s.log.Warn("a person could not be told what became of a button", "error", fmt.Sprint(err))
	}
}
