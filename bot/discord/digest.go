package discord

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/digest"
)

// The command for digests. It is one of its own since default_member_permissions
// is of whole commands: in /report it would hide that from all who may not manage
// channels (docs.discord.com/developers/interactions/application-commands,
// application command object).
const (
	digestName = "digest"

	optionWhen, optionTime, optionZone, optionTopic, optionWithout = "when", "time", "zone", "topic", "without"
)

// digestCommand is /digest: in servers where the bot itself is, since it is the
// bot that posts. In direct messages the same is written as text.
func digestCommand() applicationCommand {
	needed := strconv.Itoa(permissionManageChannels)
	c := applicationCommand{
		Name: digestName, Type: commandSlash, Description: "A digest of the report in this channel, once a day",
		Integrations: []int{installedInServer}, Contexts: []int{contextServer}, Permissions: &needed,
	}
	typed := func(name, what string) commandOption {
		return commandOption{Type: optionText, Name: name, Description: what, Autocomplete: true, MaxLength: limitChoice}
	}
	topic := typed(optionTopic, "What it is about; without this, everything")
	c.add(string(digest.Set), "Set a digest up, or change when it comes",
		commandOption{Type: optionText, Name: optionWhen, Description: "On which days", Required: true, Choices: dayChoices()},
		commandOption{Type: optionText, Name: optionTime, Description: "At what time, such as 09:00 or 8:30am", Required: true, MaxLength: limitTime},
		typed(optionZone, "By the clocks of which time zone, such as Europe/Paris"), topic,
		commandOption{Type: optionText, Name: optionWithout, Description: "What to leave out of it", Choices: sectionChoices()})
	c.add(string(digest.List), "The digests of this channel")
	topic.Description = "Which one, where there are several"
	c.add(string(digest.Preview), "The next digest, for you alone", topic)
	c.add(string(digest.Pause), "No digest until it is resumed", topic)
	c.add(string(digest.Resume), "Digests again after a pause", topic)
	c.add(string(digest.Remove), "No digest any more", topic)
	c.add(string(digest.History), "What became of the last digests", topic)
	return c
}

func (c *applicationCommand) add(name, what string, options ...commandOption) {
	c.Options = append(c.Options, commandOption{Type: optionSub, Name: name, Description: what, Options: options})
}

// dayChoices are the days on which a digest may come.
func dayChoices() []choice {
	var out []choice
	for _, days := range []string{"daily", "weekdays", "weekends", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"} {
		out = append(out, choice{days, days})
	}
	return out
}

// sectionChoices are what can be left out of a digest: a part, or several, but
// not all. An option takes one choice.
func sectionChoices() []choice {
	all := digest.Sections()
	var out []choice
	for many := 1; many < len(all); many++ {
		for set := range 1 << len(all) {
			var some []digest.Section
			for i, s := range all {
				if set&(1<<i) != 0 {
					some = append(some, s)
				}
			}
			if len(some) == many {
				out = append(out, choice{digest.Words(some), digest.Words(some)})
			}
		}
	}
	return out
}

// isDigest says whether a command is about digests: /digest, and in /report the
// list of them, where people look for it.
func (i *interaction) isDigest() bool {
	return i.Type == typeCommand && (i.Data.Name == digestName || i.Data.Name == commandName && i.sub().Name == digestName)
}

// digest does what a command wants of the digests of its channel, and tells the
// person who gave it alone: what others are to see is the digest.
func (d *Discord) digest(ctx context.Context, in bot.Intake, i *interaction) result {
	m := d.asks(i)
	m.Private = true
	o, err := order(i.sub())
	if err != nil {
		return d.give(ctx, i, m, mended(o, err), manner{kind: answerMessage, flags: flagEphemeral})
	}
	if o.Act == digest.Set && boolOf(m.Manages) && !d.mayWrite(i) {
		return note("The bot may not write in this channel, so that no digest can come. Please ask somebody who manages it to let it see the channel and send messages.")
	}
	reply, err := in.Digest(ctx, m, o)
	if err != nil {
		d.log.Error("an order about digests was not taken in", "interaction", i.ID, "error", err)
		return note(bot.Apology)
	}
	return d.give(ctx, i, m, reply, manner{kind: answerMessage, flags: flagEphemeral, digest: o.Act == digest.Preview})
}

func boolOf(b *bool) bool { return b != nil && *b }

// order is what a sub-command orders. Errors: *digest.Problem,
// *digest.UnknownZoneError, with the order without what is wrong.
func order(sub givenOption) (o digest.Order, err error) {
	o = digest.Order{Act: digest.Act(sub.Name), About: sub.text(optionTopic)}
	if sub.Name == digestName { // of /report
		o.Act = digest.List
	}
	if o.Act != digest.Set {
		return o, nil
	}
	days, err := digest.ParseOrder(sub.text(optionWhen))
	if err != nil {
		return o, err
	}
	o.Schedule.Days = days.Schedule.Days
	if without := sub.text(optionWithout); without != "" {
		left, err := digest.ParseOrder(string(digest.List) + " without " + without)
		if err != nil {
			return o, err
		}
		o.Without = left.Without
	}
	if o.Schedule.At, err = digest.ParseClock(sub.text(optionTime)); err != nil {
		return o, err
	}
	if zone := sub.text(optionZone); zone != "" {
		o.Schedule.Zone, err = digest.LoadZone(zone)
		o.Zoned = err == nil
	}
	return o, err
}

// mended says what is wrong with an order, and where it is the zone alone, gives
// the order with each of those that may have been meant.
func mended(o digest.Order, err error) bot.Reply {
	r := bot.Reply{Status: answers.Clarify, Parts: []bot.Part{{Headline: err.Error()}}}
	var zone *digest.UnknownZoneError
	if !errors.As(err, &zone) {
		return r
	}
	for _, name := range zone.Nearest {
		near := o
		if near.Schedule.Zone, err = digest.LoadZone(name); err != nil {
			continue
		}
		near.Zoned = true
		text := near.String()
		if o.About != "" {
			text += " about " + o.About
		}
		r.Suggestions = append(r.Suggestions, bot.Action{Label: name, Question: text})
	}
	return r
}

// digestChoices offer what may be meant by what is typed in an option about
// digests.
func (d *Discord) digestChoices(in bot.Intake, i *interaction, option, typed string) []choice {
	out := []choice{}
	if option == optionZone {
		for _, name := range digest.SearchZones(typed, limitChoices) {
			out = append(out, choice{shortenedTo(name, limitChoice), shortenedTo(name, limitChoice)})
		}
		return out
	}
	act := digest.Act(i.sub().Name)
	if act != digest.Set {
		out = d.digestsHere(in, i.Channel, typed)
	}
	if act == digest.Set || act == digest.Preview {
		for _, c := range in.Topics(typed, limitChoices-len(out)) {
			out = append(out, choice{shortenedTo(c.Label, limitChoice), shortenedTo(c.Label, limitChoice)})
		}
	}
	return out
}

// digestsHere are the digests of a channel that what is typed may mean, by their
// topics.
func (d *Discord) digestsHere(in bot.Intake, channel, typed string) []choice {
	out := []choice{}
	for _, line := range in.Digests(d.Name(), channel) {
		o, err := digest.ParseOrder(line.What)
		if err != nil || !strings.Contains(strings.ToLower(line.What), strings.ToLower(typed)) || len(out) == limitChoices {
			continue
		}
		out = append(out, choice{shortenedTo(line.What, limitChoice), shortenedTo(cmp.Or(o.About, everything), limitChoice)})
	}
	return out
}

// everything is the topic of a digest that names none.
const everything = "everything"
