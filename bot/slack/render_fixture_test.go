package slack

import (
	"context"
	"fmt"
	"testing"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/outbox"
	"reportbot/data"
)

// quietPlatform is an adapter through which nothing comes and goes.
type quietPlatform struct{}

func (quietPlatform) Name() string { return "slack" }

func (quietPlatform) Run(ctx context.Context, _ bot.Intake) error {
	<-ctx.Done()
	return ctx.Err()
}

func (quietPlatform) Post(context.Context, bot.Post) error { return nil }

// renderAsker gives the replies of the real bot on the report that is built in.
type renderAsker struct {
	*bot.Bot
	engine *answers.Engine
	asked  int
}

func newRenderAsker(t testing.TB) *renderAsker {
	t.Helper()
	report, err := data.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := answers.New(report)
	if err != nil {
		t.Fatal(err)
	}
	config := outbox.Defaults()
	config.Folder = t.TempDir()
	box, err := outbox.Open(t.Context(), config, outbox.Env{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(box.Close)
	settings := bot.Defaults()
	settings.Limits = bot.Limits{PersonPerMinute: 1 << 30, ChannelPerMinute: 1 << 30, QuestionLength: 1000, Concurrent: 8}
	b, err := bot.New(t.Context(), bot.Options{Engine: engine, Outbox: box, Settings: settings, Adapters: []bot.Adapter{quietPlatform{}}})
	if err != nil {
		t.Fatal(err)
	}
	return &renderAsker{Bot: b, engine: engine}
}

// ask has texts written in a conversation of their own; the reply is the last one's.
func (a *renderAsker) ask(t testing.TB, texts ...string) bot.Reply {
	t.Helper()
	a.asked++
	conversation := fmt.Sprint("c", a.asked)
	var reply bot.Reply
	for i, text := range texts {
		var err error
		reply, err = a.Answer(t.Context(), bot.Message{
			ID:           fmt.Sprint(conversation, ".", i),
			Target:       bot.Target{Platform: "slack", Channel: "C1"},
			Conversation: conversation, Author: "U1", Text: text,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return reply
}

// act has a button pressed.
func (a *renderAsker) act(t testing.TB, act bot.Act, code string) bot.Reply {
	t.Helper()
	a.asked++
	reply, err := a.Answer(t.Context(), bot.Message{
		ID: fmt.Sprint("a", a.asked), Target: bot.Target{Platform: "slack", Channel: "C1"},
		Conversation: fmt.Sprint("a", a.asked), Author: "U1", Act: act, Code: code,
	})
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

// testValue is a value that tells what it is of.
func testValue(kind, payload string) string { return kind + "|" + payload }

func withButtons() renderOptions { return renderOptions{Value: testValue, Buttons: true} }

// hostile are texts that would be markup somewhere.
func hostile() []string {
	return []string{
		"<!channel>", "<!here|x>", "<@U1>", "<#C1>", "@here", "@channel", "<https://example.com|France>", "example.com", "https://example.com/~x/_y_",
		"*bold*", "_italic_", "~strike~", "`code`", "```code```", "＊wide＊", "＿wide＿", "｀wide｀", "*a _b ~c `d` c~ b_ a*",
		":smile:", ":100:", "10:30:45", ":+1::skin-tone-2:", "> quote", ">quote", "＞quote", ">>> all", "&lt;!channel&gt;", "&amp;lt;", "&#60;b&#62;",
		"~320 to ~1,910~", "(~320) ~x", "Narnia_land_", "5*3*2", "a\\*b\\*", "{date} <!date^0^{date}|x>", "[France](https://example.com)", "# head", "- list\n- more",
		"a\n> b\n*c*", "\"quoted\"", "\\\\", "\u202eevil", "\u2028line", "\u0007bell", "tab\tbed", "\xff\xfe", "👍🏽🇫🇷", "e\u0301\u0301\u0301", "\u00ad\u2060", " ",
	}
}
