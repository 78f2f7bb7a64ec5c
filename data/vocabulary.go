package data

import (
	"slices"
	"strconv"
	"strings"
)

// Vocabulary is vocabulary.yaml: the words in which people ask, and what each
// of them stands for. Everything in it is lower-case English as it is typed;
// the engine matches whole words, by stem, longest phrase first.
type Vocabulary struct {
	Forms         map[string][]string `yaml:"forms"` // words that are interchangeable in phrases of measures, operators and refusals: "{move} home"
	Measures      []*MeasureWords     `yaml:"measures"`
	Operators     map[string][]string `yaml:"operators"`     // operator name → phrases, see the names in package answers
	Abbreviations map[string]string   `yaml:"abbreviations"` // what is typed in haste: "ppl": people
	Abroad        []*Tongue           `yaml:"abroad"`        // the words of asking in other languages
	Spoken        map[string]string   `yaml:"spoken"`        // what the asker calls those of whom they have spoken: "us": them
	Numbers       map[string]float64  `yaml:"numbers"`       // "twelve": 12, "dozen": 12
	Units         map[string]float64  `yaml:"units"`         // "dozen": 12, in which other numbers are counted
	Multiples     map[string]float64  `yaml:"multiples"`     // "twice": 2
	CountsUnits   map[string]float64  `yaml:"counts_units"`  // "couple": 2, a number before a unit only
	Ordinals      map[string]int      `yaml:"ordinals"`      // "second": 2
	Fractions     map[string]int      `yaml:"fractions"`     // "quarter": 4, how many of them make a whole
	Digits        map[string]int      `yaml:"digits"`        // "three digit": 3, how many digits a number has
	Months        []MonthWords        `yaml:"months"`
	Shown         Shown               `yaml:"shown"`   // how an answer is to be shown, which changes nothing in what is asked
	Theatre       []string            `yaml:"theatre"` // where people went: never read as where they came from, when "to" or "in" stands before
	People        []string            `yaml:"people"`  // nouns for a person that say nothing of the measure
	Absent        []*Absent           `yaml:"absent"`
	Refused       []*Refused          `yaml:"refused"`
	Requests      []string            `yaml:"requests"` // how help with doing something is asked for: "how do I"
	Terms         []*Term             `yaml:"terms"`
	Synonyms      [][]string          `yaml:"synonyms"`    // words that stand for one another when findings are searched
	Domain        []string            `yaml:"domain"`      // words that show that a question is about the report's subject
	Neutral       []string            `yaml:"neutral"`     // words that change nothing in what is asked
	Ordinary      []string            `yaml:"ordinary"`    // words near known ones that are no slip of them
	Caveats       map[string]string   `yaml:"caveats"`     // caveat code → sentence, where the report's own words are needed
	About         string              `yaml:"about"`       // what the bot is, two sentences
	Reliable      []string            `yaml:"reliable"`    // finding ids that tell how far the figures can be trusted
	Pointed       []string            `yaml:"pointed"`     // abbreviations behind which a point ends no sentence
	Persons       []string            `yaml:"persons"`     // words of the names of people whom the prose names
	Revised       []string            `yaml:"revised"`     // finding ids that tell how official figures have changed
	Covered       []string            `yaml:"covered"`     // finding ids that tell how many countries are counted
	Author        []string            `yaml:"author"`      // finding ids that tell who made the report, when and why
	Examples      []string            `yaml:"examples"`    // questions shown by help and by completion
	Topics        []*Topic            `yaml:"topics"`      // what digests can be about beside the groups of places
	Reading       []string            `yaml:"reading"`     // questions on how the figures are to be read, for digests
	Grammar       map[string][]string `yaml:"grammar"`     // small words by what they do, see the names in package answers
	Elsewhere     string              `yaml:"elsewhere"`   // the absent topic of people who went to one of the rows
	PeopleEnds    []string            `yaml:"people_ends"` // what a people's name may end in that tells its sex, women first
	Authorities   []string            `yaml:"authorities"` // words for those who act for a country, as they are written
	Others        string              `yaml:"others"`      // the topic of what others did than the row that acts in a measure
	Parts         []string            `yaml:"parts"`       // words that stand for places within a country right behind its name
	Reasons       string              `yaml:"reasons"`     // that of why one figure is larger than another
	Bodies        []string            `yaml:"bodies"`      // words for what people of a country work or sit in, who are none of those counted
	Unreal        string              `yaml:"unreal"`      // that of what is only wished for or possible
	Denials       string              `yaml:"denials"`     // that of people to whom a measure does not apply
	Complement    string              `yaml:"complement"`  // that of shares of those to whom a measure does not apply
	Within        string              `yaml:"within"`      // that of places within a country
	Headlines     []Headline          `yaml:"headlines"`

	written map[string]bool // words of the phrases that name no form
}

// MeasureWords says how one measure is asked for and spoken of.
type MeasureWords struct {
	Name     string   `yaml:"name"`  // as in the tables, or a computed measure of its own
	Label    string   `yaml:"label"` // "Returned", heads a column
	Noun     string   `yaml:"noun"`  // "returnees", after a number or "the most"
	Asked    string   `yaml:"asked"` // the noun in a question, where noun alone would be read as something else
	Says     string   `yaml:"says"`  // "returned", in "France: 302 returned"
	Verb     string   `yaml:"verb"`  // the predicate with its preposition: "returned to", "went from"; a place follows
	Ask      string   `yaml:"ask"`   // "how many returned to {place}"
	Phrases  []string `yaml:"phrases"`
	Narrower []string `yaml:"narrower"` // words for some of those counted: read as this measure, which is said
	Nouns    []string `yaml:"nouns"`    // read as this measure only when no phrase of another one stands beside
	Agent    string   `yaml:"agent"`    // the row that acts in this measure ("Turkey stopped…"): not a subject then
	ShareOf  []string `yaml:"shareOf"`  // denominators that make sense, the usual one first
	Denied   string   `yaml:"denied"`   // the measure that "not" with this one means
	NoShare  []Reason `yaml:"noShare"`
	Parts    []string `yaml:"parts"`    // the measures that a combined cell stands for
	Minus    []string `yaml:"minus"`    // computed: the first less all others
	Kinds    string   `yaml:"kinds"`    // "who" for a measure that says what sort of people (women), "" for what became of them
	Base     bool     `yaml:"base"`     // everybody who is counted: the others are parts or kinds of it
	Overlaps []string `yaml:"overlaps"` // measures of the same thing in another table, compared for disagreement
}

// Reason says why something is not done with a measure.
type Reason struct {
	With string `yaml:"with"`
	Why  string `yaml:"why"`
}

// mostDigits is how many digits a number may have that is asked for by them.
const mostDigits = 9

// MonthWords are the names of a month.
type MonthWords struct {
	Month int      `yaml:"month"`
	Names []string `yaml:"names"`
}

// Absent is a thing that people ask for and the report does not give.
type Absent struct {
	Topic   string   `yaml:"topic"`   // "deaths"
	Reason  string   `yaml:"reason"`  // no_such_measure, no_such_combination, one_date_only
	Why     string   `yaml:"why"`     // a sentence for the reader
	Nearest []string `yaml:"nearest"` // measures that come nearest
	Passing bool     `yaml:"passing"` // may be named in passing where the prose is asked: "the men caught in Australia"
	Never   bool     `yaml:"never"`   // no finding gives it, whatever it says of it
	Literal bool     `yaml:"literal"` // only a finding that says the word itself gives it, not one that is found by it
	Phrases []string `yaml:"phrases"`
}

// Refused is a kind of request that is out of the bot's scope whatever else
// stands in it.
type Refused struct {
	Topic   string   `yaml:"topic"`
	Why     string   `yaml:"why"`
	Yields  bool     `yaml:"yields"` // only noise if a whole question stands beside it
	Mild    bool     `yaml:"mild"`   // a question beside it may still be answered
	Phrases []string `yaml:"phrases"`
	Journey bool     `yaml:"journey"` // asking how to get to where people went is refused too
	Acts    []string `yaml:"acts"`    // doings that are refused where the asker wants to do them, or wants help with them
}

// Tongue is another language, as far as questions in it are read.
type Tongue struct {
	Ask   []string          `yaml:"ask"`   // words that show the language
	Words map[string]string `yaml:"words"` // a word or a run of words, and what it stands for
}

// Term is an expression which the bot explains.
type Term struct {
	Term     string   `yaml:"term"`
	Names    []string `yaml:"names"` // words that name it; a symbol such as ~ is a name too
	Gist     string   `yaml:"gist"`
	Findings []string `yaml:"findings"` // findings that say more
}

// Shown are the words in which a form is asked for: "chart returnees in Western
// Europe", "show me a table of women", "top 5 by returnees as csv".
type Shown struct {
	Polite []string `yaml:"polite"` // before everything else: "can you"
	Ask    []string `yaml:"ask"`    // before the noun: "show me"
	A      []string `yaml:"a"`      // between them: "a quick"
	Of     []string `yaml:"of"`     // behind the noun, before what is asked
	As     []string `yaml:"as"`     // before the noun, behind what is asked: "as a"
	Format []string `yaml:"format"` // the same, before the words of a form: "in"
	Bring  []string `yaml:"bring"`  // verbs before what is asked that go with a form behind it: "export … to excel"
	Again  []string `yaml:"again"`  // words beside which nothing more is asked, so that the last answer is meant: "that"
	Forms  []*Form  `yaml:"forms"`
}

// Form is a way in which an answer can be shown.
type Form struct {
	Form    string   `yaml:"form"`    // chart, table or csv
	Nouns   []string `yaml:"nouns"`   // "bar chart"
	Verbs   []string `yaml:"verbs"`   // before what is asked: "plot"
	Formats []string `yaml:"formats"` // "chart form"
	Bare    bool     `yaml:"bare"`    // a noun at the end of a question is enough
}

// Topic is something that digests can be about.
type Topic struct {
	Name     string   `yaml:"name"`     // "women and children"
	Names    []string `yaml:"names"`    // other names for it
	Measures []string `yaml:"measures"` // the rows that print one of them belong to it
	Findings []string `yaml:"findings"` // the topics of findings that belong to it
}

// Headline ties a computed total to what the prose says of it.
type Headline struct {
	Kind    string `yaml:"kind"`    // "total", "count"; "trend" for how it has changed, "part" for whether others include it
	Measure string `yaml:"measure"` // of all countries
	Finding string `yaml:"finding"`
	Figure  int    `yaml:"figure"` // which of the finding's figures, from 0
}

// Words returns how the measure named is spoken of; ok is false for a name
// that the vocabulary does not hold.
func (v *Vocabulary) Words(measure string) (*MeasureWords, bool) {
	for _, w := range v.Measures {
		if w.Name == measure {
			return w, true
		}
	}
	return nil, false
}

// Mild says whether a refused topic is merely of no concern here, so that a
// question beside it may still be answered.
func (v *Vocabulary) Mild(topic string) bool {
	for _, r := range v.Refused {
		if r.Topic == topic {
			return r.Mild
		}
	}
	return false
}

// Yields says whether a refused topic gives way to a whole question beside it.
func (v *Vocabulary) Yields(topic string) bool {
	for _, r := range v.Refused {
		if r.Topic == topic {
			return r.Yields
		}
	}
	return false
}

// check reports what is wrong in a vocabulary that decoded well.
func (v *Vocabulary) check(report func(section, message string)) {
	seen := map[string]bool{}
	for _, m := range v.Measures {
		switch {
		case m.Name == "":
			report("measures", "a measure has no name")
		case seen[m.Name]:
			report("measures", "measure "+m.Name+" stands twice")
		case m.Label == "" || m.Noun == "" || m.Says == "" || m.Verb == "" || !strings.Contains(m.Ask, "{place}"):
			report("measures", "measure "+m.Name+" needs label, noun, says, verb and an ask with {place}")
		}
		seen[m.Name] = true
	}
	for _, m := range v.Measures {
		for _, list := range [][]string{m.ShareOf, m.Parts, m.Minus, m.Overlaps} {
			for _, name := range list {
				if !seen[name] {
					report("measures", "measure "+m.Name+" refers to "+name+", which is not in the vocabulary")
				}
			}
		}
	}
	for word, parts := range v.Fractions {
		if parts < 2 {
			report("fractions", "fraction "+word+" must make a whole with 2 parts or more, not "+strconv.Itoa(parts))
		}
	}
	for phrase, n := range v.Digits {
		if n < 1 || n > mostDigits {
			report("digits", "a number has 1 to "+strconv.Itoa(mostDigits)+" digits, not "+strconv.Itoa(n)+": "+phrase)
		}
	}
	for _, t := range v.Terms {
		if t.Term == "" || t.Gist == "" || len(t.Names) == 0 {
			report("terms", "a term needs term, names and gist: "+t.Term)
		}
	}
	for _, t := range v.Topics {
		if t.Name == "" || len(t.Measures) == 0 || len(t.Findings) == 0 {
			report("topics", "a topic needs name, measures and findings: "+t.Name)
		}
	}
	for _, f := range v.Shown.Forms {
		if !slices.Contains([]string{"chart", "table", "csv"}, f.Form) {
			report("shown", "a form is chart, table or csv, not "+f.Form)
		}
	}
	for _, a := range v.Absent {
		if a.Topic == "" || a.Why == "" || len(a.Phrases) == 0 {
			report("absent", "an absent topic needs topic, why and phrases: "+a.Topic)
		}
	}
}

func decodeVocabulary(src []byte, file string, ps *Problems) *Vocabulary {
	v := new(Vocabulary)
	if !decodeStrict(src, file, v, ps) {
		return nil
	}
	report := func(section, message string) { ps.Add(file, keyPos(src, section), message) }
	v.check(report)
	v.spellOut(report)
	return v
}

// Seldom says whether a word is one that hardly anybody types: it stands in phrases
// only by way of a form, or among the forms' seldom ones.
func (v *Vocabulary) Seldom(word string) bool {
	return slices.Contains(v.Forms["seldom"], word) || !v.written[word]
}

// spellOut writes the phrases of measures, operators and refusals out that name a form,
// with each of its words: "{move} home" becomes "limp home", "trudge home" and so on.
func (v *Vocabulary) spellOut(report func(section, message string)) {
	v.written = map[string]bool{}
	note := func(phrases []string) {
		for _, p := range phrases {
			v.noteWritten(p)
		}
	}
	spelt := func(section string, phrases []string) []string {
		if !slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(p, "{") }) {
			return phrases
		}
		var out []string
		for _, p := range phrases {
			all, unknown := v.spell(p)
			if unknown != "" {
				report(section, "phrase "+p+" names a form that is not in forms: "+unknown)
			}
			out = append(out, all...)
		}
		return out
	}
	for _, m := range v.Measures {
		if m != nil {
			note(m.Phrases)
			m.Phrases = spelt("measures", m.Phrases)
			note(m.Narrower)
			m.Narrower = spelt("measures", m.Narrower)
		}
	}
	for name, phrases := range v.Operators {
		note(phrases)
		v.Operators[name] = spelt("operators", phrases)
	}
	for _, f := range v.Refused {
		if f != nil {
			f.Phrases = spelt("refused", f.Phrases)
		}
	}
}

// noteWritten keeps the words of a phrase, those of the forms that it names aside.
func (v *Vocabulary) noteWritten(phrase string) {
	for w := range strings.FieldsSeq(phrase) {
		if !strings.HasPrefix(w, "{") {
			v.written[w] = true
		}
	}
}

// spell is a phrase with each word of the forms that it names, or the name of a
// form that there is not.
func (v *Vocabulary) spell(phrase string) (out []string, unknown string) {
	before, rest, open := strings.Cut(phrase, "{")
	if !open {
		return []string{phrase}, ""
	}
	name, after, closed := strings.Cut(rest, "}")
	if !closed || v.Forms[name] == nil {
		return nil, name
	}
	ends, unknown := v.spell(after)
	for _, word := range v.Forms[name] {
		for _, end := range ends {
			out = append(out, before+word+end)
		}
	}
	return out, unknown
}

// checkTopics reports topics whose measures or findings the report does not have.
func (r *Report) checkTopics(ps *Problems) {
	if r.Vocabulary == nil {
		return
	}
	known := map[string]bool{}
	for _, f := range r.Findings {
		known[f.Topic] = true
	}
	for _, t := range r.Vocabulary.Topics {
		for _, name := range t.Measures {
			if r.byMeasure[name] == nil {
				ps.Add(vocabularyName, Pos{}, "topic "+t.Name+" names the measure "+name+", which no table has")
			}
		}
		for _, name := range t.Findings {
			if !known[name] {
				ps.Add(vocabularyName, Pos{}, "topic "+t.Name+" names the findings' topic "+name+", which no finding has")
			}
		}
	}
}

// addComputed adds the measures which the vocabulary works out from printed
// ones; no table has cells of theirs.
func (r *Report) addComputed() {
	if r.Vocabulary == nil {
		return
	}
	for _, w := range r.Vocabulary.Measures {
		if len(w.Minus) == 0 || r.byMeasure[w.Name] != nil {
			continue
		}
		m := &Measure{Name: w.Name, Order: len(r.Measures)}
		if first, ok := r.byMeasure[w.Minus[0]]; ok {
			m.Unit, m.Dated = first.Unit, first.Dated
		}
		r.Measures = append(r.Measures, m)
		r.byMeasure[w.Name] = m
	}
}
