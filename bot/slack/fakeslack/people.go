package fakeslack

import (
	"strings"
)

// AddUser puts a person in the workspace; who does something is put there anyway.
func (s *Slack) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.users[u.ID] = &u
}

// AddChannel puts a channel in the workspace, or in another's place. A channel
// that somebody does something in is made, with the app in it, if it is not
// there.
func (s *Slack) AddChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.Kind == "" {
		c.Kind = kindOf(c.ID)
	}
	if c.Name == "" {
		c.Name = strings.ToLower(c.ID)
	}
	for _, user := range c.Members {
		s.state.user(user)
	}
	s.state.channels[c.ID] = &c
}

// Archive archives a channel.
func (s *Slack) Archive(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.channel(channel, "").Archived = true
}

// Mention has a person name the app in a channel. Texts are as Slack sends them
// (see Typed); the app's name is put before if it is not in the text.
func (s *Slack) Mention(user, channel, text string) (ts string) {
	return s.MentionIn(user, channel, "", text)
}

// MentionIn is Mention in a thread.
func (s *Slack) MentionIn(user, channel, thread, text string) (ts string) {
	if !strings.Contains(text, "<@"+BotUser+">") {
		text = "<@" + BotUser + "> " + text
	}
	return s.SayIn(user, channel, thread, text)
}

// Say has a person write in a channel.
func (s *Slack) Say(user, channel, text string) (ts string) { return s.SayIn(user, channel, "", text) }

// SayIn has a person write in a thread.
func (s *Slack) SayIn(user, channel, thread, text string) (ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.typeIn(s.state.channel(channel, user), user, thread, text)
}

// DM has a person write to the app alone.
func (s *Slack) DM(user, text string) (ts string) { return s.DMIn(user, "", text) }

// DMIn is DM in a thread.
func (s *Slack) DMIn(user, thread, text string) (ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.typeIn(s.state.direct(user), user, thread, text)
}

// DMChannel is the channel of the messages between a person and the app.
func DMChannel(user string) string { return dm(user) }

// typeIn adds a message of a person; mu is held.
func (s *Slack) typeIn(c *Channel, user, thread, text string) string {
	m := &Message{TS: s.state.ts(s.now()), Thread: thread, Channel: c.ID, User: user, Text: text, Blocks: typed(text)}
	s.state.add(m)
	s.emitMessage(c, s.state.wire(m, true))
	if named(text) {
		s.emitMention(c, m)
	}
	return m.TS
}

func named(text string) bool { return strings.Contains(text, "<@"+BotUser+">") }

// Edit has a person change their message. If the app is named only now, it is
// told as of a mention.
func (s *Slack) Edit(user, channel, ts, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m := s.theirs(user, channel, ts)
	if m == nil {
		return
	}
	before, was := s.state.wire(m, true), named(m.Text)
	m.Text, m.Blocks, m.EditedTS = text, typed(text), s.state.ts(s.now())
	s.emitChanged(c, s.state.wire(m, true), before)
	if named(text) && !was {
		s.emitMention(c, m)
	}
}

// Delete has a person delete their message.
func (s *Slack) Delete(user, channel, ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, m := s.theirs(user, channel, ts); m != nil {
		s.remove(c, m)
	}
}

// theirs is a person's own message; there being none is a mistake of the test.
func (s *Slack) theirs(user, channel, ts string) (*Channel, *Message) {
	m := s.state.find(channel, ts)
	if m == nil || m.Deleted || m.User != user {
		s.t.Errorf("fakeslack: %s has no message %s in %s", user, ts, channel)
		return nil, nil
	}
	return s.state.channels[channel], m
}

// Join has a person, or with BotUser the app, come into a channel.
func (s *Slack) Join(user, channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.state.channel(channel, "")
	s.state.user(user)
	c.join(user)
	s.emitMember("member_joined_channel", c, user)
}

// Leave takes a person, or the app, out of a channel.
func (s *Slack) Leave(user, channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.state.channel(channel, "")
	s.emitMember("member_left_channel", c, user)
	var rest []string
	for _, member := range c.Members {
		if member != user {
			rest = append(rest, member)
		}
	}
	c.Members = rest
}

func (s *Slack) emitMember(kind string, c *Channel, user string) {
	if c.has(BotUser) {
		letter := map[Kind]string{Public: "C", Private: "G"}[c.Kind]
		s.emit(kind, object{"type": kind, "user": user, "channel": c.ID, "channel_type": letter, "team": TeamID,
			"event_ts": s.state.ts(s.now())})
	}
}

// OpenHome has a person open the app: its tab "home" or "messages".
func (s *Slack) OpenHome(user, tab string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.state.direct(user)
	inner := object{"type": "app_home_opened", "user": user, "channel": c.ID, "tab": tab, "event_ts": s.state.ts(s.now())}
	if v, published := s.state.homes[user]; published && tab == "home" {
		inner["view"] = v.wire()
	}
	s.emit("app_home_opened", inner)
}
