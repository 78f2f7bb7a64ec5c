package fakediscord

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Press has a person press a button of a message, by its custom_id or what is
// written on it. That it is not there, or not to be pressed, is a mistake of the
// test.
func (d *Discord) Press(user string, on Message, name string) Answer {
	return d.touchPart(user, on, name, func(part object) (object, string) {
		switch {
		case whole(part, "type") != button:
			return nil, "it is no button"
		case word(part, "url") != "":
			return nil, "it is a link"
		}
		return object{"custom_id": part["custom_id"], "component_type": button, "id": part["id"]}, ""
	})
}

// PressUnknown presses a component that is not on the message, as when an old
// message has one that the app no longer knows; its type may be any number.
func (d *Discord) PressUnknown(user string, on Message, customID string, kind int) Answer {
	return d.Interact(user, on.Channel, component, on, object{"custom_id": customID, "component_type": kind, "id": 1})
}

// Select has a person choose from a select of a message: values or labels of a
// string select, ids for the others. It is named by its custom_id or its
// placeholder.
func (d *Discord) Select(user string, on Message, name string, values ...string) Answer {
	return d.touchPart(user, on, name, func(part object) (object, string) {
		chosen, problem := choose(part, values)
		if problem != "" {
			return nil, problem
		}
		data := object{"custom_id": part["custom_id"], "component_type": part["type"], "id": part["id"], "values": chosen}
		if whole(part, "type") != stringSelect {
			data["resolved"] = object{}
		}
		return data, ""
	})
}

// choose reads values or labels of a select.
func choose(part object, values []string) ([]string, string) {
	kind := whole(part, "type")
	switch {
	case kind < stringSelect || kind > lastSelect || kind == textInput:
		return nil, "it is no select"
	case len(values) < whole(part, "min_values") || len(values) > orElse(whole(part, "max_values"), 1):
		return nil, fmt.Sprintf("it does not take %d values", len(values))
	case kind != stringSelect:
		return values, ""
	}
	options, _ := part["options"].([]any)
	var out []string
	for _, value := range values {
		i := slices.IndexFunc(options, func(item any) bool {
			o, _ := item.(object)
			return word(o, "value") == value || word(o, "label") == value
		})
		if i < 0 {
			return nil, fmt.Sprintf("it does not offer %q", value)
		}
		out = append(out, word(options[i].(object), "value"))
	}
	return out, ""
}

// touchPart has a person use a component of a message.
func (d *Discord) touchPart(user string, on Message, name string, use func(object) (object, string)) Answer {
	d.mu.Lock()
	i, data, problem := d.part(user, on, name, use)
	d.mu.Unlock()
	if problem != "" {
		return d.cannot("%q on message %s: %s", name, on.ID, problem)
	}
	return d.interact(i, data)
}

func (d *Discord) part(user string, on Message, name string, use func(object) (object, string)) (*interaction, object, string) {
	c, problem := d.at(user, on.Channel)
	if c == nil {
		return nil, nil, problem
	}
	m := d.state.seen(user, on.Channel, on.ID)
	if m == nil {
		return nil, nil, "the message is not there for this person"
	}
	part := findPart(m.Components, name)
	switch {
	case part == nil:
		return nil, nil, fmt.Sprintf("there is no such component among %q", names(m.Components))
	case flag(part, "disabled"):
		return nil, nil, "it is disabled"
	}
	data, problem := use(part)
	if problem != "" {
		return nil, nil, problem
	}
	i := d.newInteraction(component, user, c)
	i.on, i.owners = m, d.ownersOn(m, user, c)
	return i, data, ""
}

// ownersOn are the installations behind a message: those of the interaction that
// it answers, else that of the bot.
func (d *Discord) ownersOn(m *Message, user string, c *Channel) map[string]string {
	if first := d.state.interactions[m.Interaction]; first != nil {
		return first.owners
	}
	return d.ownersOf(user, c, []int{0})
}

// findPart finds a component by its custom_id, or by what is written on it.
func findPart(components json.RawMessage, name string) object {
	items, _ := decode(listOr(components))
	parts := allComponents(items)
	for _, key := range []string{"custom_id", "label", "placeholder"} {
		for _, part := range parts {
			if word(part, key) == name {
				return part
			}
		}
	}
	return nil
}

// names are what the components of a message go by.
func names(components json.RawMessage) []string {
	items, _ := decode(listOr(components))
	var out []string
	for _, part := range allComponents(items) {
		if id := word(part, "custom_id"); id != "" {
			out = append(out, orElse(word(part, "label"), orElse(word(part, "placeholder"), id)))
		}
	}
	return out
}

// Modal is a form that an app opened before a person.
type Modal struct {
	CustomID, Title string
	Components      json.RawMessage

	user, channel string
	on            *Message // that has the component which led to it
	owners        map[string]string
}

func (d *Discord) readModal(i *interaction, o object) Modal {
	return Modal{CustomID: word(o, "custom_id"), Title: word(o, "title"), Components: d.keepComponents(&Message{}, o["components"]),
		user: i.User, channel: i.Channel, on: i.on, owners: i.owners}
}

// Submit has the person send a modal: a text for each text input by its
// custom_id or label, values of a select as []string.
func (d *Discord) Submit(modal Modal, values map[string]any) Answer {
	d.mu.Lock()
	c, problem := d.at(modal.user, modal.channel)
	rows, problems := modal.fillIn(values)
	if c == nil {
		problems = append(problems, problem)
	}
	if len(problems) > 0 {
		d.mu.Unlock()
		return d.cannot("modal %q: %v", modal.Title, problems)
	}
	i := d.newInteraction(modalSubmit, modal.user, c)
	i.on, i.owners = modal.on, modal.owners
	d.mu.Unlock()
	return d.interact(i, object{"custom_id": modal.CustomID, "components": rows})
}

// fillIn are the rows of a modal with what the person put in
// (interactions/receiving-and-responding, "Modal Submit Data Structure").
func (m Modal) fillIn(values map[string]any) ([]object, []string) {
	var rows []object
	var problems []string
	used := 0
	put := func(part object, labelled string) object {
		value, given := values[word(part, "custom_id")]
		if !given {
			value, given = values[labelled]
		}
		if given {
			used++
		} else if part["required"] != false {
			problems = append(problems, fmt.Sprintf("%q is missing", labelled))
		}
		return filled(part, value)
	}
	for _, row := range objects(m.Components) {
		out := object{"type": row["type"], "id": row["id"]}
		if part, is := row["component"].(object); is {
			out["component"] = put(part, word(row, "label"))
		} else if items, is := row["components"].([]any); is {
			part, _ := items[0].(object)
			out["components"] = []object{put(part, word(part, "label"))}
		}
		rows = append(rows, out)
	}
	if used < len(values) {
		problems = append(problems, "a value is for no input")
	}
	return rows, problems
}

// filled is an input with what was put in.
func filled(part object, value any) object {
	out := object{"type": part["type"], "id": part["id"], "custom_id": part["custom_id"]}
	if whole(part, "type") == textInput {
		if value == nil {
			value = ""
		}
		out["value"] = value
		return out
	}
	list, _ := value.([]string)
	out["values"] = append([]string{}, list...)
	return out
}
