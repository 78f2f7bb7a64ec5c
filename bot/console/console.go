// Package console is the bot's platform in a terminal: each line of the input
// is a message, replies are printed. Lines go the whole way through the
// outbox, as on any platform.
package console

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"reportbot/bot"
)

// Config is the section "console" of the configuration.
type Config struct {
	Wait time.Duration `yaml:"wait" doc:"How long the end of the input waits for replies that are still on their way."`
}

// Defaults sets the configuration before a file is read.
func (c *Config) Defaults() { c.Wait = 10 * time.Second }

// Validate reports what cannot be.
func (c *Config) Validate(report func(key, format string, args ...any)) {
	if c.Wait < 0 {
		report("wait", "must not be negative")
	}
}

// Console is the adapter.
type Console struct {
	config  Config
	in      io.Reader
	session string // makes the messages of this run different from those of others

	mu      sync.Mutex
	out     io.Writer
	pending map[string]bool // messages of this run whose replies are to come
	changed chan struct{}   // closed and replaced when a reply was printed
}

var (
	_ bot.Adapter = (*Console)(nil)
	_ bot.Stater  = (*Console)(nil)
)

// New makes the adapter for an input and an output.
func New(config Config, in io.Reader, out io.Writer) *Console {
	return &Console{config: config, in: in, out: out, session: rand.Text(), pending: map[string]bool{}, changed: make(chan struct{})}
}

// Name is the platform's name.
func (*Console) Name() string { return "console" }

// State is always empty: the input is there until it ends.
func (*Console) State() string { return "" }

// Run takes in line after line, then waits for their replies.
func (c *Console) Run(ctx context.Context, in bot.Intake) error {
	lines := c.lines(ctx)
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return nil
		case line, more := <-lines:
			if !more {
				c.awaitReplies(ctx)
				return nil
			}
			if line.err != nil {
				return fmt.Errorf("reading the input: %w", line.err)
			}
			if err := c.take(ctx, in, n, line.text); err != nil {
				return err
			}
		}
	}
}

// take hands one line on. A line that could not be taken in is said to be so.
func (c *Console) take(ctx context.Context, in bot.Intake, n int, text string) error {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	m := bot.Message{
		ID:     fmt.Sprintf("console/%s/%d", c.session, n),
		Target: bot.Target{Platform: c.Name(), Channel: "console"},
		// Whoever types at a console is one person in one conversation.
		Conversation: c.session, Author: c.session, Text: text,
	}
	c.expect(m.ID)
	if err := in.Handle(ctx, m); err != nil {
		c.settled(m.ID)
		return c.print(bot.Apology + "\n\n")
	}
	return nil
}

type line struct {
	text string
	err  error
}

// maxLine is how much of a line is kept, in bytes; the bot refuses far shorter
// questions.
const maxLine = 64 << 10

// lines reads the input until it ends. The reader of a terminal cannot be
// stopped, so it runs beside Run.
func (c *Console) lines(ctx context.Context) <-chan line {
	out := make(chan line)
	go func() {
		defer close(out)
		r := bufio.NewReaderSize(c.in, maxLine)
		for {
			text, err := readLine(r)
			if errors.Is(err, io.EOF) {
				return
			}
			select {
			case out <- line{text, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return out
}

// readLine reads a line; what is longer than maxLine is cut.
func readLine(r *bufio.Reader) (string, error) {
	part, more, err := r.ReadLine()
	if err != nil {
		return "", err
	}
	text := string(part)
	for more {
		if _, more, err = r.ReadLine(); err != nil {
			return text, nil // what was read is a line; the next call meets the error again
		}
	}
	return text, nil
}

func (c *Console) expect(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending[id] = true
}

func (c *Console) settled(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.pending, id)
	close(c.changed)
	c.changed = make(chan struct{})
}

// awaitReplies waits until no reply is to come, or for the configured time.
func (c *Console) awaitReplies(ctx context.Context) {
	limit := time.NewTimer(c.config.Wait)
	defer limit.Stop()
	for {
		c.mu.Lock()
		left, changed := len(c.pending), c.changed
		c.mu.Unlock()
		if left == 0 {
			return
		}
		select {
		case <-changed:
		case <-limit.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// Post prints a reply.
func (c *Console) Post(_ context.Context, post bot.Post) error {
	text := post.Reply.Plain() + "\n"
	if !post.Digest && !strings.HasPrefix(post.ID, "console/"+c.session+"/") {
		text = "(The reply to a question of an earlier run:)\n" + text
	}
	if err := c.print(text); err != nil {
		return err
	}
	c.settled(post.ID)
	return nil
}

func (c *Console) print(text string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := io.WriteString(c.out, text); err != nil {
		return fmt.Errorf("printing a reply: %w", err)
	}
	return nil
}
