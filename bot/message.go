package bot

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"reportbot/answers"
	"reportbot/bot/chart"
	"reportbot/bot/sheet"
)

// Target is where a reply goes.
type Target struct {
	Platform string `json:"platform"`         // the adapter's name
	Channel  string `json:"channel"`          // replies to one channel keep their order
	Thread   string `json:"thread,omitempty"` // empty: none
}

func (t Target) lane() string { return t.Platform + "\x00" + t.Channel }

// Message is what somebody wrote to the bot, as an adapter gives it: the
// mention of the bot taken out, mentions of people too.
type Message struct {
	// ID stays the same when the platform sends the message again, and no other
	// message of any platform has it.
	ID     string
	Target Target
	// Conversation is what follow-ups share, by the platform's custom: a thread
	// with whoever writes in it, or a person in a channel. Empty: the target and
	// the author.
	Conversation string
	Author       string // by which the platform tells people apart; it is not kept
	Text         string
	Act          Act    // what is wanted, where that is not said in words
	Code         string // the answer that Act is about, or its short name
	// Replaces is the ID of the message that this one stands in place of, since
	// its author edited or deleted it: the reply to that one is changed. Empty:
	// the message stands by itself.
	Replaces string
	// Private: nobody but its author sees the message and the reply.
	Private bool
	// Manages says whether its author may manage the channel, where the platform
	// told so with the message; nil: it did not.
	Manages *bool
}

// Act is what a message wants that was not written but chosen, such as by a
// button beside an answer.
type Act string

// The acts.
const (
	Ask      Act = ""         // the text is a question or a command
	Again    Act = "again"    // the answer of the code again, as for others to see
	AsChart  Act = "chart"    // the same, as a chart
	AsCSV    Act = "csv"      // the same, as a file
	Why      Act = "why"      // where the figures of the answer come from
	Useful   Act = "useful"   // the answer was useful
	Wrong    Act = "wrong"    // the answer was not
	Hello    Act = "hello"    // the bot has come into a channel
	Withdraw Act = "withdraw" // the message of Replaces was deleted: its reply is to go
)

func (m Message) conversation() string {
	if m.Conversation != "" {
		return m.Target.Platform + "\x00" + m.Conversation
	}
	return m.Target.lane() + "\x00" + m.Target.Thread + "\x00" + m.Author
}

// original is the ID of the message that the reply is to.
func (m Message) original() string { return cmp.Or(m.Replaces, m.ID) }

// reference is a short name for a message, by which a person can tell an
// operator which one they mean.
func (m Message) reference() string { return reference(m.ID) }

func reference(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:4])
}

// Reply is what the bot says, in pieces that each platform sets in its own form.
type Reply struct {
	Status       answers.Status `json:"status,omitempty"` // empty for what is no answer
	Parts        []Part         `json:"parts"`            // one a question
	Suggestions  []Action       `json:"suggestions,omitempty"`
	Alternatives []Action       `json:"alternatives,omitempty"`
	Code         string         `json:"code,omitempty"`  // of the answer, which gives it again
	Short        string         `json:"short,omitempty"` // a name of the code, where that is too long for a button (Terse)
	Form         answers.Form   `json:"form,omitempty"`  // in which it was asked for: a chart, a table, a file
	// Offers are the forms in which the answer can be had besides (AsChart,
	// AsCSV): where it has two figures or more that can be compared.
	Offers []answers.Form `json:"offers,omitempty"`
	// Digests: it tells how digests are set up, for which a platform may have a form.
	Digests bool `json:"digests,omitempty"`
	// Refused is the part of an order for which it was not followed, as the parts
	// say; empty: it was, or nothing was ordered.
	Refused OrderPart `json:"-"`
}

// OrderPart is a part of an order to set a digest up, as forms have fields for.
type OrderPart string

// The parts.
const (
	OrderChannel OrderPart = "channel"
	OrderZone    OrderPart = "zone"
	OrderTopic   OrderPart = "topic"
	OrderWithout OrderPart = "without"
)

// Part is the answer to one question.
type Part struct {
	Interpretation string          `json:"interpretation,omitempty"` // how the question was read
	Headline       string          `json:"headline"`                 // the answer in one sentence
	Body           []answers.Block `json:"body,omitempty"`           // what follows it: lines and tables
	Caveats        []string        `json:"caveats,omitempty"`
	Source         string          `json:"source,omitempty"`
	Chart          *chart.Spec     `json:"chart,omitempty"` // a picture of its figures, where they are worth one or one was asked for
	Sheet          *sheet.Sheet    `json:"sheet,omitempty"` // its figures as a file, where one was asked for
}

// Action is a question that can be asked next.
type Action struct {
	Label    string `json:"label,omitempty"` // how it reads the question, where that differs; may be empty
	Question string `json:"question"`
}

// replyTo is an answer as a reply.
func replyTo(a *answers.Answer) Reply {
	r := Reply{Status: a.Status, Code: a.Code, Form: a.Form}
	least := chart.Worth
	if a.Form == answers.FormChart {
		least = chart.Least
	}
	for i := range a.Parts {
		p := &a.Parts[i]
		part := Part{Interpretation: p.Interpretation, Headline: p.Headline, Body: p.Body, Caveats: p.Caveats, Source: p.Source, Chart: chart.Of(p, least)}
		if a.Form == answers.FormCSV {
			part.Sheet = sheet.Of(p, a.Code)
		}
		r.Parts = append(r.Parts, part)
	}
	r.Offers = offers(a)
	for _, question := range a.Suggestions {
		r.Suggestions = append(r.Suggestions, Action{Question: question})
	}
	for _, other := range a.Alternatives {
		r.Alternatives = append(r.Alternatives, Action{other.Interpretation, other.Question})
	}
	return r
}

// offers are the forms in which an answer can be had besides its own.
func offers(a *answers.Answer) []answers.Form {
	var out []answers.Form
	comparable := func(p answers.Part) bool { return chart.Of(&p, chart.Least) != nil }
	if a.Code == "" || !slices.ContainsFunc(a.Parts, comparable) {
		return nil
	}
	for _, form := range []answers.Form{answers.FormChart, answers.FormCSV} {
		if form != a.Form {
			out = append(out, form)
		}
	}
	return out
}

// say is a reply of one sentence and further lines, which is no answer.
func say(headline string, lines ...string) Reply {
	p := Part{Headline: headline}
	for _, line := range lines {
		p.Body = append(p.Body, answers.Block{Text: line})
	}
	return Reply{Parts: []Part{p}}
}
