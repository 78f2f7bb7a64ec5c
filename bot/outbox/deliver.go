package outbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"reportbot/bot/flow"
)

// Send delivers one entry. Its errors tell what is to become of it: *Wait,
// *Refused or ErrAlreadyThere; any other is tried again.
type Send func(ctx context.Context, d Delivery) error

// Wait is the error of a platform that asks to be left alone for a time. It
// counts as no try.
type Wait struct {
	For time.Duration
}

// Error tells for how long.
func (w *Wait) Error() string { return fmt.Sprintf("the platform asks to wait for %s", w.For) }

// Refused is the error of a platform that will never take the entry.
type Refused struct {
	Reason string // for an operator: "the channel is gone"
}

// Error gives the reason.
func (r *Refused) Error() string { return "refused: " + r.Reason }

// ErrAlreadyThere says that the platform has the entry already, by its own record.
var ErrAlreadyThere = errors.New("the platform has it already")

// The pace of workers.
const (
	idleTime  = 20 * time.Second // how long a worker waits for a lane's next entry before it ends
	listEvery = 2 * time.Second  // how often lanes are looked for that others filled
)

// standing is how many of a lane's entries are asked for ahead. The server hands
// out one at a time all the same (MaxAckPending); asking for one at a time, the
// client library now and then forgets to ask again until a heartbeat is missed.
const standing = 64

// heartbeat is how often the server says that it still holds what a worker asks
// for. When two are missed, as after the loss of a server, it is asked anew.
const heartbeat = 3 * time.Second

// inactiveAfter is how long the server keeps what it knows of a lane that
// nobody asks for; longer than any wait between tries.
func (c Config) inactiveAfter() time.Duration { return 2*max(c.LongestWait, c.TakeOver) + time.Minute }

// lane is a lane that has a worker.
type lane struct{ woken bool }

// delivery is one run of Deliver.
type delivery struct {
	*Outbox
	ctx      context.Context // ends when nothing more is to be taken up
	tries    context.Context // ends when running tries are to be given up
	send     Send
	senders  chan struct{} // one slot a try
	recorder *recorder
	inWork   *inWork
	workers  sync.WaitGroup
}

// Deliver calls send for every entry stored, in the order of its lane, until
// ctx ends; running tries then have the grace time of the configuration. It
// returns when none runs any more. Only one Deliver may run.
func (o *Outbox) Deliver(ctx context.Context, send Send) {
	tries, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	d := &delivery{Outbox: o, ctx: ctx, tries: tries, send: send, senders: make(chan struct{}, o.config.Senders)}
	d.recorder = &recorder{write: d.writeSent}
	d.inWork = &inWork{entries: map[jetstream.Msg]struct{}{}}
	defer d.inWork.tellEvery(o.config.TakeOver / 3)()
	context.AfterFunc(ctx, func() { time.AfterFunc(o.config.Grace, giveUp) })
	o.setSpawn(d.start)
	for {
		d.findLanes()
		if !flow.Pause(ctx, listEvery) {
			break
		}
	}
	o.setSpawn(nil)
	d.workers.Wait()
}

// inWork are the entries that are being sent. The server is told of them, so
// that it does not hand them to another replica.
type inWork struct {
	mu      sync.Mutex
	entries map[jetstream.Msg]struct{}
}

// add adds an entry, until done is called.
func (i *inWork) add(entry jetstream.Msg) (done func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.entries[entry] = struct{}{}
	return func() {
		i.mu.Lock()
		defer i.mu.Unlock()
		delete(i.entries, entry)
	}
}

// tellEvery tells the server every while, until stop is called.
func (i *inWork) tellEvery(while time.Duration) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var teller sync.WaitGroup
	teller.Go(func() {
		for flow.Pause(ctx, while) {
			i.mu.Lock()
			for entry := range i.entries {
				_ = entry.InProgress()
			}
			i.mu.Unlock()
		}
	})
	return func() { cancel(); teller.Wait() }
}

func (o *Outbox) setSpawn(spawn func(token string)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.spawn = spawn
	o.lanes = map[string]*lane{}
}

// wake sees to it that a lane has a worker, if entries are being delivered.
func (o *Outbox) wake(token string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if l := o.lanes[token]; l != nil {
		l.woken = true
		return
	}
	if o.spawn != nil {
		o.lanes[token] = &lane{woken: true}
		o.spawn(token)
	}
}

// retire ends the worker of a lane unless it was woken meanwhile.
func (o *Outbox) retire(token string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	l := o.lanes[token]
	if l != nil && l.woken {
		l.woken = false
		return false
	}
	delete(o.lanes, token)
	return true
}

// findLanes wakes each lane that has entries.
func (d *delivery) findLanes() {
	prefix := d.subject("replies") + "."
	info, err := d.replies.Info(d.ctx, jetstream.WithSubjectFilter(prefix+"*"))
	if err != nil {
		if d.ctx.Err() == nil {
			d.log.Error("the lanes of the outbox cannot be listed", "error", err)
		}
		return
	}
	for subject := range info.State.Subjects {
		d.wake(strings.TrimPrefix(subject, prefix))
	}
}

// start is called with the outbox's lock held.
func (d *delivery) start(token string) {
	d.workers.Go(func() {
		w := &worker{delivery: d, token: token, mayBeThere: d.home == nil}
		w.run()
	})
}
