package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/answers"
	"reportbot/bot"
)

// applicationCommand is a command as Discord has it
// (docs.discord.com/developers/interactions/application-commands).
type applicationCommand struct {
	Name         string          `json:"name"`
	Type         int             `json:"type"`
	Description  string          `json:"description,omitempty"`
	Options      []commandOption `json:"options,omitempty"`
	Integrations []int           `json:"integration_types,omitempty"`
	Contexts     []int           `json:"contexts,omitempty"`
	Permissions  *string         `json:"default_member_permissions,omitempty"` // whom it is shown to by default; nil: all
}

type commandOption struct {
	Type         int             `json:"type"`
	Name         string          `json:"name"`
	Description  string          `json:"description"`
	Required     bool            `json:"required,omitempty"`
	Autocomplete bool            `json:"autocomplete,omitempty"`
	Choices      []choice        `json:"choices,omitempty"`
	Options      []commandOption `json:"options,omitempty"`
	MaxLength    int             `json:"max_length,omitempty"`
}

// The types of commands and options (the same page).
const (
	commandSlash   = 1
	commandMessage = 3

	optionSub     = 1
	optionText    = 3
	optionBoolean = 5
)

// The names of commands and options.
const (
	commandName = "report"
	askAbout    = "Ask the report about this"

	subAsk, subCountry, subCompare, subRank, subFinding, subHelp = "ask", "country", "compare", "rank", "finding", "help"

	optionQuestion, optionName, optionMeasure, optionFirst, optionSecond = "question", "name", "measure", "first", "second"
	optionRegion, optionAbout, optionPrivate                             = "region", "about", "private"
)

// commands are all commands of the bot. Those that ask work in servers, in direct
// messages and among people, for whoever installed the app.
func commands(f *bot.Form) []applicationCommand {
	everywhere := []int{contextServer, contextBotDM, contextPrivate}
	both := []int{installedInServer, installedForOneself}
	measure := commandOption{Type: optionText, Name: optionMeasure, Description: "Which figures", Choices: measureChoices(f)}
	needed := measure
	needed.Required = true
	private := commandOption{Type: optionBoolean, Name: optionPrivate, Description: "Only you see the answer"}
	typed := func(name, what string) commandOption {
		return commandOption{Type: optionText, Name: name, Description: what, Required: true, Autocomplete: true, MaxLength: longestTyped}
	}
	region := typed(optionRegion, "Only the countries of a region")
	region.Required = false
	sub := func(name, what string, options ...commandOption) commandOption {
		return commandOption{Type: optionSub, Name: name, Description: what, Options: options}
	}
	return []applicationCommand{
		{Name: commandName, Type: commandSlash, Description: "Figures and findings of the report, with dates and caveats", Integrations: both, Contexts: everywhere, Options: []commandOption{
			sub(subAsk, "Ask in your own words", typed(optionQuestion, "For instance: returned from France"), private),
			sub(subCountry, "What the report has on a country or a region", typed(optionName, "A country or a region"), measure, private),
			sub(subCompare, "Compare two countries or regions", typed(optionFirst, "A country or a region"), typed(optionSecond, "Another one"), measure, private),
			sub(subRank, "The countries in order of a figure", needed, region, private),
			sub(subFinding, "What the report's text says about something", typed(optionAbout, "For instance: child returnees"), private),
			sub(digestName, "The digests that this channel gets"),
			sub(subHelp, "What can be asked, and how"),
		}},
		digestCommand(),
		{Name: askAbout, Type: commandMessage, Integrations: both, Contexts: everywhere},
	}
}

func measureChoices(f *bot.Form) []choice {
	var out []choice
	for _, m := range f.Measures() {
		out = append(out, choice{m.Label, m.Value})
	}
	return out[:min(len(out), limitChoices)]
}

// sub is the sub-command of a command, and its options.
func (i *interaction) sub() givenOption {
	if len(i.Data.Options) > 0 && i.Data.Options[0].Type == optionSub {
		return i.Data.Options[0]
	}
	return givenOption{}
}

// option is the value of an option, nil where it is not given.
func (o givenOption) option(name string) json.RawMessage {
	for _, x := range o.Options {
		if x.Name == name {
			return x.Value
		}
	}
	return nil
}

func (o givenOption) text(name string) string {
	var text string
	_ = json.Unmarshal(o.option(name), &text) // what is no text is none
	return strings.TrimSpace(text)
}

func boolean(value json.RawMessage) bool { return string(value) == "true" }

// command answers a command.
func (d *Discord) command(ctx context.Context, in bot.Intake, i *interaction) result {
	if i.isDigest() {
		return d.digest(ctx, in, i)
	}
	m := d.asks(i)
	if i.Data.Target != "" {
		m.Text = d.plain(i.Data.Resolved.Messages[i.Data.Target].Content)
	} else {
		d.fill(&m, in.Form(), i.sub())
	}
	if m.Text == "" && m.Act == bot.Ask {
		m.Text = subHelp
	}
	if m.Act == bot.Ask && m.Text != subHelp {
		d.recent.add(m.Author, m.Text)
	}
	return d.reply(ctx, in, i, m, answerMessage, d.flags(i), 0)
}

// fill says what a sub-command wants: a question of the form, where what was
// typed are names that it knows, else one in words.
func (d *Discord) fill(m *bot.Message, f *bot.Form, sub givenOption) {
	var s bot.Selection
	words := ""
	s.Measure = sub.text(optionMeasure)
	switch sub.Name {
	case subAsk:
		m.Text = d.plain(sub.text(optionQuestion))
		return
	case subFinding:
		m.Text = "what does it say about " + d.plain(sub.text(optionAbout))
		return
	case subCountry:
		s.Operation, s.Subjects = string(answers.Lookup), []string{sub.text(optionName)}
		words = fmt.Sprintf("%s %s", cmp.Or(measureLabel(f, s.Measure), "tell me about"), sub.text(optionName))
	case subCompare:
		s.Operation, s.Subjects = string(answers.Compare), []string{sub.text(optionFirst), sub.text(optionSecond)}
		words = fmt.Sprintf("compare %s and %s %s", sub.text(optionFirst), sub.text(optionSecond), measureLabel(f, s.Measure))
	case subRank:
		s.Operation = string(answers.Rank)
		words = "rank countries by " + measureLabel(f, s.Measure)
		if region := sub.text(optionRegion); region != "" {
			s.Subjects = []string{region}
			words += " in " + region
		}
	default:
		m.Text = subHelp
		return
	}
	if code, err := f.Code(s); err == nil {
		m.Act, m.Code = bot.Again, code
		return
	}
	m.Text = d.plain(words)
}

func measureLabel(f *bot.Form, measure string) string {
	for _, m := range f.Measures() {
		if m.Value == measure {
			return m.Label
		}
	}
	return ""
}

// suggest offers what may be meant by what is typed.
func (d *Discord) suggest(in bot.Intake, i *interaction) suggestions {
	var out suggestions
	out.Type, out.Data.Choices = answerSuggested, []choice{}
	for _, o := range i.sub().Options {
		if !o.Focused {
			continue
		}
		typed := givenOption{Options: []givenOption{o}}.text(o.Name)
		if i.Data.Name == digestName {
			out.Data.Choices = d.digestChoices(in, i, o.Name, typed)
			break
		}
		if o.Name == optionQuestion {
			for _, q := range in.Complete(typed, limitChoices, d.recent.of(i.author())...) {
				out.Data.Choices = append(out.Data.Choices, choice{shortenedTo(q, limitChoice), shortenedTo(q, limitChoice)})
			}
			break
		}
		if o.Name == optionAbout {
			break // free text
		}
		for _, c := range in.Form().Subjects(typed, limitChoices) {
			out.Data.Choices = append(out.Data.Choices, choice{shortenedTo(c.Label, limitChoice), c.Value})
		}
	}
	return out
}

// shortenedTo is a text of so many characters at most, cut with "…".
func shortenedTo(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return strings.TrimRight(string(runes[:most-1]), " ") + "…"
}

// recent are the last questions of people, as long as the program runs.
type recent struct {
	mu     sync.Mutex
	people *lru.Cache[string, []string]
}

const (
	mostPeople = 10_000
	mostRecent = 5
)

func newRecent() *recent {
	people, err := lru.New[string, []string](mostPeople)
	if err != nil { // a size of less than 1
		panic(err)
	}
	return &recent{people: people}
}

func (r *recent) add(person, question string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := []string{question}
	old, _ := r.people.Get(person)
	for _, q := range old {
		if !strings.EqualFold(q, question) && len(list) < mostRecent {
			list = append(list, q)
		}
	}
	r.people.Add(person, list)
}

func (r *recent) of(person string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	list, _ := r.people.Get(person)
	return list
}
