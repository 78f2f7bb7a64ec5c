package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/data"
)

// inventedNames are names that nobody has.
func inventedNames(n int) []string {
	parts := []string{"ka", "ro", "mi", "ten", "lu", "sar", "vo", "ni", "dra", "pel", "os", "ia", "bur", "gan", "ste"}
	out := make([]string, n)
	for i := range out {
		var b strings.Builder
		for k := i + 1; k > 0; k /= len(parts) {
			b.WriteString(parts[k%len(parts)])
		}
		out[i] = strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	return out
}

// TestManyNamesAreFoundAsFewAre: what begins with what is typed comes first.
func TestManyNamesAreFoundAsFewAre(t *testing.T) {
	x := newNameIndex(append(inventedNames(100_000), "France", "French Guiana", "Francophonia"))
	for typed, want := range map[string]string{"france": "France", "FRANC": "France", "frnc": "France", "french": "French Guiana"} {
		found := x.find(typed, 25)
		if len(found) == 0 || x.texts[found[0]] != want {
			t.Errorf("%q: %v", typed, found)
		}
	}
	if found := x.find("kar", 25); len(found) != 25 {
		t.Errorf("kar: %d", len(found))
	}
}

// BenchmarkComplete completes a question among a million names.
func BenchmarkComplete(b *testing.B) {
	r := &data.Report{Vocabulary: &data.Vocabulary{Examples: []string{"returned from France"}}}
	for _, name := range inventedNames(1_000_000) {
		r.Subjects = append(r.Subjects, &data.Subject{Name: name})
	}
	c := NewCompleter(r)
	typed := []string{"returned from kar", "women from Sarten", "v", "compare nidra and lupe", "zzzz", "how many kmtlz"}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		c.Complete(typed[i%len(typed)], 25)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
