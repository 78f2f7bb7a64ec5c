package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
)

// acknowledge ends an interaction for Slack: with what it is to get for an
// answer, nil for nothing, or with an error if it may not be acknowledged.
type acknowledge func(answer any, err error)

// takeInteraction takes the press of a button, a shortcut, a form that is sent,
// or what is typed in a menu. done is called once.
func (s *Slack) takeInteraction(ctx context.Context, in bot.Intake, i slackapi.InteractionCallback, done acknowledge) {
	take := s.interaction(&i)
	if take == nil {
		done(nil, nil)
		return
	}
	s.queue.Add(cmp.Or(i.Channel.ID, i.User.ID), func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeTime)
		defer cancel()
		take(ctx, in, &i, done)
	})
}

// interaction is what takes an interaction, nil for one that is nothing to the bot.
func (s *Slack) interaction(i *slackapi.InteractionCallback) func(context.Context, bot.Intake, *slackapi.InteractionCallback, acknowledge) {
	switch {
	case i.Type == slackapi.InteractionTypeBlockActions && len(i.ActionCallback.BlockActions) > 0:
		return s.takePress
	case i.Type == slackapi.InteractionTypeShortcut && i.CallbackID == shortcutAsk:
		return s.takeShortcut
	case i.Type == slackapi.InteractionTypeViewSubmission && i.View.CallbackID == viewForm:
		return s.takeForm
	case i.Type == slackapi.InteractionTypeViewSubmission && i.View.CallbackID == viewDigest:
		return s.takeDigest
	case i.Type == slackapi.InteractionTypeBlockSuggestion && i.ActionID == string(fieldZone):
		return s.suggestZones
	case i.Type == slackapi.InteractionTypeBlockSuggestion && i.ActionID == string(fieldTopic):
		return s.suggestTopics
	case i.Type == slackapi.InteractionTypeBlockSuggestion && i.ActionID == string(bot.FieldSubjects):
		return s.suggest
	}
	return nil
}

// takePress takes the press of a button.
func (s *Slack) takePress(ctx context.Context, in bot.Intake, i *slackapi.InteractionCallback, done acknowledge) {
	action := i.ActionCallback.BlockActions[0]
	if action.Value == "" { // a menu, which its form sends along
		done(nil, nil)
		return
	}
	kind, payload, ok := s.signer.open(action.Value)
	switch {
	case !ok:
		s.expired(ctx, i, done)
	case kind == buttonForm:
		s.takeShortcut(ctx, in, i, done)
	case kind == buttonSetUp:
		s.takeSetUp(ctx, in, i, done)
	case kind == buttonKeep, i.View.ID != "" && inForm(kind):
		s.keep(ctx, in, i, kind, payload, done)
	case i.View.ID != "":
		s.answerInView(ctx, in, i, kind, payload, done)
	default:
		s.answerInChannel(ctx, in, i, kind, payload, done)
	}
}

// expired says that a button does nothing any more.
func (s *Slack) expired(ctx context.Context, i *slackapi.InteractionCallback, done acknowledge) {
	const text = "That button has expired. Please ask again."
	if i.View.ID != "" {
		done(nil, s.show(ctx, i, s.noteView(text), false))
		return
	}
	done(nil, nil)
	s.whisper(ctx, i, text)
}

// answerInChannel answers the press of a button at a message.
func (s *Slack) answerInChannel(ctx context.Context, in bot.Intake, i *slackapi.InteractionCallback, kind, payload string, done acknowledge) {
	m, ok := wanted(s.pressed(i), kind, payload)
	switch {
	case !ok:
		done(nil, nil)
	case m.Act == bot.Useful || m.Act == bot.Wrong:
		reply, err := in.Answer(ctx, m)
		done(nil, err)
		if err == nil && len(reply.Parts) > 0 {
			s.whisper(ctx, i, reply.Parts[0].Headline)
		}
	case inForm(kind) && i.Container.IsEphemeral:
		s.keepBeside(ctx, in, i, kind, payload, done)
	case (kind == buttonShare || inForm(kind)) && !s.isMember(ctx, i.Channel.ID):
		reply, err := in.Answer(ctx, m)
		done(nil, err)
		if err == nil {
			s.respond(ctx, i.ResponseURL, slackapi.ResponseTypeInChannel, s.renderWithout(reply))
		}
	default:
		done(nil, in.Handle(ctx, m))
	}
}

// renderWithout gives the messages for a channel that the bot is not in, where
// it can post no files.
func (s *Slack) renderWithout(r bot.Reply) []message {
	messages := render(r, renderOptions{Value: s.signer.value, Buttons: true, Pictures: asksChart(&r)})
	for i, m := range messages {
		messages[i] = m.allFiled().without(reasonNotIn) // it is not known whether a chart of Slack's own may stand there
	}
	if sheetOf(&r) != nil {
		messages = append(messages, render(insteadOfFile(&r, reasonNotIn), renderOptions{})...)
	}
	return messages
}

// isMember says whether the bot can post in a channel: it can answer a command
// in channels that it is not in. Where Slack does not tell, it is tried.
func (s *Slack) isMember(ctx context.Context, channel string) bool {
	info, err := s.api.GetConversationInfoContext(ctx, &slackapi.GetConversationInfoInput{ChannelID: channel})
	switch {
	case codeOf(err) == "channel_not_found":
		return false
	case err != nil:
		return true
	}
	return info.IsMember || info.IsIM
}

// pressed is a press of a button as a message, without what it wants. The reply
// goes into the thread of the message that the button is at.
func (s *Slack) pressed(i *slackapi.InteractionCallback) bot.Message {
	thread := cmp.Or(i.Container.ThreadTs, i.Container.MessageTs)
	if i.Container.IsEphemeral {
		thread = ""
	}
	return bot.Message{
		ID:           s.pressID(i, i.Channel.ID),
		Target:       bot.Target{Platform: s.Name(), Channel: i.Channel.ID, Thread: thread},
		Conversation: i.Channel.ID + "/" + thread,
		Author:       i.User.ID,
	}
}

func (s *Slack) pressID(i *slackapi.InteractionCallback, channel string) string {
	action := i.ActionCallback.BlockActions[0]
	return strings.Join([]string{"slack", i.Team.ID, channel, "press", i.User.ID, action.ActionTs, action.ActionID}, "/")
}

// whisper says something to the person who pressed a button alone. It is a
// courtesy: if it cannot be said, that is logged.
func (s *Slack) whisper(ctx context.Context, i *slackapi.InteractionCallback, text string) {
	options := []slackapi.MsgOption{slackapi.MsgOptionText(text, true), slackapi.MsgOptionDisableMarkdown()}
	if i.Container.ThreadTs != "" {
		options = append(options, slackapi.MsgOptionTS(i.Container.ThreadTs))
	}
	if _, err := s.api.PostEphemeralContext(ctx, i.Channel.ID, i.User.ID, options...); err != nil {
		s.log.Warn("a person could not be told what became of a button", "error", fmt.Sprint(err))
	}
}

// withoutAddress is an error without the address that it is about: a
// response_url lets anybody write.
func withoutAddress(err error) error {
	var of *url.Error
	if errors.As(err, &of) {
		return of.Err
	}
	return err
}
