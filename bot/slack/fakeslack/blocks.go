package fakeslack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// checker looks over the blocks of a message or view.
type checker struct {
	problems []string // as in response_metadata.messages
	code     string   // the error, if it has one of its own
	ids      map[string]bool
	markdown int // characters in markdown blocks
	cells    int // characters in table cells
	all      int // characters in all
	tables   int
	charts   int
}

// node is a JSON object within blocks.
type node struct {
	c    *checker
	path string // a JSON pointer
	o    object
}

// decodeBlocks reads a list of objects; numbers stay as they are written.
func decodeBlocks(raw json.RawMessage) ([]object, error) {
	var blocks []object
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	err := d.Decode(&blocks)
	return blocks, err
}

// checkBlocks refuses blocks that Slack does. Source of the shape of an answer:
// docs.slack.dev/reference/methods/chat.postMessage, invalid_blocks.
func checkBlocks(raw json.RawMessage, most int) *refusal {
	if hollow(raw) {
		return nil
	}
	blocks, err := decodeBlocks(raw)
	if err != nil {
		return refuse("invalid_blocks_format")
	}
	c := &checker{ids: map[string]bool{}}
	if len(blocks) > most {
		c.fail("/blocks", "no more than %d items allowed", most)
	}
	for i, block := range blocks {
		c.block(node{c, fmt.Sprintf("/blocks/%d", i), block})
		c.all += shownLength(block)
	}
	c.whole()
	return c.refusal()
}

// whole checks what holds over all blocks.
func (c *checker) whole() {
	switch {
	case c.tables > 1:
		c.own("only_one_table_allowed")
	case c.all > maxAllBlocks:
		c.own("msg_blocks_too_long")
	}
	if c.markdown > maxMarkdown {
		c.fail("/blocks", "markdown blocks must be less than %d characters together", maxMarkdown+1)
	}
	if c.cells > maxTableText {
		c.fail("/blocks", "table cells must be less than %d characters together", maxTableText+1)
	}
	if c.charts > maxCharts {
		c.fail("/blocks", "no more than %d data_visualization blocks allowed", maxCharts)
	}
}

func (c *checker) fail(path, format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf("[ERROR] "+format, args...)+" [json-pointer:"+path+"]")
}

// own sets the error, unless there are plain mistakes.
func (c *checker) own(code string) {
	if c.code == "" && len(c.problems) == 0 {
		c.code = code
	}
}

func (c *checker) refusal() *refusal {
	switch {
	case c.code != "":
		return refuse(c.code)
	case len(c.problems) > 0:
		return &refusal{code: "invalid_blocks", extra: object{
			"errors": c.problems, "response_metadata": object{"messages": c.problems}}}
	}
	return nil
}

// shownLength counts the characters that a block shows.
func shownLength(v any) int {
	n := 0
	switch v := v.(type) {
	case object:
		for key, value := range v {
			text, is := value.(string)
			switch {
			case !is:
				n += shownLength(value)
			case key == "text" || key == "caption" || key == "title" || key == "label":
				n += utf8.RuneCountInString(text)
			}
		}
	case []any:
		for _, value := range v {
			n += shownLength(value)
		}
	}
	return n
}

func (n node) fail(format string, args ...any) { n.c.fail(n.path, format, args...) }

func (n node) text(key string) string {
	text, _ := n.o[key].(string)
	return text
}

// child is the object under a key; its o is nil if there is none.
func (n node) child(key string) node {
	o, _ := n.o[key].(object)
	return node{n.c, n.path + "/" + key, o}
}

// children are the objects of the list under a key.
func (n node) children(key string) []node {
	list, _ := n.o[key].([]any)
	var out []node
	for i, v := range list {
		o, _ := v.(object)
		child := node{n.c, fmt.Sprintf("%s/%s/%d", n.path, key, i), o}
		if o == nil {
			child.fail("must be an object")
			continue
		}
		out = append(out, child)
	}
	return out
}

// counted are the children, of which there must be so many.
func (n node) counted(key string, least, most int) []node {
	list, _ := n.o[key].([]any)
	here := node{n.c, n.path + "/" + key, nil}
	if len(list) < least {
		here.fail("must be at least %d items", least)
	}
	if len(list) > most {
		here.fail("no more than %d items allowed", most)
	}
	return n.children(key)
}

// length checks text that is not an object.
func (n node) length(key string, least, most int) {
	if _, given := n.o[key]; !given && least == 0 {
		return
	}
	here := node{n.c, n.path + "/" + key, nil}
	text, is := n.o[key].(string)
	switch size := utf8.RuneCountInString(text); {
	case !is && n.o[key] == nil:
		n.fail("missing required field: %s", key)
	case !is:
		here.fail("must be a string")
	case size < least:
		here.fail("must be more than %d characters", least-1)
	case size > most:
		here.fail("must be less than %d characters", most+1)
	}
}

// textObject checks a text object; plain allows no mrkdwn.
func (n node) textObject(key string, required, plain bool, most int) {
	child := n.child(key)
	if child.o == nil {
		if required || n.o[key] != nil {
			n.fail("missing required field: %s", key)
		}
		return
	}
	child.textIn(plain, most)
}

func (n node) textIn(plain bool, most int) {
	switch kind := n.text("type"); {
	case kind != "plain_text" && kind != "mrkdwn":
		n.fail("unsupported type: %s", kind)
	case plain && kind == "mrkdwn":
		n.fail("must be a plain_text object")
	}
	n.length("text", 1, most)
}

// checkAttachments checks the old way of adding to a message.
func checkAttachments(raw json.RawMessage) *refusal {
	if hollow(raw) {
		return nil
	}
	var list []struct{ Blocks json.RawMessage }
	if json.Unmarshal(raw, &list) != nil {
		return refuse("invalid_attachments")
	}
	if len(list) > maxAttachments {
		return refuse("too_many_attachments")
	}
	for _, a := range list {
		if refused := checkBlocks(a.Blocks, maxMessageBlocks); refused != nil {
			return refused
		}
	}
	return nil
}

// withIDs gives blocks and elements that have no id one, as Slack does; here it
// tells the place.
func withIDs(raw json.RawMessage) json.RawMessage {
	if hollow(raw) {
		return raw
	}
	blocks, err := decodeBlocks(raw)
	if err != nil {
		return raw
	}
	for i, block := range blocks {
		if id, _ := block["block_id"].(string); id == "" || block["type"] == "markdown" {
			block["block_id"] = fmt.Sprintf("block%d", i)
		}
		for j, e := range elements(block) {
			if id, _ := e["action_id"].(string); id == "" {
				e["action_id"] = fmt.Sprintf("action%d", j)
			}
		}
	}
	return encode(blocks)
}
