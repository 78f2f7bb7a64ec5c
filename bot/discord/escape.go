package discord

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// escape is a text for a message's content, an embed's description or a field's
// value, which Discord reads as markdown: it is shown as it is. A backslash
// stands before each sign that could count
// (support.discord.com/hc/en-us/articles/210298617, "how do I escape"); Discord
// takes it away before all that is no letter, digit or space. A field's value
// has fewer marks (discord/discord-api-docs#7167), of which the backslash holds
// all the same.
//
// Figures stay as they are typed: of two "~" alone a run is made, so that one
// before a word is left, and "<" begins nothing before a number or a space.
func escape(text string) string {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	at, written := place{before: '\n', begins: true}, 0
	for i, r := range text {
		switch {
		case !isMark(r):
		case at.counts(r, text[:i], text[i+1:]):
			b.WriteString(text[written:i])
			b.WriteByte('\\')
			written = i
		case r == '@' && namesAll(text[i+1:]):
			b.WriteString(text[written : i+1])
			b.WriteRune(zeroWidth)
			written = i + 1
		}
		at.pass(r)
	}
	b.WriteString(text[written:])
	return b.String()
}

// isMark says whether Discord takes a backslash away before a sign.
func isMark(r rune) bool {
	return r > ' ' && r < utf8.RuneSelf && !isDigit(r) && (r|' ' < 'a' || r|' ' > 'z')
}

// zeroWidth is not shown; behind "@" it makes the word no mention, and between
// backticks it makes them no end of a code block. Nothing else helps there:
// who is mentioned is looked for in the text as it was sent.
const zeroWidth = '\u200b'

// place is where in its line a sign stands.
type place struct {
	before rune // the sign before it
	begins bool // nothing but space stands before it in its line
	number bool // nothing but space and one number does
}

func (p *place) pass(r rune) {
	switch {
	case r == '\n':
		p.begins, p.number = true, false
	case isDigit(r):
		p.begins, p.number = false, p.begins || p.number
	case !unicode.IsSpace(r):
		p.begins, p.number = false, false
	default:
		p.number = false
	}
	p.before = r
}

// counts says whether a sign could be markup.
func (p *place) counts(r rune, before, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	switch r {
	case '\\', '*', '_', '`', '|', '[':
		return true
	case '~':
		return next == r || p.before == r || !unicode.IsSpace(p.before) && !isWord(next)
	case '<':
		return after != "" && !isDigit(next) && !unicode.IsSpace(next) || isClosed(after)
	case '>', '#':
		return p.begins
	case '-', '+':
		return p.begins && !isDigit(next)
	case ')':
		return p.number
	case '.':
		return p.number && !isDigit(next) || isWord(next) && namesDiscord(before)
	case ':':
		return after != "" && !unicode.IsSpace(next)
	case '@':
		return p.before == '<' && !namesAll(after)
	}
	return false
}

// isClosed says whether ">" stands in a word.
func isClosed(word string) bool {
	i := strings.IndexFunc(word, func(r rune) bool { return r == '>' || unicode.IsSpace(r) })
	return i >= 0 && word[i] == '>'
}

// namesAll says whether what stands behind "@" makes a mention of everybody.
func namesAll(after string) bool {
	return strings.HasPrefix(after, "everyone") || strings.HasPrefix(after, "here")
}

// namesDiscord says whether a text ends as the address of an invitation begins,
// under which Discord shows a card: it needs no "https://".
func namesDiscord(before string) bool {
	for _, name := range [...]string{"discord", "discordapp"} {
		if n := len(before) - len(name); n >= 0 && strings.EqualFold(before[n:], name) {
			return true
		}
	}
	return false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// code is a text in a code block, where a backslash is shown and the end of the
// block alone counts.
func code(text string) string {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	if strings.TrimSpace(text) == "" {
		text = string(zeroWidth) // an empty block is shown as its backticks
	}
	if strings.Contains(text, "``") {
		text = strings.ReplaceAll(text, "``", "`"+string(zeroWidth)+"`")
		text = strings.ReplaceAll(text, "``", "`"+string(zeroWidth)+"`") // of three, two are left
	}
	if strings.Contains(text, "@") {
		text = strings.NewReplacer("@everyone", "@"+string(zeroWidth)+"everyone", "@here", "@"+string(zeroWidth)+"here").Replace(text)
	}
	return "```\n" + text + "\n```"
}

// bold is a text in bold, empty for one without words.
func bold(text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	return "**" + escape(text) + "**"
}

// subtext is a text in small letters, which take the rest of a line
// (support.discord.com/hc/en-us/articles/210298617, "subtext"; seen in
// descriptions of embeds: merlinfuchs/embed-generator#168).
func subtext(text string) string {
	if text = strings.Join(strings.Fields(text), " "); text == "" {
		return ""
	}
	return "-# " + escape(text)
}

// signSize is how many UTF-16 units a sign can have at most once it is escaped
// or stands in a code block.
func signSize(r rune) int {
	if isMark(r) {
		return 2
	}
	return utf16.RuneLen(r)
}

// isBlank says whether nothing of a text is seen.
func isBlank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r)
	})
}
