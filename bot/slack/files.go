package slack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
	"reportbot/bot/flow"
	"reportbot/bot/layout"
)

// A file is uploaded in three steps: asking for an address, sending the bytes
// there, and completing it (docs.slack.dev/messaging/working-with-files). One
// completed without a channel is the bot's alone until an image block shows it.
// No message that one person alone sees can have one (slackapi/node-slack-sdk#1790):
// what is wanted there goes to direct messages.

// uploaded remembers the files that were uploaded for posts, so that a post
// that is tried again uses the same. After a restart they are uploaded again: a
// file that nothing shows is seen by nobody.
type uploaded struct {
	mu  sync.Mutex
	ids map[string]string // by the post and the file's name
}

// mostUploaded is how many files are remembered. Where there are more they are
// all forgotten.
const mostUploaded = 2000

func (u *uploaded) get(key string) string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.ids[key]
}

func (u *uploaded) put(key, id string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ids == nil || len(u.ids) >= mostUploaded {
		u.ids = map[string]string{}
	}
	u.ids[key] = id
}

// upload sends the bytes of a file to Slack, once for each post, and returns its
// ID. It is complete only once complete was called.
func (s *Slack) upload(ctx context.Context, post bot.Post, name, alt string, content func() ([]byte, error)) (id string, err error) {
	key := post.ID + "\x00" + name
	if id := s.uploaded.get(key); id != "" {
		return id, nil
	}
	body, err := content()
	if err != nil {
		return "", &unsent{"it could not be drawn, by a fault of the program.", err}
	}
	to, err := s.api.GetUploadURLExternalContext(ctx, slackapi.GetUploadURLExternalParameters{FileName: name, FileSize: len(body), AltTxt: alt})
	if err != nil {
		return "", fmt.Errorf("asking where to upload a file: %w", err)
	}
	err = s.api.UploadToURL(ctx, slackapi.UploadToURLParameters{UploadURL: to.UploadURL, Filename: name, Reader: bytes.NewReader(body)})
	if err != nil {
		return "", fmt.Errorf("uploading a file: %w", withoutAddress(err))
	}
	s.uploaded.put(key, to.FileID)
	return to.FileID, nil
}

// complete makes an uploaded file one of Slack's: in a thread of a channel, or
// with the zero Target the bot's alone.
func (s *Slack) complete(ctx context.Context, id, title string, to bot.Target) error {
	_, err := s.api.CompleteUploadExternalContext(ctx, slackapi.CompleteUploadExternalParameters{
		Files: []slackapi.FileSummary{{ID: id, Title: title}}, Channel: to.Channel, ThreadTimestamp: to.Thread,
	})
	if err != nil {
		return fmt.Errorf("completing the upload of a file: %w", err)
	}
	return nil
}

// unsent is the error of a file that Slack will not take, with the reason in
// words for people, which go on behind a colon.
type unsent struct {
	reason string
	err    error
}

// Error is for operators.
func (u *unsent) Error() string { return u.err.Error() }

// Unwrap returns what Slack answered.
func (u *unsent) Unwrap() error { return u.err }

// uploadTries is how often a post is tried before it goes out without its file,
// where nobody can say that it will never be taken.
const uploadTries = 3

// unsendable is why the file of a post is given up, nil where it is to be tried
// again with the post: when Slack has had enough for now, when the program ends,
// and where the post itself would be refused for the same reason.
func unsendable(ctx context.Context, post bot.Post, err error) *unsent {
	var limited *slackapi.RateLimitedError
	var u *unsent
	code := codeOf(err)
	switch reason := uploadRefusal(code); {
	case errors.As(err, &u):
		return u
	case reason != "":
		return &unsent{reason, err}
	case errors.As(err, &limited), ctx.Err() != nil, fatal(err) != "", removal(code) != "":
		return nil
	case post.Try < uploadTries && mayPass(code):
		return nil
	}
	return &unsent{"Slack did not take it. Please try again later.", err}
}

// uploadTime is how long the files of a message may take, so that a post is not
// lost for them.
const uploadTime = 10 * time.Second

// mayPass says whether an error is of a kind that may be gone a little later.
func mayPass(code string) bool {
	switch code {
	case "", "fatal_error", "internal_error", "request_timeout", "service_unavailable":
		return true
	}
	return false
}

// uploadRefusal is why Slack will not take a file, in words for people, empty
// for other errors (docs.slack.dev/reference/methods/files.getUploadURLExternal
// and files.completeUploadExternal, errors).
func uploadRefusal(code string) string {
	switch code {
	case "missing_scope":
		return "this app lacks the permission files:write. Please ask those who run the bot to install it again."
	case "not_in_channel", "channel_not_found":
		return reasonNotIn
	case "file_uploads_disabled", "file_uploads_except_images_disabled", "file_type_not_allowed":
		return "this workspace does not let apps upload such files."
	case "file_upload_size_restricted", "storage_limit_reached":
		return "this workspace takes no more files."
	case "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel",
		"posting_to_channel_denied", "access_denied", "no_permission", "channel_is_limited_access", "team_access_not_granted", "ekm_access_denied", "user_is_restricted":
		return "I may not post files here."
	}
	return ""
}

// Why there is no file.
const (
	reasonNotIn    = "I am not in this channel. Please invite me first."
	reasonNotReady = "Slack has not made the picture ready in time. Please ask for it again."
)

// fileWaits are the waits between tries to show a file that Slack has taken and
// not processed yet. Nothing tells when it has: files.info would tell some of it,
// for a further permission (slackapi/java-slack-sdk#1349).
func fileWaits() []time.Duration {
	return []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 3 * time.Second}
}

// notReady says whether a message may have been refused for a file that is not
// processed yet: "invalid slack file" (slackapi/python-slack-sdk#1658).
func notReady(err error) bool {
	var answer slackapi.SlackErrorResponse
	if !errors.As(err, &answer) || answer.Err != "invalid_blocks" {
		return false
	}
	told := answer.ResponseMetadata.Messages
	return len(told) == 0 || strings.Contains(strings.Join(told, " "), "slack file")
}

// draw uploads the pictures of a message. Those that Slack does not take are
// left out, and the reason is told where somebody waits for them.
func (s *Slack) draw(ctx context.Context, post bot.Post, m message) (message, error) {
	bounded, cancel := context.WithTimeout(ctx, uploadTime)
	defer cancel()
	for _, p := range m.filed() {
		name := fmt.Sprintf("chart-%s-%d.png", fileReference(post), p.nth+1)
		id, err := s.upload(bounded, post, name, altText(p.spec, limitFileAlt), func() ([]byte, error) { return s.renderer.PNG(bounded, p.spec) })
		if err == nil {
			err = s.completeOnce(bounded, post, name, id, fileTitle(p.spec.Title))
		}
		if err == nil {
			p.block.SlackFile.ID = id
			continue
		}
		u := unsendable(ctx, post, err)
		if u == nil {
			return m, err
		}
		s.log.Warn("a chart could not be uploaded; its reply goes out without it", "message", post.ID, "error", err)
		return m.without(u.reason), nil
	}
	return m, nil
}

// completeOnce completes a picture that is the bot's alone.
func (s *Slack) completeOnce(ctx context.Context, post bot.Post, name, id, title string) error {
	key := post.ID + "\x00" + name + "\x00complete"
	if s.uploaded.get(key) != "" {
		return nil
	}
	if err := s.complete(ctx, id, title, bot.Target{}); err != nil {
		return err
	}
	s.uploaded.put(key, id)
	return nil
}

// putCharted posts a message, or changes the one of the ts, with its charts:
// where Slack does not take its own, as files, and where it does not show these,
// without them.
func (s *Slack) putCharted(ctx context.Context, post bot.Post, part int, m message, ts string) (message, error) {
	err := s.putReady(ctx, post, part, m, ts)
	if m.hasOwn() && badForm(codeOf(err)) {
		s.log.Warn("Slack does not take a chart of its own; it is posted as a picture", "message", post.ID, "error", err)
		if m, err = s.draw(ctx, post, m.allFiled()); err != nil {
			return m, err
		}
		err = s.putReady(ctx, post, part, m, ts)
	}
	if len(m.filed()) > 0 && badForm(codeOf(err)) {
		s.log.Warn("Slack does not show a chart; its reply goes out without it", "message", post.ID, "error", err)
		m = m.without(reasonNotReady)
		err = s.putAs(ctx, post, part, m, ts)
	}
	return m, err
}

// putReady posts a message once Slack has processed the files that it shows, if
// that does not take too long.
func (s *Slack) putReady(ctx context.Context, post bot.Post, part int, m message, ts string) error {
	err := s.putAs(ctx, post, part, m, ts)
	for _, wait := range s.fileWaits {
		if len(m.filed()) == 0 || !notReady(err) {
			break
		}
		if !flow.Pause(ctx, wait) {
			return ctx.Err()
		}
		err = s.putAs(ctx, post, part, m, ts)
	}
	return err
}

// fileReference is in the names of a reply's files, by which they are found again.
func fileReference(post bot.Post) string {
	sum := sha256.Sum256([]byte(replyTo(post)))
	return hex.EncodeToString(sum[:6])
}

func fileTitle(text string) string {
	return layout.Shortened(layout.OneLine(bot.Printable(text)), mostTitle)
}
