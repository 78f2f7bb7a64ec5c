// Package discord is the bot's platform Discord: commands, buttons, mentions,
// direct messages and replies come in through the gateway or as signed
// interactions over HTTP; replies go out as embeds.
package discord

import "github.com/bwmarrin/discordgo"

// intents are what the gateway is asked for: none is privileged. Without
// message content, direct messages and what mentions the bot still come with
// their text (docs.discord.com/developers/events/gateway).
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

var _ = intents
