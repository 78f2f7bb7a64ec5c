package fakediscord

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// copied are values that no later change reaches.
func copied(messages []*Message, keep func(*Message) bool) []Message {
	var out []Message
	for _, m := range messages {
		if keep(m) {
			c := *m
			c.Attachments, c.Pings = slices.Clone(m.Attachments), slices.Clone(m.Pings)
			out = append(out, c)
		}
	}
	return out
}

// Messages are those of a channel that all see and that are not deleted, oldest
// first.
func (s *State) Messages(channel string) []Message {
	return copied(s.messages[channel], func(m *Message) bool { return !m.Deleted })
}

// Posts are those of the Messages that the app wrote; where it only shows that
// it is thinking is none.
func (s *State) Posts(channel string) []Message { return copied(s.messages[channel], isPost) }

func isPost(m *Message) bool { return m.App && !m.Deleted && !m.Loading() }

// PostCount is how many Posts there are.
func (s *State) PostCount(channel string) int {
	n := 0
	for _, m := range s.messages[channel] {
		if isPost(m) {
			n++
		}
	}
	return n
}

// Deleted are the messages of a channel that were.
func (s *State) Deleted(channel string) []Message {
	return copied(s.messages[channel], func(m *Message) bool { return m.Deleted })
}

// Ephemerals are the messages that only this person sees.
func (s *State) Ephemerals(user string) []Message {
	return copied(s.ephemerals[user], func(m *Message) bool { return !m.Deleted })
}

// Interaction is what became of one.
func (s *State) Interaction(id string) Interaction {
	if i := s.interactions[id]; i != nil {
		return i.Interaction
	}
	return Interaction{}
}

// Original is the message that answers an interaction, as it is now; its ID is
// empty if there is none, or none any more.
func (s *State) Original(id string) Message {
	i := s.interactions[id]
	if i == nil || i.Original == "" {
		return Message{}
	}
	return s.message(i, i.Original)
}

// FollowUps are the further messages that answer an interaction.
func (s *State) FollowUps(id string) []Message {
	var out []Message
	if i := s.interactions[id]; i != nil {
		for _, message := range i.FollowUps {
			if m := s.message(i, message); m.ID != "" {
				out = append(out, m)
			}
		}
	}
	return out
}

func (s *State) message(i *interaction, id string) Message {
	m := s.seen(i.User, i.Channel, id)
	if m == nil {
		return Message{}
	}
	return copied([]*Message{m}, func(*Message) bool { return true })[0]
}

// Commands are the commands of a guild, or the global ones if it is "", as JSON.
func (s *State) Commands(guild string) []json.RawMessage {
	var out []json.RawMessage
	for _, c := range s.commands[guild] {
		out = append(out, encode(c))
	}
	return out
}

// Calls are the calls of a route, of all routes if it is "".
func (s *State) Calls(route string) []Call {
	var out []Call
	for _, c := range s.calls {
		if route == "" || c.Route == route {
			out = append(out, c)
		}
	}
	return out
}

// Deliveries are all interactions that were sent over HTTP, oldest first.
func (s *State) Deliveries() []Delivery { return slices.Clone(s.deliveries) }

// Faults are what the app did against what Discord documents.
func (s *State) Faults() []string { return slices.Clone(s.faults) }

// Early is how many calls came before a rate limit that the app was told of was
// over.
func (s *State) Early() int { return s.early }

// Invalid is how many calls were answered with 401, 403 or 429, but for shared
// limits: of these Discord bears 10,000 in ten minutes (topics/rate-limits).
func (s *State) Invalid() int { return s.invalid }

// Typing are the channels in which the bot showed that it types, in order.
func (s *State) Typing() []string { return slices.Clone(s.typing) }

// Identifies are all identifies that came, also those that were refused.
func (s *State) Identifies() []Identify { return slices.Clone(s.identifies) }

// Resumes are all resumes that came, also those that were refused.
func (s *State) Resumes() []Resume { return slices.Clone(s.resumes) }

// Dials is how often a websocket was dialled, also in vain.
func (s *State) Dials() int { return s.dials }

// Heartbeats is how many came.
func (s *State) Heartbeats() int { return s.heartbeats }

// Connections is how many websockets are open.
func (s *State) Connections() int { return s.connections }

// Ready is how many sessions have an open connection.
func (s *State) Ready() int { return s.ready }

// look reads the state under the lock.
func look[T any](d *Discord, read func(*State) T) T {
	d.mu.Lock()
	defer d.mu.Unlock()
	return read(&d.state)
}

// Messages is State.Messages.
func (d *Discord) Messages(channel string) []Message {
	return look(d, func(s *State) []Message { return s.Messages(channel) })
}

// Posts is State.Posts.
func (d *Discord) Posts(channel string) []Message {
	return look(d, func(s *State) []Message { return s.Posts(channel) })
}

// Deleted is State.Deleted.
func (d *Discord) Deleted(channel string) []Message {
	return look(d, func(s *State) []Message { return s.Deleted(channel) })
}

// Ephemerals is State.Ephemerals.
func (d *Discord) Ephemerals(user string) []Message {
	return look(d, func(s *State) []Message { return s.Ephemerals(user) })
}

// Interaction is State.Interaction.
func (d *Discord) Interaction(id string) Interaction {
	return look(d, func(s *State) Interaction { return s.Interaction(id) })
}

// Original is State.Original.
func (d *Discord) Original(id string) Message {
	return look(d, func(s *State) Message { return s.Original(id) })
}

// FollowUps is State.FollowUps.
func (d *Discord) FollowUps(id string) []Message {
	return look(d, func(s *State) []Message { return s.FollowUps(id) })
}

// Commands is State.Commands.
func (d *Discord) Commands(guild string) []json.RawMessage {
	return look(d, func(s *State) []json.RawMessage { return s.Commands(guild) })
}

// Calls is State.Calls.
func (d *Discord) Calls(route string) []Call {
	d.known(route)
	return look(d, func(s *State) []Call { return s.Calls(route) })
}

// Deliveries is State.Deliveries.
func (d *Discord) Deliveries() []Delivery { return look(d, (*State).Deliveries) }

// Faults is State.Faults.
func (d *Discord) Faults() []string { return look(d, (*State).Faults) }

// TakeFaults is Faults, and forgets them: those that are left fail the test at
// its end.
func (d *Discord) TakeFaults() []string {
	return look(d, func(s *State) []string {
		taken := s.faults
		s.faults = nil
		return taken
	})
}

// Early is State.Early.
func (d *Discord) Early() int { return look(d, (*State).Early) }

// Invalid is State.Invalid.
func (d *Discord) Invalid() int { return look(d, (*State).Invalid) }

// Typing is State.Typing.
func (d *Discord) Typing() []string { return look(d, (*State).Typing) }

// Identifies is State.Identifies.
func (d *Discord) Identifies() []Identify { return look(d, (*State).Identifies) }

// Resumes is State.Resumes.
func (d *Discord) Resumes() []Resume { return look(d, (*State).Resumes) }

// Dials is State.Dials.
func (d *Discord) Dials() int { return look(d, (*State).Dials) }

// Heartbeats is State.Heartbeats.
func (d *Discord) Heartbeats() int { return look(d, (*State).Heartbeats) }

// Connections is State.Connections.
func (d *Discord) Connections() int { return look(d, (*State).Connections) }

// Ready is State.Ready.
func (d *Discord) Ready() int { return look(d, (*State).Ready) }

// Await waits until the state is as wanted, and fails the test if that takes too
// long. wanted is called at each change and must not call methods of Discord.
func (d *Discord) Await(t testing.TB, wanted func(*State) bool) {
	t.Helper()
	limit := time.After(d.times().await)
	for {
		d.mu.Lock()
		ok, changed := wanted(&d.state), d.changed
		d.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("Discord did not come to the awaited state in %s; it has %s", d.times().await, look(d, (*State).summary))
		}
	}
}

// summary says in short what happened, for a test that failed.
func (s *State) summary() string {
	var parts []string
	count := func(n int, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s: %d", what, n))
		}
	}
	count(s.dials, "dials")
	count(len(s.identifies), "identifies")
	count(len(s.resumes), "resumes")
	count(s.ready, "open sessions")
	for channel, messages := range s.messages {
		count(len(messages), "messages in "+channel)
	}
	for user, messages := range s.ephemerals {
		count(len(messages), "messages only for "+user)
	}
	for _, c := range s.calls {
		parts = append(parts, fmt.Sprintf("%s: %d", c.Route, c.Status))
	}
	for _, fault := range s.faults {
		parts = append(parts, "fault: "+fault)
	}
	return strings.Join(parts, ", ")
}

// AwaitMessages waits for n messages in a channel, whoever wrote them.
func (d *Discord) AwaitMessages(t testing.TB, channel string, n int) []Message {
	t.Helper()
	d.Await(t, func(s *State) bool { return len(s.Messages(channel)) >= n })
	return d.Messages(channel)
}

// AwaitPosts waits for n messages of the app in a channel.
func (d *Discord) AwaitPosts(t testing.TB, channel string, n int) []Message {
	t.Helper()
	d.Await(t, func(s *State) bool { return s.PostCount(channel) >= n })
	return d.Posts(channel)
}

// AwaitEphemerals waits for n finished messages that only this person sees.
func (d *Discord) AwaitEphemerals(t testing.TB, user string, n int) []Message {
	t.Helper()
	d.Await(t, func(s *State) bool { return len(s.finished(user)) >= n })
	return d.Ephemerals(user)
}

func (s *State) finished(user string) []Message {
	return slices.DeleteFunc(s.Ephemerals(user), Message.Loading)
}

// AwaitOriginal waits until the app no longer thinks about an answer, and
// returns the message. That the app did not answer at all fails the test.
func (d *Discord) AwaitOriginal(t testing.TB, a Answer) Message {
	t.Helper()
	if a.Error != "" {
		t.Fatalf("the person reads %q", a.Error)
	}
	d.Await(t, func(s *State) bool { m := s.Original(a.Interaction); return m.ID != "" && !m.Loading() })
	return d.Original(a.Interaction)
}

// AwaitFollowUps waits for n further messages that answer an interaction.
func (d *Discord) AwaitFollowUps(t testing.TB, a Answer, n int) []Message {
	t.Helper()
	d.Await(t, func(s *State) bool { return len(s.FollowUps(a.Interaction)) >= n })
	return d.FollowUps(a.Interaction)
}

// AwaitReady waits until exactly n sessions have an open connection.
func (d *Discord) AwaitReady(t testing.TB, n int) {
	t.Helper()
	d.Await(t, func(s *State) bool { return s.ready == n })
}
