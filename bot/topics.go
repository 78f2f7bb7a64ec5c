package bot

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"reportbot/answers"
	"reportbot/data"
)

// topic is what a digest can be about: rows and findings.
type topic struct {
	slug     string // empty: everything
	name     string
	names    []string
	rows     []*data.Subject
	findings []*data.Finding
}

// topics are all that digests can be about.
type topics struct {
	all   []*topic // everything first
	index *nameIndex
	of    []*topic // by place in the index
}

// newTopics makes the topics of a report: everything, those that its vocabulary
// names, its groups of places, and the rows that stand for several countries.
func newTopics(r *data.Report) *topics {
	t := &topics{all: []*topic{{name: "everything", names: []string{"all", "anything", "everything in the report"}, rows: r.Subjects, findings: r.Findings}}}
	for _, v := range r.Vocabulary.Topics {
		t.all = append(t.all, &topic{slugOf(v.Name), v.Name, v.Names, rowsPrinting(r, v.Measures), findingsOn(r, v.Findings)})
	}
	for _, g := range r.Groups {
		t.addPlaces(r, g.Slug, g.Name, g.Aliases, g.Members, nil)
	}
	for _, s := range r.Subjects {
		if len(s.Members) > 0 {
			t.addPlaces(r, s.Slug, s.Name, s.Aliases, s.Members, s)
		}
	}
	t.all = slices.DeleteFunc(t.all, func(x *topic) bool { return len(x.rows) == 0 || len(x.findings) == 0 })
	var names []string
	for _, x := range t.all {
		for _, name := range append([]string{x.name}, x.names...) {
			names, t.of = append(names, name), append(t.of, x)
		}
	}
	t.index = newNameIndex(names)
	return t
}

func slugOf(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
}

// addPlaces adds the topic of places that belong together, with the row that
// stands for all of them where there is one. Two groups of one name are one topic.
func (t *topics) addPlaces(r *data.Report, slug, name string, names []string, members []*data.Subject, row *data.Subject) {
	if slices.ContainsFunc(t.all, func(x *topic) bool { return x.slug == slug }) {
		return
	}
	rows := slices.Clone(members)
	if row != nil {
		rows = append(rows, row)
	}
	x := &topic{slug: slug, name: name, names: names, rows: rows}
	for _, f := range r.Findings {
		if slices.ContainsFunc(f.Subjects, func(s *data.Subject) bool { return slices.Contains(rows, s) }) {
			x.findings = append(x.findings, f)
		}
	}
	if len(x.findings) == 0 {
		x.findings = r.Findings
	}
	t.all = append(t.all, x)
}

func rowsPrinting(r *data.Report, measures []string) []*data.Subject {
	var out []*data.Subject
	for _, s := range r.Subjects {
		if slices.ContainsFunc(measures, func(name string) bool {
			m, ok := r.Measure(name)
			if !ok {
				return false
			}
			_, printed := r.Cell(s, m)
			return printed
		}) {
			out = append(out, s)
		}
	}
	return out
}

func findingsOn(r *data.Report, named []string) []*data.Finding {
	var out []*data.Finding
	for _, f := range r.Findings {
		if slices.Contains(named, f.Topic) {
			out = append(out, f)
		}
	}
	return out
}

// bySlug is the topic of a slug, nil for one that the report does not have.
func (t *topics) bySlug(slug string) *topic {
	i := slices.IndexFunc(t.all, func(x *topic) bool { return x.slug == slug })
	if i < 0 {
		return nil
	}
	return t.all[i]
}

// find is the topic of a name; nil, and the nearest ones, where there is none.
func (t *topics) find(written string) (found *topic, nearest []*topic) {
	want := topicKey(written)
	for i, name := range t.index.texts {
		if topicKey(name) == want {
			return t.of[i], nil
		}
	}
	for i, name := range t.index.texts {
		key := topicKey(name)
		if d := levenshtein.ComputeDistance(want, key); d <= 2 && d*3 <= len(want) {
			nearest = append(nearest, t.of[i])
		}
	}
	for _, at := range t.index.find(strings.TrimSpace(written), mostTopics) {
		nearest = append(nearest, t.of[at])
	}
	return nil, distinct(nearest)
}

// mostTopics is how many topics are put forward.
const mostTopics = 4

func distinct(list []*topic) []*topic {
	var out []*topic
	for _, x := range list {
		if !slices.Contains(out, x) && len(out) < mostTopics {
			out = append(out, x)
		}
	}
	return out
}

// topicKey is a name without what people vary in it.
func topicKey(name string) string {
	key := strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r == ' ' || r == '\'' || r == '’' || r == '-' || r == '.'
	}), " ")
	return strings.TrimSpace(strings.TrimPrefix(strings.ReplaceAll(" "+key+" ", " and ", " "), " the "))
}

// Topics are the topics of digests for what is typed of one, at most so many.
func (d *Desk) Topics(typed string, most int) []Choice {
	list := d.topics.all
	if typed = strings.TrimSpace(typed); typed != "" {
		list = nil
		for _, at := range d.topics.index.find(typed, len(d.topics.index.texts)) {
			list = append(list, d.topics.of[at])
		}
	}
	var out []Choice
	for _, x := range list {
		if c := (Choice{x.slug, x.name}); !slices.Contains(out, c) && len(out) < most {
			out = append(out, c)
		}
	}
	return out
}

// profileCode is the code of all that the report prints on a row.
func (d *Desk) profileCode(row *data.Subject) string {
	q := answers.Query{Kind: answers.Profile, Subjects: []*data.Subject{row}}
	return answers.Reading{Query: q}.Code(d.engine.Report().Edition)
}
