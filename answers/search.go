package answers

import (
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"reportbot/data"
)

// index finds findings by the words of a question: BM25 over what a finding
// says, its keywords and the questions that it is known to answer. Words count
// by stem; synonyms of the vocabulary count for less than the word itself.
type index struct {
	findings []*data.Finding
	postings map[string][]posting
	weight   map[string]float64 // idf
	numbers  map[string]int32   // of the terms, from 1
	synonyms map[string][]string
	length   []float64
	average  float64
	rare     float64 // the weight of a word that no finding holds
	words    []string
	filed    map[string]bool // stems that are a keyword by themselves

	sentences sentences
	rooms     sync.Pool // of *searchRoom
}

type posting struct {
	doc int32
	tf  float32
}

// hit is a finding that matches a question.
type hit struct {
	finding *data.Finding
	score   float64
	rank    float64 // the score, weighed by the likest sentence
	cover   float64 // how much of the question's weight it matches, 0 to 1
	doc     int
}

const (
	gistWeight    = 1.0
	keywordWeight = 1.3
	askWeight     = 0.8
	nameWeight    = 1.6
	synonymFactor = 0.6
	tooCommon     = 0.35 // words in more findings than that part say nothing
	unheldFactor  = 0.7  // of a word that only a synonym of is held
	bm25k, bm25b  = 1.2, 0.3
)

func newIndex(r *data.Report, x *lexicon) *index {
	ix := &index{
		findings: r.Findings, postings: make(map[string][]posting, 8192), weight: make(map[string]float64, 8192),
		synonyms: map[string][]string{}, filed: map[string]bool{}, length: make([]float64, len(r.Findings)),
		sentences: sentences{x: x, ofDoc: make([]atomic.Pointer[[]sentence], len(r.Findings))},
	}
	for _, read := range readFindings(r.Findings, x) {
		ix.take(read)
	}
	ix.weigh()
	ix.rooms.New = func() any { return newSearchRoom(len(ix.findings), len(ix.numbers)) }
	for _, group := range r.Vocabulary.Synonyms {
		ix.addSynonyms(group, x)
	}
	return ix
}

// weigh works out how much each term says: the rarer, the more.
func (ix *index) weigh() {
	n := float64(len(ix.findings))
	ix.numbers = make(map[string]int32, len(ix.postings))
	for term, list := range ix.postings {
		ix.numbers[term] = int32(len(ix.numbers) + 1)
		slices.SortFunc(list, func(a, b posting) int { return int(a.doc - b.doc) })
		df := float64(len(list))
		if df > tooCommon*n && n > 20 {
			ix.weight[term] = 0
			continue
		}
		ix.weight[term] = math.Log(1 + (n-df+0.5)/(df+0.5))
	}
	ix.rare = math.Log(1 + n)
	for _, l := range ix.length {
		ix.average += l / max(n, 1)
	}
}

// findingReader takes the words of some of the findings. Terms are numbered, so
// that a word costs one look-up.
type findingReader struct {
	x        *lexicon
	words    map[string]readWord // by the word as it is written
	numbers  map[string]int32    // by the term: a stem, or the key of a name
	terms    []string            // by number
	postings [][]posting         // by number
	tf       []float32           // by number: how often the term stands in the finding that is read
	held     []int32             // the terms of that finding
	filed    map[string]bool
	length   map[int]float64
	buffer   []word
}

// readWord is what a reader knows of a word that it has met.
type readWord struct {
	term  int32
	names uint8 // most words of a name that begins with it
}

// readFindings reads the findings, on two cores, since it is what a first
// question about the prose waits for.
func readFindings(findings []*data.Finding, x *lexicon) []*findingReader {
	readers := make([]*findingReader, 2)
	var running sync.WaitGroup
	for k := range readers {
		fr := &findingReader{x: x, words: make(map[string]readWord, 16384), numbers: make(map[string]int32, 8192), filed: map[string]bool{}, length: make(map[int]float64, len(findings))}
		readers[k] = fr
		running.Go(func() {
			for doc := k; doc < len(findings); doc += len(readers) {
				fr.read(doc, findings[doc])
			}
		})
	}
	running.Wait()
	return readers
}

// take takes over what a reader found.
func (ix *index) take(fr *findingReader) {
	ix.words = slices.Grow(ix.words, len(fr.words))
	for w := range fr.words {
		ix.words = append(ix.words, w)
	}
	for stem := range fr.filed {
		ix.filed[stem] = true
	}
	for number, term := range fr.terms {
		ix.postings[term] = append(ix.postings[term], fr.postings[number]...)
	}
	for doc, l := range fr.length {
		ix.length[doc] = l
	}
}

func (fr *findingReader) read(doc int, f *data.Finding) {
	fr.add(doc, f.Gist, gistWeight)
	for _, k := range f.Keywords {
		fr.file(k)
		fr.add(doc, k, keywordWeight)
	}
	for _, a := range f.Asks {
		fr.add(doc, a, askWeight)
	}
	for _, s := range f.Subjects {
		fr.count(fr.number(name{row: s}.key()), nameWeight)
	}
	for _, term := range fr.held {
		fr.postings[term] = append(fr.postings[term], posting{int32(doc), fr.tf[term]})
		fr.tf[term] = 0
	}
	fr.held = fr.held[:0]
}

// file notes which words a finding is filed under by themselves, or as names.
func (fr *findingReader) file(keyword string) {
	words := splitInto(fr.buffer[:0], keyword)
	for i := range words {
		if len(words) == 1 || words[i].capital() {
			fr.filed[fr.terms[fr.meet(words[i].text).term]] = true
		}
	}
}

func (fr *findingReader) add(doc int, text string, weight float32) {
	fr.buffer = splitInto(fr.buffer[:0], text)
	named := false
	for i := range fr.buffer {
		w := fr.meet(fr.buffer[i].text)
		fr.count(w.term, weight)
		named = named || w.names > 0
	}
	if named {
		for _, n := range fr.x.namesOf(fr.buffer) {
			fr.count(fr.number(n.key()), weight/2)
		}
	}
	fr.length[doc] += float64(len(fr.buffer)) * float64(weight)
}

// count adds to a term of the finding that is read.
func (fr *findingReader) count(term int32, weight float32) {
	if fr.tf[term] == 0 {
		fr.held = append(fr.held, term)
	}
	fr.tf[term] += weight
}

// meet is what is known of a word.
func (fr *findingReader) meet(text string) readWord {
	w, known := fr.words[text]
	if !known {
		w = readWord{term: fr.number(fr.x.stemOf(text)), names: fr.x.nameWords[text]}
		fr.words[text] = w
	}
	return w
}

// number is the number of a term.
func (fr *findingReader) number(term string) int32 {
	n, known := fr.numbers[term]
	if !known {
		n = int32(len(fr.terms))
		fr.numbers[term] = n
		fr.terms, fr.postings, fr.tf = append(fr.terms, term), append(fr.postings, nil), append(fr.tf, 0)
	}
	return n
}

// namesOf are the names in a text, the longest at each place.
func (x *lexicon) namesOf(words []word) []name {
	var out []name
	for i := 0; i < len(words); i++ {
		for n := min(int(x.nameWords[words[i].text]), len(words)-i); n > 0; n-- {
			key := words[i].text
			for k := i + 1; k < i+n; k++ {
				key += " " + words[k].text
			}
			if list := x.names[key]; len(list) > 0 && (!list[0].weak || words[i].capital()) {
				out = append(out, bestName(list))
				i += n - 1
				break
			}
		}
	}
	return out
}

// key is the term under which a name is filed, whatever word named it.
func (n name) key() string {
	switch {
	case n.row != nil:
		return "@" + n.row.Slug
	case n.group != nil:
		return "@" + n.group.Slug
	case n.uncovered != nil:
		return "@" + strings.ToLower(n.uncovered.Name)
	case n.ambiguous != nil:
		return "@" + strings.ToLower(n.ambiguous.Names[0])
	}
	return "@"
}

func (ix *index) addSynonyms(group []string, x *lexicon) {
	var stems []string
	for _, w := range group {
		if parts := split(w); len(parts) == 1 {
			stems = append(stems, x.stemOf(parts[0].text))
		}
	}
	for _, s := range stems {
		for _, other := range stems {
			if other != s && !slices.Contains(ix.synonyms[s], other) {
				ix.synonyms[s] = append(ix.synonyms[s], other)
			}
		}
	}
}

// holds says whether any finding holds the word, or a synonym does.
func (ix *index) holds(stem string) bool {
	if _, ok := ix.postings[stem]; ok {
		return true
	}
	_, ok := ix.synonyms[stem]
	return ok
}

// queryTerm is a word that findings are searched by: a stem, or the key of a
// name, and how much it counts.
type queryTerm struct {
	key   string
	share float64
}

// searchRoom is room for the sums of one search, all zero between searches.
type searchRoom struct {
	scores, cover, best []float64 // by finding
	touched             []int32   // the findings of one term
	asked               askedFor
}

func newSearchRoom(findings, terms int) *searchRoom {
	sums := make([]float64, 3*findings)
	return &searchRoom{scores: sums[:findings], cover: sums[findings : 2*findings], best: sums[2*findings:],
		asked: askedFor{worth: make([]float64, terms+1)}}
}

// search returns the best findings for the terms, at most limit.
func (ix *index) search(terms []queryTerm, limit int) []hit {
	room := ix.rooms.Get().(*searchRoom)
	defer ix.rooms.Put(room)
	scores, cover, best, touched := room.scores, room.cover, room.best, room.touched
	var whole float64
	for i, q := range terms {
		if slices.ContainsFunc(terms[:i], func(o queryTerm) bool { return o.key == q.key }) {
			continue
		}
		term := q.key
		w, known := ix.weight[term]
		if !known && len(ix.synonyms[term]) == 0 {
			w = ix.rare
		} else if !known {
			w = ix.rare * unheldFactor
		}
		w *= q.share
		if w == 0 {
			continue
		}
		whole += w
		touched = touched[:0]
		touched = ix.match(term, w, 1, best, touched)
		for _, s := range ix.synonyms[term] {
			touched = ix.match(s, min(w, ix.weight[s]), synonymFactor, best, touched)
		}
		for _, doc := range touched {
			if best[doc] == 0 {
				continue
			}
			scores[doc] += best[doc]
			cover[doc] += w * min(1, best[doc]/(0.55*w))
			best[doc] = 0
		}
	}
	room.touched = touched[:0]
	hits := ix.top(scores, cover, whole, limit)
	clear(scores)
	clear(cover)
	return hits
}

func (ix *index) match(term string, w, factor float64, best []float64, touched []int32) []int32 {
	for _, p := range ix.postings[term] {
		tf := float64(p.tf)
		s := factor * w * tf / (tf + bm25k*(1-bm25b+bm25b*ix.length[p.doc]/ix.average))
		if best[p.doc] == 0 {
			touched = append(touched, p.doc)
		}
		if s > best[p.doc] {
			best[p.doc] = s
		}
	}
	return touched
}

func (ix *index) top(scores, cover []float64, whole float64, limit int) []hit {
	hits := make([]hit, 0, limit+1)
	for doc, s := range scores {
		if s <= 0 || len(hits) == limit && s <= hits[limit-1].score {
			continue
		}
		h := hit{finding: ix.findings[doc], score: s, doc: doc}
		if whole > 0 {
			h.cover = cover[doc] / whole
		}
		at, _ := slices.BinarySearchFunc(hits, h, func(a, b hit) int {
			switch {
			case a.score > b.score:
				return -1
			case a.score < b.score:
				return 1
			}
			return a.doc - b.doc
		})
		hits = slices.Insert(hits, at, h)
		if len(hits) > limit {
			hits = hits[:limit]
		}
	}
	return hits
}

// states says whether a finding holds the term itself in what it says or is
// filed under, not only in a question that it answers.
func (ix *index) states(doc int, term string) bool {
	list := ix.postings[term]
	at, ok := slices.BinarySearchFunc(list, int32(doc), func(p posting, d int32) int { return int(p.doc - d) })
	return ok && list[at].tf >= gistWeight
}

// says tells whether a finding says a term in its gist.
func (ix *index) says(doc int, term string) bool {
	return slices.Contains(ix.sentencesOf(doc)[0].stems, term)
}

// covers says whether a finding holds the term or a synonym of it.
func (ix *index) covers(doc int, term string) bool {
	if ix.inPostings(doc, term) {
		return true
	}
	for _, s := range ix.synonyms[term] {
		if ix.inPostings(doc, s) {
			return true
		}
	}
	return false
}

func (ix *index) inPostings(doc int, term string) bool {
	list := ix.postings[term]
	_, ok := slices.BinarySearchFunc(list, int32(doc), func(p posting, d int32) int { return int(p.doc - d) })
	return ok
}

// docOf is the number of a finding in the index.
func (ix *index) docOf(f *data.Finding) int { return slices.Index(ix.findings, f) }
