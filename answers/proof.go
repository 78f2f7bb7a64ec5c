package answers

import (
	"slices"
	"strings"
	"sync"

	"reportbot/data"
)

// UnprovedError says that a number in an answer could not be traced to the
// data. Such an answer must not be shown: it is an internal fault, not one of
// the person who asked.
type UnprovedError struct {
	Number string // as it stands, with the words or the sign that hedge it
	Where  string // text, headline, table, caveat, source or figure
	Around string // what stands about it
	Code   string // of the question
}

// Error is for the log.
func (e *UnprovedError) Error() string {
	return "the number " + e.Number + " in the " + e.Where + " (… " + e.Around + " …) cannot be traced to the data; code " + e.Code
}

// prove traces every number in what an answer says to where it is from: a
// figure of the answer with its qualifier, value or bounds, a percentage of a
// ratio among them, a date, a footnote, a table, a count of rows, a place in a
// ranking, the asker's own number, or a sentence of the data that stands in
// the text as it is. The printed figures themselves must be the report's. The
// error is an *UnprovedError; the engine counts them.
//
// Every text is read once. The data are gone through only for a number that
// the answer's own figures do not explain.
func (e *Engine) prove(a *Answer, r *Reading) error {
	p := provers.Get().(*prover)
	*p = prover{e: e, a: a, r: r, facts: p.facts[:0]}
	ok := p.figures() && p.pictured() && p.all()
	fault := p.fault
	*p = prover{facts: p.facts}
	provers.Put(p)
	if ok {
		return nil
	}
	e.unproved.Add(1)
	fault.Code = a.Code
	return fault
}

// provers keeps room for the facts of answers between them.
var provers = sync.Pool{New: func() any { return &prover{facts: make([]fact, 0, 64)} }}

// prover proves one answer.
type prover struct {
	e     *Engine
	a     *Answer
	r     *Reading
	facts []fact
	fault *UnprovedError

	where   string
	text    string
	next    int     // the fact after the one that matched last: rows follow in order
	listed  context // what a list of numbers is of, such as footnotes
	until   int     // where the last of them ended
	masked  int     // the text up to here stands in the data as it is
	middles bool    // the text says somewhere that it takes numbers as they are printed
}

// context is what a number is said to be by the word before it.
type context uint8

const (
	noContext context = iota
	footnoteContext
	tableContext
)

// all reads the texts of the answer. What stands in Text too is read once, and
// so are the rows of the table, which the text repeats.
func (p *prover) all() bool {
	a := p.a
	ok := p.table(a.Table) && p.read("text", a.Text)
	if ok && !strings.HasPrefix(a.Text, a.Headline) {
		ok = p.read("headline", a.Headline)
	}
	for i := 0; ok && i < len(a.Caveats); i++ {
		if !strings.Contains(a.Text, a.Caveats[i].Text) {
			ok = p.read("caveat", a.Caveats[i].Text)
		}
	}
	if ok && a.Source != "" && (len(a.Source) < 2 || !strings.Contains(a.Text, a.Source[1:])) {
		ok = p.read("source", a.Source)
	}
	return ok
}

// read proves every number of one text.
func (p *prover) read(where, text string) bool {
	p.where, p.text, p.next, p.masked, p.listed = where, text, 0, 0, noContext
	p.middles = len(text) > len(byPrint) && strings.Contains(text, byPrint)
	row := 0
	for at := 0; ; {
		m, ok := nextMention(text, at)
		if !ok {
			return true
		}
		if end := p.ofTable(&m, &row); end > 0 {
			at = end
			continue
		}
		at = p.number(&m)
		if at < 0 {
			p.fail(&m)
			return false
		}
	}
}

// ofTable says where the line ends that a number stands in, if the line is one
// of the table's rows, from the one given on: their cells are proved by
// themselves, and by the subject of their row. It is 0 for any other line.
func (p *prover) ofTable(m *mention, row *int) int {
	if p.where != "text" || p.a.Table == nil || *row >= len(p.a.Table.Rows) {
		return 0
	}
	start := strings.LastIndexByte(p.text[:m.start], '\n') + 1
	for i := *row; i < len(p.a.Table.Rows); i++ {
		if end := lineOf(p.text, start, p.a.Table.Rows[i]); end > 0 {
			*row = i + 1
			return end
		}
	}
	return 0
}

// lineOf says where the line ends that begins at a place, if it holds the
// cells of a row and only spaces between them; 0 if it does not.
func lineOf(text string, at int, row []string) int {
	for _, cell := range row {
		if cell == "" {
			continue
		}
		for at < len(text) && text[at] == ' ' {
			at++
		}
		if !strings.HasPrefix(text[at:], cell) {
			return 0
		}
		at += len(cell)
		if at < len(text) && text[at] != ' ' && text[at] != '\n' {
			return 0
		}
	}
	if at < len(text) && text[at] != '\n' {
		return 0
	}
	return at
}

// number proves one number and returns where to read on, -1 if it cannot.
// What stands at a certain place or behind a certain word is tried first, so
// that most numbers are compared with one fact only.
func (p *prover) number(m *mention) int {
	switch {
	case m.end <= p.masked:
		return m.end
	case p.inContext(m), p.r.Query.Kind == Rank && p.place(m):
		return m.end
	}
	if end := p.date(m); end > 0 {
		return end
	}
	if p.figure(m, "") || p.asPrinted(m) || p.place(m) || p.askers(m) || p.counted(m) || p.fromCell(m) || p.constant(m) || p.sentence(m) {
		return m.end
	}
	return -1
}

// table proves the cells of a table; a row that begins with the name of a
// figure's subject may hold only figures of that subject.
func (p *prover) table(t *Table) bool {
	if t == nil {
		return true
	}
	at := 0
	for _, row := range t.Rows {
		at = p.subjectOf(row, at)
		for i, cell := range row {
			if hasDigit(cell) && !p.cell(cell, i, at) {
				return false
			}
		}
		at = max(at, 0)
	}
	for _, head := range t.Columns {
		if hasDigit(head) && !p.read("table", head) {
			return false
		}
	}
	return true
}

// cell proves one cell of a table; at is the row's first figure, -1 for none.
func (p *prover) cell(cell string, column, at int) bool {
	if at < 0 {
		return p.read("table", cell)
	}
	subject := p.a.Figures[at].Subject
	for i := at; i < len(p.a.Figures) && p.a.Figures[i].Subject == subject; i++ {
		if f := &p.a.Figures[i]; f.Raw == cell || saysMonth(cell, f.AsOf) {
			return true
		}
	}
	p.where, p.text, p.masked, p.listed = "table", cell, 0, noContext
	m, _ := nextMention(cell, 0)
	if column == 0 && m.end == len(cell) && p.r.Query.Kind == Rank && p.place(&m) {
		return true
	}
	if p.date(&m) < 0 && p.figure(&m, "") && !p.figure(&m, subject) && (column > 0 || m.hedge != 0) {
		p.fail(&m)
		return false
	}
	return p.read("table", cell)
}

// subjectOf is the first figure of the subject that a row is about, looked for
// from a place on, since rows follow the figures; -1 if the row names none.
func (p *prover) subjectOf(row []string, at int) int {
	figures := p.a.Figures
	for _, cell := range row[:min(2, len(row))] {
		if cell == "" || isDigit(cell[0]) {
			continue
		}
		for i := range figures {
			f := &figures[(at+i)%len(figures)]
			if f.Subject == cell && f.Op != "count" {
				return (at + i) % len(figures)
			}
		}
	}
	return -1
}

// fail notes what could not be traced.
func (p *prover) fail(m *mention) {
	from, to := max(0, m.from-40), min(len(p.text), m.end+30)
	p.fault = &UnprovedError{Where: p.where, Number: p.text[m.from:m.end],
		Around: strings.ToValidUTF8(p.text[from:to], "")}
}

// inContext proves footnotes and tables by the word before the number, or by
// the list that it goes on: "footnotes 45, 46 and 47".
func (p *prover) inContext(m *mention) bool {
	c := noContext
	switch _, word := wordBefore(p.text, m.start); {
	case folds(word, "footnote"), folds(word, "footnotes"):
		c = footnoteContext
	case folds(word, "table"), folds(word, "tables"):
		c = tableContext
	case p.listed != noContext && (p.text[p.until:m.start] == ", " || p.text[p.until:m.start] == " and "):
		c = p.listed
	}
	ok := c == footnoteContext && p.footnote(int(m.value)) || c == tableContext && p.tableNumber(p.text[m.start:m.end])
	p.listed = noContext
	if ok {
		p.listed, p.until = c, m.end
	}
	return ok
}

// footnote says whether a figure or a finding of the answer has the marker, or
// else a printed figure that the question is about.
func (p *prover) footnote(n int) bool {
	for i := range p.a.Figures {
		if slices.Contains(p.a.Figures[i].Footnotes, n) {
			return true
		}
	}
	for i := range p.a.Findings {
		if slices.Contains(p.a.Findings[i].Footnotes, n) {
			return true
		}
	}
	for c := range p.e.report.Cells() {
		if p.relevant(c) && slices.Contains(c.Footnotes, n) {
			return true
		}
	}
	return false
}

// tableNumber says whether a table may be named: in the source any table that
// the answer's figures stand in, elsewhere any of the report.
func (p *prover) tableNumber(number string) bool {
	for _, t := range p.e.report.Tables {
		if t.Number == number {
			return p.where != "source" || p.tableUsed(number)
		}
	}
	return false
}

func (p *prover) tableUsed(number string) bool {
	for i := range p.a.Figures {
		if f := &p.a.Figures[i]; f.Table == number || f.Table == "" {
			return true
		}
	}
	return false
}

// asked says whether the question is about a measure: all are where it names
// none or asks for all there is, and where the nearest thing is shown instead.
func (p *prover) asked(x *data.Measure) bool {
	q := &p.r.Query
	if len(q.Measures) == 0 || x == q.Of || q.Kind == Profile || p.a.Status != Answered {
		return true
	}
	for _, m := range q.Measures {
		if m == x {
			return true
		}
		if w, ok := p.e.report.Vocabulary.Words(m.Name); ok && p.partOf(w, x.Name) {
			return true
		}
	}
	return false
}

// relevant says whether a printed figure is one that the question is about: of
// a measure and a row that are asked for, or that go into what is.
func (p *prover) relevant(c *data.Cell) bool {
	q := &p.r.Query
	if !p.asked(c.Measure) || excluded(q.Exclude, c.Subject) {
		return false
	}
	for _, s := range q.Subjects {
		if s == c.Subject {
			return true
		}
	}
	if q.placed() && c.Subject.Kind == data.Country {
		return true // the order is one of all countries
	}
	if len(q.Whole) > 0 && within(q.Whole, c.Subject) {
		return true
	}
	return len(q.Subjects) == 0 && within(q.Within, c.Subject) || len(q.Within) > 0 && within(q.Within, c.Subject)
}

// partOf says whether a measure goes into another one, or counts the same thing.
func (p *prover) partOf(w *data.MeasureWords, name string) bool {
	for _, list := range [3][]string{w.Minus, w.Parts, w.Overlaps} {
		if slices.Contains(list, name) {
			return true
		}
	}
	q := &p.r.Query
	return q.Kind == Share && q.Of == nil && len(q.Whole) == 0 && slices.Contains(w.ShareOf, name)
}
