package answers

import (
	"strings"

	"reportbot/data"
)

// The caveats' codes, as the contract lists them.
const (
	approximate     = "approximate"
	lowerBound      = "lower_bound"
	upperBound      = "upper_bound"
	mixedDates      = "mixed_dates"
	oldFigure       = "old_figure"
	noDate          = "no_date"
	computed        = "computed"
	partialCoverage = "partial_coverage"
	columnInferred  = "column_inferred"
	columnAmbiguous = "column_ambiguous"
	composite       = "composite"
	combined        = "combined"
	tablesDisagree  = "tables_disagree"
	overlaps        = "overlap"
	notACountry     = "not_a_country"
	headlineDiffers = "headline_differs"
	assumed         = "assumed"
	ignoredWords    = "ignored_words"
)

// oldAfter is the age in months, at the report's own date, beyond which a
// figure is called old.
const oldAfter = 12

// maxNamed is how many rows a caveat names before it counts them instead.
const maxNamed = 3

// caveats gives every caveat that applies, from the figures used, from what
// was done with them, and from how the question was read.
func (m *maker) caveats() {
	m.readingCaveats()
	m.scopeCaveats()
	m.qualifierCaveats()
	m.dateCaveats()
	m.workCaveats()
	m.columnCaveats()
	m.measureCaveats()
	m.subjectCaveats()
	for _, c := range m.extra {
		if c.Code != computed {
			m.give(c.Code, c.Text)
		}
	}
}

func (m *maker) give(code, text string) {
	m.a.Caveats = append(m.a.Caveats, Caveat{code, text})
}

// sentence is the vocabulary's own sentence for a caveat, where it has one.
func (m *maker) sentence(code, otherwise string) string {
	if s := m.e.report.Vocabulary.Caveats[code]; s != "" {
		return s
	}
	return otherwise
}

// readingCaveats tells how the question was read where it was not plain.
func (m *maker) readingCaveats() {
	var ignored []string
	for _, n := range m.r.Notes {
		switch n.Kind {
		case NoRow:
			m.give(ignoredWords, `The report has no row for "`+n.From+`".`)
		case Ignored:
			ignored = append(ignored, `"`+n.From+`"`)
		case Mended, Foreign, Reads:
			m.give(assumed, `I read "`+n.From+`" as `+n.To+".")
		}
	}
	if len(ignored) > 0 {
		m.give(ignoredWords, "Not understood and left out of account: "+strings.Join(ignored, ", ")+".")
	}
}

// scopeCaveats tells which rows a region's or group's name was taken to mean.
func (m *maker) scopeCaveats() {
	if m.a.Status != Answered || m.q.Kind == Coverage || m.q.Kind == Help {
		return
	}
	for _, sc := range m.q.Within {
		m.scopeCaveat(sc)
	}
	if m.q.Kind == Share {
		for _, sc := range m.q.Whole {
			m.scopeCaveat(sc)
		}
	}
}

func (m *maker) scopeCaveat(sc Scope) {
	if !sc.all() {
		m.giveOnce(assumed, upperFirst(sc.take())+m.takenAs(m.e.countries([]Scope{sc}, nil))+".")
	}
}

// take is how a scope's name begins the sentence on what it was taken as.
func (sc Scope) take() string {
	switch {
	case sc.Row != nil:
		return "the members of " + theName(sc.Row) + " are taken to be "
	case sc.Group.The && !strings.HasPrefix(sc.Group.Name, "The "):
		return "the " + sc.Group.Name + " is taken to be "
	}
	return sc.Group.Name + " is taken to be "
}

// takenAs names the rows of a set, unless only some of them are in the answer.
func (m *maker) takenAs(rows []*data.Subject) string {
	switch m.q.Kind {
	case Rank, Filter, Count, Date:
		return "its countries that have a row"
	}
	return listed(names(rows))
}

// dateCaveats tells of unlike, old and missing dates.
func (m *maker) dateCaveats() {
	first, last, undated := m.span()
	if m.mixed && first != last {
		m.give(mixedDates, "The figures are of different dates, from "+first.Words()+" to "+last.Words()+".")
	}
	if old, distinct := m.old(); len(old) > 0 {
		m.give(oldFigure, m.oldText(old, distinct))
	}
	if undated != "" {
		m.give(noDate, "Table "+undated+" prints no dates.")
	}
}

// span is the earliest and the latest date of the figures used, and the number
// of a table among theirs that prints no dates.
func (m *maker) span() (first, last data.Month, undated string) {
	for _, c := range m.used {
		switch {
		case c.AsOf == "":
			if !c.Measure.Dated {
				undated = c.Table
			}
		case first == "":
			first, last = c.AsOf, c.AsOf
		case c.AsOf < first: // months are written so that they sort as text
			first = c.AsOf
		case last < c.AsOf:
			last = c.AsOf
		}
	}
	return first, last, undated
}

// old are the rows of figures used that were old when the report appeared,
// each once, and how many dated rows there are in all.
func (m *maker) old() (old []*data.Cell, rows int) {
	seen := make([]*data.Subject, 0, len(m.used))
	for _, c := range m.used {
		if c.AsOf == "" || hasSubject(seen, c.Subject) {
			continue
		}
		seen = append(seen, c.Subject)
		if c.AsOf.MonthsBefore(m.e.report.Date) > oldAfter {
			old = append(old, c)
		}
	}
	return old, len(seen)
}

func (m *maker) oldText(old []*data.Cell, rows int) string {
	tail := ", more than a year before the report (" + m.e.report.Date.Words() + ")."
	if rows == 1 {
		return "The figure dates from " + old[0].AsOf.Words() + tail
	}
	if len(old) > maxNamed {
		return "Several of the figures are dated" + tail[1:]
	}
	names := make([]string, len(old))
	for i, c := range old {
		names[i] = theName(c.Subject) + " (" + c.AsOf.Words() + ")"
	}
	head := "The figures for "
	if len(old) == 1 {
		head = "The figure for "
	}
	return head + listed(names) + dated(len(old)) + tail[1:]
}

func dated(n int) string {
	if n == 1 {
		return " is dated"
	}
	return " are dated"
}

func hasSubject(list []*data.Subject, s *data.Subject) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// workCaveats tells what was worked out, and over how many rows.
func (m *maker) workCaveats() {
	if m.derived {
		text := "Worked out from the printed figures; the report does not print it."
		for _, c := range m.extra {
			if c.Code == computed {
				text = c.Text
			}
		}
		m.give(computed, text)
	}
	if m.rows > 0 && m.have < m.rows {
		m.give(partialCoverage, commas(int64(m.have))+" of "+count(m.rows, "country has", "countries have")+" a figure for "+m.covers+"; the others are left out.")
	}
}

// columnCaveats tells where the column of a figure was deduced or the cell is
// no plain number.
func (m *maker) columnCaveats() {
	m.deducedCaveat(data.Inferred, columnInferred)
	m.deducedCaveat(data.Ambiguous, columnAmbiguous)
	for _, c := range m.used {
		if !c.Number.Composite || m.isCombined(c) {
			continue
		}
		raw := c.Number.Raw
		if strings.Contains(raw, "+") {
			m.giveOnce(composite, `The report prints "`+raw+`", which adds up to `+plain(c.Number.Value)+".")
		} else {
			m.giveOnce(composite, `The report prints the cell as "`+raw+`".`)
		}
	}
}

func (m *maker) isCombined(c *data.Cell) bool {
	for _, code := range c.Measure.Caveats {
		if code == combined {
			return true
		}
	}
	return false
}

// deducedCaveat tells of the figures whose column is not plain from the print:
// by the row's own reason for one, by name or number for several.
func (m *maker) deducedCaveat(d data.Deduction, code string) {
	var cells []*data.Cell
	for _, c := range m.used {
		if c.Deduction == d && !hasCell(cells, c) {
			cells = append(cells, c)
		}
	}
	if len(cells) == 0 {
		return
	}
	known := m.e.report.Vocabulary.Caveats
	if several := known["several_"+code]; several != "" && len(cells) > maxNamed {
		m.give(code, several)
		return
	}
	text := known[code]
	if text == "" {
		text = cells[0].Reason
	}
	if len(m.used) > 1 {
		text = whichCells(cells) + ": " + lowerFirst(text, "The ")
	}
	m.give(code, text)
}

// whichCells names the figures that a caveat is about.
func whichCells(cells []*data.Cell) string {
	if len(cells) > maxNamed {
		return "For several of the figures"
	}
	names := make([]string, len(cells))
	for i, c := range cells {
		names[i] = theName(c.Subject) + " " + printed(c.Number)
	}
	return "For " + listed(names)
}

func hasCell(list []*data.Cell, c *data.Cell) bool {
	for _, x := range list {
		if x == c {
			return true
		}
	}
	return false
}

// measureCaveats gives those that every figure of a measure needs.
func (m *maker) measureCaveats() {
	for i, c := range m.used {
		if len(c.Measure.Caveats) == 0 || i > 0 && m.used[i-1].Measure == c.Measure {
			continue
		}
		for _, code := range c.Measure.Caveats {
			m.giveOnce(code, m.sentence(code, "See the report on "+m.e.words(c.Measure).Noun+"."))
		}
	}
}

// giveOnce gives a caveat unless one of its code and text is there.
func (m *maker) giveOnce(code, text string) {
	for _, c := range m.a.Caveats {
		if c.Code == code && c.Text == text {
			return
		}
	}
	m.give(code, text)
}

// subjectCaveats tells of rows that are no countries and of rows that overlap.
func (m *maker) subjectCaveats() {
	seen := make([]*data.Subject, 0, len(m.used))
	overlapping := false
	for _, c := range m.used {
		if hasSubject(seen, c.Subject) {
			continue
		}
		for _, s := range seen {
			if len(s.Members)+len(c.Subject.Members) > 0 {
				overlapping = overlapping || overlap(s, c.Subject)
			}
		}
		seen = append(seen, c.Subject)
	}
	for _, s := range seen {
		if s.Kind != data.Country {
			m.give(notACountry, upperFirst(theName(s))+" "+isA(s)+", not a country.")
		}
	}
	if overlapping {
		m.caveat(overlaps, m.sentence(overlaps, "A region's row covers some of the same people as its countries' rows; nothing was counted twice."))
	}
}

// isA says what a row is that is not a country.
func isA(s *data.Subject) string {
	switch s.Kind {
	case data.Region:
		return "is a region"
	case data.Bloc:
		return "is a bloc"
	}
	return "are a people"
}
