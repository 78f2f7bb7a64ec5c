package digest

import (
	"cmp"
	"container/heap"
	"time"
)

// held is a subscription as the store knows it, without all of its ledger but
// the last outcome.
type held struct {
	sub      *Subscription
	revision uint64
	due      time.Time // when there is something to be done about it; zero: never
	at       int       // its place in the queue, -1 for none
}

// queue is the subscriptions of a platform by when they are due, those of one
// time by their keys. It is a heap.
type queue []*held

// Len is of heap.Interface.
func (q queue) Len() int { return len(q) }

// Less is of heap.Interface.
func (q queue) Less(i, j int) bool {
	a, b := q[i], q[j]
	return cmp.Or(a.due.Compare(b.due), cmp.Compare(a.sub.Channel, b.sub.Channel), cmp.Compare(a.sub.Topic, b.sub.Topic)) < 0
}

// Swap is of heap.Interface.
func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].at, q[j].at = i, j
}

// Push is of heap.Interface.
func (q *queue) Push(x any) {
	h := x.(*held)
	h.at = len(*q)
	*q = append(*q, h)
}

// Pop is of heap.Interface.
func (q *queue) Pop() any {
	old := *q
	h := old[len(old)-1]
	old[len(old)-1] = nil
	*q = old[:len(old)-1]
	h.at = -1
	return h
}

// set puts a subscription where its time says, or takes it out where it has none.
func (q *queue) set(h *held, due time.Time) {
	h.due = due
	switch {
	case due.IsZero() && h.at >= 0:
		heap.Remove(q, h.at)
	case due.IsZero():
	case h.at >= 0:
		heap.Fix(q, h.at)
	default:
		heap.Push(q, h)
	}
}
