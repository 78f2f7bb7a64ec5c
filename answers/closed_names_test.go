package answers

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"reportbot/data"
)

// plainName is a name without case, accents and signs, so that two ways to
// write the same name meet.
func plainName(s string) string {
	folded, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		folded = s
	}
	letters := strings.FieldsFunc(strings.ToLower(folded), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	out := strings.Join(letters, " ")
	return strings.TrimPrefix(out, "the ")
}

// namesOf are all names of a row that are written out in places.yaml.
func namesOf(s *data.Subject) []string {
	return slices.Concat([]string{s.Name, s.Full}, s.Aliases, s.People, s.Foreign, s.Misspelt)
}

// namesOfOthers are the plain forms of every name that package data knows of
// anything but the row itself.
func namesOfOthers(r *data.Report, self *data.Subject) map[string]bool {
	out := map[string]bool{}
	add := func(lists ...[]string) {
		for _, name := range slices.Concat(lists...) {
			out[plainName(name)] = true
		}
	}
	for _, s := range r.Subjects {
		if s != self {
			add(namesOf(s), s.Codes, []string{s.Code})
		}
	}
	for _, g := range r.Groups {
		add([]string{g.Name, g.Full}, g.Aliases, g.People)
	}
	for _, u := range r.Uncovered {
		add([]string{u.Name, u.Code}, u.Aliases, u.People)
	}
	for _, a := range r.Ambiguous {
		add(a.Names)
	}
	return out
}

// figureSubjects are the rows and sets that an answer gives figures of, beside
// those that a refusal names as the nearest.
func figureSubjects(a *Answer) []string {
	var out []string
	for _, f := range a.Figures {
		if f.Role != "nearest" && !slices.Contains(out, f.Subject) {
			out = append(out, f.Subject)
		}
	}
	return out
}

// TestEveryName: each name, alias, demonym and code of a row finds that row
// and no other; a name in another language and a usual slip say how they were
// read, the printed name does not. "EU countries" may mean the members beside
// the row.
func TestEveryName(t *testing.T) {
	e := wholeEngine(t)
	o := newOffers()
	defer func() { o.check(t, e) }()
	for _, s := range e.report.Subjects {
		check := func(question string, read reading) {
			t.Helper()
			a := asked(t, e, question)
			checkSound(t, e, question, &a)
			o.of(&a)
			of := figureSubjects(&a)
			right := a.Status == Answered && (slices.Equal(of, []string{s.Name}) || s.Kind != data.Country && slices.Contains(of, s.Name))
			assumed := slices.Contains(caveatCodes(&a), "assumed")
			right = right && (read != saidHow || assumed) && (read != plainly || !assumed)
			if !knownFault(t, question, right) && !right {
				t.Errorf("%q: %s %s %s %s, want %s", question, a.Status, a.Reason, of, caveatCodes(&a), s.Name)
			}
		}
		for _, name := range []string{s.Name, s.Full} {
			if !slices.Contains(s.Weak, name) {
				check("how many fighters went from "+name, plainly)
			}
		}
		for _, name := range s.Aliases {
			if !slices.Contains(s.Weak, name) {
				check("how many fighters went from "+name, eitherWay)
				check(name+": fighters", eitherWay)
			}
		}
		for _, name := range s.People {
			if !slices.Contains(s.Weak, name) {
				check("number of "+name+" fighters", eitherWay)
			}
		}
		for _, name := range s.Weak { // read as a place with a capital letter behind from
			check("how many fighters went from "+strings.ToUpper(name[:1])+name[1:], eitherWay)
		}
		for _, code := range slices.Concat([]string{s.Code}, s.Codes) {
			if code != "" && !slices.Contains(e.report.NotCodes, code) {
				check("fighters from "+code, plainly)
			}
		}
		for _, name := range slices.Concat(s.Foreign, s.Misspelt) {
			check("how many fighters went from "+name, saidHow)
		}
	}
}

// reading is whether an answer says how a name was read.
type reading int

const (
	eitherWay reading = iota
	plainly           // it must not: nothing was assumed
	saidHow           // it must
)

// TestEveryGroupName: each name of a group means its members, and an ambiguous
// name asks back.
func TestEveryGroupName(t *testing.T) {
	e := wholeEngine(t)
	o := newOffers()
	for _, g := range e.report.Groups {
		for _, name := range slices.Concat([]string{g.Name, g.Full}, g.Aliases) {
			if slices.Contains(g.Weak, name) {
				continue
			}
			question := "total number of fighters in " + name
			a := asked(t, e, question)
			checkSound(t, e, question, &a)
			o.of(&a)
			got, err := queriesOf(e, a.Code)
			if right := err == nil && got == "total:fighters:within="+g.Slug; !knownFault(t, question, right) && !right {
				t.Errorf("%q: %s (%v), want the members of %s", question, got, err, g.Name)
			}
		}
	}
	for _, amb := range e.report.Ambiguous {
		for _, name := range amb.Names {
			question := "fighters from " + name
			a := asked(t, e, question)
			o.of(&a)
			if right := a.Reason == SeveralReadings && len(a.Suggestions) == len(amb.Readings) ||
				a.Status == Answered && slices.Contains(caveatCodes(&a), "assumed"); !knownFault(t, question, right) && !right {
				t.Errorf("%q: %s %s %s, and neither asks nor says how it was read", question, a.Status, a.Reason, a.Suggestions)
			}
		}
	}
	o.check(t, e)
}

// TestEveryPlaceWithoutARow: a real place that has no row is said to have
// none, by each of its names; never a neighbour's figure. Every fifth of them
// is asked for, and all whose name is short.
func TestEveryPlaceWithoutARow(t *testing.T) {
	e := wholeEngine(t)
	o := newOffers()
	for i, u := range e.report.Uncovered {
		names := slices.Concat([]string{u.Name}, u.Aliases)
		if i%5 != 0 && len(u.Name) > 5 || u.Kind == "continent" {
			names = nil
		}
		for _, name := range names {
			if slices.Contains(u.Weak, name) {
				continue
			}
			question := "how many fighters went from " + name
			a := asked(t, e, question)
			checkSound(t, e, question, &a)
			o.of(&a)
			if right := a.Reason == NotCovered && len(figureLines(&a)) == 0; !knownFault(t, question, right) && !right {
				t.Errorf("%q: %s %s %s, want not_covered", question, a.Status, a.Reason, figureLines(&a))
			}
		}
	}
	o.check(t, e)
}

// oneEdits are the words that one slip makes of a name: each letter left out,
// doubled, swapped with the next, and changed into two others, which depend on
// the place in the name alone.
func oneEdits(name string) []string {
	letters := []rune(name)
	var out []string
	add := func(parts ...[]rune) {
		s := string(slices.Concat(parts...))
		if s != name && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for i, c := range letters {
		before, after := letters[:i], letters[i+1:]
		add(before, after)
		add(before, []rune{c, c}, after)
		if i+1 < len(letters) {
			add(before, []rune{letters[i+1], c}, letters[i+2:])
		}
		for _, k := range []int{7*i + 3, 11*i + 17} {
			add(before, []rune{rune('a' + k%26)}, after)
		}
	}
	return out
}

func TestOneEdits(t *testing.T) {
	got := oneEdits("ab")
	want := []string{"b", "aab", "ba", "db", "rb", "a", "abb", "ak", "ac"}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

// TestEveryTypo: a name with one slip in it is either mended, which is said,
// or not answered. It never becomes another place, unless what is typed is
// exactly a name of that other place.
func TestEveryTypo(t *testing.T) {
	e := wholeEngine(t)
	o := newOffers()
	mendings, typos := 0, 0
	for _, s := range e.report.Subjects {
		own := map[string]bool{}
		for _, name := range slices.Concat(namesOf(s), s.Codes) {
			own[plainName(name)] = true
			own[strings.ReplaceAll(plainName(name), " ", "")] = true // the blank left out
		}
		others := namesOfOthers(e.report, s)
		for _, typo := range oneEdits(s.Name) {
			if others[plainName(typo)] || plainName(typo) == "" {
				continue
			}
			question := "how many fighters went from " + typo
			a := asked(t, e, question)
			checkSound(t, e, question, &a)
			o.of(&a)
			typos++
			of := figureSubjects(&a)
			self := slices.Equal(of, []string{s.Name})
			said := own[plainName(typo)] || slices.ContainsFunc(caveatCodes(&a), func(c string) bool { return c == "assumed" || c == "ignored_words" })
			right := len(of) == 0 && a.Status != Answered || self && said
			if self {
				mendings++
			}
			if !knownFault(t, question, right) && !right {
				t.Errorf("%q (for %s): %s %s %s %s", question, s.Name, a.Status, a.Reason, figureLines(&a), caveatCodes(&a))
			}
		}
	}
	o.checkSome(t, e, 7)
	if mendings < typos/2 {
		t.Errorf("only %d of %d typos were mended", mendings, typos)
	}
}

// dress are ways to say the same with other case, signs and politeness.
var dress = map[string]func(string) string{
	"capitals":   strings.ToUpper,
	"small":      strings.ToLower,
	"question":   func(q string) string { return strings.TrimRight(q, "?!. ") + "?" },
	"no signs":   func(q string) string { return strings.TrimRight(q, "?!. ") },
	"shouted":    func(q string) string { return strings.TrimRight(q, "?!. ") + "!!!" },
	"dots":       func(q string) string { return "... " + q + " ..." },
	"please":     func(q string) string { return "please " + q },
	"please too": func(q string) string { return strings.TrimRight(q, "?!. ") + " please" },
	"greeting":   func(q string) string { return "Hi! " + q },
	"thanks":     func(q string) string { return strings.TrimRight(q, "?!. ") + ", thanks" },
	"quoted":     func(q string) string { return "\"" + q + "\"" },
	"spaces":     func(q string) string { return "  " + strings.ReplaceAll(q, " ", "   ") + " " },
	"wide":       func(q string) string { return strings.ReplaceAll(q, " ", "\u00a0") },
}

// TestDress: case, signs and politeness do not change figures, for any
// phrasing of the phrasebook.
func TestDress(t *testing.T) {
	e := wholeEngine(t)
	phrases, _ := phrasebook(t)
	for _, p := range phrases {
		if strings.HasPrefix(p.query, "help") {
			continue
		}
		plain := asked(t, e, p.question)
		for name, wear := range dress {
			question := wear(p.question)
			a := asked(t, e, question)
			right := a.Status == plain.Status && slices.Equal(figureLines(&a), figureLines(&plain))
			if !knownFault(t, question, right) && !right {
				t.Errorf("%q (%s): %s %s %.150s\nwithout: %s %.150s", question, name, a.Status, a.Reason, figureLines(&a), plain.Status, figureLines(&plain))
			}
		}
	}
}

// TestWordOrder: the order in which row and measure are named does not change
// the figure.
func TestWordOrder(t *testing.T) {
	e, world := wholeEngine(t), readOracle(t)
	orders := []string{"%[1]s, %[2]s", "%[2]s, %[1]s", "%[1]s %[2]s", "%[2]s %[1]s", "%[1]s - %[2]s", "how many %[1]s, %[2]s", "%[2]s: how many %[1]s?"}
	for _, p := range world.all() {
		if p.measure != "fighters" && p.measure != "women" && p.measure != "children" && p.measure != "returned" {
			continue
		}
		want := p.subject + ": " + p.measure + " " + p.raw
		for _, order := range orders {
			question := fmt.Sprintf(order, noun[p.measure], p.subject)
			a := asked(t, e, question)
			right := slices.Equal(figureLines(&a), []string{want})
			if !knownFault(t, question, right) && !right {
				t.Errorf("%q: %s %s %s, want %s", question, a.Status, a.Reason, figureLines(&a), want)
			}
		}
	}
}
