package data

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Names of countries come from CLDR, the Unicode consortium's locale data,
// through golang.org/x/text.

// ForeignName is what a language calls a country.
type ForeignName struct {
	Code     string // ISO 3166-1 alpha-2
	Language string // CLDR code, such as sr-Latn
	Name     string // "Allemagne"
}

// ForeignNames are the names of every country that has a code, row or not, in
// the report's languages. They are worked out anew at each call, which takes
// some milliseconds.
func (r *Report) ForeignNames() []ForeignName {
	codes := r.codes()
	out := make([]ForeignName, 0, len(codes)*len(r.Languages))
	for _, lang := range r.Languages {
		out = append(out, namesIn(lang, codes)...)
	}
	return out
}

func (r *Report) codes() []string {
	var codes []string
	for _, s := range r.Subjects {
		if s.Code != "" {
			codes = append(codes, s.Code)
		}
	}
	for _, u := range r.Uncovered {
		if u.Code != "" {
			codes = append(codes, u.Code)
		}
	}
	return codes
}

func namesIn(lang string, codes []string) []ForeignName {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil
	}
	namer := display.Regions(tag)
	if namer == nil {
		return nil
	}
	var out []ForeignName
	for _, code := range codes {
		region, err := language.ParseRegion(code)
		if err != nil {
			continue
		}
		for _, name := range splitName(namer.Name(region)) {
			out = append(out, ForeignName{Code: code, Language: lang, Name: name})
		}
	}
	return out
}

func knownLanguage(code string) bool {
	tag, err := language.Parse(code)
	return err == nil && display.Regions(tag) != nil
}

// splitName parts a name from a second one that CLDR puts in brackets behind
// it: "Myanmar (Burma)".
func splitName(name string) []string {
	if name == "" {
		return nil
	}
	first, second, found := strings.Cut(name, " (")
	if !found {
		return []string{name}
	}
	return []string{first, strings.TrimSuffix(second, ")")}
}

// countryNames are the English names of a country, the usual one first.
func countryNames(code string) []string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return nil
	}
	return splitName(display.English.Regions().Name(region))
}

// notCountries are region codes of CLDR that ISO 3166-1 does not assign:
// islands and unions that are reserved, and pseudo-codes for tests.
var notCountries = map[string]bool{
	"AC": true, "CP": true, "CQ": true, "DG": true, "EA": true, "EU": true, "EZ": true, "IC": true,
	"QO": true, "TA": true, "UN": true, "XA": true, "XB": true, "ZZ": true,
}

// isoCountries are the codes that ISO 3166-1 assigns, and XK (Kosovo).
func isoCountries() []string {
	var codes []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			if !notCountries[code] && isCountry(code) {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

func isCountry(code string) bool {
	region, err := language.ParseRegion(code)
	if err != nil || !region.IsCountry() || region.Canonicalize() != region {
		return false
	}
	return display.English.Regions().Name(region) != "" // countries that are no more have no name
}

// addCountries adds each country that the file does not list, so that every
// real country is known to be real.
func (r *Report) addCountries() {
	known := map[string]bool{}
	for _, code := range r.codes() {
		known[code] = true
	}
	for _, code := range isoCountries() {
		if known[code] {
			continue
		}
		names := countryNames(code)
		r.Uncovered = append(r.Uncovered, &Uncovered{
			Name: names[0], Code: code, Kind: Country.String(), Aliases: names[1:],
		})
	}
}
