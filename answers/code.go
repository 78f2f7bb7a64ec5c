package answers

import (
	"net/url"
	"strconv"

	"reportbot/data"
)

// The form of a code:
//
//	kind:measures:subjects[:option=value]…@edition
//
// as in rank:returned/fighters::asc=1:limit=5:within=western-europe@2017-10.
// Measures are names joined by commas, with /denominator behind for a ratio;
// subjects are slugs joined by commas. Both may be left out at the end.
// Options stand in alphabetical order and only where they say something.
// Every value is escaped as in an address, and lists are joined by commas, so
// that a code is ASCII and holds no space, quote, bracket or shell sign.
const (
	optAlso         = "also"     // like cond, on the second measure
	optAlternatives = "alt"      // codes of the other readings that were close
	optAscending    = "asc"      // 1
	optAsOf         = "asof"     // lt,2016 or eq,2016-3
	optAspect       = "aspect"   // newest
	optBlank        = "blank"    // 1
	optChoices      = "choices"  // a problem's readings, as codes
	optClaim        = "claim"    // 1
	optCondition    = "cond"     // gt,500 or between,100,500
	optExclude      = "exclude"  // slugs
	optFindings     = "findings" // ids
	optForm         = "form"     // chart, table, csv
	optHas          = "has"      // 1
	optLimit        = "limit"    // 5
	optNear         = "near"     // slugs of the rows that come near an unknown name
	optNotes        = "notes"    // kind/from/to
	optPlace        = "place"    // the name of a place without a row
	optPosition     = "position" // 2
	optProblem      = "problem"  // a reason
	optSign         = "sign"     // exact, about, more_than, fewer_than, any
	optTerms        = "terms"    // names of terms
	optTimes        = "times"    // 1
	optTopic        = "topic"    // of what is absent or refused
	optWhole        = "whole"    // like within
	optWithin       = "within"   // slugs of groups and rows, * for all countries
	optWord         = "word"     // the asker's word
)

// everyCountry stands for the zero Scope in a code.
const everyCountry = "*"

// opCodes are the operators' names in a code, by data.Op.
var opCodes = [...]string{data.LT: "lt", data.LE: "le", data.GT: "gt", data.GE: "ge", data.EQ: "eq", data.BETWEEN: "between"}

// String is the canonical form of the query: two queries that ask the same in
// the same way have the same string. It is the code of an answer without the
// edition.
func (q Query) String() string {
	return string(appendCode(make([]byte, 0, 64), &q, nil))
}

// Code is the canonical form of the reading with the edition of the data:
// "lookup:returned:france@2017-10". ParseCode reads it back, with the notes
// and the alternatives, so that the same answer can be given again.
func (r Reading) Code(edition string) string {
	b := appendCode(make([]byte, 0, 64), &r.Query, &r)
	b = append(b, '@')
	return string(append(b, url.QueryEscape(edition)...))
}

// appendCode writes the query; r adds what belongs to a reading, and is nil
// for a query alone. The options are written in alphabetical order.
func appendCode(b []byte, q *Query, r *Reading) []byte {
	w := codeWriter{buf: append(b, q.Kind...)}
	w.measures(q)
	w.subjects(q)
	w.condition(optAlso, q.Also)
	if r != nil {
		w.queries(optAlternatives, r.Alternatives)
	}
	w.flag(optAscending, q.Asc)
	w.period(q.AsOf)
	w.text(optAspect, string(q.Aspect))
	w.flag(optBlank, q.Blank)
	if q.Problem != nil {
		w.queries(optChoices, q.Problem.Choices)
	}
	w.flag(optClaim, q.Claim)
	w.condition(optCondition, q.Cond)
	w.slugs(optExclude, q.Exclude)
	w.findings(q.Findings)
	if r != nil {
		w.text(optForm, string(r.Form))
	}
	w.flag(optHas, q.Has)
	w.count(optLimit, q.Limit)
	if q.Problem != nil {
		w.slugs(optNear, q.Problem.Near)
	}
	if r != nil {
		w.notes(r.Notes)
	}
	w.place(q.Problem)
	w.count(optPosition, q.Position)
	if q.Problem != nil {
		w.text(optProblem, string(q.Problem.Reason))
	}
	w.text(optSign, string(q.Sign))
	w.terms(q.Terms)
	w.flag(optTimes, q.Times)
	if q.Problem != nil {
		w.text(optTopic, q.Problem.Topic)
	}
	w.scopes(optWhole, q.Whole)
	w.scopes(optWithin, q.Within)
	if q.Problem != nil {
		w.text(optWord, q.Problem.Word)
	}
	return w.buf
}

// codeWriter appends the parts of a code.
type codeWriter struct{ buf []byte }

// option begins an option.
func (w *codeWriter) option(name string) {
	w.buf = append(w.buf, ':')
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, '=')
}

// item adds one element of a list; i is its place in it.
func (w *codeWriter) item(i int, value string) {
	if i > 0 {
		w.buf = append(w.buf, ',')
	}
	w.buf = append(w.buf, url.QueryEscape(value)...)
}

// measures writes the second part, which stands empty before subjects.
func (w *codeWriter) measures(q *Query) {
	if len(q.Measures) == 0 && q.Of == nil && len(q.Subjects) == 0 {
		return
	}
	w.buf = append(w.buf, ':')
	for i, m := range q.Measures {
		w.item(i, m.Name)
	}
	if q.Of != nil {
		w.buf = append(w.buf, '/')
		w.item(0, q.Of.Name)
	}
}

// subjects writes the third part.
func (w *codeWriter) subjects(q *Query) {
	if len(q.Subjects) == 0 {
		return
	}
	w.buf = append(w.buf, ':')
	for i, s := range q.Subjects {
		w.item(i, s.Slug)
	}
}

func (w *codeWriter) flag(name string, on bool) {
	if on {
		w.option(name)
		w.buf = append(w.buf, '1')
	}
}

func (w *codeWriter) text(name, value string) {
	if value != "" {
		w.option(name)
		w.item(0, value)
	}
}

func (w *codeWriter) count(name string, n int) {
	if n != 0 {
		w.option(name)
		w.buf = strconv.AppendInt(w.buf, int64(n), 10)
	}
}

// condition writes the operator and its number or numbers.
func (w *codeWriter) condition(name string, c *Condition) {
	if c == nil || int(c.Op) >= len(opCodes) {
		return
	}
	w.option(name)
	w.buf = append(w.buf, opCodes[c.Op]...)
	w.item(1, formatFloat(c.A))
	if c.Op == data.BETWEEN {
		w.item(1, formatFloat(c.B))
	}
}

// period writes the operator and the year or month.
func (w *codeWriter) period(p *Period) {
	if p == nil || int(p.Op) >= len(opCodes) {
		return
	}
	w.option(optAsOf)
	w.buf = append(w.buf, opCodes[p.Op]...)
	w.buf = append(w.buf, ',')
	w.buf = strconv.AppendInt(w.buf, int64(p.Year), 10)
	if p.Month > 0 {
		w.buf = append(w.buf, '-')
		w.buf = strconv.AppendInt(w.buf, int64(p.Month), 10)
	}
}

// formatFloat writes every digit of numbers that people type, and an exponent
// only beyond them.
func formatFloat(v float64) string {
	if v > -1e15 && v < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

func (w *codeWriter) slugs(name string, list []*data.Subject) {
	if len(list) == 0 {
		return
	}
	w.option(name)
	for i, s := range list {
		w.item(i, s.Slug)
	}
}

// scopes writes sets of countries by the slug of their group or row.
func (w *codeWriter) scopes(name string, list []Scope) {
	if len(list) == 0 {
		return
	}
	w.option(name)
	for i, s := range list {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		switch {
		case s.Group != nil:
			w.item(0, s.Group.Slug)
		case s.Row != nil:
			w.item(0, s.Row.Slug)
		default:
			w.buf = append(w.buf, everyCountry...)
		}
	}
}

func (w *codeWriter) findings(list []*data.Finding) {
	if len(list) == 0 {
		return
	}
	w.option(optFindings)
	for i, f := range list {
		w.item(i, f.ID)
	}
}

func (w *codeWriter) terms(list []*data.Term) {
	if len(list) == 0 {
		return
	}
	w.option(optTerms)
	for i, t := range list {
		w.item(i, t.Term)
	}
}

func (w *codeWriter) place(p *Problem) {
	if p != nil && p.Place != nil {
		w.text(optPlace, p.Place.Name)
	}
}

// queries writes codes within a code.
func (w *codeWriter) queries(name string, list []Query) {
	if len(list) == 0 {
		return
	}
	w.option(name)
	for i := range list {
		w.item(i, list[i].String())
	}
}

// notes writes how the reading came about, in its order.
func (w *codeWriter) notes(list []Note) {
	if len(list) == 0 {
		return
	}
	w.option(optNotes)
	for i, n := range list {
		w.item(i, string(n.Kind))
		w.buf = append(w.buf, '/')
		w.item(0, n.From)
		w.buf = append(w.buf, '/')
		w.item(0, n.To)
	}
}
