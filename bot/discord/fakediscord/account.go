package fakediscord

import (
	"encoding/hex"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

func (d *Discord) getGateway(*request) answer { return ok(object{"url": d.gatewayURL("")}) }

// getGatewayBot tells how to connect (events/gateway, "Get Gateway Bot").
func (d *Discord) getGatewayBot(*request) answer {
	used := within(d.gateway.starts, time.Now(), identifyDay)
	reset := time.Duration(0)
	if len(used) > 0 {
		reset = identifyDay - time.Since(used[0])
	}
	return ok(object{"url": d.gatewayURL(""), "shards": d.options.Shards, "session_start_limit": object{
		"total": d.options.Identifies, "remaining": max(d.options.Identifies-len(used), 0),
		"reset_after": reset.Milliseconds(), "max_concurrency": d.options.MaxConcurrency}})
}

func (d *Discord) getMe(*request) answer {
	out := d.state.wireUser(BotUser)
	out["mfa_enabled"], out["locale"], out["verified"], out["email"] = false, "en-US", true, nil
	return ok(out)
}

func (d *Discord) getApplication(*request) answer {
	out := object{"id": AppID, "name": d.state.users[BotUser].Name, "icon": nil, "description": "", "type": nil,
		"bot": d.state.wireUser(BotUser), "verify_key": hex.EncodeToString(d.PublicKey()), "flags": 0, "flags_new": "0",
		"redirect_uris": []string{}, "interactions_endpoint_url": nil, "role_connections_verification_url": nil,
		"owner": d.state.wireUser(BotUser), "approximate_guild_count": len(d.state.guilds), "approximate_user_install_count": 0,
		"approximate_user_authorization_count": 0, "explicit_content_filter": 0, "team": nil, "eligible_oauth2_scopes": []string{},
		"bot_public": true, "bot_require_code_grant": false}
	installs := object{}
	for _, kind := range d.options.Installs {
		installs[strconv.Itoa(kind)] = object{"oauth2_install_params": object{"scopes": []string{"applications.commands"}, "permissions": "0"}}
	}
	out["integration_types_config"] = installs
	if d.options.InteractionsURL != "" {
		out["interactions_endpoint_url"] = d.options.InteractionsURL
	}
	return ok(out)
}

func (d *Discord) createDM(r *request) answer {
	user := d.state.users[word(r.object(), "recipient_id")]
	if user == nil {
		return refuse(http.StatusNotFound, 10013, "Unknown User")
	}
	return ok(d.state.wireChannel(d.state.direct(user.ID, d.now())))
}

func (d *Discord) getChannel(r *request) answer {
	c, out := d.channel(r, ViewChannel)
	if c == nil {
		return out
	}
	return ok(d.state.wireChannel(c))
}

// trigger shows that the bot types.
func (d *Discord) trigger(r *request) answer {
	c, out := d.channel(r, ViewChannel|SendMessages)
	if c == nil {
		return out
	}
	d.state.typing = append(d.state.typing, c.ID)
	return done()
}

// channel is the channel of a call, if the bot may do there what is needed.
func (d *Discord) channel(r *request, needed Permission) (*Channel, answer) {
	c := d.state.channels[r.vars["channel_id"]]
	switch {
	case c == nil:
		return nil, refuse(http.StatusNotFound, 10003, "Unknown Channel")
	case !d.state.may(c, ViewChannel):
		return nil, refuse(http.StatusForbidden, 50001, "Missing Access")
	case !d.state.may(c, needed):
		return nil, refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	return c, answer{}
}

// serveAttachment gives the files of messages.
func (d *Discord) serveAttachment(w http.ResponseWriter, r *http.Request) {
	id := path.Base(path.Dir(r.URL.Path))
	d.mu.Lock()
	found := d.state.attachment(id, strings.Split(r.URL.Path, "/")[2])
	d.mu.Unlock()
	if found == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", found.ContentType)
	_, _ = w.Write(found.Data)
}

func (s *State) attachment(id, channel string) *Attachment {
	lists := [][]*Message{s.messages[channel]}
	for _, list := range s.ephemerals {
		lists = append(lists, list)
	}
	for _, list := range lists {
		for _, m := range list {
			for _, a := range m.Attachments {
				if a.ID == id {
					return &a
				}
			}
		}
	}
	return nil
}
