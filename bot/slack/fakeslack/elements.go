package fakeslack

import (
	"encoding/json"
	"slices"
)

// elements are the interactive elements of a block, wherever it has them.
func elements(block object) []object {
	var out []object
	add := func(v any) {
		if e, is := v.(object); is && interactive(e) {
			out = append(out, e)
		}
	}
	add(block["accessory"])
	add(block["element"])
	list, _ := block["elements"].([]any)
	for _, e := range list {
		add(e)
	}
	rows, _ := block["rows"].([]any)
	for _, row := range rows {
		cells, _ := row.([]any)
		for _, cell := range cells {
			if c, is := cell.(object); is {
				add(c["element"])
			}
		}
	}
	return out
}

// interactive tells whether something in blocks can be pressed or filled in.
func interactive(e object) bool {
	kind, _ := e["type"].(string)
	return !slices.Contains([]string{"", "image", "mrkdwn", "plain_text", "rich_text_section", "rich_text_list",
		"rich_text_quote", "rich_text_preformatted"}, kind)
}

// element is one that somebody can use, and where it is.
type element struct {
	block, action string // ids
	kind          string
	o             object
	at            object // its block
}

// findElement is the element with an action_id or, if none has it, a label.
func findElement(raw json.RawMessage, name string) (element, bool) {
	blocks, err := decodeBlocks(withIDs(raw))
	if err != nil {
		return element{}, false
	}
	var labelled []element
	for _, block := range blocks {
		id, _ := block["block_id"].(string)
		for _, o := range elements(block) {
			e := element{block: id, o: o, at: block}
			e.action, _ = o["action_id"].(string)
			e.kind, _ = o["type"].(string)
			if e.action == name {
				return e, true
			}
			if label(o) == name {
				labelled = append(labelled, e)
			}
		}
	}
	if len(labelled) == 0 {
		return element{}, false
	}
	return labelled[0], true
}

// label is what is written on a button.
func label(e object) string {
	text, _ := e["text"].(object)
	words, _ := text["text"].(string)
	return words
}

// option is the option of a select with a value or, if none has it, a text.
func (e element) option(name string) (object, bool) {
	all, _ := e.o["options"].([]any)
	groups, _ := e.o["option_groups"].([]any)
	for _, g := range groups {
		group, _ := g.(object)
		options, _ := group["options"].([]any)
		all = append(all, options...)
	}
	for _, v := range all {
		if o, is := v.(object); is && (o["value"] == name || label(o) == name) {
			return o, true
		}
	}
	return nil, false
}
