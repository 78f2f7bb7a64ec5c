package config

import (
	"fmt"
	"reflect"
	"strings"
)

// decoder fills a struct from a tree and collects what does not fit.
type decoder struct {
	src      Source
	problems []Problem
	parts    []*part
	hidden   map[string]bool // values that no message may hold
}

// part is a section while it is read: what it fills and where it stands.
type part struct {
	path         string
	shape        *section
	value        reflect.Value
	line, column int             // of its key, or of the section around it; 0 if none is in the file
	at           map[string]spot // where the values of its keys stand
	failed       map[string]bool // the keys that a problem has been reported for
	broken       bool            // it holds no keys at all; that has been reported
}

type spot struct{ line, column int }

// err is the problems as an error.
func (d *decoder) err() error {
	if len(d.problems) == 0 {
		return nil
	}
	return &Problems{List: inOrder(d.problems)}
}

func (d *decoder) root() *part { return d.parts[0] }

// fail reports a problem of a key at a place, and keeps it in mind.
func (d *decoder) fail(p *part, key string, at spot, format string, args ...any) {
	p.failed[key] = true
	d.problems = append(d.problems, Problem{
		File: d.src.Name, Line: at.line, Column: at.column,
		Key: join(p.path, key), Message: oneLine(fmt.Sprintf(format, args...)),
	})
}

// section reads a section from n, which is nil if the file does not have it.
func (d *decoder) section(n *node, p *part) {
	d.parts = append(d.parts, p)
	p.at, p.failed = map[string]spot{}, map[string]bool{}
	given := map[string]pair{}
	switch {
	case n == nil || n.kind == nothingNode:
	case n.kind == keysNode:
		given = d.given(n, p)
	default:
		p.broken = true
		if n.kind != refusedNode {
			d.fail(p, "", spot{n.line, n.column}, "%s", p.shape.notKeys(n))
		}
		return
	}
	for i := range p.shape.fields {
		d.field(&p.shape.fields[i], given, p)
	}
}

// notKeys words the problem of what stands where a section's keys should.
func (s *section) notKeys(n *node) string {
	if len(s.fields) == 0 {
		return fmt.Sprintf("expected {}, since this section has no keys, found %s", n.found())
	}
	return fmt.Sprintf("expected keys, each with a colon, a space and a value, found %s; the keys known here are %s",
		n.found(), strings.Join(s.keys(), ", "))
}

// given are the keys and values that stand in the file, without those that
// are not known or stand there already.
func (d *decoder) given(n *node, p *part) map[string]pair {
	given := map[string]pair{}
	for _, kv := range n.pairs {
		key, at := kv.key.text, spot{kv.key.line, kv.key.column}
		if first, twice := given[key]; twice {
			d.fail(p, "", at, "the key %s stands twice; the first is on line %d", shown(key), first.key.line)
			continue
		}
		given[key] = kv
		if f, _ := p.shape.find(key); f == nil {
			message, meant := d.unknownKey(key, p)
			d.fail(p, "", at, "%s", message)
			if f, _ := p.shape.find(meant); f != nil {
				p.failed[f.key] = true
			}
		}
	}
	for key, kv := range given {
		p.at[key] = kv.spot()
	}
	return given
}

// spot is where the value stands, or its key if there is no value.
func (kv pair) spot() spot {
	if kv.value.kind == nothingNode {
		return spot{kv.key.line, kv.key.column}
	}
	return spot{kv.value.line, kv.value.column}
}

func (d *decoder) field(f *field, given map[string]pair, p *part) {
	kv, present := given[f.key]
	v := p.value.FieldByIndex(f.index)
	switch {
	case f.section != nil:
		d.subsection(f, kv, present, v, p)
	case f.kind == secretKind:
		d.secret(f, given, v, p)
	case !present || kv.value.kind == refusedNode:
		p.failed[f.key] = p.failed[f.key] || present
	case f.kind == listKind:
		d.list(f, kv, v, p)
	default:
		d.scalar(f, kv, v, p)
	}
}

func (d *decoder) subsection(f *field, kv pair, given bool, v reflect.Value, p *part) {
	sub := &part{path: join(p.path, f.key), shape: f.section, line: p.line, column: p.column}
	if given {
		sub.line, sub.column = kv.key.line, kv.key.column
	}
	if f.kind == optionalSectionKind {
		if !given && v.IsNil() {
			return
		}
		if given {
			v.Set(present(v))
		}
		v = v.Elem()
	}
	sub.value = v
	d.section(kv.value, sub)
	p.failed[f.key] = sub.broken
}

func (d *decoder) list(f *field, kv pair, v reflect.Value, p *part) {
	if kv.value.kind != listNode {
		d.fail(p, f.key, kv.spot(), `expected a list such as ["a", "b"], found %s`, kv.value.found())
		return
	}
	var list []string
	for i, item := range kv.value.items {
		at := spot{item.line, item.column}
		switch item.kind {
		case textNode:
			if s, ok := d.fill(f.key, item, at, p); ok {
				list = append(list, s.text)
			}
		case refusedNode:
			p.failed[f.key] = true
		case nothingNode:
			d.fail(p, f.key, kv.spot(), "entry %d of the list is empty; expected text", i+1)
		default:
			d.fail(p, f.key, at, "entry %d of the list: expected text, found %s", i+1, item.found())
		}
	}
	v.Set(reflect.ValueOf(list).Convert(v.Type()))
}

// secret reads a secret from its key, or from the file that its other key names.
func (d *decoder) secret(f *field, given map[string]pair, v reflect.Value, p *part) {
	fileKey := f.key + fileSuffix
	direct, isDirect := given[f.key]
	file, isFile := given[fileKey]
	switch {
	case isDirect && isFile:
		d.fail(p, fileKey, file.spot(), "%s is given on line %d already; keep one of the two", f.key, direct.key.line)
		p.failed[f.key] = true
	case isFile:
		p.at[f.key] = file.spot()
		if s, ok := d.scalarText(fileKey, "the path of a file", file, p); ok {
			d.secretFile(fileKey, s, file.spot(), v, p)
		}
		p.failed[f.key] = p.failed[fileKey]
	case isDirect:
		if s, ok := d.scalarText(f.key, "text", direct, p); ok {
			v.Set(reflect.ValueOf(NewSecret(s.text)))
		}
	}
}

func (d *decoder) scalar(f *field, kv pair, v reflect.Value, p *part) {
	s, ok := d.scalarText(f.key, f.kind.expected(), kv, p)
	if !ok {
		return
	}
	if message := s.set(f, v); message != "" {
		d.fail(p, f.key, kv.spot(), "%s", message)
		return
	}
	if s.filled {
		d.hide(fmt.Sprint(v.Interface()))
	}
}

// scalarText is the text of a single value, with its variables filled in.
func (d *decoder) scalarText(key, expected string, kv pair, p *part) (scalar, bool) {
	switch kv.value.kind {
	case textNode:
		return d.fill(key, kv.value, kv.spot(), p)
	case refusedNode:
		p.failed[key] = true
	case nothingNode:
		d.fail(p, key, kv.spot(), "expected %s, found nothing; remove the key to keep its default", expected)
	default:
		d.fail(p, key, kv.spot(), "expected %s, found %s", expected, kv.value.found())
	}
	return scalar{}, false
}
