package fakediscord_test

import (
	"strings"
	"testing"

	"reportbot/bot/discord/fakediscord"
)

// TestRoles: what people may do follows from roles and overwrites, and the app
// can read both.
func TestRoles(t *testing.T) {
	const manage, send = fakediscord.ManageChannels, fakediscord.SendMessages
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(object{"default_member_permissions": "16"}))
	moderator := d.AddRole(w.guild, fakediscord.Role{Name: "moderator", Permissions: manage}, w.ann)
	muted := d.AddRole(w.guild, fakediscord.Role{Name: "muted"}, w.bob)
	channel := d.AddChannel(fakediscord.Channel{Guild: w.guild, Denied: fakediscord.EmbedLinks, Overwrites: []fakediscord.Overwrite{
		{Role: moderator, Deny: manage}, {Role: muted, Deny: send}, {User: w.bob, Allow: manage}}})
	shown := func(user, channel string) string { return strings.Join(d.Offered(user, channel), " ") }
	equal(t, "by a role", shown(w.ann, w.channel), "/ask")
	equal(t, "by none", shown(w.bob, w.channel), "")
	equal(t, "denied", shown(w.ann, channel), "")
	equal(t, "allowed", shown(w.bob, channel), "/ask")
	equal(t, "in its threads", shown(w.bob, d.AddChannel(fakediscord.Channel{Guild: w.guild, Kind: fakediscord.Thread, Parent: channel})), "/ask")

	a := run(t, d, message(object{"content": "done"}))
	d.Slash(w.bob, channel, "ask", nil)
	member := (<-a.did)["member"].(object)
	equal(t, "roles", member["roles"].([]any)[0], any(muted))
	equal(t, "permissions", member["permissions"], any("277025506320")) // usual, with 1<<4, without 1<<11

	guild := call(t, d, "GET", "/guilds/"+w.guild, nil).body
	equal(t, "everybody's role", guild["roles"].([]any)[0].(object)["id"], any(w.guild))
	equal(t, "permissions", guild["roles"].([]any)[1].(object)["permissions"], any("16"))
	equal(t, "members are not told", guild["members"], nil)
	equal(t, "member", call(t, d, "GET", "/guilds/"+w.guild+"/members/"+w.ann, nil).body["roles"].([]any)[0], any(moderator))
	overwrites := call(t, d, "GET", "/channels/"+channel, nil).body["permission_overwrites"].([]any)
	equal(t, "overwrites", len(overwrites), 4)
	equal(t, "of the bot", overwrites[3].(object)["id"], any(fakediscord.BotUser))
	equal(t, "nobody", call(t, d, "GET", "/guilds/"+w.guild+"/members/1", nil).code(), 10007)
	equal(t, "nowhere", call(t, d, "GET", "/guilds/1", nil).code(), 10004)

	d.RemoveRole(w.guild, moderator, w.ann)
	equal(t, "taken", shown(w.ann, w.channel), "")
	d.AllowCommand(w.guild, "ask", w.ann)
	equal(t, "shown all the same", shown(w.ann, w.channel), "/ask")
	d.RemoveGuild(w.guild)
	equal(t, "removed", call(t, d, "GET", "/guilds/"+w.guild+"/members/"+w.ann, nil).code(), 50001)
}

func TestAdmins(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	register(t, d, slash(object{"default_member_permissions": "0"}))
	guild := d.AddGuild(fakediscord.Guild{Admins: []string{w.ann, w.bob}})
	channel := d.AddChannel(fakediscord.Channel{Guild: guild, Overwrites: []fakediscord.Overwrite{{Role: guild, Deny: fakediscord.UseCommands}}})
	equal(t, "owner", strings.Join(d.Offered(w.ann, channel), " "), "/ask")
	equal(t, "administrator", strings.Join(d.Offered(w.bob, channel), " "), "/ask")
	equal(t, "owner", call(t, d, "GET", "/guilds/"+guild, nil).body["owner_id"], any(w.ann))
	equal(t, "roles", len(call(t, d, "GET", "/guilds/"+guild+"/members/"+w.bob, nil).body["roles"].([]any)), 1)
}

func TestPermissionsOfACommand(t *testing.T) {
	d, _ := start(t, fakediscord.Options{})
	got := call(t, d, "PUT", "/applications/"+fakediscord.AppID+"/commands", []any{slash(object{"default_member_permissions": "MANAGE_CHANNELS"})})
	refused(t, d, got, "0.default_member_permissions")
}
