package answers

import (
	"strings"
	"testing"

	"reportbot/data"
)

// What a total says is one short sentence a caveat, and every code is given.
func TestCaveatsOfATotalReadWell(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	a, err := e.answer(Reading{Query: k.q(Total, "returned", "")})
	if err != nil {
		t.Fatal(err)
	}
	const want = "All countries: at least about 5,617 returned (5,727 when the printed numbers are taken as they stand).\n" +
		"Some of the figures that went in are estimates (~), lower bounds (>) or upper bounds (<). " +
		"The figures are of different dates, from January 2016 to October 2017. " +
		"Several of the figures are dated more than a year before the report (October 2017). " +
		"Worked out from the printed figures; the report does not print it. " +
		"33 of 48 countries have a figure for returnees; the others are left out. " +
		"Where a row prints one figure for remaining and returned, it is read as returned, since only so do 33 countries have returnees, as the report says. " +
		"The rows of regions, blocs and peoples were not added, since they overlap the countries' rows. " +
		"The report's own prose says: At least 5,600 people"
	if !strings.HasPrefix(a.Text, want) {
		t.Errorf("text:\n%s\nwant it to begin:\n%s", a.Text, want)
	}
	for _, c := range a.Caveats {
		if strings.Count(c.Text, ". ") > 0 && c.Code != headlineDiffers {
			t.Errorf("%s is more than a sentence: %s", c.Code, c.Text)
		}
	}
}

// Several signs share one sentence, which stands in the text once and under
// each code; one sign alone is explained as ever.
func TestSignsShareASentence(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for _, c := range []struct {
		query Query
		want  string
		codes int
	}{
		{k.q(Lookup, "women", "France"), "~ means about: an estimate or a rounded number.", 1},
		{k.q(Lookup, "fighters women", "UK"), "~ means about and > more than: such figures are not exact.", 2},
		{k.q(Lookup, "fighters", "Denmark, Bulgaria"), "> means more than and < fewer than: such figures are not exact.", 2},
		{k.q(Lookup, "fighters", "UK, Denmark, Bulgaria"), "~ means about, > more than and < fewer than: such figures are not exact.", 3},
		{k.q(Total, "women", ""), "Some of the figures that went in are estimates (~) or lower bounds (>).", 2},
	} {
		a, err := e.answer(Reading{Query: c.query})
		if err != nil {
			t.Fatal(err)
		}
		codes := 0
		for _, v := range a.Caveats {
			if v.Text == c.want {
				codes++
			}
		}
		if strings.Count(a.Text, c.want) != 1 || codes != c.codes {
			t.Errorf("%s: %d codes with %q in\n%s", c.query.String(), codes, c.want, a.Text)
		}
	}
}

// A list of countries tells of a region's row only if it would be in it.
func TestOverlapOnlyWhereARowIsLeftOut(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for name, c := range map[string]struct {
		query Query
		want  bool
	}{
		"a region has more":      {k.q(Rank, "fighters", "", limit(3)), true},
		"all regions have more":  {k.q(Rank, "fighters", "", limit(3), func(q *Query) { q.Asc = true }), false},
		"meets the condition":    {k.q(Filter, "fighters", "", cond(data.GT, 3000)), true},
		"does not meet it":       {k.q(Filter, "fighters", "", cond(data.LT, 50)), false},
		"may meet it":            {k.q(Count, "fighters", "", cond(data.GT, 10000)), true},
		"prints no such figure":  {k.q(Rank, "sent_back", "", limit(3)), false},
		"rows named":             {k.q(Rank, "fighters", "France, Germany"), false},
		"not of the set":         {k.q(Rank, "fighters", "", limit(3), k.in("The Maghreb")), false},
		"of the set":             {k.q(Rank, "fighters", "", limit(3), k.in("Balkans")), true},
		"left out by the asker":  {k.q(Filter, "fighters", "", cond(data.GT, 4500), k.without("EU"), k.without("Central Asia"), k.without("SE Asia")), false},
		"of the set, but fewer":  {k.q(Rank, "returned", "", limit(1), k.in("Former Soviet Republics")), true},
		"a figure for a measure": {k.q(Filter, "children", "", func(q *Query) { q.Has = true }), false},
	} {
		a, err := e.answer(Reading{Query: c.query})
		if err != nil {
			t.Fatal(err)
		}
		got := false
		for _, v := range a.Caveats {
			got = got || v.Code == overlaps
		}
		if got != c.want {
			t.Errorf("%s: overlap is %v in\n%s", name, got, a.Text)
		}
	}
}

// A place without a row is quoted as the asker named it, digits and all.
func TestPlaceWithoutRowIsQuoted(t *testing.T) {
	e := bare(t)
	k := asking{t, e}
	for _, name := range []string{"Narnia", "Area 51", "District 9", "51"} {
		a, err := e.answer(Reading{Query: k.q(Lookup, "returned", "France"), Notes: []Note{{Kind: NoRow, From: name}}})
		if err != nil {
			t.Fatal(err)
		}
		if want := `The report has no row for "` + name + `".`; !strings.Contains(a.Text, want) {
			t.Errorf("no %s in %s", want, a.Text)
		}
	}
}
