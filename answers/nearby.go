package answers

// nearby is a Levenshtein automaton with transpositions: it accepts the words
// within one or two slips (a letter too many, missing, changed, or two
// swapped) of a typed one. vellum runs it over the FST of all known words.
//
// It has no table of transitions, which for two slips takes longer to build
// than a question may take; a transition is worked out where the search comes
// by. A state holds all there is to know in one int: how many letters were
// read, and five sets of places in the typed word: those reached with no, one
// and two slips, and those from which the first letter of a swap was read. A
// place lies no further from the diagonal than slips are allowed, so that five
// bits hold a set: bit b stands for the place read - maxSlips + b.
type nearby struct {
	places [256]uint64 // where each letter stands in the typed word, the first at bit maxSlips
	length int
	slips  int
}

const (
	maxSlips = 2
	setBits  = 2*maxSlips + 1
	setMask  = 1<<setBits - 1
	swaps    = maxSlips * setBits         // above the sets of places stand those of swaps begun
	letters  = (2*maxSlips + 1) * setBits // and above these the number of letters read
)

// longestTyped is how many bytes a typed word may have, so that its places fit
// into 64 bits.
const longestTyped = 64 - 2*maxSlips

// newNearby makes the automaton for a typed word of at most longestTyped
// bytes, and one or two slips.
func newNearby(typed string, slips int) *nearby {
	a := &nearby{length: len(typed), slips: slips}
	for i := range len(typed) {
		a.places[typed[i]] |= 1 << (i + maxSlips)
	}
	return a
}

// Start is the state before the first letter, where the first letters of the
// typed word may be missing.
func (a *nearby) Start() int {
	state := 0
	for e := range a.slips + 1 {
		state |= (2<<e - 1) << maxSlips << (e * setBits)
	}
	return state
}

// IsMatch says whether what was read is a word within the slips.
func (a *nearby) IsMatch(state int) bool {
	end := a.length - state>>letters + maxSlips
	if end < 0 || end >= setBits {
		return false
	}
	for e := range a.slips + 1 {
		if state>>(e*setBits+end)&1 != 0 {
			return true
		}
	}
	return false
}

// CanMatch says whether what was read may begin a word within the slips.
func (a *nearby) CanMatch(state int) bool { return state&(1<<letters-1) != 0 }

// WillAlwaysMatch is false: a word that goes on is another word.
func (a *nearby) WillAlwaysMatch(int) bool { return false }

// Accept is the state after one more letter. A place that is one letter
// further on after it keeps its bit, one that is not moves down by a bit.
func (a *nearby) Accept(state int, letter byte) int {
	read := state >> letters
	here := int(a.places[letter]>>read) & setMask     // the places before this letter
	next := int(a.places[letter]>>(read+1)) & setMask // those before another letter and then this one
	last := int(a.places[letter]<<1>>read) & setMask  // those before this letter, as seen one letter ago
	exists := 1<<max(min(a.length-read+maxSlips, setBits), 0) - 1

	lower := state & setMask // with one slip fewer, before the letter
	reached := lower & here & exists
	out := (read+1)<<letters | reached
	for e := 1; e <= a.slips; e++ {
		same := state >> (e * setBits) & setMask
		swap := state >> (swaps + e*setBits) & setMask
		reached = same&here | // no slip
			lower>>1 | // a letter too many was read
			lower | // a letter was changed
			reached<<1 | // a letter is missing
			swap&last // the second of two swapped letters
		reached &= exists
		out |= reached<<(e*setBits) | lower&next<<(swaps+e*setBits)
		lower = same
	}
	return out
}
