package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
)

var (
	_ bot.Governor = (*Slack)(nil)
	_ bot.Spreader = (*Slack)(nil)
)

// digestsPerSecond is how many digests are stored a second. Slack takes "several
// hundred messages per minute" over all channels of a workspace, and of each call
// that uploads a picture 100 or more a minute
// (docs.slack.dev/apis/web-api/rate-limits: posting messages, tier 4): 75 a
// minute leave room for replies and their charts.
const digestsPerSecond = 1.25

// DigestsPerSecond is of bot.Spreader.
func (*Slack) DigestsPerSecond() float64 { return digestsPerSecond }

// Zone is of bot.Governor: the zone of the person's profile.
func (s *Slack) Zone(ctx context.Context, m bot.Message) (string, error) {
	one, err := s.person(ctx, m.Author)
	return one.zone, err
}

// What those are told who may not set digests up.
const (
	refusedGuest = "Guests cannot set digests up. Please ask a member of this channel who is no guest."
	refusedOther = "I cannot see that you are in that channel. Please write /report digest in the channel itself, or ask one of its members."
	refusedDM    = "Those are the direct messages of others. Please ask them, or choose a channel."
	refusedScope = "I cannot see who is a guest here, since this app lacks the permission users:read. Please ask those who run the bot to install it again."
)

// MayManage is of bot.Governor: those on the list of the configuration may; where
// there is none, members of the channel who are not guests, and everybody in
// their own direct messages.
func (s *Slack) MayManage(ctx context.Context, m bot.Message) (refusal string, err error) {
	if managers := s.config.DigestManagers; len(managers) > 0 {
		if slices.Contains(managers, m.Author) {
			return "", nil
		}
		return s.askManagers(ctx), nil
	}
	if direct(m.Target.Channel) {
		return s.mayInDirect(ctx, m)
	}
	one, err := s.person(ctx, m.Author)
	switch {
	case codeOf(err) == "missing_scope":
		return refusedScope, nil
	case err != nil:
		return "", fmt.Errorf("asking about a person: %w", err)
	case one.guest:
		return refusedGuest, nil
	case writtenThere(m.ID):
		return "", nil
	}
	is, err := s.isIn(ctx, m.Author, m.Target.Channel)
	if err != nil {
		return "", fmt.Errorf("asking for a person's channels: %w", err)
	}
	if !is {
		return refusedOther, nil
	}
	return "", nil
}

func (s *Slack) mayInDirect(ctx context.Context, m bot.Message) (refusal string, err error) {
	if writtenThere(m.ID) {
		return "", nil
	}
	own, err := s.ownChannel(ctx, m.Author)
	if err != nil {
		return "", fmt.Errorf("asking for a person's direct messages: %w", err)
	}
	if own != m.Target.Channel {
		return refusedDM, nil
	}
	return "", nil
}

// writtenThere says whether a message was written in its channel, or is a command
// that was given there: Slack lets nobody do so who is not in it. A button can be
// pressed, and a window be open, elsewhere.
func writtenThere(id string) bool {
	parts := strings.Split(id, "/")
	return timeIn(id) != "" || len(parts) > 3 && parts[3] == idCommand
}

// idCommand stands in the ID of a command in place of the ts of a message.
const idCommand = "command"

// mostNamed is how many people are named whom one can ask.
const mostNamed = 3

// askManagers names those who may, as far as Slack tells their names. A name is
// text: nobody is called by it.
func (s *Slack) askManagers(ctx context.Context) string {
	var names []string
	for _, user := range s.config.DigestManagers {
		if len(names) == mostNamed {
			break
		}
		one, err := s.person(ctx, user)
		if err != nil {
			s.log.Warn("the name of a manager of digests could not be asked for", "error", err)
			break
		}
		if one.name != "" {
			names = append(names, one.name)
		}
	}
	const only = "Only those whom the bot's configuration names can set digests up here."
	switch n := len(names); n {
	case 0:
		return only + " Please ask those who run the bot who they are."
	case 1:
		return only + " Please ask " + names[0] + "."
	default:
		return only + " Please ask " + strings.Join(names[:n-1], ", ") + " or " + names[n-1] + "."
	}
}

// cannotPost is why the bot could not post in a channel, in a sentence for the
// person who wants it to; empty where it can, or Slack does not tell.
func (s *Slack) cannotPost(ctx context.Context, channel, user string) string {
	if direct(channel) {
		if own, err := s.ownChannel(ctx, user); err == nil && own != channel {
			return "I can write in your direct messages with me, and in channels that I am in, but not in the direct messages of others."
		}
		return ""
	}
	info, err := s.api.GetConversationInfoContext(ctx, &slackapi.GetConversationInfoInput{ChannelID: channel})
	switch {
	case codeOf(err) == "channel_not_found", err == nil && !info.IsMember:
		return "I am not in that channel. Please invite me first, by writing there: /invite @" + s.who().name
	case err == nil && info.IsArchived:
		return "That channel is archived."
	case err != nil:
		s.log.Warn("whether the bot is in a channel could not be asked for", "error", err)
	}
	return ""
}
