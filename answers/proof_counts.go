package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// counted proves how many rows, figures or countries there are: the word
// behind the number must say that it counts them.
func (p *prover) counted(m *mention) bool {
	if m.hedge&hedgeBounds != 0 || m.percent || m.decimals > 0 || !countWord(wordAfter(p.text, m.end)) && !p.ofCount(m) {
		return false
	}
	if p.r.Query.byPeriod() {
		return p.rowsOfPeriod(int(m.value))
	}
	return p.datedAmong(m) || p.deducedAmong(m) || p.countOf(int(m.value))
}

// countWord says whether a word is one for the things that answers count.
func countWord(word string) bool {
	switch word {
	case "country", "countries", "row", "rows", "figure", "figures", "printed", "of", "region", "regions",
		"group", "groups", "finding", "findings", "that", "measures", "topics":
		return true
	}
	return false
}

// ofCount says whether the number ends "so many of so many".
func (p *prover) ofCount(m *mention) bool {
	_, word := wordBefore(p.text, m.start)
	return folds(word, "of")
}

// countOf says whether there are so many of anything that the question looks
// at: figures, those certain or possible, what went into one, the rows of the
// sets asked about, those that print the measures, and those that do not.
func (p *prover) countOf(n int) bool {
	certain, possible := 0, 0
	for i := range p.a.Figures {
		f := &p.a.Figures[i]
		if f.Derived && f.Inputs == n || f.Op == "count" && f.Value != nil && int(*f.Value) == n {
			return true
		}
		switch f.Certainty {
		case "certain":
			certain++
		case "possible":
			possible++
		}
	}
	if n == len(p.a.Figures) || n == certain || n == possible {
		return true
	}
	switch p.r.Query.Kind {
	case Finding, Define, Help:
		return false
	}
	return p.countRows(n)
}

// countRows counts the rows of the sets that the question is about.
func (p *prover) countRows(n int) bool {
	q := &p.r.Query
	for _, t := range p.e.report.Tables {
		if len(t.Rows) == n {
			return true
		}
	}
	for _, sc := range q.Within {
		if n == len(sc.members()) || p.amongRows(n, []Scope{sc}) {
			return true
		}
	}
	return p.amongRows(n, nil) || len(q.Whole) > 0 && p.amongRows(n, q.Whole) || len(q.Within) > 1 && p.amongRows(n, q.Within) ||
		len(q.Within) > 0 && len(q.Subjects) > 0 && p.rowsOf(n, p.looked)
}

// amongRows says whether the sets have so many rows; for no set the rows named
// are meant, or else every country row.
func (p *prover) amongRows(n int, scopes []Scope) bool {
	return p.rowsOf(n, func(s *data.Subject) bool { return p.among(s, scopes) })
}

// rowsOf says whether there are so many of some rows, or so many with a figure
// of a measure that the question is about, or without.
func (p *prover) rowsOf(n int, among func(*data.Subject) bool) bool {
	rows := 0
	for _, s := range p.e.report.Subjects {
		if among(s) {
			rows++
		}
	}
	if n == rows || p.r.Query.both() && n == p.printBoth(among) {
		return true
	}
	for _, x := range p.e.report.Measures {
		if !p.asked(x) {
			continue
		}
		have := 0
		for _, s := range p.e.report.Subjects {
			if p.prints(s, x) != nil && among(s) {
				have++
			}
		}
		if n == have || n == rows-have {
			return true
		}
	}
	return false
}

// printBoth counts the rows that print both measures of a question with two conditions.
func (p *prover) printBoth(among func(*data.Subject) bool) int {
	n := 0
	for _, s := range p.e.report.Subjects {
		if among(s) && p.prints(s, p.r.Query.Measures[0]) != nil && p.prints(s, p.r.Query.Measures[1]) != nil {
			n++
		}
	}
	return n
}

// among says whether a row is one of the sets; for no set one of those named,
// or else a country.
func (p *prover) among(s *data.Subject, scopes []Scope) bool {
	q := &p.r.Query
	switch {
	case len(q.Exclude) > 0 && excluded(q.Exclude, s):
		return false
	case scopes == nil && len(q.Subjects) > 0 && !q.placed():
		return hasSubject(q.Subjects, s) || len(q.Within) > 0 && s.Kind == data.Country && within(q.Within, s)
	}
	return s.Kind == data.Country && within(scopes, s)
}

// prints is the first printed figure that goes into a measure of a row, with
// the question's denominator; nil if the row does not print all that it takes.
func (p *prover) prints(s *data.Subject, x *data.Measure) *data.Cell {
	r := p.e.report
	if of := p.r.Query.Of; of != nil && of != x && !p.r.Query.byPeriod() {
		if _, ok := r.Cell(s, of); !ok {
			return nil
		}
	}
	if x.Table != "" {
		c, ok := r.Cell(s, x)
		if sum := p.e.partsSum(s, p.e.gaugeIn(&p.r.Query, x, nil)); !ok && sum.ok {
			return sum.in[0]
		}
		return c
	}
	w, _ := r.Vocabulary.Words(x.Name)
	if w == nil || len(w.Minus) == 0 {
		return nil
	}
	var first *data.Cell
	for _, name := range w.Minus {
		part, _ := r.Measure(name)
		c, ok := r.Cell(s, part)
		if !ok {
			return nil
		}
		if first == nil {
			first = c
		}
	}
	return first
}

// datedAmong says whether so many rows print a dated figure that the question
// is about, or so many of them are old: "5 of the 12 rows used are dated …".
func (p *prover) datedAmong(m *mention) bool {
	if !strings.Contains(p.text[m.end:min(len(p.text), m.end+48)], "rows used are dated") {
		return false
	}
	rows, old := p.datedFigures()
	allRows, allOld := p.datedRows()
	n := int(m.value)
	if strings.HasPrefix(p.text[m.end:], " of the ") {
		return n == old || n == allOld
	}
	return n == rows || n == allRows
}

// rowsOfPeriod says whether so many rows have a date in the period asked for,
// or so many have one at all.
func (p *prover) rowsOfPeriod(n int) bool {
	q, met, all := &p.r.Query, 0, 0
	for _, s := range p.e.report.Subjects {
		if excluded(q.Exclude, s) || len(q.Within) > 0 && (s.Kind != data.Country || !within(q.Within, s)) {
			continue
		}
		date := p.dateOf(s)
		if date != "" {
			all++
		}
		if q.AsOf.meets(date) {
			met++
		}
	}
	return n == met || n == all
}

// datedFigures counts the subjects of the answer's figures that have a date,
// and those of them that are old.
func (p *prover) datedFigures() (rows, old int) {
	figures := p.a.Figures
	for i := range figures {
		f := &figures[i]
		same := func(g Figure) bool { return g.Subject == f.Subject && g.AsOf != "" }
		if f.AsOf == "" || slices.ContainsFunc(figures[:i], same) {
			continue
		}
		rows++
		if data.Month(f.AsOf).MonthsBefore(p.e.report.Date) > oldAfter {
			old++
		}
	}
	return rows, old
}

// datedRows counts the rows with a dated figure that the question is about,
// and those of them that are old.
func (p *prover) datedRows() (rows, old int) {
	for _, s := range p.e.report.Subjects {
		switch date := p.dateOf(s); {
		case date == "" || !p.looked(s):
		case date.MonthsBefore(p.e.report.Date) > oldAfter:
			old++
			fallthrough
		default:
			rows++
		}
	}
	return rows, old
}

// looked says whether the question looks at a row: it is named, or one of its
// sets, or of a share's whole.
func (p *prover) looked(s *data.Subject) bool {
	q := &p.r.Query
	return (len(q.Subjects) > 0 || len(q.Within) == 0) && p.among(s, nil) ||
		len(q.Within) > 0 && p.among(s, q.Within) || len(q.Whole) > 0 && p.among(s, q.Whole)
}

// dateOf is the date of a row's figures that the question is about, "" for none.
func (p *prover) dateOf(s *data.Subject) data.Month {
	q := &p.r.Query
	measures := q.Measures
	if len(measures) == 0 || q.Kind == Profile {
		measures = p.e.report.Measures
	}
	for _, x := range measures {
		c := p.prints(s, x)
		if c != nil && c.AsOf != "" {
			return c.AsOf
		}
		if c != nil && q.Of != nil {
			if of, ok := p.e.report.Cell(s, q.Of); ok && of.AsOf != "" {
				return of.AsOf
			}
		}
	}
	return ""
}

// deducedAmong says whether so many figures that the question is about have a
// column that is not plain from the print: "For 9 of the figures: …".
func (p *prover) deducedAmong(m *mention) bool {
	if !strings.HasPrefix(p.text[m.end:], " of the figures") {
		return false
	}
	deduced := 0
	for c := range p.e.report.Cells() {
		if c.Deduction != data.Printed && p.relevant(c) {
			deduced++
		}
	}
	return int(m.value) <= deduced
}
