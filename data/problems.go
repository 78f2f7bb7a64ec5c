package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a file of the package. Lines and columns count from 1;
// 0 means that the place is not known that closely.
type Pos struct {
	File         string
	Line, Column int
}

// String is file:line:column without the parts that are not known.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Problem is one thing wrong in a data package and what would be right.
type Problem struct {
	File         string
	Line, Column int
	Message      string
}

// String is "file:line:column: message".
func (p Problem) String() string {
	return Pos{p.File, p.Line, p.Column}.String() + ": " + p.Message
}

// Problems collects everything wrong in a data package. It is the error of Load.
type Problems struct{ List []Problem }

// Add notes a problem of a file at a place; the place's own file is not used.
func (ps *Problems) Add(file string, at Pos, message string) {
	ps.List = append(ps.List, Problem{File: file, Line: at.Line, Column: at.Column, Message: message})
}

// at notes a problem at a place.
func (ps *Problems) at(pos Pos, format string, args ...any) {
	ps.Add(pos.File, pos, fmt.Sprintf(format, args...))
}

// Error prints one problem a line, in the order of files and lines.
func (ps *Problems) Error() string {
	ps.sort()
	lines := make([]string, len(ps.List))
	for i, p := range ps.List {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func (ps *Problems) sort() {
	slices.SortStableFunc(ps.List, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), strings.Compare(a.Message, b.Message))
	})
	ps.List = slices.Compact(ps.List)
}

// err is the problems as an error, nil if there are none.
func (ps *Problems) err() error {
	if len(ps.List) == 0 {
		return nil
	}
	ps.sort()
	return ps
}
