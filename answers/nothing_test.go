package answers

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestNothingOfTheReportInCode: no string in the program's code, tests apart,
// holds a name of a place, a demonym or a measure of the report: what the
// program knows of the report stands in its data.
func TestNothingOfTheReportInCode(t *testing.T) {
	names := reportNames(t)
	if len(names) < 300 {
		t.Fatalf("only %d names", len(names))
	}
	files := 0
	for _, root := range []string{"../data", "../answers", "../cmd"} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
				return err
			}
			files++
			for _, hit := range reportWords(t, file, names) {
				if knownFaults()[filepath.Base(file)+": "+hit.word] {
					continue
				}
				t.Errorf("%s: %s is a word of the report", hit.at, hit.word)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 20 {
		t.Errorf("only %d files", files)
	}
}

var wholeWord = regexp.MustCompile(`\pL[\pL\pM]{3,}`)

// reportNames are the words of four letters and more that name a row, its
// people or a measure. Words that stand for a computed part of any report
// (total) or for a kind of row are none of them.
func reportNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	add := func(name string) {
		if words := wholeWord.FindAllString(name, -1); len(words) == 1 && words[0] == name {
			names[strings.ToLower(name)] = true
		}
	}
	for _, s := range wholeEngine(t).report.Subjects {
		add(s.Name)
		for _, name := range append(s.Aliases, s.People...) {
			add(name)
		}
	}
	src, err := os.ReadFile("../data/datapackage.json")
	if err != nil {
		t.Fatal(err)
	}
	var descriptor any
	if err := json.Unmarshal(src, &descriptor); err != nil {
		t.Fatal(err)
	}
	measuresNamed(descriptor, add)
	for _, generic := range []string{"total"} {
		delete(names, generic)
	}
	return names
}

// measuresNamed tells of each measure that a descriptor names, wherever it stands.
func measuresNamed(v any, add func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if name, ok := value.(string); ok && key == "measure" {
				add(name)
			}
			if list, ok := value.([]any); ok && key == "measures" {
				for _, name := range list {
					add(name.(string))
				}
			}
			measuresNamed(value, add)
		}
	case []any:
		for _, value := range v {
			measuresNamed(value, add)
		}
	}
}

// reportWord is a word of the report in code.
type reportWord struct{ at, word string }

// reportWords are the names in the string literals of a file, imports apart.
func reportWords(t *testing.T, file string, names map[string]bool) []reportWord {
	t.Helper()
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var hits []reportWord
	ast.Inspect(tree, func(n ast.Node) bool {
		if _, isImport := n.(*ast.ImportSpec); isImport {
			return false
		}
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		text, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range wholeWord.FindAllString(text, -1) {
			if names[strings.ToLower(word)] {
				hits = append(hits, reportWord{set.Position(literal.Pos()).String(), word})
			}
		}
		return true
	})
	return hits
}
