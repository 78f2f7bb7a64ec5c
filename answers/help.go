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
