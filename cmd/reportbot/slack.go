package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"reportbot/bot/slack"
)

// slackCommand helps to set Slack up.
type slackCommand struct {
	Manifest slackManifest `cmd:"" help:"Print the manifest of the Slack app to create."`
	Check    slackCheck    `cmd:"" help:"Tell whether the tokens are good and may do what the bot does."`
}

type slackManifest struct {
	HTTP      string `name:"http" placeholder:"URL" help:"Where Slack reaches the bot, for deliveries over HTTP; without it Socket Mode is used, which needs no public address."`
	AgentView bool   `name:"agent-view" default:"true" negatable:"" help:"Make the app an agent: direct messages are threads, with suggested questions (default). See slack.agent_view of the configuration."`
}

// Help gives examples.
func (*slackManifest) Help() string {
	return `Paste what is printed at api.slack.com/apps under "Create New App", "From a manifest".

Examples:

    reportbot slack manifest
    reportbot slack manifest --http https://bot.example.org`
}

// Run prints.
func (c *slackManifest) Run(a *App, all *commands) error {
	e := json.NewEncoder(a.Out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	report, err := loadReport(all.DataDir)
	if err != nil {
		return err
	}
	return e.Encode(slack.App{Address: c.HTTP, AgentView: c.AgentView, Examples: report.Vocabulary.Examples}.Manifest())
}

type slackCheck struct{ configFlag }

// Help gives examples.
func (*slackCheck) Help() string {
	return `Asks Slack with the tokens of the configuration. Exit code: 0 when all is well, 1 when something is not.

Examples:

    reportbot slack check
    reportbot slack check --config /etc/reportbot.yaml`
}

// Run checks.
func (c *slackCheck) Run(ctx context.Context, a *App) error {
	s, _, err := c.read(a)
	if err != nil {
		return err
	}
	if s.Slack == nil {
		return errors.New("the configuration has no section slack; see config.example.yaml")
	}
	good := true
	for _, found := range slack.Check(ctx, *s.Slack) {
		mark := "ok  "
		if !found.OK {
			mark, good = "FAIL", false
		}
		if _, err := fmt.Fprintln(a.Out, mark, found.Text); err != nil {
			return err
		}
	}
	if !good {
		return errNotAnswered
	}
	return nil
}
