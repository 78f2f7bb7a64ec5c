package slack

import (
	"cmp"
	"context"
	"errors"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
)

// viewForm is the callback_id of the form.
const viewForm = "form"

// answerView is a reply as a window.
func (s *Slack) answerView(r bot.Reply) slackapi.ModalViewRequest {
	return window("Answer", "Close", s.viewBlocks(r))
}

// noteView is a window with one sentence.
func (s *Slack) noteView(text string) slackapi.ModalViewRequest {
	return window("Answer", "Close", []slackapi.Block{slackapi.NewRichTextBlock("", section("", text)...)})
}

func window(title, closing string, blocks []slackapi.Block) slackapi.ModalViewRequest {
	return slackapi.ModalViewRequest{
		Type: slackapi.VTModal, Title: plain(title), Close: plain(closing), Blocks: slackapi.Blocks{BlockSet: blocks},
	}
}

// viewBlocks are the blocks of a reply for a window or the Home tab. What is
// more than these take is left out, and said to be.
func (s *Slack) viewBlocks(r bot.Reply) []slackapi.Block {
	var out []slackapi.Block
	for _, m := range render(r, renderOptions{Value: s.signer.value, Buttons: true, View: true}) {
		if len(out)+len(m.Blocks) >= limitViewBlocks || weight(out)+weight(m.Blocks) > limitViewAnswer {
			return append(out, slackapi.NewRichTextBlock("", section("", "The rest is too long for this window. Press \"Send me this\", or ask in a message, to see all of it.")...))
		}
		out = append(out, m.Blocks...)
	}
	return out
}

// answerInView answers the press of a button in a window or on the Home tab,
// in a window. The next question takes the place of the answer; what is about
// the answer is laid on it.
func (s *Slack) answerInView(ctx context.Context, in bot.Intake, i *slackapi.InteractionCallback, kind, payload string, done acknowledge) {
	m, ok := wanted(s.asker(i, s.pressID(i, i.User.ID)), kind, payload)
	if !ok {
		done(nil, nil)
		return
	}
	reply, err := in.Answer(ctx, m)
	if err != nil {
		done(nil, s.show(ctx, i, s.noteView(bot.Apology), false))
		return
	}
	if len(reply.Parts) == 0 {
		done(nil, nil)
		return
	}
	view := s.answerView(reply)
	view.PrivateMetadata = i.View.PrivateMetadata
	done(nil, s.show(ctx, i, view, kind == buttonAsk))
}

// asker is a message of a person who asks in a window, where nothing stays. A
// window that is about a channel has it for its private_metadata, which the bot
// alone can set.
func (s *Slack) asker(i *slackapi.InteractionCallback, id string) bot.Message {
	return bot.Message{
		ID: id, Target: bot.Target{Platform: s.Name(), Channel: cmp.Or(i.View.PrivateMetadata, i.User.ID)},
		Conversation: i.User.ID + "/view", Author: i.User.ID, Private: true,
	}
}

// show shows a window: over the Home tab, on the window that was pressed in, or
// in its place. Three windows lie on each other at most
// (docs.slack.dev/surfaces/modals), here two.
func (s *Slack) show(ctx context.Context, i *slackapi.InteractionCallback, view slackapi.ModalViewRequest, instead bool) error {
	var err error
	switch {
	case i.View.Type != slackapi.VTModal:
		_, err = s.api.OpenViewContext(ctx, i.TriggerID, view)
	case instead || i.View.PreviousViewID != "":
		_, err = s.api.UpdateViewContext(ctx, view, "", i.View.Hash, i.View.ID)
	default:
		_, err = s.api.PushViewContext(ctx, i.TriggerID, view)
	}
	if codeOf(err) == "hash_conflict" || codeOf(err) == "not_found" { // the person has gone on, or closed it
		return nil
	}
	if err != nil {
		s.log.Warn("a window could not be shown", "error", err)
	}
	return err
}

// takeShortcut opens the form.
func (s *Slack) takeShortcut(ctx context.Context, in bot.Intake, i *slackapi.InteractionCallback, done acknowledge) {
	done(nil, s.show(ctx, i, formView(in.Form()), true))
}

// takeForm answers a form that is sent: the answer takes its place.
func (s *Slack) takeForm(ctx context.Context, in bot.Intake, i *slackapi.InteractionCallback, done acknowledge) {
	code, err := in.Form().Code(selection(i.View.State))
	if missing := (*bot.FormError)(nil); errors.As(err, &missing) {
		done(slackapi.NewErrorsViewSubmissionResponse(map[string]string{string(missing.Field): missing.Text}), nil)
		return
	}
	m := s.asker(i, "slack/"+i.Team.ID+"/"+i.User.ID+"/form/"+i.View.ID+"/"+i.View.Hash)
	m.Act, m.Code = bot.Again, code
	reply, err := in.Answer(ctx, m)
	view := s.answerView(reply)
	if err != nil || len(reply.Parts) == 0 {
		view = s.noteView(bot.Apology)
	}
	done(slackapi.NewUpdateViewSubmissionResponse(&view), nil)
}
