package data

import (
	"math"
	"testing"
)

var inf = math.Inf(1)

func TestParseNumberReadsWhatTheReportPrints(t *testing.T) {
	for _, tc := range []struct {
		raw, kept string
		q         Qualifier
		value     float64
		low, high float64
		composite bool
	}{
		{"302", "302", Exact, 302, 302, 302, false},
		{"0", "0", Exact, 0, 0, 0, false},
		{"~320", "~320", About, 320, 320, 320, false},
		{"~ 70", "~70", About, 70, 70, 70, false},
		{"1,500", "1,500", Exact, 1500, 1500, 1500, false},
		{"~1,500", "~1,500", About, 1500, 1500, 1500, false},
		{"1,234,567", "1,234,567", Exact, 1234567, 1234567, 1234567, false},
		{">915", ">915", MoreThan, 915, 915, inf, false},
		{"<7,240", "<7,240", FewerThan, 7240, 0, 7240, false},
		{"153+51", "153+51", Exact, 204, 204, 204, true},
		{"37 stopped", "37 stopped", Exact, 37, 37, 37, true},
		{">200 women and children", ">200 women and children", MoreThan, 200, 200, inf, true},
		{"2.5", "2.5", Exact, 2.5, 2.5, 2.5, false},
	} {
		n, err := ParseNumber(tc.raw)
		if err != nil {
			t.Errorf("%q: %v", tc.raw, err)
			continue
		}
		want := Number{tc.kept, tc.q, tc.value, tc.low, tc.high, tc.composite, tc.q == About}
		if n != want {
			t.Errorf("%q:\n got %+v\nwant %+v", tc.raw, n, want)
		}
	}
}

func TestParseNumberRefusesWithTheReason(t *testing.T) {
	for raw, want := range map[string]string{
		"":                     `no number: the cell is empty`,
		"~":                    `"~" is not a printed number: a number is missing; write digits such as 1,500`,
		"-":                    `"-" is not a printed number: "-" holds something else than digits`,
		"1,50":                 `"1,50" is not a printed number: the commas of "1,50" do not stand between thousands`,
		"1500,200":             `"1500,200" is not a printed number: the commas of "1500,200" do not stand between thousands`,
		"12+":                  `"12+" is not a printed number: a number is missing; write digits such as 1,500`,
		"254/2,622":            `"254/2,622" is not a printed number: "254/2,622" holds something else than digits`,
		"302 47":               `"302 47" is not a printed number: only words may follow the number, found '4'`,
		"<0":                   `"<0" is not a printed number: nothing is fewer than 0`,
		"~~5":                  `"~~5" is not a printed number: "~5" holds something else than digits`,
		"1.":                   `"1." is not a printed number: digits must follow the decimal point in "1."`,
		"٣":                    `"٣" is not a printed number: "٣" holds something else than digits`,
		"1e9":                  `"1e9" is not a printed number: "1e9" holds something else than digits`,
		"99999999999999999999": `"99999999999999999999" is not a printed number: "99999999999999999999" has more than 15 digits`,
	} {
		_, err := ParseNumber(raw)
		if err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", raw, err, want)
		}
	}
}

func num(t *testing.T, raw string) Number {
	t.Helper()
	n, err := ParseNumber(raw)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func nums(t *testing.T, raws ...string) []Number {
	t.Helper()
	var out []Number
	for _, raw := range raws {
		out = append(out, num(t, raw))
	}
	return out
}

func TestArithmeticKeepsDirection(t *testing.T) {
	n := func(raw string) Number { return num(t, raw) }
	for _, tc := range []struct {
		name      string
		got       Number
		q         Qualifier
		value     float64
		low, high float64
		rough     bool
	}{
		{"exact sum", Sum(nums(t, "302", "90")), Exact, 392, 392, 392, false},
		{"sum with ~", Sum(nums(t, "302", "~300")), About, 602, 602, 602, true},
		{"sum with >", Sum(nums(t, "302", ">915")), AtLeast, 1217, 1217, inf, false},
		{"sum with <", Sum(nums(t, "302", "<50")), Between, 352, 302, 352, false},
		{"sum of < only", Sum(nums(t, "<10", "<50")), AtMost, 60, 0, 60, false},
		{"sum of < and >", Sum(nums(t, "<10", ">50")), AtLeast, 60, 50, inf, false},
		{"sum of one", Sum(nums(t, ">5")), AtLeast, 5, 5, inf, false},
		{"mean", Mean(nums(t, "100", "50")), Exact, 75, 75, 75, false},
		{"mean with <", Mean(nums(t, "100", "<50")), Between, 75, 50, 75, false},
		{"difference", n("302").Minus(n("90")), Exact, 212, 212, 212, false},
		{"below zero", n("90").Minus(n("302")), Exact, -212, -212, -212, false},
		{"> less exact", n(">915").Minus(n("300")), AtLeast, 615, 615, inf, false},
		{"exact less >", n("300").Minus(n(">100")), AtMost, 200, math.Inf(-1), 200, false},
		{"exact less <", n("110").Minus(n("<10")), Between, 100, 100, 110, false},
		{"> less >", n(">900").Minus(n(">100")), Between, 800, math.Inf(-1), inf, false},
		{"~ less ~", n("~850").Minus(n("~400")), About, 450, 450, 450, true},
		{"ratio", n("302").Over(n("1,208")), Exact, 0.25, 0.25, 0.25, false},
		{"ratio of ~", n("~300").Over(n("~900")), About, 1. / 3, 1. / 3, 1. / 3, true},
		{"~ over >", n("~300").Over(n(">915")), AtMost, 300. / 915, 0, 300. / 915, true},
		{"> over exact", n(">40").Over(n("160")), AtLeast, 0.25, 0.25, inf, false},
		{"exact over <", n("7").Over(n("<129")), AtLeast, 7. / 129, 7. / 129, inf, false},
		{"< over exact", n("<50").Over(n("200")), AtMost, 0.25, 0, 0.25, false},
		{"> over >", n(">40").Over(n(">165")), AtLeast, 40. / 165, 0, inf, false},
		{"none of some", n("0").Over(n("5")), Exact, 0, 0, 0, false},
	} {
		want := Number{Qualifier: tc.q, Value: tc.value, Low: tc.low, High: tc.high, Rough: tc.rough}
		if tc.got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", tc.name, tc.got, want)
		}
	}
}

func TestNothingToQuoteIsNaN(t *testing.T) {
	for name, n := range map[string]Number{
		"sum of nothing":   Sum(nil),
		"mean of nothing":  Mean(nil),
		"over zero":        num(t, "5").Over(num(t, "0")),
		"zero over zero":   num(t, "0").Over(num(t, "0")),
		"nothing over one": Sum(nil).Over(num(t, "1")),
		"one over nothing": num(t, "1").Over(Sum(nil)),
	} {
		if !math.IsNaN(n.Value) || math.IsNaN(n.Low) || math.IsNaN(n.High) {
			t.Errorf("%s: %+v", name, n)
		}
	}
}

func TestHoldsIsThreeValued(t *testing.T) {
	for _, tc := range []struct {
		raw  string
		op   Op
		a, b float64
		want Truth
	}{
		{">915", GT, 915, 0, Certain},
		{">915", GE, 916, 0, Certain},
		{">915", GT, 916, 0, Possible},
		{">915", LE, 915, 0, No},
		{">915", EQ, 915, 0, No},
		{">100", LT, 200, 0, Possible},
		{"<50", LT, 50, 0, Certain},
		{"<50", LT, 49, 0, Possible},
		{"<50", LE, 49, 0, Certain},
		{"<50", LT, 20, 0, Possible},
		{"<50", GE, 50, 0, No},
		{"<50", GT, 48, 0, Possible},
		{"<50", EQ, 0, 0, Possible},
		{"~150", GT, 150, 0, Possible},
		{"~150", GT, 134, 0, Certain},
		{"~150", GE, 135, 0, Certain},
		{"~150", GT, 165, 0, No},
		{"~150", GE, 165, 0, Possible},
		{"~150", EQ, 150, 0, Possible},
		{"~70", LE, 77, 0, Certain},
		{"302", EQ, 302, 0, Certain},
		{"302", EQ, 303, 0, No},
		{"302", GT, 302, 0, No},
		{"302", GE, 302, 0, Certain},
		{"302", BETWEEN, 302, 400, Certain},
		{"302", BETWEEN, 400, 302, Certain},
		{"302", BETWEEN, 303, 400, No},
		{"~300", BETWEEN, 270, 330, Certain},
		{"~300", BETWEEN, 280, 400, Possible},
		{">500", BETWEEN, 100, 500, No},
		{">500", BETWEEN, 100, 501, Possible},
		{"<10", BETWEEN, 0, 9, Certain},
		{"5", BETWEEN, 4.2, 4.8, No},
		{">4", BETWEEN, 5.2, 5.8, No},
	} {
		if got := num(t, tc.raw).Holds(tc.op, tc.a, tc.b); got != tc.want {
			t.Errorf("%s %s %v %v: %s, want %s", tc.raw, tc.op, tc.a, tc.b, got, tc.want)
		}
	}
}

func TestHoldsOnWorkedOutNumbers(t *testing.T) {
	half := num(t, "~300").Over(num(t, "600"))
	if got := half.Holds(GT, 0.5, 0); got != Possible {
		t.Errorf("a rough half is more than half: %s", got)
	}
	if got := half.Holds(GT, 0.44, 0); got != Certain {
		t.Errorf("a rough half is more than 44 percent: %s", got)
	}
	atLeast := Sum(nums(t, "10", ">20"))
	if got := atLeast.Holds(GE, 30, 0); got != Certain {
		t.Errorf("at least 30 is 30 or more: %s", got)
	}
	if got := Sum(nil).Holds(GT, 1, 0); got != Possible {
		t.Errorf("of nothing nothing is known: %s", got)
	}
}

func TestCompareSaysWhenTheOrderIsOpen(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		sign int
		sure bool
	}{
		{"302", "90", 1, true},
		{"90", "302", -1, true},
		{"90", "90", 0, true},
		{"~300", "302", -1, false},
		{"~300", "~425", -1, true},
		{"~400", "~425", -1, false},
		{"~43", "~43", 0, false},
		{">915", "915", 1, true},
		{">915", "~700", 1, true},
		{">100", "5,000", -1, false},
		{"<50", "50", -1, true},
		{"<50", "13", 1, false},
		{"<10", ">9", -1, true}, // at most 9 against at least 10
		{"<10", ">10", -1, true},
	} {
		sign, sure := num(t, tc.a).Compare(num(t, tc.b))
		if sign != tc.sign || sure != tc.sure {
			t.Errorf("%s against %s: %d %v, want %d %v", tc.a, tc.b, sign, sure, tc.sign, tc.sure)
		}
	}
	if _, sure := Sum(nil).Compare(num(t, "1")); sure {
		t.Error("nothing cannot be compared")
	}
}

func TestQualifierNames(t *testing.T) {
	for q, want := range map[Qualifier]string{
		Exact: "exact", About: "about", MoreThan: "more_than", FewerThan: "fewer_than",
		AtLeast: "at_least", AtMost: "at_most", Between: "between", 99: "Qualifier(99)",
	} {
		if q.String() != want {
			t.Errorf("%s, want %s", q, want)
		}
	}
}

func TestNamesOfConditionsAndKinds(t *testing.T) {
	for got, want := range map[string]string{
		LT.String(): "<", GE.String(): ">=", BETWEEN.String(): "between", Op(99).String(): "?",
		No.String(): "no", Certain.String(): "certain", Truth(99).String(): "?",
		People.String(): "people", Kind(98).String(): "?", Ambiguous.String(): "ambiguous", Deduction(97).String(): "?",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestMonth(t *testing.T) {
	if m := Month("2017-08"); !m.Valid() || m.Words() != "August 2017" {
		t.Errorf("%s: %v %q", m, m.Valid(), m.Words())
	}
	for _, bad := range []Month{"", "2017", "2017-13", "2017-00", "2017-8", "17-08", "2017/08", "2017-0x", "٢٠١٧-٠٨"} {
		if bad.Valid() || bad.Words() != "" || bad.MonthsBefore("2017-10") != 0 || bad.Before("2017-10") {
			t.Errorf("%q is taken for a month", bad)
		}
	}
	for _, tc := range []struct {
		a, b Month
		want int
	}{{"2016-10", "2017-10", 12}, {"2015-12", "2016-01", 1}, {"2017-10", "2016-10", -12}, {"2017-10", "2017-10", 0}} {
		if got := tc.a.MonthsBefore(tc.b); got != tc.want || tc.a.Before(tc.b) != (tc.want > 0) {
			t.Errorf("%s lies %d months before %s, want %d", tc.a, got, tc.b, tc.want)
		}
	}
}
