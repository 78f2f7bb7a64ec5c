package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// span is a run of words, [from, to).
type span struct{ from, to int }

func (s span) holds(o span) bool { return s.from <= o.from && o.to <= s.to }
func (s span) len() int          { return s.to - s.from }
func (s span) meets(o span) bool { return s.from < o.to && o.from < s.to }

// mark is something recognised in a question: a phrase and one thing that it says.
type mark struct {
	span
	sense
}

// nameMark is a name recognised in a question.
type nameMark struct {
	span
	name
	from   bool // "from", "of", "to", "in"… stands before it
	source bool // "from" or "out of" itself
	typed  string
	mended bool
	out    bool // left out: "without Turkey"
	agent  bool // acts in the measure asked for: "by Turkey"
	place  bool // where people went, not where they came from
}

// numberMark is a number in a question.
type numberMark struct {
	span
	value   float64
	percent bool
	ordinal bool
	year    bool
	used    bool
}

// draft is a question being read: its words, what was recognised in them, and
// what of it has been accounted for.
type draft struct {
	e        *Engine
	words    []word
	texts    string // the words, folded, one space apart
	stems    string
	textAt   []int
	stemAt   []int
	names    []nameMark
	marks    []mark
	numbers  []numberMark
	measures []mark // of the measures, in order; phrases and nouns
	ops      [numOps]int
	used     []bool
	notes    []Note
	unknown  []int // words that mean nothing here
	prose    []int // words that only the findings know
	looked   []lookedUp
}

// read recognises what a cleaned question holds.
func (e *Engine) read(question string) *draft {
	d := &draft{e: e, words: split(question)}
	return d.recognise()
}

func (d *draft) recognise() *draft {
	d.expand()
	d.stem()
	d.join()
	d.findNames()
	d.findPhrases()
	if d.mend() {
		d.again()
		d.foreignNames()
	}
	d.findNumbers()
	d.settle()
	return d
}

// expand writes out what was typed in haste: "ppl", "frm"; and the figures 2
// and 4 where they stand for "to" and "for" before a name.
func (d *draft) expand() {
	for i := 0; i < len(d.words); i++ {
		w := &d.words[i]
		if full, ok := d.e.lexicon.short[w.text]; ok && !w.upper() {
			first, rest, two := strings.Cut(full, " ")
			w.text = first
			if two {
				next := *w
				next.text = rest
				d.words = slices.Insert(d.words, i+1, next)
				w = &d.words[i]
			}
		}
		if (w.text == "2" || w.text == "4") && w.isNum && i > 0 && i+1 < len(d.words) && d.namesPlace(i+1) && d.verbal(i-1) {
			w.isNum = false
			if w.text == "2" {
				w.text = "to"
			} else {
				w.text = "for"
			}
		}
	}
}

func (d *draft) namesPlace(i int) bool {
	x := d.e.lexicon
	if len(x.names[d.words[i].text]) > 0 {
		return true
	}
	for _, s := range x.phrases[x.stemOf(d.words[i].text)] {
		if s.kind == theatre {
			return true
		}
	}
	return false
}

// verbal says whether a word is, or ends, a phrase of a measure.
func (d *draft) verbal(i int) bool {
	x := d.e.lexicon
	for _, key := range []string{x.stemOf(d.words[i].text), x.stemOf(d.words[max(i-1, 0)].text) + " " + x.stemOf(d.words[i].text)} {
		for _, s := range x.phrases[key] {
			if s.kind == measurePhrase || s.kind == measureNoun {
				return true
			}
		}
	}
	return false
}

func (d *draft) stem() {
	for i := range d.words {
		if w := &d.words[i]; w.stem == "" {
			w.stem = d.e.lexicon.stemOf(w.text)
		}
	}
}

// join lays the words out in two strings, so that a phrase of several words is
// looked up without building it.
func (d *draft) join() {
	n := len(d.words)
	size := 0
	for i := range d.words {
		size += len(d.words[i].text) + 1
	}
	texts, stems := make([]byte, 0, size), make([]byte, 0, size)
	at := make([]int, 2*n+2)
	d.textAt, d.stemAt = at[:n+1], at[n+1:]
	for i := range d.words {
		d.textAt[i], d.stemAt[i] = len(texts), len(stems)
		texts = append(append(texts, d.words[i].text...), ' ')
		stems = append(append(stems, d.words[i].stem...), ' ')
	}
	d.textAt[n], d.stemAt[n] = len(texts), len(stems)
	d.texts, d.stems = string(texts), string(stems)
}

func (d *draft) text(i, j int) string    { return d.texts[d.textAt[i] : d.textAt[j]-1] }
func (d *draft) stemmed(i, j int) string { return d.stems[d.stemAt[i] : d.stemAt[j]-1] }

// shown is a run of words as the asker typed it.
func (d *draft) shown(s span) string {
	var b strings.Builder
	for i := s.from; i < s.to; i++ {
		if i > s.from {
			b.WriteByte(' ')
		}
		if d.words[i].mended != "" {
			b.WriteString(d.words[i].mended)
			continue
		}
		b.WriteString(d.words[i].raw)
	}
	return b.String()
}

func (d *draft) findNames() {
	x := d.e.lexicon
	for i := 0; i < len(d.words); {
		n := d.nameAt(x, i)
		i += max(n, 1)
	}
}

// nameAt recognises the longest name that begins at a word, and returns how
// many words it has.
func (d *draft) nameAt(x *lexicon, i int) int {
	w := &d.words[i]
	for n := min(int(x.nameWords[w.text]), len(d.words)-i); n > 0; n-- {
		s := span{i, i + n}
		if n == 1 && d.codeAt(x, i) {
			return 1
		}
		list := x.names[d.text(i, i+n)]
		if len(list) == 0 {
			continue
		}
		if best := bestName(list); !best.weak || best.row != nil && n == 1 && d.words[i].text != "us" || d.asName(s) {
			d.addName(s, best)
			return n
		}
	}
	if d.codeAt(x, i) {
		return 1
	}
	if bare, ok := strings.CutSuffix(w.text, "s"); ok && len(bare) > 3 { // "turkeys list"
		if list := x.names[bare]; len(list) > 0 && list[0].row != nil && !list[0].people {
			d.addName(span{i, i + 1}, bestName(list))
			return 1
		}
	}
	return 0
}

// codeAt recognises a country's code, written in capitals.
func (d *draft) codeAt(x *lexicon, i int) bool {
	w := &d.words[i]
	if !w.upper() || d.shouting() {
		return false
	}
	n, ok := x.codes[strings.ReplaceAll(w.raw, ".", "")]
	if ok {
		d.addName(span{i, i + 1}, n)
	}
	return ok
}

// bestName chooses among what one name stands for: a row before a group before
// a place without a row.
func bestName(list []name) name {
	best := list[0]
	for _, n := range list[1:] {
		if n.rank() < best.rank() {
			best = n
		}
	}
	return best
}

func (n name) rank() int {
	switch {
	case n.row != nil:
		return 0
	case n.group != nil:
		return 1
	case n.ambiguous != nil:
		return 2
	}
	return 3
}

// shouting says whether the whole question is in capitals, which then say nothing.
func (d *draft) shouting() bool {
	capitals, small := 0, 0
	for i := range d.words {
		switch {
		case d.words[i].upper():
			capitals++
		case d.words[i].text != "" && d.words[i].text[0] >= 'a':
			small++
		}
	}
	return capitals > 2 && small == 0
}

// asName says whether a name which is also an ordinary word is used as a name:
// by a preposition before it, a capital letter, or nothing else that it could be.
func (d *draft) asName(s span) bool {
	if d.words[s.from].upper() && !d.shouting() {
		return true
	}
	if s.to < len(d.words) && d.words[s.to].text == "of" && s.len() > 1 {
		return false // the Kingdom of somewhere else
	}
	if s.from > 0 && d.prepositionBefore(s.from) != "" {
		return true
	}
	return d.words[s.from].capital() && d.words[s.from].text != "us" || len(d.words) <= 4 && d.words[s.from].text != "us"
}

// prepositionBefore is the preposition that a name at i hangs on: "from",
// "to", "in", "of"… or "".
func (d *draft) prepositionBefore(i int) string {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		switch t := d.words[k].text; t {
		case "from", "to", "in", "into", "of", "by", "for", "out", "inside", "within", "among", "via", "through", "across", "at", "back":
			return t
		case "the", "a", "country", "republic", "either", "both", "all":
		default:
			return ""
		}
	}
	return ""
}

func (d *draft) addName(s span, n name) {
	p := d.prepositionBefore(s.from)
	m := nameMark{span: s, name: n, from: p != "", source: p == "from" || p == "out", typed: d.shown(s), mended: n.misspelt}
	for i := s.from; i < s.to; i++ {
		m.mended = m.mended || d.words[i].mended != ""
	}
	d.names = append(d.names, m)
}

// findPhrases marks every phrase of the vocabulary, and then drops those that
// stand inside of a longer one or of a name.
func (d *draft) findPhrases() {
	x := d.e.lexicon
	for i := range d.words {
		for _, s := range x.exact[d.words[i].text] {
			d.marks = append(d.marks, mark{span{i, i + 1}, s})
		}
		for n := min(int(x.phraseWord[d.words[i].stem]), len(d.words)-i); n > 0; n-- {
			if n > 1 && d.broken(i, i+n) {
				continue
			}
			for _, s := range x.phrases[d.stemmed(i, i+n)] {
				if s.then == "" || d.comesSoon(i+n, s.then) {
					d.marks = append(d.marks, mark{span{i, i + n}, s})
				}
			}
		}
	}
	d.marks = slices.DeleteFunc(d.marks, d.inside)
	d.names = slices.DeleteFunc(d.names, func(n nameMark) bool { return n.weak && !d.asName(n.span) && !d.aboutPeople() })
}

// gapWords is how many words may stand in the gap of a phrase.
const gapWords = 4

// comesSoon says whether the stems follow within a few words from i on.
func (d *draft) comesSoon(i int, stems string) bool {
	n := strings.Count(stems, " ") + 1
	for k := i; k <= i+gapWords && k+n <= len(d.words); k++ {
		if d.stemmed(k, k+n) == stems {
			return true
		}
	}
	return false
}

// aboutPeople says whether a question holds a measure or the report's subject
// matter, so that "turkey" in it is the country.
func (d *draft) aboutPeople() bool {
	for _, m := range d.marks {
		switch m.kind {
		case measurePhrase, measureNoun, theatre, domain:
			return true
		}
	}
	return false
}

// broken says whether a sentence ends within the words from i to j.
func (d *draft) broken(i, j int) bool {
	for k := i; k < j-1; k++ {
		if d.words[k].breaks {
			return true
		}
	}
	return false
}

func (d *draft) inside(m mark) bool {
	for i := range d.names {
		if n := &d.names[i]; n.holds(m.span) && !(m.kind == operator && m.op == opCountry) && (n.len() > m.len() || m.kind != theatre && m.kind != measurePhrase) {
			return true
		}
	}
	for i := range d.marks {
		o := &d.marks[i]
		if o.holds(m.span) && o.len() > m.len() && overrides(o, &m) {
			return true
		}
	}
	return false
}

// overrides says whether a longer mark takes the words of a shorter one. What
// only tells of the subject matter (theatre, domain, nouns for people) takes nothing.
func overrides(long, short *mark) bool {
	switch long.kind {
	case domain, peopleNoun, term:
		return short.kind == long.kind
	case theatre:
		return short.kind == theatre || short.kind == measureNoun || short.kind == measurePhrase || short.kind == peopleNoun
	case measureNoun:
		return short.kind != measurePhrase
	}
	return true
}

func (d *draft) findNumbers() {
	d.numbers = d.numbers[:0]
	for i := range d.words {
		if w := &d.words[i]; w.isNum && !d.inLonger(i) {
			n := numberMark{span: span{i, i + 1}, value: w.number, percent: w.percent, ordinal: w.ordinal}
			n.year = d.isYear(i)
			d.numbers = append(d.numbers, n)
		}
	}
	for i := 0; i < len(d.words); i++ {
		if d.inLonger(i) {
			continue
		}
		if n := d.numberWords(i); n.len() > 0 {
			d.numbers = append(d.numbers, n)
			i = n.to - 1
		}
	}
	slices.SortFunc(d.numbers, func(a, b numberMark) int { return a.from - b.from })
}

// inLonger says whether a word is part of a phrase of several words of an
// operator or measure: "smallest first", "the first one", "table 2".
func (d *draft) inLonger(i int) bool {
	for _, m := range d.marks {
		if m.from <= i && i < m.to && m.len() > 1 && (m.kind == operator && m.op != opLatter && m.op != opFormer && m.op != opTop || m.kind == measurePhrase) {
			return true
		}
	}
	return false
}

// isYear says whether a bare number is a year: four digits of our time, no
// separator, and no word before it that makes it a threshold.
func (d *draft) isYear(i int) bool {
	w := &d.words[i]
	if w.grouped || w.percent || w.ordinal || w.number < 1900 || w.number > 2099 || len(w.text) != 4 {
		return false
	}
	if i+1 < len(d.words) && d.hasSense(i+1, peopleNoun, measureNoun) {
		return false
	}
	for _, m := range d.marks {
		if m.kind == operator && m.to == i && (m.op == opMoreThan || m.op == opFewerThan || m.op == opAtLeast && d.words[m.from].text != "from" || m.op == opAtMost) {
			return false
		}
	}
	return i == 0 || !d.words[i-1].isSign()
}

func (w *word) isSign() bool {
	return w.text != "" && strings.ContainsAny(w.text[:1], "<>~")
}

func (d *draft) hasSense(i int, kinds ...senseKind) bool {
	for _, m := range d.marks {
		if m.from == i && slices.Contains(kinds, m.kind) {
			return true
		}
	}
	return false
}

// numberWords reads number words from i on: "one thousand", "fifty", "two hundred".
func (d *draft) numberWords(i int) numberMark {
	n := numberMark{span: span{i, i}}
	total, current := 0.0, 0.0
	for k := i; k < len(d.words); k++ {
		v, ok := d.numberWord(k)
		if !ok {
			if d.words[k].text == "and" && k > i && current > 0 && k+1 < len(d.words) && (total >= 100 || current >= 100) {
				if _, more := d.numberWord(k + 1); more {
					continue
				}
			}
			break
		}
		switch {
		case v >= 1000:
			total, current = total+max(current, 1)*v, 0
		case v == 100:
			current = max(current, 1) * v
		case current > 0 && current < 20 && n.len() > 0 && v < 20:
			return finish(n, total+current)
		default:
			current += v
		}
		n.to = k + 1
		if d.words[k].breaks || d.words[k].comma && v < 20 {
			break
		}
	}
	if n.len() == 0 {
		if v, ok := d.valueOf(i, ordinalWord); ok {
			n.to, n.value, n.ordinal = i+1, v, true
		}
		return n
	}
	return finish(n, total+current)
}

func finish(n numberMark, v float64) numberMark {
	n.value = v
	return n
}

func (d *draft) numberWord(k int) (float64, bool) {
	if d.words[k].isNum {
		return 0, false
	}
	return d.valueOf(k, number)
}

func (d *draft) valueOf(k int, kind senseKind) (float64, bool) {
	for _, s := range d.e.lexicon.phrases[d.words[k].stem] {
		if s.kind == kind {
			return s.value, true
		}
	}
	return 0, false
}

// settle sorts what was recognised: the operators by their first place, the
// measures in order, and the words that nothing accounts for.
func (d *draft) settle() {
	for o := range d.ops {
		d.ops[o] = -1
	}
	d.used = make([]bool, len(d.words))
	d.measures, d.unknown, d.prose = nil, nil, nil
	d.marks = slices.DeleteFunc(d.marks, func(m mark) bool {
		if m.kind == measurePhrase && slices.ContainsFunc(d.marks, func(o mark) bool { return o.span == m.span && o.op == opExclude && o.then != "" }) {
			return true // "leaving the women out"
		}
		return m.kind == operator && m.op == opShare && m.from > 0 && d.words[m.from-1].text == "not"
	})
	for _, m := range d.marks {
		switch m.kind {
		case operator:
			if d.ops[m.op] < 0 {
				d.ops[m.op] = m.from
			}
		case measurePhrase, measureNoun:
			d.measures = append(d.measures, m)
		}
		if m.kind != domain && m.kind != absent && m.kind != refused && m.kind != term {
			d.use(m.span)
		}
	}
	for i := range d.names {
		d.use(d.names[i].span)
	}
	for i := range d.numbers {
		d.use(d.numbers[i].span)
	}
	for i := range d.words {
		w := &d.words[i]
		switch {
		case d.used[i] || d.e.lexicon.neutral[w.text] || d.e.lexicon.neutral[w.stem] || len(w.text) == 1 && !w.isNum:
		case d.e.index().holds(w.stem):
			d.prose = append(d.prose, i)
		case d.hasSense(i, absent, refused, term, domain):
			d.prose = append(d.prose, i)
		default:
			d.unknown = append(d.unknown, i)
		}
	}
	d.dropOverlapping()
}

func (d *draft) use(s span) {
	for i := s.from; i < s.to; i++ {
		d.used[i] = true
	}
}

// dropOverlapping keeps, of measure phrases that share words, the first and longest.
func (d *draft) dropOverlapping() {
	slices.SortStableFunc(d.measures, func(a, b mark) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.len() - a.len()
	})
	kept := d.measures[:0]
	for _, m := range d.measures {
		if n := len(kept); n > 0 && kept[n-1].meets(m.span) {
			if m.len() > kept[n-1].len()+1 || kept[n-1].kind == measureNoun && m.kind == measurePhrase {
				kept[n-1] = m
			}
			continue
		}
		kept = append(kept, m)
	}
	d.measures = kept
}

func (d *draft) has(o op) bool { return d.ops[o] >= 0 }

func (d *draft) hasAny(ops ...op) bool {
	for _, o := range ops {
		if d.ops[o] >= 0 {
			return true
		}
	}
	return false
}

// kindMark is the first mark of a kind.
func (d *draft) kindMark(kind senseKind) (mark, bool) {
	for _, m := range d.marks {
		if m.kind == kind {
			return m, true
		}
	}
	return mark{}, false
}

// rows are the covered rows named, in order, without those left out, acting, or the goal of travel.
func (d *draft) rows() []*data.Subject {
	var rows []*data.Subject
	for i := range d.names {
		n := &d.names[i]
		if n.row != nil && !n.out && !n.agent && !n.place && !slices.Contains(rows, n.row) {
			rows = append(rows, n.row)
		}
	}
	return rows
}

func (d *draft) groups() []*data.Group {
	var groups []*data.Group
	for i := range d.names {
		if n := &d.names[i]; n.group != nil && !n.out && !slices.Contains(groups, n.group) {
			groups = append(groups, n.group)
		}
	}
	return groups
}

// mend puts unknown words right where one known word is clearly meant, and
// says whether it changed any.
func (d *draft) mend() bool {
	if !d.anyStrange() {
		return false
	}
	d.foreignNames()
	changed := d.unglue()
	for i := range d.words {
		if w := &d.words[i]; d.strange(i) {
			if m, ok := d.nearest(i); ok {
				w.mended = w.raw
				w.text = m.word
				w.stem = d.e.lexicon.stemOf(m.word)
				changed = true
			}
		}
	}
	return changed
}

// unglue parts words that were run together: "womenfrom".
func (d *draft) unglue() bool {
	changed := false
	for i := 0; i < len(d.words); i++ {
		w := d.words[i]
		if len(w.text) < 6 || !d.strange(i) || d.oneSlip(i) {
			continue
		}
		if at := d.seam(w.text); at > 0 {
			a, b := w, w
			a.text, b.text = w.text[:at], w.text[at:]
			a.stem, b.stem = d.e.lexicon.stemOf(a.text), d.e.lexicon.stemOf(b.text)
			a.mended, b.mended = "", ""
			a.raw, b.raw = a.text, b.text
			d.words = slices.Replace(d.words, i, i+1, a, b)
			changed = true
			d.again()
		}
	}
	return changed
}

// oneSlip says whether a word is one slip away from a known one.
func (d *draft) oneSlip(i int) bool {
	m, ok := d.nearest(i)
	return ok && m.distance == 1
}

// again recognises names and phrases anew after words have changed.
func (d *draft) again() {
	d.join()
	d.names, d.marks = d.names[:0], d.marks[:0]
	d.findNames()
	d.findPhrases()
}

// seam is where a word parts into two that are known, one of them a name or a
// phrase of a measure; 0 if it does not.
func (d *draft) seam(text string) int {
	x := d.e.lexicon
	for at := len(text) - 2; at >= 2; at-- {
		a, b := text[:at], text[at:]
		if (x.means(a) && (x.means(b) || x.neutral[b])) || x.neutral[a] && len(a) > 2 && x.means(b) {
			return at
		}
	}
	return 0
}

// means says whether a word by itself is a name or names a measure.
func (x *lexicon) means(w string) bool {
	if len(w) < 4 {
		return false
	}
	if list := x.names[w]; len(list) > 0 && (list[0].row != nil || list[0].group != nil) {
		return true
	}
	for _, s := range x.phrases[x.stemOf(w)] {
		if s.kind == measurePhrase || s.kind == measureNoun {
			return true
		}
	}
	return false
}

// strange says whether a word is unknown to names, vocabulary and findings.
func (d *draft) strange(i int) bool {
	w := &d.words[i]
	if w.isNum || len(w.text) < 3 || w.mended != "" || d.e.lexicon.knows(w) {
		return false
	}
	for j := range d.names {
		if d.names[j].holds(span{i, i + 1}) {
			return false
		}
	}
	return !d.e.index().holds(w.stem)
}

func (d *draft) anyStrange() bool {
	for i := range d.words {
		if d.strange(i) {
			return true
		}
	}
	return false
}

// foreignNames recognises the names of countries in other languages. It is
// only called where some word is strange, since the names take time to gather.
func (d *draft) foreignNames() {
	for i := range d.words {
		if !d.inName(i) {
			d.foreignName(i)
		}
	}
	slices.SortFunc(d.names, func(a, b nameMark) int { return a.span.from - b.span.from })
}

// nearest is the known word which a mistyped one stands for: the cheapest
// mending, if it is clearly nearer than any other that would mean something else.
func (d *draft) nearest(i int) (mended, bool) {
	m, ok := d.slipped(i)
	if ok && m.class&(nameWord|vocabularyWord) != 0 {
		return m, true
	}
	if full, whole := d.completed(d.words[i].text); whole {
		return full, true
	}
	return m, ok
}

// nearWords are the known words near a strange one, looked up once a question.
func (d *draft) nearWords(text string) []mended {
	for i := range d.looked {
		if d.looked[i].text == text {
			return d.looked[i].near
		}
	}
	near := d.e.mender.candidates(text)
	d.looked = append(d.looked, lookedUp{text, near})
	return near
}

// lookedUp is a strange word and the known words near it.
type lookedUp struct {
	text string
	near []mended
}

// slipped is the known word from which a mistyped one is a slip or two away.
func (d *draft) slipped(i int) (mended, bool) {
	w := &d.words[i]
	list := d.nearWords(w.text)
	if len(list) == 0 {
		return mended{}, false
	}
	best := list[0]
	for _, c := range list[1:] {
		if best.class&vocabularyWord == 0 && c.class&vocabularyWord != 0 && c.distance == best.distance && d.e.lexicon.named(best.word).row == nil {
			best = c // a word of asking before a city
		}
	}
	if best.class&nameWord != 0 && best.class&vocabularyWord == 0 && best.cost > plainSlip && d.rivalName(w.text, best) {
		return mended{}, false
	}
	if best.class&nameWord != 0 && best.class&vocabularyWord == 0 && !d.safeName(best, list[1:]) {
		return mended{}, false
	}
	if best.class == neutralWord && len(w.text) < 5 || best.class&nameWord == 0 && d.otherLanguage() {
		return mended{}, false
	}
	for _, c := range list[1:] {
		if c.cost <= best.cost+2 && d.completes(i, c.word) && !d.completes(i, best.word) {
			return c, true
		}
	}
	return best, true
}

// rivalName says whether another row's name is two slips away which may have been
// meant rather than one with a letter too many: "austrila".
func (d *draft) rivalName(typed string, best mended) bool {
	mine := d.e.lexicon.named(best.word)
	for _, c := range d.e.mender.within(typed, 2) {
		if n := d.e.lexicon.named(c.word); c.class&nameWord != 0 && n.row != nil && !n.same(mine) && c.cost <= best.cost+plainSlip/2 && len(c.word) >= len(typed) {
			return true
		}
	}
	return false
}

// otherLanguage says whether the question is not in English.
func (d *draft) otherLanguage() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == operator && m.op == opOtherLanguage })
}

// completed is the one row's name that begins with what was typed: "norw".
func (d *draft) completed(typed string) (mended, bool) {
	if len(typed) < 4 {
		return mended{}, false
	}
	var found *data.Subject
	for _, s := range d.e.report.Subjects {
		if strings.HasPrefix(fold(s.Name), typed) {
			if found != nil {
				return mended{}, false
			}
			found = s
		}
	}
	if found == nil || strings.Contains(found.Name, " ") {
		return mended{}, false
	}
	return mended{word: fold(found.Name), class: nameWord}, true
}

// safeName says whether no rival of a mended name comes as near to what was typed.
func (d *draft) safeName(best mended, rivals []mended) bool {
	mine := d.e.lexicon.named(best.word)
	for _, r := range rivals {
		if r.distance > best.distance {
			continue
		}
		if r.class&nameWord == 0 {
			if r.class&vocabularyWord != 0 && r.cost <= best.cost {
				return false
			}
			continue
		}
		if theirs := d.e.lexicon.named(r.word); !mine.same(theirs) && r.cost <= best.cost+3 {
			return false
		}
	}
	return true
}

// named is what a word names, alone or as the first word of one name.
func (x *lexicon) named(word string) name {
	if list := x.names[word]; len(list) > 0 {
		return bestName(list)
	}
	return name{}
}

// completes says whether a word at i would be part of a phrase of several words.
func (d *draft) completes(i int, word string) bool {
	stem := d.e.lexicon.stemOf(word)
	if i > 0 {
		if _, ok := d.e.lexicon.phrases[d.words[i-1].stem+" "+stem]; ok {
			return true
		}
	}
	if i+1 < len(d.words) {
		_, ok := d.e.lexicon.phrases[stem+" "+d.words[i+1].stem]
		return ok
	}
	return false
}

// foreignName reads a word, or up to four from it on, as a country's name in
// another language.
func (d *draft) foreignName(i int) bool {
	foreign := d.e.foreign()
	for n := min(4, len(d.words)-i); n > 0; n-- {
		if nm, ok := foreign[d.text(i, i+n)]; ok {
			d.addName(span{i, i + n}, nm)
			d.names[len(d.names)-1].foreign = true
			return true
		}
	}
	return false
}
