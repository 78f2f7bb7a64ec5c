package chart

import (
	"bytes"
	"context"
	"fmt"
	"html"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// AtOnce is how many pictures are drawn at the same time unless somebody says
// otherwise. The highest takes 25 MB while it is drawn, most take 10.
const AtOnce = 2

// Width is how wide a PNG is, in pixels: twice the width in which chats show
// it on a telephone, so that it stays sharp there.
const Width = width * density

const (
	density = 2  // pixels to a point
	dpi     = 72 // points to an inch
)

// Renderer draws pictures, a bounded number at once. It is safe for use by many.
type Renderer struct {
	fonts *fonts
	slots chan struct{}
}

// NewRenderer makes a renderer that draws so many pictures at once, at least one.
func NewRenderer(atOnce int) (*Renderer, error) {
	light, err := opentype.Parse(liberationsansregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("reading the font: %w", err)
	}
	heavy, err := opentype.Parse(liberationsansbold.TTF)
	if err != nil {
		return nil, fmt.Errorf("reading the bold font: %w", err)
	}
	f := &fonts{
		light: font.Face{Font: font.Font{Typeface: "Liberation", Variant: "Sans"}, Face: light},
		heavy: font.Face{Font: font.Font{Typeface: "Liberation", Variant: "Sans", Weight: xfont.WeightBold}, Face: heavy},
	}
	return &Renderer{f, make(chan struct{}, max(1, atOnce))}, nil
}

// PNG draws a picture, Width pixels wide. It waits while as many as may be are
// being drawn, until ctx ends. An error says what of the spec cannot be drawn.
func (r *Renderer) PNG(ctx context.Context, s *Spec) ([]byte, error) {
	var out bytes.Buffer
	err := r.draw(ctx, s, func(p *painter) error {
		canvas := newCanvas(p.height, p.ground)
		p.on(canvas)
		return encode(&out, canvas.Image(), p.all())
	})
	return out.Bytes(), err
}

// SVG draws a picture as PNG does. Its text is text, in a font that every
// system has one as wide of; the alt text stands in it.
func (r *Renderer) SVG(ctx context.Context, s *Spec) ([]byte, error) {
	var out bytes.Buffer
	err := r.draw(ctx, s, func(p *painter) error {
		canvas := vgsvg.NewWith(vgsvg.UseWH(width, vg.Length(p.height)))
		canvas.SetColor(p.ground)
		canvas.Fill(p.box(0, 0, width, p.height))
		p.on(canvas)
		_, err := canvas.WriteTo(&out)
		return err
	})
	if err != nil {
		return nil, err
	}
	return described(out.Bytes(), s), nil
}

// described puts the title and the alt text into an SVG, for readers that read aloud.
func described(svg []byte, s *Spec) []byte {
	start := bytes.Index(svg, []byte("<svg"))
	end := start + bytes.IndexByte(svg[max(start, 0):], '>') + 1
	if start < 0 || end <= start {
		return svg
	}
	said := fmt.Sprintf("\n<title>%s</title>\n<desc>%s</desc>", html.EscapeString(s.Title), html.EscapeString(s.Alt(0)))
	svg = bytes.ReplaceAll(svg, []byte("font-family:Liberation Sans"), []byte("font-family:'Liberation Sans',Arial,Helvetica,sans-serif"))
	return bytes.Join([][]byte{svg[:end], []byte(said), svg[end:]}, nil)
}

// draw measures a picture and has it drawn.
func (r *Renderer) draw(ctx context.Context, s *Spec, how func(*painter) error) error {
	if err := s.check(); err != nil {
		return err
	}
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return fmt.Errorf("waiting to draw a chart: %w", ctx.Err())
	}
	p := &painter{pen: &pen{fonts: r.fonts, palette: colours()}, spec: s, dates: s.dates()}
	p.paint()
	if p.height = p.y; p.height > maxHeight {
		return fmt.Errorf("a chart %.0f points high; at most %d are drawn", p.height, maxHeight)
	}
	return how(p)
}

// on draws the measured picture on a canvas.
func (p *painter) on(canvas vg.Canvas) {
	p.canvas = canvas
	p.paint()
	p.frame(0, 0, width, p.height, 1, p.edge)
}
