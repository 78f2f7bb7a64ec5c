package data

import (
	"math"
	"strconv"
	"strings"
)

const findingsName = "findings.yaml"

// findingEntry is one entry of findings.yaml.
type findingEntry struct {
	ID                   string
	Section, Topic, Gist string
	Keywords, Asks       []string
	Figures              []*figureEntry
	Footnotes            []int
	Subjects, Measures   []Text
	Contradicts          []*refEntry
	Pos                  Pos
}

type figureEntry struct {
	Printed, Qualifier, Unit, Of string
	Value                        *float64
	AsOf                         string `yaml:"as_of"`
	Pos                          Pos
}

type refEntry struct {
	Subject, Measure Text
	Pos              Pos
}

// addFindings adds the prose's findings to the report.
func (r *Report) addFindings(entries []*findingEntry, ps *Problems) {
	for _, e := range entries {
		f := r.finding(e, ps)
		if first, taken := r.byFinding[f.ID]; taken {
			ps.at(f.Pos, "finding %q stands twice; the first is on line %d", f.ID, first.Pos.Line)
			continue
		}
		r.byFinding[f.ID] = f
		r.Findings = append(r.Findings, f)
		for _, ref := range f.Contradicts {
			c, _ := ref.Subject.cell(ref.Measure)
			r.contradicting[c] = append(r.contradicting[c], f)
		}
	}
}

func (r *Report) finding(e *findingEntry, ps *Problems) *Finding {
	f := &Finding{
		ID: e.ID, Section: e.Section, Topic: e.Topic, Gist: e.Gist, Keywords: e.Keywords, Asks: e.Asks,
		Footnotes: e.Footnotes, Pos: e.Pos,
	}
	checkFinding(f, ps)
	for _, figure := range e.Figures {
		if stated, ok := statedFigure(figure, ps); ok {
			f.Figures = append(f.Figures, stated)
		}
	}
	for _, name := range e.Subjects {
		if s, ok := r.subjectAt(name, ps); ok {
			f.Subjects = append(f.Subjects, s)
		}
	}
	for _, name := range e.Measures {
		if m, ok := r.measureAt(name, ps); ok {
			f.Measures = append(f.Measures, m)
		}
	}
	for _, ref := range e.Contradicts {
		f.Contradicts = append(f.Contradicts, r.refs(ref, ps)...)
	}
	return f
}

func checkFinding(f *Finding, ps *Problems) {
	if f.ID == "" || slug(f.ID) != f.ID {
		ps.at(f.Pos, "id %q must be lower-case words with hyphens between", f.ID)
	}
	for _, needed := range [...][2]string{{"section", f.Section}, {"topic", f.Topic}, {"gist", f.Gist}} {
		if strings.TrimSpace(needed[1]) == "" {
			ps.at(f.Pos, "finding %q needs a %s", f.ID, needed[0])
		}
	}
	for _, n := range f.Footnotes {
		if n < 1 {
			ps.at(f.Pos, "finding %q: %d is not a footnote marker", f.ID, n)
		}
	}
}

func (r *Report) subjectAt(name Text, ps *Problems) (*Subject, bool) {
	s, ok := r.bySubject[name.Value]
	if !ok || s.Name != name.Value {
		ps.at(name.Pos, "subject %q is not a row of the report's tables; write the name as the table prints it", name.Value)
		return nil, false
	}
	return s, true
}

func (r *Report) measureAt(name Text, ps *Problems) (*Measure, bool) {
	m, ok := r.byMeasure[name.Value]
	if !ok {
		ps.at(name.Pos, "measure %q is not in the tables; known: %s", name.Value, strings.Join(r.measureNames(), ", "))
	}
	return m, ok
}

func (r *Report) measureNames() []string {
	names := make([]string, len(r.Measures))
	for i, m := range r.Measures {
		names[i] = m.Name
	}
	return names
}

// refs resolves a reference to a printed figure, which must be there.
func (r *Report) refs(e *refEntry, ps *Problems) []Ref {
	s, ok := r.subjectAt(e.Subject, ps)
	m, ok2 := r.measureAt(e.Measure, ps)
	if !ok || !ok2 {
		return nil
	}
	if _, ok := r.Cell(s, m); !ok {
		ps.at(e.Pos, "the tables print no %s for %s, so nothing there can differ", m.Name, s.Name)
		return nil
	}
	return []Ref{{s, m}}
}

func statedFigure(e *figureEntry, ps *Problems) (StatedFigure, bool) {
	q, ok := parseQualifier(e.Qualifier)
	switch {
	case !ok:
		ps.at(e.Pos, "qualifier %q is not one of %s", e.Qualifier, strings.Join(qualifierNames[:4], ", "))
	case e.Value == nil:
		ps.at(e.Pos, "the figure %q needs a value", e.Printed)
	case e.Printed == "" || e.Unit == "":
		ps.at(e.Pos, "a figure needs printed (its words) and unit")
	case !printsValue(e.Printed, *e.Value):
		ps.at(e.Pos, "printed %q does not hold the value %s", e.Printed, formatNumber(*e.Value))
	case e.AsOf != "" && !Month(e.AsOf).Valid() && !isYear(e.AsOf):
		ps.at(e.Pos, "as_of %q must be YYYY-MM, YYYY or empty", e.AsOf)
	default:
		n := NewNumber(q, *e.Value)
		n.Raw = e.Printed
		return StatedFigure{Number: n, Printed: e.Printed, Unit: e.Unit, Of: e.Of, AsOf: e.AsOf}, true
	}
	return StatedFigure{}, false
}

func isYear(s string) bool { return len(s) == 4 && allDigits(s) }

// printsValue says whether the printed words hold the value. Words without
// digits ("twelve") are taken on trust.
func printsValue(printed string, value float64) bool {
	digits := func(r rune) bool { return (r < '0' || r > '9') && r != ',' && r != '.' }
	found := false
	for _, text := range strings.FieldsFunc(printed, digits) {
		n, err := parseDigits(strings.Trim(text, ",."))
		if err != nil {
			continue
		}
		if math.Abs(n-value) < 1e-9 {
			return true
		}
		found = true
	}
	return !found
}

// formatNumber writes a number as the report prints numbers: 1,500.
func formatNumber(v float64) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	whole, fraction, hasPoint := strings.Cut(text, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if hasPoint {
		whole += "." + fraction
	}
	return sign + whole
}
