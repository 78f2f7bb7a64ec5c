package answers

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// bounds are the least and the most that a printed figure says, in the
// contract's way: >n is from n on, <n from 0 to n, ~n is n itself.
func (p inCell) bounds() (low, high float64) {
	n := float64(p.n)
	switch p.sign {
	case '>':
		return n, math.Inf(1)
	case '<':
		return 0, n
	}
	return n, n
}

// sumOver adds up the figures that the rows print.
func (o *oracle) sumOver(rows []string, measure string) (value, low, high float64, inputs int) {
	for _, row := range rows {
		if p, ok := o.figures[[2]string{row, measure}]; ok {
			l, h := p.bounds()
			value, low, high, inputs = value+float64(p.n), low+l, high+h, inputs+1
		}
	}
	return value, low, high, inputs
}

// derivedFault compares a figure that was worked out with what it should be;
// "" if it is right.
func derivedFault(a *Answer, op string, value, low, high float64, inputs int) string {
	for _, f := range a.Figures {
		if !f.Derived || f.Role != "" {
			continue
		}
		switch {
		case f.Op != op || f.Inputs != inputs:
			return fmt.Sprintf("%s of %d figures, want %s of %d", f.Op, f.Inputs, op, inputs)
		case !near(f.Value, value) || !near(f.Low, low) || !near(f.High, high):
			return fmt.Sprintf("%s from %s to %s, want %g from %g to %g", show(f.Value), show(f.Low), show(f.High), value, low, high)
		}
		return ""
	}
	return "no figure that was worked out"
}

// near allows for rounding; a bound that is open is not given.
func near(got *float64, want float64) bool {
	if got == nil || math.IsInf(want, 0) {
		return got == nil && math.IsInf(want, 0)
	}
	return math.Abs(*got-want) <= 1e-9*max(1, math.Abs(want))
}

func show(v *float64) string {
	if v == nil {
		return "open"
	}
	return fmt.Sprint(*v)
}

// TestEverySum: sums and means of each measure, over all countries and each
// group, are the oracle's, with its bounds and number of figures; a row that
// prints none is said to be left out.
func TestEverySum(t *testing.T) {
	e, world := wholeEngine(t), readOracle(t)
	o := newOffers()
	type scope struct {
		words string
		rows  []string
	}
	scopes := []scope{{"all countries", world.countries()}}
	for _, g := range e.report.Groups {
		s := scope{words: g.Name}
		for _, m := range g.Members {
			s.rows = append(s.rows, m.Name)
		}
		scopes = append(scopes, s)
	}
	for _, measure := range []string{"fighters", "returned", "remaining", "sent_back", "stop_listed", "women", "children"} {
		for _, s := range scopes {
			value, low, high, inputs := world.sumOver(s.rows, measure)
			for _, words := range []string{"total", "average"} {
				question := fmt.Sprintf("%s number of %s in %s", words, noun[measure], s.words)
				a := asked(t, e, question)
				checkSound(t, e, question, &a)
				o.of(&a)
				fault := ""
				switch n := float64(inputs); {
				case inputs == 0 && a.Status == Answered:
					fault = "answered, though no row prints it"
				case inputs > 0 && words == "total":
					fault = derivedFault(&a, "sum", value, low, high, inputs)
				case inputs > 0:
					fault = derivedFault(&a, "mean", value/n, low/n, high/n, inputs)
				}
				if partial := slices.Contains(caveatCodes(&a), "partial_coverage"); fault == "" && inputs > 0 && partial != (inputs < len(s.rows)) {
					fault = fmt.Sprintf("caveat partial_coverage %v", partial)
				}
				if !knownFault(t, question, fault == "") && fault != "" {
					t.Errorf("%q: %s %s: %s", question, a.Status, a.Reason, fault)
				}
			}
		}
	}
	o.check(t, e)
}

// TestEveryShare: the share of each row's fighters who returned or remain is
// the oracle's; a row that lacks either figure is refused.
func TestEveryShare(t *testing.T) {
	e, world := wholeEngine(t), readOracle(t)
	for part, words := range map[string]string{"returned": "what share of fighters returned to %s", "remaining": "what share of fighters remain from %s"} {
		for _, row := range world.rows {
			question := fmt.Sprintf(words, row)
			a := asked(t, e, question)
			checkSound(t, e, question, &a)
			p, ok := world.figures[[2]string{row, part}]
			q := world.figures[[2]string{row, "fighters"}]
			fault := ""
			if ok {
				low, high := p.bounds()
				least, most := q.bounds()
				fault = derivedFault(&a, "ratio", float64(p.n)/float64(q.n), low/most, high/least, 2)
			} else if a.Reason != BlankCell {
				fault = "want blank_cell"
			}
			if !knownFault(t, question, fault == "") && fault != "" {
				t.Errorf("%q: %s %s: %s", question, a.Status, a.Reason, fault)
			}
		}
	}
}

// TestEveryClaim: a claim about a printed figure is checked against it: its
// own number, and one more and one fewer, with the figure shown as printed.
func TestEveryClaim(t *testing.T) {
	e, world := wholeEngine(t), readOracle(t)
	for _, measure := range []string{"fighters", "returned", "women", "children"} {
		for _, p := range world.figuresOf(measure) {
			for _, n := range []int{p.n - 1, p.n, p.n + 1} {
				question := fmt.Sprintf("is it true that %s has more than %s %s", p.subject, grouped(n), noun[measure])
				a := asked(t, e, question)
				checkSound(t, e, question, &a)
				right := slices.Equal(figureLines(&a), []string{p.subject + ": " + measure + " " + p.raw})
				if got, err := queriesOf(e, a.Code); err != nil || got != fmt.Sprintf("lookup:%s:%s:claim=1:cond=gt,%d", measure, slugOf(e, p.subject), n) {
					right = false
				}
				if !knownFault(t, question, right) && !right {
					t.Errorf("%q: %s %s %s %s", question, a.Status, a.Reason, figureLines(&a), a.Code)
				}
			}
		}
	}
}

func slugOf(e *Engine, name string) string {
	s, _ := e.report.Subject(name)
	return s.Slug
}
