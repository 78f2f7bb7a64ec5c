package answers

import (
	"reportbot/data"
	"slices"
	"strings"
)

// expand writes out what was typed in haste: "ppl", "frm"; and the figures 2
// and 4 where they stand for "to" and "for" before a name.
func (d *draft) expand() {
	d.telegram()
	d.withoutEmphasis()
	d.splitPeople()
	for i := 0; i < len(d.words); i++ {
		w := &d.words[i]
		if w.text == "w" && w.comma && i+1 < len(d.words) { // w/o, w/
			w.text, w.comma = "with", false
			if d.words[i+1].text == "o" {
				w.text = "without"
				d.words = slices.Delete(d.words, i+1, i+2)
				w = &d.words[i]
			}
		}
		if i+1 < len(d.words) && slices.Contains(d.e.report.Vocabulary.Pointed, w.text) {
			w.breaks = false // "excl. Russia"
		}
		if full, ok := d.e.lexicon.short[w.text]; ok && (!w.upper() || len(w.text) > 2 && d.shouting()) && !(w.capital() && len(w.text) <= 2) {
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

// withoutEmphasis drops the adverb of "who exactly is", which only insists.
func (d *draft) withoutEmphasis() {
	for i := 1; i+1 < len(d.words); i++ {
		if d.is(i-1, gAsking) && (d.is(i+1, gPassive) || d.is(i+1, gAuxiliary)) && d.e.lexicon.phraseOf(d.e.lexicon.stemOf(d.words[i].text), opExactly) {
			d.words = slices.Delete(d.words, i, i+1)
		}
	}
}

// telegram reads STOP, in capitals, as the end of a sentence: in a message that is not all
// in capitals, or one that ends with it.
func (d *draft) telegram() {
	last := len(d.words) - 1
	if last < 2 || d.shouting() && d.words[last].raw != telegramStop {
		return
	}
	kept := d.words[:0]
	for _, w := range d.words {
		if w.raw != telegramStop {
			kept = append(kept, w)
		} else if len(kept) > 0 {
			kept[len(kept)-1].breaks = true
		}
	}
	d.words = kept
}

const telegramStop = "STOP"

// splitPeople parts "Frenchwomen" into the people and the women among them, and then
// "Frenchmen" likewise, who are set against them.
func (d *draft) splitPeople() {
	for _, end := range d.e.report.Vocabulary.PeopleEnds {
		found := false
		for i := 0; i < len(d.words); i++ {
			before, ok := strings.CutSuffix(d.words[i].text, end)
			if list := d.e.lexicon.names[before]; !ok || len(list) == 0 || !list[0].people {
				continue
			}
			first, second := d.words[i], d.words[i]
			cut := max(0, len(first.raw)-len(end))
			first.text, first.raw, first.comma, first.breaks = before, first.raw[:cut], false, false
			second.text, second.raw = end, second.raw[cut:]
			d.words = slices.Replace(d.words, i, i+1, first, second)
			found = true
			i++
		}
		if !found {
			return
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

// mend puts unknown words right where one known word is clearly meant, and
// says whether it changed any.
func (d *draft) mend() bool {
	if !d.anyStrange() {
		return false
	}
	go d.e.mender.ready() // on the other core, where this is the first mistyped word
	d.foreignNames()
	changed := d.unglue()
	for i := range d.words {
		if w := &d.words[i]; d.strange(i) && !d.e.lexicon.ordinary[w.text] && !d.secondPart(i) {
			if m, ok := d.nearest(i); ok && !(m.distance > 1 && d.writtenAsName(i) && len(d.e.lexicon.names[m.word]) == 0) {
				w.mended = w.raw
				w.text = m.word
				w.stem = d.e.lexicon.stemOf(m.word)
				changed = true
			}
		}
	}
	return changed
}

// writtenAsName says whether a word within a sentence is written as a name where others are
// not, so that it is no slip of an ordinary word.
func (d *draft) writtenAsName(i int) bool {
	return i > 0 && d.words[i].capital() && !d.words[i-1].breaks && !d.words[i-1].colon && !d.shouting() && !d.titled()
}

// secondPart says whether a word is the second part of a compound whose first is an
// everyday word: "one-liner".
func (d *draft) secondPart(i int) bool {
	if i == 0 {
		return false
	}
	w := &d.words[i-1]
	return w.hyphen && w.end+1 == d.words[i].start && (d.e.lexicon.neutral[w.text] || w.isNum)
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

// nearest is the known word which a mistyped one stands for: the cheapest
// mending, if it is clearly nearer than any other that would mean something else.
func (d *draft) nearest(i int) (mended, bool) {
	m, ok := d.slipped(i)
	if ok && m.class&(nameWord|vocabularyWord) != 0 {
		return m, true
	}
	if !slices.ContainsFunc(d.nearWords(d.words[i].text), func(c mended) bool { return d.e.lexicon.named(c.word).row != nil }) {
		if full, whole := d.completed(d.words[i].text); whole {
			return full, true
		}
	}
	return m, ok
}

// slipped is the known word from which a mistyped one is a slip or two away.
func (d *draft) slipped(i int) (mended, bool) {
	w := &d.words[i]
	list := d.nearWords(w.text)
	if len(list) == 0 {
		return mended{}, false
	}
	if i > 0 && len(d.words[i-1].text) > 1 {
		for _, c := range list {
			if len(d.e.lexicon.names[d.words[i-1].text+" "+c.word]) > 0 {
				return c, true // "SE Aisa"
			}
		}
	}
	best := list[0]
	named := i > 0 && (d.is(i-1, gSource) || d.is(i-1, gGoal)) || capitalInside(w.raw) && !d.shouting()
	if named && best.class&nameWord == 0 {
		at := slices.IndexFunc(list, func(c mended) bool { return c.class&nameWord != 0 && c.distance == best.distance })
		switch {
		case at >= 0:
			best = list[at] // a name where a name stands
		case i > 0 && !d.is(i-1, gSource) && !w.capital() && !capitalInside(w.raw) && best.cost <= plainSlip:
			// "likely to surive": a verb may stand behind "to"
		case len(w.text) < 7 || w.capital():
			return mended{}, false
		}
	}
	for _, c := range list[1:] {
		if !named && best.class&(vocabularyWord|neutralWord) == 0 && c.class&vocabularyWord != 0 && c.distance == best.distance && d.e.lexicon.named(best.word).row == nil {
			best = c // a word of asking before a city
		}
	}
	if best.class == nameWord && len(w.text) < 5 && d.e.lexicon.named(best.word).row == nil {
		return mended{}, false // "semi" is no place
	}
	if best.class&nameWord != 0 && best.class&vocabularyWord == 0 && best.cost > plainSlip && d.rivalName(w.text, best) {
		return mended{}, false
	}
	if best.class&nameWord != 0 && best.class&vocabularyWord == 0 && !d.safeName(best, list[1:]) {
		return mended{}, false
	}
	if best.class == neutralWord && len(w.text) < 5 || best.class&neutralWord != 0 && i > 0 && w.capital() && !d.shouting() && !d.titled() || best.class&nameWord == 0 && d.otherLanguage() {
		return mended{}, false
	}
	for _, c := range list[1:] {
		if c.cost <= best.cost+2 && d.completes(i, c.word) && !d.completes(i, best.word) {
			return c, true
		}
	}
	return best, true
}

// capitalInside says whether a word has a capital letter behind a small one: "sAia".
func capitalInside(raw string) bool {
	for i := 1; i < len(raw); i++ {
		if raw[i] >= 'A' && raw[i] <= 'Z' && raw[i-1] >= 'a' {
			return true
		}
	}
	return false
}

// nearWords are the known words near a strange one, looked up once a question.
func (d *draft) nearWords(text string) []mended {
	for i := range d.looked {
		if d.looked[i].text == text {
			return d.looked[i].near
		}
	}
	near := d.withoutTowns(d.e.mender.candidates(text))
	d.looked = append(d.looked, lookedUp{text, near})
	return near
}

// withoutTowns drops the names of towns that are no nearer than a row's: who asks for
// countries has mistyped a country.
func (d *draft) withoutTowns(near []mended) []mended {
	at := slices.IndexFunc(near, func(c mended) bool { return d.e.lexicon.named(c.word).row != nil })
	if at < 0 {
		return near
	}
	row := near[at].distance
	return slices.DeleteFunc(near, func(c mended) bool { return c.distance >= row && d.e.lexicon.named(c.word).town() })
}

// lookedUp is a strange word and the known words near it.
type lookedUp struct {
	text string
	near []mended
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
		if theirs := d.e.lexicon.named(r.word); !mine.same(theirs) && r.cost <= best.cost+5 {
			return false
		}
	}
	return true
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

// named is what a word names, alone or as the first word of one name.
func (x *lexicon) named(word string) name {
	if list := x.names[word]; len(list) > 0 {
		return bestName(list)
	}
	return name{}
}
