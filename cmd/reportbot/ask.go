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
	Batch    bool     `xor:"how" help:"Read questions from standard input, one JSON object a line; write one JSON object a line in the same order."`
	Code     string   `xor:"how" placeholder:"CODE" help:"Answer the query that an answer's code names, instead of a question."`
}

// Help gives examples.
func (*askCommand) Help() string {
	return fmt.Sprintf(`Exit code: 0 answered, 1 not answered (unclear, not in the report, or out of its scope), 2 bad usage or unreadable data. With --batch: 0 when the input was read to its end.

Examples:

    reportbot ask "{question 1}"
    reportbot ask "{question 2}"
    reportbot ask --format json "{question 3}"
    reportbot ask --code "{code}"
    echo "{question 1}" | reportbot ask -
    reportbot ask --batch <questions.jsonl >answers.jsonl

A line of a batch is {"id":"q1","conversation":"c1","question":"…"}; id and conversation may be left out. Lines of one conversation share context, so that a follow-up edits the question before it; the contexts of the %d conversations last used are kept. A line that is no such object, or is longer than %d bytes, gets {"error":"line N: …"} in its place.`,
		maxConversations, maxLine)
}

// Validate refuses what does not go together.
func (c *askCommand) Validate() error {
	asked := len(c.Question) > 0
	other := c.Batch || c.Code != ""
	switch {
	case asked && other:
		return errors.New("a question cannot be given beside --batch or --code")
	case !asked && !other:
		return errors.New(`no question; as in: reportbot ask "…"`)
	}
	return nil
}

// Run answers.
func (c *askCommand) Run(ctx context.Context, a *App, all *commands) error {
	engine, err := all.engine()
	if err != nil {
		return err
	}
	if c.Batch {
		return newBatch(engine, maxConversations).run(ctx, a.In, a.Out)
	}
	answer, err := c.answer(ctx, engine, a.In)
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

func (c *askCommand) answer(ctx context.Context, engine *answers.Engine, in io.Reader) (answers.Answer, error) {
	if c.Code != "" {
		return engine.AskCode(c.Code)
	}
	question := strings.Join(c.Question, " ")
	if question == "-" {
		read, err := readQuestion(ctx, in)
		if err != nil {
			return answers.Answer{}, err
		}
		question = read
	}
	answer, _, err := ask(engine, question, answers.Context{})
	return answer, err
}

// readQuestion reads a question to the end of the input.
func readQuestion(ctx context.Context, in io.Reader) (question string, err error) {
	var text []byte
	err = detached(ctx, func() (err error) {
		text, err = io.ReadAll(io.LimitReader(in, maxQuestion))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("the question cannot be read: %w", err)
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}

func (c *askCommand) print(a *App, answer answers.Answer) error {
	if c.Format == "json" {
		return encoder(a.Out).Encode(answer)
	}
	return a.style().print(a.Out, answer)
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
