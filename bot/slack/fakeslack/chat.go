package fakeslack

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// content is what a call wants to be shown.
type content struct {
	text                string
	blocks, attachments json.RawMessage
	metadata            *Metadata
	files               []string
	given               args
}

// readContent reads and checks text, blocks, attachments and metadata.
func readContent(a args) (content, *refusal) {
	c := content{text: a.text("text"), blocks: a.raw("blocks"), attachments: a.raw("attachments"), given: a}
	if utf8.RuneCountInString(c.text) > maxText {
		return c, refuse("msg_too_long")
	}
	if a.given("markdown_text") {
		if c.text != "" || c.blocks != nil {
			return c, refuse("markdown_text_conflict")
		}
		c.text = a.text("markdown_text")
		if utf8.RuneCountInString(c.text) > maxMarkdown {
			return c, refuse("msg_too_long")
		}
	}
	if refused := checkBlocks(c.blocks, maxMessageBlocks); refused != nil {
		return c, refused
	}
	if refused := checkAttachments(c.attachments); refused != nil {
		return c, refused
	}
	var refused *refusal
	c.metadata, refused = readMetadata(a.raw("metadata"))
	return c, refused
}

// content reads and checks what a message is to show, to is the only one who
// sees it; mu is held.
func (s *Slack) content(a args, to string) (content, *refusal) {
	c, refused := readContent(a)
	if refused == nil {
		refused = s.showable(c.blocks, to)
	}
	return c, refused
}

// empty tells whether there is nothing to show.
func (c content) empty() bool {
	return c.text == "" && hollow(c.blocks) && hollow(c.attachments)
}

// hollow tells whether JSON of a list has nothing in it.
func hollow(list json.RawMessage) bool {
	trimmed := bytes.TrimSpace(list)
	return len(trimmed) == 0 || string(trimmed) == "[]" || string(trimmed) == "null"
}

func readMetadata(raw json.RawMessage) (*Metadata, *refusal) {
	if raw == nil || string(raw) == "{}" || string(raw) == `""` {
		return nil, nil
	}
	if len(raw) > maxMetadata {
		return nil, refuse("metadata_too_large")
	}
	var m Metadata
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, refuse("invalid_metadata_format")
	}
	payload := string(m.EventPayload)
	if m.EventType == "" && (payload == "" || payload == "null" || payload == "{}") {
		return nil, nil // clients send it where there is none
	}
	if m.EventType == "" || !bytes.HasPrefix(m.EventPayload, []byte("{")) {
		return nil, refuse("invalid_metadata_schema")
	}
	return &m, nil
}

// target is the channel that a call wants to write in: an id, a person's id or
// "#name".
func (s *Slack) target(id string) (*Channel, *refusal) {
	st := &s.state
	if st.users[id] != nil && strings.HasPrefix(id, "U") {
		return st.direct(id), nil
	}
	c := st.channels[id]
	if name, ok := strings.CutPrefix(id, "#"); ok {
		for _, other := range st.channels {
			if other.Name == name {
				c = other
			}
		}
	}
	switch {
	case c == nil, c.Kind != Public && !c.has(BotUser):
		return nil, refuse("channel_not_found")
	case c.Archived:
		return nil, refuse("is_archived")
	case !c.has(BotUser) && !s.granted("chat:write.public"):
		return nil, refuse("not_in_channel")
	}
	return c, nil
}

// postMessage is chat.postMessage.
func (s *Slack) postMessage(a args) (object, *refusal) {
	c, refused := s.target(a.text("channel"))
	if refused != nil {
		return nil, refused
	}
	what, refused := s.content(a, "")
	if refused != nil {
		return nil, refused
	}
	if what.empty() {
		return nil, refuse("no_text")
	}
	m := s.message(c, what, a.text("thread_ts"), a.flag("reply_broadcast"))
	return object{"channel": c.ID, "ts": m.TS, "message": s.state.wire(m, true)}, nil
}

// message adds a message of the app; mu is held. A thread whose root is not there
// gets no reply: the message comes outside it (slack-go, chat.go,
// PostMessageWithResponseContext).
func (s *Slack) message(c *Channel, what content, thread string, broadcast bool) *Message {
	if root := s.state.find(c.ID, thread); root == nil || root.Thread != "" || root.gone(&s.state) {
		thread = ""
	}
	m := &Message{
		TS: s.state.ts(s.now()), Thread: thread, Channel: c.ID, User: BotUser, App: true,
		Text: what.text, Blocks: what.blocks, Attachments: what.attachments, Metadata: what.metadata, Files: what.files,
		Broadcast: broadcast && thread != "",
	}
	s.state.add(m)
	// A status goes with the reply (docs.slack.dev/reference/methods/assistant.threads.setStatus).
	s.clearStatus(c.ID, thread)
	s.emitMessage(c, s.state.wire(m, true))
	return m
}

// own is the app's message that a call wants to change.
func (s *Slack) own(a args, denied string) (*Channel, *Message, *refusal) {
	c := s.state.channels[a.text("channel")]
	if c == nil {
		return nil, nil, refuse("channel_not_found")
	}
	m := s.state.find(c.ID, a.text("ts"))
	switch {
	case m == nil, m.Deleted:
		return nil, nil, refuse("message_not_found")
	case !m.App:
		return nil, nil, refuse(denied)
	case c.Archived:
		return nil, nil, refuse("is_archived")
	}
	return c, m, nil
}

// updateMessage is chat.update. Text without blocks takes the blocks away; else
// what is not given stays, and an empty list or object removes it. A message
// changed with blocks is not marked as edited
// (docs.slack.dev/reference/methods/chat.update, "blocks").
func (s *Slack) updateMessage(a args) (object, *refusal) {
	c, m, refused := s.own(a, "cant_update_message")
	if refused != nil {
		return nil, refused
	}
	what, refused := s.content(a, "")
	if refused != nil {
		return nil, refused
	}
	if what.empty() && !a.given("metadata") {
		return nil, refuse("no_text")
	}
	s.change(c, m, what)
	return object{"channel": c.ID, "ts": m.TS, "text": m.Text, "message": s.state.wire(m, true)}, nil
}

// change puts new content in a message; mu is held.
func (s *Slack) change(c *Channel, m *Message, what content) {
	before := s.state.wire(m, true)
	text := what.given.given("text") || what.given.given("markdown_text")
	blocks := what.given.given("blocks")
	if text {
		m.Text = what.text
	}
	if text || blocks {
		m.Blocks = what.blocks
	}
	if what.given.given("attachments") {
		m.Attachments = what.attachments
	}
	if what.given.given("metadata") {
		m.Metadata = what.metadata
	}
	if !blocks {
		m.EditedTS = s.state.ts(s.now())
	}
	s.emitChanged(c, s.state.wire(m, true), before)
}

// deleteMessage is chat.delete.
func (s *Slack) deleteMessage(a args) (object, *refusal) {
	c, m, refused := s.own(a, "cant_delete_message")
	if refused != nil {
		return nil, refused
	}
	s.remove(c, m)
	return object{"channel": c.ID, "ts": m.TS}, nil
}

// remove deletes a message; mu is held.
func (s *Slack) remove(c *Channel, m *Message) {
	before := s.state.wire(m, true)
	m.Deleted = true
	s.emitDeleted(c, m.TS, before)
	s.touch()
}

// postEphemeral is chat.postEphemeral.
func (s *Slack) postEphemeral(a args) (object, *refusal) {
	c, refused := s.target(a.text("channel"))
	if refused != nil {
		return nil, refused
	}
	user := a.text("user")
	if !slices.Contains(c.Members, user) {
		return nil, refuse("user_not_in_channel")
	}
	what, refused := s.content(a, user)
	if refused != nil {
		return nil, refused
	}
	if what.empty() {
		return nil, refuse("no_text")
	}
	m := s.whisper(c.ID, user, a.text("thread_ts"), what)
	return object{"message_ts": m.TS}, nil
}

// whisper shows a message to one person; mu is held.
func (s *Slack) whisper(channel, user, thread string, what content) *Message {
	m := &Message{
		TS: s.state.ts(s.now()), Thread: thread, Channel: channel, User: BotUser, App: true, EphemeralTo: user,
		Text: what.text, Blocks: what.blocks, Attachments: what.attachments,
	}
	s.state.ephemerals[user] = append(s.state.ephemerals[user], m)
	s.touch()
	return m
}
