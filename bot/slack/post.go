package slack

import (
	"context"
	"errors"
	"fmt"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
	"reportbot/bot/outbox"
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
// after an uncertain try the thread is read back first.
func (s *Slack) Post(ctx context.Context, post bot.Post) error {
	messages := render(post.Reply, renderOptions{Value: s.signer.value, Buttons: true})
	there := map[int]bool{}
	if post.MayBeThere {
		var err error
		if there, err = s.posted(ctx, post); err != nil {
			return outcome(err)
		}
	}
	sent := 0
	for part, m := range messages {
		if there[part] {
			continue
		}
		if err := s.pace.wait(ctx, post.Target.Channel); err != nil {
			return err
		}
		if err := s.postOne(ctx, post, part, m); err != nil {
			return outcome(err)
		}
		sent++
	}
	if sent == 0 {
		return outbox.ErrAlreadyThere
	}
	return nil
}

func (s *Slack) postOne(ctx context.Context, post bot.Post, part int, m message) error {
	options := []slackapi.MsgOption{
		slackapi.MsgOptionText(m.Text, false),
		slackapi.MsgOptionDisableMarkdown(),
		slackapi.MsgOptionParse(false),
		slackapi.MsgOptionBlocks(m.Blocks...),
		slackapi.MsgOptionDisableLinkUnfurl(),
		slackapi.MsgOptionDisableMediaUnfurl(),
		slackapi.MsgOptionMetadata(slackapi.SlackMetadata{
			EventType: metadataType, EventPayload: map[string]any{metadataID: post.ID, metadataPart: part},
		}),
	}
	if post.Target.Thread != "" {
		options = append(options, slackapi.MsgOptionTS(post.Target.Thread))
	}
	_, _, err := s.api.PostMessageContext(ctx, post.Target.Channel, options...)
	return err
}

// readBack is how many of the latest messages are looked through for a reply.
const readBack = 100

// posted is which parts of a reply are there already.
func (s *Slack) posted(ctx context.Context, post bot.Post) (map[int]bool, error) {
	var messages []slackapi.Message
	var err error
	if post.Target.Thread != "" {
		messages, _, _, err = s.api.GetConversationRepliesContext(ctx, &slackapi.GetConversationRepliesParameters{
			ChannelID: post.Target.Channel, Timestamp: post.Target.Thread, Limit: readBack, IncludeAllMetadata: true,
		})
	} else {
		var history *slackapi.GetConversationHistoryResponse
		history, err = s.api.GetConversationHistoryContext(ctx, &slackapi.GetConversationHistoryParameters{
			ChannelID: post.Target.Channel, Limit: readBack, IncludeAllMetadata: true,
		})
		if history != nil {
			messages = history.Messages
		}
	}
	if err != nil {
		return nil, fmt.Errorf("reading back what was posted: %w", err)
	}
	there := map[int]bool{}
	for i := range messages {
		m := &messages[i].Metadata
		if m.EventType != metadataType || m.EventPayload[metadataID] != post.ID {
			continue
		}
		if part, ok := m.EventPayload[metadataPart].(float64); ok {
			there[int(part)] = true
		}
	}
	return there, nil
}

// outcome tells the outbox what an error of Slack's means.
func outcome(err error) error {
	var limited *slackapi.RateLimitedError
	if errors.As(err, &limited) {
		return &outbox.Wait{For: limited.RetryAfter}
	}
	var answer slackapi.SlackErrorResponse
	if !errors.As(err, &answer) {
		return err
	}
	if reason := refusal(answer.Err); reason != "" {
		return &outbox.Refused{Reason: reason + " (" + answer.Err + ")"}
	}
	return err
}

// refusal is why Slack will never take a reply, empty for what may pass
// (docs.slack.dev/reference/methods/chat.postMessage, errors).
func refusal(code string) string {
	switch code {
	case "channel_not_found":
		return "the channel is gone, or the bot may not see it"
	case "not_in_channel":
		return "the bot is not in the channel; invite it"
	case "is_archived":
		return "the channel is archived"
	case "restricted_action", "restricted_action_thread_only_channel", "restricted_action_read_only_channel", "restricted_action_non_threadable_channel":
		return "the workspace does not let the bot write there"
	case "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "only_one_table_allowed", "no_text", "metadata_too_large", "message_limit_exceeded":
		return "Slack does not take a message of this form"
	case "messages_tab_disabled", "cannot_reply_to_message", "thread_not_found":
		return "there can be no reply to that message"
	}
	return ""
}
