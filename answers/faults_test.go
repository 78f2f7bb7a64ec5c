package answers

import (
	"os"
	"testing"
)

// knownFaults are questions of the closed-world tests that the engine does not
// answer rightly yet. One that comes right fails the tests until it is taken
// out of here, so that the table cannot outlive its faults.
var knownFaults = map[string]string{
	"how many people from Turkey are on Turkey's watch list":  agent,
	"Turkey: Turkey's watch list":                             agent,
	"people from Turkey on the Turkish watch list":            agent,
	"number of people from Turkey on Turkey's stop list":      agent,
	"how many from Turkey are stop-listed by Turkey":          agent,
	"How many from Turkey did Turkey put on its watch list?":  agent,
	"how many people from Turkey did Turkey send back":        agent,
	"how many from Turkey were deported by Turkey":            agent,
	"people from Turkey sent back by Turkey":                  agent,
	"Turkey: sent back by Turkey":                             agent,
	"number of people from Turkey whom Turkey stopped":        agent,
	"how many people from Turkey were turned back by Turkey?": agent,
	"how many people left W. Balkans to join IS":              stop,
}

const (
	agent = "the row that acts in a measure is not read as its subject"
	stop  = "the stop of an abbreviation is read as the end of a sentence"
)

// knownFault says whether a question is a known fault.
func knownFault(t testing.TB, question string, right bool) bool {
	t.Helper()
	why, known := knownFaults[question]
	if known && right {
		t.Errorf("%q is right now; take it out of knownFaults (%s)", question, why)
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
