package slack

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
)

// person is what is known of somebody.
type person struct {
	name  string
	zone  string // by its name in the tz database; empty: not told
	guest bool   // of some channels alone, or of another workspace
	asked time.Time
}

// How long what Slack told of a person is taken for true, and of how many it is
// kept.
const (
	personKept = 5 * time.Minute
	mostPeople = 2000
)

// people are the persons that Slack was asked about a short while ago.
type people struct {
	now func() time.Time

	mu    sync.Mutex
	known map[string]person
}

func newPeople(now func() time.Time) *people {
	return &people{now: now, known: map[string]person{}}
}

func (p *people) get(user string) (person, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	one, ok := p.known[user]
	return one, ok && p.now().Sub(one.asked) < personKept
}

// put keeps a person. Where there are too many they are all forgotten: to ask
// again costs less than to know which of them is the oldest.
func (p *people) put(user string, one person) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) >= mostPeople {
		p.known = map[string]person{}
	}
	one.asked = p.now()
	p.known[user] = one
}

// person asks Slack about somebody. Whom the bot may not see is of another
// workspace (docs.slack.dev/reference/methods/users.info, errors).
func (s *Slack) person(ctx context.Context, user string) (person, error) {
	if one, ok := s.people.get(user); ok {
		return one, nil
	}
	var one person
	u, err := s.api.GetUserInfoContext(ctx, user)
	switch code := codeOf(err); {
	case code == "user_not_found", code == "user_not_visible":
		one.guest = true
	case err != nil:
		return person{}, err
	default:
		one = person{
			name: bot.Printable(cmp.Or(u.Profile.DisplayName, u.RealName, u.Name)), zone: u.TZ,
			guest: u.IsRestricted || u.IsUltraRestricted || u.IsStranger || s.elsewhere(u),
		}
	}
	s.people.put(user, one)
	return one, nil
}

// elsewhere says whether somebody is of another workspace, and of none that
// belongs to the same organization as this one.
func (s *Slack) elsewhere(u *slackapi.User) bool {
	team := s.who().team
	return team != "" && u.TeamID != "" && u.TeamID != team && !slices.Contains(u.Enterprise.Teams, team)
}

// channelPages is how many pages are read of the channels that somebody is in:
// few people are in so many.
const channelPages = 3

// channelsOf gives see the channels that somebody is in, without archived ones,
// until it has seen enough; private ones where the bot is too
// (docs.slack.dev/reference/methods/users.conversations).
func (s *Slack) channelsOf(ctx context.Context, user string, see func(*slackapi.Channel) (enough bool)) error {
	cursor := ""
	for range channelPages {
		page, next, err := s.api.GetConversationsForUserContext(ctx, &slackapi.GetConversationsForUserParameters{
			UserID: user, Types: []string{"public_channel", "private_channel"}, Limit: limitListed, ExcludeArchived: true, Cursor: cursor,
		})
		if err != nil {
			return err
		}
		for i := range page {
			if see(&page[i]) {
				return nil
			}
		}
		if cursor = next; cursor == "" {
			return nil
		}
	}
	return nil
}

// isIn says whether somebody is in a channel, as far as can be seen.
func (s *Slack) isIn(ctx context.Context, user, channel string) (is bool, err error) {
	err = s.channelsOf(ctx, user, func(c *slackapi.Channel) bool {
		is = c.ID == channel
		return is
	})
	return is, err
}

// ownChannel is the channel of somebody's direct messages with the bot.
func (s *Slack) ownChannel(ctx context.Context, user string) (string, error) {
	channel, _, _, err := s.api.OpenConversationContext(ctx, &slackapi.OpenConversationParameters{Users: []string{user}, ReturnIM: true})
	if err != nil {
		return "", err
	}
	return channel.ID, nil
}
