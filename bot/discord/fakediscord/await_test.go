package fakediscord_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"reportbot/bot/discord/fakediscord"
)

// failed is a test that fails, and can end.
type failed struct {
	testing.TB
	said     []string
	cleanups []func()
}

func (f *failed) Helper() {}

func (f *failed) Cleanup(end func()) { f.cleanups = append(f.cleanups, end) }

func (f *failed) Errorf(format string, args ...any) {
	f.said = append(f.said, fmt.Sprintf(format, args...))
}

func (f *failed) Fatalf(format string, args ...any) {
	f.Errorf(format, args...)
	panic(f)
}

func (f *failed) end() {
	for _, end := range f.cleanups {
		end()
	}
}

func TestAwaitFails(t *testing.T) {
	d, w := start(t, fakediscord.Options{})
	d.Patience(10 * time.Millisecond)
	d.Say(w.ann, w.channel, "x")
	call(t, d, "POST", "/channels/1/messages", object{"content": "y"})
	f := &failed{TB: t}
	func() {
		defer func() { _ = recover() }()
		d.AwaitPosts(f, w.channel, 1)
	}()
	said := strings.Join(f.said, "\n")
	for _, part := range []string{"10ms", "messages in " + w.channel + ": 1", "POST /channels/{channel_id}/messages: 404"} {
		if !strings.Contains(said, part) {
			t.Errorf("%q is not in %q", part, said)
		}
	}
}

// TestMistakes: deeds that cannot be done fail the test that the fake was started
// by, and so do faults of the app that nobody took.
func TestMistakes(t *testing.T) {
	for says, deed := range map[string]func(*fakediscord.Discord, world){
		"there is no person":    func(d *fakediscord.Discord, w world) { d.Say("1", w.channel, "x") },
		"there is no channel":   func(d *fakediscord.Discord, w world) { d.Say(w.ann, "1", "x") },
		"is not in channel":     func(d *fakediscord.Discord, w world) { d.Say(w.ann, d.DMChannel(w.bob), "x") },
		"there is no command":   func(d *fakediscord.Discord, w world) { d.Slash(w.ann, w.channel, "nothing", nil) },
		"there is no option":    func(d *fakediscord.Discord, w world) { d.Slash(w.ann, w.channel, "ask", map[string]any{"x": 1}) },
		`"question" is missing`: func(d *fakediscord.Discord, w world) { d.Slash(w.ann, w.channel, "strict", nil) },
		"does not take 1": func(d *fakediscord.Discord, w world) {
			d.Slash(w.ann, w.channel, "strict", map[string]any{"question": 1})
		},
		"has no autocomplete": func(d *fakediscord.Discord, w world) {
			d.Autocomplete(w.ann, w.channel, "strict", map[string]any{"question": "q"}, "question")
		},
		"there is no such component": func(d *fakediscord.Discord, w world) { d.Press(w.ann, d.Say(w.ann, w.channel, "x"), "More") },
		"is not there for": func(d *fakediscord.Discord, w world) {
			d.Press(w.ann, fakediscord.Message{ID: "1", Channel: w.channel}, "More")
		},
		"no command is named": func(d *fakediscord.Discord, w world) { d.Slash(w.ann, w.channel, "", nil) },
		"has no members":      func(d *fakediscord.Discord, w world) { d.AddChannel(fakediscord.Channel{Kind: fakediscord.Group}) },
		"there is no guild":   func(d *fakediscord.Discord, w world) { d.AddChannel(fakediscord.Channel{Guild: "1"}) },
		"has no message":      func(d *fakediscord.Discord, w world) { d.Edit(w.bob, d.Say(w.ann, w.channel, "x"), "not mine") },
		"there is no route":   func(d *fakediscord.Discord, w world) { d.Limit("POST /nowhere", fakediscord.PerRoute, 0, 1) },
		"the app's fault":     func(d *fakediscord.Discord, w world) { call(t, d, "GET", "/nowhere", nil) },
	} {
		t.Run(says, func(t *testing.T) {
			f := &failed{TB: t}
			d, w := start(f, fakediscord.Options{})
			register(t, d, slash(nil), slash(object{"name": "strict", "options": []any{
				object{"type": 3, "name": "question", "description": "d", "required": true}}}))
			deed(d, w)
			f.end()
			if len(f.said) != 1 || !strings.Contains(f.said[0], says) {
				t.Errorf("said %q", f.said)
			}
		})
	}
}
