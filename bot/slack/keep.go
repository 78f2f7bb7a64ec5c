package slack

import (
	"context"
	"fmt"

	slackapi "github.com/slack-go/slack"

	"reportbot/answers"
	"reportbot/bot"
)

// toDirect sends what a button of a kind stands for to a person's direct
// messages, through the outbox.
func (s *Slack) toDirect(ctx context.Context, in bot.Intake, m bot.Message, kind, code string) error {
	m, ok := wanted(m, kind, code)
	if !ok {
		return fmt.Errorf("a button of the kind %s sends nothing", kind)
	}
	return in.Handle(ctx, m)
}

// keep sends the answer of a window to the person's direct messages.
func (s *Slack) keep(ctx context.Context, in bot.Intake, i *slackapi.InteractionCallback, kind, code string, done acknowledge) {
	channel, err := s.ownChannel(ctx, i.User.ID)
	if err != nil {
		s.log.Warn("a direct message could not be opened", "error", err)
		done(nil, s.show(ctx, i, s.noteView(bot.Apology), false))
		return
	}
	m := s.asker(i, s.pressID(i, channel))
	m.Target.Channel = channel
	if err := s.toDirect(ctx, in, m, kind, code); err != nil {
		done(nil, err)
		return
	}
	done(nil, s.show(ctx, i, s.noteView(kept(kind)), false))
}

// keepBeside sends a chart or a file to direct messages, where its button is at
// a message that the person alone sees.
func (s *Slack) keepBeside(ctx context.Context, in bot.Intake, i *slackapi.InteractionCallback, kind, code string, done acknowledge) {
	channel, err := s.ownChannel(ctx, i.User.ID)
	if err != nil {
		s.log.Warn("a direct message could not be opened", "error", err)
		done(nil, nil)
		s.whisper(ctx, i, notKept(kind))
		return
	}
	m := s.asker(i, s.pressID(i, channel))
	m.Target.Channel = channel
	err = s.toDirect(ctx, in, m, kind, code)
	done(nil, err)
	if err == nil {
		s.whisper(ctx, i, kept(kind))
	}
}

// kept tells where something was sent, and why there.
func kept(kind string) string {
	switch kind {
	case buttonChart:
		return "The chart is in your direct messages with me: what you alone see here cannot hold one."
	case buttonCSV:
		return "The CSV file is in your direct messages with me: what you alone see here cannot hold one."
	}
	return "It is in your direct messages with me."
}

func notKept(kind string) string {
	what := map[string]string{buttonChart: "chart", buttonCSV: "CSV file"}[kind]
	return "The " + what + " could not be sent to your direct messages. Please ask for it in a message to me."
}

// besideCommand sends the chart or the file that a command asked for to direct
// messages, and says so in the reply, which the person alone sees.
func (s *Slack) besideCommand(ctx context.Context, in bot.Intake, id string, c slackapi.SlashCommand, r bot.Reply) bot.Reply {
	kind := ""
	for i := range r.Parts {
		switch p := &r.Parts[i]; {
		case asksChart(&r) && p.Chart != nil:
			kind = buttonChart
		case r.Form == answers.FormCSV && p.Sheet != nil:
			kind = buttonCSV
		}
	}
	if kind == "" || r.Code == "" {
		return r
	}
	said := kept(kind)
	channel, err := s.ownChannel(ctx, c.UserID)
	if err == nil {
		err = s.toDirect(ctx, in, bot.Message{
			ID: id + "/" + kind, Target: bot.Target{Platform: s.Name(), Channel: channel},
			Conversation: c.UserID + "/view", Author: c.UserID, Private: true,
		}, kind, r.Code)
	}
	if err != nil {
		s.log.Warn("what a command asked for could not be sent to direct messages", "error", err)
		said = notKept(kind)
	}
	last := &r.Parts[len(r.Parts)-1]
	last.Body = append(last.Body[:len(last.Body):len(last.Body)], answers.Block{Text: said})
	return r
}
