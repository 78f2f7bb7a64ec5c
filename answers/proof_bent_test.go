package answers

import (
	"errors"
	"strings"
	"testing"
)

// bend makes the answer of a code and puts one text for another in all that it
// says; the figures stay as they are.
func bend(t *testing.T, e *Engine, code, from, to string) error {
	t.Helper()
	r, err := e.ParseCode(code + "@" + e.report.Edition)
	if err != nil {
		t.Fatal(err)
	}
	m := e.run(&r, true)
	if err := e.prove(&m.a, &r); err != nil {
		t.Fatalf("%s fails unbent: %v", code, err)
	}
	if !strings.Contains(m.a.Text, from) {
		t.Fatalf("%s: no %q in\n%s", code, from, m.a.Text)
	}
	m.a.Text = strings.Replace(m.a.Text, from, to, 1)
	m.a.Headline = strings.Replace(m.a.Headline, from, to, 1)
	return e.prove(&m.a, &r)
}

// TestBentAnswersFail: each of these says something that the data do not.
func TestBentAnswersFail(t *testing.T) {
	e := bare(t)
	bent := 0
	for _, c := range []struct{ why, code, from, to string }{
		{"a wrong digit", "lookup:returned:france", "302", "303"},
		{"a lost digit", "lookup:fighters:france", "1,910", "910"},
		{"a digit too many", "lookup:returned:france", "302", "3,021"},
		{"a decimal", "lookup:returned:france", "302", "302.5"},
		{"~ dropped", "lookup:returned:uk", "~425", "425"},
		{"~ turned into >", "lookup:returned:uk", "~425", ">425"},
		{"> dropped", "lookup:fighters:germany", ">915", "915"},
		{"> turned into ~", "lookup:fighters:germany", ">915", "~915"},
		{"< dropped", "lookup:fighters:bulgaria", "<10", "10"},
		{"< turned into at least", "lookup:fighters:bulgaria", "<10", "at least 10"},
		{"exact made rough", "lookup:returned:france", "302", "~302"},
		{"exact made rough in words", "lookup:returned:france", "302", "about 302"},
		{"exact made a bound", "lookup:returned:france", "302", "more than 302"},
		{"a bound in words", "lookup:returned:france", "302", "302 or more"},
		{"a wrong month", "lookup:returned:france", "August 2017", "September 2017"},
		{"a wrong year", "lookup:returned:france", "August 2017", "August 2018"},
		{"a year without its month", "lookup:returned:france", "August 2017", "2017"},
		{"a wrong footnote", "lookup:returned:france", "footnote 47", "footnote 947"},
		{"a footnote as a figure", "lookup:returned:france", "302", "47"},
		{"a table that is not there", "lookup:returned:france", "table 1", "table 3"},
		{"another edition", "lookup:returned:france", "edition 2017-10", "edition 2016-10"},
		{"a number added", "lookup:returned:france", "returned", "returned (12 of them last year)"},
		{"a percentage added", "lookup:returned:france", "302 returned", "302 returned, 16%"},
		{"a wrong percentage", "share:returned/fighters:france", "15.8%", "16.8%"},
		{"a percentage as a number", "share:returned/fighters:france", "15.8%", "15.8"},
		{"an input of a share bent", "share:returned/fighters:france", "1,910", "1,901"},
		{"figures swapped", "lookup:returned:france,germany", "France: 302", "France: ~300"},
		{"a place out of the list", "rank:returned:limit=5", "\n5  ", "\n9  "},
		{"another limit's figure", "rank:returned:limit=5", "~900", "~901"},
		{"a wrong count", "count:fighters:cond=gt,1000", "countries", "countries, 77 countries"},
		{"the threshold as a figure", "filter:fighters:cond=gt,1000:within=north-america", "1,000", "1,001"},
		{"a claim's number as the figure", "lookup:women:france:claim=1:cond=eq,460", "~320", "460"},
		{"a claim's number bent", "lookup:women:france:claim=1:cond=eq,460", "460", "461"},
		{"a sum without its bound", "total:returned", "at least", "exactly"},
		{"a sum's digits", "total:returned", "5,617", "5,671"},
		{"coverage bent", "total:returned", "33", "34"},
		{"a finding's number", "finding:findings=returned-5600-33-countries", "5,600", "6,500"},
		{"a finding's count", "finding:findings=returned-5600-33-countries", "33", "35"},
		{"a difference", "difference:returned:france,italy", "289", "298"},
	} {
		err := bend(t, e, c.code, c.from, c.to)
		bent++
		var unproved *UnprovedError
		switch {
		case err == nil:
			t.Errorf("%s passes: %q for %q in %s", c.why, c.to, c.from, c.code)
		case !errors.As(err, &unproved) || unproved.Number == "" || unproved.Where == "":
			t.Errorf("%s: %v does not name the number", c.why, err)
		}
	}
	if got := e.unproved.Load(); got != int64(bent) && !t.Failed() {
		t.Errorf("%d failures counted for %d bent answers", got, bent)
	}
}

// TestBentFiguresFail: the figures of an answer must be the report's.
func TestBentFiguresFail(t *testing.T) {
	e := bare(t)
	for why, bend := range map[string]func(*Figure){
		"raw":       func(f *Figure) { f.Raw = "~426" },
		"value":     func(f *Figure) { v := 426.0; f.Value = &v },
		"no value":  func(f *Figure) { f.Value = nil },
		"qualifier": func(f *Figure) { f.Qualifier = "exact" },
		"low":       func(f *Figure) { v := 1.0; f.Low = &v },
		"high":      func(f *Figure) { f.High = nil },
		"subject":   func(f *Figure) { f.Subject = "France" },
		"no row":    func(f *Figure) { f.Subject = "Narnia" },
		"measure":   func(f *Figure) { f.Measure = "women" },
		"date":      func(f *Figure) { f.AsOf = "2017-03" },
		"table":     func(f *Figure) { f.Table = "2" },
		"finding":   func(f *Figure) { f.Finding = "no-such-finding" },
		"derived":   func(f *Figure) { f.Derived = true },
	} {
		r, err := e.ParseCode("lookup:returned:uk@" + e.report.Edition)
		if err != nil {
			t.Fatal(err)
		}
		m := e.run(&r, true)
		bend(&m.a.Figures[0])
		if e.prove(&m.a, &r) == nil {
			t.Errorf("a bent %s passes", why)
		}
	}
}

// TestBentTableFails: a row of a table holds its own subject's figures.
func TestBentTableFails(t *testing.T) {
	e := bare(t)
	r, err := e.ParseCode("rank:returned:limit=5@" + e.report.Edition)
	if err != nil {
		t.Fatal(err)
	}
	for why, bend := range map[string]func(rows [][]string){
		"figures of two rows swapped": func(rows [][]string) { rows[0][2], rows[1][2] = rows[1][2], rows[0][2] },
		"a sign dropped":              func(rows [][]string) { rows[1][2] = strings.TrimLeft(rows[1][2], "~<>") },
		"a number out of nowhere":     func(rows [][]string) { rows[2][2] = "12,345" },
	} {
		m := e.run(&r, true)
		if m.a.Table == nil {
			t.Fatal("no table")
		}
		bend(m.a.Table.Rows)
		if e.prove(&m.a, &r) == nil {
			t.Errorf("%s: passes", why)
		}
	}
}
