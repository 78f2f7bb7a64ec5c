package data

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
)

// smallText is what a text extractor makes of the small package's tables:
// markers glued on, and one inside a cell.
const smallText = `Singers of all lands sing. Sylvania sings 12 songs.
 PLACE SINGERS1 WON/SHARED DATE
Freedonia 2 ~100 3/-3 04/2001
Sylvania 304 1 5/12 12/1999

Ruritania <50 2 taken 05/2001
Old Marches6 >120  7 05/2001
 PLACE VOICES
Freedonia 130
Sylvania >30 in all
`

func verifyText(t *testing.T, text string) VerifyReport {
	t.Helper()
	v, err := smallReport(t).Verify(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestVerifyFindsEveryCell(t *testing.T) {
	v := verifyText(t, smallText)
	if !v.OK() {
		t.Errorf("missing: %v", v.Missing)
	}
	if v.Rows != 6 || v.Cells != 10 || v.Dates != 4 || v.Markers != 6 {
		t.Errorf("%+v", v)
	}
}

func TestVerifyNamesWhatItCannotFind(t *testing.T) {
	for _, tc := range []struct{ before, after, want string }{
		{"~100", "~1000", `table 1, Freedonia, singers (line 3 of the text): "~100" is not in its place in "Freedonia 2 ~1000 3/-3 04/2001"`},
		{"~100", "100", `table 1, Freedonia, singers (line 3 of the text): "~100" is not in its place in "Freedonia 2 100 3/-3 04/2001"`},
		{"3/-3", "3/-", `table 1, Freedonia, prizes_notes (line 3 of the text): "3" is not in its place in "Freedonia 2 ~100 3/- 04/2001"`},
		{"Freedonia 2", "Freedonia", `table 1, Freedonia, subject_notes (line 3 of the text): "2" is not in its place in "Freedonia ~100 3/-3 04/2001"`},
		{"12/1999", "11/1999", `table 1, Sylvania, date (line 4 of the text): "12/1999" is not in its place in "Sylvania 304 1 5/12 11/1999"`},
		{"05/2001\nOld", "05/2001 8\nOld", `table 1, Ruritania, line (line 6 of the text): "8" in "Ruritania <50 2 taken 05/2001 8" is not in the data`},
		{"Old Marches6", "New Marches6", `table 1, Old Marches, subject (line 0 of the text): no line starts with the name`},
		{">30 in all", ">30", `table 2, Sylvania, voices (line 10 of the text): ">30 in all" is not in its place in "Sylvania >30"`},
		{"SINGERS1", "SINGERS", `table 1, head, notes (line 0 of the text): marker 1 stands behind no head of a column`},
	} {
		text := strings.Replace(smallText, tc.before, tc.after, 1)
		v := verifyText(t, text)
		if v.OK() || len(v.Missing) != 1 || v.Missing[0].String() != tc.want {
			t.Errorf("%q → %q:\n got %v\nwant %s", tc.before, tc.after, v.Missing, tc.want)
		}
	}
}

func TestVerifyReportsAnUnreadableText(t *testing.T) {
	_, err := smallReport(t).Verify(iotest.ErrReader(errors.New("gone")))
	if err == nil || err.Error() != "reading the report's text: gone" {
		t.Errorf("%v", err)
	}
}
