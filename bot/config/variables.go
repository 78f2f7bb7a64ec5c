package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// fill fills the variables of a value in. It is done to the value, after the
// file has been read, and once: what a variable holds is taken as it is.
func (d *decoder) fill(key string, n *node, at spot, p *part) (scalar, bool) {
	s := scalar{written: n.text, quoted: n.quoted}
	var b strings.Builder
	ok := true
	for rest := n.text; ; {
		before, after, found := strings.Cut(rest, "$")
		b.WriteString(before)
		if !found {
			s.text = b.String()
			return s, ok
		}
		switch {
		case strings.HasPrefix(after, "$"):
			b.WriteByte('$')
			rest = after[1:]
		case strings.HasPrefix(after, "{"):
			var value, problem string
			value, rest, problem = d.variable(after[1:])
			b.WriteString(value)
			s.filled = true
			if problem != "" {
				d.fail(p, key, at, "%s", problem)
				ok = false
			}
		default:
			b.WriteByte('$')
			rest = after
		}
	}
}

// variable is the value of the variable at the start of text, up to its }.
func (d *decoder) variable(text string) (value, rest, problem string) {
	name, rest, closed := strings.Cut(text, "}")
	if !closed || !isVariable(name) {
		return "", rest, "a variable is written ${NAME}, with the letters A to Z, digits and _ in its name; for a single $ write $$"
	}
	set := false
	if d.src.Getenv != nil {
		value, set = d.src.Getenv(name)
	}
	switch {
	case !set:
		return "", rest, fmt.Sprintf("environment variable %s is not set", name)
	case !utf8.ValidString(value):
		return "", rest, fmt.Sprintf("environment variable %s is not text in UTF-8", name)
	}
	d.hide(value)
	return value, rest, ""
}

func isVariable(name string) bool {
	for i, c := range []byte(name) {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

// secretFile reads a secret from the file that a ..._file key names.
func (d *decoder) secretFile(key string, path scalar, at spot, v reflect.Value, p *part) {
	full := path.text
	if full == "" {
		d.fail(p, key, at, "expected the path of a file, found empty text")
		return
	}
	if !filepath.IsAbs(full) {
		full = filepath.Join(filepath.Dir(d.src.Name), full)
	}
	name := shown(full)
	if path.filled {
		name = shown(path.written)
	}
	content, err := []byte(nil), fs.ErrNotExist
	if d.src.ReadFile != nil {
		content, err = d.src.ReadFile(full)
	}
	value := strings.TrimSuffix(strings.TrimSuffix(string(content), "\n"), "\r")
	switch {
	case err != nil:
		d.fail(p, key, at, "the file %s cannot be read: %s", name, reason(err))
	case value == "":
		d.fail(p, key, at, "the file %s is empty; expected the secret in it", name)
	case len(content) > maxBytes:
		d.fail(p, key, at, "the file %s is too large to hold a secret", name)
	default:
		v.Set(reflect.ValueOf(NewSecret(value)))
	}
}

// reason says why a file cannot be read, without its name.
func reason(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "its permissions do not allow it"
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return "reading failed"
}

// hide keeps a value out of the messages of Validate, in the forms in which
// it is likely to come up.
func (d *decoder) hide(value string) {
	if d.hidden == nil {
		d.hidden = map[string]bool{}
	}
	quoted := strconv.Quote(value)
	for _, form := range []string{value, strings.TrimSpace(value), quoted[1 : len(quoted)-1]} {
		if form != "" {
			d.hidden[form] = true
		}
	}
}
