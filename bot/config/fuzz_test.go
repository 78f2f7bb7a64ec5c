package config

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// FuzzDecode holds that any text is either refused with problems that stand in
// order, in the file, on one line each, and do not tell a secret, or is read
// into what Show writes down again.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range append(files, "testdata/example.yaml") {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c := sampleDefaults()
		err := Decode(sampleSource(string(text)), &c)
		if err != nil {
			checkProblems(t, text, err)
			return
		}
		checkRoundTrip(t, c)
	})
}

func checkProblems(t *testing.T, text []byte, err error) {
	t.Helper()
	var problems *Problems
	if !errors.As(err, &problems) || len(problems.List) == 0 {
		t.Fatalf("the error is %v", err)
	}
	inOrder := slices.IsSortedFunc(problems.List, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if !inOrder || strings.Count(err.Error(), "\n") != len(problems.List)-1 {
		t.Errorf("not in order, or not one a line:\n%v", err)
	}
	lines := 2 + strings.Count(string(text), "\n") + strings.Count(string(text), "\r")
	for _, p := range problems.List {
		if p.Message == "" || p.Line < 0 || p.Line > lines || p.Column < 0 || p.Line > 0 && p.Column == 0 {
			t.Errorf("odd problem %+v", p)
		}
	}
	for _, secret := range []string{environmentSecret, fileSecret} {
		if strings.Contains(err.Error(), secret) && !strings.Contains(string(text), secret) {
			t.Errorf("tells %q:\n%v", secret, err)
		}
	}
}

func checkRoundTrip(t *testing.T, c sample) {
	t.Helper()
	if c.Slack != nil {
		c.Slack = nil // it cannot be there without its secret
	}
	if c.HTTP.TLS != nil {
		c.HTTP.TLS.Key = Secret{}
	}
	file, err := Show(c)
	if err != nil {
		t.Fatal(err)
	}
	back := sampleDefaults()
	if err := Decode(sampleSource(string(file)), &back); err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	if !reflect.DeepEqual(back, c) {
		t.Errorf("%s\ngot  %+v\nwant %+v", file, back, c)
	}
}
