package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

const promptText = "> "

// prompt runs a conversation on a terminal with a line editor.
func (a *App) prompt(ctx context.Context, talk *chat, in, out *os.File) error {
	past, err := openHistory(a.historyFile())
	if err != nil {
		fmt.Fprintf(a.Err, "Notice: what you type is not kept for the next time: %v\n", err)
	}
	defer past.close()
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return fmt.Errorf("the terminal cannot be used: %w", err)
	}
	defer term.Restore(int(in.Fd()), before)

	editor := newEditor(talk, past, struct {
		io.Reader
		io.Writer
	}{in, out})
	fmt.Fprint(editor, "Ask about the report. Tab completes; \"help\" says more; \"quit\" or Ctrl-D ends.\n\n")
	err = detached(ctx, func() error {
		return talk.run(ctx, func() (string, error) {
			talk.style.width = width(out)
			if width, height, err := term.GetSize(int(out.Fd())); err == nil && width > 0 {
				editor.SetSize(width, height)
			}
			line, err := editor.ReadLine()
			if errors.Is(err, term.ErrPasteIndicator) {
				err = nil
			}
			return line, err
		})
	})
	editor.SetBracketedPasteMode(false)
	io.WriteString(out, "\r\n")
	return err
}

// newEditor is the line editor of a conversation, which then prints through it.
func newEditor(talk *chat, past *history, screen io.ReadWriter) *term.Terminal {
	editor := term.NewTerminal(screen, talk.style.paint(bold, promptText))
	editor.SetBracketedPasteMode(true)
	editor.History = past
	completion := newCompleter(talk.engine.Report())
	editor.AutoCompleteCallback = func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' {
			return "", 0, false
		}
		return completion.next(line, pos)
	}
	talk.out = editor
	return editor
}
