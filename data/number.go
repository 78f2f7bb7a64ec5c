package data

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Qualifier says how a number is known.
type Qualifier uint8

// The first four are printed (302, ~320, >915, <50); the last three arise only
// in numbers that were worked out from printed ones.
const (
	Exact Qualifier = iota
	About
	MoreThan
	FewerThan
	AtLeast
	AtMost
	Between
)

var qualifierNames = [...]string{"exact", "about", "more_than", "fewer_than", "at_least", "at_most", "between"}

// String is the qualifier's name in answers and exports, such as more_than.
func (q Qualifier) String() string {
	if int(q) < len(qualifierNames) {
		return qualifierNames[q]
	}
	return fmt.Sprintf("Qualifier(%d)", uint8(q))
}

// parseQualifier is the reverse of String.
func parseQualifier(name string) (Qualifier, bool) {
	for i, n := range qualifierNames {
		if n == name {
			return Qualifier(i), true
		}
	}
	return Exact, false
}

// Number is a printed or worked-out number with its bounds.
//
// An about number has the bounds of an exact one, its printed value: how far
// it may be off is not printed. Only Holds and Compare widen it.
type Number struct {
	Raw       string    // as printed; "" for a derived one
	Qualifier Qualifier // how it is known
	Value     float64   // the printed number taken as it stands; NaN where nothing can be quoted
	Low, High float64   // -Inf and +Inf where open
	Composite bool      // value was added up or read out of words ("153+51", "37 stopped")
	Rough     bool      // it, or an input of it, was printed with ~
}

// NewNumber makes a number of a qualifier and the value that is printed with it.
// Raw is left empty.
func NewNumber(q Qualifier, value float64) Number {
	n := Number{Qualifier: q, Value: value, Low: value, High: value, Rough: q == About}
	switch q {
	case MoreThan, AtLeast:
		n.High = math.Inf(1)
	case FewerThan, AtMost:
		n.Low = 0
	}
	return n
}

// unknown is the number of which nothing can be said.
func unknown() Number {
	return Number{Qualifier: Between, Value: math.NaN(), Low: math.Inf(-1), High: math.Inf(1)}
}

// ParseNumber reads one printed number: "302", "~ 70", "1,500", ">915",
// "<7,240", "153+51", "37 stopped" or ">200 women and children".
// Raw keeps the text without the space after a mark. An error says what is
// wrong and quotes the text.
func ParseNumber(raw string) (Number, error) {
	text := strings.TrimSpace(raw)
	if text == "" {
		return Number{}, fmt.Errorf("no number: the cell is empty")
	}
	q, mark, rest := splitMark(text)
	digits, words, hasWords := strings.Cut(rest, " ")
	value, parts, err := addUp(digits)
	if err != nil {
		return Number{}, fmt.Errorf("%q is not a printed number: %w", raw, err)
	}
	if hasWords {
		if err := checkWords(words); err != nil {
			return Number{}, fmt.Errorf("%q is not a printed number: %w", raw, err)
		}
	}
	if q == FewerThan && value == 0 {
		return Number{}, fmt.Errorf("%q is not a printed number: nothing is fewer than 0", raw)
	}
	n := NewNumber(q, value)
	n.Raw = mark + rest
	n.Composite = parts > 1 || hasWords
	return n, nil
}

// splitMark takes the mark ~, > or < and the space after it off the text.
func splitMark(text string) (q Qualifier, mark, rest string) {
	switch text[0] {
	case '~':
		q = About
	case '>':
		q = MoreThan
	case '<':
		q = FewerThan
	default:
		return Exact, "", text
	}
	return q, text[:1], strings.TrimLeft(text[1:], " ")
}

// addUp adds the numbers of "153+51" and says how many there were.
func addUp(text string) (sum float64, parts int, err error) {
	for part := range strings.SplitSeq(text, "+") {
		v, err := parseDigits(part)
		if err != nil {
			return 0, 0, err
		}
		sum += v
		parts++
	}
	return sum, parts, nil
}

// maxDigits keeps every whole number exact in a float64.
const maxDigits = 15

// parseDigits reads digits with commas between thousands and at most one
// decimal point.
func parseDigits(text string) (float64, error) {
	if text == "" {
		return 0, fmt.Errorf("a number is missing; write digits such as 1,500")
	}
	whole, fraction, hasPoint := strings.Cut(text, ".")
	if hasPoint && !allDigits(fraction) {
		return 0, fmt.Errorf("digits must follow the decimal point in %q", text)
	}
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if !allDigits(g) {
			return 0, fmt.Errorf("%q holds something else than digits", text)
		}
		if len(groups) > 1 && (i > 0 && len(g) != 3 || i == 0 && len(g) > 3) {
			return 0, fmt.Errorf("the commas of %q do not stand between thousands", text)
		}
	}
	plain := strings.Join(groups, "")
	if len(plain)+len(fraction) > maxDigits {
		return 0, fmt.Errorf("%q has more than %d digits", text, maxDigits)
	}
	if hasPoint {
		plain += "." + fraction
	}
	return strconv.ParseFloat(plain, 64)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// checkWords refuses anything but letters in the words behind a number: a
// digit there would be a footnote marker or a second figure.
func checkWords(words string) error {
	for _, r := range words {
		if r != ' ' && !isLetter(r) {
			return fmt.Errorf("only words may follow the number, found %q", r)
		}
	}
	if strings.TrimSpace(words) == "" {
		return fmt.Errorf("a space follows the number and no words")
	}
	return nil
}

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '\'' || r > 0x7F
}
