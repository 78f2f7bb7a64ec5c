package bot

import (
	"slices"
	"strings"

	"reportbot/data"
)

// Completer completes a question that is being typed: names and measures at its
// last words, and whole questions. It is safe for use by many at once.
type Completer struct {
	names    *nameIndex // of rows, regions and measures
	examples []string
}

// NewCompleter makes one for a report.
func NewCompleter(r *data.Report) *Completer {
	var names []string
	for _, s := range r.Subjects {
		names = append(names, s.Name)
	}
	for _, g := range r.Groups {
		names = append(names, g.Name)
	}
	for _, m := range r.Vocabulary.Measures {
		names = append(names, m.Says, m.Noun)
	}
	return &Completer{newNameIndex(unique(names)), r.Vocabulary.Examples}
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

// Complete gives the questions that what is typed may become, at most so many,
// the likeliest first: what begins with it, then what holds its letters in their
// order. before are questions that were asked before, which go first.
func (c *Completer) Complete(typed string, most int, before ...string) []string {
	if strings.TrimSpace(typed) == "" {
		return first(unique(append(slices.Clone(before), c.examples...)), most)
	}
	questions := append(slices.Clone(before), c.examples...)
	var out []string
	for _, q := range questions {
		if hasPrefixFold(q, typed) {
			out = append(out, q)
		}
	}
	begun, alike := c.endings(typed, most)
	out = append(append(out, begun...), alike...)
	if len(typed) > 3 {
		for _, at := range newNameIndex(questions).alike(strings.ToLower(typed)) {
			out = append(out, questions[at])
		}
	}
	return first(unique(slices.DeleteFunc(out, func(s string) bool { return s == typed })), most)
}

func first(list []string, most int) []string { return list[:min(most, len(list))] }

// endings completes the last words to a name: as many of them as belong to one.
// begun are names that start with them, alike the others.
func (c *Completer) endings(typed string, most int) (begun, alike []string) {
	for _, start := range lastWords(typed, 3) {
		found := c.names.find(typed[start:], most)
		for _, at := range found {
			name := c.names.texts[at]
			if hasPrefixFold(name, typed[start:]) {
				begun = append(begun, typed[:start]+name)
			} else {
				alike = append(alike, typed[:start]+name)
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
