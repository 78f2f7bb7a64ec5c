package data

import (
	"strings"
	"unicode/utf8"
)

// The quick reader reads the plain forms of YAML that data files are written
// in: block and flow lists and mappings, plain and quoted values on one line,
// comments. It exists because the program starts anew for each question that
// is asked on a command line, and the YAML library takes longer to read the
// files than everything else together.
//
// It never guesses: at anything that it does not know it gives up, and the
// library reads the file. A test and a fuzz target hold that whatever it does
// read, the library reads alike.

// readQuick reads src, or returns false.
func readQuick(src string) (node, bool) {
	if !plainText(src) {
		return node{}, false
	}
	q := quick{src: src, line: 1}
	if !q.nextContent() || q.at(0) == 0 {
		return node{}, false
	}
	if c := q.at(0); c == '[' || c == '{' {
		root, ok := q.flowValue(-1, 0)
		return root, ok && q.atEnd()
	}
	root, ok := q.block(0)
	return root, ok && q.atEnd()
}

// plainText says whether src holds only printable characters and line ends,
// and no marks of separate documents.
func plainText(src string) bool {
	for i := range len(src) {
		if src[i] < ' ' && src[i] != '\n' || src[i] == 0x7F {
			return false
		}
	}
	for _, unlike := range [...]string{"\uFEFF", "\u0085", "\u2028", "\u2029", "\n---", "\n..."} {
		if strings.Contains(src, unlike) {
			return false
		}
	}
	return utf8.ValidString(src) && !strings.HasPrefix(src, "---") && !strings.HasPrefix(src, "...")
}

type quick struct {
	src   string
	pos   int
	line  int
	start int // where the line starts

	counted, columns int    // up to where the line's characters were counted, and how many there are
	open             []node // values of the lists and mappings that are being read
	store            []node // room for those that have been
}

// take moves the values from the given one on out of the open ones. They are
// kept many to an allocation, since there are tens of thousands of short lists.
func (q *quick) take(from int) []node {
	count := len(q.open) - from
	if cap(q.store)-len(q.store) < count {
		q.store = make([]node, 0, max(count, 1024))
	}
	start := len(q.store)
	q.store = append(q.store, q.open[from:]...)
	q.open = q.open[:from]
	return q.store[start:len(q.store):len(q.store)]
}

func (q *quick) nextLine() {
	q.pos++
	q.line++
	q.start = q.pos
	q.counted, q.columns = q.pos, 0
}

// at is the byte k places on, 0 behind the end.
func (q *quick) at(k int) byte {
	if q.pos+k < len(q.src) {
		return q.src[q.pos+k]
	}
	return 0
}

func (q *quick) column() int { return q.pos - q.start }

// here is a node at this place.
func (q *quick) here() node {
	q.columns += utf8.RuneCountInString(q.src[q.counted:q.pos])
	q.counted = q.pos
	return node{line: int32(q.line), column: int32(q.columns + 1)}
}

func (q *quick) spaces() {
	for q.at(0) == ' ' {
		q.pos++
	}
}

// endOfLine says whether only spaces and a comment are left of the line, and
// skips them.
func (q *quick) endOfLine() bool {
	q.spaces()
	c := q.at(0)
	if c == '#' && (q.pos == q.start || q.src[q.pos-1] == ' ') {
		end := strings.IndexByte(q.src[q.pos:], '\n')
		if end < 0 {
			end = len(q.src) - q.pos
		}
		q.pos += end
		return true
	}
	return c == '\n' || c == 0
}

// nextContent goes to the first character of the next line that has content,
// or to the end. It returns false if something is left of this line.
func (q *quick) nextContent() bool {
	for {
		if !q.endOfLine() {
			return q.column() == 0 || strings.TrimLeft(q.src[q.start:q.pos], " ") == ""
		}
		if q.pos >= len(q.src) {
			q.start = q.pos
			return true
		}
		q.nextLine()
	}
}

func (q *quick) atEnd() bool { return q.pos >= len(q.src) }

// dash says whether a list item starts here.
func (q *quick) dash() bool {
	next := q.at(1)
	return q.at(0) == '-' && (next == ' ' || next == '\n' || next == 0)
}

// block reads the list or mapping that starts here.
func (q *quick) block(depth int) (node, bool) {
	if depth > maxDepth {
		return node{}, false
	}
	if q.dash() {
		return q.list(depth)
	}
	first := q.here()
	key, ok := q.scalar(false)
	if !ok || !q.colon(key) {
		return node{}, false
	}
	return q.mappingAt(first, key, q.keyColumn(first), depth)
}

// nested reads a value that starts on a line of its own.
func (q *quick) nested(column, depth int) (node, bool) {
	if c := q.at(0); c == '[' || c == '{' {
		return q.flowValue(column, depth)
	}
	return q.block(depth + 1)
}

// list reads the items that start in this column.
func (q *quick) list(depth int) (node, bool) {
	column, out, from := q.column(), q.here(), len(q.open)
	out.kind = sequenceNode
	for {
		item, ok := q.item(column, depth)
		if !ok {
			return node{}, false
		}
		q.open = append(q.open, item)
		if q.column() > column && !q.atEnd() {
			return node{}, false
		}
		if q.atEnd() || q.column() < column || !q.dash() {
			out.items = q.take(from)
			return out, true
		}
	}
}

// item reads one item and goes to the next content.
func (q *quick) item(column, depth int) (node, bool) {
	q.pos++
	if q.endOfLine() {
		if !q.nextContent() || q.atEnd() || q.column() <= column {
			return node{}, false
		}
		return q.nested(column, depth)
	}
	if q.dash() {
		return q.block(depth + 1)
	}
	return q.itemValue(column, depth)
}

// itemValue reads a value behind a dash: a mapping if a colon follows it.
func (q *quick) itemValue(column, depth int) (node, bool) {
	if c := q.at(0); c == '[' || c == '{' {
		return q.flowValue(column, depth)
	}
	inner := q.here()
	value, ok := q.scalar(false)
	if !ok {
		return node{}, false
	}
	if q.colon(value) {
		return q.mappingAt(inner, value, q.keyColumn(inner), depth+1)
	}
	return value, q.endOfLine() && q.nextContent()
}

// keyColumn is the column in bytes of a node on this line.
func (q *quick) keyColumn(n node) int {
	column := 0
	for range n.column - 1 {
		_, size := utf8.DecodeRuneInString(q.src[q.start+column:])
		column += size
	}
	return column
}

// colon takes the colon behind a key. A key without quotes is made of letters,
// digits and a few signs.
func (q *quick) colon(key node) bool {
	next := q.at(1)
	if !key.quoted && !plainKey(key.text) {
		return false
	}
	if q.at(0) != ':' || next != ' ' && next != '\n' && next != 0 {
		return false
	}
	q.pos++
	return true
}

// mappingAt reads a mapping whose first key and colon have been read.
func (q *quick) mappingAt(first, key node, column, depth int) (node, bool) {
	out, from := node{kind: mappingNode, line: first.line, column: first.column}, len(q.open)
	for {
		value, ok := q.valueOf(key, column, depth)
		if !ok || key.kind != scalarNode {
			return node{}, false
		}
		q.open = append(q.open, key, value)
		if q.atEnd() || q.column() < column {
			out.items = q.take(from)
			return out, true
		}
		if q.column() > column || q.dash() {
			return node{}, false
		}
		if key, ok = q.scalar(false); !ok || !q.colon(key) {
			return node{}, false
		}
	}
}

// valueOf reads what stands behind a key's colon and goes to the next content.
func (q *quick) valueOf(key node, column, depth int) (node, bool) {
	if depth > maxDepth {
		return node{}, false
	}
	if !q.endOfLine() {
		if c := q.at(0); c == '[' || c == '{' {
			return q.flowValue(column, depth)
		}
		value, ok := q.scalar(false)
		return value, ok && q.endOfLine() && q.nextContent()
	}
	if !q.nextContent() {
		return node{}, false
	}
	if !q.atEnd() && (q.column() > column || q.column() == column && q.dash()) {
		return q.nested(column, depth)
	}
	return node{kind: nullNode, line: key.line, column: key.column}, true
}

func plainKey(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c >= utf8.RuneSelf:
		case c == '_' || c == '-' || c == ' ' || c == '.' || c == '\'':
		default:
			return false
		}
	}
	return text != ""
}
