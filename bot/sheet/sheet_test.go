package sheet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reportbot/answers"
	"reportbot/data"
)

func ask(t *testing.T, question string) answers.Answer {
	t.Helper()
	report, err := data.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e, err := answers.New(report)
	if err != nil {
		t.Fatal(err)
	}
	a, _, err := e.Ask(question, answers.Context{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// read is a file as a spreadsheet reads it, by the columns' names.
func read(t *testing.T, file []byte) []map[string]string {
	t.Helper()
	text, marked := bytes.CutPrefix(file, []byte("\xEF\xBB\xBF"))
	if !marked {
		t.Error("the file is not marked as UTF-8")
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i, name := range rows[0] {
			cells[name] = row[i]
		}
		out = append(out, cells)
	}
	return out
}

// TestEveryFigureWithAllThatGoesWithIt: qualifier, bounds, date, table,
// footnotes and caveats stand in each row.
func TestEveryFigureWithAllThatGoesWithIt(t *testing.T) {
	a := ask(t, "top 8 by returnees as csv")
	rows := read(t, Of(&a.Parts[0], a.Code).CSV())
	if len(rows) != 8 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, want := range map[int]map[string]string{
		0: {"subject": "Turkey", "figure": "~900", "value": "900", "qualifier": "about", "low": "900", "high": "900", "as_of": "2016-06", "table": "1", "footnotes": "100", "column": "inferred", "printed": "~900"},
		1: {"subject": "Tunisia", "figure": ">800", "value": "800", "qualifier": "more_than", "low": "800", "high": "", "as_of": "2016-12"},
		5: {"subject": "France", "measure": "returned", "figure": "302", "qualifier": "exact", "unit": "people", "footnotes": "47", "column": ""},
	} {
		for name, cell := range want {
			if rows[i][name] != cell {
				t.Errorf("row %d, %s: %q, want %q", i, name, rows[i][name], cell)
			}
		}
	}
	for _, row := range rows {
		for _, said := range append(slices.Clone(a.Parts[0].Caveats), "leave the order open between Turkey and Tunisia") {
			if !strings.Contains(row["caveats"], said) {
				t.Errorf("%s lacks the caveat %q", row["subject"], said)
			}
		}
		if row["code"] != a.Code || !strings.Contains(row["source"], "Beyond the Caliphate") || !strings.Contains(row["source"], "edition 2017-10") {
			t.Errorf("%s: source %q, code %q", row["subject"], row["source"], row["code"])
		}
	}
}

// TestSumsWithTheirRows: what went into a sum stands below it, each figure once.
func TestSumsWithTheirRows(t *testing.T) {
	for _, question := range []string{"returnees in Western Europe", "returnees in Western Europe as csv"} {
		a := ask(t, question)
		rows := read(t, Of(&a.Parts[0], a.Code).CSV())
		if len(rows) != 14 || rows[0]["figure"] != "at least about 1,593" || rows[0]["worked_out"] != "sum" || rows[0]["inputs"] != "13" || rows[0]["high"] != "" {
			t.Fatalf("%s: %d rows, the first %v", question, len(rows), rows[0])
		}
		seen := map[string]bool{}
		for _, row := range rows[1:] {
			if seen[row["subject"]] || row["role"] != "input" {
				t.Errorf("%s: %v", question, row)
			}
			seen[row["subject"]] = true
		}
	}
	a := ask(t, "tell me about France")
	rows := read(t, Of(&a.Parts[0], a.Code).CSV())
	last := rows[len(rows)-1]
	if last["measure"] != "unaccounted" || last["figure"] != "about 908" || last["worked_out"] != "difference" || len(rows) != 9 {
		t.Errorf("%d rows, the last %v", len(rows), last)
	}
}

func TestNoFigures(t *testing.T) {
	a := ask(t, "hello")
	if s := Of(&a.Parts[0], a.Code); s != nil {
		t.Errorf("%+v", s)
	}
}

// TestNoCellIsAFormula: whatever stands in a cell, it comes back, and no
// spreadsheet takes it for a formula.
func TestNoCellIsAFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-6": "'-6", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "＝1": "'＝1",
		"~320": "~320", ">915": ">915", "<50": "<50", "302": "302", "": "", "a=b": "a=b", `say "x", y`: `say "x", y`,
	} {
		if got := harmless(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.SliceOfN(rapid.StringMatching(`[=+@\-\t"',; \na-z0-9~<>é]{0,12}`), 2, 5).Draw(t, "row")
		s := Sheet{Columns: make([]string, len(row)), Rows: [][]string{row}}
		s.Columns[0] = "c"
		text := bytes.TrimPrefix(s.CSV(), []byte("\xEF\xBB\xBF"))
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, cell := range rows[1] {
			if strings.IndexAny(cell, "=+-@\t\r\n") == 0 {
				t.Errorf("cell %q", cell)
			}
			if strings.TrimPrefix(cell, "'") != strings.TrimPrefix(row[i], "'") {
				t.Errorf("%q came back as %q", row[i], cell)
			}
		}
	})
}

func TestASheetIsStored(t *testing.T) {
	a := ask(t, "top 3 by returnees")
	s := Of(&a.Parts[0], a.Code)
	stored, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var again Sheet
	if err := json.Unmarshal(stored, &again); err != nil || !reflect.DeepEqual(&again, s) {
		t.Errorf("%v: %s", err, stored)
	}
}

// TestMarkdown: it says what the text says, and nothing in it is markup by chance.
func TestMarkdown(t *testing.T) {
	a := ask(t, "top 4 by returnees")
	got := Markdown(&a)
	for _, want := range []string{
		"*Read as: Top 4 · Returned · all countries*\n\n**Most returnees:**\n\n",
		"| # | Country | Returned | As of |\n| --- | --- | --- | --- |\n| 1 | Turkey | \\~900 | June 2016 |\n| 2 | Tunisia | \\>800 | December 2016 |\n",
		"\n- 33 of 48 countries have a figure for returnees; the others are left out.\n",
		"\nSource: table 1, footnotes 85, 99 and 100; edition 2017-10.\n",
		"\nAsk next:\n\n- total number of returnees in all countries\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
	for text, want := range map[string]string{"a | b": `a \| b`, "# no heading": `\# no heading`, "- no item": `\- no item`, "~3 and ~4": `\~3 and \~4`, "<b>": `\<b\>`, "x_y_z": `x\_y\_z`} {
		if got := escaped(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
