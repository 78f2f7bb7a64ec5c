package bot

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

// nameIndex finds names by what is typed of them, however many there are.
type nameIndex struct {
	texts    []string
	lower    []string         // the same in small letters
	sorted   []int32          // places in texts, by lower
	byLetter map[rune][]int32 // places, by the first letter; nil where all can be looked through
}

// mostScanned is how many names are looked through for letters in their order.
const mostScanned = 5_000

func newNameIndex(texts []string) *nameIndex {
	x := &nameIndex{texts: texts, lower: make([]string, len(texts)), sorted: make([]int32, len(texts))}
	for i, text := range texts {
		x.lower[i], x.sorted[i] = strings.ToLower(text), int32(i)
	}
	slices.SortStableFunc(x.sorted, func(a, b int32) int { return cmp.Compare(x.lower[a], x.lower[b]) })
	if len(texts) <= mostScanned {
		return x
	}
	x.byLetter = map[rune][]int32{}
	for i, text := range x.lower {
		first, _ := utf8.DecodeRuneInString(text)
		if list := x.byLetter[first]; len(list) < mostScanned {
			x.byLetter[first] = append(list, int32(i))
		}
	}
	return x
}

// find gives the places of names, the likeliest first: a whole name, then those
// that begin with what is typed, by their places; then those that hold its
// letters in their order; so many at most.
func (x *nameIndex) find(typed string, most int) []int {
	low := strings.ToLower(typed)
	var out []int
	begin := sort.Search(len(x.sorted), func(i int) bool { return x.lower[x.sorted[i]] >= low })
	for _, at := range x.sorted[begin:] {
		if len(out) == most || !strings.HasPrefix(x.lower[at], low) {
			break
		}
		out = append(out, int(at))
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(min(1, len(x.lower[a])-len(low)), min(1, len(x.lower[b])-len(low))), cmp.Compare(a, b))
	})
	if len(out) == most {
		return out
	}
	for _, at := range x.alike(low) {
		if len(out) < most && !strings.HasPrefix(x.lower[at], low) {
			out = append(out, at)
		}
	}
	return out
}

// alike are the names that hold the letters in their order.
func (x *nameIndex) alike(low string) []int {
	places := x.sorted
	if x.byLetter != nil {
		first, _ := utf8.DecodeRuneInString(low)
		places = x.byLetter[first]
	}
	var out []int
	for _, m := range fuzzy.FindFrom(low, some{x.lower, places}) {
		out = append(out, int(places[m.Index]))
	}
	return out
}

// some are the names at some places, as package fuzzy reads them.
type some struct {
	names  []string
	places []int32
}

func (s some) String(i int) string { return s.names[s.places[i]] }
func (s some) Len() int            { return len(s.places) }
