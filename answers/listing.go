package answers

import "slices"

// listing is a message that names places line by line or one after the other, and says once what is asked
// of all of them, as one question: "- Spain\n- Italy\n\nreturned for each", "1. France 2. Germany: women".
// It is itself if it is none.
func (d *draft) listing() *draft {
	if !d.severalLines() {
		return d
	}
	names, asks, noise := 0, 0, 0
	var words []word
	for from := 0; from < len(d.words); {
		to := from + 1
		for to < len(d.words) && !d.words[to-1].breaks {
			to++
		}
		part := span{from, to}
		from = to
		switch {
		case part.len() == 1 && d.words[part.from].isNum:
			continue // "1."
		case d.isOp(part.from, opCorrection, opFollow):
			return d
		case d.noiseIn(part):
			noise++
			continue
		case d.measuresIn(part):
			asks++
		case d.onlyListed(part):
			names++
		case d.talk(part):
			continue
		default:
			return d
		}
		if d.numbersLine(part.from) && part.len() > 1 && d.inName(part.from+1) {
			part.from++
		}
		words = append(words, d.words[part.from:part.to]...)
		last := &words[len(words)-1]
		last.breaks, last.comma = false, true
	}
	if asks != 1 || names < 1 || names == 1 && noise == 0 && (!d.hasMark(opList) || len(d.names) < 2) {
		return d
	}
	rest := &draft{e: d.e, words: words}
	return rest.recognise()
}

// noiseIn says whether a stretch of words tells the bot something else to do and names nobody.
func (d *draft) noiseIn(s span) bool {
	return !d.namesIn(s) && slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == refused && m.refused.Yields && s.holds(m.span) })
}

// onlyListed says whether a stretch of words is a name and nothing else, or a list of such.
func (d *draft) onlyListed(s span) bool {
	if !d.namesIn(s) {
		return false
	}
	for i := s.from; i < s.to; i++ {
		if !d.inName(i) && !d.is(i, gArticle) && !d.is(i, gConjunction) && !d.numbersLine(i) {
			return false
		}
	}
	return true
}

// numbersLine says whether a number stands at the head of a line: "2) Germany".
func (d *draft) numbersLine(i int) bool {
	return (i == 0 || d.words[i-1].breaks) && d.words[i].isNum && slices.ContainsFunc(d.numbers, func(n numberMark) bool { return n.from == i && !n.year })
}

// severalLines says whether a message goes on behind the end of a line or sentence.
func (d *draft) severalLines() bool {
	for i := range len(d.words) - 1 {
		if d.words[i].breaks {
			return true
		}
	}
	return false
}
