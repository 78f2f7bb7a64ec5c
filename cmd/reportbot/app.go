package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"reportbot/answers"
	"reportbot/data"
)

// The exit codes.
const (
	exitOK          = 0
	exitNotAnswered = 1   // not answered; a check that failed; text that was not found
	exitUsage       = 2   // bad usage, unreadable data or input
	exitInterrupted = 130 // ended by a signal
)

// App is the program as a value: what it reads, writes and was called with.
// A test starts one without a process.
//
//	app := &App{In: strings.NewReader(""), Out: &out, Err: &errs, Args: []string{"ask", "returned from France"}}
//	exit := app.Run(ctx)
type App struct {
	In       io.Reader
	Out, Err io.Writer
	Args     []string                 // without the program's name
	Getenv   func(name string) string // nil: no environment
}

// commands is the command line.
type commands struct {
	DataDir string `name:"data" placeholder:"DIR" help:"Answer from the data package in this folder instead of the one built in."`

	Ask     askCommand     `cmd:"" help:"Answer a question."`
}

// errNotAnswered ends the program with exit code 1 and without a message: what
// there is to say has been printed.
var errNotAnswered = errors.New("not answered")

// Run does what the arguments say and returns the exit code. It returns when
// ctx ends, even if In is still being read.
func (a *App) Run(ctx context.Context) (exit int) {
	err := a.run(ctx)
	switch {
	case err == nil, errors.Is(err, errHelpShown):
		return exitOK
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return exitOK // the reader has seen enough
	case errors.Is(err, errNotAnswered):
		return exitNotAnswered
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	a.complain(err)
	return exitUsage
}

// complain prints an error: all problems of a data package, or one line.
func (a *App) complain(err error) {
	var problems *data.Problems
	if errors.As(err, &problems) {
		fmt.Fprintln(a.Err, err)
		return
	}
	fmt.Fprintln(a.Err, "reportbot: "+strings.ReplaceAll(err.Error(), "\n", " "))
}

func (a *App) run(ctx context.Context) error {
	var c commands
	parser, err := kong.New(&c, kong.Name("reportbot"), kong.Description(about), kong.Writers(a.Out, a.Err),
		kong.NoDefaultHelp(), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(a, &c))
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(a.Args)
	if err != nil {
		return usageError(err)
	}
	return parsed.Run()
}

const about = `Answers questions about one published report, from its own figures.`

var errHelpShown = errors.New("help shown")

func usageError(err error) error { return err }

// report loads the data package that the command line names.
func (c *commands) report() (*data.Report, error) {
	if c.DataDir == "" {
		return data.Embedded()
	}
	r, err := data.Load(os.DirFS(c.DataDir))
	if err != nil {
		return nil, fmt.Errorf("%s: the data cannot be used:\n%w", c.DataDir, err)
	}
	return r, nil
}

// engine makes the engine for the data package that the command line names.
func (c *commands) engine() (*answers.Engine, error) {
	r, err := c.report()
	if err != nil {
		return nil, err
	}
	return answers.New(r)
}

func (a *App) getenv(name string) string {
	if a.Getenv == nil {
		return ""
	}
	return a.Getenv(name)
}
