package answers

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"reportbot/data"
)

// sharedSections are the parts of a vocabulary that any report may have in
// common; a package under testdata takes those that it lacks from the built-in
// one, so that it stays small.
var sharedSections = []string{"forms", "operators", "abbreviations", "numbers", "ordinals", "months", "people", "neutral"}

var packages sync.Map // directory → *Engine

// packageEngine is the engine of a data package under testdata.
func packageEngine(t testing.TB, dir string) *Engine {
	t.Helper()
	if e, ok := packages.Load(dir); ok {
		return e.(*Engine)
	}
	r, err := data.Load(packageFiles(t, dir))
	if err != nil {
		t.Fatalf("%s does not load:\n%v", dir, err)
	}
	e, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	packages.Store(dir, e)
	return e
}

func packageFiles(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(os.DirFS(dir), "*")
	if err != nil || len(names) == 0 {
		t.Fatal(dir, "is empty", err)
	}
	for _, name := range names {
		src, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: src}
	}
	builtIn, err := os.ReadFile("../data/vocabulary.yaml")
	if err != nil {
		t.Fatal(err)
	}
	own, common := yamlSections(string(files["vocabulary.yaml"].Data)), yamlSections(string(builtIn))
	for _, name := range sharedSections {
		if own[name] == "" {
			files["vocabulary.yaml"].Data = append(files["vocabulary.yaml"].Data, common[name]...)
		}
	}
	return files
}

// yamlSections are the top-level entries of a YAML mapping, as they stand.
func yamlSections(src string) map[string]string {
	out := map[string]string{}
	section := ""
	for line := range strings.Lines(src) {
		if name, _, ok := strings.Cut(line, ":"); ok && line[0] >= 'a' && line[0] <= 'z' {
			section = name
		}
		if section != "" && line[0] != '#' {
			out[section] += line
		}
	}
	return out
}

// TestAnyReport: every kind of question is answered from an invented report of
// other lands, other measures and another title. The script invented.txt says
// how; here, that it leaves no kind out.
func TestAnyReport(t *testing.T) {
	e := packageEngine(t, "testdata/invented")
	src, err := os.ReadFile("testdata/scripts/invented.txt")
	if err != nil {
		t.Fatal(err)
	}
	s, err := readScript("invented.txt", string(src))
	if err != nil {
		t.Fatal(err)
	}
	var met []Kind
	s.run(e, func(a *Answer) {
		if !slices.Contains(met, a.Intent) && (a.Status == Answered || a.Intent == Help) {
			met = append(met, a.Intent)
		}
		for _, word := range []string{"Soufan", "Syria", "Turkey's", "October 2017", "returnee"} {
			if strings.Contains(a.Text, word) {
				t.Errorf("%s: the reply speaks of %s:\n%s", a.Question, word, a.Text)
			}
		}
	})
	for _, kind := range kinds {
		if kind != Refused && !slices.Contains(met, kind) {
			t.Errorf("no question of kind %s is answered", kind)
		}
	}
}
