package discord

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// TestLimitsAreChecked makes a message for each limit: at it, and one over it.
func TestLimitsAreChecked(t *testing.T) {
	for name, make := range map[string]struct {
		most int
		with func(n int) message
	}{
		"content":     {limitContent, func(n int) message { return message{Content: x(n)} }},
		"embeds":      {limitEmbeds, func(n int) message { return message{Embeds: slices.Repeat(embeds("x"), n)} }},
		"title":       {limitTitle, func(n int) message { return withEmbed(discordgo.MessageEmbed{Title: x(n)}) }},
		"description": {limitDescription, func(n int) message { return message{Embeds: embeds(x(n))} }},
		"all embeds": {limitEmbedTotal, func(n int) message {
			return message{Embeds: embeds(x(n/2), x(n-n/2))}
		}},
		"fields":      {limitFields, func(n int) message { return withField("x", "x", n) }},
		"field name":  {limitFieldName, func(n int) message { return withField(x(n), "x", 1) }},
		"field value": {limitFieldValue, func(n int) message { return withField("x", x(n), 1) }},
		"footer": {limitFooter, func(n int) message {
			return withEmbed(discordgo.MessageEmbed{Footer: &discordgo.MessageEmbedFooter{Text: x(n)}})
		}},
		"author": {limitAuthor, func(n int) message {
			return withEmbed(discordgo.MessageEmbed{Title: "x", Author: &discordgo.MessageEmbedAuthor{Name: x(n)}})
		}},
		"files":              {limitFiles, func(n int) message { return withFiles(n, file{}) }},
		"file description":   {limitAlt, func(n int) message { return withFiles(1, file{Alt: x(n)}) }},
		"file":               {limitFile, func(n int) message { return withFiles(1, file{data: make([]byte, n)}) }},
		"all files":          {limitUpload - limitPayload, func(n int) message { return withFiles(3, file{data: make([]byte, (n+2)/3)}) }},
		"rows":               {limitRows, func(n int) message { return withRows(n, 1) }},
		"row":                {limitButtons, func(n int) message { return withRows(1, n) }},
		"button":             {limitLabel, func(n int) message { return withPart(discordgo.Button{Label: x(n), CustomID: "x"}) }},
		"custom_id":          {limitID, func(n int) message { return withPart(discordgo.Button{Label: "x", CustomID: x(n)}) }},
		"options":            {limitOptions, func(n int) message { return withMenu("", n, "x", "") }},
		"option":             {limitOption, func(n int) message { return withMenu("", 1, x(n), "") }},
		"option description": {limitOption, func(n int) message { return withMenu("", 1, "x", x(n)) }},
		"placeholder":        {limitPlaceholder, func(n int) message { return withMenu(x(n), 1, "x", "") }},
		"menus beside others": {1, func(n int) message {
			return withPart(slices.Repeat([]discordgo.MessageComponent{menu("", 1, "x", "")}, n)...)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if faults := over(make.with(make.most)); len(faults) > 0 {
				t.Errorf("at the limit: %q", faults)
			}
			faults := over(make.with(make.most + 1))
			if !slices.ContainsFunc(faults, func(f string) bool { return strings.HasPrefix(f, name+": ") }) {
				t.Errorf("over the limit: %q", faults)
			}
		})
	}
}

// TestLimitsCountUnits checks that signs of two units count as two.
func TestLimitsCountUnits(t *testing.T) {
	if len(over(message{Content: strings.Repeat("👍", limitContent/2)})) > 0 || len(over(message{Content: strings.Repeat("é", limitContent)})) > 0 {
		t.Error("at the limit")
	}
	if len(over(message{Content: strings.Repeat("👍", limitContent/2+1)})) == 0 {
		t.Error("over the limit")
	}
}

// TestLimitsRefuseEmpty checks that what Discord refuses for being empty, or
// for being there twice, is found.
func TestLimitsRefuseEmpty(t *testing.T) {
	same := discordgo.Button{Label: "x", CustomID: "x"}
	for fault, m := range map[string]message{
		"content: empty":     {Content: " "},
		"embed: empty":       withEmbed(discordgo.MessageEmbed{}),
		"file name: empty":   {Content: "x", Files: []file{{}}},
		"file name: twice x": {Content: "x", Files: []file{{Name: "x"}, {Name: "x"}}},
		"embed: the picture attachment://x is not there": withEmbed(discordgo.MessageEmbed{Title: "x", Image: &discordgo.MessageEmbedImage{URL: "attachment://x"}}),
		"field name: empty":     withField("", "x", 1),
		"field value: empty":    withField("x", " \n", 1),
		"footer: empty":         withEmbed(discordgo.MessageEmbed{Title: "x", Footer: &discordgo.MessageEmbedFooter{}}),
		"row: empty":            withPart(),
		"button: empty":         withPart(discordgo.Button{CustomID: "x"}),
		"custom_id: empty":      withPart(discordgo.Button{Label: "x"}),
		"custom_id: twice x":    withPart(same, same),
		"options: empty":        withMenu("", 0, "", ""),
		"option: empty":         withMenu("", 1, "", ""),
		"option value: twice 0": withPart(discordgo.SelectMenu{CustomID: "x", Options: slices.Repeat(menu("", 1, "x", "").Options, 2)}),
	} {
		if faults := over(m); !slices.Contains(faults, fault) {
			t.Errorf("%s: %q", fault, faults)
		}
	}
}

// TestLimitsRefuseOther checks that a component which nothing is known of is found.
func TestLimitsRefuseOther(t *testing.T) {
	for _, m := range []message{
		{Content: "x", Components: []discordgo.MessageComponent{discordgo.Button{Label: "x", CustomID: "x"}}},
		withPart(discordgo.TextInput{CustomID: "x"}),
	} {
		if len(over(m)) == 0 {
			t.Errorf("%+v is let through", m)
		}
	}
}

func x(n int) string { return strings.Repeat("x", n) }

func embeds(descriptions ...string) []*discordgo.MessageEmbed {
	var out []*discordgo.MessageEmbed
	for _, d := range descriptions {
		out = append(out, &discordgo.MessageEmbed{Description: d})
	}
	return out
}

func withEmbed(e discordgo.MessageEmbed) message {
	return message{Embeds: []*discordgo.MessageEmbed{&e}}
}

func withFiles(n int, f file) message {
	m := message{Content: "x"}
	for i := range n {
		f.Name = fmt.Sprint(i)
		m.Files = append(m.Files, f)
	}
	return m
}

func withField(name, value string, n int) message {
	field := &discordgo.MessageEmbedField{Name: name, Value: value}
	return withEmbed(discordgo.MessageEmbed{Fields: slices.Repeat([]*discordgo.MessageEmbedField{field}, n)})
}

func withPart(parts ...discordgo.MessageComponent) message {
	return message{Content: "x", Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: parts}}}
}

func withRows(rows, buttons int) message {
	m := message{Content: "x"}
	for r := range rows {
		row := discordgo.ActionsRow{}
		for b := range buttons {
			row.Components = append(row.Components, discordgo.Button{Label: "x", CustomID: fmt.Sprint(r, b)})
		}
		m.Components = append(m.Components, row)
	}
	return m
}

func menu(placeholder string, options int, label, description string) discordgo.SelectMenu {
	m := discordgo.SelectMenu{CustomID: "x", Placeholder: placeholder}
	for i := range options {
		m.Options = append(m.Options, discordgo.SelectMenuOption{Label: label, Value: fmt.Sprint(i), Description: description})
	}
	return m
}

func withMenu(placeholder string, options int, label, description string) message {
	return withPart(menu(placeholder, options, label, description))
}
