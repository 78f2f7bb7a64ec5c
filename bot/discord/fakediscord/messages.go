package fakediscord

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

var unknownMessage = refuse(http.StatusNotFound, 10008, "Unknown Message")

// listMessages are the newest first (resources/message, "Get Channel Messages").
func (d *Discord) listMessages(r *request) answer {
	c, out := d.channel(r, ReadHistory)
	if c == nil {
		return out
	}
	most := 50
	if n, err := strconv.Atoi(r.query.Get("limit")); err == nil {
		most = min(max(n, 1), 100)
	}
	before, after := r.query.Get("before"), r.query.Get("after")
	list := []object{}
	for _, m := range slices.Backward(d.state.messages[c.ID]) {
		if !m.Deleted && (before == "" || older(m.ID, before)) && (after == "" || older(after, m.ID)) && len(list) < most {
			list = append(list, d.wireFor(m, d.contentOn()))
		}
	}
	return ok(list)
}

// older compares ids by age.
func older(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }

// contentOn tells whether the app's settings let it read all messages.
func (d *Discord) contentOn() bool { return d.options.Privileged&MessageContent != 0 }

func (d *Discord) getMessage(r *request) answer {
	c, out := d.channel(r, ReadHistory)
	if c == nil {
		return out
	}
	m := d.state.find(c.ID, r.vars["message_id"])
	if m == nil || m.Deleted {
		return unknownMessage
	}
	return ok(d.wireFor(m, d.contentOn()))
}

// createMessage is resources/message, "Create Message".
func (d *Discord) createMessage(r *request) answer {
	c, out := d.channel(r, sendingIn(d.state.channels[r.vars["channel_id"]]))
	if c == nil {
		return out
	}
	b := newBody(&checker{}, nil, r.object(), r.files)
	if out, bad := d.accept(r, b); bad {
		return out
	}
	if out, bad := d.sendable(c, b); bad {
		return out
	}
	nonce := nonceOf(r.object())
	if m := d.sent(c, nonce, r.object()); m != nil {
		return ok(d.withNonce(m))
	}
	m := d.newMessage(c, BotUser)
	m.Nonce = nonce
	if out, bad := d.reply(r, m); bad {
		return out
	}
	d.fill(m, b, everyone)
	d.publish(m)
	return ok(d.withNonce(m))
}

// withNonce is a message as it comes right after it was made. One that is read
// later has no nonce (discord.js.org/docs, Message#nonce; not in Discord's own
// documentation).
func (d *Discord) withNonce(m *Message) object {
	out := d.wireMessage(m)
	if m.Nonce != "" {
		out["nonce"] = m.Nonce
	}
	return out
}

// sendingIn is what a bot needs to write in a channel.
func sendingIn(c *Channel) Permission {
	if c != nil && c.Kind == Thread {
		return SendInThreads
	}
	return SendMessages
}

// accept checks a message against the limits.
func (d *Discord) accept(r *request, b body) (answer, bool) {
	b.check()
	if nonce := nonceOf(b.o); len(nonce) > maxNonce {
		b.bad("nonce", "NONCE_TYPE_TOO_LONG", "Nonce must be %d or fewer in length.", maxNonce)
	}
	if len(b.c.problems) > 0 {
		return d.reject(r, b.c), true
	}
	d.lostPictures(r, b)
	if b.vacant() && !b.edit {
		d.blame("%s: the message is empty", r.route.name())
		return emptyMessage, true
	}
	return answer{}, false
}

var emptyMessage = refuse(http.StatusBadRequest, 50006, "Cannot send an empty message")

// lostPictures blames the app for pictures of embeds that are not among the
// message's files, or are no pictures: they are taken, and not shown (reference,
// "Using Attachments within Embeds").
func (d *Discord) lostPictures(r *request, b body) {
	for _, e := range b.list("embeds", 0, maxEmbeds) {
		for _, name := range []string{"image", "thumbnail"} {
			media, _ := e.inner(name)
			file, isUpload := strings.CutPrefix(word(media.o, "url"), "attachment://")
			if !isUpload {
				continue
			}
			kind, there := b.has(file)
			switch {
			case !there:
				d.blame("%s: an embed shows %q, which was not uploaded", r.route.name(), file)
			case !strings.HasPrefix(kind, "image/") && kind != "application/octet-stream": // the latter Discord finds out
				d.blame("%s: an embed shows %q, which is %s", r.route.name(), file, kind)
			}
		}
	}
}

func nonceOf(o object) string {
	if o["nonce"] == nil {
		return ""
	}
	return fmt.Sprint(o["nonce"])
}

// sendable decides on what does not lie in the message itself: none of it is the
// app's fault.
func (d *Discord) sendable(c *Channel, b body) (answer, bool) {
	switch {
	case c.Locked:
		return refuse(http.StatusBadRequest, 50083, "Thread is archived"), true
	case len(b.files) > 0 && !d.state.may(c, AttachFiles):
		return refuse(http.StatusForbidden, 50013, "Missing Permissions"), true
	case c.Kind == DM && slices.ContainsFunc(c.Members, func(id string) bool { u := d.state.users[id]; return u != nil && u.NoDMs }):
		return refuse(http.StatusForbidden, 50007, "Cannot send messages to this user"), true
	}
	if !d.state.may(c, EmbedLinks) {
		// They are not shown (topics/permissions). What becomes of a message that
		// has nothing else is not documented.
		delete(b.o, "embeds")
	}
	return emptyMessage, b.vacant()
}

// sent is the message that was made of the same nonce before, if the app asks
// for that (resources/message, "Create Message": enforce_nonce).
func (d *Discord) sent(c *Channel, nonce string, o object) *Message {
	if nonce == "" || !flag(o, "enforce_nonce") {
		return nil
	}
	for _, m := range slices.Backward(d.state.messages[c.ID]) {
		if d.now().Sub(m.at) >= nonceMemory {
			break
		}
		if m.App && m.Nonce == nonce {
			return m
		}
	}
	return nil
}

// newMessage is a message without anything in it; mu is held.
func (d *Discord) newMessage(c *Channel, author string) *Message {
	now := d.now()
	return &Message{ID: d.state.id(now), Channel: c.ID, Guild: c.Guild, Author: author, App: author == BotUser, at: now}
}

// reply makes a message the answer to another (resources/message, "Message
// Reference"). That the other is gone is not the app's fault.
func (d *Discord) reply(r *request, m *Message) (answer, bool) {
	reference, is := r.object()["message_reference"].(object)
	if !is {
		return answer{}, false
	}
	id := word(reference, "message_id")
	first := d.state.find(m.Channel, id)
	if first != nil && !first.Deleted {
		m.ReplyTo, m.typed = id, 19
		return answer{}, false
	}
	if must, given := reference["fail_if_not_exists"].(bool); given && !must {
		return answer{}, false
	}
	c := &checker{}
	c.bad([]string{"message_reference"}, "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
	return answer{status: http.StatusBadRequest, body: object{"message": "Invalid Form Body", "code": 50035, "errors": c.tree()}}, true
}

// who is whom a message notifies if it has no allowed_mentions.
type who int

const (
	everyone   who = iota // a bot's message: all
	peopleOnly            // an answer to an interaction (resources/message, "Allowed Mentions Object")
)

// fill puts into a message what a body names.
func (d *Discord) fill(m *Message, b body, otherwise who) {
	o := b.o
	if text, given := o["content"]; given {
		m.Content, _ = text.(string)
	}
	d.attach(m, b)
	if list, given := o["embeds"]; given {
		m.Embeds = d.keepEmbeds(m, list)
	}
	if list, given := o["components"]; given {
		m.Components = d.keepComponents(m, list)
	}
	const settable = SuppressEmbeds | Silent | ComponentsV2
	if _, given := o["flags"]; given {
		m.Flags = m.Flags&^(SuppressEmbeds) | whole(o, "flags")&settable
	}
	d.ping(m, o, otherwise)
}

// attach puts files into a message: uploads, with what is said of them, and in
// an edit those of before that are listed, or all if none is.
func (d *Discord) attach(m *Message, b body) {
	said := map[string]string{}
	listed, given := b.o["attachments"].([]any)
	for _, item := range listed {
		a, _ := item.(object)
		said[fmt.Sprint(a["id"])] = word(a, "description")
	}
	if given {
		m.Attachments = slices.DeleteFunc(slices.Clone(m.Attachments), func(a Attachment) bool { _, stays := said[a.ID]; return !stays })
	}
	for _, f := range b.files {
		m.Attachments = append(m.Attachments, Attachment{ID: d.state.id(d.now()), Filename: f.name, ContentType: f.kind,
			Description: said[f.number], Data: f.data})
	}
}

// ping decides whom a message notifies.
func (d *Discord) ping(m *Message, o object, otherwise who) {
	m.mentioned, m.Pings = mentionsIn(m.Content), nil
	allowed, given := o["allowed_mentions"].(object)
	parse, users := texts(allowed["parse"]), texts(allowed["users"])
	if !given {
		parse = []string{"users"}
		if otherwise == everyone {
			parse = []string{"users", "roles", "everyone"}
		}
	}
	for _, id := range m.mentioned {
		if slices.Contains(parse, "users") || slices.Contains(users, id) {
			m.Pings = append(m.Pings, id)
		}
	}
	loud := strings.Contains(m.Content, "@everyone") || strings.Contains(m.Content, "@here")
	if loud && slices.Contains(parse, "everyone") {
		m.Pings = append(m.Pings, "everyone")
	}
	d.pingReplied(m, !given || flag(allowed, "replied_user"))
}

// pingReplied adds the author of the message that is answered.
func (d *Discord) pingReplied(m *Message, on bool) {
	first := d.state.find(m.Channel, m.ReplyTo)
	if first == nil || !on || slices.Contains(m.Pings, first.Author) {
		return
	}
	m.Pings = append(m.Pings, first.Author)
	if !slices.Contains(m.mentioned, first.Author) {
		m.mentioned = append(m.mentioned, first.Author)
	}
}

// publish adds a message and tells of it; mu is held.
func (d *Discord) publish(m *Message) {
	d.state.add(m)
	d.emitMessage("MESSAGE_CREATE", m)
	d.touch()
}

// own is the bot's message that a call changes.
func (d *Discord) own(r *request) (*Message, answer) {
	c, out := d.channel(r, ViewChannel)
	if c == nil {
		return nil, out
	}
	m := d.state.find(c.ID, r.vars["message_id"])
	if m == nil || m.Deleted {
		return nil, unknownMessage
	}
	return m, answer{}
}

func (d *Discord) editMessage(r *request) answer {
	m, out := d.own(r)
	if m == nil {
		return out
	}
	if m.Author != BotUser {
		return refuse(http.StatusForbidden, 50005, "Cannot edit a message authored by another user")
	}
	b := editOf(m, &checker{}, nil, r.object(), r.files)
	if out, bad := d.accept(r, b); bad {
		return out
	}
	d.change(m, b)
	return ok(d.wireMessage(m))
}

// change edits a message; mu is held. The V2 flag cannot be taken away
// (resources/message, "Message Flags").
func (d *Discord) change(m *Message, b body) {
	d.fill(m, b, peopleOnly)
	m.Edits, m.EditedAt = m.Edits+1, d.now()
	d.emitMessage("MESSAGE_UPDATE", m)
	d.touch()
}

func (d *Discord) deleteMessage(r *request) answer {
	m, out := d.own(r)
	if m == nil {
		return out
	}
	if c := d.state.channels[m.Channel]; m.Author != BotUser && !d.state.may(c, ManageMessages) {
		return refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	d.remove(m)
	return done()
}

// remove deletes a message; mu is held.
func (d *Discord) remove(m *Message) {
	m.Deleted = true
	gone := object{"id": m.ID, "channel_id": m.Channel}
	if m.Guild != "" {
		gone["guild_id"] = m.Guild
	}
	if m.EphemeralTo == "" {
		d.emit(m.Guild, d.intentFor(m.Guild), "MESSAGE_DELETE", gone)
	}
	d.touch()
}
