package answers

import (
	"cmp"
	"strconv"

	"reportbot/data"
)

// A Period is a condition on the date of figures: before 2016, in March 2016,
// since January 2017. Month 0 means the whole year.
//
//	which figures are dated before 2016
type Period struct {
	Op    data.Op // any but BETWEEN
	Year  int
	Month int
}

// meets says whether a date lies in the period; no date lies in any.
func (p *Period) meets(date data.Month) bool {
	if len(date) != len("2017-08") {
		return false
	}
	order := cmp.Compare(digitsOf(date[:4]), p.Year)
	if p.Month > 0 && order == 0 {
		order = cmp.Compare(digitsOf(date[5:]), p.Month)
	}
	before, after := order < 0, order > 0
	switch p.Op {
	case data.LT:
		return before
	case data.LE:
		return !after
	case data.GT:
		return after
	case data.GE:
		return !before
	}
	return !before && !after
}

// digitsOf is the number that digits stand for.
func digitsOf(digits data.Month) int {
	n := 0
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

func monthOfYear(year, month int) data.Month {
	at := strconv.Itoa(year) + "-"
	if month < 10 {
		at += "0"
	}
	return data.Month(at + strconv.Itoa(month))
}

// valid says whether the period names a month that there is.
func (p *Period) valid() bool {
	return p.Op < data.BETWEEN && monthOfYear(p.Year, max(p.Month, 1)).Valid()
}

// words is the period in a sentence: "before 2016", "in March 2016".
func (p *Period) words() string {
	name := strconv.Itoa(p.Year)
	if p.Month > 0 {
		name = monthOfYear(p.Year, p.Month).Words()
	}
	switch p.Op {
	case data.LT:
		return "before " + name
	case data.LE:
		return "up to " + name
	case data.GT:
		return "after " + name
	case data.GE:
		return "since " + name
	}
	return "in " + name
}

// byPeriod says whether the query asks which figures are of a period.
func (q *Query) byPeriod() bool {
	return q.AsOf != nil && q.Kind == Date && q.Aspect == "" && len(q.Subjects) == 0
}

// datedIn lists the figures whose date lies in the period asked for, rows that
// are no countries behind the others.
func (m *maker) datedIn() {
	if !m.q.AsOf.valid() {
		m.refused(NotUnderstood, "There is no such month.")
		return
	}
	found, rows, looked := m.inPeriod()
	m.room(len(found) + 1)
	if looked == 0 {
		m.undated()
		return
	}
	m.countDated(rows, looked)
	for _, v := range found {
		m.use(v)
	}
	m.listValues(found)
	m.mixed = len(found) > 1
}

// inPeriod are the figures of the rows whose date lies in the period,
// countries first, of how many rows they are, and how many have a date.
func (m *maker) inPeriod() (found []value, rows, looked int) {
	var others []value
	for _, s := range m.rowsToDate() {
		values := m.datedOf(s)
		if len(values) == 0 {
			continue
		}
		looked++
		switch {
		case !m.q.AsOf.meets(values[0].date()):
			continue
		case s.Kind == data.Country:
			found = append(found, values...)
		default:
			others = append(others, values...)
		}
		rows++
	}
	return append(found, others...), rows, looked
}

// countDated heads the list with how many of the dated rows are in it.
func (m *maker) countDated(n, looked int) {
	f := Figure{Subject: m.datedSet(), Measure: "rows", Qualifier: data.Exact.String(), Unit: "rows",
		Footnotes: []int{}, Derived: true, Op: "count", Inputs: looked}
	bounds(&f, data.NewNumber(data.Exact, float64(n)))
	m.a.Figures = append(m.a.Figures, f)
	m.derived = true
	m.caveat(computed, "Counted from the table's rows.")
	what := "dated figures"
	if len(m.q.Measures) > 0 {
		what = "a figure for " + m.e.words(m.q.Measures[0]).Noun
	}
	m.a.Headline = commas(int64(n)) + " of " + count(looked, "row", "rows") + " with " + what + dated(n) + " " + m.q.AsOf.words() + m.inScope() + "."
}

// datedSet names the rows that are looked at.
func (m *maker) datedSet() string {
	if len(m.q.Within)+len(m.q.Exclude) == 0 {
		return "all rows"
	}
	return m.scopeParty().name()
}
