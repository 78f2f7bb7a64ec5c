package answers

import (
	"math"
	"strconv"
	"strings"

	"reportbot/data"
)

// printed is a printed number in a sentence: its sign and digits, without
// words that stand in the cell ("37 stopped" is 37).
func printed(n data.Number) string {
	number, _, _ := strings.Cut(n.Raw, " ")
	return number
}

// spoken is a number in a sentence: a printed one as it stands, a derived one
// with its bounds in words.
func spoken(n data.Number, unit func(float64) string) string {
	if n.Raw != "" {
		return printed(n)
	}
	switch n.Qualifier {
	case data.Exact:
		return unit(n.Value)
	case data.About:
		return "about " + unit(n.Value)
	case data.AtLeast, data.MoreThan:
		if n.Low <= 0 {
			return unit(n.Value) + " by the printed numbers"
		}
		return "at least " + roughly(n) + unit(n.Low)
	case data.AtMost, data.FewerThan:
		return "at most " + roughly(n) + unit(n.High)
	}
	if math.IsInf(n.Low, 0) || math.IsInf(n.High, 0) {
		return unit(n.Value) + " by the printed numbers"
	}
	return "between " + roughly(n) + unit(n.Low) + " and " + unit(n.High)
}

func roughly(n data.Number) string {
	if n.Rough {
		return "about "
	}
	return ""
}

// quoted is the middle of a derived number, where its bounds do not tell it:
// " (5,727 when the printed numbers are taken as they stand)".
func quoted(n data.Number, unit func(float64) string) string {
	if n.Raw != "" || math.IsNaN(n.Value) {
		return ""
	}
	middle := unit(n.Value)
	low, high := n.Low, n.High
	switch {
	case n.Qualifier == data.Exact, n.Qualifier == data.About:
		return ""
	case n.Qualifier == data.AtLeast && (low <= 0 || unit(low) == middle):
		return ""
	case n.Qualifier == data.AtMost && unit(high) == middle:
		return ""
	case n.Qualifier == data.Between && (math.IsInf(low, 0) || math.IsInf(high, 0) || unit(low) == middle || unit(high) == middle):
		return ""
	}
	return " (" + middle + " when the printed numbers are taken as they stand)"
}

// say is a value's number in a sentence.
func (v value) say() string { return spoken(v.num, v.unit()) }

// middle adds the quoted middle.
func (v value) middle() string { return quoted(v.num, v.unit()) }

func (v value) unit() func(float64) string {
	if v.op == "ratio" || v.what.of != nil {
		return percent
	}
	return plain
}

// plain writes a number with commas, and one decimal where it is not whole.
func plain(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "an unknown number"
	}
	f = math.Round(f*10) / 10
	if f != math.Trunc(f) {
		whole := math.Trunc(f)
		tenth := strconv.FormatFloat(math.Abs(f-whole), 'f', 1, 64)
		if f < 0 && whole == 0 {
			return "-0" + tenth[1:]
		}
		return commas(int64(whole)) + tenth[1:]
	}
	return commas(int64(f))
}

// percent writes a ratio as a percentage with at most one decimal.
func percent(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "an unknown share"
	}
	return plain(f*100) + "%"
}

func commas(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	if len(digits) <= 3 {
		return sign + digits
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, d := range []byte(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(d)
	}
	return b.String()
}

// listed joins names: "A", "A and B", "A, B and C".
func listed(names []string) string { return joined(names, " and ") }

// either joins names: "A, B or C".
func either(names []string) string { return joined(names, " or ") }

func joined(names []string, last string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	var b strings.Builder
	for i, n := range names {
		switch {
		case i == 0:
		case i == len(names)-1:
			b.WriteString(last)
		default:
			b.WriteString(", ")
		}
		b.WriteString(n)
	}
	return b.String()
}

// theName is a row's name in the middle of a sentence: "the UK".
func theName(s *data.Subject) string {
	if s.The {
		return "the " + s.Name
	}
	return s.Name
}

// inParty is a party's name in the middle of a sentence.
func inParty(p party) string {
	if p.subject != nil {
		return theName(p.subject)
	}
	return lowerFirst(p.say(), "All ", "The ")
}

// lowerFirst makes the first letter small where the text begins with one of the words.
func lowerFirst(s string, words ...string) string {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return strings.ToLower(s[:1]) + s[1:]
		}
	}
	return s
}

// upperFirst makes the first letter of a sentence a capital.
func upperFirst(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// count is a number with its noun: "1 country", "3 countries".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return commas(int64(n)) + " " + many
}

// condition is a threshold in words: "more than 500", "between 10 and 20", "at most 7%".
func condition(c *Condition, unit func(float64) string) string {
	switch c.Op {
	case data.LT:
		return "fewer than " + unit(c.A)
	case data.LE:
		return "at most " + unit(c.A)
	case data.GT:
		return "more than " + unit(c.A)
	case data.GE:
		return "at least " + unit(c.A)
	case data.BETWEEN:
		return "between " + unit(min(c.A, c.B)) + " and " + unit(max(c.A, c.B))
	}
	return "exactly " + unit(c.A)
}

// asWritten is how a number of the asker's is written: a share for a ratio.
func asWritten(ratio bool) func(float64) string {
	if ratio {
		return askedPercent
	}
	return numeral
}
