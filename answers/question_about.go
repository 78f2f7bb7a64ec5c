package answers

import "reportbot/data"

// questionAbout puts the kinds that ask about figures and text rather than for
// figures: date, source, define, finding, coverage and help.
func (e *Engine) questionAbout(q *Query) string {
	switch q.Kind {
	case Date:
		return e.askDate(q)
	case Source:
		return e.askSource(q)
	case Define:
		return askTerms(q.Terms)
	case Finding:
		return e.askFindings(q)
	case Coverage:
		return askCoverage(q)
	}
	return askHelp(q.Aspect)
}

// askDate: "when is the figure for fighters from France from", "which figures
// for returnees are dated before 2016".
func (e *Engine) askDate(q *Query) string {
	switch q.Aspect {
	case Newest:
		return "what is the newest figure" + e.forFigure(q)
	case Oldest:
		return "what is the oldest figure" + e.forFigure(q)
	case ReportDate:
		return "when is the report from"
	}
	if q.byPeriod() {
		return "which figures" + e.forFigure(q) + " are dated " + q.AsOf.words()
	}
	return "when " + e.figureIs(q) + " from"
}

// askSource: "where does the figure for fighters from France come from".
func (e *Engine) askSource(q *Query) string {
	switch q.Aspect {
	case Reliable:
		return "how reliable are the figures" + e.forFigure(q)
	case Author:
		return "who made the report"
	case Disagree:
		return "why are there two figures" + e.forFigure(q)
	}
	if len(q.Measures) == 1 {
		return "where does the figure" + e.forFigure(q) + " come from"
	}
	return "where do the figures" + e.forFigure(q) + " come from"
}

// figureIs: "is the figure for fighters from France", "are the figures for France".
func (e *Engine) figureIs(q *Query) string {
	if len(q.Measures) == 1 && len(q.Subjects) <= 1 {
		return "is the figure" + e.forFigure(q)
	}
	return "are the figures" + e.forFigure(q)
}

// forFigure: " for fighters from France", " for fighters", " for France", "".
func (e *Engine) forFigure(q *Query) string {
	where := ""
	if len(q.Subjects)+len(q.Within) > 0 {
		where = places(q)
	}
	switch {
	case len(q.Measures) == 0 && where == "":
		return ""
	case len(q.Measures) == 0:
		return " for " + where
	case where == "":
		return " for " + e.askedRatio(q) + excluding(q)
	}
	return " for " + e.askedRatio(q) + " from " + where
}

// askTerms: "what does ~ mean".
func askTerms(terms []*data.Term) string {
	names := make([]string, 0, len(terms))
	for _, t := range terms {
		if len(t.Names) > 0 {
			names = append(names, t.Names[0])
		}
	}
	return "what does " + listed(names) + " mean"
}

// askFindings takes the first question that the finding itself lists.
func (e *Engine) askFindings(q *Query) string {
	for _, f := range q.Findings {
		if len(f.Asks) > 0 {
			return f.Asks[0]
		}
	}
	if len(q.Measures) == 0 && len(q.Subjects) == 0 {
		return "what does the report say"
	}
	return "what does the report say about" + e.forFigure(q)[len(" for"):]
}

func askCoverage(q *Query) string {
	switch q.Aspect {
	case Regions:
		return "which regions are covered"
	case Measures:
		return "which measures are covered"
	case Missing:
		return "what is not in the report"
	case Topics:
		return "what topics does the report cover"
	case HowMany:
		return "how many countries are covered"
	}
	if len(q.Subjects) > 0 {
		return "is " + rows(q.Subjects) + " covered"
	}
	return "which countries are covered" + inScopes(q)
}

func askHelp(a Aspect) string {
	switch a {
	case Greeting:
		return "hello"
	case Thanks:
		return "thanks"
	}
	return "help"
}
