package slack

import (
	"fmt"
	"slices"
	"strings"

	"reportbot/answers"
	"reportbot/bot"
)

// said is what a part of a reply says, as words.
type said struct {
	headline, body, tail []string
	intros               [][]string // what may be said again above the rest of a table
	long                 bool       // has what is set otherwise: a piece too long to be repeated, a table too wide
}

// intended is what a reply says.
func intended(r bot.Reply) []said {
	var out []said
	for _, p := range r.Parts {
		s := said{headline: words(bot.Printable(p.Headline))}
		line := ""
		for _, b := range p.Body {
			if b.Table == nil {
				line = bot.Printable(b.Text)
				s.body = append(s.body, words(line)...)
				continue
			}
			s.table(b, words(line))
		}
		for _, c := range p.Caveats {
			s.tail = append(s.tail, words(bot.Printable(c))...)
		}
		if p.Source != "" {
			s.tail = append(s.tail, words("Source: "+bot.Printable(p.Source))...)
		}
		if p.Interpretation != "" && r.Status != answers.HelpStatus {
			s.tail = append(s.tail, words("Read as: "+bot.Printable(p.Interpretation))...)
		}
		s.long = s.long || size(bot.Printable(p.Headline)) > mostHeadline || size(bot.Printable(strings.Join(p.Caveats, " "))) > mostCaveats ||
			size("Source: "+bot.Printable(p.Source)) > mostSource || size("Read as: "+bot.Printable(p.Interpretation)) > mostReading
		if len(s.headline)+len(s.body)+len(s.tail) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// table adds a table. Its text, where there is one, says which rows are here.
func (s *said) table(b answers.Block, lead []string) {
	columns := bot.Printable(strings.Join(b.Table.Columns, "  "))
	head := words(columns)
	for _, row := range b.Table.Rows {
		s.long = s.long || len(row) > limitTableColumns || 2*(size(columns)+size(bot.Printable(strings.Join(row, "  ")))) > mostUnit
	}
	s.intros = append(s.intros, slices.Concat(lead, head), head)
	if b.Text != "" {
		s.body = append(s.body, words(b.Text)...)
		return
	}
	s.body = append(s.body, head...)
	for _, row := range b.Table.Rows {
		s.body = append(s.body, words(bot.Printable(strings.Join(row, " ")))...)
	}
}

// reader follows messages through what is to be said.
type reader struct {
	parts  []said
	at     int // of the body of the first part
	going  bool
	heads  [][]string
	faults []string
	loose  bool // a part is set otherwise: its words are compared at the end
	got    []string
}

// message takes in the words of a message.
func (r *reader) message(got []string) {
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
func (r *reader) page(p *said, got []string) ([]string, bool) {
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
func (r *reader) tailNext(p *said, got []string) bool {
	return len(p.tail) > 0 && len(got) == len(p.tail) && r.at+len(got) < len(p.body)+len(p.tail) && starts(got, p.tail)
}

func (r *reader) fault(what string, want, got []string) ([]string, bool) {
	r.faults = append(r.faults, fmt.Sprintf("%s\n got %q\nwant %q", what, got[:min(len(got), 40)], want[:min(len(want), 40)]))
	r.parts = nil
	r.loose = true
	return nil, false
}

// isHeadline says whether words are a headline that was read, or the first
// stretch of one too long to be repeated.
func (r *reader) isHeadline(bold []string) bool {
	if r.loose {
		return true
	}
	return slices.ContainsFunc(r.heads, func(h []string) bool { return slices.Equal(h, bold) })
}

// end says what was wrong.
func (r *reader) end() string {
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
func (r *reader) missing() string {
	all := strings.Join(r.got, "")
	wanted := map[string]int{}
	for _, p := range r.parts {
		for _, word := range slices.Concat(p.headline, p.body, p.tail) {
			wanted[word]++
		}
	}
	for word, n := range wanted {
		if got := strings.Count(all, word); got < n && size(word) < mostReading {
			return fmt.Sprintf("%q is said %d times, not %d", word, got, n)
		}
	}
	return ""
}

func starts(got, want []string) bool {
	return len(got) >= len(want) && slices.Equal(got[:len(want)], want)
}
