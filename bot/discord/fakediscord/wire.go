package fakediscord

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"time"
)

// stamp is a time as Discord writes it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000-07:00") }

// wireUser is a person (resources/user).
func (s *State) wireUser(id string) object {
	u := s.users[id]
	if u == nil {
		u = &User{ID: id, Name: "unknown"}
	}
	out := object{"id": u.ID, "username": u.Name, "global_name": nil, "avatar": nil, "discriminator": "0",
		"public_flags": 0, "flags": 0, "primary_guild": nil}
	if u.Bot {
		out["bot"] = true
	}
	return out
}

// wireMember is a person in a guild, without the person (resources/guild).
func (s *State) wireMember(g *Guild, user string) object {
	return object{"roles": append([]string{}, g.has[user]...), "joined_at": stamp(time.UnixMilli(epoch)), "deaf": false, "mute": false, "flags": 0,
		"nick": nil, "avatar": nil, "banner": nil, "premium_since": nil, "pending": false, "communication_disabled_until": nil}
}

// wireChannel is a channel (resources/channel).
func (s *State) wireChannel(c *Channel) object {
	out := object{"id": c.ID, "type": int(c.Kind), "flags": 0, "last_message_id": nil}
	if list := s.messages[c.ID]; len(list) > 0 {
		out["last_message_id"] = list[len(list)-1].ID
	}
	switch c.Kind {
	case DM, Group:
		recipients := []object{}
		for _, user := range c.Members {
			recipients = append(recipients, s.wireUser(user))
		}
		out["recipients"] = recipients
		if c.Kind == Group {
			out["name"], out["icon"], out["owner_id"] = c.Name, nil, c.Members[0]
		}
		return out
	case Thread:
		out["thread_metadata"] = object{"archived": false, "auto_archive_duration": 1440, "archive_timestamp": stamp(time.UnixMilli(epoch)), "locked": false}
		out["owner_id"], out["message_count"], out["member_count"], out["total_message_sent"] = BotUser, 0, 1, 0
	default:
		out["position"], out["permission_overwrites"], out["nsfw"], out["topic"] = 0, s.wireOverwrites(c), false, nil
	}
	out["guild_id"], out["name"], out["parent_id"], out["rate_limit_per_user"] = c.Guild, c.Name, nil, 0
	if c.Parent != "" {
		out["parent_id"] = c.Parent
	}
	return out
}

// wireGuild is a guild as GUILD_CREATE has it (events/gateway-events).
func (s *State) wireGuild(g *Guild) object {
	channels, threads := []object{}, []object{}
	for _, id := range slices.Sorted(maps.Keys(s.channels)) {
		c := s.channels[id]
		switch {
		case c.Guild != g.ID || !s.may(c, ViewChannel):
		case c.Kind == Thread:
			threads = append(threads, s.wireChannel(c))
		default:
			channels = append(channels, s.wireChannel(c))
		}
	}
	bot := s.wireMember(g, BotUser)
	bot["user"] = s.wireUser(BotUser)
	return object{"id": g.ID, "name": g.Name, "icon": nil, "owner_id": g.owner(), "preferred_locale": g.Locale, "features": []string{},
		"roles": g.wireRoles(), "emojis": []object{}, "stickers": []object{}, "members": []object{bot}, "channels": channels,
		"threads": threads, "presences": []object{}, "voice_states": []object{}, "stage_instances": []object{},
		"guild_scheduled_events": []object{}, "soundboard_sounds": []object{}, "member_count": len(s.users), "large": false,
		"unavailable": false, "joined_at": stamp(time.UnixMilli(epoch)), "verification_level": 0, "default_message_notifications": 0,
		"explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "system_channel_flags": 0,
		"afk_timeout": 300, "afk_channel_id": nil, "system_channel_id": nil, "rules_channel_id": nil,
		"public_updates_channel_id": nil, "application_id": nil, "region": "deprecated", "vanity_url_code": nil,
		"description": nil, "banner": nil, "splash": nil, "discovery_splash": nil, "premium_progress_bar_enabled": false,
		"safety_alerts_channel_id": nil}
}

// wireMessage is a message with all that is in it (resources/message).
func (d *Discord) wireMessage(m *Message) object {
	s := &d.state
	out := object{"id": m.ID, "channel_id": m.Channel, "type": m.typed, "content": m.Content, "author": s.wireUser(m.Author),
		"timestamp": stamp(m.at), "edited_timestamp": nil, "flags": m.Flags, "pinned": false, "tts": false,
		"mention_everyone": slices.Contains(m.Pings, "everyone"), "mention_roles": []string{},
		"embeds": listOr(m.Embeds), "components": listOr(m.Components), "attachments": d.wireAttachments(m)}
	if m.Edits > 0 {
		out["edited_timestamp"] = stamp(m.EditedAt)
	}
	mentions := []object{}
	for _, id := range m.mentioned {
		mentions = append(mentions, s.wireUser(id))
	}
	out["mentions"] = mentions
	if m.App {
		out["application_id"] = AppID
	}
	if m.Interaction != "" {
		out["webhook_id"], out["interaction_metadata"] = AppID, m.command
	}
	d.wireReply(out, m)
	maps.Copy(out, m.extra)
	return out
}

func listOr(v json.RawMessage) json.RawMessage {
	if v == nil {
		return json.RawMessage("[]")
	}
	return v
}

func (d *Discord) wireReply(out object, m *Message) {
	if m.ReplyTo == "" {
		return
	}
	out["message_reference"] = object{"type": 0, "channel_id": m.Channel, "message_id": m.ReplyTo}
	if m.Guild != "" {
		out["message_reference"] = object{"type": 0, "channel_id": m.Channel, "message_id": m.ReplyTo, "guild_id": m.Guild}
	}
	out["referenced_message"] = nil
	if first := d.state.find(m.Channel, m.ReplyTo); first != nil && !first.Deleted {
		basic := *first
		basic.ReplyTo = "" // only one message is followed
		out["referenced_message"] = d.wireMessage(&basic)
	}
}

func (d *Discord) wireAttachments(m *Message) []object {
	out := []object{}
	for _, a := range m.Attachments {
		address := d.address(m, a)
		o := object{"id": a.ID, "filename": a.Filename, "size": len(a.Data), "url": address, "proxy_url": address}
		if a.Description != "" {
			o["description"] = a.Description
		}
		if a.ContentType != "" {
			o["content_type"] = a.ContentType
		}
		if m.EphemeralTo != "" {
			o["ephemeral"] = true
		}
		out = append(out, o)
	}
	return out
}

// address is where a file of a message is.
func (d *Discord) address(m *Message, a Attachment) string {
	return d.server.URL + "/attachments/" + m.Channel + "/" + a.ID + "/" + a.Filename
}

// open tells whether the bot reads a message without the intent for message
// content: its own, those in DMs, those that mention it or answer it with a
// ping; but not pings through its answers to interactions (events/gateway,
// "Message Content Intent").
func (s *State) open(m *Message) bool {
	if m.Author == BotUser || m.Guild == "" || slices.Contains(mentionsIn(m.Content), BotUser) {
		return true
	}
	first := s.find(m.Channel, m.ReplyTo)
	return first != nil && first.App && first.Interaction == "" && slices.Contains(m.Pings, BotUser)
}

// closed is a message without what only the intent shows.
func closed(message object) object {
	out := maps.Clone(message)
	out["content"], out["embeds"], out["components"], out["attachments"] = "", []any{}, []any{}, []any{}
	return out
}

// wireFor is a message as the app sees it, with or without the intent for
// message content.
func (d *Discord) wireFor(m *Message, content bool) object {
	out := d.wireMessage(m)
	if content {
		return out
	}
	if first, is := out["referenced_message"].(object); is && !d.state.open(d.state.find(m.Channel, m.ReplyTo)) {
		out["referenced_message"] = closed(first)
	}
	if d.state.open(m) {
		return out
	}
	return closed(out)
}

var mention = regexp.MustCompile(`<@!?(\d+)>`)

// mentionsIn are the people named in a text, each once.
func mentionsIn(text string) []string {
	var out []string
	for _, found := range mention.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(out, found[1]) {
			out = append(out, found[1])
		}
	}
	return out
}
