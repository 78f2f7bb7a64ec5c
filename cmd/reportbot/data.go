package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"

	"reportbot/bot"
	"reportbot/data"
)

// dataCommand looks at the data package itself.
type dataCommand struct {
	Check  dataCheckCommand  `cmd:"" help:"Compare the data with itself and with what is known of the report."`
	Verify dataVerifyCommand `cmd:"" help:"Find every printed cell in the report's text."`
	Export dataExportCommand `cmd:"" help:"Write every figure with its date, footnotes and caveats."`
}

type dataCheckCommand struct{}

// Help gives examples.
func (dataCheckCommand) Help() string {
	return `Exit code: 0 all checks hold, 1 one fails, 2 the data cannot be read; every problem is printed as file:line:column.

Examples:

    reportbot data check
    reportbot data check --data ./my-report`
}

// Run prints the checks.
func (dataCheckCommand) Run(a *App, all *commands) error {
	r, err := loadReport(all.DataDir)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(a.Out)
	held, failed := 0, 0
	for _, c := range r.Check() {
		fmt.Fprintf(w, "%-5s %s: %s\n", mark(c), c.Name, c.Detail)
		switch {
		case !c.OK:
			failed++
		case !c.Info:
			held++
		}
	}
	fmt.Fprintf(w, "%s: %s held, %d failed\n", r.Name, count(held, "check"), failed)
	return finish(w, failed == 0)
}

func mark(c data.Check) string {
	switch {
	case !c.OK:
		return "FAIL"
	case c.Info:
		return "note"
	}
	return "ok"
}

// finish flushes what was printed and says by its error whether all was well.
func finish(w *bufio.Writer, well bool) error {
	if err := w.Flush(); err != nil {
		return err
	}
	if !well {
		return errNotAnswered
	}
	return nil
}

type dataVerifyCommand struct {
	Report string `required:"" placeholder:"FILE" help:"The report's text, as extracted from its pages."`
}

// Help gives examples.
func (*dataVerifyCommand) Help() string {
	return `Exit code: 0 everything was found, 1 something was not (it is named, with its row), 2 the data or the text cannot be read.

Examples:

    reportbot data verify --report report.txt`
}

// Run prints what was found and what was not.
func (c *dataVerifyCommand) Run(a *App, all *commands) error {
	r, err := loadReport(all.DataDir)
	if err != nil {
		return err
	}
	text, err := os.Open(c.Report)
	if err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	defer text.Close()
	found, err := r.Verify(text)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(a.Out)
	for _, m := range found.Missing {
		fmt.Fprintln(w, bot.Printable(m.String()))
	}
	fmt.Fprintf(w, "found %s, %s, %s, %s; missing %d\n", count(found.Rows, "row"), count(found.Cells, "cell"),
		count(found.Dates, "date"), count(found.Markers, "footnote marker"), len(found.Missing))
	return finish(w, found.OK())
}

type dataExportCommand struct {
	Format string `enum:"csv,json" required:"" placeholder:"csv|json" help:"The form of the output."`
}

// Help gives examples.
func (*dataExportCommand) Help() string {
	return `Examples:

    reportbot data export --format csv >figures.csv
    reportbot data export --format json | jq '.[] | select(.measure == "returned")'`
}

// Run writes the figures.
func (c *dataExportCommand) Run(a *App, all *commands) error {
	r, err := loadReport(all.DataDir)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(a.Out)
	switch c.Format {
	case "csv":
		err = r.WriteCSV(w)
	case "json":
		err = r.WriteJSON(w)
	}
	return errors.Join(err, w.Flush())
}
