package fakediscord

import (
	"maps"
	"slices"
	"strings"
)

// AddUser puts a person into this Discord.
func (d *Discord) AddUser(u User) (id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if u.ID == "" {
		u.ID = d.state.id(d.now())
	}
	u.Name, u.Locale = orElse(u.Name, "person"+u.ID), orElse(u.Locale, "en-US")
	d.state.users[u.ID] = &u
	return u.ID
}

// AddGuild puts a guild into this Discord, and the bot into it unless it is
// absent.
func (d *Discord) AddGuild(g Guild) (id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if g.ID == "" {
		g.ID = d.state.guildID(d.now())
	}
	g.Name, g.Locale = orElse(g.Name, "guild"+g.ID), orElse(g.Locale, "en-US")
	if len(g.Admins) > 1 {
		g.addRole(Role{ID: d.state.id(d.now()), Name: "admin", Permissions: all}, g.Admins[1:])
	}
	d.state.guilds[g.ID] = &g
	if !g.Absent {
		d.emit(g.ID, Guilds, "GUILD_CREATE", d.state.wireGuild(&g))
	}
	return g.ID
}

// RemoveGuild takes the bot out of a guild.
func (d *Discord) RemoveGuild(guild string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if g := d.state.guilds[guild]; g != nil && !g.Absent {
		g.Absent = true
		d.emit(guild, Guilds, "GUILD_DELETE", object{"id": guild})
	}
}

// AddChannel puts a channel into a guild, or makes one between people; another
// of its id is replaced.
func (d *Discord) AddChannel(c Channel) (id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	isNew := c.ID == "" || d.state.channels[c.ID] == nil
	if c.ID == "" {
		c.ID = d.state.id(d.now())
	}
	g := d.state.guilds[c.Guild]
	switch {
	case c.Guild != "" && g == nil:
		d.mistake("there is no guild %q", c.Guild)
		return ""
	case c.Guild == "" && (c.Kind == Text || c.Kind == Thread || len(c.Members) == 0):
		d.mistake("channel %q is in no guild and has no members", c.Name)
		return ""
	}
	c.Name = orElse(c.Name, "channel"+c.ID)
	d.state.addChannel(&c)
	d.tellChannel(&c, g, isNew)
	return c.ID
}

func (d *Discord) tellChannel(c *Channel, g *Guild, isNew bool) {
	if g == nil || g.Absent {
		return
	}
	name := map[bool]string{true: "CHANNEL_CREATE", false: "CHANNEL_UPDATE"}[isNew]
	if c.Kind == Thread {
		name = strings.Replace(name, "CHANNEL", "THREAD", 1)
	}
	d.emit(c.Guild, Guilds, name, d.state.wireChannel(c))
}

// DMChannel is the channel of the messages between a person and the bot.
func (d *Discord) DMChannel(user string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.state.direct(user, d.now()).ID
}

// Say has a person write in a channel.
func (d *Discord) Say(user, channel, text string) Message { return d.SayWith(user, channel, text, nil) }

// SayWith is Say with more fields in the message that the app gets, such as
// components of a type that it does not know.
func (d *Discord) SayWith(user, channel, text string, fields map[string]any) Message {
	d.odd.Store(d.odd.Load() || len(fields) > 0)
	return d.post(user, channel, text, func(m *Message) { m.extra = fields })
}

// Mention has a person name the bot in a channel. Its name is put before the
// text if it is not in it.
func (d *Discord) Mention(user, channel, text string) Message {
	if !strings.Contains(text, MentionText) {
		text = MentionText + " " + text
	}
	return d.Say(user, channel, text)
}

// MentionText is how the bot is named in a text.
const MentionText = "<@" + BotUser + ">"

// DM has a person write to the bot alone.
func (d *Discord) DM(user, text string) Message { return d.Say(user, d.DMChannel(user), text) }

// Reply has a person answer a message, and notify its author.
func (d *Discord) Reply(user string, to Message, text string) Message {
	return d.post(user, to.Channel, text, func(m *Message) {
		m.ReplyTo, m.typed = to.ID, 19
		d.pingReplied(m, true)
	})
}

// ReplySilently is Reply without notifying the author.
func (d *Discord) ReplySilently(user string, to Message, text string) Message {
	return d.post(user, to.Channel, text, func(m *Message) { m.ReplyTo, m.typed = to.ID, 19 })
}

// post adds a message of a person.
func (d *Discord) post(user, channel, text string, change func(*Message)) Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, problem := d.at(user, channel)
	if c == nil {
		d.mistake("%s", problem)
		return Message{}
	}
	m := d.newMessage(c, user)
	m.Content = text
	d.ping(m, object{}, everyone)
	change(m)
	d.publish(m)
	return *m
}

// Edit has a person change their message.
func (d *Discord) Edit(user string, on Message, text string) Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	m := d.theirs(user, on)
	if m == nil {
		return Message{}
	}
	b := editOf(m, &checker{}, nil, object{"content": text}, nil)
	d.change(m, b)
	return *m
}

// Delete has a person delete their message.
func (d *Discord) Delete(user string, on Message) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if m := d.theirs(user, on); m != nil {
		d.remove(m)
	}
}

// Moderate has somebody who may delete any message, the bot's too.
func (d *Discord) Moderate(on Message) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m := d.state.find(on.Channel, on.ID)
	if m == nil || m.Deleted {
		d.mistake("there is no message %s in %s", on.ID, on.Channel)
		return
	}
	d.remove(m)
}

// theirs is a person's own message; there being none is a mistake of the test.
func (d *Discord) theirs(user string, on Message) *Message {
	m := d.state.find(on.Channel, on.ID)
	if m == nil || m.Deleted || m.Author != user {
		d.mistake("%s has no message %s in %s", user, on.ID, on.Channel)
		return nil
	}
	return m
}

// Text is all that a person reads in a message, part by part: its text, its
// embeds, its components.
func (m Message) Text() string {
	parts := []string{m.Content}
	for _, e := range objects(m.Embeds) {
		parts = append(parts, embedTexts(e)...)
	}
	items, _ := decode(listOr(m.Components))
	for _, o := range allComponents(items) {
		parts = append(parts, word(o, "content"), word(o, "label"), word(o, "placeholder"))
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "\n")
}

func embedTexts(e object) []string {
	author, _ := e["author"].(object)
	footer, _ := e["footer"].(object)
	out := []string{word(author, "name"), word(e, "title"), word(e, "description")}
	fields, _ := e["fields"].([]any)
	for _, field := range fields {
		if f, is := field.(object); is {
			out = append(out, word(f, "name"), word(f, "value"))
		}
	}
	return append(out, word(footer, "text"))
}

// Buttons are the labels of a message's buttons.
func (m Message) Buttons() []string {
	var out []string
	items, _ := decode(listOr(m.Components))
	for _, o := range allComponents(items) {
		if whole(o, "type") == button {
			out = append(out, word(o, "label"))
		}
	}
	return out
}

// objects are those in a list that is JSON.
func objects(list []byte) []object {
	value, _ := decode(listOr(list))
	items, _ := value.([]any)
	var out []object
	for _, item := range items {
		if o, is := item.(object); is {
			out = append(out, maps.Clone(o))
		}
	}
	return out
}
