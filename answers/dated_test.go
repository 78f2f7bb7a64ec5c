package answers

import (
	"testing"

	"reportbot/data"
)

func period(op data.Op, year, month int) func(*Query) {
	return func(q *Query) { q.AsOf = &Period{Op: op, Year: year, Month: month} }
}

func TestFiguresOfAPeriod(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for _, w := range []wantAnswer{
		{name: "before a year", query: k.q(Date, "", "", period(data.LT, 2016, 0)),
			head: "2 of 53 rows with dated figures are dated before 2016.\n" +
				"Bulgaria <10 (September 2015) and Turkmenistan >400 (January 2015).",
			caveats: "lower_bound upper_bound mixed_dates old_figure computed"},
		{name: "one row", query: k.q(Date, "", "", period(data.LE, 2015, 1)),
			head: "1 of 53 rows with dated figures is dated up to January 2015.\nTurkmenistan >400 (January 2015).", caveats: "lower_bound old_figure computed"},
		{name: "in a month, one measure", query: k.q(Date, "returned", "", period(data.EQ, 2017, 10)),
			head: "3 of 36 rows with a figure for returnees are dated in October 2017.\nBelgium >123 (October 2017)", caveats: "lower_bound computed"},
		{name: "in a set", query: k.q(Date, "", "", period(data.GE, 2017, 8), k.in("Western Europe")),
			head:    "3 of 13 rows with dated figures are dated since August 2017, Western Europe.",
			caveats: "assumed approximate mixed_dates computed"},
		{name: "none", query: k.q(Date, "", "", period(data.GT, 2017, 0)),
			head: "0 of 53 rows with dated figures are dated after 2017.\nCounted", caveats: "computed"},
		{name: "no dates", query: k.q(Date, "women", "", period(data.LT, 2016, 0)),
			head: "The figures for women have no dates; the report is of October 2017.", caveats: "no_date"},
		{name: "a row named", query: k.q(Date, "returned", "France", period(data.LT, 2016, 0)),
			head: "France: the figure for returnees (302) is as of August 2017."},
	} {
		t.Run(w.name, func(t *testing.T) { w.check(t, e) })
	}
}

// Every date is before, in or after each period, and in one of them only.
func TestPeriodsPartTheDates(t *testing.T) {
	e := bare(t)
	for c := range e.report.Cells() {
		for year := 2014; year < 2019; year++ {
			for month := range 13 {
				at := func(op data.Op) bool { return (&Period{op, year, month}).meets(c.AsOf) }
				n := 0
				for _, op := range []data.Op{data.LT, data.EQ, data.GT} {
					if at(op) {
						n++
					}
				}
				if want := len(c.AsOf) / len("2017-08"); n != want {
					t.Fatalf("%s of %q meets %d of before, in and after %d-%d", c.Subject.Name, c.AsOf, n, year, month)
				}
				if at(data.LE) != (at(data.LT) || at(data.EQ)) || at(data.GE) != (at(data.GT) || at(data.EQ)) {
					t.Fatalf("%q against %d-%d", c.AsOf, year, month)
				}
			}
		}
	}
}

// A year that the asker did not set, or beside other words, is not proved.
func TestBentPeriodsFail(t *testing.T) {
	e := bare(t)
	for _, c := range [][2]string{{"before 2016", "before 2017"}, {"before 2016", "since 2016"}, {"before 2016", "before May 2016"}, {"2 of", "3 of"},
		{"January 2015", "February 2015"}} {
		if bend(t, e, "date:asof=lt,2016", c[0], c[1]) == nil {
			t.Errorf("%q passes for %q", c[1], c[0])
		}
	}
}
