package answers

import (
	"testing"

	"github.com/blevesearch/vellum"
	"pgregory.net/rapid"
)

var _ vellum.Automaton = (*nearby)(nil)

// TestNearby holds the automaton against the distance worked out in full.
func TestNearby(t *testing.T) {
	word := rapid.StringMatching(`[abc]{0,9}`)
	rapid.Check(t, func(t *rapid.T) {
		typed, known, k := word.Draw(t, "typed"), word.Draw(t, "known"), rapid.IntRange(1, 2).Draw(t, "slips")
		if typed == "" || known == "" {
			return
		}
		distance, _ := slips(typed, known)
		if got := vellum.AutomatonContains(newNearby(typed, k), []byte(known)); got != (distance <= k) {
			t.Errorf("%s within %d of %s: %t, distance %d", known, k, typed, got, distance)
		}
	})
}

// TestNearbyLongest: the longest typed word finds itself, and its slips.
func TestNearbyLongest(t *testing.T) {
	typed := make([]byte, longestTyped)
	for i := range typed {
		typed[i] = 'a' + byte(i%7)
	}
	a := newNearby(string(typed), 2)
	swapped := append([]byte(nil), typed...)
	n := len(typed)
	swapped[n-1], swapped[n-2] = swapped[n-2], swapped[n-1]
	for _, c := range []struct {
		known []byte
		want  bool
	}{
		{typed, true}, {swapped, true}, {typed[:n-2], true}, {typed[2:], true}, {typed[:n-3], false},
		{append(typed[:n:n], "xy"...), true}, {append(typed[:n:n], "xyz"...), false},
	} {
		if got := vellum.AutomatonContains(a, c.known); got != c.want {
			t.Errorf("%s: %t", c.known, got)
		}
	}
}
