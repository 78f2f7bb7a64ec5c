package fakeslack

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// File is an uploaded file.
type File struct {
	ID, Name, Title string
	Alt             string // what it shows, in words
	Content         []byte
	Channels        []string // where it is shared
	length          int
	uploaded        bool
	completed       bool
	processing      int // how many more messages that show it are refused
}

// image tells whether a file can stand in an image block (Block Kit, slack file
// object): by its bytes, as Slack does.
func (f *File) image() bool {
	kind := http.DetectContentType(f.Content)
	return slices.Contains([]string{"image/png", "image/jpeg", "image/gif"}, kind)
}

// ProcessSlowly has files that are completed from now on refused in so many
// messages before they can be shown: Slack processes them behind its answer.
func (s *Slack) ProcessSlowly(messages int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.processing = messages
}

// uploadURL is files.getUploadURLExternal.
func (s *Slack) uploadURL(a args) (object, *refusal) {
	length := a.number("length", 0)
	if a.text("filename") == "" || length <= 0 {
		return nil, refuse("invalid_arguments")
	}
	if utf8.RuneCountInString(a.text("alt_txt")) > maxFileAlt {
		return nil, refuse("alt_txt_too_large")
	}
	f := &File{ID: s.state.next("F"), Name: a.text("filename"), Alt: a.text("alt_txt"), length: length}
	s.state.files[f.ID] = f
	return object{"upload_url": s.server.URL + "/upload/" + f.ID, "file_id": f.ID}, nil
}

// serveUpload takes the bytes, raw or as a form with a file.
func (s *Slack) serveUpload(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	fault := s.faults.next("upload")
	s.mu.Unlock()
	if fault.instead {
		s.write(w, fault.answer())
		return
	}
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
		f.completed, f.processing = true, s.processing
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

// showable refuses blocks with pictures that cannot be shown. to is the only one
// who sees them, if there is one: they cannot have any
// (github.com/slackapi/node-slack-sdk issue 1790). mu is held. Source of the
// answers: github.com/slackapi/python-slack-sdk issues 1521 and 1658.
func (s *Slack) showable(raw json.RawMessage, to string) *refusal {
	blocks, err := decodeBlocks(raw)
	if hollow(raw) || err != nil {
		return nil
	}
	c := &checker{}
	for i, block := range blocks {
		picture, is := block["slack_file"].(object)
		if !is {
			continue
		}
		path := fmt.Sprintf("/blocks/%d/slack_file", i)
		id, _ := picture["id"].(string)
		f := s.state.files[id]
		switch {
		case picture["url"] != nil: // not here
			c.fail(path, "invalid slack file")
		case !isFileID(id):
			c.fail(path+"/id", "input must match regex pattern: ^[F][A-Z0-9]{8,}$")
		case f == nil, !f.completed, !f.image(), to != "":
			c.fail(path, "invalid slack file")
		case f.processing > 0:
			f.processing--
			c.fail(path, "invalid slack file")
		}
	}
	return c.refusal()
}

// isFileID tells whether an id is like a file's: an F and eight capital letters
// or digits, or more.
func isFileID(id string) bool {
	return len(id) > 8 && id[0] == 'F' && !strings.ContainsFunc(id, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') })
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
