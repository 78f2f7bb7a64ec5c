package fakeslack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// block checks one block. Kinds that are known but not described here pass with
// their ids checked.
func (c *checker) block(n node) {
	n.length("block_id", 0, maxID)
	if id := n.text("block_id"); id != "" {
		if c.ids[id] {
			n.fail("`block_id` %q already exists", id)
		}
		c.ids[id] = true
	}
	switch kind := n.text("type"); kind {
	case "section":
		n.section()
	case "header":
		n.textObject("text", true, true, maxHeader)
	case "context":
		n.context()
	case "actions":
		n.elements(n.counted("elements", 1, maxActions))
	case "input":
		n.input()
	case "image":
		n.image()
	case "markdown":
		n.length("text", 1, maxMarkdown)
		c.markdown += utf8.RuneCountInString(n.text("text"))
	case "rich_text":
		n.counted("elements", 0, 1000)
	case "table":
		n.table()
	case "data_table":
		n.dataTable()
	case "data_visualization":
		n.chart()
	case "divider", "context_actions", "file", "call", "video", "task_card", "plan", "alert", "card", "carousel", "container", "layout", "auth_provider":
	case "":
		n.fail("missing required field: type")
	default:
		n.fail("unsupported type: %s", kind)
	}
}

func (n node) section() {
	fields, _ := n.o["fields"].([]any)
	if n.o["text"] == nil && len(fields) == 0 {
		n.fail("must define either `text` or `fields`")
	}
	n.textObject("text", false, false, maxSection)
	for _, f := range n.counted("fields", 0, maxFields) {
		f.textIn(false, maxField)
	}
	if accessory := n.child("accessory"); accessory.o != nil {
		n.elements([]node{accessory})
	}
}

func (n node) context() {
	for _, e := range n.counted("elements", 1, maxContext) {
		if e.text("type") == "image" {
			e.image()
			continue
		}
		e.textIn(false, maxSection)
	}
}

func (n node) image() {
	switch {
	case n.o["slack_file"] == nil:
		n.length("image_url", 1, maxURL)
	case n.o["image_url"] != nil:
		n.fail("must define either `image_url` or `slack_file`")
	}
	n.length("alt_text", 1, maxAlt)
	if _, object := n.o["title"].(object); object {
		n.textObject("title", false, true, maxAlt)
	}
}

func (n node) input() {
	n.textObject("label", true, true, maxLabel)
	n.textObject("hint", false, true, maxLabel)
	element := n.child("element")
	if element.o == nil {
		n.fail("missing required field: element")
		return
	}
	n.elements([]node{element})
}

// elements checks interactive elements; an action_id is unique in its block.
func (n node) elements(list []node) {
	seen := map[string]bool{}
	for _, e := range list {
		e.length("action_id", 0, maxID)
		if id := e.text("action_id"); id != "" {
			if seen[id] {
				e.fail("`action_id` %q already exists for this block", id)
			}
			seen[id] = true
		}
		e.element()
	}
}

func (n node) element() {
	switch kind := n.text("type"); {
	case kind == "button":
		n.button()
	case kind == "image":
		n.image()
	case kind == "overflow":
		n.options(1, maxOverflow)
	case kind == "radio_buttons", kind == "checkboxes":
		n.options(1, maxChoices)
		n.initial()
	case strings.HasSuffix(kind, "static_select"):
		n.textObject("placeholder", false, true, maxPlaceholder)
		if n.o["option_groups"] == nil {
			n.options(1, maxOptions)
		}
		for _, group := range n.counted("option_groups", 0, maxOptions) {
			group.textObject("label", true, true, maxOptionText)
			group.options(1, maxOptions)
		}
		n.initial()
	case kind == "timepicker":
		n.timePicker()
	case strings.HasSuffix(kind, "external_select"):
		n.textObject("placeholder", false, true, maxPlaceholder)
		if initial := n.child("initial_option"); n.o["initial_option"] != nil {
			initial.option()
		}
	case strings.HasSuffix(kind, "conversations_select"):
		n.textObject("placeholder", false, true, maxPlaceholder)
		n.filter()
	case strings.HasSuffix(kind, "_select"), strings.HasSuffix(kind, "picker"), strings.HasSuffix(kind, "_input"):
		n.textObject("placeholder", false, true, maxPlaceholder)
	case kind == "workflow_button", kind == "feedback_buttons", kind == "icon_button":
	default:
		n.fail("unsupported type: %s", kind)
	}
}

func (n node) button() {
	n.textObject("text", true, true, maxButton)
	n.length("value", 0, maxValue)
	n.length("url", 0, maxURL)
	if style := n.text("style"); n.o["style"] != nil && style != "primary" && style != "danger" {
		n.fail("style %q is not allowed", style)
	}
}

func (n node) options(least, most int) {
	for _, o := range n.counted("options", least, most) {
		o.option()
	}
}

func (n node) option() {
	n.textObject("text", true, false, maxOptionText)
	n.length("value", 1, maxOptionValue)
	n.textObject("description", false, false, maxOptionText)
}

// initial checks what is chosen at first: each must be, to the letter, one of
// the options (Block Kit, select menu elements, initial_option).
func (n node) initial() {
	var offered []string
	for _, o := range n.children("options") {
		offered = append(offered, string(encode(o.o)))
	}
	for _, group := range n.children("option_groups") {
		for _, o := range group.children("options") {
			offered = append(offered, string(encode(o.o)))
		}
	}
	chosen := n.children("initial_options")
	if one := n.child("initial_option"); n.o["initial_option"] != nil {
		chosen = append(chosen, one)
	}
	for _, o := range chosen {
		if !slices.Contains(offered, string(encode(o.o))) {
			o.fail("must be one of the options")
		}
	}
}

// timePicker checks a time picker (Block Kit, time picker element).
func (n node) timePicker() {
	n.textObject("placeholder", false, true, maxPlaceholder)
	if at := n.text("initial_time"); n.o["initial_time"] != nil {
		if _, err := time.Parse("15:04", at); err != nil || len(at) != len("15:04") {
			n.fail("initial_time must be in the format HH:mm")
		}
	}
	if zone := n.text("timezone"); n.o["timezone"] != nil {
		if _, err := time.LoadLocation(zone); err != nil || zone == "" {
			n.fail("timezone must be in the IANA format")
		}
	}
}

// filter checks which conversations a menu offers (Block Kit, conversation
// filter object).
func (n node) filter() {
	if n.o["filter"] == nil {
		return
	}
	filter := n.child("filter")
	if len(filter.o) == 0 {
		filter.fail("must define at least one field")
	}
	kinds, listed := filter.o["include"].([]any)
	if listed && len(kinds) == 0 {
		filter.fail("include cannot be empty")
	}
	for _, kind := range kinds {
		if !slices.Contains([]any{"im", "mpim", "private", "public"}, kind) {
			filter.fail("include %v is not allowed", kind)
		}
	}
}

// rows are the rows of a table, each a list of cells.
func (n node) rows() [][]node {
	rows, _ := n.o["rows"].([]any)
	var out [][]node
	for i, r := range rows {
		cells, _ := r.([]any)
		row := []node{}
		for j, v := range cells {
			o, _ := v.(object)
			row = append(row, node{n.c, fmt.Sprintf("%s/rows/%d/%d", n.path, i, j), o})
		}
		out = append(out, row)
	}
	return out
}

func (n node) table() {
	n.c.tables++
	rows := n.rows()
	if len(rows) < 1 || len(rows) > maxTableRows {
		n.fail("rows must be 1 to %d items", maxTableRows)
	}
	for _, row := range rows {
		if len(row) < 1 || len(row) > maxTableColumns {
			n.fail("a row must be 1 to %d cells", maxTableColumns)
		}
		for _, cell := range row {
			cell.cell("raw_text", "raw_number", "rich_text")
		}
	}
	n.counted("column_settings", 0, maxTableColumns)
}

func (n node) dataTable() {
	n.c.tables++
	n.length("caption", 1, maxLabel)
	rows := n.rows()
	if len(rows) < 2 || len(rows) > maxDataRows {
		n.fail("rows must be 2 to %d items, with the header", maxDataRows)
	}
	for i, row := range rows {
		if len(row) < 1 || len(row) > maxTableColumns || len(row) != len(rows[0]) {
			n.fail("rows must have the same number of cells, 1 to %d", maxTableColumns)
		}
		for _, cell := range row {
			if i == 0 {
				cell.cell("raw_text")
				continue
			}
			cell.cell("raw_text", "raw_number", "rich_text", "action")
		}
	}
	if size, is := n.o["page_size"].(json.Number); is {
		if v, err := size.Int64(); err != nil || v < 1 || v > maxPageSize {
			n.fail("page_size must be 1 to %d", maxPageSize)
		}
	}
}

// cell checks a cell and counts its text.
func (n node) cell(kinds ...string) {
	kind, ok := n.text("type"), false
	for _, k := range kinds {
		ok = ok || k == kind
	}
	switch {
	case !ok:
		n.fail("unsupported type: %s", kind)
	case kind == "raw_text":
		n.length("text", 1, maxTableText)
	}
	n.c.cells += shownLength(n.o)
}

func (n node) chart() {
	n.c.charts++
	n.length("title", 1, maxChartTitle)
	chart := n.child("chart")
	switch kind := chart.text("type"); kind {
	case "pie":
		for _, s := range chart.counted("segments", 1, maxChartSeries) {
			s.length("label", 1, maxChartLabel)
			s.positive()
		}
	case "bar", "line", "area":
		chart.series()
	default:
		chart.fail("unsupported type: %s", kind)
	}
}

func (n node) positive() {
	number, _ := n.o["value"].(json.Number)
	if v, err := number.Float64(); err != nil || v <= 0 {
		n.fail("value must be more than 0")
	}
}

func (n node) series() {
	axis := n.child("axis_config")
	categories, _ := axis.o["categories"].([]any)
	axis.length("x_label", 0, maxChartTitle)
	axis.length("y_label", 0, maxChartTitle)
	names := map[string]bool{}
	for _, s := range n.counted("series", 1, maxChartSeries) {
		s.length("name", 1, maxChartLabel)
		if names[s.text("name")] {
			s.fail("name is used twice")
		}
		names[s.text("name")] = true
		points := s.counted("data", 1, maxChartPoints)
		if len(points) != len(categories) {
			s.fail("must have one data point per category")
		}
		for _, p := range points {
			p.length("label", 1, maxChartLabel)
		}
	}
}
