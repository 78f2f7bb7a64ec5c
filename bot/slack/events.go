package slack

import (
	"context"
	"strings"

	"github.com/slack-go/slack/slackevents"

	"reportbot/bot"
)

// incoming is a message that is for the bot, nil for one that is not.
func (s *Slack) incoming(ctx context.Context, in bot.Intake, event slackevents.EventsAPIEvent) *bot.Message {
	switch e := event.InnerEvent.Data.(type) {
	case *slackevents.AppMentionEvent:
		if e.BotID != "" || s.own(e.User) || e.Edited != nil {
			return nil
		}
		return s.message(event.TeamID, written{e.Channel, e.TimeStamp, e.ThreadTimeStamp, e.User, e.Text, false})
	case *slackevents.MessageEvent:
		return s.incomingMessage(ctx, in, event.TeamID, e)
	}
	return nil
}

func (s *Slack) own(user string) bool { return user == "" || user == s.who().user }

// written is a message as Slack has it.
type written struct {
	channel, ts, thread, user, text string
	direct                          bool
}

// incomingMessage takes direct messages, and what is written in a thread that
// the bot was asked in. A message that mentions the bot comes as an app_mention
// besides, and is taken there.
func (s *Slack) incomingMessage(ctx context.Context, in bot.Intake, team string, e *slackevents.MessageEvent) *bot.Message {
	if e.BotID != "" || s.own(e.User) || e.SubType != "" && e.SubType != "file_share" && e.SubType != "thread_broadcast" {
		return nil
	}
	m := s.message(team, written{e.Channel, e.TimeStamp, e.ThreadTimeStamp, e.User, e.Text, e.ChannelType == "im"})
	switch {
	case e.ChannelType == "im":
		return m
	case !s.config.Threads, e.ThreadTimeStamp == "", mentions(e.Text, s.who().user), !in.Knows(ctx, *m):
		return nil
	}
	return m
}

// message is a written message for the bot. The same message may come under
// several event ids; channel and ts are what stays the same.
func (s *Slack) message(team string, w written) *bot.Message {
	thread := w.thread
	if thread == "" && !w.direct {
		thread = w.ts // replies in a channel stand in the thread of the question
	}
	return &bot.Message{
		ID:           strings.Join([]string{"slack", team, w.channel, w.ts}, "/"),
		Target:       bot.Target{Platform: s.Name(), Channel: w.channel, Thread: thread},
		Conversation: w.channel + "/" + thread, // a thread is one conversation of all who write in it
		Author:       w.user,
		Text:         s.markup.plain(w.text),
	}
}
