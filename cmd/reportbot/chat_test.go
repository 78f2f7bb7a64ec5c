package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reportbot/data"
)

func TestComplete(t *testing.T) {
	c := newCompleter(&data.Report{
		Subjects: []*data.Subject{{Name: "Freedonia"}, {Name: "Upper Sylvania"}, {Name: "Free Town"}},
		Vocabulary: &data.Vocabulary{
			Measures: []*data.MeasureWords{{Says: "returned", Noun: "returnees"}},
			Examples: []string{"returned to Freedonia", "who made this"},
		},
	})
	tests := []struct {
		typed string
		want  []string
	}{
		{"", []string{"returned to Freedonia", "who made this"}},
		{"returned to fre", []string{"returned to Free Town", "returned to Freedonia"}},
		{"people from upper sy", []string{"people from Upper Sylvania"}},
		{"people from slv", []string{"people from Upper Sylvania"}},
		{"WHO", []string{"who made this"}},
		{"retu", []string{"returned", "returnees", "returned to Freedonia"}},
		{"rtfrdn", []string{"returned to Freedonia"}},
		{"zzz", nil},
		{"from ", nil},
	}
	for _, tt := range tests {
		got := c.Complete(tt.typed, mostCompletions)
		slices.Sort(got)
		slices.Sort(tt.want)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.typed, got, tt.want)
		}
	}
}

func TestTabGoesThroughTheMatches(t *testing.T) {
	c := newCompleter(&data.Report{Subjects: []*data.Subject{{Name: "Freedonia"}, {Name: "Free Town"}}, Vocabulary: &data.Vocabulary{}})
	line, pos, ok := c.next("to fre now", 6)
	first := line
	if !ok || !strings.HasSuffix(line, " now") || line[pos:] != " now" {
		t.Fatalf("%q at %d, %v", line, pos, ok)
	}
	line, pos, _ = c.next(line, pos)
	if line == first || line[pos:] != " now" {
		t.Errorf("the second match is %q at %d", line, pos)
	}
	if line, _, _ = c.next(line, pos); line != first {
		t.Errorf("behind the last match comes %q, want %q", line, first)
	}
	if _, _, ok := c.next("zzz", 3); ok {
		t.Error("something matches zzz")
	}
}

// keys is a terminal on which these keys were typed.
type keys struct {
	io.Reader
	bytes.Buffer
}

func (k *keys) Read(p []byte) (int, error) { return k.Reader.Read(p) }

func TestTypedLines(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state", "history")
	past, err := openHistory(file)
	if err != nil {
		t.Fatal(err)
	}
	screen := &keys{Reader: strings.NewReader("returned from saudi ar\t\rand germ\t?\r\x1b[A\x1b[A\r")}
	talk := &chat{engine: builtIn()}
	editor := newEditor(talk, past, screen)
	if err := talk.run(t.Context(), editor.ReadLine); err != nil {
		t.Fatal(err)
	}
	past.close()
	if got := screen.String(); strings.Count(got, "Returned · Saudi Arabia") != 2 || !strings.Contains(got, "Returned · Germany") {
		t.Errorf("the screen shows %q", got)
	}
	text, _ := os.ReadFile(file)
	if want := "returned from Saudi Arabia\nand Germany?\nreturned from Saudi Arabia\n"; string(text) != want {
		t.Errorf("the history is %q, want %q", text, want)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history")
	old := strings.Repeat("old\n", maxHistory) + strings.Repeat("new\n", maxHistory) + "last\n"
	if err := os.WriteFile(file, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	h, err := openHistory(file)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	text, _ := os.ReadFile(file)
	if h.Len() != maxHistory || h.At(0) != "last" || h.At(maxHistory-1) != "new" || bytes.Count(text, []byte("\n")) != maxHistory {
		t.Errorf("%d lines, from %q to %q; %d in the file", h.Len(), h.At(h.Len()-1), h.At(0), bytes.Count(text, []byte("\n")))
	}
	h.Add("last")
	h.Add("more")
	if h.Len() != maxHistory || h.At(0) != "more" || h.At(1) != "last" {
		t.Errorf("%d lines, the last %q, %q", h.Len(), h.At(1), h.At(0))
	}
}

func TestWithoutAHistoryFileTheHistoryWorks(t *testing.T) {
	h, err := openHistory((&App{}).historyFile())
	if err == nil {
		t.Fatal("want an error")
	}
	h.Add("a")
	h.close()
	if h.Len() != 1 {
		t.Errorf("%d lines", h.Len())
	}
}
