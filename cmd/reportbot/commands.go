package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"reportbot/answers"
)

// commands is the command line.
type commands struct {
	Help    helpFlag `short:"h" help:"Show help; after a command, that command's."`
	DataDir string   `name:"data" placeholder:"DIR" help:"Use the data package in this folder instead of the one built in."`

	Ask        askCommand        `cmd:"" help:"Answer a question."`
	Chat       chatCommand       `cmd:"" help:"Talk: questions and follow-ups at a prompt."`
	Serve      serveCommand      `cmd:"" help:"Run the bot on its chat platforms."`
	Config     configCommand     `cmd:"" help:"Check the configuration of serve."`
	Outbox     outboxCommand     `cmd:"" help:"List replies that could not be delivered, and put them back."`
	Slack      slackCommand      `cmd:"" help:"Set Slack up."`
	Discord    discordCommand    `cmd:"" help:"Set Discord up."`
	Digest     digestCommand     `cmd:"" help:"List, set up and change the digests of channels."`
	Unanswered unansweredCommand `cmd:"" help:"List what was asked and not answered, the most frequent first."`
	Data       dataCommand       `cmd:"" help:"Check the data, verify it against the report's text, or export it."`
	Version    versionCommand    `cmd:"" help:"Print the versions of the program and of the data."`
}

const about = `Answers questions about one published report: figures as printed, with their dates and caveats.

Start with: reportbot ask help`

// run reads the command line and does what it says.
func (a *App) run(ctx context.Context) error {
	var c commands
	parser, err := kong.New(&c, kong.Name("reportbot"), kong.Description(about), kong.Writers(a.Out, a.Err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.NoDefaultHelp(), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(a, &c))
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(helpLast(a.Args))
	if err != nil {
		return usageError(err)
	}
	return parsed.Run()
}

// helpLast turns "help ask" into "ask --help".
func helpLast(args []string) []string {
	if len(args) > 0 && args[0] == "help" {
		return append(append([]string{}, args[1:]...), "--help")
	}
	return args
}

// helpFlag is --help. It ends the parsing with errHelpShown.
type helpFlag bool

var errHelpShown = errors.New("help shown")

// IgnoreDefault keeps the flag from being set when it is not given.
func (helpFlag) IgnoreDefault() {}

// BeforeReset prints the help of the command that was parsed so far.
func (helpFlag) BeforeReset(parsed *kong.Context) error {
	if command := parsed.Selected(); command != nil {
		command.Detail = withExamples(command.Detail)
	}
	if err := parsed.PrintUsage(false); err != nil {
		return err
	}
	return errHelpShown
}

// withExamples puts questions about the report that is built in, and the code
// of an answer, where a help text has "{question 1}" and the like.
func withExamples(help string) string {
	if !strings.Contains(help, "{question") {
		return help
	}
	code, questions := "CODE", []string{"QUESTION"}
	if engine, err := (&commands{}).engine(); err == nil && len(engine.Report().Vocabulary.Examples) > 0 {
		questions = engine.Report().Vocabulary.Examples
		if a, _, err := ask(engine, questions[0], answers.Context{}); err == nil {
			code = a.Code
		}
	}
	pairs := []string{"{code}", code}
	for i := range 3 {
		pairs = append(pairs, fmt.Sprintf("{question %d}", i+1), questions[min(i, len(questions)-1)])
	}
	return strings.NewReplacer(pairs...).Replace(help)
}

// usageError is one line with a hint where to look.
func usageError(err error) error {
	var wrong *kong.ParseError
	if !errors.As(err, &wrong) || errors.Is(err, errHelpShown) || errors.Is(err, syscall.EPIPE) || wrong.Context == nil {
		return err
	}
	command := "reportbot"
	for _, p := range wrong.Context.Path {
		if p.Command != nil {
			command += " " + p.Command.Name
		}
	}
	message := err.Error()
	if command == "reportbot" && strings.HasPrefix(message, "unexpected argument") && !strings.Contains(message, "did you mean") {
		message += `; a question stands behind "ask"`
	}
	return fmt.Errorf("%s (see %s --help)", message, command)
}
