package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing that is wrong in a configuration file.
type Problem struct {
	File         string
	Line, Column int    // counted from 1; 0 if the problem has no place in the file
	Key          string // with its sections, such as limits.wait; "" for the file as a whole
	Message      string // what is wrong and what would be right
}

// String is "file:line:column: key: message", without the parts that are not known.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	if p.Key != "" {
		b.WriteString(": " + p.Key)
	}
	return b.String() + ": " + p.Message
}

// Problems is everything that is wrong in a configuration file. It is the
// error of Decode.
type Problems struct {
	List []Problem // in the order of the file
}

// Error is one problem a line.
func (ps *Problems) Error() string {
	lines := make([]string, len(ps.List))
	for i, p := range ps.List {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// inOrder sorts problems by place and leaves out what is said twice.
func inOrder(list []Problem) []Problem {
	slices.SortStableFunc(list, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Key, b.Key), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(list)
}

// shown is text in quotes for a message, cut short if it is long.
func shown(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", text)
}

// oneLine makes a message of a single line.
func oneLine(message string) string { return strings.Join(strings.Fields(message), " ") }
