package answers

import (
	"slices"
	"testing"
)

// before are conversations of several kinds: rows one after another, a row without more, a
// comparison, a ranking, a profile, a refusal, the prose.
var before = [][]string{
	{"returned from France", "and Germany?"},
	{"women from Kosovo"},
	{"compare the UK and Germany"},
	{"returned from France", "and Germany?", "which of them had more?"},
	{"top 5 countries by returnees"},
	{"tell me about Austria"},
	{"women from Denmark"},
	{"what does the report say about child returnees"},
}

// TestWholeQuestions: a question which holds no word that points back, and leaves nothing
// out, is read in any conversation as it is read alone.
func TestWholeQuestions(t *testing.T) {
	e := wholeEngine(t)
	phrases, _ := phrasebook(t)
	whole := 0
	for _, turns := range before {
		var c Context
		for _, turn := range turns {
			_, next, err := e.Ask(turn, c)
			if err != nil {
				t.Fatal(err)
			}
			c = next
		}
		for _, p := range phrases {
			if why := leansOn(e, p.question); why != "" {
				continue
			}
			whole++
			a, _, err := e.Ask(p.question, c)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := queriesOf(e, a.Code); err != nil || got != p.query {
				t.Errorf("phrasebook.txt:%d: %s\n after %q: %s\n alone: %s", p.line, p.question, turns, got, p.query)
			}
		}
	}
	if all := len(phrases) * len(before); whole < all*3/4 {
		t.Errorf("%d of %d questions are whole", whole, all)
	}
}

// leansOn is what a question may take from those before it; "" for one that is whole.
func leansOn(e *Engine, question string) string {
	d := e.read(clean(question)).withoutTalk()
	s := d.slots()
	r := d.onItsOwn(s)
	places := len(s.rows)+len(s.scopes)+len(s.uncovered)+len(s.exclude) > 0 || s.ambiguous != nil
	setSaid := places || d.countryWord() || d.asksWhere() || d.hasAny(opEverywhere, opRegions, opWho, opTop, opBottom, opOrder, opTotal, opAverage, opRows, opTable)
	switch {
	case d.goesBack():
		return "a word that points back"
	case r.Query.Problem != nil:
		return "what is not told"
	case slices.Contains([]Kind{Finding, Define, Help, Coverage}, r.Query.Kind):
		return ""
	case len(s.measures) == 0 && (places && !d.hasAny(opHelp, opAboutSubject) || !d.namesReport() && !d.hasAny(opNewest, opOldest, opHelp, opAboutSubject)):
		return "its measure"
	case !setSaid && slices.Contains([]Kind{Total, Share, Lookup}, r.Query.Kind):
		return "its set"
	}
	return ""
}
