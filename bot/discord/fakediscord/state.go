package fakediscord

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// Kind is what sort of conversation a channel is (resources/channel, "Channel
// Types").
type Kind int

// The kinds. A DM is between one person and the bot, a Group between people.
const (
	Text   Kind = 0
	DM     Kind = 1
	Group  Kind = 3
	Thread Kind = 11
)

// Permission is a set of permissions (topics/permissions).
type Permission int64

// The permissions that are looked at.
const (
	Administrator  Permission = 1 << 3
	ManageChannels Permission = 1 << 4
	ManageGuild    Permission = 1 << 5
	MentionAll     Permission = 1 << 17
	ExternalEmojis Permission = 1 << 18
	ViewChannel    Permission = 1 << 10
	SendMessages   Permission = 1 << 11
	ManageMessages Permission = 1 << 13
	EmbedLinks     Permission = 1 << 14
	AttachFiles    Permission = 1 << 15
	ReadHistory    Permission = 1 << 16
	UseCommands    Permission = 1 << 31
	SendInThreads  Permission = 1 << 38
)

const (
	usual Permission = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadHistory | UseCommands | SendInThreads
	all   Permission = usual | ManageChannels | ManageGuild | ManageMessages | Administrator
)

// Guild is a server.
type Guild struct {
	ID     string // one is made if it is not set
	Name   string
	Locale string   // en-US unless set
	Admins []string // people who may do everything; the first owns it
	Absent bool     // the bot is not in it: only people who installed the app use it there

	roles   []Role              // beside everybody's
	has     map[string][]string // the roles that people have
	allowed map[string][]string // people to whom a command is shown against its default
}

// Channel is a conversation.
type Channel struct {
	ID      string // one is made if it is not set
	Guild   string // "" for a DM and a Group
	Name    string
	Kind    Kind
	Parent  string   // of a Thread
	Members []string // of a DM and a Group
	// Denied is what the bot may not do here; it may do what bots usually may.
	Denied     Permission
	Overwrites []Overwrite // what people may do otherwise than in the guild; a Thread has those of its Parent
	Locked     bool        // of a Thread: it is archived, and only moderators open it again
}

// User is a person.
type User struct {
	ID        string // one is made if it is not set
	Name      string
	Locale    string // en-US unless set
	Bot       bool
	Installed bool // has the app installed for use everywhere
	NoDMs     bool // takes no messages of bots
}

// Message is a message, or one that only one person sees.
type Message struct {
	ID, Channel, Guild string
	Author             string
	App                bool // written by the app
	Content            string
	Embeds, Components json.RawMessage
	Attachments        []Attachment
	Flags              int
	Nonce              string
	ReplyTo            string   // the message that it answers
	Pings              []string // ids of people whom it notifies; "everyone" too, and role ids
	Interaction        string   // the interaction that it answers
	EphemeralTo        string   // the only one who sees it
	Edits              int
	EditedAt           time.Time
	Deleted            bool

	at        time.Time
	typed     int      // 0, or 19 for a reply, 20 for an answer to a command
	mentioned []string // people in the text, pinged or not
	command   object   // interaction_metadata
	extra     object   // fields that a test adds
}

// Attachment is a file of a message.
type Attachment struct {
	ID, Filename, Description, ContentType string
	Data                                   []byte
}

// Flags of messages (resources/message, "Message Flags").
const (
	SuppressEmbeds = 1 << 2
	Ephemeral      = 1 << 6
	loadingFlag    = 1 << 7
	Silent         = 1 << 12
	ComponentsV2   = 1 << 15
)

// Loading tells whether the person still sees that the app is thinking.
func (m Message) Loading() bool { return m.Flags&loadingFlag != 0 }

// State is all that is in this Discord. Its methods are for the function given
// to Await; Discord has the same ones for use outside.
type State struct {
	guilds       map[string]*Guild
	channels     map[string]*Channel
	directs      map[string]*Channel // the DMs, by person
	users        map[string]*User
	messages     map[string][]*Message // by channel, in order
	ephemerals   map[string][]*Message // by person
	commands     map[string][]object   // by guild, "" for the global ones
	creates      map[string][]time.Time
	interactions map[string]*interaction // by id
	tokens       map[string]*interaction // by token
	calls        []Call
	deliveries   []Delivery
	faults       []string
	nameless     bool // the app sent no User-Agent of its own
	invalid      int
	early        int
	typing       []string // channels
	identifies   []Identify
	resumes      []Resume
	dials        int
	heartbeats   int
	connections  int
	ready        int
	last         int64 // id
	lastGuild    int64 // millisecond of one
}

func newState() State {
	s := State{
		guilds: map[string]*Guild{}, channels: map[string]*Channel{}, directs: map[string]*Channel{}, users: map[string]*User{},
		messages: map[string][]*Message{}, ephemerals: map[string][]*Message{},
		commands: map[string][]object{}, creates: map[string][]time.Time{},
		interactions: map[string]*interaction{}, tokens: map[string]*interaction{},
	}
	s.users[BotUser] = &User{ID: BotUser, Name: "reportbot", Locale: "en-US", Bot: true}
	return s
}

// epoch is the first millisecond of 2015 (reference, "Snowflakes").
const epoch = 1420070400000

// id makes a snowflake: ascending, also under a clock that stands still.
func (s *State) id(now time.Time) string {
	s.last = max(s.last+1, (now.UnixMilli()-epoch)<<22)
	return strconv.FormatInt(s.last, 10)
}

// guildID is an id in a millisecond after that of the guild before, so that
// guilds go to one shard after the other. It has a bit that no other id has.
func (s *State) guildID(now time.Time) string {
	if s.lastGuild == 0 {
		s.lastGuild = now.UnixMilli() - epoch
	}
	s.lastGuild++
	return strconv.FormatInt(s.lastGuild<<22|1<<21, 10)
}

// shardOf is where the events of a guild go (events/gateway, "Sharding"); those
// of no guild go to shard 0.
func shardOf(guild string, shards int) int {
	id, _ := strconv.ParseInt(guild, 10, 64)
	return int((id >> 22) % int64(max(shards, 1)))
}

// find is a message of a channel, a deleted one too; nil if there is none.
func (s *State) find(channel, id string) *Message {
	for _, m := range slices.Backward(s.messages[channel]) { // mostly a new one is wanted
		if m.ID == id {
			return m
		}
	}
	return nil
}

// seen is a message as a person sees it: one that is not deleted, and not for
// another's eyes.
func (s *State) seen(user, channel, id string) *Message {
	m := s.find(channel, id)
	for _, e := range s.ephemerals[user] {
		if e.ID == id {
			m = e
		}
	}
	if m == nil || m.Deleted {
		return nil
	}
	return m
}

// add puts a message where it is seen.
func (s *State) add(m *Message) {
	if m.EphemeralTo != "" {
		s.ephemerals[m.EphemeralTo] = append(s.ephemerals[m.EphemeralTo], m)
		return
	}
	s.messages[m.Channel] = append(s.messages[m.Channel], m)
}

// direct is the DM between a person and the bot, made if new.
func (s *State) direct(user string, now time.Time) *Channel {
	if c := s.directs[user]; c != nil {
		return c
	}
	c := &Channel{ID: s.id(now), Kind: DM, Members: []string{user}}
	s.addChannel(c)
	return c
}

func (s *State) addChannel(c *Channel) {
	s.channels[c.ID] = c
	if c.Kind == DM {
		s.directs[c.Members[0]] = c
	}
}

// may tells whether the bot may do something in a channel.
func (s *State) may(c *Channel, p Permission) bool { return s.botPermissions(c)&p == p }

func (s *State) botPermissions(c *Channel) Permission {
	switch {
	case c.Kind == DM:
		return usual
	case c.Kind == Group, s.guilds[c.Guild] == nil, s.guilds[c.Guild].Absent:
		return 0
	}
	return s.permissions(BotUser, c)
}
