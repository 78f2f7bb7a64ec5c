package fakeslack

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// authTest is auth.test.
func (s *Slack) authTest(args) (object, *refusal) {
	return object{
		"url": "https://fake.slack.test/", "team": "Fake", "team_id": TeamID,
		"user": s.state.users[BotUser].Name, "user_id": BotUser, "bot_id": BotID, "is_enterprise_install": false,
	}, nil
}

// exportManifest is apps.manifest.export.
func (s *Slack) exportManifest(a args) (object, *refusal) {
	if a.text("app_id") != AppID || s.options.Manifest == nil {
		return nil, refuse("invalid_app_id")
	}
	return object{"manifest": json.RawMessage(s.options.Manifest)}, nil
}

// teamInfo is team.info.
func (s *Slack) teamInfo(args) (object, *refusal) {
	return object{"team": object{"id": TeamID, "name": "Fake", "domain": "fake", "email_domain": "fake.test"}}, nil
}

// userInfo is users.info, of one person or several.
func (s *Slack) userInfo(a args) (object, *refusal) {
	if !a.given("users") {
		u := s.state.users[a.text("user")]
		if u == nil {
			return nil, refuse("user_not_found")
		}
		return object{"user": u.wire()}, nil
	}
	var users []object
	for id := range strings.SplitSeq(a.text("users"), ",") {
		u := s.state.users[id]
		if u == nil {
			return nil, refuse("user_not_found")
		}
		users = append(users, u.wire())
	}
	return object{"users": users}, nil
}

func (u *User) wire() object {
	return object{
		"id": u.ID, "team_id": cmp.Or(u.Team, TeamID), "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted,
		"is_bot": u.Bot, "tz": u.TZ, "locale": u.Locale,
		"is_restricted": u.Restricted || u.UltraRestricted, "is_ultra_restricted": u.UltraRestricted, "is_stranger": u.Stranger,
		"profile": object{"real_name": u.RealName, "display_name": u.Name},
	}
}

func (c *Channel) wire() object {
	out := object{
		"id": c.ID, "is_archived": c.Archived, "is_channel": c.Kind == Public, "is_group": c.Kind == Private,
		"is_im": c.Kind == IM, "is_mpim": c.Kind == MPIM, "is_private": c.Kind != Public, "is_member": c.has(BotUser),
	}
	if c.Kind != IM {
		out["name"] = c.Name
		return out
	}
	for _, user := range c.Members {
		if user != BotUser {
			out["user"] = user
		}
	}
	return out
}

// conversationInfo is conversations.info.
func (s *Slack) conversationInfo(a args) (object, *refusal) {
	c := s.state.channels[a.text("channel")]
	if c == nil || c.Kind != Public && !c.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	if refused := s.need(c.Kind.scope() + ":read"); refused != nil {
		return nil, refused
	}
	return object{"channel": c.wire()}, nil
}

// conversationsOf is users.conversations: the channels of a person, private ones
// where the app is too (docs.slack.dev/reference/methods/users.conversations, user).
func (s *Slack) conversationsOf(a args) (object, *refusal) {
	user, types := a.text("user"), a.text("types")
	if user == "" {
		user = BotUser
	}
	if types == "" {
		types = "public_channel"
	}
	if s.state.users[user] == nil {
		return nil, refuse("user_not_found")
	}
	var kinds []Kind
	for name := range strings.SplitSeq(types, ",") {
		kind, known := map[string]Kind{"public_channel": Public, "private_channel": Private, "mpim": MPIM, "im": IM}[name]
		if !known {
			return nil, refuse("invalid_types")
		}
		if refused := s.need(kind.scope() + ":read"); refused != nil {
			return nil, refused
		}
		kinds = append(kinds, kind)
	}
	var found []object
	for _, c := range s.state.channelsOf(user) {
		if slices.Contains(kinds, c.Kind) && (c.Kind == Public || c.has(BotUser)) && !(c.Archived && a.flag("exclude_archived")) {
			found = append(found, c.wire())
		}
	}
	return listed("channels", found, a)
}

// listed is a page of a list.
func listed(name string, all []object, a args) (object, *refusal) {
	limit := a.number("limit", 100)
	if limit < 1 || limit > maxListed {
		return nil, refuse("invalid_limit")
	}
	from, ok := readCursor(a.text("cursor"))
	if !ok || from > len(all) {
		return nil, refuse("invalid_cursor")
	}
	to := min(from+limit, len(all))
	next := ""
	if to < len(all) {
		next = cursor(to)
	}
	return object{name: append([]object{}, all[from:to]...), "response_metadata": object{"next_cursor": next}}, nil
}

// openConversation is conversations.open.
func (s *Slack) openConversation(a args) (object, *refusal) {
	users := strings.Split(a.text("users"), ",")
	if id := a.text("channel"); id != "" {
		c := s.state.channels[id]
		if c == nil {
			return nil, refuse("channel_not_found")
		}
		return object{"channel": c.wire(), "no_op": true, "already_open": true}, nil
	}
	for _, id := range users {
		if s.state.users[id] == nil {
			return nil, refuse("user_not_found")
		}
	}
	c, before := s.conversationOf(users)
	if !a.flag("return_im") {
		return object{"channel": object{"id": c.ID}, "already_open": before, "no_op": before}, nil
	}
	return object{"channel": c.wire(), "already_open": before, "no_op": before}, nil
}

func (s *Slack) conversationOf(users []string) (_ *Channel, before bool) {
	if len(users) == 1 {
		before = s.state.channels[dm(users[0])] != nil
		return s.state.direct(users[0]), before
	}
	slices.Sort(users)
	id := "G" + strings.Join(users, "")
	before = s.state.channels[id] != nil
	c := s.state.channel(id, users[0])
	c.Kind = MPIM
	for _, user := range users {
		c.join(user)
	}
	return c, before
}

// readable is the channel that a call wants to read.
func (s *Slack) readable(a args) (*Channel, *refusal) {
	c := s.state.channels[a.text("channel")]
	if c == nil {
		return nil, refuse("channel_not_found")
	}
	if refused := s.need(c.Kind.scope() + ":history"); refused != nil {
		return nil, refused
	}
	switch {
	case !c.has(BotUser) && c.Kind != Public:
		return nil, refuse("channel_not_found")
	case !c.has(BotUser):
		return nil, refuse("not_in_channel")
	}
	return c, nil
}

// replies is conversations.replies: the root, then replies, oldest first. ts is
// that of any message of the thread.
func (s *Slack) replies(a args) (object, *refusal) {
	c, refused := s.readable(a)
	if refused != nil {
		return nil, refused
	}
	m := s.state.find(c.ID, a.text("ts"))
	if m == nil || m.gone(&s.state) {
		return nil, refuse("thread_not_found")
	}
	root := m.TS
	if m.Thread != "" {
		root = m.Thread
	}
	all := s.state.thread(c.ID, root)
	kept := slices.DeleteFunc(all, func(m *Message) bool { return m.TS != root && (m.Deleted || !between(m.TS, a)) })
	return s.page(kept, a, 1000)
}

// history is conversations.history: newest first, without replies in threads.
func (s *Slack) history(a args) (object, *refusal) {
	c, refused := s.readable(a)
	if refused != nil {
		return nil, refused
	}
	var kept []*Message
	for _, m := range slices.Backward(s.state.messages[c.ID]) {
		if (m.Thread == "" || m.Broadcast) && !m.gone(&s.state) && between(m.TS, a) {
			kept = append(kept, m)
		}
	}
	return s.page(kept, a, 100)
}

// between tells whether a message is in the span asked for. All ts have the same
// length, so they compare as text; a bound in whole seconds does so too.
func between(ts string, a args) bool {
	oldest, latest := a.text("oldest"), a.text("latest")
	if a.flag("inclusive") && (ts == oldest || ts == latest) {
		return true
	}
	return (oldest == "" || oldest == "0" || ts > oldest) && (latest == "" || ts < latest)
}

// page is a part of the messages, and where the next begins.
func (s *Slack) page(messages []*Message, a args, usual int) (object, *refusal) {
	limit := a.number("limit", usual)
	if limit < 1 || limit > 1000 {
		return nil, refuse("invalid_limit")
	}
	from, ok := readCursor(a.text("cursor"))
	if !ok || from > len(messages) {
		return nil, refuse("invalid_cursor")
	}
	to := min(from+limit, len(messages))
	shown := []object{}
	for _, m := range messages[from:to] {
		shown = append(shown, s.state.wire(m, a.flag("include_all_metadata")))
	}
	out := object{"messages": shown, "has_more": to < len(messages)}
	if to < len(messages) {
		out["response_metadata"] = object{"next_cursor": cursor(to)}
	}
	return out, nil
}

// cursor says where a page begins, in a form that nobody should read.
func cursor(from int) string {
	return base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(from)))
}

func readCursor(cursor string) (from int, ok bool) {
	if cursor == "" {
		return 0, true
	}
	text, err := base64.StdEncoding.DecodeString(cursor)
	if err != nil {
		return 0, false
	}
	from, err = strconv.Atoi(strings.TrimPrefix(string(text), "next:"))
	return from, err == nil && from >= 0
}
