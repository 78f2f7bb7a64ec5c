package slack

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/layout/layouttest"
)

// TestRenderShowsAll holds what people see of replies against what the bot
// says: the vocabulary's examples, every row of the tables, what the findings
// are asked for by, and texts that would be markup.
func TestRenderShowsAll(t *testing.T) {
	a := layouttest.NewAsker(t, "slack")
	questions := layouttest.Sample(t, layouttest.Questions(a))
	messages := 0
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
}

// checkReply renders a reply with and without buttons, and returns how many
// messages it has.
func checkReply(t testing.TB, name string, r bot.Reply) int {
	t.Helper()
	bare := r
	bare.Suggestions, bare.Alternatives = nil, nil
	checkContent(t, name, bare, render(bare, renderOptions{}))
	checkActions(t, name, r, render(r, renderOptions{}), false)
	full := render(r, renderOptions{Value: testValue, Buttons: true, Share: true})
	checkActions(t, name, r, full, true)
	for _, m := range full {
		checkMessage(t, name, m)
	}
	return len(full)
}

// checkMessage checks what holds for any message.
func checkMessage(t testing.TB, name string, m message) {
	t.Helper()
	if faults := over(m); len(faults) > 0 {
		t.Errorf("%q: %q", name, faults)
	}
	var c count
	for _, b := range m.Blocks {
		c.block(b)
	}
	if n := weight(m.Blocks); n > c.rough {
		t.Errorf("%q: %d long as JSON, taken to be at most %d", name, n, c.rough)
	}
	if faults := show(m.Blocks).faults; len(faults) > 0 {
		t.Errorf("%q: blocks: %q", name, faults)
	}
	if runs := readMrkdwn(m.Text); len(runs) > 0 {
		t.Errorf("%q: the text, read as mrkdwn, has %q:\n%s", name, runs, m.Text)
	}
	if strings.TrimSpace(m.Text) == "" {
		t.Errorf("%q: no text", name)
	}
	ids := map[string]bool{}
	for _, b := range show(m.Blocks).buttons {
		if ids[b.ActionID] {
			t.Errorf("%q: two buttons %s", name, b.ActionID)
		}
		ids[b.ActionID] = true
	}
}

// checkContent checks that messages say what a reply says, in its order:
// nothing missing, nothing added but what each further message repeats.
func checkContent(t testing.TB, name string, r bot.Reply, messages []message) {
	t.Helper()
	inBlocks, inText := &layouttest.Reader{Words: words, Rules: rules()}, &layouttest.Reader{Words: words, Rules: rules()}
	inText.Expect(r)
	all := strings.Join(inBlocks.Expect(r), " ")
	for _, m := range messages {
		checkMessage(t, name, m)
		s := show(m.Blocks)
		inBlocks.Message(words(s.text))
		inText.Message(words(decode(m.Text)))
		for _, bold := range s.bold {
			if !inBlocks.IsHeadline(words(bold)) {
				t.Errorf("%q: %q is bold", name, bold)
			}
		}
	}
	for what, read := range map[string]*layouttest.Reader{"blocks": inBlocks, "text": inText} {
		if fault := read.End(); fault != "" {
			t.Errorf("%q: %s: %s", name, what, fault)
		}
	}
	if said, got := signed(all), figuresOf(messages); !slices.Equal(said, got) && len(messages) == 1 {
		t.Errorf("%q: the text has the figures %q, not %q", name, got, said)
	}
}

// figuresOf are the figures with a sign that can be copied from texts.
func figuresOf(messages []message) []string {
	var all []string
	for _, m := range messages {
		all = append(all, words(decode(m.Text))...)
	}
	return signed(strings.Join(all, " "))
}

// testValue is a value that tells what it is of.
func testValue(kind, payload string) string { return kind + "|" + payload }

func withButtons() renderOptions { return renderOptions{Value: testValue, Buttons: true} }

func signed(text string) []string {
	return regexp.MustCompile(`[~<>]\d[\d,]*`).FindAllString(text, -1)
}

// checkActions checks that each question of a reply can be had: by a button
// that asks it whole, or as a line; and in the text.
func checkActions(t testing.TB, name string, r bot.Reply, messages []message, buttons bool) {
	t.Helper()
	values, lines, texts := map[string]bool{}, "", ""
	for _, m := range messages {
		checkMessage(t, name, m)
		s := show(m.Blocks)
		lines += s.text + " "
		texts += decode(m.Text) + " "
		for _, b := range s.buttons {
			values[b.Value] = true
		}
	}
	lines, texts = strings.Join(words(lines), ""), strings.Join(words(texts), "")
	for _, a := range slices.Concat(r.Suggestions, r.Alternatives) {
		question := bot.Printable(a.Question)
		line := strings.Join(words(question), "")
		if !values[testValue("ask", question)] && !strings.Contains(lines, line) {
			t.Errorf("%q: %q cannot be asked", name, question)
		}
		if !strings.Contains(texts, line) {
			t.Errorf("%q: %q is not in the text", name, question)
		}
	}
	if !buttons && len(values) > 0 {
		t.Errorf("%q: there are buttons", name)
	}
	if why := values[testValue("why", r.Code)]; buttons && len(r.Code) < 1000 && why != (r.Status == answers.Answered && r.Code != "") {
		t.Errorf("%q: why: %t", name, why)
	}
	for kind, form := range map[string]answers.Form{buttonChart: answers.FormChart, buttonCSV: answers.FormCSV} {
		if offered := values[testValue(kind, r.Code)]; buttons && len(r.Code) < 1000 && offered != slices.Contains(r.Offers, form) {
			t.Errorf("%q: %s: %t", name, kind, offered)
		}
	}
	feedback := r.Status == answers.Answered || r.Status == answers.NotInReport
	if good, bad := values[testValue("good", r.Code)], values[testValue("bad", r.Code)]; buttons && len(r.Code) < 1000 && (good != feedback || bad != feedback) {
		t.Errorf("%q: good %t, bad %t", name, good, bad)
	}
}

// FuzzRender has a text repeated in a refusal wherever one can stand.
func FuzzRender(f *testing.F) {
	for _, h := range layouttest.Hostile() {
		f.Add(h)
	}
	f.Fuzz(func(t *testing.T, text string) { checkReply(t, text, layouttest.HostileReply(text)) })
}
