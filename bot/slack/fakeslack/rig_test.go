package fakeslack_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"reportbot/bot/slack/fakeslack"
)

const (
	bot    = "xoxb-test"
	app    = "xapp-test"
	secret = "shh"
)

// start is a fake Slack and a client of its Web API.
func start(t *testing.T, change func(*fakeslack.Options)) (*fakeslack.Slack, *slackapi.Client) {
	t.Helper()
	o := fakeslack.Options{BotToken: bot, AppToken: app, SigningSecret: secret}
	if change != nil {
		change(&o)
	}
	s := fakeslack.New(t, o)
	return s, slackapi.New(bot, slackapi.OptionAppLevelToken(app), slackapi.OptionAPIURL(s.APIURL()))
}

// clock is a time that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} }

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

// taken are the events that a Socket Mode client got.
type taken struct {
	mu     sync.Mutex
	events []socketmode.Event
	more   chan struct{}
}

func (k *taken) add(e socketmode.Event) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.events = append(k.events, e)
	select {
	case k.more <- struct{}{}:
	default:
	}
}

// await waits for n events of a type.
func (k *taken) await(t *testing.T, kind socketmode.EventType, n int) []socketmode.Event {
	t.Helper()
	limit := time.After(time.Minute)
	for {
		k.mu.Lock()
		var found []socketmode.Event
		for _, e := range k.events {
			if e.Type == kind {
				found = append(found, e)
			}
		}
		k.mu.Unlock()
		if len(found) >= n {
			return found
		}
		select {
		case <-k.more:
		case <-limit:
			t.Fatalf("%d of %d events of type %s came", len(found), n, kind)
		}
	}
}

// connect runs a Socket Mode client that gives its requests to answer; nil
// acknowledges them.
func connect(t *testing.T, api *slackapi.Client, answer func(*socketmode.Client, socketmode.Event), options ...socketmode.Option) *taken {
	t.Helper()
	if answer == nil {
		answer = func(c *socketmode.Client, e socketmode.Event) { _ = c.Ack(*e.Request) }
	}
	client := socketmode.New(api, options...)
	k := &taken{more: make(chan struct{}, 1)}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = client.RunContext(ctx) })
	running.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-client.Events:
				if e.Request != nil && e.Request.EnvelopeID != "" {
					answer(client, e)
				}
				k.add(e)
			}
		}
	})
	t.Cleanup(func() { cancel(); running.Wait() })
	return k
}

// wantError checks the error of a call.
func wantError(t *testing.T, err error, code string) {
	t.Helper()
	switch {
	case err == nil && code != "":
		t.Errorf("no error, want %s", code)
	case err != nil && err.Error() != code:
		t.Errorf("error %q, want %q", err, code)
	}
}

// messagesOf are the explanations in an error of Slack's.
func messagesOf(err error) string {
	var e slackapi.SlackErrorResponse
	if !errors.As(err, &e) {
		return ""
	}
	return strings.Join(e.ResponseMetadata.Messages, "; ")
}

func text(t string) slackapi.MsgOption { return slackapi.MsgOptionText(t, false) }

func texts(messages []fakeslack.Message) string {
	var all []string
	for _, m := range messages {
		all = append(all, m.Text)
	}
	return strings.Join(all, "|")
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
