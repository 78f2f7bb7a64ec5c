package console

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot"
)

// conversation runs a console over an input, with a bot that answers each
// message by its own text.
func conversation(t *testing.T, in io.Reader, handle func(c *Console, m bot.Message) error) string {
	t.Helper()
	var out strings.Builder
	var config Config
	config.Defaults()
	c := New(config, in, &out)
	if err := c.Run(t.Context(), intake{handle: func(m bot.Message) error { return handle(c, m) }}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// intake is a bot that does one thing with each message.
type intake struct {
	bot.Intake // nil: a console asks for nothing else
	handle     func(m bot.Message) error
}

func (i intake) Handle(_ context.Context, m bot.Message) error { return i.handle(m) }

func reply(text string) bot.Reply { return bot.Reply{Parts: []bot.Part{{Headline: text}}} }

// TestLinesAreAnsweredBeforeTheEnd: the end of the input waits for the replies.
func TestLinesAreAnsweredBeforeTheEnd(t *testing.T) {
	var later sync.WaitGroup
	seen := map[string]bool{}
	got := conversation(t, strings.NewReader("one\n\n  two  \r\nthree"), func(c *Console, m bot.Message) error {
		if seen[m.ID] || m.Target.Platform != "console" {
			t.Errorf("message %+v", m)
		}
		seen[m.ID] = true
		later.Go(func() {
			if err := c.Post(t.Context(), bot.Post{ID: m.ID, Target: m.Target, Reply: reply("re: " + m.Text)}); err != nil {
				t.Error(err)
			}
		})
		later.Wait()
		return nil
	})
	if want := "re: one\n\nre: two\n\nre: three\n\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestALineThatCannotBeTakenInIsSaidToBeSo(t *testing.T) {
	got := conversation(t, strings.NewReader("one\n"), func(*Console, bot.Message) error { return errors.New("the disk is full") })
	if got != bot.Apology+"\n\n" {
		t.Errorf("got %q", got)
	}
}

func TestAReplyOfAnEarlierRunIsSaidToBeSo(t *testing.T) {
	got := conversation(t, strings.NewReader("x\n"), func(c *Console, m bot.Message) error {
		return errors.Join(
			c.Post(t.Context(), bot.Post{ID: "console/earlier/1", Reply: reply("old")}),
			c.Post(t.Context(), bot.Post{ID: m.ID, Reply: reply("new")}))
	})
	if want := "(The reply to a question of an earlier run:)\nold\n\nnew\n\n"; got != want {
		t.Errorf("got %q", got)
	}
}

// TestALongLineIsCut: what is behind its first part is not taken for another.
func TestALongLineIsCut(t *testing.T) {
	var texts []string
	conversation(t, strings.NewReader(strings.Repeat("x", 3*maxLine)+"\nnext\n"), func(c *Console, m bot.Message) error {
		texts = append(texts, m.Text)
		return c.Post(t.Context(), bot.Post{ID: m.ID})
	})
	if len(texts) != 2 || len(texts[0]) != maxLine || texts[1] != "next" {
		t.Errorf("%d messages, the last %.20q", len(texts), texts[len(texts)-1])
	}
}

// TestTheEndComesWithoutAReply: after the configured time.
func TestTheEndComesWithoutAReply(t *testing.T) {
	c := New(Config{Wait: time.Millisecond}, strings.NewReader("one\n"), io.Discard)
	if err := c.Run(t.Context(), intake{handle: func(bot.Message) error { return nil }}); err != nil {
		t.Fatal(err)
	}
}

func TestAnEndFromOutside(t *testing.T) {
	in, writer := io.Pipe()
	defer writer.Close()
	ctx, cancel := context.WithCancel(t.Context())
	c := New(Config{}, in, io.Discard)
	cancel()
	if err := c.Run(ctx, nil); err != nil {
		t.Fatal(err)
	}
}

func TestAnInputThatFailsIsAnError(t *testing.T) {
	in, writer := io.Pipe()
	writer.CloseWithError(errors.New("the line is dead"))
	err := New(Config{}, in, io.Discard).Run(t.Context(), nil)
	if err == nil || err.Error() != "reading the input: the line is dead" {
		t.Errorf("got %v", err)
	}
}
