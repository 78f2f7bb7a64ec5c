package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"reportbot/answers"
)

// start runs the program with arguments and input.
func start(t *testing.T, in io.Reader, args ...string) (exit int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	a := &App{In: in, Out: &o, Err: &e, Args: args}
	exit = a.Run(t.Context())
	return exit, o.String(), e.String()
}

// never is an input that nothing comes from.
type never struct{}

func (never) Read([]byte) (int, error) { select {} }

// broken is an input that fails.
type broken struct{ before io.Reader }

func (b broken) Read(p []byte) (int, error) {
	if n, err := b.before.Read(p); err == nil {
		return n, nil
	}
	return 0, errors.New("the disk is gone")
}

func TestASignalEndsAWaitingProgram(t *testing.T) {
	for _, args := range [][]string{{"ask", "-"}, {"ask", "--batch"}, {"chat"}} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		time.AfterFunc(50*time.Millisecond, cancel)
		a := &App{In: never{}, Out: io.Discard, Err: io.Discard, Args: args}
		if exit := a.Run(ctx); exit != exitInterrupted {
			t.Errorf("%s: exit %d, want %d", args, exit, exitInterrupted)
		}
	}
}

func TestAClosedOutputIsAQuietEnd(t *testing.T) {
	for _, args := range [][]string{
		{"ask", "hello"}, {"ask", "--format", "json", "hello"}, {"ask", "--batch"}, {"chat"},
		{"data", "check"}, {"data", "export", "--format", "csv"}, {"version"},
	} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		var errs bytes.Buffer
		a := &App{In: strings.NewReader("{\"question\":\"hello\"}\n"), Out: w, Err: &errs, Args: args}
		if exit := a.Run(t.Context()); exit != exitOK || errs.Len() > 0 {
			t.Errorf("%s: exit %d, says %q", args, exit, &errs)
		}
		w.Close()
	}
}

func TestAnInputThatFailsIsSaid(t *testing.T) {
	question := "{\"question\":\"returned from France\"}\n"
	exit, out, errs := start(t, broken{strings.NewReader(question)}, "ask", "--batch")
	if exit != exitUsage || !strings.Contains(out, `"raw":"302"`) || errs != "reportbot: line 2 cannot be read: the disk is gone\n" {
		t.Errorf("batch: exit %d, %q, %q", exit, out, errs)
	}
	exit, _, errs = start(t, broken{strings.NewReader("hello")}, "ask", "-")
	if exit != exitUsage || errs != "reportbot: the question cannot be read: the disk is gone\n" {
		t.Errorf("ask: exit %d, %q", exit, errs)
	}
	exit, _, errs = start(t, broken{strings.NewReader("hello\n")}, "chat")
	if exit != exitUsage || errs != "reportbot: the input cannot be read: the disk is gone\n" {
		t.Errorf("chat: exit %d, %q", exit, errs)
	}
}

func TestStyle(t *testing.T) {
	a := answers.Answer{
		Status: answers.Answered, Interpretation: "Returned · Freedonia",
		Headline: "Freedonia: 12 returned.", Text: "Freedonia: 12 returned. The word \x1b[2J is not known.\nName  Figure\nSource: table 1.",
		Suggestions:  []string{"tell me about Freedonia"},
		Alternatives: []answers.Alternative{{Interpretation: "Remaining", Question: "who remains"}, {Question: "tell me about Freedonia"}},
	}
	tests := []struct {
		name  string
		style style
		want  string
	}{
		{"plain", style{}, "Read as: Returned · Freedonia\nFreedonia: 12 returned. The word [2J is not known.\nName  Figure\nSource: table 1.\n" +
			"Try: tell me about Freedonia\nOr: who remains (Remaining)\n"},
		{"numbered", style{numbered: true, width: 40}, "Read as: Returned · Freedonia\nFreedonia: 12 returned. The word [2J is\nnot known.\nName  Figure\nSource: table 1.\n" +
			"1. tell me about Freedonia\n2. who remains (Remaining)\n"},
		{"colour", style{colour: true}, "\x1b[2mRead as: Returned · Freedonia\x1b[0m\n\x1b[1mFreedonia: 12 returned.\x1b[0m The word [2J is not known.\nName  Figure\n\x1b[2mSource: table 1.\x1b[0m\n" +
			"\x1b[2mTry: \x1b[0m\x1b[36mtell me about Freedonia\x1b[0m\n\x1b[2mOr: \x1b[0m\x1b[36mwho remains\x1b[0m\x1b[2m (Remaining)\x1b[0m\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			if err := tt.style.print(&out, a); err != nil || out.String() != tt.want {
				t.Errorf("%v\n%q, want\n%q", err, out.String(), tt.want)
			}
		})
	}
}

func TestProgramVersion(t *testing.T) {
	info := &debug.BuildInfo{Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.modified", Value: "true"}}}
	info.Main.Version = "v1.2.3"
	if got, want := programVersion(info, true), "v1.2.3, commit abc with changes"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := programVersion(nil, false); got != "(unknown)" {
		t.Errorf("got %q", got)
	}
}
