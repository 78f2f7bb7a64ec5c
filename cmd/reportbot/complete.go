package main

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"reportbot/data"
)

// mostCompletions is how many matches Tab goes through.
const mostCompletions = 12

// completer completes what is typed: names and measures at the last words, and
// whole example questions.
type completer struct {
	names    []string // of subjects, groups and measures
	examples []string

	line    string   // as the last completion left it
	rest    string   // behind the cursor
	matches []string // whole beginnings of a line
	at      int      // the match that is shown
}

func newCompleter(r *data.Report) *completer {
	c := &completer{examples: r.Vocabulary.Examples}
	for _, s := range r.Subjects {
		c.names = append(c.names, s.Name)
	}
	for _, g := range r.Groups {
		c.names = append(c.names, g.Name)
	}
	for _, m := range r.Vocabulary.Measures {
		c.names = append(c.names, m.Says, m.Noun)
	}
	c.names = unique(c.names)
	return c
}

// unique leaves out what is empty or stands twice.
func unique(list []string) []string {
	seen := map[string]bool{"": true}
	return slices.DeleteFunc(list, func(s string) bool {
		old := seen[s]
		seen[s] = true
		return old
	})
}

// next completes a line at the cursor, a place in bytes; called again on what
// it returned, it goes on to the next match. ok is false if nothing matches.
func (c *completer) next(line string, pos int) (newLine string, newPos int, ok bool) {
	if line == c.line && len(c.matches) > 0 && pos == len(c.matches[c.at]) {
		c.at = (c.at + 1) % len(c.matches)
	} else {
		c.matches, c.rest, c.at = c.complete(line[:pos]), line[pos:], 0
	}
	if len(c.matches) == 0 {
		return "", 0, false
	}
	done := c.matches[c.at]
	c.line = done + c.rest
	return c.line, len(done), true
}

// complete gives the lines that what is typed may become, the likeliest first:
// what begins with it, then what holds its letters in their order.
func (c *completer) complete(typed string) []string {
	if strings.TrimSpace(typed) == "" {
		return unique(slices.Clone(c.examples[:min(mostCompletions, len(c.examples))]))
	}
	begun, alike := c.nameEndings(typed)
	out := begun
	for _, example := range c.examples {
		if hasPrefixFold(example, typed) {
			out = append(out, example)
		}
	}
	out = append(out, alike...)
	if len(typed) > 3 {
		for _, m := range fuzzy.Find(typed, c.examples) {
			out = append(out, m.Str)
		}
	}
	out = unique(slices.DeleteFunc(out, func(s string) bool { return s == typed }))
	return out[:min(mostCompletions, len(out))]
}

// nameEndings completes the last words to a name: as many of them as belong to
// one. begun are names that start with them, alike the others.
func (c *completer) nameEndings(typed string) (begun, alike []string) {
	for _, start := range lastWords(typed, 3) {
		found := fuzzy.Find(typed[start:], c.names)
		for _, m := range found {
			whole := typed[:start] + m.Str
			if hasPrefixFold(m.Str, typed[start:]) {
				begun = append(begun, whole)
			} else {
				alike = append(alike, whole)
			}
		}
		if len(found) > 0 {
			return begun, alike
		}
	}
	return nil, nil
}

// lastWords are the places where the last words begin, at most n, the longest
// ending first. There are none behind a space.
func lastWords(typed string, n int) []int {
	var starts []int
	end := len(typed)
	for len(starts) < n && end > 0 {
		start := strings.LastIndexByte(typed[:end], ' ') + 1
		if start == len(typed) {
			break
		}
		if start < end {
			starts = append(starts, start)
		}
		end = start - 1
	}
	slices.Reverse(starts)
	return starts
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
