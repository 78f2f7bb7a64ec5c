package fakeslack

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Kind is what sort of conversation a channel is, as in channel_type.
type Kind string

// The kinds.
const (
	Public  Kind = "channel"
	Private Kind = "group"
	IM      Kind = "im"
	MPIM    Kind = "mpim"
)

// event is the subscription that covers messages in such channels.
func (k Kind) event() string {
	switch k {
	case Public, Private:
		return "message." + string(k) + "s"
	}
	return "message." + string(k)
}

// scope is the scope family of such channels.
func (k Kind) scope() string {
	switch k {
	case Public, Private:
		return string(k) + "s"
	}
	return string(k)
}

// Channel is a conversation. The app is in it if Members has BotUser.
type Channel struct {
	ID, Name string
	Kind     Kind // Public unless set
	Members  []string
	Archived bool
}

// User is a person.
type User struct {
	ID, Name, RealName, TZ, Locale string
	Team                           string // TeamID unless set: of another workspace
	Bot, Deleted                   bool
	Restricted, UltraRestricted    bool // a guest of several channels, of one channel
	Stranger                       bool // of another workspace, in no channel with the app
}

// Message is a message, or one that only one person sees.
type Message struct {
	TS, Thread, Channel string
	User                string // the author
	App                 bool   // posted by the app
	Text                string
	Blocks, Attachments json.RawMessage
	Metadata            *Metadata
	Reactions           []Reaction
	Files               []string
	EditedTS            string // "" if it never was
	Deleted             bool
	Broadcast           bool
	EphemeralTo         string // the only one who sees it
}

// Metadata is what an app attaches to its message.
type Metadata struct {
	EventType    string          `json:"event_type"`
	EventPayload json.RawMessage `json:"event_payload,omitempty"`
}

// Reaction is an emoji on a message.
type Reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
	Count int      `json:"count"`
}

// State is all that is in the workspace. Its methods are for the function given
// to Await; Slack has the same ones for use outside.
type State struct {
	channels    map[string]*Channel
	users       map[string]*User
	messages    map[string][]*Message // by channel, in order
	ephemerals  map[string][]*Message // by user
	homes       map[string]View       // by user
	modals      map[string][]View     // by user, the top one last
	files       map[string]*File
	sessions    map[string]Session
	prompts     map[string]Prompts
	triggers    map[string]*trigger
	responses   map[string]*responseURL
	calls       []Call
	unknown     []string
	acks        []Ack
	events      []Event
	deliveries  []Delivery
	connections int
	missed      int
	stamp       int64 // of the newest message, in microseconds
	serial      int
}

func newState() State {
	s := State{
		channels: map[string]*Channel{}, users: map[string]*User{}, messages: map[string][]*Message{},
		ephemerals: map[string][]*Message{}, homes: map[string]View{}, modals: map[string][]View{},
		files: map[string]*File{}, sessions: map[string]Session{}, prompts: map[string]Prompts{},
		triggers: map[string]*trigger{}, responses: map[string]*responseURL{},
	}
	s.users[BotUser] = &User{ID: BotUser, Name: "reportbot", RealName: "Report Bot", Bot: true}
	return s
}

// next is a name that no other thing has.
func (s *State) next(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s0FAKE%05d", prefix, s.serial)
}

// ts is a message's time as Slack writes it: unique in the workspace and
// ascending, also under a clock that stands still.
func (s *State) ts(now time.Time) string {
	s.stamp = max(s.stamp+1, now.UnixMicro())
	return fmt.Sprintf("%d.%06d", s.stamp/1e6, s.stamp%1e6)
}

// channelsOf are the channels that a person is in, by their ids.
func (s *State) channelsOf(user string) []*Channel {
	var out []*Channel
	for _, id := range slices.Sorted(maps.Keys(s.channels)) {
		if c := s.channels[id]; c.has(user) {
			out = append(out, c)
		}
	}
	return out
}

// user is a person, made if new.
func (s *State) user(id string) *User {
	u := s.users[id]
	if u == nil {
		u = &User{ID: id, Name: strings.ToLower(id), RealName: "Person " + id, TZ: "Europe/Amsterdam", Locale: "en-GB"}
		s.users[id] = u
	}
	return u
}

// channel is the channel that somebody does something in: made with the app in
// it if new, and joined by the person.
func (s *State) channel(id, user string) *Channel {
	c := s.channels[id]
	if c == nil {
		c = &Channel{ID: id, Name: strings.ToLower(id), Kind: kindOf(id), Members: []string{BotUser}}
		s.channels[id] = c
	}
	if user != "" {
		s.user(user)
		c.join(user)
	}
	return c
}

func (c *Channel) has(user string) bool { return slices.Contains(c.Members, user) }

func (c *Channel) join(user string) {
	if !c.has(user) {
		c.Members = append(c.Members[:len(c.Members):len(c.Members)], user)
	}
}

// kindOf reads the kind from the letter that Slack's ids begin with.
func kindOf(id string) Kind {
	switch {
	case strings.HasPrefix(id, "D"):
		return IM
	case strings.HasPrefix(id, "G"):
		return Private
	}
	return Public
}

// dm is the id of the direct messages between a person and the app.
func dm(user string) string { return "D" + strings.TrimPrefix(user, "U") }

// direct is that conversation, made if new.
func (s *State) direct(user string) *Channel { return s.channel(dm(user), user) }

// find is a message, deleted ones too.
func (s *State) find(channel, ts string) *Message {
	for _, m := range s.messages[channel] {
		if m.TS == ts {
			return m
		}
	}
	return nil
}

// thread are the messages of the thread that a message is in, root first.
func (s *State) thread(channel, ts string) []*Message {
	var found []*Message
	for _, m := range s.messages[channel] {
		if (m.TS == ts || m.Thread == ts) && !m.gone(s) {
			found = append(found, m)
		}
	}
	return found
}

// gone tells whether nothing is left of a message. A deleted root whose thread
// has replies stays as a tombstone.
func (m *Message) gone(s *State) bool { return m.Deleted && s.repliesTo(m) == 0 }

func (s *State) repliesTo(root *Message) int {
	n := 0
	for _, m := range s.messages[root.Channel] {
		if m.Thread == root.TS && m.TS != root.TS && !m.Deleted {
			n++
		}
	}
	return n
}

// add puts a message in its channel.
func (s *State) add(m *Message) { s.messages[m.Channel] = append(s.messages[m.Channel], m) }
