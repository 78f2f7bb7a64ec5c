package discord

import (
	"context"
	"fmt"
	"strings"

	"reportbot/bot"
)

// Checked is one thing that was looked at when setting up.
type Checked struct {
	OK   bool
	Text string // what was found, and where it is not right what to do
}

func good(format string, args ...any) Checked { return Checked{true, fmt.Sprintf(format, args...)} }

func bad(format string, args ...any) Checked { return Checked{false, fmt.Sprintf(format, args...)} }

// application is what Discord says of an app (GET /applications/@me).
type application struct {
	ID           string         `json:"id"`
	Name         string         `json:"name"`
	PublicKey    string         `json:"verify_key"`
	Endpoint     string         `json:"interactions_endpoint_url"`
	Integrations map[string]any `json:"integration_types_config"`
}

// Check asks Discord whether the token of a configuration is good, and whether
// the app is set up as the bot needs it.
func Check(ctx context.Context, c Config, f *bot.Form) []Checked {
	rest, err := newRest(c)
	if err != nil {
		return []Checked{bad("%s", err)}
	}
	var app application
	if err := rest.call(ctx, "GET", "applications/@me", nil, &app); err != nil {
		if reason := fatal(err); reason != "" {
			return []Checked{bad("token: %s", reason)}
		}
		return []Checked{bad("Discord cannot be asked: %s", err)}
	}
	found := []Checked{good("token: good; the app is %s", app.Name)}
	found = append(found, checkTransport(c, &app), checkInstalls(&app))
	var have []applicationCommand
	if err := rest.call(ctx, "GET", "applications/"+app.ID+"/commands", nil, &have); err != nil {
		found = append(found, bad("commands: %s", err))
	} else if !sameCommands(have, commands(f)) {
		found = append(found, bad("commands: they are not those of this version; \"reportbot discord register\" writes them, as does the start of the bot"))
	} else {
		found = append(found, good("commands: registered"))
	}
	return append(found, checkStarts(ctx, rest))
}

// checkTransport compares where interactions go with where they are taken.
func checkTransport(c Config, app *application) Checked {
	switch {
	case c.Listen != "" && !strings.EqualFold(c.PublicKey, app.PublicKey):
		return bad("public_key: it is not this app's, which is %s", app.PublicKey)
	case c.Listen != "" && app.Endpoint == "":
		return bad("interactions over HTTP: set \"Interactions Endpoint URL\" under \"General Information\" to the address that leads to %s, with /discord/interactions", c.Listen)
	case c.Listen == "" && app.Endpoint != "":
		return bad("gateway: interactions go to %s instead; empty \"Interactions Endpoint URL\" under \"General Information\", or set discord.listen", app.Endpoint)
	case c.Listen != "":
		return good("interactions over HTTP: they go to %s", app.Endpoint)
	}
	return good("gateway: interactions come over it")
}

func checkInstalls(app *application) Checked {
	_, server := app.Integrations["0"]
	_, person := app.Integrations["1"]
	if !server || !person {
		return bad("installs: turn \"Guild Install\" and \"User Install\" both on under \"Installation\"")
	}
	return good("installs: in servers and for oneself")
}

func checkStarts(ctx context.Context, rest *rest) Checked {
	var info gatewayInfo
	if err := rest.call(ctx, "GET", "gateway/bot", nil, &info); err != nil {
		return bad("gateway: %s", err)
	}
	if info.Starts.Remaining < 50 {
		return bad("connections: %d of %d are left today; something connects again and again", info.Starts.Remaining, info.Starts.Total)
	}
	return good("connections: %d of %d are left today", info.Starts.Remaining, info.Starts.Total)
}
