package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// heading is the sentence that heads a picture of the answer.
func (m *maker) heading() string {
	if m.title != "" {
		return m.title
	}
	if head, ok := strings.CutSuffix(m.a.Headline, ":"); ok {
		return head + "."
	}
	return m.a.Headline
}

// cited is the report as a picture names it: "The Soufan Group, Beyond the Caliphate, October 2017".
func cited(r *data.Report) string {
	named := slices.DeleteFunc([]string{r.Publisher, r.Title, r.Date.Words()}, func(s string) bool { return s == "" })
	return strings.Join(named, ", ")
}

// remark adds a sentence after the headline that goes with the figures wherever they are shown.
func (m *maker) remark(s string) {
	m.line(s)
	m.remarks = append(m.remarks, s)
}

// leads says which of the values has the most, by number, as sure as the
// qualifiers allow. best is the number of the first; of ends the sentence.
func (m *maker) leads(values []value, best float64, of string) string {
	top, level, sure := -1, []string{}, true
	for i := range values {
		switch {
		case values[i].num.Value != best:
		case top < 0:
			top = i
		default:
			level = append(level, inParty(values[i].who))
		}
	}
	if top < 0 {
		return ""
	}
	first := &values[top]
	for i := range values {
		if i != top {
			_, certain := first.num.Compare(values[i].num)
			sure = sure && certain
		}
	}
	has := " has "
	if first.who.group != nil && strings.HasSuffix(first.who.say(), "s") {
		has = " have " // "Former Soviet Republics"
	}
	said := inParty(first.who) + has + m.most(first, len(values)) + of
	if len(level) > 0 {
		said = inParty(first.who) + " and " + listed(level) + " have " + m.most(first, len(values)) + of
	}
	if !sure {
		return "By the printed numbers " + said + "."
	}
	return upperFirst(said) + "."
}

// most is what the first of so many values has: "the most returnees".
func (m *maker) most(top *value, n int) string {
	switch {
	case n > 2 || m.q.Asc:
		return superlativeWord(*top, n, m.q.Asc)
	case top.op == "ratio":
		return "the higher share, " + top.what.noun()
	}
	return "more " + top.what.noun()
}

// titleOfRank heads a picture of a ranking: with the set that is ranked, where it
// is not every country.
func (m *maker) titleOfRank(values []value, best float64) string {
	if len(m.q.Subjects) > 0 {
		return m.leads(values, best, " of these")
	}
	title := m.leads(values, best, "")
	if title == "" || len(m.q.Within)+len(m.q.Exclude) == 0 {
		return title
	}
	return m.e.setSay(m.q.Within, m.q.Exclude) + ": " + lowerFirst(title, "By ")
}

// titleOfThese heads a picture of values that were asked for by name.
func (m *maker) titleOfThese(found []value) {
	parties, gauges := 1, 1
	for i := range found[1:] {
		if !found[i].sameParty(&found[i+1]) {
			parties++
		}
		if found[i+1].what.numeral != found[0].what.numeral {
			gauges = 2
		}
	}
	switch {
	case parties == 1:
	case gauges > 1:
		m.title = m.sideBySide(found)
	default:
		best := found[0].num.Value
		for i := range found {
			if v := found[i].num.Value; v > best && !m.q.Asc || v < best && m.q.Asc {
				best = v
			}
		}
		of := ""
		if parties > 2 {
			of = " of these"
		}
		m.title = m.leads(found, best, of)
	}
}

// sideBySide heads a picture of several measures of several parties.
func (m *maker) sideBySide(found []value) string {
	var who []string
	for i := range found {
		if name := inParty(found[i].who); !slices.Contains(who, name) {
			who = append(who, name)
		}
	}
	return upperFirst(listed(who)) + " are set side by side."
}

// measuresOf heads a picture of several measures of one party.
func (m *maker) measuresOf(found []value) string {
	nouns := make([]string, len(found))
	for i := range found {
		nouns[i] = found[i].what.noun()
	}
	return found[0].who.say() + ": " + listed(nouns) + " are set side by side."
}

// madeOf gives the rows that went into one sum, mean or share, the highest first.
func (m *maker) madeOf(found []value) {
	if len(found) != 1 || found[0].who.group == nil || m.quiet {
		return
	}
	values, _ := m.valuesOf(found[0].who.group.set, found[0].what)
	m.sort(values)
	m.members = make([]Figure, len(values))
	numbers := make([][3]float64, len(values))
	for i := range values {
		values[i].fill(&m.members[i], &numbers[i])
	}
}

// splits are the rows asked for by name whose figure and its parts stand in the answer.
func (m *maker) splits() []Split {
	if m.quiet || m.q.Kind != Lookup && m.q.Kind != Profile && m.q.Kind != Compare {
		return nil
	}
	var out []Split
	for _, g := range m.e.gauges {
		if len(g.minus) < 2 {
			continue
		}
		for _, s := range m.q.Subjects {
			if !m.holds(s, g.m.Name) && slices.ContainsFunc(g.w.Minus, func(name string) bool { return !m.holds(s, name) }) {
				continue
			}
			if split, ok := m.split(s, g); ok {
				out = append(out, split)
			}
		}
	}
	return out
}

// holds says whether a figure of a row stands in the answer.
func (m *maker) holds(s *data.Subject, measure string) bool {
	for i := range m.a.Figures {
		if f := &m.a.Figures[i]; f.Role == "" && f.Measure == measure && f.Subject == s.Name {
			return true
		}
	}
	return false
}

// split takes a row's figure apart; false where a part is not printed, and where
// the parts are more than the whole as printed, so that nothing can be left.
func (m *maker) split(s *data.Subject, g *gauge) (out Split, ok bool) {
	rest := m.e.single(s, g)
	if !rest.ok || rest.num.Value < 0 {
		return out, false
	}
	for i, x := range g.minus {
		v := m.e.single(s, m.e.gauge(x, nil))
		if !v.ok {
			return out, false
		}
		if i == 0 {
			out.Whole = v.figure()
			continue
		}
		out.Parts = append(out.Parts, v.figure())
	}
	out.Parts = append(out.Parts, rest.figure())
	return out, true
}

// figure is a value as answers give it.
func (v *value) figure() (f Figure) {
	v.fill(&f, new([3]float64))
	return f
}

// pictured proves what only a picture shows.
func (p *prover) pictured() bool {
	for i := range p.a.Parts {
		part := &p.a.Parts[i]
		if !p.allGenuine(part.Members) {
			return false
		}
		for j := range part.Splits {
			if s := &part.Splits[j]; !p.allGenuine([]Figure{s.Whole}) || !p.allGenuine(s.Parts) {
				return false
			}
		}
		if hasDigit(part.Title) && !strings.HasPrefix(p.a.Text, strings.TrimSuffix(part.Title, ".")) && !p.read("title", part.Title) {
			return false
		}
	}
	return true
}

func (p *prover) allGenuine(figures []Figure) bool {
	for i := range figures {
		if f := &figures[i]; !p.genuine(f) {
			p.where, p.text = "picture", f.Subject+" "+f.Measure+" "+f.Raw
			p.fail(&mention{from: len(p.text) - len(f.Raw), end: len(p.text)})
			return false
		}
	}
	return true
}
