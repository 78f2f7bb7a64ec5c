package data

import (
	"strconv"
	"strings"
)

// scalar reads a quoted or plain value on this line.
func (q *quick) scalar(inFlow bool) (node, bool) {
	switch q.at(0) {
	case '"':
		return q.doubleQuoted()
	case '\'':
		return q.singleQuoted()
	}
	return q.plain(inFlow)
}

// plain reads an unquoted value, up to a colon, a comment or the line's end.
func (q *quick) plain(inFlow bool) (node, bool) {
	out, from := q.here(), q.pos
	if strings.IndexByte(",[]{}#&*!|>%@`=", q.at(0)) >= 0 {
		return node{}, false
	}
	if c, next := q.at(0), q.at(1); (c == '-' || c == '?' || c == ':') && strings.IndexByte(" \n,[]{}\x00", next) >= 0 {
		return node{}, false
	}
	for {
		for q.pos < len(q.src) && !mayEnd[q.src[q.pos]] {
			q.pos++
		}
		if q.plainEnds(inFlow) {
			break
		}
		q.pos++
	}
	out.text = strings.TrimRight(q.src[from:q.pos], " ")
	switch out.text {
	case "", "<<":
		return node{}, false
	case "~", "null", "Null", "NULL":
		out.kind, out.text = nullNode, ""
	}
	return out, true
}

// mayEnd are the characters that can end a plain value.
var mayEnd = [256]bool{'\n': true, ':': true, '#': true, ',': true, '[': true, ']': true, '{': true, '}': true}

func (q *quick) plainEnds(inFlow bool) bool {
	switch q.at(0) {
	case '\n', 0:
		return true
	case ':':
		next := q.at(1)
		return next == ' ' || next == '\n' || next == 0 || inFlow && strings.IndexByte(",[]{}", next) >= 0
	case '#':
		return q.pos > q.start && q.src[q.pos-1] == ' '
	case ',', '[', ']', '{', '}':
		return inFlow
	}
	return false
}

func (q *quick) singleQuoted() (node, bool) {
	out := q.here()
	out.quoted = true
	q.pos++
	var b strings.Builder
	for {
		end := strings.IndexByte(q.src[q.pos:], '\'')
		if end < 0 || strings.IndexByte(q.src[q.pos:q.pos+end], '\n') >= 0 {
			return node{}, false
		}
		b.WriteString(q.src[q.pos : q.pos+end])
		q.pos += end + 1
		if q.at(0) != '\'' {
			out.text = b.String()
			return out, true
		}
		b.WriteByte('\'')
		q.pos++
	}
}

func (q *quick) doubleQuoted() (node, bool) {
	out := q.here()
	out.quoted = true
	q.pos++
	end := strings.IndexByte(q.src[q.pos:], '"')
	if end < 0 {
		return node{}, false
	}
	out.text = q.src[q.pos : q.pos+end]
	if strings.IndexByte(out.text, '\\') >= 0 || strings.IndexByte(out.text, '\n') >= 0 {
		return q.escaped(out)
	}
	q.pos += end + 1
	return out, true
}

// escaped reads a double-quoted value that holds a backslash.
func (q *quick) escaped(out node) (node, bool) {
	var b strings.Builder
	for {
		switch c := q.at(0); c {
		case 0, '\n':
			return node{}, false
		case '"':
			q.pos++
			out.text = b.String()
			return out, true
		case '\\':
			if !q.escape(&b) {
				return node{}, false
			}
		default:
			b.WriteByte(c)
			q.pos++
		}
	}
}

func (q *quick) escape(b *strings.Builder) bool {
	c := q.at(1)
	q.pos += 2
	switch c {
	case '"', '\\':
		b.WriteByte(c)
	case 'n':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case 'u':
		if q.pos+4 > len(q.src) {
			return false
		}
		r, err := strconv.ParseUint(q.src[q.pos:q.pos+4], 16, 32)
		if err != nil || r < ' ' || r >= 0xD800 && r < 0xE000 {
			return false
		}
		b.WriteRune(rune(r))
		q.pos += 4
	default:
		return false
	}
	return true
}
