package fakeslack

import "slices"

// reacted is the message of a call about a reaction.
func (s *Slack) reacted(a args) (*Message, *refusal) {
	c, refused := s.joined(a)
	if refused != nil {
		return nil, refused
	}
	m := s.state.find(c.ID, a.text("timestamp"))
	switch {
	case a.text("name") == "":
		return nil, refuse("invalid_name")
	case m == nil, m.Deleted:
		return nil, refuse("message_not_found")
	}
	return m, nil
}

// joined is the channel of a call, if the app is in it.
func (s *Slack) joined(a args) (*Channel, *refusal) {
	c := s.state.channels[a.text("channel")]
	switch {
	case c == nil, c.Kind != Public && !c.has(BotUser):
		return nil, refuse("channel_not_found")
	case !c.has(BotUser):
		return nil, refuse("not_in_channel")
	case c.Archived:
		return nil, refuse("is_archived")
	}
	return c, nil
}

// addReaction is reactions.add.
func (s *Slack) addReaction(a args) (object, *refusal) {
	m, refused := s.reacted(a)
	if refused != nil {
		return nil, refused
	}
	if !m.react(a.text("name"), BotUser) {
		return nil, refuse("already_reacted")
	}
	s.emitReaction("reaction_added", m, a.text("name"), BotUser)
	return nil, nil
}

// removeReaction is reactions.remove.
func (s *Slack) removeReaction(a args) (object, *refusal) {
	m, refused := s.reacted(a)
	if refused != nil {
		return nil, refused
	}
	if !m.unreact(a.text("name"), BotUser) {
		return nil, refuse("no_reaction")
	}
	s.emitReaction("reaction_removed", m, a.text("name"), BotUser)
	return nil, nil
}

// React adds a person's emoji to a message.
func (s *Slack) React(user, channel, ts, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.channel(channel, user)
	if m := s.state.find(channel, ts); m != nil && m.react(name, user) {
		s.emitReaction("reaction_added", m, name, user)
	}
}

// react adds an emoji; false if it was there.
func (m *Message) react(name, user string) bool {
	for i, r := range m.Reactions {
		if r.Name != name {
			continue
		}
		if slices.Contains(r.Users, user) {
			return false
		}
		all := slices.Clone(m.Reactions)
		all[i].Users = append(slices.Clone(r.Users), user)
		all[i].Count++
		m.Reactions = all
		return true
	}
	m.Reactions = append(slices.Clone(m.Reactions), Reaction{Name: name, Users: []string{user}, Count: 1})
	return true
}

// unreact takes an emoji away; false if it was not there.
func (m *Message) unreact(name, user string) bool {
	for i, r := range m.Reactions {
		at := slices.Index(r.Users, user)
		if r.Name != name || at < 0 {
			continue
		}
		all := slices.Clone(m.Reactions)
		all[i].Users = slices.Delete(slices.Clone(r.Users), at, at+1)
		if all[i].Count--; all[i].Count == 0 {
			all = slices.Delete(all, i, i+1)
		}
		m.Reactions = all
		return true
	}
	return false
}
