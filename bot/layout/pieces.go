package layout

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Pieces parts a text that takes more than most: at the end of a sentence, else
// between words of which none is a figure, else where it must. Put together
// they are the text.
func (r *Rules) Pieces(text string, most int) []string {
	var out []string
	for r.Size(text) > most {
		n := r.cut(text, most)
		out = append(out, text[:n])
		text = text[n:]
	}
	return append(out, text)
}

// cut is where to part a text of which no more than most may stand before: the
// last good place.
func (r *Rules) cut(text string, most int) int {
	end, sentence, words, space := 0, 0, 0, 0
	for i, sign := range text {
		if most -= r.Sign(sign); most < 0 && end > 0 {
			break
		}
		end = i + utf8.RuneLen(sign)
		if sign != ' ' {
			continue
		}
		space = end
		before, after := lastWord(text[:i]), firstWord(text[end:])
		if !hasDigit(before) && !hasDigit(after) && !qualifies(before) {
			words = end
		}
		if strings.HasSuffix(before, ".") && !hasDigit(after) {
			sentence = end
		}
	}
	return cmp.Or(sentence, words, space, end)
}

// qualifies says whether a word belongs to the figure or word behind it.
func qualifies(word string) bool {
	switch strings.ToLower(word) {
	case "about", "than", "least", "most", "to", "and", "of", "no", "not", "only":
		return true
	}
	return false
}

func hasDigit(word string) bool { return strings.ContainsFunc(word, unicode.IsDigit) }

func lastWord(text string) string { return text[strings.LastIndexByte(text, ' ')+1:] }

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}

// Units is how long a text is in UTF-16 units, which are never fewer than
// characters.
func Units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// Shortened is a text of at most so many UTF-16 units, cut with "…".
func Shortened(text string, most int) string {
	if Units(text) <= most {
		return text
	}
	room := most - Units("…")
	for i, r := range text {
		if room -= utf16.RuneLen(r); room < 0 {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}
