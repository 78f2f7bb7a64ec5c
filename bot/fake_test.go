package bot

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"reportbot/answers"
	"reportbot/bot/outbox"
	"reportbot/data"
)

// engine is the engine of the report that is built in, made once.
var engine = sync.OnceValues(func() (*answers.Engine, error) {
	r, err := data.Embedded()
	if err != nil {
		return nil, err
	}
	return answers.New(r)
})

// platform is a chat platform in this process: what it posts is what people see.
type platform struct {
	name  string
	refus func(Post) error // what a post meets; nil: nothing

	mu       sync.Mutex
	posts    []Post
	changed  chan struct{}
	states   string
	messages int // given a number
}

func newPlatform() *platform { return &platform{name: "fake", changed: make(chan struct{})} }

func (p *platform) Name() string { return p.name }

func (p *platform) State() string { return p.states }

func (p *platform) Run(ctx context.Context, _ Intake) error {
	<-ctx.Done()
	return ctx.Err()
}

func (p *platform) Post(_ context.Context, post Post) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refus != nil {
		if err := p.refus(post); err != nil {
			return err
		}
	}
	p.posts = append(p.posts, post)
	close(p.changed)
	p.changed = make(chan struct{})
	return nil
}

// await returns the posts once there are n.
func (p *platform) await(t testing.TB, n int) []Post {
	t.Helper()
	limit := time.After(time.Minute)
	for {
		p.mu.Lock()
		posts, changed := p.posts, p.changed
		p.mu.Unlock()
		if len(posts) >= n {
			return posts
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("%d of %d replies came in a minute", len(posts), n)
		}
	}
}

// rig is a bot with a fake platform on an outbox of its own.
type rig struct {
	*Bot
	box      *outbox.Outbox
	platform *platform
	clock    *clock
	logged   *logged
}

// clock is a time that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// logged is a log that is kept.
type logged struct {
	mu   sync.Mutex
	text []byte
}

func (l *logged) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, text...)
	return len(text), nil
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}

// start makes a rig and runs it until the test ends. change may change the
// options.
func start(t testing.TB, change func(*Options)) *rig {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{platform: newPlatform(), clock: &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}, logged: &logged{}}
	log := slog.New(slog.NewTextHandler(r.logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	config := outbox.Defaults()
	config.Folder = t.TempDir()
	config.FirstWait = 10 * time.Millisecond
	if r.box, err = outbox.Open(t.Context(), config, outbox.Env{Log: log}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.box.Close)
	options := Options{Engine: e, Outbox: r.box, Settings: Defaults(), Adapters: []Adapter{r.platform}, Log: log, Now: r.clock.Now}
	options.Settings.Limits = Limits{PersonPerMinute: 1 << 30, ChannelPerMinute: 1 << 30, QuestionLength: 1000, Concurrent: 64}
	if change != nil {
		change(&options)
	}
	if r.Bot, err = New(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := r.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { cancel(); running.Wait() })
	return r
}

// message is what somebody writes in a channel.
func message(id, channel, author, text string) Message {
	return Message{ID: id, Target: Target{Platform: "fake", Channel: channel}, Author: author, Text: text}
}

// ask has somebody write texts in a channel, and returns the replies.
func (r *rig) ask(t *testing.T, author string, texts ...string) []Reply {
	t.Helper()
	before := len(r.platform.await(t, 0))
	for _, text := range texts {
		m := message(fmt.Sprintf("m%d", r.platform.next()), "general", author, text)
		if err := r.Handle(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	var replies []Reply
	for _, post := range r.platform.await(t, before+len(texts))[before:] {
		replies = append(replies, post.Reply)
	}
	return replies
}

// next is a number for a message.
func (p *platform) next() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.messages++
	return p.messages
}
