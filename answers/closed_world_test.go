package answers

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The closed world: what the tables print is finite, so all of it is asked
// for. The oracle here reads the CSV files by itself and shares no code with
// package data; what it expects of an answer is the contract's.

// inCell is one figure as the oracle reads it.
type inCell struct {
	subject, measure, raw string
	n                     int  // the printed number
	sign                  byte // '=', '~', '>' or '<'
	date                  string
	deduction             string
	composite             bool
}

// oracle is the two tables.
type oracle struct {
	rows    []string // subjects in the order of the first table
	second  []string // those of the second
	figures map[[2]string]inCell
}

// notCountries are the rows of the first table that are regions, a bloc and a people.
var notCountries = []string{"W. Balkans", "Central Asia", "EU", "SE Asia", "Uighurs"}

var (
	firstMeasures  = []string{"fighters", "sent_back", "stop_listed", "remaining", "returned"}
	secondMeasures = []string{"total", "women", "children"}
)

func readOracle(t testing.TB) *oracle {
	t.Helper()
	o := &oracle{figures: map[[2]string]inCell{}}
	for _, rec := range records(t, "../data/fighters.csv") {
		o.rows = append(o.rows, rec["subject"])
		for _, column := range []string{"fighters", "remaining", "returned"} {
			o.add(t, rec, column, rec[column])
		}
		turkey := rec["turkey"]
		if left, right, ok := strings.Cut(turkey, "/"); ok {
			o.add(t, rec, "sent_back", left)
			o.add(t, rec, "stop_listed", right)
		} else if strings.HasSuffix(turkey, " stopped") {
			o.add(t, rec, "sent_back", turkey)
		} else {
			o.add(t, rec, "stop_listed", turkey)
		}
	}
	for _, rec := range records(t, "../data/women_children.csv") {
		o.second = append(o.second, rec["subject"])
		for _, column := range []string{"total", "women", "children", "women_and_children"} {
			o.add(t, rec, column, strings.TrimSuffix(rec[column], " women and children"))
		}
	}
	if len(o.rows) != 53 || len(o.second) != 22 {
		t.Fatalf("%d and %d rows", len(o.rows), len(o.second))
	}
	return o
}

// records are a file's rows, by the name of the column.
func records(t testing.TB, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range lines[1:] {
		rec := map[string]string{}
		for i, head := range lines[0] {
			rec[head] = line[i]
		}
		out = append(out, rec)
	}
	return out
}

// add notes one printed figure; an empty cell and a dash are none.
func (o *oracle) add(t testing.TB, rec map[string]string, measure, raw string) {
	t.Helper()
	if raw == "" || raw == "-" {
		return
	}
	p := inCell{subject: rec["subject"], measure: measure, raw: raw, sign: '=', date: rec["date"]}
	text := strings.ReplaceAll(raw, ",", "")
	if strings.ContainsRune("~<>", rune(text[0])) {
		p.sign = text[0]
		text = strings.TrimSpace(text[1:])
		p.raw = string(p.sign) + strings.TrimSpace(raw[1:]) // one row prints "~ 70"
	}
	text, stopped := strings.CutSuffix(text, " stopped")
	p.composite = stopped || strings.Contains(text, "+")
	for part := range strings.SplitSeq(text, "+") {
		n, err := strconv.Atoi(part)
		if err != nil {
			t.Fatalf("%s, %s: %q is no number", p.subject, measure, raw)
		}
		p.n += n
	}
	deductions := strings.Split(rec["deduction"], " | ")
	for i, name := range strings.Split(rec["deduced"], " | ") {
		if name == measure {
			p.deduction = deductions[i]
		}
	}
	o.figures[[2]string{p.subject, measure}] = p
}

// all are the figures, in the order of the tables.
func (o *oracle) all() []inCell {
	var out []inCell
	for _, s := range o.rows {
		for _, m := range slices.Concat(firstMeasures, secondMeasures, []string{"women_and_children"}) {
			if p, ok := o.figures[[2]string{s, m}]; ok {
				out = append(out, p)
			}
		}
	}
	return out
}

// countries are the rows that are countries.
func (o *oracle) countries() []string {
	var out []string
	for _, s := range o.rows {
		if !slices.Contains(notCountries, s) {
			out = append(out, s)
		}
	}
	return out
}

// caveats are the codes that the contract wants for one figure by itself.
// contradicted says whether the prose gives another figure for it.
func (o *oracle) caveats(p inCell, contradicted bool) []string {
	var out []string
	add := func(code string, when bool) {
		if when {
			out = append(out, code)
		}
	}
	turkey := p.measure == "sent_back" || p.measure == "stop_listed"
	add("approximate", p.sign == '~')
	add("column_ambiguous", p.deduction == "ambiguous")
	add("column_inferred", p.deduction == "inferred")
	add("combined", p.measure == "women_and_children")
	add("composite", p.composite)
	add("lower_bound", p.sign == '>')
	add("no_date", p.date == "")
	add("not_a_country", slices.Contains(notCountries, p.subject))
	add("old_figure", p.date != "" && p.date < "2016-10")
	add("tables_disagree", contradicted || o.differs(p))
	add("turkey_list", turkey)
	add("upper_bound", p.sign == '<')
	return out
}

// differs says whether the other table prints another total of the same people.
func (o *oracle) differs(p inCell) bool {
	other := map[string]string{"fighters": "total", "total": "fighters"}[p.measure]
	q, ok := o.figures[[2]string{p.subject, other}]
	return ok && q.raw != p.raw
}

// contradicted are the printed figures for which the prose gives others. A
// percentage in the prose is another figure for a share, not for one cell.
func contradicted(e *Engine) map[[2]string]bool {
	out := map[[2]string]bool{}
	for _, f := range e.report.Findings {
		if len(f.Figures) > 0 && f.Figures[0].Unit == "percent" {
			continue
		}
		for _, c := range f.Contradicts {
			out[[2]string{c.Subject.Name, c.Measure.Name}] = true
		}
	}
	return out
}

// phrasings ask for one figure of the row %s.
var phrasings = map[string][]string{
	"fighters": {"how many fighters went from %s", "fighters from %s", "number of fighters from %s", "%s: fighters",
		"how many people left %s to join IS", "please tell me how many people went from %s", "What is the number of foreign fighters from %s?"},
	"returned": {"returned from %s", "how many returned to %s", "%s: returned", "number of returnees for %s",
		"how many came back to %s", "how many people have gone home to %s?", "returnees, %s"},
	"remaining": {"how many remain from %s", "remaining from %s", "%s: remaining", "number of people remaining from %s",
		"how many from %s are still there", "How many people from %s are still fighting?"},
	"sent_back": {"how many people from %s did Turkey send back", "how many from %s were deported by Turkey", "people from %s sent back by Turkey",
		"%s: sent back by Turkey", "number of people from %s whom Turkey stopped", "how many people from %s were turned back by Turkey?"},
	"stop_listed": {"how many people from %s are on Turkey's watch list", "%s: Turkey's watch list", "people from %s on the Turkish watch list",
		"number of people from %s on Turkey's stop list", "how many from %s are stop-listed by Turkey", "How many from %s did Turkey put on its watch list?"},
	"total": {"what is the table 2 total for %s", "table 2 total for %s", "table 2 total of %s", "%s: table 2 total", "total for %s in table 2",
		"what does table 2 give as the total for %s?"},
	"women": {"how many women went from %s", "women from %s", "number of women from %s", "%s: women", "how many women are there from %s",
		"How many females from %s?", "please give me the number of women from %s"},
	"children": {"how many children went from %s", "children from %s", "number of children from %s", "%s: children", "kids from %s",
		"How many minors from %s?", "please give me the number of children from %s"},
	"women_and_children": {"how many women and children went from %s", "women and children from %s", "number of women and children from %s",
		"%s: women and children", "how many women and children together went from %s", "women plus children from %s"},
}

// TestEveryFigure: each printed figure is found by each phrasing, as printed,
// with exactly the caveats that apply.
func TestEveryFigure(t *testing.T) {
	e, world := wholeEngine(t), readOracle(t)
	prose := contradicted(e)
	o := newOffers()
	for _, p := range world.all() {
		want := p.subject + ": " + p.measure + " " + p.raw
		caveats := world.caveats(p, prose[[2]string{p.subject, p.measure}])
		for _, phrasing := range phrasings[p.measure] {
			question := fmt.Sprintf(phrasing, p.subject)
			a := asked(t, e, question)
			checkSound(t, e, question, &a)
			o.of(&a)
			right := a.Status == Answered && slices.Equal(figureLines(&a), []string{want}) && slices.Equal(caveatCodes(&a), caveats)
			if knownFault(t, question, right) {
				continue
			}
			if got := figureLines(&a); a.Status != Answered || len(got) != 1 || got[0] != want {
				t.Errorf("%q: %s %s %s\nwant %s", question, a.Status, a.Reason, got, want)
			} else if got := caveatCodes(&a); !slices.Equal(got, caveats) {
				t.Errorf("%q: caveats %s, want %s", question, got, caveats)
			}
		}
	}
	o.check(t, e)
}

// TestEveryEmptyCell: a cell that prints nothing is refused as blank, whatever
// else the row prints, and is never a number or a country not covered.
func TestEveryEmptyCell(t *testing.T) {
	e, world := wholeEngine(t), readOracle(t)
	o := newOffers()
	for _, subject := range world.rows {
		for _, measure := range slices.Concat(firstMeasures, secondMeasures) {
			if _, ok := world.figures[[2]string{subject, measure}]; ok {
				continue
			}
			for _, phrasing := range phrasings[measure] {
				question := fmt.Sprintf(phrasing, subject)
				a := asked(t, e, question)
				checkSound(t, e, question, &a)
				o.of(&a)
				right := a.Status == NotInReport && a.Reason == BlankCell && len(figureLines(&a)) == 0
				if !knownFault(t, question, right) && !right {
					t.Errorf("%q: %s %s %s, want not_in_report blank_cell", question, a.Status, a.Reason, figureLines(&a))
				}
				if p, ok := world.figures[[2]string{subject, "women"}]; ok && p.deduction == "ambiguous" && measure == "children" &&
					!slices.Contains(caveatCodes(&a), "column_ambiguous") {
					t.Errorf("%s: does not say that %s may be children", question, p.raw)
				}
			}
		}
	}
	o.check(t, e)
}

// TestHelpExamples: what help offers is answered.
func TestHelpExamples(t *testing.T) {
	e := wholeEngine(t)
	o := newOffers()
	for _, question := range e.report.Vocabulary.Examples {
		a := asked(t, e, question)
		checkSound(t, e, question, &a)
		sameAgain(t, e, a)
		o.of(&a)
		if a.Status != Answered {
			t.Errorf("%s: %s %s", question, a.Status, a.Reason)
		}
	}
	o.check(t, e)
}
