package discord

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// This file models how Discord shows things, after
// support.discord.com/hc/en-us/articles/210298617 and
// docs.discord.com/developers/reference (message formatting): which signs it
// takes for marks, and what is left to read. It reads more than Discord does
// where clients differ.

// shown is what a reader sees of a message.
type shown struct {
	text    string
	bold    []string
	buttons []discordgo.Button
	menus   []discordgo.SelectMenu
	faults  []string // marks that nobody meant
}

func show(m message) shown {
	var s shown
	s.markdown(m.Content)
	for _, e := range m.Embeds {
		if e.Title != "" {
			s.plain(e.Title)
		}
		s.markdown(e.Description)
		for _, f := range e.Fields {
			s.plain(f.Name)
			s.markdown(f.Value)
		}
		if e.Footer != nil {
			s.text += e.Footer.Text + "\n"
		}
	}
	for _, row := range m.Components {
		for _, c := range row.(discordgo.ActionsRow).Components {
			switch c := c.(type) {
			case discordgo.Button:
				s.buttons = append(s.buttons, c)
			case discordgo.SelectMenu:
				s.menus = append(s.menus, c)
			}
		}
	}
	return s
}

// plain shows what has no markdown by one source and has it by another: it must
// read the same in both ways.
func (s *shown) plain(text string) {
	r := readMarkdown(text)
	if len(r.runs)+len(r.bold) > 0 || r.String() != text {
		s.faults = append(s.faults, fmt.Sprintf("not plain: %q", text))
	}
	s.text += text + "\n"
}

func (s *shown) markdown(text string) {
	if text == "" {
		return
	}
	r := readMarkdown(text)
	s.text += r.String() + "\n"
	s.bold = append(s.bold, r.bold...)
	s.faults = append(s.faults, r.runs...)
}

// reading is markdown as it is read: bold, code blocks and small letters are
// meant, runs are all else.
type reading struct {
	strings.Builder
	bold []string
	runs []string
}

// pattern is a mark of Discord's, and the letters that it begins with.
type pattern struct {
	name, begins string
	*regexp.Regexp
}

// inline are marks that count anywhere, blocks those at the beginning of a line.
var inline = []pattern{
	{"strike", "~", regexp.MustCompile(`^~~[\s\S]*?[^\s]~~`)},
	{"strike of one", "~", regexp.MustCompile(`^~[^\s~](?:(?:\\[\s\S]|[^~\\])*[^\s~\\])?~(?:[^\pL\pN]|$)`)}, // other markdown has it
	{"spoiler", "|", regexp.MustCompile(`^\|\|[\s\S]+?\|\|`)},
	{"underline", "_", regexp.MustCompile(`^__(?:\\[\s\S]|[^\\])+?__`)},
	{"italic", "_", regexp.MustCompile(`^_(?:\\[\s\S]|[^\\_])+?_`)},
	{"italic", "*", regexp.MustCompile(`^\*[^\s*](?:\\[\s\S]|[^\\*])*?\*`)},
	{"code", "`", regexp.MustCompile("^`+[^`]+`+")},
	{"mention", "<", regexp.MustCompile(`^<(?:@[!&]?|#|a?:|t:|/|id:|\d{17,20}:)[^>]*>`)},
	{"link", "<", regexp.MustCompile(`^<[^\s>]+>`)},
	{"link", "[", regexp.MustCompile(`^\[[\s\S]*?\]\([\s\S]*?\)`)},
	{"link", "hsdHSD", regexp.MustCompile(`^(?:https?|steam|discord)://[^\s<]+`)},
	{"link", "hsdHSD", regexp.MustCompile(`(?i)^discord(?:app)?\.\w+`)},
	{"emoji", ":", regexp.MustCompile(`^:[^\s:]+:`)},
	{"everybody", "@", regexp.MustCompile(`^@(?:everyone|here)`)},
	{"shrug", "¯", regexp.MustCompile(`^¯\\_\(ツ\)_/¯`)},
}

var blocks = []pattern{
	{"heading", "", regexp.MustCompile(`^ *#{1,3}(?:\s|$)`)},
	{"quotation", "", regexp.MustCompile(`^\s*>`)},
	{"list", "", regexp.MustCompile(`^\s*(?:[*+-]|\d+[.)])(?:\s|$)`)},
}

var (
	codeBlock = regexp.MustCompile("^```(?:([A-Za-z0-9_+.#-]+)\n)?\n*([^\n][\\s\\S]*?)\n*```")
	strong    = regexp.MustCompile(`^\*\*((?:\\[\s\S]|[^\\])+?)\*\*`)
	block     = regexp.MustCompile("```\n[\\s\\S]*?\n```")
	small     = regexp.MustCompile(`^-# +([^\n]+)`)
)

func readMarkdown(text string) *reading {
	r := &reading{}
	r.read(text, "\n")
	for _, all := range []string{"@everyone", "@here", "<@"} { // looked for in what was sent
		if strings.Contains(text, all) && (all[0] == '@' || strings.Contains(block.ReplaceAllString(text, ""), all)) {
			r.runs = append(r.runs, "mention as sent "+all)
		}
	}
	return r
}

// read takes in a text that stands behind another.
func (r *reading) read(text, before string) {
	for text != "" {
		n := r.next(text, before)
		before, text = text[:n], text[n:]
	}
}

// next takes in the next sign or mark, and says how long it is.
func (r *reading) next(text, before string) int {
	if strings.HasSuffix(before, "\n") {
		if m := small.FindStringSubmatchIndex(text); m != nil {
			r.read(text[m[2]:m[3]], "\n")
			return m[1]
		}
		r.find(blocks, text)
	}
	first, n := utf8.DecodeRuneInString(text)
	if unicode.IsSpace(first) || isWord(first) && !strings.ContainsRune("hsdHSD", first) { // begins no mark
		r.WriteString(text[:n])
		return n
	}
	if m := findFrom('`', codeBlock, text); m != nil {
		if m[1] != "" {
			r.runs = append(r.runs, "language "+m[1])
		}
		r.WriteString(m[2])
		return len(m[0])
	}
	if sign, n := utf8.DecodeRuneInString(text[1:]); text[0] == '\\' && n > 0 && !unicode.IsSpace(sign) && !isASCIIWord(sign) {
		r.WriteRune(sign)
		return 1 + n
	}
	if m := findFrom('*', strong, text); m != nil {
		r.bold = append(r.bold, readMarkdown(m[1]).String())
		r.read(m[1], "\n")
		return len(m[0])
	}
	r.find(inline, text)
	r.WriteString(text[:n])
	return n
}

func findFrom(first byte, p *regexp.Regexp, text string) []string {
	if text[0] != first {
		return nil
	}
	return p.FindStringSubmatch(text)
}

func (r *reading) find(patterns []pattern, text string) {
	first, _ := utf8.DecodeRuneInString(text)
	for _, p := range patterns {
		if p.begins != "" && !strings.ContainsRune(p.begins, first) {
			continue
		}
		if m := p.FindString(text); m != "" {
			r.runs = append(r.runs, p.name+" "+m)
		}
	}
}

func isASCIIWord(r rune) bool { return r < utf8.RuneSelf && isWord(r) }

// words are a text's words, without what is not shown.
func words(text string) []string {
	return strings.Fields(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text))
}
