package answers

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxQuestion is how many bytes of a question are read. Questions in chat are
// short; what is longer is pasted text and gets a request to be brief.
const maxQuestion = 1500

// word is one word of a question, with its place.
type word struct {
	raw     string // as typed
	text    string // folded: lower case, no accents
	stem    string
	start   int // offset in the cleaned question
	end     int
	number  float64
	isNum   bool
	percent bool   // a number with % behind it
	ordinal bool   // 2nd
	grouped bool   // a number written with a thousands separator, so never a year
	breaks  bool   // a sentence or clause ends behind it: . ? ! ;
	comma   bool   // a comma or the like stands behind it
	colon   bool   // a colon stands behind it
	hyphen  bool   // a hyphen stands right behind it
	opens   bool   // a bracket opens behind it
	closes  bool   // a bracket closes behind it
	mended  string // what was typed, where text was put right

	// What the lexicon holds of it: of text and stem as they were when it was looked up.
	classed string
	classes uint64 // of small words
	sensed  string
	senses  []sense // of the stem by itself
}

func (w *word) capital() bool {
	r, _ := utf8.DecodeRuneInString(w.raw)
	return unicode.IsUpper(r)
}

func (w *word) upper() bool {
	if len(w.raw) < 2 || w.raw[0] >= 'a' && w.raw[0] <= 'z' {
		return false
	}
	return strings.ToUpper(w.raw) == w.raw && strings.ToLower(w.raw) != w.raw
}

// fold puts a word into lower case without accents.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		if r >= utf8.RuneSelf && unicode.Is(unicode.Mn, r) {
			continue
		}
		foldRune(&b, unicode.ToLower(r))
	}
	return norm.NFC.String(b.String())
}

// foldRune writes a letter, in Latin letters where Unicode does not take it apart.
func foldRune(b *strings.Builder, r rune) {
	switch r {
	case 'ø':
		b.WriteByte('o')
	case 'đ', 'ð':
		b.WriteByte('d')
	case 'ł':
		b.WriteByte('l')
	case 'ı':
		b.WriteByte('i')
	case 'ß':
		b.WriteString("ss")
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	case 'þ':
		b.WriteString("th")
	case '’', '`':
		b.WriteByte('\'')
	default:
		b.WriteRune(r)
	}
}

// clean takes out of a question what is not said but only typed: invisible
// characters, markup of chat platforms, mentions, emoji codes, link targets.
func clean(question string) string {
	if isPlain(question) {
		return strings.TrimSpace(question)
	}
	if !utf8.ValidString(question) {
		question = strings.ToValidUTF8(question, " ")
	}
	var b strings.Builder
	b.Grow(len(question))
	for i := 0; i < len(question); {
		r, size := utf8.DecodeRuneInString(question[i:])
		switch {
		case (r == '{' || r == '$' || r == '#' || r == '<') && template(question[i:]) > 0:
			b.WriteByte(' ')
			i += template(question[i:])
			continue
		case r == '<' && strings.HasPrefix(question[i:], "<script"):
			n := strings.Index(question[i:], "</script>")
			if n < 0 {
				n = len(question) - i - len("</script>")
			}
			b.WriteByte(' ')
			i += max(n+len("</script>"), 1)
			continue
		case r == '<':
			if kept, n := markup(question[i:]); n > 0 {
				b.WriteByte(' ')
				b.WriteString(kept)
				b.WriteByte(' ')
				i += n
				continue
			}
			b.WriteByte('<')
		case r == '@' && i+1 < len(question) && isLetter(question[i+1]):
			n := 1
			for i+n < len(question) && (isLetter(question[i+n]) || question[i+n] == '.' || question[i+n] == '-') {
				n++
			}
			b.WriteByte(' ')
			i += n
			continue
		case r == ':':
			if n := emojiCode(question[i:]); n > 0 {
				b.WriteByte(' ')
				i += n
				continue
			}
			b.WriteByte(':')
		case r == 'h' && (strings.HasPrefix(question[i:], "http://") || strings.HasPrefix(question[i:], "https://")):
			n := strings.IndexAny(question[i:], " \t\n>|")
			if n < 0 {
				n = len(question) - i
			}
			b.WriteByte(' ')
			i += n
			continue
		case r == '’' || r == '‘' || r == 'ʼ':
			b.WriteByte('\'')
		case r == '–' || r == '—':
			b.WriteString(" - ")
		case r == '\n':
			b.WriteByte('\n')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
			// zero-width and direction marks, control characters
		case r > 0xFFFF && unicode.Is(unicode.So, r):
			b.WriteByte(' ') // emoji, flags
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return strings.TrimSpace(b.String())
}

// isPlain says whether a question is of ASCII alone and has nothing to take out.
func isPlain(question string) bool {
	for i := range len(question) {
		switch c := question[i]; {
		case c < ' ' || c >= utf8.RuneSelf || c == 0x7f, c == '<', c == '@', c == ':', c == '{', c == '$', c == '#':
			return false // of ":" and "{" few are more than signs
		}
	}
	return true
}

// template is how long a placeholder of a template language is that begins a text, such as
// {{name}} or ${name}; 0 if there is none.
func template(s string) int {
	for _, marks := range [...][2]string{{"{{", "}}"}, {"{%", "%}"}, {"${", "}"}, {"#{", "}"}, {"<%", "%>"}} {
		if !strings.HasPrefix(s, marks[0]) {
			continue
		}
		if n := strings.Index(s, marks[1]); n > 0 {
			return n + len(marks[1])
		}
	}
	return 0
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// markup reads one piece of platform markup such as <@U123>, <#C1|general>,
// <https://…|label>, <:name:123>: the label that a reader sees, and how long
// the whole is; 0 if it is none.
func markup(s string) (label string, n int) {
	if len(s) < 3 || !strings.ContainsRune("@#!:/", rune(s[1])) && (s[1] < 'a' || s[1] > 'z') {
		return "", 0
	}
	n = strings.IndexByte(s, '>')
	if n < 2 || n > 300 || strings.ContainsAny(s[1:n], "\n<") {
		return "", 0
	}
	inner := s[1:n]
	isLink := strings.HasPrefix(inner, "http") || strings.HasPrefix(inner, "mailto:")
	switch {
	case isLink:
		_, label, _ = strings.Cut(inner, "|")
	case strings.ContainsRune("@#!:", rune(s[1])) || strings.HasPrefix(inner, "a:") || strings.HasPrefix(inner, "t:"):
	case strings.HasPrefix(inner, "/") || !strings.Contains(inner, " ") || strings.Contains(inner, "="):
		// an HTML tag
	default:
		return "", 0
	}
	return label, n + 1
}

func emojiCode(s string) int {
	for i := 1; i < len(s) && i < 40; i++ {
		switch {
		case s[i] == ':' && i > 1:
			return i + 1
		case !isLetter(s[i]) && s[i] != '-' && s[i] != '+':
			return 0
		}
	}
	return 0
}

// split takes a cleaned question apart into words. Signs that can be asked
// about (~ > < %) are words of their own; other punctuation only parts words.
func split(s string) []word { return splitInto(make([]word, 0, len(s)/5+2), s) }

// splitInto is split with a slice to append to.
func splitInto(words []word, s string) []word {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r):
			i = splitLetters(s, i, &words)
		case r >= '0' && r <= '9':
			i = splitNumber(s, i, &words)
		case r == '+' && (i+1 == len(s) || s[i+1] == ' '):
			splitSign(s, i, size, &words)
			i += size
		case r == '~' || r == '>' || r == '<' || r == '%' || r == '≥' || r == '≤' || r == '#':
			splitSign(s, i, size, &words)
			i += size
		default:
			endings(r, s[i+size:], &words)
			i += size
		}
	}
	return words
}

func splitSign(s string, i, size int, words *[]word) {
	text := s[i : i+size]
	if text == "%" && len(*words) > 0 && (*words)[len(*words)-1].isNum {
		(*words)[len(*words)-1].percent = true
	}
	if (text == ">" || text == "<") && i+1 < len(s) && s[i+1] == '=' {
		text += "="
	}
	switch text {
	case "≥":
		text = ">="
	case "≤":
		text = "<="
	}
	// doubled signs are markup of a chat platform: ~~struck out~~, >>> quote
	if n := len(*words); n > 0 && (*words)[n-1].text == text && (*words)[n-1].end == i {
		(*words)[n-1].end = i + size
		return
	}
	*words = append(*words, word{raw: s[i : i+size], text: text, stem: text, start: i, end: i + size})
}

// endings notes what a punctuation mark says of the word before it.
func endings(r rune, rest string, words *[]word) {
	if len(*words) == 0 {
		return
	}
	last := &(*words)[len(*words)-1]
	switch r {
	case '(', '[':
		last.opens, last.comma = true, last.comma || r == '('
	case ')', ']':
		last.closes, last.comma = true, last.comma || r == ')'
	case '?', '!', ';', '\n':
		last.breaks = true
	case '.':
		if len(last.raw) == 1 && last.capital() && rest != "" {
			return // W. Balkans
		}
		if last.text == "v" || last.text == "vs" {
			return // Canada v. Australia
		}
		if rest == "" || (rest[0] == ' ' || rest[0] == '\n') && !strings.HasPrefix(rest, " of ") {
			last.breaks = true
		}
	case ':':
		last.colon = true
	case '-':
		last.hyphen = true
		last.comma = last.comma || last.isNum || rest == "" || rest[0] == ' '
	case ',', '/', '&', '+', '|':
		last.comma = true
	}
}

func splitLetters(s string, i int, words *[]word) int {
	j, dots := i, false
	for j < len(s) && (s[j]|0x20 >= 'a' && s[j]|0x20 <= 'z') {
		j++ // plain letters, by far the most
	}
	if j-i > 2 && (j == len(s) || s[j] == ' ') {
		appendWord(words, s[i:j], fold(s[i:j]), i, j)
		return j
	}
	for j = i; j < len(s); {
		r, size := utf8.DecodeRuneInString(s[j:])
		next, _ := utf8.DecodeRuneInString(s[j+size:])
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r):
		case r == '\'' && unicode.IsLetter(next):
		case r == '.' && unicode.IsLetter(next) && (dots || abbreviation(s[i:j+size])):
			dots = true
		default:
			goto done
		}
		j += size
	}
done:
	if j-i <= 2 && j < len(s) && s[j] >= '0' && s[j] <= '9' && !dots { // G7, WB6
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
	}
	raw := s[i:j]
	text := raw
	if dots {
		text = strings.ReplaceAll(raw, ".", "")
		if j < len(s) && s[j] == '.' {
			j++ // the last point of U.S.A.
		}
	}
	appendWord(words, raw, fold(text), i, j)
	return j
}

// abbreviation says whether s, which ends with a point, begins like U.S.
func abbreviation(s string) bool { return len(s) == 2 }

// appendWord adds a word, its contraction written out: didn't as did not,
// France's as France.
func appendWord(words *[]word, raw, text string, start, end int) {
	stem, tail, found := strings.Cut(text, "'")
	w := word{raw: raw, text: text, start: start, end: end}
	if !found {
		*words = append(*words, w)
		return
	}
	switch {
	case tail == "t" && strings.HasSuffix(stem, "n") && len(stem) > 2:
		w.text = strings.TrimSuffix(stem, "n")
		switch w.text {
		case "ca":
			w.text = "can"
		case "wo":
			w.text = "will"
		}
		*words = append(*words, w, word{raw: "not", text: "not", start: start, end: end})
	case tail == "s" || tail == "re" || tail == "ve" || tail == "ll" || tail == "d" || tail == "m":
		w.text = stem
		w.raw = raw[:len(raw)-len(tail)-1]
		*words = append(*words, w)
	default: // d'Ivoire, s'il
		w.text = strings.ReplaceAll(text, "'", "")
		*words = append(*words, w)
	}
}

// splitNumber reads 302, 1,500, 1.5k, 40%, 5th, 2016; letters stuck to it
// begin a word of their own.
func splitNumber(s string, i int, words *[]word) int {
	j, digits, grouped, point := i, make([]byte, 0, 12), false, false
	for j < len(s) {
		c := s[j]
		switch {
		case c >= '0' && c <= '9':
			digits = append(digits, c)
		case (c == ',' || c == '\'') && groupOfThree(s[j+1:]):
			grouped = true
		case c == '.' && !point && j+1 < len(s) && s[j+1] >= '0' && s[j+1] <= '9':
			if groupOfThree(s[j+1:]) { // 1.500, as much of Europe writes it
				grouped = true
			} else {
				digits, point = append(digits, '.'), true
			}
		default:
			goto done
		}
		j++
	}
done:
	w := word{raw: s[i:j], text: string(digits), stem: string(digits), start: i, end: j, isNum: true, grouped: grouped}
	w.number, _ = strconv.ParseFloat(string(digits), 64)
	suffix := j
	for suffix < len(s) && (s[suffix]|0x20) >= 'a' && (s[suffix]|0x20) <= 'z' {
		suffix++
	}
	switch strings.ToLower(s[j:suffix]) {
	case "st", "nd", "rd", "th":
		w.ordinal, w.end, j = true, suffix, suffix
	case "s": // the 90s, the 1990s
		if w.number < 100 {
			w.number += 1900
		}
		w.text, w.end, j = strconv.Itoa(int(w.number)), suffix, suffix
	case "k":
		w.number, w.end, w.grouped, j = w.number*1000, suffix, true, suffix
		w.text = strconv.FormatFloat(w.number, 'f', -1, 64)
		w.stem = w.text
	case "m":
		w.number, w.end, w.grouped, j = w.number*1e6, suffix, true, suffix
	}
	w.raw = s[i:j]
	*words = append(*words, w)
	return j
}

func groupOfThree(s string) bool {
	if len(s) < 3 {
		return false
	}
	for i := range 3 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == 3 || s[3] < '0' || s[3] > '9'
}
