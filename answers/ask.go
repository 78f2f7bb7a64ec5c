package answers

import (
	"slices"
	"strings"
)

// Ask answers one question. c is what the conversation was about so far, the
// zero Context at its beginning; the Context returned is for the next question
// of the same conversation. The error is an internal fault (a number in the
// answer could not be traced to the data); there is no answer then.
func (e *Engine) Ask(question string, c Context) (Answer, Context, error) {
	readings := e.understand(question, c)
	a, err := e.answer(readings[0])
	if err != nil {
		return Answer{}, c, err
	}
	a.Question = question
	if readings[0].again {
		return a, c, nil
	}
	next := c.after(readings[0], e).shown(&a)
	for _, r := range readings[1:] {
		b, err := e.answer(r)
		if err != nil {
			return Answer{}, c, err
		}
		next = next.after(r, e).shown(&b)
		a = merge(a, b)
	}
	a.Question = question
	return a, next, nil
}

// AskCode answers the query, or the two queries, that an answer's code names.
func (e *Engine) AskCode(code string) (Answer, error) {
	return e.byCode(code, func(r Reading) Reading { return r })
}

// AskCodeAs answers the query of a code as AskCode does, to be shown in a form.
func (e *Engine) AskCodeAs(code string, form Form) (Answer, error) {
	return e.byCode(code, func(r Reading) Reading { r.Form = form; return r })
}

// byCode answers what becomes of each query of a code.
func (e *Engine) byCode(code string, become func(Reading) Reading) (Answer, error) {
	var whole Answer
	for i, one := range e.codes(code) {
		r, err := e.ParseCode(one)
		if err != nil {
			return Answer{}, err
		}
		a, err := e.answer(become(r))
		if err != nil {
			return Answer{}, err
		}
		if i == 0 {
			whole = a
			continue
		}
		whole = merge(whole, a)
	}
	return whole, nil
}

// codes parts the code of a message that asked two questions.
func (e *Engine) codes(code string) []string {
	end := "@" + e.report.Edition
	parts := strings.Split(code, end+codeJoint)
	for i := range parts[:len(parts)-1] {
		parts[i] += end
	}
	return parts
}

// codeJoint stands between the codes of two questions asked in one message.
const codeJoint = "+"

// merge puts the answers to two questions of one message together. The status
// is that of the part which tells most: one answered, else one within scope.
func merge(a, b Answer) Answer {
	if b.Status == Answered && a.Status != Answered || a.Status == OutOfScope {
		a.Status, a.Reason = b.Status, b.Reason
	}
	a.Interpretation += "; " + b.Interpretation
	a.Text += "\n\n" + b.Text
	a.Figures = append(a.Figures, b.Figures...)
	a.Findings = append(a.Findings, b.Findings...)
	for _, c := range b.Caveats {
		if !slices.Contains(a.Caveats, c) {
			a.Caveats = append(a.Caveats, c)
		}
	}
	a.Suggestions = append(a.Suggestions, b.Suggestions...)
	if len(a.Suggestions) > 3 {
		a.Suggestions = a.Suggestions[:3]
	}
	a.Alternatives = append(a.Alternatives, b.Alternatives...)
	a.Code += codeJoint + b.Code
	a.Table = nil
	a.Parts = append(a.Parts, b.Parts...)
	if b.Source != "" && b.Source != a.Source {
		a.Source = strings.TrimPrefix(a.Source+"; "+b.Source, "; ")
	}
	return a
}
