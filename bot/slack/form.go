package slack

import (
	"context"

	slackapi "github.com/slack-go/slack"

	"reportbot/bot"
	"reportbot/bot/layout"
)

// shortcutAsk is the callback_id of the shortcut that opens the form.
const shortcutAsk = "ask"

// mostSubjects is how many rows can be chosen: what fits a readable answer.
const mostSubjects = 20

// formView is the window in which a question is put together. The block of a
// field and its element are called by the field's name.
func formView(f *bot.Form) slackapi.ModalViewRequest {
	operations := options(f.Operations())
	operation := slackapi.NewOptionsSelectBlockElement(slackapi.OptTypeStatic, plain("What to do"), string(bot.FieldOperation), operations...)
	measure := slackapi.NewOptionsSelectBlockElement(slackapi.OptTypeStatic, plain("All figures"), string(bot.FieldMeasure), options(f.Measures())...)
	subjects := slackapi.NewOptionsMultiSelectBlockElement(slackapi.MultiOptTypeExternal, plain("Begin to type a name"), string(bot.FieldSubjects)).
		WithMinQueryLength(0).WithMaxSelectedItems(mostSubjects)
	view := window("Ask the report", "Cancel", []slackapi.Block{
		field(bot.FieldOperation, "What would you like to do?", operation.WithInitialOption(operations[0]), ""),
		field(bot.FieldMeasure, "Which figures?", measure, "None: all that the report has.").WithOptional(true),
		field(bot.FieldSubjects, "Which countries or regions?", subjects, "None, to rank or add up: all countries.").WithOptional(true),
	})
	view.CallbackID, view.Submit = viewForm, plain("Answer")
	return view
}

func field(name bot.Field, label string, element slackapi.BlockElement, hint string) *slackapi.InputBlock {
	var below *slackapi.TextBlockObject
	if hint != "" {
		below = plain(hint)
	}
	return slackapi.NewInputBlock(string(name), plain(label), below, element)
}

// options are choices as a menu has them.
func options(choices []bot.Choice) []*slackapi.OptionBlockObject {
	out := make([]*slackapi.OptionBlockObject, 0, len(choices))
	for _, c := range choices[:min(len(choices), limitOptions)] {
		if layout.Units(c.Value) > limitOptionValue {
			continue
		}
		out = append(out, slackapi.NewOptionBlockObject(c.Value, plain(layout.Shortened(c.Label, limitOptionText)), nil))
	}
	return out
}

// selection is what is chosen in the form.
func selection(state *slackapi.ViewState) bot.Selection {
	var out bot.Selection
	if state == nil {
		return out
	}
	chosen := func(name bot.Field) slackapi.BlockAction { return state.Values[string(name)][string(name)] }
	out.Operation = chosen(bot.FieldOperation).SelectedOption.Value
	out.Measure = chosen(bot.FieldMeasure).SelectedOption.Value
	for _, o := range chosen(bot.FieldSubjects).SelectedOptions {
		out.Subjects = append(out.Subjects, o.Value)
	}
	return out
}

// suggested is the answer to what is typed in a menu. The client library's own
// type leaves out an empty list, which Slack wants.
type suggested struct {
	Options []*slackapi.OptionBlockObject `json:"options"`
}

// suggest offers rows and regions for what is typed.
func (s *Slack) suggest(_ context.Context, in bot.Intake, i *slackapi.InteractionCallback, done acknowledge) {
	done(suggested{options(in.Form().Subjects(i.Value, limitOptions))}, nil)
}
