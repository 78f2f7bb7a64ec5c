package answers

import "slices"

// introductionsAside takes away the words in which the asker says who he is, whose
// name may be that of a country: "I'm Georgia, how many …", "this is Chad speaking".
func (d *draft) introductionsAside() {
	for _, m := range d.marks {
		if m.kind == operator && m.op == opIntroduces {
			d.introduced(m)
		}
	}
	d.marks = slices.DeleteFunc(d.marks, func(m mark) bool { return m.kind == operator && m.op == opIntroduces })
	for i := range len(d.words) - 1 {
		if w := &d.words[i]; d.is(i, gAsker) && w.end-w.start > len(w.text) { // "I'm", of which "'m" is no word
			d.introduced(mark{span: span{i, i + 1}})
		}
	}
}

// introduced takes away what introduces and the name behind it, where these are all of a clause.
func (d *draft) introduced(m mark) {
	at := slices.IndexFunc(d.names, func(n nameMark) bool { return n.span.from == m.to && !n.people })
	if at < 0 {
		return
	}
	end := d.names[at].to
	if m.then != "" {
		tail, ok := d.soon(m.to, m.then)
		if !ok || tail.from != end {
			return
		}
		end = tail.to
	}
	if end < len(d.words) && !d.setOff(end-1) && !d.is(end, gConjunction) && !d.is(end, gSource) && !d.isOp(end, opGreeting) {
		return // "I am France based"
	}
	d.aside = append(d.aside, span{m.from, end})
	d.names = slices.Delete(d.names, at, at+1)
}
