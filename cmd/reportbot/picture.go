package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"reportbot/answers"
	"reportbot/bot/chart"
	"reportbot/bot/sheet"
)

// picture is the flag --chart, which may name a file.
type picture struct {
	asked bool
	file  string
}

// Decode is of kong.MapperValue: what follows is the file if it is named like one.
func (p *picture) Decode(ctx *kong.DecodeContext) error {
	p.asked = true
	next := ctx.Scan.Peek()
	switch {
	case next.Type == kong.FlagValueToken:
		if !isPicture(next.String()) {
			return fmt.Errorf("a chart is a file that ends in .png or .svg, not %q", next.String())
		}
	case next.IsEOL() || !isPicture(next.String()):
		return nil
	}
	p.file = ctx.Scan.Pop().String()
	return nil
}

func isPicture(file string) bool {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".png", ".svg":
		return true
	}
	return false
}

// write draws the answer into the file. Where nothing can be drawn the text has
// said so, and the file is left as it is.
func (p *picture) write(ctx context.Context, answer answers.Answer) error {
	spec := firstChart(answer)
	if spec == nil {
		return errNotAnswered
	}
	renderer, err := chart.NewRenderer(chart.AtOnce)
	if err != nil {
		return err
	}
	draw := renderer.PNG
	if strings.EqualFold(filepath.Ext(p.file), ".svg") {
		draw = renderer.SVG
	}
	content, err := draw(ctx, spec)
	if err != nil {
		return err
	}
	if err := os.WriteFile(p.file, content, 0o644); err != nil {
		return fmt.Errorf("the chart cannot be written: %w", err)
	}
	return nil
}

// firstChart is a picture of the first part of an answer that there is one of.
func firstChart(answer answers.Answer) *chart.Spec {
	for i := range answer.Parts {
		if spec := chart.Of(&answer.Parts[i], chart.Least); spec != nil {
			return spec
		}
	}
	return nil
}

// printCSV writes the figures of all parts of an answer under one head. Where
// there are none it says so.
func printCSV(w io.Writer, answer answers.Answer) error {
	var whole *sheet.Sheet
	for i := range answer.Parts {
		switch s := sheet.Of(&answer.Parts[i], answer.Code); {
		case s == nil:
		case whole == nil:
			whole = s
		default:
			whole.Rows = append(whole.Rows, s.Rows...)
		}
	}
	if whole == nil {
		return failure{errors.New("this answer has no figures; --format text shows it")}
	}
	_, err := w.Write(whole.CSV())
	return err
}
