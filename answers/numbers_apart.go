package answers

import (
	"slices"

	"reportbot/data"
)

// numbersApart reads "is it 29 countries or 146" as what the prose counts by each of the
// numbers, where it counts the thing that is named by all of them.
func (d *draft) numbersApart(s *slots) (Reading, bool) {
	asked := d.plainNumbers()
	slices.Sort(asked)
	asked = slices.Compact(asked)
	if len(asked) < 2 || len(asked) > mostFindings || len(s.rows)+len(s.scopes)+len(s.uncovered)+len(s.exclude)+len(s.measures)+len(d.unknown) > 0 {
		return Reading{}, false
	}
	if !d.hasAny(opWhy, opDisagree, opDifference, opDefine, opCompare, opTrue, opWhich, opExactly) && !d.is(0, gYesNo) || d.hasAny(opHowMany, opTop, opBottom, opOrder, opBetween, opShare) {
		return Reading{}, false
	}
	for i := range d.words {
		if found := d.countedEach(asked, d.words[i].stem); len(found) > 1 {
			return Reading{Query: Query{Kind: Finding, Findings: found}, terms: keysOf(d.terms())}, true
		}
	}
	return Reading{}, false
}

// countedEach are the findings that give each of the numbers of one thing; none if a number is
// of something else.
func (d *draft) countedEach(numbers []float64, stem string) []*data.Finding {
	var out []*data.Finding
	for _, n := range numbers {
		f := d.countedBy(n, stem)
		if f == nil {
			return nil
		}
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// countedBy is the finding that gives a number of a thing: that of a headline, or else the
// shortest; nil if there is none.
func (d *draft) countedBy(n float64, stem string) *data.Finding {
	var found *data.Finding
	for _, f := range d.e.report.Findings {
		if !slices.ContainsFunc(f.Figures, func(g data.StatedFigure) bool { return g.Number.Value == n && d.isUnit(g.Unit, stem) }) {
			continue
		}
		if slices.ContainsFunc(d.e.report.Vocabulary.Headlines, func(h data.Headline) bool { return h.Finding == f.ID }) {
			return f
		}
		if found == nil || len(f.Gist) < len(found.Gist) {
			found = f
		}
	}
	return found
}

// numbersTold says whether findings give all of several numbers that stand in the question.
func (d *draft) numbersTold(found []*data.Finding) bool {
	asked := d.plainNumbers()
	return len(found) > 1 && len(asked) > 1 && d.severalNumbers() && !slices.ContainsFunc(asked, func(n float64) bool {
		return !slices.ContainsFunc(found, func(f *data.Finding) bool {
			return slices.ContainsFunc(f.Figures, func(g data.StatedFigure) bool { return g.Number.Value == n })
		})
	})
}

// isUnit says whether a word names what a figure counts: "countries", or "states" for these.
func (d *draft) isUnit(unit, stem string) bool {
	x := d.e.lexicon
	return stem == x.stemOf(unit) || x.phraseOf(x.stemOf(unit), opCountry) && x.phraseOf(stem, opCountry)
}
