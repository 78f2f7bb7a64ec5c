package config

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestExampleFile(t *testing.T) {
	got, err := Example(sampleDefaults())
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "testdata/example.yaml", string(got))
}

func TestExampleGivesTheDefaults(t *testing.T) {
	example, err := Example(sampleDefaults())
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, string(example)); !reflect.DeepEqual(got, sampleDefaults()) {
		t.Errorf("got  %+v\nwant %+v", got, sampleDefaults())
	}
	empty := sample{private: "unchanged"}
	if err := Decode(sampleSource(strings.ReplaceAll(string(example), `token: ""`, "token: xoxb-1")), &empty); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(empty, sampleDefaults()) {
		t.Errorf("a default is missing: got %+v", empty)
	}
}

// uncomment removes the first "# " of the lines of an optional section.
func uncomment(t *testing.T, example, key string) string {
	t.Helper()
	lines := strings.Split(example, "\n")
	in := false
	found := false
	for i, line := range lines {
		start := strings.TrimLeft(strings.TrimPrefix(line, "# "), " ")
		switch {
		case strings.HasPrefix(line, "# ") && strings.HasPrefix(start, key+":"):
			in, found = true, true
		case !strings.HasPrefix(line, "# "):
			in = false
		}
		if in {
			lines[i] = strings.TrimPrefix(line, "# ")
		}
	}
	if !found {
		t.Fatalf("no section %s in\n%s", key, example)
	}
	return strings.Join(lines, "\n")
}

func TestExampleOptionalSections(t *testing.T) {
	file, err := Example(sampleDefaults())
	if err != nil {
		t.Fatal(err)
	}
	example := string(file)
	for _, key := range []string{"slack", "console", "tls", "nothing"} {
		example = uncomment(t, example, key)
	}
	c := read(t, strings.ReplaceAll(example, `token: ""`, "token: ${SLACK_TOKEN}"))
	want := sampleDefaults()
	want.HTTP.TLS, want.Console, want.Nothing = &sampleTLS{}, &sampleConsole{"you"}, &struct{}{}
	want.Slack = &sampleSlack{Channels: []string{"general", "yes"}, Greets: true}
	if c.Slack == nil || c.Slack.Token.Reveal() != environmentSecret {
		t.Fatalf("slack is %+v", c.Slack)
	}
	c.Slack.Token = Secret{} // secrets cannot be compared
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

func TestExampleAndShowTakeAPointerAndKeepIt(t *testing.T) {
	c := sampleDefaults()
	c.Console = &sampleConsole{"me"}
	for name, write := range map[string]func(any) ([]byte, error){"Example": Example, "Show": Show} {
		direct, err1 := write(c)
		pointed, err2 := write(&c)
		if err1 != nil || err2 != nil || !bytes.Equal(direct, pointed) || !strings.Contains(string(direct), "\nconsole:\n") {
			t.Errorf("%s: %v %v\n%s\n%s", name, err1, err2, direct, pointed)
		}
		if _, err := write(5); err == nil || err.Error() != "config: a struct is needed, got int" {
			t.Errorf("%s of 5: %v", name, err)
		}
	}
	if c.Slack != nil || c.HTTP.TLS != nil {
		t.Error("the value has changed")
	}
}

func TestExampleAndShowHideSecrets(t *testing.T) {
	c := sampleDefaults()
	c.Slack = &sampleSlack{Token: NewSecret("xoxb-hidden-one")}
	example, _ := Example(c)
	show, _ := Show(c)
	if !strings.Contains(string(example), "\n  token: \"\"\n") || !strings.Contains(string(show), "\n  token: \"(hidden)\"\n") ||
		strings.Contains(string(example)+string(show), "xoxb-hidden-one") {
		t.Errorf("%s\n%s", example, show)
	}
}

func TestShow(t *testing.T) {
	c := sampleDefaults()
	c.HTTP.Origin = []string{"a b", "$5"}
	c.HTTP.TLS = &sampleTLS{Cert: "c.pem"}
	c.Nothing = &struct{}{}
	got, err := Show(c)
	want := `state_folder: state
limits:
  person_per_minute: 10
  bytes: 64KiB
  wait: 30m
  share: 0.5
http:
  listen: "127.0.0.1:8080"
  origins:
    - "a b"
    - "$$5"
  tls:
    cert: c.pem
    key: ""
log:
  level: INFO
  days: 7
nothing: {}
`
	if err != nil || string(got) != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
	}
}

func TestDurationsAreWrittenShortly(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", time.Minute: "1m", time.Hour: "1h", 90 * time.Minute: "1h30m", time.Hour + time.Second: "1h0m1s", 10 * time.Second: "10s", -time.Hour: "-1h", 20 * time.Hour: "20h",
	} {
		got := durationText(d)
		if back, err := time.ParseDuration(got); got != want || back != d || err != nil {
			t.Errorf("%d is written %s, want %s", d, got, want)
		}
	}
}

func TestShowReadsBack(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("ab1 \n\t\r\"'\\:#-?[]{},&*!|>%@`$~.\u0085\u2028\uFEFF\u00A0\U0001F600\U000E0001\x00\x7f<=")), 0, 8, -1))
	rapid.Check(t, func(t *rapid.T) {
		c := sampleDefaults()
		c.StateFolder = text.Draw(t, "folder")
		c.HTTP.Origin = rapid.SliceOfN(text, 1, 4).Draw(t, "origins")
		c.Limits.PerMinute = rapid.IntMin(1).Draw(t, "rate")
		c.Limits.Wait = time.Duration(rapid.Int64Min(0).Draw(t, "wait"))
		c.Limits.Share = rapid.Float64().Draw(t, "share")
		c.Console = &sampleConsole{text.Draw(t, "name")}
		for name, write := range map[string]func(any) ([]byte, error){"Show": Show, "Example": Example} {
			file, err := write(c)
			if err != nil {
				t.Fatal(err)
			}
			back := sample{private: "unchanged"}
			if err := Decode(sampleSource(string(file)), &back); err != nil || !reflect.DeepEqual(back, c) {
				t.Fatalf("%s: %v\n%s\ngot  %+v\nwant %+v", name, err, file, back, c)
			}
		}
	})
}

func TestShowQuotesWhatIsNoPlainText(t *testing.T) {
	for text, want := range map[string]string{
		"null": `"null"`, "Yes": `"Yes"`, "": `""`, "12": `"12"`, "a b": `"a b"`, "a": "a", "/var/lib/bot-1_x.y": "/var/lib/bot-1_x.y", "a\nb\"\\": `"a\nb\"\\"`, "\u0085": `"\u0085"`,
	} {
		if got := quoted(text); got != want {
			t.Errorf("%q is written %s, want %s", text, got, want)
		}
	}
}

func TestExampleLinesAreNotLong(t *testing.T) {
	file, _ := Example(sampleDefaults())
	for i, line := range strings.Split(string(file), "\n") {
		if len(line) > 104 || strings.TrimRight(line, " ") != line {
			t.Errorf("line %d is long or has a space at its end: %q", i+1, line)
		}
	}
}

func ExampleDecode() {
	var c struct {
		Wait time.Duration `yaml:"wait" doc:"How long to wait."`
	}
	fmt.Println(Decode(Source{Name: "config.yaml", Text: []byte("wait: soon\nwiat: 5s\n")}, &c))
	// Output:
	// config.yaml:1:7: wait: expected a duration such as 30m, found "soon"
	// config.yaml:2:1: unknown key "wiat"; did you mean "wait"?
}
