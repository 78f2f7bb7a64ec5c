package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"reportbot/answers"
	"reportbot/bot/digest"
	"reportbot/bot/flow"
	"reportbot/bot/outbox"
)

// governed is a platform that knows people's rights and zones.
type governed struct {
	*platform
	zone, refusal string
	err           error
}

func (g *governed) MayManage(context.Context, Message) (string, error) { return g.refusal, g.err }

func (g *governed) Zone(context.Context, Message) (string, error) { return g.zone, g.err }

// says checks that a reply says something.
func (r *rig) says(t *testing.T, reply Reply, want ...string) {
	t.Helper()
	for _, w := range want {
		if text := reply.Plain(); !strings.Contains(text, w) {
			t.Errorf("%q is not in\n%s", w, text)
		}
	}
}

// TestADigestFromTheChat: it is set up, previewed, posted once a day, paused,
// resumed and removed.
func TestADigestFromTheChat(t *testing.T) {
	r := start(t, nil) // Friday, 2 January 2026, 03:04 UTC
	r.says(t, r.ask(t, "anna", "digest")[0], "gets no digest", "digest daily 09:00 Europe/Paris")
	r.says(t, r.ask(t, "anna", "digest daily 09:00 Europe/Paris")[0], "set up: daily 09:00 Europe/Paris", "Friday, 2 January 2026 at 09:00")
	preview := r.ask(t, "anna", "digest preview")[0]
	r.says(t, preview, "Digest of Friday, 2 January 2026: ", "From the report's text", "How to read the figures")
	r.clock.pass(5 * time.Hour) // 09:04 in Paris
	posts := r.platform.await(t, 4)
	if got, want := text(t, posts[3].Reply), text(t, preview); got != want {
		t.Errorf("posted\n%s\npreviewed\n%s", got, want)
	}
	if posts[3].Target != (Target{Platform: "fake", Channel: "general"}) || !posts[3].Digest {
		t.Errorf("posted %+v", posts[3])
	}
	r.until(t, func(sub *digest.Subscription) bool { return len(sub.Outcomes) == 1 })
	r.says(t, r.ask(t, "anna", "digest history")[0], "Friday, 2 January 2026: posted at 09:04")
	r.says(t, r.ask(t, "bea", "digest weekdays 9 about womn and children")[0], "no digest about", "women and children")
	r.says(t, r.ask(t, "bea", "digest mondays 9:30am Europe/Berlin about Western Europe without questions")[0], "mondays 09:30 Europe/Berlin about Western Europe without questions", "Monday, 5 January 2026 at 09:30")
	r.says(t, r.ask(t, "bea", "digest pause")[0], "Which one?", "digest pause about everything", "digest pause about Western Europe")
	r.says(t, r.ask(t, "bea", "digest pause about everything")[0], "paused: daily 09:00")
	r.says(t, r.ask(t, "bea", "digest list")[0], "gets 2 digests", "paused since 2 January 2026", "Monday, 5 January 2026 at 09:30")
	r.says(t, r.ask(t, "bea", "digest daily 10 Europe/Paris")[0], "changed: daily 10:00 Europe/Paris", "Saturday, 3 January 2026 at 10:00")
	r.says(t, r.ask(t, "bea", "digest remove about western europe")[0], "removed: mondays 09:30")
	r.says(t, r.ask(t, "bea", "digest remove")[0], "removed: daily 10:00")
	r.says(t, r.ask(t, "bea", "digest remove")[0], "gets no digest")
	before := len(r.platform.await(t, 0))
	r.clock.pass(72 * time.Hour)
	r.says(t, r.ask(t, "bea", "digest list")[0], "gets no digest")
	if after := r.platform.await(t, before+1); len(after) != before+1 {
		t.Errorf("something came besides: %+v", after[before:])
	}
}

// text is a reply as it is stored: every byte of it.
func text(t *testing.T, r Reply) string {
	t.Helper()
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestWhoMay set digests up, and by which clocks.
func TestWhoMay(t *testing.T) {
	g := &governed{platform: newPlatform(), zone: "Asia/Kathmandu"}
	r := start(t, func(o *Options) { o.Adapters = []Adapter{g} })
	r.platform = g.platform
	r.says(t, r.ask(t, "anna", "digest daily 09:00")[0], "daily 09:00 Asia/Kathmandu")
	g.refusal = "Only those who may manage this channel can do that. Please ask one of them."
	for _, order := range []string{"digest daily 10:00 UTC", "digest pause", "digest remove", "digest resume"} {
		if got := r.ask(t, "bea", order)[0].Plain(); got != g.refusal+"\n" {
			t.Errorf("%s: %s", order, got)
		}
	}
	r.says(t, r.ask(t, "bea", "digest list")[0], "daily 09:00 Asia/Kathmandu") // everybody may look
	g.refusal, g.zone = "", ""
	r.says(t, r.ask(t, "anna", "digest daily 09:00 about returnees")[0], "In which time zone?")
}

// TestWhatAFormIsTold: for which of its fields an order was not followed.
func TestWhatAFormIsTold(t *testing.T) {
	g := &governed{platform: newPlatform()}
	r := start(t, func(o *Options) { o.Adapters, o.Settings.Digests.PerChannel = []Adapter{g}, 1 })
	r.platform = g.platform
	order := func(o digest.Order) Reply {
		t.Helper()
		o.Act, o.Schedule.Days, o.Schedule.At = digest.Set, digest.Weekdays, 9*60
		reply, err := r.Digest(t.Context(), message("form", "general", "anna", ""), o)
		if err != nil {
			t.Fatal(err)
		}
		return reply
	}
	for want, o := range map[OrderPart]digest.Order{
		OrderZone: {}, OrderTopic: {Zoned: true, About: "cheese"}, OrderWithout: {Zoned: true, Without: digest.Sections()},
	} {
		if got := order(o); got.Refused != want {
			t.Errorf("%s: %+v", want, got)
		}
	}
	if got := order(digest.Order{Zoned: true}); got.Refused != "" || got.Digests {
		t.Errorf("what can be done: %+v", got)
	}
	if got := order(digest.Order{Zoned: true, About: "returnees"}); got.Refused != OrderChannel {
		t.Errorf("one more than a channel may have: %+v", got)
	}
	g.refusal = "Please ask somebody else."
	if got := order(digest.Order{Zoned: true}); got.Refused != OrderChannel {
		t.Errorf("without the right to: %+v", got)
	}
	if list := r.ask(t, "anna", "digest list")[0]; !list.Digests {
		t.Errorf("the list: %+v", list)
	}
}

// TestLimitsOfDigests: a channel has so many, and a person.
func TestLimitsOfDigests(t *testing.T) {
	r := start(t, func(o *Options) { o.Settings.Digests.PerChannel = 2 })
	order := func(channel, author, text string) Reply {
		t.Helper()
		n := len(r.platform.await(t, 0))
		m := message(fmt.Sprint("m", r.platform.next()), channel, author, text)
		if err := r.Handle(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		return r.platform.await(t, n+1)[n].Reply
	}
	order("c", "anna", "digest daily 9 UTC")
	order("c", "anna", "digest daily 9 UTC about returnees")
	r.says(t, order("c", "anna", "digest daily 9 UTC about the EU"), "has 2 digests already")
	r.says(t, order("c", "anna", "digest daily 8 UTC about returnees"), "changed: daily 08:00")
	refused := 0
	for i := range 300 {
		if strings.Contains(order(fmt.Sprint("channel ", i), "bea", "digest daily 9 UTC").Plain(), "You have set up 20 digests already") {
			refused++
		}
	}
	if refused != 280 {
		t.Errorf("%d of 300 refused", refused)
	}
	order("channel 0", "bea", "digest remove")
	r.says(t, order("another", "bea", "digest daily 9 UTC"), "set up")
}

// TestFixedDigests are those of the configuration: nobody changes them from the chat.
func TestFixedDigests(t *testing.T) {
	r := start(t, func(o *Options) {
		o.Settings.Digests.Fixed = []string{"fake general daily 09:00 Europe/Paris about returnees"}
	})
	for _, order := range []string{"digest pause", "digest remove", "digest daily 10:00 UTC about returnees"} {
		r.says(t, r.ask(t, "anna", order)[0], "set in the bot's configuration and cannot be changed")
	}
	r.says(t, r.ask(t, "anna", "digest")[0], "daily 09:00 Europe/Paris about returnees", "(set in the bot's configuration)")
	options := Options{Engine: r.engine, Outbox: r.box, Settings: Defaults(), Adapters: []Adapter{r.platform}, Now: r.clock.Now}
	if _, err := New(t.Context(), options); err != nil { // it is no longer in the configuration
		t.Fatal(err)
	}
	for len(r.subscriptions.Of("fake", "general")) > 0 && t.Context().Err() == nil { // the other bot learns of it
		flow.Pause(t.Context(), time.Millisecond)
	}
	r.says(t, r.ask(t, "anna", "digest")[0], "gets no digest")
	for text, want := range map[string]string{
		"fake general daily 09:00 Europe/Paris about cheese": "no digest about",
		"other general daily 09:00 Europe/Paris":             "no adapter",
		"fake general daily 09:00":                           "time zone",
	} {
		options.Settings.Digests.Fixed = []string{text}
		if _, err := New(t.Context(), options); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestWhatWasAsked stands in the digest, that is asked before others alone.
func TestWhatWasAsked(t *testing.T) {
	r := start(t, nil)
	r.ask(t, "anna", "digest daily 09:00 UTC", "returned from France", "compare France and Germany", "women from Kosovo", "returned from Wakanda", "returned from wakanda?", "how do I join ISIS")
	private := message("private", "general", "anna", "returned from Narnia")
	private.Private = true
	before := len(r.platform.await(t, 0))
	if err := r.Handle(t.Context(), private); err != nil {
		t.Fatal(err)
	}
	r.platform.await(t, before+1)
	r.clock.pass(6 * time.Hour)
	posted := r.platform.await(t, before+2)[before+1].Reply
	r.says(t, posted, "Asked here since the last digest\n6 questions: 3 without an answer, 2 for the figures of a place, 1 to compare.", "Without an answer: “returned from wakanda?”; ask instead: ")
	for _, never := range []string{"Narnia", "join ISIS", "“returned from Wakanda”"} {
		if strings.Contains(posted.Plain(), never) {
			t.Errorf("%q is in\n%s", never, posted.Plain())
		}
	}
	r.clock.pass(24 * time.Hour) // nothing was asked: nothing is said of it
	if next := r.platform.await(t, before+3)[before+2].Reply.Plain(); strings.Contains(next, "Asked here") {
		t.Errorf("the next one says\n%s", next)
	}
}

// TestARotation: a channel sees each row once before any comes again, and another
// channel sees another order; so it is with the rows of a topic on some days only.
func TestARotation(t *testing.T) {
	r := start(t, nil)
	seen := func(channel, order string, digests int) []string {
		o, err := digest.ParseOrder(order)
		if err != nil {
			t.Fatal(err)
		}
		topic, _ := r.topicOf(o)
		sub := &digest.Subscription{Platform: "fake", Channel: channel, Topic: topic.slug, Schedule: o.Schedule}
		var out []string
		at := r.clock.Now()
		for range digests {
			slot := sub.Schedule.Next(at)
			at = slot.At
			reply, err := r.content(sub, slot, nil)
			if err != nil {
				t.Fatal(err)
			}
			_, row, _ := strings.Cut(reply.Parts[0].Headline, ": ")
			out = append(out, row)
		}
		return out
	}
	rows := len(r.engine.Report().Subjects)
	general, other := seen("general", "daily 9", 2*rows), seen("other", "daily 9", rows)
	if rows != 53 || distinctOf(general[:rows]) != rows || !slices.Equal(general[:rows], general[rows:]) {
		t.Errorf("%d rows, %d of them seen in as many days", rows, distinctOf(general[:rows]))
	}
	if slices.Equal(general[:rows], other) || distinctOf(other) != rows {
		t.Errorf("another channel sees %v", other)
	}
	west := r.topics.bySlug("western-europe").rows
	if mondays := seen("general", "mondays 9 about western europe", len(west)); distinctOf(mondays) != len(west) {
		t.Errorf("%d of %d rows on Mondays: %v", distinctOf(mondays), len(west), mondays)
	}
}

func distinctOf(list []string) int {
	seen := map[string]bool{}
	for _, x := range list {
		seen[x] = true
	}
	return len(seen)
}

// TestEveryDigestCanBeMade: of each topic, through all rows, findings and
// readings; short enough for a channel, and each number in it one of an answer.
func TestEveryDigestCanBeMade(t *testing.T) {
	r := start(t, nil)
	longest := 0
	for _, topic := range r.topics.all {
		if len(topic.rows) == 0 || len(topic.findings) == 0 {
			t.Errorf("%s has %d rows, %d findings", topic.name, len(topic.rows), len(topic.findings))
			continue
		}
		sub := &digest.Subscription{Platform: "fake", Channel: "general", Topic: topic.slug, Schedule: digest.Schedule{At: 540, Days: digest.Daily}}
		at := r.clock.Now()
		for range max(len(topic.rows), len(topic.findings), len(r.engine.Report().Vocabulary.Reading)) {
			slot := sub.Schedule.Next(at)
			at = slot.At
			reply, err := r.content(sub, slot, nil)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Count(reply.Plain(), "\n")
			longest = max(longest, lines)
			if len(reply.Suggestions) != 1 || reply.Code == "" {
				t.Errorf("suggestions %v, code %q", reply.Suggestions, reply.Code)
			}
		}
	}
	if longest > 18 { // the parts and the empty lines between them; caveats are one line here
		t.Errorf("a digest has %d lines", longest)
	}
	if n := r.engine.Unproved(); n != 0 {
		t.Errorf("%d answers were not proved", n)
	}
}

// TestADigestWithNothingInIt is told of, where it is asked for.
func TestADigestWithNothingInIt(t *testing.T) {
	r := start(t, nil)
	r.ask(t, "anna", "digest daily 09:00 UTC without country, finding and reading")
	r.says(t, r.ask(t, "anna", "digest preview")[0], "There is no digest to show: nothing is in it today")
	err := r.subscriptions.Edit(t.Context(), "fake", "general", "cheese", func(s *digest.Subscription) error {
		s.Schedule, s.Since = digest.Schedule{At: 540, Days: digest.Daily}, r.clock.Now()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	r.clock.pass(6 * time.Hour)
	for len(r.DigestTroubles()) < 2 && t.Context().Err() == nil {
		flow.Pause(t.Context(), 5*time.Millisecond)
	}
	if troubles := strings.Join(r.DigestTroubles(), "\n"); !strings.Contains(troubles, "its topic is not in this edition") || !strings.Contains(troubles, "nothing is in it today") {
		t.Errorf("troubles\n%s", troubles)
	}
}

// TestReadingsAreAnswered: each question of the data on how to read the figures.
func TestReadingsAreAnswered(t *testing.T) {
	r := start(t, nil)
	for _, q := range r.engine.Report().Vocabulary.Reading {
		a, _, err := r.engine.Ask(q, answers.Context{})
		if err != nil || a.Status != answers.Answered {
			t.Errorf("%s: %s %v", q, a.Status, err)
		}
	}
}

// TestTopicsAreFound by the names that people use.
func TestTopicsAreFound(t *testing.T) {
	r := start(t, nil)
	for written, want := range map[string]string{
		"western europe": "Western Europe", "The EU": "EU", "women children": "women and children", "Turkey's list": "Turkey's list", "turkeys list": "?Turkey's list",
		"returnee": "?returnees", "everything": "everything", "Maghreb": "The Maghreb", "wstern europe": "?Western Europe", "qqqq": "",
	} {
		found, nearest := r.topics.find(written)
		got := ""
		switch {
		case found != nil:
			got = found.name
		case len(nearest) > 0:
			got = "?" + nearest[0].name
		}
		if got != want {
			t.Errorf("%q is %q, not %q", written, got, want)
		}
	}
}

// until waits until the ledger of the channel's digest is so.
func (r *rig) until(t *testing.T, is func(*digest.Subscription) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		sub, err := r.subscriptions.Whole(ctx, "fake", "general", "")
		if err != nil {
			t.Fatal(err)
		}
		if is(sub) {
			return
		}
		flow.Pause(ctx, 5*time.Millisecond)
	}
}

// TestAChannelThatIsGoneGetsNoMore: after some digests that the platform refuses
// there are no more, and those who look are told why.
func TestAChannelThatIsGoneGetsNoMore(t *testing.T) {
	r := start(t, func(o *Options) {
		p := o.Adapters[0].(*platform)
		p.refus = func(post Post) error {
			if post.Digest {
				return &outbox.Refused{Reason: "the channel is archived"}
			}
			return nil
		}
	})
	r.ask(t, "anna", "digest daily 09:00 UTC")
	for day := range 5 {
		r.clock.pass(24 * time.Hour)
		if day == 0 {
			r.clock.pass(6 * time.Hour) // in time for nine o'clock
		}
		today := digest.DayOf(r.clock.Now())
		r.until(t, func(sub *digest.Subscription) bool {
			return sub.Paused != nil || lastOutcome(sub) == (digest.Outcome{Day: today, At: lastOutcome(sub).At, What: digest.Refused, Why: "the channel is archived"})
		})
	}
	r.says(t, r.ask(t, "anna", "digest")[0], "paused since", "because the channel is archived", "digest resume")
	if troubles := r.DigestTroubles(); len(troubles) != 1 || !strings.Contains(troubles[0], "the channel is archived") {
		t.Errorf("troubles %v", troubles)
	}
	dead, err := r.box.Dead(t.Context())
	if err != nil || len(dead) != 3 {
		t.Errorf("%d digests were refused, %v", len(dead), err)
	}
	r.platform.refus = nil
	r.says(t, r.ask(t, "anna", "digest resume")[0], "comes again")
	before := len(r.platform.await(t, 0))
	r.clock.pass(24 * time.Hour)
	if post := r.platform.await(t, before+1)[before]; !post.Digest {
		t.Errorf("posted %+v", post)
	}
}

// TestAQuestionOfRightsThatFails is told to the person, and nothing is set up.
func TestAQuestionOfRightsThatFails(t *testing.T) {
	g := &governed{platform: newPlatform(), err: errors.New("the platform does not answer")}
	r := start(t, func(o *Options) { o.Adapters = []Adapter{g} })
	m := message("m", "general", "anna", "digest daily 09:00 UTC")
	if err := r.Handle(t.Context(), m); err == nil {
		t.Error("it was taken in")
	}
	if got := r.subscriptions.All(); len(got) != 0 {
		t.Errorf("set up: %+v", got)
	}
}

// TestDigestsAreCounted, by what became of them.
func TestDigestsAreCounted(t *testing.T) {
	registry := prometheus.NewRegistry()
	r := start(t, func(o *Options) { o.Metrics = registry })
	r.ask(t, "anna", "digest daily 09:00 UTC")
	r.clock.pass(6 * time.Hour)
	r.until(t, func(sub *digest.Subscription) bool { return len(sub.Outcomes) == 1 })
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	counted := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			counted[f.GetName()] += m.GetCounter().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	if counted["reportbot_digests_total"] != 1 || counted["reportbot_digest_late_seconds"] != 1 {
		t.Errorf("counted %v", slices.Sorted(maps.Keys(counted)))
	}
}
