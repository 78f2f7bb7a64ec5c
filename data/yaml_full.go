package data

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Limits of a file, far above any real one, which keep a hostile one from
// using up memory or stack.
const (
	maxFile  = 8 << 20
	maxDepth = 64
)

// readYAML reads a YAML file into a tree. The quick reader knows the plain
// forms that data files use; whatever it does not know, be it right or wrong,
// goes to the YAML library, which also words the error.
func readYAML(src []byte, file string, ps *Problems) (node, bool) {
	if len(src) > maxFile {
		ps.at(Pos{File: file}, "the file has %d bytes; the most that is read is %d", len(src), maxFile)
		return node{}, false
	}
	if root, ok := readQuick(string(src)); ok {
		return root, true
	}
	if pos, ok := notText(src, file); ok {
		ps.at(pos, "the file is not UTF-8 text")
		return node{}, false
	}
	return readFull(src, file, ps)
}

// notText finds the first byte that is not of a text.
func notText(src []byte, file string) (Pos, bool) {
	for i, r := range string(src) {
		if r == 0 || r == utf8.RuneError {
			before := src[:i]
			return Pos{File: file, Line: 1 + bytes.Count(before, []byte("\n")), Column: i - bytes.LastIndexByte(before, '\n')}, true
		}
	}
	return Pos{}, false
}

// readFull reads with the YAML library.
func readFull(src []byte, file string, ps *Problems) (root node, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			ps.at(Pos{File: file}, "the file is not valid YAML: %v", r)
			root, ok = node{}, false
		}
	}()
	if pos, deep := tooDeep(src, file); deep {
		ps.at(pos, "values are nested more than %d deep", maxDepth)
		return node{}, false
	}
	tree, err := parser.ParseBytes(src, 0)
	if err != nil {
		addSyntax(err, file, ps)
		return node{}, false
	}
	return convertFile(tree, file, ps)
}

// tooDeep counts open brackets and list marks on a line before the parser,
// which calls itself for each, sees them.
func tooDeep(src []byte, file string) (Pos, bool) {
	line, column, brackets, marks := 1, 0, 0, 0
	for i, b := range src {
		column++
		switch b {
		case '\n':
			line, column, marks = line+1, 0, 0
		case '[', '{':
			brackets++
		case ']', '}':
			brackets = max(0, brackets-1)
		case '-', '?', ':', '!', '&', '*':
			if i+1 < len(src) && (src[i+1] == ' ' || b == '!' || b == '&') {
				marks++
			}
		}
		if brackets > maxDepth || marks > 20*maxDepth {
			return Pos{File: file, Line: line, Column: column}, true
		}
	}
	return Pos{}, false
}

func addSyntax(err error, file string, ps *Problems) {
	pos, message := Pos{File: file}, err.Error()
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) {
		message = syntax.GetMessage()
		if t := syntax.GetToken(); t != nil && t.Position != nil {
			pos.Line, pos.Column = t.Position.Line, t.Position.Column
		}
	}
	ps.at(pos, "not valid YAML: %s", message)
}

func convertFile(tree *ast.File, file string, ps *Problems) (node, bool) {
	c := converter{file: file, ps: ps, ok: true}
	var bodies []ast.Node
	for _, doc := range tree.Docs {
		if doc.Body == nil {
			continue
		}
		if _, comment := doc.Body.(*ast.CommentGroupNode); !comment {
			bodies = append(bodies, doc.Body)
		}
	}
	switch {
	case len(bodies) == 0:
		return node{kind: nullNode, line: 1, column: 1}, true
	case len(bodies) > 1:
		c.fail(bodies[1].GetToken(), "the file holds %d documents; one is expected", len(bodies))
		return node{}, false
	}
	root := c.node(bodies[0], 0)
	return root, c.ok
}

type converter struct {
	file string
	ps   *Problems
	ok   bool
}

func (c *converter) fail(t *token.Token, format string, args ...any) {
	c.ok = false
	c.ps.at(at(t, c.file), format, args...)
}

func at(t *token.Token, file string) Pos {
	if t == nil || t.Position == nil {
		return Pos{File: file}
	}
	return Pos{File: file, Line: t.Position.Line, Column: t.Position.Column}
}

func (c *converter) node(n ast.Node, depth int) node {
	if n == nil {
		return node{kind: nullNode}
	}
	if depth > maxDepth {
		c.fail(n.GetToken(), "values are nested more than %d deep", maxDepth)
		return node{}
	}
	p := at(n.GetToken(), "")
	out := node{line: int32(p.Line), column: int32(p.Column)}
	switch n := n.(type) {
	case *ast.NullNode:
		out.kind = nullNode
	case *ast.StringNode:
		out.text = n.Value
		out.quoted = n.Token.Type == token.DoubleQuoteType || n.Token.Type == token.SingleQuoteType
	case *ast.LiteralNode:
		out.text, out.quoted = n.Value.Value, true
	case *ast.SequenceNode:
		return c.sequence(n, out, depth)
	case *ast.MappingNode:
		return c.mapping(n.Values, out, depth)
	case *ast.MappingValueNode:
		return c.mapping([]*ast.MappingValueNode{n}, out, depth)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		out.text = n.GetToken().Value
	default:
		c.fail(n.GetToken(), "%s is not used in data files; write plain values", n.Type())
	}
	return out
}

func (c *converter) sequence(n *ast.SequenceNode, out node, depth int) node {
	out.kind = sequenceNode
	for _, item := range n.Values {
		out.items = append(out.items, c.node(item, depth+1))
	}
	return out
}

func (c *converter) mapping(values []*ast.MappingValueNode, out node, depth int) node {
	out.kind = mappingNode
	for i, v := range values {
		key := c.node(v.Key, depth+1)
		if key.kind != scalarNode {
			c.fail(v.Key.GetToken(), "a key must be text")
			continue
		}
		if i == 0 {
			out.line, out.column = key.line, key.column
		}
		out.items = append(out.items, key, c.node(v.Value, depth+1))
	}
	return out
}
