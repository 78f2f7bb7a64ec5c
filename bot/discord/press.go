package discord

import (
	"context"
	"strconv"
	"strings"

	"reportbot/bot"
)

// press answers the press of a button, or a choice in a menu.
func (d *Discord) press(ctx context.Context, in bot.Intake, i *interaction) result {
	id := i.Data.CustomID
	if len(i.Data.Values) > 0 {
		id = i.Data.Values[0]
	}
	kind, payload, _ := strings.Cut(id, ".")
	m := d.asks(i)
	flags := d.flags(i)
	switch kind {
	case buttonAsk:
		m.Text = payload
	case buttonWhy:
		m.Act, m.Code, flags = bot.Why, payload, flagEphemeral
	case buttonGood, buttonBad:
		m.Act, m.Code, flags = bot.Useful, payload, flagEphemeral
		if kind == buttonBad {
			m.Act = bot.Wrong
		}
	case buttonShare:
		m.Act, m.Code, flags = bot.Again, payload, 0
	case buttonChart, buttonCSV:
		m.Act, m.Code = bot.AsChart, payload
		if kind == buttonCSV {
			m.Act = bot.AsCSV
		}
		return d.inForm(ctx, in, i, m, flags)
	case buttonPage:
		return d.turn(ctx, in, i, payload)
	default:
		return note("That button has expired. Please ask again.")
	}
	return d.reply(ctx, in, i, m, answerMessage, flags, 0)
}

// inForm gives an answer that is there already in another form.
func (d *Discord) inForm(ctx context.Context, in bot.Intake, i *interaction, m bot.Message, flags int) result {
	if !i.mayAttach() {
		return note(noFilesHere)
	}
	m.Private = flags == flagEphemeral
	reply, err := in.Answer(ctx, m)
	if err != nil {
		return note(bot.Apology)
	}
	return d.give(ctx, i, m, captioned(reply), manner{kind: answerMessage, flags: flags})
}

// turn shows another page of an answer: in place, for the person who asked and
// in what one person alone sees; else to the person who pressed, alone.
func (d *Discord) turn(ctx context.Context, in bot.Intake, i *interaction, payload string) result {
	number, answerCode, _ := strings.Cut(payload, ".")
	page, err := strconv.Atoi(number)
	if err != nil || page < 0 {
		return note("That button has expired. Please ask again.")
	}
	m := d.asks(i)
	m.Act, m.Code = bot.Again, answerCode
	if i.Message != nil && (i.Message.Flags&flagEphemeral != 0 || i.Message.asker() == i.author()) {
		return d.reply(ctx, in, i, m, answerUpdate, i.Message.Flags&flagEphemeral, page)
	}
	return d.reply(ctx, in, i, m, answerMessage, flagEphemeral, page)
}

// asker is who asked what the message answers, empty where it is not told.
func (p *pressed) asker() string {
	switch {
	case p.Caused != nil:
		return p.Caused.User.ID
	case p.Replied != nil:
		return p.Replied.Author.ID
	}
	return ""
}
