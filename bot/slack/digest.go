package slack

import (
	"context"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
	"reportbot/bot/digest"
	"reportbot/bot/layout"
)

// viewDigest is the callback_id of the window in which a digest is set up.
const viewDigest = "digest"

// The fields of the window. A field's block and its element are called by its
// name; those of an order's parts by these.
const (
	fieldChannel = bot.Field(bot.OrderChannel)
	fieldDays    = bot.Field("days")
	fieldTime    = bot.Field("time")
	fieldZone    = bot.Field(bot.OrderZone)
	fieldTopic   = bot.Field(bot.OrderTopic)
	fieldWithout = bot.Field(bot.OrderWithout)
)

// usualTime is the time of a digest before another one is chosen.
const usualTime = "09:00"

// digestStart is what the window begins with.
type digestStart struct {
	channel string           // that it was opened in; empty: none
	zone    string           // of the person; empty: not known
	topics  []bot.Choice     // the usual one first
	there   []bot.DigestLine // the digests that the channel gets
}

// digestView is the window in which a digest is set up.
func digestView(start digestStart) slackapi.ModalViewRequest {
	channel := slackapi.NewOptionsSelectBlockElement(slackapi.OptTypeConversations, plain("Choose a channel"), string(fieldChannel))
	channel.DefaultToCurrentConversation = true
	channel.Filter = &slackapi.SelectBlockElementFilter{Include: []string{"public", "private"}}
	if direct(start.channel) {
		channel.Filter.Include = append(channel.Filter.Include, "im")
	}
	days := options(dayChoices())
	at := slackapi.NewTimePickerBlockElement(string(fieldTime))
	at.InitialTime = usualTime
	view := window("Set up a digest", "Cancel", append(digestsThere(start),
		field(fieldChannel, "In which channel?", channel, "I have to be in it."),
		field(fieldDays, "On which days?", slackapi.NewOptionsMultiSelectBlockElement(slackapi.MultiOptTypeStatic, plain("Choose days"), string(fieldDays), days...).WithInitialOptions(days[0]), ""),
		field(fieldTime, "At what time?", at, ""),
		field(fieldZone, "In which time zone?", typedIn(fieldZone, "Begin to type a city", zoneChoices(start.zone)), ""),
		field(fieldTopic, "About what?", typedIn(fieldTopic, "Begin to type a topic", topicChoices(start.topics[:min(1, len(start.topics))])), ""),
		field(fieldWithout, "What is to be left out?", slackapi.NewCheckboxGroupsBlockElement(string(fieldWithout), options(sectionChoices())...), "").WithOptional(true),
	))
	view.CallbackID, view.Submit = viewDigest, plain("Set up")
	return view
}

// digestsThere are the digests that the channel gets, as lines.
func digestsThere(start digestStart) []slackapi.Block {
	if len(start.there) == 0 {
		return nil
	}
	var lines []string
	for _, d := range start.there[:min(len(start.there), mostShown)] {
		lines = append(lines, "\n"+d.What+": "+d.State)
	}
	heading := "This channel gets already:"
	if direct(start.channel) {
		heading = "You get already:"
	}
	return []slackapi.Block{slackapi.NewRichTextBlock("", section(heading, strings.Join(lines, ""))...)}
}

// mostShown is how many digests are shown in one place.
const mostShown = 20

// typedIn is a menu of what is typed; it begins with the first choice, if there
// is one.
func typedIn(name bot.Field, placeholder string, begin []bot.Choice) *slackapi.SelectBlockElement {
	all := 0
	menu := slackapi.NewOptionsSelectBlockElement(slackapi.OptTypeExternal, plain(placeholder), string(name))
	menu.MinQueryLength = &all
	if first := options(begin); len(first) > 0 {
		menu.InitialOption = first[0]
	}
	return menu
}

// dayChoices are the days, every day first.
func dayChoices() []bot.Choice {
	days := []digest.Days{digest.Daily, digest.Weekdays, digest.Weekends}
	labels := []string{"Every day", "Weekdays, Monday to Friday", "Weekends"}
	for i := range 7 {
		w := time.Weekday((i + 1) % 7) // a week begins on Monday
		days, labels = append(days, 1<<w), append(labels, w.String()+"s")
	}
	out := make([]bot.Choice, len(days))
	for i, d := range days {
		out[i] = bot.Choice{Value: d.String(), Label: labels[i]}
	}
	return out
}

func sectionChoices() []bot.Choice {
	labels := map[digest.Section]string{
		digest.SubjectSection: "The country of the day", digest.FindingSection: "A finding from the report's text",
		digest.ReadingSection: "How to read the figures", digest.AskedSection: "What was asked in the channel",
	}
	var out []bot.Choice
	for _, s := range digest.Sections() {
		out = append(out, bot.Choice{Value: string(s), Label: labels[s]})
	}
	return out
}

// zoneChoices are zones as choices, those that there are.
func zoneChoices(names ...string) []bot.Choice {
	var out []bot.Choice
	for _, name := range names {
		if z, err := digest.LoadZone(name); err == nil && name != "" {
			out = append(out, bot.Choice{Value: z.Name(), Label: strings.ReplaceAll(z.Name(), "_", " ")})
		}
	}
	return out
}

// topicChoices have the name for their value, by which an order is about a topic:
// the slug of everything is empty, which no value may be.
func topicChoices(topics []bot.Choice) []bot.Choice {
	out := make([]bot.Choice, len(topics))
	for i, t := range topics {
		out[i] = bot.Choice{Value: t.Label, Label: t.Label}
	}
	return out
}

func (s *Slack) suggestZones(_ context.Context, _ bot.Intake, i *slackapi.InteractionCallback, done acknowledge) {
	done(suggested{options(zoneChoices(digest.SearchZones(i.Value, limitOptions)...))}, nil)
}

func (s *Slack) suggestTopics(_ context.Context, in bot.Intake, i *slackapi.InteractionCallback, done acknowledge) {
	done(suggested{options(topicChoices(in.Topics(i.Value, limitOptions)))}, nil)
}

// digestWindow is the window for a person in a channel. That their zone is not
// known costs them a choice.
func (s *Slack) digestWindow(ctx context.Context, in bot.Intake, channel, user string) slackapi.ModalViewRequest {
	one, err := s.person(ctx, user)
	if err != nil {
		s.log.Warn("a person's time zone could not be asked for", "error", err)
	}
	start := digestStart{channel: channel, zone: one.zone, topics: in.Topics("", 1)}
	if channel != "" {
		start.there = in.Digests(s.Name(), channel)
	}
	return digestView(start)
}

// takeSetUp opens the window for the press of a button.
func (s *Slack) takeSetUp(ctx context.Context, in bot.Intake, i *slackapi.InteractionCallback, done acknowledge) {
	channel := i.Channel.ID
	if i.View.ID != "" {
		channel = i.View.PrivateMetadata
	}
	done(nil, s.show(ctx, i, s.digestWindow(ctx, in, channel, i.User.ID), false))
}

// commandSetUp opens the window for a command; false if it cannot be opened.
func (s *Slack) commandSetUp(ctx context.Context, in bot.Intake, c slackapi.SlashCommand) bool {
	_, err := s.api.OpenViewContext(ctx, c.TriggerID, s.digestWindow(ctx, in, c.ChannelID, c.UserID))
	if err != nil {
		s.log.Warn("a window could not be shown", "error", err)
	}
	return err == nil
}

// setsUp says whether a command sets a digest up in words.
func setsUp(text string) bool {
	name, rest, _ := strings.Cut(text, " ")
	if !strings.EqualFold(name, commandDigest) {
		return false
	}
	o, err := digest.ParseOrder(rest)
	return err == nil && o.Act == digest.Set
}

// commandDigest is the word that opens the window when it stands alone.
const commandDigest = "digest"

// takeDigest sets a digest up as the window says. What cannot be is told at its
// field; what the bot says takes the window's place.
func (s *Slack) takeDigest(ctx context.Context, in bot.Intake, i *slackapi.InteractionCallback, done acknowledge) {
	o, channel, faults := orderIn(i.View.State)
	if len(faults) == 0 {
		if why := s.cannotPost(ctx, channel, i.User.ID); why != "" {
			faults[string(fieldChannel)] = why
		}
	}
	if len(faults) > 0 {
		done(slackapi.NewErrorsViewSubmissionResponse(faults), nil)
		return
	}
	m := s.asker(i, strings.Join([]string{"slack", i.Team.ID, channel, "form", i.User.ID, i.View.ID, i.View.Hash}, "/"))
	m.Target.Channel = channel
	reply, err := in.Digest(ctx, m, o)
	switch {
	case err != nil:
		s.log.Error("a digest could not be set up", "error", err)
		faults[string(fieldChannel)] = bot.Apology
	case reply.Refused != "":
		faults[string(reply.Refused)] = layout.Shortened(inOneLine(reply), mostFault)
	default:
		view := s.answerView(reply)
		view.Title, view.PrivateMetadata = plain("Digest"), channel
		done(slackapi.NewUpdateViewSubmissionResponse(&view), nil)
		return
	}
	done(slackapi.NewErrorsViewSubmissionResponse(faults), nil)
}

// inOneLine are a reply's sentences.
func inOneLine(r bot.Reply) string {
	var out []string
	for _, p := range r.Parts {
		out = append(out, p.Headline)
		for _, b := range p.Body {
			out = append(out, b.Text)
		}
	}
	return layout.OneLine(strings.Join(out, " "))
}

// orderIn is the order that a window makes, and what is wrong in it by field.
func orderIn(state *slackapi.ViewState) (o digest.Order, channel string, faults map[string]string) {
	faults = map[string]string{}
	chosen := func(name bot.Field) slackapi.BlockAction {
		if state == nil {
			return slackapi.BlockAction{}
		}
		return state.Values[string(name)][string(name)]
	}
	wrong := func(name bot.Field, err error) {
		if err != nil {
			faults[string(name)] = err.Error()
		}
	}
	o.Act = digest.Set
	if channel = chosen(fieldChannel).SelectedConversation; channel == "" {
		faults[string(fieldChannel)] = "Please choose a channel."
	}
	var days []string
	for _, d := range chosen(fieldDays).SelectedOptions {
		days = append(days, d.Value)
	}
	switch err := o.Schedule.Days.UnmarshalText([]byte(strings.Join(days, " and "))); {
	case err != nil:
		faults[string(fieldDays)] = "Please choose days."
	case o.Schedule.Days == digest.Daily && len(days) > 1 && strings.Contains(strings.Join(days, " "), digest.Daily.String()):
		faults[string(fieldDays)] = "Every day is chosen, and other days besides. Please take one of them out."
	}
	wrong(fieldTime, o.Schedule.At.UnmarshalText([]byte(chosen(fieldTime).SelectedTime)))
	if zone := chosen(fieldZone).SelectedOption.Value; zone != "" {
		o.Zoned = true
		wrong(fieldZone, o.Schedule.Zone.UnmarshalText([]byte(zone)))
	}
	o.About = chosen(fieldTopic).SelectedOption.Value
	for _, part := range chosen(fieldWithout).SelectedOptions {
		o.Without = append(o.Without, digest.Section(part.Value))
	}
	return o, channel, faults
}
