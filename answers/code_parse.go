package answers

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Limits of a code. The engine's own are far below; a longer one was not made
// by it.
const (
	maxCode    = 16 << 10
	maxNesting = 3
)

// ParseCode reads a code that an answer gave, such as
// "lookup:returned:france@2017-10", back into the reading that it was given
// for. The error says what is wrong in words for the person who typed it; a
// code of another edition is refused, since its figures may have been others.
func (e *Engine) ParseCode(code string) (Reading, error) {
	code = strings.TrimSpace(code)
	if code == "" {
		return Reading{}, errors.New("the code is empty; it looks like kind:measures:subjects@edition")
	}
	if len(code) > maxCode {
		return Reading{}, fmt.Errorf("the code is longer than %d characters", maxCode)
	}
	body, escaped, ok := strings.Cut(code, "@")
	if !ok {
		return Reading{}, fmt.Errorf("the code %s lacks the edition; put @%s behind it", shown(code), e.report.Edition)
	}
	edition, err := url.QueryUnescape(escaped)
	if err != nil || edition != e.report.Edition {
		return Reading{}, fmt.Errorf("the code is of edition %s; these are the data of edition %s", shown(escaped), e.report.Edition)
	}
	return e.parseBody(body, 0)
}

// parseBody reads a code without its edition. Choices and alternatives are
// such codes too: depth says how many of them this one stands in.
func (e *Engine) parseBody(body string, depth int) (Reading, error) {
	if depth > maxNesting {
		return Reading{}, fmt.Errorf("codes within codes go deeper than %d", maxNesting)
	}
	p := codeParser{engine: e, depth: depth}
	kind, rest, more := strings.Cut(body, ":")
	if !slices.Contains(kinds, Kind(kind)) {
		return Reading{}, fmt.Errorf("%s is no kind of question", shown(kind))
	}
	p.reading.Query.Kind = Kind(kind)
	for more && p.err == nil {
		var part string
		part, rest, more = strings.Cut(rest, ":")
		p.part(part)
	}
	if p.err != nil {
		return Reading{}, p.err
	}
	return p.finish()
}

// kinds are all kinds of question.
var kinds = []Kind{Lookup, Profile, Compare, Rank, Filter, Count, Total, Average, Share, Difference,
	Date, Source, Define, Finding, Coverage, Help, Refused}

var aspects = []Aspect{Newest, Oldest, ReportDate, Reliable, Author, Disagree, Countries, Regions, Measures,
	Missing, Greeting, Thanks, Topics, HowMany}

var reasons = []Reason{UnknownName, NotCovered, BlankCell, NoSuchCombination, NoSuchMeasure, OneDateOnly,
	NotComparable, SeveralReadings, OffTopic, NotUnderstood}

var noteKinds = []NoteKind{Mended, Foreign, Reads, Inherited, NoRow, Ignored}

// codeParser takes a code apart. Its methods do nothing once there is an error.
type codeParser struct {
	engine  *Engine
	depth   int
	reading Reading
	problem Problem // its parts, wherever they stand
	plain   int     // parts without = so far
	seen    []string
	err     error
}

func (p *codeParser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

// part reads measures, subjects or an option.
func (p *codeParser) part(part string) {
	name, value, isOption := strings.Cut(part, "=")
	if isOption {
		p.option(name, value)
		return
	}
	p.plain++
	switch {
	case len(p.seen) > 0:
		p.fail("%s stands behind the options; measures and subjects come first", shown(part))
	case p.plain == 1:
		p.measures(part)
	case p.plain == 2:
		p.reading.Query.Subjects = p.subjects(part)
	default:
		p.fail("%s is one part too many; options are written as name=value", shown(part))
	}
}

func (p *codeParser) option(name, value string) {
	if slices.Contains(p.seen, name) {
		p.fail("the option %s stands twice", shown(name))
		return
	}
	p.seen = append(p.seen, name)
	if value == "" {
		p.fail("the option %s has no value", shown(name))
		return
	}
	q := &p.reading.Query
	switch name {
	case optAlso:
		q.Also = p.condition(value)
	case optAlternatives:
		p.reading.Alternatives = p.queries(value)
	case optAscending:
		q.Asc = p.flag(name, value)
	case optAsOf:
		q.AsOf = p.period(value)
	case optAspect:
		q.Aspect = oneOf(p, name, Aspect(value), aspects)
	case optBlank:
		q.Blank = p.flag(name, value)
	case optClaim:
		q.Claim = p.flag(name, value)
	case optCondition:
		q.Cond = p.condition(value)
	case optExclude:
		q.Exclude = p.subjects(value)
	case optFindings:
		q.Findings = p.findings(value)
	case optForm:
		p.reading.Form = oneOf(p, name, Form(value), []Form{FormChart, FormTable, FormCSV})
	case optHas:
		q.Has = p.flag(name, value)
	case optLimit:
		q.Limit = p.count(name, value)
	case optNotes:
		p.reading.Notes = p.notes(value)
	case optPosition:
		q.Position = p.count(name, value)
	case optSign:
		q.Sign = oneOf(p, name, Sign(value), signNames)
	case optTerms:
		q.Terms = p.terms(value)
	case optTimes:
		q.Times = p.flag(name, value)
	case optWhole:
		q.Whole = p.scopes(value)
	case optWithin:
		q.Within = p.scopes(value)
	default:
		p.problemOption(name, value)
	}
}

// problemOption reads what belongs to a problem.
func (p *codeParser) problemOption(name, value string) {
	switch name {
	case optChoices:
		p.problem.Choices = p.queries(value)
	case optNear:
		p.problem.Near = p.subjects(value)
	case optPlace:
		p.problem.Place = p.place(value)
	case optProblem:
		p.problem.Reason = oneOf(p, name, Reason(value), reasons)
	case optTopic:
		p.problem.Topic = p.unescape(value)
	case optWord:
		p.problem.Word = p.unescape(value)
	default:
		p.fail("%s is no option of a code", shown(name))
	}
}

// finish puts the problem in and refuses its parts without a reason.
func (p *codeParser) finish() (Reading, error) {
	if p.problem.Reason != "" {
		p.reading.Query.Problem = &p.problem
		return p.reading, nil
	}
	for _, name := range []string{optChoices, optNear, optPlace, optTopic, optWord} {
		if slices.Contains(p.seen, name) {
			return Reading{}, fmt.Errorf("the option %s needs %s=reason", name, optProblem)
		}
	}
	return p.reading, nil
}
