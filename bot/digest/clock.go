package digest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Problem is what is wrong with what somebody wrote, in a sentence for them.
type Problem struct{ Text string }

// Error is the sentence.
func (p *Problem) Error() string { return p.Text }

func problem(format string, args ...any) error { return &Problem{fmt.Sprintf(format, args...)} }

const timeExamples = "write it as 09:00, 8:30am or noon"

// ParseClock reads a time of the day in the ways in which people write them:
// 09:00, 9, 9h30, 0830, 8.30 pm, noon, half past eight is "half past 8". Error:
// *Problem.
func ParseClock(text string) (Clock, error) {
	words := strings.Fields(strings.ToLower(text))
	c, rest, err := readClock(words)
	switch {
	case err != nil:
		return 0, err
	case len(rest) > 0:
		return 0, problem("%q is no time of the day; %s.", text, timeExamples)
	}
	return c, nil
}

const (
	hour = 60
	noon = 12 * hour
)

// clockForm is a time in digits: hours, minutes, and the half of the day. Four
// digits in a row are hours and minutes.
const clockForm = `^(\d{1,2})(?:(?:[:.h]|(?:^\d\d)?)(\d{2}))?h?(am|pm|a\.m\.?|p\.m\.?)?$`

// readClock reads the time that words begin with, and gives the words behind it.
func readClock(words []string) (Clock, []string, error) {
	if len(words) == 0 {
		return 0, nil, problem("A time of the day is missing: %s.", timeExamples)
	}
	switch words[0] {
	case "noon", "midday":
		return noon, words[1:], nil
	case "midnight":
		return 0, words[1:], nil
	case "half", "quarter":
		return readSpokenClock(words)
	}
	m := regexp.MustCompile(clockForm).FindStringSubmatch(words[0])
	if m == nil {
		return 0, words, problem("%q is no time of the day; %s.", words[0], timeExamples)
	}
	half, words, whole := m[3], words[1:], words[0]
	if half == "" && len(words) > 0 && isHalf(words[0]) {
		half, whole, words = words[0], whole+" "+words[0], words[1:]
	}
	if len(words) > 0 && (words[0] == "o'clock" || words[0] == "oclock" || words[0] == "uhr" || words[0] == "h") {
		words = words[1:]
	}
	c, err := clockOf(whole, m[1], m[2], half)
	return c, words, err
}

func isHalf(word string) bool {
	switch strings.ReplaceAll(word, ".", "") {
	case "am", "pm":
		return true
	}
	return false
}

// readSpokenClock reads "half past 8", "quarter to 9 pm".
func readSpokenClock(words []string) (Clock, []string, error) {
	off, forms := map[string]Clock{"half past": 30, "quarter past": 15, "quarter to": -15}, "half past, quarter past or quarter to an hour"
	if len(words) < 3 {
		return 0, words, problem("%q is no time of the day; write %s.", strings.Join(words, " "), forms)
	}
	minutes, ok := off[words[0]+" "+words[1]]
	if !ok {
		return 0, words, problem("%q is no time of the day; write %s.", strings.Join(words[:3], " "), forms)
	}
	c, rest, err := readClock(words[2:])
	return (c + minutes + 24*hour) % (24 * hour), rest, err
}

// clockOf is the time of hours, minutes and the half of the day, as they were written.
func clockOf(whole, hours, minutes, half string) (Clock, error) {
	h, _ := strconv.Atoi(hours) // digits, by the form
	m := 0
	if minutes != "" {
		m, _ = strconv.Atoi(minutes)
	}
	if m > 59 {
		return 0, problem("%s is no time of the day: minutes go from 00 to 59.", whole)
	}
	switch {
	case half == "" && h == 24 && m == 0:
		return 0, problem("%s is the end of a day; write 00:00 for its beginning.", whole)
	case half == "" && h > 23:
		return 0, problem("%s is no time of the day: hours go from 0 to 23.", whole)
	case half != "" && (h == 0 || h > 12):
		return 0, problem("%s is no time of the day: with am and pm hours go from 1 to 12.", whole)
	case half != "":
		h %= 12
		if half[0] == 'p' {
			h += 12
		}
	}
	return Clock(h*hour + m), nil
}
