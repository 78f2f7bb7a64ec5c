package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"reportbot/answers"
)

// askCommand answers one question, one code, or a stream of questions.
type askCommand struct {
	Question []string `arg:"" optional:"" help:"The question; several arguments are joined by a space. \"-\" reads it from standard input."`
	Format   string   `enum:"text,json" default:"text" placeholder:"text|json" help:"How the answer is printed."`
	Batch    bool     `help:"Read questions from standard input, one JSON object a line, and write one JSON answer a line in the same order."`
	Code     string   `placeholder:"CODE" help:"Answer the query that an answer's code names, instead of a question."`
}

// Validate refuses what does not go together.
func (c *askCommand) Validate() error {
	ways := 0
	for _, used := range []bool{len(c.Question) > 0, c.Batch, c.Code != ""} {
		if used {
			ways++
		}
	}
	switch ways {
	case 0:
		return errors.New(`give a question, as in: reportbot ask "…"`)
	case 1:
		return nil
	}
	return errors.New("give one of a question, --batch and --code")
}

// Run answers.
func (c *askCommand) Run(ctx context.Context, a *App, all *commands) error {
	engine, err := all.engine()
	if err != nil {
		return err
	}
	if c.Batch {
		return newBatch(engine).run(ctx, a.In, a.Out)
	}
	answer, err := c.answer(engine, a.In)
	if err != nil {
		return err
	}
	if err := c.print(a, answer); err != nil {
		return err
	}
	return outcome(answer)
}

// maxQuestion is how much of a question is read from standard input; the
// engine refuses far shorter ones.
const maxQuestion = 1 << 20

func (c *askCommand) answer(engine *answers.Engine, in io.Reader) (answers.Answer, error) {
	if c.Code != "" {
		return engine.AskCode(c.Code)
	}
	question := strings.Join(c.Question, " ")
	if question == "-" {
		text, err := io.ReadAll(io.LimitReader(in, maxQuestion))
		if err != nil {
			return answers.Answer{}, fmt.Errorf("the question cannot be read: %w", err)
		}
		question = strings.TrimRight(string(text), "\r\n")
	}
	answer, _, err := engine.Ask(question, answers.Context{})
	return answer, err
}

func (c *askCommand) print(a *App, answer answers.Answer) error {
	if c.Format == "json" {
		return encoder(a.Out).Encode(answer)
	}
	_, err := fmt.Fprintln(a.Out, answer.Text)
	return err
}

// encoder writes JSON with "<" and ">" as they are: figures carry them.
func encoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// outcome is the error, nil or not, that stands for an answer's status.
func outcome(answer answers.Answer) error {
	switch answer.Status {
	case answers.Answered, answers.HelpStatus:
		return nil
	}
	return errNotAnswered
}
