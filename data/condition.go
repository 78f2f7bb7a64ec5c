package data

import "math"

// Op is a condition on a number.
type Op uint8

// Conditions; BETWEEN takes both ends in.
const (
	LT Op = iota
	LE
	GT
	GE
	EQ
	BETWEEN
)

var opNames = [...]string{"<", "<=", ">", ">=", "=", "between"}

// String is the condition's sign, "between" for BETWEEN.
func (o Op) String() string {
	if int(o) < len(opNames) {
		return opNames[o]
	}
	return "?"
}

// Truth is the answer to a condition on a number that is not known exactly.
type Truth uint8

// No: whatever the number is, the condition fails. Possible: it may hold.
// Certain: whatever the number is, it holds.
const (
	No Truth = iota
	Possible
	Certain
)

var truthNames = [...]string{"no", "possible", "certain"}

// String is no, possible or certain.
func (t Truth) String() string {
	if int(t) < len(truthNames) {
		return truthNames[t]
	}
	return "?"
}

// Holds says whether the number meets the condition: LT, LE, GT, GE and EQ
// compare it with a; BETWEEN asks for a to b, in either order.
//
// A printed whole number is a count of whole people: more than 915 starts at
// 916 and fewer than 50 ends at 49. For this purpose alone ~ stands for 10
// percent either way.
func (n Number) Holds(op Op, a, b float64) Truth {
	s := n.span()
	if math.IsNaN(s.low) || math.IsNaN(s.high) {
		return Possible
	}
	switch op {
	case LT:
		return truth(s.high < a, s.low < a)
	case LE:
		return truth(s.high <= a, s.low <= a)
	case GT:
		return truth(s.low > a, s.high > a)
	case GE:
		return truth(s.low >= a, s.high >= a)
	case EQ:
		return s.within(a, a)
	case BETWEEN:
		return s.within(min(a, b), max(a, b))
	}
	return No
}

func truth(all, some bool) Truth {
	switch {
	case all:
		return Certain
	case some:
		return Possible
	}
	return No
}

// Compare orders two numbers: sign is -1, 0 or +1 as n is below, level with
// or above m by the printed value. sure is false where the qualifiers leave
// the order open: the ranges that Holds uses overlap.
func (n Number) Compare(m Number) (sign int, sure bool) {
	a, b := n.span(), m.span()
	switch {
	case math.IsNaN(n.Value) || math.IsNaN(m.Value):
		return 0, false
	case a.high < b.low:
		return -1, true
	case a.low > b.high:
		return 1, true
	}
	sure = n.Qualifier == Exact && m.Qualifier == Exact
	switch {
	case n.Value < m.Value:
		return -1, sure
	case n.Value > m.Value:
		return 1, sure
	}
	return 0, sure
}

// span is every value that a number may have, both ends taken in.
type span struct {
	low, high float64
	whole     bool // only whole numbers count
}

// within says whether the span lies in the range from a to b.
func (s span) within(a, b float64) Truth {
	if s.whole {
		a, b = math.Ceil(a), math.Floor(b)
	}
	return truth(s.low >= a && s.high <= b, s.low <= b && s.high >= a && a <= b)
}

// span widens a rough number by 10 percent and closes the open ends of a
// printed "more than" and "fewer than".
func (n Number) span() span {
	s := span{low: n.Low, high: n.High}
	s.whole = n.Raw != "" && n.Value == math.Trunc(n.Value)
	if n.Rough {
		s.low, s.high = widen(n.Low, 9, 11), widen(n.High, 11, 9)
	}
	switch n.Qualifier {
	case MoreThan:
		s.low = s.above(n.Low)
	case FewerThan:
		s.high = s.below(n.High)
	}
	if s.whole {
		s.low, s.high = math.Ceil(s.low), math.Floor(s.high)
	}
	return s
}

// widen takes tenths of a bound, the other number of tenths if it is negative.
func widen(bound, tenths, tenthsIfNegative float64) float64 {
	if bound < 0 {
		tenths = tenthsIfNegative
	}
	return bound * tenths / 10
}

func (s span) above(v float64) float64 {
	if s.whole {
		return v + 1
	}
	return math.Nextafter(v, math.Inf(1))
}

func (s span) below(v float64) float64 {
	if s.whole {
		return v - 1
	}
	return math.Nextafter(v, math.Inf(-1))
}
