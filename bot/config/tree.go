package config

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Limits of a file, far above any real one. The YAML library calls itself for
// each key, and copies all that it has of a block at each line, so that their
// numbers are limited too.
const (
	maxBytes  = 1 << 20
	maxLines  = 5_000
	maxTokens = 10_000
	maxDepth  = 20
)

// node is one value of the file.
type node struct {
	kind         nodeKind
	text         string // of text
	quoted       bool   // the text stands in quotes, or is a block
	pairs        []pair
	items        []*node
	line, column int
}

// pair is a key of a mapping and its value.
type pair struct{ key, value *node }

type nodeKind int

const (
	textNode nodeKind = iota
	nothingNode
	listNode
	keysNode
	refusedNode // a problem has been reported; nothing more is to be said
)

// found says what stands there, for the end of a message.
func (n *node) found() string {
	switch n.kind {
	case nothingNode:
		return "nothing"
	case listNode:
		return "a list"
	case keysNode:
		return "keys with values"
	}
	return "text"
}

// readTree reads a file. The tree is nil if it cannot be read at all.
func readTree(name string, src []byte) (*node, []Problem) {
	r := reader{file: name}
	if len(src) > maxBytes {
		r.fail(0, 0, fmt.Sprintf("the file has %d bytes; at most %d are read", len(src), maxBytes))
		return nil, r.problems
	}
	text := strings.TrimPrefix(string(src), "\uFEFF")
	if !r.isText(text) {
		return nil, r.problems
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if !strings.HasSuffix(text, "\n") {
		text += "\n" // the library reads a block at the end wrongly without
	}
	r.lines = strings.Split(text, "\n")
	if len(r.lines) > maxLines+1 {
		r.fail(maxLines+1, 1, fmt.Sprintf("the file is too long: at most %d lines are read", maxLines))
		return nil, r.problems
	}
	return r.read(text), r.problems
}

type reader struct {
	file     string
	lines    []string
	problems []Problem
}

func (r *reader) fail(line, column int, message string) {
	r.problems = append(r.problems, Problem{File: r.file, Line: line, Column: column, Message: message})
}

// isText reports the first character that no text holds.
func (r *reader) isText(text string) bool {
	line, column := 1, 0
	for i, c := range text {
		column++
		switch {
		case c == '\n':
			line, column = line+1, 0
		case c == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)):
			r.fail(line, column, "the file is not text in UTF-8")
			return false
		case c < ' ' && c != '\t' && c != '\r' || c == 0x7F:
			r.fail(line, column, fmt.Sprintf("the character %U has no place in a text file", c))
			return false
		}
	}
	return true
}

// read reads with the YAML library, which is not trusted to return.
func (r *reader) read(text string) (root *node) {
	defer func() {
		if recover() != nil {
			r.fail(0, 0, "not valid YAML: "+syntaxSentence(""))
			root = nil
		}
	}()
	tokens := lexer.Tokenize(text)
	if len(tokens) > maxTokens {
		t := tokens[maxTokens]
		r.fail(t.Position.Line, t.Position.Column, fmt.Sprintf("the file is too long: only the first %d keys, values and marks are read", maxTokens))
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.syntax(err)
		return nil
	}
	return r.document(file)
}

func (r *reader) syntax(err error) {
	line, column, message := 0, 0, ""
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) {
		message = syntax.GetMessage()
		if t := syntax.GetToken(); t != nil && t.Position != nil {
			line, column = t.Position.Line, t.Position.Column
		}
	}
	r.fail(line, column, "not valid YAML: "+syntaxSentence(message))
}

// document is the one document of a file. An empty file has no keys.
func (r *reader) document(file *ast.File) *node {
	var root *node
	for _, doc := range file.Docs {
		switch body := doc.Body.(type) {
		case nil, *ast.CommentGroupNode:
			continue
		case *ast.DirectiveNode:
			r.refuse(body, "a line that starts with % is not supported; remove it")
			continue
		}
		if root != nil {
			line, column := r.place(doc.Start)
			r.fail(line, column, "a second document starts at this ---; only one is read, so remove the line or what follows")
			break
		}
		root = r.node(doc.Body, 0)
	}
	if root == nil || root.kind == nothingNode {
		return &node{kind: keysNode}
	}
	return root
}

// refuse reports what is not supported, and gives a node about which nothing more is said.
func (r *reader) refuse(n ast.Node, message string) *node {
	line, column := r.place(n.GetToken())
	r.fail(line, column, message)
	return &node{kind: refusedNode, line: line, column: column}
}

func (r *reader) node(n ast.Node, depth int) *node {
	if depth > maxDepth {
		return r.refuse(n, fmt.Sprintf("values are nested more than %d deep", maxDepth))
	}
	out := &node{}
	out.line, out.column = r.place(n.GetToken())
	switch n := n.(type) {
	case *ast.NullNode:
		out.kind = nothingNode
	case *ast.StringNode:
		out.text, out.quoted = n.Value, n.Token.Type != token.StringType
	case *ast.LiteralNode:
		out.text, out.quoted = n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		out.text = n.GetToken().Value
	case *ast.SequenceNode:
		out.kind = listNode
		for _, item := range n.Values {
			out.items = append(out.items, r.node(item, depth+1))
		}
	case *ast.MappingNode:
		out = r.mapping(n.Values, out, depth)
		if n.IsFlowStyle {
			out.line, out.column = r.place(n.Start)
		}
	case *ast.MappingValueNode:
		return r.mapping([]*ast.MappingValueNode{n}, out, depth)
	default:
		return r.unsupported(n, depth)
	}
	return out
}

func (r *reader) mapping(values []*ast.MappingValueNode, out *node, depth int) *node {
	out.kind = keysNode
	for _, v := range values {
		if _, merge := v.Key.(*ast.MergeKeyNode); merge {
			r.refuse(v.Key, "the merge key << is not supported; write the keys out")
			continue
		}
		key := r.node(v.Key, depth+1)
		switch key.kind {
		case textNode:
			out.pairs = append(out.pairs, pair{key, r.node(v.Value, depth+1)})
		case refusedNode:
		default:
			r.fail(key.line, key.column, "expected a key made of text, found "+key.found())
		}
	}
	if len(out.pairs) > 0 {
		out.line, out.column = out.pairs[0].key.line, out.pairs[0].key.column
	}
	return out
}

// unsupported refuses the parts of YAML that a configuration needs not. What
// stands behind an anchor or a tag is read nevertheless, for its own problems.
func (r *reader) unsupported(n ast.Node, depth int) *node {
	switch n := n.(type) {
	case *ast.AliasNode:
		return r.refuse(n, "a value that starts with * repeats another value, which is not supported; write that value out, or put this one in quotes if the * belongs to it")
	case *ast.AnchorNode:
		r.refuse(n, "a word that starts with & names a value for repeating it, which is not supported; remove the word, or put the value in quotes if the & belongs to it")
		return r.node(n.Value, depth+1)
	case *ast.TagNode:
		r.refuse(n, "a word that starts with ! gives a value a type, which is not supported; remove the word, or put the value in quotes if the ! belongs to it")
		return &node{kind: refusedNode}
	case *ast.MappingKeyNode:
		return r.refuse(n, `keys that start with "? " are not supported; write "key: value"`)
	}
	return r.refuse(n, "this form of YAML is not supported; write plain values")
}

// place is where a token stands. The library gives a column too far right to
// numbers that have a space behind them.
func (r *reader) place(t *token.Token) (line, column int) {
	if t == nil || t.Position == nil {
		return 0, 0
	}
	line, column = t.Position.Line, t.Position.Column
	if t.Indicator != token.NotIndicator || line < 1 || line > len(r.lines) {
		return line, column
	}
	runes := []rune(r.lines[line-1])
	end := min(len(runes), max(0, column-1)+len(t.Value))
	if at := strings.LastIndex(string(runes[:end]), t.Value); at >= 0 {
		column = utf8.RuneCountInString(string(runes[:end])[:at]) + 1
	}
	return line, column
}
