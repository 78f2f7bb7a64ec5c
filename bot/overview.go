package bot

import (
	"fmt"

	"reportbot/answers"
)

// mostExamples is how many questions are put forward at a time.
const mostExamples = 3

// Overview is of Intake.
func (b *Bot) Overview() Reply {
	r := b.aboutReport()
	if a, _, err := b.engine.Ask("help", answers.Context{}); err == nil { // it says what can be asked; else what it is about will do
		r.Parts[0].Headline = a.Parts[0].Headline
	}
	r.Suggestions = b.examples(len(b.engine.Report().Vocabulary.Examples))
	return r
}

// hello is what the bot says where it has come in.
func (b *Bot) hello() Reply {
	reply := say(b.whichReport(),
		"Ask me by name; the figures come with their dates and caveats, and what the report does not give, I say so.")
	reply.Suggestions = b.examples(mostExamples)
	return reply
}

// whichReport names the report.
func (b *Bot) whichReport() string {
	r := b.engine.Report()
	return fmt.Sprintf("I answer questions about one published report: %s, by %s, %s.", r.Title, r.Publisher, r.Date.Words())
}

// aboutReport tells which report the answers are from.
func (b *Bot) aboutReport() Reply {
	r := b.engine.Report()
	reply := say(b.whichReport(),
		fmt.Sprintf("I have its %s and %s from its text, in edition %s of the data.", plural(len(r.Tables), "table"), plural(len(r.Findings), "finding"), r.Edition),
		"Each answer is worked out from these figures alone, and every number in it is checked against them before it is sent. Signs, dates and gaps of the report are shown with the figure.")
	reply.Suggestions = b.examples(mostExamples)
	return reply
}

// examples are the first questions of those that the data puts forward.
func (b *Bot) examples(most int) []Action {
	var out []Action
	for _, question := range b.engine.Report().Vocabulary.Examples {
		if len(out) == most {
			break
		}
		out = append(out, Action{Question: question})
	}
	return out
}
