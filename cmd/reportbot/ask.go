package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/sheet"
)

// askCommand answers one question, one code, or a stream of questions.
type askCommand struct {
	Question []string `arg:"" optional:"" help:"The question; several arguments are joined by a space. \"-\" reads it from standard input."`
	Format   string   `enum:"text,json,csv,markdown" default:"text" placeholder:"text|json|csv|markdown" help:"How the answer is printed."`
	Chart    picture  `placeholder:"[FILE.png|FILE.svg]" help:"Draw the figures as bars below the text, or into a file."`
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
    reportbot ask --format csv "{question 3}" >figures.csv
    reportbot ask --chart "{question 3}"
    reportbot ask --chart figures.svg "{question 3}"
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
	case c.Batch && (c.Chart.asked || c.Format != "text" && c.Format != "json"):
		return errors.New("--batch writes JSON; --chart and other formats are for one question")
	case c.Chart.asked && c.Chart.file == "" && c.Format != "text":
		return errors.New("--chart without a file draws below the text, so that it needs --format text")
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
	if answer, err = c.formed(engine, answer); err != nil {
		return err
	}
	if err := c.print(a, answer); err != nil {
		return err
	}
	if c.Chart.file != "" {
		if err := c.Chart.write(ctx, answer); err != nil {
			return err
		}
	}
	return outcome(answer)
}

// formed is the answer in the form that the command line asks for; the question may ask for one, too.
func (c *askCommand) formed(engine *answers.Engine, answer answers.Answer) (answers.Answer, error) {
	form := answer.Form
	switch {
	case c.Chart.asked:
		form = answers.FormChart
	case c.Format == "csv":
		form = answers.FormCSV
	}
	if form == answer.Form {
		return answer, nil
	}
	again, err := engine.AskCodeAs(answer.Code, form)
	if err != nil {
		return answer, fmt.Errorf("%w: %w", errInternal, err)
	}
	again.Question = answer.Question
	return again, nil
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
	switch c.Format {
	case "json":
		return encoder(a.Out).Encode(answer)
	case "csv":
		return printCSV(a.Out, answer)
	case "markdown":
		_, err := io.WriteString(a.Out, bot.Printable(sheet.Markdown(&answer)))
		return err
	}
	style := a.style()
	style.drawn = c.Chart.file != ""
	return style.print(a.Out, answer)
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
