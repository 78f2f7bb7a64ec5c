package answers

import (
	"slices"

	"reportbot/data"
)

// putBack reads "put Belgium back in and drop France instead": a row that was left out of the last
// set comes back to it, and others may go.
func (d *draft) putBack(s *slots, p *past) (Query, bool) {
	if len(s.rows) == 0 || len(s.scopes)+len(s.uncovered)+len(s.measures) > 0 || !d.hasAny(opAdd, opAndAlso) {
		return Query{}, false
	}
	missing := func(r *data.Subject) bool {
		return !slices.Contains(p.last.Exclude, r) && !(p.twoBack && slices.Contains(p.before.Subjects, r) && len(p.last.Subjects) > 1)
	}
	if slices.ContainsFunc(s.rows, missing) || slices.ContainsFunc(s.rows, func(r *data.Subject) bool { return slices.Contains(p.last.Subjects, r) }) {
		return Query{}, false
	}
	q := p.last
	q.Exclude = slices.DeleteFunc(slices.Clone(q.Exclude), func(r *data.Subject) bool { return slices.Contains(s.rows, r) })
	if len(q.Subjects) == 0 {
		q.Exclude = appendNew(q.Exclude, s.exclude)
		return q, setBased(&q)
	}
	q.Subjects = slices.DeleteFunc(appendNew(q.Subjects, s.rows), func(r *data.Subject) bool { return slices.Contains(s.exclude, r) })
	return q, true
}

// addsBack says whether a word for coming back only ends a phrase for adding: "put Belgium back".
func (d *draft) addsBack(m mark) bool {
	return m.len() <= 2 && (m.kind == measureNoun || m.kind == measurePhrase) && slices.ContainsFunc(d.marks, func(o mark) bool {
		if o.kind != operator || o.op != opAdd || o.then == "" {
			return false
		}
		at, ok := d.soon(o.to, o.then)
		return ok && at.from <= m.from && m.from < at.to // "back in"
	})
}
