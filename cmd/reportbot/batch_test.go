package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"reportbot/answers"
	"reportbot/data"
)

// builtIn is an engine for the data that is built in, made once.
var builtIn = sync.OnceValue(func() *answers.Engine {
	r, err := data.Embedded()
	if err != nil {
		panic(err)
	}
	e, err := answers.New(r)
	if err != nil {
		panic(err)
	}
	return e
})

func runBatch(t *testing.T, b *batch, in string) string {
	t.Helper()
	var out bytes.Buffer
	if err := b.run(t.Context(), strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A batch on all processors gives what one question after the other gives.
func TestBatchIsTheSameAsAskingInTurn(t *testing.T) {
	questions := append([]string{"and Germany?", "what about women?", "as a share?", "the second one"}, builtIn().Report().Vocabulary.Examples...)
	var in, want bytes.Buffer
	contexts := map[string]answers.Context{}
	for i := range 400 {
		id, question := json.RawMessage(fmt.Sprint(i)), questions[i*7%len(questions)]
		conversation := []string{"", "a", "b", "b", "c"}[i%5]
		encoder(&in).Encode(map[string]any{"id": id, "conversation": conversation, "question": question})
		a, next, err := builtIn().Ask(question, contexts[conversation])
		if err != nil {
			t.Fatal(err)
		}
		if conversation != "" {
			contexts[conversation] = next
		}
		encoder(&want).Encode(batchAnswer{ID: id, Answer: a})
	}
	for _, processors := range []int{1, 4} {
		before := runtime.GOMAXPROCS(processors)
		got := runBatch(t, newBatch(builtIn(), maxConversations), in.String())
		runtime.GOMAXPROCS(before)
		if got != want.String() {
			t.Errorf("with %d processors the answers differ: %s", processors, firstDifference(got, want.String()))
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d:\n%s\nwant\n%s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// A reply comes before the next line is read: programs talk to a batch.
func TestBatchRepliesAtOnce(t *testing.T) {
	in, questions := io.Pipe()
	replies, out := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- newBatch(builtIn(), maxConversations).run(t.Context(), in, out) }()
	read := bufio.NewReaderSize(replies, 1<<20)
	for i := range 20 {
		fmt.Fprintf(questions, "{\"id\":%d,\"question\":\"returned from France\"}\n", i)
		line, err := read.ReadString('\n')
		if want := fmt.Sprintf(`{"id":%d,`, i); err != nil || !strings.HasPrefix(line, want) {
			t.Fatalf("%q, %v, want %q", line, err, want)
		}
	}
	questions.Close()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Error("a batch whose input has ended goes on")
	}
}

// What is kept of conversations is bounded: the one not used for longest is
// forgotten, however many lines are under way.
func TestBatchForgetsOldConversations(t *testing.T) {
	ask := func(conversation, question string) string {
		return fmt.Sprintf("{\"conversation\":%q,\"question\":%q}\n", conversation, question)
	}
	b := newBatch(builtIn(), 2)
	out := strings.Split(runBatch(t, b, ask("a", "returned from France")+ask("b", "returned from France")+ask("a", "and Germany?")+
		ask("c", "hello")+ask("b", "and Germany?")+ask("c", "hello")), "\n")
	if b.conversations.Len() != 2 {
		t.Errorf("%d conversations are kept, want 2", b.conversations.Len())
	}
	const followed = `"measure":"returned"`
	const alone = `"measure":"fighters"`
	if !strings.Contains(out[2], followed) || strings.Contains(out[2], alone) {
		t.Errorf("a conversation that is kept is forgotten: %s", out[2])
	}
	if !strings.Contains(out[4], alone) {
		t.Errorf("a conversation beyond the bound is kept: %s", out[4])
	}
}

func TestParseRequest(t *testing.T) {
	tests := []struct {
		line, id, conversation, question, fault string
	}{
		{line: `{"id":"a","conversation":"c","question":"q"}`, id: `"a"`, conversation: "c", question: "q"},
		{line: `{"id":7,"conversation":12,"question":"q","more":true}`, id: "7", conversation: "12", question: "q"},
		{line: `{"id":null,"conversation":null,"question":""}`},
		{line: "{\"question\":\"\xff\"}", question: "\ufffd"},
		{line: `{"question":"a"} {"question":"b"}`, fault: "after top-level value"},
		{line: `{"id":"x","conversation":{},"question":"q"}`, id: `"x"`, fault: "conversation must be a string"},
		{line: `{"id":{"deep":[1]},"question":null}`, id: `{"deep":[1]}`, fault: `"question" is missing`},
		{line: `{"question":["q"],"id":"after"}`, id: `"after"`, fault: `"question" is a JSON array`},
		{line: `null`, fault: `"question" is missing`},
		{line: `  `, fault: "empty"},
		{line: `{"id":"x"`, id: `"x"`, fault: "unexpected end"},
	}
	for _, tt := range tests {
		r, err := parseRequest([]byte(tt.line), true)
		if tt.fault != "" {
			if err == nil || !strings.Contains(err.Error(), tt.fault) || string(r.ID) != tt.id {
				t.Errorf("%s: id %s, %v, want id %s, %s", tt.line, r.ID, err, tt.id, tt.fault)
			}
			continue
		}
		if err != nil || string(r.ID) != tt.id || string(r.Conversation) != tt.conversation || *r.Question != tt.question {
			t.Errorf("%s: %s %q %v, %v", tt.line, r.ID, r.Conversation, r.Question, err)
		}
	}
}

func TestLineReader(t *testing.T) {
	long := strings.Repeat("x", maxLine)
	tests := []struct {
		name, in string
		want     []string // a line that is too long ends with "…"
	}{
		{"nothing", "", nil},
		{"no end", "a\nb", []string{"a", "b"}},
		{"empty lines", "\n\na\n", []string{"", "", "a"}},
		{"windows", "\ufeffa\r\nb\r\n", []string{"a", "b"}},
		{"longest", long + "\nb\n", []string{long, "b"}},
		{"longest, windows", long + "\r\nb", []string{long, "b"}},
		{"longest, no end", long, []string{long}},
		{"too long", long + "y\nb\n", []string{long + "…", "b"}},
		{"far too long", long + long + long + "\nb\n", []string{long + "…", "b"}},
		{"too long, no end", "a\n" + long + "yyy", []string{"a", long + "…"}},
	}
	for _, tt := range tests {
		for name, in := range map[string]io.Reader{tt.name: strings.NewReader(tt.in), tt.name + ", halved": iotest.HalfReader(strings.NewReader(tt.in))} {
			t.Run(name, func(t *testing.T) {
				got := allLines(t, newLineReader(in))
				if strings.Join(got, "\n") != strings.Join(tt.want, "\n") || len(got) != len(tt.want) {
					t.Errorf("%d lines, want %d, or not the same", len(got), len(tt.want))
				}
			})
		}
	}
}

func allLines(t *testing.T, lines *lineReader) (all []string) {
	for {
		line, whole, err := lines.next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		text := string(line)
		if !whole {
			text += "…"
		}
		all = append(all, text)
		if cap(lines.kept) > 2*maxLine {
			t.Errorf("%d bytes are held", cap(lines.kept))
		}
	}
}

// FuzzBatch: whatever comes in, each line has one JSON object in its place and
// nothing is a fault of the program.
func FuzzBatch(f *testing.F) {
	f.Add([]byte("{\"id\":\"q1\",\"conversation\":\"c1\",\"question\":\"returned from France\"}\n{\"conversation\":\"c1\",\"question\":\"and Germany?\"}\n"))
	f.Add([]byte("no json\n\n[1]\n{\"id\":1}\n{\"question\":2}"))
	f.Add([]byte("\ufeff{\"question\":\"women \u202efrom\x00 \xff\"}\r\n"))
	f.Add([]byte("{\"conversation\":3,\"question\":\"top 5 by share\"}\n{\"conversation\":3,\"question\":\"the second one\"}\n{\"conversation\":3,\"question\":\"2\"}\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		want := bytes.Count(in, []byte("\n"))
		if len(in) > 0 && in[len(in)-1] != '\n' {
			want++
		}
		out := runBatch(t, newBatch(builtIn(), 3), string(in))
		if got := strings.Count(out, "\n"); got != want {
			t.Fatalf("%d lines, want %d", got, want)
		}
		for line := range strings.Lines(out) {
			var object struct{ Error, Status string }
			if err := json.Unmarshal([]byte(line), &object); err != nil || (object.Error == "") == (object.Status == "") {
				t.Fatalf("%v in %s", err, line)
			}
			if strings.Contains(object.Error, errInternal.Error()) {
				t.Fatal(object.Error)
			}
		}
	})
}
