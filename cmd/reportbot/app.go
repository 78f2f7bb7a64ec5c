package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/config"
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
//	app := &App{In: strings.NewReader(""), Out: &out, Err: &errs, Args: []string{"ask", "who returned to Freedonia"}}
//	exit := app.Run(ctx)
type App struct {
	In       io.Reader
	Out, Err io.Writer
	Args     []string                 // without the program's name
	Getenv   func(name string) string // nil: no environment
	Adapters []bot.Adapter            // platforms beside those that the configuration names
	Now      func() time.Time         // the bot's clock; nil: time.Now
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
		return exitOK // whoever reads has seen enough
	case errors.Is(err, errNotAnswered):
		return exitNotAnswered
	case errors.As(err, new(failure)):
		a.complain(err)
		return exitNotAnswered
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	a.complain(err)
	return exitUsage
}

// complain prints an error: all problems of a data package, one a line, or one
// line in all.
func (a *App) complain(err error) {
	var problems *data.Problems
	if errors.As(err, &problems) {
		fmt.Fprintf(a.Err, "%s\nreportbot: the data cannot be used: %s\n", bot.Printable(err.Error()), count(len(problems.List), "problem"))
		return
	}
	var wrong *config.Problems
	if errors.As(err, &wrong) {
		fmt.Fprintf(a.Err, "%s\nreportbot: the configuration cannot be used: %s\n", bot.Printable(err.Error()), count(len(wrong.List), "problem"))
		return
	}
	fmt.Fprintln(a.Err, "reportbot: "+strings.Join(strings.Fields(bot.Printable(err.Error())), " "))
}

// count is a number of things in words: "1 problem", "2 problems"; many is the
// plural where that is no "s" more.
func count(n int, thing string, many ...string) string {
	switch {
	case n == 1:
		return "1 " + thing
	case len(many) > 0:
		return fmt.Sprintf("%d %s", n, many[0])
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// loadReport reads the data package in a folder; "" is the one built in.
// Problems are given with the folder in front of the file.
func loadReport(folder string) (*data.Report, error) {
	if folder == "" {
		return data.Embedded()
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("--data %s: no such folder", folder)
	}
	r, err := data.Load(os.DirFS(folder))
	var problems *data.Problems
	if !errors.As(err, &problems) {
		return r, err
	}
	placed := &data.Problems{}
	for _, p := range problems.List {
		p.File = filepath.Join(folder, p.File)
		placed.List = append(placed.List, p)
	}
	return nil, placed
}

// engine makes the engine for the data package that the command line names.
func (c *commands) engine() (*answers.Engine, error) {
	r, err := loadReport(c.DataDir)
	if err != nil {
		return nil, err
	}
	return answers.New(r)
}

// lookupEnv is an environment variable, and whether it is set to anything.
func (a *App) lookupEnv(name string) (string, bool) {
	value := a.getenv(name)
	return value, value != ""
}

func (a *App) getenv(name string) string {
	if a.Getenv == nil {
		return ""
	}
	return a.Getenv(name)
}

// terminal is the file behind a reader or writer that is a terminal, or nil.
func terminal(stream any) *os.File {
	if f, ok := stream.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return nil
}

// style is how replies are printed: on a terminal broken at its width, and in
// colour if it wants that; elsewhere plain.
func (a *App) style() style {
	out := terminal(a.Out)
	if out == nil {
		return style{}
	}
	return style{colour: a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb", width: width(out)}
}

// width is how many characters a terminal's line takes; 0 if it does not say.
func width(out *os.File) int {
	columns, _, err := term.GetSize(int(out.Fd()))
	if err != nil {
		return 0
	}
	return columns
}

// detached calls f and returns when it or ctx ends; f may then still wait for
// a read that blocks.
func detached(ctx context.Context, f func() error) error {
	ended := make(chan error, 1)
	go func() { ended <- f() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
