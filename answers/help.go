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
	for _, q := range m.e.report.Vocabulary.Examples {
		if len(m.a.Suggestions) >= maxSuggestions {
			return
		}
		if m.e.try == nil || m.e.try(q) {
			m.a.Suggestions = append(m.a.Suggestions, q)
		}
	}
}
