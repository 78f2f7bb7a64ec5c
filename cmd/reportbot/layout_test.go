package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which packages of this module a folder may import, and which
// of the standard library it must not, with the reason.
var mayImport = []struct {
	folder  string
	module  []string
	never   []string
	because string
}{
	{"data", nil, []string{"net", "net/http", "os"}, "the data package reads the files it is given, and nothing else"},
	{"answers", []string{"reportbot/data"}, []string{"net", "net/http", "os", "time", "log", "log/slog"}, "an answer follows from the question, its conversation and the data alone"},
	{"cmd/reportbot", []string{"reportbot/data", "reportbot/answers"}, nil, "the command wires the packages together"},
}

func TestLayout(t *testing.T) {
	for _, rule := range mayImport {
		files, err := filepath.Glob(filepath.Join("..", "..", rule.folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no Go files (%v)", rule.folder, err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				checkImports(t, file, rule.module, rule.never, rule.because)
			}
		}
	}
}

func checkImports(t *testing.T, file string, module, never []string, because string) {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range tree.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if strings.HasPrefix(path, "reportbot/") && !slices.Contains(module, path) || slices.Contains(never, path) {
			t.Errorf("%s imports %s, but %s", file, path, because)
		}
	}
}
