package data

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

// sameTree compares what the two readers make of a file, and the places that
// they give it.
func sameTree(a, b node) bool {
	return sameValue(a, b) && samePlaces(a, b)
}

func sameValue(a, b node) bool {
	return a.kind == b.kind && a.text == b.text && a.quoted == b.quoted && slices.EqualFunc(a.items, b.items, sameValue)
}

// samePlaces leaves out values that are not there.
func samePlaces(a, b node) bool {
	here := a.kind == nullNode || a.line == b.line && a.column == b.column
	return here && slices.EqualFunc(a.items, b.items, samePlaces)
}

func TestDataFilesAreReadQuicklyAndAsTheLibraryReadsThem(t *testing.T) {
	names, err := fs.Glob(embedded, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no files", err)
	}
	for _, name := range append(names, descriptorFile) {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		quickly, ok := readQuick(string(src))
		if !ok {
			t.Errorf("%s uses a form that only the slow reader knows; the program starts more slowly for it", name)
			continue
		}
		var ps Problems
		fully, ok := readFull(src, name, &ps)
		if !ok || !sameTree(quickly, fully) {
			t.Errorf("%s is read differently by the library: %v", name, ps.List)
		}
	}
}

// plainForms are forms that the quick reader must know.
var plainForms = []string{
	"a: 1", "a: b c\nd: 'it''s'\n", "- a\n- b", "-   a\n-\n  b: 1\n  c: 2\n", "a:\n- b\n- c\nd: e",
	"a:\n  - b\n  - - c\n    - d\n", "a: [b, \"c, d\", 'e']\n", "a: [\n  b,\n  c # why\n  ]\n", "a: {b: 1, c: [d]}",
	"- {a: b}\n- []\n- {}\n", "# head\n\na: b # tail\n# foot\n", "a:\nb: ~\nc: null\n", "a: \"x\\n\\u00e9\\\"\"\n",
	"é: ü\nß: [å, ö]\n", "a: http://x#y\nb: c:d\n", "\"a b\": c\n'd': e\n", "- a: 1\n  b: 2\n- a: 3\n", "a: -1\nb: -2x\n",
	"a: 2017-08\nb: \"2017-08\"\nc: ~70\nd: \">5\"\n", "{\n  \"a\": [1, 2],\n  \"b\": {\"c\": true}\n}\n", "a:\n  [b, c]\n", "a: yes\nb: 0x10\nc: 1_000\nd: .5\n",
}

// otherForms are left to the library.
var otherForms = []string{
	"a: |\n  b\n  c\n", "a: >-\n  b\n", "a: b\n  c\n", "a: \"b\n  c\"\n", "---\na: b\n", "a: &x b\n", "a: *x\n", "a: !!str b\n",
	"? a\n: b\n", "a:\tb\n", "a: b\r\n", "\uFEFFa: b\n", "a: [b\n", "a: 'b\n", "[a: b]", "a: b: c\n", "a\n", "", "a: [b,,c]\n", "a: [b, ]\n",
	"- a\n b\n", " a: b\nc: d\n", "a: @b\n", "<<: a\n", "a: \"\\q\"\n", "%YAML 1.2\n",
}

func TestQuickReaderNeverDiffersFromTheLibrary(t *testing.T) {
	for _, src := range plainForms {
		if !compareReaders(t, src, sameTree) {
			t.Errorf("the quick reader does not know %q", src)
		}
	}
	for _, src := range otherForms {
		if compareReaders(t, src, sameTree) {
			t.Errorf("%q should be left to the library", src)
		}
	}
}

// compareReaders says whether the quick reader read src; if so the library
// must read the same.
func compareReaders(t *testing.T, src string, same func(a, b node) bool) bool {
	t.Helper()
	quickly, ok := readQuick(src)
	if !ok {
		return false
	}
	if repeats(quickly) {
		return true // the library refuses it as the decoder does
	}
	var ps Problems
	fully, ok := readFull([]byte(src), "f", &ps)
	if !ok || !same(quickly, fully) {
		t.Errorf("%q:\nquickly %+v\n  fully %+v\n%v", src, quickly, fully, ps.List)
	}
	return true
}

// repeats says whether a key stands twice in a mapping.
func repeats(n node) bool {
	if n.kind == mappingNode {
		for key := range n.pairs() {
			if _, found := n.before(key); found {
				return true
			}
		}
	}
	return slices.ContainsFunc(n.items, repeats)
}

// FuzzQuickReader does not compare places: the library gives a wrong column to
// a number with a space behind it, among others.
func FuzzQuickReader(f *testing.F) {
	for _, src := range append(plainForms, otherForms...) {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) { compareReaders(t, src, sameValue) })
}

func TestDecodeStrictReadsNestedForms(t *testing.T) {
	var into struct {
		Words  map[string][]string
		Counts map[string]int
		Ratios map[string]float64
		Pairs  [][]string
		Items  []*struct {
			Name Text
			On   bool
			Pos  Pos
		}
	}
	src := "words: {a: [b, c]}\ncounts: {d: 4}\nratios: {e: 0.5}\npairs:\n  - [f, g]\nitems:\n  - name: h\n    on: true\n"
	var ps Problems
	if !decodeStrict([]byte(src), "f.yaml", &into, &ps) {
		t.Fatal(ps.Error())
	}
	item := into.Items[0]
	if into.Words["a"][1] != "c" || into.Counts["d"] != 4 || into.Ratios["e"] != 0.5 || into.Pairs[0][1] != "g" || !item.On {
		t.Errorf("%+v", into)
	}
	if item.Pos != (Pos{"f.yaml", 7, 5}) || item.Name != (Text{"h", Pos{"f.yaml", 7, 11}}) {
		t.Errorf("places: %+v", item)
	}
	if p := keyPos([]byte(src), "pairs"); p.Line != 4 || p.Column != 1 {
		t.Errorf("pairs stands at %v", p)
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	for name, src := range map[string]string{
		"nested lists":    strings.Repeat("[", 200000),
		"nested mappings": strings.Repeat("{a: ", 100000),
		"nested dashes":   strings.Repeat("- ", 200000) + "a",
		"nested keys":     strings.Repeat("? ", 200000),
		"deep indents":    deepIndents(300),
		"a large file":    strings.Repeat("a", maxFile+1),
		"aliases":         "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
		"no text":         "\x00\xff\xfe",
	} {
		var ps Problems
		if _, ok := readYAML([]byte(src), "f.yaml", &ps); ok || len(ps.List) == 0 {
			t.Errorf("%s: not refused", name)
		}
	}
}

func deepIndents(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}
