package answers

import (
	"slices"

	"reportbot/data"
)

// lessPointed are the words without those of the named rows that the asker leaves out by their
// place ("France, Spain and Italy, but skip the middle one"), nil if there are none.
func (d *draft) lessPointed() []word {
	rows := d.rows()
	if len(rows) < 2 {
		return nil
	}
	for _, m := range d.marks {
		if m.kind != operator || m.op != opExclude && m.op != opOnly {
			continue
		}
		out, end := d.pointedOut(m, rows)
		if m.op == opOnly && len(out) > 0 {
			out = othersThan(out, rows)
		}
		if len(out) == 0 || len(out) == len(rows) {
			continue
		}
		words := make([]word, 0, len(d.words))
		for i := range d.words {
			if i >= m.from && i < end || d.namesOneOf(i, out) {
				continue
			}
			words = append(words, d.words[i])
		}
		return words
	}
	return nil
}

// othersThan are the rows of a list without some of them.
func othersThan(some, rows []*data.Subject) []*data.Subject {
	return slices.DeleteFunc(slices.Clone(rows), func(r *data.Subject) bool { return slices.Contains(some, r) })
}

// namesOneOf says whether a word is part of the name of one of some rows.
func (d *draft) namesOneOf(i int, rows []*data.Subject) bool {
	return slices.ContainsFunc(d.names, func(n nameMark) bool {
		return n.holds(span{i, i + 1}) && n.row != nil && slices.Contains(rows, n.row)
	})
}

// pointedOut are the rows of a list at which the words behind an exclusion point by their place:
// "the last", "the first two", "the middle one". end is the word behind these.
func (d *draft) pointedOut(m mark, rows []*data.Subject) (out []*data.Subject, end int) {
	at := m.to
	for at < len(d.words) && d.is(at, gArticle) {
		at++
	}
	if at >= len(d.words) || d.setOff(m.to-1) {
		return nil, 0
	}
	n, end := 1, at+1
	if i := d.numeralAt(end); i >= 0 && !d.numbers[i].ordinal {
		n, end = int(d.numbers[i].value), d.numbers[i].to
	}
	if n < 1 || n >= len(rows) {
		return nil, 0
	}
	switch i := d.numeralAt(at); {
	case d.isOp(at, opMiddle) && len(rows)%2 == 1 && n == 1:
		out = rows[len(rows)/2 : len(rows)/2+1]
	case d.words[at].text == "first", d.within(at, opFormer), d.isOp(at, opTop) && end > at+1:
		out = rows[:n]
	case d.words[at].text == "last", d.isOp(at, opBottom) && end > at+1:
		out = rows[len(rows)-n:]
	case i >= 0 && d.numbers[i].ordinal && int(d.numbers[i].value) <= len(rows):
		out = rows[int(d.numbers[i].value)-1 : int(d.numbers[i].value)]
	case d.within(at, opLatter):
		out = rows[len(rows)-n:]
	}
	if end < len(d.words) && d.words[end].text == "one" {
		end++
	}
	return out, end
}

// numeralAt is the number that begins at a word, -1 if none does.
func (d *draft) numeralAt(i int) int {
	return slices.IndexFunc(d.numbers, func(n numberMark) bool { return n.from == i })
}

// withoutPointed reads "skip the middle one" and "without the first two" of what was shown.
func (d *draft) withoutPointed(s *slots, p *past) (Query, bool) {
	if len(s.rows)+len(s.scopes)+len(s.measures) > 0 {
		return Query{}, false
	}
	rows := p.shown
	if len(p.last.Subjects) > 1 && p.last.Kind != Rank {
		rows = p.last.Subjects
	}
	for _, m := range d.marks {
		if m.kind != operator || m.op != opExclude {
			continue
		}
		if out, _ := d.pointedOut(m, rows); len(out) > 0 {
			return p.last.without(out)
		}
	}
	return Query{}, false
}

// excludesPointed says whether one of some rows is pointed at only to be left out.
func (d *draft) excludesPointed(rows []*data.Subject) bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool {
		if m.kind != operator || m.op != opExclude {
			return false
		}
		out, _ := d.pointedOut(m, rows)
		return len(out) > 0
	})
}

// without is a query that leaves some rows out.
func (q Query) without(out []*data.Subject) (Query, bool) {
	if setBased(&q) && len(q.Subjects) == 0 {
		q.Exclude = appendNew(q.Exclude, out)
		return q, true
	}
	q.Subjects = othersThan(out, q.Subjects)
	if len(q.Subjects) == 1 && (q.Kind == Compare || q.Kind == Difference) {
		q.Kind = Lookup
	}
	return q, len(q.Subjects) > 0
}
