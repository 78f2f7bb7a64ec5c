package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"reportbot/bot/flow"
)

// worker delivers the entries of one lane, one after the other. The server
// hands out one at a time, so that several replicas' workers keep the order.
type worker struct {
	*delivery
	token      string
	consumer   jetstream.Consumer
	entries    jetstream.MessagesContext // nil while not subscribed
	mayBeThere bool                      // the next entry may have been posted by another replica
	current    uint64                    // the sequence of the entry being tried
	waits      int                       // how often a platform asked to wait with it
	failures   int                       // of the server, in a row
}

func (w *worker) run() {
	defer w.pauseEntries()
	for w.ctx.Err() == nil {
		if w.entries == nil && !w.subscribe() {
			continue
		}
		msg, err := w.next()
		switch {
		case err == nil:
			w.failures = 0
			w.deliver(msg)
		case w.ctx.Err() != nil:
		case isConnection(err), errors.Is(err, context.DeadlineExceeded):
			if w.end() {
				return
			}
		default:
			w.stumble("waiting for a lane's next reply", err)
		}
	}
}

// next waits for the lane's next entry.
func (w *worker) next() (jetstream.Msg, error) {
	ctx, cancel := context.WithTimeout(w.ctx, idleTime)
	defer cancel()
	return w.entries.Next(jetstream.NextContext(ctx))
}

// pauseEntries asks for no more entries.
func (w *worker) pauseEntries() {
	if w.entries != nil {
		w.entries.Stop()
		w.entries = nil
	}
}

// end ends the worker of a lane that has stayed empty.
func (w *worker) end() bool {
	ctx, cancel := context.WithTimeout(w.ctx, connectTimeout)
	defer cancel()
	info, err := w.consumer.Info(ctx)
	if err != nil {
		w.stumble("asking for the state of a lane", err)
		return false
	}
	if info.NumPending > 0 || info.NumAckPending > 0 { // one that waits for its next try
		return false
	}
	w.unsubscribe(ctx)
	return w.retire(w.token)
}

// unsubscribe frees what the server keeps for an empty lane. With a cluster
// another replica may be using it: there the server does so in time.
func (w *worker) unsubscribe(ctx context.Context) {
	if w.home == nil {
		return
	}
	w.pauseEntries()
	if err := w.replies.DeleteConsumer(ctx, w.token); err != nil && w.ctx.Err() == nil {
		w.log.Debug("freeing a lane", "error", err)
	}
}

// subscribe asks the server for the lane's entries.
func (w *worker) subscribe() bool {
	ctx, cancel := context.WithTimeout(w.ctx, connectTimeout)
	defer cancel()
	consumer, err := w.replies.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: w.token, FilterSubject: w.subject("replies") + "." + w.token,
		AckPolicy: jetstream.AckExplicitPolicy, AckWait: w.config.TakeOver,
		MaxAckPending: 1, MaxDeliver: -1,
		InactiveThreshold: w.config.inactiveAfter(),
		// What is delivered is gone from the work queue, so that what a consumer
		// knows besides need not be written to the disk with every reply.
		MemoryStorage: true,
	})
	if err != nil {
		w.stumble("asking for a lane's replies", err)
		return false
	}
	entries, err := consumer.Messages(jetstream.PullMaxMessages(standing), jetstream.PullHeartbeat(heartbeat))
	if err != nil {
		w.stumble("asking for a lane's replies", err)
		return false
	}
	w.consumer, w.entries = consumer, entries
	return true
}

// stumble waits after an error of the server, longer each time.
func (w *worker) stumble(doing string, err error) {
	w.pauseEntries()
	if w.ctx.Err() != nil {
		return
	}
	w.failures++
	w.log.Warn("the outbox's server is asked again", "after", doing, "error", err, "failures", w.failures)
	flow.Pause(w.ctx, min(100*time.Millisecond<<min(w.failures, 6), 5*time.Second))
}

// deliver tries one entry and says to the server what became of it.
func (w *worker) deliver(msg jetstream.Msg) {
	meta, err := msg.Metadata()
	if err != nil {
		w.stumble("reading a stored reply", err)
		return
	}
	if meta.Sequence.Stream != w.current {
		w.current, w.waits = meta.Sequence.Stream, 0
	}
	d := Delivery{Try: int(meta.NumDelivered) - w.waits}
	d.MayBeThere = w.mayBeThere || meta.NumDelivered > 1 || meta.Timestamp.Before(w.opened)
	if err := d.Entry.UnmarshalBinary(msg.Data()); err != nil {
		w.bury(msg, d, "what is stored cannot be read: "+err.Error())
		return
	}
	if d.MayBeThere {
		if err := w.tail.catchUp(w.ctx); err != nil {
			w.again(msg, w.config.FirstWait)
			w.stumble("reading what was sent", err)
			return
		}
	}
	w.mayBeThere = false
	if w.sent.has(keyOf(d.ID)) {
		w.counters.repeated.Add(1)
		w.done(msg)
		return
	}
	w.settle(msg, meta, d, w.try(msg, d))
}

// try sends an entry while telling the server that it is being worked on.
func (w *worker) try(msg jetstream.Msg, d Delivery) (err error) {
	select {
	case w.senders <- struct{}{}:
		defer func() { <-w.senders }()
	case <-w.ctx.Done():
		return w.ctx.Err()
	}
	ctx, cancel := context.WithTimeout(w.tries, w.config.SendTimeout)
	defer cancel()
	defer w.inWork.add(msg)()
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("a fault in the program: %v", fault)
		}
	}()
	return w.send(ctx, d)
}

// settle acts on the outcome of a try.
func (w *worker) settle(msg jetstream.Msg, meta *jetstream.MsgMetadata, d Delivery, err error) {
	var wait *Wait
	var refused *Refused
	switch {
	case err == nil, errors.Is(err, ErrAlreadyThere):
		if err != nil {
			w.counters.alreadyThere.Add(1)
		}
		w.counters.sent.Add(1)
		w.record(d)
		w.done(msg)
	case w.ctx.Err() != nil: // ended before it could be known
		w.again(msg, 0)
	case errors.As(err, &refused):
		w.bury(msg, d, refused.Reason)
	case w.now().Sub(meta.Timestamp) > w.config.GiveUp:
		w.bury(msg, d, fmt.Sprintf("not delivered in %s: %s", w.config.GiveUp, err))
	case errors.As(err, &wait):
		w.waits++
		w.retry(msg, d, err, wait.For)
	case d.Try >= w.config.Tries:
		w.bury(msg, d, fmt.Sprintf("not delivered in %d tries: %s", d.Try, err))
	default:
		w.retry(msg, d, err, w.config.wait(d.Try))
	}
}

// wait is how long to wait after the nth failed try.
func (c Config) wait(try int) time.Duration {
	wait := c.FirstWait
	for range try - 1 {
		if wait >= c.LongestWait {
			break
		}
		wait *= 2
	}
	return min(wait, c.LongestWait)
}

func (w *worker) retry(msg jetstream.Msg, d Delivery, err error, wait time.Duration) {
	w.counters.retried.Add(1)
	w.log.Warn("a reply could not be sent and is tried again", "message", d.ID, "try", d.Try, "wait", wait.String(), "error", err)
	w.again(msg, wait)
}

// again gives an entry back; the lane waits with it.
func (w *worker) again(msg jetstream.Msg, wait time.Duration) {
	err := msg.NakWithDelay(max(wait, time.Millisecond))
	if err != nil {
		w.log.Warn("a reply could not be put back and comes again by itself", "in", w.config.TakeOver.String(), "error", err)
	}
}

// done takes an entry out of the outbox. Should the word be lost, the entry
// comes again and is found among those sent.
func (w *worker) done(msg jetstream.Msg) {
	if err := msg.Ack(); err != nil {
		w.log.Warn("a reply could not be taken out of the outbox and comes again", "error", err)
	}
}

// bury moves an entry to the dead letters.
func (w *worker) bury(msg jetstream.Msg, d Delivery, reason string) {
	w.log.Error("a reply was given up; see the dead letters", "message", d.ID, "tries", d.Try, "reason", reason)
	letter := Letter{Entry: d.Entry, Reason: reason, Tries: d.Try, At: w.now().UTC(), Raw: raw(d, msg)}
	if err := w.publishJSON(w.tries, "dead."+w.token, letter, token(fmt.Sprint("dead ", w.current, " ", d.ID))); err != nil {
		w.again(msg, w.config.FirstWait)
		w.stumble("putting a reply among the dead letters", err)
		return
	}
	w.counters.dead.Add(1)
	w.done(msg)
}

// raw is what was stored, where it cannot be read as an entry.
func raw(d Delivery, msg jetstream.Msg) []byte {
	if d.ID != "" {
		return nil
	}
	return msg.Data()
}
