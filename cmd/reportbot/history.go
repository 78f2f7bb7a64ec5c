package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reportbot/bot"
)

// maxHistory is how many typed lines are kept.
const maxHistory = 1000

// history is what was typed at the prompt, also before. It satisfies
// term.History.
type history struct {
	lines []string // the oldest first
	file  *os.File // nil: not kept
}

// historyFile is where typed lines are kept: in the user's state folder. ""
// means that there is no such folder.
func (a *App) historyFile() string {
	state := a.getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) {
		home := a.getenv("HOME")
		if home == "" {
			return ""
		}
		state = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(state, "reportbot", "history")
}

// openHistory reads the lines kept in a file, which it makes for the user
// alone. After an error the history works, and is not kept.
func openHistory(name string) (*history, error) {
	h := &history{}
	if name == "" {
		return h, errors.New("no folder for it (HOME is not set)")
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return h, err
	}
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return h, err
	}
	h.lines = slices.DeleteFunc(strings.Split(bot.Printable(string(text)), "\n"), func(s string) bool { return s == "" })
	if len(h.lines) > 2*maxHistory {
		if err := shorten(name, h.lines[len(h.lines)-maxHistory:]); err != nil {
			return h, err
		}
	}
	h.lines = h.lines[max(0, len(h.lines)-maxHistory):]
	h.file, err = os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	return h, err
}

// shorten puts a file of these lines alone in the place of the old one.
func shorten(name string, lines []string) error {
	f, err := os.CreateTemp(filepath.Dir(name), "history-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(lines, "\n") + "\n")
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// Add notes a line, unless it repeats the last one. A line that cannot be
// written is kept for this session.
func (h *history) Add(line string) {
	if line == "" || len(h.lines) > 0 && h.lines[len(h.lines)-1] == line {
		return
	}
	h.lines = append(h.lines, line)
	if len(h.lines) > maxHistory {
		h.lines = h.lines[1:]
	}
	if h.file != nil {
		fmt.Fprintln(h.file, line)
	}
}

// Len is the number of lines.
func (h *history) Len() int { return len(h.lines) }

// At is a line, counted from 0, the latest.
func (h *history) At(i int) string { return h.lines[len(h.lines)-1-i] }

func (h *history) close() {
	if h.file != nil {
		h.file.Close()
	}
}
