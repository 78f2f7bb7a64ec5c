package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"reportbot/bot"
	"reportbot/bot/flow"
)

// connections is how many sockets are open at the same time: Slack closes each
// every few hours, and what it has to say meanwhile goes to the other
// (docs.slack.dev/apis/events-api/using-socket-mode: up to 10).
const connections = 2

// takeTime is how long a message may take to be stored. Slack sends what was
// not acknowledged again after some seconds.
const takeTime = 10 * time.Second

// connect takes messages in through Socket Mode.
func (s *Slack) connect(ctx context.Context, in bot.Intake) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var sockets sync.WaitGroup
	up := &upCount{of: s}
	for range connections {
		sockets.Go(func() {
			if err := s.keepSocket(ctx, in, up); err != nil {
				cancel(err)
			}
		})
	}
	sockets.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// upCount is how many sockets are connected, for the adapter's state.
type upCount struct {
	of *Slack
	mu sync.Mutex
	n  int
}

func (u *upCount) add(n int, reason string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.n += n
	if u.n > 0 {
		reason = ""
	}
	u.of.setState(reason)
}

// keepSocket keeps one socket, through whatever ends it, until ctx ends or the
// token is no good.
func (s *Slack) keepSocket(ctx context.Context, in bot.Intake, up *upCount) error {
	var wait flow.Backoff
	for ctx.Err() == nil {
		began := time.Now()
		err := s.runSocket(ctx, in, up)
		if ctx.Err() != nil {
			return nil
		}
		if reason := fatal(err); reason != "" {
			return errors.New(reason)
		}
		if time.Since(began) > time.Minute {
			wait.Reset()
		}
		s.log.Warn("a socket to Slack has ended and is opened again", "error", err)
		wait.Pause(ctx)
	}
	return nil
}

// runSocket runs the client library's connection, which opens itself again
// until it cannot.
func (s *Slack) runSocket(ctx context.Context, in bot.Intake, up *upCount) error {
	client := socketmode.New(s.api)
	ended := make(chan error, 1)
	running, stop := context.WithCancel(ctx)
	defer stop()
	go func() { ended <- client.RunContext(running) }()
	connected := false
	defer func() {
		if connected {
			up.add(-1, "is connecting again")
		}
	}()
	for {
		select {
		case err := <-ended:
			return err
		case event := <-client.Events:
			switch event.Type {
			case socketmode.EventTypeConnected:
				if !connected {
					connected = true
					up.add(1, "")
				}
			case socketmode.EventTypeConnecting:
				if connected {
					connected = false
					up.add(-1, "is connecting again")
				}
			case socketmode.EventTypeDisconnect:
				s.disconnected(event)
			default:
				s.takeSocketEvent(ctx, in, client, event)
			}
		}
	}
}

// disconnected tells why Slack closes a socket, where an operator should know.
func (s *Slack) disconnected(event socketmode.Event) {
	if event.Request == nil {
		return
	}
	level, why := slog.LevelInfo, ""
	switch event.Request.Reason {
	case "link_disabled":
		level, why = slog.LevelError, "Socket Mode was turned off for this app: turn it on under \"Socket Mode\""
	case "too_many_websockets":
		level, why = slog.LevelError, "too many processes use this app: each takes a part of the messages"
	}
	s.log.Log(context.Background(), level, "Slack closes a socket", "reason", event.Request.Reason, "what_to_do", why)
}

// takeSocketEvent takes what Slack delivers. It returns at once: pings are read
// by whoever reads the events.
func (s *Slack) takeSocketEvent(ctx context.Context, in bot.Intake, client *socketmode.Client, event socketmode.Event) {
	if event.Request == nil || event.Request.EnvelopeID == "" { // as with a hello: nothing to acknowledge
		return
	}
	acknowledge := func(payload ...any) {
		if err := client.Ack(*event.Request, payload...); err != nil {
			s.log.Warn("an acknowledgement could not be sent; Slack sends the event again", "error", err)
		}
	}
	switch data := event.Data.(type) {
	case slackevents.EventsAPIEvent:
		s.takeEvent(ctx, in, data, func(err error) {
			if err == nil {
				acknowledge()
			}
		})
	case slackapi.SlashCommand:
		s.queue.Add(data.ChannelID, func() {
			answer, rest := s.answerCommand(ctx, in, data)
			if answer == nil {
				acknowledge()
				return
			}
			acknowledge(answer)
			if rest != nil {
				rest()
			}
		})
	case slackapi.InteractionCallback:
		s.takeInteraction(ctx, in, data, func(answer any, err error) {
			switch {
			case err != nil: // Slack sends it again, or tells the person
			case answer != nil:
				acknowledge(answer)
			default:
				acknowledge()
			}
		})
	default:
		acknowledge()
	}
}

// takeEvent takes an event of the Events API: done is called once it may be
// acknowledged, or with an error if it may not.
func (s *Slack) takeEvent(ctx context.Context, in bot.Intake, event slackevents.EventsAPIEvent, done func(error)) {
	s.queue.Add(channelOf(event), func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeTime)
		defer cancel()
		if opened, is := event.InnerEvent.Data.(*slackevents.AppHomeOpenedEvent); is {
			done(s.opened(ctx, in, opened))
			return
		}
		m := s.incoming(ctx, in, event)
		if m == nil {
			done(nil)
			return
		}
		done(in.Handle(ctx, *m))
	})
}

// channelOf is the channel of an event: what happens in one is taken in order.
func channelOf(event slackevents.EventsAPIEvent) string {
	switch e := event.InnerEvent.Data.(type) {
	case *slackevents.AppMentionEvent:
		return e.Channel
	case *slackevents.MessageEvent:
		return e.Channel
	case *slackevents.MemberJoinedChannelEvent:
		return e.Channel
	case *slackevents.AppHomeOpenedEvent:
		return e.Channel
	}
	return fmt.Sprintf("%T", event.InnerEvent.Data)
}
