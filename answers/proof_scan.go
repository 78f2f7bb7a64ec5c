package answers

import "strings"

// mention is a number as it stands in a text.
type mention struct {
	start, end int     // of its digits, a percent sign taken in
	from       int     // where its hedge begins: "more than 915", "~320"
	value      float64 // with its sign
	decimals   int
	percent    bool
	hedge      hedge
}

// hedge is what the words or the sign beside a number say of it.
type hedge uint16

const (
	hedgeAbout   hedge = 1 << iota // ~, about
	hedgeMore                      // >, more than, over
	hedgeFewer                     // <, fewer than, under
	hedgeLeast                     // at least, or more
	hedgeMost                      // at most, up to, or fewer
	hedgeFrom                      // between, from
	hedgeTo                        // and, to
	hedgeNot                       // not, exactly
	hedgePrinted                   // taken as it is printed, bounds aside
)

// hedgeBounds are those that change what a number claims.
const hedgeBounds = hedgeAbout | hedgeMore | hedgeFewer | hedgeLeast | hedgeMost

// nextMention finds the next number at or after a place; ok is false at the end.
func nextMention(text string, at int) (m mention, ok bool) {
	for at < len(text) && !isDigit(text[at]) {
		at++
	}
	if at == len(text) {
		return m, false
	}
	m.start = at
	at = m.whole(text, at)
	if at+1 < len(text) && text[at] == '.' && isDigit(text[at+1]) {
		at = m.fraction(text, at+1)
	}
	m.end = at
	if strings.HasPrefix(text[at:], "%") {
		m.percent, m.end = true, at+1
	} else if strings.HasPrefix(text[at:], " percent") {
		m.percent, m.end = true, at+len(" percent")
	}
	m.sign(text)
	m.hedges(text)
	return m, true
}

// whole reads digits with commas between thousands.
func (m *mention) whole(text string, at int) int {
	for at < len(text) {
		switch {
		case isDigit(text[at]):
			m.value = m.value*10 + float64(text[at]-'0')
		case text[at] != ',' || !thousandsGroup(text[at+1:]):
			return at
		}
		at++
	}
	return at
}

func (m *mention) fraction(text string, at int) int {
	scale := 1.0
	for at < len(text) && isDigit(text[at]) {
		scale /= 10
		m.value += float64(text[at]-'0') * scale
		m.decimals++
		at++
	}
	return at
}

// sign takes a minus that stands before the number and behind a space.
func (m *mention) sign(text string) {
	m.from = m.start
	i := m.start
	if i > 0 && text[i-1] == '-' && (i == 1 || text[i-2] == ' ' || text[i-2] == '(') {
		m.value, m.from = -m.value, i-1
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// thousandsGroup says whether a text begins with exactly three digits.
func thousandsGroup(s string) bool {
	return len(s) >= 3 && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[2]) && (len(s) == 3 || !isDigit(s[3]))
}

// hedges reads the sign and the words on both sides of the number.
func (m *mention) hedges(text string) {
	m.after(text[m.end:])
	i := m.from
	if i > 1 && text[i-1] == ' ' && markHedge(text[i-2]) != 0 {
		i--
	}
	if i > 0 && markHedge(text[i-1]) != 0 {
		m.hedge |= markHedge(text[i-1])
		m.from = i - 1
		return
	}
	for m.before(text) {
	}
}

func markHedge(c byte) hedge {
	switch c {
	case '~':
		return hedgeAbout
	case '>':
		return hedgeMore
	case '<':
		return hedgeFewer
	}
	return 0
}

// before takes one more word of a hedge in front of the number, and says
// whether another may follow.
func (m *mention) before(text string) bool {
	start, word := wordBefore(text, m.from)
	var h hedge
	switch {
	case len(word) == 0:
		return false
	case folds(word, "about"), folds(word, "around"), folds(word, "roughly"), folds(word, "approximately"), folds(word, "some"):
		m.hedge |= hedgeAbout
		m.from = start
		return true
	case folds(word, "over"), folds(word, "above"):
		if _, up := wordBefore(text, start); folds(up, "up") {
			return false // added up over 3 countries
		}
		h = hedgeMore
	case folds(word, "under"), folds(word, "below"):
		h = hedgeFewer
	case folds(word, "between"), folds(word, "from"):
		h = hedgeFrom
	case folds(word, "and"):
		h = hedgeTo
	case folds(word, "not"), folds(word, "exactly"):
		h = hedgeNot
	case folds(word, "than"), folds(word, "least"), folds(word, "most"), folds(word, "to"):
		start, h = pairBefore(text, start, word)
	default:
		return false
	}
	m.hedge |= h
	m.from = start
	return false
}

// pairBefore reads the hedges of two words: more than, at least, up to.
func pairBefore(text string, start int, word string) (int, hedge) {
	first, other := wordBefore(text, start)
	switch {
	case folds(word, "to"):
		if folds(other, "up") {
			return first, hedgeMost
		}
		return start, hedgeTo
	case folds(word, "than"):
		switch {
		case folds(other, "more"), folds(other, "larger"), folds(other, "greater"), folds(other, "higher"):
			return first, hedgeMore
		case folds(other, "fewer"), folds(other, "less"), folds(other, "smaller"), folds(other, "lower"):
			return first, hedgeFewer
		}
	case !folds(other, "at"):
	case folds(word, "least"):
		return first, hedgeLeast
	default:
		return first, hedgeMost
	}
	return start, 0
}

// after reads what stands behind the number: "or more", "by the printed numbers".
func (m *mention) after(rest string) {
	switch {
	case strings.HasPrefix(rest, " when the printed numbers"), strings.HasPrefix(rest, " by the printed numbers"):
		m.hedge |= hedgePrinted
	case strings.HasPrefix(rest, " or more"), strings.HasPrefix(rest, " or higher"):
		m.hedge |= hedgeLeast
	case strings.HasPrefix(rest, " or fewer"), strings.HasPrefix(rest, " or less"):
		m.hedge |= hedgeMost
	}
}

// wordBefore is the word that stands before a place with one space between,
// "" where there is none.
func wordBefore(text string, at int) (start int, word string) {
	end := at - 1
	if end < 1 || text[end] != ' ' {
		return at, ""
	}
	start = end
	for start > 0 && asciiLetter(text[start-1]) {
		start--
	}
	if start == end {
		return at, ""
	}
	return start, text[start:end]
}

// wordAfter is the word that stands behind a place with one space between.
func wordAfter(text string, at int) string {
	if at+1 >= len(text) || text[at] != ' ' {
		return ""
	}
	end := at + 1
	for end < len(text) && asciiLetter(text[end]) {
		end++
	}
	return text[at+1 : end]
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// folds compares a word with one in small letters.
func folds(word, small string) bool {
	if len(word) != len(small) {
		return false
	}
	for i := range len(word) {
		if word[i]|0x20 != small[i] {
			return false
		}
	}
	return true
}
