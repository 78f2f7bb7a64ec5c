package fakeslack

import (
	"encoding/json"
	"slices"
)

// Session is the agent session of a thread.
type Session struct {
	Lifecycle string // active, processing, suspended or closed; "" if there is none
	Title     string
	Status    string   // "is thinking…", until the reply
	Statuses  []string // all that Status ever was
}

// Prompts are suggested at the top of a conversation with the app.
type Prompts struct {
	Title   string
	Prompts []Prompt
	// Ignored is how often prompts came with a thread_ts: where the app is an
	// agent that says ok and does nothing (docs.slack.dev/ai/migrating-to-agent-messaging).
	Ignored int
}

// Prompt is one of them.
type Prompt struct {
	Title   string `json:"title"`
	Message string `json:"message"`
}

// withSession changes the session of the thread that a call names.
func (s *Slack) withSession(a args, change func(*Session)) *refusal {
	channel, thread := a.text("channel_id"), a.text("thread_ts")
	c := s.state.channels[channel]
	switch {
	case c == nil, !c.has(BotUser):
		return refuse("channel_not_found")
	case thread != "" && s.state.find(channel, thread) == nil:
		return refuse("thread_not_found")
	}
	key := channel + " " + thread
	session := s.state.sessions[key]
	change(&session)
	s.state.sessions[key] = session
	return nil
}

// setSession is agents.sessions.setStatus.
func (s *Slack) setSession(a args) (object, *refusal) {
	status := a.text("status")
	if !slices.Contains([]string{"active", "processing", "suspended", "closed"}, status) {
		return nil, refuse("invalid_arguments")
	}
	var title string
	refused := s.withSession(a, func(x *Session) {
		if x.Lifecycle == "" {
			x.Title = a.text("title") // a later call does not change it
		}
		x.Lifecycle, title = status, x.Title
	})
	return object{"status": status, "agent_status": status, "title": title}, refused
}

// renameSession is agents.sessions.rename.
func (s *Slack) renameSession(a args) (object, *refusal) {
	title := a.text("title")
	refused := s.withSession(a, func(x *Session) { x.Title = title })
	return object{"title": title}, refused
}

// setThreadStatus is assistant.threads.setStatus; no text clears the status.
func (s *Slack) setThreadStatus(a args) (object, *refusal) {
	return nil, s.withSession(a, func(x *Session) {
		x.Status = a.text("status")
		x.Statuses = append(slices.Clone(x.Statuses), x.Status)
	})
}

// setThreadTitle is assistant.threads.setTitle.
func (s *Slack) setThreadTitle(a args) (object, *refusal) {
	return nil, s.withSession(a, func(x *Session) { x.Title = a.text("title") })
}

// setPrompts is assistant.threads.setSuggestedPrompts.
func (s *Slack) setPrompts(a args) (object, *refusal) {
	channel := a.text("channel_id")
	if s.state.channels[channel] == nil {
		return nil, refuse("channel_not_found")
	}
	shown := s.state.prompts[channel]
	if a.text("thread_ts") != "" {
		shown.Ignored++
		s.state.prompts[channel] = shown
		return nil, nil
	}
	var prompts []Prompt
	if json.Unmarshal(a.raw("prompts"), &prompts) != nil || len(prompts) > maxPrompts {
		return nil, refuse("invalid_arguments")
	}
	shown.Title, shown.Prompts = a.text("title"), prompts
	s.state.prompts[channel] = shown
	return nil, nil
}

// clearStatus ends the status of a thread; mu is held.
func (s *Slack) clearStatus(channel, thread string) {
	key := channel + " " + thread
	if session, there := s.state.sessions[key]; there {
		session.Status = ""
		s.state.sessions[key] = session
	}
}

// StopSession presses the button that stops an agent's work in a thread.
func (s *Slack) StopSession(user, channel, thread string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.channel(channel, user)
	s.emit("agent_session_stopped", object{"type": "agent_session_stopped", "channel": channel, "thread_ts": thread,
		"user": user, "event_ts": s.state.ts(s.now())})
}
