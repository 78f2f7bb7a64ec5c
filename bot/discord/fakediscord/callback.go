package fakediscord

import (
	"net/http"
	"slices"
)

// callback is the first answer to an interaction
// (interactions/receiving-and-responding, "Create Interaction Response").
func (d *Discord) callback(r *request) answer {
	i := d.state.interactions[r.vars["interaction_id"]]
	if i == nil || i.Token != r.vars["interaction_token"] || i.expired && i.Callback == 0 {
		return refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	if out, bad := d.respond(r, i); bad {
		return out
	}
	if r.query.Get("with_response") == "true" {
		return ok(d.response(i))
	}
	return done()
}

// response is what an app gets that asks for what became of its answer.
func (d *Discord) response(i *interaction) object {
	about := object{"id": i.ID, "type": i.Kind}
	out := object{"interaction": about}
	if m := d.original(i); m != nil {
		about["response_message_id"] = m.ID
		about["response_message_loading"], about["response_message_ephemeral"] = m.Loading(), m.EphemeralTo != ""
		kind := i.Callback
		if kind == DeferredReply {
			kind = Reply
		}
		if kind == Reply || kind == Update {
			out["resource"] = object{"type": int(kind), "message": d.wireMessage(m)}
		}
	}
	return out
}

// respond takes an answer, whether it came by its end point or as the answer to
// an HTTP delivery; mu is held.
func (d *Discord) respond(r *request, i *interaction) (answer, bool) {
	if i.Callback != 0 {
		return refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged."), true
	}
	n := node{&checker{}, nil, r.object()}
	kind := Callback(whole(n.o, "type"))
	if n.oneOf("type", callbacksFor(i)...); len(n.c.problems) > 0 {
		return d.reject(r, n.c), true
	}
	data, _ := n.inner("data")
	if data.o == nil {
		data = node{n.c, []string{"data"}, object{}}
	}
	i.result = Answer{Interaction: i.ID, Callback: kind}
	if out, bad := d.apply(r, i, kind, data); bad {
		i.result = Answer{}
		return out, true
	}
	i.Callback = kind
	close(i.answered)
	d.touch()
	return answer{}, false
}

// callbacksFor are the answers that a kind of interaction can have: update only
// where there is a message, a modal not after a modal.
func callbacksFor(i *interaction) []int {
	switch i.Kind {
	case ping:
		return []int{int(Pong)}
	case autocomplete:
		return []int{int(Choices)}
	}
	kinds := []int{int(Reply), int(DeferredReply)}
	if i.on != nil && i.Kind != command {
		kinds = append(kinds, int(DeferredUpdate), int(Update))
	}
	if i.Kind != modalSubmit {
		kinds = append(kinds, int(ModalShown))
	}
	return kinds
}

// apply does what an answer says.
func (d *Discord) apply(r *request, i *interaction, kind Callback, data node) (answer, bool) {
	if out, bad := d.uploads(r, i); bad {
		return out, true
	}
	switch kind {
	case Reply:
		return d.applyReply(r, i, data)
	case DeferredReply:
		d.applyDeferral(r, i, data)
	case DeferredUpdate:
		i.Original = i.on.ID
		i.result.Message = *i.on
	case Update:
		return d.applyUpdate(r, i, data)
	case Choices:
		return d.applyChoices(r, i, data)
	case ModalShown:
		data.modal()
		if len(data.c.problems) > 0 {
			return d.reject(r, data.c), true
		}
		i.result.Modal = d.readModal(i, data.o)
	}
	return answer{}, false
}

// uploads refuses files where the app may not attach any. Discord's documentation
// has no more of it than app_permissions (interactions/receiving-and-responding).
func (d *Discord) uploads(r *request, i *interaction) (answer, bool) {
	if len(r.files) > 0 && d.appPermissions(i, d.state.channels[i.Channel])&AttachFiles == 0 {
		return refuse(http.StatusForbidden, 50013, "Missing Permissions"), true
	}
	return answer{}, false
}

func (d *Discord) applyReply(r *request, i *interaction, data node) (answer, bool) {
	b := newBody(data.c, data.path, data.o, r.files)
	if out, bad := d.accept(r, b); bad {
		return out, true
	}
	i.Original = d.answerWith(i, b, whole(data.o, "flags")&Ephemeral).ID
	i.result.Message = *d.original(i)
	return answer{}, false
}

// answerWith makes a message that answers an interaction; flags may have
// Ephemeral and that the app is thinking.
func (d *Discord) answerWith(i *interaction, b body, flags int) *Message {
	m := d.newMessage(d.state.channels[i.Channel], BotUser)
	m.Interaction, m.command = i.ID, d.metadata(i)
	if i.Kind == command {
		m.typed = 20
	}
	m.Flags = flags
	if flags&Ephemeral != 0 {
		m.EphemeralTo = i.User
	}
	d.fill(m, b, peopleOnly)
	d.publish(m)
	return m
}

// applyDeferral shows that the app is thinking. It can only say whether the
// answer will be private.
func (d *Discord) applyDeferral(r *request, i *interaction, data node) {
	for _, name := range []string{"content", "embeds", "components"} {
		if !empty(data.o[name]) {
			d.blame("%s: a deferral with %s, which is not shown", r.route.name(), name)
		}
	}
	if extra := whole(data.o, "flags") &^ Ephemeral; extra != 0 {
		d.blame("%s: a deferral with flags %d, which do nothing", r.route.name(), extra)
	}
	m := d.answerWith(i, body{node: node{data.c, nil, object{}}}, whole(data.o, "flags")&Ephemeral|loadingFlag)
	i.Original, i.deferred = m.ID, true
	i.result.Message = *m
}

func (d *Discord) applyUpdate(r *request, i *interaction, data node) (answer, bool) {
	b := editOf(i.on, data.c, data.path, data.o, r.files)
	if out, bad := d.accept(r, b); bad {
		return out, true
	}
	d.change(i.on, b)
	i.Original = i.on.ID
	i.result.Message = *i.on
	return answer{}, false
}

func (d *Discord) applyChoices(r *request, i *interaction, data node) (answer, bool) {
	data.required("choices")
	for _, choice := range data.list("choices", 0, maxChoices) {
		choice.choiceOf(i.focus)
		i.result.Choices = append(i.result.Choices, Choice{word(choice.o, "name"), choice.o["value"]})
	}
	if len(data.c.problems) > 0 {
		return d.reject(r, data.c), true
	}
	return answer{}, false
}

// original is the message that answers an interaction; nil if there is none, or
// none any more.
func (d *Discord) original(i *interaction) *Message {
	m := d.state.seen(i.User, i.Channel, i.Original)
	if i.Original == "" {
		return nil
	}
	return m
}

// webhook is the interaction that a webhook's address is of, while its token is
// good.
func (d *Discord) webhook(r *request) (*interaction, answer) {
	i := d.state.tokens[r.vars["webhook_token"]]
	switch {
	case i == nil || r.vars["webhook_id"] != AppID || i.Callback == 0:
		return nil, refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	case d.now().Sub(i.at) >= tokenLife:
		return nil, refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	}
	return i, answer{}
}

// followUp sends another message; after a deferral the first one is the answer
// itself (interactions/receiving-and-responding, "Followup Messages").
func (d *Discord) followUp(r *request) answer {
	i, out := d.webhook(r)
	if i == nil {
		return out
	}
	if out, bad := d.uploads(r, i); bad {
		return out
	}
	b := newBody(&checker{}, nil, r.object(), r.files)
	if out, bad := d.accept(r, b); bad {
		return out
	}
	if m := d.original(i); i.deferred && !i.started && m != nil {
		i.started = true
		d.finish(m, b)
		return ok(d.wireMessage(m))
	}
	if i.foreign() && len(i.FollowUps) >= maxFollowUps {
		return refuse(http.StatusBadRequest, 40094, "This interaction has hit the maximum number of follow up messages")
	}
	m := d.answerWith(i, b, whole(r.object(), "flags")&Ephemeral)
	i.FollowUps = append(slices.Clone(i.FollowUps), m.ID)
	return ok(d.wireMessage(m))
}

// finish puts an answer where the app was thinking.
func (d *Discord) finish(m *Message, b body) {
	m.Flags &^= loadingFlag
	d.change(m, b)
}

// answered is the message of an interaction that a call names.
func (d *Discord) answered(r *request) (*interaction, *Message, answer) {
	i, out := d.webhook(r)
	if i == nil {
		return nil, nil, out
	}
	id, named := r.vars["message_id"]
	if !named {
		id = i.Original
	}
	m := d.state.seen(i.User, i.Channel, id)
	if m == nil || id == "" || id != i.Original && !slices.Contains(i.FollowUps, id) {
		return nil, nil, unknownMessage
	}
	return i, m, answer{}
}

func (d *Discord) getWebhookMessage(r *request) answer {
	_, m, out := d.answered(r)
	if m == nil {
		return out
	}
	return ok(d.wireMessage(m))
}

func (d *Discord) editWebhookMessage(r *request) answer {
	i, m, out := d.answered(r)
	if m == nil {
		return out
	}
	if out, bad := d.uploads(r, i); bad {
		return out
	}
	b := editOf(m, &checker{}, nil, r.object(), r.files)
	if out, bad := d.accept(r, b); bad {
		return out
	}
	if m.ID == i.Original {
		i.started = true
	}
	d.finish(m, b)
	return ok(d.wireMessage(m))
}

func (d *Discord) deleteWebhookMessage(r *request) answer {
	_, m, out := d.answered(r)
	if m == nil {
		return out
	}
	d.remove(m)
	return done()
}
