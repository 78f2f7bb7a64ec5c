// Command reportbot answers questions about one published report in a
// terminal. See README.md, or run it with --help.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() { os.Exit(run(func(*App) {})) }

// run is the program, with what change makes different in it.
func run(change func(*App)) (exit int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300) // loading makes little garbage; collecting it would be a quarter of the start
	}
	// A closed pipe comes back as an error of Write, not as the end of the process.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	app := &App{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Args: os.Args[1:], Getenv: os.Getenv}
	change(app)
	return app.Run(ctx)
}
