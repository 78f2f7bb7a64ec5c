package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"reportbot/bot/outbox/clustertest"

	"reportbot/bot/flow"
)

func TestAnEntryIsDeliveredOnceAndInOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, config Config) {
		box, platform := open(t, config), newReceiver()
		const lanes, each = 5, 20
		for i := range each {
			for lane := range lanes {
				if !put(t, box, fmt.Sprintf("m%d.%d", lane, i), fmt.Sprintf("lane %d", lane), fmt.Sprint(i)) {
					t.Fatal("a new entry is taken for one that was stored")
				}
			}
		}
		delivering(t, box, platform.take)
		got := platform.await(t, lanes*each)
		next := map[string]int{}
		for _, d := range got {
			if string(d.Body) != fmt.Sprint(next[d.Lane]) {
				t.Fatalf("%s: %s came where %d was due", d.Lane, d.Body, next[d.Lane])
			}
			next[d.Lane]++
		}
		if put(t, box, "m0.0", "lane 0", "again") {
			t.Error("an entry that was delivered is stored again")
		}
		if len(got) != lanes*each {
			t.Errorf("%d deliveries of %d entries", len(got), lanes*each)
		}
	})
}

func TestAResentEntryIsStoredOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, config Config) {
		box := open(t, config)
		if !put(t, box, "m", "lane", "one") || put(t, box, "m", "lane", "two") {
			t.Error("the second of two puts under one ID is not told from the first")
		}
		platform := newReceiver()
		stop := delivering(t, box, platform.take)
		if got := platform.await(t, 1); string(got[0].Body) != "one" {
			t.Errorf("delivered %q", got[0].Body)
		}
		stop()
		if !box.Sent("m") || box.Sent("n") {
			t.Error("Sent does not tell what was delivered")
		}
	})
}

func TestWhatWasSentIsKnownAfterARestart(t *testing.T) {
	onBoth(t, func(t *testing.T, config Config) {
		box, platform := open(t, config), newReceiver()
		stop := delivering(t, box, platform.take)
		put(t, box, "m", "lane", "x")
		platform.await(t, 1)
		stop()
		box.Close()
		box = open(t, config)
		if put(t, box, "m", "lane", "x") {
			t.Error("a reply that was sent before the restart is stored again")
		}
	})
}

// TestAReplyPostedTwiceIsDropped: two entries of one ID, as after a window for
// duplicates has passed.
func TestAReplyPostedTwiceIsDropped(t *testing.T) {
	onBoth(t, func(t *testing.T, config Config) {
		box, platform := open(t, config), newReceiver()
		for _, id := range []string{"first", "second"} {
			text, err := Entry{ID: "m", Lane: "lane"}.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := box.publish(t.Context(), "replies."+token("lane"), text, id); err != nil {
				t.Fatal(err)
			}
		}
		put(t, box, "end", "lane", "")
		delivering(t, box, platform.take)
		if got := platform.await(t, 2); got[0].ID != "m" || got[1].ID != "end" {
			t.Errorf("delivered %s, %s", got[0].ID, got[1].ID)
		}
	})
}

func TestAWaitHoldsItsLaneAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, config Config) {
		box, platform := open(t, config), newReceiver()
		var waits atomic.Int32
		var began time.Time
		send := func(ctx context.Context, d Delivery) error {
			if d.ID == "a1" && waits.Add(1) <= 5 { // more than the tries
				if waits.Load() == 1 {
					began = time.Now()
				}
				return &Wait{For: 60 * time.Millisecond}
			}
			return platform.take(ctx, d)
		}
		put(t, box, "a1", "a", "")
		put(t, box, "a2", "a", "")
		delivering(t, box, send)
		put(t, box, "b1", "b", "")
		got := platform.await(t, 3)
		if ids := []string{got[0].ID, got[1].ID, got[2].ID}; !slices.Equal(ids, []string{"b1", "a1", "a2"}) {
			t.Errorf("order %v", ids)
		}
		if passed := time.Since(began); passed < 300*time.Millisecond {
			t.Errorf("five waits of 60 ms took %s", passed)
		}
	})
}

func TestAReplyThatFailsIsGivenUpAndCanBePutBack(t *testing.T) {
	onBoth(t, func(t *testing.T, config Config) {
		box, platform := open(t, config), newReceiver()
		var broken atomic.Bool
		broken.Store(true)
		var tries []int
		send := func(ctx context.Context, d Delivery) error {
			switch {
			case d.ID == "failing" && broken.Load():
				tries = append(tries, d.Try)
				return errors.New("the platform has a fault")
			case d.ID == "refused" && broken.Load():
				return &Refused{Reason: "the channel is gone"}
			}
			return platform.take(ctx, d)
		}
		delivering(t, box, send)
		for _, id := range []string{"failing", "refused", "fine"} {
			put(t, box, id, "lane", "the body")
		}
		if got := platform.await(t, 1); got[0].ID != "fine" || !slices.Equal(tries, []int{1, 2, 3}) {
			t.Errorf("%s came first, after tries %v", got[0].ID, tries)
		}
		letters, err := box.Dead(t.Context())
		if err != nil || len(letters) != 2 || letters[0].ID != "failing" || letters[1].ID != "refused" {
			t.Fatalf("dead letters %v, %v", letters, err)
		}
		if letters[0].Reason != "not delivered in 3 tries: the platform has a fault" || letters[1].Reason != "the channel is gone" {
			t.Errorf("reasons %q, %q", letters[0].Reason, letters[1].Reason)
		}
		if state := box.State(t.Context()); state.Dead != 2 || state.Reason != "" {
			t.Errorf("state %+v", state)
		}
		broken.Store(false)
		for _, letter := range letters {
			if err := box.Retry(t.Context(), letter); err != nil {
				t.Fatal(err)
			}
		}
		got := platform.await(t, 3)
		if got[1].ID != "failing" || got[2].ID != "refused" || string(got[1].Body) != "the body" {
			t.Errorf("after the retry came %+v", got[1:])
		}
		if letters, err := box.Dead(t.Context()); err != nil || len(letters) != 0 {
			t.Errorf("still dead: %v, %v", letters, err)
		}
	})
}

func TestAPlatformThatHasItAlreadyIsBelieved(t *testing.T) {
	box := open(t, testConfig(t))
	var tries atomic.Int32
	done := newReceiver()
	delivering(t, box, func(ctx context.Context, d Delivery) error {
		if d.ID == "there" {
			tries.Add(1)
			return fmt.Errorf("asking the platform: %w", ErrAlreadyThere)
		}
		return done.take(ctx, d)
	})
	put(t, box, "there", "lane", "")
	put(t, box, "end", "lane", "")
	done.await(t, 1)
	if tries.Load() != 1 || box.Counts().AlreadyThere != 1 {
		t.Errorf("%d tries, counts %+v", tries.Load(), box.Counts())
	}
}

// TestAFaultInSendCostsATry: a panic is no end of the process.
func TestAFaultInSendCostsATry(t *testing.T) {
	box, platform := open(t, testConfig(t)), newReceiver()
	delivering(t, box, func(ctx context.Context, d Delivery) error {
		if d.Try == 1 {
			panic("out of bounds")
		}
		return platform.take(ctx, d)
	})
	put(t, box, "m", "lane", "")
	if got := platform.await(t, 1); got[0].Try != 2 {
		t.Errorf("came at try %d", got[0].Try)
	}
}

// TestAnUnfinishedReplyIsToldSo: what a process was sending when it ended may
// be there.
func TestAnUnfinishedReplyIsToldSo(t *testing.T) {
	config := testConfig(t)
	config.Grace = 10 * time.Millisecond
	box := open(t, config)
	started := make(chan struct{})
	stop := delivering(t, box, func(ctx context.Context, d Delivery) error {
		if d.MayBeThere {
			t.Error("a reply at its first try is said to be there, perhaps")
		}
		close(started)
		<-ctx.Done()
		return ctx.Err()
	})
	put(t, box, "m", "lane", "")
	<-started
	stop()
	box.Close()
	platform := newReceiver()
	delivering(t, open(t, config), platform.take)
	if got := platform.await(t, 1); !got[0].MayBeThere {
		t.Error("the try after the restart does not know of the one before")
	}
}

func TestARunningTryMayEndInTheGraceTime(t *testing.T) {
	config := testConfig(t)
	config.Grace = time.Minute
	box, platform := open(t, config), newReceiver()
	started, finish := make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	var run sync.WaitGroup
	run.Go(func() {
		box.Deliver(ctx, func(ctx context.Context, d Delivery) error {
			close(started)
			<-finish
			if ctx.Err() != nil {
				t.Error("the try's context ended within the grace time")
			}
			return platform.take(ctx, d)
		})
	})
	put(t, box, "m", "lane", "")
	<-started
	cancel()
	close(finish)
	run.Wait()
	box.Close()
	box = open(t, config)
	if put(t, box, "m", "lane", "") {
		t.Error("what was sent in the grace time was not recorded")
	}
}

func TestAnEntryNeedsANameAndABound(t *testing.T) {
	box := open(t, testConfig(t))
	for want, entry := range map[string]Entry{
		"needs an ID and a lane": {Lane: "lane"},
		"an ID and a lane":       {ID: "m"},
		"in valid UTF-8":         {ID: "m\xff", Lane: "lane"},
		"more than 524288":       {ID: "m", Lane: "lane", Body: make([]byte, MaxBody+1)},
	} {
		if _, err := box.Put(t.Context(), entry); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if fresh := put(t, box, "long", "lane", strings.Repeat("x", MaxBody)); !fresh {
		t.Error("the longest body is not taken")
	}
}

func TestABucketKeepsTheLastWordOfOne(t *testing.T) {
	onBoth(t, func(t *testing.T, config Config) {
		box := open(t, config)
		bucket, err := box.Bucket(t.Context(), "talks", time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if value, revision, err := bucket.Get(t.Context(), "k"); value != nil || revision != 0 || err != nil {
			t.Fatalf("an empty bucket gives %q, %d, %v", value, revision, err)
		}
		if _, err := bucket.Set(t.Context(), "k", []byte("one"), 0); err != nil {
			t.Fatal(err)
		}
		_, revision, _ := bucket.Get(t.Context(), "k")
		if _, err := bucket.Set(t.Context(), "k", []byte("two"), revision); err != nil {
			t.Fatal(err)
		}
		for _, stale := range []uint64{0, revision} {
			if _, err := bucket.Set(t.Context(), "k", []byte("three"), stale); !errors.Is(err, ErrChanged) {
				t.Errorf("setting at revision %d: %v", stale, err)
			}
		}
		if value, _, err := bucket.Get(t.Context(), "k"); string(value) != "two" || err != nil {
			t.Errorf("%q, %v", value, err)
		}
	})
}

func TestABucketForgets(t *testing.T) {
	box := open(t, testConfig(t))
	bucket, err := box.Bucket(t.Context(), "talks", 200*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bucket.Set(t.Context(), "k", []byte("one"), 0); err != nil {
		t.Fatal(err)
	}
	limit := time.Now().Add(20 * time.Second)
	for {
		value, _, err := bucket.Get(t.Context(), "k")
		if err != nil {
			t.Fatal(err)
		}
		if value == nil {
			break
		}
		if time.Now().After(limit) {
			t.Fatal("a value outlives its time by far")
		}
		flow.Pause(t.Context(), 20*time.Millisecond)
	}
	if _, err := bucket.Set(t.Context(), "k", []byte("two"), 0); err != nil {
		t.Error("a key whose value was forgotten cannot be set anew:", err)
	}
}

func TestAJournalKeepsTheOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, config Config) {
		box := open(t, config)
		journal, err := box.Journal(t.Context(), "asked", time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		read := func() (all string) {
			if err := journal.Each(t.Context(), func(record []byte) error { all += string(record); return nil }); err != nil {
				t.Fatal(err)
			}
			return all
		}
		if all := read(); all != "" {
			t.Errorf("an empty journal has %q", all)
		}
		for i := range 3 {
			for range 2 { // the second is dropped
				if err := journal.Add(t.Context(), fmt.Sprint(i), i); err != nil {
					t.Fatal(err)
				}
			}
		}
		if all := read(); all != "012" {
			t.Errorf("got %q", all)
		}
	})
}

func TestMemoryForgets(t *testing.T) {
	m := newMemory(3 * time.Hour)
	start := time.Date(2017, 10, 1, 0, 0, 0, 0, time.UTC)
	for hour := range 12 {
		at := start.Add(time.Duration(hour) * time.Hour)
		m.add(key(hour), at)
		for before := 0; before <= 3 && before <= hour; before++ {
			if !m.has(key(hour - before)) {
				t.Fatalf("at %d h what was told %d h before is forgotten", hour, before)
			}
		}
		if hour >= 5 && m.has(key(hour-5)) {
			t.Fatalf("at %d h what was told 5 h before is still known", hour)
		}
	}
}

// TestASlowReplyIsNotTakenOver: one that takes longer than a replica may fall
// silent is still in work, and no other replica sends it too.
func TestASlowReplyIsNotTakenOver(t *testing.T) {
	config := testConfig(t)
	config.URL, config.TakeOver = clustertest.Start(t).URLs(), time.Second
	var tries atomic.Int32
	done := newReceiver()
	send := func(ctx context.Context, d Delivery) error {
		tries.Add(1)
		flow.Pause(ctx, 3*config.TakeOver)
		return done.take(ctx, d)
	}
	for range 2 {
		delivering(t, open(t, config), send)
	}
	put(t, open(t, config), "m", "lane", "")
	done.await(t, 1)
	if n := tries.Load(); n != 1 {
		t.Errorf("%d replicas sent it", n)
	}
}
