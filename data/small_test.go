package data

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
)

// smallFiles is an invented package, small enough to check by head.
func smallFiles(tb testing.TB) fstest.MapFS {
	tb.Helper()
	files := fstest.MapFS{}
	dir := os.DirFS("testdata/small")
	names, err := fs.Glob(dir, "*")
	if err != nil || len(names) == 0 {
		tb.Fatal("testdata/small is empty", err)
	}
	for _, name := range names {
		src, err := fs.ReadFile(dir, name)
		if err != nil {
			tb.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: src}
	}
	return files
}

func smallReport(tb testing.TB) *Report {
	tb.Helper()
	r, err := Load(smallFiles(tb))
	if err != nil {
		tb.Fatalf("testdata/small does not load:\n%v", err)
	}
	return r
}

func TestAnyPackageLoads(t *testing.T) {
	r := smallReport(t)
	c := figure(t, r, "Old Marches", "won")
	if c == nil || c.Number.Raw != "7" || c.Deduction != Inferred || c.Reason != "Marches share no prizes." {
		t.Errorf("%+v", c)
	}
	if c := figure(t, r, "Ruritania", "won"); c != nil && (c.Number.Raw != "2 taken" || !c.Number.Composite || c.Cell != "2 taken") {
		t.Errorf("%+v", c)
	}
	if c := figure(t, r, "Sylvania", "voices"); c != nil && (c.Number.Raw != ">30" || c.Cell != ">30 in all") {
		t.Errorf("%+v", c)
	}
	if s, _ := r.Subject("old-marches"); s == nil || !s.The || s.Kind != Region || len(s.Members) != 2 {
		t.Errorf("%+v", s)
	}
	if f, ok := r.Finding("freedonia-sings-more"); !ok || len(f.Contradicts) != 1 || f.Figures[0].Number.Raw != "104" {
		t.Errorf("%+v", f)
	}
	if g := r.Groups[0]; !g.Chart || g.Full != "Marchlands" {
		t.Errorf("%+v", g)
	}
	for _, u := range r.Uncovered {
		if u.Code == "IE" && (u.Name != "Ireland" || u.Kind != "country" || u.People[0] != "Irish") {
			t.Errorf("%+v", u)
		}
		if u.Code == "MM" && (u.Name != "Myanmar" || u.Aliases[0] != "Burma") {
			t.Errorf("%+v", u)
		}
	}
}
