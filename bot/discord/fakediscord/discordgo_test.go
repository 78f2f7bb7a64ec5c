package fakediscord_test

import (
	"bytes"
	"net/http"
	"net/url"
	"testing"

	"github.com/bwmarrin/discordgo"

	"reportbot/bot/discord/fakediscord"
)

// redirected sends what goes to Discord to a fake.
type redirected struct{ to *url.URL }

func (r redirected) RoundTrip(q *http.Request) (*http.Response, error) {
	q = q.Clone(q.Context())
	q.URL.Scheme, q.URL.Host = r.to.Scheme, r.to.Host
	return http.DefaultTransport.RoundTrip(q)
}

// session is a client of discordgo.
func session(t *testing.T, d *fakediscord.Discord) *discordgo.Session {
	t.Helper()
	s, err := discordgo.New("Bot " + token)
	check(t, err)
	to, err := url.Parse(d.APIURL())
	check(t, err)
	s.Client = &http.Client{Transport: redirected{to}}
	s.Identify.Intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	s.StateEnabled, s.ShouldReconnectOnError = false, false
	t.Cleanup(http.DefaultTransport.(*http.Transport).CloseIdleConnections)
	return s
}

// TestDiscordgo is a small app written with discordgo: commands, a deferral, a
// follow-up, a button, a modal, autocomplete, mentions, direct messages.
func TestDiscordgo(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	s := session(t, d)
	s.AddHandler(func(s *discordgo.Session, m *discordgo.MessageCreate) {
		if m.Author.ID != fakediscord.BotUser {
			_, err := s.ChannelMessageSendReply(m.ChannelID, "heard: "+m.Content, m.Reference())
			check(t, err)
		}
	})
	s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) { check(t, respond(s, i.Interaction)) })
	check(t, s.Open())
	defer s.Close()
	_, err := s.ApplicationCommandBulkOverwrite(fakediscord.AppID, "", []*discordgo.ApplicationCommand{{
		Name: "ask", Description: "Ask", Options: []*discordgo.ApplicationCommandOption{{
			Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What", Required: true, Autocomplete: true}},
	}, {Name: "Explain", Type: discordgo.MessageApplicationCommand}})
	check(t, err)
	d.AwaitReady(t, 1)

	d.Mention(w.ann, w.channel, "hello")
	equal(t, "mention", d.AwaitPosts(t, w.channel, 1)[0].Content, "heard: "+fakediscord.MentionText+" hello")
	d.DM(w.ann, "psst")
	equal(t, "DM", d.AwaitPosts(t, d.DMChannel(w.ann), 1)[0].Content, "heard: psst")

	offered := d.Autocomplete(w.ann, w.channel, "ask", map[string]any{"question": "po"}, "question")
	equal(t, "choices", len(offered.Choices), 1)
	a := d.Slash(w.ann, w.channel, "ask", map[string]any{"question": "population"})
	equal(t, "callback", a.Callback, fakediscord.DeferredReply)
	m := d.AwaitOriginal(t, a)
	equal(t, "answer", m.Text(), "population: 10\nmore\nform")
	equal(t, "file", string(m.Attachments[0].Data), "a,b")
	equal(t, "follow-up", d.AwaitFollowUps(t, a, 1)[0].Content, "also")

	equal(t, "update", d.Press(w.ann, m, "more").Message.Content, "more pressed")
	form := d.Press(w.ann, m, "form")
	equal(t, "modal", form.Modal.Title, "Form")
	sent := d.Submit(form.Modal, map[string]any{"Year": "2020"})
	equal(t, "submitted", sent.Message.Content, "2020")
	equal(t, "private", sent.Message.EphemeralTo, w.ann)
	equal(t, "message command", d.MessageCommand(w.ann, m, "Explain").Message.Content, "explained")
}

// respond answers as the app does.
func respond(s *discordgo.Session, i *discordgo.Interaction) error {
	switch i.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		return s.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult,
			Data: &discordgo.InteractionResponseData{Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "population", Value: "population"}}}})
	case discordgo.InteractionApplicationCommand:
		return respondToCommand(s, i)
	case discordgo.InteractionMessageComponent:
		return respondToButton(s, i)
	}
	row := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow)
	return s.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral,
			Content: row.Components[0].(*discordgo.TextInput).Value}})
}

func respondToCommand(s *discordgo.Session, i *discordgo.Interaction) error {
	data := i.ApplicationCommandData()
	if data.Name == "Explain" {
		return s.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Content: "explained"}})
	}
	err := s.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource})
	if err != nil {
		return err
	}
	embeds := []*discordgo.MessageEmbed{{Description: data.Options[0].StringValue() + ": 10"}}
	rows := []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
		discordgo.Button{Label: "more", CustomID: "more", Style: discordgo.PrimaryButton},
		discordgo.Button{Label: "form", CustomID: "form", Style: discordgo.SecondaryButton}}}}
	_, err = s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Embeds: &embeds, Components: &rows,
		Files: []*discordgo.File{{Name: "table.csv", ContentType: "text/csv", Reader: bytes.NewBufferString("a,b")}}})
	if err != nil {
		return err
	}
	_, err = s.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "also"})
	return err
}

func respondToButton(s *discordgo.Session, i *discordgo.Interaction) error {
	if i.MessageComponentData().CustomID == "more" {
		return s.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseUpdateMessage,
			Data: &discordgo.InteractionResponseData{Content: "more pressed", Components: i.Message.Components}})
	}
	return s.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal,
		Data: &discordgo.InteractionResponseData{CustomID: "form", Title: "Form", Components: []discordgo.MessageComponent{
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{
				discordgo.TextInput{CustomID: "year", Label: "Year", Style: discordgo.TextInputShort}}}}}})
}

// TestDiscordgoResumes: after a cut, and when it is asked to reconnect.
func TestDiscordgoResumes(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	s := session(t, d)
	s.ShouldReconnectOnError = true
	heard := make(chan string, 10)
	s.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { heard <- m.Content })
	check(t, s.Open())
	defer s.Close()
	for i, end := range []func(){func() { d.AskReconnect(0) }, d.Drop} {
		end()
		d.Await(t, func(st *fakediscord.State) bool { return len(st.Resumes()) == i+1 && st.Ready() == 1 })
		d.DM(w.ann, "still there?")
		equal(t, "heard", <-heard, "still there?")
	}
	equal(t, "identifies", len(d.Identifies()), 1)
}
