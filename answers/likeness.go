package answers

import (
	"math"
	"slices"
	"sync/atomic"

	"reportbot/data"
)

// sentences are the sentences of findings (what each says, and each question
// that it is known to answer), taken apart when a search first comes by.
type sentences struct {
	x     *lexicon
	ofDoc []atomic.Pointer[[]sentence]
}

// sentence is the stems of one sentence, their numbers in the index, and what
// they weigh together.
type sentence struct {
	stems  []string
	terms  []int32
	weight float64
}

// likest is how much the place of a finding depends on its likest sentence:
// words that stand in one sentence say more than words strewn over several.
const likest = 2.0

// commonWeight is what a word counts at least within a sentence.
const commonWeight = 0.2

// rerank orders hits anew by their likest sentence.
func (ix *index) rerank(hits []hit, stems []string) {
	room := ix.rooms.Get().(*searchRoom)
	defer ix.rooms.Put(room)
	asked := &room.asked
	asked.ask(ix, stems)
	defer asked.forget()
	whole := 0.0
	for i, s := range stems {
		if !slices.Contains(stems[:i], s) {
			whole += ix.inSentence(s)
		}
	}
	for i := range hits {
		best := 0.0
		for _, s := range ix.sentencesOf(hits[i].doc) {
			best = max(best, s.likeness(asked.worth, whole))
		}
		hits[i].rank = hits[i].score * (1 + likest*best)
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		switch {
		case a.rank > b.rank:
			return -1
		case a.rank < b.rank:
			return 1
		}
		return 0
	})
}

// likeness is how like the question the likest sentence of a finding is, 0 to about 1.
func (h *hit) likeness() float64 {
	if h.score == 0 {
		return 0
	}
	return (h.rank/h.score - 1) / likest
}

// askedFor are the stems of a question and their synonyms.
type askedFor struct {
	worth []float64 // by the number of the term: what finding it in a sentence is worth
	terms []int32   // those of which it is worth something
}

// ask puts down the stems of a question and their synonyms.
func (a *askedFor) ask(ix *index, stems []string) {
	for _, s := range stems {
		w := ix.inSentence(s)
		a.add(ix, s, w)
		for _, other := range ix.synonyms[s] {
			a.add(ix, other, synonymFactor*min(w, ix.inSentence(other)))
		}
	}
}

func (a *askedFor) add(ix *index, stem string, w float64) {
	if term, ok := ix.numbers[stem]; ok && w > a.worth[term] {
		a.worth[term], a.terms = w, append(a.terms, term)
	}
}

// forget makes room for another question.
func (a *askedFor) forget() {
	for _, term := range a.terms {
		a.worth[term] = 0
	}
	a.terms = a.terms[:0]
}

// likeness is how much of a question and of a sentence is common to both, as a
// cosine: from 0 to about 1.
func (s *sentence) likeness(worth []float64, whole float64) float64 {
	common := 0.0
	for _, term := range s.terms {
		common += worth[term]
	}
	if common == 0 {
		return 0
	}
	return common / math.Sqrt(whole*s.weight)
}

// inSentence is what a stem weighs in a sentence.
func (ix *index) inSentence(stem string) float64 {
	if w, ok := ix.weight[stem]; ok {
		return w + commonWeight
	}
	if len(ix.synonyms[stem]) > 0 {
		return unheldFactor * ix.rare
	}
	return ix.rare
}

// sentencesOf are the sentences of a finding.
func (ix *index) sentencesOf(doc int) []sentence {
	held := &ix.sentences.ofDoc[doc]
	if p := held.Load(); p != nil {
		return *p
	}
	list := ix.takeApart(ix.findings[doc])
	held.Store(&list) // the same, whoever comes first
	return list
}

func (ix *index) takeApart(f *data.Finding) []sentence {
	list := make([]sentence, 0, len(f.Asks)+1)
	for _, text := range append([]string{f.Gist}, f.Asks...) {
		var s sentence
		for _, w := range split(text) {
			if stem := ix.sentences.x.stemOf(w.text); !slices.Contains(s.stems, stem) {
				s.stems, s.terms = append(s.stems, stem), append(s.terms, ix.numbers[stem])
				s.weight += ix.inSentence(stem)
			}
		}
		list = append(list, s)
	}
	return list
}
