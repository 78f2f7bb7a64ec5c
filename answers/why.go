package answers

import "reportbot/data"

// Why answers where the figures of an answer come from: table, row, column and
// footnote, what was deduced, and what the report says elsewhere. code is that
// of the answer. For what the prose says it is the answer again, which names
// its sections and footnotes.
func (e *Engine) Why(code string) (Answer, error) { return e.byCode(code, e.sourceOf) }

// sourceOf is the query for the source of what a reading's answer shows.
func (e *Engine) sourceOf(r Reading) Reading {
	switch r.Query.Kind {
	case Finding, Source, Define, Coverage, Help, Refused:
		return r
	}
	q := r.Query
	if len(q.Subjects) == 0 {
		m := e.run(&r, true)
		q.Subjects = e.subjectsShown(m.a.Figures)
	}
	return Reading{Query: Query{Kind: Source, Subjects: q.Subjects, Measures: q.Measures}}
}

// mostSources is how many rows' sources one answer gives.
const mostSources = 10

// subjectsShown are the first rows of an answer's figures.
func (e *Engine) subjectsShown(figures []Figure) []*data.Subject {
	var rows []*data.Subject
	seen := map[*data.Subject]bool{}
	for i := range figures {
		row, ok := e.report.Subject(figures[i].Subject)
		if ok && !seen[row] && len(rows) < mostSources {
			seen[row] = true
			rows = append(rows, row)
		}
	}
	return rows
}
