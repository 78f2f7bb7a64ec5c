package fakeslack_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"reportbot/bot/slack/fakeslack"
)

func label(t string) *slackapi.TextBlockObject {
	return slackapi.NewTextBlockObject("plain_text", t, false, false)
}

// choices are blocks with a button and two selects.
func choices() slackapi.MsgOption {
	select1 := slackapi.NewOptionsSelectBlockElement("static_select", label("pick"), "static",
		slackapi.NewOptionBlockObject("de", label("Germany"), nil))
	select2 := slackapi.NewOptionsSelectBlockElement("external_select", label("pick"), "external")
	return slackapi.MsgOptionBlocks(slackapi.NewActionBlock("row",
		slackapi.NewButtonBlockElement("more", "page2", label("More")), select1, select2))
}

// callbacks are the interactions that came, and what is answered to them.
func callbacks(answer func(slackapi.InteractionCallback) any) (func(*socketmode.Client, socketmode.Event), chan slackapi.InteractionCallback) {
	got := make(chan slackapi.InteractionCallback, 10)
	return func(c *socketmode.Client, e socketmode.Event) {
		i, is := e.Data.(slackapi.InteractionCallback)
		if !is {
			_ = c.Ack(*e.Request)
			return
		}
		got <- i
		if body := answer(i); body != nil {
			_ = c.Ack(*e.Request, body)
			return
		}
		_ = c.Ack(*e.Request)
	}, got
}

func TestPress(t *testing.T) {
	s, api := start(t, nil)
	answer, got := callbacks(func(slackapi.InteractionCallback) any { return nil })
	connect(t, api, answer)
	s.AwaitConnections(t, 1)
	s.Say("U1", "C1", "x")
	_, _, err := api.PostMessage("C1", text("page 1"), choices())
	wantError(t, err, "")
	m := s.Posts("C1")[0]
	r := s.Press("U1", m, "More")
	i := <-got
	action := i.ActionCallback.BlockActions[0]
	equal(t, "action", action.BlockID+" "+action.ActionID+" "+action.Value, "row more page2")
	equal(t, "where", i.Container.ChannelID+" "+i.Container.MessageTs+" "+i.Message.Text, "C1 "+m.TS+" page 1")
	equal(t, "by whom", i.User.ID, "U1")
	s.Choose("U1", m, "static", "Germany")
	equal(t, "chosen", (<-got).ActionCallback.BlockActions[0].SelectedOption.Value, "de")
	s.PressUnknown("U1", m, "gone", "v")
	equal(t, "unknown", (<-got).ActionCallback.BlockActions[0].ActionID, "gone")

	_, _, err = api.PostMessage("", text("page 2"), slackapi.MsgOptionReplaceOriginal(r.ResponseURL))
	wantError(t, err, "")
	equal(t, "replaced", texts(s.Posts("C1")), "page 2")
	_, _, err = api.PostMessage("", slackapi.MsgOptionDeleteOriginal(r.ResponseURL))
	wantError(t, err, "")
	equal(t, "deleted", len(s.Posts("C1")), 0)
}

func TestSuggest(t *testing.T) {
	s, api := start(t, nil)
	serve(t, s, func(w http.ResponseWriter, r *http.Request, _ int) {
		i, err := slackapi.InteractionCallbackParse(r)
		if err != nil || r.URL.Path != "/options" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		_ = json.NewEncoder(w).Encode(slackapi.OptionsResponse{Options: []*slackapi.OptionBlockObject{
			slackapi.NewOptionBlockObject("fr", label("France ("+i.Value+")"), nil)}})
	})
	s.Say("U1", "C1", "x")
	_, _, err := api.PostMessage("C1", text("x"), choices())
	wantError(t, err, "")
	m := s.Posts("C1")[0]
	r := s.Suggest("U1", m, "external", "fra")
	if r.Error != "" || len(r.Options) != 1 {
		t.Fatalf("%+v", r)
	}
	equal(t, "offered", r.Options[0].Text+" "+r.Options[0].Value, "France (fra) fr")
	equal(t, "too short", s.Suggest("U1", m, "external", "fr").Error, "min_query_length")
}

func TestHome(t *testing.T) {
	s, api := start(t, nil)
	k := connect(t, api, nil)
	s.AwaitConnections(t, 1)
	s.OpenHome("U1", "home")
	e := k.await(t, socketmode.EventTypeEventsAPI, 1)[0].Data.(slackevents.EventsAPIEvent).InnerEvent.Data.(*slackevents.AppHomeOpenedEvent)
	equal(t, "tab", e.Tab+" "+e.Channel, "home "+fakeslack.DMChannel("U1"))
	view := slackapi.HomeTabViewRequest{Type: slackapi.VTHomeTab}
	view.Blocks.BlockSet = []slackapi.Block{slackapi.NewActionBlock("", slackapi.NewButtonBlockElement("go", "", label("Go")))}
	first, err := api.PublishView("U1", view, "")
	wantError(t, err, "")
	_, err = api.PublishView("U1", view, "stale")
	wantError(t, err, "hash_conflict")
	_, err = api.PublishView("U1", view, first.Hash)
	wantError(t, err, "")
	equal(t, "same view", s.Home("U1").ID, first.ID)
	equal(t, "pressed", s.PressHome("U1", "Go").Status, 200)
}

func TestModals(t *testing.T) {
	c := newClock()
	s, api := start(t, func(o *fakeslack.Options) { o.Clock = c.Now })
	view := slackapi.ModalViewRequest{Type: slackapi.VTModal, Title: label("Ask"), Submit: label("Send")}
	view.Blocks.BlockSet = []slackapi.Block{slackapi.NewInputBlock("b", label("Question"), nil, slackapi.NewPlainTextInputBlockElement(nil, "question"))}
	var reply atomic.Value // of *slackapi.ViewSubmissionResponse
	answer, got := callbacks(func(i slackapi.InteractionCallback) any {
		if i.Type == slackapi.InteractionTypeViewSubmission {
			if with := reply.Load().(*slackapi.ViewSubmissionResponse); with != nil {
				return with
			}
		}
		return nil
	})
	connect(t, api, answer)
	s.AwaitConnections(t, 1)

	r := s.Shortcut("U1", "ask")
	equal(t, "shortcut", (<-got).CallbackID, "ask")
	_, err := api.OpenView(r.TriggerID, view)
	wantError(t, err, "")
	_, err = api.OpenView(r.TriggerID, view)
	wantError(t, err, "exchanged_trigger_id")
	late := s.Shortcut("U1", "ask")
	<-got
	c.pass(4 * time.Second)
	_, err = api.OpenView(late.TriggerID, view)
	wantError(t, err, "expired_trigger_id")

	submit := func(with *slackapi.ViewSubmissionResponse) fakeslack.Response {
		reply.Store(with)
		r := s.Submit("U1", map[string]string{"question": "people?"})
		equal(t, "filled in", (<-got).View.State.Values["b"]["question"].Value, "people?")
		return r
	}
	r = submit(slackapi.NewErrorsViewSubmissionResponse(map[string]string{"b": "no"}))
	equal(t, "error", r.Errors["b"]+r.Error, "no")
	r = submit(slackapi.NewErrorsViewSubmissionResponse(map[string]string{"other": "no"}))
	equal(t, "error elsewhere", r.Error, "trouble connecting")
	submit(slackapi.NewPushViewSubmissionResponse(&view))
	submit(slackapi.NewPushViewSubmissionResponse(&view))
	equal(t, "stack", len(s.Modals("U1")), 3)
	equal(t, "a fourth", submit(slackapi.NewPushViewSubmissionResponse(&view)).Error, "trouble connecting: push_limit_reached")
	view.Title = label("Updated")
	submit(slackapi.NewUpdateViewSubmissionResponse(&view))
	equal(t, "updated", s.Modals("U1")[2].Title, "Updated")
	submit(nil)
	equal(t, "closed", len(s.Modals("U1")), 2)
	_, err = api.UpdateView(view, "", "", s.Modals("U1")[0].ID)
	wantError(t, err, "")
	equal(t, "updated below", s.Modals("U1")[0].Title, "Updated")
	submit(slackapi.NewClearViewSubmissionResponse())
	equal(t, "cleared", len(s.Modals("U1")), 0)
}

func TestEditsAndMembers(t *testing.T) {
	s, _ := start(t, nil)
	ts := s.Say("U1", "C1", "people?")
	s.Edit("U1", "C1", ts, "<@"+fakeslack.BotUser+"> people?")
	s.Join("U2", "C1")
	s.Delete("U1", "C1", ts)
	s.StopSession("U1", "C1", ts)
	s.React("U1", "C1", ts, "eyes")
	var kinds []string
	for _, e := range s.Events() {
		kinds = append(kinds, e.Type)
	}
	equal(t, "events", strings.Join(kinds, " "), "message message app_mention member_joined_channel message agent_session_stopped reaction_added")
	equal(t, "typed", fakeslack.Typed("a & <b>"), "a &amp; &lt;b&gt;")
}

func TestMessageShortcut(t *testing.T) {
	s, api := start(t, nil)
	answer, got := callbacks(func(slackapi.InteractionCallback) any { return nil })
	connect(t, api, answer)
	s.AwaitConnections(t, 1)
	s.Say("U1", "C1", "look at this")
	s.MessageShortcut("U2", s.Messages("C1")[0], "explain")
	i := <-got
	equal(t, "shortcut", string(i.Type)+" "+i.Message.Text, "message_action look at this")
}

// TestWhatAViewBeginsWith is sent with it, unless it was taken away; what must be
// filled in and is not, is not sent.
func TestWhatAViewBeginsWith(t *testing.T) {
	s, api := start(t, nil)
	answer, got := callbacks(func(slackapi.InteractionCallback) any { return nil })
	connect(t, api, answer)
	s.AwaitConnections(t, 1)
	s.Say("U1", "C1", "x")
	_, _, err := api.PostMessage("C1", text("x"), choices())
	wantError(t, err, "")
	r := s.Press("U1", s.Posts("C1")[0], "More")
	<-got
	at := slackapi.NewTimePickerBlockElement("at")
	at.InitialTime = "09:00"
	a, b := slackapi.NewOptionBlockObject("a", label("A"), nil), slackapi.NewOptionBlockObject("b", label("B"), nil)
	channel := slackapi.NewOptionsSelectBlockElement("conversations_select", nil, "channel")
	channel.DefaultToCurrentConversation = true
	view := slackapi.ModalViewRequest{Type: slackapi.VTModal, Title: label("Ask"), Submit: label("Send")}
	view.Blocks.BlockSet = []slackapi.Block{
		slackapi.NewInputBlock("at", label("At"), nil, at),
		slackapi.NewInputBlock("channel", label("Channel"), nil, channel),
		slackapi.NewInputBlock("some", label("Some"), nil, slackapi.NewOptionsMultiSelectBlockElement("multi_static_select", nil, "some", a, b).WithInitialOptions(a)),
		slackapi.NewInputBlock("one", label("One"), nil, slackapi.NewOptionsSelectBlockElement("static_select", nil, "one", a, b)).WithOptional(true),
	}
	_, err = api.OpenView(r.TriggerID, view)
	wantError(t, err, "")
	equal(t, "not filled in", s.Submit("U1", map[string]string{"at": "", "some": ""}).Errors["some"], "Please complete this required field.")
	equal(t, "nothing is sent", len(got), 0)
	s.Submit("U1", map[string]string{"one": "b"})
	v := (<-got).View.State.Values
	equal(t, "sent", v["at"]["at"].SelectedTime+" "+v["channel"]["channel"].SelectedConversation+" "+v["some"]["some"].SelectedOptions[0].Value+" "+v["one"]["one"].SelectedOption.Value, "09:00 C1 a b")
}

// TestPeoplesChannels are the public ones of a person, and the private ones that
// the app is in.
func TestPeoplesChannels(t *testing.T) {
	s, api := start(t, nil)
	s.AddUser(fakeslack.User{ID: "U2", Name: "gus", UltraRestricted: true, Stranger: true, Team: "T0OTHER"})
	for _, c := range []fakeslack.Channel{
		{ID: "C1", Members: []string{"U1"}}, {ID: "C2", Members: []string{"U1"}, Archived: true}, {ID: "C3", Members: []string{"U2"}},
		{ID: "G4", Members: []string{"U1"}}, {ID: "G5", Members: []string{"U1", fakeslack.BotUser}},
	} {
		s.AddChannel(c)
	}
	list := func(limit int, archived bool) (out string) {
		for cursor, first := "", true; first || cursor != ""; first = false {
			page, next, err := api.GetConversationsForUser(&slackapi.GetConversationsForUserParameters{
				UserID: "U1", Types: []string{"public_channel", "private_channel"}, Limit: limit, ExcludeArchived: !archived, Cursor: cursor})
			wantError(t, err, "")
			for _, c := range page {
				out += c.ID + " "
			}
			cursor = next
		}
		return out
	}
	equal(t, "channels", list(999, false), "C1 G5 ")
	equal(t, "by pages", list(1, true), "C1 C2 G5 ")
	_, _, err := api.GetConversationsForUser(&slackapi.GetConversationsForUserParameters{UserID: "U1", Limit: 1000})
	wantError(t, err, "invalid_limit")
	_, _, err = api.GetConversationsForUser(&slackapi.GetConversationsForUserParameters{UserID: "U1", Types: []string{"channels"}})
	wantError(t, err, "invalid_types")
	u, err := api.GetUserInfo("U2")
	wantError(t, err, "")
	equal(t, "guest", u.IsRestricted && u.IsUltraRestricted && u.IsStranger && u.TeamID == "T0OTHER", true)
}
