package answers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// span is what a printed number may be, both ends taken in; high is -1 where
// there is no upper bound. ~ stands for 10 percent either way.
func (p inCell) span() (low, high int) {
	switch p.sign {
	case '~':
		return (9*p.n + 9) / 10, 11 * p.n / 10
	case '>':
		return p.n + 1, -1
	case '<':
		return 0, p.n - 1
	}
	return p.n, p.n
}

// certainty is the contract's three-valued answer to "more than n" and "fewer
// than n": certain, possible or "".
func (p inCell) certainty(more bool, n int) string {
	low, high := p.span()
	switch {
	case more && low > n, !more && high >= 0 && high < n:
		return "certain"
	case more && (high < 0 || high > n), !more && low < n:
		return "possible"
	}
	return ""
}

// noun is what a measure's people are called behind a number.
var noun = map[string]string{"fighters": "fighters", "returned": "returnees", "remaining": "people remaining", "sent_back": "people sent back by Turkey",
	"stop_listed": "people on Turkey's watch list", "women": "women", "children": "children", "total": "people in the table 2 total"}

// figuresOf are the countries' figures of a measure.
func (o *oracle) figuresOf(measure string) []inCell {
	var out []inCell
	for _, s := range o.countries() {
		if p, ok := o.figures[[2]string{s, measure}]; ok {
			out = append(out, p)
		}
	}
	return out
}

// TestEveryThreshold: on either side of every printed number, a filter lists
// the rows that meet it for certain and possibly, and no others, and a count
// counts the certain ones.
func TestEveryThreshold(t *testing.T) {
	e, world := wholeEngine(t), readOracle(t)
	o := newOffers()
	for _, measure := range []string{"fighters", "returned", "remaining", "sent_back", "stop_listed", "women", "children"} {
		all := world.figuresOf(measure)
		var numbers []int
		for _, p := range all {
			numbers = append(numbers, p.n-1, p.n, p.n+1)
		}
		slices.Sort(numbers)
		for i, n := range slices.Compact(numbers) {
			for _, words := range []string{"more than", "fewer than"} {
				more := words == "more than"
				question := fmt.Sprintf("which countries have %s %s %s", words, grouped(n), noun[measure])
				a := asked(t, e, question)
				o.of(&a)
				certain := thresholdFaults(t, e, &a, all, func(p inCell) string { return p.certainty(more, n) })
				if i%3 == 0 { // a third of them is counted too
					question = fmt.Sprintf("how many countries have %s %s %s", words, grouped(n), noun[measure])
					a := asked(t, e, question)
					if !hasCount(&a, certain) {
						t.Errorf("%s: %s %s %.80s, want %d", question, a.Status, a.Reason, figureLines(&a), certain)
					}
				}
			}
		}
	}
	o.check(t, e)
}

// thresholdFaults compares a filter's answer with the oracle and returns how
// many rows meet the condition for certain.
func thresholdFaults(t *testing.T, e *Engine, a *Answer, all []inCell, certainty func(inCell) string) (certain int) {
	t.Helper()
	checkSound(t, e, a.Question, a)
	want := map[string]string{}
	for _, p := range all {
		if c := certainty(p); c != "" {
			want[p.subject+": "+p.measure+" "+p.raw] = c
			if c == "certain" {
				certain++
			}
		}
	}
	got := map[string]string{}
	for _, f := range a.Figures {
		if f.Role == "" && !f.Derived {
			got[figureLine(f)] = f.Certainty
		}
	}
	for _, line := range slices.Concat(keys(want), keys(got)) {
		if got[line] != want[line] {
			t.Errorf("%s: %s is %q, want %q", a.Question, line, got[line], want[line])
		}
	}
	return certain
}

func keys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

// hasCount says whether a count gives n, 0 by whatever words.
func hasCount(a *Answer, n int) bool {
	for _, f := range a.Figures {
		if f.Derived && f.Op == "count" && f.Value != nil {
			return int(*f.Value) == n
		}
	}
	return n == 0 && a.Status == Answered
}

// grouped writes a number as people type it, with commas.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && n > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// hasMore finds who is said to have more.
var hasMore = regexp.MustCompile(`(?m)^(?:By the printed numbers )?(?:[Tt]he )?(.+?) has more\b(.*)`)

// verdict is who has more by an answer's text, and whether for certain; "" if
// the two are level.
func verdict(a *Answer) (name string, sure bool) {
	m := hasMore.FindStringSubmatch(a.Text)
	if m == nil || strings.Contains(m[1], " level ") {
		return "", false
	}
	return m[1], !strings.Contains(m[2], "open")
}

// TestEveryPair: each two countries compare, A with more than B just where B
// has fewer than A, the larger printed number first, for certain just where
// the ranges do not meet.
func TestEveryPair(t *testing.T) {
	e, world := wholeEngine(t), readOracle(t)
	o := newOffers()
	for _, measure := range []string{"returned", "fighters"} {
		all := world.figuresOf(measure)
		for i, p := range all {
			for _, q := range all[i+1:] {
				question := fmt.Sprintf("who has more %s, %s or %s", noun[measure], p.subject, q.subject)
				mirrored := fmt.Sprintf("who has fewer %s, %s or %s", noun[measure], q.subject, p.subject)
				a, b := asked(t, e, question), asked(t, e, mirrored)
				o.of(&a)
				o.of(&b)
				want := []string{p.subject + ": " + measure + " " + p.raw, q.subject + ": " + measure + " " + q.raw}
				if got := figureLines(&a); !slices.Equal(got, want) {
					t.Errorf("%s: %s, want %s", question, got, want)
				}
				slices.Reverse(want)
				if got := figureLines(&b); !slices.Equal(got, want) {
					t.Errorf("%s: %s, want %s", mirrored, got, want)
				}
				name, sure := order(p, q)
				if got, ok := verdict(&a); got != name || ok != sure {
					t.Errorf("%s: %q has more (sure: %v), want %q (%v)\n%s", question, got, ok, name, sure, a.Text)
				}
				if got, ok := verdict(&b); got != name || ok != sure {
					t.Errorf("%s: %q has more (sure: %v), want %q (%v)\n%s", mirrored, got, ok, name, sure, b.Text)
				}
			}
		}
	}
	o.checkSome(t, e, 10)
}

// order is who has the larger printed number, and whether for certain.
func order(p, q inCell) (name string, sure bool) {
	if p.n == q.n {
		return orderLevel(p, q)
	}
	if p.n < q.n {
		p, q = q, p
	}
	low, _ := p.span()
	_, high := q.span()
	return p.subject, high >= 0 && low > high
}

// orderLevel is for equal printed numbers: "more than 500" is above 500 itself
// and above "fewer than 500".
func orderLevel(p, q inCell) (name string, sure bool) {
	for _, pair := range [][2]inCell{{p, q}, {q, p}} {
		low, _ := pair[0].span()
		if _, high := pair[1].span(); high >= 0 && low > high {
			return pair[0].subject, true
		}
	}
	return "", false
}

// TestTopWithinTop: the first k of a ranking are the beginning of its first k+1.
func TestTopWithinTop(t *testing.T) {
	e, world := wholeEngine(t), readOracle(t)
	for _, measure := range []string{"fighters", "returned", "remaining", "women", "children", "sent_back", "stop_listed"} {
		for _, end := range []string{"top", "bottom"} {
			var shorter []string
			for k := 1; k <= 12; k++ {
				question := fmt.Sprintf("%s %d countries by %s", end, k, noun[measure])
				a := asked(t, e, question)
				checkSound(t, e, question, &a)
				lines := figureLines(&a)
				if want := min(k, len(world.figuresOf(measure))); len(lines) < want || len(lines) < len(shorter) || !slices.Equal(lines[:len(shorter)], shorter) {
					t.Errorf("%s: %s\nafter %s", question, lines, shorter)
				}
				shorter = lines
			}
		}
	}
}
