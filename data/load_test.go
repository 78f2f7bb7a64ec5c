package data

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
)

func embeddedReport(tb testing.TB) *Report {
	tb.Helper()
	r, err := Embedded()
	if err != nil {
		tb.Fatalf("the report that is built in does not load:\n%v", err)
	}
	return r
}

func TestEmbeddedReportSaysWhatItIs(t *testing.T) {
	r := embeddedReport(t)
	if r.Edition != "2017-10" || r.Date != "2017-10" || r.Publisher != "The Soufan Group" || r.Title == "" {
		t.Errorf("%q %q %q %q", r.Edition, r.Date, r.Publisher, r.Title)
	}
	var printed []string
	for _, table := range r.Tables {
		for _, m := range table.Measures {
			printed = append(printed, m.Name)
		}
	}
	if got := strings.Join(printed, " "); got != "fighters sent_back stop_listed remaining returned total women children women_and_children" {
		t.Errorf("measures: %s", got)
	}
}

// TestCells reads single figures in all the forms that the tables print.
func TestCells(t *testing.T) {
	r := embeddedReport(t)
	for _, tc := range []struct {
		subject, measure, raw, cell string
		value                       float64
		asOf                        Month
		notes                       []int
		how                         Deduction
	}{
		{"France", "returned", "302", "", 302, "2017-08", []int{47}, Printed},
		{"France", "sent_back", "254", "254/2,622", 254, "2017-08", []int{45}, Printed},
		{"France", "stop_listed", "2,622", "254/2,622", 2622, "2017-08", []int{45}, Printed},
		{"France", "children", "460", "", 460, "", []int{181}, Printed},
		{"Belgium", "stop_listed", "1,519", "85/1,519", 1519, "2017-10", []int{31}, Printed},
		{"Austria", "sent_back", "31", "31/153+51", 31, "2016-12", []int{27}, Printed},
		{"Austria", "stop_listed", "153+51", "31/153+51", 204, "2016-12", []int{27}, Printed},
		{"Indonesia", "sent_back", "435", "435/-", 435, "2017-03", []int{54}, Printed},
		{"India", "sent_back", "37 stopped", "37 stopped", 37, "2017-03", []int{51}, Printed},
		{"Turkey", "stop_listed", "<7,240", "", 7240, "2016-06", []int{101}, Inferred},
		{"Turkey", "returned", "~900", "", 900, "2016-06", []int{100}, Inferred},
		{"USA", "returned", "7", "", 7, "2017-09", []int{104}, Confirmed},
		{"Norway", "fighters", "90", "", 90, "2016-09", []int{79}, Printed},
		{"Sudan", "returned", ">2", "", 2, "2017-08", []int{90}, Printed},
		{"Italy", "remaining", "57", "", 57, "2017-10", []int{59}, Printed},
		{"Switzerland", "fighters", "~70", "", 70, "2017-02", []int{93}, Printed},
		{"UK", "fighters", "~850", "", 850, "2017-02", nil, Printed},
		{"Spain", "women", "21", "", 21, "", []int{194}, Ambiguous},
		{"Kazakhstan", "women_and_children", ">200", ">200 women and children", 200, "", []int{187}, Printed},
		{"Kazakhstan", "returned", "120", "", 120, "2017-04", []int{64}, Inferred},
	} {
		c := figure(t, r, tc.subject, tc.measure)
		if c == nil {
			continue
		}
		if c.Number.Raw != tc.raw || c.Cell != tc.cell || c.Number.Value != tc.value || c.AsOf != tc.asOf || c.Deduction != tc.how {
			t.Errorf("%s %s: %+v %q %s %s", tc.subject, tc.measure, c.Number, c.Cell, c.AsOf, c.Deduction)
		}
		if !slices.Equal(c.Footnotes, tc.notes) {
			t.Errorf("%s %s: footnotes %v, want %v", tc.subject, tc.measure, c.Footnotes, tc.notes)
		}
		if (c.Reason != "") != (c.Deduction != Printed) {
			t.Errorf("%s %s: %s with the reason %q", tc.subject, tc.measure, c.Deduction, c.Reason)
		}
	}
}

func figure(t *testing.T, r *Report, subject, measure string) *Cell {
	t.Helper()
	s, ok := r.Subject(subject)
	m, ok2 := r.Measure(measure)
	if !ok || !ok2 {
		t.Fatalf("no %s or no %s", subject, measure)
	}
	c, ok := r.Cell(s, m)
	if !ok {
		t.Errorf("no %s of %s", measure, subject)
	}
	return c
}

func TestBlankCellsHaveNoFigure(t *testing.T) {
	r := embeddedReport(t)
	for _, tc := range [][2]string{
		{"Egypt", "stop_listed"}, {"Indonesia", "stop_listed"}, {"Kazakhstan", "sent_back"}, {"Tunisia", "sent_back"},
		{"Turkey", "sent_back"}, {"India", "stop_listed"}, {"Denmark", "women"}, {"Kazakhstan", "women"},
		{"Spain", "children"}, {"USA", "remaining"}, {"Afghanistan", "returned"},
	} {
		s, _ := r.Subject(tc[0])
		m, _ := r.Measure(tc[1])
		if c, ok := r.Cell(s, m); ok {
			t.Errorf("%s %s is blank in the report, got %s", tc[0], tc[1], c.Number.Raw)
		}
	}
	if _, ok := r.Cell(nil, nil); ok {
		t.Error("nobody has a figure")
	}
}

func TestDeducedFigures(t *testing.T) {
	r := embeddedReport(t)
	got := map[Deduction][]string{}
	for c := range r.Cells() {
		got[c.Deduction] = append(got[c.Deduction], c.Subject.Name+" "+c.Measure.Name)
	}
	for how, want := range map[Deduction]string{
		Inferred: "Algeria returned, W. Balkans returned, Central Asia returned, Israel returned, Kazakhstan returned, " +
			"Kyrgyzstan returned, Russia returned, Saudi Arabia returned, Switzerland returned, Tunisia returned, " +
			"Turkey stop_listed, Turkey returned",
		Ambiguous: "Canada women, EU women, Italy women, Kyrgyzstan women, Russia women, Spain women, Switzerland women, Tunisia women",
		Confirmed: "USA returned",
	} {
		if list := strings.Join(got[how], ", "); list != want {
			t.Errorf("%s:\n got %s\nwant %s", how, list, want)
		}
	}
}

// TestSums holds totals that were counted in the report by hand, markers dropped.
func TestSums(t *testing.T) {
	r := embeddedReport(t)
	for _, tc := range []struct {
		measure       string
		countriesOnly bool
		count         int
		sum           float64
	}{
		{"fighters", true, 48, 31587}, {"fighters", false, 53, 44687},
		{"returned", true, 33, 5727}, {"sent_back", false, 18, 3061}, {"stop_listed", false, 18, 40161},
	} {
		count, sum := 0, 0.0
		for c := range r.Cells() {
			if c.Measure.Name == tc.measure && (!tc.countriesOnly || c.Subject.Kind == Country) {
				count++
				sum += c.Number.Value
			}
		}
		if count != tc.count || sum != tc.sum {
			t.Errorf("%s: %d figures make %v, want %d and %v", tc.measure, count, sum, tc.count, tc.sum)
		}
	}
}

// TestEveryFilledCellBecomesFigures reads the CSV files by itself.
func TestEveryFilledCellBecomesFigures(t *testing.T) {
	r := embeddedReport(t)
	for _, table := range r.Tables {
		f, err := os.Open(table.File)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines[1:] {
			checkLine(t, r, table, lines[0], line)
		}
	}
}

func checkLine(t *testing.T, r *Report, table *Table, head, line []string) {
	s, ok := r.Subject(line[0])
	if !ok {
		t.Fatalf("no subject %s", line[0])
	}
	for _, m := range table.Measures {
		at := slices.Index(head, m.Column)
		c, printed := r.Cell(s, m)
		if line[at] == "" && printed {
			t.Errorf("%s %s: %s out of an empty cell", s.Name, m.Name, c.Number.Raw)
		}
		if printed && !strings.Contains(strings.ReplaceAll(line[at], "~ ", "~"), c.Number.Raw) {
			t.Errorf("%s %s: %s does not stand in %q", s.Name, m.Name, c.Number.Raw, line[at])
		}
	}
}

func TestSubjectsAreFoundByNameAndSlug(t *testing.T) {
	r := embeddedReport(t)
	for name, want := range map[string]string{"W. Balkans": "W. Balkans", "w-balkans": "W. Balkans", "Saudi Arabia": "Saudi Arabia", "saudi-arabia": "Saudi Arabia", "uk": "UK"} {
		if s, ok := r.Subject(name); !ok || s.Name != want {
			t.Errorf("%q finds %v", name, s)
		}
	}
	for _, name := range []string{"", "Atlantis", "france "} {
		if s, ok := r.Subject(name); ok {
			t.Errorf("%q finds %s", name, s.Name)
		}
	}
}

func TestEveryCountryOfTheWorldIsKnown(t *testing.T) {
	r := embeddedReport(t)
	codes := isoCountries()
	if len(codes) != 250 { // the 249 of ISO 3166-1, and Kosovo
		t.Errorf("%d countries: %v", len(codes), codes)
	}
	rows, others := map[string]bool{}, map[string]bool{}
	for _, s := range r.Subjects {
		rows[s.Code] = true
	}
	for _, u := range r.Uncovered {
		others[u.Code] = true
		if u.Name == "" {
			t.Errorf("%s has no name", u.Code)
		}
	}
	for _, code := range codes {
		if rows[code] == others[code] {
			t.Errorf("%s: row %v, without a row %v", code, rows[code], others[code])
		}
	}
}

func TestCountriesWithoutARowHaveNoBrackets(t *testing.T) {
	for _, u := range embeddedReport(t).Uncovered {
		if u.Code != "" && strings.ContainsAny(u.Name, "()") || u.Kind == "" {
			t.Errorf("%+v", u)
		}
	}
}

func TestForeignNames(t *testing.T) {
	r := embeddedReport(t)
	names := r.ForeignNames()
	for _, want := range []ForeignName{{"DE", "fr", "Allemagne"}, {"SE", "fr", "Suède"}, {"TR", "tr", "Türkiye"}, {"AT", "de", "Österreich"}, {"IE", "es", "Irlanda"}, {"XK", "de", "Kosovo"}, {"MM", "fr", "Birmanie"}} {
		if !slices.Contains(names, want) {
			t.Errorf("%v is missing", want)
		}
	}
}

func BenchmarkEmbedded(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Embedded(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkForeignNames(b *testing.B) {
	r := embeddedReport(b)
	b.ReportAllocs()
	for b.Loop() {
		r.ForeignNames()
	}
}
