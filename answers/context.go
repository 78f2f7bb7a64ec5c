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
	Choices []string `json:"choices,omitempty"` // codes of the readings last offered
	Topic   []string `json:"topic,omitempty"`   // terms of the last question about the prose
}

const mostShown = 10

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
			c.Choices = append(c.Choices, Reading{Query: choice}.Code(e.report.Edition))
		}
		return c
	}
	if q.Kind == Refused {
		return Context{}
	}
	next := Context{Last: Reading{Query: q}.Code(e.report.Edition), Before: c.Last}
	if q.Kind == Finding {
		next.Topic = r.terms
	}
	return next
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
	return c
}

// past is a context with its codes read.
type past struct {
	last, before Query
	twoBack      bool
	shown        []*data.Subject
	choices      []Query
	topic        []string
}

func (e *Engine) past(c Context) (*past, bool) {
	p := &past{topic: c.Topic}
	for _, code := range c.Choices {
		if r, err := e.ParseCode(code); err == nil {
			p.choices = append(p.choices, r.Query)
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
	for _, name := range c.Shown {
		if row, ok := e.report.Subject(name); ok {
			p.shown = append(p.shown, row)
		}
	}
	return p, true
}
