package fakediscord

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Slash has a person use a slash command: "ask", or with subcommands "report
// chart". Options are by name: text, whole and other numbers, bool, and ids for
// people, channels and roles. It returns the app's first answer; that the
// command is not there, or not for this person, is a mistake of the test.
func (d *Discord) Slash(user, channel, path string, options map[string]any) Answer {
	return d.use(user, channel, path, options, "")
}

// Autocomplete has a person type in an option of a slash command, and returns
// what the app offers. Options may be partial; focused is the one they type in.
func (d *Discord) Autocomplete(user, channel, path string, options map[string]any, focused string) Answer {
	return d.use(user, channel, path, options, focused)
}

// use uses a slash command, or types in it if an option is focused.
func (d *Discord) use(user, channel, path string, options map[string]any, focused string) Answer {
	d.mu.Lock()
	i, data, problem := d.slash(user, channel, path, options, focused)
	d.mu.Unlock()
	if problem != "" {
		return d.cannot("/%s: %s", path, problem)
	}
	return d.interact(i, data)
}

// slash makes the interaction of a slash command, or says why it cannot be.
func (d *Discord) slash(user, channel, path string, options map[string]any, focused string) (*interaction, object, string) {
	c, problem := d.at(user, channel)
	if c == nil {
		return nil, nil, problem
	}
	names := strings.Fields(path)
	if len(names) == 0 {
		return nil, nil, "no command is named"
	}
	definition, problem := d.offered(user, c, slashCommand, names[0])
	if problem != "" {
		return nil, nil, problem
	}
	f := &filler{d: d, c: c, values: maps.Clone(options), focused: focused, resolved: object{}}
	list := f.options(definition, names[1:])
	for name := range f.values {
		f.problem(fmt.Sprintf("there is no option %q", name))
	}
	if len(f.problems) > 0 {
		return nil, nil, strings.Join(f.problems, "; ")
	}
	kind := command
	if focused != "" {
		kind = autocomplete
	}
	i := d.commandBy(kind, user, c, definition)
	i.focus = f.focus
	data := d.commandData(definition, list)
	if len(f.resolved) > 0 {
		data["resolved"] = f.resolved
	}
	return i, data, ""
}

// commandBy makes the interaction of a command.
func (d *Discord) commandBy(kind int, user string, c *Channel, definition object) *interaction {
	i := d.newInteraction(kind, user, c)
	i.command, i.owners = definition, d.ownersOf(user, c, installs(definition))
	return i
}

// commandData is what an interaction tells of its command
// (interactions/receiving-and-responding, "Application Command Data Structure").
func (d *Discord) commandData(definition object, options []object) object {
	data := object{"id": definition["id"], "name": definition["name"], "type": typeOf(definition)}
	if options != nil {
		data["options"] = options
	}
	if guild, of := definition["guild_id"]; of {
		data["guild_id"] = guild
	}
	return data
}

// installs are the installations that a command is made for; those of a guild
// are for its own alone.
func installs(definition object) []int {
	if definition["guild_id"] != nil {
		return []int{0}
	}
	return numbers(definition["integration_types"])
}

// numbers are the whole numbers in a list.
func numbers(v any) []int {
	items, _ := v.([]any)
	var out []int
	for _, item := range items {
		if n, err := strconv.Atoi(fmt.Sprint(item)); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// offered finds a command that a person is shown in a channel, or says why it is
// not: guild commands first (interactions/application-commands).
func (d *Discord) offered(user string, c *Channel, kind int, name string) (object, string) {
	problem := fmt.Sprintf("there is no command %q", name)
	for _, guild := range slices.Compact([]string{c.Guild, ""}) {
		definition := d.state.command(guild, kind, name)
		if definition == nil {
			continue
		}
		if problem = d.hidden(user, c, definition); problem == "" {
			return definition, ""
		}
	}
	return nil, problem
}

// hidden says why a person is not shown a command in a channel; "" if they are.
func (d *Discord) hidden(user string, c *Channel, definition object) string {
	contexts := numbers(definition["contexts"])
	if definition["contexts"] != nil && !slices.Contains(contexts, contextOf(c)) {
		return fmt.Sprintf("the command is not for context %d", contextOf(c))
	}
	if len(d.ownersOf(user, c, installs(definition))) == 0 {
		return "the command is not installed here for this person"
	}
	if text := word(definition, "default_member_permissions"); c.Guild != "" && definition["default_member_permissions"] != nil {
		needed, _ := strconv.ParseInt(text, 10, 64)
		has := d.state.permissions(user, c)
		shown := has&Administrator != 0 || slices.Contains(d.state.guilds[c.Guild].allowed[word(definition, "name")], user)
		if !shown && (needed == 0 || has&Permission(needed) != Permission(needed)) {
			return "the person may not use the command"
		}
	}
	return ""
}

// Offered are the commands that a person is shown in a channel: "/ask" for slash
// commands, names alone for the others.
func (d *Discord) Offered(user, channel string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, problem := d.at(user, channel)
	if c == nil {
		d.mistake("%s", problem)
		return nil
	}
	var out []string
	for _, guild := range slices.Compact([]string{c.Guild, ""}) {
		for _, definition := range d.state.commands[guild] {
			name := word(definition, "name")
			if typeOf(definition) == slashCommand {
				name = "/" + name
			}
			if d.hidden(user, c, definition) == "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// filler fills in the options of a command.
type filler struct {
	d        *Discord
	c        *Channel
	values   map[string]any // those that are not used yet
	focused  string
	focus    int // its type
	resolved object
	problems []string
}

func (f *filler) problem(says string) { f.problems = append(f.problems, says) }

// options are the options of a command or subcommand, as they are sent.
func (f *filler) options(definition object, path []string) []object {
	items, _ := definition["options"].([]any)
	if len(path) > 0 {
		return f.subcommand(items, path)
	}
	var out []object
	for _, item := range items {
		option, _ := item.(object)
		if whole(option, "type") <= subcommandGroup {
			f.problem("a subcommand is missing")
			return nil
		}
		if filled := f.option(option); filled != nil {
			out = append(out, filled)
		}
	}
	return out
}

func (f *filler) subcommand(items []any, path []string) []object {
	for _, item := range items {
		option, _ := item.(object)
		if kind := whole(option, "type"); kind <= subcommandGroup && word(option, "name") == path[0] {
			return []object{{"name": path[0], "type": kind, "options": orEmpty(f.options(option, path[1:]))}}
		}
	}
	f.problem(fmt.Sprintf("there is no subcommand %q", path[0]))
	return nil
}

func orEmpty(list []object) []object {
	if list == nil {
		return []object{}
	}
	return list
}

// option is one option with its value; nil if it was not given.
func (f *filler) option(definition object) object {
	name, kind := word(definition, "name"), whole(definition, "type")
	value, given := f.values[name]
	delete(f.values, name)
	if !given {
		if flag(definition, "required") && f.focused == "" {
			f.problem(fmt.Sprintf("the option %q is missing", name))
		}
		return nil
	}
	out := object{"name": name, "type": kind, "value": value}
	if name == f.focused {
		if !flag(definition, "autocomplete") {
			f.problem(fmt.Sprintf("the option %q has no autocomplete", name))
		}
		f.focus, out["focused"] = kind, true
		return out // what is typed need not be a value yet
	}
	out["value"] = f.value(definition, kind, value)
	return out
}

// value is a value as it is sent, if the option takes it.
func (f *filler) value(definition object, kind int, value any) any {
	wrong := func() any {
		f.problem(fmt.Sprintf("the option %q does not take %v", word(definition, "name"), value))
		return nil
	}
	if choices, _ := definition["choices"].([]any); len(choices) > 0 {
		return chosen(choices, value, wrong)
	}
	switch kind {
	case stringOption:
		text, is := value.(string)
		least, most := whole(definition, "min_length"), orElse(whole(definition, "max_length"), maxOptionText)
		if count := utf8.RuneCountInString(text); !is || count < least || count > most {
			return wrong()
		}
	case integerOption, numberOption:
		if _, err := json.Number(fmt.Sprint(value)).Float64(); err != nil {
			return wrong()
		}
	case boolOption:
		if _, is := value.(bool); !is {
			return wrong()
		}
	default:
		id, is := value.(string)
		if !is || !f.resolve(kind, id) {
			return wrong()
		}
	}
	return value
}

// chosen is the value of a choice, which the test may name by what the person
// reads.
func chosen(choices []any, value any, wrong func() any) any {
	for _, item := range choices {
		choice, _ := item.(object)
		if fmt.Sprint(choice["value"]) == fmt.Sprint(value) || word(choice, "name") == value {
			return choice["value"]
		}
	}
	return wrong()
}

// resolve adds what an id stands for (interactions/receiving-and-responding,
// "Resolved Data Structure").
func (f *filler) resolve(kind int, id string) bool {
	add := func(name string, what object) {
		list, _ := f.resolved[name].(object)
		if list == nil {
			list = object{}
			f.resolved[name] = list
		}
		list[id] = what
	}
	state := &f.d.state
	if c := state.channels[id]; c != nil && kind == channelOption {
		add("channels", state.wireChannel(c))
		return true
	}
	if state.users[id] == nil || kind != userOption && kind != mentionOption {
		return false
	}
	add("users", state.wireUser(id))
	if f.c.Guild != "" {
		add("members", state.wireMember(state.guilds[f.c.Guild], id))
	}
	return true
}

// MessageCommand has a person use a command of the menu of a message.
func (d *Discord) MessageCommand(user string, on Message, name string) Answer {
	d.mu.Lock()
	i, data, problem := d.onMessage(user, on, name)
	d.mu.Unlock()
	if problem != "" {
		return d.cannot("%s: %s", name, problem)
	}
	return d.interact(i, data)
}

func (d *Discord) onMessage(user string, on Message, name string) (*interaction, object, string) {
	c, problem := d.at(user, on.Channel)
	if c == nil {
		return nil, nil, problem
	}
	m := d.state.seen(user, on.Channel, on.ID)
	if m == nil {
		return nil, nil, fmt.Sprintf("there is no message %s in %s", on.ID, on.Channel)
	}
	definition, problem := d.offered(user, c, messageCommand, name)
	if problem != "" {
		return nil, nil, problem
	}
	data := d.commandData(definition, nil)
	data["target_id"] = m.ID
	data["resolved"] = object{"messages": object{m.ID: d.wireMessage(m)}} // with its content (events/gateway, "Message Content Intent")
	return d.commandBy(command, user, c, definition), data, ""
}
