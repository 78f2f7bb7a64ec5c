package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/answers"
	"reportbot/bot/digest"
)

// command is something that one can say to the bot beside asking. What
// platforms call it by, help lists, and examples show is this table.
type command struct {
	name     string
	takes    string // what stands behind the name, in words; empty: nothing
	does     string
	examples []string
	run      func(b *Bot, ctx context.Context, m Message, rest string, before answers.Context) (Reply, answers.Context, error)
}

// commands are all commands, in the order in which help lists them.
func commands() []command {
	return []command{
		{"help", "", "what can be asked, and how", []string{"help"}, (*Bot).help},
		{"about", "", "which report this is, and what the answers rest on", []string{"about"}, (*Bot).about},
		{"reset", "", "forget this conversation; the next question stands by itself", []string{"reset"}, (*Bot).reset},
		{"digest", "when", "a digest in this channel once a day; digest alone tells which there are", []string{"digest daily 09:00 Europe/Paris", "digest list"}, (*Bot).digestOrder},
		{"feedback", "your words", "tell those who run this bot what was good, wrong or missing; your name is not kept", []string{"feedback the date was what I needed"}, (*Bot).feedback},
	}
}

// commandIn finds the command that a text is. A command that takes nothing is
// one only by itself: "about France" is a question.
func (b *Bot) commandIn(text string) (c command, rest string, found bool) {
	words := strings.TrimPrefix(strings.TrimSpace(text), "/")
	name, rest, _ := strings.Cut(words, " ")
	name = strings.TrimRight(strings.ToLower(name), ".!?:,")
	rest = strings.TrimSpace(rest)
	for _, c := range b.commands {
		if c.name == name && (c.takes != "" || rest == "") {
			return c, rest, true
		}
	}
	if rest, ok := digest.Wish(words); ok {
		i := slices.IndexFunc(b.commands, func(c command) bool { return c.name == "digest" })
		return b.commands[i], rest, true
	}
	return command{}, "", false
}

// help is what the engine says of questions, and the table of commands.
func (b *Bot) help(_ context.Context, _ Message, _ string, before answers.Context) (Reply, answers.Context, error) {
	a, _, err := b.engine.Ask("help", answers.Context{})
	if err != nil {
		return Reply{}, before, err
	}
	r := replyTo(&a)
	last := &r.Parts[len(r.Parts)-1]
	last.Body = append(last.Body, answers.Block{Text: "Besides questions I take these words:"}, b.commandTable())
	return r, before, nil
}

func (b *Bot) commandTable() answers.Block {
	t := &answers.Table{Columns: []string{"Say", "What it does"}}
	width := utf8.RuneCountInString(t.Columns[0])
	for _, c := range b.commands {
		say := c.name
		if c.takes != "" {
			say += " " + strings.ToUpper(c.takes)
		}
		t.Rows = append(t.Rows, []string{say, c.does})
		width = max(width, utf8.RuneCountInString(say))
	}
	lines := []string{fmt.Sprintf("%-*s  %s", width, t.Columns[0], t.Columns[1])}
	for _, row := range t.Rows {
		lines = append(lines, fmt.Sprintf("%-*s  %s", width, row[0], row[1]))
	}
	return answers.Block{Text: strings.Join(lines, "\n"), Table: t}
}

// about tells which report the answers are from.
func (b *Bot) about(_ context.Context, _ Message, _ string, before answers.Context) (Reply, answers.Context, error) {
	r := b.aboutReport()
	r.Parts[0].Body = append(r.Parts[0].Body, answers.Block{Text: "What the report does not give, I do not know."})
	return r, before, nil
}

// reset forgets a conversation.
func (b *Bot) reset(context.Context, Message, string, answers.Context) (Reply, answers.Context, error) {
	return say("This conversation is forgotten. The next question stands by itself."), answers.Context{}, nil
}

// feedback keeps what somebody has to say, with the answer that they had last.
func (b *Bot) feedback(ctx context.Context, m Message, rest string, before answers.Context) (Reply, answers.Context, error) {
	switch {
	case rest == "":
		return say("Please write what you would like to say behind the word, as in: feedback the date was what I needed"), before, nil
	case b.asked == nil:
		return say("Feedback is not kept here. Please tell those who run this bot."), before, nil
	}
	if err := b.asked.add(ctx, m, Asking{Feedback: rest, Code: before.Last}); err != nil {
		return Reply{}, before, err
	}
	return say("Thank you. This is kept for those who run this bot, without your name."), before, nil
}
