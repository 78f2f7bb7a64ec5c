package data

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// decodeStrict decodes a YAML file into the value that into points to and
// reports everything that does not fit, with its place. It returns false if
// there was a problem; into then holds what could be read.
//
// Structs take the keys named by their yaml tags (the field's name in lower
// case without one; "-" for none); other keys are refused, and so are keys
// that stand twice. A field of type Pos without a tag is set to the place of
// the mapping. A Text keeps the place of a scalar. Slices, pointers and maps
// with string keys nest freely. Scalars: string, bool, int, float64.
func decodeStrict(src []byte, file string, into any, ps *Problems) bool {
	before := len(ps.List)
	root, ok := readYAML(src, file, ps)
	if !ok {
		return false
	}
	d := decoder{file: file, ps: ps}
	d.value(&root, reflect.ValueOf(into).Elem())
	return len(ps.List) == before
}

// Text is a string that knows where it stands.
type Text struct {
	Value string
	Pos   Pos
}

// keyPos is the place of a key of the file's outermost mapping; line 1 if the
// file has no such key.
func keyPos(src []byte, key string) Pos {
	root, ok := readYAML(src, "", new(Problems))
	if !ok {
		return Pos{Line: 1, Column: 1}
	}
	if root.kind == mappingNode {
		for k := range root.pairs() {
			if k.text == key {
				return k.pos("")
			}
		}
	}
	return Pos{Line: 1, Column: 1}
}

type decoder struct {
	file   string
	ps     *Problems
	shapes map[reflect.Type]*shape
}

// shape is what the decoder needs to know of a struct.
type shape struct {
	names  []string
	fields []int
	pos    int // the field that takes the place, -1 if none
}

var (
	posType  = reflect.TypeFor[Pos]()
	textType = reflect.TypeFor[Text]()
)

func (d *decoder) shape(t reflect.Type) *shape {
	if s, ok := d.shapes[t]; ok {
		return s
	}
	s := &shape{pos: -1}
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("yaml")
		switch {
		case f.Type == posType && tag == "":
			s.pos = i
		case tag == "-" || !f.IsExported():
		default:
			name, _, _ := strings.Cut(tag, ",")
			if name == "" {
				name = strings.ToLower(f.Name)
			}
			s.names = append(s.names, name)
			s.fields = append(s.fields, i)
		}
	}
	if d.shapes == nil {
		d.shapes = map[reflect.Type]*shape{}
	}
	d.shapes[t] = s
	return s
}

func (d *decoder) fail(n *node, format string, args ...any) {
	d.ps.at(n.pos(d.file), format, args...)
}

func (d *decoder) value(n *node, v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		if n.kind == nullNode {
			d.fail(n, "expected %s, found nothing", describe(v.Type().Elem()))
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem())
		return
	}
	if v.Type() == textType {
		d.text(n, v)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v)
	case reflect.Slice:
		d.slice(n, v)
	case reflect.Map:
		d.mapping(n, v)
	default:
		d.scalar(n, v)
	}
}

func (d *decoder) text(n *node, v reflect.Value) {
	if n.kind != scalarNode {
		d.fail(n, "expected text, found %s", n.kind)
		return
	}
	*v.Addr().Interface().(*Text) = Text{Value: n.text, Pos: n.pos(d.file)}
}

func (d *decoder) structure(n *node, v reflect.Value) {
	s := d.shape(v.Type())
	if n.kind != mappingNode {
		d.fail(n, "expected a mapping with the keys %s, found %s", strings.Join(s.names, ", "), n.kind)
		return
	}
	if s.pos >= 0 {
		*v.Field(s.pos).Addr().Interface().(*Pos) = n.pos(d.file)
	}
	for key, value := range n.pairs() {
		at := slices.Index(s.names, key.text)
		switch {
		case at < 0:
			d.fail(key, "unknown key %q; %s", key.text, suggest(key.text, s.names))
		case d.repeated(n, key):
		default:
			d.value(value, v.Field(s.fields[at]))
		}
	}
}

// suggest names the key that was probably meant, or all that there are.
func suggest(key string, known []string) string {
	for _, name := range known {
		if edits(key, name) <= 2 {
			return fmt.Sprintf("did you mean %q?", name)
		}
	}
	return "known keys: " + strings.Join(known, ", ")
}

// edits is how many letters must be put in, taken out or changed to make b of a
// (Levenshtein's distance), counted in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

// repeated reports a key that stood before in the same mapping.
func (d *decoder) repeated(n, key *node) bool {
	first, found := n.before(key)
	if found {
		d.fail(key, "key %q stands twice; the first is on line %d", key.text, first.line)
	}
	return found
}

func (d *decoder) slice(n *node, v reflect.Value) {
	if n.kind == nullNode {
		return
	}
	if n.kind != sequenceNode {
		d.fail(n, "expected a list, found %s", n.kind)
		return
	}
	if list, ok := v.Addr().Interface().(*[]string); ok {
		*list = d.strings(n)
		return
	}
	list := reflect.MakeSlice(v.Type(), len(n.items), len(n.items))
	kept := 0
	for i := range n.items {
		d.value(&n.items[i], list.Index(kept))
		if e := list.Index(kept); e.Kind() != reflect.Pointer || !e.IsNil() {
			kept++ // an entry that is nothing is reported, and left out
		}
	}
	v.Set(list.Slice(0, kept))
}

// strings reads the commonest kind of list without reflection.
func (d *decoder) strings(n *node) []string {
	out := make([]string, len(n.items))
	for i := range n.items {
		if n.items[i].kind != scalarNode {
			d.fail(&n.items[i], "expected text, found %s", n.items[i].kind)
		}
		out[i] = n.items[i].text
	}
	return out
}

func (d *decoder) mapping(n *node, v reflect.Value) {
	if n.kind == nullNode {
		return
	}
	if n.kind != mappingNode {
		d.fail(n, "expected a mapping, found %s", n.kind)
		return
	}
	m := reflect.MakeMapWithSize(v.Type(), len(n.items)/2)
	for k, value := range n.pairs() {
		key := reflect.ValueOf(k.text).Convert(v.Type().Key())
		if m.MapIndex(key).IsValid() {
			d.fail(k, "key %q stands twice", k.text)
			continue
		}
		item := reflect.New(v.Type().Elem()).Elem()
		d.value(value, item)
		m.SetMapIndex(key, item)
	}
	v.Set(m)
}

func (d *decoder) scalar(n *node, v reflect.Value) {
	if n.kind != scalarNode {
		d.fail(n, "expected %s, found %s", describe(v.Type()), n.kind)
		return
	}
	if err := setScalar(n, v); err != nil {
		d.fail(n, "%v", err)
	}
}

func setScalar(n *node, v reflect.Value) error {
	if v.Kind() == reflect.String {
		v.SetString(n.text)
		return nil
	}
	if n.quoted {
		return fmt.Errorf("expected %s without quotes, found %q", describe(v.Type()), n.text)
	}
	wrong := wrongScalar{describe(v.Type()), n.text}
	switch v.Kind() {
	case reflect.Bool:
		if n.text != "true" && n.text != "false" {
			return wrong
		}
		v.SetBool(n.text == "true")
	case reflect.Int:
		i, err := strconv.Atoi(n.text)
		if err != nil {
			return wrong
		}
		v.SetInt(int64(i))
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.text, 64)
		if err != nil || f != f {
			return wrong
		}
		v.SetFloat(f)
	default:
		return fmt.Errorf("a value of type %s cannot be read", v.Type())
	}
	return nil
}

// wrongScalar is worded only if it is shown.
type wrongScalar struct{ expected, found string }

func (w wrongScalar) Error() string { return fmt.Sprintf("expected %s, found %q", w.expected, w.found) }

func describe(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "a list"
	}
	return "a mapping"
}
