package answers

import (
	"os"
	"strings"
	"sync"
	"testing"
)

// knownFaults are questions of the closed-world tests that the engine does not
// answer rightly yet: testdata/known-faults.txt, one a line, # for why. One
// that comes right fails the tests until it is taken out, so that the list
// cannot outlive its faults.
var knownFaults = sync.OnceValue(func() map[string]bool {
	src, err := os.ReadFile("testdata/known-faults.txt")
	if err != nil {
		return nil // none are known
	}
	out := map[string]bool{}
	for line := range strings.Lines(string(src)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			out[line] = true
		}
	}
	return out
})

// knownFault says whether a question is a known fault. right is whether it was
// answered rightly.
func knownFault(t testing.TB, question string, right bool) bool {
	t.Helper()
	known := knownFaults()[question]
	if known && right {
		t.Errorf("%q is right now; take it out of testdata/known-faults.txt", question)
	}
	return known
}

// TestKnownFaults runs testdata/faults.txt: what is right by the contract and
// not met yet. Each question there must have a fault; one that comes right
// goes to the script of its kind.
func TestKnownFaults(t *testing.T) {
	src, err := os.ReadFile("testdata/faults.txt")
	if os.IsNotExist(err) {
		return // no faults are known
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := readScript("faults.txt", string(src))
	if err != nil {
		t.Fatal(err)
	}
	e := wholeEngine(t)
	var c Context
	for _, st := range s.steps {
		if !st.follows {
			c = Context{}
		}
		a, next, err := e.Ask(unescape(st.question), c)
		c = next
		onlyAsks := len(st.wants) == 1 && st.wants[0].verb == "says" // sets the scene for a follow-up
		if err == nil && !onlyAsks && len(st.faults(e, &a)) == 0 {
			t.Errorf("faults.txt:%d: %q is right now; move it to the script of its kind", st.line, st.question)
		}
	}
}
