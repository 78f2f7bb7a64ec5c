package chart

import (
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// The colours are told apart by people who see red and green alike, and by
// their lightness alone (Okabe and Ito's, with a grey for what is left over).
// A picture has a light ground of its own, so that it looks the same in a light
// and in a dark client; each colour of text has a contrast of more than 4.5 to it.
type palette struct {
	ground, ink, faint, grid, edge color.NRGBA
	bar                            color.NRGBA
	parts                          [maxParts - 1]color.NRGBA
	rest                           color.NRGBA // the part that was worked out
}

// all are the colours, the most used first.
func (p *palette) all() []color.NRGBA {
	return append([]color.NRGBA{p.ground, p.ink, p.faint, p.grid, p.edge, p.bar, p.rest}, p.parts[:]...)
}

func colours() palette {
	blue := color.NRGBA{0x00, 0x72, 0xB2, 0xFF}
	return palette{
		ground: color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF},
		ink:    color.NRGBA{0x1F, 0x23, 0x28, 0xFF},
		faint:  color.NRGBA{0x57, 0x60, 0x6A, 0xFF},
		grid:   color.NRGBA{0xE4, 0xE7, 0xEB, 0xFF},
		edge:   color.NRGBA{0xC9, 0xCE, 0xD4, 0xFF},
		bar:    blue,
		parts: [maxParts - 1]color.NRGBA{
			blue,
			{0xE6, 0x9F, 0x00, 0xFF},
			{0x00, 0x9E, 0x73, 0xFF},
			{0xCC, 0x79, 0xA7, 0xFF},
		},
		rest: color.NRGBA{0x8B, 0x94, 0x9E, 0xFF},
	}
}

// The sizes of text, in points of a picture that is 360 points wide: at the
// width of a chat's column on a telephone they are as large as its own text.
const (
	titleSize = 14.5
	labelSize = 11.5
	smallSize = 10
	noteSize  = 9.5
)

// lineHeight is that of a line of text of a size; whole pixels keep edges sharp.
func lineHeight(size float64) float64 { return snap(1.3 * size) }

// snap moves a place to the nearest edge of a pixel.
func snap(f float64) float64 { return math.Round(f*density) / density }

// pen draws from the top down. Without a canvas it only measures: the same
// code then says how high the picture becomes.
type pen struct {
	canvas vg.Canvas
	fonts  *fonts
	height float64
	y      float64 // of what comes next, from the top
	palette
}

// text writes one line, its baseline at y from the top.
func (p *pen) text(x, y float64, size float64, heavy bool, c color.Color, s string) {
	if p.canvas == nil || s == "" {
		return
	}
	p.canvas.SetColor(c)
	p.canvas.FillString(p.fonts.face(size, heavy), p.at(x, y), s)
}

// textRight writes one line that ends at x.
func (p *pen) textRight(x, y float64, size float64, heavy bool, c color.Color, s string) {
	p.text(x-p.width(s, size, heavy), y, size, heavy, c, s)
}

// lines writes lines one below the other from p.y on.
func (p *pen) lines(x float64, size float64, heavy bool, c color.Color, lines []string) {
	for _, line := range lines {
		p.text(x, p.y+size, size, heavy, c, line)
		p.y += lineHeight(size)
	}
}

// rect fills a rectangle.
func (p *pen) rect(x0, y0, x1, y1 float64, c color.NRGBA) {
	if p.canvas == nil || x1 <= x0 || y1 <= y0 {
		return
	}
	if sharp, ok := p.canvas.(*canvas); ok && sharp.block(x0, y0, x1, y1, c) {
		return
	}
	p.canvas.SetColor(c)
	p.canvas.Fill(p.box(x0, y0, x1, y1))
}

// frame draws the outline of a rectangle, inside it.
func (p *pen) frame(x0, y0, x1, y1, width float64, c color.Color) {
	half := width / 2
	if p.canvas == nil || x1-x0 <= width || y1-y0 <= width {
		return
	}
	p.canvas.SetColor(c)
	p.canvas.SetLineWidth(vg.Length(width))
	p.canvas.Stroke(p.box(x0+half, y0+half, x1-half, y1-half))
}

// polyline draws a line through points, given as x and y in turn.
func (p *pen) polyline(width float64, c color.Color, xy ...float64) {
	if p.canvas == nil {
		return
	}
	var path vg.Path
	path.Move(p.at(xy[0], xy[1]))
	for i := 2; i+1 < len(xy); i += 2 {
		path.Line(p.at(xy[i], xy[i+1]))
	}
	p.canvas.SetColor(c)
	p.canvas.SetLineWidth(vg.Length(width))
	p.canvas.Stroke(path)
}

// disc fills a circle.
func (p *pen) disc(x, y, radius float64, c color.Color) {
	if p.canvas == nil {
		return
	}
	p.canvas.SetColor(c)
	p.canvas.Fill(p.circle(x, y, radius))
}

// ring draws a circle.
func (p *pen) ring(x, y, radius, width float64, c color.Color) {
	if p.canvas == nil {
		return
	}
	p.canvas.SetColor(c)
	p.canvas.SetLineWidth(vg.Length(width))
	p.canvas.Stroke(p.circle(x, y, radius))
}

func (p *pen) circle(x, y, radius float64) vg.Path {
	var path vg.Path
	path.Move(p.at(x+radius, y))
	path.Arc(p.at(x, y), vg.Length(radius), 0, fullTurn)
	path.Close()
	return path
}

func (p *pen) box(x0, y0, x1, y1 float64) vg.Path {
	var path vg.Path
	path.Move(p.at(x0, y0))
	path.Line(p.at(x1, y0))
	path.Line(p.at(x1, y1))
	path.Line(p.at(x0, y1))
	path.Close()
	return path
}

// at is a place on the canvas, whose y grows upwards.
func (p *pen) at(x, y float64) vg.Point { return vg.Point{X: vg.Length(x), Y: vg.Length(p.height - y)} }

func (p *pen) width(s string, size float64, heavy bool) float64 {
	face := p.fonts.face(size, heavy)
	return float64(face.Width(s))
}

// wrap breaks a text between words, and within a word that is too wide. Of more
// lines than most it ends with an ellipsis; 0 is any number.
func (p *pen) wrap(s string, size float64, heavy bool, width float64, most int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if p.width(next, size, heavy) <= width {
			line = next
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = word
		for p.width(line, size, heavy) > width {
			head := p.fitting(line, size, heavy, width)
			lines, line = append(lines, head), line[len(head):]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if most <= 0 || len(lines) <= most {
		return lines
	}
	last := lines[most-1]
	for last != "" && p.width(last+"…", size, heavy) > width {
		last = dropLast(last)
	}
	return append(lines[:most-1], strings.TrimRight(last, " ,;")+"…")
}

// fitting is as much of the beginning of a word as fits, at least one character.
func (p *pen) fitting(word string, size float64, heavy bool, width float64) string {
	for at := range word {
		if at > 0 && p.width(word[:at], size, heavy) > width {
			head := dropLast(word[:at])
			if head == "" {
				return word[:at]
			}
			return head
		}
	}
	return dropLast(word)
}

func dropLast(s string) string {
	runes := []rune(s)
	return string(runes[:len(runes)-1])
}

// fonts are the two faces of a picture's text. They are built in: Liberation
// Sans, which is as wide as the Arial that an SVG falls back on.
type fonts struct{ light, heavy font.Face }

func (f *fonts) face(size float64, heavy bool) font.Face {
	face := f.light
	if heavy {
		face = f.heavy
	}
	face.Font.Size = font.Length(size)
	return face
}
