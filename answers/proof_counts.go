package answers

import (
	"strings"

	"reportbot/data"
)

// counted proves how many rows, figures or countries there are: the word
// behind the number must say that it counts them.
func (p *prover) counted(m *mention) bool {
	if m.hedge&hedgeBounds != 0 || m.percent || m.decimals > 0 || !countWord(wordAfter(p.text, m.end)) && !p.ofCount(m) {
		return false
	}
	return p.countOf(int(m.value)) || p.datedAmong(m) || p.deducedAmong(m)
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
	if n <= len(p.a.Figures) {
		return true // some of the figures that are shown
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
		if p.amongRows(n, []Scope{sc}) {
			return true
		}
	}
	return p.amongRows(n, nil) || len(q.Whole) > 0 && p.amongRows(n, q.Whole) || len(q.Within) > 1 && p.amongRows(n, q.Within)
}

// rows are the country rows of the sets; for no set the rows named, or else
// every country row.
func (p *prover) rows(scopes []Scope) []*data.Subject {
	q := &p.r.Query
	if scopes != nil || len(q.Subjects) == 0 {
		return p.e.countries(scopes, q.Exclude)
	}
	out := make([]*data.Subject, 0, len(q.Subjects))
	for _, s := range q.Subjects {
		if !excluded(q.Exclude, s) {
			out = append(out, s)
		}
	}
	return out
}

// amongRows says whether the sets have so many rows, or so many with a figure,
// or without.
func (p *prover) amongRows(n int, scopes []Scope) bool {
	return n == len(p.rows(scopes)) || p.printedAmong(n, scopes)
}

// printedAmong says whether so many rows of the sets print a measure that the
// question is about, or both of its ratio, or do not.
func (p *prover) printedAmong(n int, scopes []Scope) bool {
	q := &p.r.Query
	for _, x := range p.e.report.Measures {
		if !p.asked(x) {
			continue
		}
		g := p.e.gauge(x, nil)
		if q.Of != nil && x != q.Of {
			g = p.e.gauge(x, q.Of)
		}
		have, rows := 0, 0
		for _, s := range p.rows(scopes) {
			rows++
			if p.e.single(s, g).ok {
				have++
			}
		}
		if n == have || n == rows-have {
			return true
		}
	}
	return false
}

// datedAmong says whether so many rows print a dated figure that the question
// is about, or so many of them are old: "5 of the 12 rows used are dated …".
func (p *prover) datedAmong(m *mention) bool {
	if !strings.Contains(p.text[m.end:min(len(p.text), m.end+48)], "rows used are dated") {
		return false
	}
	dated, old := 0, 0
	for _, s := range p.e.report.Subjects {
		for _, x := range p.e.report.Measures {
			c, ok := p.e.report.Cell(s, x)
			if !ok || c.AsOf == "" || !p.asked(x) {
				continue
			}
			dated++
			if c.AsOf.MonthsBefore(p.e.report.Date) > oldAfter {
				old++
			}
			break
		}
	}
	if strings.HasPrefix(p.text[m.end:], " of the ") {
		return int(m.value) <= old
	}
	return int(m.value) <= dated
}

// deducedAmong says whether so many figures that the question is about have a
// column that is not plain from the print: "For 9 of the figures: …".
func (p *prover) deducedAmong(m *mention) bool {
	if !strings.HasPrefix(p.text[m.end:], " of the figures") {
		return false
	}
	deduced := 0
	for c := range p.e.report.Cells() {
		if c.Deduction != data.Printed && p.asked(c.Measure) {
			deduced++
		}
	}
	return int(m.value) <= deduced
}
