package answers

import (
	"slices"

	"reportbot/data"
)

// unreal is a word which says that what a measure counts is only wished for, tried or
// possible: "how many want to return", "could go". The tables count what happened.
func (d *draft) unreal(s *slots) (span, bool) {
	if d.yesNo() && d.is(0, gYesNo) && s.cond != nil {
		return span{}, false // a claim about a number
	}
	for _, m := range d.measures {
		if m.kind != measurePhrase && d.e.base(m.measure) || d.e.who(m.measure) || !slices.Contains(s.measures, m.measure) {
			continue
		}
		for k := m.from - 1; k >= 0; k-- {
			if d.words[k].breaks || d.words[k].comma {
				break
			}
			if d.is(k, gUnreal) || d.is(k, gUnrealTo) && (d.words[k+1].text == "to" || d.words[k+1].text == "not") {
				return span{k, m.to}, true
			}
			if !d.is(k, gUnrealLink) && !(d.words[k].text == "not" && d.words[k+1].text == "to") {
				break
			}
		}
	}
	return span{}, false
}

// denies is the word which denies the one measure that is asked for, where no other
// measure is what its denial means: "how many were not sent back".
func (d *draft) denies(s *slots) (span, bool) {
	if len(s.measures) != 1 || d.e.who(s.measures[0]) || !d.hasAny(opHowMany, opShare, opFigure, opWhich) {
		return span{}, false
	}
	for _, m := range d.measures {
		if m.kind != measurePhrase || m.measure != s.measures[0] {
			continue
		}
		for k := m.from - 1; k >= 0 && k >= m.from-yetNear; k-- {
			if d.is(k, gNegation) && !d.within(k, opNone) && !d.within(k, opBlank) || d.words[k].text == "to" && k > 0 && d.words[k-1].text == "yet" {
				return span{k, m.to}, true
			}
			if !d.is(k, gUnrealLink) {
				break
			}
		}
	}
	return span{}, false
}

// deniedOfAll is what is denied of all who are counted, where only these are left to be asked for:
// "how many fighters were not women", "what share of them did not stay".
func (d *draft) deniedOfAll(s *slots) (span, bool) {
	if len(s.measures) != 1 || !d.e.base(s.measures[0]) || d.hasAny(opWhy, opSays) {
		return span{}, false
	}
	for _, m := range d.measures {
		for k := m.from - 1; k > 0 && k >= m.from-3 && !d.e.base(m.measure); k-- {
			if d.is(k, gNegation) && (d.is(k-1, gPassive) || d.is(k-1, gAuxiliary)) && !d.setOff(k-1) {
				return span{k, m.to}, true
			}
			if !d.is(k, gUnrealLink) && !d.is(k, gArticle) {
				break
			}
		}
	}
	return span{}, false
}

// deniedShare is what a share is asked for by denying another measure ("what share has not come
// back"). Those are more than the ones whom the measure counts that the denial otherwise means.
func (d *draft) deniedShare(divided bool) (span, bool) {
	if !divided {
		return span{}, false
	}
	for _, m := range d.measures {
		if other := d.e.words(m.measure).Denied; other != "" && d.putAside(m) {
			return span{m.from - 1, m.to}, true
		}
		if m.kind == measurePhrase && d.deniedWithin(m) {
			return m.span, true
		}
	}
	return span{}, false
}

// deniedWithin says whether a phrase of a measure denies another one, which stands within it:
// "never came home".
func (d *draft) deniedWithin(m mark) bool {
	for i := m.from + 1; i < m.to; i++ {
		if slices.ContainsFunc(d.sensesIn(i, m.to), func(s sense) bool {
			return (s.kind == measurePhrase || s.kind == measureNoun) && d.e.words(s.measure).Denied == m.measure.Name
		}) {
			return true
		}
	}
	return false
}

// notCounted stands against a question of the tables for what was only wished for, or
// for those to whom a measure does not apply.
func (d *draft) notCounted(s *slots, r *Reading) *Problem {
	if len(r.Query.Findings) > 0 {
		return nil
	}
	if at, ok := d.unreal(s); ok {
		if told := d.toldOfUnreal(at, s.rows); len(told) > 0 {
			r.Query = Query{Kind: Finding, Findings: told}
			return nil
		}
		return &Problem{Reason: NoSuchMeasure, Word: d.shown(at), Topic: d.e.report.Vocabulary.Unreal}
	}
	if at, ok := d.deniedShare(r.Query.Of != nil); ok {
		return &Problem{Reason: NoSuchCombination, Word: d.shown(at), Topic: d.e.report.Vocabulary.Complement}
	}
	if at, ok := d.deniedOfAll(s); ok {
		return &Problem{Reason: NoSuchMeasure, Word: d.shown(at), Topic: d.e.report.Vocabulary.Denials}
	}
	if at, ok := d.denies(s); ok {
		return &Problem{Reason: NoSuchMeasure, Word: d.shown(at), Topic: d.e.report.Vocabulary.Denials}
	}
	return nil
}

// toldOfUnreal are the findings on all the rows named that say the very word for what was only
// tried or wished for: "Americans who tried to go".
func (d *draft) toldOfUnreal(at span, rows []*data.Subject) []*data.Finding {
	if len(rows) == 0 {
		return nil
	}
	var out []*data.Finding
	ix := d.e.index()
	for doc, f := range ix.findings {
		others := slices.ContainsFunc(rows, func(r *data.Subject) bool { return !slices.Contains(f.Subjects, r) })
		if !others && ix.says(doc, d.words[at.from].stem) {
			out = append(out, f)
		}
	}
	return out[:min(len(out), maxFindings)]
}
