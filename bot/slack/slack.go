// Package slack is the bot's platform Slack: mentions, direct messages,
// follow-ups in threads, the command /report and buttons come in through Socket
// Mode or signed deliveries over HTTP; replies go out as blocks.
package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
	"reportbot/bot/chart"
	"reportbot/bot/flow"
)

// Slack is the adapter.
type Slack struct {
	config  Config
	log     *slog.Logger
	api     *slackapi.Client
	signer  *signer
	markup  *markup
	pace    *flow.Pace
	queue   *flow.Queue
	replays *replays
	people  *people

	renderer  *chart.Renderer
	uploaded  uploaded
	fileWaits []time.Duration // between tries to show a file that is not processed yet

	listener net.Listener // nil: Socket Mode

	mu    sync.Mutex
	self  identity
	state string // why no messages come in; empty when they do
}

// mostWork is in how many channels something is worked on at a time.
const mostWork = 256

// identity is who the bot is, as Slack says.
type identity struct{ team, user, bot, name string }

var (
	_ bot.Adapter = (*Slack)(nil)
	_ bot.Stater  = (*Slack)(nil)
)

// New makes the adapter. With config.Listen it takes the address at once, so
// that a taken port is an error here.
func New(config Config, log *slog.Logger) (*Slack, error) {
	renderer, err := chart.NewRenderer(chart.AtOnce)
	if err != nil {
		return nil, fmt.Errorf("preparing to draw charts: %w", err)
	}
	s := &Slack{renderer: renderer, fileWaits: fileWaits(), config: config, log: log, signer: newSigner(config.BotToken), markup: newMarkup(), pace: flow.NewPace(postEvery, postBurst), queue: flow.NewQueue(mostWork, log), replays: newReplays(time.Now), people: newPeople(time.Now), state: "is connecting"}
	s.api = slackapi.New(config.BotToken.Reveal(),
		slackapi.OptionAppLevelToken(config.AppToken.Reveal()),
		slackapi.OptionAPIURL(config.APIURL),
		slackapi.OptionHTTPClient(&http.Client{Timeout: config.Timeout}))
	if config.Listen == "" {
		return s, nil
	}
	listener, err := net.Listen("tcp", config.Listen)
	if err != nil {
		return nil, fmt.Errorf("slack.listen: %w", err)
	}
	s.listener = listener
	return s, nil
}

// Name is the platform's name.
func (*Slack) Name() string { return "slack" }

// Address is where deliveries over HTTP are taken; nil with Socket Mode.
func (s *Slack) Address() net.Addr {
	if s.listener == nil {
		return nil
	}
	return s.listener.Addr()
}

// State says why no messages come in.
func (s *Slack) State() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

func (s *Slack) setState(state string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = state
}

func (s *Slack) who() identity {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.self
}

// Run takes messages in.
func (s *Slack) Run(ctx context.Context, in bot.Intake) error {
	if err := s.identify(ctx); err != nil {
		return err
	}
	defer s.queue.Wait()
	if s.listener != nil {
		return s.serve(ctx, in)
	}
	return s.connect(ctx, in)
}

// identify asks Slack who the bot is, until Slack answers or says that the
// token is no good.
func (s *Slack) identify(ctx context.Context) error {
	var backoff flow.Backoff
	for {
		answer, err := s.api.AuthTestContext(ctx)
		if err == nil {
			s.mu.Lock()
			s.self = identity{answer.TeamID, answer.UserID, answer.BotID, answer.User}
			s.mu.Unlock()
			return nil
		}
		if reason := fatal(err); reason != "" {
			return errors.New(reason)
		}
		s.setState("Slack does not answer: " + err.Error())
		s.log.Warn("Slack does not answer and is asked again", "error", err)
		if !backoff.Pause(ctx) {
			return ctx.Err()
		}
	}
}

// fatal is what to do about an error that trying again does not help, empty for
// others (docs.slack.dev/reference/methods/auth.test, errors).
func fatal(err error) string {
	var answer slackapi.SlackErrorResponse
	if !errors.As(err, &answer) {
		return ""
	}
	switch answer.Err {
	case "invalid_auth", "not_authed":
		return "Slack does not accept the token (" + answer.Err + "): copy it anew from the app's pages, and see that bot_token and app_token are not exchanged"
	case "account_inactive", "token_revoked", "token_expired":
		return "the token is no longer good (" + answer.Err + "): the app was removed from the workspace, or its token was replaced; install it again and set the new one"
	case "missing_scope":
		return "the token lacks the scope " + answer.Needed + ": add it under \"OAuth & Permissions\" and install the app again"
	case "not_allowed_token_type":
		return "the token is of the wrong kind: bot_token begins with xoxb-, app_token with xapp-"
	}
	return ""
}
