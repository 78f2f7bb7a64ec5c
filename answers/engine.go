// Package answers takes a question about one published report and gives the
// answer: figures as printed, with their dates and caveats, or what the
// report's prose finds, or a plain word on what is not there.
//
//	engine, err := answers.New(report)
//	answer, context := engine.Ask("returned from France", answers.Context{})
//	// answer.Text: "France: 302 returned, as of August 2017. …"
//
// It is pure: no clock, files, network or logging. What it knows of the report
// and of words comes from package data alone.
package answers

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/data"
)

// Engine answers questions about one report. It is safe for use by many at once.
type Engine struct {
	report  *data.Report
	lexicon *lexicon
	mender  *mender
	gauges  []*gauge // of the report's measures, in their order
	cited   string   // the report as a picture names it

	try      func(question string) bool // whether a question is answered; nil means yes
	unproved atomic.Int64               // answers that failed the proof

	index    func() *index
	examples func() []string // the vocabulary's examples that are answered
	foreign  func() map[string]name
}

// New makes an engine for a report. Its errors are faults of the vocabulary.
func New(r *data.Report) (*Engine, error) {
	x, err := newLexicon(r)
	if err != nil {
		return nil, err
	}
	e := &Engine{report: r, lexicon: x, gauges: newGauges(r), cited: cited(r)}
	e.index = sync.OnceValue(func() *index { return newIndex(r, x) })
	e.foreign = sync.OnceValue(func() map[string]name { return foreignNames(r, x) })
	e.mender = &mender{words: func() map[string]wordClass { return knownWords(r, x, e.index()) }}
	e.try = remembered(e.answers)
	e.examples = sync.OnceValue(func() []string {
		return slices.DeleteFunc(slices.Clone(r.Vocabulary.Examples), func(q string) bool { return !e.answers(q) })
	})
	return e, nil
}

// mostTried is how many questions it is remembered of whether they are answered:
// more than are offered again and again.
const mostTried = 4096

// remembered is a test of questions that remembers what it found: the same ones
// are offered over and over, and they are answered or not for good.
func remembered(test func(question string) bool) func(question string) bool {
	found, err := lru.New[string, bool](mostTried)
	if err != nil {
		panic(err) // only a size below 1
	}
	return func(question string) bool {
		ok, known := found.Get(question)
		if !known {
			ok = test(question)
			found.Add(question, ok)
		}
		return ok
	}
}

// Report is what the engine answers from.
func (e *Engine) Report() *data.Report { return e.report }

// Unproved counts the answers that were withheld because a number in them
// could not be traced to the data.
func (e *Engine) Unproved() int64 { return e.unproved.Load() }

// answers says whether a question, asked by itself, is answered.
func (e *Engine) answers(question string) bool {
	for _, r := range e.understand(question, Context{}) {
		if !e.finds(r) {
			return false
		}
	}
	return true
}

// foreignNames are the names of countries in other languages, folded, without
// those that are known otherwise or are ordinary words here.
func foreignNames(r *data.Report, x *lexicon) map[string]name {
	byCode := map[string]name{}
	for _, s := range r.Subjects {
		if s.Code != "" {
			byCode[s.Code] = name{row: s, foreign: true}
		}
	}
	for _, u := range r.Uncovered {
		if u.Code != "" {
			byCode[u.Code] = name{uncovered: u, foreign: true}
		}
	}
	out := map[string]name{}
	for _, f := range r.ForeignNames() {
		key, count := nameKey(f.Name)
		if count == 0 || len(key) < 4 || len(x.names[key]) > 0 {
			continue
		}
		if _, taken := x.phrases[x.stemOf(key)]; taken {
			continue
		}
		if old, ok := out[key]; ok && !old.same(byCode[f.Code]) {
			continue
		}
		out[key] = byCode[f.Code]
	}
	return out
}

// knownWords are all words that a mistyped word may be put right to.
func knownWords(r *data.Report, x *lexicon, ix *index) map[string]wordClass {
	words := make(map[string]wordClass, 16384)
	for _, m := range r.Vocabulary.Measures {
		for _, w := range slices.Concat(m.Phrases, m.Nouns) {
			if plural := w + "s"; !strings.Contains(w, " ") && x.stemOf(plural) == x.stemOf(w) {
				words[plural] |= vocabularyWord
			}
		}
	}
	seldom := map[string]bool{} // "sojourn" is seldom what a slip stands for
	for _, form := range r.Vocabulary.Forms {
		for _, w := range form {
			for part := range strings.SplitSeq(w, " ") {
				alone := len(x.phrases[x.stemOf(part)]) > 0
				seldom[part] = r.Vocabulary.Seldom(part) && !(alone && !slices.Contains(r.Vocabulary.Forms["seldom"], part))
			}
		}
	}
	for w := range x.stems {
		if !seldom[w] {
			words[w] |= vocabularyWord
		}
	}
	for w := range x.neutral {
		words[w] |= neutralWord
	}
	for key := range x.names {
		if x.named(key).town() && strings.Contains(key, " ") {
			continue // a slip of "said" is none of "Port Said"
		}
		for w := range strings.SplitSeq(key, " ") {
			if len(w) > 3 {
				words[w] |= nameWord
			}
		}
	}
	for _, w := range ix.words {
		words[w] |= findingWord
	}
	for w := range words {
		if len(w) < 3 || strings.ContainsAny(w, "0123456789~<>%") {
			delete(words, w)
		}
	}
	return words
}
