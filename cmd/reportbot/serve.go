package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/console"
	"reportbot/bot/discord"
	"reportbot/bot/monitor"
	"reportbot/bot/outbox"
	"reportbot/bot/slack"
)

// serveCommand runs the bot on its platforms.
type serveCommand struct {
	configFlag
	Console bool `help:"Take questions from standard input and print the replies, the whole way through the outbox."`
}

// memoryLimit is from where on garbage is collected more often than main has it.
const memoryLimit = 256 << 20

// Help gives examples.
func (*serveCommand) Help() string {
	return `Runs until it gets SIGTERM or SIGINT; then it takes nothing more in, finishes or keeps what is stored, and exits with 0 within the time that "shutdown" in the configuration states. Logs go to standard error.

Exit code: 0 after a stop, 1 when a platform could not go on, 2 when it cannot start.

Examples:

    reportbot serve --console
    reportbot serve --config /etc/reportbot.yaml`
}

// Run serves.
func (c *serveCommand) Run(ctx context.Context, a *App, all *commands) error {
	s, file, err := c.read(a)
	if err != nil {
		return err
	}
	s.unconfigured = file == ""
	if a.getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	if all.DataDir != "" {
		s.Data = all.DataDir
	}
	if c.Console && s.Console == nil {
		s.Console = &console.Config{}
		s.Console.Defaults()
	}
	adapters, err := a.adapters(&s)
	if err != nil {
		return err
	}
	if len(adapters) == 0 {
		return errors.New("no platform is configured: add the section of one, such as slack or console, to the configuration (config.example.yaml has every key), or try: reportbot serve --console")
	}
	return a.serve(ctx, &s, adapters)
}

// adapters are those of the platforms that are configured.
func (a *App) adapters(s *settings) ([]bot.Adapter, error) {
	list := a.Adapters
	if s.Console != nil {
		list = append(list, console.New(*s.Console, a.In, a.Out))
	}
	if s.Slack != nil {
		adapter, err := slack.New(*s.Slack, a.logger(&s.Log))
		if err != nil {
			return nil, err
		}
		list = append(list, adapter)
	}
	if s.Discord != nil {
		adapter, err := discord.New(*s.Discord, a.logger(&s.Log))
		if err != nil {
			return nil, err
		}
		list = append(list, adapter)
	}
	return list, nil
}

// service is a bot with what it stands on.
type service struct {
	log     *slog.Logger
	box     *outbox.Outbox
	bot     *bot.Bot
	monitor net.Listener // nil: none
	metrics *prometheus.Registry
}

// serve runs the bot until ctx ends or its platforms have no more to give.
func (a *App) serve(ctx context.Context, s *settings, adapters []bot.Adapter) error {
	v, err := a.open(ctx, s, adapters)
	if err != nil {
		return err
	}
	defer v.close()
	stop := v.watch()
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- v.bot.Run(ctx) }()
	select {
	case err = <-ended:
	case <-ctx.Done():
		v.log.Info("told to stop", "within", s.Shutdown.String())
		err = v.await(ended, s.Shutdown)
	}
	if err != nil {
		return failure{err}
	}
	v.log.Info("stopped")
	return nil
}

// failure is an error after the start: exit code 1.
type failure struct{ error }

// Unwrap gives the cause.
func (f failure) Unwrap() error { return f.error }

// await waits for the end, within the stated time. What is not finished then
// stays in the outbox.
func (v *service) await(ended <-chan error, within time.Duration) error {
	select {
	case err := <-ended:
		return err
	case <-time.After(within):
		v.log.Warn("not everything ended in time; what is stored stays")
		return nil
	}
}

// open opens everything that serving needs.
func (a *App) open(ctx context.Context, s *settings, adapters []bot.Adapter) (*service, error) {
	report, err := loadReport(s.Data)
	if err != nil {
		return nil, err
	}
	engine, err := answers.New(report)
	if err != nil {
		return nil, err
	}
	v := &service{log: a.logger(&s.Log), metrics: prometheus.NewRegistry()}
	v.metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	err = v.openBot(ctx, s, bot.Options{Engine: engine, Settings: s.Settings, Adapters: adapters, Now: a.Now})
	if err == nil {
		err = v.listen(s)
	}
	if err != nil {
		v.close()
		return nil, err
	}
	return v, nil
}

// listen opens the monitor's address. Without a configuration the bot is being
// tried out, and does without a monitor where its usual address is taken.
func (v *service) listen(s *settings) (err error) {
	if s.HTTP.Listen == "" {
		return nil
	}
	v.monitor, err = net.Listen("tcp", s.HTTP.Listen)
	switch {
	case err == nil:
		return nil
	case s.unconfigured:
		v.log.Warn("the bot runs without /healthz, /readyz and /metrics", "error", err)
		return nil
	}
	return fmt.Errorf("http.listen: %w; set another address, or an empty one for none", err)
}

func (v *service) openBot(ctx context.Context, s *settings, o bot.Options) (err error) {
	s.Outbox.Folder, s.Outbox.Grace = s.State, s.Shutdown/2
	if v.box, err = outbox.Open(ctx, s.Outbox, outbox.Env{Log: v.log}); err != nil {
		return err
	}
	o.Outbox, o.Metrics, o.Log = v.box, v.metrics, v.log
	v.bot, err = bot.New(ctx, o)
	return err
}

func (v *service) close() {
	if v.box != nil {
		v.box.Close()
	}
	if v.monitor != nil {
		v.monitor.Close()
	}
}

// watch serves the monitor until the returned function is called.
func (v *service) watch() (stop func()) {
	if v.monitor == nil {
		return func() {}
	}
	server := &http.Server{
		Handler:           monitor.Handler(v.bot, v.box, v.metrics),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(v.log.Handler(), slog.LevelWarn),
	}
	v.log.Info("the monitor listens", "address", v.monitor.Addr().String())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(v.monitor); !errors.Is(err, http.ErrServerClosed) {
			v.log.Error("the monitor has ended", "error", err)
		}
	}()
	return func() { server.Close(); <-ended }
}

// logger logs to standard error.
func (a *App) logger(s *logSettings) *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.Level(s.Level)}
	if strings.EqualFold(s.Format, "text") {
		return slog.New(slog.NewTextHandler(a.Err, options))
	}
	return slog.New(slog.NewJSONHandler(a.Err, options))
}
