package data

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// choice is a number and one value that it may truly have.
type choice struct {
	number Number
	truth  float64
}

// drawChoice draws a number without ~, which has no stated bounds, and a value
// within its bounds.
func drawChoice(t *rapid.T, least int) choice {
	v := float64(rapid.IntRange(least, 10000).Draw(t, "printed"))
	q := rapid.SampledFrom([]Qualifier{Exact, MoreThan, FewerThan}).Draw(t, "qualifier")
	truth := v
	switch q {
	case MoreThan:
		truth += float64(rapid.IntRange(0, 5000).Draw(t, "more"))
	case FewerThan:
		truth -= float64(rapid.IntRange(0, int(v)-least).Draw(t, "less"))
	}
	return choice{NewNumber(q, v), truth}
}

const closeTo = 1e-9

func within(n Number, truth float64) bool {
	slack := closeTo * (1 + math.Abs(truth))
	return truth >= n.Low-slack && truth <= n.High+slack
}

func checkWellFormed(t *rapid.T, n Number) {
	t.Helper()
	if math.IsNaN(n.Low) || math.IsNaN(n.High) || n.Low > n.High+closeTo {
		t.Fatalf("bounds out of order: %+v", n)
	}
	lowOpen, highOpen := math.IsInf(n.Low, -1) || n.Low == 0, math.IsInf(n.High, 1)
	switch {
	case n.Qualifier == AtLeast && !highOpen,
		n.Qualifier == AtMost && (highOpen || !lowOpen),
		n.Qualifier == Exact && n.Low != n.High,
		n.Qualifier == About && n.Low != n.High,
		n.Raw != "" || n.Qualifier == MoreThan || n.Qualifier == FewerThan:
		t.Fatalf("the qualifier does not fit the bounds: %+v", n)
	}
}

func TestDerivedBoundsHoldEveryChoice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawChoice(t, 1), drawChoice(t, 1)
		for name, d := range map[string]choice{
			"sum":        {Sum([]Number{a.number, b.number}), a.truth + b.truth},
			"mean":       {Mean([]Number{a.number, b.number}), (a.truth + b.truth) / 2},
			"difference": {a.number.Minus(b.number), a.truth - b.truth},
			"ratio":      {a.number.Over(b.number), a.truth / b.truth},
			"remainder":  {a.number.Minus(b.number).Minus(b.number), a.truth - 2*b.truth},
			"share left": {a.number.Minus(b.number).Over(a.number), (a.truth - b.truth) / a.truth},
		} {
			checkWellFormed(t, d.number)
			if !within(d.number, d.truth) {
				t.Fatalf("%s of %+v and %+v is %+v, which leaves out %v", name, a, b, d.number, d.truth)
			}
		}
	})
}

func TestSumDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawChoice(t, 1).number, drawChoice(t, 1).number, drawChoice(t, 1).number
		if Sum([]Number{a, b, c}) != Sum([]Number{c, a, b}) {
			t.Fatalf("%+v %+v %+v", a, b, c)
		}
	})
}

func TestDerivedIsExactOnlyOfExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawChoice(t, 1).number, drawChoice(t, 1).number
		exact := a.Qualifier == Exact && b.Qualifier == Exact
		for _, n := range []Number{Sum([]Number{a, b}), a.Minus(b), a.Over(b)} {
			if (n.Qualifier == Exact) != exact {
				t.Fatalf("%+v and %+v make %+v", a, b, n)
			}
		}
	})
}

func TestHoldsAgreesWithEveryChoice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.IntRange(1, 60).Draw(t, "printed")
		q := rapid.SampledFrom([]Qualifier{Exact, About, MoreThan, FewerThan}).Draw(t, "qualifier")
		a, b := float64(rapid.IntRange(0, 80).Draw(t, "a")), float64(rapid.IntRange(0, 80).Draw(t, "b"))
		n := NewNumber(q, float64(v))
		n.Raw = "printed"
		op := Op(rapid.IntRange(int(LT), int(BETWEEN)).Draw(t, "op"))
		if got, want := n.Holds(op, a, b), tryAll(q, v, op, a, b); got != want {
			t.Fatalf("%s %d %s %v %v: %s, want %s", q, v, op, a, b, got, want)
		}
	})
}

// tryAll tests the condition on every whole number that the printed one may be.
func tryAll(q Qualifier, v int, op Op, a, b float64) Truth {
	low, high := v, v
	switch q {
	case About:
		low, high = (v*9+9)/10, v*11/10
	case MoreThan:
		low, high = v+1, 1000
	case FewerThan:
		low, high = 0, v-1
	}
	held, tried := 0, 0
	for x := float64(low); x <= float64(high); x++ {
		tried++
		if meets(x, op, a, b) {
			held++
		}
	}
	return truth(held == tried, held > 0)
}

func meets(x float64, op Op, a, b float64) bool {
	switch op {
	case LT:
		return x < a
	case LE:
		return x <= a
	case GT:
		return x > a
	case GE:
		return x >= a
	case EQ:
		return x == a
	}
	return x >= min(a, b) && x <= max(a, b)
}

func TestCompareIsAntisymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawChoice(t, 1), drawChoice(t, 1)
		s1, sure1 := a.number.Compare(b.number)
		s2, sure2 := b.number.Compare(a.number)
		if s1 != -s2 || sure1 != sure2 {
			t.Fatalf("%+v %+v: %d %v and %d %v", a, b, s1, sure1, s2, sure2)
		}
	})
}

func TestParsedNumbersStayWithinLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.StringMatching(`[~<>]? ?[0-9,+]{0,8}( [a-z]{0,5})?`).Draw(t, "raw")
		n, err := ParseNumber(raw)
		if err != nil {
			return
		}
		again, err := ParseNumber(n.Raw)
		if err != nil || again != n {
			t.Fatalf("%q: %+v, read again %+v, %v", raw, n, again, err)
		}
	})
}
