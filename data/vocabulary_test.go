package data

import (
	"slices"
	"strings"
	"testing"
)

// TestForms writes phrases out that name a form, and tells of a form that is not there,
// and of words that stand in phrases only by way of one.
func TestForms(t *testing.T) {
	const src = `
forms:
  move: [limp, trudge]
  goal: [home, back]
measures:
  - name: returned
    label: Returned
    noun: returnees
    says: returned
    verb: returned to
    ask: how many returned to {place}
    phrases: [return, "{move} {goal} again", "{gait} home"]
`
	var ps Problems
	v := decodeVocabulary([]byte(src), vocabularyName, &ps)
	want := []string{"return", "limp home again", "limp back again", "trudge home again", "trudge back again"}
	if v == nil || !slices.Equal(v.Measures[0].Phrases, want) {
		t.Fatalf("%v\n%v", v, ps.err())
	}
	for word, seldom := range map[string]bool{"limp": true, "home": false, "again": false} {
		if v.Seldom(word) != seldom {
			t.Errorf("%s is seldom: %v, want %v", word, !seldom, seldom)
		}
	}
	if err := ps.err(); err == nil || !strings.Contains(err.Error(), "gait") {
		t.Errorf("a form that is not there: %v", err)
	}
}
