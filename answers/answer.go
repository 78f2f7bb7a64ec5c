package answers

// Status says whether a question was answered; the values are the contract's.
type Status string

// The statuses.
const (
	Answered    Status = "answered"
	Clarify     Status = "clarify"
	NotInReport Status = "not_in_report"
	OutOfScope  Status = "out_of_scope"
	HelpStatus  Status = "help"
)

// Form is how an answer is to be shown. It changes nothing in what is answered.
type Form string

// The forms.
const (
	FormChart Form = "chart"
	FormTable Form = "table"
	FormCSV   Form = "csv"
)

// Answer is the reply to one question, in the form of the contract. Its JSON
// is what `ask --format json` prints.
type Answer struct {
	ID             string        `json:"id,omitempty"`
	Question       string        `json:"question"`
	Status         Status        `json:"status"`
	Intent         Kind          `json:"intent"`
	Interpretation string        `json:"interpretation"`
	Text           string        `json:"text"`
	Figures        []Figure      `json:"figures"`
	Findings       []Found       `json:"findings"`
	Caveats        []Caveat      `json:"caveats"`
	Suggestions    []string      `json:"suggestions"`
	Alternatives   []Alternative `json:"alternatives"`
	Reason         Reason        `json:"reason"`
	Code           string        `json:"code"`
	Form           Form          `json:"form,omitempty"` // how the asker wants it shown; empty: not said

	Headline string `json:"headline,omitempty"` // the answer in one sentence: the first of Text
	Table    *Table `json:"table,omitempty"`    // more than three rows
	Source   string `json:"source,omitempty"`   // "Table 1, footnote 47"
	Parts    []Part `json:"-"`                  // the answer in pieces, one for each question of the message
}

// Figure is one figure of an answer: printed or worked out.
type Figure struct {
	Subject   string   `json:"subject"`
	Measure   string   `json:"measure"`
	Raw       string   `json:"raw"`
	Cell      string   `json:"cell,omitempty"`
	Value     *float64 `json:"value"`
	Qualifier string   `json:"qualifier"`
	Low       *float64 `json:"low"`
	High      *float64 `json:"high"`
	Unit      string   `json:"unit"`
	AsOf      string   `json:"as_of"`
	Table     string   `json:"table,omitempty"`
	Footnotes []int    `json:"footnotes"`
	Derived   bool     `json:"derived"`
	Op        string   `json:"op,omitempty"`        // sum, mean, difference, ratio, count
	Inputs    int      `json:"inputs,omitempty"`    // how many figures went in
	Certainty string   `json:"certainty,omitempty"` // certain, possible: filters
	Finding   string   `json:"finding,omitempty"`   // id of the finding that states it
	Role      string   `json:"role,omitempty"`      // "other": the other table's figure for the same thing; "nearest": not what was asked; "input": of a derived one
	Deduction string   `json:"deduction,omitempty"` // inferred, ambiguous, confirmed

	Who   string `json:"-"` // the subject as a sentence begins with it: "All countries"
	Label string `json:"-"` // what is counted, as it heads a column: "Returned"
	Said  string `json:"-"` // the figure as the text says it: "~320", "at least about 1,593", "15.8%"
	Rough bool   `json:"-"` // it, or a figure that went in, is printed with ~
}

// Found is a finding that was used.
type Found struct {
	ID        string `json:"id"`
	Section   string `json:"section"`
	Text      string `json:"text"`
	Footnotes []int  `json:"footnotes"`
}

// Caveat is something that a reader must know beside the figure; the codes are the contract's.
type Caveat struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Alternative is another reading that was close, with a question that gets exactly it.
type Alternative struct {
	Interpretation string `json:"interpretation"`
	Question       string `json:"question"`
}

// Table is what a reply shows for more than three rows: cells as printed.
type Table struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}
