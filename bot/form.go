package bot

import (
	"slices"
	"strings"

	"reportbot/answers"
	"reportbot/data"
)

// Form is what a question can be put together from, where a platform has
// menus: an operation, a measure, and rows or regions. It is safe for use by
// many at once.
type Form struct {
	report     *data.Report
	operations []operation
	names      []formName // in the order of the report, aliases behind
	index      *nameIndex // of names
}

// Choice is an entry of a menu.
type Choice struct {
	Value string
	Label string
}

// Selection is what was chosen, by the values of the choices.
type Selection struct {
	Operation string
	Measure   string // empty: none
	Subjects  []string
}

// Field is a part of a form.
type Field string

// The fields.
const (
	FieldOperation Field = "operation"
	FieldMeasure   Field = "measure"
	FieldSubjects  Field = "subjects"
)

// FormError says what is missing in a selection, in a sentence for whoever made it.
type FormError struct {
	Field Field
	Text  string
}

// Error is the sentence.
func (e *FormError) Error() string { return e.Text }

// operation is what can be done with a measure and rows.
type operation struct {
	kind     answers.Kind
	label    string
	least    int  // rows that it needs
	most     int  // rows that it takes; 0: any number
	measured bool // needs a measure
	ratio    bool // the measure stands over what it is usually a share of
}

func operations() []operation {
	return []operation{
		{kind: answers.Lookup, label: "Look up the figures", least: 1},
		{kind: answers.Compare, label: "Compare", least: 2},
		{kind: answers.Rank, label: "Rank the countries", measured: true},
		{kind: answers.Total, label: "Add up", measured: true},
		{kind: answers.Average, label: "Average per country", measured: true},
		{kind: answers.Share, label: "Share", least: 1, measured: true, ratio: true},
		{kind: answers.Difference, label: "Difference", least: 2, most: 2, measured: true},
		{kind: answers.Date, label: "When the figures are from", least: 1},
		{kind: answers.Source, label: "Where the figures come from", least: 1},
	}
}

// formName is a name that is found by what is typed.
type formName struct {
	text   string
	choice Choice
}

// NewForm makes the form of an engine's report.
func NewForm(e *answers.Engine) *Form {
	f := &Form{report: e.Report(), operations: operations()}
	var aliases []formName
	add := func(name, slug string, others ...[]string) {
		f.names = append(f.names, formName{name, Choice{slug, name}})
		for _, alias := range slices.Concat(others...) {
			aliases = append(aliases, formName{alias, Choice{slug, name + " (" + alias + ")"}})
		}
	}
	for _, s := range f.report.Subjects {
		add(s.Name, s.Slug, s.Aliases, s.Foreign, s.People)
		for _, code := range append([]string{s.Code}, s.Codes...) {
			if code != "" {
				aliases = append(aliases, formName{code, Choice{s.Slug, s.Name}})
			}
		}
	}
	for _, g := range f.report.Groups {
		add(g.Name, g.Slug, g.Aliases, g.People)
	}
	f.names = append(f.names, aliases...)
	texts := make([]string, len(f.names))
	for i, n := range f.names {
		texts[i] = n.text
	}
	f.index = newNameIndex(texts)
	return f
}

// Operations are the choices of FieldOperation, the usual one first.
func (f *Form) Operations() []Choice {
	var out []Choice
	for _, o := range f.operations {
		out = append(out, Choice{string(o.kind), o.label})
	}
	return out
}

// Measures are the choices of FieldMeasure, in the order of the report.
func (f *Form) Measures() []Choice {
	var out []Choice
	for _, w := range f.report.Vocabulary.Measures {
		out = append(out, Choice{w.Name, w.Label})
	}
	return out
}

// Subjects are the choices of FieldSubjects that what is typed may be the
// beginning or an abbreviation of, at most so many, the likeliest first; where
// nothing is typed, the first of all. Each row or region is there once.
func (f *Form) Subjects(typed string, most int) []Choice {
	var out []Choice
	seen := map[string]bool{}
	for _, c := range f.found(strings.TrimSpace(typed), most) {
		if len(out) < most && !seen[c.Value] {
			seen[c.Value] = true
			out = append(out, c)
		}
	}
	return out
}

// namesOfOne is how many names a row may have, so that enough rows are among
// the names that are found.
const namesOfOne = 20

// found are the names for what is typed, the likeliest first.
func (f *Form) found(typed string, most int) []Choice {
	var out []Choice
	if typed == "" {
		for _, n := range f.names {
			if n.text == n.choice.Label {
				out = append(out, n.choice)
			}
		}
		return out
	}
	for _, at := range f.index.find(typed, most*namesOfOne) {
		out = append(out, f.names[at].choice)
	}
	return out
}

// Code is the code of the question that was put together; what is missing for
// one is a *FormError.
func (f *Form) Code(s Selection) (string, error) {
	i := slices.IndexFunc(f.operations, func(o operation) bool { return string(o.kind) == s.Operation })
	if i < 0 {
		return "", &FormError{FieldOperation, "Please choose what to do."}
	}
	o := &f.operations[i]
	q := answers.Query{Kind: o.kind}
	if err := f.addSubjects(&q, o, s.Subjects); err != nil {
		return "", err
	}
	if err := f.addMeasure(&q, o, s.Measure); err != nil {
		return "", err
	}
	return answers.Reading{Query: q}.Code(f.report.Edition), nil
}

func (f *Form) addSubjects(q *answers.Query, o *operation, slugs []string) error {
	for _, slug := range slugs {
		row := slices.IndexFunc(f.report.Subjects, func(s *data.Subject) bool { return s.Slug == slug })
		group := slices.IndexFunc(f.report.Groups, func(g *data.Group) bool { return g.Slug == slug })
		switch {
		case row >= 0:
			q.Subjects = append(q.Subjects, f.report.Subjects[row])
		case group >= 0:
			q.Within = append(q.Within, answers.Scope{Group: f.report.Groups[group]})
		default:
			return &FormError{FieldSubjects, "One of these is not in the report any more. Please choose again."}
		}
	}
	switch n := len(slugs); {
	case n < o.least && o.least == 1:
		return &FormError{FieldSubjects, "Please choose a country or a region."}
	case n < o.least, o.most > 0 && n > o.most:
		if o.least == o.most {
			return &FormError{FieldSubjects, "Please choose two countries or regions."}
		}
		return &FormError{FieldSubjects, "Please choose two countries or regions or more."}
	}
	return nil
}

func (f *Form) addMeasure(q *answers.Query, o *operation, name string) error {
	if name == "" {
		if o.measured {
			return &FormError{FieldMeasure, "Please choose a measure."}
		}
		if o.kind == answers.Lookup {
			q.Kind = answers.Profile
		}
		return nil
	}
	m, ok := f.report.Measure(name)
	if !ok {
		return &FormError{FieldMeasure, "This measure is not in the report any more. Please choose again."}
	}
	q.Measures = []*data.Measure{m}
	if !o.ratio {
		return nil
	}
	of, ok := f.shareOf(name)
	if !ok {
		return &FormError{FieldMeasure, "The report has nothing that this would be a share of. Please choose another measure."}
	}
	q.Of = of
	return nil
}

// shareOf is what a measure is usually a share of.
func (f *Form) shareOf(name string) (*data.Measure, bool) {
	for _, w := range f.report.Vocabulary.Measures {
		if w.Name == name && len(w.ShareOf) > 0 {
			return f.report.Measure(w.ShareOf[0])
		}
	}
	return nil, false
}

// Form is of Intake.
func (b *Bot) Form() *Form { return b.form }
