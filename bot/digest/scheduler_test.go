package digest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"
)

// TestTwoYearsInEighteenZones: one post for each channel and local day, at the
// local time, and on special days at the instant that was worked out elsewhere.
func TestTwoYearsInEighteenZones(t *testing.T) {
	special := map[string]string{} // zone and day → instant
	times := map[string]string{}   // zone → time of the day
	for _, line := range specialDays(t) {
		special[line[0]+" "+line[1]], times[line[0]] = line[3], line[2]
	}
	o := newOffice(t, newShelf(), "2026-12-30T00:00Z")
	for zone, at := range times {
		o.subscribe(t, zone, "daily "+at+" "+zone)
	}
	o.runTo(t, "2029-01-02T00:00Z", 5*time.Minute)
	byZone := map[string]map[Day]time.Time{}
	for _, p := range o.posts {
		sub := o.Store.copyOf(p.key)
		days := byZone[sub.Channel]
		if days == nil {
			days = map[Day]time.Time{}
			byZone[sub.Channel] = days
		}
		if _, twice := days[p.day]; twice {
			t.Errorf("%s: %s twice", sub.Channel, p.day)
		}
		days[p.day] = p.at
	}
	if len(byZone) != len(times) || len(times) < 12 {
		t.Fatalf("%d zones of %d", len(byZone), len(times))
	}
	checked := 0
	for zone, days := range byZone {
		at, _ := ParseClock(times[zone])
		for d := dayOn(t, "2027-01-01"); d < dayOn(t, "2029-01-01"); d++ {
			posted, ok := days[d]
			local := posted.In(o.Store.copyOf(Key("fake", zone, "")).Schedule.Zone.location())
			switch want := special[zone+" "+d.String()]; {
			case !ok:
				t.Errorf("%s: nothing on %s", zone, d)
			case want != "":
				checked++
				if !posted.Equal(instant(t, want)) {
					t.Errorf("%s on %s: at %s, want %s", zone, d, posted, want)
				}
			case DayOf(local) != d || local.Hour()*60+local.Minute() != int(at):
				t.Errorf("%s on %s: at %s", zone, d, local)
			}
		}
	}
	if checked < 70 {
		t.Errorf("only %d special days were compared", checked)
	}
}

func dayOn(t testing.TB, text string) Day {
	t.Helper()
	var d Day
	if err := d.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return d
}

// outcomes are a channel's, as "day what".
func (o *office) outcomes(t *testing.T, channel, topic string) []string {
	t.Helper()
	sub, err := o.Store.Whole(t.Context(), "fake", channel, topic)
	if err != nil || sub == nil {
		t.Fatalf("no subscription: %v", err)
	}
	var out []string
	for _, outcome := range sub.Outcomes {
		out = append(out, fmt.Sprint(outcome.Day, " ", outcome.What))
	}
	return out
}

// TestWhatWasMissed: within the grace time it is posted once, late; beyond it
// is skipped, and so noted.
func TestWhatWasMissed(t *testing.T) {
	b := newShelf()
	o := newOffice(t, b, "2026-11-23T08:00Z")
	o.subscribe(t, "c", "daily 09:00 UTC")
	o.runTo(t, "2026-11-23T12:00Z", time.Minute)
	o = newOffice(t, b, "2026-11-26T11:30Z") // down for three days
	o.runTo(t, "2026-11-26T12:00Z", time.Minute)
	want := []string{"2026-11-23 posted", "2026-11-24 skipped", "2026-11-25 skipped", "2026-11-26 posted"}
	if got := o.outcomes(t, "c", ""); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if len(o.posts) != 1 || o.posts[0].late != 150*time.Minute {
		t.Errorf("posts %+v", o.posts)
	}
	o = newOffice(t, b, "2026-11-27T12:01Z") // a minute beyond the grace time
	o.runTo(t, "2026-11-28T09:00Z", time.Minute)
	want = append(want, "2026-11-27 skipped", "2026-11-28 posted")
	if got := o.outcomes(t, "c", ""); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	o = newOffice(t, b, "2030-01-01T00:00Z") // away for years: the ledger stays short
	o.Tick(t.Context())
	if got := o.outcomes(t, "c", ""); len(got) != mostOutcomes || got[0] != "2029-12-18 skipped" {
		t.Errorf("%v", got)
	}
}

// TestEditsOnTheDay: one digest a day, however often it is set anew.
func TestEditsOnTheDay(t *testing.T) {
	o := newOffice(t, newShelf(), "2026-11-23T08:00Z")
	o.subscribe(t, "c", "daily 09:00 UTC")
	o.runTo(t, "2026-11-23T10:00Z", time.Minute)
	o.subscribe(t, "c", "daily 15:00 UTC")
	o.runTo(t, "2026-11-23T23:00Z", time.Minute)
	if len(o.posts) != 1 {
		t.Errorf("%d posts on one day", len(o.posts))
	}
	o.runTo(t, "2026-11-24T15:00Z", time.Minute)
	if len(o.posts) != 2 || !o.posts[1].at.Equal(instant(t, "2026-11-24T15:00Z")) {
		t.Errorf("posts %+v", o.posts)
	}
	o.subscribe(t, "new", "daily 09:00 UTC") // set up at 15:01: the first one tomorrow
	o.runTo(t, "2026-11-25T08:59Z", time.Minute)
	if len(o.posts) != 2 {
		t.Errorf("a digest came that was due before it was set up: %+v", o.posts)
	}
}

// TestFailuresAreTriedAgain, until the grace time is over.
func TestFailuresAreTriedAgain(t *testing.T) {
	o := newOffice(t, newShelf(), "2026-11-23T08:00Z")
	o.subscribe(t, "c", "daily 09:00 UTC")
	o.fail = errors.New("the outbox is full")
	o.runTo(t, "2026-11-23T11:00Z", time.Minute)
	o.fail = nil
	o.runTo(t, "2026-11-23T11:30Z", time.Minute)
	if len(o.posts) != 1 {
		t.Errorf("%d posts", len(o.posts))
	}
	o.fail = errors.New("the outbox is full")
	o.runTo(t, "2026-11-24T13:00Z", time.Minute)
	o.fail = nil
	o.runTo(t, "2026-11-24T23:00Z", time.Minute)
	if got := o.outcomes(t, "c", ""); got[len(got)-1] != "2026-11-24 skipped" || len(o.posts) != 1 {
		t.Errorf("%v, %d posts", got, len(o.posts))
	}
	o.shelf.fail = errors.New("no server") // the ledger cannot be written: nothing is lost, nothing doubled
	o.runTo(t, "2026-11-25T09:30Z", time.Minute)
	o.shelf.fail = nil
	o.runTo(t, "2026-11-25T10:00Z", time.Minute)
	if len(o.posts) != 2 {
		t.Errorf("%d posts", len(o.posts))
	}
}

// TestADigestThatCannotBeMade is not tried again that day; one of a kind that
// never can be is paused.
func TestADigestThatCannotBeMade(t *testing.T) {
	o := newOffice(t, newShelf(), "2026-11-23T08:00Z")
	o.subscribe(t, "c", "daily 09:00 UTC")
	tries := 0
	put := o.Scheduler.Post
	fault := &Impossible{Why: "of a fault"}
	o.Scheduler.Post = func(ctx context.Context, sub *Subscription, slot Slot) error {
		if tries++; slot.Day < dayOn(t, "2026-11-24") || fault.Forever {
			return fault
		}
		return put(ctx, sub, slot)
	}
	o.runTo(t, "2026-11-24T12:00Z", time.Minute)
	if got := o.outcomes(t, "c", ""); tries != 2 || !slices.Equal(got, []string{"2026-11-23 skipped", "2026-11-24 posted"}) {
		t.Errorf("%d tries, %v", tries, got)
	}
	fault.Forever = true
	o.runTo(t, "2026-11-28T12:00Z", time.Minute)
	sub, _ := o.Store.Whole(t.Context(), "fake", "c", "")
	if tries != 3 || sub.Paused == nil || sub.Paused.Why != "of a fault" {
		t.Errorf("%d tries, %+v", tries, sub.Paused)
	}
}

// TestAChannelThatIsGone is left alone after a few digests, with the reason.
func TestAChannelThatIsGone(t *testing.T) {
	o := newOffice(t, newShelf(), "2026-11-23T08:00Z")
	o.subscribe(t, "gone", "daily 09:00 UTC")
	o.subscribe(t, "back", "daily 09:00 UTC")
	for d := dayOn(t, "2026-11-23"); d < dayOn(t, "2026-11-30"); d++ {
		o.runTo(t, d.String()+"T09:10Z", time.Minute)
		for channel, refused := range map[string]bool{"gone": true, "back": d%3 != 0} {
			ref := Ref{"fake", channel, "", d}
			var err error
			if refused {
				err = o.Store.Undelivered(t.Context(), ref, "the channel is gone", o.clock)
				err = errors.Join(err, o.Store.Undelivered(t.Context(), ref, "the channel is gone", o.clock)) // told twice
			} else {
				err = o.Store.Delivered(t.Context(), ref)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	count := map[string]int{}
	for _, p := range o.posts {
		count[o.Store.copyOf(p.key).Channel]++
	}
	if want := map[string]int{"gone": 3, "back": 7}; !maps.Equal(count, want) {
		t.Errorf("posts %v, want %v", count, want)
	}
	gone, _ := o.Store.Whole(t.Context(), "fake", "gone", "")
	if gone.Paused == nil || gone.Paused.Why != "the channel is gone" {
		t.Errorf("%+v", gone)
	}
}

// TestSeveralReplicas post each slot once between them.
func TestSeveralReplicas(t *testing.T) {
	b := newShelf()
	first := newOffice(t, b, "2026-11-23T08:00Z")
	offices := []*office{first, newOffice(t, b, "2026-11-23T08:00Z"), newOffice(t, b, "2026-11-23T08:00Z")}
	for i := range 50 {
		first.subscribe(t, fmt.Sprint("c", i), "daily 09:00 UTC")
	}
	for i := range 3 * 24 * 60 {
		for _, o := range offices {
			o.sent = first.sent // one outbox
			o.clock = first.clock
		}
		offices[i%3].Tick(t.Context())
		offices[(i+1)%3].Tick(t.Context())
		first.clock = first.clock.Add(time.Minute)
	}
	posts := 0
	for _, o := range offices {
		posts += len(o.posts)
	}
	if posts != 150 {
		t.Errorf("%d posts of 50 channels in 3 days", posts)
	}
}

// TestRemoved digests do not come, and are forgotten after some days.
func TestRemoved(t *testing.T) {
	o := newOffice(t, newShelf(), "2026-11-23T08:00Z")
	o.subscribe(t, "c", "daily 09:00 UTC")
	err := o.Store.Edit(t.Context(), "fake", "c", "", func(s *Subscription) error { s.Removed = o.clock; return nil })
	if err != nil {
		t.Fatal(err)
	}
	o.runTo(t, "2026-11-28T12:00Z", time.Hour)
	if len(o.posts) != 0 || o.shelf.deleted != 1 || len(o.Store.All()) != 0 || o.Store.copyOf(Key("fake", "c", "")) != nil {
		t.Errorf("%d posts, %d deleted", len(o.posts), o.shelf.deleted)
	}
	o.subscribe(t, "c", "daily 09:00 UTC")
	o.runTo(t, "2026-11-29T12:00Z", time.Hour)
	if len(o.posts) != 1 {
		t.Errorf("%d posts after it was set up again", len(o.posts))
	}
}

// TestRunSpreads what is due at the same time, and waits for what is not.
func TestRunSpreads(t *testing.T) {
	o := newOffice(t, newShelf(), "2026-11-23T08:59Z")
	for i := range 30 {
		o.subscribe(t, fmt.Sprint("c", i), "daily 09:00 UTC")
	}
	began := time.Now()
	start := o.clock.Add(59*time.Second + 900*time.Millisecond)
	o.Now = func() time.Time { return start.Add(time.Since(began)) }
	o.PerSecond = func(string) float64 { return 20 }
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var at []time.Duration
	put := o.Scheduler.Post
	o.Scheduler.Post = func(ctx context.Context, sub *Subscription, slot Slot) error {
		at = append(at, o.Now().Sub(slot.At))
		if len(at) == 30 {
			cancel()
		}
		return put(ctx, sub, slot)
	}
	o.Run(ctx, []string{"fake"})
	if len(at) != 30 || at[0] < 0 || at[29] < 300*time.Millisecond {
		t.Errorf("posted at %v", at)
	}
}
