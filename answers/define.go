package answers

// define explains terms, with what the prose says of them.
func (m *maker) define() {
	if len(m.q.Terms) == 0 {
		if len(m.q.Findings) > 0 {
			m.finding()
			return
		}
		m.notUnderstood()
		return
	}
	for i, t := range m.q.Terms {
		m.a.Findings = append(m.a.Findings, Found{ID: "term:" + t.Term, Section: "terms", Text: t.Gist, Footnotes: []int{}})
		if i == 0 {
			m.a.Headline = t.Gist
		} else {
			m.line(t.Gist)
		}
		m.quoteAll(t.Findings[:min(len(t.Findings), maxMore)], true)
	}
}

// maxMore is how many findings a definition adds.
const maxMore = 2
