package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/semaphore"

	"reportbot/answers"
)

// What a batch holds at most, however long its input.
const (
	maxConversations = 10_000  // of which the context is kept; the one not used for longest is forgotten first
	maxJobs          = 256     // lines read and not yet written
	maxJobBytes      = 8 << 20 // their length together; more than one line's
)

// batch answers JSON Lines with JSON Lines, in order.
//
// One goroutine reads and hands each line to its lane; one for each processor
// takes lanes and answers; the caller's writes the answers in the order of the
// lines. The lines of one conversation share a lane and are answered one after
// the other; a line without a conversation has a lane to itself.
type batch struct {
	engine        *answers.Engine
	conversations *lru.Cache[[sha256.Size]byte, *lane] // used by the reader alone
	room          *semaphore.Weighted

	ready chan *lane // lanes with jobs, each there once
	order chan *job  // all jobs as read
}

// newBatch is a batch that keeps the contexts of so many conversations, at
// least one.
func newBatch(engine *answers.Engine, most int) *batch {
	conversations, err := lru.New[[sha256.Size]byte, *lane](most)
	if err != nil {
		panic(err) // only a size below 1
	}
	return &batch{
		engine:        engine,
		conversations: conversations,
		room:          semaphore.NewWeighted(maxJobBytes),
		ready:         make(chan *lane, maxJobs),
		order:         make(chan *job, maxJobs),
	}
}

// job is one line and what became of it.
type job struct {
	request
	line  int
	size  int64         // of the line
	fault error         // what is wrong with the line
	done  chan struct{} // closed when reply is there
	reply []byte
}

// lane is a queue of jobs to be answered one after the other, with the context
// that each leaves for the next.
type lane struct {
	context answers.Context // belongs to whoever answers

	mu      sync.Mutex
	waiting []*job
	taken   bool // by a goroutine, or in the channel ready
}

// run answers until the input or ctx ends or the output fails. It returns
// without waiting for a read that blocks.
func (b *batch) run(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- b.read(ctx, newLineReader(in)) }()
	for range runtime.GOMAXPROCS(0) {
		go b.work(ctx)
	}
	if err := b.write(ctx, out); err != nil {
		return err
	}
	return <-ended
}

// read hands out the lines until the last.
func (b *batch) read(ctx context.Context, lines *lineReader) error {
	defer close(b.order)
	defer close(b.ready)
	for {
		line, whole, err := lines.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d cannot be read: %w", lines.number+1, err)
		}
		j := &job{line: lines.number, size: int64(len(line)), done: make(chan struct{})}
		if b.room.Acquire(ctx, j.size) != nil {
			return ctx.Err()
		}
		j.request, j.fault = parseRequest(line, whole)
		if !b.hand(ctx, j) {
			return ctx.Err()
		}
	}
}

// hand puts a job in its lane and in the order of the output.
func (b *batch) hand(ctx context.Context, j *job) bool {
	if l := b.laneOf(j); l.add(j) {
		select {
		case b.ready <- l:
		case <-ctx.Done():
			return false
		}
	}
	select {
	case b.order <- j:
		return true
	case <-ctx.Done():
		return false
	}
}

// laneOf is the lane of a job's conversation. Conversations are kept by a hash
// of their name, so that long names take no memory.
func (b *batch) laneOf(j *job) *lane {
	if j.Conversation == "" {
		return &lane{}
	}
	key := sha256.Sum256([]byte(j.Conversation))
	l, ok := b.conversations.Get(key)
	if !ok {
		l = &lane{}
		b.conversations.Add(key, l)
	}
	return l
}

// add queues a job and says whether the lane must be made ready.
func (l *lane) add(j *job) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = append(l.waiting, j)
	wake := !l.taken
	l.taken = true
	return wake
}

// take is the next job of the lane; nil leaves the lane to be made ready again.
func (l *lane) take() *job {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) == 0 {
		l.waiting, l.taken = nil, false
		return nil
	}
	j := l.waiting[0]
	l.waiting = l.waiting[1:]
	return j
}

// work answers the jobs of lanes until there are no more.
func (b *batch) work(ctx context.Context) {
	for l := range b.ready {
		for j := l.take(); j != nil && ctx.Err() == nil; j = l.take() {
			j.reply = b.reply(l, j)
			close(j.done)
		}
	}
}

// write writes replies in order. It flushes when no line is being answered,
// that is, whenever the input keeps it waiting.
func (b *batch) write(ctx context.Context, out io.Writer) error {
	w := bufio.NewWriterSize(out, 64<<10)
	for {
		if len(b.order) == 0 {
			if err := w.Flush(); err != nil {
				return err
			}
		}
		select {
		case j, more := <-b.order:
			if !more {
				return w.Flush()
			}
			if err := b.writeJob(ctx, w, j); err != nil {
				return err
			}
		case <-ctx.Done():
			return errors.Join(w.Flush(), ctx.Err())
		}
	}
}

// writeJob waits for a reply and writes it.
func (b *batch) writeJob(ctx context.Context, w *bufio.Writer, j *job) error {
	select {
	case <-j.done:
	case <-ctx.Done():
		return errors.Join(w.Flush(), ctx.Err())
	}
	b.room.Release(j.size)
	_, err := w.Write(j.reply)
	return err
}

// batchAnswer is an answer with the id as it stood in the line.
type batchAnswer struct {
	ID json.RawMessage `json:"id,omitempty"`
	answers.Answer
}

// batchError stands in the place of an answer that there is not.
type batchError struct {
	ID    json.RawMessage `json:"id,omitempty"`
	Error string          `json:"error"`
}

// reply is the line for a job, with its line end.
func (b *batch) reply(l *lane, j *job) []byte {
	var out bytes.Buffer
	err := j.fault
	if err == nil {
		var a answers.Answer
		a, l.context, err = ask(b.engine, *j.Question, l.context)
		if err == nil {
			err = encoder(&out).Encode(batchAnswer{ID: j.ID, Answer: a})
		}
	}
	if err != nil {
		out.Reset()
		encoder(&out).Encode(batchError{ID: j.ID, Error: fmt.Sprintf("line %d: %v", j.line, err)})
	}
	return out.Bytes()
}
