package discord

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/data"
)

// form is that of the report that is built in, made once.
var form = sync.OnceValues(func() (*bot.Form, error) {
	r, err := data.Embedded()
	if err != nil {
		return nil, err
	}
	e, err := answers.New(r)
	if err != nil {
		return nil, err
	}
	return bot.NewForm(e), nil
})

func theForm(t testing.TB) *bot.Form {
	t.Helper()
	f, err := form()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sub is a sub-command with options, by name and value.
func sub(name string, options ...string) givenOption {
	o := givenOption{Name: name, Type: optionSub}
	for i := 0; i < len(options); i += 2 {
		value, _ := json.Marshal(options[i+1])
		o.Options = append(o.Options, givenOption{Name: options[i], Type: optionText, Value: value})
	}
	return o
}

// TestCommandsAskWhatTheySay: by the code of the question where the names were
// chosen, in words where they were typed.
func TestCommandsAskWhatTheySay(t *testing.T) {
	d, f := adapter(t, newSigning(t), nil), theForm(t)
	for _, tt := range []struct {
		sub        givenOption
		code, text string
	}{
		{sub("ask", "question", "  returned from <@1> France "), "", "returned from France"},
		{sub("country", "name", "france"), "profile::france@2017-10", ""},
		{sub("country", "name", "france", "measure", "returned"), "lookup:returned:france@2017-10", ""},
		{sub("country", "name", "Frankrijk", "measure", "returned"), "", "Returned Frankrijk"},
		{sub("country", "name", "Frankrijk"), "", "tell me about Frankrijk"},
		{sub("compare", "first", "france", "second", "kosovo", "measure", "women"), "compare:women:france,kosovo@2017-10", ""},
		{sub("compare", "first", "france", "second", "Germania"), "", "compare france and Germania "},
		{sub("rank", "measure", "returned"), "rank:returned@2017-10", ""},
		{sub("rank", "measure", "returned", "region", "balkans"), "rank:returned:within=balkans@2017-10", ""},
		{sub("finding", "about", "child returnees"), "", "what does it say about child returnees"},
		{sub("help"), "", "help"},
	} {
		var m bot.Message
		d.fill(&m, f, tt.sub)
		if m.Code != tt.code || m.Text != strings.TrimSpace(tt.text) || (m.Act == bot.Again) != (tt.code != "") {
			t.Errorf("%s: %+v, want code %q, text %q", tt.sub.Name, m, tt.code, tt.text)
		}
	}
}

// TestCommandsFitDiscord: names, lengths, numbers, and needed options first.
func TestCommandsFitDiscord(t *testing.T) {
	var check func(options []commandOption)
	check = func(options []commandOption) {
		optional := false
		if len(options) > 25 {
			t.Errorf("%d options", len(options))
		}
		for _, o := range options {
			if o.Name != strings.ToLower(o.Name) || len(o.Name) > 32 || o.Description == "" || len(o.Description) > 100 || len(o.Choices) > limitChoices || len(o.Choices) > 0 && o.Autocomplete {
				t.Errorf("option %+v", o)
			}
			if o.Required && optional {
				t.Errorf("%s is needed, and stands behind one that is not", o.Name)
			}
			optional = !o.Required && o.Type != optionSub
			check(o.Options)
		}
	}
	for _, c := range commands(theForm(t)) {
		text, err := json.Marshal(c)
		if err != nil || len(text) > 8000 {
			t.Errorf("%s: %v, %d characters", c.Name, err, len(text))
		}
		check(c.Options)
	}
}

func TestCommandsAreWrittenOnADifferenceAlone(t *testing.T) {
	f := theForm(t)
	text, err := json.Marshal(commands(f))
	if err != nil {
		t.Fatal(err)
	}
	var stored []map[string]any // as Discord gives them back: in another order, with more in them
	if err := json.Unmarshal(text, &stored); err != nil {
		t.Fatal(err)
	}
	stored[0], stored[1] = stored[1], stored[0]
	for _, c := range stored {
		c["id"], c["version"], c["nsfw"], c["name_localizations"] = "1", "2", false, nil
	}
	text, err = json.Marshal(stored)
	if err != nil {
		t.Fatal(err)
	}
	var have []applicationCommand
	if err := json.Unmarshal(text, &have); err != nil {
		t.Fatal(err)
	}
	if !sameCommands(have, commands(f)) {
		t.Error("the same commands are taken for others")
	}
	have[1].Description = "old"
	if sameCommands(have, commands(f)) {
		t.Error("other commands are taken for the same")
	}
}

func TestWhatIsTypedIsCompleted(t *testing.T) {
	key := newSigning(t)
	d, in := adapter(t, key, nil), &intake{form: theForm(t)}
	typed := func(subcommand, option, value string) []choice {
		t.Helper()
		body := fmt.Sprintf(`{"id":"3","application_id":"8","type":4,"token":"tok","channel_id":"5","user":{"id":"7"},
			"data":{"name":"report","options":[{"name":%q,"type":1,"options":[{"name":%q,"type":3,"value":%q,"focused":true}]}]}}`, subcommand, option, value)
		got := answerOf(t, deliver(t, d, in, key.delivery(body, time.Now())))
		if got.Type != answerSuggested || got.Data.Choices == nil || len(got.Data.Choices) > 25 {
			t.Errorf("type %d, %d choices", got.Type, len(got.Data.Choices))
		}
		return got.Data.Choices
	}
	if got := typed("country", "name", "fra"); len(got) == 0 || got[0] != (choice{"France", "france"}) {
		t.Errorf("fra: %v", got)
	}
	if got := typed("country", "name", ""); len(got) != 25 {
		t.Errorf("nothing typed: %d", len(got))
	}
	if got := typed("rank", "region", "zzz"); len(got) != 0 {
		t.Errorf("zzz: %v", got)
	}
	deliver(t, d, in, key.delivery(slash("women from Kosovo", false), time.Now()))
	if got := typed("ask", "question", "returned from"); len(got) != 2 || got[0].Name != "women from Kosovo" || got[1].Value != "returned from France" {
		t.Errorf("a question: %v", got)
	}
}
