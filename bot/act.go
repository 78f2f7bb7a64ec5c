package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"reportbot/answers"
)

// act gives the reply to what was chosen rather than written. A conversation
// goes on from the answer that it was about.
func (b *Bot) act(ctx context.Context, log *slog.Logger, m Message, before answers.Context) (Reply, answers.Context, error) {
	b.metrics.commands.WithLabelValues(string(m.Act), m.Target.Platform).Inc()
	var err error
	if m.Code, err = b.codes.whole(ctx, m.Code); err != nil {
		return Reply{}, before, fmt.Errorf("looking up the code of an answer: %w", err)
	}
	switch m.Act {
	case Useful, Wrong:
		return b.rate(ctx, m, before)
	case Again:
		return b.byCode(b.engine.AskCode, log, m, before)
	case AsChart:
		return b.byCode(b.inForm(answers.FormChart), log, m, before)
	case AsCSV:
		return b.byCode(b.inForm(answers.FormCSV), log, m, before)
	case Why:
		return b.byCode(b.engine.Why, log, m, before)
	case Hello:
		return b.hello(), before, nil
	case Withdraw:
		return Reply{}, before, nil
	}
	return Reply{}, before, fmt.Errorf("no such act: %q", m.Act)
}

// inForm answers the query of a code in a form.
func (b *Bot) inForm(form answers.Form) func(code string) (answers.Answer, error) {
	return func(code string) (answers.Answer, error) { return b.engine.AskCodeAs(code, form) }
}

// byCode answers about the answer of a code. A code that is none, or of another
// edition of the data, is an old button.
func (b *Bot) byCode(ask func(code string) (answers.Answer, error), log *slog.Logger, m Message, before answers.Context) (Reply, answers.Context, error) {
	a, err := ask(m.Code)
	var unproved *answers.UnprovedError
	switch {
	case errors.As(err, &unproved):
		return b.fault(log, m, err), before, nil
	case err != nil:
		return say("That button is of an answer that I can no longer give: the data has changed since. Please ask again."), before, nil
	}
	return replyTo(&a), before, nil
}

// rate keeps what somebody thinks of an answer.
func (b *Bot) rate(ctx context.Context, m Message, before answers.Context) (Reply, answers.Context, error) {
	if b.asked == nil {
		return say("Thank you. Feedback is not kept here; please tell those who run this bot."), before, nil
	}
	if err := b.asked.add(ctx, m, Asking{Feedback: string(m.Act), Code: m.Code}); err != nil {
		return Reply{}, before, errors.Join(errors.New("keeping feedback"), err)
	}
	if m.Act == Useful {
		return say("Thank you."), before, nil
	}
	return say("Thank you. This is kept for those who run this bot, without your name. To say what was wrong, write: feedback and your words."), before, nil
}
