package bot

import (
	"time"

	"reportbot/bot/digest"
)

// Conversations is the section "conversations" of the configuration.
type Conversations struct {
	Kept time.Duration `yaml:"kept" doc:"How long a conversation is remembered after its last question, so that a follow-up such as \"and Germany?\" is understood."`
}

// Validate reports what cannot be.
func (c *Conversations) Validate(report func(key, format string, args ...any)) {
	if c.Kept < time.Second {
		report("kept", "must be at least 1s")
	}
}

// Asked is the section "asked".
type Asked struct {
	Kept time.Duration `yaml:"kept" doc:"How long feedback, and questions that were not answered, are kept for the owner, without the name of who asked; 0 keeps none."`
}

// Validate reports what cannot be.
func (c *Asked) Validate(report func(key, format string, args ...any)) {
	if c.Kept != 0 && c.Kept < time.Minute {
		report("kept", "must be 0, or at least 1m")
	}
}

// Limits is the section "limits".
type Limits struct {
	PersonPerMinute  int `yaml:"person_per_minute" doc:"How many questions one person may ask in a minute."`
	ChannelPerMinute int `yaml:"channel_per_minute" doc:"How many questions may be asked in one channel in a minute."`
	QuestionLength   int `yaml:"question_length" doc:"How many characters a question may have."`
	Concurrent       int `yaml:"concurrent" doc:"How many questions are worked on at the same time; the others wait."`
}

// Validate reports what cannot be.
func (l *Limits) Validate(report func(key, format string, args ...any)) {
	for key, n := range map[string]int{
		"person_per_minute": l.PersonPerMinute, "channel_per_minute": l.ChannelPerMinute,
		"question_length": l.QuestionLength, "concurrent": l.Concurrent,
	} {
		if n < 1 {
			report(key, "must be at least 1")
		}
	}
}

// Digests is the section "digests".
type Digests struct {
	Zone       string        `yaml:"zone" doc:"The time zone of a digest that is set up without naming one, where the platform does not tell the person's; empty: it has to be named."`
	Grace      time.Duration `yaml:"grace" doc:"How late a digest may come, after the bot was down; one that would be later is skipped."`
	PerChannel int           `yaml:"per_channel" doc:"How many digests, each of another topic, a channel may have."`
	PerPerson  int           `yaml:"per_person" doc:"How many digests one person may have set up."`
	Fixed      []string      `yaml:"fixed" doc:"Digests that cannot be changed from the chat, each as platform, channel and when: \"slack C0123456789 weekdays 09:00 Europe/Paris\"."`
}

// longestGrace is the longest grace time: a digest is to come on its day.
const longestGrace = 20 * time.Hour

// Validate reports what cannot be.
func (d *Digests) Validate(report func(key, format string, args ...any)) {
	if d.Zone != "" {
		if _, err := digest.LoadZone(d.Zone); err != nil {
			report("zone", "%s", err)
		}
	}
	if d.Grace < time.Minute || d.Grace > longestGrace {
		report("grace", "must be from 1m to %s", longestGrace)
	}
	for key, n := range map[string]int{"per_channel": d.PerChannel, "per_person": d.PerPerson} {
		if n < 1 {
			report(key, "must be at least 1")
		}
	}
	for _, text := range d.Fixed {
		if _, _, _, err := readFixed(text); err != nil {
			report("fixed", "%q: %s", text, err)
		}
	}
}

// Settings are the bot's own sections.
type Settings struct {
	Conversations Conversations `yaml:"conversations" doc:"What is remembered of a conversation."`
	Asked         Asked         `yaml:"asked" doc:"What is kept for the owner, to learn what to add."`
	Limits        Limits        `yaml:"limits" doc:"What one may ask for."`
	Digests       Digests       `yaml:"digests" doc:"Digests, which channels get once a day."`
}

// Defaults are the settings before a file is read.
func Defaults() Settings {
	return Settings{
		Conversations: Conversations{Kept: 30 * time.Minute},
		Asked:         Asked{Kept: 30 * 24 * time.Hour},
		Limits:        Limits{PersonPerMinute: 20, ChannelPerMinute: 60, QuestionLength: 1000, Concurrent: 64},
		Digests:       Digests{Grace: 3 * time.Hour, PerChannel: 5, PerPerson: 20},
	}
}
