package config

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// Holders of a Secret, in the ways that a configuration holds one.
type (
	open   struct{ S Secret }
	closed struct{ s Secret }
	nested struct {
		inner  closed
		ptr    *closed
		any    any
		list   []Secret
		byName map[string]Secret
	}
)

func TestSecretNeverPrints(t *testing.T) {
	const value = "hunter2-and-more"
	s := NewSecret(value)
	n := nested{closed{s}, &closed{s}, s, []Secret{s}, map[string]Secret{"a": s}}
	hex := fmt.Sprintf("%x", value)
	for _, v := range []any{s, &s, open{s}, &open{s}, closed{s}, &closed{s}, n, &n, []any{s, n}, map[string]any{"k": closed{s}}, reflect.ValueOf(s), reflect.ValueOf(closed{s})} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%#q", "%t", "%p", "%T", "% x", "%50v", "%w"} {
			got := fmt.Sprintf(verb, v)
			if strings.Contains(got, value) || strings.Contains(strings.ToLower(got), hex) || strings.Contains(got, "104 117 110") {
				t.Errorf("%s of %T gives the secret: %s", verb, v, got)
			}
		}
	}
	for name, got := range printed(t, open{s}, n, s) {
		if strings.Contains(got, value) {
			t.Errorf("%s gives the secret: %s", name, got)
		}
	}
}

// printed is what writes values otherwise than by a verb of fmt.
func printed(t *testing.T, o open, n nested, s Secret) map[string]string {
	t.Helper()
	out := map[string]string{"error": fmt.Errorf("a %v: %w", n, errors.Join(fmt.Errorf("b %s", s))).Error(), "print": fmt.Sprint(o, n, s)}
	var text, js bytes.Buffer
	for _, l := range []*slog.Logger{slog.New(slog.NewTextHandler(&text, nil)), slog.New(slog.NewJSONHandler(&js, nil))} {
		l.Info("x", "secret", s, "open", o, "nested", n, "list", []Secret{s}, slog.Group("g", "s", &s))
	}
	out["slog text"], out["slog json"] = text.String(), js.String()
	for name, marshal := range map[string]func(any) ([]byte, error){"json": json.Marshal, "yaml": yaml.Marshal, "xml": xml.Marshal} {
		b, err := marshal(o)
		if err != nil || !bytes.Contains(b, []byte(hiddenText)) {
			t.Errorf("%s: %v: %s; want %s", name, err, b, hiddenText)
		}
		out[name] = string(b)
	}
	return out
}

func TestSecretForms(t *testing.T) {
	for value, want := range map[string]string{"": "", "token": "(hidden)"} {
		s := NewSecret(value)
		text, _ := s.MarshalText()
		js, _ := json.Marshal(s)
		y, _ := yaml.Marshal(map[string]Secret{"k": s})
		forms := []string{s.String(), s.GoString(), fmt.Sprint(s), fmt.Sprintf("%#v", s), fmt.Sprintf("%q", s), s.LogValue().String(), string(text), strings.Trim(string(js), `"`)}
		for i, got := range forms {
			if got != want {
				t.Errorf("form %d of %q is %q, want %q", i, value, got, want)
			}
		}
		var back map[string]string
		if err := yaml.Unmarshal(y, &back); err != nil || back["k"] != want {
			t.Errorf("YAML of %q is %s", value, y)
		}
		if s.Reveal() != value || s.IsZero() != (value == "") {
			t.Errorf("%q reveals %q, IsZero %v", value, s.Reveal(), s.IsZero())
		}
	}
	if !reflect.DeepEqual(NewSecret(""), Secret{}) {
		t.Error("an empty secret is not an unset one")
	}
}
