package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"reportbot/bot"
	"reportbot/bot/outbox"
)

// outboxCommand is about replies that were given up.
type outboxCommand struct {
	List  outboxList  `cmd:"" help:"List the replies that were given up, with the reason."`
	Retry outboxRetry `cmd:"" help:"Put replies that were given up back among those to deliver."`
}

type outboxList struct{ configFlag }

// Help gives examples.
func (*outboxList) Help() string {
	return `Works beside a running "reportbot serve" as well as without one.

Examples:

    reportbot outbox list
    reportbot outbox list --config /etc/reportbot.yaml`
}

// Run lists.
func (c *outboxList) Run(ctx context.Context, a *App) error {
	return c.attached(ctx, a, func(box *outbox.Outbox, _ *settings) error {
		letters, err := box.Dead(ctx)
		if err != nil {
			return err
		}
		state := box.State(ctx)
		if state.Reason != "" {
			fmt.Fprintf(a.Out, "Nothing can be stored: %s.\n", state.Reason)
		}
		fmt.Fprintf(a.Out, "%s waiting, %s given up.\n", count(int(state.Depth), "reply", "replies"), count(len(letters), "reply", "replies"))
		if len(letters) == 0 {
			return nil
		}
		w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "Number\tGiven up\tTries\tMessage\tReason")
		for _, l := range letters {
			fmt.Fprintf(w, "%d\t%s\t%d\t%s\t%s\n", l.Number, l.At.Format(time.RFC3339), l.Tries, bot.Printable(l.ID), oneLine(l.Reason))
		}
		return w.Flush()
	})
}

type outboxRetry struct {
	configFlag
	Numbers []string `arg:"" optional:"" help:"The numbers of the list."`
	All     bool     `help:"All of them."`
}

// Help gives examples.
func (*outboxRetry) Help() string {
	return `Works beside a running "reportbot serve" as well as without one.

Examples:

    reportbot outbox retry 3 4
    reportbot outbox retry --all`
}

// Validate refuses what does not go together.
func (c *outboxRetry) Validate() error {
	if c.All == (len(c.Numbers) > 0) {
		return errors.New("name the numbers of the list, or --all")
	}
	return nil
}

// Run puts back.
func (c *outboxRetry) Run(ctx context.Context, a *App) error {
	return c.attached(ctx, a, func(box *outbox.Outbox, _ *settings) error {
		letters, err := box.Dead(ctx)
		if err != nil {
			return err
		}
		chosen, err := c.choose(letters)
		if err != nil {
			return err
		}
		for _, l := range chosen {
			if err := box.Retry(ctx, l); err != nil {
				return err
			}
		}
		_, err = fmt.Fprintf(a.Out, "%s put back.\n", count(len(chosen), "reply", "replies"))
		return err
	})
}

// choose finds the letters that are meant, or says which number is none.
func (c *outboxRetry) choose(letters []outbox.Letter) ([]outbox.Letter, error) {
	if c.All {
		return letters, nil
	}
	var chosen []outbox.Letter
	for _, text := range c.Numbers {
		number, err := strconv.ParseUint(text, 10, 64)
		i := slices.IndexFunc(letters, func(l outbox.Letter) bool { return l.Number == number })
		if err != nil || i < 0 {
			return nil, fmt.Errorf("%s is no number of the list; see: reportbot outbox list", text)
		}
		chosen = append(chosen, letters[i])
	}
	return chosen, nil
}

// unansweredCommand lists what was asked and not answered.
type unansweredCommand struct {
	configFlag
	Feedback bool `help:"List feedback instead."`
}

// Help gives examples.
func (*unansweredCommand) Help() string {
	return `The most frequent question first, with the reason why it was not answered: an unknown name may need an alias in the data, words that were not understood a phrasing. Works beside a running "reportbot serve" as well as without one.

Examples:

    reportbot unanswered
    reportbot unanswered --feedback`
}

// Run lists.
func (c *unansweredCommand) Run(ctx context.Context, a *App) error {
	return c.attached(ctx, a, func(box *outbox.Outbox, s *settings) error {
		if s.Asked.Kept == 0 {
			_, err := fmt.Fprintln(a.Out, `Nothing is kept: "asked.kept" in the configuration is 0.`)
			return err
		}
		journal, err := bot.OpenAsked(ctx, box, s.Asked)
		if err != nil {
			return err
		}
		questions, feedback, err := bot.ListUnanswered(ctx, journal)
		if err != nil {
			return err
		}
		if c.Feedback {
			return a.printFeedback(feedback)
		}
		return a.printUnanswered(questions, s.Asked.Kept)
	})
}

func (a *App) printUnanswered(questions []bot.Unanswered, kept time.Duration) error {
	if len(questions) == 0 {
		_, err := fmt.Fprintf(a.Out, "Every question of the last %s was answered.\n", spoken(kept))
		return err
	}
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "Times\tLast\tReason\tQuestion")
	for _, q := range questions {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", q.Times, q.Last.Format(time.DateOnly), q.Reason, oneLine(q.Question))
	}
	return w.Flush()
}

func (a *App) printFeedback(feedback []bot.Asking) error {
	if len(feedback) == 0 {
		_, err := fmt.Fprintln(a.Out, "No feedback.")
		return err
	}
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "When\tAbout\tFeedback")
	for _, f := range feedback {
		fmt.Fprintf(w, "%s\t%s\t%s\n", f.At.Format(time.DateOnly), f.Code, oneLine(f.Feedback))
	}
	return w.Flush()
}

// spoken is a time to keep things in words.
func spoken(d time.Duration) string {
	if d%(24*time.Hour) == 0 {
		return count(int(d/(24*time.Hour)), "day")
	}
	return d.String()
}

// oneLine is a text of others, fit for a column.
func oneLine(text string) string { return strings.Join(strings.Fields(bot.Printable(text)), " ") }

// attached reads the configuration, opens its outbox, beside a running process
// if there is one, and calls f.
func (c *configFlag) attached(ctx context.Context, a *App, f func(*outbox.Outbox, *settings) error) error {
	s, _, err := c.read(a)
	if err != nil {
		return err
	}
	s.Outbox.Folder = s.State
	s.Log = logSettings{Level: logLevel(slog.LevelError), Format: "text"}
	box, err := outbox.Attach(ctx, s.Outbox, outbox.Env{Log: a.logger(&s.Log)})
	if err != nil {
		return err
	}
	defer box.Close()
	return f(box, &s)
}
