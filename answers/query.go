package answers

import "reportbot/data"

// Kind is a kind of question. One file a kind holds its run, wording, help and examples.
type Kind string

// The kinds of the contract.
const (
	Lookup     Kind = "lookup"     // returned from France; women and children from Kosovo and Austria
	Profile    Kind = "profile"    // tell me about Malaysia
	Compare    Kind = "compare"    // compare the UK and Germany
	Rank       Kind = "rank"       // top 5 by returnees; second most women; order France, UK by remaining
	Filter     Kind = "filter"     // which countries have more than 500 fighters; which report no returnees
	Count      Kind = "count"      // how many countries have more than 500 fighters
	Total      Kind = "total"      // all returnees of Western Europe
	Average    Kind = "average"    // mean number of fighters per country
	Share      Kind = "share"      // what share of French fighters returned; France's part of all returnees
	Difference Kind = "difference" // how many more went from Tunisia than from Russia
	Date       Kind = "date"       // when is the French figure from; the oldest figure
	Source     Kind = "source"     // where does it come from; why two figures for Sweden; how reliable
	Define     Kind = "define"     // what does ~ mean
	Finding    Kind = "finding"    // what it says on child returnees
	Coverage   Kind = "coverage"   // which countries are covered
	Help       Kind = "help"       // hello; what can you do
	Refused    Kind = "refused"    // nothing but a Problem: off-topic, not understood
)

// Query is what was asked, in a small closed algebra: many phrasings meet in
// one query. The zero value of a field says nothing of it. String gives the
// canonical form, ParseQuery reads it back, Question puts it into English that
// is read as exactly this query.
type Query struct {
	Kind     Kind
	Measures []*data.Measure // in the order asked; empty means all that a profile shows
	Of       *data.Measure   // the denominator: Measures[0] / Of, for share, rank, filter, compare, average
	Subjects []*data.Subject // rows asked for by name
	Within   []Scope         // sets whose countries are meant: empty means every country row
	Whole    []Scope         // share of a part in a total: the total's set; {} (one zero Scope) means all countries
	Exclude  []*data.Subject // rows left out
	Cond     *Condition      // filter and count; a lookup's claim that is checked ("is it true that 460…", "did over 300…")
	Also     *Condition      // filter and count: a threshold on the second measure, which rows meet as well
	Times    bool            // compare: how many times the second figure the first is; Cond is a claim on that
	Claim    bool            // Cond is a premise or a yes/no question, not a filter
	Blank    bool            // filter and count: rows which do not print the measure ("no figure for")
	Has      bool            // filter and count: rows which print the measure
	Sign     Sign            // filter and count: rows which print the measure with that sign, or with none
	Asc      bool            // rank: fewest first
	Limit    int             // rank: how many; 0 for the whole list, as in "order France, UK by…"
	Position int             // rank: only the second, third…; 0 for none
	Aspect   Aspect          // date, source, coverage, help: what of it
	AsOf     *Period         // date, of no aspect and no rows named: the figures that are dated so ("from before 2016")
	Terms    []*data.Term    // define
	Findings []*data.Finding // finding: those that answer, best first
	Problem  *Problem        // understood, but not to be answered; the rest of the query is what comes nearest
}

// Scope is a set of country rows: a group, or the members of a region's or bloc's row.
type Scope struct {
	Group *data.Group
	Row   *data.Subject // a row with Members
}

// Condition is a threshold.
type Condition struct {
	Op   data.Op
	A, B float64 // B only for between
}

// Aspect narrows date, source, coverage and help.
type Aspect string

// The aspects.
const (
	Newest     Aspect = "newest"    // date: the newest figure
	Oldest     Aspect = "oldest"    // date: the oldest figure
	ReportDate Aspect = "report"    // date: of the report as a whole
	Reliable   Aspect = "reliable"  // source: how reliable
	Author     Aspect = "author"    // source: who made the report
	Disagree   Aspect = "disagree"  // source: why two figures
	Countries  Aspect = "countries" // coverage
	Regions    Aspect = "regions"   // coverage
	Measures   Aspect = "measures"  // coverage
	Missing    Aspect = "missing"   // coverage: what is not in it
	Greeting   Aspect = "greeting"  // help
	Thanks     Aspect = "thanks"    // help
	Topics     Aspect = "topics"    // coverage: what the prose is about
	HowMany    Aspect = "howmany"   // coverage: how many countries, rows
)

// Reason says why a question was not answered; the values are the contract's.
type Reason string

// The reasons.
const (
	UnknownName       Reason = "unknown_name"
	NotCovered        Reason = "not_covered"
	BlankCell         Reason = "blank_cell"
	NoSuchCombination Reason = "no_such_combination"
	NoSuchMeasure     Reason = "no_such_measure"
	OneDateOnly       Reason = "one_date_only"
	NotComparable     Reason = "not_comparable"
	SeveralReadings   Reason = "several_readings"
	OffTopic          Reason = "off_topic"
	NotUnderstood     Reason = "not_understood"
)

// Problem says why a query cannot be answered as asked.
type Problem struct {
	Reason  Reason
	Word    string          // the asker's word or the name that it turns on, as shown to the reader
	Topic   string          // of data.Absent or data.Refused, when one of these decided
	Place   *data.Uncovered // not_covered: the place, when the gazetteer knows it
	Near    []*data.Subject // names that come near an unknown one
	Choices []Query         // several_readings: one query a reading
}

// Note is how a part of a reading came about, where it was not simply said.
type Note struct {
	Kind     NoteKind
	From, To string // the asker's word, what it was read as
}

// NoteKind tells the notes apart.
type NoteKind string

// The kinds of note; all but Inherited and Ignored give the caveat "assumed".
const (
	Mended    NoteKind = "mended"    // a typo
	Foreign   NoteKind = "foreign"   // a name in another language
	Reads     NoteKind = "reads"     // a reading chosen among several ("Europe" as Western Europe; a lone noun as a measure)
	Inherited NoteKind = "inherited" // taken over from the conversation
	NoRow     NoteKind = "norow"     // a place named beside others that has no row
	Ignored   NoteKind = "ignored"   // a word that was not understood
)

// Reading is a question understood: the query and how it was come by.
type Reading struct {
	Query        Query
	Notes        []Note
	Alternatives []Query // other readings that were close
	Form         Form    // how the answer is to be shown

	again bool     // the last answer is to be shown in that form
	cover float64  // how much of the question the first finding holds
	terms []string // what the findings were searched by, kept for the next question
	brief bool     // a row's figures are wanted in one sentence, however many they are
}
