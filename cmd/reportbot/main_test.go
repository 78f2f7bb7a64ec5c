package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"reportbot":               main,
		"reportbot-with-platform": func() { os.Exit(run(onRemotePlatform)) },
	})
}

// TestScripts runs the program as its users do. A script may use, beside the
// usual commands, "fill FILE TEXT COUNT", which writes a text in Go's notation
// many times over, and "package DIR", which copies the data package there.
func TestScripts(t *testing.T) {
	source, err := filepath.Abs("../../data")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("TERM", "xterm")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"fill":    fill,
			"package": func(ts *testscript.TestScript, _ bool, args []string) { copyPackage(ts, source, args) },
		},
	})
}

func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: fill FILE TEXT COUNT")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(text, n)), 0o644))
}

func copyPackage(ts *testscript.TestScript, source string, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: package DIR")
	}
	target := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(target, 0o755))
	for _, form := range []string{"*.csv", "*.yaml", "*.json"} {
		files, err := filepath.Glob(filepath.Join(source, form))
		ts.Check(err)
		for _, f := range files {
			text, err := os.ReadFile(f)
			ts.Check(err)
			ts.Check(os.WriteFile(filepath.Join(target, filepath.Base(f)), text, 0o644))
		}
	}
}
