package chart

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Measures of a picture, in points.
const (
	width     = 360
	margin    = 12
	inner     = width - 2*margin
	gap       = 6   // between a name, its bar and its figure
	leastBars = 120 // bars narrower than this stand below their names
	rowHeight = 19
	barHeight = 11
	lowBar    = 10 // of one that stands below its name
	maxHeight = 1300
)

// painter draws one picture.
type painter struct {
	*pen
	spec   *Spec
	dates  dates
	scale  scale
	beside bool    // names stand beside their bars, not above them
	top    float64 // of the bars, once they have been measured
	bottom float64
}

// paint draws the picture from the top down.
func (p *painter) paint() {
	p.y = margin
	p.head()
	p.place()
	if p.canvas != nil {
		p.grid()
	}
	p.top = p.y
	for i := range p.spec.Groups {
		p.group(i)
	}
	p.bottom = p.y
	p.y += lineHeight(smallSize) + 8
	p.legend()
	p.foot()
	p.y += margin
}

// head writes the title and what is counted.
func (p *painter) head() {
	p.lines(margin, titleSize, true, p.ink, p.wrap(p.spec.Title, titleSize, true, inner, 5))
	said := upperFirst(p.spec.unitInWords())
	if p.dates.all != "" {
		said += ", as of " + p.dates.all
	}
	if p.spec.Drawn != "" {
		said += ". " + p.spec.Drawn
	}
	p.y += 2
	p.lines(margin, smallSize, false, p.faint, p.wrap(said, smallSize, false, inner, 2))
	p.y += 6
}

// place finds room for the bars: beside their names where enough is left.
func (p *painter) place() {
	names, figures := 0.0, 0.0
	for i, g := range p.spec.Groups {
		for j := range g.Rows {
			r := &g.Rows[j]
			names = max(names, p.nameWidth(i, r))
			figures = max(figures, p.width(r.Printed, labelSize, true))
		}
	}
	s := scale{left: margin + names + gap, right: width - margin - figures - gap - reach}
	if p.spec.Kind == Dots {
		s.left += dotRadius + arrowLength
	}
	p.beside = s.right-s.left >= leastBars
	if !p.beside {
		s.left, s.right = margin, width-margin-reach
		if p.spec.Kind == Dots {
			s.left += dotRadius + arrowLength
		}
	}
	s.low, s.high = p.spec.ends()
	p.scale = s
}

// nameWidth is how wide a name is with its date.
func (p *painter) nameWidth(group int, r *Row) float64 {
	w := p.width(r.name(), labelSize, false)
	if date := p.dates.beside(group, r); date != "" {
		w += gap + p.width(date, smallSize, false)
	}
	return w
}

// ends are the least and the most that the scale shows; 0 is always on it.
func (s *Spec) ends() (low, high float64) {
	for _, g := range s.Groups {
		for i := range g.Rows {
			r := &g.Rows[i]
			end, parts := r.form().end(), 0.0
			for _, part := range r.Parts {
				parts += part.Value
			}
			low, high = min(low, end), max(high, end, parts)
		}
	}
	return low, high
}

// grid draws lines at round numbers behind the bars, and the numbers below.
func (p *painter) grid() {
	s := p.scale
	step, free := p.spec.step(s.high-s.low), 0.0
	for v := math.Ceil(s.low/step) * step; v <= s.high; v += step {
		x, c := s.x(v), p.palette.grid
		if v == 0 {
			c = p.edge
		}
		p.polyline(1, c, x, p.top, x, p.bottom+3)
		said := p.spec.number(v)
		w := p.width(said, smallSize, false)
		at := min(max(x-w/2, margin), width-margin-w)
		if at < free {
			continue // its number has no room beside the last
		}
		free = at + w + gap
		p.text(at, p.bottom+4+smallSize, smallSize, false, p.faint, said)
	}
}

// gridLines is how many lines there are at most, beside that at 0.
const gridLines = 4

// step is how far the lines of a scale are apart: 1, 2, 2.5 or 5 and as many noughts as needed.
func (s *Spec) step(length float64) float64 {
	least := length / gridLines
	step := math.Pow(10, math.Floor(math.Log10(max(least, 1e-3))))
	if s.Unit != Ratio {
		step = max(step, 1)
	}
	for _, times := range []float64{1, 2, 2.5, 5, 10} {
		if times*step >= least && (s.Unit == Ratio || times*step == math.Trunc(times*step)) {
			return times * step
		}
	}
	return 10 * step
}

// number is a round number of the scale in figures.
func (s *Spec) number(v float64) string {
	if s.Unit == Ratio {
		return strconv.FormatFloat(math.Round(v*1000)/10, 'f', -1, 64) + "%"
	}
	return message.NewPrinter(language.English).Sprintf("%d", int64(math.Round(v)))
}

// group draws a heading and its rows.
func (p *painter) group(i int) {
	g := &p.spec.Groups[i]
	if g.Heading != "" {
		if i > 0 {
			p.y += 4
		}
		p.heading(g.Heading, p.dates.groups[i])
	}
	for j := range g.Rows {
		r := &g.Rows[j]
		if p.beside {
			p.rowBeside(r, p.dates.beside(i, r))
		} else {
			p.rowBelow(r, p.dates.beside(i, r))
		}
	}
}

func (p *painter) heading(heading, date string) {
	p.labelled(p.wrap(heading, labelSize, true, inner, 3), true, date, inner)
	p.y += 2
}

// labelled writes lines on a ground of their own, and a date behind the last or,
// where there is no room for it, below.
func (p *painter) labelled(lines []string, heavy bool, date string, room float64) {
	top, x, wide := p.y, float64(margin), 0.0
	for _, line := range lines {
		w := p.width(line, labelSize, heavy)
		x, wide = margin+w+gap, max(wide, w)
	}
	dated := p.width(date, smallSize, false)
	p.clear(margin, top, margin+wide+1, top+float64(len(lines))*lineHeight(labelSize))
	p.lines(margin, labelSize, heavy, p.ink, lines)
	if date == "" {
		return
	}
	if len(lines) == 0 || x+dated > margin+room {
		x = margin
		p.y += lineHeight(smallSize)
	}
	baseline := p.y - lineHeight(labelSize) + labelSize
	p.clear(x-1, baseline-smallSize, x+dated+1, baseline+3)
	p.text(x, baseline, smallSize, false, p.faint, date)
}

// clear takes the grid away behind a text.
func (p *painter) clear(x0, y0, x1, y1 float64) {
	p.rect(snap(x0), snap(y0), snap(x1), snap(y1), p.ground)
}

// rowBeside draws a row with its name beside its bar.
func (p *painter) rowBeside(r *Row, date string) {
	middle := p.y + rowHeight/2.0
	baseline := middle + labelSize*0.36
	p.text(margin, baseline, labelSize, false, p.ink, r.name())
	p.textRight(p.nameEnd(), baseline, smallSize, false, p.faint, date)
	end := p.mark(r, middle, barHeight)
	p.figure(end+4, baseline, r.Printed)
	p.y += rowHeight
	p.key(r)
}

// nameEnd is where names and their dates end.
func (p *painter) nameEnd() float64 {
	if p.spec.Kind == Dots {
		return p.scale.left - dotRadius - arrowLength - gap
	}
	return p.scale.left - gap
}

// rowBelow draws a row with its bar below its name and its figure.
func (p *painter) rowBelow(r *Row, date string) {
	top := p.y
	mark := columnMark(r.Column)
	figures := p.wrap(r.Printed, labelSize, true, inner, 2)
	room := float64(inner - gap)
	if len(figures) == 1 && p.width(figures[0], labelSize, true) < 0.6*inner {
		room -= p.width(figures[0], labelSize, true)
	}
	lines := p.wrap(r.Label, labelSize, false, room-p.width(mark, labelSize, false), 3)
	if len(lines) > 0 {
		lines[len(lines)-1] += mark
	}
	p.labelled(lines, false, date, room)
	if room == inner-gap && p.y > top {
		top = p.y
	}
	for i, line := range figures {
		p.figure(width-margin-p.width(line, labelSize, true), top+float64(i)*lineHeight(labelSize)+labelSize, line)
	}
	p.y = max(p.y, top+float64(len(figures))*lineHeight(labelSize))
	p.mark(r, p.y+2+lowBar/2, lowBar)
	p.y += lowBar + 9
	p.key(r)
}

// figure writes a figure on a ground of its own.
func (p *painter) figure(x, baseline float64, s string) {
	p.clear(x-1, baseline-labelSize*0.8, x+p.width(s, labelSize, true)+1, baseline+labelSize*0.25)
	p.text(x, baseline, labelSize, true, p.ink, s)
}

// mark draws what stands for a row's figure, and returns where that ends.
func (p *painter) mark(r *Row, middle, height float64) float64 {
	f := r.form()
	switch {
	case len(r.Parts) > 0:
		return p.stack(r, middle, height)
	case p.spec.Kind == Dots:
		p.polyline(1, p.edge, p.scale.x(0), middle, p.scale.x(f.end()), middle)
		return p.dot(f, p.scale, middle, p.palette.bar)
	}
	return p.pen.bar(f, 0, p.scale, middle-height/2, height, p.palette.bar)
}

// stack draws the parts of a row end to end, each as long as its number is
// printed, and at its end what the row's own figure leaves open.
func (p *painter) stack(r *Row, middle, height float64) float64 {
	from := 0.0
	y := middle - height/2
	last := len(r.Parts) - 1
	for i := range r.Parts {
		part := &r.Parts[i]
		f, c := part.form(), p.partColour(i, part.Derived)
		soft := f.soft || i == last && r.form().soft
		x0, x1 := p.scale.x(from), p.scale.x(from+part.Value)
		if f.solid > 0 && f.open <= f.solid {
			p.solid(x0, x1, y, height, soft, c)
		} else {
			p.hollow(x0, x1, y, height, soft, c)
			c = p.ink
		}
		p.inside(f, x0, x1, middle, c)
		if i < last && !soft {
			p.rect(x1-0.75, y, x1+0.75, y+height, p.ground)
		}
		from += part.Value
	}
	whole := r.form()
	end := p.scale.x(from)
	if whole.soft || r.Parts[last].form().soft {
		end += softLength / 2
	}
	return p.arrows(whole, end, middle, p.ink)
}

// inside draws the arrows of a part that is a bound within it, where there is room.
func (p *painter) inside(f form, x0, x1, y float64, c color.NRGBA) {
	if !f.more && !f.fewer || x1-x0 < arrowLength+6 {
		return
	}
	if c != p.ink {
		c = p.ground
	}
	p.arrow(x1-arrowLength-4, x1-4, y, f.fewer, f.more, c)
}

func (p *painter) partColour(i int, derived bool) color.NRGBA {
	if derived || i >= len(p.parts) {
		return p.rest
	}
	return p.parts[i]
}

// key names the parts of a stacked bar, with their figures.
func (p *painter) key(r *Row) {
	if len(r.Parts) == 0 {
		return
	}
	flow := p.flow(margin, smallSize)
	for i := range r.Parts {
		part := &r.Parts[i]
		c := p.partColour(i, part.Derived)
		flow.add(11, part.said(), func(x, y float64) { p.rect(x, y-8, x+8, y, c) })
	}
	p.y += lineHeight(smallSize) + 5
}

// flow sets samples and their words one after the other, and goes on below
// where a line is full.
type flow struct {
	p    *painter
	x    float64
	size float64
}

func (p *painter) flow(x, size float64) *flow { return &flow{p, x, size} }

// add sets one sample, so wide, with its words.
func (f *flow) add(sample float64, said string, draw func(x, baseline float64)) {
	p := f.p
	lines := p.wrap(said, f.size, false, inner-sample-3, 3)
	w := 0.0
	for _, line := range lines {
		w = max(w, sample+3+p.width(line, f.size, false))
	}
	if f.x > margin && f.x+w > width-margin {
		f.x = margin
		p.y += lineHeight(f.size)
	}
	p.clear(f.x-1, p.y, f.x+w+1, p.y+lineHeight(f.size))
	draw(f.x, p.y+f.size)
	for i, line := range lines {
		if i > 0 {
			p.y += lineHeight(f.size)
		}
		p.text(f.x+sample+3, p.y+f.size, f.size, false, p.faint, line)
	}
	f.x += w + 12
}

// foot writes the notes and the source.
func (p *painter) foot() {
	p.y += 6
	p.polyline(1, p.edge, margin, p.y, width-margin, p.y)
	p.y += 5
	notes := p.wrap(strings.Join(p.spec.Notes, " "), noteSize, false, inner, maxNoteLines)
	p.lines(margin, noteSize, false, p.ink, notes)
	p.y += 2
	p.lines(margin, noteSize, false, p.faint, p.wrap(p.spec.cited(), noteSize, false, inner, 6))
}

// maxNoteLines is more than the caveats of any answer take; it bounds the picture.
const maxNoteLines = 60

// cited is the line that says where the figures are from.
func (s *Spec) cited() string {
	from := make([]string, 0, 2)
	for _, part := range []string{s.Report, s.Source} {
		if part != "" {
			from = append(from, part)
		}
	}
	if len(from) == 0 {
		return ""
	}
	return "Source: " + strings.Join(from, "; ")
}
