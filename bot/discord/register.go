package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"

	"reportbot/bot"
)

// register writes the commands, if they are others than Discord has: each write
// counts (docs.discord.com/developers/interactions/application-commands, 200
// creates a day).
func (d *Discord) register(ctx context.Context, in bot.Intake) error {
	changed, err := d.writeCommands(ctx, commands(in.Form()), "")
	if changed {
		d.log.Info("the commands were registered")
	}
	return err
}

// Register writes the commands for all servers, or for one alone, where they are
// there at once. changed is false where they were so already.
func Register(ctx context.Context, c Config, f *bot.Form, guild string) (changed bool, err error) {
	d, err := caller(ctx, c)
	if err != nil {
		return false, err
	}
	return d.writeCommands(ctx, commands(f), guild)
}

func (d *Discord) writeCommands(ctx context.Context, want []applicationCommand, guild string) (changed bool, err error) {
	path := "applications/" + d.who().app
	if guild != "" {
		path += "/guilds/" + url.PathEscape(guild)
		for i := range want { // these are of global commands alone
			want[i].Integrations, want[i].Contexts = nil, nil
		}
	}
	path += "/commands"
	var have []applicationCommand
	if err := d.rest.call(ctx, "GET", path, nil, &have); err != nil {
		return false, err
	}
	if sameCommands(have, want) {
		return false, nil
	}
	return true, d.rest.call(ctx, "PUT", path, want, nil)
}

// sameCommands compares commands without regard to their order.
func sameCommands(a, b []applicationCommand) bool {
	return maps.Equal(normal(a), normal(b))
}

// normal is a list of commands by name and type, each as it is written.
func normal(list []applicationCommand) map[string]string {
	out := map[string]string{}
	for _, c := range list {
		c.Integrations, c.Contexts = slices.Sorted(slices.Values(c.Integrations)), slices.Sorted(slices.Values(c.Contexts))
		text, err := json.Marshal(c)
		if err != nil { // it cannot: there is nothing in it that JSON has not
			return nil
		}
		out[strconv.Itoa(c.Type)+c.Name] = string(text)
	}
	return out
}

// caller is an adapter that only calls, and knows who it is.
func caller(ctx context.Context, c Config) (*Discord, error) {
	rest, err := newRest(c)
	if err != nil {
		return nil, err
	}
	d := &Discord{config: c, rest: rest}
	var app struct {
		ID string `json:"id"`
	}
	if err := rest.call(ctx, "GET", "applications/@me", nil, &app); err != nil {
		if reason := fatal(err); reason != "" {
			return nil, errors.New(reason)
		}
		return nil, err
	}
	d.self.app = app.ID
	return d, nil
}

// permissions are those that the bot needs in a server
// (docs.discord.com/developers/topics/permissions): to see channels, send
// messages and embeds, in threads too, attach charts and files of figures, and
// read what it has sent.
const permissions = permissionView | permissionSend | permissionEmbed | permissionAttach | permissionReadHistory | permissionSendInThreads

// Invitation are the addresses at which the app is installed.
type Invitation struct {
	Server string // in a server: commands, mentions, replies
	Person string // for oneself: commands alone, everywhere
}

// Invite makes the addresses (docs.discord.com/developers/topics/oauth2).
func Invite(ctx context.Context, c Config) (Invitation, error) {
	d, err := caller(ctx, c)
	if err != nil {
		return Invitation{}, err
	}
	at := func(kind int, scopes string, more string) string {
		return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&integration_type=%d&scope=%s%s", d.who().app, kind, scopes, more)
	}
	return Invitation{
		Server: at(0, "bot+applications.commands", fmt.Sprintf("&permissions=%d", int64(permissions))),
		Person: at(1, "applications.commands", ""),
	}, nil
}
