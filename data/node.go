package data

import "iter"

// node is one value of a YAML file with its place. Both readers, the quick one
// and the full one, make the same tree.
type node struct {
	text         string // of a scalar, unquoted
	items        []node // of a list; of a mapping its keys, each followed by its value
	line, column int32
	kind         nodeKind
	quoted       bool // the scalar stood in quotes: it is text, never a number or a boolean
}

type nodeKind uint8

const (
	scalarNode nodeKind = iota
	nullNode
	sequenceNode
	mappingNode
)

func (k nodeKind) String() string {
	return [...]string{"a value", "nothing", "a list", "a mapping"}[k]
}

func (n *node) pos(file string) Pos {
	return Pos{File: file, Line: int(n.line), Column: int(n.column)}
}

// pairs goes through the keys and values of a mapping.
func (n *node) pairs() iter.Seq2[*node, *node] {
	return func(yield func(key, value *node) bool) {
		for i := 0; i+1 < len(n.items); i += 2 {
			if !yield(&n.items[i], &n.items[i+1]) {
				return
			}
		}
	}
}

// before finds a key that stands before the given one in the mapping and has
// the same text.
func (n *node) before(key *node) (first *node, found bool) {
	for k := range n.pairs() {
		if k == key {
			return nil, false
		}
		if k.text == key.text {
			return k, true
		}
	}
	return nil, false
}
