package config

import (
	"fmt"
	"io"
	"log/slog"
)

// hiddenText stands for a secret wherever it is printed.
const hiddenText = "(hidden)"

// Secret holds a token or password and hides it in every form of printing: it
// prints as nothing if it is unset, and as "(hidden)" if it is set. Only
// Reveal gives the value.
//
// Secrets that are set cannot be compared, not by reflect.DeepEqual either;
// compare what they reveal.
type Secret struct {
	// reveal is a func, since nothing that prints by reflection looks into
	// one: not even where the Secret stands in an unexported field, on which
	// the methods below cannot be called.
	reveal func() string
}

// NewSecret is a Secret with a value. The empty value is that of an unset Secret.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{reveal: func() string { return value }}
}

// Reveal is the value itself, for handing it to whom it is meant for.
func (s Secret) Reveal() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// IsZero says whether the secret is unset.
func (s Secret) IsZero() bool { return s.reveal == nil }

// String is "(hidden)", or "" if the secret is unset. So is every other form below.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return hiddenText
}

// GoString is for %#v.
func (s Secret) GoString() string { return s.String() }

// Format is for every verb of fmt, also those that String is not asked for.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue is for log/slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is for XML, map keys and the like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON is for encoding/json.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// MarshalYAML is for the YAML libraries.
func (s Secret) MarshalYAML() (any, error) { return s.String(), nil }
