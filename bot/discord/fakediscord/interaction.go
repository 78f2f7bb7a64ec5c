package fakediscord

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Kinds of interactions (interactions/receiving-and-responding, "Interaction
// Type").
const (
	ping         = 1
	command      = 2
	component    = 3
	autocomplete = 4
	modalSubmit  = 5
)

// Contexts that an interaction is done in ("Interaction Context Types").
const (
	inGuild   = 0
	inBotDM   = 1
	inPrivate = 2
)

// Callback is how an app answers an interaction (interactions/receiving-and-responding,
// "Interaction Callback Type").
type Callback int

// The callbacks; 0 is none.
const (
	Pong           Callback = 1
	Reply          Callback = 4
	DeferredReply  Callback = 5
	DeferredUpdate Callback = 6
	Update         Callback = 7
	Choices        Callback = 8
	ModalShown     Callback = 9
)

// Interaction is something that a person did, and what the app answered.
type Interaction struct {
	ID, Token            string
	Kind                 int
	User, Channel, Guild string
	Callback             Callback // 0 while there was no answer
	Original             string   // the message that answers it
	FollowUps            []string // messages, in order
}

// interaction is one with all that is known of it.
type interaction struct {
	Interaction
	command  object            // the command's definition, of commands and autocomplete
	focus    int               // type of the option that is typed in
	on       *Message          // that has the component, or led to the modal
	owners   map[string]string // authorizing_integration_owners
	at       time.Time         // by the clock
	expired  bool              // nobody answered in time
	deferred bool              // the original waits for the first follow-up
	started  bool              // the first follow-up of a deferred one was made
	answered chan struct{}     // closed with the first answer
	result   Answer
}

// Answer is what a person sees of what they did.
type Answer struct {
	Interaction string   // its id
	Callback    Callback // 0 if the app did not answer in time
	Message     Message  // for Reply, DeferredReply and Update: as it was at once
	Choices     []Choice // for Choices
	Modal       Modal    // for ModalShown
	Error       string   // what the person reads if it failed
}

// Choice is one that autocomplete offers.
type Choice struct {
	Name  string
	Value any // text, or a json.Number
}

// The words that a person reads when there was no answer.
const noResponse = "The application did not respond"

// begin makes an interaction; mu is held.
func (d *Discord) newInteraction(kind int, user string, c *Channel) *interaction {
	now := d.now()
	id := d.state.id(now)
	i := &interaction{Interaction: Interaction{ID: id, Token: "token" + id, Kind: kind, User: user, Channel: c.ID, Guild: c.Guild},
		at: now, answered: make(chan struct{}), owners: map[string]string{}}
	d.state.interactions[i.ID], d.state.tokens[i.Token] = i, i
	d.touch()
	return i
}

// contextOf is where a channel is.
func contextOf(c *Channel) int {
	switch c.Kind {
	case DM:
		return inBotDM
	case Group:
		return inPrivate
	}
	return inGuild
}

// ownersOf says through which installations a person uses something of the app
// (interactions/receiving-and-responding, "Authorizing Integration Owners
// Object"); types are the installations that it is made for.
func (d *Discord) ownersOf(user string, c *Channel, types []int) map[string]string {
	out := map[string]string{}
	g, u := d.state.guilds[c.Guild], d.state.users[user]
	made := func(kind int) bool { return slices.Contains(types, kind) && slices.Contains(d.options.Installs, kind) }
	if made(0) {
		switch {
		case c.Kind == DM:
			out["0"] = "0"
		case g != nil && !g.Absent:
			out["0"] = g.ID
		}
	}
	if u != nil && u.Installed && made(1) {
		out["1"] = user
	}
	return out
}

// payload is an interaction as the app gets it; mu is held.
func (d *Discord) payload(i *interaction, data object) object {
	c, u := d.state.channels[i.Channel], d.state.users[i.User]
	out := object{"id": i.ID, "application_id": AppID, "type": i.Kind, "token": i.Token, "version": 1, "data": data,
		"channel_id": c.ID, "channel": d.state.wireChannel(c), "locale": u.Locale, "context": contextOf(c),
		"authorizing_integration_owners": i.owners, "entitlements": []any{}, "attachment_size_limit": maxFile,
		"app_permissions": bits(d.appPermissions(i, c))}
	if c.Guild == "" {
		out["user"] = d.state.wireUser(u.ID)
	} else {
		g := d.state.guilds[c.Guild]
		member := d.state.wireMember(g, u.ID)
		member["user"], member["permissions"] = d.state.wireUser(u.ID), bits(d.state.permissions(u.ID, c))
		out["member"], out["guild_id"], out["guild_locale"] = member, g.ID, g.Locale
		out["guild"] = object{"id": g.ID, "locale": g.Locale, "features": []string{}}
	}
	if i.on != nil {
		out["message"] = d.wireMessage(i.on)
	}
	return out
}

// appPermissions are the app's where the interaction is: in private as
// interactions/receiving-and-responding, "Interaction Object" has them; in a
// guild without the bot those of the person.
func (d *Discord) appPermissions(i *interaction, c *Channel) Permission {
	const private = AttachFiles | EmbedLinks | MentionAll
	switch {
	case c.Kind == DM:
		return private | ExternalEmojis
	case c.Kind == Group:
		return private
	case i.foreign():
		return d.state.permissions(i.User, c)
	}
	return d.state.botPermissions(c)
}

// foreign tells whether the app is only there through the person.
func (i *interaction) foreign() bool { _, there := i.owners["0"]; return !there }

// interact has the app answer an interaction. It waits for the first answer.
func (d *Discord) interact(i *interaction, data object) Answer {
	d.mu.Lock()
	payload := d.payload(i, data)
	url, limit := d.options.InteractionsURL, d.timing.answer
	if url == "" {
		d.emit(i.Guild, 0, "INTERACTION_CREATE", payload)
	}
	d.mu.Unlock()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	failure := noResponse
	if url != "" {
		if problem := d.deliver(i, url, payload, limit); problem != "" {
			return d.expire(i, problem)
		}
	}
	select {
	case <-i.answered:
	case <-timer.C:
	case <-d.ctx.Done():
	}
	return d.expire(i, failure)
}

// expire ends the time for a first answer, and returns what there is.
func (d *Discord) expire(i *interaction, failure string) Answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	if i.Callback == 0 {
		i.expired = true
		i.result = Answer{Interaction: i.ID, Error: failure}
	}
	return i.result
}

// metadata is what a message tells of the interaction that it answers
// (resources/message, "Message Interaction Metadata Structure").
func (d *Discord) metadata(i *interaction) object {
	out := object{"id": i.ID, "type": i.Kind, "user": d.state.wireUser(i.User), "authorizing_integration_owners": maps.Clone(i.owners)}
	switch i.Kind {
	case component:
		out["interacted_message_id"] = i.on.ID
	case modalSubmit:
		out["triggering_interaction_metadata"] = object{"id": i.ID, "type": command, "user": d.state.wireUser(i.User),
			"authorizing_integration_owners": maps.Clone(i.owners)}
	}
	return out
}

// Interact has a person do anything: an interaction of a kind with any data, as
// Discord might one day send it. message is what it is on; the zero Message is
// none.
func (d *Discord) Interact(user, channel string, kind int, on Message, data map[string]any) Answer {
	d.mu.Lock()
	c, problem := d.at(user, channel)
	if c == nil {
		d.mu.Unlock()
		return d.cannot("%s", problem)
	}
	i := d.newInteraction(kind, user, c)
	i.owners = d.ownersOf(user, c, []int{0, 1})
	i.on = d.state.seen(user, channel, on.ID)
	d.mu.Unlock()
	return d.interact(i, data)
}

// at is the channel that a person does something in, and why not.
func (d *Discord) at(user, channel string) (*Channel, string) {
	c := d.state.channels[channel]
	switch {
	case d.state.users[user] == nil:
		return nil, fmt.Sprintf("there is no person %q", user)
	case c == nil:
		return nil, fmt.Sprintf("there is no channel %q", channel)
	case c.Guild == "" && !slices.Contains(c.Members, user):
		return nil, fmt.Sprintf("%s is not in channel %s", user, channel)
	}
	return c, ""
}
