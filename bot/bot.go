// Package bot stands between chat platforms and package answers: a message
// comes in through an adapter, its reply is stored under the message's ID, the
// message is acknowledged, and the reply goes out through the adapter, once.
//
//	b, err := bot.New(ctx, bot.Options{Engine: engine, Outbox: box, Settings: bot.Defaults(), Adapters: []bot.Adapter{console}})
//	err = b.Run(ctx) // until ctx ends, or no adapter has more to give
//
// It knows no platform by name, and keeps no names of people.
package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/prometheus/client_golang/prometheus"

	"reportbot/answers"
	"reportbot/bot/outbox"
)

// Options is what a bot is made of.
type Options struct {
	Engine   *answers.Engine
	Outbox   *outbox.Outbox
	Settings Settings
	Adapters []Adapter
	Metrics  prometheus.Registerer // nil: none
	Log      *slog.Logger          // nil: none
	Now      func() time.Time      // nil: time.Now
}

// Bot answers messages. It is safe for use by many at once.
type Bot struct {
	engine   *answers.Engine
	box      *outbox.Outbox
	settings Settings
	log      *slog.Logger
	now      func() time.Time
	form     *Form
	*Completer

	*Desk

	commands []command
	talks    *conversations
	codes    *codes
	asked    *asked // nil: nothing is kept
	limiter  *limiter
	slots    chan struct{}
	metrics  *metrics

	adapters map[string]Adapter
	order    []Adapter
	mu       sync.Mutex
	states   map[string]string // of adapters that have ended: why
}

// New makes a bot; what it keeps it opens in the outbox.
func New(ctx context.Context, o Options) (*Bot, error) {
	b := &Bot{
		engine: o.Engine, box: o.Outbox, settings: o.Settings, log: o.Log, now: o.Now, form: NewForm(o.Engine), Completer: NewCompleter(o.Engine.Report()),
		commands: commands(), slots: make(chan struct{}, o.Settings.Limits.Concurrent),
		adapters: map[string]Adapter{}, order: o.Adapters, states: map[string]string{},
	}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	if b.now == nil {
		b.now = time.Now
	}
	if o.Metrics == nil {
		o.Metrics = prometheus.NewRegistry()
	}
	for _, a := range o.Adapters {
		if b.adapters[a.Name()] != nil {
			return nil, fmt.Errorf("two adapters for the platform %s", a.Name())
		}
		b.adapters[a.Name()] = a
	}
	b.limiter = &limiter{limits: o.Settings.Limits, now: b.now}
	b.metrics = newMetrics(o.Metrics, o.Outbox, o.Engine)
	if err := b.open(ctx); err != nil {
		return nil, err
	}
	return b, b.fixDigests(ctx)
}

func (b *Bot) open(ctx context.Context) error {
	bucket, err := b.box.Bucket(ctx, "conversations", b.settings.Conversations.Kept)
	if err != nil {
		return err
	}
	if b.talks, err = newConversations(bucket, b.settings.Conversations.Kept, b.now); err != nil {
		return err
	}
	if b.codes, err = openCodes(ctx, b.box, b.now); err != nil {
		return err
	}
	if b.Desk, err = OpenDesk(ctx, Options{Engine: b.engine, Outbox: b.box, Settings: b.settings, Log: b.log, Now: b.now}); err != nil {
		return err
	}
	b.governor = func(platform string) Governor {
		g, _ := b.adapters[platform].(Governor)
		return g
	}
	if b.settings.Asked.Kept > 0 {
		journal, err := OpenAsked(ctx, b.box, b.settings.Asked)
		if err != nil {
			return err
		}
		b.asked = &asked{journal, b.now}
	}
	return nil
}

// Apology is what a person is told, in an adapter's own way, when Handle
// returned an error and the platform does not send the message again.
const Apology = "That could not be taken in just now, so there is no answer to it. Please ask again in a minute."

// Handle is of Intake.
func (b *Bot) Handle(ctx context.Context, m Message) error {
	began := b.now()
	err := b.admit(ctx, m, func(ctx context.Context, log *slog.Logger) error {
		return b.take(ctx, log, m, false, func(r Reply) error { return b.store(ctx, log, m, r) })
	})
	if err == nil {
		b.metrics.store.Observe(b.now().Sub(began).Seconds())
	}
	return err
}

// Answer is of Intake.
func (b *Bot) Answer(ctx context.Context, m Message) (reply Reply, err error) {
	err = b.admit(ctx, m, func(ctx context.Context, log *slog.Logger) error {
		return b.take(ctx, log, m, true, func(r Reply) error { reply = r; return nil })
	})
	return reply, err
}

// Knows is of Intake. A conversation that cannot be looked up is not known.
func (b *Bot) Knows(ctx context.Context, m Message) bool {
	was, _, err := b.talks.read(ctx, m.conversation())
	return err == nil && len(was.Messages) > 0
}

// admit lets one message in when there is a place for it, and tells of what
// kept it out.
func (b *Bot) admit(ctx context.Context, m Message, take func(context.Context, *slog.Logger) error) (err error) {
	log := b.log.With("message", m.ID, "platform", m.Target.Platform)
	defer func() {
		if err != nil {
			b.metrics.refused.WithLabelValues(m.Target.Platform).Inc()
			log.Error("a message was not taken in", "error", err)
		}
	}()
	if err := b.check(m); err != nil {
		return err
	}
	if b.box.Sent(m.ID) {
		log.Debug("a message came again")
		return nil
	}
	select {
	case b.slots <- struct{}{}:
		defer func() { <-b.slots }()
	case <-ctx.Done():
		return fmt.Errorf("waiting for a place: %w", ctx.Err())
	}
	return take(ctx, log)
}

func (b *Bot) check(m Message) error {
	switch {
	case m.ID == "":
		return errors.New("a message without an ID")
	case m.Act == Withdraw && m.Replaces == "":
		return errors.New("a message that withdraws none")
	}
	if b.adapters[m.Target.Platform] == nil {
		return &ErrNoAdapter{m.Target.Platform}
	}
	return nil
}

// take answers a message, or says why not, and gives that to reply. again: also
// one that was answered before.
func (b *Bot) take(ctx context.Context, log *slog.Logger, m Message, again bool, reply func(Reply) error) error {
	switch v, limit, rest := b.limit(m); v {
	case told:
		b.metrics.limited.WithLabelValues(m.Target.Platform).Inc()
		log.Info("a message is over the limit")
		return reply(tooMany(limit, rest))
	case silent:
		b.metrics.limited.WithLabelValues(m.Target.Platform).Inc()
		return nil
	}
	if n := utf8.RuneCountInString(m.Text); n > b.settings.Limits.QuestionLength {
		return reply(tooLong(n, b.settings.Limits.QuestionLength))
	}
	forgotten, err := b.talks.take(ctx, m, again, func(before answers.Context) (answers.Context, error) {
		r, after, err := b.respond(ctx, log, m, before)
		if err != nil {
			return before, err
		}
		r.Short = b.short(ctx, log, m.Target.Platform, r.Code)
		return after, reply(r)
	})
	if forgotten != nil {
		log.Warn("what a conversation was about could not be kept; a follow-up will not be understood", "error", forgotten)
	}
	return err
}

// limit counts a message against the limits. A deletion is none that anybody
// has to wait for: what was said to a question that is gone must not stay.
func (b *Bot) limit(m Message) (v verdict, limit int, rest time.Duration) {
	if m.Act == Withdraw {
		return allowed, 0, 0
	}
	return b.limiter.ask(m.Target.lane()+"\x00"+m.Author, m.Target.lane())
}

// respond gives the reply to a message. Only what keeps a reply from being
// given at all is an error; a fault of the program gets an apology.
func (b *Bot) respond(ctx context.Context, log *slog.Logger, m Message, before answers.Context) (r Reply, after answers.Context, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			r, after, err = b.fault(log, m, fmt.Errorf("panic: %v\n%s", fault, debug.Stack())), before, nil
		}
	}()
	if m.Act != Ask {
		return b.act(ctx, log, m, before)
	}
	if c, rest, ok := b.commandIn(m.Text); ok {
		b.metrics.commands.WithLabelValues(c.name, m.Target.Platform).Inc()
		return c.run(b, ctx, m, rest, before)
	}
	began := b.now()
	a, after, err := b.engine.Ask(m.Text, before)
	b.metrics.answer.Observe(b.now().Sub(began).Seconds())
	if err != nil {
		return b.fault(log, m, err), before, nil
	}
	b.metrics.questions.WithLabelValues(string(a.Intent), string(a.Status), m.Target.Platform).Inc()
	b.learn(ctx, log, m, &a)
	return replyTo(&a), after, nil
}

// fault is the reply to a question that could not be answered by a fault of
// the program. The log gets its cause, never the question's words.
func (b *Bot) fault(log *slog.Logger, m Message, err error) Reply {
	var unproved *answers.UnprovedError
	if errors.As(err, &unproved) { // its own text quotes the answer, and its code may hold words of the question
		err = fmt.Errorf("the number %s in the %s cannot be traced to the data", unproved.Number, unproved.Where)
	}
	b.metrics.faults.Inc()
	log.Error("a question got an apology", "reference", m.reference(), "error", err)
	return say("Sorry: that question could not be answered, by a fault of the program. No figure is given rather than one that is not certain.",
		"Those who run this bot can find it under the reference "+m.reference()+".")
}

// learn notes a question for the digest of its channel, and keeps one that was
// not answered. That it could not be kept costs no reply.
func (b *Bot) learn(ctx context.Context, log *slog.Logger, m Message, a *answers.Answer) {
	if b.heard.listens(m) {
		if err := b.heard.add(ctx, m, a); err != nil {
			log.Warn("a question could not be noted for the channel's digest", "error", err)
		}
	}
	if b.asked == nil || !unanswered(a) {
		return
	}
	if err := b.asked.add(ctx, m, Asking{Question: m.Text, Status: a.Status, Reason: a.Reason}); err != nil {
		log.Warn("a question that was not answered could not be kept for the owner", "error", err)
	}
}

// store puts a reply into the outbox.
func (b *Bot) store(ctx context.Context, log *slog.Logger, m Message, r Reply) error {
	body, err := json.Marshal(envelope{Target: m.Target, Reply: r, Replaces: m.Replaces})
	if err != nil {
		return fmt.Errorf("writing the reply: %w", err)
	}
	fresh, err := b.box.Put(ctx, outbox.Entry{ID: m.ID, Lane: m.Target.lane(), Body: body})
	if err != nil {
		return err
	}
	log.Info("a reply is stored", "status", r.Status, "fresh", fresh)
	return nil
}
