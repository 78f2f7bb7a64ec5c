package data

import "strings"

// Deduction says how it is known which column a figure stands in.
type Deduction uint8

// Printed: the row shows it. Inferred: the row prints fewer figures than
// columns and the column follows from elsewhere. Ambiguous: it cannot be told.
// Confirmed: the row leaves it open and the report's prose settles it.
const (
	Printed Deduction = iota
	Inferred
	Ambiguous
	Confirmed
)

var deductionNames = [...]string{"", "inferred", "ambiguous", "confirmed"}

// String is "", inferred, ambiguous or confirmed.
func (d Deduction) String() string {
	if int(d) < len(deductionNames) {
		return deductionNames[d]
	}
	return "?"
}

func parseDeduction(name string) (Deduction, bool) {
	for i, n := range deductionNames[1:] {
		if n == name {
			return Deduction(i + 1), true
		}
	}
	return Printed, false
}

// Kind is what the subject of a row is.
type Kind uint8

// Kinds of rows. Only countries are added up; the others overlap them.
const (
	Country Kind = iota
	Region
	Bloc
	People
)

var kindNames = [...]string{"country", "region", "bloc", "people"}

// String is country, region, bloc or people.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "?"
}

func parseKind(name string) (Kind, bool) {
	for i, n := range kindNames {
		if n == name {
			return Kind(i), true
		}
	}
	return Country, false
}

// slug is a name in lower case, with a hyphen for everything but letters and digits.
func slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		if r < 0x80 && (r < '0' || r > '9' && r < 'a' || r > 'z') {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}
