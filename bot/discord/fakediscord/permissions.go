package fakediscord

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
)

// Role is what some people of a guild may do.
type Role struct {
	ID          string // one is made if it is not set
	Name        string
	Permissions Permission
}

// Overwrite is what somebody may do otherwise in a channel (resources/channel,
// "Overwrite Object"). It is for one person, or for those of a role; the role
// with the guild's id is everybody's.
type Overwrite struct {
	Role, User  string // one of the two
	Allow, Deny Permission
}

// AddRole makes a role in a guild and gives it to people.
func (d *Discord) AddRole(guild string, r Role, people ...string) (id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g := d.state.guilds[guild]
	if g == nil {
		d.mistake("there is no guild %q", guild)
		return ""
	}
	if r.ID == "" {
		r.ID = d.state.id(d.now())
	}
	g.addRole(r, people)
	return r.ID
}

func (g *Guild) addRole(r Role, people []string) {
	g.roles = append(g.roles, r)
	if g.has == nil {
		g.has = map[string][]string{}
	}
	for _, person := range people {
		g.has[person] = append(g.has[person], r.ID)
	}
}

// RemoveRole takes a role from somebody.
func (d *Discord) RemoveRole(guild, role, person string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if g := d.state.guilds[guild]; g != nil {
		g.has[person] = slices.DeleteFunc(g.has[person], func(id string) bool { return id == role })
	}
}

// AllowCommand has a guild's administrators show a command to somebody who would
// not see it by its default_member_permissions
// (interactions/application-commands, "Permissions").
func (d *Discord) AllowCommand(guild, name, person string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g := d.state.guilds[guild]
	if g == nil {
		d.mistake("there is no guild %q", guild)
		return
	}
	if g.allowed == nil {
		g.allowed = map[string][]string{}
	}
	g.allowed[name] = append(g.allowed[name], person)
}

// owner is whom a guild belongs to; nobody who is there if it has no admins.
func (g *Guild) owner() string {
	if len(g.Admins) > 0 {
		return g.Admins[0]
	}
	return BotUser + "0"
}

// base are a person's permissions in a guild (topics/permissions, "Permission
// Overwrites": compute_base_permissions).
func (g *Guild) base(person string) Permission {
	if person == g.owner() {
		return all
	}
	may := usual
	for _, r := range g.roles {
		if slices.Contains(g.has[person], r.ID) {
			may |= r.Permissions
		}
	}
	if may&Administrator != 0 {
		return all
	}
	return may
}

// permissions are a person's in a channel (the same page, compute_overwrites),
// in a thread those of the channel that it is in ("Inherited Permissions").
func (s *State) permissions(person string, c *Channel) Permission {
	g := s.guilds[c.Guild]
	if g == nil {
		return usual
	}
	may := g.base(person)
	if may&Administrator != 0 {
		return may
	}
	list := s.overwrites(c)
	apply := func(concerns func(Overwrite) bool) {
		var allow, deny Permission
		for _, o := range list {
			if concerns(o) {
				allow, deny = allow|o.Allow, deny|o.Deny
			}
		}
		may = may&^deny | allow
	}
	apply(func(o Overwrite) bool { return o.Role == g.ID })
	apply(func(o Overwrite) bool { return o.Role != g.ID && slices.Contains(g.has[person], o.Role) })
	apply(func(o Overwrite) bool { return o.User == person })
	return may
}

// overwrites are those of a channel, with what the bot is denied in it.
func (s *State) overwrites(c *Channel) []Overwrite {
	list := slices.Clone(c.Overwrites)
	if parent := s.channels[c.Parent]; c.Kind == Thread && parent != nil {
		list = s.overwrites(parent)
	}
	if c.Denied != 0 {
		list = append(list, Overwrite{User: BotUser, Deny: c.Denied})
	}
	return list
}

// wireOverwrites are those of a channel that is no thread.
func (s *State) wireOverwrites(c *Channel) []object {
	out := []object{}
	for _, o := range s.overwrites(c) {
		id, kind := o.Role, 0
		if o.User != "" {
			id, kind = o.User, 1
		}
		out = append(out, object{"id": id, "type": kind, "allow": bits(o.Allow), "deny": bits(o.Deny)})
	}
	return out
}

// bits are permissions as Discord writes them.
func bits(p Permission) string { return strconv.FormatInt(int64(p), 10) }

// wireRoles are the roles of a guild (topics/permissions, "Role Object").
func (g *Guild) wireRoles() []object {
	out := []object{}
	for i, r := range append([]Role{{ID: g.ID, Name: "@everyone", Permissions: usual}}, g.roles...) {
		out = append(out, object{"id": r.ID, "name": r.Name, "permissions": bits(r.Permissions), "position": i,
			"color": 0, "hoist": false, "managed": false, "mentionable": false, "flags": 0, "icon": nil, "unicode_emoji": nil,
			"colors": object{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil}})
	}
	return out
}

// guildOf is the guild of a call, if the bot is in it.
func (d *Discord) guildOf(r *request) (*Guild, answer) {
	g := d.state.guilds[r.vars["guild_id"]]
	switch {
	case g == nil:
		return nil, refuse(http.StatusNotFound, 10004, "Unknown Guild")
	case g.Absent:
		return nil, refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	return g, answer{}
}

// getGuild is resources/guild, "Get Guild": without what only the gateway tells.
func (d *Discord) getGuild(r *request) answer {
	g, out := d.guildOf(r)
	if g == nil {
		return out
	}
	o := d.state.wireGuild(g)
	for _, name := range []string{"members", "channels", "threads", "presences", "voice_states", "stage_instances",
		"guild_scheduled_events", "soundboard_sounds", "member_count", "large", "unavailable", "joined_at"} {
		delete(o, name)
	}
	maps.Copy(o, object{"home_header": nil, "widget_enabled": false, "widget_channel_id": nil, "nsfw": false, "incidents_data": nil,
		"max_presences": nil, "max_members": 500000, "max_video_channel_users": 25, "max_stage_video_channel_users": 50, "premium_subscription_count": 0})
	return ok(o)
}

// getMember is resources/guild, "Get Guild Member". Everybody is a member
// of every guild.
func (d *Discord) getMember(r *request) answer {
	g, out := d.guildOf(r)
	if g == nil {
		return out
	}
	id := r.vars["user_id"]
	if d.state.users[id] == nil {
		return refuse(http.StatusNotFound, 10007, "Unknown Member")
	}
	member := d.state.wireMember(g, id)
	member["user"] = d.state.wireUser(id)
	return ok(member)
}
