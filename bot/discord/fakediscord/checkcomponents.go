package fakediscord

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Component types (components/reference, "Component Types").
const (
	actionRow    = 1
	button       = 2
	stringSelect = 3
	textInput    = 4
	otherSelects = 5 // to 8: of users, roles, both, channels
	lastSelect   = 8
	section      = 9
	textDisplay  = 10
	thumbnail    = 11
	mediaGallery = 12
	fileShown    = 13
	separator    = 14
	container    = 17
	label        = 18
	lastType     = 23
)

const (
	linkButton    = 5
	premiumButton = 6
)

// checkRows checks components without the V2 flag: rows of buttons or of one
// select (components/reference, "Legacy Message Component Behavior").
func (b body) checkRows() {
	for _, row := range b.list("components", 0, maxRows) {
		if whole(row.o, "type") != actionRow {
			row.bad("type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).")
			continue
		}
		row.row()
	}
}

// row checks an action row (components/reference, "Action Row").
func (n node) row() {
	parts := n.list("components", 1, maxButtons)
	for _, part := range parts {
		switch kind := whole(part.o, "type"); {
		case kind == button:
			part.button()
		case kind >= stringSelect && kind <= lastSelect && kind != textInput:
			part.choice()
			if len(parts) > 1 {
				part.bad("type", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The width of the component exceeds the space available")
			}
		default:
			part.bad("type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).")
		}
	}
}

// button checks a button (components/reference, "Button").
func (n node) button() {
	n.oneOf("style", 1, 2, 3, 4, 5, 6)
	n.length("label", 0, maxButtonLabel)
	style := whole(n.o, "style")
	switch style {
	case linkButton:
		n.length("url", 1, maxButtonURL)
		n.web("url")
		n.forbidden("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
	case premiumButton:
		n.required("sku_id")
	default:
		n.length("custom_id", 1, maxCustomID)
		n.forbidden("url", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
	}
	if style != premiumButton && word(n.o, "label") == "" && !n.given("emoji") {
		n.bad("label", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or emoji is required")
	}
}

// choice checks a select (components/reference, "String Select" and the others).
func (n node) choice() {
	n.length("custom_id", 1, maxCustomID)
	n.length("placeholder", 0, maxPlaceholder)
	n.between("min_values", 0, maxSelectOptions)
	n.between("max_values", 1, maxSelectOptions)
	if whole(n.o, "type") != stringSelect {
		return
	}
	options := n.list("options", 1, maxSelectOptions)
	values := map[string]bool{}
	for _, option := range options {
		option.length("label", 1, maxSelectText)
		option.length("value", 1, maxSelectText)
		option.length("description", 0, maxSelectText)
		if value := word(option.o, "value"); values[value] {
			option.bad("value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		} else {
			values[value] = true
		}
	}
	if whole(n.o, "max_values") > len(options) {
		n.bad("max_values", "NUMBER_TYPE_MAX", "int value should be less than or equal to %d.", len(options))
	}
}

// What is said of members that do not go with the V2 flag.
const (
	legacyField = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
	alone       = "The %q field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
)

// checkV2 checks components with the V2 flag (components/reference).
func (b body) checkV2() {
	for _, name := range []string{"content", "embeds", "sticker_ids", "poll"} {
		b.forbidden(name, legacyField, fmt.Sprintf(alone, name))
	}
	for _, part := range b.list("components", 0, maxComponents) {
		part.layout(b, false)
	}
	if count := len(allComponents(b.o["components"])); count > maxComponents {
		b.bad("components", "BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", maxComponents)
	}
	total, longest := 0, 0
	for _, part := range allComponents(b.o["components"]) {
		if whole(part, "type") == textDisplay {
			count := utf8.RuneCountInString(word(part, "content"))
			total, longest = total+count, max(longest, count)
		}
	}
	if total > maxTextDisplay && longest <= maxTextDisplay {
		b.bad("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Displayable text size exceeds maximum size of %d", maxTextDisplay)
	}
}

// layout checks a component of a V2 message.
func (n node) layout(b body, inside bool) {
	switch kind := whole(n.o, "type"); kind {
	case actionRow:
		n.row()
	case section:
		n.section(b)
	case textDisplay:
		n.length("content", 1, maxTextDisplay)
	case mediaGallery:
		for _, item := range n.list("items", 1, maxGallery) {
			item.length("description", 0, maxAlt)
			item.media("media", b)
		}
	case fileShown:
		n.media("file", b)
	case separator:
		n.between("spacing", 1, 2)
	case container:
		if inside {
			n.bad("type", "UNION_TYPE_CHOICES", "A container cannot be in a container.")
		}
		for _, part := range n.list("components", 1, maxComponents) {
			part.layout(b, true)
		}
	default:
		n.bad("type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1, 9, 10, 12, 13, 14, 17).")
	}
}

// section checks texts beside a button or a picture (components/reference,
// "Section").
func (n node) section(b body) {
	for _, part := range n.list("components", 1, maxSectionTexts) {
		if whole(part.o, "type") != textDisplay {
			part.bad("type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (10,).")
			continue
		}
		part.layout(b, true)
	}
	n.required("accessory")
	accessory, there := n.inner("accessory")
	switch {
	case !there:
	case whole(accessory.o, "type") == button:
		accessory.button()
	case whole(accessory.o, "type") == thumbnail:
		accessory.length("description", 0, maxAlt)
		accessory.media("media", b)
	default:
		accessory.bad("type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (2, 11).")
	}
}

// media wants a picture or file whose upload, if it names one, is there.
func (n node) media(name string, b body) {
	n.required(name)
	media, there := n.inner(name)
	if !there {
		return
	}
	media.required("url")
	media.web("url")
	file, isUpload := strings.CutPrefix(word(media.o, "url"), "attachment://")
	if isUpload && !b.edit && !slices.ContainsFunc(b.files, func(f upload) bool { return f.name == file }) {
		media.bad("url", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", "The referenced attachment %q was not found", file)
	}
}

// uniqueIDs wants each custom_id to be there once (components/reference, "Custom
// ID").
func (b body) uniqueIDs() {
	seen := map[string]bool{}
	for _, part := range allComponents(b.o["components"]) {
		id := word(part, "custom_id")
		if id != "" && seen[id] {
			b.bad("components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated: %q", id)
		}
		seen[id] = true
	}
}

// allComponents are components with those in them, in reading order.
func allComponents(v any) []object {
	items, _ := v.([]any)
	var out []object
	for _, item := range items {
		o, is := item.(object)
		if !is {
			continue
		}
		out = append(append(out, o), allComponents(o["components"])...)
		for _, name := range []string{"accessory", "component"} {
			if inner, is := o[name].(object); is {
				out = append(out, inner)
			}
		}
	}
	return out
}

// modal checks a modal (interactions/receiving-and-responding, "Modal").
func (n node) modal() {
	n.length("title", 1, maxModalTitle)
	n.length("custom_id", 1, maxCustomID)
	for _, part := range n.list("components", 1, maxModalParts) {
		switch whole(part.o, "type") {
		case actionRow: // deprecated: a row with one text input
			for _, input := range part.list("components", 1, 1) {
				input.length("label", 1, maxLabel)
				input.input()
			}
		case label:
			part.label()
		case textDisplay:
			part.length("content", 1, maxTextDisplay)
		default:
			part.bad("type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1, 10, 18).")
		}
	}
	body{node: n}.uniqueIDs()
}

// label checks a labelled input of a modal (components/reference, "Label").
func (n node) label() {
	n.length("label", 1, maxLabel)
	n.length("description", 0, maxLabelText)
	n.required("component")
	part, there := n.inner("component")
	if !there {
		return
	}
	switch kind := whole(part.o, "type"); {
	case kind == textInput:
		part.input()
	case kind == stringSelect, kind >= otherSelects && kind <= lastSelect:
		part.choice()
	case kind > label && kind <= lastType: // uploads, radio buttons, checkboxes
		part.length("custom_id", 1, maxCustomID)
	default:
		part.bad("type", "UNION_TYPE_CHOICES", "This component cannot be in a label.")
	}
}

// input checks a text input (components/reference, "Text Input").
func (n node) input() {
	if whole(n.o, "type") != textInput {
		n.bad("type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (4,).")
		return
	}
	n.length("custom_id", 1, maxCustomID)
	n.oneOf("style", 1, 2)
	n.length("placeholder", 0, maxInputHint)
	n.length("value", 0, maxTextInput)
	n.between("min_length", 0, maxTextInput)
	n.between("max_length", 1, maxTextInput)
}
