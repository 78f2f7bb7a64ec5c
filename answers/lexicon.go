package answers

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"reportbot/data"
)

// lexicon is every word and name that a question may hold, and what each
// stands for. Names are looked up as they are written (folded), phrases of the
// vocabulary by their stems; both as whole words, longest first.
type lexicon struct {
	names      map[string][]name  // folded name → what it names
	nameWords  map[string]uint8   // first word → most words of a name that begins with it
	codes      map[string]name    // FR, FRA: only as typed in capitals
	listed     map[string]name    // DE, BE: words, too, and codes only beside another one
	phrases    map[string][]sense // stems → what they say
	phraseWord map[string]uint8
	exact      map[string][]sense // words that count only as they are written
	stems      map[string]string  // stems of the words known at start
	neutral    map[string]bool    // by stem and by word
	bodies     map[string]bool    // words for what people of a country work or sit in
	persons    map[string]bool    // words of the names of people whom the prose names
	ordinary   map[string]bool    // words that are no slips of names
	grammar    map[string]uint64  // small words → the classes that they are of
	short      map[string]string  // what is typed in haste → the word
	maxName    int
	shown      *shownWords
	abroad     map[string]*tongue // other languages, by the words that show them
}

// name is what a name stands for: exactly one field is set.
type name struct {
	row       *data.Subject
	group     *data.Group
	uncovered *data.Uncovered
	ambiguous *data.AmbiguousName
	weak      bool // also an ordinary word or a person's name
	people    bool // a demonym
	foreign   bool // another language's name
	misspelt  bool // a usual slip
}

func (n name) same(m name) bool {
	return n.row == m.row && n.group == m.group && n.uncovered == m.uncovered && n.ambiguous == m.ambiguous
}

// senseKind tells apart what a phrase of the vocabulary says.
type senseKind uint8

const (
	measurePhrase senseKind = iota
	measureNoun
	operator
	number
	ordinalWord
	fraction
	digits
	countedIn   // "dozen", in which others are counted
	countsUnits // "couple", a number only before such a unit
	multiple    // "twice"
	month
	theatre
	peopleNoun
	absent
	refused
	act
	request
	term
	domain
)

type sense struct {
	kind    senseKind
	op      op
	measure *data.Measure
	value   float64
	absent  *data.Absent
	refused *data.Refused
	term    *data.Term
	narrow  bool   // it names only some of those whom the measure counts
	then    string // of a phrase with a gap: the stems that follow within a few words
}

// op is an operator of the vocabulary: what is done with figures, or how it is
// asked.
type op uint8

// The operators: their names in vocabulary.yaml stand in opNames.
const (
	opHowMany op = iota
	opWhich
	opWho
	opCountry
	opList
	opCompare
	opThan
	opMore
	opFewer
	opMoreThan
	opAtLeast
	opOrMore
	opFewerThan
	opAtMost
	opOrFewer
	opBetween
	opExactly
	opTimes
	opByFactor
	opTop
	opBottom
	opOrder
	opAscending
	opTotal
	opEverywhere
	opAverage
	opShare
	opDifference
	opExclude
	opExcludeAfter
	opAdd
	opOnly
	opAndAlso
	opNone
	opBlank
	opHas
	opWhen
	opNewest
	opOldest
	opFigure
	opSource
	opReliable
	opPlace
	opWholeList
	opDisagree
	opDefine
	opWhy
	opSays
	opCoverage
	opMeasures
	opTable
	opRows
	opMissing
	opDated
	opRegions
	opTopics
	opHowLong
	opReport
	opAuthor
	opEarlier
	opAboutSubject
	opFollow
	opCorrection
	opPronoun
	opFormer
	opLatter
	opViceVersa
	opYes
	opTrue
	opNeither
	opOtherLanguage
	opHelp
	opGreeting
	opIntroduces
	opThanks
	opNow
	opTrend
	opRevised
	opAbsolute
	opNextPlace
	opRestated
	opMajority
	opProse
	opHandled
	opTongue
	opKnown
	opThatPlace
	opTakenUp
	opSignExact
	opSignAbout
	opSignMore
	opSignFewer
	opSignAny
	opSuccession
	opPredecessor
	opWarWord
	opExcludeName
	opExcludeCount
	opSetAside
	opSetAsideClause
	opMiddle
	opCaution
	opAmongTold
	opLately
	numOps
)

var opNames = [numOps]string{
	"how_many", "which", "who", "country", "list", "compare", "than", "more", "fewer", "more_than", "at_least", "or_more",
	"fewer_than", "at_most", "or_fewer", "between", "exactly", "times", "by_factor", "top", "bottom", "order", "ascending", "total", "everywhere",
	"average", "share", "difference", "exclude", "exclude_after", "add", "only", "and_also", "none", "blank", "has", "when", "newest", "oldest",
	"figure", "source", "reliable", "place", "whole_list", "disagree", "define", "why", "says", "coverage", "measures_word", "table_word", "rows_word", "missing_word", "dated", "regions_word",
	"topics_word", "how_long", "report_word", "author", "earlier", "about_subject", "follow", "correction", "pronoun", "former", "latter",
	"vice_versa", "yes", "true", "neither", "other_language", "help", "greeting", "introduces", "thanks", "now", "trend", "revised", "absolute", "next_place", "restated", "majority", "prose_word", "handled", "tongue", "known", "that_place", "taken_up", "sign_exact", "sign_about", "sign_more", "sign_fewer", "sign_any", "succession", "predecessor", "war_word", "exclude_name", "exclude_count", "set_aside", "set_aside_clause", "middle", "caution", "among_told", "lately",
}

// newLexicon builds the lexicon of a report. Its errors name operators which
// the vocabulary lacks or does not know.
func newLexicon(r *data.Report) (*lexicon, error) {
	x := &lexicon{
		names: make(map[string][]name, 8192), nameWords: make(map[string]uint8, 4096), codes: map[string]name{}, listed: map[string]name{},
		phrases: make(map[string][]sense, 32768), phraseWord: make(map[string]uint8, 2048), exact: map[string][]sense{}, grammar: map[string]uint64{},
		stems: make(map[string]string, 16384), neutral: make(map[string]bool, 2048),
	}
	var named sync.WaitGroup
	named.Go(func() { x.addNames(r) }) // names and vocabulary fill maps of their own
	err := x.addVocabulary(r)
	named.Wait()
	if err != nil {
		return nil, err
	}
	x.addAbroad(r.Vocabulary)
	x.shown = newShownWords(&r.Vocabulary.Shown, x)
	return x, nil
}

func (x *lexicon) addNames(r *data.Report) {
	notCode := map[string]bool{}
	for _, c := range r.NotCodes {
		notCode[c] = true
	}
	code := func(c string, n name) {
		if notCode[c] {
			x.listed[c] = n
		} else if c != "" {
			x.codes[c] = n
		}
	}
	for _, s := range r.Subjects {
		n := name{row: s}
		x.addAll(n, s.Weak, s.People, append([]string{s.Name, s.Full}, s.Aliases...))
		x.addAll(name{row: s, foreign: true}, s.Weak, nil, s.Foreign)
		x.addAll(name{row: s, misspelt: true}, nil, nil, s.Misspelt)
		for _, c := range append([]string{s.Code}, s.Codes...) {
			code(c, n)
		}
	}
	for _, g := range r.Groups {
		x.addAll(name{group: g}, g.Weak, g.People, append([]string{g.Name, g.Full}, g.Aliases...))
	}
	for _, u := range r.Uncovered {
		n := name{uncovered: u}
		x.addAll(n, u.Weak, u.People, append([]string{u.Name}, u.Aliases...))
		code(u.Code, n)
	}
	for _, a := range r.Ambiguous {
		x.addAll(name{ambiguous: a}, nil, nil, a.Names)
	}
}

func (x *lexicon) addAll(n name, weak, people, names []string) {
	isWeak := func(s string) bool {
		if len(weak) == 0 {
			return false
		}
		key, _ := nameKey(s)
		for _, w := range weak {
			if k, _ := nameKey(w); k == key {
				return true
			}
		}
		return false
	}
	for _, s := range names {
		n.weak = isWeak(s)
		x.addName(s, n)
	}
	n.people = true
	for _, s := range people {
		n.weak = isWeak(s)
		x.addName(s, n)
	}
}

// addName files a name, and the same written without a space.
func (x *lexicon) addName(s string, n name) {
	key, count := nameKey(s)
	if count == 0 || len(key) < 2 {
		return
	}
	x.putName(key, count, n)
	if glued := strings.ReplaceAll(key, " ", ""); count > 1 && len(glued) > 6 {
		x.putName(glued, 1, n)
	}
}

func (x *lexicon) putName(key string, count int, n name) {
	for _, other := range x.names[key] {
		if other.same(n) {
			return
		}
	}
	x.names[key] = append(x.names[key], n)
	first, _, _ := strings.Cut(key, " ")
	if int(x.nameWords[first]) < count {
		x.nameWords[first] = uint8(count)
	}
	x.maxName = max(x.maxName, count)
}

// nameKey is a name as split writes a question's words, and how many there are.
func nameKey(s string) (string, int) {
	if spaces, ok := plainLetters(s); ok {
		return strings.ToLower(s), spaces + 1
	}
	words := split(clean(s))
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(words[i].text)
	}
	return b.String(), len(words)
}

// plainLetters says whether a name is only words of English letters, one space
// apart, and how many spaces there are.
func plainLetters(s string) (spaces int, ok bool) {
	for i := range len(s) {
		c := s[i] | 0x20
		switch {
		case s[i] == ' ' && i > 0 && s[i-1] != ' ' && i+1 < len(s):
			spaces++
		case c < 'a' || c > 'z':
			return 0, false
		}
	}
	return spaces, s != ""
}

func (x *lexicon) addVocabulary(r *data.Report) error {
	v := r.Vocabulary
	for _, w := range v.Measures {
		m, ok := r.Measure(w.Name)
		if !ok {
			return fmt.Errorf("vocabulary: measure %s is in no table", w.Name)
		}
		x.addPhrases(sense{kind: measurePhrase, measure: m}, w.Phrases)
		x.addPhrases(sense{kind: measurePhrase, measure: m, narrow: true}, w.Narrower)
		x.addPhrases(sense{kind: measureNoun, measure: m}, w.Nouns)
	}
	known := map[string]bool{}
	for o := range numOps {
		known[opNames[o]] = true
		x.addPhrases(sense{kind: operator, op: o}, v.Operators[opNames[o]])
	}
	for name := range v.Operators {
		if !known[name] {
			return fmt.Errorf("vocabulary: there is no operator %s", name)
		}
	}
	if err := x.addGrammar(v); err != nil {
		return err
	}
	for w, n := range v.Numbers {
		x.addPhrase(sense{kind: number, value: n}, w)
	}
	for w, n := range v.Ordinals {
		x.addPhrase(sense{kind: ordinalWord, value: float64(n)}, w)
	}
	for w, n := range v.Fractions {
		x.addPhrase(sense{kind: fraction, value: float64(n)}, w)
	}
	for w, n := range v.Units {
		x.addPhrase(sense{kind: countedIn, value: n}, w)
	}
	for w, n := range v.CountsUnits {
		x.addPhrase(sense{kind: countsUnits, value: n}, w)
	}
	for w, n := range v.Multiples {
		x.addPhrase(sense{kind: multiple, value: n}, w)
	}
	for w, n := range v.Digits {
		x.addPhrase(sense{kind: digits, value: float64(n)}, w)
	}
	for _, m := range v.Months {
		x.addPhrases(sense{kind: month, value: float64(m.Month)}, m.Names)
	}
	x.addPhrases(sense{kind: theatre}, v.Theatre)
	x.addPhrases(sense{kind: peopleNoun}, v.People)
	x.addPhrases(sense{kind: domain}, v.Domain)
	for _, a := range v.Absent {
		x.addPhrases(sense{kind: absent, absent: a}, a.Phrases)
	}
	for _, f := range v.Refused {
		x.addPhrases(sense{kind: refused, refused: f}, f.Phrases)
		x.addPhrases(sense{kind: act, refused: f}, f.Acts)
	}
	x.addPhrases(sense{kind: request}, v.Requests)
	for _, t := range v.Terms {
		x.addPhrases(sense{kind: term, term: t}, t.Names)
	}
	x.short = v.Abbreviations
	x.bodies = make(map[string]bool, len(v.Bodies))
	for _, w := range v.Bodies {
		x.bodies[w] = true
	}
	x.persons = make(map[string]bool, len(v.Persons))
	for _, w := range v.Persons {
		x.persons[fold(w)] = true
	}
	x.ordinary = make(map[string]bool, len(v.Ordinary))
	for _, w := range v.Ordinary {
		x.ordinary[w] = true
	}
	for _, full := range v.Abbreviations {
		x.learn(full)
	}
	for _, w := range v.Neutral {
		if _, ok := plainLetters(w); ok && !strings.Contains(w, " ") {
			x.neutral[x.stemOf(w)], x.neutral[w] = true, true
			continue
		}
		for _, p := range split(w) {
			x.neutral[x.stemOf(p.text)], x.neutral[p.text] = true, true
		}
	}
	return nil
}

func (x *lexicon) addPhrases(s sense, phrases []string) {
	for _, p := range phrases {
		x.addPhrase(s, p)
	}
}

// addPhrase files a phrase by its stems; one that begins with = by the very word.
func (x *lexicon) addPhrase(s sense, phrase string) {
	if exact, ok := strings.CutPrefix(phrase, "="); ok {
		x.learn(exact)
		x.exact[exact] = append(x.exact[exact], s)
		return
	}
	if before, then, gap := strings.Cut(phrase, " * "); gap {
		s.then, _ = x.key(then)
		phrase = before
	}
	key, count := x.key(phrase)
	if count == 0 {
		return
	}
	for _, other := range x.phrases[key] {
		if other == s {
			return
		}
	}
	x.phrases[key] = append(x.phrases[key], s)
	first, _, _ := strings.Cut(key, " ")
	if int(x.phraseWord[first]) < count {
		x.phraseWord[first] = uint8(count)
	}
}

// key is a phrase by its stems, and how many there are.
func (x *lexicon) key(phrase string) (string, int) {
	if spaces, ok := plainLetters(phrase); ok {
		if spaces == 0 {
			return x.learn(strings.ToLower(phrase)), 1
		}
		var b strings.Builder
		b.Grow(len(phrase))
		for w := range strings.SplitSeq(strings.ToLower(phrase), " ") {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(x.learn(w))
		}
		return b.String(), spaces + 1
	}
	words := split(phrase)
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		if words[i].stem != "" {
			b.WriteString(words[i].stem) // "10s" has one of its own
			continue
		}
		b.WriteString(x.learn(words[i].text))
	}
	return b.String(), len(words)
}

// learn is the stem of a word, kept for later.
func (x *lexicon) learn(w string) string {
	if s, ok := x.stems[w]; ok {
		return s
	}
	s := stemWord(w)
	x.stems[w] = s
	return s
}

// stemOf is the stem of a word; safe for use by many at once.
func (x *lexicon) stemOf(w string) string {
	if s, ok := x.stems[w]; ok {
		return s
	}
	return stemWord(w)
}

// stemWord is Porter's second stemmer for English.
func stemWord(w string) string {
	if len(w) < 3 {
		return w
	}
	env := snowballstem.NewEnv(w)
	english.Stem(env)
	if s := env.Current(); len(s) > 2 {
		return s
	}
	return w // "itly" is no form of "it"
}

// phraseOf says whether a word, by its stem, is by itself a phrase of an operator.
func (x *lexicon) phraseOf(stem string, o op) bool {
	return slices.ContainsFunc(x.phrases[stem], func(s sense) bool { return s.kind == operator && s.op == o })
}

// knows says whether a word means anything here: a part of a name, of a
// phrase, or neutral.
func (x *lexicon) knows(w *word) bool {
	if x.neutral[w.text] || x.neutral[w.stem] {
		return true
	}
	if _, ok := x.stems[w.text]; ok {
		return true
	}
	if x.phraseWord[w.stem] > 1 {
		return true // "limping" begins a phrase as "limp" does
	}
	_, ok := x.nameWords[w.text]
	return ok
}
