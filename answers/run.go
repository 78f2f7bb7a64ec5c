package answers

import (
	"math"
	"slices"
	"strings"

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
	lines   []string     // sentences after the headline
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
}

// answer runs a reading on the report and words what was found. An error says
// that the answer did not pass its proof: it must not be shown.
func (e *Engine) answer(r Reading) (Answer, error) {
	m := e.run(&r, false)
	m.a.Interpretation = e.interpret(r)
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

// run makes the answer up to its text.
func (e *Engine) run(r *Reading, quiet bool) *maker {
	m := &maker{e: e, r: r, q: &r.Query, quiet: quiet}
	m.a = Answer{Status: Answered, Intent: r.Query.Kind, Figures: []Figure{}, Findings: []Found{},
		Caveats: []Caveat{}, Suggestions: []string{}, Alternatives: []Alternative{}}
	switch {
	case m.q.Problem != nil:
		m.refuse()
	case m.q.Cond != nil && !(math.Abs(m.q.Cond.A) < tooLarge && math.Abs(m.q.Cond.B) < tooLarge):
		m.refused(NotUnderstood, "No figure in the report comes near a number of that size.")
	case m.q.Claim && m.q.Cond != nil && m.q.Cond.A < 0:
		m.refused(NotUnderstood, "A number of people cannot be below zero.")
	case m.noneLeft():
		m.refused(NotUnderstood, "Every row that the question names is also left out by it.")
	default:
		m.kind()
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
	source := m.sourceLine()
	m.a.Source = source
	var b strings.Builder
	b.Grow(m.length(source))
	b.WriteString(m.a.Headline)
	for _, line := range m.lines {
		b.WriteByte('\n')
		b.WriteString(line)
	}
	for i, c := range m.a.Caveats {
		if i > 0 && saidBefore(m.a.Caveats[:i], c.Text) {
			continue
		}
		if i == 0 {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(c.Text)
	}
	if source != "" {
		b.WriteString("\nSource: ")
		b.WriteString(lowerFirst(source, "Table", "The "))
		b.WriteString("; edition ")
		b.WriteString(m.e.report.Edition)
		b.WriteByte('.')
	}
	m.a.Text = b.String()
}

// length is about how long the text becomes.
func (m *maker) length(source string) int {
	n := len(m.a.Headline) + len(source) + 40
	for _, line := range m.lines {
		n += len(line) + 1
	}
	for i := range m.a.Caveats {
		n += len(m.a.Caveats[i].Text) + 1
	}
	return n
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
func (m *maker) line(s string) { m.lines = append(m.lines, s) }

// table shows rows as a table, and as plain aligned lines in the text.
func (m *maker) table(t *Table) {
	m.a.Table = t
	m.line(aligned(t))
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

// use adds a value to the figures and lets it give its caveats.
func (m *maker) use(v value) *Figure {
	m.used = v.appendTo(m.used)
	m.derived = m.derived || v.cell == nil
	return m.add(v, "")
}

// useAll adds values as use does.
func (m *maker) useAll(values []value) {
	m.room(len(values))
	for i := range values {
		m.use(values[i])
	}
}

// room makes room for so many figures more.
func (m *maker) room(n int) {
	m.a.Figures = slices.Grow(m.a.Figures, n)
	m.used = slices.Grow(m.used, n)
	if n > cap(m.numbers)-len(m.numbers) {
		m.numbers = make([][3]float64, 0, n)
	}
}

// beside adds a value that is shown beside the answer, in a role.
func (m *maker) beside(v value, role string) *Figure {
	m.shown = v.appendTo(m.shown)
	return m.add(v, role)
}

func (m *maker) add(v value, role string) *Figure {
	m.a.Figures = append(m.a.Figures, Figure{})
	f := &m.a.Figures[len(m.a.Figures)-1]
	if len(m.numbers) == cap(m.numbers) {
		m.numbers = make([][3]float64, 0, 2)
	}
	m.numbers = m.numbers[:len(m.numbers)+1]
	v.fill(f, &m.numbers[len(m.numbers)-1])
	f.Role = role
	return f
}

// noNotes stands for no footnotes: a list, not null.
var noNotes = []int{}

// fill makes a figure of a value as answers give it; its numbers are held by
// the three given.
func (v *value) fill(f *Figure, three *[3]float64) {
	f.Subject, f.Measure, f.Qualifier, f.Footnotes = v.who.name(), v.what.numeral, v.num.Qualifier.String(), noNotes
	*three = [3]float64{v.num.Value, v.num.Low, v.num.High}
	f.hold(three)
	if c := v.cell; c != nil {
		f.Raw, f.Cell, f.Unit, f.AsOf, f.Table = c.Number.Raw, c.Cell, c.Measure.Unit, string(c.AsOf), c.Table
		f.Deduction = c.Deduction.String()
		if len(c.Footnotes) > 0 {
			f.Footnotes = c.Footnotes
		}
		return
	}
	f.Derived, f.Op, f.Inputs = true, v.op, len(v.in)
	f.Unit = "ratio"
	if v.op != "ratio" && v.what.of == nil {
		f.Unit = v.what.m.Unit
	}
	f.AsOf, f.Table = commonDate(v.in), commonTable(v.in)
	if notes := markers(v.in); len(notes) <= maxMarkers {
		f.Footnotes = notes
	}
}

// bounds sets value, low and high; what is open or cannot be quoted is null.
func bounds(f *Figure, n data.Number) {
	f.hold(&[3]float64{n.Value, n.Low, n.High})
}

// hold lets value, low and high point to the three numbers.
func (f *Figure) hold(three *[3]float64) {
	for i, to := range []**float64{&f.Value, &f.Low, &f.High} {
		if !math.IsNaN(three[i]) && !math.IsInf(three[i], 0) {
			*to = &three[i]
		}
	}
}

// commonDate is the date that all the cells have, "" if they differ.
func commonDate(cells []*data.Cell) string {
	for _, c := range cells[1:] {
		if c.AsOf != cells[0].AsOf {
			return ""
		}
	}
	return string(cells[0].AsOf)
}

func commonTable(cells []*data.Cell) string {
	for _, c := range cells[1:] {
		if c.Table != cells[0].Table {
			return ""
		}
	}
	return cells[0].Table
}

// markers are the footnotes of the cells, each once, in the order of the
// document; of more than are ever listed the first that were found.
func markers(cells []*data.Cell) []int {
	out := addMarkers(noNotes, cells, "")
	slices.Sort(out)
	return out
}

// addMarkers adds the footnotes of cells, of one table if its number is given.
func addMarkers(out []int, cells []*data.Cell, table string) []int {
	for _, c := range cells {
		if table != "" && c.Table != table {
			continue
		}
		for _, n := range c.Footnotes {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
		if len(out) > maxMarkers {
			return out
		}
	}
	return out
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

// sourceLine names the tables and the footnotes of what was shown: "Table 1,
// footnotes 45 and 47".
func (m *maker) sourceLine() string {
	if len(m.a.Figures) == 0 && len(m.facts) == 0 {
		return ""
	}
	var parts []string
	for _, t := range m.e.report.Tables {
		if s := m.tableSource(t); s != "" {
			parts = append(parts, s)
		}
	}
	if s := m.proseSource(); s != "" {
		parts = append(parts, s)
	}
	return upperFirst(strings.Join(parts, "; "))
}

// maxMarkers is how many footnotes a source line lists; the figures have them all.
const maxMarkers = 8

func (m *maker) tableSource(t *data.Table) string {
	from := func(c *data.Cell) bool { return c.Table == t.Number }
	if !slices.ContainsFunc(m.used, from) && !slices.ContainsFunc(m.shown, from) {
		return ""
	}
	notes := addMarkers(addMarkers(noNotes, m.used, t.Number), m.shown, t.Number)
	slices.Sort(notes)
	return "table " + t.Number + footnotes(notes)
}

func (m *maker) proseSource() string {
	if len(m.facts) == 0 {
		return ""
	}
	var notes []int
	for _, f := range m.facts {
		for _, n := range f.Footnotes {
			if !slices.Contains(notes, n) {
				notes = append(notes, n)
			}
		}
	}
	slices.Sort(notes)
	return "the report's prose" + footnotes(notes)
}

func footnotes(notes []int) string {
	if len(notes) == 0 || len(notes) > maxMarkers {
		return ""
	}
	names := make([]string, len(notes))
	for i, n := range notes {
		names[i] = commas(int64(n))
	}
	if len(names) == 1 {
		return ", footnote " + names[0]
	}
	return ", footnotes " + listed(names)
}
