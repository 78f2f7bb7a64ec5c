package answers

import (
	"math"
	"strconv"
	"strings"

	"reportbot/data"
)

// Question puts a query into English: a question that is read as exactly this
// query. The patterns are few and regular, and their words come from the
// vocabulary. A problem is left out: what is put is the rest of the query,
// which can be answered.
func (e *Engine) Question(q Query) string {
	switch q.Kind {
	case Lookup:
		return e.askLookup(&q)
	case Profile:
		return "tell me about " + places(&q)
	case Compare:
		return e.askCompare(&q)
	case Rank:
		return e.askRank(&q)
	case Filter:
		return "which " + e.askWhere(&q)
	case Count:
		return "how many " + e.askWhere(&q)
	case Total:
		return "total number of " + e.askedFor(&q) + forPlaces(&q)
	case Average:
		return e.askAverage(&q)
	case Share:
		return e.askShare(&q)
	case Difference:
		return e.askDifference(&q)
	}
	return e.questionAbout(&q)
}

// askLookup: "how many returned to France", "number of women and children for
// France", "is it true that France has more than 300 returnees".
func (e *Engine) askLookup(q *Query) string {
	switch {
	case q.Cond != nil:
		verb := " has "
		if len(q.Subjects)+len(q.Within) > 1 {
			verb = " have "
		}
		return "is it true that " + places(q) + verb + e.askHaving(q)
	case q.Of != nil:
		return e.askShare(q)
	case len(q.Measures) == 1:
		if ask := e.words(q.Measures[0]).Ask; ask != "" {
			return strings.Replace(ask, "{place}", places(q), 1)
		}
	}
	return "number of " + e.askedFor(q) + " for " + places(q)
}

// askCompare: "compare returnees: the UK and Germany".
func (e *Engine) askCompare(q *Query) string {
	if q.multiplied() {
		return e.askTimes(q)
	}
	if len(q.Measures) == 0 {
		return "compare " + places(q)
	}
	return "compare " + e.askedRatio(q) + ": " + places(q)
}

// askRank: "top 5 countries in Western Europe by returnees", "which country
// has the second most fighters", "order France and Italy by women, fewest first".
func (e *Engine) askRank(q *Query) string {
	ranked := "countries"
	if len(q.Subjects) > 0 {
		ranked = "of " + rows(q.Subjects)
	}
	switch {
	case q.placed():
		order := ""
		if q.Asc {
			order = ", fewest first"
		}
		return "how does " + rows(q.Subjects) + " rank by " + e.askedRatio(q) + order + excluding(q)
	case q.Position > 0 || q.Limit == 1:
		who := "which country"
		if len(q.Subjects) > 0 {
			who = "which of " + rows(q.Subjects)
		}
		return who + inScopes(q) + " has the " + e.askMost(q) + excluding(q)
	case q.Limit > 0:
		end := "top "
		if q.Asc {
			end = "bottom "
		}
		return end + strconv.Itoa(q.Limit) + " " + ranked + inScopes(q) + " by " + e.askedRatio(q) + excluding(q)
	}
	whom := "order countries"
	if len(q.Subjects) > 0 {
		whom = "order " + rows(q.Subjects)
	}
	order := ""
	if q.Asc {
		order = ", fewest first"
	}
	return whom + inScopes(q) + " by " + e.askedRatio(q) + order + excluding(q)
}

// askMost: "most returnees", "second fewest women", "highest ratio of …".
func (e *Engine) askMost(q *Query) string {
	place := ""
	if q.Position > 0 {
		place = nth(q.Position) + " "
	}
	switch {
	case q.Of != nil && q.Asc:
		return place + "lowest " + e.ratio(q)
	case q.Of != nil:
		return place + "highest " + e.ratio(q)
	case q.Asc:
		return place + "fewest " + e.askedFor(q)
	}
	return place + "most " + e.askedFor(q)
}

// askWhere is what follows "which" or "how many": "countries in Western Europe
// have more than 500 fighters".
func (e *Engine) askWhere(q *Query) string {
	whom := "countries"
	if len(q.Subjects) > 0 {
		whom = "of " + rows(q.Subjects)
	}
	return whom + inScopes(q) + " have " + e.askHaving(q) + excluding(q)
}

// askHaving is a condition: "more than 500 fighters", "no figure for women".
func (e *Engine) askHaving(q *Query) string {
	switch {
	case q.Sign != "":
		return e.askSign(q)
	case q.Blank:
		return "no figure for " + e.askedRatio(q)
	case q.Has:
		return "a figure for " + e.askedRatio(q)
	case q.Cond == nil:
		return e.askedRatio(q)
	case q.Of != nil:
		return "a " + e.ratio(q) + " of " + askBound(q, askedPercent)
	}
	if q.both() {
		second := *q
		second.Measures, second.Cond, second.Also = q.Measures[1:], q.Also, nil
		return askBound(q, numeral) + " " + e.words(q.Measures[0]).Noun + " and " + e.askHaving(&second)
	}
	return askBound(q, numeral) + " " + e.askedFor(q)
}

// askBound: "more than 500". A claim of one number says just the number.
func askBound(q *Query, write func(float64) string) string {
	if q.Claim && q.Cond.Op == data.EQ {
		return write(q.Cond.A)
	}
	return condition(q.Cond, write)
}

// askAverage: "average number of fighters per country in Western Europe".
func (e *Engine) askAverage(q *Query) string {
	what := "average number of " + e.askedFor(q)
	if q.Of != nil {
		what = "average " + e.ratio(q)
	}
	if len(q.Subjects) > 0 {
		return what + " for " + places(q)
	}
	return what + " per country" + inScopes(q) + excluding(q)
}

// askShare: "what share of fighters returned to France", "what share of
// fighters from France are women", "what share of all returnees does France have".
func (e *Engine) askShare(q *Query) string {
	if q.Claim && q.Cond != nil && q.Of != nil {
		return "is it true that " + e.askedRatio(q) + " for " + places(q) + " is " + askBound(q, askedPercent)
	}
	if len(q.Whole) > 0 && q.Claim && q.Cond != nil {
		return "is it true that " + askBound(q, askedPercent) + " of " + e.wholeOf(q) + " are from " + places(q)
	}
	if len(q.Whole) > 0 {
		return "what share of " + e.wholeOf(q) + e.doOrDoes(q) + places(q) + " have"
	}
	if q.Of == nil || len(q.Measures) == 0 {
		return "what share of " + e.askedFor(q) + " for " + places(q)
	}
	w := e.words(q.Measures[0])
	switch {
	case len(q.Measures) > 1 || w.Kinds != "":
		return "what share of " + e.noun(q.Of) + " from " + places(q) + " are " + e.askedFor(q)
	case w.Verb == "" || e.words(q.Of).Kinds != "":
		return e.ratio(q) + " for " + places(q)
	}
	return "what share of " + e.noun(q.Of) + " " + w.Verb + " " + places(q)
}

func (e *Engine) wholeOf(q *Query) string {
	if len(q.Whole) == 1 && q.Whole[0].all() {
		return "all " + e.askedFor(q)
	}
	return "the " + e.askedFor(q) + " of " + scopeNames(q.Whole)
}

func (e *Engine) doOrDoes(q *Query) string {
	if len(q.Subjects)+len(q.Within) > 1 {
		return " do "
	}
	return " does "
}

// askDifference: "difference between France and Germany in returnees",
// "difference between fighters and returnees for France".
func (e *Engine) askDifference(q *Query) string {
	if len(q.Subjects)+len(q.Within) < 2 && len(q.Measures) > 1 {
		return "difference between " + e.askedFor(q) + " for " + places(q)
	}
	return "difference between " + places(q) + " in " + e.askedRatio(q)
}

// noun is a measure in a question.
func (e *Engine) noun(m *data.Measure) string {
	w := e.words(m)
	if w.Asked != "" {
		return w.Asked
	}
	return w.Noun
}

// askedFor joins the measures: "women and children".
func (e *Engine) askedFor(q *Query) string {
	names := make([]string, len(q.Measures))
	for i, m := range q.Measures {
		names[i] = e.noun(m)
	}
	return listed(names)
}

// ratio: "ratio of returnees to fighters".
func (e *Engine) ratio(q *Query) string { return "ratio of " + e.askedFor(q) + " to " + e.noun(q.Of) }

// askedRatio is the measures, or their ratio with an article.
func (e *Engine) askedRatio(q *Query) string {
	if q.Of != nil {
		return "the " + e.ratio(q)
	}
	return e.askedFor(q)
}

// places are the rows and sets that are meant: "France and the UK".
func places(q *Query) string {
	names := make([]string, 0, len(q.Subjects)+len(q.Within))
	for _, s := range q.Subjects {
		names = append(names, theName(s))
	}
	for _, sc := range q.Within {
		names = append(names, sc.inQuestion())
	}
	if len(names) == 0 {
		names = append(names, everyPlace)
	}
	return listed(names) + excluding(q)
}

// everyPlace asks for every country row.
const everyPlace = "all countries"

// forPlaces: " for France and Germany", " in Western Europe".
func forPlaces(q *Query) string {
	if len(q.Subjects) > 0 {
		return " for " + places(q)
	}
	return " in " + places(q)
}

func rows(list []*data.Subject) string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = theName(s)
	}
	return listed(names)
}

func inScopes(q *Query) string {
	if len(q.Within) == 0 {
		return ""
	}
	return " in " + scopeNames(q.Within)
}

func scopeNames(list []Scope) string {
	names := make([]string, len(list))
	for i, sc := range list {
		names[i] = sc.inQuestion()
	}
	return listed(names)
}

// inQuestion names a set so that its countries are meant, not its row.
func (sc Scope) inQuestion() string {
	switch {
	case sc.Row != nil:
		return sc.Row.Name + " countries"
	case sc.Group != nil && sc.Group.The:
		return "the " + sc.Group.Name
	case sc.Group != nil:
		return lowerFirst(sc.Group.Name, "The ")
	}
	return everyPlace
}

func excluding(q *Query) string {
	if len(q.Exclude) == 0 {
		return ""
	}
	return " excluding " + rows(q.Exclude)
}

// numeral writes a number that a person asked for: "1,500", "2.5".
func numeral(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return commas(int64(v))
	}
	return formatFloat(v)
}

// askedPercent writes a share that a person asked for, without the noise of
// binary fractions: "7%".
func askedPercent(v float64) string { return numeral(math.Round(v*1e10)/1e8) + "%" }

// nthWords are the places in a ranking that have a word.
var nthWords = [...]string{"zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}

// nth: "second", "11th", "22nd".
func nth(n int) string {
	if n >= 0 && n < len(nthWords) {
		return nthWords[n]
	}
	end := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}
