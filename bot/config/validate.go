package config

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// validator is a section that checks itself.
type validator interface {
	Validate(report func(key, format string, args ...any))
}

// validate lets each section that was read check itself.
func (d *decoder) validate() {
	for _, p := range d.parts {
		d.hideSecrets(p)
	}
	for _, p := range d.parts {
		if !p.broken {
			d.check(p)
		}
	}
}

// hideSecrets keeps the secrets of a section out of messages, also those of the defaults.
func (d *decoder) hideSecrets(p *part) {
	for _, f := range p.shape.fields {
		if f.kind == secretKind {
			d.hide(p.value.FieldByIndex(f.index).Interface().(Secret).Reveal())
		}
	}
}

// check reports what a section finds, except for keys that a problem has been
// reported for: their fields do not hold what the file says.
func (d *decoder) check(p *part) {
	failed := maps.Clone(p.failed)
	delete(failed, "")
	report := func(key, format string, args ...any) {
		if !failed[key] {
			d.fail(p, key, p.spotOf(key), "%s", d.covered(format, args))
		}
	}
	for _, index := range p.shape.checks {
		v := p.value.FieldByIndex(index)
		v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()) // also of an unexported embedded struct
		if checker, ok := v.Interface().(validator); ok {
			checker.Validate(report)
		}
	}
}

// spotOf is where the value of a key stands, or else the section.
func (p *part) spotOf(key string) spot {
	if at, ok := p.at[key]; ok {
		return at
	}
	return spot{p.line, p.column}
}

// covered is a message in which the arguments that hold hidden values are hidden.
func (d *decoder) covered(format string, args []any) string {
	safe := make([]any, len(args))
	for i, arg := range args {
		safe[i] = arg
		if text := fmt.Sprintf("%v %s", arg, arg); d.mentions(text) {
			safe[i] = hiddenArg{NewSecret(text)}
		}
	}
	message := fmt.Errorf(format, safe...).Error() // it knows %w, unlike Sprintf
	for _, value := range slices.SortedFunc(maps.Keys(d.hidden), longestFirst) {
		if len(value) >= longValue {
			message = strings.ReplaceAll(message, value, hiddenText)
		}
	}
	return message
}

// hiddenArg prints as hidden, and may stand where an error is wanted.
type hiddenArg struct{ Secret }

func (h hiddenArg) Error() string { return h.String() }

// longestFirst keeps a value that is part of another from leaving the rest of that.
func longestFirst(a, b string) int {
	return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
}

// Values from these lengths on are looked for inside of words, and wherever
// they stand in a message. Shorter ones would be found by chance.
const (
	wordValue = 4
	longValue = 8
)

func (d *decoder) mentions(text string) bool {
	for value := range d.hidden {
		if len(value) >= wordValue && strings.Contains(text, value) || hasWord(text, value) {
			return true
		}
	}
	return false
}

// hasWord says whether value stands in text with no letter or digit next to it.
func hasWord(text, value string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], value)
		if at < 0 {
			return false
		}
		start, end := from+at, from+at+len(value)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !isWord(before) && !isWord(after) {
			return true
		}
		from = start + 1
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
