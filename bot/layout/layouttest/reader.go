package layouttest

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/answers"
	"reportbot/bot"
	"reportbot/bot/layout"
)

// Reader follows messages through what a reply says: everything in its order,
// nothing missing, nothing added but what each further page repeats.
type Reader struct {
	Words  func(string) []string                          // a text's words as they are read, with signs that look alike made the same
	Rules  *layout.Rules                                  // by which the reply was divided
	Table  func(*bot.Part, *answers.Table) (string, bool) // what a table says that is not shown as one; nil: all are
	parts  []said
	at     int // of the body of the first part
	going  bool
	heads  [][]string
	faults []string
	loose  bool // a part is set otherwise: its words are compared at the end
	got    []string
}

// said is what a part of a reply says, as words.
type said struct {
	headline, body, tail []string
	intros               [][]string // what may be said again above the rest of a table
	notes                [][]string // and below it
	long                 bool       // has what is set otherwise: a piece too long to be repeated, a table too wide
}

// Expect sets what is to be read, and returns all its words.
func (r *Reader) Expect(reply bot.Reply) []string {
	var all []string
	for i := range reply.Parts {
		s := r.part(&reply.Parts[i], reply.Status != answers.HelpStatus)
		if len(s.headline)+len(s.body)+len(s.tail) > 0 {
			r.parts = append(r.parts, s)
			all = slices.Concat(all, s.headline, s.body, s.tail)
		}
	}
	return all
}

func (r *Reader) part(p *bot.Part, readAs bool) said {
	s := said{headline: r.printed(p.Headline)}
	line := ""
	var note []string
	for _, b := range p.Body {
		if b.Table == nil {
			line = b.Text
			s.body = append(s.body, r.printed(line)...)
			note = append(note, r.printed(line)...)
			if strings.HasSuffix(bot.Printable(line), ":") {
				note = nil
			}
			s.notes = append(s.notes, note)
			continue
		}
		note = nil
		r.table(&s, p, b, r.printed(line))
	}
	for _, c := range p.Caveats {
		s.tail = append(s.tail, r.printed(c)...)
	}
	if p.Source != "" {
		s.tail = append(s.tail, r.printed("Source: "+p.Source)...)
	}
	if p.Interpretation != "" && readAs {
		s.tail = append(s.tail, r.printed("Read as: "+p.Interpretation)...)
	}
	s.long = s.long || r.size(p.Headline) > r.Rules.Headline || r.size(strings.Join(p.Caveats, " ")) > r.Rules.Caveats ||
		r.size("Source: "+p.Source) > r.Rules.Source || r.size("Read as: "+p.Interpretation) > r.Rules.Reading
	return s
}

// wide says whether a table is wider than the rules have it.
func (r *Reader) wide(t *answers.Table) bool {
	columns, rows := oneLines(t.Columns), make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = oneLines(row)
	}
	width := 0
	for i, column := range columns {
		most := utf8.RuneCountInString(column)
		for _, row := range rows {
			if i < len(row) {
				most = max(most, utf8.RuneCountInString(row[i]))
			}
		}
		width += most + len("  ")
	}
	return r.Rules.Width > 0 && width-len("  ") > r.Rules.Width && (r.Rules.Short == nil || !r.Rules.Short(columns, rows))
}

func oneLines(row []string) []string {
	out := make([]string, len(row))
	for i, cell := range row {
		out[i] = layout.OneLine(cell)
	}
	return out
}

func (r *Reader) printed(text string) []string { return r.Words(bot.Printable(text)) }

func (r *Reader) size(text string) int { return r.Rules.Size(bot.Printable(text)) }

// table adds a table. Its text, where there is one, says which rows are here.
func (r *Reader) table(s *said, p *bot.Part, b answers.Block, lead []string) {
	columns := strings.Join(b.Table.Columns, "  ")
	head := r.printed(columns)
	for _, row := range b.Table.Rows {
		s.long = s.long || len(row) > r.Rules.Columns || r.wide(b.Table) || 2*(r.size(columns)+r.size(strings.Join(row, "  "))) > r.Rules.Unit
	}
	s.intros = append(s.intros, slices.Concat(lead, head), head)
	if r.Table != nil {
		if text, ok := r.Table(p, b.Table); ok {
			s.body = append(s.body, r.printed(text)...)
			return
		}
	}
	if b.Text != "" {
		s.body = append(s.body, r.Words(b.Text)...)
		return
	}
	s.body = append(s.body, head...)
	for _, row := range b.Table.Rows {
		s.body = append(s.body, r.printed(strings.Join(row, " "))...)
	}
}

// Message takes in the words of a message.
func (r *Reader) Message(got []string) {
	r.got = append(r.got, got...)
	for len(got) > 0 && !r.loose {
		if len(r.parts) == 0 {
			r.faults = append(r.faults, fmt.Sprintf("more is said: %q", got))
			return
		}
		rest, ok := r.page(&r.parts[0], got)
		if !ok {
			return
		}
		got = rest
	}
}

// page takes in a page of a part, and returns what is behind it.
func (r *Reader) page(p *said, got []string) ([]string, bool) {
	if p.long {
		r.loose = true
		return nil, false
	}
	head := slices.Clone(p.headline)
	if r.going {
		head = append(head, "(continued)")
	}
	r.heads = append(r.heads, head)
	if !starts(got, head) {
		return r.fault("headline", head, got)
	}
	got = got[len(head):]
	for _, intro := range p.intros {
		if r.going && len(intro) > 0 && starts(got, intro) && !starts(p.body[r.at:], intro) {
			got = got[len(intro):]
			break
		}
	}
	for r.at < len(p.body) && len(got) > 0 && got[0] == p.body[r.at] && !r.tailNext(p, got) {
		got, r.at = got[1:], r.at+1
	}
	for _, note := range p.notes {
		if len(note) > 0 && r.at < len(p.body) && starts(got, slices.Concat(note, p.tail)) {
			got = got[len(note):]
			break
		}
	}
	if !starts(got, p.tail) {
		return r.fault("tail", slices.Concat(p.body[r.at:], p.tail), got)
	}
	got = got[len(p.tail):]
	if r.going = r.at < len(p.body); !r.going {
		r.parts, r.at = r.parts[1:], 0
	}
	return got, true
}

// tailNext says whether the page's end is reached, where its words could also
// be the next of the body.
func (r *Reader) tailNext(p *said, got []string) bool {
	return len(p.tail) > 0 && len(got) == len(p.tail) && r.at+len(got) < len(p.body)+len(p.tail) && starts(got, p.tail)
}

func (r *Reader) fault(what string, want, got []string) ([]string, bool) {
	r.faults = append(r.faults, fmt.Sprintf("%s\n got %q\nwant %q", what, got[:min(len(got), 40)], want[:min(len(want), 40)]))
	r.parts = nil
	r.loose = true
	return nil, false
}

// IsHeadline says whether words are a headline that was read, or the first
// stretch of one too long to be repeated.
func (r *Reader) IsHeadline(bold []string) bool {
	if r.loose {
		return true
	}
	return slices.ContainsFunc(r.heads, func(h []string) bool { return slices.Equal(h, bold) })
}

// End says what was wrong.
func (r *Reader) End() string {
	if len(r.faults) > 0 {
		return strings.Join(r.faults, "\n")
	}
	if !r.loose && len(r.parts) > 0 {
		return fmt.Sprintf("is not said: %+v", r.parts[0])
	}
	if r.loose {
		return r.missing()
	}
	return ""
}

// missing says which words of what cannot be followed in order are said less
// often than they should. A word that is longer than a piece may be parted.
func (r *Reader) missing() string {
	all := strings.Join(r.got, "")
	wanted := map[string]int{}
	for _, p := range r.parts {
		for _, word := range slices.Concat(p.headline, p.body, p.tail) {
			wanted[word]++
		}
	}
	for word, n := range wanted {
		if got := strings.Count(all, word); got < n && r.Rules.Size(word) < r.Rules.Reading {
			return fmt.Sprintf("%q is said %d times, not %d", word, got, n)
		}
	}
	return ""
}

func starts(got, want []string) bool {
	return len(got) >= len(want) && slices.Equal(got[:len(want)], want)
}
