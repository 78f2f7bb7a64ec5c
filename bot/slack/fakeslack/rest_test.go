package fakeslack_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"reportbot/bot/slack/fakeslack"
)

func TestConversations(t *testing.T) {
	s, api := start(t, nil)
	s.Say("U1", "C1", "x")
	s.Say("U2", "C1", "y")
	c, err := api.GetConversationInfo(&slackapi.GetConversationInfoInput{ChannelID: "C1"})
	wantError(t, err, "")
	equal(t, "member", c.IsMember && c.IsChannel, true)
	_, err = api.GetConversationInfo(&slackapi.GetConversationInfoInput{ChannelID: "C404"})
	wantError(t, err, "channel_not_found")
	users, err := api.GetUsersInfo("U1", "U2")
	wantError(t, err, "")
	equal(t, "users", len(*users), 2)
	group, _, _, err := api.OpenConversation(&slackapi.OpenConversationParameters{Users: []string{"U2", "U1"}, ReturnIM: true})
	wantError(t, err, "")
	equal(t, "of several", group.IsMpIM, true)
	_, _, before, err := api.OpenConversation(&slackapi.OpenConversationParameters{ChannelID: group.ID})
	wantError(t, err, "")
	equal(t, "before", before, true)
	_, _, _, err = api.OpenConversation(&slackapi.OpenConversationParameters{Users: []string{"U404"}})
	wantError(t, err, "user_not_found")
	equal(t, "both", texts(s.AwaitMessages(t, "C1", 2)), "x|y")
	s.Leave(fakeslack.BotUser, "C1")
	_, err = api.GetConversationHistory(&slackapi.GetConversationHistoryParameters{ChannelID: "C1"})
	wantError(t, err, "not_in_channel")
	ref := slackapi.NewRefToMessage("C1", s.Messages("C1")[0].TS)
	wantError(t, api.AddReaction("eyes", ref), "not_in_channel")
}

func TestSpanOfHistory(t *testing.T) {
	s, api := start(t, nil)
	one, _, three := s.Say("U1", "C1", "one"), s.Say("U1", "C1", "two"), s.Say("U1", "C1", "three")
	read := func(inclusive bool) string {
		h, err := api.GetConversationHistory(&slackapi.GetConversationHistoryParameters{ChannelID: "C1", Oldest: one, Latest: three, Inclusive: inclusive})
		wantError(t, err, "")
		var all []string
		for _, m := range h.Messages {
			all = append(all, m.Text)
		}
		return strings.Join(all, " ")
	}
	equal(t, "within", read(false), "two")
	equal(t, "with the ends", read(true), "three two one")
}

func TestAttachments(t *testing.T) {
	s, api := start(t, nil)
	s.Say("U1", "C1", "x")
	with := func(a slackapi.Attachment, n int) error {
		all := make([]slackapi.Attachment, n)
		for i := range all {
			all[i] = a
		}
		_, _, err := api.PostMessage("C1", slackapi.MsgOptionAttachments(all...))
		return err
	}
	wantError(t, with(slackapi.Attachment{Text: "a"}, 100), "")
	wantError(t, with(slackapi.Attachment{Text: "a"}, 101), "too_many_attachments")
	long := slackapi.Attachment{Blocks: slackapi.Blocks{BlockSet: []slackapi.Block{slackapi.NewHeaderBlock(label(strings.Repeat("h", 151)))}}}
	wantError(t, with(long, 1), "invalid_blocks")
}

func TestCharts(t *testing.T) {
	s, api := start(t, nil)
	s.Say("U1", "C1", "x")
	series := func(n, points, categories int) string {
		return `[{"type":"data_visualization","title":"t","chart":{"type":"line","series":` +
			many(n, `{"name":"s%d","data":`+strings.ReplaceAll(many(points, `{"label":"p","value":-1}`), "%d", "")+`}`) +
			`,"axis_config":{"categories":` + many(categories, `"c%d"`) + `}}}]`
	}
	post := func(blocks string) error { _, _, err := api.PostMessage("C1", text("t"), raw(s, blocks)); return err }
	wantError(t, post(series(6, 20, 20)), "")
	for _, wrong := range []string{series(7, 1, 1), series(1, 21, 21), series(1, 2, 3)} {
		wantError(t, post(wrong), "invalid_blocks")
	}
}

// TestModalElements goes through what else can be done in a modal.
func TestModalElements(t *testing.T) {
	s, api := start(t, nil)
	answer, got := callbacks(func(i slackapi.InteractionCallback) any {
		if i.Type == slackapi.InteractionTypeBlockSuggestion {
			return slackapi.OptionsResponse{Options: []*slackapi.OptionBlockObject{slackapi.NewOptionBlockObject("fr", label("France"), nil)}}
		}
		return nil
	})
	connect(t, api, answer)
	s.AwaitConnections(t, 1)
	option := slackapi.NewOptionBlockObject("de", label("Germany"), nil)
	short := slackapi.NewOptionsSelectBlockElement("external_select", nil, "far")
	short.MinQueryLength = new(int)
	input := func(id string, e slackapi.BlockElement) slackapi.Block {
		return slackapi.NewInputBlock(id, label("L"), nil, e)
	}
	view := slackapi.ModalViewRequest{Type: slackapi.VTModal, Title: label("Ask"), Submit: label("Send"), NotifyOnClose: true}
	view.Blocks.BlockSet = []slackapi.Block{
		input("b1", slackapi.NewOptionsSelectBlockElement("static_select", nil, "near", option)), input("b2", short),
		input("b3", slackapi.NewDatePickerBlockElement("day")),
		input("b4", slackapi.NewCheckboxGroupsBlockElement("ticks", option)),
		slackapi.NewActionBlock("b5", slackapi.NewButtonBlockElement("help", "", label("Help"))),
	}
	opened := s.Shortcut("U1", "ask")
	<-got
	_, err := api.OpenView(opened.TriggerID, view)
	wantError(t, err, "")
	r := s.SuggestModal("U1", "far", "")
	<-got
	equal(t, "offered", r.Options[0].Text, "France")
	pressed := s.PressModal("U1", "Help")
	equal(t, "in", (<-got).Container.Type, "view")
	_, err = api.PushView(pressed.TriggerID, view)
	wantError(t, err, "")
	s.Submit("U1", map[string]string{"near": "Germany", "far": "fr", "day": "2026-01-02", "ticks": "de"})
	v := (<-got).View.State.Values
	equal(t, "filled in", strings.Join([]string{v["b1"]["near"].SelectedOption.Value, v["b2"]["far"].SelectedOption.Value,
		v["b3"]["day"].SelectedDate, v["b4"]["ticks"].SelectedOptions[0].Value}, " "), "de fr 2026-01-02 de")
	s.CloseModal("U1")
	equal(t, "closed", (<-got).Type, slackapi.InteractionTypeViewClosed)
	equal(t, "left", len(s.Modals("U1")), 0)
}

func TestSendRaw(t *testing.T) {
	s, api := start(t, nil)
	k := connect(t, api, nil)
	s.AwaitConnections(t, 1)
	equal(t, "command", s.SendRaw([]byte(`{"command":"/new","user_id":"U1"}`)).Status, 200)
	s.SendRaw([]byte(`{"type":"event_callback","event_id":"Ev1","event":{"type":"app_home_opened","user":"U1","tab":"home"}}`))
	k.await(t, socketmode.EventTypeEventsAPI, 1)
	equal(t, "connections", s.Connections(), 1)
}

func TestPong(t *testing.T) {
	s, api := start(t, nil)
	_, url, err := api.StartSocketModeContext(t.Context())
	wantError(t, err, "")
	ws, _, err := websocket.DefaultDialer.DialContext(t.Context(), url, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 1)
	ws.SetPongHandler(func(data string) error { got <- data; return nil })
	wantError(t, ws.WriteControl(websocket.PingMessage, []byte("there?"), time.Now().Add(time.Second)), "")
	go func() {
		for {
			if _, _, err := ws.ReadMessage(); err != nil {
				return
			}
		}
	}()
	equal(t, "pong", <-got, "there?")
	s.Drop()
}

// TestEphemeralPressed: an ephemeral message can be replaced over its response_url.
func TestEphemeralPressed(t *testing.T) {
	s, api := start(t, nil)
	answer, got := callbacks(func(slackapi.InteractionCallback) any { return nil })
	connect(t, api, answer)
	s.AwaitConnections(t, 1)
	s.Say("U1", "C1", "x")
	_, err := api.PostEphemeral("C1", "U1", text("only you"), choices())
	wantError(t, err, "")
	r := s.Press("U1", s.Ephemerals("U1")[0], "more")
	equal(t, "ephemeral", (<-got).Container.IsEphemeral, true)
	_, _, err = api.PostMessage("", text("still"), slackapi.MsgOptionReplaceOriginal(r.ResponseURL))
	wantError(t, err, "")
	equal(t, "replaced", texts(s.Ephemerals("U1")), "still")
	_, _, err = api.PostMessage("", slackapi.MsgOptionDeleteOriginal(r.ResponseURL))
	wantError(t, err, "")
	equal(t, "left", len(s.Ephemerals("U1")), 0)
}
