package chart

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestText: figures stand as printed behind bars of characters, with what is
// not exact told apart.
func TestText(t *testing.T) {
	e := engine(t)
	for question, want := range map[string]string{
		"top 5 by returnees": `
Turkey †, Jun 2016        ███████████████████████▓▒░ ~900
Tunisia †, Dec 2016       █████████████████████▍→ >800
Saudi Arabia †, Nov 2016  ████████████████████▎ 760
UK, Feb 2017              ██████████▓▒░ ~425
Russia †, Mar 2016        ██████████▋ 400
▓▒░ ~ about; → more than (>), at least; † column deduced`,
		"tell me about Malaysia": `
Table 1, December 2016
Fighters         ██████████████████████▒▒▒░░░░░░░░░░ 91
                 █ Remaining 56
                 ▒ Returned 8
                 ░ Unaccounted for 27 (worked out)
Table 2, no date printed
Total (table 2)  ███████████████████████████████████ 91
Women            ████▋ 12
Children         ██████▌ 17`,
		"compare returnees of Georgia, Indonesia and Spain": `
Georgia, Apr 2017    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░← <50
Indonesia, Mar 2017  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░← <50
Spain, Jul 2017      ██████████████████ 30
░← fewer than (<), at most`,
		"order France, Germany, Georgia, Indonesia by people unaccounted for": `
France, Aug 2017     ████████████████████▓▒░ about 908
Indonesia, Mar 2017  ████░ between about 166 and 216
Germany, Mar 2017    ███▓▒░→ at least about 165
Georgia, Apr 2017    ░░↔ 100 by the printed numbers
▓▒░ ~ about; → more than (>), at least; █░ between two bounds; ↔ open both ways`,
	} {
		width := 58
		if strings.HasPrefix(question, "order") {
			width = 72
		}
		if got := specOf(t, e, question).Text(width); got != strings.TrimPrefix(want, "\n") {
			t.Errorf("%s:\n%s\nwant%s", question, got, want)
		}
	}
}

// TestTextOfAnything: every figure stands in the text of any picture.
func TestTextOfAnything(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anySpec(t, e)
		text := s.Text(rapid.IntRange(-5, 120).Draw(t, "columns"))
		for _, g := range s.Groups {
			for _, r := range g.Rows {
				if !strings.Contains(text, r.Label) || !strings.Contains(text, r.Printed) {
					t.Fatalf("%s %s is not in\n%s", r.Label, r.Printed, text)
				}
			}
		}
	})
	for _, question := range shown() {
		for line := range strings.SplitSeq(specOf(t, e, question).Text(80), "\n") {
			if n := utf8.RuneCountInString(line); n > 80 && !strings.Contains(line, "; ") {
				t.Errorf("%s: a line of %d characters: %s", question, n, line)
			}
		}
	}
}

// TestTextOfWhatCannotBeDrawn does not fail: a spec may come from a store.
func TestTextOfWhatCannotBeDrawn(t *testing.T) {
	s := &Spec{}
	if got := s.Text(80); got != "" {
		t.Errorf("%q", got)
	}
	if _, err := renderer(t).PNG(context.Background(), s); err == nil {
		t.Error("nothing was drawn")
	}
}
