package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// shownWords are the words in which a form of the answer is asked for.
type shownWords struct {
	polite, ask, a, of, as, format, bring phrases
	again                                 map[string]bool
	forms                                 []shownForm
	lexicon                               *lexicon
}

type shownForm struct {
	form                  Form
	nouns, verbs, formats phrases
	bare                  bool
}

// phrases are phrases by their words, under the first of them.
type phrases map[string][][]string

func newPhrases(list []string) phrases {
	out := phrases{}
	for _, p := range list {
		if words := strings.Fields(fold(p)); len(words) > 0 {
			out[words[0]] = append(out[words[0]], words)
		}
	}
	return out
}

// at is how many words the longest of the phrases has that stands at a place, 0 for none.
func (p phrases) at(words []word, i int) int {
	if i >= len(words) {
		return 0
	}
	longest := 0
	for _, phrase := range p[words[i].text] {
		if len(phrase) > longest && i+len(phrase) <= len(words) && slices.EqualFunc(phrase, words[i:i+len(phrase)], func(s string, w word) bool { return w.text == s }) {
			longest = len(phrase)
		}
	}
	return longest
}

func newShownWords(v *data.Shown, x *lexicon) *shownWords {
	s := &shownWords{polite: newPhrases(v.Polite), ask: newPhrases(v.Ask), a: newPhrases(v.A), of: newPhrases(v.Of), as: newPhrases(v.As),
		format: newPhrases(v.Format), bring: newPhrases(v.Bring), again: map[string]bool{}, lexicon: x}
	for _, w := range v.Again {
		s.again[fold(w)] = true
	}
	for _, f := range v.Forms {
		s.forms = append(s.forms, shownForm{Form(f.Form), newPhrases(f.Nouns), newPhrases(f.Verbs), newPhrases(f.Formats), f.Bare})
	}
	return s
}

// shownAs is a question without the words that say how the answer is to be shown.
type shownAs struct {
	form  Form // empty: nothing is said of it
	rest  []word
	again bool // nothing else is asked: the last answer is meant
	verb  bool // said by a verb before the question, which may have another sense: "plot"
}

// take takes the words out of a question that say how the answer is to be shown:
// they stand before what is asked, or behind it.
func (s *shownWords) take(words []word) shownAs {
	for _, take := range []func([]word) (shownAs, bool){s.behind, s.before, s.byVerb, s.bare} {
		a, ok := take(words)
		if !ok {
			continue
		}
		a.again = !slices.ContainsFunc(a.rest, func(w word) bool { return !s.again[w.text] })
		return a
	}
	return shownAs{rest: words}
}

// behind finds "… as a chart", "… in csv format".
func (s *shownWords) behind(words []word) (shownAs, bool) {
	for i := range words {
		for _, way := range []struct {
			before phrases
			what   func(*shownForm) phrases
		}{{s.as, func(f *shownForm) phrases { return f.nouns }}, {s.format, func(f *shownForm) phrases { return f.formats }}} {
			n := way.before.at(words, i)
			if n == 0 {
				continue
			}
			for k := range s.forms {
				if m := way.what(&s.forms[k]).at(words, i+n); m > 0 && s.ends(words, i+n+m) {
					return shownAs{form: s.forms[k].form, rest: s.brought(cutOut(words, i, i+n+m))}, true
				}
			}
		}
	}
	return shownAs{}, false
}

// brought is a question without the verb that goes with a form behind it: "export … to excel".
func (s *shownWords) brought(words []word) []word {
	start := s.start(words)
	if n := s.bring.at(words, start); n > 0 {
		return words[start+n:]
	}
	return words
}

// ends says whether a noun ends before a place: at the end of the question, or before
// a preposition or a courtesy. "As a table tennis player" goes on.
func (s *shownWords) ends(words []word, i int) bool {
	if i >= len(words) || words[i-1].breaks || words[i-1].comma {
		return true
	}
	return s.again[words[i].text] || s.of.at(words, i) > 0 || s.lexicon.of(words[i].text, gPreposition) || s.lexicon.of(words[i].text, gConjunction)
}

// before finds "show me a chart of …", "table of …", "chart: …".
func (s *shownWords) before(words []word) (shownAs, bool) {
	i := s.start(words)
	n := s.ask.at(words, i)
	a := s.a.at(words, i+n)
	for k := range s.forms {
		f := &s.forms[k]
		m := f.nouns.at(words, i+n+a)
		end := i + n + a + m
		if m == 0 || n+a == 0 && s.named(words, i) {
			continue
		}
		of := s.of.at(words, end)
		rest := words[end+of:]
		marked := words[end-1].colon || words[end-1].comma || words[end-1].breaks
		onlyAgain := !slices.ContainsFunc(rest, func(w word) bool { return !s.again[w.text] })
		if of > 0 && len(rest) > 0 || marked && len(rest) > 0 || n+a > 0 && onlyAgain {
			return shownAs{form: f.form, rest: rest}, true
		}
	}
	return shownAs{}, false
}

// named says whether a longer name of a measure begins at a place: "table of women and children".
func (s *shownWords) named(words []word, i int) bool {
	var stems []string
	for _, w := range words[i:] {
		stems = append(stems, s.lexicon.stemOf(w.text))
		if senses := s.lexicon.phrases[strings.Join(stems, " ")]; len(stems) > 1 && slices.ContainsFunc(senses, func(x sense) bool { return x.kind == measurePhrase || x.kind == measureNoun }) {
			return true
		}
	}
	return false
}

// start is where a question begins behind its courtesies.
func (s *shownWords) start(words []word) int {
	i := 0
	for n := s.polite.at(words, i); n > 0; n = s.polite.at(words, i) {
		i += n
	}
	return i
}

// byVerb finds "plot women against children".
func (s *shownWords) byVerb(words []word) (shownAs, bool) {
	i := s.start(words)
	for k := range s.forms {
		m := s.forms[k].verbs.at(words, i)
		if m == 0 || i+m >= len(words) {
			continue
		}
		next := words[i+m].text
		if owner(&words[i+m-1]) || m == 1 && (s.lexicon.of(next, gPreposition) || s.lexicon.of(next, gAuxiliary)) {
			continue // "the chart's …", "plot to attack …"
		}
		return shownAs{form: s.forms[k].form, rest: words[i+m:], verb: true}, true
	}
	return shownAs{}, false
}

// bare finds "top 5 by returnees, csv please".
func (s *shownWords) bare(words []word) (shownAs, bool) {
	end := len(words)
	for end > 0 && s.again[words[end-1].text] {
		end--
	}
	if end < 2 && end != len(words) || len(words) == 0 || s.lexicon.of(words[0].text, gAsking) || s.lexicon.of(words[0].text, gAuxiliary) {
		return shownAs{}, false
	}
	for k := range s.forms {
		for n := min(3, end); n > 0 && s.forms[k].bare; n-- {
			if s.forms[k].nouns.at(words[:end], end-n) != n {
				continue
			}
			if from := end - n; from == 0 || !s.determined(words, from) && !s.inPhrase(words, from) {
				return shownAs{form: s.forms[k].form, rest: cutOut(words, from, end)}, true
			}
		}
	}
	return shownAs{}, false
}

// inPhrase says whether a noun is the end of a phrase of the vocabulary: "behind bars".
func (s *shownWords) inPhrase(words []word, at int) bool {
	stems := s.lexicon.stemOf(words[at].text)
	for i := at - 1; i >= max(0, at-3); i-- {
		stems = s.lexicon.stemOf(words[i].text) + " " + stems
		if len(s.lexicon.phrases[stems]) > 0 {
			return true
		}
	}
	return false
}

// determined says whether a noun is a certain one, or one in which something stands: "in the chart".
func (s *shownWords) determined(words []word, i int) bool {
	w := words[i-1]
	return owner(&w) || s.lexicon.of(w.text, gArticle) || s.lexicon.of(w.text, gPreposition) || s.lexicon.of(w.text, gAuxiliary) || s.lexicon.of(w.text, gAsking) || s.again[w.text] && !w.comma && !w.breaks
}

// owner says whether "'s" stands behind a word, which is no part of its text.
func owner(w *word) bool { return w.end-w.start > len(w.raw) }

// cutOut is a question without some of its words; where it ends there, it ends before them.
func cutOut(words []word, from, to int) []word {
	rest := append(slices.Clone(words[:from]), words[to:]...)
	if from > 0 {
		rest[from-1].breaks = rest[from-1].breaks || words[to-1].breaks
		rest[from-1].comma = rest[from-1].comma || words[to-1].comma
	}
	return rest
}

// lastAs is the reading of the last question, its answer to be shown in a form.
func (e *Engine) lastAs(form Form, c Context) Reading {
	r, err := e.ParseCode(c.Last)
	if err != nil {
		r = problem(&Problem{Reason: NotUnderstood, Topic: nothingToShow})
	}
	r.Form, r.again = form, true
	return r
}

// nothingToShow is the topic of a form that is asked for before any answer was given.
const nothingToShow = "nothing to show"

// inVain says whether nothing of the tables was asked.
func inVain(readings []Reading) bool {
	q := &readings[0].Query
	return len(readings) == 1 && (q.Kind == Finding || q.Kind == Refused || q.Problem != nil && (q.Problem.Reason == OffTopic || q.Problem.Reason == NotUnderstood))
}

// formed gives readings a form.
func formed(readings []Reading, form Form) []Reading {
	for i := range readings {
		readings[i].Form = form
	}
	return readings
}

// words says a form behind the reading of a question.
func (f Form) words() string {
	switch f {
	case FormChart:
		return "as a chart"
	case FormTable:
		return "as a table"
	case FormCSV:
		return "as CSV"
	}
	return ""
}

// madeVisible puts the rows that went into a sum among the figures, where these are to be
// shown in a form: they are what there is to look at.
func (m *maker) madeVisible() {
	if m.r.Form == "" {
		return
	}
	for _, f := range m.members {
		f.Role = "input"
		m.a.Figures = append(m.a.Figures, f)
	}
}

// tabled gives a table of figures that are otherwise said in sentences, where one was asked for.
func (m *maker) tabled() {
	if m.r.Form != FormTable || m.a.Status != Answered || slices.ContainsFunc(m.body, func(b Block) bool { return b.Table != nil }) {
		return
	}
	var figures []Figure
	for _, f := range m.a.Figures {
		if (f.Role == "" || f.Role == "input" && len(m.members) > 0) && f.Op != "count" && f.Subject != "" && f.Finding == "" {
			figures = append(figures, f)
		}
	}
	if len(figures) > 0 {
		m.table(figureTable(figures))
	}
}

// figureTable lists figures, a row each.
func figureTable(figures []Figure) *Table {
	t := &Table{Columns: []string{"Row", "Measure", "Figure"}}
	dated := slices.ContainsFunc(figures, func(f Figure) bool { return f.AsOf != "" })
	if dated {
		t.Columns = append(t.Columns, "As of")
	}
	for i := range figures {
		f := &figures[i]
		row := []string{f.Who, f.Label, f.Said}
		if dated {
			row = append(row, data.Month(f.AsOf).Words())
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Comparable are the figures of a part that are of one unit and can be set side
// by side: those that answer, else what one sum was added up from, else what
// one ratio or difference was taken of. ordered says that they may be put in
// the order of their numbers.
func (p *Part) Comparable() (figures []Figure, ordered bool) {
	from, role := p.Figures, ""
	if one := single(p.Figures); one != nil {
		switch {
		case len(p.Members) > 1:
			from, ordered = p.Members, true
		case one.Op == "ratio" || one.Op == "difference" && len(p.Splits) == 0:
			role = "input"
		}
	}
	for _, f := range from {
		if f.Role != role || f.Op == "count" || f.Subject == "" || f.Finding != "" || f.Value == nil {
			continue
		}
		figures = append(figures, f)
		if f.Unit != figures[0].Unit {
			return nil, false
		}
	}
	return figures, ordered || p.Kind == Filter || p.Kind == Count
}

// single is the one figure that answers, nil where there are more.
func single(figures []Figure) *Figure {
	var one *Figure
	for i := range figures {
		switch {
		case figures[i].Role != "":
		case one != nil:
			return nil
		default:
			one = &figures[i]
		}
	}
	return one
}

// unshowable says that an answer cannot be shown in the form asked for.
func (m *maker) unshowable(p *Part) []Block {
	if m.a.Status != Answered && m.a.Status != NotInReport || m.q.Kind == Refused {
		return nil
	}
	said := ""
	switch m.r.Form {
	case "":
	case FormChart:
		said = noChart(p)
	default:
		if len(m.a.Figures) == 0 {
			said = "This answer has no figures to show " + m.r.Form.words() + "."
		}
	}
	if said == "" {
		return nil
	}
	return []Block{{Text: said}}
}

// noChart says why a part cannot be drawn; empty where it can.
func noChart(p *Part) string {
	if len(p.Splits) > 0 {
		return ""
	}
	switch figures, _ := p.Comparable(); len(figures) {
	case 0:
		return "A chart needs two figures that can be compared; this answer has none."
	case 1:
		return "A chart needs two figures that can be compared; this answer has one."
	}
	return ""
}
