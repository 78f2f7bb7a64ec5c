package config

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// checked is a configuration whose sections report something always.
type checked struct {
	Inner    checkedPart  `yaml:"inner"`
	Optional *checkedPart `yaml:"optional"`
	Plain    string       `yaml:"plain"`
	checkedInline
}

type checkedInline struct {
	Inlined string `yaml:"inlined"`
}

func (checkedInline) Validate(report func(key, format string, args ...any)) {
	report("inlined", "inlined is wrong")
}

type checkedPart struct {
	Value string      `yaml:"value"`
	Deep  checkedDeep `yaml:"deep"`
}

func (p *checkedPart) Validate(report func(key, format string, args ...any)) {
	report("value", "value is %q", p.Value)
	report("deep", "deep is wrong")
	report("", "the section is wrong")
}

type checkedDeep struct {
	Number int `yaml:"number"`
}

func (checkedDeep) Validate(report func(key, format string, args ...any)) {
	report("number", "100%% wrong")
}

func TestValidateGivesPlaces(t *testing.T) {
	for text, want := range map[string][]string{
		"": {
			"f: inlined: inlined is wrong", "f: inner: the section is wrong", "f: inner.deep: deep is wrong",
			"f: inner.deep.number: 100% wrong", `f: inner.value: value is ""`,
		},
		"plain: x\ninner:\n  value: v\n": {
			"f: inlined: inlined is wrong", "f:2:1: inner: the section is wrong", "f:2:1: inner.deep: deep is wrong",
			"f:2:1: inner.deep.number: 100% wrong", `f:3:10: inner.value: value is "v"`,
		},
		"inlined: i\ninner: {deep: {number: 7}}\n": {
			"f:1:10: inlined: inlined is wrong", "f:2:1: inner: the section is wrong", `f:2:1: inner.value: value is ""`,
			"f:2:15: inner.deep: deep is wrong", "f:2:24: inner.deep.number: 100% wrong",
		},
		// A problem elsewhere does not keep sections from being checked; one at the key does.
		"inlined: [i]\ninner: {value: {}, deep: {number: x}}\noptional: 5\nother: 6\n": {
			"f:1:10: inlined: expected text, found a list", "f:2:1: inner: the section is wrong",
			"f:2:16: inner.value: expected text, found keys with values", "f:2:26: inner.deep: deep is wrong",
			`f:2:35: inner.deep.number: expected a whole number, found "x"`,
			"f:3:11: optional: expected keys, each with a colon, a space and a value, found text; the keys known here are value, deep",
			`f:4:1: unknown key "other"; the keys known here are inner, optional, plain, inlined`,
		},
		"inlined: i\ninner: {other: 5}\n": {
			"f:1:10: inlined: inlined is wrong", "f:2:1: inner: the section is wrong", "f:2:1: inner.deep: deep is wrong",
			"f:2:1: inner.deep.number: 100% wrong", `f:2:1: inner.value: value is ""`,
			`f:2:9: inner: unknown key "other"; the keys known here are value, deep`,
		},
		"inlined: i\ninner: {value: v, deep: 5}\n": {
			"f:1:10: inlined: inlined is wrong", "f:2:1: inner: the section is wrong", `f:2:16: inner.value: value is "v"`,
			"f:2:25: inner.deep: expected keys, each with a colon, a space and a value, found text; the keys known here are number",
		},
	} {
		if got := problemsOf(t, text, new(checked)); !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %s\nwant %s", text, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
}

// teller is a section that tells its values in many ways.
type teller struct {
	Token Secret `yaml:"token"`
	Text  string `yaml:"text"`
	Count int    `yaml:"count"`
}

func (c teller) Validate(report func(key, format string, args ...any)) {
	report("token", "bad: %s", c.Token.Reveal())
	report("token", "bad: %x %q", c.Token.Reveal(), []byte(c.Token.Reveal()))
	report("token", "short of 3 but "+strings.ToUpper(c.Token.String())+c.Token.Reveal())
	_, err := url.Parse(c.Text)
	report("text", "%v: %w", c.Text, err)
	report("text", "%v", errors.Join(fmt.Errorf("no folder %q", c.Text)))
	report("count", "expected at least %d, found %d", 100, c.Count)
}

func TestValidateCannotTellSecrets(t *testing.T) {
	env := map[string]string{"TEXT": "http://tell\x7fme", "COUNT": "10", "TOKEN": "secret-token"}
	src := Source{Name: "f", Text: []byte("token: ${TOKEN}\ntext: ${TEXT}\ncount: ${COUNT}\n"), Getenv: func(name string) (string, bool) {
		v, ok := env[name]
		return v, ok
	}}
	for _, text := range []string{string(src.Text), "token: secret-token\ntext: ${TEXT}\ncount: ${COUNT}\n"} {
		src.Text = []byte(text)
		err := Decode(src, new(teller))
		for _, told := range []string{"secret-token", "7365637265742d", "tell", "found 10"} {
			if err == nil || strings.Contains(err.Error(), told) {
				t.Errorf("tells %q:\n%v", told, err)
			}
		}
		if !strings.Contains(err.Error(), "f:3:8: count: expected at least 100, found (hidden)") {
			t.Errorf("hides too much:\n%v", err)
		}
	}
}

func TestHidingLeavesNoRest(t *testing.T) {
	var d decoder
	d.hide("a-password")
	d.hide("a-password-and-more")
	if got := d.covered("from a-password-and-more", nil); got != "from (hidden)" {
		t.Error(got)
	}
}

// hosts is a section that tells parts of its values.
type hosts struct {
	Names []string `yaml:"names"`
	Mail  string   `yaml:"mail"`
}

func (h hosts) Validate(report func(key, format string, args ...any)) {
	report("names", "%s is not a host", h.Names[0])
	user, _, _ := strings.Cut(h.Mail, "@")
	report("mail", "%s cannot write", user)
}

func TestValidateCannotTellPartsFromTheEnvironment(t *testing.T) {
	got := problemsOf(t, "names: ['${SOON}.org']\nmail: ${FOLDER}@example.org\n", new(hosts))
	want := []string{"f:1:8: names: (hidden) is not a host", "f:2:7: mail: (hidden) cannot write"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestValidateTellsWhatIsNotSecret(t *testing.T) {
	got := problemsOf(t, "token: abc\ncount: 5\ntext: plain", new(teller))
	if want := "f:2:8: count: expected at least 100, found 5"; !slices.Contains(got, want) {
		t.Errorf("want %s among\n%s", want, strings.Join(got, "\n"))
	}
}

func TestValidateCannotTellSecretsOfDefaults(t *testing.T) {
	got := strings.Join(problemsOf(t, "", &teller{Token: NewSecret("default-token")}), "\n")
	if strings.Contains(got, "default-token") {
		t.Error(got)
	}
}

// Two unexported structs are embedded, so that Go gives the outer one neither's Validate.
type twice struct {
	checkedInline
	otherInline
}

type otherInline struct {
	Other Secret `yaml:"other"`
}

func (o *otherInline) Validate(report func(key, format string, args ...any)) {
	report("other", "cannot use %s: %w", o.Other, errors.New("it is closed"))
	report("other", "cannot use %w", errors.New(o.Other.Reveal()))
}

func TestValidateOfEmbeddedStructs(t *testing.T) {
	got := problemsOf(t, "other: an-own-secret\ninlined: i", new(twice))
	want := []string{"f:1:8: other: cannot use (hidden)", "f:1:8: other: cannot use (hidden): it is closed", "f:2:10: inlined: inlined is wrong"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
