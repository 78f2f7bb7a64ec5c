// Package layout divides a reply between messages: its parts become sheets of
// units that are never parted, and a sheet becomes pages as a platform takes
// them. Each page repeats what its figures are not to be read without: the
// headline, the caveats, the source. It knows no platform: what a text takes
// and how much of it there may be is told by Rules.
//
//	sheet := rules.Sheet(&part, true)
//	for _, page := range sheet.Pages(fits) { … page.Heading(), page.Runs() … }
package layout

import (
	"strings"

	"reportbot/answers"
	"reportbot/bot"
)

// Rules are how much a platform takes. A longer piece than one that is repeated
// on each page is set as ordinary lines, once.
type Rules struct {
	Sign     func(rune) int // what a sign takes at most once it is written for the platform
	Headline int            // the most of a headline that stands above each page
	Caveats  int            // of the caveats on each page
	Source   int            // of the source on each page
	Reading  int            // of how the question was read
	Lead     int            // of a line that says what the table below it is
	Note     int            // of the lines below a table that each page with some of it repeats; 0: none
	Unit     int            // of what is never parted
	Columns  int            // columns of a table; one with more becomes lines
	Width    int            // signs of a row in aligned lines; a wider table is turned around, else becomes lines; 0: any

	// Short says of a table that it is shown in a form of its own, for which no
	// width is too much; nil: none is.
	Short func(columns []string, rows [][]string) bool
}

// Size is what a text takes at most.
func (r *Rules) Size(text string) int {
	n := 0
	for _, sign := range text {
		n += r.Sign(sign)
	}
	return n
}

// Sheet is a part of a reply, ready to be divided: what each page of it
// repeats, and units that are never parted.
type Sheet struct {
	Headline string
	Caveats  []string
	Source   string
	Reading  string
	Units    []Unit
	rules    *Rules
	tables   int
}

// Unit is a line, a stretch of a line that is too long, or a row of a table.
type Unit struct {
	Text string
	Goes bool  // on in the line of the unit before it
	Grid *Grid // of a row; nil: a line
	Row  []string

	below *Grid // the table of which a line is a note
}

// Page is the share of a sheet that one message has.
type Page struct {
	*Sheet
	Continued bool
	Units     []Unit
}

// Sheet prepares a part. readAs: with how the question was read.
func (r *Rules) Sheet(p *bot.Part, readAs bool) *Sheet {
	s := &Sheet{rules: r}
	s.setHeadline(bot.Printable(p.Headline))
	s.body(p.Body)
	s.setCaveats(p.Caveats)
	if p.Source != "" {
		s.Source = s.small("Source: "+bot.Printable(p.Source), r.Source)
	}
	if p.Interpretation != "" && readAs {
		s.Reading = s.small("Read as: "+bot.Printable(p.Interpretation), r.Reading)
	}
	return s
}

// setHeadline takes as much of a headline as can stand above each page; the
// rest goes on behind it.
func (s *Sheet) setHeadline(text string) {
	pieces := s.rules.Pieces(text, s.rules.Headline)
	s.Headline = pieces[0]
	for _, p := range pieces[1:] {
		s.Units = append(s.Units, Unit{Text: p, Goes: true})
	}
}

func (s *Sheet) setCaveats(caveats []string) {
	for _, c := range caveats {
		s.Caveats = append(s.Caveats, bot.Printable(c))
	}
	if s.rules.Size(strings.Join(s.Caveats, " ")) > s.rules.Caveats {
		for _, c := range s.Caveats {
			s.lines(c)
		}
		s.Caveats = nil
	}
}

// small is a text for each page, or none where it is too long for that: it is
// then a line of the body.
func (s *Sheet) small(text string, most int) string {
	if s.rules.Size(text) <= most {
		return text
	}
	s.lines(text)
	return ""
}

// body adds the blocks of a part.
func (s *Sheet) body(blocks []answers.Block) {
	lead := ""
	above := &Grid{} // the table that a line stands below
	for _, b := range blocks {
		switch {
		case b.Table != nil:
			above = s.table(standing(b), s.leadIn(lead))
			lead = ""
		case isAligned(b.Text):
			above = s.aligned(bot.Printable(b.Text), s.leadIn(lead))
			lead = ""
		default:
			lead = bot.Printable(b.Text)
			if s.leadIn(lead) != "" {
				above = &Grid{}
			}
			above.Note += "\n" + lead
			from := len(s.Units)
			s.lines(lead)
			for i := range s.Units[from:] {
				s.Units[from+i].below = above
			}
		}
	}
}

// leadIn is a line if it introduces what stands below it.
func (s *Sheet) leadIn(line string) string {
	if strings.HasSuffix(line, ":") && s.rules.Size(line) <= s.rules.Lead && !strings.Contains(line, "\n") {
		return line
	}
	return ""
}

// lines adds a text, a unit a line.
func (s *Sheet) lines(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		for i, p := range s.rules.Pieces(line, s.rules.Unit) {
			s.Units = append(s.Units, Unit{Text: p, Goes: i > 0})
		}
	}
}

// Empty says whether there is nothing to show.
func (s *Sheet) Empty() bool {
	for _, text := range append([]string{s.Headline, s.Source, s.Reading}, s.Caveats...) {
		if strings.TrimSpace(text) != "" {
			return false
		}
	}
	for _, u := range s.Units {
		if u.Grid != nil || strings.TrimSpace(u.Text) != "" {
			return false
		}
	}
	return true
}
