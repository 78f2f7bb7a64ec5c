package data

// flowValue reads a list or mapping in brackets and goes to the next content.
// Its lines must be indented deeper than the block it stands in.
func (q *quick) flowValue(column, depth int) (node, bool) {
	out, ok := q.flow(column, depth)
	return out, ok && q.endOfLine() && q.nextContent()
}

func (q *quick) flow(column, depth int) (node, bool) {
	if depth > maxDepth {
		return node{}, false
	}
	switch q.at(0) {
	case '[':
		return q.flowList(column, depth)
	case '{':
		return q.flowMapping(column, depth)
	}
	return q.scalar(true)
}

// flowSpace skips spaces, comments and line ends inside brackets.
func (q *quick) flowSpace(column int) bool {
	for q.endOfLine() {
		if q.atEnd() {
			return false
		}
		q.nextLine()
		q.spaces()
		if c := q.at(0); c != '\n' && c != '#' && q.column() <= column {
			return false
		}
	}
	return true
}

// flowNext takes the comma or the closing bracket behind an entry.
func (q *quick) flowNext(column int, closing byte) (done, ok bool) {
	if !q.flowSpace(column) {
		return false, false
	}
	c := q.at(0)
	q.pos++
	if c == closing {
		return true, true
	}
	return false, c == ',' && q.flowSpace(column)
}

func (q *quick) flowList(column, depth int) (node, bool) {
	out, from := q.here(), len(q.open)
	out.kind = sequenceNode
	q.pos++
	if !q.flowSpace(column) {
		return node{}, false
	}
	if q.at(0) == ']' {
		q.pos++
		return out, true
	}
	for {
		item, ok := q.flow(column, depth+1)
		if !ok {
			return node{}, false
		}
		q.open = append(q.open, item)
		if done, ok := q.flowNext(column, ']'); done || !ok {
			out.items = q.take(from)
			return out, ok
		}
	}
}

func (q *quick) flowMapping(column, depth int) (node, bool) {
	out, from := q.here(), len(q.open)
	out.kind = mappingNode
	q.pos++
	if !q.flowSpace(column) {
		return node{}, false
	}
	if q.at(0) == '}' {
		q.pos++
		return out, true
	}
	out.line, out.column = q.here().line, q.here().column
	for {
		key, ok := q.scalar(true)
		if !ok || key.kind != scalarNode || !q.colon(key) || !q.flowSpace(column) {
			return node{}, false
		}
		value, ok := q.flow(column, depth+1)
		if !ok {
			return node{}, false
		}
		q.open = append(q.open, key, value)
		if done, ok := q.flowNext(column, '}'); done || !ok {
			out.items = q.take(from)
			return out, ok
		}
	}
}
