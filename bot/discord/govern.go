package discord

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"reportbot/bot"
)

// The permissions that are looked at
// (docs.discord.com/developers/topics/permissions, bitwise permission flags).
const (
	permissionAdministrator  = 1 << 3
	permissionManageChannels = 1 << 4
	permissionView           = 1 << 10
	permissionSend           = 1 << 11
	permissionEmbed          = 1 << 14
	permissionAttach         = 1 << 15
	permissionReadHistory    = 1 << 16
	permissionSendInThreads  = 1 << 38
)

// bits is a set of permissions. Discord writes it as text.
type bits uint64

// UnmarshalJSON reads it; what is no number permits nothing.
func (b *bits) UnmarshalJSON(text []byte) error {
	n, err := strconv.ParseUint(strings.Trim(string(text), `"`), 10, 64)
	if err != nil {
		n = 0
	}
	*b = bits(n)
	return nil
}

func (b bits) manages() bool { return b&(permissionAdministrator|permissionManageChannels) != 0 }

// The kinds of channels that are looked at
// (docs.discord.com/developers/resources/channel, channel types).
const (
	channelDM                 = 1
	channelAnnouncementThread = 10
	channelPublicThread       = 11
	channelPrivateThread      = 12
)

func isThread(kind int) bool {
	return kind == channelAnnouncementThread || kind == channelPublicThread || kind == channelPrivateThread
}

// Whom to ask, where somebody may not set digests up.
const (
	mayNotManage = "Digests of this channel are for those who may manage it. Please ask somebody with the permission \"Manage Channels\", such as a moderator or an administrator of this server."
	notThere     = "A digest needs the bot in the server, and in this channel: here it answers only those who have installed it for themselves. Please ask an administrator of the server to install it there and to let it see this channel."
)

// MayManage is of bot.Governor: the permission to manage the channel. Discord
// tells of it with an interaction; for a text it is asked. What it answers is not
// kept, so that a permission that was taken away counts at once.
func (d *Discord) MayManage(ctx context.Context, m bot.Message) (refusal string, err error) {
	may := m.Manages != nil && *m.Manages
	if m.Manages == nil {
		switch may, err = d.asksWhoManages(ctx, m); {
		case isGone(codeOf(err)):
			return notThere, nil
		case err != nil:
			return "", err
		}
	}
	if !may {
		return mayNotManage, nil
	}
	return "", nil
}

// Zone is of bot.Governor: Discord does not tell.
func (*Discord) Zone(context.Context, bot.Message) (string, error) { return "", nil }

// DigestsPerSecond is of bot.Spreader.
func (*Discord) DigestsPerSecond() float64 { return digestsPerSecond }

// isGone says whether the bot is not where it asks about.
func isGone(code int) bool {
	return noAccess(code) || code == codeUnknownChannel || code == codeUnknownGuild
}

// channelObject is a channel (docs.discord.com/developers/resources/channel).
type channelObject struct {
	Type       int    `json:"type"`
	Guild      string `json:"guild_id"`
	Parent     string `json:"parent_id"`
	Overwrites []struct {
		ID    string `json:"id"`
		Allow bits   `json:"allow"`
		Deny  bits   `json:"deny"`
	} `json:"permission_overwrites"`
}

// guildObject is a server (docs.discord.com/developers/resources/guild).
type guildObject struct {
	ID    string `json:"id"`
	Owner string `json:"owner_id"`
	Roles []struct {
		ID          string `json:"id"`
		Permissions bits   `json:"permissions"`
	} `json:"roles"`
}

// memberObject is somebody in a server (the same page).
type memberObject struct {
	User  person   `json:"user"`
	Roles []string `json:"roles"`
}

// asksWhoManages asks Discord whether the author of a message may manage its
// channel.
func (d *Discord) asksWhoManages(ctx context.Context, m bot.Message) (bool, error) {
	c, err := d.channel(ctx, m.Target.Channel)
	if err != nil || c.Guild == "" {
		return c.Type == channelDM, err
	}
	if isThread(c.Type) { // it has the permissions of the channel that it is in
		if c, err = d.channel(ctx, c.Parent); err != nil {
			return false, err
		}
	}
	var g guildObject
	if err := d.rest.call(ctx, "GET", "guilds/"+c.Guild, nil, &g); err != nil {
		return false, err
	}
	var author memberObject
	err = d.rest.call(ctx, "GET", "guilds/"+c.Guild+"/members/"+m.Author, nil, &author)
	if codeOf(err) == codeUnknownMember { // gone, or not a person
		return false, nil
	}
	return permissionsOf(&author, &g, &c).manages(), err
}

func (d *Discord) channel(ctx context.Context, id string) (c channelObject, err error) {
	err = d.rest.call(ctx, "GET", "channels/"+id, nil, &c)
	return c, err
}

// permissionsOf are those of a member in a channel
// (docs.discord.com/developers/topics/permissions, permission overwrites). Who
// may not see it may do nothing in it (the same page, implicit permissions).
func permissionsOf(m *memberObject, g *guildObject, c *channelObject) bits {
	if m.User.ID == g.Owner {
		return ^bits(0)
	}
	var p bits
	for _, r := range g.Roles {
		if r.ID == g.ID || slices.Contains(m.Roles, r.ID) {
			p |= r.Permissions
		}
	}
	if p&permissionAdministrator != 0 {
		return ^bits(0)
	}
	for _, concerns := range []func(id string) bool{
		func(id string) bool { return id == g.ID }, // everybody
		func(id string) bool { return id != g.ID && slices.Contains(m.Roles, id) },
		func(id string) bool { return id == m.User.ID },
	} {
		var allow, deny bits
		for _, o := range c.Overwrites {
			if concerns(o.ID) {
				allow, deny = allow|o.Allow, deny|o.Deny
			}
		}
		p = p&^deny | allow
	}
	if p&permissionView == 0 {
		return 0
	}
	return p
}
