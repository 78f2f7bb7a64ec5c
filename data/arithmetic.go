package data

import "math"

// Sum adds numbers: the lows make the low, the highs the high, the printed
// values the value. The sum of nothing has the value NaN.
func Sum(ns []Number) Number {
	if len(ns) == 0 {
		return unknown()
	}
	var out Number
	for _, n := range ns {
		out.Value += n.Value
		out.Low += n.Low
		out.High += n.High
	}
	return derive(out, ns...)
}

// Mean is the sum divided by how many there are. The mean of nothing has the
// value NaN.
func Mean(ns []Number) Number {
	out := Sum(ns)
	if len(ns) == 0 {
		return out
	}
	count := float64(len(ns))
	out.Value /= count
	out.Low /= count
	out.High /= count
	return out
}

// Minus is n less m. Bounds turn round: the low is n's low less m's high.
func (n Number) Minus(m Number) Number {
	return derive(Number{Value: n.Value - m.Value, Low: n.Low - m.High, High: n.High - m.Low}, n, m)
}

// Over is the ratio n / m, 1 being the whole. Bounds turn round: the low is
// n's low by m's high. Where m may be 0 the high is open, and where it is
// printed as 0 the value is NaN.
func (n Number) Over(m Number) Number {
	if math.IsNaN(m.Value) || math.IsNaN(n.Value) || m.High <= 0 || m.Low < 0 {
		return unknown()
	}
	out := Number{Value: n.Value / m.Value, Low: lowRatio(n.Low, m), High: highRatio(n.High, m)}
	if m.Value == 0 {
		out.Value = math.NaN()
	}
	return derive(out, n, m)
}

// lowRatio is the least that low / m can be, for m that is not negative.
func lowRatio(low float64, m Number) float64 {
	if low >= 0 {
		return divide(low, m.High)
	}
	return divide(low, m.Low)
}

// highRatio is the most that high / m can be, for m that is not negative.
func highRatio(high float64, m Number) float64 {
	if high >= 0 {
		return divide(high, m.Low)
	}
	return divide(high, m.High)
}

// divide is a / b for b >= 0: 0 where b is open above, open where b is 0.
func divide(a, b float64) float64 {
	switch {
	case math.IsInf(b, 1) && math.IsInf(a, 0):
		return a
	case math.IsInf(b, 1):
		return 0
	case b == 0 && a < 0:
		return math.Inf(-1)
	case b == 0:
		return math.Inf(1)
	}
	return a / b
}

// derive sets the qualifier of a number worked out of others.
//
// A low of 0 that no count can go below says nothing by itself, so it makes
// the number at_least only where nothing else is known. Between with both
// bounds open means that nothing is known.
func derive(out Number, inputs ...Number) Number {
	exact, floor := true, 0.0
	for _, n := range inputs {
		exact = exact && n.Qualifier == Exact
		out.Rough = out.Rough || n.Rough
		if n.Low < 0 {
			floor = math.Inf(-1)
		}
	}
	if out.Low < 0 {
		floor = math.Inf(-1)
	}
	out.Qualifier = derivedQualifier(out, exact, floor)
	return out
}

func derivedQualifier(out Number, exact bool, floor float64) Qualifier {
	highKnown := !math.IsInf(out.High, 1)
	lowKnown := !math.IsInf(out.Low, -1) && (out.Low > floor || !highKnown)
	switch {
	case exact && highKnown && out.Low == out.High:
		return Exact
	case highKnown && out.Low == out.High && out.Rough:
		return About
	case lowKnown && highKnown:
		return Between
	case lowKnown:
		return AtLeast
	case highKnown:
		return AtMost
	}
	return Between
}
