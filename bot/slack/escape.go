package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// escape is a text for the top-level text of a message, which Slack reads as
// mrkdwn: it is shown as it is. The adapter posts with mrkdwn false, by which
// the style marks are none; this also holds where a client reads them all the
// same. A mark has no escape (docs.slack.dev/messaging/formatting-message-text),
// so that one which could count is written with a letter that looks like it.
// Blocks need none of this: they have no mrkdwn.
//
// Figures stay to be copied: "~" before a digit opens nothing that could be
// closed, since every "~" that could close is written otherwise.
func escape(text string) string {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	before, begins := '\n', true // begins: nothing but space stands before it in its line
	for i, r := range text {
		if begins && isQuote(r) {
			b.WriteRune(softHyphen)
		}
		if instead := escaped(r, before, text[i+utf8.RuneLen(r):]); instead != "" {
			b.WriteString(instead)
		} else {
			b.WriteRune(r)
		}
		if r == ':' && opensEmoji(text[i+1:]) {
			b.WriteRune(wordJoiner)
		}
		begins = r == '\n' || begins && unicode.IsSpace(r)
		before = r
	}
	return b.String()
}

const (
	softHyphen = '\u00ad' // not shown; before ">" it makes the line no quotation
	wordJoiner = '\u2060' // not shown; behind ":" it makes the word no emoji
)

// signSize is how many bytes a sign can have once it is escaped.
func signSize(r rune) int {
	switch r {
	case '&':
		return len("&amp;")
	case '<':
		return len("&lt;")
	case '>':
		return len("&gt;") + len(string(softHyphen))
	case '＞':
		return len("＞") + len(string(softHyphen))
	case ':':
		return len(":") + len(string(wordJoiner))
	case '*', '_', '`', '~':
		return len("∗")
	}
	return utf8.RuneLen(r)
}

// isQuote says whether a sign makes a quotation at the beginning of a line,
// which Slack takes the wide form for as well.
func isQuote(r rune) bool { return r == '>' || r == '＞' }

// escaped is what escape writes in place of a sign, empty for the sign itself.
func escaped(r, before rune, after string) string {
	switch r {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '*', '＊':
		return "∗" // asterisk operator
	case '_', '＿':
		return "ˍ" // low macron
	case '`', '｀':
		return "ˋ" // modifier grave accent
	case '~':
		if closes(before, after) {
			return "∼" // tilde operator
		}
	}
	return ""
}

// closes says whether a mark between these could end a run: it stands at the
// end of a word.
func closes(before rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	return !unicode.IsSpace(before) && (after == "" || !isWord(next))
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// opensEmoji says whether what stands behind a colon is a word and a colon.
func opensEmoji(after string) bool {
	name, _, found := strings.Cut(after, ":")
	return found && name != "" && !strings.ContainsFunc(name, unicode.IsSpace)
}

// hasEntity says whether a text holds what Slack could read as an entity where
// it takes plain text. What it gives back of plain_text is escaped
// (slackapi/bolt-python#513), so that "&lt;" as typed may come out as "<"; such
// a text is set as rich_text, where nothing is decoded.
func hasEntity(text string) bool {
	return strings.Contains(text, "&amp;") || strings.Contains(text, "&lt;") || strings.Contains(text, "&gt;")
}
