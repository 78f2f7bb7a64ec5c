package fakediscord

import (
	"maps"
	"net/http"
	"slices"
)

// listCommands leaves translations out unless they are asked for
// (interactions/application-commands, "Get Global Application Commands").
func (d *Discord) listCommands(r *request) answer {
	if out, bad := d.mine(r); bad {
		return out
	}
	list := []object{}
	for _, c := range d.state.commands[r.vars["guild_id"]] {
		shown := maps.Clone(c)
		if r.query.Get("with_localizations") != "true" {
			shown = untranslated(c)
		}
		list = append(list, shown)
	}
	return ok(list)
}

// untranslated is a command, option or choice without its translations.
func untranslated(o object) object {
	out := maps.Clone(o)
	delete(out, "name_localizations")
	delete(out, "description_localizations")
	for _, name := range []string{"options", "choices"} {
		items, is := out[name].([]any)
		if !is {
			continue
		}
		shown := make([]any, 0, len(items))
		for _, item := range items {
			if inner, is := item.(object); is {
				shown = append(shown, untranslated(inner))
			}
		}
		out[name] = shown
	}
	return out
}

// mine refuses calls for another application, or for a guild that the app is
// not in.
func (d *Discord) mine(r *request) (answer, bool) {
	guild := r.vars["guild_id"]
	switch {
	case r.vars["application_id"] != AppID:
		return refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application"), true
	case guild != "" && (d.state.guilds[guild] == nil || d.state.guilds[guild].Absent):
		return refuse(http.StatusForbidden, 50001, "Missing Access"), true
	}
	return answer{}, false
}

// putCommands replaces all commands (interactions/application-commands, "Bulk
// Overwrite Global Application Commands").
func (d *Discord) putCommands(r *request) answer {
	if out, bad := d.mine(r); bad {
		return out
	}
	c := &checker{}
	root := node{c, nil, object{"commands": r.body}}
	list := root.list("commands", 0, maxSlashCommands+maxUserCommands+maxMessageCommands)
	for i := range list {
		list[i].path = list[i].path[1:]
		list[i].command(false)
	}
	c.uniqueNames(list)
	if len(c.problems) > 0 {
		return d.reject(r, c)
	}
	guild := r.vars["guild_id"]
	all := []object{}
	for _, n := range list {
		all = append(all, d.upsert(guild, n.o))
	}
	if out, bad := d.countCommands(r, guild, all); bad {
		return out
	}
	d.state.commands[guild] = all
	d.touch()
	return ok(all)
}

// uniqueNames wants names to be unique among commands of a type.
func (c *checker) uniqueNames(list []node) {
	for i, n := range list {
		if slices.ContainsFunc(list[:i], func(other node) bool { return same(other.o, n.o) }) {
			n.bad("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
	}
}

// same tells whether two commands have the same type and name.
func same(a, b object) bool {
	return word(a, "name") == word(b, "name") && typeOf(a) == typeOf(b)
}

func typeOf(command object) int {
	if command["type"] == nil {
		return slashCommand
	}
	return whole(command, "type")
}

// upsert is a command as it is kept: with the id that one of its name has, and
// the defaults (interactions/application-commands, "Application Command Object").
func (d *Discord) upsert(guild string, o object) object {
	out := kept(o)
	if old := d.state.command(guild, typeOf(o), word(o, "name")); old != nil {
		out["id"] = old["id"]
	} else {
		out["id"] = d.state.id(d.now())
		d.state.creates[guild] = append(within(d.state.creates[guild], d.now(), creationDay), d.now())
	}
	out["application_id"], out["version"], out["type"] = AppID, d.state.id(d.now()), typeOf(o)
	for name, value := range map[string]any{"description": "", "default_member_permissions": nil, "nsfw": false} {
		if out[name] == nil {
			out[name] = value
		}
	}
	if guild != "" {
		out["guild_id"] = guild
		return out
	}
	for name, value := range map[string]any{"integration_types": []any{0}, "contexts": nil} {
		if out[name] == nil {
			out[name] = value
		}
	}
	return out
}

// kept is a command, option or choice without members that are null.
func kept(o object) object {
	out := object{}
	for name, value := range o {
		if items, is := value.([]any); is && name != "contexts" && name != "integration_types" {
			list := make([]any, 0, len(items))
			for _, item := range items {
				if inner, is := item.(object); is {
					item = kept(inner)
				}
				list = append(list, item)
			}
			value = list
		}
		if value != nil {
			out[name] = value
		}
	}
	return out
}

// command finds a command by type and name; nil if there is none.
func (s *State) command(guild string, kind int, name string) object {
	for _, c := range s.commands[guild] {
		if typeOf(c) == kind && word(c, "name") == name {
			return c
		}
	}
	return nil
}

// countCommands refuses too many commands, and too many new ones a day.
func (d *Discord) countCommands(r *request, guild string, list []object) (answer, bool) {
	count := map[int]int{}
	for _, c := range list {
		count[typeOf(c)]++
	}
	for kind, most := range map[int]int{slashCommand: maxSlashCommands, userCommand: maxUserCommands, messageCommand: maxMessageCommands} {
		if count[kind] > most {
			d.blame("%s: more than %d commands of type %d", r.route.name(), most, kind)
			return refuse(http.StatusBadRequest, 30032, "Maximum number of application commands reached"), true
		}
	}
	if len(d.state.creates[guild]) > maxCreates {
		d.blame("%s: more than %d new commands a day", r.route.name(), maxCreates)
		return refuse(http.StatusTooManyRequests, 30034, "Max number of daily application command creates has been reached (200)"), true
	}
	return answer{}, false
}

func (d *Discord) createCommand(r *request) answer {
	if out, bad := d.mine(r); bad {
		return out
	}
	n := node{&checker{}, nil, r.object()}
	n.command(false)
	if len(n.c.problems) > 0 {
		return d.reject(r, n.c)
	}
	guild := r.vars["guild_id"]
	isNew := d.state.command(guild, typeOf(n.o), word(n.o, "name")) == nil
	made := d.upsert(guild, n.o)
	list := slices.DeleteFunc(slices.Clone(d.state.commands[guild]), func(c object) bool { return same(c, made) })
	list = append(list, made)
	if out, bad := d.countCommands(r, guild, list); bad {
		return out
	}
	d.state.commands[guild] = list
	d.touch()
	if isNew {
		return answer{status: http.StatusCreated, body: made}
	}
	return ok(made)
}

// one is the command that a call names.
func (d *Discord) one(r *request) (int, answer, bool) {
	if out, bad := d.mine(r); bad {
		return 0, out, true
	}
	for i, c := range d.state.commands[r.vars["guild_id"]] {
		if c["id"] == r.vars["command_id"] {
			return i, answer{}, false
		}
	}
	return 0, refuse(http.StatusNotFound, 10063, "Unknown application command"), true
}

func (d *Discord) getCommand(r *request) answer {
	i, out, bad := d.one(r)
	if bad {
		return out
	}
	return ok(d.state.commands[r.vars["guild_id"]][i])
}

func (d *Discord) editCommand(r *request) answer {
	i, out, bad := d.one(r)
	if bad {
		return out
	}
	list := slices.Clone(d.state.commands[r.vars["guild_id"]])
	changed := maps.Clone(list[i])
	maps.Copy(changed, r.object())
	n := node{&checker{}, nil, changed}
	n.command(true)
	if len(n.c.problems) > 0 {
		return d.reject(r, n.c)
	}
	changed["version"] = d.state.id(d.now())
	list[i] = changed
	d.state.commands[r.vars["guild_id"]] = list
	d.touch()
	return ok(changed)
}

func (d *Discord) deleteCommand(r *request) answer {
	i, out, bad := d.one(r)
	if bad {
		return out
	}
	guild := r.vars["guild_id"]
	d.state.commands[guild] = slices.Delete(slices.Clone(d.state.commands[guild]), i, i+1)
	d.touch()
	return done()
}
