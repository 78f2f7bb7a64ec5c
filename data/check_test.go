package data

import (
	"strings"
	"testing"
)

// outcome writes checks as lines: a mark, the name, the detail.
func outcome(checks []Check) string {
	var b strings.Builder
	for _, c := range checks {
		mark := "ok"
		switch {
		case c.Info:
			mark = "info"
		case !c.OK:
			mark = "FAIL"
		}
		b.WriteString(mark + " " + c.Name + ": " + c.Detail + "\n")
	}
	return b.String()
}

func TestChecksOfTheEmbeddedReport(t *testing.T) {
	got := outcome(embeddedReport(t).Check())
	for _, want := range []string{
		"ok rows of table 1: 53 of 53\n",
		"ok countries in table 1: 48 of 48\n",
		"ok footnotes of table 1: 18 to 105 without gap\n",
		"ok rows of table 2: 22 of 22\n",
		"ok footnotes of table 2: 172 to 199 without gap\n",
		"ok rows of table 2 found in table 1: 22 of 22\n",
		"ok countries that print returned: 33 of 33\n",
		"ok least sum of returned: 5,617; the report states at least 5,600\n",
		"ok countries in the chart's regions: 44 of 44\n",
		"ok countries in no region of the chart: Australia, Bulgaria, Sudan, Turkey\n",
		"info tables disagree: Bosnia: fighters 248 in table 1, total 148 in table 2 (cannot both hold)\n",
		"info tables disagree: Kosovo: fighters 317 in table 1, total ~300 in table 2\n",
		"info region and members: EU: fighters ~5,000; 12 of 12 members add up to 5,628\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("missing: %s", want)
		}
	}
	if strings.Contains(got, "FAIL") {
		t.Errorf("a check fails:\n%s", got)
	}
	if n := strings.Count(got, "tables disagree"); n != 10 {
		t.Errorf("%d rows on which the tables disagree, want 10", n)
	}
}

func TestChecksOfTheSmallPackage(t *testing.T) {
	want := `ok rows of table 1: 4 of 4
ok countries in table 1: 3 of 3
ok footnotes of table 1: 1 to 6 without gap
ok rows of table 2: 2
ok countries in table 2: 2
ok footnotes of table 2: none
ok rows of table 2 found in table 1: 2 of 2
ok countries that print singers: 3 of 3
ok least sum of singers: 130; the report states at least 130
ok regions of the chart: 1 of 1
ok countries in the chart's regions: 2 of 2
ok regions of the chart share no country: 2 countries in 1 regions
ok countries in no region of the chart: Ruritania
info tables disagree: Freedonia: singers ~100 in table 1, voices 130 in table 2 (cannot both hold)
info tables disagree: Sylvania: singers 30 in table 1, voices >30 in table 2 (cannot both hold)
info text disagrees: Freedonia: singers ~100 in table 1, 104 in finding freedonia-sings-more
info region and members: Old Marches: singers >120; 2 of 2 members add up to 130
info region and members: Old Marches: won 7; 2 of 2 members add up to 4
`
	if got := outcome(smallReport(t).Check()); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestChecksNoticeSlips(t *testing.T) {
	for _, tc := range []struct{ file, before, after, want string }{
		{"singers.csv", ",30,4", ",30,", "FAIL footnotes of table 1: singers.csv:3:20: 5 follows 3"},
		{"singers.csv", "Freedonia,2,", "Freedonia,3,", "FAIL footnotes of table 1: singers.csv:2:11: 3 follows 1"},
		{"singers.csv", "Old Marches,6", "Old Marches,", "FAIL footnotes of table 1: 1 to 5 without gap; expected [1 6]"},
		{"singers.csv", "Ruritania,,<50", "Ruritania,,", "FAIL countries that print singers: 2 of 3"},
		{"singers.csv", "~100", "~110", "FAIL least sum of singers: 140, expected 130; the report states at least 130, which it does not round to"},
		{"singers.csv", "~100", "~99", "FAIL least sum of singers: 129, expected 130; the report states at least 130, which it does not round to"},
		{"places.yaml", "kind: region", "kind: country", "FAIL countries in table 1: 4 of 3"},
		{"places.yaml", "    members: [Freedonia, Sylvania]\nambiguous:", "    members: [Freedonia, Old Marches]\nambiguous:", "FAIL regions of the chart share no country: Old Marches in Marchlands is in another region or no country"},
		{"places.yaml", "    members: [Freedonia, Sylvania]\nambiguous:", "    members: [Freedonia]\nambiguous:", "FAIL countries in no region of the chart: Sylvania, Ruritania"},
	} {
		files := smallFiles(t)
		edit(t, files, []string{tc.file, strings.ReplaceAll(tc.before, "\n", `\n`), strings.ReplaceAll(tc.after, "\n", `\n`)})
		r, err := Load(files)
		if err != nil {
			t.Errorf("%s: %v", tc.after, err)
			continue
		}
		if got := outcome(r.Check()); !strings.Contains(got, tc.want) {
			t.Errorf("%s → %s: no %q in\n%s", tc.before, tc.after, tc.want, got)
		}
	}
}
