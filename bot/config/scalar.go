package config

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"
)

// scalar is the text of a single value.
type scalar struct {
	text    string // with its variables filled in
	written string // as it stands in the file
	filled  bool   // it held variables, so that the text must not be shown
	quoted  bool
}

// expected is what a field takes, for messages.
func (k kind) expected() string {
	switch k {
	case boolKind:
		return "true or false"
	case intKind:
		return "a whole number"
	case floatKind:
		return "a number"
	case durationKind:
		return "a duration such as 30m"
	case sizeKind:
		return "a size such as 256MB or 64KiB"
	case textKind, optionalTextKind:
		return "a value"
	}
	return "text"
}

// set puts the value into a field, or says what is wrong with it.
func (s scalar) set(f *field, v reflect.Value) (problem string) {
	number := f.kind == boolKind || f.kind == intKind || f.kind == floatKind
	if number && s.quoted && !s.filled {
		return fmt.Sprintf("expected %s without quotes, found %s in quotes", f.kind.expected(), shown(s.text))
	}
	switch f.kind {
	case stringKind:
		v.SetString(s.text)
		return ""
	case textKind, optionalTextKind:
		return s.setText(f, v)
	}
	value, err := parse(f.kind, s.text)
	if n, ok := value.(int64); ok && err == nil && v.OverflowInt(n) {
		err = strconv.ErrRange
	}
	if err != nil {
		return s.wrong(f.kind.expected(), err)
	}
	v.Set(reflect.ValueOf(value).Convert(v.Type()))
	return ""
}

func (s scalar) wrong(expected string, err error) string {
	switch {
	case s.filled:
		return fmt.Sprintf("expected %s, which %s does not give", expected, shown(s.written))
	case errors.Is(err, strconv.ErrRange):
		return fmt.Sprintf("expected %s, found %s, which is too large", expected, shown(s.text))
	}
	return fmt.Sprintf("expected %s, found %s", expected, shown(s.text))
}

// parse reads what is neither text nor reads itself.
func parse(k kind, text string) (any, error) {
	switch k {
	case intKind:
		return strconv.ParseInt(text, 10, 64)
	case floatKind:
		n, err := strconv.ParseFloat(text, 64)
		if err == nil && (math.IsNaN(n) || math.IsInf(n, 0)) {
			err = strconv.ErrSyntax
		}
		return n, err
	case durationKind:
		return time.ParseDuration(text)
	case sizeKind:
		return parseSize(text)
	}
	if text != "true" && text != "false" {
		return false, strconv.ErrSyntax
	}
	return text == "true", nil
}

// setText lets the field read itself. What is right is known only to it and
// to its explanation.
func (s scalar) setText(f *field, v reflect.Value) (problem string) {
	t := v.Type()
	if f.kind == optionalTextKind {
		t = t.Elem()
	}
	fresh := reflect.New(t)
	err := fresh.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s.text))
	if err != nil {
		return s.notText(f, err)
	}
	if f.kind == optionalTextKind {
		v.Set(fresh)
	} else {
		v.Set(fresh.Elem())
	}
	return ""
}

func (s scalar) notText(f *field, err error) string {
	problem := fmt.Sprintf("%s is not right here: %v", shown(s.text), err)
	if s.filled {
		problem = fmt.Sprintf("what %s gives is not right here", shown(s.written))
	}
	if f.doc != "" {
		problem += fmt.Sprintf(". What the key is for: %s", f.doc)
	}
	return problem
}
