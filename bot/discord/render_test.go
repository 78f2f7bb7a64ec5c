package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/layout"
	"reportbot/bot/layout/layouttest"
)

// The flag may be another file's of this package already.
func init() {
	if flag.Lookup("update") == nil {
		flag.Bool("update", false, "rewrite what is compared with a file")
	}
}

// testID is a custom_id that tells what it is of.
func testID(kind, payload string) string {
	if id := kind + "|" + payload; layout.Units(id) <= limitID {
		return id
	}
	return ""
}

func withButtons() renderOptions { return renderOptions{ID: testID, Buttons: true} }

// TestRenderGolden compares how replies of the bot look.
func TestRenderGolden(t *testing.T) {
	a := layouttest.NewAsker(t, "discord")
	replies := layouttest.Fixtures(t, a)
	charted := a.Ask(t, "chart of the top 10 by fighters")
	for name, r := range replies {
		t.Run(name, func(t *testing.T) { golden(t, name, render(r, withButtons())) })
	}
	last := withButtons()
	last.Page = 1
	for name, made := range map[string][]message{
		"share_button": render(replies["lookup"], renderOptions{ID: testID, Buttons: true, Share: true}),
		"no_buttons":   render(replies["clarify"], renderOptions{}),
		"page_2":       render(replies["rank_all"], last),
		"plain_page":   render(replies["profile"], renderOptions{ID: testID, Buttons: true, Plain: true}),
		"plain_parted": render(replies["rank_all"], renderOptions{Plain: true}),
		"menu":         render(layouttest.Invented()["many readings"], withButtons()),
		"chart":        render(charted, withButtons()),
		"chart_plain":  render(charted, renderOptions{ID: testID, Buttons: true, Plain: true}),
		"chart_shown":  render(captioned(a.Act(t, bot.AsChart, replies["compare"].Code)), withButtons()),
		"csv_shown":    render(captioned(a.Act(t, bot.AsCSV, replies["compare"].Code)), withButtons()),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, made) })
	}
}

func golden(t *testing.T, name string, rendered any) {
	t.Helper()
	var got bytes.Buffer
	e := json.NewEncoder(&got)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(rendered); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", "render", name+".json")
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("%s differs; -update writes it anew\n got: %s\nwant: %s", file, &got, want)
	}
}

// TestRenderShowsAll holds what people see of replies against what the bot
// says, for every answer that the data can give.
func TestRenderShowsAll(t *testing.T) {
	a := layouttest.NewAsker(t, "discord")
	questions, messages := layouttest.Sample(t, layouttest.Questions(a)), 0
	for _, q := range questions {
		messages += checkReply(t, q, a.Ask(t, q))
		if t.Failed() {
			return
		}
	}
	t.Logf("%d questions, %d messages", len(questions), messages)
}

// TestRenderInvented does the same with replies such as the bot never gives.
func TestRenderInvented(t *testing.T) {
	replies := layouttest.Invented()
	for _, name := range layouttest.Sample(t, slices.Sorted(maps.Keys(replies))) {
		t.Run(name, func(t *testing.T) { checkReply(t, name, replies[name]) })
	}
	for i, h := range layouttest.Hostile() {
		t.Run(fmt.Sprint("fields ", i), func(t *testing.T) { checkReply(t, h, shortReply(h)) })
	}
}

// shortReply is a reply with a table short enough for fields, which repeats a text.
func shortReply(h string) bot.Reply {
	table := &answers.Table{Columns: []string{"Country", h, "As of"}, Rows: [][]string{{"France", h, "August 2017"}, {"UK", "~320", ""}}}
	return bot.Reply{Status: answers.Answered, Code: "c", Parts: []bot.Part{{
		Headline: "Two countries:", Body: []answers.Block{{Table: table}}, Caveats: []string{h, "~ means about."}, Source: h, Interpretation: h,
	}}}
}

// FuzzRender has a text repeated wherever one can stand.
func FuzzRender(f *testing.F) {
	for _, h := range layouttest.Hostile() {
		f.Add(h)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkReply(t, text, layouttest.HostileReply(text))
		checkReply(t, text, shortReply(text))
	})
}

// checkReply renders a reply in each way, and returns how many messages it has
// with buttons.
func checkReply(t testing.TB, name string, r bot.Reply) int {
	t.Helper()
	bare := r
	bare.Suggestions, bare.Alternatives = nil, nil
	for _, plain := range []bool{false, true} {
		o := renderOptions{Plain: plain}
		checkContent(t, name, bare, render(bare, o), plain)
		checkActions(t, name, r, render(r, o), false)
		o = renderOptions{ID: testID, Buttons: true, Share: true, Plain: plain}
		checkActions(t, name, r, render(r, o), true)
		checkPages(t, name, bare, plain)
	}
	return len(render(r, withButtons()))
}

// checkMessage checks what holds for any message, and returns what is seen of it.
func checkMessage(t testing.TB, name string, m message) shown {
	t.Helper()
	if faults := over(m); len(faults) > 0 {
		t.Errorf("%q: %q", name, faults)
	}
	s := show(m)
	if len(s.faults) > 0 {
		t.Errorf("%q: read as markdown it has %q:\n%s", name, s.faults, s.text)
	}
	if strings.TrimSpace(s.text) == "" {
		t.Errorf("%q: no text", name)
	}
	if m.Content != "" && len(m.Embeds) > 0 {
		t.Errorf("%q: content and embeds", name)
	}
	return s
}

// checkContent checks that messages say what a reply says, in its order.
func checkContent(t testing.TB, name string, r bot.Reply, messages []message, plain bool) {
	t.Helper()
	read := &layouttest.Reader{Words: words, Rules: rules(plain)}
	if !plain {
		read.Table = saidInFields
	}
	read.Expect(r)
	for _, m := range messages {
		s := checkMessage(t, name, m)
		read.Message(words(s.text))
		for _, bold := range s.bold {
			if !read.IsHeadline(words(bold)) {
				t.Errorf("%q: %q is bold", name, bold)
			}
		}
	}
	if fault := read.End(); fault != "" {
		t.Errorf("%q, plain %t: %s", name, plain, fault)
	}
}

// saidInFields is what a table says that is short enough for fields: each row's
// name, and its cells behind their columns' names.
func saidInFields(p *bot.Part, table *answers.Table) (string, bool) {
	last := len(p.Body) - 1
	if p.Body[last].Table != table || len(table.Rows) == 0 || len(table.Rows) > mostFields || len(table.Columns) < 2 || len(table.Columns) > mostColumns {
		return "", false
	}
	said := ""
	for _, row := range table.Rows {
		said += row[0] + "\n"
		for i := 1; i < len(row); i++ {
			column, cell := layout.OneLine(table.Columns[i]), layout.OneLine(row[i])
			switch {
			case cell == "":
			case strings.HasSuffix(column, " of"):
				said += column + " " + cell + "\n"
			case column != "" && column != "Figure" && isNumbers(table, i):
				said += column + ": " + cell + "\n"
			default:
				said += cell + "\n"
			}
		}
	}
	tables := 0
	for _, b := range p.Body {
		if head, rest, more := strings.Cut(b.Text, "\n"); b.Table != nil || more && strings.Contains(head, "  ") && strings.Contains(rest, "  ") {
			tables++
		}
	}
	return said, tables == 1 && layout.Units(escape(strings.Join(p.Caveats, "\n"))) <= limitFieldValue && !slices.ContainsFunc(table.Rows, func(row []string) bool {
		return isBlank(row[0]) || escape(row[0]) != row[0] || isBlank(strings.Join(row[1:], ""))
	}) && !isNumbers(table, 0)
}

// isNumbers says whether each cell of a column begins as a figure does.
func isNumbers(table *answers.Table, column int) bool {
	some := false
	for _, row := range table.Rows {
		if cell := layout.OneLine(row[column]); cell != "" {
			if bare := strings.TrimLeft(cell, "~<>+-−–"); bare != "" && !isDigit(rune(bare[0])) {
				return false
			}
			some = true
		}
	}
	return some
}

// checkPages checks that turning the pages shows all that one can see without.
func checkPages(t testing.TB, name string, r bot.Reply, plain bool) {
	t.Helper()
	o := renderOptions{ID: testID, Buttons: true, Plain: plain}
	first := render(r, o)
	if len(first) != 1 || !strings.Contains(show(first[0]).text, "Page 1 of ") {
		checkContent(t, name, r, withoutComponents(first), plain)
		return
	}
	var pages []message
	for {
		o.Page = len(pages)
		made := render(r, o)
		if len(made) != 1 {
			t.Fatalf("%q: page %d is %d messages", name, o.Page, len(made))
		}
		back, on := testID(buttonPage, fmt.Sprint(o.Page-1, ".", r.Code)), testID(buttonPage, fmt.Sprint(o.Page+1, ".", r.Code))
		ids := map[string]bool{}
		for _, b := range checkMessage(t, name, made[0]).buttons {
			ids[b.CustomID] = true
		}
		if ids[back] != (o.Page > 0) {
			t.Errorf("%q: page %d: a way back: %t", name, o.Page, ids[back])
		}
		pages = append(pages, withoutPlace(made[0]))
		if !ids[on] {
			break
		}
	}
	checkContent(t, name, r, pages, plain)
}

// withoutComponents are messages that say something but for their buttons.
func withoutComponents(messages []message) []message {
	var out []message
	for _, m := range messages {
		if len(m.Components) == 0 || m.Content+fmt.Sprint(m.Embeds) != "" && strings.TrimSpace(show(m).text) != "" {
			out = append(out, m)
		}
	}
	return out
}

// withoutPlace is a message without "Page 2 of 3", which is its last line.
func withoutPlace(m message) message {
	m.Content = beforePlace(m.Content)
	m.Embeds = slices.Clone(m.Embeds)
	if last := len(m.Embeds) - 1; last >= 0 {
		e := *m.Embeds[last]
		e.Footer = nil
		if text := beforePlace(m.Embeds[last].Footer.Text); text != "" {
			e.Footer = &discordgo.MessageEmbedFooter{Text: text}
		}
		m.Embeds[last] = &e
	}
	return m
}

func beforePlace(text string) string {
	if i := strings.LastIndex("\n"+text, "\nPage "); i >= 0 {
		return strings.TrimSuffix(text[:i], "\n")
	}
	if i := strings.LastIndex(text, "\n-# Page "); i >= 0 {
		return text[:i]
	}
	return text
}

// checkActions checks that each question of a reply can be had: by a button or
// an option that asks it whole, or as a line.
func checkActions(t testing.TB, name string, r bot.Reply, messages []message, buttons bool) {
	t.Helper()
	ids, lines := map[string]bool{}, ""
	for i, m := range messages {
		s := checkMessage(t, name, m)
		lines += s.text + " "
		if len(m.Components) > 0 && i < len(messages)-1 {
			t.Errorf("%q: buttons on message %d of %d", name, i, len(messages))
		}
		for _, b := range s.buttons {
			ids[b.CustomID] = true
		}
		for _, menu := range s.menus {
			for _, o := range menu.Options {
				ids[o.Value] = true
			}
		}
	}
	lines = strings.Join(words(lines), "")
	for _, a := range slices.Concat(r.Suggestions, r.Alternatives) {
		question := bot.Printable(a.Question)
		if !ids[testID(buttonAsk, question)] && !strings.Contains(lines, strings.Join(words(question), "")) {
			t.Errorf("%q: %q cannot be asked", name, question)
		}
	}
	if !buttons && len(ids) > 0 {
		t.Errorf("%q: there are buttons", name)
	}
	fit := buttons && len(messages) > 0 && (testID(buttonShare, r.Code) != "" || r.Short != "") // the longest kind
	there := func(kind string) bool {
		return ids[testID(kind, r.Code)] || r.Short != "" && ids[testID(kind, r.Short)]
	}
	feedback := r.Status == answers.Answered || r.Status == answers.NotInReport
	for kind, want := range map[string]bool{
		buttonWhy: r.Status == answers.Answered && r.Code != "", buttonGood: feedback, buttonBad: feedback,
		buttonChart: r.Status != "" && r.Code != "" && slices.Contains(r.Offers, answers.FormChart),
		buttonCSV:   r.Status != "" && r.Code != "" && slices.Contains(r.Offers, answers.FormCSV),
	} {
		if fit && there(kind) != want {
			t.Errorf("%q: %s: %t", name, kind, !want)
		}
	}
}

// BenchmarkRender sets a common reply, one of 48 rows, and one of 400 that is parted.
func BenchmarkRender(b *testing.B) {
	a := layouttest.NewAsker(b, "discord")
	for name, r := range map[string]bot.Reply{
		"lookup": a.Ask(b, "returned from France"), "profile": a.Ask(b, "tell me about France"),
		"48 rows": a.Ask(b, "top 48 countries by fighters"), "parted": layouttest.Invented()["two long tables"],
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				render(r, withButtons())
			}
		})
	}
}
