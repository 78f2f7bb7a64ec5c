package fakeslack

import (
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
			c.Reactions, c.Files = slices.Clone(m.Reactions), slices.Clone(m.Files)
			out = append(out, c)
		}
	}
	return out
}

// Messages are those of a channel that are not deleted, replies in threads too,
// oldest first.
func (s *State) Messages(channel string) []Message {
	return copied(s.messages[channel], func(m *Message) bool { return !m.Deleted })
}

// Posts are those of the Messages that the app wrote.
func (s *State) Posts(channel string) []Message {
	return copied(s.messages[channel], func(m *Message) bool { return m.App && !m.Deleted })
}

// Deleted are the messages of a channel that were.
func (s *State) Deleted(channel string) []Message {
	return copied(s.messages[channel], func(m *Message) bool { return m.Deleted })
}

// Thread are the messages of a thread that are not deleted, root first.
func (s *State) Thread(channel, ts string) []Message {
	return copied(s.messages[channel], func(m *Message) bool { return (m.TS == ts || m.Thread == ts) && !m.Deleted })
}

// Ephemerals are the messages that only this person sees.
func (s *State) Ephemerals(user string) []Message {
	return copied(s.ephemerals[user], func(m *Message) bool { return !m.Deleted })
}

// Home is a person's Home tab; its ID is empty if none was published.
func (s *State) Home(user string) View { return s.homes[user] }

// Modals are the views open before a person, the top one last.
func (s *State) Modals(user string) []View { return slices.Clone(s.modals[user]) }

// Calls are the calls of a method of the Web API, of all methods if it is "".
func (s *State) Calls(method string) []Call {
	var out []Call
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			out = append(out, c)
		}
	}
	return out
}

// UnknownMethods are the methods that were called and are not here.
func (s *State) UnknownMethods() []string { return slices.Clone(s.unknown) }

// Acks are all answers that came over Socket Mode.
func (s *State) Acks() []Ack { return slices.Clone(s.acks) }

// Events are all events that were made for the app, oldest first.
func (s *State) Events() []Event { return slices.Clone(s.events) }

// Deliveries are all tries over HTTP, oldest first.
func (s *State) Deliveries() []Delivery { return slices.Clone(s.deliveries) }

// Connections is how many Socket Mode connections are open.
func (s *State) Connections() int { return s.connections }

// Missed is how many tries over Socket Mode found no connection.
func (s *State) Missed() int { return s.missed }

// Session is the agent session of a thread.
func (s *State) Session(channel, thread string) Session { return s.sessions[channel+" "+thread] }

// Prompts are those suggested at the top of a conversation with the app.
func (s *State) Prompts(channel string) Prompts { return s.prompts[channel] }

// File is a file, nil if there is none of this id.
func (s *State) File(id string) *File {
	f := s.files[id]
	if f == nil {
		return nil
	}
	c := *f
	return &c
}

// look reads the state under the lock.
func look[T any](s *Slack, read func(*State) T) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	return read(&s.state)
}

// Messages is State.Messages.
func (s *Slack) Messages(channel string) []Message {
	return look(s, func(st *State) []Message { return st.Messages(channel) })
}

// Posts is State.Posts.
func (s *Slack) Posts(channel string) []Message {
	return look(s, func(st *State) []Message { return st.Posts(channel) })
}

// Deleted is State.Deleted.
func (s *Slack) Deleted(channel string) []Message {
	return look(s, func(st *State) []Message { return st.Deleted(channel) })
}

// Thread is State.Thread.
func (s *Slack) Thread(channel, ts string) []Message {
	return look(s, func(st *State) []Message { return st.Thread(channel, ts) })
}

// Ephemerals is State.Ephemerals.
func (s *Slack) Ephemerals(user string) []Message {
	return look(s, func(st *State) []Message { return st.Ephemerals(user) })
}

// Home is State.Home.
func (s *Slack) Home(user string) View { return look(s, func(st *State) View { return st.Home(user) }) }

// Modals is State.Modals.
func (s *Slack) Modals(user string) []View {
	return look(s, func(st *State) []View { return st.Modals(user) })
}

// Calls is State.Calls.
func (s *Slack) Calls(method string) []Call {
	return look(s, func(st *State) []Call { return st.Calls(method) })
}

// UnknownMethods is State.UnknownMethods.
func (s *Slack) UnknownMethods() []string { return look(s, (*State).UnknownMethods) }

// Acks is State.Acks.
func (s *Slack) Acks() []Ack { return look(s, (*State).Acks) }

// Events is State.Events.
func (s *Slack) Events() []Event { return look(s, (*State).Events) }

// Deliveries is State.Deliveries.
func (s *Slack) Deliveries() []Delivery { return look(s, (*State).Deliveries) }

// Connections is State.Connections.
func (s *Slack) Connections() int { return look(s, (*State).Connections) }

// Missed is State.Missed.
func (s *Slack) Missed() int { return look(s, (*State).Missed) }

// Session is State.Session.
func (s *Slack) Session(channel, thread string) Session {
	return look(s, func(st *State) Session { return st.Session(channel, thread) })
}

// Prompts is State.Prompts.
func (s *Slack) Prompts(channel string) Prompts {
	return look(s, func(st *State) Prompts { return st.Prompts(channel) })
}

// File is State.File.
func (s *Slack) File(id string) *File { return look(s, func(st *State) *File { return st.File(id) }) }

// Await waits until the state is as wanted, and fails the test if that takes too
// long. wanted is called at each change and must not call methods of Slack.
func (s *Slack) Await(t testing.TB, wanted func(*State) bool) {
	t.Helper()
	limit := time.After(s.times().await)
	for {
		s.mu.Lock()
		ok, changed := wanted(&s.state), s.changed
		s.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("Slack did not come to the awaited state in %s; it has %s", s.times().await, look(s, (*State).summary))
		}
	}
}

// summary says in short what happened, for a test that failed.
func (s *State) summary() string {
	var b strings.Builder
	count := func(n int, what string) {
		if n > 0 {
			fmt.Fprintf(&b, "%s: %d, ", what, n)
		}
	}
	count(s.connections, "connections")
	count(len(s.events), "events")
	count(len(s.acks), "acks")
	count(len(s.deliveries), "deliveries over HTTP")
	for channel, messages := range s.messages {
		count(len(messages), "messages in "+channel)
	}
	for _, c := range s.calls {
		b.WriteString(c.Method + ": " + c.Answer + ", ")
	}
	return strings.TrimSuffix(b.String(), ", ")
}

// AwaitMessages waits for n messages in a channel, whoever wrote them.
func (s *Slack) AwaitMessages(t testing.TB, channel string, n int) []Message {
	t.Helper()
	s.Await(t, func(st *State) bool { return len(st.Messages(channel)) >= n })
	return s.Messages(channel)
}

// AwaitPosts waits for n messages of the app in a channel.
func (s *Slack) AwaitPosts(t testing.TB, channel string, n int) []Message {
	t.Helper()
	s.Await(t, func(st *State) bool { return len(st.Posts(channel)) >= n })
	return s.Posts(channel)
}

// AwaitConnections waits until exactly n Socket Mode connections are open.
func (s *Slack) AwaitConnections(t testing.TB, n int) {
	t.Helper()
	s.Await(t, func(st *State) bool { return st.connections == n })
}
