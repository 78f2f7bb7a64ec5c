package chart

import (
	"image"
	"image/color"
	"image/png"
	"io"
)

// mostColours is how many a PNG of one byte a pixel has.
const mostColours = 256

// encode writes a picture as a PNG of one byte a pixel, which is a third of the
// size of one of all colours and sooner written. Its own colours stay as they
// are; those that are nearly alike, at the edges of letters, become the same.
func encode(w io.Writer, img image.Image, own []color.NRGBA) error {
	full, ok := img.(*image.RGBA)
	if !ok {
		return png.Encode(w, img)
	}
	for bits := fewestBits; bits < 8; bits++ {
		if few := reduced(full, own, bits); few != nil {
			return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, few)
		}
	}
	return png.Encode(w, img)
}

// fewestBits are left out of each channel when colours are compared: nobody
// sees a difference of 7 in 255.
const fewestBits = 3

// reduced is the picture in colours of which the last bits do not count, nil
// where those are still too many. Each is the first of its kind, its own before all.
func reduced(img *image.RGBA, own []color.NRGBA, bits int) *image.Paletted {
	out := image.NewPaletted(img.Rect, make(color.Palette, 0, mostColours))
	width := 8 - bits
	known := make([]uint16, 1<<(3*width)) // the place in the palette, from 1
	key := func(r, g, b uint8) int {
		return int(r>>bits)<<(2*width) | int(g>>bits)<<width | int(b>>bits)
	}
	for _, c := range own {
		if n := &known[key(c.R, c.G, c.B)]; *n == 0 {
			out.Palette = append(out.Palette, c)
			*n = uint16(len(out.Palette))
		}
	}
	for i := range out.Pix {
		at := img.Pix[4*i : 4*i+3 : 4*i+3]
		n := &known[key(at[0], at[1], at[2])]
		if *n == 0 {
			if len(out.Palette) == mostColours {
				return nil
			}
			out.Palette = append(out.Palette, color.RGBA{at[0], at[1], at[2], 0xFF})
			*n = uint16(len(out.Palette))
		}
		out.Pix[i] = uint8(*n - 1)
	}
	return out
}
