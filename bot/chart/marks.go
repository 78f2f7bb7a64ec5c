package chart

import (
	"image/color"
	"math"
)

const fullTurn = 2 * math.Pi

// Measures of what a figure is drawn with, in points.
const (
	softStep    = 1.5 // the end of a bar fades in steps of so much
	softSteps   = 8
	softLength  = softStep * softSteps // half of it beyond the number
	arrowGap    = 2
	arrowLength = 10
	arrowHead   = 3.5
	stroke      = 1.5
	dotRadius   = 4
	haloRadius  = 8
)

// reach is how far a mark may stand out beyond the end of its figure.
const reach = arrowGap + arrowLength + 4

// scale is where numbers stand between two places on the picture.
type scale struct {
	left, right float64
	low, high   float64
}

func (s scale) x(v float64) float64 {
	if s.high <= s.low {
		return s.left
	}
	return snap(s.left + (min(max(v, s.low), s.high)-s.low)/(s.high-s.low)*(s.right-s.left))
}

// bar draws a figure as a bar from one place on the scale, and returns where
// what it draws ends.
func (p *pen) bar(f form, from float64, s scale, y, height float64, c color.NRGBA) float64 {
	x0, solid, open := s.x(from), s.x(from+f.solid), s.x(from+f.open)
	end := solid
	if f.end() < 0 {
		x0, end = end, x0
		p.rect(x0, y, end, y+height, c)
		return end
	}
	if f.solid > 0 {
		p.solid(x0, solid, y, height, f.soft && f.open <= f.solid, c)
	}
	if f.open > f.solid {
		p.hollow(solid, open, y, height, f.soft, c)
		end = open
	}
	if f.soft {
		end += softLength / 2
	}
	return p.arrows(f, end, y+height/2, c)
}

// solid fills a bar; a soft one fades out around its end.
func (p *pen) solid(x0, x1, y, height float64, soft bool, c color.NRGBA) {
	if !soft {
		p.rect(x0, y, max(x1, x0+1), y+height, c)
		return
	}
	from := max(x0, x1-softLength/2)
	p.rect(x0, y, from, y+height, c)
	for i := range softSteps {
		faded := c
		faded.A = uint8(255 * (softSteps - i) / (softSteps + 1))
		at := x1 - softLength/2 + float64(i)*softStep
		p.rect(max(from, at), y, at+softStep, y+height, faded)
	}
}

// hollow draws what may be there: an outline with a light ground. A soft one
// has no end.
func (p *pen) hollow(x0, x1, y, height float64, soft bool, c color.NRGBA) {
	ground := c
	ground.A = 0x30
	p.rect(x0, y, x1, y+height, ground)
	if !soft {
		p.frame(x0, y, max(x1, x0+2*stroke+0.5), y+height, stroke, c)
		return
	}
	half := stroke / 2.0
	p.polyline(stroke, c, x1, y+half, x0+half, y+half, x0+half, y+height-half, x1, y+height-half)
	for k := range 3 {
		faded := c
		faded.A = uint8(150 - 45*k)
		p.polyline(1, faded, x1+float64(2*k), y, x1+float64(2*k), y+height)
	}
}

// arrows draws where a bound leaves a figure open, and returns where they end.
func (p *pen) arrows(f form, x, y float64, c color.NRGBA) float64 {
	if !f.more && !f.fewer {
		return x
	}
	from, to := x+arrowGap, x+arrowGap+arrowLength
	p.arrow(from, to, y, f.fewer, f.more, c)
	return to
}

// arrow draws a line with an open head at either end or at both.
func (p *pen) arrow(from, to, y float64, left, right bool, c color.NRGBA) {
	p.polyline(stroke, c, from, y, to, y)
	if right {
		p.polyline(stroke, c, to-arrowHead, y-arrowHead, to, y, to-arrowHead, y+arrowHead)
	}
	if left {
		p.polyline(stroke, c, from+arrowHead, y-arrowHead, from, y, from+arrowHead, y+arrowHead)
	}
}

// dot draws a figure as a dot, with lines to its bounds, and returns where what it draws ends.
func (p *pen) dot(f form, s scale, y float64, c color.NRGBA) float64 {
	x := s.x(f.end())
	if f.soft {
		p.halo(x, y, c)
	}
	switch {
	case f.more || f.fewer:
		p.openDot(f, x, y, c)
		if f.more {
			return x + dotRadius + arrowLength
		}
	case f.open > f.solid:
		low := s.x(f.solid)
		if f.soft {
			p.halo(low, y, c)
		}
		p.polyline(2*stroke, c, low, y, x, y)
		p.polyline(stroke, c, low, y-dotRadius, low, y+dotRadius)
		p.polyline(stroke, c, x, y-dotRadius, x, y+dotRadius)
		return x + 2
	default:
		p.disc(x, y, dotRadius, c)
	}
	if f.soft {
		return x + haloRadius
	}
	return x + dotRadius
}

// halo draws the soft edge of a dot.
func (p *pen) halo(x, y float64, c color.NRGBA) {
	c.A = 0x26
	for radius := haloRadius; radius > dotRadius; radius-- {
		p.disc(x, y, float64(radius), c)
	}
}

// openDot is a ring with arrows to where the figure is open.
func (p *pen) openDot(f form, x, y float64, c color.NRGBA) {
	if f.more {
		p.arrow(x+dotRadius, x+dotRadius+arrowLength, y, false, true, c)
	}
	if f.fewer {
		p.arrow(x-dotRadius-arrowLength, x-dotRadius, y, true, false, c)
	}
	p.disc(x, y, dotRadius, p.ground)
	p.ring(x, y, dotRadius-stroke/2, stroke, c)
}
