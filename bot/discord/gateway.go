package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"reportbot/bot"
	"reportbot/bot/flow"
)

// intents are what the gateway is asked for: none is privileged. Without
// message content, direct messages and what mentions the bot still come with
// their text (docs.discord.com/developers/events/gateway).
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

// How long things may take at the gateway.
const (
	openTime    = 30 * time.Second // from dialling to the first packet
	healthyTime = 5 * time.Minute  // after which a connection that ends begins anew with waiting
	resumeAfter = time.Second      // at most, before a session is resumed
)

// gatewayInfo is the answer of GET /gateway/bot.
type gatewayInfo struct {
	Shards int           `json:"shards"`
	Starts sessionStarts `json:"session_start_limit"`
}

// gateway keeps the connections to Discord's gateway.
type gateway struct {
	*Discord
	in     bot.Intake
	budget *budget
	shards int

	mu sync.Mutex
	up map[int]bool
}

// connect takes events in from the gateway, until ctx ends or the token is no good.
func (d *Discord) connect(ctx context.Context, in bot.Intake) error {
	var info gatewayInfo
	if err := d.patiently(ctx, "Discord does not answer", func() error { return d.rest.call(ctx, "GET", "gateway/bot", nil, &info) }); err != nil {
		return err
	}
	g := &gateway{Discord: d, in: in, budget: newBudget(info.Starts, time.Now), shards: int(d.config.Shards), up: map[int]bool{}}
	g.budget.every = d.identifyEvery
	if g.shards == 0 {
		g.shards = max(info.Shards, 1)
	}
	d.log.Info("the gateway is connected to", "shards", g.shards, "identifies_left", info.Starts.Remaining, "of", info.Starts.Total)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var keeping sync.WaitGroup
	for shard := range g.shards {
		keeping.Go(func() {
			if err := g.keep(ctx, shard); err != nil {
				cancel(err)
			}
		})
	}
	keeping.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// setUp notes whether a shard is connected.
func (g *gateway) setUp(shard int, up bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.up[shard] = up
	missing := 0
	for shard := range g.shards {
		if !g.up[shard] {
			missing++
		}
	}
	state := ""
	if missing > 0 {
		state = fmt.Sprintf("%d of %d connections to Discord are not up", missing, g.shards)
	}
	g.setState(state)
}

// keep keeps the connection of one shard, through whatever ends it, until ctx
// ends or Discord says that it will never be.
func (g *gateway) keep(ctx context.Context, shard int) error {
	log := g.log.With("shard", shard)
	var backoff flow.Backoff
	var s *shardSession
	for ctx.Err() == nil {
		began := time.Now()
		if s == nil {
			s = g.newSession(ctx, shard)
		}
		err := s.run(ctx)
		if ctx.Err() != nil {
			break
		}
		if reason := never(err); reason != "" {
			return errors.New(reason)
		}
		if s.lost || endsSession(err) || errors.Is(err, errInvalid) {
			s = nil
		}
		if time.Since(began) > healthyTime {
			backoff.Reset()
		}
		log.Log(ctx, levelOf(err), "a connection to Discord has ended and is made again", "error", plainError(err), "resumes", s != nil)
		var none *noIdentifies
		if errors.As(err, &none) {
			g.setState(none.Error())
			flow.Pause(ctx, time.Until(none.until))
			continue
		}
		if s != nil && s.opened() { // to resume costs nothing of the day's connections
			flow.Pause(ctx, rand.N(resumeAfter))
			continue
		}
		backoff.Pause(ctx)
	}
	return nil
}

// levelOf is how loud the end of a connection is logged: Discord ends them
// now and then.
func levelOf(err error) slog.Level {
	if errors.Is(err, errEnded) || errors.Is(err, errReconnect) {
		return slog.LevelInfo
	}
	return slog.LevelWarn
}

// never is why there will never be a connection, empty for what may pass
// (docs.discord.com/developers/topics/opcodes-and-status-codes, close codes).
func never(err error) string {
	if reason := fatal(err); reason != "" {
		return reason
	}
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		return ""
	}
	switch closed.Code {
	case 4004:
		return badToken
	case 4010, 4011:
		return fmt.Sprintf("Discord does not take this number of connections (close code %d): set discord.shards to auto", closed.Code)
	case 4012:
		return "Discord no longer takes the version of its gateway that this program uses (close code 4012): a newer one is needed"
	case 4013, 4014:
		return fmt.Sprintf("Discord does not let the bot be told of what it asks for (close code %d)", closed.Code)
	}
	return ""
}

// endsSession says whether a session cannot be resumed after an error (the same page).
func endsSession(err error) bool {
	var closed *websocket.CloseError
	return errors.As(err, &closed) && (closed.Code == 4007 || closed.Code == 4009)
}

var errEnded = errors.New("the connection was closed")

// shardSession is a session of one shard, over the connections that resume it.
type shardSession struct {
	of      *gateway
	shard   int
	session *discordgo.Session
	watch   *watch
	ended   chan struct{} // gets one when a connection has ended
	begun   atomic.Bool   // Discord knows it, and it can be resumed
	lost    bool          // it cannot be resumed, or the library is locked up in it
}

func (g *gateway) newSession(ctx context.Context, shard int) *shardSession {
	s := &shardSession{of: g, shard: shard, ended: make(chan struct{}, 1), watch: &watch{}}
	fresh, err := discordgo.New(g.rest.session.Token)
	if err != nil { // it cannot: the token is a text
		panic(err)
	}
	fresh.Client, fresh.Dialer = g.rest.session.Client, s.watch.dialer(g.config.Timeout)
	fresh.ShouldReconnectOnError, fresh.ShouldRetryOnRateLimit, fresh.StateEnabled = false, false, false
	fresh.SyncEvents, fresh.LogLevel = true, -1
	fresh.Identify.Intents, fresh.Identify.Compress = intents, false
	fresh.ShardID, fresh.ShardCount = shard, g.shards
	fresh.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if e.Type == "READY" {
			s.begun.Store(true)
		}
		g.event(ctx, e)
	})
	fresh.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case s.ended <- struct{}{}:
		default:
		}
	})
	s.session = fresh
	return s
}

// run opens a connection and returns when it has ended.
func (s *shardSession) run(ctx context.Context) error {
	select {
	case <-s.ended: // of the last one
	default:
	}
	if err := s.begin(ctx); err != nil {
		_, invalid := s.watch.end()
		s.lost = s.lost || invalid
		return err
	}
	s.of.setUp(s.shard, true)
	defer s.of.setUp(s.shard, false)
	select {
	case <-s.ended:
		err, invalid := s.watch.end()
		s.lost = s.lost || invalid
		return err
	case <-ctx.Done():
		s.watch.mu.Lock()
		s.watch.leaving = true
		s.watch.mu.Unlock()
		_ = s.session.Close()
		return ctx.Err()
	}
}

// begin opens a connection, for a session that has not begun in its turn: it is
// waited for before dialling, since Discord closes a connection that is silent.
func (s *shardSession) begin(ctx context.Context) error {
	if s.begun.Load() {
		return s.open(ctx)
	}
	done, err := s.of.budget.take(ctx, s.shard)
	if err != nil {
		return err
	}
	s.watch.book()
	err = s.open(ctx)
	done(s.watch.identified())
	return err
}

// opened says whether the last connection came to be.
func (s *shardSession) opened() bool {
	s.watch.mu.Lock()
	defer s.watch.mu.Unlock()
	return s.watch.opened
}

// open opens a connection within openTime. The library knows no deadline, and
// may lock itself up: then the session is lost.
func (s *shardSession) open(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.of.openTime)
	defer cancel()
	opened := make(chan error, 1)
	go func() { opened <- s.session.Open() }()
	select {
	case err := <-opened:
		s.watch.mu.Lock()
		s.watch.opened = err == nil
		s.watch.mu.Unlock()
		return err
	case <-ctx.Done():
	}
	s.watch.cut()
	select {
	case <-opened:
	case <-time.After(5 * time.Second):
		s.lost = true
	}
	return fmt.Errorf("opening a connection: %w", ctx.Err())
}
