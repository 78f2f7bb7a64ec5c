package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"reportbot/answers"
	"reportbot/bot/digest"
	"reportbot/bot/outbox"
	"reportbot/data"
)

// content is the digest of a subscription for a slot: the same bytes whoever
// makes it, and when. Each figure in it is one of an answer that was proved.
func (d *Desk) content(sub *digest.Subscription, slot digest.Slot, asked *tally) (Reply, error) {
	t := d.topics.bySlug(sub.Topic)
	if t == nil {
		return Reply{}, &digest.Impossible{Why: "its topic is not in this edition of the report", Forever: true}
	}
	c := contents{desk: d, sub: sub, number: sub.Schedule.Number(slot.Day)}
	title := "Digest of " + slot.Day.Words()
	if t.slug != "" {
		title += " · " + t.name
	}
	c.subject(title, t.rows)
	c.finding(t.findings)
	c.reading(d.engine.Report().Vocabulary.Reading)
	c.asked(asked)
	if c.err != nil {
		return Reply{}, fmt.Errorf("making the digest of %s: %w", slot.Day, c.err)
	}
	if len(c.reply.Parts) == 0 {
		return Reply{}, &digest.Impossible{Why: "nothing is in it today but what was left out"}
	}
	if !strings.HasPrefix(c.reply.Parts[0].Headline, title) {
		c.reply.Parts[0].Headline = title + ": " + c.reply.Parts[0].Headline
	}
	return c.reply, nil
}

// contents puts a digest together.
type contents struct {
	desk   *Desk
	sub    *digest.Subscription
	number int // the how-manieth digest it is
	reply  Reply
	err    error
}

func (c *contents) leaves(s digest.Section) bool { return c.err != nil || c.sub.Leaves(s) }

func (c *contents) add(p Part) { c.reply.Parts = append(c.reply.Parts, p) }

// subject adds the row of the day with all its figures.
func (c *contents) subject(title string, rows []*data.Subject) {
	if c.leaves(digest.SubjectSection) {
		return
	}
	row := ofTheDay(c, rows, func(s *data.Subject) string { return s.Slug })
	a, err := c.desk.engine.Brief(row)
	if err != nil {
		c.err = err
		return
	}
	p := replyTo(&a).Parts[0]
	p.Body = append([]answers.Block{{Text: p.Headline}}, p.Body...)
	p.Headline, p.Interpretation = title+": "+row.Name, ""
	c.add(p)
	c.reply.Code = c.desk.profileCode(row)
	c.reply.Suggestions = []Action{{Question: c.desk.engine.Question(answers.Query{Kind: answers.Profile, Subjects: []*data.Subject{row}})}}
}

// finding adds a finding of the prose.
func (c *contents) finding(findings []*data.Finding) {
	if c.leaves(digest.FindingSection) {
		return
	}
	f := ofTheDay(c, findings, func(f *data.Finding) string { return f.ID })
	q := answers.Query{Kind: answers.Finding, Findings: []*data.Finding{f}}
	a, err := c.desk.engine.AskCode(answers.Reading{Query: q}.Code(c.desk.engine.Report().Edition))
	c.answer("From the report's text", &a, err)
}

// reading adds how the figures are to be read.
func (c *contents) reading(questions []string) {
	if c.leaves(digest.ReadingSection) || len(questions) == 0 {
		return
	}
	a, _, err := c.desk.engine.Ask(ofTheDay(c, questions, func(q string) string { return q }), answers.Context{})
	c.answer("How to read the figures", &a, err)
}

// answer adds an answer under a title.
func (c *contents) answer(title string, a *answers.Answer, err error) {
	if err == nil && a.Status != answers.Answered {
		err = fmt.Errorf("%s has no answer: %s", a.Code, a.Reason)
	}
	if err != nil {
		c.err = err
		return
	}
	p := replyTo(a).Parts[0]
	p.Body = append([]answers.Block{{Text: p.Headline}}, p.Body...)
	p.Headline, p.Interpretation = title, ""
	c.add(p)
}

// asked adds what was asked in the channel since the last digest.
func (c *contents) asked(t *tally) {
	if c.leaves(digest.AskedSection) || t == nil || t.total() == 0 {
		return
	}
	p := Part{Headline: "Asked here since the last digest", Body: []answers.Block{{Text: t.summary()}}}
	for _, q := range t.Open {
		line := "Without an answer: " + quoted(q.Question)
		if q.Nearest != "" {
			line += "; ask instead: " + quoted(q.Nearest)
		}
		p.Body = append(p.Body, answers.Block{Text: line})
	}
	c.add(p)
}

// ofTheDay chooses from a list, so that a channel sees all of it before any
// comes again, in an order of its own.
func ofTheDay[T any](c *contents, list []T, name func(T) string) T {
	key := c.sub.Key()
	type place struct {
		of   T
		name string
		at   uint64
	}
	places := make([]place, len(list))
	for i, x := range list {
		sum := sha256.Sum256([]byte(key + "\x00" + name(x)))
		places[i] = place{x, name(x), binary.BigEndian.Uint64(sum[:])}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.name, b.name)) })
	return places[c.number%len(places)].of
}

// postDigest makes the digest of a slot and stores it for delivery.
func (b *Bot) postDigest(ctx context.Context, sub *digest.Subscription, slot digest.Slot) error {
	id := sub.SlotID(slot.Day)
	if b.box.Sent(id) {
		return nil
	}
	asked, err := b.heard.between(ctx, sub, slot)
	if err != nil {
		return err
	}
	reply, err := b.content(sub, slot, asked)
	var impossible *digest.Impossible
	if err != nil && !errors.As(err, &impossible) {
		b.metrics.faults.Inc()
		b.log.Error("a digest could not be made", "message", id, "error", err)
		err = &digest.Impossible{Why: "of a fault in the program; see its log"}
	}
	if err != nil {
		return err
	}
	target := Target{Platform: sub.Platform, Channel: sub.Channel}
	ref := digest.Ref{Platform: sub.Platform, Channel: sub.Channel, Topic: sub.Topic, Day: slot.Day}
	body, err := json.Marshal(envelope{Target: target, Reply: reply, Digest: &ref})
	if err != nil {
		return fmt.Errorf("writing a digest: %w", err)
	}
	fresh, err := b.box.Put(ctx, outbox.Entry{ID: id, Lane: target.lane(), Body: body})
	if err == nil {
		b.log.Info("a digest is stored", "message", id, "fresh", fresh)
	}
	return err
}
