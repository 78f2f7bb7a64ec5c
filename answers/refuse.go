package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// refuse words a problem: what is missing, by its reason, and what comes
// nearest to it.
func (m *maker) refuse() {
	p := m.q.Problem
	m.a.Status, m.a.Reason = NotInReport, p.Reason
	if m.q.Kind == Refused {
		m.a.Intent = Help
	}
	switch p.Reason {
	case UnknownName:
		m.unknownName(p)
	case NotCovered:
		m.notCovered(p)
	case BlankCell:
		m.blankCell()
	case NoSuchCombination, NoSuchMeasure:
		m.noSuch(p)
	case OneDateOnly:
		m.oneDate(p)
	case NotComparable:
		m.notComparable(p)
	case SeveralReadings:
		m.several(p)
	case OffTopic:
		m.offTopic(p)
	default:
		m.notUnderstood()
	}
	m.a.Reason = p.Reason
}

// word is the asker's word in quotation marks, "" for none.
func (p *Problem) word() string {
	if p.Word == "" {
		return ""
	}
	return `"` + p.Word + `"`
}

func (m *maker) unknownName(p *Problem) {
	word := p.word()
	if word == "" {
		word = "that name"
	}
	m.a.Headline = "I do not know " + word + " as a place in this report."
	if len(p.Near) > 0 {
		near := p.Near[:min(len(p.Near), maxSuggestions)]
		m.line("Did you mean " + either(theNames(near)) + "?")
		for _, s := range near {
			m.suggest(m.instead(s))
		}
		return
	}
	m.suggest(Query{Kind: Coverage, Aspect: Countries})
}

// instead is the query with another row in place of the unknown name.
func (m *maker) instead(s *data.Subject) Query {
	q := *m.q
	q.Problem = nil
	q.Subjects = append(slices.Clone(q.Subjects), s)
	if q.Kind == Refused || q.Kind == "" || q.Kind == Lookup && len(q.Measures) == 0 {
		q.Kind = Profile
	}
	if alone := len(q.Subjects) == 1 && len(q.Within) == 0; alone && (q.Kind == Total || q.Kind == Average) {
		q.Kind = Lookup
	}
	return q
}

func theNames(rows []*data.Subject) []string {
	out := make([]string, len(rows))
	for i, s := range rows {
		out[i] = theName(s)
	}
	return out
}

func (m *maker) notCovered(p *Problem) {
	name := p.Word
	if p.Place != nil {
		name = p.Place.Name
	}
	of := m.placeRow(p.Place)
	if of != nil {
		m.a.Headline = "The report has no figures for " + name + ": it counts by country, and has a row for " + theName(of) + " only."
		m.suggest(m.instead(of))
	} else {
		m.a.Headline = "The report has no row for " + name + "."
		if p.Place != nil && p.Place.Kind == "country" {
			m.line("A country without a row is not counted in the report's tables; that does not mean zero.")
		}
	}
	m.nearRow(p.Place)
	if len(m.q.Subjects)+len(m.q.Within) > 0 {
		m.nearestAnswer()
	}
	m.suggest(Query{Kind: Coverage, Aspect: Countries})
}

// nearRow shows the figures of the row that comes nearest to a place without one.
func (m *maker) nearRow(u *data.Uncovered) {
	if u == nil || u.Near == "" {
		return
	}
	s, ok := m.e.report.Subject(u.Near)
	if !ok || slices.Contains(m.q.Subjects, s) {
		return
	}
	near := m.allOf(s)
	for _, v := range near {
		m.use(v).Role = "nearest"
	}
	m.line("The nearest row is that of " + theName(s) + ": " + saidList(near) + ".")
	m.suggest(m.instead(s))
}

// placeRow is the row that a place without one belongs to.
func (m *maker) placeRow(u *data.Uncovered) *data.Subject {
	if u == nil || u.Of == "" {
		return nil
	}
	s, ok := m.e.report.Subject(u.Of)
	if !ok {
		return nil
	}
	return s
}

// blankCell runs the query, which is to find that nothing is printed.
func (m *maker) blankCell() {
	m.a.Status = Answered
	m.kind()
	if m.a.Status != NotInReport {
		m.demote()
		m.a.Headline = "The report prints no such figure."
	}
}

// noSuch refuses what the report does not count, or not in that combination.
func (m *maker) noSuch(p *Problem) {
	if a := m.absent(p.Topic); a != nil {
		m.a.Headline = a.Why
		if p.Topic == m.e.report.Vocabulary.Reasons {
			m.nearestAnswer()
		}
		m.nearestMeasures(a.Nearest)
		m.suggestNearest()
		m.suggestTotals(a.Nearest)
		return
	}
	m.a.Headline = m.whyNot(p)
	if m.unlike() {
		m.nearestMeasures(measureNames(m.q.Measures))
	} else {
		m.nearestAnswer()
	}
	m.suggestNearest()
	m.suggestTotals(measureNames(m.q.Measures))
}

// suggestTotals offers the measures over all countries, where no row was named.
func (m *maker) suggestTotals(list []string) {
	if len(m.q.Subjects) > 0 {
		return
	}
	for _, name := range list {
		if x, ok := m.e.report.Measure(name); ok {
			m.suggest(Query{Kind: Total, Measures: []*data.Measure{x}, Within: m.q.Within})
		}
	}
}

func measureNames(list []*data.Measure) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.Name
	}
	return out
}

// unlike says whether the query asks for measures together that the report
// gives only apart.
func (m *maker) unlike() bool { return len(m.q.Measures) > 1 }

// whyNot says why measures do not go together: by the vocabulary's reason if
// it has one for the pair.
func (m *maker) whyNot(p *Problem) string {
	for _, x := range m.q.Measures {
		for _, y := range m.q.Measures {
			for _, r := range m.e.words(x).NoShare {
				if r.With == y.Name {
					return upperFirst(r.Why)
				}
			}
		}
	}
	if p.Word != "" {
		return "The report does not break its figures down by " + p.word() + "."
	}
	return "The report does not give that combination."
}

func (m *maker) absent(topic string) *data.Absent {
	for _, a := range m.e.report.Vocabulary.Absent {
		if a.Topic == topic {
			return a
		}
	}
	return nil
}

// nearestMeasures shows what the report prints of the measures for the rows
// that were named.
func (m *maker) nearestMeasures(list []string) {
	for _, s := range m.q.Subjects {
		var near []value
		for _, name := range list {
			if v := m.e.named(s, name); v.ok {
				near = append(near, v)
			}
		}
		if len(near) == 0 {
			continue
		}
		for _, v := range near {
			m.use(v).Role = "nearest"
		}
		m.line("What it prints for " + theName(s) + ": " + saidList(near) + ".")
	}
}

// nearestAnswer runs the query without its problem, and shows what it finds
// as the nearest thing.
func (m *maker) nearestAnswer() {
	if len(m.q.Subjects)+len(m.q.Within) == 0 && m.q.Kind != Rank && m.q.Kind != Filter && m.q.Kind != Count && m.q.Kind != Total {
		return
	}
	if len(m.q.Subjects) == 0 && len(m.q.Within) == 0 && len(m.q.Measures) == 0 {
		return
	}
	r := *m.r
	r.Query.Problem = nil
	r.Notes = nil
	if r.Query.Claim {
		r.Query.Claim, r.Query.Cond = false, nil
	}
	near := m.e.run(&r, true)
	m.q.Of = r.Query.Of
	if near.a.Status != Answered || len(near.a.Figures) == 0 {
		return
	}
	m.line("The nearest that it gives: " + near.a.Headline)
	m.body = append(m.body, near.body...)
	m.a.Figures, m.a.Table = append(m.a.Figures, near.a.Figures...), near.a.Table
	m.a.Findings = append(m.a.Findings, near.a.Findings...)
	m.used, m.shown, m.facts, m.extra = near.used, near.shown, near.facts, near.extra
	m.derived, m.mixed, m.within = near.derived, near.mixed, near.within
	m.have, m.rows, m.covers = near.have, near.rows, near.covers
	m.demote()
}

// demote makes every figure a nearest one.
func (m *maker) demote() {
	m.a.Status = NotInReport
	for i := range m.a.Figures {
		m.a.Figures[i].Role = "nearest"
	}
}

func (m *maker) oneDate(p *Problem) {
	report := m.e.report.Date.Words()
	if a := m.absent(p.Topic); a != nil {
		m.a.Headline = a.Why
	} else if p.Word != "" {
		m.a.Headline = "The report has nothing for " + p.word() + ": it prints one figure for each row, of one date, and is itself of " + report + "."
	} else {
		m.a.Headline = "The report prints one figure for each row, of one date, so it shows no change over time; it is itself of " + report + "."
	}
	m.nearestAnswer()
	m.suggestNearest()
}

func (m *maker) notComparable(p *Problem) {
	if a := m.absent(p.Topic); a != nil {
		m.a.Headline = a.Why
		m.nearestMeasures(a.Nearest)
		m.suggestNearest()
		return
	}
	m.a.Status = Answered
	m.kind()
	if m.a.Status != NotInReport {
		m.demote()
		m.a.Headline = "These cannot be set against each other."
	}
}

// several asks which reading is meant, with a question for each.
func (m *maker) several(p *Problem) {
	m.a.Status = Clarify
	head := "That can be read in more than one way."
	if p.Word != "" {
		head = upperFirst(p.word()) + " can be read in more than one way."
	}
	m.a.Headline = head + " Which do you mean?"
	if m.quiet {
		return
	}
	for _, q := range p.Choices {
		question := m.e.Question(q)
		if question != "" && !slices.Contains(m.a.Suggestions, question) {
			m.a.Suggestions = append(m.a.Suggestions, question)
			m.line("- " + m.e.interpret(Reading{Query: q}))
		}
	}
}

func (m *maker) offTopic(p *Problem) {
	m.a.Status = OutOfScope
	m.a.Headline = "That is not a question about the report."
	for _, r := range m.e.report.Vocabulary.Refused {
		if r.Topic == p.Topic {
			m.a.Headline = r.Why
		}
	}
	m.suggestExamples()
}

// notUnderstood says that the question was not understood, and what can be asked.
func (m *maker) notUnderstood() {
	m.a.Status, m.a.Reason = NotInReport, NotUnderstood
	m.a.Headline = "I did not understand the question well enough to answer it."
	switch p := m.q.Problem; {
	case p != nil && p.Topic == nothingToShow:
		m.a.Headline = "There is no answer yet to show " + m.r.Form.words() + ": please ask for figures first."
	case p != nil && p.Topic == tooLong:
		m.a.Headline = "That is too long for me: please ask in a sentence or two."
	case p != nil && p.Word != "":
		m.a.Headline = "I found nothing in the report on " + p.word() + "."
	}
	if m.q.Kind == Refused || m.q.Kind == "" {
		m.a.Intent = Help
	}
	m.line(strings.TrimSpace("I answer from one report: figures by country, and what its prose says."))
	m.suggestExamples()
}
