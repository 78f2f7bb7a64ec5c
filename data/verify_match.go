package data

import (
	"slices"
	"strings"
)

// match finds the tokens in a line from left to right. It returns the numbers
// of those that are not in their place, and what is left over behind the last.
func match(tokens []printedToken, line string) (missed []int, rest string) {
	places, lost := []int{0}, false
	for i := 0; i < len(tokens); {
		cell := tokens[i : i+1+markersBehind(tokens, i)]
		if next := closed(anyWay(cell, line, places), line); !lost && len(next) > 0 {
			places = next
			i += len(cell)
			continue
		}
		next := step(tokens[i], line, places, lost)
		if len(cell) == 1 {
			next = closed(next, line)
		}
		if lost = len(next) == 0; lost {
			missed = append(missed, i)
		} else {
			places = next
		}
		i++
	}
	if lost {
		return missed, ""
	}
	return missed, leftOver(line, places)
}

// closed keeps the places at which a figure ends: "~100" is not in "~1000".
func closed(places []int, line string) []int {
	return slices.DeleteFunc(places, func(p int) bool { return p < len(line) && line[p] != ' ' })
}

// markersBehind is how many of the tokens behind the one at i are its markers.
func markersBehind(tokens []printedToken, i int) int {
	n := 0
	for i+1+n < len(tokens) && tokens[i+1+n].glued {
		n++
	}
	return n
}

// anyWay matches a cell and its markers: the markers behind it, or one of them
// inside it.
func anyWay(cell []printedToken, line string, places []int) []int {
	next := sequence(cell, line, places)
	if len(cell) != 2 || cell[0].glued {
		return next
	}
	text := cell[0].text
	for k := 1; k < len(text); k++ {
		if isDigit(text[k]) || text[k] == ',' || text[k] == '.' {
			continue
		}
		head, tail := cell[0], cell[1]
		head.text, tail.text, tail.glued = text[:k], text[k:], true
		next = append(next, sequence([]printedToken{head, cell[1], tail}, line, places)...)
	}
	return next
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func sequence(tokens []printedToken, line string, places []int) []int {
	for _, t := range tokens {
		places = step(t, line, places, false)
	}
	return places
}

// step matches one token behind each of the places and returns the places
// behind it. After a loss the token may stand anywhere further on.
func step(t printedToken, line string, places []int, lost bool) []int {
	var out []int
	for _, p := range places {
		for {
			if end, ok := stepAt(t, line, p); ok {
				out = append(out, end)
				break
			}
			gap := strings.IndexByte(line[p:], ' ')
			if !lost || gap < 0 {
				break
			}
			p += gap + 1
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func stepAt(t printedToken, line string, p int) (end int, ok bool) {
	start := p
	for start < len(line) && line[start] == ' ' {
		start++
	}
	if start == p && !t.glued && (p == 0 || line[p-1] != ' ') {
		return 0, false
	}
	if !strings.HasPrefix(line[start:], t.text) {
		return 0, false
	}
	return start + len(t.text), true
}

// leftOver is the least that any way of matching leaves of the line.
func leftOver(line string, places []int) string {
	return strings.TrimSpace(line[slices.Max(places):])
}
