package fakeslack_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot/slack/fakeslack"
)

func TestAuth(t *testing.T) {
	s, api := start(t, func(o *fakeslack.Options) { o.Scopes = []string{"chat:write"} })
	who, err := api.AuthTest()
	wantError(t, err, "")
	equal(t, "user", who.UserID, fakeslack.BotUser)
	equal(t, "scopes", who.Header.Get("X-OAuth-Scopes"), "chat:write")

	_, err = slackapi.New("xoxb-other", slackapi.OptionAPIURL(s.APIURL())).AuthTest()
	wantError(t, err, "invalid_auth")
	_, err = slackapi.New("", slackapi.OptionAPIURL(s.APIURL())).AuthTest()
	wantError(t, err, "not_authed")
	_, err = slackapi.New(app, slackapi.OptionAPIURL(s.APIURL())).AuthTest()
	wantError(t, err, "not_allowed_token_type")
	_, _, err = slackapi.New(bot, slackapi.OptionAppLevelToken("xapp-other"), slackapi.OptionAPIURL(s.APIURL())).StartSocketModeContext(t.Context())
	wantError(t, err, "invalid_auth")

	_, err = api.GetUserInfo("U1")
	wantError(t, err, "missing_scope")
	var e slackapi.SlackErrorResponse
	errors.As(err, &e)
	equal(t, "needed and provided", e.Needed+" "+e.Provided, "users:read chat:write")
	s.Say("U1", "C1", "hello")
	_, err = api.GetConversationHistory(&slackapi.GetConversationHistoryParameters{ChannelID: "C1"})
	errors.As(err, &e)
	equal(t, "needed", e.Needed, "channels:history")

	_, err = api.GetEmoji()
	wantError(t, err, "unknown_method")
	equal(t, "unknown methods", strings.Join(s.UnknownMethods(), ","), "emoji.list")
	equal(t, "calls", len(s.Calls("auth.test")), 4)
}

func TestPeopleAndTeam(t *testing.T) {
	s, api := start(t, nil)
	s.AddUser(fakeslack.User{ID: "U1", Name: "ann", TZ: "America/New_York"})
	u, err := api.GetUserInfo("U1")
	wantError(t, err, "")
	equal(t, "zone", u.TZ, "America/New_York")
	_, err = api.GetUserInfo("U2")
	wantError(t, err, "user_not_found")
	team, err := api.GetTeamInfo()
	wantError(t, err, "")
	equal(t, "team", team.ID, fakeslack.TeamID)
	c, _, before, err := api.OpenConversation(&slackapi.OpenConversationParameters{Users: []string{"U1"}})
	wantError(t, err, "")
	equal(t, "channel and whether it was there", c.ID+" "+map[bool]string{false: "new"}[before], fakeslack.DMChannel("U1")+" new")
}

func TestMessages(t *testing.T) {
	s, api := start(t, func(o *fakeslack.Options) { o.Clock = newClock().Now })
	ts := s.Say("U1", "C1", "question")
	_, answer, err := api.PostMessage("C1", text("answer"), slackapi.MsgOptionTS(ts),
		slackapi.MsgOptionMetadata(slackapi.SlackMetadata{EventType: "answer", EventPayload: map[string]any{"key": "k1"}}))
	wantError(t, err, "")
	if answer <= ts || len(answer) != len("1234567890.123456") {
		t.Errorf("ts %q after %q", answer, ts)
	}
	equal(t, "thread", texts(s.Thread("C1", ts)), "question|answer")

	read := func(all bool) slackapi.SlackMetadata {
		t.Helper()
		messages, _, _, err := api.GetConversationReplies(&slackapi.GetConversationRepliesParameters{ChannelID: "C1", Timestamp: answer, IncludeAllMetadata: all})
		wantError(t, err, "")
		equal(t, "replies", len(messages), 2)
		return messages[1].Metadata
	}
	equal(t, "payload", read(true).EventPayload["key"], any("k1"))
	equal(t, "type alone", read(false).EventType, "answer")
	equal(t, "no payload", len(read(false).EventPayload), 0)

	_, _, _, err = api.UpdateMessage("C1", answer, text("better"))
	wantError(t, err, "")
	equal(t, "metadata stays", read(true).EventPayload["key"], any("k1"))
	m := s.Thread("C1", ts)[1]
	equal(t, "text", m.Text, "better")
	if m.EditedTS == "" {
		t.Error("not marked as edited")
	}
	_, _, _, err = api.UpdateMessage("C1", ts, text("mine"))
	wantError(t, err, "cant_update_message")
	_, _, err = api.DeleteMessage("C1", ts)
	wantError(t, err, "cant_delete_message")
	_, _, err = api.DeleteMessage("C1", answer)
	wantError(t, err, "")
	_, _, err = api.DeleteMessage("C1", answer)
	wantError(t, err, "message_not_found")
	equal(t, "deleted", texts(s.Deleted("C1")), "better")

	_, err = api.PostEphemeral("C1", "U1", text("psst"))
	wantError(t, err, "")
	equal(t, "ephemerals", texts(s.Ephemerals("U1")), "psst")
	_, err = api.PostEphemeral("C1", "U9", text("psst"))
	wantError(t, err, "user_not_in_channel")
	_, _, m2, err := api.PostMessageWithResponse("C1", text("late"), slackapi.MsgOptionTS("1.000000"))
	wantError(t, err, "")
	equal(t, "thread of a reply to nothing", m2.ThreadTimestamp, "")
}

func TestDeletedRootLeavesTombstone(t *testing.T) {
	s, api := start(t, nil)
	ts := s.Say("U1", "C1", "question")
	_, _, err := api.PostMessage("C1", text("answer"), slackapi.MsgOptionTS(ts))
	wantError(t, err, "")
	s.Delete("U1", "C1", ts)
	messages, _, _, err := api.GetConversationReplies(&slackapi.GetConversationRepliesParameters{ChannelID: "C1", Timestamp: ts})
	wantError(t, err, "")
	equal(t, "subtype", messages[0].SubType, "tombstone")
	equal(t, "reply", messages[1].Text, "answer")
}

func TestPages(t *testing.T) {
	s, api := start(t, nil)
	for _, word := range []string{"one", "two", "three"} {
		s.Say("U1", "C1", word)
	}
	p := &slackapi.GetConversationHistoryParameters{ChannelID: "C1", Limit: 2}
	first, err := api.GetConversationHistory(p)
	wantError(t, err, "")
	equal(t, "newest", first.Messages[0].Text+" "+first.Messages[1].Text, "three two")
	p.Cursor = first.ResponseMetaData.NextCursor
	second, err := api.GetConversationHistory(p)
	wantError(t, err, "")
	equal(t, "last page", second.Messages[0].Text, "one")
	equal(t, "more", second.HasMore, false)
}

func TestChannels(t *testing.T) {
	s, api := start(t, func(o *fakeslack.Options) { o.Scopes = []string{"chat:write", "files:write", "channels:history"} })
	post := func(channel string) error { _, _, err := api.PostMessage(channel, text("x")); return err }
	wantError(t, post("C404"), "channel_not_found")
	s.AddChannel(fakeslack.Channel{ID: "C1", Members: []string{"U1"}})
	wantError(t, post("C1"), "not_in_channel")
	s.AddChannel(fakeslack.Channel{ID: "G1", Members: []string{"U1"}})
	wantError(t, post("G1"), "channel_not_found")
	s.Join(fakeslack.BotUser, "C1")
	wantError(t, post("C1"), "")
	wantError(t, post("#c1"), "")
	s.Archive("C1")
	wantError(t, post("C1"), "is_archived")
	s.DM("U1", "hi")
	wantError(t, post("U1"), "")
	equal(t, "direct messages", texts(s.Messages("D1")), "hi|x")
}

func TestReactions(t *testing.T) {
	s, api := start(t, nil)
	ref := slackapi.NewRefToMessage("C1", s.Say("U1", "C1", "nice"))
	wantError(t, api.AddReaction("eyes", ref), "")
	wantError(t, api.AddReaction("eyes", ref), "already_reacted")
	equal(t, "reactions", s.Messages("C1")[0].Reactions[0].Name, "eyes")
	wantError(t, api.RemoveReaction("eyes", ref), "")
	wantError(t, api.RemoveReaction("eyes", ref), "no_reaction")
	equal(t, "left", len(s.Messages("C1")[0].Reactions), 0)
}

func TestFiles(t *testing.T) {
	s, api := start(t, nil)
	ts := s.Say("U1", "C1", "data?")
	upload := func(channel string) (*slackapi.FileSummary, error) {
		return api.UploadFile(slackapi.UploadFileParameters{Content: "a,b\n", FileSize: 4, Filename: "t.csv",
			Title: "Table", Channel: channel, ThreadTimestamp: ts, InitialComment: "here"})
	}
	f, err := upload("C1")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "content", string(s.File(f.ID).Content), "a,b\n")
	m := s.Thread("C1", ts)[1]
	equal(t, "message", m.Text+" "+m.Files[0], "here "+f.ID)
	info, _, _, err := api.GetFileInfo(f.ID, 0, 0)
	wantError(t, err, "")
	var got bytes.Buffer
	wantError(t, api.GetFile(info.URLPrivate, &got), "")
	equal(t, "downloaded", got.String(), "a,b\n")
	s.AddChannel(fakeslack.Channel{ID: "C2"})
	_, err = upload("C2")
	wantError(t, err, "CompleteUploadExternal: not_in_channel")
	equal(t, "title", s.File(f.ID).Title, "Table")
}

// TestPictures: what Slack shows of files in image blocks, and what it does not.
func TestPictures(t *testing.T) {
	s, api := start(t, nil)
	ts := s.Say("U1", "C1", "a chart?")
	const png = "\x89PNG\r\n\x1a\n0123456789"
	upload := func(content string) string {
		t.Helper()
		f, err := api.UploadFile(slackapi.UploadFileParameters{Content: content, FileSize: len(content), Filename: "chart.png", AltTxt: "a chart"})
		wantError(t, err, "")
		return f.ID
	}
	picture := func(id, url string) slackapi.MsgOption {
		return slackapi.MsgOptionBlocks(slackapi.NewImageBlockSlackFile(&slackapi.SlackFileObject{ID: id, URL: url}, "a chart", "", nil))
	}
	post := func(id, url string) error {
		_, _, err := api.PostMessage("C1", slackapi.MsgOptionText("x", false), picture(id, url), slackapi.MsgOptionTS(ts))
		return err
	}
	good := upload(png)
	wantError(t, post(good, ""), "")
	equal(t, "alt text", s.File(good).Alt, "a chart")
	equal(t, "shared", len(s.File(good).Channels), 0)
	wantError(t, post("F0FAKE99999", ""), "invalid_blocks")
	wantError(t, post("chart", ""), "invalid_blocks")
	wantError(t, post("", "https://example.org/x.png"), "invalid_blocks")
	wantError(t, post(upload("no picture"), ""), "invalid_blocks")
	_, err := api.PostEphemeral("C1", "U1", slackapi.MsgOptionText("x", false), picture(good, ""))
	wantError(t, err, "invalid_blocks")
	both := `[{"type":"image","alt_text":"x","image_url":"https://example.org/x.png","slack_file":{"id":"` + good + `"}}]`
	_, _, err = api.PostMessage("C1", slackapi.UnsafeMsgOptionEndpoint(s.APIURL()+"chat.postMessage", func(v url.Values) { v.Set("blocks", both) }))
	wantError(t, err, "invalid_blocks")

	unfinished, err := api.GetUploadURLExternalContext(t.Context(), slackapi.GetUploadURLExternalParameters{FileName: "c.png", FileSize: len(png)})
	wantError(t, err, "")
	wantError(t, post(unfinished.FileID, ""), "invalid_blocks")
	_, err = api.GetUploadURLExternalContext(t.Context(), slackapi.GetUploadURLExternalParameters{FileName: "c.png", FileSize: 1, AltTxt: strings.Repeat("x", 1001)})
	wantError(t, err, "alt_txt_too_large")

	s.ProcessSlowly(1)
	slow := upload(png)
	wantError(t, post(slow, ""), "invalid_blocks")
	wantError(t, post(slow, ""), "")

	s.Fail("upload", fakeslack.HTTPStatus(500), 1)
	_, err = api.UploadFile(slackapi.UploadFileParameters{Content: png, FileSize: len(png), Filename: "chart.png"})
	if err == nil || !strings.HasPrefix(err.Error(), "UploadToURL: ") {
		t.Errorf("an upload that fails: %v", err)
	}
}

func TestSessions(t *testing.T) {
	s, api := start(t, nil)
	ts := s.DM("U1", "hello")
	d := fakeslack.DMChannel("U1")
	_, err := api.SetAgentSessionStatus(slackapi.AgentSessionSetStatusParameters{Status: "processing", ChannelID: d, ThreadTS: ts, Title: "Hello"})
	wantError(t, err, "")
	_, err = api.SetAgentSessionStatus(slackapi.AgentSessionSetStatusParameters{Status: "dancing", ChannelID: d, ThreadTS: ts})
	wantError(t, err, "invalid_arguments")
	_, err = api.RenameAgentSession(slackapi.AgentSessionRenameParameters{Title: "Renamed", ChannelID: d, ThreadTS: ts})
	wantError(t, err, "")
	wantError(t, api.SetAssistantThreadsStatus(slackapi.AssistantThreadsSetStatusParameters{ChannelID: d, ThreadTS: ts, Status: "is thinking…"}), "")
	equal(t, "status", s.Session(d, ts).Status, "is thinking…")
	_, _, err = api.PostMessage(d, text("hi"), slackapi.MsgOptionTS(ts))
	wantError(t, err, "")
	got := s.Session(d, ts)
	equal(t, "session", got.Lifecycle+" "+got.Title+" "+got.Status, "processing Renamed ")
	prompts := slackapi.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: d, ThreadTS: ts}
	prompts.AddPrompt("Try", "people in Freedonia")
	wantError(t, api.SetAssistantThreadsSuggestedPrompts(prompts), "")
	equal(t, "with a thread", s.Prompts(d).Ignored+len(s.Prompts(d).Prompts), 1)
	prompts.ThreadTS = ""
	wantError(t, api.SetAssistantThreadsSuggestedPrompts(prompts), "")
	equal(t, "prompt", s.Prompts(d).Prompts[0].Message, "people in Freedonia")
}

func TestFormsAndJSON(t *testing.T) {
	s, _ := start(t, nil)
	s.Say("U1", "C1", "x")
	call := func(kind, body string) string {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.APIURL()+"chat.postMessage", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Authorization", "Bearer "+bot)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	blocks := `[{"type":"section","text":{"type":"mrkdwn","text":"hi"}}]`
	call("application/json; charset=utf-8", `{"channel":"C1","text":"json","blocks":`+blocks+`}`)
	call("application/x-www-form-urlencoded", url.Values{"channel": {"C1"}, "text": {"form"}, "blocks": {blocks}}.Encode())
	equal(t, "posts", texts(s.Posts("C1")), "json|form")
	equal(t, "blocks", string(s.Posts("C1")[0].Blocks), string(s.Posts("C1")[1].Blocks))
	if got := call("application/json", "{"); !strings.Contains(got, "invalid_json") {
		t.Error(got)
	}
	if got := call("application/json", `{"channel":"C1","blocks":"no"}`); !strings.Contains(got, "invalid_blocks_format") {
		t.Error(got)
	}
}

func TestRates(t *testing.T) {
	c := newClock()
	s, api := start(t, func(o *fakeslack.Options) { o.Clock = c.Now })
	s.Say("U1", "C1", "x")
	s.Say("U1", "C2", "x")
	post := func(channel string) time.Duration {
		t.Helper()
		_, _, err := api.PostMessage(channel, text("y"))
		var limited *slackapi.RateLimitedError
		if errors.As(err, &limited) {
			return limited.RetryAfter
		}
		wantError(t, err, "")
		return 0
	}
	s.Limit("chat.postMessage", "C1", 1500*time.Millisecond, 1)
	equal(t, "other channel", post("C2"), 0)
	equal(t, "limited, rounded up", post("C1"), 2*time.Second)
	equal(t, "once", post("C1"), 0)
	s.LimitAll(c.Now().Add(30 * time.Second))
	equal(t, "all", post("C2"), 30*time.Second)
	c.pass(30 * time.Second)
	equal(t, "after", post("C2"), 0)

	s.PacePosts(2)
	equal(t, "burst", post("C1")+post("C1"), 0)
	equal(t, "paced", post("C1"), time.Second)
	equal(t, "another channel", post("C2"), 0)
	c.pass(time.Second)
	equal(t, "a second later", post("C1"), 0)
	equal(t, "recorded", s.Calls("chat.postMessage")[1].Answer, "ratelimited")
}

func TestFaults(t *testing.T) {
	s, api := start(t, nil)
	s.Say("U1", "C1", "x")
	post := func() error { _, _, err := api.PostMessage("C1", text("y")); return err }
	s.Fail("chat.postMessage", fakeslack.HTTPStatus(500), 1)
	var status slackapi.StatusCodeError
	if err := post(); !errors.As(err, &status) || status.Code != 500 {
		t.Errorf("got %v", err)
	}
	s.Fail("", fakeslack.ErrorCode("internal_error"), 1)
	wantError(t, post(), "internal_error")
	s.Fail("chat.postMessage", fakeslack.CutBefore(), 1)
	if post() == nil || len(s.Posts("C1")) != 0 {
		t.Error("posted though cut before")
	}
	s.Fail("chat.postMessage", fakeslack.CutAfter(), 1)
	if post() == nil || len(s.Posts("C1")) != 1 {
		t.Error("not posted though cut after")
	}
	s.Fail("chat.postMessage", fakeslack.Slow(20*time.Millisecond), 1)
	began := time.Now()
	wantError(t, post(), "")
	if time.Since(began) < 20*time.Millisecond {
		t.Error("not slow")
	}
	equal(t, "recorded", s.Calls("chat.postMessage")[3].Answer, "cut")
}

func TestUpdateWithTextTakesBlocksAway(t *testing.T) {
	s, api := start(t, nil)
	s.Say("U1", "C1", "x")
	_, ts, err := api.PostMessage("C1", text("a"), choices())
	wantError(t, err, "")
	_, _, _, err = api.UpdateMessage("C1", ts, text("b"), choices())
	wantError(t, err, "")
	m := s.Posts("C1")[0]
	equal(t, "with blocks", m.Text+m.EditedTS, "b")
	_, _, _, err = api.UpdateMessage("C1", ts, text("c"))
	wantError(t, err, "")
	m = s.Posts("C1")[0]
	equal(t, "without", m.Text+string(m.Blocks), "c")
	if m.EditedTS == "" {
		t.Error("not marked as edited")
	}
}
