package config

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBadFiles reads the mistakes in testdata/bad. What is expected of each
// stands next to it; "go test -update" writes it anew.
func TestBadFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) < 20 {
		t.Fatalf("found %d bad files (%v)", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			src := sampleSource(string(text))
			c := sampleDefaults()
			err = Decode(src, &c)
			var problems *Problems
			if !errors.As(err, &problems) {
				t.Fatalf("accepted (%v)", err)
			}
			got := strings.ReplaceAll(err.Error(), src.Name, "config.yaml") + "\n"
			compare(t, strings.TrimSuffix(file, ".yaml")+".txt", got)
			for _, hidden := range []string{environmentSecret, fileSecret, "sometime-soon", "vault-of", "wrong-token"} {
				if strings.Contains(got, hidden) {
					t.Errorf("tells %q:\n%s", hidden, got)
				}
			}
		})
	}
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s\n got: %s\nwant: %s", file, got, want)
	}
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the expected messages anew")
	os.Exit(m.Run())
}
