package fakediscord

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// problem is what is wrong with a place in a request.
type problem struct {
	path       []string
	code, says string
}

// String is for a person.
func (p problem) String() string {
	return fmt.Sprintf("%s: %s (%s)", strings.Join(p.path, "."), p.says, p.code)
}

// checker gathers what is wrong with a request.
type checker struct{ problems []problem }

func (c *checker) bad(path []string, code, says string) {
	c.problems = append(c.problems, problem{path, code, says})
}

// tree is how Discord shows problems: objects as the request has them, with
// _errors where something is wrong (reference, "Error Messages"). What is wrong
// with a whole hides what is wrong with its parts.
func (c *checker) tree() object {
	sorted := slices.Clone(c.problems)
	slices.SortStableFunc(sorted, func(a, b problem) int { return len(a.path) - len(b.path) })
	root := object{}
next:
	for _, p := range sorted {
		at := root
		for _, name := range p.path {
			if at["_errors"] != nil {
				continue next
			}
			inner, is := at[name].(object)
			if !is {
				inner = object{}
				at[name] = inner
			}
			at = inner
		}
		list, _ := at["_errors"].([]object)
		at["_errors"] = append(list, object{"code": p.code, "message": p.says})
	}
	return root
}

// node is an object in a request, and where it is.
type node struct {
	c    *checker
	path []string
	o    object
}

func (n node) at(names ...string) []string { return append(slices.Clone(n.path), names...) }

// bad says what is wrong with a member.
func (n node) bad(name, code, says string, args ...any) {
	n.c.bad(n.at(name), code, fmt.Sprintf(says, args...))
}

// text is a member that is text; "" if it is not there.
func (n node) text(name string) string {
	switch v := n.o[name].(type) {
	case nil:
	case string:
		return v
	default:
		n.bad(name, "STRING_TYPE_CONVERT", "Could not interpret %q as string.", fmt.Sprint(v))
	}
	return ""
}

// given tells whether a member is there and not null.
func (n node) given(name string) bool { return n.o[name] != nil }

// length wants a text of so many characters; least 0 makes it optional.
func (n node) length(name string, least, most int) {
	count := utf8.RuneCountInString(n.text(name))
	switch {
	case least > 0 && !n.given(name):
		n.required(name)
	case count < least || count > most && least > 0:
		n.bad(name, "BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", least, most)
	case count > most:
		n.bad(name, "BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", most)
	}
}

func (n node) required(name string) {
	if !n.given(name) {
		n.bad(name, "BASE_TYPE_REQUIRED", "This field is required")
	}
}

// forbidden wants a member not to be there, for a reason.
func (n node) forbidden(name, code, says string) {
	if !empty(n.o[name]) {
		n.bad(name, code, "%s", says)
	}
}

// empty tells whether a value says nothing: some clients send such.
func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case bool:
		return !v
	}
	return false
}

// number is a member that is a whole number.
func (n node) number(name string) (int, bool) {
	switch v := n.o[name].(type) {
	case nil:
		return 0, false
	case int: // one of this package's own
		return v, true
	case json.Number:
		if whole, err := strconv.Atoi(string(v)); err == nil {
			return whole, true
		}
	}
	n.bad(name, "NUMBER_TYPE_COERCE", "Value %q is not int.", fmt.Sprint(n.o[name]))
	return 0, false
}

// between wants a number that is there to be in a range.
func (n node) between(name string, least, most int) {
	switch v, there := n.number(name); {
	case there && v < least:
		n.bad(name, "NUMBER_TYPE_MIN", "int value should be greater than or equal to %d.", least)
	case there && v > most:
		n.bad(name, "NUMBER_TYPE_MAX", "int value should be less than or equal to %d.", most)
	}
}

// oneOf wants a number to be one of some; there is no way without it.
func (n node) oneOf(name string, allowed ...int) {
	n.required(name)
	if v, there := n.number(name); there && !slices.Contains(allowed, v) {
		n.bad(name, "BASE_TYPE_CHOICES", "Value must be one of %v.", allowed)
	}
}

// list are the objects in a member, of which there may be so many.
func (n node) list(name string, least, most int) []node {
	if !n.given(name) {
		if least > 0 {
			n.required(name)
		}
		return nil
	}
	items, is := n.o[name].([]any)
	if !is {
		n.bad(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return nil
	}
	if len(items) < least || len(items) > most {
		n.bad(name, "BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", least, most)
	}
	var out []node
	for i, item := range items {
		o, is := item.(object)
		if !is {
			n.c.bad(n.at(name, strconv.Itoa(i)), "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
			continue
		}
		out = append(out, node{n.c, n.at(name, strconv.Itoa(i)), o})
	}
	return out
}

// inner is the object in a member; false if there is none.
func (n node) inner(name string) (node, bool) {
	if !n.given(name) {
		return node{}, false
	}
	o, is := n.o[name].(object)
	if !is {
		n.bad(name, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
	}
	return node{n.c, n.at(name), o}, is
}

// texts are the members of a list of texts.
func texts(v any) []string {
	items, _ := v.([]any)
	var out []string
	for _, item := range items {
		if text, is := item.(string); is {
			out = append(out, text)
		}
	}
	return out
}

// word is a member of an object that is text.
func word(o object, name string) string {
	text, _ := o[name].(string)
	return text
}

// whole is a member of an object that is a whole number, as text or as number.
func whole(o object, name string) int {
	switch v := o[name].(type) {
	case json.Number:
		n, _ := strconv.Atoi(string(v))
		return n
	case int:
		return v
	case float64:
		return int(v)
	}
	return 0
}

func flag(o object, name string) bool {
	on, _ := o[name].(bool)
	return on
}
