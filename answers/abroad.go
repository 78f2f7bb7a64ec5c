package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// tongue is another language: the runs of words that are known in it, and how many words the
// longest of them has.
type tongue struct {
	words   map[string][]string
	longest int
}

// addAbroad files the languages by the words that show them.
func (x *lexicon) addAbroad(v *data.Vocabulary) {
	x.abroad = map[string]*tongue{}
	for _, t := range v.Abroad {
		one := &tongue{words: make(map[string][]string, len(t.Words))}
		for run, stands := range t.Words {
			one.words[run] = strings.Fields(stands)
			one.longest = max(one.longest, strings.Count(run, " ")+1)
		}
		for _, w := range t.Ask {
			x.abroad[w] = one
		}
	}
}

// fromAbroad puts the words of a question in another language into English, as far as they are
// known: "combien de Belges sont rentrés".
func (d *draft) fromAbroad() {
	var t *tongue
	for i := range d.words {
		if t = d.e.lexicon.abroad[d.words[i].text]; t != nil {
			break
		}
	}
	if t == nil {
		return
	}
	for i := 0; i < len(d.words); i++ {
		d.elided(i)
		for n := min(t.longest, len(d.words)-i); n > 0; n-- {
			stands, ok := t.words[d.folded(i, i+n)]
			if !ok || d.listedIn(i, i+n) || d.broken(i, i+n) {
				continue
			}
			d.words = slices.Replace(d.words, i, i+n, standing(stands, &d.words[i+n-1])...)
			i += len(stands) - 1
			break
		}
	}
}

// folded is a run of words with one space between them.
func (d *draft) folded(i, j int) string {
	if j == i+1 {
		return d.words[i].text
	}
	texts := make([]string, 0, j-i)
	for k := i; k < j; k++ {
		texts = append(texts, d.words[k].text)
	}
	return strings.Join(texts, " ")
}

// standing are English words in the place of a run of others that ended with a word.
func standing(texts []string, last *word) []word {
	if len(texts) == 0 {
		return nil
	}
	words := make([]word, len(texts))
	for k, text := range texts {
		words[k] = word{raw: text, text: fold(text), start: last.start, end: last.end}
	}
	end := &words[len(words)-1]
	end.breaks, end.comma, end.colon, end.hyphen, end.opens, end.closes = last.breaks, last.comma, last.colon, last.hyphen, last.opens, last.closes
	return words
}

// elided takes the small word off a word that it has run into: "d'Allemands".
func (d *draft) elided(i int) {
	w := &d.words[i]
	if at := strings.IndexAny(w.raw, "'"); at > 0 && at <= 2 && at+1 < len(w.raw) {
		w.raw = w.raw[at+1:]
		w.text = fold(w.raw)
	}
}
