package answers

import (
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"reportbot/data"
)

// embedded is the report that is built in, loaded once.
var embedded = sync.OnceValues(data.Embedded)

// bare is an engine with nothing but its report: enough for codes, questions
// as text, interpretations and the proof.
func bare(t interface{ Fatal(...any) }) *Engine {
	r, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return &Engine{report: r, gauges: newGauges(r)}
}

func row(t *testing.T, e *Engine, name string) *data.Subject {
	t.Helper()
	s, ok := e.report.Subject(name)
	if !ok {
		t.Fatalf("no row %s", name)
	}
	return s
}

func meas(t *testing.T, e *Engine, name string) *data.Measure {
	t.Helper()
	m, ok := e.report.Measure(name)
	if !ok {
		t.Fatalf("no measure %s", name)
	}
	return m
}

func chart(t *testing.T, e *Engine, name string) Scope {
	t.Helper()
	for _, g := range e.report.Groups {
		if g.Name == name {
			return Scope{Group: g}
		}
	}
	t.Fatalf("no group %s", name)
	return Scope{}
}

func TestCode(t *testing.T) {
	e := bare(t)
	returned, fighters := meas(t, e, "returned"), meas(t, e, "fighters")
	france, uk := row(t, e, "France"), row(t, e, "UK")
	for _, c := range []struct {
		r    Reading
		want string
	}{
		{Reading{Query: Query{Kind: Lookup, Measures: []*data.Measure{returned}, Subjects: []*data.Subject{france}}},
			"lookup:returned:france@2017-10"},
		{Reading{Query: Query{Kind: Profile, Subjects: []*data.Subject{uk, france}}},
			"profile::uk,france@2017-10"},
		{Reading{Query: Query{Kind: Coverage, Aspect: Countries}},
			"coverage:aspect=countries@2017-10"},
		{Reading{Query: Query{Kind: Rank, Measures: []*data.Measure{returned}, Of: fighters, Limit: 5, Asc: true,
			Within: []Scope{chart(t, e, "Western Europe")}, Exclude: []*data.Subject{uk}}},
			"rank:returned/fighters:asc=1:exclude=uk:limit=5:within=western-europe@2017-10"},
		{Reading{Query: Query{Kind: Share, Measures: []*data.Measure{returned}, Subjects: []*data.Subject{france}, Whole: []Scope{{}}}},
			"share:returned:france:whole=*@2017-10"},
		{Reading{Query: Query{Kind: Filter, Measures: []*data.Measure{fighters}, Cond: &Condition{Op: data.BETWEEN, A: 100, B: 2.5e6}}},
			"filter:fighters:cond=between,100,2500000@2017-10"},
		{Reading{Query: Query{Kind: Lookup, Measures: []*data.Measure{returned}, Subjects: []*data.Subject{france}},
			Notes: []Note{{Kind: Mended, From: "frnace", To: "France"}, {Kind: Ignored, From: "blue, \"sky\""}}},
			"lookup:returned:france:notes=mended/frnace/France,ignored/blue%2C+%22sky%22/@2017-10"},
		{Reading{Query: Query{Kind: Refused, Problem: &Problem{Reason: UnknownName, Word: "Frømce", Near: []*data.Subject{france}}}},
			"refused:near=france:problem=unknown_name:word=Fr%C3%B8mce@2017-10"},
		{Reading{Query: Query{Kind: Refused, Problem: &Problem{Reason: SeveralReadings,
			Choices: []Query{{Kind: Profile, Subjects: []*data.Subject{france}}, {Kind: Help}}}}},
			"refused:choices=profile%3A%3Afrance,help:problem=several_readings@2017-10"},
	} {
		got := c.r.Code("2017-10")
		if got != c.want {
			t.Errorf("code\n got %s\nwant %s", got, c.want)
		}
		back, err := e.ParseCode(got)
		if err != nil {
			t.Errorf("%s: %v", got, err)
		} else if again := back.Code("2017-10"); again != got {
			t.Errorf("%s came back as %s", got, again)
		}
	}
}

func TestParseCodeSaysWhatIsWrong(t *testing.T) {
	e := bare(t)
	for code, want := range map[string]string{
		"":                                                 "the code is empty",
		"lookup:returned:france":                           "lacks the edition; put @2017-10 behind it",
		"lookup@2015-12":                                   `of edition "2015-12"; these are the data of edition 2017-10`,
		"guess@2017-10":                                    `"guess" is no kind of question`,
		"lookup:deaths@2017-10":                            `"deaths" is no measure`,
		"lookup::narnia@2017-10":                           `"narnia" is no row`,
		"lookup:::x@2017-10":                               `"x" is one part too many`,
		"rank:color=red@2017-10":                           `"color" is no option`,
		"rank:limit=0@2017-10":                             `from 1, not "0"`,
		"rank:limit=-3@2017-10":                            `from 1, not "-3"`,
		"rank:asc=yes@2017-10":                             "asc is 1 or not there",
		"rank:asc=1:asc=1@2017-10":                         `"asc" stands twice`,
		"rank:limit=@2017-10":                              `"limit" has no value`,
		"rank:asc=1:returned@2017-10":                      "stands behind the options",
		"filter:cond=near,5@2017-10":                       `"near" is no condition; those known are lt`,
		"filter:cond=gt@2017-10":                           "the condition gt takes 1 number",
		"filter:cond=gt,NaN@2017-10":                       `"NaN" is not a number`,
		"filter:within=atlantis@2017-10":                   `"atlantis" is no group`,
		"filter:within=france@2017-10":                     `"france" is no group`,
		"filter:exclude=france,@2017-10":                   "an empty element",
		"define:terms=love@2017-10":                        `"love" is no term`,
		"finding:findings=x@2017-10":                       `"x" is no finding`,
		"date:asof=near,2016@2017-10":                      `"near" is no condition on a date; those known are lt`,
		"date:asof=between,2016@2017-10":                   `"between" is no condition on a date`,
		"date:asof=lt,2016-13@2017-10":                     `"2016-13" is no month or year`,
		"date:asof=lt,16@2017-10":                          `"16" is no month or year`,
		"date:asof=lt@2017-10":                             `from 1, not ""`,
		"refused:word=x@2017-10":                           "the option word needs problem=reason",
		"refused:problem=bored@2017-10":                    `"bored" is no problem`,
		"refused:problem=not_covered:place=Narnia@2017-10": `"Narnia" is no place`,
		"help:aspect=%zz@2017-10":                          "is no aspect",
		"refused:problem=off_topic:word=%zz@2017-10":       "not well escaped",
		"help:notes=mended/x@2017-10":                      "kind/from/to",
		"help:notes=guessed/x/y@2017-10":                   `"guessed" is no note`,
		"help:alt=profile%3A%3Anarnia@2017-10":             `within it, "narnia" is no row`,
		strings.Repeat("x", maxCode+1):                     "longer than",
	} {
		_, err := e.ParseCode(code)
		switch {
		case err == nil:
			t.Errorf("%.80s was accepted", code)
		case !strings.Contains(err.Error(), want):
			t.Errorf("%.80s: %q does not say %q", code, err, want)
		}
	}
}

// TestCodeRoundTrip: whatever can be asked comes back from its code, and the
// code can be pasted between quotes and put into a button.
func TestCodeRoundTrip(t *testing.T) {
	e := bare(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyReading(e.report).Draw(t, "reading")
		code := r.Code(e.report.Edition)
		for _, c := range code {
			if c <= ' ' || c > '~' || strings.ContainsRune("'\"\\$`!<>|&;(){}[]#", c) {
				t.Fatalf("%s holds %q", code, c)
			}
		}
		back, err := e.ParseCode(code)
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		if again := back.Code(e.report.Edition); again != code {
			t.Fatalf("%s came back as %s", code, again)
		}
		if !sameReading(r, back) {
			t.Fatalf("%s came back as\n%+v\nfrom\n%+v", code, back, r)
		}
	})
}

func FuzzParseCode(f *testing.F) {
	e := bare(f)
	for _, seed := range []string{"lookup:returned:france@2017-10", "rank:returned/fighters:asc=1:limit=5@2017-10",
		"refused:choices=profile%3A%3Afrance,help:problem=several_readings@2017-10", "help:notes=mended/a/b@2017-10",
		"filter:fighters:cond=between,1,2:within=*@2017-10", "::::@2017-10", "lookup:/fighters@2017-10"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		r, err := e.ParseCode(code)
		if err != nil {
			return
		}
		canonical := r.Code(e.report.Edition)
		back, err := e.ParseCode(canonical)
		if err != nil {
			t.Fatalf("%q gave %q: %v", code, canonical, err)
		}
		if again := back.Code(e.report.Edition); again != canonical {
			t.Fatalf("%q came back as %q", canonical, again)
		}
		e.Question(r.Query)
		e.interpret(r)
	})
}

func BenchmarkCode(b *testing.B) {
	e := bare(b)
	r, err := e.ParseCode("rank:returned/fighters:asc=1:exclude=uk:limit=5:within=western-europe@2017-10")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r.Code("2017-10")
	}
}
