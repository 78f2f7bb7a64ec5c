package config

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Example is a file with every key of v, a struct or a pointer to one, at the
// value that v holds, each below its explanation. Optional sections that v
// does not hold stand there at their defaults, with "# " before each line.
// Secrets are left empty.
func Example(v any) ([]byte, error) { return write(v, writer{example: true}) }

// Show is the configuration in effect as YAML, with its secrets hidden.
// Optional sections that are absent are left out. Read again it gives the
// same configuration, but for the secrets.
func Show(v any) ([]byte, error) { return write(v, writer{}) }

func write(v any, w writer) ([]byte, error) {
	given := reflect.Indirect(reflect.ValueOf(v))
	if given.Kind() != reflect.Struct {
		return nil, fmt.Errorf("config: a struct is needed, got %T", v)
	}
	shape, err := newSection(given.Type())
	if err != nil {
		return nil, err
	}
	addressable := reflect.New(given.Type()).Elem()
	addressable.Set(given)
	lines, err := w.section(shape, addressable, 0)
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	return []byte(strings.Join(lines, "\n") + "\n"), nil
}

// writer writes sections as lines.
type writer struct{ example bool }

func (w writer) section(s *section, v reflect.Value, depth int) ([]string, error) {
	var lines []string
	for i := range s.fields {
		f := &s.fields[i]
		more, err := w.field(f, v.FieldByIndex(f.index), depth)
		if err != nil {
			return nil, err
		}
		if w.example && depth == 0 && i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

func (w writer) field(f *field, v reflect.Value, depth int) ([]string, error) {
	absent := (f.kind == optionalSectionKind || f.kind == optionalTextKind) && v.IsNil()
	if absent && !w.example {
		return nil, nil
	}
	if absent {
		v = present(v)
	}
	lines, err := w.entry(f, v, depth)
	if err != nil || !w.example {
		return lines, err
	}
	explanation := w.explain(f, absent, depth)
	if absent {
		lines = commented(lines)
	}
	return append(explanation, lines...), nil
}

// explain is the comment above a key.
func (w writer) explain(f *field, absent bool, depth int) []string {
	text := f.doc
	if text != "" && !strings.ContainsRune(".!?", rune(text[len(text)-1])) {
		text += "."
	}
	if f.kind == secretKind {
		text += fmt.Sprintf(" Write ${NAME} to take it from the environment, or put the key %s%s in place of this one, with the path of a file that holds it.", f.key, fileSuffix)
	}
	if absent {
		text += ` Optional: to use it, remove the first "# " of each of its lines below.`
	}
	lines := wrapped(text, indentation(depth)+"# ")
	if absent && depth == 0 {
		lines = append(lines, "") // so that what is to be uncommented stands by itself
	}
	return lines
}

// commented puts "# " before each line.
func commented(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = "# " + line
	}
	return out
}

func indentation(depth int) string { return strings.Repeat("  ", depth) }

// wrapped breaks text into lines of about 100 columns that start with prefix.
func wrapped(text, prefix string) []string {
	const columns = 100
	var lines []string
	line := prefix
	for _, word := range strings.Fields(text) {
		switch {
		case line == prefix:
			line += word
		case len(line)+1+len(word) > columns:
			lines = append(lines, line)
			line = prefix + word
		default:
			line += " " + word
		}
	}
	if line != prefix {
		lines = append(lines, line)
	}
	return lines
}

// entry is a key with its value.
func (w writer) entry(f *field, v reflect.Value, depth int) ([]string, error) {
	start := indentation(depth) + f.key + ":"
	switch f.kind {
	case optionalSectionKind:
		v = v.Elem()
		fallthrough
	case sectionKind:
		lines, err := w.section(f.section, v, depth+1)
		if len(lines) == 0 {
			return []string{start + " {}"}, err
		}
		return append([]string{start}, lines...), err
	case listKind:
		return list(start, v, depth), nil
	case secretKind:
		if w.example {
			return []string{start + ` ""`}, nil
		}
		return []string{start + " " + quoted(v.Interface().(Secret).String())}, nil
	}
	text, err := scalarText(f, v)
	return []string{start + " " + text}, err
}

func list(start string, v reflect.Value, depth int) []string {
	if v.Len() == 0 {
		return []string{start + " []"}
	}
	lines := []string{start}
	for i := range v.Len() {
		lines = append(lines, indentation(depth+1)+"- "+quoted(v.Index(i).String()))
	}
	return lines
}

func scalarText(f *field, v reflect.Value) (string, error) {
	switch f.kind {
	case boolKind:
		return strconv.FormatBool(v.Bool()), nil
	case intKind:
		return strconv.FormatInt(v.Int(), 10), nil
	case floatKind:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64), nil
	case durationKind:
		return durationText(time.Duration(v.Int())), nil
	case sizeKind:
		return Size(v.Int()).String(), nil
	case stringKind:
		return quoted(v.String()), nil
	case textKind:
		v = v.Addr()
	}
	switch text := v.Interface().(type) {
	case encoding.TextMarshaler:
		b, err := text.MarshalText()
		if err != nil {
			return "", fmt.Errorf("config: key %s: %w", f.key, err)
		}
		return quoted(string(b)), nil
	case fmt.Stringer:
		return quoted(text.String()), nil
	}
	return "", fmt.Errorf("config: key %s: the type %s reads text but does not write it", f.key, v.Type())
}

// durationText leaves out the parts of a duration that are nothing: 30m, not 30m0s.
func durationText(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// quoted is a string as YAML: plain where nobody can take it for anything
// else, else in double quotes. A $ is written $$, so that it stays one.
func quoted(s string) string {
	s = strings.ReplaceAll(s, "$", "$$")
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r > 0xFFFF && strconv.IsPrint(r) || r != '\uFEFF' && strconv.IsGraphic(r) && r != '\u00A0':
			b.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String() + `"`
}

// isPlain says whether a string starts with a letter or /, goes on with what
// means nothing in YAML, and is no word that YAML knows.
func isPlain(s string) bool {
	switch strings.ToLower(s) {
	case "", "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return false
	}
	for i, c := range []byte(s) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '/'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789_-.", rune(c))) {
			return false
		}
	}
	return true
}
