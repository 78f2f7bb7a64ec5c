package fakeslack

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// File is an uploaded file.
type File struct {
	ID, Name, Title string
	Content         []byte
	Channels        []string // where it is shared
	length          int
	uploaded        bool
}

// uploadURL is files.getUploadURLExternal.
func (s *Slack) uploadURL(a args) (object, *refusal) {
	length := a.number("length", 0)
	if a.text("filename") == "" || length <= 0 {
		return nil, refuse("invalid_arguments")
	}
	f := &File{ID: s.state.next("F"), Name: a.text("filename"), length: length}
	s.state.files[f.ID] = f
	return object{"upload_url": s.server.URL + "/upload/" + f.ID, "file_id": f.ID}, nil
}

// serveUpload takes the bytes, raw or as a form with a file.
func (s *Slack) serveUpload(w http.ResponseWriter, r *http.Request) {
	content, err := uploaded(r)
	if err != nil || !s.fill(strings.TrimPrefix(r.URL.Path, "/upload/"), content) {
		http.Error(w, "upload failed", http.StatusBadRequest)
		return
	}
	_, _ = w.Write([]byte("OK"))
}

// fill gives a file its bytes, once and as many as were announced.
func (s *Slack) fill(id string, content []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.state.files[id]
	if f == nil || f.uploaded || len(content) != f.length {
		return false
	}
	f.Content, f.uploaded = content, true
	s.touch()
	return true
}

func uploaded(r *http.Request) ([]byte, error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return io.ReadAll(r.Body)
	}
	part, _, err := r.FormFile("file")
	if err != nil {
		return nil, err
	}
	defer func() { _ = part.Close() }()
	return io.ReadAll(part)
}

// completeUpload is files.completeUploadExternal.
func (s *Slack) completeUpload(a args) (object, *refusal) {
	var wanted []struct{ ID, Title string }
	if json.Unmarshal(a.raw("files"), &wanted) != nil || len(wanted) == 0 {
		return nil, refuse("invalid_arguments")
	}
	for _, w := range wanted {
		if f := s.state.files[w.ID]; f == nil || !f.uploaded {
			return nil, refuse("file_not_found")
		}
	}
	channels, refused := s.sharedIn(a)
	if refused != nil {
		return nil, refused
	}
	what, refused := readContent(args{"text": encode(a.text("initial_comment")), "blocks": encode(string(a.raw("blocks")))})
	if refused != nil {
		return nil, refused
	}
	var ids []string
	var out []object
	for _, w := range wanted {
		f := s.state.files[w.ID]
		if f.Title = w.Title; w.Title == "" {
			f.Title = f.Name
		}
		ids = append(ids, w.ID)
		out = append(out, object{"id": f.ID, "title": f.Title})
	}
	for _, c := range channels {
		s.share(c, ids, what, a.text("thread_ts"))
	}
	return object{"files": out}, nil
}

// sharedIn are the channels that a file goes to. The app must be a member, with
// chat:write.public too (github.com/slackapi/python-slack-sdk issue 1426).
func (s *Slack) sharedIn(a args) ([]*Channel, *refusal) {
	var out []*Channel
	for id := range strings.SplitSeq(a.text("channels")+","+a.text("channel_id"), ",") {
		if id == "" {
			continue
		}
		c := s.state.channels[id]
		switch {
		case c == nil:
			return nil, refuse("channel_not_found")
		case !c.has(BotUser):
			return nil, refuse("not_in_channel")
		case c.Archived:
			return nil, refuse("is_archived")
		}
		out = append(out, c)
	}
	return out, nil
}

// share posts a message with files; mu is held.
func (s *Slack) share(c *Channel, ids []string, what content, thread string) {
	what.files = ids
	m := s.message(c, what, thread, false)
	for _, id := range ids {
		f := s.state.files[id]
		f.Channels = append(f.Channels, c.ID)
		s.emit("file_shared", object{"type": "file_shared", "file_id": id, "file": object{"id": id},
			"user_id": BotUser, "channel_id": c.ID, "event_ts": m.TS})
	}
}

// fileInfo is files.info.
func (s *Slack) fileInfo(a args) (object, *refusal) {
	f := s.state.files[a.text("file")]
	if f == nil {
		return nil, refuse("file_not_found")
	}
	return object{"file": object{"id": f.ID, "name": f.Name, "title": f.Title, "size": len(f.Content),
		"channels": f.Channels, "url_private": s.server.URL + "/files/" + f.ID}}, nil
}

// serveFile gives a file's bytes to who has the bot's token.
func (s *Slack) serveFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.state.files[strings.TrimPrefix(r.URL.Path, "/files/")]
	s.mu.Unlock()
	if f == nil || r.Header.Get("Authorization") != "Bearer "+s.options.BotToken {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(f.Content)
}
