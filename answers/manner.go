package answers

// mannerAsked says whether it is asked how, where or what people do, which no figure
// tells: "how do fighters travel", "what do Danes think of returnees", "how often do
// they return". A word for a number, a figure or an order makes another question of it.
func (d *draft) mannerAsked(r *Reading) bool {
	q := &r.Query
	switch q.Kind {
	case Lookup, Total, Profile, Date:
	default:
		return false
	}
	if len(q.Findings) > 0 || q.Claim || q.Cond != nil || d.hasAny(opHowMany, opFigure, opTotal, opEverywhere, opCompare, opTop, opBottom, opMore, opFewer, opThan, opShare, opAverage, opDifference,
		opTrend, opRevised, opRegions, opMeasures, opTable, opRows, opSource, opReliable, opDisagree, opReport, opSays, opHas, opCoverage, opBlank, opMissing, opDated, opNewest, opOldest, opTrue, opFollow, opCountry) || d.phraseLen(opAboutSubject) > 1 || d.meansWord() {
		return false
	}
	i := 0
	for i < len(d.words)-2 && i < 3 && !d.is(i, gAsking) && (d.e.lexicon.neutral[d.words[i].text] || d.isOp(i, opGreeting)) {
		i++
	}
	if !d.is(i, gAsking) || i+2 >= len(d.words) {
		return false
	}
	if d.words[i].text == "how" && !d.isAuxiliary(i+1) && !d.is(i+1, gPassive) {
		i++ // "how often do they return"
	}
	return i+2 < len(d.words) && d.isAuxiliary(i+1) && !d.is(i+2, gSelf) // "what do you know"
}
