package discord

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"reportbot/bot"
)

// takeTime is how long a message may take to be stored.
const takeTime = 10 * time.Second

// event takes an event of the gateway, in the order of its channel. It returns
// at once: heartbeats are read by whoever reads the events.
//
// What the library makes of an event is not used: a component of a kind that it
// does not know would lose the whole message.
func (g *gateway) event(ctx context.Context, e *discordgo.Event) {
	switch e.Type {
	case "READY":
		g.log.Info("a session with Discord has begun")
	case "MESSAGE_CREATE":
		g.takeMessage(ctx, e.RawData)
	case "INTERACTION_CREATE":
		g.takeInteraction(ctx, g.in, e.RawData)
	}
}

// written is a message as Discord has it, as far as it matters
// (docs.discord.com/developers/resources/message).
type written struct {
	ID      string `json:"id"`
	Channel string `json:"channel_id"`
	Guild   string `json:"guild_id"`
	Author  struct {
		ID  string `json:"id"`
		Bot bool   `json:"bot"`
	} `json:"author"`
	Webhook  string `json:"webhook_id"`
	Content  string `json:"content"`
	Type     int    `json:"type"`
	Mentions []struct {
		ID string `json:"id"`
	} `json:"mentions"`
	Replied *struct {
		Author struct {
			ID string `json:"id"`
		} `json:"author"`
	} `json:"referenced_message"`
}

// The types of messages that people write (the same page, message types).
const (
	typeDefault = 0
	typeReply   = 19
)

func (g *gateway) takeMessage(ctx context.Context, raw json.RawMessage) {
	var w written
	if err := json.Unmarshal(raw, &w); err != nil {
		g.log.Warn("a message of an unknown form is left alone", "error", err)
		return
	}
	m := g.incoming(&w)
	if m == nil {
		return
	}
	g.queue.Add(w.Channel, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeTime)
		defer cancel()
		if err := g.in.Handle(ctx, *m); err != nil {
			g.apologize(ctx, m) // Discord does not send it again
		}
	})
}

// apologize says that a message could not be taken in. It is said at once, past
// the outbox, which is what does not work.
func (d *Discord) apologize(ctx context.Context, m *bot.Message) {
	post := bot.Post{ID: m.ID, Target: m.Target}
	if _, err := d.send(ctx, post, 0, message{Content: bot.Apology}); err != nil {
		d.log.Error("a message was lost, and its author could not be told", "message", m.ID, "error", err)
	}
}

// incoming is a message that is for the bot, nil for one that is not: direct
// messages, what mentions it, and replies to it.
func (d *Discord) incoming(w *written) *bot.Message {
	self := d.who().user
	named := false
	for _, m := range w.Mentions {
		named = named || m.ID == self
	}
	replied := w.Replied != nil && w.Replied.Author.ID == self
	switch {
	case !d.config.Mentions, w.Author.Bot, w.Webhook != "", w.Author.ID == self, w.Type != typeDefault && w.Type != typeReply:
		return nil
	case w.Guild != "" && !named && !replied:
		return nil
	}
	text := d.plain(w.Content)
	if text == "" {
		text = "help"
	}
	m := &bot.Message{
		ID:           "discord/" + w.ID,
		Target:       bot.Target{Platform: d.Name(), Channel: w.Channel, Thread: w.ID},
		Conversation: w.Channel + "/" + w.Author.ID,
		Author:       w.Author.ID,
		Text:         text,
	}
	if w.Guild == "" { // a person's own channel with the bot
		m.Manages = new(true)
	}
	return m
}

// marksOf are mentions of people, roles and channels, and emoji
// (docs.discord.com/developers/reference, message formatting).
const marksOf = `<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>`

// plain is what somebody wrote, without these.
func (d *Discord) plain(text string) string {
	text = d.marks.ReplaceAllString(text, " ")
	return strings.Join(strings.Fields(text), " ")
}
