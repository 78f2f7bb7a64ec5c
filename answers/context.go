package answers

import (
	"slices"

	"reportbot/data"
)

// Context is what a conversation was about, as a plain value that can be
// stored: codes of queries and slugs of rows. The zero value is the beginning
// of a conversation. A Context of another edition of the data is ignored.
type Context struct {
	Last    string   `json:"last,omitempty"`    // code of the last query
	Before  string   `json:"before,omitempty"`  // code of the one before it
	Shown   []string `json:"shown,omitempty"`   // rows of the last answer, in its order
	List    []string `json:"list,omitempty"`    // the last two or more rows shown, for "the second one"
	Chain   []string `json:"chain,omitempty"`   // rows of which the same was asked one after another, for "all three"
	Choices []string `json:"choices,omitempty"` // codes of the readings last offered
	Topic   []string `json:"topic,omitempty"`   // terms of the last question about the prose
}

const mostShown = 60

// after is the context once a reading has been answered. Courtesy and what was
// not understood leave it as it was.
func (c Context) after(r Reading, e *Engine) Context {
	q := r.Query
	lost := q.Problem != nil && (q.Problem.Reason == OffTopic || q.Problem.Reason == NotUnderstood)
	if q.Kind == Help || (q.Kind == Refused || lost) && len(c.Last) > 0 {
		return c
	}
	if q.Problem != nil && len(q.Problem.Choices) > 0 {
		c.Choices = nil
		for _, choice := range q.Problem.Choices {
			c.Choices = append(c.Choices, Reading{Query: choice, Form: r.Form}.Code(e.report.Edition))
		}
		return c
	}
	if q.Kind == Refused && (q.Problem == nil || q.Problem.Reason != NotCovered) {
		return Context{}
	}
	if c.Last != "" && aside(&q) {
		return c
	}
	next := Context{List: c.List, Last: Reading{Query: q}.Code(e.report.Edition), Before: c.Last, Chain: c.chain(&q, e)}
	if q.Kind == Finding {
		next.Topic = r.terms
	}
	return next
}

// chain is the rows of which the same was asked one after another up to this query.
func (c Context) chain(q *Query, e *Engine) []string {
	if q.Problem != nil && q.Problem.Reason == NotCovered && len(q.Subjects)+len(q.Within) == 0 {
		return c.Chain // a place without a row parts no list
	}
	if q.Kind != Lookup && q.Kind != Profile && q.Kind != Share || len(q.Subjects) != 1 || len(q.Within) > 0 || q.Problem != nil {
		return nil
	}
	name := q.Subjects[0].Name
	if last, err := e.ParseCode(c.Last); err == nil && len(c.Chain) > 0 && len(c.Chain) < mostPointed &&
		last.Query.Kind == q.Kind && last.Query.Of == q.Of && slices.Equal(last.Query.Measures, q.Measures) && !slices.Contains(c.Chain, name) {
		return append(slices.Clone(c.Chain), name)
	}
	return []string{name}
}

// aside says whether a query only explains, so that what was talked of before
// is still what is talked of.
func aside(q *Query) bool {
	switch q.Kind {
	case Define, Coverage:
		return true
	case Source, Date:
		return len(q.Subjects) == 0 && !q.ofAge()
	}
	return false
}

// shown notes which rows an answer showed.
func (c Context) shown(a *Answer) Context {
	if c.Last == "" || a.Status == Clarify || a.Status == HelpStatus {
		return c
	}
	c.Shown = nil
	for i := range a.Figures {
		f := &a.Figures[i]
		if f.Role == "" && f.Subject != "" && !slices.Contains(c.Shown, f.Subject) && len(c.Shown) < mostShown {
			c.Shown = append(c.Shown, f.Subject)
		}
	}
	if len(c.Shown) > 1 {
		c.List = c.Shown
	}
	return c
}

// past is a context with its codes read.
type past struct {
	last, before Query
	twoBack      bool
	shown, list  []*data.Subject
	chain        []*data.Subject
	choices      []Query
	form         Form // in which the choice is to be shown
	topic        []string
}

func (e *Engine) past(c Context) (*past, bool) {
	p := &past{topic: c.Topic}
	for _, code := range c.Choices {
		if r, err := e.ParseCode(code); err == nil {
			p.choices, p.form = append(p.choices, r.Query), r.Form
		}
	}
	if c.Last == "" {
		return p, len(p.choices) > 0
	}
	r, err := e.ParseCode(c.Last)
	if err != nil {
		return nil, false
	}
	p.last = r.Query
	if c.Before != "" {
		if r, err := e.ParseCode(c.Before); err == nil {
			p.before, p.twoBack = r.Query, true
		}
	}
	p.shown, p.list, p.chain = e.rowsNamed(c.Shown), e.rowsNamed(c.List), e.rowsNamed(c.Chain)
	return p, true
}

func (e *Engine) rowsNamed(names []string) []*data.Subject {
	var rows []*data.Subject
	for _, name := range names {
		if row, ok := e.report.Subject(name); ok {
			rows = append(rows, row)
		}
	}
	return rows
}
