// Package layouttest is what the tests of every platform's rendering share: the
// replies that are rendered, and a reader that holds what is shown against what
// a reply says.
package layouttest

import (
	"context"
	"fmt"
	"testing"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/outbox"
	"reportbot/data"
)

// platform is an adapter through which nothing comes and goes.
type platform struct{ name string }

func (p platform) Name() string { return p.name }

func (platform) Run(ctx context.Context, _ bot.Intake) error {
	<-ctx.Done()
	return ctx.Err()
}

// LongestCode has long codes named, so that what is rendered is complete.
func (platform) LongestCode() int { return 80 }

func (platform) Post(context.Context, bot.Post) error { return nil }

// Asker gives the replies of the real bot on the report that is built in.
type Asker struct {
	*bot.Bot
	Engine   *answers.Engine
	platform string
	asked    int
}

// NewAsker is an asker on the platform of a name.
func NewAsker(t testing.TB, name string) *Asker {
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
	b, err := bot.New(t.Context(), bot.Options{Engine: engine, Outbox: box, Settings: settings, Adapters: []bot.Adapter{platform{name}}})
	if err != nil {
		t.Fatal(err)
	}
	return &Asker{Bot: b, Engine: engine, platform: name}
}

// Ask has texts written in a conversation of their own; the reply is the last one's.
func (a *Asker) Ask(t testing.TB, texts ...string) bot.Reply {
	t.Helper()
	a.asked++
	conversation := fmt.Sprint("c", a.asked)
	var reply bot.Reply
	for i, text := range texts {
		reply = a.answer(t, bot.Message{ID: fmt.Sprint(conversation, ".", i), Conversation: conversation, Text: text})
	}
	return reply
}

// Act has a button pressed.
func (a *Asker) Act(t testing.TB, act bot.Act, code string) bot.Reply {
	t.Helper()
	a.asked++
	return a.answer(t, bot.Message{ID: fmt.Sprint("a", a.asked), Conversation: fmt.Sprint("a", a.asked), Act: act, Code: code})
}

func (a *Asker) answer(t testing.TB, m bot.Message) bot.Reply {
	t.Helper()
	m.Target, m.Author = bot.Target{Platform: a.platform, Channel: "C1"}, "U1"
	reply, err := a.Answer(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}
