package discord

import (
	"slices"
	"testing"

	"reportbot/bot"
	"reportbot/bot/layout"
	"reportbot/bot/layout/layouttest"
)

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"~320 … ~1,910":                "~320 … ~1,910",
		"(~320) and <50, >915":         "(~320) and <50, >915",
		"~ means about":                "~ means about",
		"< fewer than, (~) x~":         `< fewer than, (\~) x\~`,
		"~~gone~~ ~320~":               `\~\~gone\~\~ ~320\~`,
		"*bold* _it_ `code` ||x||":     "\\*bold\\* \\_it\\_ \\`code\\` \\|\\|x\\|\\|",
		"<@123> <#1> <:e:1> <t:1>":     `\<\@123> \<#1> \<\:e\:1> \<t\:1>`,
		"</cmd:1> <50> <123456:x>":     `\</cmd\:1> \<50> \<123456\:x>`,
		"@everyone @here @you":         "@\u200beveryone @\u200bhere @you",
		">915 people\n> quote":         `\>915 people` + "\n" + `\> quote`,
		"# head\n  ## more":            `\# head` + "\n" + `  \## more`,
		"-# small\n- list\n-5 + 3":     `\-# small` + "\n" + `\- list` + "\n-5 + 3",
		"1. one\n2) two\n3.5 and 1. x": `1\. one` + "\n" + `2\) two` + "\n3.5 and 1. x",
		"[a](https://b.example)":       `\[a](https\://b.example)`,
		":smile: Source: table 1.":     `\:smile: Source: table 1.`,
		"discord.gg/abc, Discord.":     `discord\.gg/abc, Discord.`,
		`¯\_(ツ)_/¯`:                    `¯\\\_(ツ)\_/¯`,
		"\xff":                         "\ufffd",
		"":                             "",
	} {
		if got := escape(text); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestEscapeModel checks that the model finds what escape is for.
func TestEscapeModel(t *testing.T) {
	for _, text := range []string{
		"*a*", "_a b_", "__a__", "~~a~~", "~320 and x~", "`a`", "``a``", "||a||", "> a", "x\n>a", ">>> a", "# a", "x\n### a", "- a", "* a", "12. a",
		":smile:", "<@1>", "<@!1>", "<@&1>", "<#1>", "<:e:1>", "<a:e:1>", "<t:1:R>", "</a b:1>", "<id:guide>", "<https://a.b>", "https://a.b/c", "[a](b)", "[a\\](b)",
		"@everyone", "@here", "discord.gg/abc", `¯\_(ツ)_/¯`, "<me@b.example>",
	} {
		if len(readMarkdown(text).runs) == 0 {
			t.Errorf("%q is taken for plain", text)
		}
		if got := readMarkdown(escape(text)); len(got.runs) > 0 || !slices.Equal(words(got.String()), words(text)) {
			t.Errorf("%q is shown as %q, with %q", escape(text), got.String(), got.runs)
		}
	}
	if r := readMarkdown("~320 to ~1,910 (~5), 5 < 6, <50, 10 > 9, 3:2"); len(r.runs) > 0 {
		t.Errorf("plain text has %q", r.runs)
	}
	meant := readMarkdown("**Head** line\n```\n*a*  _b_\n```\n-# small \\*")
	if len(meant.runs) > 0 || meant.String() != "Head line\n*a*  _b_\nsmall *" || !slices.Equal(meant.bold, []string{"Head"}) {
		t.Errorf("%+v", meant)
	}
}

// checkEscaped checks a text in each of its places.
func checkEscaped(t *testing.T, text string) {
	t.Helper()
	text = bot.Printable(text)
	for place, got := range map[string]string{"line": escape(text), "bold": bold(text), "code": code(text), "small": subtext(text)} {
		r := readMarkdown(got)
		if len(r.runs) > 0 {
			t.Errorf("%q as %s, %q: %q", text, place, got, r.runs)
		}
		if want := words(text); !slices.Equal(words(r.String()), want) {
			t.Errorf("%q as %s, %q, is shown as %q", text, place, got, r.String())
		}
	}
	if most := embedRules().Size(text); layout.Units(escape(text)) > most || layout.Units(code(text)) > most+len("```\n0\n```") {
		t.Errorf("%q grows to more than %d", text, most)
	}
}

func TestEscapeHostile(t *testing.T) {
	for _, h := range layouttest.Hostile() {
		checkEscaped(t, h)
		checkEscaped(t, h+h)
		checkEscaped(t, "France: "+h+" ~1,910")
	}
}

func FuzzEscape(f *testing.F) {
	for _, h := range layouttest.Hostile() {
		f.Add(h)
	}
	f.Fuzz(checkEscaped)
}
