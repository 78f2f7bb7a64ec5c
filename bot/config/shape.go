package config

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// kind is what a field takes.
type kind int

const (
	stringKind kind = iota
	boolKind
	intKind
	floatKind
	durationKind
	sizeKind
	secretKind
	listKind
	textKind            // reads itself from text
	optionalTextKind    // a pointer to what reads itself from text
	sectionKind         // a struct
	optionalSectionKind // a pointer to a struct
)

// field is a key of a section and the field of the struct that it fills.
type field struct {
	key, doc string
	index    []int
	kind     kind
	section  *section // of a section
}

// section is what there is to know of a struct.
type section struct {
	fields []field
	checks [][]int // the structs whose Validate is called: this one and those inlined
}

// newSection describes a struct, or says why it cannot be read into.
func newSection(t reflect.Type) (*section, error) { return describe(t, 0) }

func describe(t reflect.Type, depth int) (*section, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("config: %s is nested more than %d deep", t, maxDepth)
	}
	s := &section{}
	return s, s.add(t, nil, depth)
}

// add adds the fields of a struct that stands at index in the section's own.
func (s *section) add(t reflect.Type, index []int, depth int) error {
	s.checks = append(s.checks, index)
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		at := append(append([]int(nil), index...), i)
		inline := options == "inline" || f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct
		var err error
		switch {
		case name == "-" || !f.IsExported() && !(inline && f.Anonymous):
		case inline && f.Type.Kind() != reflect.Struct:
			err = fmt.Errorf("config: field %s of %s is inlined, but is not a struct", f.Name, t)
		case inline:
			err = s.add(f.Type, at, depth)
		default:
			err = s.addField(f, name, at, depth)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *section) addField(f reflect.StructField, key string, index []int, depth int) error {
	if key == "" {
		key = strings.ToLower(f.Name)
	}
	if other, _ := s.find(key); other != nil {
		return fmt.Errorf("config: the key %q is used twice, also by field %s", key, f.Name)
	}
	k, ok := kindOf(f.Type)
	if !ok {
		return fmt.Errorf("config: field %s has the type %s, which cannot be read from a file", f.Name, f.Type)
	}
	out := field{key: key, doc: oneLine(f.Tag.Get("doc")), index: index, kind: k}
	var err error
	switch k {
	case sectionKind:
		out.section, err = describe(f.Type, depth+1)
	case optionalSectionKind:
		out.section, err = describe(f.Type.Elem(), depth+1)
	}
	s.fields = append(s.fields, out)
	return err
}

func kindOf(t reflect.Type) (kind, bool) {
	switch t {
	case reflect.TypeFor[Secret]():
		return secretKind, true
	case reflect.TypeFor[Size]():
		return sizeKind, true
	case reflect.TypeFor[time.Duration]():
		return durationKind, true
	}
	reader := reflect.TypeFor[encoding.TextUnmarshaler]()
	switch {
	case t.Kind() == reflect.Pointer && t.Implements(reader):
		return optionalTextKind, true
	case reflect.PointerTo(t).Implements(reader):
		return textKind, true
	case t.Kind() == reflect.Slice && t.Elem() == reflect.TypeFor[string]():
		return listKind, true
	case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct:
		return optionalSectionKind, true
	}
	switch t.Kind() {
	case reflect.String:
		return stringKind, true
	case reflect.Bool:
		return boolKind, true
	case reflect.Int, reflect.Int64:
		return intKind, true
	case reflect.Float64:
		return floatKind, true
	case reflect.Struct:
		return sectionKind, true
	}
	return 0, false
}

// fileSuffix makes the key that names a secret's file of the secret's own.
const fileSuffix = "_file"

// find is the field of a key; inFile says that the key names the file that
// holds the field's secret.
func (s *section) find(key string) (f *field, inFile bool) {
	secret, isFile := strings.CutSuffix(key, fileSuffix)
	for i := range s.fields {
		switch f := &s.fields[i]; {
		case f.key == key:
			return f, false
		case isFile && f.kind == secretKind && f.key == secret:
			return f, true
		}
	}
	return nil, false
}

// keys are all keys of the section, in the order of its fields.
func (s *section) keys() []string {
	var keys []string
	for _, f := range s.fields {
		keys = append(keys, f.key)
		if f.kind == secretKind {
			keys = append(keys, f.key+fileSuffix)
		}
	}
	return keys
}

// sectionsWith are the paths of the sections that have a key.
func (s *section) sectionsWith(key, path string) []string {
	var paths []string
	if f, _ := s.find(key); f != nil {
		paths = append(paths, path)
	}
	for _, f := range s.fields {
		if f.section != nil {
			paths = append(paths, f.section.sectionsWith(key, join(path, f.key))...)
		}
	}
	return paths
}

// join is the path of a key in the section at path.
func join(path, key string) string {
	if path == "" || key == "" {
		return path + key
	}
	return path + "." + key
}

// present is a new value for an optional section or text whose field holds
// now: a copy of that, or one with its defaults.
func present(now reflect.Value) reflect.Value {
	fresh := reflect.New(now.Type().Elem())
	if !now.IsNil() {
		fresh.Elem().Set(now.Elem())
	} else if d, ok := fresh.Interface().(interface{ Defaults() }); ok {
		d.Defaults()
	}
	return fresh
}
