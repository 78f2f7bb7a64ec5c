package layouttest

import "testing"

// Sample is what a test looks at of a long list: all of it, or one in so many
// under the race detector, which the log tells. A run without the race detector
// looks at the whole.
func Sample[T any](t testing.TB, list []T) []T {
	t.Helper()
	if oneIn == 1 {
		return list
	}
	var out []T
	for i := 0; i < len(list); i += oneIn {
		out = append(out, list[i])
	}
	t.Logf("under the race detector: %d of %d", len(out), len(list))
	return out
}
