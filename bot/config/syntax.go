package config

import "strings"

// syntaxSentence says in plain words what the YAML library found wrong. Its
// own words are not shown, since they may hold a part of the file.
func syntaxSentence(found string) string {
	for _, s := range syntaxSentences() {
		if strings.Contains(found, s.found) {
			return s.plain
		}
	}
	return "check the indentation, quotes, brackets and colons here and in the line before"
}

// syntaxSentences are the library's words and ours. The first that fits counts.
func syntaxSentences() []struct{ found, plain string } {
	return []struct{ found, plain string }{
		{"end character of double-quoted", `the text that starts here has no " at its end`},
		{"end character of single-quoted", `the text that starts here has no ' at its end`},
		{"'\t'", "a line is indented with a tab; use spaces"},
		{"tab character", "a line is indented with a tab; use spaces"},
		{"',' or ']'", "before this, the list in [ ] lacks a comma or its ]"},
		{"end token ']'", "the list that starts here has no ] at its end"},
		{"',' or '}'", "before this, a comma or a } is missing; put a value that holds { or } in quotes"},
		{"end token '}'", "the { that stands here has no } at its end"},
		{"flow map content", "before this, a comma or a } is missing; put a value that holds { or } in quotes"},
		{"character corresponding to", "this bracket closes nothing; put the value in quotes if the bracket belongs to it"},
		{"mapping value is not allowed", `a value cannot hold ": ", or a key below it; put the value in quotes, or check how far the lines are indented`},
		{"reserved character", "a value cannot start with this character; put it in quotes"},
		{"directive", "a value cannot start with %; put it in quotes"},
		{"non-map value", `expected a key, a colon and a space, as in "key: value"`},
		{"pre-defined", "this does not belong to the value before it; put the whole value in quotes, or check how far the line is indented"},
		{"value is not allowed", "this does not fit what stands above it; check how far the line is indented"},
		{"escape", `in double quotes a backslash starts an escape; write \\ for a backslash, or use single quotes`},
		{"block sequence entries", "a list starts on a line of its own, below its key"},
		{"key", `expected a key, a colon and a space, as in "key: value"`},
		{"unexpected scalar value type", "an entry of the list is missing here"},
		{"expected sequence element", "an entry of the list is missing here"},
		{"anchor", "a value cannot start with &; put it in quotes"},
		{"alias", "a value cannot start with *; put it in quotes"},
		{"tag", "a value cannot start with !; put it in quotes"},
	}
}
