package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkBatch measures questions through the whole of a batch.
func BenchmarkBatch(b *testing.B) {
	questions := builtIn().Report().Vocabulary.Examples
	var in bytes.Buffer
	for i := range b.N {
		encoder(&in).Encode(map[string]string{"question": questions[i%len(questions)]})
	}
	b.ResetTimer()
	if err := newBatch(builtIn(), maxConversations).run(b.Context(), &in, io.Discard); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "questions/s")
}

// BenchmarkColdStart measures a whole process that answers one question.
func BenchmarkColdStart(b *testing.B) {
	program := filepath.Join(b.TempDir(), "reportbot")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	question := builtIn().Report().Vocabulary.Examples[0]
	for b.Loop() {
		command := exec.Command(program, "ask", question)
		command.Env = append(os.Environ(), "GOGC=")
		if err := command.Run(); err != nil {
			b.Fatal(err)
		}
	}
}
