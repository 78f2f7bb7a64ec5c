package answers

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"reportbot/data"
)

func (p *codeParser) unescape(value string) string {
	text, err := url.QueryUnescape(value)
	if err != nil {
		p.fail("%s is not well escaped", shown(value))
	}
	return text
}

// list takes the elements of a list and unescapes them.
func (p *codeParser) list(value string) []string {
	parts := strings.Split(value, ",")
	for i := range parts {
		if parts[i] == "" {
			p.fail("a list has an empty element: %s", shown(value))
		}
		parts[i] = p.unescape(parts[i])
	}
	return parts
}

func (p *codeParser) measures(part string) {
	names, of, hasOf := strings.Cut(part, "/")
	q := &p.reading.Query
	if names != "" {
		for _, name := range p.list(names) {
			q.Measures = append(q.Measures, p.measure(name))
		}
	}
	if hasOf {
		q.Of = p.measure(p.unescape(of))
	}
}

func (p *codeParser) measure(name string) *data.Measure {
	m, ok := p.engine.report.Measure(name)
	if !ok {
		p.fail("%s is no measure of this report", shown(name))
	}
	return m
}

func (p *codeParser) subjects(part string) []*data.Subject {
	if part == "" {
		return nil
	}
	var out []*data.Subject
	for _, slug := range p.list(part) {
		s, ok := p.engine.report.Subject(slug)
		if !ok {
			p.fail("%s is no row of this report", shown(slug))
		}
		out = append(out, s)
	}
	return out
}

func (p *codeParser) scopes(value string) []Scope {
	var out []Scope
	for _, slug := range p.list(value) {
		out = append(out, p.scope(slug))
	}
	return out
}

func (p *codeParser) scope(slug string) Scope {
	if slug == everyCountry {
		return Scope{}
	}
	for _, g := range p.engine.report.Groups {
		if g.Slug == slug {
			return Scope{Group: g}
		}
	}
	if s, ok := p.engine.report.Subject(slug); ok && len(s.Members) > 0 {
		return Scope{Row: s}
	}
	p.fail("%s is no group of countries in this report", shown(slug))
	return Scope{}
}

func (p *codeParser) findings(value string) []*data.Finding {
	var out []*data.Finding
	for _, id := range p.list(value) {
		f, ok := p.engine.report.Finding(id)
		if !ok {
			p.fail("%s is no finding of this report", shown(id))
		}
		out = append(out, f)
	}
	return out
}

func (p *codeParser) terms(value string) []*data.Term {
	var out []*data.Term
	for _, name := range p.list(value) {
		i := slices.IndexFunc(p.engine.report.Vocabulary.Terms, func(t *data.Term) bool { return t.Term == name })
		if i < 0 {
			p.fail("%s is no term that is explained here", shown(name))
			return nil
		}
		out = append(out, p.engine.report.Vocabulary.Terms[i])
	}
	return out
}

func (p *codeParser) place(value string) *data.Uncovered {
	name := p.unescape(value)
	for _, u := range p.engine.report.Uncovered {
		if u.Name == name {
			return u
		}
	}
	p.fail("%s is no place that is known to have no row", shown(name))
	return nil
}

func (p *codeParser) condition(value string) *Condition {
	parts := p.list(value)
	op := slices.Index(opCodes[:], parts[0])
	if op < 0 {
		p.fail("%s is no condition; those known are %s", shown(parts[0]), strings.Join(opCodes[:], ", "))
		return nil
	}
	c := &Condition{Op: data.Op(op)}
	want := 2
	if c.Op == data.BETWEEN {
		want = 3
	}
	if len(parts) != want {
		p.fail("the condition %s takes %d number(s)", parts[0], want-1)
		return nil
	}
	c.A = p.number(parts[1])
	if want == 3 {
		c.B = p.number(parts[2])
	}
	return c
}

// period reads an operator with a year, or with a year and a month.
func (p *codeParser) period(value string) *Period {
	op, at, _ := strings.Cut(value, ",")
	year, month, hasMonth := strings.Cut(at, "-")
	i := slices.Index(opCodes[:data.BETWEEN], op)
	if i < 0 {
		p.fail("%s is no condition on a date; those known are %s", shown(op), strings.Join(opCodes[:data.BETWEEN], ", "))
		return nil
	}
	out := &Period{Op: data.Op(i), Year: p.count(optAsOf, year)}
	if hasMonth {
		out.Month = p.count(optAsOf, month)
	}
	if p.err == nil && !out.valid() {
		p.fail("%s is no month or year", shown(at))
	}
	return out
}

func (p *codeParser) number(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		p.fail("%s is not a number", shown(text))
	}
	return v
}

func (p *codeParser) queries(value string) []Query {
	var out []Query
	for _, body := range p.list(value) {
		if p.err != nil {
			return nil
		}
		r, err := p.engine.parseBody(body, p.depth+1)
		if err != nil {
			p.fail("within it, %w", err)
			return nil
		}
		out = append(out, r.Query)
	}
	return out
}

func (p *codeParser) notes(value string) []Note {
	var out []Note
	for item := range strings.SplitSeq(value, ",") {
		parts := strings.Split(item, "/")
		if len(parts) != 3 {
			p.fail("a note is written kind/from/to, not %s", shown(item))
			return nil
		}
		kind := oneOf(p, "note", NoteKind(p.unescape(parts[0])), noteKinds)
		out = append(out, Note{Kind: kind, From: p.unescape(parts[1]), To: p.unescape(parts[2])})
	}
	return out
}

func (p *codeParser) flag(name, value string) bool {
	if value != "1" {
		p.fail("the option %s is 1 or not there", name)
	}
	return true
}

func (p *codeParser) count(name, value string) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		p.fail("the option %s is a whole number from 1, not %s", name, shown(value))
	}
	return n
}

// oneOf refuses a value that is not among those known.
func oneOf[T ~string](p *codeParser, name string, value T, known []T) T {
	if !slices.Contains(known, value) {
		p.fail("%s is no %s", shown(string(value)), name)
	}
	return value
}

// shown quotes what was typed, cut to a length that fits a sentence.
func shown(text string) string {
	const most = 60
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return strconv.Quote(text)
}
