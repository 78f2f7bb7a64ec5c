package slack

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reportbot/answers"
	"reportbot/bot"
)

// sampled: one in so many of the questions of a finding. 1 takes all, about
// eight thousand in a quarter of a minute, and ten times that with -race.
const sampled = 5

// TestRenderShowsAll holds what people see of replies against what the bot
// says: the vocabulary's examples, every row of the tables, what the findings
// are asked for by, and texts that would be markup.
func TestRenderShowsAll(t *testing.T) {
	a := newRenderAsker(t)
	report := a.engine.Report()
	questions := slices.Clone(report.Vocabulary.Examples)
	for _, s := range report.Subjects {
		questions = append(questions, "tell me about "+s.Name, "women from "+s.Name)
	}
	for i, f := range report.Findings {
		for j, q := range f.Asks {
			if (i+j)%sampled == 0 {
				questions = append(questions, q)
			}
		}
	}
	for _, h := range hostile() {
		questions = append(questions, h, "how many fighters from "+h, "returned from "+h+" and France", "what does it say about "+h)
	}
	messages := 0
	for _, q := range questions {
		messages += checkReply(t, q, a.ask(t, q))
		if t.Failed() {
			return
		}
	}
	t.Logf("%d questions, %d messages", len(questions), messages)
}

// TestRenderInvented does the same with replies such as the bot never gives.
func TestRenderInvented(t *testing.T) {
	for name, r := range inventedReplies() {
		t.Run(name, func(t *testing.T) { checkReply(t, name, r) })
	}
}

func inventedReplies() map[string]bot.Reply {
	wide := &answers.Table{Columns: []string{"Country", "Figure"}}
	for i := range 400 {
		wide.Rows = append(wide.Rows, []string{fmt.Sprint("Country", i), fmt.Sprint("~", i, ",000")})
	}
	broad := &answers.Table{Columns: make([]string, 25), Rows: [][]string{make([]string, 25), make([]string, 30)}}
	for i := range broad.Columns {
		broad.Columns[i], broad.Rows[0][i] = fmt.Sprint("c", i), fmt.Sprint("~", i)
	}
	long := strings.Repeat("A country has ~320 or more than 500 people, of whom few returned. ", 200)
	body := []answers.Block{{Text: "Certain:"}, {Text: "", Table: wide}, {Text: "Possible:"}, {Text: "", Table: wide}, {Text: "Done."}}
	out := map[string]bot.Reply{
		"two long tables": {Status: answers.Answered, Code: "c", Parts: []bot.Part{{Headline: "Figures.", Body: body, Caveats: []string{"~ means about.", "Old."}, Source: "table 1.", Interpretation: "All"}}},
		"broad table":     {Parts: []bot.Part{{Headline: "Broad.", Body: []answers.Block{{Table: broad}, {Table: &answers.Table{Columns: []string{"none"}}}, {Table: &answers.Table{}}}}}},
		"long all over":   {Status: answers.NotInReport, Parts: []bot.Part{{Headline: long, Body: []answers.Block{{Text: long}}, Caveats: []string{long, long}, Source: long, Interpretation: long}}},
		"no spaces":       {Parts: []bot.Part{{Headline: strings.Repeat("&", 9000)}}},
		"many parts":      {Status: answers.Answered, Parts: slices.Repeat([]bot.Part{{Headline: "One.", Body: body, Source: "table 2."}}, 5)},
		"many actions":    {Status: answers.Clarify, Parts: []bot.Part{{Headline: "Which?"}}, Suggestions: slices.Repeat([]bot.Action{{Question: strings.Repeat("how many \"quoted\" went from France ", 40)}}, 60), Alternatives: slices.Repeat([]bot.Action{{Label: "Fighters · France", Question: "fighters from France"}}, 60)},
		"longest actions": {Parts: []bot.Part{{Headline: "Hm."}}, Suggestions: slices.Repeat([]bot.Action{{Question: strings.Repeat("\"", 1990)}}, 9)},
		"too long action": {Parts: []bot.Part{{Headline: "Hm."}}, Suggestions: []bot.Action{{Question: strings.Repeat("why ", 3000)}}},
		"only actions":    {Status: answers.Answered, Code: "c", Suggestions: []bot.Action{{Question: "returned from France"}}},
		"only thumbs":     {Status: answers.Answered},
		"nothing":         {Parts: []bot.Part{{}, {Body: []answers.Block{{Text: " "}}}}},
		"no headline":     {Parts: []bot.Part{{Body: []answers.Block{{Text: "Only a line."}, {Text: ""}, {Text: "And one."}}}}},
		"nothing at all":  {},
	}
	for i, h := range hostile() {
		out[fmt.Sprint("hostile ", i)] = hostileReply(h)
	}
	return out
}

// hostileReply is a reply that repeats a text wherever one can stand.
func hostileReply(h string) bot.Reply {
	table := &answers.Table{Columns: []string{"Country", h}, Rows: [][]string{{h, "~320"}, {"France", h}}}
	return bot.Reply{
		Status: answers.NotInReport, Code: "refused:" + h,
		Parts: []bot.Part{{
			Interpretation: "Total · “" + h + "”", Headline: "I do not know \"" + h + "\" as a place, but ~320 and " + h + " ~1,910.",
			Body: []answers.Block{{Text: h}, {Text: h + ":"}, {Table: table}, {Text: "- " + h}, {Text: ">915 " + h}, {Table: table}}, Caveats: []string{h, "~ means about (~10)."}, Source: h,
		}},
		Suggestions:  []bot.Action{{Question: h}, {Question: "returned from France"}},
		Alternatives: []bot.Action{{Label: h, Question: "how many from " + h}},
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
	inBlocks, inText := &reader{parts: intended(r)}, &reader{parts: intended(r)}
	for _, m := range messages {
		checkMessage(t, name, m)
		s := show(m.Blocks)
		inBlocks.message(words(s.text))
		inText.message(words(decode(m.Text)))
		for _, bold := range s.bold {
			if !inBlocks.isHeadline(words(bold)) {
				t.Errorf("%q: %q is bold", name, bold)
			}
		}
	}
	for what, read := range map[string]*reader{"blocks": inBlocks, "text": inText} {
		if fault := read.end(); fault != "" {
			t.Errorf("%q: %s: %s", name, what, fault)
		}
	}
	if said, got := figuresIn(r), figuresOf(messages); !slices.Equal(said, got) && len(messages) == 1 {
		t.Errorf("%q: the text has the figures %q, not %q", name, got, said)
	}
}

// figuresIn are the figures with a sign that a reply says, in order; figuresOf
// are those that can be copied from texts.
func figuresIn(r bot.Reply) []string {
	var all []string
	for _, p := range intended(r) {
		all = append(all, p.headline...)
		all = append(all, p.body...)
		all = append(all, p.tail...)
	}
	return signed(strings.Join(all, " "))
}

func figuresOf(messages []message) []string {
	var all []string
	for _, m := range messages {
		all = append(all, words(decode(m.Text))...)
	}
	return signed(strings.Join(all, " "))
}

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
	feedback := r.Status == answers.Answered || r.Status == answers.NotInReport
	if good, bad := values[testValue("good", r.Code)], values[testValue("bad", r.Code)]; buttons && len(r.Code) < 1000 && (good != feedback || bad != feedback) {
		t.Errorf("%q: good %t, bad %t", name, good, bad)
	}
}

// FuzzRender has a text repeated in a refusal wherever one can stand.
func FuzzRender(f *testing.F) {
	for _, h := range hostile() {
		f.Add(h)
	}
	f.Fuzz(func(t *testing.T, text string) { checkReply(t, text, hostileReply(text)) })
}
