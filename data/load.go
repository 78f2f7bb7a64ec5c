// Package data holds one published report as data: files, and a loader that
// refuses anything wrong in them.
//
// In goes a folder with datapackage.json, the CSV files that it names,
// places.yaml, findings.yaml and vocabulary.yaml. Out comes a Report: figures
// as printed with their qualifiers, dates and footnotes, the names of the
// places, and the findings of the prose.
//
//	r, err := data.Embedded()
//	france, _ := r.Subject("France")
//	returned, _ := r.Measure("returned")
//	cell, ok := r.Cell(france, returned)
//
// Nothing about any one report stands in the code of this package.
package data

import (
	"io/fs"
	"sync"
)

const vocabularyName = "vocabulary.yaml"

// Load reads a data package. Its error is *Problems: everything wrong in the
// package, each with its place and what would be right. Load does not panic,
// whatever the files hold.
func Load(fsys fs.FS) (*Report, error) {
	l := loader{fsys: fsys}
	r := l.load()
	if err := l.ps.err(); err != nil {
		return nil, err
	}
	return r, nil
}

type loader struct {
	fsys fs.FS
	ps   Problems
}

func readFile(fsys fs.FS, name string, ps *Problems) ([]byte, bool) {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		ps.Add(name, Pos{}, "the file cannot be read: "+reasonOf(err))
		return nil, false
	}
	return src, true
}

// reasonOf is an error of a file without the path, which stands before it.
func reasonOf(err error) string {
	if pe, ok := err.(*fs.PathError); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

func (l *loader) load() *Report {
	var places placesFile
	var findings []*findingEntry
	var vocabulary *Vocabulary
	later := l.parse(
		decoding{placesName, func(src []byte, ps *Problems) { decodeStrict(src, placesName, &places, ps) }},
		decoding{findingsName, func(src []byte, ps *Problems) { decodeStrict(src, findingsName, &findings, ps) }},
		decoding{vocabularyName, func(src []byte, ps *Problems) { vocabulary = decodeVocabulary(src, vocabularyName, ps) }},
	)
	r := l.tables()
	whole := later()
	if r == nil {
		return nil
	}
	if whole[0] {
		r.addPlaces(&places, &l.ps)
	}
	r.addFindings(findings, &l.ps)
	r.Vocabulary = vocabulary
	r.addComputed()
	r.checkTopics(&l.ps)
	return r
}

// decoding is a file and what decodes it.
type decoding struct {
	name   string
	decode func(src []byte, ps *Problems)
}

// parse decodes files side by side. The function returned waits for them,
// takes over their problems and says which were without any.
func (l *loader) parse(files ...decoding) (wait func() []bool) {
	problems := make([]Problems, len(files))
	var running sync.WaitGroup
	for i, f := range files {
		running.Go(func() { l.decode(f, &problems[i]) })
	}
	return func() []bool {
		running.Wait()
		whole := make([]bool, len(problems))
		for i, ps := range problems {
			whole[i] = len(ps.List) == 0
			l.ps.List = append(l.ps.List, ps.List...)
		}
		return whole
	}
}

func (l *loader) decode(f decoding, ps *Problems) {
	defer func() {
		if p := recover(); p != nil {
			ps.at(Pos{File: f.name}, "the file cannot be read: %v", p)
		}
	}()
	if src, ok := readFile(l.fsys, f.name, ps); ok {
		f.decode(src, ps)
	}
}

// tables reads the descriptor and the tables that it names. It returns nil if
// rows are missing for want of a file that can be read: each name of a lost
// row would only be reported as unknown.
func (l *loader) tables() *Report {
	src, ok := readFile(l.fsys, descriptorFile, &l.ps)
	if !ok {
		return nil
	}
	d, ok := readDescriptor(src, &l.ps)
	if !ok {
		return nil
	}
	r, whole := newReport(d), true
	for _, res := range d.Resources {
		src, ok := readFile(l.fsys, res.Path, &l.ps)
		whole = ok && r.addTable(res, src, !whole, &l.ps) && whole
	}
	if !whole {
		return nil
	}
	r.checkExpectations(&l.ps)
	return r
}

// checkExpectations refuses names in the expectations that nothing bears.
func (r *Report) checkExpectations(ps *Problems) {
	for _, g := range r.expect.Given {
		r.measureAt(Text{g.Measure, g.Pos}, ps)
	}
	for _, p := range r.expect.Pairs {
		r.measureAt(Text{p.Measure, p.Pos}, ps)
		r.measureAt(Text{p.With, p.Pos}, ps)
	}
	for _, name := range r.expect.Chart.Outside {
		r.subjectAt(name, ps)
	}
}

func newReport(d *descriptor) *Report {
	r := &Report{
		Name: d.Name, Title: d.Title, Edition: d.Version, Date: Month(d.Reportbot.Date.Value),
		expect:    d.Reportbot.Expect,
		bySubject: map[string]*Subject{}, byMeasure: map[string]*Measure{}, byFinding: map[string]*Finding{},
		contradicting: map[*Cell][]*Finding{},
	}
	for _, c := range d.Contributors {
		if r.Publisher == "" {
			r.Publisher = c.Title
		}
	}
	return r
}
