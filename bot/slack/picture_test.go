package slack

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/layout/layouttest"
	"reportbot/data"
)

// charted are the replies that can be had as a chart, in that form, by their
// codes: to what is asked in tests, and to what can be put together from the
// form for no row, for each, for some pairs and for as many as there may be.
func charted(t *testing.T, a *layouttest.Asker) map[string]bot.Reply {
	t.Helper()
	out := map[string]bot.Reply{}
	take := func(r bot.Reply) {
		if slices.Contains(r.Offers, answers.FormChart) && out[r.Code].Code == "" {
			out[r.Code] = a.Act(t, bot.AsChart, r.Code)
		}
	}
	for _, q := range layouttest.Questions(a) {
		take(a.Ask(t, q))
	}
	f := a.Form()
	subjects := [][]string{nil}
	all := f.Subjects("", limitOptions)
	for i := range all {
		subjects = append(subjects, []string{all[i].Value})
		if i%8 == 0 { // all pairs would take minutes
			subjects = append(subjects, []string{all[i].Value, all[(i+1)%len(all)].Value})
		}
	}
	for i := range 3 {
		var many []string
		for _, one := range all[min(len(all)-mostSubjects, i*mostSubjects):][:mostSubjects] {
			many = append(many, one.Value)
		}
		subjects = append(subjects, many)
	}
	for _, operation := range f.Operations() {
		for _, measure := range append([]bot.Choice{{}}, f.Measures()...) {
			for _, chosen := range subjects {
				code, err := f.Code(bot.Selection{Operation: operation.Value, Measure: measure.Value, Subjects: chosen})
				if err == nil {
					take(a.Act(t, bot.Again, code))
				}
			}
		}
	}
	return out
}

// TestEveryChartAndTableFits: each chart and each file that the data can give is
// within Slack's limits, and so is what stands in its place.
func TestEveryChartAndTableFits(t *testing.T) {
	a := layouttest.NewAsker(t, "slack")
	replies := charted(t, a)
	own, longest := 0, 0
	for _, code := range layouttest.Sample(t, slices.Sorted(maps.Keys(replies))) {
		r := replies[code]
		checkCharts(t, code, r)
		checkTables(t, code, a.Act(t, bot.AsCSV, code))
		for i := range r.Parts {
			if spec := r.Parts[i].Chart; spec != nil {
				longest = max(longest, len([]rune(spec.Alt(0))))
				if ownChart(spec) != nil {
					own++
				}
			}
		}
		if t.Failed() {
			return
		}
	}
	if len(replies) < 100 || own == 0 {
		t.Errorf("%d charts, %d of them Slack's own", len(replies), own)
	}
	t.Logf("%d charts, %d of them Slack's own, the longest alt text has %d characters", len(replies), own, longest)
}

// checkOwn checks that Slack's own chart tells each figure as it is printed, with
// its date, and no figure of which more is known than that.
func checkOwn(t *testing.T, name string, p *picture) {
	t.Helper()
	bars := p.own.Chart.(*slackapi.DataVisualizationBarChart)
	if p.own.Title != strings.TrimSpace(p.spec.Title) {
		t.Errorf("%q: title %q", name, p.own.Title)
	}
	for i, g := range p.spec.Groups {
		for j, r := range g.Rows {
			at := bars.Series[i].Data[j]
			if at.Label != r.Label || bars.AxisConfig.Categories[j] != r.Label || strings.ReplaceAll(r.Printed, ",", "") != strconv.FormatFloat(at.Value, 'f', -1, 64) {
				t.Errorf("%q: %s %s is the point %+v", name, r.Label, r.Printed, at)
			}
			if r.Qualifier != "exact" || r.Rough || r.Column != "" || len(r.Parts) > 0 || !strings.Contains(bars.AxisConfig.YLabel, data.Month(r.AsOf).Words()) {
				t.Errorf("%q: Slack's own chart cannot show %+v", name, r)
			}
		}
	}
}

// checkCharts checks a reply with its charts, and without them.
func checkCharts(t *testing.T, name string, r bot.Reply) {
	t.Helper()
	options := renderOptions{Value: testValue, Buttons: true, Pictures: true}
	drawn := 0
	for _, m := range render(r, options) {
		checkMessage(t, name, m)
		drawn += len(m.pictures)
		for _, p := range m.pictures {
			if !slices.Contains(m.Blocks, p.shown()) {
				t.Errorf("%q: a picture has no block", name)
			}
			if p.own != nil {
				checkOwn(t, name, p)
			}
			if alt := p.block.AltText; !strings.HasPrefix(alt, strings.TrimSpace(p.spec.Title)) {
				t.Errorf("%q: alt text %q", name, alt)
			}
			if file := altText(p.spec, limitFileAlt); len([]rune(file)) > limitFileAlt {
				t.Errorf("%q: the file's alt text has %d characters", name, len([]rune(file)))
			}
		}
		checkWithout(t, name, m)
	}
	want := 0
	for i := range r.Parts {
		if r.Parts[i].Chart != nil {
			want++
		}
	}
	if drawn != want {
		t.Errorf("%q: %d charts, not %d", name, drawn, want)
	}
	plain := r
	plain.Form = ""
	for _, m := range render(plain, options) { // as a digest: nobody waits for it
		if bare := m.allFiled().without("x"); strings.Contains(bare.Text, "chart") != strings.Contains(m.Text, "chart") {
			t.Errorf("%q: %q is said", name, bare.Text)
		}
	}
}

// checkWithout checks what is seen where a chart cannot be posted: the reason,
// whatever it is, and no picture.
func checkWithout(t *testing.T, name string, m message) {
	t.Helper()
	checkMessage(t, name, m.allFiled())
	bare := m.allFiled().without(reasonNotReady)
	checkMessage(t, name, bare)
	s := show(bare.Blocks)
	if len(m.pictures) > 0 && !strings.Contains(s.text, "The chart could not be posted: "+reasonNotReady) {
		t.Errorf("%q: the reason is not told:\n%s", name, s.text)
	}
	if slices.ContainsFunc(bare.Blocks, func(b slackapi.Block) bool {
		return b.BlockType() == slackapi.MBTImage || b.BlockType() == slackapi.MBTDataVisualization
	}) {
		t.Errorf("%q: a picture is left", name)
	}
}

// checkTables checks the figures that are posted in place of a file: all of them,
// each message with the caveats.
func checkTables(t *testing.T, name string, r bot.Reply) {
	t.Helper()
	if sheetOf(&r) == nil {
		t.Errorf("%q: no file", name)
		return
	}
	table := insteadOfFile(&r, reasonNotIn)
	messages := render(table, renderOptions{})
	checkContent(t, name, table, messages)
	for _, row := range sheetOf(&r).Rows {
		if text := strings.Join(textsOf(messages), "\n"); !strings.Contains(strings.Join(words(text), " "), strings.Join(words(row[2]), " ")) {
			t.Errorf("%q: the figure %s is lost", name, row[2])
		}
	}
}

func textsOf(messages []message) []string {
	var out []string
	for _, m := range messages {
		out = append(out, decode(m.Text))
	}
	return out
}

// TestPicturesGolden compares how replies with charts look, and what stands in
// the place of a chart and of a file.
func TestPicturesGolden(t *testing.T) {
	a := layouttest.NewAsker(t, "slack")
	options := withButtons()
	options.Pictures = true
	drawn := render(a.Ask(t, "chart returnees in the Balkans and chart returnees of France and Germany"), options)
	golden(t, "chart", drawn)
	golden(t, "chart_own", render(a.Ask(t, "chart children in the G7"), options))
	golden(t, "chart_refused", []message{drawn[0].without(uploadRefusal("missing_scope"))})
	file := a.Ask(t, "returnees in the Balkans as csv")
	golden(t, "csv_refused", render(insteadOfFile(&file, reasonNotIn), renderOptions{}))
	golden(t, "share_chart", render(a.Ask(t, "chart returnees in the Balkans"), renderOptions{Value: testValue, Buttons: true, Share: true}))
}

// TestReasonsAreShort: each has the room that is kept for it.
func TestReasonsAreShort(t *testing.T) {
	for _, code := range []string{"missing_scope", "not_in_channel", "file_uploads_disabled", "storage_limit_reached", "restricted_action"} {
		if reason := uploadRefusal(code); reason == "" || len(reason) > mostReason {
			t.Errorf("%s: %q", code, reason)
		}
	}
	if len(reasonNotReady) > mostReason {
		t.Error(reasonNotReady)
	}
}

// TestUnsendable: which errors of an upload are given up, and which tried again.
func TestUnsendable(t *testing.T) {
	answer := func(code string) error { return slackapi.SlackErrorResponse{Err: code} }
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		ctx  context.Context
		try  int
		err  error
		want string
	}{
		{t.Context(), 1, answer("missing_scope"), "this app lacks the permission files:write"},
		{t.Context(), 1, answer("not_in_channel"), "I am not in this channel"},
		{t.Context(), 1, answer("something_new"), "Slack did not take it"},
		{t.Context(), 1, &unsent{"it could not be drawn", errors.New("x")}, "it could not be drawn"},
		{t.Context(), 1, answer("internal_error"), ""},
		{t.Context(), 1, errors.New("connection reset"), ""},
		{t.Context(), uploadTries, errors.New("connection reset"), "Slack did not take it"},
		{t.Context(), uploadTries, answer("invalid_auth"), ""}, // nor would it take the reply
		{t.Context(), uploadTries, &slackapi.RateLimitedError{}, ""},
		{ended, uploadTries, context.Canceled, ""},
	} {
		u := unsendable(tt.ctx, bot.Post{Try: tt.try}, tt.err)
		if (u == nil) != (tt.want == "") || u != nil && !strings.HasPrefix(u.reason, tt.want) {
			t.Errorf("try %d, %v: %+v", tt.try, tt.err, u)
		}
	}
}
