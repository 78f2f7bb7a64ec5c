package answers

import (
	"math"
	"slices"

	"reportbot/data"
)

// maker makes one answer: a kind's run fills in the figures and sentences, and
// finish puts the caveats, the text and the source together.
type maker struct {
	e     *Engine
	r     *Reading
	q     *Query
	a     Answer
	quiet bool // makes no suggestions: asked only whether there is an answer

	numbers [][3]float64 // room for value, low and high of figures
	body    []Block      // what follows the headline
	used    []*data.Cell // printed figures that the answer rests on: they give the caveats
	shown   []*data.Cell // others that are shown beside them
	facts   []*data.Finding
	derived bool     // something was worked out
	mixed   bool     // figures are set against each other or added up
	within  bool     // the 10 percent of ~ decided something
	have    int      // partial coverage: so many of
	rows    int      // so many rows
	covers  string   // of what
	extra   []Caveat // caveats that a kind's run gives itself

	title   string   // heads a picture; empty: the headline does
	remarks []string // lines of the body that a picture bears, too
	members []Figure // what was added up, row by row
}

// answer runs a reading on the report and words what was found. An error says
// that the answer did not pass its proof: it must not be shown.
func (e *Engine) answer(r Reading) (Answer, error) {
	m := e.run(&r, false)
	m.a.Interpretation = e.interpret(r)
	m.a.Parts[0].Interpretation = m.a.Interpretation
	m.a.Code = r.Code(e.report.Edition)
	m.alternatives()
	if err := e.prove(&m.a, &r); err != nil {
		return Answer{}, err
	}
	return m.a, nil
}

// finds says whether a reading gets an answer. It makes no suggestions, so
// that it may be used to choose them.
func (e *Engine) finds(r Reading) bool {
	m := e.run(&r, true)
	return m.a.Status == Answered
}

// tooFar says whether a threshold lies far beyond every figure; none does not.
func (c *Condition) tooFar() bool {
	return c != nil && !(math.Abs(c.A) < tooLarge && math.Abs(c.B) < tooLarge)
}

// run makes the answer up to its text.
func (e *Engine) run(r *Reading, quiet bool) *maker {
	m := &maker{e: e, r: r, q: &r.Query, quiet: quiet}
	m.a = Answer{Status: Answered, Intent: r.Query.Kind, Figures: []Figure{}, Findings: []Found{},
		Caveats: []Caveat{}, Suggestions: []string{}, Alternatives: []Alternative{}}
	switch {
	case m.q.Problem != nil:
		m.refuse()
	case m.q.Cond.tooFar() || m.q.Also.tooFar():
		m.refused(NotUnderstood, "No figure in the report comes near a number of that size.")
	case m.q.Claim && m.q.Cond != nil && m.q.Cond.A < 0:
		m.refused(NotUnderstood, "A number of people cannot be below zero.")
	case m.noneLeft():
		m.refused(NotUnderstood, "Every row that the question names is also left out by it.")
	default:
		m.kind()
		m.madeVisible()
		m.tabled()
		m.besides()
		m.next()
	}
	m.finish()
	return m
}

// noneLeft says whether the query leaves out every row that it names.
func (m *maker) noneLeft() bool {
	for _, s := range m.q.Subjects {
		if !excluded(m.q.Exclude, s) {
			return false
		}
	}
	return len(m.q.Subjects) > 0 && len(m.q.Within) == 0
}

// tooLarge is beyond every count of people, and beyond what is written out.
const tooLarge = 1e12

// kind runs the query's kind.
func (m *maker) kind() {
	switch m.q.Kind {
	case Lookup:
		m.lookup()
	case Profile:
		m.profile()
	case Compare:
		m.compare()
	case Rank:
		m.rank()
	case Filter, Count:
		m.filter()
	case Total:
		m.total()
	case Average:
		m.average()
	case Share:
		m.share()
	case Difference:
		m.difference()
	case Date:
		m.date()
	case Source:
		m.source()
	case Define:
		m.define()
	case Finding:
		m.finding()
	case Coverage:
		m.coverage()
	case Help:
		m.help()
	default:
		m.notUnderstood()
	}
}

// besides adds what the prose says beside a table's figures.
func (m *maker) besides() {
	if m.q.Kind == Finding {
		return
	}
	for _, f := range m.q.Findings {
		m.quote(f)
		m.line("The prose: " + f.Gist)
	}
}

// finish gives the caveats, the text and the source line.
func (m *maker) finish() {
	m.caveats()
	m.a.Source = m.sourceLine()
	source := m.a.Source
	if source != "" {
		source = lowerFirst(source, "Table", "The ") + "; edition " + m.e.report.Edition + "."
	}
	m.a.Form = m.r.Form
	if m.a.Status == Clarify && m.a.Form != "" {
		for i, question := range m.a.Suggestions {
			m.a.Suggestions[i] = question + " " + m.a.Form.words()
		}
	}
	p := m.pieces(source)
	p.Body = append(p.Body, m.unshowable(&p)...)
	m.a.Text = p.text()
	m.a.Parts = []Part{p}
}

// saidBefore says whether one of the caveats has the text: some sentences
// serve several codes.
func saidBefore(list []Caveat, text string) bool {
	for i := range list {
		if list[i].Text == text {
			return true
		}
	}
	return false
}

// line adds a sentence after the headline.
func (m *maker) line(s string) { m.body = append(m.body, Block{Text: s}) }

// rowsOf adds a table after the headline.
func (m *maker) rowsOf(t *Table) { m.body = append(m.body, Block{aligned(t), t}) }

// table shows rows as a table, and as plain aligned lines in the text.
func (m *maker) table(t *Table) {
	m.a.Table = t
	m.rowsOf(t)
}

// caveat adds a caveat of the kind's own.
func (m *maker) caveat(code, text string) {
	for _, c := range m.extra {
		if c.Code == code && c.Text == text {
			return
		}
	}
	m.extra = append(m.extra, Caveat{code, text})
}

// refused sets the status of an answer that is none.
func (m *maker) refused(reason Reason, headline string) {
	m.a.Status, m.a.Reason, m.a.Headline = NotInReport, reason, headline
}

// quote gives a finding among the answer's findings.
func (m *maker) quote(f *data.Finding) {
	if slices.Contains(m.facts, f) {
		return
	}
	m.facts = append(m.facts, f)
	notes := f.Footnotes
	if notes == nil {
		notes = []int{}
	}
	m.a.Findings = append(m.a.Findings, Found{ID: f.ID, Section: f.Section, Text: f.Gist, Footnotes: notes})
}

// alternatives are the readings that were close, each with its question.
func (m *maker) alternatives() {
	for _, q := range m.r.Alternatives {
		m.a.Alternatives = append(m.a.Alternatives, Alternative{
			Interpretation: m.e.interpret(Reading{Query: q}), Question: m.e.Question(q)})
	}
}

// maxSuggestions is how many questions a reply offers.
const maxSuggestions = 3

// suggest offers a question if it gets an answer and there is room.
func (m *maker) suggest(q Query) {
	if m.quiet || len(m.a.Suggestions) >= maxSuggestions || m.e.try == nil && !m.e.finds(Reading{Query: q}) {
		return
	}
	question := m.e.Question(q)
	if question == "" || slices.Contains(m.a.Suggestions, question) {
		return
	}
	if m.e.try == nil || m.e.try(question) {
		m.a.Suggestions = append(m.a.Suggestions, question)
	}
}

// says says whether a line is among those after the headline.
func (m *maker) says(line string) bool {
	return slices.ContainsFunc(m.body, func(b Block) bool { return b.Text == line })
}
