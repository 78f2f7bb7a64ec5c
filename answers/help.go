package answers

// help greets, thanks, and says what can be asked.
func (m *maker) help() {
	m.a.Status = HelpStatus
	v := m.e.report.Vocabulary
	switch m.q.Aspect {
	case Thanks:
		m.a.Headline = "You are welcome. Ask on if you like."
		return
	case Greeting:
		m.a.Headline = "Hello. " + v.About
	default:
		m.a.Headline = v.About
	}
	m.line("For example:")
	for _, q := range v.Examples {
		m.line("- " + q)
	}
	m.a.Suggestions = append(m.a.Suggestions, v.Examples[:min(len(v.Examples), maxSuggestions)]...)
}

// suggestExamples offers the vocabulary's examples.
func (m *maker) suggestExamples() {
	if m.quiet {
		return
	}
	examples := m.e.report.Vocabulary.Examples
	if m.e.examples != nil {
		examples = m.e.examples()
	}
	room := max(0, maxSuggestions-len(m.a.Suggestions))
	m.a.Suggestions = append(m.a.Suggestions, examples[:min(room, len(examples))]...)
}

// courtesy reads greetings, thanks and requests for help.
func (d *draft) courtesy() (Reading, bool) {
	if len(d.measures) > 0 || !d.has(opHelp) && d.hasAny(opCountry, opTop, opBottom, opShare, opAuthor, opDefine, opSource, opRegions, opMeasures) {
		return Reading{}, false
	}
	if d.has(opHelp) && d.phraseLen(opAboutSubject) >= d.phraseLen(opHelp) && d.pointsAtMany() {
		return Reading{}, false // "what do you know about them"
	}
	if len(d.names) > 0 || len(d.numbers) > 0 && !d.hasAny(opGreeting) || d.hasAny(opDefine) && !d.has(opHelp) {
		return Reading{}, false
	}
	if !d.hasAny(opGreeting, opThanks, opHelp) {
		return Reading{}, false
	}
	for i := range d.words {
		if d.helpedFor(i) {
			break // whom it is to help does not matter
		}
		if !d.courteous(i) {
			return Reading{}, false
		}
	}
	q := Query{Kind: Help}
	switch {
	case d.has(opHelp):
	case d.has(opThanks):
		q.Aspect = Thanks
	default:
		q.Aspect = Greeting
	}
	return Reading{Query: q}, true
}

func (d *draft) courteous(i int) bool {
	w := &d.words[i]
	if d.e.lexicon.neutral[w.text] || d.e.lexicon.neutral[w.stem] {
		return true
	}
	for _, m := range d.marks {
		if m.from <= i && i < m.to && m.kind == operator {
			switch m.op {
			case opGreeting, opThanks, opHelp, opYes, opWho, opWhich, opReport, opFigure, opCoverage:
				return true
			}
		}
	}
	return false
}

// helpedFor says whether a request for help is said with a word to be for somebody:
// "what can you do for a history teacher".
func (d *draft) helpedFor(i int) bool {
	return d.words[i].text == "for" && i > 0 && (d.within(i, opHelp) || d.within(i-1, opHelp))
}
