package answers

import "slices"

// inBody refuses what is asked of those within a body of a country, who are a set of their own that
// no figure counts: "women in the Swedish parliament", "how many Danes are in the police". A finding
// that tells of that body may answer.
func (d *draft) inBody(s *slots, q *Query, _ bool) (Reading, bool) {
	if len(s.rows)+len(s.scopes) == 0 || d.hasAny(opSays, opWhy) {
		return Reading{}, false
	}
	at := d.bodyAt()
	if at < 0 {
		return Reading{}, false
	}
	if hits := d.hits(s); len(hits) > 0 && d.evidence(hits[0]) >= evidenceNeeded && d.e.index().says(hits[0].doc, d.words[at].stem) {
		return Reading{}, false
	}
	if m, ok := d.absentMark(); ok && m.holds(span{at, at + 1}) {
		return Reading{}, false // with a reason of its own
	}
	q.Problem = &Problem{Reason: NotUnderstood, Word: d.words[at].raw}
	return Reading{Query: orRefused(*q)}, true
}

// bodyAt is the word for a body within which people are asked for; -1 if there is none. A strange
// word is one where the name of its country stands between: "in the Swedish Riksdag".
func (d *draft) bodyAt() int {
	if !d.anyIs(gPlace) {
		return -1
	}
	for i := range d.words {
		named := slices.IndexFunc(d.names, func(n nameMark) bool { return n.to == i && n.row != nil && !n.out && !n.agent })
		from := i
		if named >= 0 {
			from = d.names[named].span.from
		}
		body := d.e.lexicon.bodies[d.words[i].text]
		if d.inName(i) || !body && !(named >= 0 && d.adjective(&d.names[named]) && d.strangeIn(span{i, i + 1}) && d.words[i].mended == "") {
			continue
		}
		if from > 1 && d.is(from-1, gArticle) {
			from--
		}
		if from > 0 && d.is(from-1, gPlace) && !d.is(from-1, gInto) && !d.measureIn(span{i, i + 1}) {
			return i
		}
	}
	return -1
}

// adjective says whether a name of a people describes what stands right behind it, or a place owns
// it: "Swedish …", "Sweden's …".
func (d *draft) adjective(n *nameMark) bool {
	last := d.words[n.to-1]
	return !d.setOff(n.to-1) && (d.possessive(n.to-1) || n.people && last.text[len(last.text)-1] != 's')
}
