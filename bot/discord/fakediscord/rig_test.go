package fakediscord_test

import (
	"testing"

	"reportbot/bot/discord/fakediscord"
)

const token = "secret"

// world is a small one: a guild with a channel, and two people.
type world struct{ guild, channel, ann, bob string }

// start is a fake Discord with a small world in it.
func start(t testing.TB, o fakediscord.Options) (*fakediscord.Discord, world) {
	t.Helper()
	o.Token = token
	d := fakediscord.New(t, o)
	guild := d.AddGuild(fakediscord.Guild{Name: "Freedonia"})
	return d, world{guild: guild, channel: d.AddChannel(fakediscord.Channel{Guild: guild, Name: "general"}),
		ann: d.AddUser(fakediscord.User{Name: "ann"}), bob: d.AddUser(fakediscord.User{Name: "bob"})}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
