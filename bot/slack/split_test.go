package slack

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/layout/layouttest"
)

// TestSplitKeepsTogether parts two long tables, of which the second means
// something else: each message has the caveats, and each rest of a table says
// again what it lists.
func TestSplitKeepsTogether(t *testing.T) {
	messages := render(layouttest.Invented()["two long tables"], renderOptions{})
	if len(messages) < 3 {
		t.Fatalf("%d messages", len(messages))
	}
	possible := 0
	for i, m := range messages {
		text := decode(m.Text)
		if !strings.HasPrefix(text, "Figures.") || (i > 0) != strings.HasPrefix(text, "Figures. (continued)\n") {
			t.Errorf("message %d begins %q", i, text[:40])
		}
		if !strings.Contains(text, "\n~ means about. Old.\nSource: table 1.\nRead as: All") {
			t.Errorf("message %d lacks the caveats", i)
		}
		if !regexp.MustCompile(`(Certain|Possible):\nCountry +Figure\n`).MatchString(text) {
			t.Errorf("message %d does not say what it lists:\n%s", i, text)
		}
		if strings.Contains(text, "Possible:") {
			possible++
		}
	}
	if possible < 2 || possible == len(messages) {
		t.Errorf("%d of %d messages list what is possible", possible, len(messages))
	}
}

// BenchmarkRender sets a reply of 48 rows, and one of 400 that is parted.
func BenchmarkRender(b *testing.B) {
	replies := map[string]bot.Reply{"parted": layouttest.Invented()["two long tables"]}
	one := replies["parted"]
	table := *one.Parts[0].Body[1].Table
	table.Rows = table.Rows[:48]
	replies["48 rows"] = bot.Reply{Status: one.Status, Parts: []bot.Part{{Headline: "H.", Body: []answers.Block{{Table: &table}}}}}
	for name, r := range replies {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				render(r, withButtons())
			}
		})
	}
}

// TestSplitTables checks how tables are shown: one as a table, with numbers to
// the right, a second as aligned lines below it.
func TestSplitTables(t *testing.T) {
	table := &answers.Table{Columns: []string{"#", "Country", "Fighters", "As of"}, Rows: [][]string{{"1", "France", "~1,910", "August 2017"}, {"2", "UK", "-", ""}}}
	m := render(bot.Reply{Parts: []bot.Part{{Headline: "H.", Body: []answers.Block{{Table: table}, {Text: "Also:"}, {Table: table}}}}}, renderOptions{})[0]
	var kinds, align []string
	for _, b := range m.Blocks {
		kinds = append(kinds, string(b.BlockType()))
		if tb, ok := b.(*slackapi.TableBlock); ok {
			for _, c := range tb.ColumnSettings {
				align = append(align, string(c.Align))
			}
		}
	}
	if got := fmt.Sprint(kinds, align); got != "[rich_text table rich_text] [right left right left]" {
		t.Error(got)
	}
}

// TestSplitHoldsToText checks that a block shows the rows that its text has,
// where its table goes on with others.
func TestSplitHoldsToText(t *testing.T) {
	table := &answers.Table{Columns: []string{"Country", "Fighters"}, Rows: [][]string{{"France", "1,910"}, {"Belgium", "~528"}}}
	m := render(bot.Reply{Parts: []bot.Part{{Headline: "H.", Body: []answers.Block{{Text: "Country  Fighters\nFrance   1,910", Table: table}}}}}, renderOptions{})[0]
	if strings.Contains(m.Text, "Belgium") || strings.Contains(show(m.Blocks).text, "Belgium") {
		t.Error(m.Text)
	}
}

// TestSplitAlignedLines checks that a table in lines is shown in lines of one
// width, and introduced again where it goes on.
func TestSplitAlignedLines(t *testing.T) {
	lines := "Country  Figure"
	for i := range 300 {
		lines += fmt.Sprintf("\nC%-6d  ~%d,000", i, i)
	}
	r := bot.Reply{Parts: []bot.Part{{Headline: "H.", Body: []answers.Block{{Text: "May also meet it:"}, {Text: lines}}}}}
	messages := render(r, renderOptions{})
	if len(messages) != 2 {
		t.Fatalf("%d messages", len(messages))
	}
	for _, m := range messages {
		rich := m.Blocks[0].(*slackapi.RichTextBlock)
		if last := rich.Elements[len(rich.Elements)-1]; last.RichTextElementType() != slackapi.RTEPreformatted {
			t.Errorf("the lines are %s", last.RichTextElementType())
		}
		if !strings.Contains(m.Text, "May also meet it:\nCountry  Figure\nC") {
			t.Error(m.Text)
		}
	}
}

// TestSplitShortened checks the labels of buttons.
func TestSplitShortened(t *testing.T) {
	for label, want := range map[string]string{
		"France": "France", x(75): x(75), x(76): x(74) + "…",
		strings.Repeat("👍", 38): strings.Repeat("👍", 37) + "…",
		x(73) + " xyz":          x(73) + "…",
	} {
		if got := shortened(label); got != want {
			t.Errorf("%q: %q, not %q", label, got, want)
		}
	}
}
