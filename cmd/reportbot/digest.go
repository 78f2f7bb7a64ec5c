package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/digest"
	"reportbot/bot/outbox"
)

// digestCommand is about the digests of all channels, for whoever runs the bot.
type digestCommand struct {
	List    digestList    `cmd:"" help:"List the digests of all channels, and how they stand."`
	Set     digestSet     `cmd:"" help:"Set a digest up in a channel, or give it another time."`
	Preview digestPreview `cmd:"" help:"Print the next digest of a channel, or what one would be."`
	Pause   digestPause   `cmd:"" help:"Have a digest not come for a while."`
	Resume  digestResume  `cmd:"" help:"Have a digest come again."`
	Remove  digestRemove  `cmd:"" help:"Remove a digest."`
	History digestHistory `cmd:"" help:"Tell what became of the last digests of a channel."`
}

// desk opens the digests, beside a running process if there is one, and calls f.
func (c *configFlag) desk(ctx context.Context, a *App, all *commands, f func(*bot.Desk) error) error {
	return c.attached(ctx, a, func(box *outbox.Outbox, s *settings) error {
		if all.DataDir == "" {
			all.DataDir = s.Data
		}
		engine, err := all.engine()
		if err != nil {
			return err
		}
		desk, err := bot.OpenDesk(ctx, bot.Options{Engine: engine, Outbox: box, Settings: s.Settings, Log: a.logger(&s.Log)})
		if err != nil {
			return err
		}
		return f(desk)
	})
}

// channelArgs name a channel, and one of its digests.
type channelArgs struct {
	configFlag
	Platform string `arg:"" help:"slack, discord or console."`
	Channel  string `arg:"" help:"The channel's ID."`
	About    string `placeholder:"TOPIC" help:"The digest about this, where the channel has several."`
}

// do has an order done and prints what is said of it. Something that cannot be
// done ends with exit code 1.
func (c *channelArgs) do(ctx context.Context, a *App, all *commands, o digest.Order) error {
	if o.About == "" {
		o.About = strings.ToLower(c.About)
	}
	return c.desk(ctx, a, all, func(desk *bot.Desk) error {
		m := bot.Message{Target: bot.Target{Platform: c.Platform, Channel: c.Channel}}
		r, err := desk.Digest(ctx, m, o)
		if err != nil {
			return err
		}
		r.Suggestions = nil // they are of the chat
		if _, err := fmt.Fprint(a.Out, r.Plain()); err != nil {
			return err
		}
		if r.Status == answers.Clarify {
			return errNotAnswered
		}
		return nil
	})
}

type digestList struct{ configFlag }

// Help gives examples.
func (*digestList) Help() string {
	return `Works beside a running "reportbot serve" as well as without one.

Examples:

    reportbot digest list
    reportbot digest list --config /etc/reportbot.yaml`
}

// Run lists.
func (c *digestList) Run(ctx context.Context, a *App, all *commands) error {
	return c.desk(ctx, a, all, func(desk *bot.Desk) error {
		list := desk.AllDigests()
		if len(list) == 0 {
			_, err := fmt.Fprintln(a.Out, "No channel gets a digest.")
			return err
		}
		w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "Platform\tChannel\tDigest\tState")
		for _, d := range list {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", d.Platform, oneLine(d.Channel), oneLine(d.What), oneLine(d.State))
		}
		return w.Flush()
	})
}

type digestSet struct {
	channelArgs
	When []string `arg:"" help:"When: daily 09:00 Europe/Paris, weekdays 8:30am, mondays 09:00 Africa/Cairo about TOPIC."`
}

// Help gives examples.
func (*digestSet) Help() string {
	return `Works beside a running "reportbot serve" as well as without one.

Examples:

    reportbot digest set slack C0123456789 daily 09:00 Europe/Paris
    reportbot digest set discord 112233445566778899 mondays 09:00 Africa/Cairo about TOPIC`
}

// Run sets up.
func (c *digestSet) Run(ctx context.Context, a *App, all *commands) error {
	o, err := digest.ParseOrder(strings.Join(c.When, " "))
	if err != nil {
		return err
	}
	if o.Act != digest.Set {
		return errors.New("that sets no digest up; say when it comes, as in: reportbot digest set slack C0123456789 daily 09:00 Europe/Paris")
	}
	return c.do(ctx, a, all, o)
}

type digestPreview struct{ channelArgs }

// Help gives examples.
func (*digestPreview) Help() string {
	return `Examples:

    reportbot digest preview slack C0123456789
    reportbot digest preview slack C0123456789 --about TOPIC`
}

// Run prints.
func (c *digestPreview) Run(ctx context.Context, a *App, all *commands) error {
	return c.do(ctx, a, all, digest.Order{Act: digest.Preview})
}

type digestPause struct{ channelArgs }

// Run pauses.
func (c *digestPause) Run(ctx context.Context, a *App, all *commands) error {
	return c.do(ctx, a, all, digest.Order{Act: digest.Pause})
}

type digestResume struct{ channelArgs }

// Run resumes.
func (c *digestResume) Run(ctx context.Context, a *App, all *commands) error {
	return c.do(ctx, a, all, digest.Order{Act: digest.Resume})
}

type digestRemove struct{ channelArgs }

// Run removes.
func (c *digestRemove) Run(ctx context.Context, a *App, all *commands) error {
	return c.do(ctx, a, all, digest.Order{Act: digest.Remove})
}

type digestHistory struct{ channelArgs }

// Run tells.
func (c *digestHistory) Run(ctx context.Context, a *App, all *commands) error {
	return c.do(ctx, a, all, digest.Order{Act: digest.History})
}
