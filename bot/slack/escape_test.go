package slack

import (
	"slices"
	"testing"
	"unicode/utf8"

	"reportbot/bot/layout/layouttest"
)

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"~320 … ~1,910":            "~320 … ~1,910",
		"(~320) and ~1,910":        "(~320) and ~1,910",
		"~ means about":            "~ means about",
		"what does ~ mean":         "what does ~ mean",
		"the sign \"~\" and ~x~":   "the sign \"∼\" and ~x∼",
		"~320~":                    "~320∼",
		"*bold* _it_ `code`":       "∗bold∗ ˍitˍ ˋcodeˋ",
		"＊bold＊ ＿it＿ ｀code｀":       "∗bold∗ ˍitˍ ˋcodeˋ",
		"<!channel> & <@U1>":       "&lt;!channel&gt; &amp; &lt;@U1&gt;",
		"&lt;":                     "&amp;lt;",
		">915 people":              "\u00ad&gt;915 people",
		"France\n  >915\n＞x":       "France\n  \u00ad&gt;915\n\u00ad＞x",
		"Germany >915":             "Germany &gt;915",
		":smile: Source: table 1.": ":\u2060smile: Source: table 1.",
		"Read as: x":               "Read as: x",
		"\xff":                     "\ufffd",
		"":                         "",
	} {
		if got := escape(text); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestEscapeModel checks that the model finds what escape is for.
func TestEscapeModel(t *testing.T) {
	for _, text := range []string{
		"*a*", "＊a＊", "_a b_", "~320 and x~", "`a`", "```a\nb```", ">a", "&gt;a", "x\n＞a", ":smile:", "<!channel>", "(*a*)",
	} {
		if len(readMrkdwn(text)) == 0 {
			t.Errorf("%q is taken for plain", text)
		}
		if runs := readMrkdwn(escape(text)); len(runs) > 0 {
			t.Errorf("%q has %q", escape(text), runs)
		}
	}
	if runs := readMrkdwn("~320 to ~1,910 (~5), 5*3*2, a_b_c, 10 > 9"); len(runs) > 0 {
		t.Errorf("plain text has %q", runs)
	}
}

func FuzzEscape(f *testing.F) {
	for _, h := range layouttest.Hostile() {
		f.Add(h)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := escape(text)
		if runs := readMrkdwn(got); len(runs) > 0 {
			t.Errorf("%q: %q", text, runs)
		}
		if utf8.ValidString(text) && !slices.Equal(words(text), words(decode(got))) {
			t.Errorf("%q is shown as %q", text, got)
		}
		if utf8.ValidString(text) && len(got) > rules().Size(text) {
			t.Errorf("%q grows to %d, not at most %d", text, len(got), rules().Size(text))
		}
	})
}
