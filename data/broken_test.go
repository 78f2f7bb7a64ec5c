package data

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestBrokenPackages makes the mistakes of testdata/broken, each a change to
// the small package, and holds that they are told as written beside them.
//
// "edit" holds changes of three lines each: the file, the text there, the text
// in its place (\n for a line end); "remove" names files; "want" holds every
// line of the error.
func TestBrokenPackages(t *testing.T) {
	names, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("testdata/broken is empty", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { broken(t, name) })
	}
}

func broken(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files, want := smallFiles(t), ""
	for i, f := range archive.Files {
		switch f.Name {
		case "edit":
			edit(t, files, strings.Split(strings.TrimSuffix(string(f.Data), "\n"), "\n"))
		case "remove":
			for _, gone := range strings.Fields(string(f.Data)) {
				delete(files, gone)
			}
		case "want":
			want = string(f.Data)
			defer update(t, name, archive, i, files)
		default:
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	r, err := Load(files)
	if err == nil || r != nil {
		t.Fatal("the mistake was not noticed")
	}
	if got := err.Error() + "\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func edit(t *testing.T, files fstest.MapFS, lines []string) {
	t.Helper()
	if len(lines)%3 != 0 {
		t.Fatalf("edit has %d lines; three make a change", len(lines))
	}
	for i := 0; i+2 < len(lines); i += 3 {
		file := files[lines[i]]
		before := strings.ReplaceAll(lines[i+1], `\n`, "\n")
		if file == nil || bytes.Count(file.Data, []byte(before)) == 0 {
			t.Fatalf("%s does not hold %q", lines[i], before)
		}
		after := strings.ReplaceAll(lines[i+2], `\n`, "\n")
		files[lines[i]] = &fstest.MapFile{Data: bytes.Replace(file.Data, []byte(before), []byte(after), 1)}
	}
}

// update rewrites what is expected when UPDATE_BROKEN is set.
func update(t *testing.T, name string, archive *txtar.Archive, at int, files fstest.MapFS) {
	if os.Getenv("UPDATE_BROKEN") == "" {
		return
	}
	if _, err := Load(files); err != nil {
		archive.Files[at].Data = []byte(err.Error() + "\n")
	}
	if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
