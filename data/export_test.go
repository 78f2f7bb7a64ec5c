package data

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestExportCSVOfTheSmallPackage(t *testing.T) {
	var out bytes.Buffer
	if err := smallReport(t).WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	want := `subject,kind,measure,raw,cell,value,qualifier,low,high,unit,as_of,table,row,footnotes,deduction,reason,caveats,edition
Freedonia,country,singers,~100,,100,about,100,100,singers,2001-04,1,1,2,,,approximate tables_disagree,2001-05
Freedonia,country,won,3,3/-,3,exact,3,3,prizes,2001-04,1,1,3,,,,2001-05
Sylvania,country,singers,30,,30,exact,30,30,singers,1999-12,1,2,4,,,old_figure tables_disagree,2001-05
Sylvania,country,won,1,1/12,1,exact,1,1,prizes,1999-12,1,2,5,,,old_figure,2001-05
Sylvania,country,shared,12,1/12,12,exact,12,12,prizes,1999-12,1,2,5,,,old_figure,2001-05
Ruritania,country,singers,<50,,50,fewer_than,0,50,singers,2001-05,1,3,,,,upper_bound,2001-05
Ruritania,country,won,2 taken,2 taken,2,exact,2,2,prizes,2001-05,1,3,,,,composite,2001-05
Old Marches,region,singers,>120,,120,more_than,120,,singers,2001-05,1,4,6,,,lower_bound overlap not_a_country,2001-05
Old Marches,region,won,7,,7,exact,7,7,prizes,2001-05,1,4,6,inferred,Marches share no prizes.,column_inferred overlap not_a_country,2001-05
Freedonia,country,voices,130,,130,exact,130,130,people,,2,1,,,,no_date tables_disagree combined,2001-05
Sylvania,country,voices,>30,>30 in all,30,more_than,30,,people,,2,2,,,,lower_bound no_date tables_disagree combined,2001-05
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

func TestExportJSONIsOneFigureALine(t *testing.T) {
	r := embeddedReport(t)
	var out bytes.Buffer
	if err := r.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	var figures []Exported
	if err := json.Unmarshal(out.Bytes(), &figures); err != nil {
		t.Fatal(err)
	}
	cells := slices.Collect(r.Cells())
	if lines := strings.Count(out.String(), "\n"); len(figures) != len(cells) || lines != len(cells)+2 {
		t.Errorf("%d figures on %d lines for %d cells", len(figures), lines, len(cells))
	}
	for i, f := range figures {
		if c := cells[i]; f.Subject != c.Subject.Name || f.Raw != c.Number.Raw || (f.High == nil) != (f.Qualifier == "more_than") {
			t.Errorf("%+v", f)
		}
	}
	if !strings.Contains(out.String(), `"raw":">915","cell":"","value":915,"qualifier":"more_than","low":915,"high":null`) {
		t.Error("an open bound is not null")
	}
}

func TestExportCSVHoldsNoFormulas(t *testing.T) {
	var out bytes.Buffer
	if err := embeddedReport(t).WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	guarded := 0
	for _, line := range lines {
		for _, cell := range line {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a spreadsheet runs %q", cell)
			}
			if strings.HasPrefix(cell, "'-/") {
				guarded++
			}
		}
	}
	if guarded != 2 { // two rows print nothing before the slash
		t.Errorf("%d guarded cells", guarded)
	}
}

func TestCaveatsOfPrintedFigures(t *testing.T) {
	r := embeddedReport(t)
	for _, tc := range []struct{ subject, measure, want string }{
		{"France", "returned", ""},
		{"Germany", "returned", "approximate"},
		{"Morocco", "stop_listed", "turkey_list"},
		{"Turkey", "stop_listed", "upper_bound old_figure column_inferred turkey_list"},
		{"Turkey", "returned", "approximate old_figure column_inferred"},
		{"Sweden", "remaining", "old_figure"},
		{"India", "sent_back", "composite turkey_list"},
		{"Austria", "stop_listed", "composite turkey_list"},
		{"EU", "fighters", "approximate old_figure tables_disagree overlap not_a_country"},
		{"EU", "women", "approximate no_date column_ambiguous overlap not_a_country"},
		{"Uighurs", "fighters", "approximate not_a_country"},
		{"Kazakhstan", "women_and_children", "lower_bound no_date combined"},
		{"USA", "returned", ""},
	} {
		c := figure(t, r, tc.subject, tc.measure)
		if got := strings.Join(r.Caveats(c), " "); got != tc.want {
			t.Errorf("%s %s: %q, want %q", tc.subject, tc.measure, got, tc.want)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestExportReportsAFailedWrite(t *testing.T) {
	r := smallReport(t)
	if err := r.WriteCSV(fullDisk{}); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("csv: %v", err)
	}
	if err := r.WriteJSON(fullDisk{}); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("json: %v", err)
	}
}
