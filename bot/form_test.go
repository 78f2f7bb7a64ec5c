package bot

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"reportbot/answers"
)

func form(t *testing.T) (*Form, *answers.Engine) {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	return NewForm(e), e
}

// TestWhatIsPutTogetherIsAnswered: each operation with each measure and rows,
// regions and both.
func TestWhatIsPutTogetherIsAnswered(t *testing.T) {
	f, e := form(t)
	measures := append([]Choice{{}}, f.Measures()...)
	answered := map[string]int{}
	for _, o := range f.Operations() {
		for _, m := range measures {
			for _, subjects := range [][]string{nil, {"france"}, {"balkans"}, {"france", "kosovo"}, {"france", "western-europe"}, {"france", "kosovo", "eu"}} {
				code, err := f.Code(Selection{o.Value, m.Value, subjects})
				var missing *FormError
				if errors.As(err, &missing) {
					continue
				}
				a, err := e.AskCode(code)
				if err != nil {
					t.Errorf("%s: %v", code, err)
					continue
				}
				switch a.Status {
				case answers.Answered:
					answered[o.Value]++
				case answers.NotInReport:
				default:
					t.Errorf("%s is %s: %s", code, a.Status, a.Text)
				}
			}
		}
	}
	for _, o := range f.Operations() {
		if answered[o.Value] == 0 {
			t.Errorf("%s is never answered", o.Label)
		}
	}
}

func TestWhatIsMissingInAFormIsSaid(t *testing.T) {
	f, _ := form(t)
	for _, tt := range []struct {
		s     Selection
		field Field
	}{
		{Selection{}, FieldOperation},
		{Selection{Operation: "lookup"}, FieldSubjects},
		{Selection{Operation: "lookup", Subjects: []string{"atlantis"}}, FieldSubjects},
		{Selection{Operation: "compare", Measure: "returned", Subjects: []string{"france"}}, FieldSubjects},
		{Selection{Operation: "difference", Measure: "returned", Subjects: []string{"france", "germany", "kosovo"}}, FieldSubjects},
		{Selection{Operation: "rank"}, FieldMeasure},
		{Selection{Operation: "rank", Measure: "height"}, FieldMeasure},
		{Selection{Operation: "share", Measure: "stop_listed", Subjects: []string{"france"}}, FieldMeasure},
	} {
		_, err := f.Code(tt.s)
		var missing *FormError
		if !errors.As(err, &missing) || missing.Field != tt.field || !strings.HasSuffix(missing.Text, ".") {
			t.Errorf("%+v: %v", tt.s, err)
		}
	}
}

func TestNamesAreFoundByWhatIsTyped(t *testing.T) {
	f, _ := form(t)
	for typed, want := range map[string]string{
		"fran": "France", "uk": "UK", "brit": "UK", "holl": "Netherlands", "sdi": "Saudi Arabia", "western": "Western Europe", "allem": "Germany", "zzz": "", "FR": "France",
	} {
		got := f.Subjects(typed, 5)
		switch {
		case want == "" && len(got) > 0, want != "" && (len(got) == 0 || !strings.HasPrefix(got[0].Label, want)):
			t.Errorf("%q: %v", typed, got)
		}
		values := map[string]bool{}
		for _, c := range got {
			if values[c.Value] {
				t.Errorf("%q: %s stands there twice", typed, c.Label)
			}
			values[c.Value] = true
		}
	}
	all := f.Subjects("", 1000)
	if len(all) < 60 || !slices.Contains(all, Choice{"france", "France"}) || strings.Contains(all[0].Label, "(") {
		t.Errorf("nothing typed: %d, first %v", len(all), all[0])
	}
	if got := f.Subjects("a", 7); len(got) != 7 {
		t.Errorf("at most 7: %d", len(got))
	}
}
