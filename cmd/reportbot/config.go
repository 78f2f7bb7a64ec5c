package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"reportbot/bot"
	"reportbot/bot/config"
	"reportbot/bot/console"
	"reportbot/bot/discord"
	"reportbot/bot/outbox"
	"reportbot/bot/slack"
)

// settings is the whole configuration file: the program's own keys, and a
// section for each part and each platform.
type settings struct {
	Data         string        `yaml:"data" doc:"A folder with another data package than the one built in."`
	State        string        `yaml:"state" doc:"The folder that keeps what the bot must not forget. One process at a time uses it."`
	Shutdown     time.Duration `yaml:"shutdown" doc:"How long the end may take once the program is told to stop. What is not finished by then stays stored."`
	Log          logSettings   `yaml:"log" doc:"What is logged, to standard error."`
	HTTP         httpSettings  `yaml:"http" doc:"Where the program tells how it is: /healthz, /readyz and /metrics."`
	Outbox       outbox.Config `yaml:"outbox" doc:"Where replies are kept until they are delivered."`
	bot.Settings `yaml:",inline"`

	Slack        *slack.Config `yaml:"slack" doc:"Slack. \"reportbot slack manifest\" prints the app to create; \"reportbot slack check\" tells whether the tokens are good."`
	unconfigured bool          // no file was read

	Discord *discord.Config `yaml:"discord" doc:"Discord. \"reportbot discord invite\" prints the links that install the bot; \"reportbot discord check\" tells whether the token is good."`

	Console *console.Config `yaml:"console" doc:"Questions from standard input, replies to standard output, the whole way through the outbox."`
}

type logSettings struct {
	Level  logLevel `yaml:"level" doc:"The least that is logged: debug, info, warn or error."`
	Format string   `yaml:"format" doc:"How: json or text."`
}

// logLevel is a level in small letters.
type logLevel slog.Level

// MarshalText gives the level's name.
func (l logLevel) MarshalText() ([]byte, error) {
	text, err := slog.Level(l).MarshalText()
	return bytes.ToLower(text), err
}

// UnmarshalText reads it.
func (l *logLevel) UnmarshalText(text []byte) error { return (*slog.Level)(l).UnmarshalText(text) }

// Validate reports what cannot be.
func (l *logSettings) Validate(report func(key, format string, args ...any)) {
	if l.Format != "json" && l.Format != "text" {
		report("format", "must be json or text")
	}
}

type httpSettings struct {
	Listen string `yaml:"listen" doc:"Address and port; empty: nowhere. Who reaches it can read how much is asked, but no question."`
}

// Validate reports what cannot be.
func (s *settings) Validate(report func(key, format string, args ...any)) {
	if s.State == "" {
		report("state", "must name a folder")
	}
	if s.Shutdown <= 0 {
		report("shutdown", "must be more than 0")
	}
}

func defaultSettings() settings {
	return settings{
		State: "state", Shutdown: 10 * time.Second,
		Log:      logSettings{logLevel(slog.LevelInfo), "json"},
		HTTP:     httpSettings{"127.0.0.1:8080"},
		Outbox:   outbox.Defaults(),
		Settings: bot.Defaults(),
	}
}

// configFlag is the flag that names a configuration file.
type configFlag struct {
	Config string `name:"config" placeholder:"FILE" env:"REPORTBOT_CONFIG" help:"The configuration file; without it config.yaml in this folder, if there is one, else the defaults."`
}

// usualConfig is the file that is read when none is named.
const usualConfig = "config.yaml"

// read reads the configuration; file is the one that was read, "" for none.
func (c *configFlag) read(a *App) (s settings, file string, err error) {
	s = defaultSettings()
	file = c.Config
	if file == "" {
		file = usualConfig
	}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) && c.Config == "" {
		return s, "", nil
	}
	if err != nil {
		return s, file, fmt.Errorf("reading the configuration: %w", err)
	}
	err = config.Decode(config.Source{Name: file, Text: text, Getenv: a.lookupEnv, ReadFile: os.ReadFile}, &s)
	return s, file, err
}

// configCommand is about the configuration.
type configCommand struct {
	Check configCheck `cmd:"" help:"Check a configuration file; all problems at once, with their places."`
}

type configCheck struct {
	configFlag
	Show bool `help:"Print the configuration in effect: what the file sets, and the defaults for the rest. Secrets are hidden."`
}

// Help gives examples.
func (*configCheck) Help() string {
	return `Exit code: 0 when the file can be used, 2 when it cannot.

Examples:

    reportbot config check
    reportbot config check --config /etc/reportbot.yaml --show`
}

// Run checks.
func (c *configCheck) Run(_ context.Context, a *App) error {
	s, file, err := c.read(a)
	if err != nil {
		return err
	}
	if c.Show {
		text, err := config.Show(&s)
		if err != nil {
			return err
		}
		_, err = a.Out.Write(text)
		return err
	}
	if file == "" {
		file = "no " + usualConfig + " here: the defaults"
	}
	_, err = fmt.Fprintf(a.Out, "%s: can be used.\n", file)
	return err
}
