package answers

import "reportbot/data"

// signs are those that stand at figures: ~, > and <.
type signs struct{ about, more, fewer bool }

// add takes in the sign of a printed number.
func (s *signs) add(q data.Qualifier) {
	switch q {
	case data.About:
		s.about = true
	case data.MoreThan:
		s.more = true
	case data.FewerThan:
		s.fewer = true
	}
}

// several says whether there is more than one.
func (s signs) several() bool { return s.about && (s.more || s.fewer) || s.more && s.fewer }

// qualifierCaveats explains the signs that stand at figures used. Several are
// explained in one sentence, which each of their codes has for its text.
func (m *maker) qualifierCaveats() {
	var used signs
	for _, c := range m.used {
		used.add(c.Number.Qualifier)
	}
	if used == (signs{}) {
		return
	}
	text := ""
	switch {
	case len(m.used) > maxNamed && !m.signShown():
		text = used.ofInputs(m.within)
	case used.several():
		text = used.explained(m.within)
	}
	for _, c := range [...]struct {
		applies     bool
		code, alone string
	}{
		{used.about, approximate, aboutAlone(m.within)},
		{used.more, lowerBound, "> means more than: the true number is higher by an unknown amount."},
		{used.fewer, upperBound, "< means fewer than: the true number is lower by an unknown amount."},
	} {
		switch {
		case c.applies && text == "":
			m.give(c.code, c.alone)
		case c.applies:
			m.give(c.code, text)
		}
	}
}

func aboutAlone(within bool) string {
	if within {
		return "~ means about, taken here as within 10 percent either way."
	}
	return "~ means about: an estimate or a rounded number."
}

// signShown says whether a printed figure with a sign is among the figures;
// beside a sum of many rows none is.
func (m *maker) signShown() bool {
	for i := range m.a.Figures {
		if f := &m.a.Figures[i]; !f.Derived && f.Raw != "" && !isDigit(f.Raw[0]) {
			return true
		}
	}
	return false
}

// explained is what several signs mean: "~ means about and > more than: such
// figures are not exact."
func (s signs) explained(within bool) string {
	var parts []string
	switch {
	case s.about && within:
		parts = append(parts, "~ means about (taken here as within 10 percent either way)")
	case s.about:
		parts = append(parts, "~ means about")
	default:
		parts = append(parts, "> means more than")
	}
	if s.about && s.more {
		parts = append(parts, "> more than")
	}
	if s.fewer {
		parts = append(parts, "< fewer than")
	}
	return listed(parts) + ": such figures are not exact."
}

// ofInputs is said where the figures that went in are not shown themselves.
func (s signs) ofInputs(within bool) string {
	var parts []string
	if s.about {
		parts = append(parts, "estimates (~)")
	}
	if s.more {
		parts = append(parts, "lower bounds (>)")
	}
	if s.fewer {
		parts = append(parts, "upper bounds (<)")
	}
	said := "Some of the figures that went in are " + either(parts)
	if within && s.about {
		said += "; ~ is taken as within 10 percent either way"
	}
	return said + "."
}
