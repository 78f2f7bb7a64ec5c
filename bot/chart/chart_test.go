package chart

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"

	"reportbot/answers"
)

// TestFiguresAreAsPrinted: what is written on a picture is what the answer
// says, and what is drawn is what its qualifier allows.
func TestFiguresAreAsPrinted(t *testing.T) {
	e := engine(t)
	rows := map[string]Row{}
	for _, question := range []string{"top 33 by returnees", "top 48 by fighters", "order all countries by women", "top 23 by people unaccounted for"} {
		for _, g := range specOf(t, e, question).Groups {
			for _, r := range g.Rows {
				rows[r.Label+" "+r.Printed] = r
			}
		}
	}
	for name, want := range map[string]form{
		"France 302":                          {solid: 302},
		"Turkey ~900":                         {solid: 900, soft: true},
		"Tunisia >800":                        {solid: 800, more: true},
		"Georgia <50":                         {open: 50, fewer: true},
		"Jordan at most about 1,850":          {open: 1850, soft: true, fewer: true},
		"Indonesia between about 166 and 216": {solid: 166, open: 216, soft: true},
		"Georgia 100 by the printed numbers":  {open: 100, more: true, fewer: true},
		"Denmark at least about 43":           {solid: 43, soft: true, more: true},
		"Finland -6 by the printed numbers":   {open: -6, soft: true, more: true, fewer: true},
		"Australia 25 by the printed numbers": {open: 25, soft: true, more: true, fewer: true},
		"Netherlands between 40 and 230":      {solid: 40, open: 230},
		"Morocco 495":                         {solid: 495},
		"France about 908":                    {solid: 908, soft: true},
	} {
		r, ok := rows[name]
		if !ok {
			t.Errorf("no row says %q", name)
			continue
		}
		if got := r.form(); got != want {
			t.Errorf("%s is drawn as %+v, want %+v", name, got, want)
		}
	}
	for name, r := range rows {
		f := r.form()
		if exact := !f.soft && !f.more && !f.fewer && f.open <= f.solid; exact != (r.Qualifier == "exact") {
			t.Errorf("%s (%s) is drawn as %+v", name, r.Qualifier, f)
		}
		if strings.Contains(r.Printed, "~") != (r.Qualifier == "about" && !strings.Contains(r.Printed, "about")) {
			t.Errorf("%s is %s", name, r.Qualifier)
		}
	}
}

// TestWhatIsDrawn: which figures of an answer become a picture of what kind.
func TestWhatIsDrawn(t *testing.T) {
	e := engine(t)
	for question, want := range map[string]string{
		"top 3 by returnees":                                  "Bar chart, number of people: Turkey ~900 (column deduced) (June 2016); Tunisia >800 (column deduced) (December 2016); Saudi Arabia 760 (column deduced) (November 2016).",
		"compare women and children: France, Germany":         "Bar chart, number of people: Women: France ~320; Germany ~190; Children: France 460; Germany 56.",
		"tell me about Malaysia":                              "Stacked bar chart, number of people: Table 1, December 2016: Fighters 91, of them Remaining 56, Returned 8, Unaccounted for 27 (worked out); Table 2, no date printed: Total (table 2) 91; Women 12; Children 17.",
		"tell me about Finland":                               "Bar chart, number of people, as of February 2017: Fighters >80; Remaining ~43; Returned ~43.",
		"what share of fighters returned to France":           "Bar chart, number of people, as of August 2017: Returned 302; Fighters 1,910.",
		"share of fighters who returned: France, Germany":     "Dot chart with bounds, per cent: France 15.8% (August 2017); Germany at most about 32.8% (March 2017).",
		"women in the Balkans":                                "Bar chart, number of people: Bosnia 60; Kosovo 44.",
		"how many from the Netherlands are unaccounted for":   "Stacked bar chart, number of people, as of February 2017: Netherlands 280, of them Remaining <190, Returned 50, Unaccounted for between 40 and 230 (worked out).",
		"difference between Austria and Denmark in returnees": "Bar chart, number of people: Austria 90 (December 2016); Denmark 67 (February 2017).",
		"tell me about Kazakhstan":                            "Table 2, no date printed: Total (table 2) ~500; Women and children >200.",
	} {
		if alt := specOf(t, e, question).Alt(0); !strings.Contains(alt, want) {
			t.Errorf("%s:\n got %s\nwant %s", question, alt, want)
		}
	}
	for _, question := range []string{"returned from France", "hello", "what is a foreign fighter", "women from Denmark", "when is the French figure from", "which countries have no figure for women"} {
		a, _, err := e.Ask(question, answers.Context{})
		if err != nil {
			t.Fatal(err)
		}
		if s := Of(&a.Parts[0], Least); s != nil {
			t.Errorf("%s has a chart: %s", question, s.Alt(0))
		}
	}
}

// TestNothingIsLost: every caveat of an answer stands in its picture, and so
// does its source with the edition.
func TestNothingIsLost(t *testing.T) {
	e, r := engine(t), renderer(t)
	for _, question := range shown() {
		a, _, err := e.Ask(question, answers.Context{})
		if err != nil {
			t.Fatal(err)
		}
		written := strings.ReplaceAll(strings.Join(textsOf(t, r, Of(&a.Parts[0], Least)), " "), "  ", " ")
		for _, said := range append(slices.Clone(a.Parts[0].Caveats), a.Parts[0].Source, "edition "+e.Report().Edition, e.Report().Title) {
			if !strings.Contains(written, said) {
				t.Errorf("%s: the picture does not say %q, but\n%s", question, said, written)
			}
		}
	}
}

// TestNothingOverlaps: no text of a picture stands on another or beyond its
// edge, however long the names are and however many figures there are.
func TestNothingOverlaps(t *testing.T) {
	e, r := engine(t), renderer(t)
	for _, question := range shown() {
		tidy(t, r, specOf(t, e, question))
	}
	tidy(t, r, largest(t, r))
	rapid.Check(t, func(rt *rapid.T) { tidy(rt, r, anySpec(rt, e)) })
}

type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func tidy(t failer, r *Renderer, s *Spec) {
	t.Helper()
	c := recorded(t, r, s)
	for i, a := range c.texts {
		if a.x0 < 1 || a.x1 > width-1 || a.y0 < 1 || a.y1 > c.height-1 {
			t.Fatalf("%q is clipped: %+v of %d × %.0f", a.said, a, width, c.height)
		}
		for _, b := range c.texts[:i] {
			if a.x0 < b.x1-0.5 && b.x0 < a.x1-0.5 && a.y0 < b.y1-0.5 && b.y0 < a.y1-0.5 {
				t.Fatalf("%q stands on %q: %+v, %+v", a.said, b.said, a, b)
			}
		}
	}
}

// anySpec invents a picture, of names that are in the data or very long.
func anySpec(t *rapid.T, e *answers.Engine) *Spec {
	names := []string{"Former Soviet Republics", "Trinidad and Tobago + United Arab Emirates + Bosnia and Herzegovina", strings.Repeat("Llanfairpwllgwyngyll", 6), "x", ""}
	for _, s := range e.Report().Subjects {
		names = append(names, s.Name)
	}
	figure := rapid.Custom(func(t *rapid.T) Figure {
		f := Figure{
			Value:     math.Round(rapid.Float64Range(-20, 9000).Draw(t, "value")),
			Qualifier: rapid.SampledFrom([]string{"exact", "about", "more_than", "fewer_than", "at_least", "at_most", "between", "unheard of"}).Draw(t, "qualifier"),
			Printed:   rapid.SampledFrom([]string{"3,417", "~320", ">7,240", "at least about 1,593", "between about 2,391 and 2,581", "100 by the printed numbers", strings.Repeat("9", 60)}).Draw(t, "printed"),
			AsOf:      rapid.SampledFrom([]string{"", "2017-08", "2015-01", "2016"}).Draw(t, "date"),
			Rough:     rapid.Bool().Draw(t, "rough"),
		}
		if rapid.Bool().Draw(t, "low") {
			f.Low = new(f.Value)
		}
		if rapid.Bool().Draw(t, "high") {
			f.High = new(f.Value + 100)
		}
		return f
	})
	row := rapid.Custom(func(t *rapid.T) Row {
		r := Row{Label: rapid.SampledFrom(names).Draw(t, "label"), Figure: figure.Draw(t, "figure"), Column: rapid.SampledFrom([]string{"", "inferred", "ambiguous"}).Draw(t, "column")}
		for range rapid.IntRange(0, 3).Draw(t, "parts") {
			f := figure.Draw(t, "part")
			f.Value = math.Abs(f.Value)
			r.Parts = append(r.Parts, Part{Label: "Unaccounted for", Figure: f, Derived: rapid.Bool().Draw(t, "derived")})
		}
		return r
	})
	s := &Spec{
		Kind:   rapid.SampledFrom([]Kind{Bars, Stacks, Dots}).Draw(t, "kind"),
		Title:  rapid.SampledFrom([]string{"A title.", strings.Repeat("Many words ", 40), ""}).Draw(t, "title"),
		Unit:   rapid.SampledFrom([]string{"people", Ratio}).Draw(t, "unit"),
		Notes:  rapid.SliceOfN(rapid.SampledFrom([]string{"~ means about.", strings.Repeat("a caveat of many words, ", 30)}), 0, 1).Draw(t, "notes"),
		Source: "table 1; edition 2017-10.",
	}
	for range rapid.IntRange(1, 2).Draw(t, "groups") {
		s.Groups = append(s.Groups, Group{Heading: rapid.SampledFrom([]string{"", "Women", strings.Repeat("A long heading ", 9)}).Draw(t, "heading"), Rows: rapid.SliceOfN(row, 1, 5).Draw(t, "rows")})
	}
	return s
}

// TestASpecIsStored: a picture is the same after it was written as JSON.
func TestASpecIsStored(t *testing.T) {
	e := engine(t)
	for _, question := range shown() {
		s := specOf(t, e, question)
		stored, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var again Spec
		if err := json.Unmarshal(stored, &again); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(&again, s) {
			t.Errorf("%s: stored as\n%s", question, stored)
		}
	}
}

func TestSpecsThatCannotBeDrawn(t *testing.T) {
	r := renderer(t)
	row := func(v float64) Spec {
		return Spec{Groups: []Group{{Rows: []Row{{Label: "France", Figure: Figure{Value: v}}}}}}
	}
	many := Spec{Groups: []Group{{Rows: make([]Row, MaxRows+1)}}}
	for want, s := range map[string]Spec{
		"a chart without figures":                      {},
		"a chart of 26 figures; at most 25 are drawn":  many,
		"France: the number NaN cannot be drawn":       row(math.NaN()),
		"France: the number +Inf cannot be drawn":      row(math.Inf(1)),
		"France: the number 1e+15 cannot be drawn":     row(1e15),
		"France, Left: the number -1 cannot be drawn":  {Groups: []Group{{Rows: []Row{{Label: "France", Parts: []Part{{Label: "Left", Figure: Figure{Value: -1}}}}}}}},
		"France: 6 parts; at most 5 can be told apart": {Groups: []Group{{Rows: []Row{{Label: "France", Parts: make([]Part, 6)}}}}},
		"France: the bound -Inf cannot be drawn":       {Groups: []Group{{Rows: []Row{{Label: "France", Figure: Figure{Low: new(math.Inf(-1))}}}}}},
	} {
		if _, err := r.PNG(context.Background(), &s); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
		if _, err := r.SVG(context.Background(), &s); err == nil {
			t.Errorf("an SVG of: %s", want)
		}
	}
}

// TestTooManyFigures: what is not drawn is counted.
func TestTooManyFigures(t *testing.T) {
	s := specOf(t, engine(t), "top 40 by fighters")
	if n := len(s.Groups[0].Rows); n != MaxRows || s.Drawn != "The first 25 of 41 in the order are drawn" {
		t.Errorf("%d rows, and it says %q", n, s.Drawn)
	}
}

func TestAlt(t *testing.T) {
	e := engine(t)
	for _, question := range shown() {
		s := specOf(t, e, question)
		whole := s.Alt(0)
		for _, g := range s.Groups {
			for _, r := range g.Rows {
				if !strings.Contains(whole, r.Label+" "+r.Printed) {
					t.Errorf("%s: %s %s is not in %s", question, r.Label, r.Printed, whole)
				}
			}
		}
		for _, most := range []int{1, 100, 250, 1024, 2000} {
			alt := s.Alt(most)
			if n := utf8.RuneCountInString(alt); n > most {
				t.Errorf("%s: %d characters, at most %d", question, n, most)
			}
			if most >= 250 && alt != whole && !strings.Contains(alt, " more.") {
				t.Errorf("%s: figures are left out without a word: %s", question, alt)
			}
		}
	}
}

// TestSVG: it is well-formed, holds the alt text and no foreign text as markup.
func TestSVG(t *testing.T) {
	e, r := engine(t), renderer(t)
	s := specOf(t, e, "top 5 by returnees")
	s.Groups[0].Rows[0].Label = `<script>alert("1")</script>`
	svg, err := r.SVG(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(string(svg)))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "script" {
			t.Error("the SVG holds a script")
		}
	}
	for _, want := range []string{"<title>", "<desc>By the printed numbers Turkey has the most returnees. Bar chart", "Arial", "&gt;800"} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("the SVG lacks %q", want)
		}
	}
}

// TestEveryNameHasLetters: the built-in font can write every text of the data.
func TestEveryNameHasLetters(t *testing.T) {
	e, r := engine(t), renderer(t)
	var texts []string
	for _, s := range e.Report().Subjects {
		texts = append(texts, s.Name, s.Full)
	}
	for _, g := range e.Report().Groups {
		texts = append(texts, g.Name, g.Full)
	}
	for _, m := range e.Report().Vocabulary.Measures {
		texts = append(texts, m.Label, m.Noun)
	}
	for _, f := range e.Report().Findings {
		texts = append(texts, f.Gist)
	}
	for _, text := range append(texts, "~<>†‡…") {
		for _, letter := range text {
			var buf sfnt.Buffer
			for _, face := range []font.Face{r.fonts.light, r.fonts.heavy} {
				if i, err := face.Face.GlyphIndex(&buf, letter); err != nil || i == 0 {
					t.Errorf("%q of %q cannot be written", letter, text)
				}
			}
		}
	}
}

// TestSomeAtOnce: not more pictures are drawn at once than was said, and who
// waits for longer than they can is told.
func TestSomeAtOnce(t *testing.T) {
	r, err := NewRenderer(2)
	if err != nil {
		t.Fatal(err)
	}
	s := specOf(t, engine(t), "top 5 by returnees")
	r.slots <- struct{}{}
	r.slots <- struct{}{}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.PNG(ctx, s); !errors.Is(err, context.Canceled) {
		t.Errorf("a third picture: %v", err)
	}
	<-r.slots
	<-r.slots
	var wait sync.WaitGroup
	pictures := make([][]byte, 6)
	for i := range pictures {
		wait.Go(func() { pictures[i], _ = r.PNG(context.Background(), s) })
	}
	wait.Wait()
	for _, p := range pictures {
		if len(p) == 0 || !slices.Equal(p, pictures[0]) {
			t.Error("the same picture is drawn differently")
		}
	}
}

// box is a text and where it stands, from the top left.
type box struct {
	said           string
	x0, y0, x1, y1 float64
}

// recorder is a canvas that notes where texts are put.
type recorder struct {
	height float64
	texts  []box
}

func (*recorder) SetLineWidth(vg.Length)              {}
func (*recorder) SetLineDash([]vg.Length, vg.Length)  {}
func (*recorder) SetColor(color.Color)                {}
func (*recorder) Rotate(float64)                      {}
func (*recorder) Translate(vg.Point)                  {}
func (*recorder) Scale(float64, float64)              {}
func (*recorder) Push()                               {}
func (*recorder) Pop()                                {}
func (*recorder) Stroke(vg.Path)                      {}
func (*recorder) Fill(vg.Path)                        {}
func (*recorder) DrawImage(vg.Rectangle, image.Image) {}
func (c *recorder) FillString(f font.Face, at vg.Point, s string) {
	size := f.Font.Size.Points()
	x, y := at.X.Points(), c.height-at.Y.Points()
	c.texts = append(c.texts, box{s, x, y - 0.74*size, x + f.Width(s).Points(), y + 0.2*size})
}

func recorded(t failer, r *Renderer, s *Spec) *recorder {
	t.Helper()
	c := &recorder{}
	err := r.draw(context.Background(), s, func(p *painter) error {
		c.height = p.height
		p.on(c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func textsOf(t failer, r *Renderer, s *Spec) []string {
	t.Helper()
	var out []string
	for _, b := range recorded(t, r, s).texts {
		out = append(out, b.said)
	}
	return out
}

// TestPlain: what says more than a number is not plain.
func TestPlain(t *testing.T) {
	of := func(change func(s *Spec)) *Spec {
		row := func(label string, value float64) Row {
			return Row{Label: label, Figure: Figure{Printed: "1", Value: value, Qualifier: "exact", AsOf: "2017-08"}}
		}
		s := &Spec{Unit: "people", Groups: []Group{{Rows: []Row{row("A", 2), row("B", 1)}}}}
		change(s)
		return s
	}
	if asOf, ok := of(func(*Spec) {}).Plain(); !ok || asOf != "August 2017" {
		t.Errorf("%q, %v", asOf, ok)
	}
	if asOf, ok := of(func(s *Spec) { s.Groups[0].Rows[0].AsOf, s.Groups[0].Rows[1].AsOf = "", "" }).Plain(); !ok || asOf != "" {
		t.Errorf("without a date: %q, %v", asOf, ok)
	}
	for name, change := range map[string]func(*Spec){
		"another date":    func(s *Spec) { s.Groups[0].Rows[1].AsOf = "2017-09" },
		"a bound":         func(s *Spec) { s.Groups[0].Rows[1].Qualifier = "more_than" },
		"an estimate":     func(s *Spec) { s.Groups[0].Rows[1].Qualifier = "about" },
		"of estimates":    func(s *Spec) { s.Groups[0].Rows[1].Rough = true },
		"a deduced place": func(s *Spec) { s.Groups[0].Rows[0].Column = "inferred" },
		"parts":           func(s *Spec) { s.Groups[0].Rows[0].Parts = []Part{{Label: "C"}} },
		"a share":         func(s *Spec) { s.Groups[0].Rows[0].Value = 0.5 },
		"some are drawn":  func(s *Spec) { s.Drawn = "the first 2 of 3" },
	} {
		if _, ok := of(change).Plain(); ok {
			t.Errorf("%s is plain", name)
		}
	}
}
