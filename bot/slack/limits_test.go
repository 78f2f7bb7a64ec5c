package slack

import (
	"slices"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot/layout"
)

// TestLimitsAreChecked makes a message for each limit: at it, and one over it.
func TestLimitsAreChecked(t *testing.T) {
	for name, make := range map[string]struct {
		most int
		with func(n int) message
	}{
		"text":       {limitText, func(n int) message { return message{Text: x(n)} }},
		"blocks":     {limitBlocks, func(n int) message { return withBlocks(slices.Repeat([]slackapi.Block{smallPrint("x")}, n)...) }},
		"all blocks": {limitAllBlocks, func(n int) message { return ofWeight(n) }},
		"rich_text text": {limitElement, func(n int) message {
			return withBlocks(slackapi.NewRichTextBlock("", slackapi.NewRichTextSection(slackapi.NewRichTextSectionTextElement(x(n), nil))))
		}},
		"context text": {limitObject, func(n int) message { return withBlocks(smallPrint(x(n))) }},
		"context": {limitContext, func(n int) message {
			return withBlocks(slackapi.NewContextBlock("", slices.Repeat([]slackapi.MixedElement{plain("x")}, n)...))
		}},
		"actions": {limitActions, func(n int) message {
			return withBlocks(slackapi.NewActionBlock("", slices.Repeat([]slackapi.BlockElement{slackapi.NewButtonBlockElement("a", "v", plain("x"))}, n)...))
		}},
		"button text":   {limitButton, func(n int) message { return withButton(slackapi.NewButtonBlockElement("a", "v", plain(x(n)))) }},
		"button value":  {limitValue, func(n int) message { return withButton(slackapi.NewButtonBlockElement("a", x(n), plain("x"))) }},
		"action_id":     {limitActionID, func(n int) message { return withButton(slackapi.NewButtonBlockElement(x(n), "v", plain("x"))) }},
		"alt_text":      {limitAlt, func(n int) message { return withBlocks(ofFile(x(n))) }},
		"table rows":    {limitTableRows, func(n int) message { return withTable(n, 1, "x") }},
		"table columns": {limitTableColumns, func(n int) message { return withTable(1, n, "x") }},
		"table text":    {limitTableText, func(n int) message { return withTable(1, 1, x(n)) }},
		"tables": {limitTables, func(n int) message {
			return withBlocks(slices.Repeat([]slackapi.Block{table(&layout.Grid{Columns: []string{"x"}}, nil)}, n)...)
		}},
		"accessibility_label": {limitAccessible, func(n int) message {
			b := slackapi.NewButtonBlockElement("a", "v", plain("x"))
			b.AccessibilityLabel = x(n)
			return withButton(b)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if faults := over(make.with(make.most)); len(faults) > 0 {
				t.Errorf("at the limit: %q", faults)
			}
			faults := over(make.with(make.most + 1))
			if !slices.ContainsFunc(faults, func(f string) bool { return strings.HasPrefix(f, name+": ") }) {
				t.Errorf("over the limit: %q", faults)
			}
		})
	}
}

// TestLimitsRefuseEmpty checks that what Slack refuses for being empty is found.
func TestLimitsRefuseEmpty(t *testing.T) {
	for name, m := range map[string]message{
		"text":              {},
		"rich_text":         withBlocks(slackapi.NewRichTextBlock("")),
		"rich_text element": withBlocks(slackapi.NewRichTextBlock("", slackapi.NewRichTextSection())),
		"rich_text text":    withBlocks(slackapi.NewRichTextBlock("", slackapi.NewRichTextSection(slackapi.NewRichTextSectionTextElement("", nil)))),
		"context":           withBlocks(slackapi.NewContextBlock("")),
		"context text":      withBlocks(slackapi.NewContextBlock("", plain(""))),
		"actions":           withBlocks(slackapi.NewActionBlock("")),
		"button text":       withButton(slackapi.NewButtonBlockElement("a", "v", plain(""))),
		"table cell":        withTable(1, 1, ""),
		"table rows":        withTable(0, 0, ""),
		"alt_text":          withBlocks(ofFile("")),
	} {
		if faults := over(m); !slices.Contains(faults, name+": empty") {
			t.Errorf("%s: %q", name, faults)
		}
	}
}

// TestLimitsRefuseOther checks that a block which nothing is known of is found.
func TestLimitsRefuseOther(t *testing.T) {
	for _, b := range []slackapi.Block{
		slackapi.NewDividerBlock(),
		slackapi.NewRichTextBlock("", slackapi.NewRichTextSection(slackapi.NewRichTextSectionEmojiElement("smile", 0, nil))),
		slackapi.NewContextBlock("", slackapi.NewImageBlockElement("https://example.com", "x")),
		slackapi.NewActionBlock("", slackapi.NewDatePickerBlockElement("d")),
		slackapi.NewImageBlock("https://example.com", "x", "", nil),
		slackapi.NewImageBlockSlackFile(&slackapi.SlackFileObject{}, "x", "", nil),
		slackapi.NewTableBlock("").AddRow(slackapi.NewTableRawNumberCell(1)),
	} {
		if len(over(withBlocks(b))) == 0 {
			t.Errorf("%T is let through", b)
		}
	}
}

func x(n int) string { return strings.Repeat("x", n) }

func withBlocks(blocks ...slackapi.Block) message { return message{Text: "x", Blocks: blocks} }

func ofFile(alt string) slackapi.Block {
	return slackapi.NewImageBlockSlackFile(&slackapi.SlackFileObject{ID: fileIDRoom}, alt, "", nil)
}

func withButton(b *slackapi.ButtonBlockElement) message {
	return withBlocks(slackapi.NewActionBlock("", b))
}

func withTable(rows, columns int, cell string) message {
	t := slackapi.NewTableBlock("")
	for range rows {
		t.AddRow(slices.Repeat([]slackapi.TableCell{slackapi.NewTableRawTextCell(cell)}, columns)...)
	}
	return withBlocks(t)
}

// ofWeight is a message whose blocks are n long as JSON.
func ofWeight(n int) message {
	m := withBlocks(smallPrint("x"), smallPrint("x"), smallPrint("x"), smallPrint("x"))
	rest := n - weight(m.Blocks)
	for i := range m.Blocks {
		m.Blocks[i] = smallPrint(x(1 + min(rest, limitObject-1)))
		rest -= min(rest, limitObject-1)
	}
	return m
}
