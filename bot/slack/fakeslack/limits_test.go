package fakeslack_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot/slack/fakeslack"
)

// rep is a JSON text of n characters.
func rep(n int) string { return `"` + strings.Repeat("ü", n) + `"` }

// many are n times the same JSON, with %d for the number.
func many(n int, of string) string {
	var all []string
	for i := range n {
		all = append(all, strings.ReplaceAll(of, "%d", fmt.Sprint(i)))
	}
	return "[" + strings.Join(all, ",") + "]"
}

func plain(t string) string  { return `{"type":"plain_text","text":` + t + `}` }
func mrkdwn(t string) string { return `{"type":"mrkdwn","text":` + t + `}` }
func section(t string) string {
	return `{"type":"section","text":` + mrkdwn(t) + `}`
}
func button(text, value, id string) string {
	return `{"type":"button","text":` + plain(text) + `,"value":` + value + `,"action_id":` + id + `}`
}
func actions(elements string) string { return `{"type":"actions","elements":` + elements + `}` }
func table(rows, columns, size int) string {
	return `{"type":"table","rows":` + many(rows, many(columns, `{"type":"raw_text","text":`+rep(size)+`}`)) + `}`
}

// TestBlocks has for each limit what is just taken, and what is not.
func TestBlocks(t *testing.T) {
	s, api := start(t, nil)
	s.Say("U1", "C1", "x")
	const invalid = "invalid_blocks"
	cases := []struct {
		name, taken, refused string // blocks without the brackets
		code, says           string
	}{
		{"section", section(rep(3000)), section(rep(3001)), invalid, "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"empty text", section(rep(1)), section(`""`), invalid, "must be more than 0 characters"},
		{"section without text", section(`"x"`), `{"type":"section"}`, invalid, "must define either `text` or `fields`"},
		{"fields", `{"type":"section","fields":` + many(10, mrkdwn(`"f"`)) + `}`, `{"type":"section","fields":` + many(11, mrkdwn(`"f"`)) + `}`, invalid, "no more than 10 items"},
		{"field", `{"type":"section","fields":[` + mrkdwn(rep(2000)) + `]}`, `{"type":"section","fields":[` + mrkdwn(rep(2001)) + `]}`, invalid, "less than 2001"},
		{"header", `{"type":"header","text":` + plain(rep(150)) + `}`, `{"type":"header","text":` + plain(rep(151)) + `}`, invalid, "less than 151"},
		{"header in mrkdwn", `{"type":"header","text":` + plain(`"x"`) + `}`, `{"type":"header","text":` + mrkdwn(`"x"`) + `}`, invalid, "must be a plain_text object"},
		{"context", `{"type":"context","elements":` + many(10, mrkdwn(`"e"`)) + `}`, `{"type":"context","elements":` + many(11, mrkdwn(`"e"`)) + `}`, invalid, "no more than 10 items"},
		{"actions", actions(many(25, button(`"b"`, `"v"`, `"a%d"`))), actions(many(26, button(`"b"`, `"v"`, `"a%d"`))), invalid, "no more than 25 items"},
		{"button text", actions("[" + button(rep(75), `"v"`, `"a"`) + "]"), actions("[" + button(rep(76), `"v"`, `"a"`) + "]"), invalid, "less than 76"},
		{"button value", actions("[" + button(`"b"`, rep(2000), `"a"`) + "]"), actions("[" + button(`"b"`, rep(2001), `"a"`) + "]"), invalid, "less than 2001"},
		{"action_id", actions("[" + button(`"b"`, `"v"`, rep(255)) + "]"), actions("[" + button(`"b"`, `"v"`, rep(256)) + "]"), invalid, "less than 256"},
		{"action_id twice", actions(many(2, button(`"b"`, `"v"`, `"a%d"`))), actions(many(2, button(`"b"`, `"v"`, `"a"`))), invalid, "already exists"},
		{"block_id", `{"type":"divider","block_id":` + rep(255) + `}`, `{"type":"divider","block_id":` + rep(256) + `}`, invalid, "less than 256"},
		{"block_id twice", `{"type":"divider","block_id":"a"},{"type":"divider"}`, `{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}`, invalid, "already exists"},
		{"kind", `{"type":"divider"}`, `{"type":"fancy"}`, invalid, "unsupported type: fancy"},
		{"count", strings.Trim(many(50, `{"type":"divider"}`), "[]"), strings.Trim(many(51, `{"type":"divider"}`), "[]"), invalid, "no more than 50 items"},
		{"markdown together", `{"type":"markdown","text":` + rep(6000) + `},{"type":"markdown","text":` + rep(6000) + `}`,
			`{"type":"markdown","text":` + rep(6000) + `},{"type":"markdown","text":` + rep(6001) + `}`, invalid, "less than 12001 characters together"},
		{"all together", strings.Trim(many(4, section(rep(3000))), "[]"), strings.Trim(many(5, section(rep(3000))), "[]"), "msg_blocks_too_long", ""},
		{"table rows", table(100, 1, 1), table(101, 1, 1), invalid, "1 to 100 items"},
		{"table columns", table(1, 20, 1), table(1, 21, 1), invalid, "1 to 20 cells"},
		{"table text", table(10, 10, 100), table(10, 10, 101), invalid, "less than 10001 characters together"},
		{"tables", table(1, 1, 1), table(1, 1, 1) + "," + table(1, 1, 1), "only_one_table_allowed", ""},
		{"options", actions(`[{"type":"static_select","action_id":"s","options":` + many(100, `{"text":`+plain(`"o"`)+`,"value":"%d"}`) + `}]`),
			actions(`[{"type":"static_select","action_id":"s","options":` + many(101, `{"text":`+plain(`"o"`)+`,"value":"%d"}`) + `}]`), invalid, "no more than 100 items"},
		{"initial option", actions(`[{"type":"static_select","options":[` + option("a") + `],"initial_option":` + option("a") + `}]`),
			actions(`[{"type":"static_select","options":[` + option("a") + `],"initial_option":` + option("b") + `}]`), invalid, "must be one of the options"},
		{"initial options", actions(`[{"type":"checkboxes","options":[` + option("a") + `],"initial_options":[` + option("a") + `]}]`),
			actions(`[{"type":"checkboxes","options":[` + option("a") + `],"initial_options":[` + option("b") + `]}]`), invalid, "must be one of the options"},
		{"external", actions(`[{"type":"external_select","initial_option":` + option("a") + `}]`), actions(`[{"type":"external_select","initial_option":` + option("") + `}]`), invalid, "must be more than 0 characters"},
		{"checkboxes", actions(`[{"type":"checkboxes","options":` + many(10, option("%d")) + `}]`), actions(`[{"type":"checkboxes","options":` + many(11, option("%d")) + `}]`), invalid, "no more than 10 items"},
		{"time", actions(`[{"type":"timepicker","initial_time":"09:00"}]`), actions(`[{"type":"timepicker","initial_time":"9:00"}]`), invalid, "HH:mm"},
		{"time zone", actions(`[{"type":"timepicker","timezone":"Europe/Paris"}]`), actions(`[{"type":"timepicker","timezone":"CEST"}]`), invalid, "IANA"},
		{"filter", actions(`[{"type":"conversations_select","filter":{"include":["im","public"]}}]`), actions(`[{"type":"conversations_select","filter":{"include":["channel"]}}]`), invalid, "include channel is not allowed"},
		{"empty filter", actions(`[{"type":"conversations_select"}]`), actions(`[{"type":"conversations_select","filter":{}}]`), invalid, "at least one field"},
		{"data table", dataTable(101, 20), dataTable(102, 20), invalid, "rows must be 2 to 101"},
		{"charts", strings.Trim(many(2, pie(6)), "[]"), strings.Trim(many(3, pie(6)), "[]"), invalid, "no more than 2"},
		{"segments", pie(6), pie(7), invalid, "no more than 6 items"},
		{"image", `{"type":"image","image_url":"http://x/y.png","alt_text":"y"}`, `{"type":"image","image_url":"http://x/y.png"}`, invalid, "alt_text"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := api.PostMessage("C1", text("t"), raw(s, "["+c.taken+"]"))
			wantError(t, err, "")
			if err != nil {
				t.Log(messagesOf(err))
			}
			_, _, err = api.PostMessage("C1", text("t"), raw(s, "["+c.refused+"]"))
			wantError(t, err, c.code)
			if !strings.Contains(messagesOf(err), c.says) {
				t.Errorf("%q is not in %q", c.says, messagesOf(err))
			}
		})
	}
}

func option(value string) string { return `{"text":` + plain(`"o"`) + `,"value":"` + value + `"}` }

func dataTable(rows, columns int) string {
	return `{"type":"data_table","caption":"c","rows":` + many(rows, many(columns, `{"type":"raw_text","text":"x"}`)) + `}`
}

func pie(segments int) string {
	return `{"type":"data_visualization","title":"t","chart":{"type":"pie","segments":` + many(segments, `{"label":"l%d","value":1.5}`) + `}}`
}

// raw sends blocks as they are written.
func raw(s *fakeslack.Slack, blocks string) slackapi.MsgOption {
	return slackapi.UnsafeMsgOptionEndpoint(s.APIURL()+"chat.postMessage", func(v url.Values) { v.Set("blocks", blocks) })
}

func TestTexts(t *testing.T) {
	s, api := start(t, nil)
	s.Say("U1", "C1", "x")
	post := func(options ...slackapi.MsgOption) error { _, _, err := api.PostMessage("C1", options...); return err }
	wantError(t, post(text(strings.Repeat("ü", 40_000))), "")
	wantError(t, post(text(strings.Repeat("ü", 40_001))), "msg_too_long")
	wantError(t, post(), "no_text")
	meta := func(size int) slackapi.MsgOption {
		return slackapi.MsgOptionMetadata(slackapi.SlackMetadata{EventType: "e", EventPayload: map[string]any{"k": strings.Repeat("x", size)}})
	}
	wantError(t, post(text("x"), meta(100)), "")
	wantError(t, post(text("x"), meta(10_000)), "metadata_too_large")
	wantError(t, post(text("x"), slackapi.MsgOptionMetadata(slackapi.SlackMetadata{EventType: "e"})), "invalid_metadata_schema")
}

func TestModalLimits(t *testing.T) {
	s, api := start(t, nil)
	// The deed itself goes nowhere: there is no transport. Its trigger_id works.
	open := func(change func(*slackapi.ModalViewRequest)) error {
		r := s.Shortcut("U1", "ask")
		v := slackapi.ModalViewRequest{Type: slackapi.VTModal, Title: slackapi.NewTextBlockObject("plain_text", "Ask", false, false)}
		v.Blocks.BlockSet = []slackapi.Block{slackapi.NewDividerBlock()}
		change(&v)
		_, err := api.OpenView(r.TriggerID, v)
		return err
	}
	titled := func(n int) func(*slackapi.ModalViewRequest) {
		return func(v *slackapi.ModalViewRequest) { v.Title.Text = strings.Repeat("t", n) }
	}
	wantError(t, open(titled(24)), "")
	wantError(t, open(titled(25)), "invalid_arguments")
	wantError(t, open(func(v *slackapi.ModalViewRequest) { v.PrivateMetadata = strings.Repeat("p", 3001) }), "invalid_arguments")
	blocks := func(n int) func(*slackapi.ModalViewRequest) {
		return func(v *slackapi.ModalViewRequest) {
			v.Blocks.BlockSet = nil
			for range n {
				v.Blocks.BlockSet = append(v.Blocks.BlockSet, slackapi.NewDividerBlock())
			}
		}
	}
	wantError(t, open(blocks(100)), "")
	wantError(t, open(blocks(101)), "invalid_blocks")
	wantError(t, open(func(v *slackapi.ModalViewRequest) {
		v.Blocks.BlockSet = []slackapi.Block{slackapi.NewInputBlock("b", slackapi.NewTextBlockObject("plain_text", "l", false, false), nil,
			slackapi.NewPlainTextInputBlockElement(nil, "a"))}
	}), "invalid_arguments")
}
