package data

// Codes of caveats that a printed figure needs by itself. Others (mixed dates,
// partial coverage…) arise only when figures are set against each other.
const (
	CaveatApproximate     = "approximate"      // printed with ~
	CaveatLowerBound      = "lower_bound"      // printed with >
	CaveatUpperBound      = "upper_bound"      // printed with <
	CaveatOldFigure       = "old_figure"       // dated more than a year before the report
	CaveatNoDate          = "no_date"          // its table prints no dates
	CaveatColumnInferred  = "column_inferred"  // its column was deduced
	CaveatColumnAmbiguous = "column_ambiguous" // its column cannot be told
	CaveatComposite       = "composite"        // its cell is compound
	CaveatTablesDisagree  = "tables_disagree"  // the report prints another figure for the same thing
	CaveatOverlap         = "overlap"          // its row overlaps rows of countries
	CaveatNotACountry     = "not_a_country"    // its row is a region, bloc or people
)

// oldMonths is how many months older than the report a figure may be before
// it is called old.
const oldMonths = 12

// Caveats are the codes of everything that a reader of this one figure must
// know, in a fixed order. The measure's own codes come last.
func (r *Report) Caveats(c *Cell) []string {
	var codes []string
	add := func(applies bool, code string) {
		if applies {
			codes = append(codes, code)
		}
	}
	add(c.Number.Qualifier == About, CaveatApproximate)
	add(c.Number.Qualifier == MoreThan, CaveatLowerBound)
	add(c.Number.Qualifier == FewerThan, CaveatUpperBound)
	add(c.AsOf.MonthsBefore(r.Date) > oldMonths, CaveatOldFigure)
	add(!c.Measure.Dated, CaveatNoDate)
	add(c.Deduction == Inferred, CaveatColumnInferred)
	add(c.Deduction == Ambiguous, CaveatColumnAmbiguous)
	add(r.compound(c), CaveatComposite)
	add(len(r.DisagreesWith(c)) > 0 || len(r.ContradictedBy(c)) > 0, CaveatTablesDisagree)
	add(len(c.Subject.Members) > 0, CaveatOverlap)
	add(c.Subject.Kind != Country, CaveatNotACountry)
	return append(codes, c.Measure.Caveats...)
}

// compound says whether the figure, or one that shares its printed cell, is
// added up or read out of words.
func (r *Report) compound(c *Cell) bool {
	if c.Number.Composite {
		return true
	}
	for _, other := range c.Subject.cells {
		if other != nil && other.Measure.Column == c.Measure.Column && other.Table == c.Table && other.Number.Composite {
			return true
		}
	}
	return false
}

// DisagreesWith are the figures of other tables for the same thing that are
// printed otherwise. Which measures are of the same thing stands in
// datapackage.json under expect.pairs.
func (r *Report) DisagreesWith(c *Cell) []*Cell {
	var out []*Cell
	for _, p := range r.expect.Pairs {
		for _, pair := range [...][2]string{{p.Measure, p.With}, {p.With, p.Measure}} {
			other, ok := c.Subject.cell(r.byMeasure[pair[1]])
			if pair[0] == c.Measure.Name && ok && other.Number.Raw != c.Number.Raw {
				out = append(out, other)
			}
		}
	}
	return out
}

// ContradictedBy are the findings of the prose that give another figure.
func (r *Report) ContradictedBy(c *Cell) []*Finding { return r.contradicting[c] }
