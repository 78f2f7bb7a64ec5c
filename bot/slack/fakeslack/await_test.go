package fakeslack_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"reportbot/bot/slack/fakeslack"
)

// failed is a test that fails.
type failed struct {
	testing.TB
	said []string
}

func (f *failed) Helper() {}

func (f *failed) Cleanup(func()) {}

func (f *failed) Errorf(format string, args ...any) {
	f.said = append(f.said, fmt.Sprintf(format, args...))
}

func (f *failed) Fatalf(format string, args ...any) {
	f.Errorf(format, args...)
	panic(f)
}

func TestAwaitFails(t *testing.T) {
	s, api := start(t, nil)
	s.Patience(10 * time.Millisecond)
	s.Say("U1", "C1", "x")
	_, _, err := api.PostMessage("C404", text("y"))
	wantError(t, err, "channel_not_found")
	f := &failed{TB: t}
	func() {
		defer func() { _ = recover() }()
		s.AwaitPosts(f, "C1", 1)
	}()
	said := strings.Join(f.said, "\n")
	for _, part := range []string{"10ms", "messages in C1: 1", "chat.postMessage: channel_not_found"} {
		if !strings.Contains(said, part) {
			t.Errorf("%q is not in %q", part, said)
		}
	}
}

// TestMistakes: deeds that cannot be done fail the test that Slack was started by.
func TestMistakes(t *testing.T) {
	deeds := map[string]func(s *fakeslack.Slack, ts string){
		"no element":        func(s *fakeslack.Slack, ts string) { s.Press("U1", fakeslack.Message{Channel: "C1", TS: ts}, "More") },
		"is not there":      func(s *fakeslack.Slack, _ string) { s.PressHome("U1", "More") },
		"no modal":          func(s *fakeslack.Slack, _ string) { s.Submit("U1", nil) },
		"has no message":    func(s *fakeslack.Slack, ts string) { s.Edit("U2", "C1", ts, "not mine") },
		"invalid character": func(s *fakeslack.Slack, _ string) { s.SendRaw([]byte("nonsense")) },
	}
	for says, deed := range deeds {
		t.Run(says, func(t *testing.T) {
			f := &ended{failed: failed{TB: t}}
			t.Cleanup(f.end)
			s := fakeslack.New(f, fakeslack.Options{})
			deed(s, s.Say("U1", "C1", "x"))
			if len(f.said) != 1 || !strings.Contains(f.said[0], says) {
				t.Errorf("said %q", f.said)
			}
		})
	}
}

// ended is a failed test that can end.
type ended struct {
	failed
	cleanups []func()
}

func (e *ended) Cleanup(f func()) { e.cleanups = append(e.cleanups, f) }

func (e *ended) end() {
	for _, f := range e.cleanups {
		f()
	}
}
