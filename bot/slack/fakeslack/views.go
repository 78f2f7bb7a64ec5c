package fakeslack

import (
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"
)

// View is a Home tab or a modal.
type View struct {
	ID, Type, Title, CallbackID, ExternalID, PrivateMetadata string
	Hash, User                                               string
	NotifyOnClose                                            bool
	Blocks                                                   json.RawMessage
	JSON                                                     json.RawMessage // as the app sent it
	root, previous                                           string
	current                                                  string // the conversation that the person was in when a modal was opened
}

// trigger lets the app open a view once, soon after a person's deed.
type trigger struct {
	user    string
	channel string // where the deed was done; empty: in no conversation
	at      time.Time
	used    bool
}

// newTrigger makes a trigger_id; mu is held.
func (s *Slack) newTrigger(user, channel string) string {
	id := s.state.next("trigger.")
	s.state.triggers[id] = &trigger{user: user, channel: channel, at: s.now()}
	return id
}

// pull uses a trigger_id (docs.slack.dev/reference/methods/views.open, errors).
func (s *Slack) pull(id string) (*trigger, *refusal) {
	t := s.state.triggers[id]
	switch {
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case s.now().Sub(t.at) > maxTriggerSeconds*time.Second:
		return nil, refuse("expired_trigger_id")
	}
	t.used = true
	return t, nil
}

// readView reads and checks a view.
func readView(raw json.RawMessage, want string) (View, *refusal) {
	if len(raw) > maxView {
		return View{}, refuse("view_too_large")
	}
	var o struct {
		Type            string          `json:"type"`
		Title           json.RawMessage `json:"title"`
		Submit          json.RawMessage `json:"submit"`
		Close           json.RawMessage `json:"close"`
		CallbackID      string          `json:"callback_id"`
		ExternalID      string          `json:"external_id"`
		PrivateMetadata string          `json:"private_metadata"`
		NotifyOnClose   bool            `json:"notify_on_close"`
		Blocks          json.RawMessage `json:"blocks"`
	}
	if json.Unmarshal(raw, &o) != nil || o.Blocks == nil {
		return View{}, badView("/view", "missing required field: blocks")
	}
	if o.Type != want {
		return View{}, badView("/view/type", "must be "+want)
	}
	if refused := checkBlocks(o.Blocks, maxViewBlocks); refused != nil {
		return View{}, refused
	}
	v := View{Type: o.Type, CallbackID: o.CallbackID, ExternalID: o.ExternalID, PrivateMetadata: o.PrivateMetadata,
		NotifyOnClose: o.NotifyOnClose, Blocks: o.Blocks, JSON: raw}
	if utf8.RuneCountInString(v.PrivateMetadata) > maxPrivate {
		return View{}, badView("/view/private_metadata", fmt.Sprintf("must be less than %d characters", maxPrivate+1))
	}
	if utf8.RuneCountInString(v.CallbackID) > maxID || utf8.RuneCountInString(v.ExternalID) > maxID {
		return View{}, badView("/view", fmt.Sprintf("ids must be less than %d characters", maxID+1))
	}
	if want == "home" {
		return v, nil
	}
	return v, v.modalTexts(o.Title, o.Submit, o.Close)
}

// modalTexts checks the title, which must be, and the buttons.
func (v *View) modalTexts(title, submit, closing json.RawMessage) *refusal {
	v.Title = plainText(title)
	if v.Title == "" {
		return badView("/view/title", "missing required field: title")
	}
	for _, raw := range []json.RawMessage{title, submit, closing} {
		if utf8.RuneCountInString(plainText(raw)) > maxModalTitle {
			return badView("/view", fmt.Sprintf("title, submit and close must be less than %d characters", maxModalTitle+1))
		}
	}
	if v.asks() && plainText(submit) == "" {
		return badView("/view/submit", "missing required field: submit") // a modal with input blocks needs it
	}
	return nil
}

// asks tells whether a view has input blocks.
func (v *View) asks() bool {
	blocks, _ := decodeBlocks(v.Blocks)
	for _, b := range blocks {
		if b["type"] == "input" {
			return true
		}
	}
	return false
}

func plainText(raw json.RawMessage) string {
	var t struct{ Text string }
	_ = json.Unmarshal(raw, &t) // nothing given has no text
	return t.Text
}

func badView(path, message string) *refusal {
	return &refusal{code: "invalid_arguments", extra: object{
		"response_metadata": object{"messages": []string{"[ERROR] " + message + " [json-pointer:" + path + "]"}}}}
}

// stamped gives a view what Slack adds; mu is held.
func (s *Slack) stamped(v View, id, user string) View {
	if v.ID = id; id == "" {
		v.ID = s.state.next("V")
	}
	v.User, v.Hash = user, s.state.next("hash.")
	return v
}

// wire is a view as calls and payloads show it.
func (v View) wire() object {
	var out object
	_ = json.Unmarshal(v.JSON, &out) // it was read before
	out["id"], out["team_id"], out["app_id"], out["bot_id"] = v.ID, TeamID, AppID, BotID
	out["hash"], out["root_view_id"], out["previous_view_id"] = v.Hash, v.root, v.previous
	out["blocks"] = withIDs(v.Blocks)
	return out
}

// publishView is views.publish.
func (s *Slack) publishView(a args) (object, *refusal) {
	user := a.text("user_id")
	if s.state.users[user] == nil {
		return nil, refuse("user_not_found")
	}
	v, refused := readView(a.raw("view"), "home")
	if refused != nil {
		return nil, refused
	}
	before := s.state.homes[user]
	if hash := a.text("hash"); hash != "" && hash != before.Hash {
		return nil, refuse("hash_conflict")
	}
	v = s.stamped(v, before.ID, user)
	v.root = v.ID
	s.state.homes[user] = v
	return object{"view": v.wire()}, nil
}

// openView is views.open.
func (s *Slack) openView(a args) (object, *refusal) { return s.showModal(a, false) }

// pushView is views.push.
func (s *Slack) pushView(a args) (object, *refusal) { return s.showModal(a, true) }

func (s *Slack) showModal(a args, push bool) (object, *refusal) {
	v, refused := readView(a.raw("view"), "modal")
	if refused != nil {
		return nil, refused
	}
	t, refused := s.pull(a.text("trigger_id"))
	if refused != nil {
		return nil, refused
	}
	v.current = t.channel
	if refused := s.stack(&v, t.user, push); refused != nil {
		return nil, refused
	}
	return object{"view": v.wire()}, nil
}

// stack shows a modal, on top of others if pushed; mu is held.
func (s *Slack) stack(v *View, user string, push bool) *refusal {
	open := s.state.modals[user]
	if !push {
		open = nil
	}
	if len(open) >= maxStack {
		return refuse("push_limit_reached")
	}
	*v = s.stamped(*v, "", user)
	v.root = v.ID
	if len(open) > 0 {
		v.root, v.previous = open[0].ID, open[len(open)-1].ID
	}
	s.state.modals[user] = append(open[:len(open):len(open)], *v)
	return nil
}

// updateView is views.update.
func (s *Slack) updateView(a args) (object, *refusal) {
	v, refused := readView(a.raw("view"), "modal")
	if refused != nil {
		return nil, refused
	}
	id, external, hash := a.text("view_id"), a.text("external_id"), a.text("hash")
	for user, open := range s.state.modals {
		for i, old := range open {
			if old.ID != id && (external == "" || old.ExternalID != external) {
				continue
			}
			if hash != "" && hash != old.Hash {
				return nil, refuse("hash_conflict")
			}
			return object{"view": s.replaceModal(user, i, v).wire()}, nil
		}
	}
	return nil, refuse("not_found")
}

// replaceModal puts a view in an open one's place; mu is held.
func (s *Slack) replaceModal(user string, i int, v View) View {
	old := s.state.modals[user][i]
	v = s.stamped(v, old.ID, user)
	v.root, v.previous, v.current = old.root, old.previous, old.current
	open := append([]View(nil), s.state.modals[user]...)
	open[i] = v
	s.state.modals[user] = open
	return v
}
