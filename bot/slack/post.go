package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
	"reportbot/bot/outbox"
)

// The pace of posts to one channel: one a second, with short bursts
// (docs.slack.dev/apis/web-api/rate-limits, chat.postMessage). It is a little
// slower, since posts do not take the same time each.
const (
	postEvery = 1050 * time.Millisecond
	postBurst = 3
)

// metadataType marks the bot's replies, with the ID of the message that each
// answers (docs.slack.dev/messaging/message-metadata).
const metadataType = "reportbot_reply"

// The keys of the metadata.
const (
	metadataID   = "id"
	metadataPart = "part"
)

// Post sends a reply. Slack has no way to post a message once only, so that
// after an uncertain try the thread is read back first; so it is where the reply
// takes the place of another one, to find that.
func (s *Slack) Post(ctx context.Context, post bot.Post) error {
	messages := render(post.Reply, renderOptions{Value: s.signer.value, Buttons: true, Pictures: post.Digest || asksChart(&post.Reply)})
	var there map[int]string
	if post.MayBeThere || post.Replaces != "" {
		var err error
		if there, err = s.posted(ctx, post); err != nil {
			return outcome(post, err)
		}
	}
	changed := false
	for part, m := range messages {
		ts, is := there[part]
		if is && post.Replaces == "" {
			continue
		}
		if err := s.put(ctx, post, part, m, ts); err != nil {
			return outcome(post, err)
		}
		changed = true
	}
	parts, filed, err := s.putFile(ctx, post, len(messages), there)
	if err != nil {
		return outcome(post, err)
	}
	changed = changed || filed
	for part, ts := range there { // of a longer reply that this one replaces
		if part != partFile && part < parts || part == partFile && sheetOf(&post.Reply) != nil {
			continue
		}
		if err := s.remove(ctx, post.Target.Channel, ts); err != nil {
			return outcome(post, err)
		}
		changed = true
	}
	if !changed {
		return outbox.ErrAlreadyThere
	}
	return nil
}

// put posts a part of a reply, or changes the message that has its place.
func (s *Slack) put(ctx context.Context, post bot.Post, part int, m message, ts string) error {
	m, err := s.draw(ctx, post, m)
	if err != nil {
		return err
	}
	waited, err := s.waitTurn(ctx, post.Target)
	if err != nil {
		return err
	}
	m, err = s.putCharted(ctx, post, part, m, ts)
	if ts != "" && cannotUpdate(err) {
		ts = ""
		m, err = s.putCharted(ctx, post, part, m, ts)
	}
	if code := codeOf(err); badForm(code) && len(m.Blocks) > 0 {
		s.log.Warn("Slack does not take the blocks of a reply; its text is posted alone", "message", post.ID, "error", code)
		err = s.putAs(ctx, post, part, message{Text: m.Text}, ts)
	}
	limited := (*slackapi.RateLimitedError)(nil)
	switch {
	case errors.As(err, &limited):
		s.showStatus(ctx, post.Target, slackapi.AgentSessionStatusProcessing)
	case err == nil && (waited || post.MayBeThere): // it may be shown
		s.showStatus(ctx, post.Target, slackapi.AgentSessionStatusActive)
	}
	return err
}

func (s *Slack) putAs(ctx context.Context, post bot.Post, part int, m message, ts string) error {
	options := []slackapi.MsgOption{
		slackapi.MsgOptionText(m.Text, false),
		slackapi.MsgOptionDisableMarkdown(),
		slackapi.MsgOptionParse(false),
		slackapi.MsgOptionBlocks(m.Blocks...),
		slackapi.MsgOptionDisableLinkUnfurl(),
		slackapi.MsgOptionDisableMediaUnfurl(),
		slackapi.MsgOptionMetadata(slackapi.SlackMetadata{
			EventType: metadataType, EventPayload: map[string]any{metadataID: replyTo(post), metadataPart: part},
		}),
	}
	if ts != "" {
		_, _, _, err := s.api.UpdateMessageContext(ctx, post.Target.Channel, ts, options...)
		return err
	}
	if post.Target.Thread != "" {
		options = append(options, slackapi.MsgOptionTS(post.Target.Thread))
	}
	_, _, err := s.api.PostMessageContext(ctx, post.Target.Channel, options...)
	return err
}

// remove deletes a message of the bot's; one that is gone already is no error.
func (s *Slack) remove(ctx context.Context, channel, ts string) error {
	if err := s.pace.Wait(ctx, channel); err != nil {
		return err
	}
	_, _, err := s.api.DeleteMessageContext(ctx, channel, ts)
	switch codeOf(err) {
	case "message_not_found":
		return nil
	case "cant_delete_message", "compliance_exports_prevent_deletion":
		s.log.Warn("the workspace does not let the bot delete a reply", "error", err)
		return nil
	}
	return err
}

// replyTo is the ID of the message that a post is the reply to.
func replyTo(post bot.Post) string { return cmp.Or(post.Replaces, post.ID) }

// waitTurn waits until a post to a channel may go. A person who has to wait
// sees that the bot is at work.
func (s *Slack) waitTurn(ctx context.Context, to bot.Target) (waited bool, err error) {
	if waited = s.pace.Delay(to.Channel) > showWork; waited {
		s.showStatus(ctx, to, slackapi.AgentSessionStatusProcessing)
	}
	return waited, s.pace.Wait(ctx, to.Channel)
}

// showWork is how long a person waits without a sign.
const showWork = time.Second

// showStatus shows in a direct message whether the bot is at work
// (docs.slack.dev/ai/agent-sessions); most answers are there before that could
// be seen. It is a courtesy: where it cannot be shown, the reply comes all the same.
func (s *Slack) showStatus(ctx context.Context, to bot.Target, status string) {
	if !s.config.AgentView || to.Thread == "" || !direct(to.Channel) {
		return
	}
	_, err := s.api.SetAgentSessionStatusContext(ctx, slackapi.AgentSessionSetStatusParameters{
		Status: status, ChannelID: to.Channel, ThreadTS: to.Thread,
	})
	if err != nil {
		s.log.Debug("whether the bot is at work could not be shown", "error", err)
	}
}

// direct says whether a channel is that of direct messages with the bot
// (docs.slack.dev/apis/web-api/using-the-conversations-api).
func direct(channel string) bool { return strings.HasPrefix(channel, "D") }

// How much is read to find a reply: pages of so many messages, at most so many.
const (
	readBack  = 200 // docs.slack.dev/reference/methods/conversations.replies, limit: no more than 200 is advised
	readPages = 10
)

// posted are the parts of a reply that are there already, and the ts of each.
func (s *Slack) posted(ctx context.Context, post bot.Post) (map[int]string, error) {
	there := map[int]string{}
	cursor := ""
	for range readPages {
		messages, next, err := s.read(ctx, post, cursor)
		if codeOf(err) == "thread_not_found" { // the question was deleted, and has no replies
			return there, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading back what was posted: %w", err)
		}
		for i := range messages {
			m := &messages[i].Metadata
			if slices.ContainsFunc(messages[i].Files, func(f slackapi.File) bool { return f.Name == sheetName(post) }) {
				there[partFile] = messages[i].Timestamp
			}
			if m.EventType != metadataType || m.EventPayload[metadataID] != replyTo(post) {
				continue
			}
			if part, ok := m.EventPayload[metadataPart].(float64); ok {
				there[int(part)] = messages[i].Timestamp
			}
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	return there, nil
}

// earliest is the ts before which a post cannot be there: that of the message
// that it answers; of a digest, some time before its day begins anywhere. Empty:
// not known.
func earliest(post bot.Post) string {
	if !post.Digest {
		return timeIn(replyTo(post))
	}
	day, err := time.Parse(time.DateOnly, post.ID[strings.LastIndexByte(post.ID, '/')+1:])
	if err != nil {
		return ""
	}
	return strconv.FormatInt(day.Add(-24*time.Hour).Unix(), 10)
}

// read reads a page of the thread or the channel that a reply goes to, from the
// message on that it answers.
func (s *Slack) read(ctx context.Context, post bot.Post, cursor string) (messages []slackapi.Message, next string, err error) {
	oldest := earliest(post)
	if post.Target.Thread != "" {
		messages, _, next, err = s.api.GetConversationRepliesContext(ctx, &slackapi.GetConversationRepliesParameters{
			ChannelID: post.Target.Channel, Timestamp: post.Target.Thread, Oldest: oldest, Cursor: cursor, Limit: readBack, IncludeAllMetadata: true,
		})
		return messages, next, err
	}
	history, err := s.api.GetConversationHistoryContext(ctx, &slackapi.GetConversationHistoryParameters{
		ChannelID: post.Target.Channel, Oldest: oldest, Cursor: cursor, Limit: readBack, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, "", err
	}
	return history.Messages, history.ResponseMetaData.NextCursor, nil
}

// outcome tells the outbox what an error of Slack's means.
func outcome(post bot.Post, err error) error {
	var limited *slackapi.RateLimitedError
	if errors.As(err, &limited) {
		return &outbox.Wait{For: limited.RetryAfter}
	}
	code := codeOf(err)
	switch reason := refusal(code); {
	case post.Digest && cmp.Or(reason, removal(code)) != "":
		return &outbox.Refused{Reason: cmp.Or(reason, removal(code))} // people are told, without Slack's word for it
	case reason != "":
		return &outbox.Refused{Reason: reason + " (" + code + ")"}
	}
	return err
}

// codeOf is the error that Slack answered, empty for any other.
func codeOf(err error) string {
	var answer slackapi.SlackErrorResponse
	if !errors.As(err, &answer) {
		return ""
	}
	return answer.Err
}

// badForm says whether an error is about the form of a message.
func badForm(code string) bool {
	switch code {
	case "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "only_one_table_allowed", "no_text", "metadata_too_large":
		return true
	}
	return false
}

// cannotUpdate says whether an error means that a message cannot be changed, so
// that its new text is posted beside it (docs.slack.dev/reference/methods/chat.update, errors).
func cannotUpdate(err error) bool {
	switch codeOf(err) {
	case "message_not_found", "cant_update_message", "edit_window_closed":
		return true
	}
	return false
}

// refusal is why Slack will never take a reply, empty for what may pass
// (docs.slack.dev/reference/methods/chat.postMessage, errors).
func refusal(code string) string {
	if badForm(code) {
		return "Slack does not take a message of this form"
	}
	switch code {
	case "channel_not_found":
		return "the channel is gone, or the bot may not see it"
	case "not_in_channel":
		return "the bot is not in the channel; invite it"
	case "is_archived":
		return "the channel is archived"
	case "restricted_action", "restricted_action_thread_only_channel", "restricted_action_read_only_channel", "restricted_action_non_threadable_channel":
		return "the workspace does not let the bot write there"
	case "access_denied", "no_permission", "channel_is_limited_access", "team_access_not_granted", "org_login_required":
		return "the bot may not write there"
	case "ekm_access_denied":
		return "the administrators have suspended posting"
	case "message_limit_exceeded":
		return "the workspace takes no more messages"
	case "messages_tab_disabled", "cannot_reply_to_message", "thread_not_found":
		return "there can be no reply to that message"
	}
	return ""
}

// removal is why no digest comes where the bot was removed, empty for other
// errors. Replies are kept for a while: somebody waits for them, and the app may
// be installed again. A token that is merely wrong is the operator's to mend, and
// costs no digest.
func removal(code string) string {
	switch code {
	case "account_inactive", "token_revoked":
		return "the bot was removed from the workspace"
	}
	return ""
}
