// Package discord is the bot's platform Discord: commands, buttons, mentions,
// direct messages and replies come in through the gateway or as signed
// interactions over HTTP; replies go out as embeds.
package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"regexp"
	"sync"
	"time"

	"reportbot/bot"
	"reportbot/bot/chart"
	"reportbot/bot/flow"
)

// mostWork is in how many channels something is worked on at a time.
const mostWork = 256

// Discord is the adapter.
type Discord struct {
	config   Config
	log      *slog.Logger
	rest     *rest
	charts   *chart.Renderer
	queue    *flow.Queue
	recent   *recent
	marks    *regexp.Regexp
	listener net.Listener // nil: the gateway

	// How long things take at the gateway; tests shorten them.
	identifyEvery, openTime time.Duration

	mu    sync.Mutex
	self  identity
	state string // why no messages come in; empty when they do
}

// identity is who the bot is, as Discord says.
type identity struct{ user, app string }

var (
	_ bot.Adapter  = (*Discord)(nil)
	_ bot.Stater   = (*Discord)(nil)
	_ bot.Governor = (*Discord)(nil)
	_ bot.Spreader = (*Discord)(nil)
	_ bot.Terse    = (*Discord)(nil)
)

// New makes the adapter. With config.Listen it takes the address at once, so
// that a taken port is an error here.
func New(config Config, log *slog.Logger) (*Discord, error) {
	rest, err := newRest(config)
	if err != nil {
		return nil, err
	}
	charts, err := chart.NewRenderer(chart.AtOnce)
	if err != nil {
		return nil, err
	}
	d := &Discord{
		config: config, log: log, rest: rest, charts: charts, queue: flow.NewQueue(mostWork, log), recent: newRecent(), marks: regexp.MustCompile(marksOf),
		identifyEvery: identifyEvery, openTime: openTime, state: "is connecting",
	}
	if config.Listen == "" {
		return d, nil
	}
	if d.listener, err = net.Listen("tcp", config.Listen); err != nil {
		return nil, fmt.Errorf("discord.listen: %w", err)
	}
	return d, nil
}

// Name is the platform's name.
func (*Discord) Name() string { return "discord" }

// LongestCode is of bot.Terse.
func (*Discord) LongestCode() int { return longestCode }

// Address is where interactions over HTTP are taken; nil with the gateway.
func (d *Discord) Address() net.Addr {
	if d.listener == nil {
		return nil
	}
	return d.listener.Addr()
}

// State says why no messages come in.
func (d *Discord) State() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.state
}

func (d *Discord) setState(state string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.state = state
}

func (d *Discord) who() identity {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.self
}

// Run takes messages in.
func (d *Discord) Run(ctx context.Context, in bot.Intake) error {
	if err := d.identify(ctx); err != nil {
		return err
	}
	if err := d.patiently(ctx, "the commands cannot be registered", func() error { return d.register(ctx, in) }); err != nil {
		return err
	}
	defer d.queue.Wait()
	if d.listener != nil {
		return d.serve(ctx, in)
	}
	return d.connect(ctx, in)
}

// identify asks Discord who the bot is.
func (d *Discord) identify(ctx context.Context) error {
	var user, app struct {
		ID string `json:"id"`
	}
	err := d.patiently(ctx, "Discord does not answer", func() error {
		return errors.Join(d.rest.call(ctx, "GET", "users/@me", nil, &user), d.rest.call(ctx, "GET", "applications/@me", nil, &app))
	})
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.self = identity{user.ID, app.ID}
	return nil
}

// patiently tries until it succeeds, or Discord says that it never will.
func (d *Discord) patiently(ctx context.Context, what string, try func() error) error {
	var backoff flow.Backoff
	for {
		err := try()
		if err == nil {
			return nil
		}
		if reason := fatal(err); reason != "" {
			return errors.New(reason)
		}
		d.setState(what + ": " + err.Error())
		d.log.Warn("Discord is asked again", "after", what, "error", err)
		if !backoff.Pause(ctx) {
			return ctx.Err()
		}
	}
}

const badToken = "Discord does not accept the token: copy it anew from the application's page \"Bot\" (\"Reset Token\"), and set discord.token"

// fatal is what to do about an error that trying again does not help, empty for others.
func fatal(err error) string {
	var answer *apiError
	if errors.As(err, &answer) && answer.Status == 401 {
		return badToken
	}
	return ""
}
