package answers

import (
	"slices"
	"strings"

	"reportbot/data"
)

// coverage says what the report holds: rows, measures, topics, and what it lacks.
func (m *maker) coverage() {
	switch m.q.Aspect {
	case Regions:
		m.coverRegions()
	case Measures:
		m.coverMeasures()
	case Missing:
		m.coverMissing()
	case Topics:
		m.coverTopics()
	case HowMany:
		m.coverCounts()
	default:
		m.coverCountries()
	}
}

// counted adds a derived figure: how many rows there are.
func (m *maker) counted(subject, unit string, n int) {
	f := Figure{Subject: subject, Measure: "rows", Qualifier: data.Exact.String(), Unit: unit,
		Footnotes: []int{}, Derived: true, Op: "count", Inputs: n}
	bounds(&f, data.NewNumber(data.Exact, float64(n)))
	m.a.Figures = append(m.a.Figures, f)
}

func (m *maker) coverCountries() {
	if len(m.q.Within) > 0 {
		m.coverSets()
		return
	}
	countries := m.e.countries(nil, nil)
	others := m.otherRows()
	m.counted(allCountries, "countries", len(countries))
	m.a.Headline = "The report has rows for " + count(len(countries), "country", "countries") + ": " + listed(names(countries)) + "."
	if len(others) > 0 {
		m.counted(joinNames(others), "rows", len(others))
		m.line("It has rows of their own for " + count(len(others), "region or group", "regions and groups") + ": " + listed(names(others)) + ".")
	}
	m.tableRows()
}

// coverSets names the countries of regions: "which countries are in the Maghreb".
func (m *maker) coverSets() {
	for i, sc := range m.q.Within {
		p := m.e.setParty([]Scope{sc}, nil)
		m.counted(p.name(), "countries", len(p.group.set))
		said := upperFirst(p.say()) + ": " + count(len(p.group.set), "country has", "countries have") + " a row of its own: "
		if len(p.group.set) != 1 {
			said = upperFirst(p.say()) + ": " + commas(int64(len(p.group.set))) + " countries have rows of their own: "
		}
		said += listed(names(p.group.set)) + "."
		if i == 0 {
			m.a.Headline = said
		} else {
			m.line(said)
		}
	}
}

// otherRows are the rows that are not countries.
func (m *maker) otherRows() []*data.Subject {
	var out []*data.Subject
	for _, s := range m.e.report.Subjects {
		if s.Kind != data.Country {
			out = append(out, s)
		}
	}
	return out
}

// tableRows says which tables have fewer rows than the first.
func (m *maker) tableRows() {
	for _, t := range m.e.report.Tables[min(1, len(m.e.report.Tables)):] {
		m.counted("table "+t.Number, "rows", len(t.Rows))
		m.line("Table " + t.Number + " (" + t.Title + ") has " + count(len(t.Rows), "row", "rows") + " of these.")
	}
}

func (m *maker) coverCounts() {
	countries, others := m.e.countries(nil, nil), m.otherRows()
	m.counted(allCountries, "countries", len(countries))
	m.a.Headline = "The report has figures for " + count(len(countries), "country", "countries") + "."
	if len(others) > 0 {
		m.counted(joinNames(others), "rows", len(others))
		m.counted("all rows", "rows", len(m.e.report.Subjects))
		m.line("Table " + m.e.report.Tables[0].Number + " has " + count(len(m.e.report.Subjects), "row", "rows") + " in all: besides the countries " +
			listed(names(others)) + ".")
	}
	m.tableRows()
	m.quoteAll(m.e.report.Vocabulary.Covered, true)
}

func (m *maker) coverRegions() {
	others := m.otherRows()
	m.counted(joinNames(others), "rows", len(others))
	m.a.Headline = "Rows of their own: " + listed(names(others)) + "."
	var groups []string
	for _, g := range m.e.report.Groups {
		if g.Chart {
			groups = append(groups, g.Name)
		}
	}
	if len(groups) > 0 {
		m.line("Added up on request, by the regions of the report's chart: " + listed(groups) + ".")
	}
}

func (m *maker) coverMeasures() {
	r := m.e.report
	t := &Table{Columns: []string{"Measure", "What it counts", "Where"}}
	for _, x := range r.Measures {
		w := m.e.words(x)
		table := "table " + x.Table
		if len(w.Minus) > 0 {
			table = "worked out"
		}
		t.Rows = append(t.Rows, []string{w.Label, w.Says, table})
	}
	m.counted("measures", "measures", len(t.Rows))
	m.a.Headline = "The report's tables give, row by row:"
	m.table(t)
}

func (m *maker) coverMissing() {
	m.a.Headline = "The report does not give everything that is asked for."
	for _, a := range m.e.report.Vocabulary.Absent {
		m.line("- " + upperFirst(a.Topic) + ": " + a.Why)
		m.a.Findings = append(m.a.Findings, Found{ID: "absent:" + a.Topic, Section: "absent", Text: a.Why, Footnotes: []int{}})
	}
}

func (m *maker) coverTopics() {
	var topics []string
	for _, f := range m.e.report.Findings {
		if t := strings.ReplaceAll(f.Topic, "-", " "); !slices.Contains(topics, t) {
			topics = append(topics, t)
		}
	}
	m.counted("topics", "topics", len(topics))
	m.a.Headline = "Besides its tables the report writes on " + listed(topics) + "."
}

// regions reads a measure asked for region by region as a comparison of the
// regions of the report's chart: "which region has the most fighters".
func (d *draft) regions(s *slots) (Query, bool) {
	if !d.has(opRegions) || d.has(opCountry) || len(s.measures) == 0 || len(s.rows)+len(s.scopes)+len(s.uncovered) > 0 || s.cond != nil {
		return Query{}, false
	}
	q := Query{Kind: Compare, Measures: s.measures[:1], Asc: d.has(opBottom) && !d.has(opTop)}
	if d.has(opShare) {
		if q.Measures[0], q.Of = d.ratio(s); q.Of == nil {
			return Query{}, false
		}
	}
	for _, g := range d.e.report.Groups {
		if g.Chart {
			q.Within = append(q.Within, Scope{Group: g})
		}
	}
	return q, len(q.Within) > 1
}

func (d *draft) coverageOf(s *slots) (Query, bool) {
	if len(s.rows) == 1 && len(s.rows[0].Members) > 0 && len(s.scopes)+len(s.uncovered)+len(s.measures)+len(d.prose)+len(d.unknown)+len(d.numbers) == 0 && d.startsWith("which") && d.has(opCountry) && !d.hasAny(opTop, opBottom, opHas, opShare, opFigure, opBlank, opNone) {
		return Query{Kind: Coverage, Aspect: Countries, Within: []Scope{{Row: s.rows[0]}}}, true // "which countries are in South East Asia"
	}
	if len(d.prose) > 0 || len(d.unknown) > 0 || d.has(opEarlier) && !(d.has(opHowMany) && d.has(opCountry)) || s.cond != nil || len(s.rows) > 0 || len(s.uncovered) > 0 || s.ambiguous != nil || d.hasAny(opShare, opAverage, opDifference) {
		return Query{}, false
	}
	q := Query{Kind: Coverage, Within: s.scopes}
	measured := len(s.measures) > 0 && !s.guessed
	switch {
	case d.has(opRows) && d.has(opHowMany) && (!measured || d.namesTable(span{0, len(d.words)})) && !d.hasAny(opTotal, opBlank, opNone) && !d.hasSenseAnywhere(peopleNoun):
		q.Aspect = HowMany
	case d.has(opMissing):
		q.Aspect = Missing
	case d.has(opTopics) && !measured:
		q.Aspect = Topics
	case d.has(opRegions) && d.has(opExclude) && d.has(opCountry) && d.has(opHowMany):
		q.Aspect = HowMany
	case d.has(opRegions) && d.hasAny(opWhich, opList, opHowMany, opCoverage) && !measured && len(s.scopes) == 0 && !d.hasAny(opTop, opBottom):
		q.Aspect = Regions
	case d.has(opMeasures) && !measured && !(d.has(opHas) && d.has(opCountry)) && d.hasAny(opWhich, opCoverage, opList, opHowMany):
		q.Aspect = Measures
	case d.hasAny(opCoverage, opReport) && d.hasAny(opBlank) && d.hasAny(opCountry, opWhich) && !measured:
		q.Aspect = Missing
	case d.has(opCountry) && d.has(opHowMany) && !measured && !(d.has(opWhich) && d.hasAny(opTop, opBottom)) && (d.hasAny(opCoverage, opReport, opEarlier) || d.namesTable(span{0, len(d.words)}) && len(s.measures) == 0 || d.has(opHas) && len(s.measures) == 0):
		q.Aspect = HowMany
	case d.hasAny(opCountry, opEverywhere) && d.has(opCoverage) && d.asksYesNo() && len(d.measures) == 0 && len(s.scopes) == 0 && !d.hasAny(opWhich, opList, opTop, opBottom, opNone, opBlank):
		q.Aspect = HowMany // "does it cover all 50 countries"
	case d.has(opEverywhere) && !measured && d.has(opList) && d.hasAny(opCoverage, opReport):
		q.Aspect = Countries
	case d.has(opCountry) && !measured && d.hasAny(opCoverage, opReport) && d.hasAny(opWhich, opList) && !d.hasAny(opTop, opBottom, opNone):
		q.Aspect = Countries
	case d.has(opCountry) && !measured && len(s.scopes) == 1 && d.hasAny(opWhich, opList) && len(s.measures) == 0 && !d.hasAny(opTop, opBottom):
		q.Aspect = Countries
	case !measured && d.phraseLen(opCoverage) >= 2 && d.hasAny(opWhich, opDefine) && (len(s.measures) == 0 || d.has(opExclude)) && len(s.scopes) == 0 && (d.has(opFigure) || d.phraseLen(opCoverage) > 2):
		q.Aspect = Measures
	default:
		return Query{}, false
	}
	return q, true
}
