package chart

import (
	"math"

	"reportbot/data"
)

// Plain says whether numbers alone tell all that is known of a chart's figures:
// each whole, exact, in a column that is sure, with no parts and of one date,
// asOf in words, "" where none is printed. Others cannot be drawn without a sign
// of what is known of them.
func (s *Spec) Plain() (asOf string, ok bool) {
	month, same := commonDate(s.Groups)
	if !same || s.Drawn != "" {
		return "", false
	}
	for _, g := range s.Groups {
		for i := range g.Rows {
			if !g.Rows[i].plain() {
				return "", false
			}
		}
	}
	return words(month), true
}

func (r *Row) plain() bool {
	return r.Qualifier == data.Exact.String() && !r.Rough && r.Column == "" && len(r.Parts) == 0 && r.Value == math.Trunc(r.Value)
}
