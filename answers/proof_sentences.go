package answers

import "strings"

// sentence proves a number that stands in a sentence or a name which the data
// hold, and which stands in the text as it is: a finding that was used, the
// explanation of a term, the reason why a column was deduced, why something is
// not in the report, an example; or in the asker's own word.
func (p *prover) sentence(m *mention) bool {
	for i := range p.a.Findings {
		if p.stands(m, p.a.Findings[i].Text) && p.held(p.a.Findings[i]) {
			return true
		}
	}
	return p.ofFindings(m) || p.ofMeasures(m) || p.ofVocabulary(m) || p.ofReport(m) || p.ofAsker(m)
}

// held says whether what an answer gives as a finding is the data's.
func (p *prover) held(f Found) bool {
	if finding, ok := p.e.report.Finding(f.ID); ok {
		return finding.Gist == f.Text
	}
	v := p.e.report.Vocabulary
	for _, t := range v.Terms {
		if t.Gist == f.Text {
			return true
		}
	}
	for _, a := range v.Absent {
		if a.Why == f.Text {
			return true
		}
	}
	return f.Text == v.About
}

// ofFindings are the figures of findings used, as the prose prints them.
func (p *prover) ofFindings(m *mention) bool {
	for i := range p.a.Findings {
		f, ok := p.e.report.Finding(p.a.Findings[i].ID)
		if !ok {
			continue
		}
		for j := range f.Figures {
			if p.stands(m, f.Figures[j].Printed) {
				return true
			}
		}
	}
	for i := range p.a.Figures {
		f := &p.a.Figures[i]
		whole := f.Finding != "" || strings.ContainsAny(f.Raw, "+ ")
		if p.stands(m, f.Cell) || whole && p.stands(m, f.Raw) {
			return true
		}
	}
	return false
}

// ofMeasures are the words for the measures ("the table 2 total") and the
// reasons why a ratio is not given.
func (p *prover) ofMeasures(m *mention) bool {
	for _, w := range p.e.report.Vocabulary.Measures {
		if p.stands(m, w.Label) || p.stands(m, w.Noun) || p.stands(m, w.Says) || p.stands(m, w.Verb) || p.stands(m, w.Asked) {
			return true
		}
		for i := range w.NoShare {
			if p.stands(m, w.NoShare[i].Why) {
				return true
			}
		}
	}
	return false
}

// ofVocabulary are the bot's own sentences.
func (p *prover) ofVocabulary(m *mention) bool {
	v := p.e.report.Vocabulary
	for _, s := range v.Caveats {
		if p.stands(m, s) {
			return true
		}
	}
	for _, a := range v.Absent {
		if p.stands(m, a.Why) || p.stands(m, a.Topic) {
			return true
		}
	}
	for _, r := range v.Refused {
		if p.stands(m, r.Why) {
			return true
		}
	}
	for _, t := range p.r.Query.Terms {
		if p.stands(m, t.Term) || p.stands(m, t.Gist) {
			return true
		}
	}
	for _, s := range v.Examples {
		if p.stands(m, s) {
			return true
		}
	}
	return p.stands(m, v.About)
}

// ofReport are its title, names of its rows and groups, and the reasons for
// columns that were deduced.
func (p *prover) ofReport(m *mention) bool {
	r := p.e.report
	if p.stands(m, r.Title) || p.stands(m, r.Publisher) {
		return true
	}
	for _, t := range r.Tables {
		if p.stands(m, t.Title) {
			return true
		}
		for _, head := range t.Columns {
			if p.stands(m, head) {
				return true
			}
		}
	}
	for _, s := range r.Subjects {
		if p.stands(m, s.Name) || p.stands(m, s.Full) {
			return true
		}
	}
	for _, g := range r.Groups {
		if p.stands(m, g.Name) || p.stands(m, g.Full) {
			return true
		}
	}
	for c := range r.Cells() {
		if c.Reason != "" && p.stands(m, c.Reason) {
			return true
		}
	}
	return false
}

// ofAsker are the words that the asker used, in quotation marks where the
// query goes on without them, and the readings that a clarifying question offers.
func (p *prover) ofAsker(m *mention) bool {
	for _, n := range p.r.Notes {
		if p.word(m, n.From) || p.word(m, n.To) {
			return true
		}
	}
	problem := p.r.Query.Problem
	if problem == nil {
		return false
	}
	if p.stands(m, problem.Word) || p.stands(m, problem.Topic) || problem.Place != nil && p.stands(m, problem.Place.Name) {
		return true
	}
	for _, q := range problem.Choices {
		if p.stands(m, p.e.interpret(Reading{Query: q})) {
			return true
		}
	}
	return false
}

// word proves a word of the asker's: a bare number only in quotation marks.
func (p *prover) word(m *mention, word string) bool {
	front := `"`
	for i := range len(word) {
		if !isDigit(word[i]) && word[i] != ',' && word[i] != '.' {
			front = ""
		}
	}
	return p.quoted(m, word, front)
}

// stands says whether the number is a part of a passage which stands around
// it in the text; the rest of the passage is then proved too. The passage may
// begin with a small letter instead of a capital.
func (p *prover) stands(m *mention, passage string) bool { return p.quoted(m, passage, "") }

// quoted is stands for a passage that must have a text in front of it.
func (p *prover) quoted(m *mention, passage, front string) bool {
	if !hasDigit(passage) {
		return false
	}
	body, skipped := passage, 0
	if asciiLetter(passage[0]) {
		body, skipped = passage[1:], 1
	}
	from := m.start
	if m.hedge&hedgeBounds != 0 {
		from = m.from
	}
	low, high := max(0, m.start-len(body)), min(len(p.text), m.end+len(body))
	for low < high {
		i := strings.Index(p.text[low:high], body)
		if i < 0 {
			return false
		}
		start, end := low+i, low+i+len(body)
		head := start - skipped
		if head >= 0 && head <= from && end >= m.end && folds(p.text[head:start], lower(passage[:skipped])) && strings.HasSuffix(p.text[:head], front) {
			p.masked = end
			return true
		}
		low = start + 1
	}
	return false
}

// lower makes a letter small.
func lower(letter string) string {
	if letter == "" {
		return ""
	}
	return string([]byte{letter[0] | 0x20})
}

func hasDigit(s string) bool {
	for i := range len(s) {
		if isDigit(s[i]) {
			return true
		}
	}
	return false
}
