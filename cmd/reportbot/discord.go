package main

import (
	"context"
	"errors"
	"fmt"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/discord"
)

// discordCommand helps to set Discord up.
type discordCommand struct {
	Register discordRegister `cmd:"" help:"Write the bot's commands to Discord, where they are not there already."`
	Invite   discordInvite   `cmd:"" help:"Print the links that install the bot."`
	Check    discordCheck    `cmd:"" help:"Tell whether the token is good and the app is set up as the bot needs it."`
}

// discordFlags are what each of them reads.
type discordFlags struct{ configFlag }

// settings are those of Discord, and the form that the commands are made from.
func (c *discordFlags) settings(a *App, all *commands) (discord.Config, *bot.Form, error) {
	s, _, err := c.read(a)
	if err != nil {
		return discord.Config{}, nil, err
	}
	if s.Discord == nil {
		return discord.Config{}, nil, errors.New("the configuration has no section discord; see config.example.yaml")
	}
	report, err := loadReport(all.DataDir)
	if err != nil {
		return discord.Config{}, nil, err
	}
	engine, err := answers.New(report)
	if err != nil {
		return discord.Config{}, nil, err
	}
	return *s.Discord, bot.NewForm(engine), nil
}

type discordRegister struct {
	discordFlags
	Guild string `placeholder:"ID" help:"For this server alone, where they can be used at once."`
}

// Help gives examples.
func (*discordRegister) Help() string {
	return `The bot does this by itself when it starts.

Examples:

    reportbot discord register
    reportbot discord register --guild 123456789012345678`
}

// Run registers.
func (c *discordRegister) Run(ctx context.Context, a *App, all *commands) error {
	config, form, err := c.settings(a, all)
	if err != nil {
		return err
	}
	changed, err := discord.Register(ctx, config, form, c.Guild)
	if err != nil {
		return err
	}
	said := "The commands were there already."
	if changed {
		said = "The commands are registered."
	}
	_, err = fmt.Fprintln(a.Out, said)
	return err
}

type discordInvite struct{ discordFlags }

// Help gives examples.
func (*discordInvite) Help() string {
	return `Examples:

    reportbot discord invite`
}

// Run prints.
func (c *discordInvite) Run(ctx context.Context, a *App, all *commands) error {
	config, _, err := c.settings(a, all)
	if err != nil {
		return err
	}
	invitation, err := discord.Invite(ctx, config)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "In a server:  %s\nFor yourself: %s\n", invitation.Server, invitation.Person)
	return err
}

type discordCheck struct{ discordFlags }

// Help gives examples.
func (*discordCheck) Help() string {
	return `Asks Discord with the token of the configuration. Exit code: 0 when all is well, 1 when something is not.

Examples:

    reportbot discord check
    reportbot discord check --config /etc/reportbot.yaml`
}

// Run checks.
func (c *discordCheck) Run(ctx context.Context, a *App, all *commands) error {
	config, form, err := c.settings(a, all)
	if err != nil {
		return err
	}
	well := true
	for _, found := range discord.Check(ctx, config, form) {
		mark := "ok  "
		if !found.OK {
			mark, well = "FAIL", false
		}
		if _, err := fmt.Fprintln(a.Out, mark, found.Text); err != nil {
			return err
		}
	}
	if !well {
		return errNotAnswered
	}
	return nil
}
