package answers

import (
	"strconv"
	"strings"

	"reportbot/data"
)

// interpret is the reading in words, shown beside the reply so that a person
// sees what was understood: "Returned · France", "Top 5 · Returned · countries
// in Western Europe", "Returned · Germany · from before: Returned".
func (e *Engine) interpret(r Reading) string {
	q := &r.Query
	var l line
	switch q.Kind {
	case Lookup, Profile, Compare, Share, Difference:
		e.readFigures(&l, q)
	case Rank:
		l.add(rankWords(q))
		e.readMeasures(&l, q)
		l.add(e.among(q))
	case Filter, Count, Total, Average:
		e.readCountries(&l, q)
	case Date, Source:
		l.add(aspectWords(q))
		e.readMeasures(&l, q)
		if q.AsOf != nil {
			l.add(q.AsOf.words())
		}
		l.add(whom(q))
	case Define:
		l.add("Meaning of " + termNames(q.Terms))
	case Finding:
		l.add("What the report says")
		e.readMeasures(&l, q)
		l.add(whom(q))
	case Coverage:
		l.add(coverageWords(q))
		l.add(whom(q))
	}
	if q.Problem != nil && q.Problem.Word != "" {
		l.add("“" + q.Problem.Word + "”")
	}
	l.inherited(r.Notes)
	if l.b.Len() > 0 {
		l.add(r.Form.words())
	}
	return l.b.String()
}

// line is parts with a dot between them.
type line struct{ b strings.Builder }

func (l *line) add(part string) {
	if part == "" {
		return
	}
	if l.b.Len() > 0 {
		l.b.WriteString(" · ")
	}
	l.b.WriteString(part)
}

// inherited says what was taken over from the conversation.
func (l *line) inherited(notes []Note) {
	first := true
	for _, n := range notes {
		if n.Kind != Inherited || n.To == "" {
			continue
		}
		if first {
			l.add("from before: ")
			first = false
		} else {
			l.b.WriteString(", ")
		}
		l.b.WriteString(n.To)
	}
}

// readFigures: lookup, profile, compare, share and difference.
func (e *Engine) readFigures(l *line, q *Query) {
	switch q.Kind {
	case Profile:
		if len(q.Measures) == 0 {
			l.add("All figures")
		}
	case Compare:
		l.add("Comparison")
	case Difference:
		l.add("Difference")
	}
	e.readMeasures(l, q)
	if len(q.Whole) > 0 {
		l.add("share that " + whom(q) + " has in " + wholeWords(q.Whole))
	} else {
		l.add(whom(q))
	}
	switch {
	case q.multiplied() && q.Cond != nil:
		l.add(askBound(q, asTimes) + " times as many?")
	case q.multiplied():
		l.add("how many times as many")
	case q.Cond != nil:
		l.add(bound(q) + "?")
	}
}

// readCountries: filter, count, total and average.
func (e *Engine) readCountries(l *line, q *Query) {
	switch q.Kind {
	case Count:
		l.add("How many")
	case Total:
		l.add("Total")
	case Average:
		l.add("Average")
	}
	if q.both() {
		l.add(e.words(q.Measures[0]).Label)
		l.add(condition(q.Cond, numeral))
		l.add(e.words(q.Measures[1]).Label)
		l.add(condition(q.Also, numeral))
		l.add(e.among(q))
		return
	}
	e.readMeasures(l, q)
	switch {
	case q.Sign != "":
		l.add(q.Sign.label())
	case q.Blank:
		l.add("no figure")
	case q.Has:
		l.add("with a figure")
	case q.Cond != nil:
		l.add(bound(q))
	}
	l.add(e.among(q))
}

// readMeasures: "Women, Children", "Returned ÷ Fighters".
func (e *Engine) readMeasures(l *line, q *Query) {
	if len(q.Measures) == 0 {
		return
	}
	var b strings.Builder
	for i, m := range q.Measures {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(e.words(m).Label)
	}
	if q.Of != nil {
		b.WriteString(" ÷ ")
		b.WriteString(e.words(q.Of).Label)
	}
	l.add(b.String())
}

// bound is the condition in words, a share as a percentage.
func bound(q *Query) string {
	if q.Of != nil || q.Kind == Share && len(q.Whole) > 0 {
		return condition(q.Cond, askedPercent)
	}
	return condition(q.Cond, numeral)
}

// whom are the rows and sets asked for: "France, Germany", "Western Europe".
func whom(q *Query) string {
	if len(q.Subjects) == 1 && len(q.Within) == 0 {
		return q.Subjects[0].Name + without(q)
	}
	names := make([]string, 0, len(q.Subjects)+len(q.Within))
	for _, s := range q.Subjects {
		names = append(names, s.Name)
	}
	for _, sc := range q.Within {
		names = append(names, sc.say())
	}
	if len(names) == 0 {
		return ""
	}
	return strings.Join(names, ", ") + without(q)
}

// among is the set of rows that are gone through: "countries in Western Europe".
func (e *Engine) among(q *Query) string {
	switch {
	case len(q.Subjects) > 0:
		return whom(q)
	case len(q.Within) == 0:
		return everyPlace + without(q)
	}
	names := make([]string, len(q.Within))
	for i, sc := range q.Within {
		names[i] = sc.say()
	}
	return "countries in " + listed(names) + without(q)
}

// wholeWords is the total in which a part is taken.
func wholeWords(scopes []Scope) string {
	names := make([]string, len(scopes))
	for i, sc := range scopes {
		names[i] = lowerFirst(sc.say(), "All ")
	}
	return listed(names)
}

func without(q *Query) string {
	if len(q.Exclude) == 0 {
		return ""
	}
	names := make([]string, len(q.Exclude))
	for i, s := range q.Exclude {
		names[i] = s.Name
	}
	return " without " + listed(names)
}

// rankWords: "Top 5", "Bottom 3", "Most", "2nd most", "Ranking, fewest first".
func rankWords(q *Query) string {
	switch {
	case q.placed():
		return "Place in the order"
	case q.Position > 0 && q.Asc:
		return upperFirst(nth(q.Position)) + " fewest"
	case q.Position > 0:
		return upperFirst(nth(q.Position)) + " most"
	case q.Limit > 0 && q.Asc:
		return "Bottom " + strconv.Itoa(q.Limit)
	case q.Limit > 0:
		return "Top " + strconv.Itoa(q.Limit)
	case q.Asc:
		return "Ranking, fewest first"
	}
	return "Ranking"
}

// aspectWords heads a question about dates or sources.
func aspectWords(q *Query) string {
	switch q.Aspect {
	case Newest:
		return "Newest figure"
	case Oldest:
		return "Oldest figure"
	case ReportDate:
		return "Date of the report"
	case Reliable:
		return "How reliable"
	case Author:
		return "Who made the report"
	case Disagree:
		return "Why figures differ"
	}
	if q.Kind == Date {
		return "Date"
	}
	return "Source"
}

func coverageWords(q *Query) string {
	switch q.Aspect {
	case Regions:
		return "Regions covered"
	case Measures:
		return "What is counted"
	case Missing:
		return "What is not in the report"
	case Topics:
		return "Topics of the report"
	case HowMany:
		return "How many countries are covered"
	}
	return "Countries covered"
}

func termNames(terms []*data.Term) string {
	names := make([]string, len(terms))
	for i, t := range terms {
		names[i] = t.Term
	}
	return listed(names)
}
