package chart

import (
	"image"
	"image/color"
	"image/draw"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// canvas draws on an image as vgimg does, and writes text by itself: vgimg
// turns and scales each letter as if it could stand at any angle, which takes
// nine tenths of the time and blurs it.
type canvas struct {
	*vgimg.Canvas
	height float64 // in points
	colour color.Color
	faces  map[font.Font]xfont.Face
}

func newCanvas(height float64, ground color.Color) *canvas {
	return &canvas{
		Canvas: vgimg.NewWith(vgimg.UseWH(width, vg.Length(height)), vgimg.UseDPI(dpi*density), vgimg.UseBackgroundColor(ground)),
		height: height, colour: color.Black, faces: map[font.Font]xfont.Face{},
	}
}

// SetColor is of vg.Canvas.
func (c *canvas) SetColor(colour color.Color) {
	c.colour = colour
	c.Canvas.SetColor(colour)
}

// FillString is of vg.Canvas.
func (c *canvas) FillString(f font.Face, at vg.Point, s string) {
	face := c.faces[f.Font]
	if face == nil {
		face = f.FontFace(dpi * density)
		c.faces[f.Font] = face
	}
	d := xfont.Drawer{Dst: c.Image(), Src: image.NewUniform(c.colour), Face: face, Dot: fixed.Point26_6{
		X: pixels(at.X.Points()),
		Y: pixels(c.height - at.Y.Points()),
	}}
	d.DrawString(s)
}

// block fills a rectangle whose edges are those of pixels, given from the top left;
// false where they are not. Most are, and need no rasteriser.
func (c *canvas) block(x0, y0, x1, y1 float64, colour color.NRGBA) bool {
	edges := [4]int{}
	for i, at := range []float64{x0, y0, x1, y1} {
		if snap(at) != at {
			return false
		}
		edges[i] = int(at * density)
	}
	draw.Draw(c.Image(), image.Rect(edges[0], edges[1], edges[2], edges[3]), image.NewUniform(colour), image.Point{}, draw.Over)
	return true
}

// pixels is a length in points as the font package counts.
func pixels(points float64) fixed.Int26_6 { return fixed.Int26_6(points * density * 64) }
