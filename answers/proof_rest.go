package answers

import (
	"math"
	"strings"

	"reportbot/data"
)

// date proves a year behind the name of a month, a month written 2017-08, and
// the edition; it returns where to read on, -1 if the number is none of them.
func (p *prover) date(m *mention) int {
	rest := p.text[m.start:]
	_, word := wordBefore(p.text, m.start)
	if edition := p.e.report.Edition; edition != "" && strings.HasPrefix(rest, edition) {
		return m.start + len(edition)
	}
	if folds(word, "edition") {
		return -1
	}
	if len(rest) >= 7 && data.Month(rest[:7]).Valid() && p.dated(rest[:7]) {
		return m.start + 7
	}
	if m.end-m.start != 4 || m.decimals > 0 {
		return -1
	}
	month := monthNumber(word)
	if month == 0 {
		return -1
	}
	at := [7]byte{rest[0], rest[1], rest[2], rest[3], '-', '0' + byte(month/10), '0' + byte(month%10)}
	if p.dated(string(at[:])) {
		return m.end
	}
	return -1
}

// saysMonth says whether a text is a month, 2017-08, in words.
func saysMonth(text, month string) bool {
	name, year, ok := strings.Cut(text, " ")
	if !ok || len(month) != len("2017-08") || year != month[:4] {
		return false
	}
	n := monthNumber(name)
	return n > 0 && month[5] == '0'+byte(n/10) && month[6] == '0'+byte(n%10)
}

// dated says whether a figure of the answer is of the month, the report
// itself, or a printed figure that the question is about.
func (p *prover) dated(month string) bool {
	if p.next > 0 && p.next <= len(p.facts) && p.a.Figures[p.facts[p.next-1].figure].AsOf == month {
		return true
	}
	for i := range p.a.Figures {
		if p.a.Figures[i].AsOf == month {
			return true
		}
	}
	if string(p.e.report.Date) == month {
		return true
	}
	if p.r.Query.byPeriod() {
		return false
	}
	for c := range p.e.report.Cells() {
		if string(c.AsOf) == month && (p.relevant(c) || p.datesAll()) {
			return true
		}
	}
	return false
}

// datesAll says whether the question is about the dates of the whole report.
func (p *prover) datesAll() bool {
	q := &p.r.Query
	return q.Kind == Date && (q.Aspect == ReportDate || len(q.Subjects)+len(q.Within) == 0)
}

// monthNumber is the month that a word names in full, 0 if none.
func monthNumber(word string) int {
	if len(word) < 3 {
		return 0
	}
	for i := 1; i <= 12; i++ {
		if monthNames[i] == word {
			return i
		}
	}
	return 0
}

// monthNames are the months as sentences name them, by data.Month itself.
var monthNames = func() (names [13]string) {
	for i := 1; i <= 12; i++ {
		month := data.Month([]byte{'2', '0', '0', '0', '-', '0' + byte(i/10), '0' + byte(i%10)})
		names[i], _, _ = strings.Cut(month.Words(), " ")
	}
	return names
}()

// place proves a place in a ranking: at the beginning of a line or cell, and
// the limit behind "top", the position as in "13th".
func (p *prover) place(m *mention) bool {
	q := &p.r.Query
	if m.hedge&hedgeBounds != 0 || m.percent || m.decimals > 0 || m.value < 1 {
		return false
	}
	if q.Limit > 0 && m.value == float64(q.Limit) {
		_, word := wordBefore(p.text, m.start)
		if folds(word, "top") || folds(word, "bottom") {
			return true
		}
	}
	if q.Position > 0 && m.value == float64(q.Position) && strings.HasPrefix(p.text[m.start:], nth(q.Position)) {
		return true
	}
	if q.placed() {
		return p.leads(m) && p.inOrder(m.value)
	}
	return q.Kind == Rank && p.leads(m) && m.value <= float64(len(p.a.Figures)+max(q.Position-1, 0))
}

// leads says whether the number begins a line and stands by itself.
func (p *prover) leads(m *mention) bool {
	if m.start > 0 && p.text[m.start-1] != '\n' {
		return false
	}
	rest := p.text[m.end:]
	return rest == "" || strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, "  ")
}

// askers proves the number that the asker gave, where it stands as the asker's:
// with the condition's words, behind "not", or as what it may be.
func (p *prover) askers(m *mention) bool {
	if p.inPeriod(m) {
		return true
	}
	return p.ofCondition(m, p.r.Query.Cond) || p.ofCondition(m, p.r.Query.Also)
}

// ofCondition proves a number of one condition.
func (p *prover) ofCondition(m *mention, c *Condition) bool {
	ofWhole := m.percent && len(p.r.Query.Whole) > 0
	if c == nil || m.percent != (p.r.Query.Of != nil) && !ofWhole {
		return false
	}
	a, b := fact{value: c.A, percent: m.percent}, fact{value: c.B, percent: m.percent}
	if !a.near(m) && (c.Op != data.BETWEEN || !b.near(m)) {
		return false
	}
	if m.hedge&hedgeNot != 0 {
		return true
	}
	switch c.Op {
	case data.LT:
		return m.hedge&hedgeFewer != 0
	case data.LE:
		return m.hedge&hedgeMost != 0
	case data.GT:
		return m.hedge&hedgeMore != 0
	case data.GE:
		return m.hedge&hedgeLeast != 0
	case data.BETWEEN:
		return m.hedge&(hedgeFrom|hedgeTo) != 0
	}
	_, word := wordBefore(p.text, m.start)
	return folds(word, "be") || folds(word, "plain")
}

// inPeriod proves the year of a date that the asker set as a condition: the
// condition's words end with it.
func (p *prover) inPeriod(m *mention) bool {
	at := p.r.Query.AsOf
	return at != nil && m.value == float64(at.Year) && strings.HasSuffix(p.text[:m.end], " "+at.words())
}

// fromCell proves a printed figure that went into a sum and stands behind the
// name of its row ("For Algeria 87"), and the addition in a compound cell.
func (p *prover) fromCell(m *mention) bool {
	for c := range p.e.report.Cells() {
		if c.Number.Value != m.value && !c.Number.Composite || !p.relevant(c) {
			continue
		}
		if c.Number.Composite && (p.stands(m, c.Number.Raw) || c.Number.Value == m.value && folds(second(p.text, m.start), "up")) {
			return true
		}
		if c.Number.Value == m.value && printedNeed(c.Number).met(m.hedge) &&
			strings.HasSuffix(p.text[:m.from], " ") && strings.HasSuffix(p.text[:m.from-1], c.Subject.Name) {
			return true
		}
	}
	return false
}

// second is the word before the word before a place.
func second(text string, at int) string {
	start, _ := wordBefore(text, at)
	_, word := wordBefore(text, start)
	return word
}

func printedNeed(n data.Number) need {
	switch n.Qualifier {
	case data.Exact:
		return needNothing
	case data.About:
		return needAbout
	case data.MoreThan:
		return needMore
	case data.FewerThan:
		return needFewer
	}
	return needAsPrinted
}

// constant proves what the contract itself fixes: ~ counts as within 10
// percent either way, and a figure is old after 12 months.
func (p *prover) constant(m *mention) bool {
	rest := p.text[m.end:]
	return m.percent && m.value == 10 && strings.HasPrefix(rest, " either way") ||
		m.value == oldAfter && strings.HasPrefix(rest, " months") && math.Trunc(m.value) == m.value
}

// inOrder says whether a place is one of those that the figures of a country's
// place have in the order of all: from that of the first figure on.
func (p *prover) inOrder(place float64) bool {
	if len(p.a.Figures) == 0 || p.a.Figures[0].Value == nil {
		return false
	}
	q, first := &p.r.Query, *p.a.Figures[0].Value
	before, same := 0, 0
	for _, s := range p.e.countries(nil, q.Exclude) {
		v := p.e.single(s, p.e.gaugeIn(q, q.Measures[0], q.Of))
		switch {
		case !v.ok:
		case v.num.Value == first:
			same++
		case v.num.Value > first != q.Asc:
			before++
		}
	}
	return place > float64(before) && place < float64(before+same+len(p.a.Figures))
}
