package config

import (
	"fmt"
	"slices"
	"strings"
)

// nearest is the key of known that was probably meant, "" if none is close.
func nearest(key string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		distance := edits(bare(key), bare(k))
		if distance < least && distance*3 <= len(k) {
			best, least = k, distance
		}
	}
	return best
}

// bare is a key without what people vary in it: capitals, hyphens, underscores.
func bare(key string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(key))
}

// edits counts the letters to add, drop, change or swap with their neighbour
// that make b of a. Long words are not compared: none is a key.
func edits(a, b string) int {
	const longest = 64
	if len(a) > longest || len(b) > longest {
		return longest
	}
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+differ(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func differ(a, b byte) int {
	if a == b {
		return 0
	}
	return 1
}

// unknownKey words the problem of a key that is not one of the section, and
// says which key of it was probably meant.
func (d *decoder) unknownKey(key string, p *part) (message, meant string) {
	known := p.shape.keys()
	if meant = nearest(key, known); meant != "" {
		return fmt.Sprintf("unknown key %s; did you mean %q?", shown(key), meant), meant
	}
	elsewhere := d.root().shape.sectionsWith(key, "")
	elsewhere = slices.DeleteFunc(elsewhere, func(path string) bool { return path == p.path })
	switch {
	case len(elsewhere) == 1 && elsewhere[0] == "":
		return fmt.Sprintf("unknown key %s; it belongs outside of this section, with no spaces before it", shown(key)), ""
	case len(elsewhere) == 1:
		return fmt.Sprintf("unknown key %s; it belongs in the section %q", shown(key), elsewhere[0]), ""
	case len(known) == 0:
		return fmt.Sprintf("unknown key %s; no keys are known here", shown(key)), ""
	}
	return fmt.Sprintf("unknown key %s; the keys known here are %s", shown(key), strings.Join(known, ", ")), ""
}
