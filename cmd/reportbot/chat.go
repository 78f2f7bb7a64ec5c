package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"reportbot/answers"
)

// chatCommand is a conversation.
type chatCommand struct{}

// Help gives examples.
func (chatCommand) Help() string {
	return `One conversation: a follow-up edits the question before it. On a terminal, Tab completes names, measures and example questions (again for the next match), and the arrow keys go through what was typed before.

Examples:

    reportbot chat
    reportbot chat <questions.txt`
}

const chatHelp = `Type a question, or a follow-up to the last one.
A number picks one of the questions shown; "reset" forgets the conversation; "quit" ends it.
`

// Run talks until the input ends or it is told to quit.
func (chatCommand) Run(ctx context.Context, a *App, all *commands) error {
	engine, err := all.engine()
	if err != nil {
		return err
	}
	talk := &chat{engine: engine, out: a.Out, style: a.style()}
	talk.style.numbered = true
	if in, out := terminal(a.In), terminal(a.Out); in != nil && out != nil && a.getenv("TERM") != "dumb" {
		return a.prompt(ctx, talk, in, out)
	}
	lines := newLineReader(a.In)
	return detached(ctx, func() error {
		return talk.run(ctx, func() (string, error) {
			line, _, err := lines.next()
			return string(line), err
		})
	})
}

// chat is one conversation and where its replies go.
type chat struct {
	engine  *answers.Engine
	out     io.Writer
	style   style
	context answers.Context
	choices []choice // what a number picks
}

// run replies to line after line until there are no more.
func (c *chat) run(ctx context.Context, next func() (string, error)) error {
	for ctx.Err() == nil {
		line, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("the input cannot be read: %w", err)
		}
		quit, err := c.say(line)
		if quit || err != nil {
			return err
		}
	}
	return ctx.Err()
}

// say replies to one line.
func (c *chat) say(line string) (quit bool, err error) {
	line = strings.TrimSpace(line)
	switch strings.ToLower(line) {
	case "":
		return false, nil
	case "quit", "exit":
		return true, nil
	case "reset":
		c.context, c.choices = answers.Context{}, nil
		_, err = io.WriteString(c.out, "The conversation is forgotten.\n\n")
		return false, err
	case "help", "?":
		if _, err := io.WriteString(c.out, chatHelp); err != nil {
			return false, err
		}
		line = "help"
	}
	return false, c.reply(c.picked(line))
}

// picked is the question that a number stands for, else the line itself.
func (c *chat) picked(line string) string {
	n, err := strconv.Atoi(strings.TrimSuffix(line, "."))
	if err != nil || n < 1 || n > len(c.choices) {
		return line
	}
	return c.choices[n-1].question
}

// reply answers a question. A fault costs this answer, not the conversation.
func (c *chat) reply(question string) error {
	a, next, err := ask(c.engine, question, c.context)
	if err != nil {
		_, err = fmt.Fprintf(c.out, "Sorry: %s.\n\n", errInternal)
		return err
	}
	c.context, c.choices = next, choices(a)
	if err := c.style.print(c.out, a); err != nil {
		return err
	}
	_, err = io.WriteString(c.out, "\n")
	return err
}

// ask puts a question to the engine. A panic in it is returned as an error.
func ask(engine *answers.Engine, question string, before answers.Context) (a answers.Answer, next answers.Context, err error) {
	defer func() {
		if p := recover(); p != nil {
			a, next, err = answers.Answer{}, before, fmt.Errorf("%w: %v", errInternal, p)
		}
	}()
	a, next, err = engine.Ask(question, before)
	if err != nil {
		return answers.Answer{}, before, fmt.Errorf("%w: %w", errInternal, err)
	}
	return a, next, nil
}

// errInternal is a fault of the program, not of what was asked.
var errInternal = errors.New("the question could not be answered, by a fault of the program")
