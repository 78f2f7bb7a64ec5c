package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"reportbot/bot/config"
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

type slackCheck struct {
	configFlag
	App string `placeholder:"ID" help:"The app's ID, where it is not in the app-level token."`
}

// Help gives examples.
func (*slackCheck) Help() string {
	return `Asks Slack with the tokens of the configuration. With an app configuration token in the environment variable
SLACK_CONFIG_TOKEN it also looks at the app's settings: events, command, shortcut, tabs.
Exit code: 0 when all is well, 1 when something is not.

Examples:

    reportbot slack check
    reportbot slack check --config /etc/reportbot.yaml
    SLACK_CONFIG_TOKEN=xoxe.xoxp-… reportbot slack check`
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
	marks := map[slack.Found]string{slack.Good: "ok  ", slack.Bad: "FAIL", slack.Unseen: "?   "}
	settings := slack.Settings{Token: config.NewSecret(a.getenv("SLACK_CONFIG_TOKEN")), AppID: c.App, App: slack.App{AgentView: s.Slack.AgentView}}
	if s.Slack.Listen != "" {
		settings.App.Address = "https://" + s.Slack.Listen
	}
	good := true
	for _, found := range slack.Check(ctx, *s.Slack, settings) {
		good = good && found.Found != slack.Bad
		if _, err := fmt.Fprintln(a.Out, marks[found.Found], found.Text); err != nil {
			return err
		}
	}
	if !good {
		return errNotAnswered
	}
	return nil
}
