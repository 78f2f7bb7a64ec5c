package answers

import (
	"math"
	"strings"

	"reportbot/data"
)

// fact is a number that may stand in the answer, and how it must be hedged.
type fact struct {
	value   float64
	need    need
	percent bool
	figure  int32 // its place in Answer.Figures
}

// need is the hedge without which a fact would claim more than is known.
type need uint8

const (
	needNothing   need = iota // and no bound either
	needAbout                 // ~320, about 320
	needMore                  // >915, more than 915
	needFewer                 // <50, fewer than 50
	needLow                   // at least, between
	needHigh                  // at most, and
	needAsPrinted             // 5,727 when the printed numbers are taken as they stand
)

// met says whether a number's hedge is the one that is needed.
func (n need) met(h hedge) bool {
	switch n {
	case needNothing:
		return h&hedgeBounds == 0
	case needAbout:
		return h&hedgeBounds == hedgeAbout || h&(hedgeBounds|hedgePrinted) == hedgePrinted
	case needMore:
		return h&hedgeBounds == hedgeMore
	case needFewer:
		return h&hedgeBounds == hedgeFewer
	case needLow:
		return h&^hedgeAbout&hedgeBounds == hedgeLeast || h&(hedgeMore|hedgeFewer|hedgeMost) == 0 && h&hedgeFrom != 0
	case needHigh:
		return h&^hedgeAbout&hedgeBounds == hedgeMost || h&(hedgeMore|hedgeFewer|hedgeLeast) == 0 && h&hedgeTo != 0
	}
	return h&hedgePrinted != 0
}

// figures proves the figures against the report and takes the facts from them.
func (p *prover) figures() bool {
	for i := range p.a.Figures {
		f := &p.a.Figures[i]
		if !p.genuine(f) {
			p.where, p.text = "figure", f.Subject+" "+f.Measure+" "+f.Raw
			p.fail(&mention{from: len(p.text) - len(f.Raw), end: len(p.text)})
			return false
		}
		p.addFacts(f, int32(i))
	}
	return true
}

// genuine says whether a figure is what the report prints, or hangs together
// if it was worked out.
func (p *prover) genuine(f *Figure) bool {
	switch {
	case f.Derived:
		return f.Raw == "" && ordered(f.Low, f.Value) && ordered(f.Value, f.High) && ordered(f.Low, f.High)
	case f.Finding != "":
		return p.stated(f)
	}
	s, ok1 := p.e.report.Subject(f.Subject)
	x, ok2 := p.e.report.Measure(f.Measure)
	if !ok1 || !ok2 {
		return false
	}
	c, ok := p.e.report.Cell(s, x)
	return ok && c.Number.Raw == f.Raw && c.Cell == f.Cell && c.Table == f.Table && string(c.AsOf) == f.AsOf && sameNumber(f, c.Number)
}

// stated says whether a finding of the report states the figure.
func (p *prover) stated(f *Figure) bool {
	finding, ok := p.e.report.Finding(f.Finding)
	if !ok {
		return false
	}
	for i := range finding.Figures {
		if s := &finding.Figures[i]; s.Printed == f.Raw && sameNumber(f, s.Number) {
			return true
		}
	}
	return false
}

// sameNumber compares qualifier, value and bounds.
func sameNumber(f *Figure, n data.Number) bool {
	return f.Qualifier == n.Qualifier.String() && same(f.Value, n.Value) && same(f.Low, n.Low) && same(f.High, n.High)
}

// same says whether a pointer holds the number; nil stands for none and for an open bound.
func same(v *float64, n float64) bool {
	if v == nil {
		return math.IsNaN(n) || math.IsInf(n, 0)
	}
	return *v == n
}

func ordered(a, b *float64) bool { return a == nil || b == nil || *a <= *b }

// addFacts takes from a figure what may be said of it.
func (p *prover) addFacts(f *Figure, i int32) {
	percent := f.Unit == "ratio"
	add := func(v *float64, n need) {
		if v != nil {
			p.facts = append(p.facts, fact{value: *v, need: n, percent: percent, figure: i})
		}
	}
	switch f.Qualifier {
	case "exact":
		add(f.Value, needNothing)
	case "about":
		add(f.Value, needAbout)
	case "more_than":
		add(f.Value, needMore)
	case "fewer_than":
		add(f.Value, needFewer)
	default:
		add(f.Value, needAsPrinted)
		add(f.Low, needLow)
		add(f.High, needHigh)
		if f.Op == "count" {
			p.countFacts(f, i)
		}
	}
}

// countFacts lets a count stand for those which are certain, and for those
// which are possible, as the text tells them apart.
func (p *prover) countFacts(f *Figure, i int32) {
	if f.Low == nil || f.High == nil {
		return
	}
	p.facts = append(p.facts, fact{value: *f.Low, figure: i}, fact{value: *f.High - *f.Low, figure: i})
}

// figure says whether the number is one of the facts; of the subject, if one
// is given. A number that stands right behind a subject's name and a colon
// must be that subject's.
func (p *prover) figure(m *mention, subject string) bool {
	if subject == "" {
		subject = p.named(m)
	}
	for range p.facts {
		if p.next >= len(p.facts) {
			p.next = 0
		}
		f := &p.facts[p.next]
		p.next++
		if f.percent == m.percent && f.need.met(m.hedge) && f.near(m) && (subject == "" || p.a.Figures[f.figure].Subject == subject) {
			return true
		}
	}
	return false
}

// named is the subject whose name and a colon stand right before the number
// at the beginning of a line or a sentence, "" if it is no figure's.
func (p *prover) named(m *mention) string {
	if m.from < 3 || p.text[m.from-2] != ':' || p.text[m.from-1] != ' ' {
		return ""
	}
	line := p.text[strings.LastIndexByte(p.text[:m.from-2], '\n')+1 : m.from-2]
	name := "" // the longest: "W. Balkans" is not the Balkans behind a sentence
	for i := range p.a.Figures {
		if s := p.a.Figures[i].Subject; len(s) > len(name) && strings.HasSuffix(line, s) {
			name = s
		}
	}
	if before := strings.TrimSuffix(line, name); before == "" || strings.HasSuffix(before, ". ") {
		return name
	}
	return ""
}

// byPrint are the words before a middle that the bounds leave open.
const byPrint = "y the printed numbers "

// asPrinted proves a middle in a sentence that began "By the printed numbers".
func (p *prover) asPrinted(m *mention) bool {
	if !p.middles {
		return false
	}
	line := p.text[strings.LastIndexByte(p.text[:m.start], '\n')+1 : m.start]
	if !strings.Contains(line, byPrint) {
		return false
	}
	printed := *m
	printed.hedge |= hedgePrinted
	return p.figure(&printed, "")
}

// near says whether the number is the fact as it is written: numbers to one
// decimal at most, percentages of ten and more also to none.
func (f *fact) near(m *mention) bool {
	v := f.value
	if m.percent {
		v *= 100
		if m.decimals == 0 && v >= 10 && math.Round(v) == m.value {
			return true
		}
	}
	if m.decimals > 1 {
		return math.Abs(v-m.value) <= max(math.Pow10(-m.decimals)/2, 1e-9*math.Abs(v))
	}
	d := v - m.value
	return d <= 0.0500001 && d >= -0.0500001
}
