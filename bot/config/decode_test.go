package config

import (
	"encoding"
	"errors"
	"log/slog"
	"net/netip"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

var _ encoding.TextUnmarshaler = (*Size)(nil)

// read decodes a file that must be right.
func read(t *testing.T, text string) sample {
	t.Helper()
	c := sampleDefaults()
	if err := Decode(sampleSource(text), &c); err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return c
}

// problemsOf decodes a file that must be wrong into a struct.
func problemsOf(t *testing.T, text string, into any) []string {
	t.Helper()
	src := sampleSource(text)
	src.Name = "f"
	var problems *Problems
	if err := Decode(src, into); !errors.As(err, &problems) {
		t.Fatalf("%s\naccepted (%v)", text, err)
	}
	return strings.Split(problems.Error(), "\n")
}

func TestDecodeEveryKind(t *testing.T) {
	c := read(t, `
state_folder: /var/lib/bot   # a comment
limits:
  person_per_minute: 12
  bytes: 1GB
  wait: 90s
  share: 1e-2
http:
  listen: "[::1]:80"
  origins: [a, 12, 'true', "x: y"]
  tls: {cert: c.pem, key: 'k'}
log:
  level: debug+1
  days: 9007199254740993
slack:
  token: xoxb-1
  channels:
  - c
  greets: false
console:
nothing: {}
`)
	want := sampleDefaults()
	want.StateFolder = "/var/lib/bot"
	want.Limits = sampleLimits{12, 1e9, 90 * time.Second, 0.01}
	want.HTTP = sampleHTTP{netip.MustParseAddrPort("[::1]:80"), []string{"a", "12", "true", "x: y"}, &sampleTLS{Cert: "c.pem"}}
	want.Log = sampleLog{slog.LevelDebug + 1, 9007199254740993}
	want.Slack = &sampleSlack{Channels: []string{"c"}}
	want.Console, want.Nothing = &sampleConsole{"you"}, &struct{}{}
	if key, token := c.HTTP.TLS.Key.Reveal(), c.Slack.Token.Reveal(); key != "k" || token != "xoxb-1" {
		t.Errorf("secrets are %q and %q", key, token)
	}
	c.HTTP.TLS.Key, c.Slack.Token = Secret{}, Secret{} // secrets cannot be compared
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

func TestDecodeWithoutAnythingIsDefaults(t *testing.T) {
	for _, text := range []string{"", "\n\n", "# nothing\n", "---\n", "{}", "~", "\uFEFF", "limits:\nhttp: {}\n"} {
		if got := read(t, text); !reflect.DeepEqual(got, sampleDefaults()) {
			t.Errorf("%q gives %+v", text, got)
		}
	}
}

func TestDecodeStrings(t *testing.T) {
	for written, want := range map[string]string{
		"plain": "plain", "two words": "two words", "'it''s'": "it's", `"a\tb\u00e9"`: "a\tbé", "|\n  a\n  b": "a\nb\n", ">-\n  a\n  b": "a b",
		"12": "12", "0x1F": "0x1F", "true": "true", "1_000": "1_000", ".5": ".5", "007": "007", "'~'": "~", `""`: "", "|-\n  a": "a", "2020-01-02": "2020-01-02",
		"$": "$", "$5": "$5", "a$": "a$", "$$": "$", "$$$$": "$$", "$${WAIT}": "${WAIT}", "$$${WAIT}": "$5m", "${WAIT}": "5m",
		"'${WAIT}'": "5m", `"\u0024{WAIT}"`: "5m", "a${WAIT}b${EMPTY}${WAIT}": "a5mb5m", "a#b": "a#b", "a:b": "a:b",
		"${MANY}": "a\nlimits: {person_per_minute: 99} # ${WAIT}",
	} {
		c := read(t, "state_folder: "+written+"\n")
		if c.StateFolder != want || c.Limits.PerMinute != 10 {
			t.Errorf("%s gives %q, want %q", written, c.StateFolder, want)
		}
	}
}

func TestDecodeWithoutLastLineEnd(t *testing.T) {
	for text, want := range map[string]string{"state_folder: >-\n  a\n  b": "a b", "state_folder: |\n  a\n  b": "a\nb\n"} {
		if c := read(t, text); c.StateFolder != want {
			t.Errorf("%q gives %q, want %q", text, c.StateFolder, want)
		}
	}
}

func TestDecodeWindowsLineEnds(t *testing.T) {
	c := read(t, "state_folder: a\r\nlimits:\r\n  wait: 1m\r\n")
	if c.StateFolder != "a" || c.Limits.Wait != time.Minute {
		t.Errorf("got %+v", c)
	}
}

func TestDecodeVariablesInEveryKind(t *testing.T) {
	c := read(t, "limits: {person_per_minute: 3, wait: '${WAIT}'}\nlog:\n  days: \"${MINUS}\"\nhttp:\n  origins: ['x${WAIT}']\nslack:\n  token: ${SLACK_TOKEN}\n")
	if c.Limits.Wait != 5*time.Minute || c.Log.Days != -7 || c.HTTP.Origin[0] != "x5m" || c.Slack.Token.Reveal() != environmentSecret {
		t.Errorf("got %+v, token %q", c, c.Slack.Token.Reveal())
	}
}

func TestDecodeSecretFiles(t *testing.T) {
	for path, want := range map[string]string{"token": fileSecret, "./token": fileSecret, "/etc/bot/token": fileSecret, "${FOLDER}/token": fileSecret, "/run/two": "xoxb-two\n"} {
		if c := read(t, "slack:\n  token_file: "+path); c.Slack.Token.Reveal() != want {
			t.Errorf("%s gives %q, want %q", path, c.Slack.Token.Reveal(), want)
		}
	}
}

func TestDecodeWithoutEnvironmentAndFiles(t *testing.T) {
	c := sampleDefaults()
	err := Decode(Source{Name: "f", Text: []byte("state_folder: ${HOME}\nslack: {token_file: t}")}, &c)
	want := "f:1:15: state_folder: environment variable HOME is not set\n" +
		`f:2:21: slack.token_file: the file "t" cannot be read: it does not exist`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestDecodeOptionalSections(t *testing.T) {
	if c := read(t, "state_folder: x"); c.Slack != nil || c.Console != nil || c.HTTP.TLS != nil {
		t.Errorf("sections that are not in the file are there: %+v", c)
	}
	for _, text := range []string{"console:\n", "console: {}", "console: ~", "console:\n  # name: me\n"} {
		if c := read(t, text); c.Console == nil || c.Console.Name != "you" {
			t.Errorf("%q gives %+v", text, c.Console)
		}
	}
	c, held := sampleDefaults(), &sampleConsole{Name: "held"}
	c.Console = held
	if err := Decode(sampleSource("console: {name: new}"), &c); err != nil || c.Console.Name != "new" || held.Name != "held" {
		t.Errorf("%v: got %+v, and the defaults hold %+v", err, c.Console, held)
	}
}

func TestDecodeOptionalText(t *testing.T) {
	var c struct {
		Skip *regexp.Regexp `yaml:"skip" doc:"What is skipped."`
	}
	if err := Decode(sampleSource("skip: ^a+$"), &c); err != nil || c.Skip.String() != "^a+$" {
		t.Errorf("got %v (%v)", c.Skip, err)
	}
	got := problemsOf(t, "skip: '['", &c)
	if !strings.HasPrefix(got[0], `f:1:7: skip: "[" is not right here: error parsing regexp`) {
		t.Error(got)
	}
}

func TestProblemsOfLargeFiles(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"bytes":   {strings.Repeat("#", maxBytes+1), "f: the file has 1048577 bytes; at most 1048576 are read"},
		"lines":   {strings.Repeat("\n", maxLines+1), "f:5001:1: the file is too long: at most 5000 lines are read"},
		"tokens":  {"http: {origins: [" + strings.Repeat("a, ", maxTokens/2) + "]}", "is too long: only the first 10000"},
		"flow":    {strings.Repeat("[", maxTokens-1), "not valid YAML"},
		"dashes":  {strings.Repeat("- ", maxTokens-1), "nested more than 20 deep"},
		"nesting": {nestedKeys(1000), "nested more than 20 deep"},
	} {
		c := sampleDefaults()
		if got := strings.Join(problemsOf(t, test.text, &c), "\n"); !strings.Contains(got, test.want) {
			t.Errorf("%s: %.300s", name, got)
		}
	}
}

func nestedKeys(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "limits:\n")
	}
	return b.String()
}

func TestColumnsCountCharacters(t *testing.T) {
	c := sampleDefaults()
	got := problemsOf(t, "état: 1\nlimits: {\"wait\": x, bytes: -5x  }\nlog:\n  days: 5x   # 5x\n  level: 12  \nhttp: {ünknown: 1}", &c)
	for i, place := range []string{"f:1:1:", "f:2:18:", "f:2:28:", "f:4:9:", "f:5:10:", "f:6:8:"} {
		if i >= len(got) || !strings.HasPrefix(got[i], place) {
			t.Errorf("problem %d is not at %s:\n%s", i, place, strings.Join(got, "\n"))
		}
	}
}

func TestStructsThatCannotBeRead(t *testing.T) {
	type loop struct {
		Next *loop `yaml:"next"`
	}
	for want, into := range map[string]any{
		"config: Decode needs a pointer to a struct, got config.sample":                 sample{},
		"config: Decode needs a pointer to a struct, got <nil>":                         nil,
		"config: field C has the type complex128, which cannot be read from a file":     &struct{ C complex128 }{},
		"config: field M has the type map[string]int, which cannot be read from a file": &struct{ M map[string]int }{},
		"config: config.loop is nested more than 20 deep":                               &loop{},
		`config: the key "a" is used twice, also by field B`: &struct {
			A, B int `yaml:"a"`
		}{},
		"config: field I of struct { I int \"yaml:\\\",inline\\\"\" } is inlined, but is not a struct": &struct {
			I int `yaml:",inline"`
		}{},
	} {
		var problems *Problems
		if err := Decode(sampleSource("a: 1"), into); err == nil || err.Error() != want || errors.As(err, &problems) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}
