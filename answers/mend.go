package answers

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/vellum"
)

// mender puts mistyped words right: a Levenshtein automaton runs over an FST of
// all known words, so that the cost does not grow with their number as a scan
// would. It is built when the first unknown word comes.
type mender struct {
	build sync.Once
	words func() map[string]wordClass
	fst   *vellum.FST
	class map[string]wordClass
	bones map[string][]string // words of asking and names by their consonants
	mute  map[string]string   // words of asking with a mute gh by how they sound: "fiter"
}

// wordClass says what a known word belongs to; a word can be of several.
type wordClass uint8

const (
	nameWord wordClass = 1 << iota
	vocabularyWord
	neutralWord
	findingWord
)

// mended is a known word near an unknown one.
type mended struct {
	word     string
	class    wordClass
	distance int
	cost     int // distance in tenths, weighed by how people mistype
}

func (m *mender) ready() bool {
	m.build.Do(m.init)
	return m.fst != nil
}

func (m *mender) init() {
	m.class = m.words()
	sorted := make([]string, 0, len(m.class))
	for w := range m.class {
		sorted = append(sorted, w)
	}
	slices.Sort(sorted)
	var buf bytes.Buffer
	b, err := vellum.New(&buf, nil)
	if err != nil {
		return
	}
	for _, w := range sorted {
		if err := b.Insert([]byte(w), uint64(m.class[w])); err != nil {
			return
		}
	}
	if err := b.Close(); err != nil {
		return
	}
	fst, err := vellum.Load(buf.Bytes())
	if err != nil {
		return
	}
	m.bones = make(map[string][]string, 2048)
	m.mute = map[string]string{}
	for _, w := range sorted {
		if m.class[w]&(vocabularyWord|nameWord) != 0 && len(w) > 4 {
			m.bones[bones(w)] = append(m.bones[bones(w)], w)
		}
		if m.class[w]&vocabularyWord != 0 && strings.Contains(w, "ght") {
			m.mute[strings.ReplaceAll(w, "ght", "t")] = w
		}
	}
	m.fst = fst
}

// bones are the consonants of a word, which is what is left of it where it is
// typed in haste: "rtrnd". A first vowel is kept, a doubled letter counts once.
func bones(w string) string {
	b := make([]byte, 0, len(w))
	for i := range len(w) {
		if n := len(b); n > 0 && b[n-1] == w[i] && w[i-1] == w[i] {
			continue // "trvld" is "travelled"
		}
		switch w[i] {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			if i == 0 {
				b = append(b, w[i])
			}
		default:
			b = append(b, w[i])
		}
	}
	return string(b)
}

// hastened are the words that a word without its vowels stands for.
func (m *mender) hastened(w string) []mended {
	if len(w) < 4 || len(w)-len(bones(w)) > 1 {
		return nil
	}
	var out []mended
	for _, known := range m.bones[bones(w)] {
		if subsequence(w, known) {
			out = append(out, mended{word: known, class: m.class[known], distance: 2, cost: 20})
		}
	}
	return out
}

// revowelled are the words of asking whose vowels stand in another order in a
// strange one: "wemon".
func (m *mender) revowelled(w string) []mended {
	var out []mended
	for _, known := range m.bones[bones(w)] {
		if len(known) == len(w) && len(w) > 4 && m.class[known]&vocabularyWord != 0 && sameLetters(w, known) {
			out = append(out, mended{word: known, class: m.class[known], distance: 2, cost: 20})
		}
	}
	return out
}

// subsequence says whether the letters of a stand in b in their order.
func subsequence(a, b string) bool {
	i := 0
	for k := 0; k < len(b) && i < len(a); k++ {
		if a[i] == b[k] {
			i++
		}
	}
	return i == len(a)
}

// reach is how many slips a word of that length may hold: short words have
// too many neighbours.
func reach(length int) int {
	switch {
	case length < 3 || length > 30:
		return 0
	case length < 7:
		return 1
	default:
		return 2
	}
}

// candidates are the known words within reach of an unknown one, cheapest first.
func (m *mender) candidates(w string) []mended {
	d := reach(len(w))
	if d == 0 || !m.ready() {
		return nil
	}
	out := m.within(w, 1)
	if len(out) == 0 && d == 2 {
		out = m.within(w, 2)
	}
	if len(out) == 0 {
		out = append(m.hastened(w), m.revowelled(w)...)
	}
	if full, ok := m.mute[w]; ok {
		out = append(out, mended{word: full, class: m.class[full], distance: 1, cost: 10})
	}
	slices.SortFunc(out, func(a, b mended) int {
		if a.cost != b.cost {
			return a.cost - b.cost
		}
		return strings.Compare(a.word, b.word)
	})
	return out
}

func (m *mender) within(w string, d int) []mended {
	if !m.ready() {
		return nil
	}
	var out []mended
	it, err := m.fst.Search(newNearby(w, d), nil, nil)
	for err == nil {
		key, class := it.Current()
		c := mended{word: string(key), class: wordClass(class)}
		c.distance, c.cost = slips(w, c.word)
		if c.allowed(w) {
			out = append(out, c)
		}
		err = it.Next()
	}
	return out
}

// allowed holds back mendings that would hide a word rather than mend it.
func (c *mended) allowed(w string) bool {
	switch {
	case len(w) == 3 || len(c.word) < 4:
		return c.class&vocabularyWord != 0 && (len(c.word) > 3 || len(c.word) == len(w) && sameLetters(w, c.word))
	case c.distance == 2 && w[0] != c.word[0]:
		return false
	case c.class&nameWord == 0 && len(w) == len(c.word) && w[0] != c.word[0] && w[1:] == c.word[1:] && !beside(w[0], c.word[0]):
		return false // "singer" is no "linger"
	case c.distance == 2 && replaced(w, c.word) > 1 && c.class&nameWord == 0:
		return false // "repaired" is no "regained"
	case c.distance == 2 && c.class&^neutralWord == 0:
		return false
	case c.distance == 2 && c.class&vocabularyWord == 0 && len(w) < 8:
		return false
	}
	return true
}

// beside says whether two letters are neighbours on a keyboard, where a finger
// slips from one to the other.
func beside(a, b byte) bool {
	for _, row := range [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm", "qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm", "ik", "ol"} {
		if i, k := strings.IndexByte(row, a), strings.IndexByte(row, b); i >= 0 && k >= 0 && (i-k == 1 || k-i == 1) {
			return true
		}
	}
	return false
}

// replaced counts the consonants that stand in one word where another one stands in
// the other, of two that are equally long and hold different letters.
func replaced(a, b string) int {
	if len(a) != len(b) || sameLetters(a, b) {
		return 0
	}
	n := 0
	for i := range len(a) {
		if a[i] != b[i] && !(vowel(a[i]) && vowel(b[i])) {
			n++
		}
	}
	return n
}

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

// slips counts the slips between two words (a letter too many, missing,
// changed, or two swapped), and weighs them in tenths: letters left out or
// swapped are commoner than letters changed, and the first letter is seldom wrong.
func slips(a, b string) (distance, cost int) {
	var rows [3][32]int
	if len(a) > 30 || len(b) > 30 {
		return 9, 99
	}
	prev2, prev, cur := rows[0][:len(b)+1], rows[1][:len(b)+1], rows[2][:len(b)+1]
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	distance = prev[len(b)]
	cost = distance * 10
	if a[0] != b[0] {
		cost += 4
	}
	if len(a) == len(b) && !sameLetters(a, b) {
		cost += 2
	}
	if len(a) > len(b) {
		cost++
		if !doubled(a) {
			cost += 5 // a letter too many is rarer than one left out
		}
	}
	return distance, cost
}

// plainSlip is the cost of one usual slip.
const plainSlip = 14

func doubled(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] == s[i-1] {
			return true
		}
	}
	return false
}

func sameLetters(a, b string) bool {
	var count [256]int8
	for i := range len(a) {
		count[a[i]]++
		count[b[i]]--
	}
	return count == [256]int8{}
}
