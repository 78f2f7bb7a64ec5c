package slack

import (
	"context"
	"strings"

	slackapi "github.com/slack-go/slack"
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
	case *slackevents.MemberJoinedChannelEvent:
		return s.joined(event.TeamID, e)
	}
	return nil
}

// joined is the bot's coming into a channel.
func (s *Slack) joined(team string, e *slackevents.MemberJoinedChannelEvent) *bot.Message {
	if e.User != s.who().user {
		return nil
	}
	return &bot.Message{
		ID:           strings.Join([]string{"slack", team, e.Channel, "joined"}, "/"),
		Target:       bot.Target{Platform: s.Name(), Channel: e.Channel},
		Conversation: e.Channel + "/joined",
		Act:          bot.Hello,
	}
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
	switch e.SubType {
	case slackapi.MsgSubTypeMessageChanged, slackapi.MsgSubTypeMessageDeleted:
		return s.changed(ctx, in, team, e)
	}
	if e.BotID != "" || s.own(e.User) || e.SubType != "" && e.SubType != "file_share" && e.SubType != "thread_broadcast" {
		return nil
	}
	w := written{e.Channel, e.TimeStamp, e.ThreadTimeStamp, e.User, e.Text, e.ChannelType == slackevents.ChannelTypeIM}
	m := s.message(team, w)
	if !w.direct && (mentions(e.Text, s.who().user) || !s.followsUp(ctx, in, w, m)) {
		return nil
	}
	return m
}

// followsUp says whether a message stands in a thread that the bot was asked in.
func (s *Slack) followsUp(ctx context.Context, in bot.Intake, w written, m *bot.Message) bool {
	return s.config.Threads && w.thread != "" && w.thread != w.ts && in.Knows(ctx, *m)
}

// changed is a message that was edited or deleted, where it was for the bot.
// Slack tells of its own additions to a message, such as a preview of a link,
// in the same way. A message with replies that is deleted stays as a tombstone.
func (s *Slack) changed(ctx context.Context, in bot.Intake, team string, e *slackevents.MessageEvent) *bot.Message {
	was, is := e.PreviousMessage, e.Message
	if was == nil || was.BotID != "" || s.own(was.User) {
		return nil
	}
	deleted := e.SubType == slackapi.MsgSubTypeMessageDeleted || is != nil && is.SubType == "tombstone"
	if deleted && !s.config.Deletions || !deleted && (!s.config.Edits || is == nil || is.Text == was.Text) {
		return nil
	}
	w := written{e.Channel, was.Timestamp, was.ThreadTimestamp, was.User, was.Text, e.ChannelType == slackevents.ChannelTypeIM}
	version := "deleted"
	named := mentions(was.Text, s.who().user)
	if !deleted {
		w.text, version = is.Text, "edited/"+e.EventTimeStamp
		if is.Edited != nil {
			version = "edited/" + is.Edited.Timestamp
		}
		named = named || mentions(is.Text, s.who().user)
	}
	m := s.message(team, w)
	if !w.direct && !named && !s.followsUp(ctx, in, w, m) {
		return nil
	}
	m.Replaces, m.ID = m.ID, m.ID+"/"+version
	if deleted {
		m.Act = bot.Withdraw
	}
	return m
}

// timeIn is the ts in the ID of a written message, empty where there is none.
func timeIn(id string) string {
	parts := strings.Split(id, "/")
	if len(parts) < 4 || !strings.Contains(parts[3], ".") {
		return ""
	}
	return parts[3]
}

// message is a written message for the bot. The same message may come under
// several event ids; channel and ts are what stays the same.
func (s *Slack) message(team string, w written) *bot.Message {
	thread := w.thread
	if thread == "" && (!w.direct || s.config.AgentView) {
		thread = w.ts // the reply stands in the thread of the question
	}
	return &bot.Message{
		ID:           strings.Join([]string{"slack", team, w.channel, w.ts}, "/"),
		Target:       bot.Target{Platform: s.Name(), Channel: w.channel, Thread: thread},
		Conversation: w.channel + "/" + thread, // a thread is one conversation of all who write in it
		Author:       w.user,
		Text:         s.markup.plain(w.text),
	}
}
