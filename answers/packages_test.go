package answers

import (
	"testing"
)

// packageEngine is the engine of a data package under testdata.
func packageEngine(t testing.TB, dir string) *Engine {
	t.Helper()
	e, err := otherPackage(dir)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
