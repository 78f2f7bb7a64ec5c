package discord

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"reportbot/bot"
	"reportbot/bot/flow"
)

// interaction is a command, the press of a button, a choice or what is typed in
// an option, as far as it matters
// (docs.discord.com/developers/interactions/receiving-and-responding). What the
// library makes of one is not used: a component of a kind that it does not know
// would lose the whole interaction.
type interaction struct {
	ID          string   `json:"id"`
	Application string   `json:"application_id"`
	Type        int      `json:"type"`
	Token       string   `json:"token"`
	Channel     string   `json:"channel_id"`
	Guild       string   `json:"guild_id"`
	Context     *int     `json:"context"`
	Allowed     string   `json:"app_permissions"`
	Member      *insider `json:"member"`
	Place       struct {
		Type int `json:"type"`
	} `json:"channel"`
	Owners  map[string]json.RawMessage `json:"authorizing_integration_owners"` // by how the app was installed
	User    *person                    `json:"user"`
	Data    interactionData            `json:"data"`
	Message *pressed                   `json:"message"`

	arrived time.Time
}

type person struct {
	ID string `json:"id"`
}

// insider is a person in a server.
type insider struct {
	User        person `json:"user"`
	Permissions *bits  `json:"permissions"` // in the channel
}

type interactionData struct {
	Name     string        `json:"name"`
	Options  []givenOption `json:"options"`
	CustomID string        `json:"custom_id"`
	Values   []string      `json:"values"`
	Target   string        `json:"target_id"`
	Resolved struct {
		Messages map[string]struct {
			Content string `json:"content"`
		} `json:"messages"`
	} `json:"resolved"`
}

// givenOption is an option of a command, or a sub-command with its options.
type givenOption struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Options []givenOption   `json:"options"`
	Focused bool            `json:"focused"`
}

// pressed is the message that a button is at.
type pressed struct {
	ID     string `json:"id"`
	Flags  int    `json:"flags"`
	Caused *struct {
		User person `json:"user"`
	} `json:"interaction_metadata"`
	Replied *struct {
		Author person `json:"author"`
	} `json:"referenced_message"`
}

// The types of interactions, and of answers (the same page).
const (
	typePing         = 1
	typeCommand      = 2
	typeComponent    = 3
	typeAutocomplete = 4

	answerPong      = 1
	answerMessage   = 4
	answerDeferred  = 5
	answerUpdate    = 7
	answerSuggested = 8
)

// flagEphemeral is of a message that one person alone sees
// (docs.discord.com/developers/resources/message, message flags).
const flagEphemeral = 1 << 6

// How long things may take (the same page: 3 seconds to answer, 15 minutes to
// add to it).
const (
	deferAfter   = 1500 * time.Millisecond
	answerWithin = 2900 * time.Millisecond
	addWithin    = 14 * time.Minute
)

// callback is the answer to an interaction.
type callback struct {
	Type int           `json:"type"`
	Data *callbackData `json:"data,omitempty"`
}

type callbackData struct {
	Content    string                       `json:"content,omitempty"`
	Embeds     []*discordgo.MessageEmbed    `json:"embeds,omitempty"`
	Components []discordgo.MessageComponent `json:"components,omitempty"`
	Mentions   *mentions                    `json:"allowed_mentions,omitempty"`
	Attached   *[]attachment                `json:"attachments,omitempty"` // of a message that is changed, all that it has then
	Flags      int                          `json:"flags,omitempty"`
	Choices    []choice                     `json:"choices,omitempty"`

	files []file
}

// bare is the data of a message without its files, and with the reason for that.
func (c *callbackData) bare() *callbackData {
	m := message{Content: c.Content, Embeds: c.Embeds, Components: c.Components, Files: c.files}.bare(noFilesHere)
	out := *c
	out.Content, out.Embeds, out.files = m.Content, m.Embeds, nil
	if out.Attached != nil {
		out.Attached = &[]attachment{}
	}
	return &out
}

// filesOf are the files of an answer.
func filesOf(answer any) []file {
	if c, ok := answer.(callback); ok && c.Data != nil {
		return c.Data.files
	}
	return nil
}

// suggestions is the answer to what is typed, in which an empty list must stand.
type suggestions struct {
	Type int `json:"type"`
	Data struct {
		Choices []choice `json:"choices"`
	} `json:"data"`
}

// choice is a choice of an option.
type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// result is what is answered: the first message, and others behind it.
type result struct {
	first any // a callback or suggestions
	rest  []*callbackData
	late  *bot.Message // to be answered in the channel, should the first come too late; nil: it cannot be
}

func (i *interaction) author() string {
	switch {
	case i.Member != nil && i.Member.User.ID != "":
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}

// takeInteraction takes an interaction that came over the gateway.
func (d *Discord) takeInteraction(ctx context.Context, in bot.Intake, raw json.RawMessage) {
	i, err := readInteraction(raw)
	if err != nil {
		d.log.Warn("an interaction of an unknown form is left alone", "error", err)
		return
	}
	d.queue.Add("interactions/"+i.author(), func() {
		d.process(context.WithoutCancel(ctx), in, i, func(ctx context.Context, answer any) error {
			return d.callBack(ctx, i, answer)
		})
	})
}

// callBack answers an interaction by a call.
func (d *Discord) callBack(ctx context.Context, i *interaction, answer any) error {
	return d.rest.send(ctx, "POST", "interactions/"+i.ID+"/"+i.Token+"/callback", answer, filesOf(answer), nil)
}

func readInteraction(raw []byte) (*interaction, error) {
	i := &interaction{arrived: time.Now()}
	err := json.Unmarshal(raw, i)
	return i, err
}

// process answers an interaction: at once, or where that takes too long, with a
// sign that the answer comes, and then with the answer in its place.
func (d *Discord) process(ctx context.Context, in bot.Intake, i *interaction, respond func(ctx context.Context, answer any) error) {
	ctx, cancel := context.WithDeadline(ctx, i.arrived.Add(addWithin))
	defer cancel()
	done := make(chan result, 1)
	go func() { done <- d.answerSafely(ctx, in, i) }()
	timer := time.NewTimer(time.Until(i.arrived.Add(deferAfter)))
	defer timer.Stop()
	select {
	case r := <-done:
		d.finish(ctx, in, i, r, respond)
	case <-timer.C:
		d.deferAnswer(ctx, i, done, respond)
	}
}

// finish gives the answer, and what comes behind it.
func (d *Discord) finish(ctx context.Context, in bot.Intake, i *interaction, r result, respond func(ctx context.Context, answer any) error) {
	if r.first == nil {
		return
	}
	err := d.respond(ctx, i, r.first, respond)
	if c, ok := r.first.(callback); ok && filesRefused(err, filesOf(c)) {
		err = d.respond(ctx, i, callback{Type: c.Type, Data: c.Data.bare()}, respond)
	}
	if err != nil {
		d.tooLate(ctx, in, i, r, err)
		return
	}
	if len(r.rest) > 0 {
		flow.Pause(ctx, restAfter)
	}
	d.follow(ctx, i, r.rest)
}

// restAfter is how long the rest of an answer waits for the first part to be there.
const restAfter = 500 * time.Millisecond

// respond answers within the time that Discord leaves, again where an answer may
// not have come through: of one that did it says so.
func (d *Discord) respond(ctx context.Context, i *interaction, answer any, respond func(ctx context.Context, answer any) error) error {
	ctx, cancel := context.WithDeadline(ctx, i.arrived.Add(answerWithin))
	defer cancel()
	for {
		err := respond(ctx, answer)
		switch {
		case err == nil, codeOf(err) == codeAnswered:
			return nil
		case codeOf(err) != 0 || ctx.Err() != nil:
			return err
		}
		if !flow.Pause(ctx, 100*time.Millisecond) {
			return err
		}
	}
}

// tooLate answers in the channel what could not be answered in time.
func (d *Discord) tooLate(ctx context.Context, in bot.Intake, i *interaction, r result, err error) {
	log := d.log.With("interaction", i.ID, "error", err)
	if r.late == nil {
		log.Error("an interaction could not be answered in time; its person has no answer")
		return
	}
	m := *r.late
	m.ID, m.Replaces = m.ID+"/late", m.ID
	if err := in.Handle(ctx, m); err != nil {
		log.Error("an interaction could not be answered in time, and not in the channel", "then", err)
		return
	}
	log.Warn("an interaction could not be answered in time, and is answered in the channel")
}

// deferAnswer says that the answer comes, and puts it in the place of that.
func (d *Discord) deferAnswer(ctx context.Context, i *interaction, done <-chan result, respond func(ctx context.Context, answer any) error) {
	err := d.respond(ctx, i, callback{Type: answerDeferred, Data: &callbackData{Flags: d.flags(i)}}, respond)
	r := <-done
	first, isMessage := r.first.(callback)
	if err != nil || !isMessage || first.Data == nil {
		d.log.Error("an interaction could not be answered in time; its person has no answer", "interaction", i.ID, "error", err)
		return
	}
	flow.Pause(ctx, restAfter)
	if err := d.sendData(ctx, "PATCH", "webhooks/"+i.Application+"/"+i.Token+"/messages/@original", first.Data); err != nil {
		d.log.Error("a deferred answer could not be given", "interaction", i.ID, "error", err)
		return
	}
	d.follow(ctx, i, r.rest)
}

// follow adds messages behind an answer.
func (d *Discord) follow(ctx context.Context, i *interaction, rest []*callbackData) {
	for _, data := range rest {
		if err := d.sendData(ctx, "POST", "webhooks/"+i.Application+"/"+i.Token, data); err != nil {
			d.log.Error("the rest of an answer could not be given", "interaction", i.ID, "error", err)
			return
		}
	}
}

// sendData sends a message to a webhook, without its files where Discord takes none.
func (d *Discord) sendData(ctx context.Context, method, path string, data *callbackData) error {
	err := d.rest.send(ctx, method, path, data, data.files, nil)
	if filesRefused(err, data.files) {
		return d.rest.call(ctx, method, path, data.bare(), nil)
	}
	return err
}

// answerSafely is answer, of which a panic ends nothing else.
func (d *Discord) answerSafely(ctx context.Context, in bot.Intake, i *interaction) (r result) {
	defer func() {
		if fault := recover(); fault != nil {
			d.log.Error("a fault of the program at an interaction", "interaction", i.ID, "panic", fault)
			r = note(bot.Apology)
		}
	}()
	return d.answer(ctx, in, i)
}

// answer is the answer to an interaction; none for one that is nothing to the bot.
func (d *Discord) answer(ctx context.Context, in bot.Intake, i *interaction) result {
	switch i.Type {
	case typePing:
		return result{first: callback{Type: answerPong}}
	case typeAutocomplete:
		return result{first: d.suggest(in, i)}
	case typeCommand:
		return d.command(ctx, in, i)
	case typeComponent:
		return d.press(ctx, in, i)
	}
	return result{}
}

// note is a sentence that one person alone sees.
func note(text string) result {
	none := nobody()
	return result{first: callback{Type: answerMessage, Data: &callbackData{Content: text, Mentions: &none, Flags: flagEphemeral}}}
}

// asks is an interaction as a message, without what it wants.
func (d *Discord) asks(i *interaction) bot.Message {
	return bot.Message{
		Manages:      i.manages(),
		ID:           "discord/i/" + i.ID,
		Target:       bot.Target{Platform: d.Name(), Channel: i.Channel},
		Conversation: i.Channel + "/" + i.author(),
		Author:       i.author(),
	}
}

// manages says whether the person may manage the channel; nil where that is to be
// asked, since the bot itself may not be there.
func (i *interaction) manages() *bool {
	may := true
	switch _, server := i.Owners[strconv.Itoa(installedInServer)]; {
	case i.Context != nil && *i.Context == contextBotDM:
	case len(i.Owners) > 0 && !server, i.Member == nil, i.Member.Permissions == nil:
		return nil
	default:
		may = i.Member.Permissions.manages()
	}
	return &may
}

// reply answers a message, with an answer of a kind.
func (d *Discord) reply(ctx context.Context, in bot.Intake, i *interaction, m bot.Message, kind, flags, page int) result {
	m.Private = flags == flagEphemeral
	reply, err := in.Answer(ctx, m)
	if err != nil {
		return note(bot.Apology)
	}
	return d.give(ctx, i, m, reply, manner{kind: kind, flags: flags, page: page})
}

// manner is how a reply is given: as an answer of a kind, with flags, from a page
// on, as a digest.
type manner struct {
	kind, flags, page int
	digest            bool
}

// give gives a reply. What is no answer cannot be shared: its code is that of an
// answer in it.
func (d *Discord) give(ctx context.Context, i *interaction, m bot.Message, reply bot.Reply, how manner) result {
	flags, share := how.flags, how.flags == flagEphemeral && reply.Status != ""
	messages := render(reply, renderOptions{ID: customID, Buttons: true, Share: share, Page: how.page, Digest: how.digest})
	if i.mayAttach() {
		messages = d.draw(ctx, messages, !how.digest)
	}
	var r result
	for n, data := range messages {
		if !i.mayAttach() {
			data = data.bare(reason(noFilesHere, !how.digest))
		}
		none := nobody()
		c := &callbackData{Content: data.Content, Embeds: data.Embeds, Components: data.Components, Mentions: &none, Flags: flags, files: data.Files}
		if attached := attachments(data.Files); len(attached) > 0 || how.kind == answerUpdate {
			c.Attached = &attached
		}
		if n == 0 {
			r.first = callback{Type: how.kind, Data: c}
			continue
		}
		r.rest = append(r.rest, c)
	}
	if flags == 0 && d.mayWrite(i) {
		r.late = &m
	}
	return r
}

// Where a command is, and how the app was installed
// (docs.discord.com/developers/interactions/receiving-and-responding, context
// types; docs.discord.com/developers/resources/application, integration types).
const (
	contextServer  = 0
	contextBotDM   = 1 // between a person and the bot
	contextPrivate = 2 // among people, without the bot

	installedInServer   = 0
	installedForOneself = 1
)

// mayWrite says whether the bot itself can write where an interaction is from.
func (d *Discord) mayWrite(i *interaction) bool {
	if i.Context != nil && *i.Context == contextPrivate {
		return false
	}
	if i.Guild == "" || i.Allowed == "" {
		return true
	}
	needed := uint64(permissionView | permissionSend)
	if isThread(i.Place.Type) {
		needed = permissionView | permissionSendInThreads
	}
	allowed, err := strconv.ParseUint(i.Allowed, 10, 64)
	return err == nil && (allowed&needed == needed || allowed&permissionAdministrator != 0)
}

// mayAttach says whether files may be attached where an interaction is from. An
// app that somebody has installed for themselves may do there what they may.
func (i *interaction) mayAttach() bool {
	allowed, err := strconv.ParseUint(i.Allowed, 10, 64)
	return i.Allowed == "" || err == nil && allowed&(permissionAttach|permissionAdministrator) != 0
}

// flags are those of an answer: what is asked privately is answered so.
func (d *Discord) flags(i *interaction) int {
	if i.Message != nil {
		return i.Message.Flags & flagEphemeral
	}
	if i.isDigest() {
		return flagEphemeral
	}
	if i.Type == typeCommand && (i.Data.Target != "" || boolean(i.sub().option(optionPrivate))) {
		return flagEphemeral
	}
	return 0
}

// customID is the state of a button, empty where it is too long for one.
func customID(kind, payload string) string {
	id := kind + "." + payload
	if len(id) > limitID {
		return ""
	}
	return id
}
