package fakediscord

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Types of commands and of their options (interactions/application-commands).
const (
	slashCommand   = 1
	userCommand    = 2
	messageCommand = 3

	subcommand      = 1
	subcommandGroup = 2
	stringOption    = 3
	integerOption   = 4
	boolOption      = 5
	userOption      = 6
	channelOption   = 7
	roleOption      = 8
	mentionOption   = 9
	numberOption    = 10
	fileOption      = 11
)

// commandName is the pattern of names (interactions/application-commands,
// "Application Command Naming"), without the variants that are no letters.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locales are those that Discord knows (reference, "Locales").
var locales = strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")

// command checks an application command; part of one if it is an edit.
func (n node) command(edit bool) {
	kind := whole(n.o, "type")
	if !n.given("type") {
		kind = slashCommand
	} else {
		n.oneOf("type", slashCommand, userCommand, messageCommand)
	}
	if !edit || n.given("name") {
		n.name(kind)
	}
	if kind == slashCommand {
		n.description(edit)
		n.options(0)
	} else {
		n.forbidden("description", "APPLICATION_COMMAND_DESCRIPTION_INVALID", "Context menu commands cannot have description")
		n.forbidden("options", "APPLICATION_COMMAND_OPTIONS_INVALID", "Context menu commands cannot have options")
	}
	n.permissions("default_member_permissions")
	n.places("contexts", 2)
	n.places("integration_types", 1)
	if n.size() > maxCommandTotal {
		n.c.bad(n.path, "APPLICATION_COMMAND_TOO_LARGE", fmt.Sprintf("Command exceeds maximum size (%d)", maxCommandTotal))
	}
}

// permissions checks bits of permissions, which are text or a number
// (topics/permissions).
func (n node) permissions(name string) {
	if _, err := strconv.ParseUint(fmt.Sprint(n.o[name]), 10, 64); n.given(name) && err != nil {
		n.bad(name, "NUMBER_TYPE_COERCE", "Value %q is not int.", fmt.Sprint(n.o[name]))
	}
}

// name checks a name in all languages.
func (n node) name(kind int) {
	n.length("name", 1, maxCommandName)
	good := func(name string) bool {
		return kind != slashCommand || commandName.MatchString(name) && strings.ToLower(name) == name
	}
	if name := word(n.o, "name"); name != "" && !good(name) {
		n.bad("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name %q is invalid", name)
	}
	n.localized("name_localizations", maxCommandName, good)
}

func (n node) description(edit bool) {
	if !edit || n.given("description") {
		n.length("description", 1, maxCommandText)
	}
	n.localized("description_localizations", maxCommandText, func(string) bool { return true })
}

// localized checks texts by locale.
func (n node) localized(name string, most int, good func(string) bool) {
	all, there := n.inner(name)
	if !there {
		return
	}
	for locale := range all.o {
		if !slices.Contains(locales, locale) {
			all.bad(locale, "BASE_TYPE_CHOICES", "There is no locale %q.", locale)
			continue
		}
		all.length(locale, 1, most)
		if !good(word(all.o, locale)) {
			all.bad(locale, "STRING_TYPE_REGEX", "String value did not match validation regex.")
		}
	}
}

// places checks contexts and integration_types.
func (n node) places(name string, most int) {
	items, is := n.o[name].([]any)
	if n.given(name) && !is {
		n.bad(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
	}
	seen := map[string]bool{}
	for _, item := range items {
		o := node{n.c, n.path, object{name: item}}
		o.required(name)
		o.between(name, 0, most)
		if key := fmt.Sprint(item); seen[key] {
			n.bad(name, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
		} else {
			seen[key] = true
		}
	}
}

// options checks options at a depth: subcommands may be in groups or at the top,
// other options beside no subcommand.
func (n node) options(depth int) {
	names, optional, kinds := map[string]bool{}, false, map[bool]bool{}
	for _, option := range n.list("options", 0, maxOptions) {
		kind := whole(option.o, "type")
		option.option(depth, kind)
		if name := word(option.o, "name"); names[name] {
			option.bad("name", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique")
		} else {
			names[name] = true
		}
		if flag(option.o, "required") && optional {
			option.bad("required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !flag(option.o, "required")
		kinds[kind <= subcommandGroup] = true
	}
	if len(kinds) > 1 {
		n.bad("options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types")
	}
}

func (n node) option(depth, kind int) {
	n.oneOf("type", subcommand, subcommandGroup, stringOption, integerOption, boolOption, userOption, channelOption,
		roleOption, mentionOption, numberOption, fileOption)
	n.name(slashCommand)
	n.description(false)
	switch {
	case kind == subcommandGroup && depth > 0, kind == subcommand && depth > 1:
		n.bad("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "This cannot be in a subcommand or group")
	case kind == subcommandGroup:
		n.options(1)
	case kind == subcommand:
		n.options(2)
	}
	n.choices(kind)
	n.between("min_length", 0, maxOptionText)
	n.between("max_length", 1, maxOptionText)
}

// choices checks what an option offers.
func (n node) choices(kind int) {
	choices := n.list("choices", 0, maxChoices)
	if len(choices) > 0 && flag(n.o, "autocomplete") {
		n.bad("choices", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", "Options with autocomplete cannot have choices")
	}
	if (len(choices) > 0 || flag(n.o, "autocomplete")) && kind != stringOption && kind != integerOption && kind != numberOption {
		n.bad("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Only text and numbers can be chosen")
	}
	for _, choice := range choices {
		choice.choiceOf(kind)
	}
}

// choiceOf checks a choice, offered by a command or by autocomplete.
func (n node) choiceOf(kind int) {
	n.length("name", 1, maxChoice)
	n.localized("name_localizations", maxChoice, func(string) bool { return true })
	n.required("value")
	if kind == stringOption {
		n.length("value", 1, maxChoice)
	} else if _, isText := n.o["value"].(string); isText && kind != 0 {
		n.bad("value", "NUMBER_TYPE_COERCE", "Value %q is not a number.", word(n.o, "value"))
	}
}

// size is what counts against the whole of a command: names, descriptions and
// values, of each text its longest translation.
func (n node) size() int {
	total := longest(n.o, "name") + longest(n.o, "description") + utf8.RuneCountInString(word(n.o, "value"))
	for _, name := range []string{"options", "choices"} {
		items, _ := n.o[name].([]any)
		for _, item := range items {
			if o, is := item.(object); is {
				total += node{o: o}.size()
			}
		}
	}
	return total
}

func longest(o object, name string) int {
	most := utf8.RuneCountInString(word(o, name))
	translations, _ := o[name+"_localizations"].(object)
	for locale := range translations {
		most = max(most, utf8.RuneCountInString(word(translations, locale)))
	}
	return most
}
