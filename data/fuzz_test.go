package data

import (
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

// FuzzLoad puts any bytes in place of a file of the small package. Load must
// return either a report that can be used or every problem, and never panic.
func FuzzLoad(f *testing.F) {
	files := smallFiles(f)
	names := []string{descriptorFile, placesName, findingsName, vocabularyName, "singers.csv", "voices.csv"}
	for i, name := range names {
		f.Add(uint8(i), files[name].Data)
		f.Add(uint8(i), []byte{})
	}
	f.Fuzz(func(t *testing.T, which uint8, src []byte) {
		changed := fstest.MapFS{}
		for name, file := range files {
			changed[name] = file
		}
		changed[names[int(which)%len(names)]] = &fstest.MapFile{Data: src}
		useReport(t, changed)
	})
}

func useReport(t *testing.T, files fstest.MapFS) {
	r, err := Load(files)
	if err != nil {
		if err.Error() == "" || r != nil {
			t.Fatalf("an error without a word, or with a report: %q", err)
		}
		return
	}
	r.Check()
	r.ForeignNames()
	if _, err := r.Verify(strings.NewReader(smallText)); err != nil {
		t.Fatal(err)
	}
	if r.WriteCSV(io.Discard) != nil || r.WriteJSON(io.Discard) != nil {
		t.Fatal("a report that loads can be exported")
	}
}
