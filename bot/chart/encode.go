package chart

import (
	"image"
	"image/color"
	"image/png"
	"io"
)

// mostColours is how many a PNG of one byte a pixel has.
const mostColours = 256

// encode writes a picture as a PNG of one byte a pixel, which is a sixth of
// the size of one of all colours and sooner written. Colours that are nearly
// alike, at the edges of letters, are made the same until there are few enough.
func encode(w io.Writer, img image.Image) error {
	full, ok := img.(*image.RGBA)
	if !ok {
		return png.Encode(w, img)
	}
	for bits := range 8 {
		if few := reduced(full, uint8(0xFF<<bits)); few != nil {
			return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, few)
		}
	}
	return png.Encode(w, img)
}

// reduced is the picture in colours of which only the bits of the mask count,
// nil where those are still too many. Each colour is the first of its kind.
func reduced(img *image.RGBA, mask uint8) *image.Paletted {
	out := image.NewPaletted(img.Rect, make(color.Palette, 0, mostColours))
	known := make(map[[3]uint8]uint8, mostColours)
	var last [4]uint8
	var index uint8
	for i := range out.Pix {
		at := img.Pix[4*i : 4*i+4 : 4*i+4]
		if pixel := [4]uint8(at); i == 0 || pixel != last {
			last = pixel
			key := [3]uint8{pixel[0] & mask, pixel[1] & mask, pixel[2] & mask}
			n, ok := known[key]
			if !ok {
				if len(out.Palette) == mostColours {
					return nil
				}
				n = uint8(len(out.Palette))
				known[key] = n
				out.Palette = append(out.Palette, color.RGBA{pixel[0], pixel[1], pixel[2], 0xFF})
			}
			index = n
		}
		out.Pix[i] = index
	}
	return out
}
