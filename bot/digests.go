package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"reportbot/answers"
	"reportbot/bot/digest"
)

// Governor is an Adapter that can tell who may set digests up in a channel, and
// by which clocks a person lives. Where an adapter is none, everybody may.
type Governor interface {
	// MayManage says whether the author of a message may set digests up in its
	// channel. refusal is empty where they may; else it tells them whom to ask, in
	// a sentence.
	MayManage(ctx context.Context, m Message) (refusal string, err error)
	// Zone is the name of the author's time zone; empty where the platform does
	// not tell.
	Zone(ctx context.Context, m Message) (string, error)
}

// Spreader is an Adapter that takes only so many digests a second, over all
// channels, so that replies do not wait behind them.
type Spreader interface{ DigestsPerSecond() float64 }

// Desk is where digests are ordered, and made.
type Desk struct {
	engine        *answers.Engine
	topics        *topics
	subscriptions *digest.Store
	heard         *heard // what is asked in channels that get a digest
	settings      Digests
	log           *slog.Logger
	now           func() time.Time
	governor      func(platform string) Governor // nil for a platform that has none
}

// OpenDesk opens the digests that an outbox keeps, for whoever runs the bot: no
// platform is asked for anybody's rights. Of the options adapters and metrics are
// not used.
func OpenDesk(ctx context.Context, o Options) (*Desk, error) {
	d := &Desk{engine: o.Engine, topics: newTopics(o.Engine.Report()), settings: o.Settings.Digests, log: o.Log, now: o.Now,
		governor: func(string) Governor { return nil }}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	if d.now == nil {
		d.now = time.Now
	}
	var err error
	if d.subscriptions, err = digest.OpenStore(ctx, o.Outbox, d.log); err != nil {
		return nil, err
	}
	d.heard, err = openHeard(ctx, o.Outbox, d.subscriptions, d.now)
	return d, err
}

// digestOrder does what somebody wants of the digests of their channel.
func (d *Desk) digestOrder(ctx context.Context, m Message, rest string, before answers.Context) (Reply, answers.Context, error) {
	order, err := digest.ParseOrder(rest)
	if err != nil {
		return sayProblem(err), before, nil
	}
	r, err := d.Digest(ctx, m, order)
	return r, before, err
}

// notDone is the reply to an order that was not done: what is missing, or why not.
func notDone(headline string) Reply {
	r := say(headline)
	r.Status = answers.Clarify
	return r
}

// refuse is the reply to an order that is not done for a part of it.
func refuse(part OrderPart, why string) Reply {
	r := notDone(why)
	r.Refused = part
	return r
}

// sayProblem is the reply to what cannot be read.
func sayProblem(err error) Reply {
	r := notDone(err.Error())
	r.Digests = true
	var zone *digest.UnknownZoneError
	if !errors.As(err, &zone) {
		r.Suggestions = []Action{{Question: "digest daily 09:00 Europe/Paris"}, {Question: "digest list"}}
	}
	return r
}

// Digest does what an order says, in the name of a message's author, and tells
// what was done. The status is Clarify where nothing was.
func (d *Desk) Digest(ctx context.Context, m Message, o digest.Order) (Reply, error) {
	t, refusal := d.topicOf(o)
	if t == nil {
		return refusal, nil
	}
	switch o.Act {
	case digest.List:
		return d.listDigests(m), nil
	case digest.Set, digest.Pause, digest.Resume, digest.Remove:
		if why, err := d.mayManage(ctx, m); err != nil {
			return Reply{}, err
		} else if why != "" {
			return refuse(OrderChannel, why), nil
		}
	}
	if o.Act == digest.Set {
		return d.setDigest(ctx, m, o, t)
	}
	sub, refusal := d.meant(m, o, t)
	switch {
	case sub == nil && o.Act == digest.Preview:
		return d.preview(ctx, d.example(m, t))
	case sub == nil:
		return refusal, nil
	case o.Act == digest.Preview:
		return d.preview(ctx, sub)
	case o.Act == digest.History:
		return d.digestHistory(ctx, sub)
	}
	return d.changeDigest(ctx, sub, o.Act)
}

// topicOf is the topic of an order; nil, and a reply, where there is none of the
// name that was written.
func (d *Desk) topicOf(o digest.Order) (*topic, Reply) {
	if o.About == "" {
		return d.topics.all[0], Reply{}
	}
	t, nearest := d.topics.find(o.About)
	if t != nil {
		return t, Reply{}
	}
	r := refuse(OrderTopic, "There is no digest about "+quoted(shortened(o.About, longestShown))+".")
	if len(nearest) == 0 {
		r.Parts[0].Body = []answers.Block{{Text: "It can be about " + listedTopics(d.topics.all) + "."}}
		return nil, r
	}
	r.Parts[0].Body = []answers.Block{{Text: "Did you mean " + listedTopics(nearest) + "?"}}
	for _, n := range nearest {
		r.Suggestions = append(r.Suggestions, Action{Question: o.String() + " about " + n.name})
	}
	return nil, r
}

func listedTopics(list []*topic) string {
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = t.name
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

func (d *Desk) mayManage(ctx context.Context, m Message) (refusal string, err error) {
	g := d.governor(m.Target.Platform)
	if g == nil {
		return "", nil
	}
	if refusal, err = g.MayManage(ctx, m); err != nil {
		return "", fmt.Errorf("asking whether somebody may manage a channel: %w", err)
	}
	return refusal, nil
}

// setDigest sets a digest up, or gives the one of the same topic another time.
func (d *Desk) setDigest(ctx context.Context, m Message, o digest.Order, t *topic) (Reply, error) {
	if len(o.Without) == len(digest.Sections()) {
		return refuse(OrderWithout, digest.NothingLeft), nil
	}
	if !o.Zoned {
		zone, refusal := d.zoneOf(ctx, m)
		if refusal != "" {
			return refuse(OrderZone, refusal), nil
		}
		o.Schedule.Zone = zone
	}
	person := digest.Person(m.Target.Platform, m.Author)
	there := d.subscriptions.Of(m.Target.Platform, m.Target.Channel)
	old := slices.IndexFunc(there, func(s *digest.Subscription) bool { return s.Topic == t.slug })
	switch limits := d.settings; {
	case old >= 0 && there[old].Fixed:
		return refuse(OrderTopic, fixedByOperator), nil
	case old < 0 && len(there) >= limits.PerChannel:
		return refuse(OrderChannel, fmt.Sprintf("This channel has %s already, and more than %d would be too many. Remove one first: digest remove about …", plural(len(there), "digest"), limits.PerChannel)), nil
	case old < 0 && m.Author != "" && d.subscriptions.By(person) >= limits.PerPerson:
		return refuse(OrderChannel, fmt.Sprintf("You have set up %d digests already, which is the most that one person can. Remove one that is no longer needed, or ask somebody else of this channel.", limits.PerPerson)), nil
	}
	now := d.now().UTC()
	var sub digest.Subscription
	err := d.subscriptions.Edit(ctx, m.Target.Platform, m.Target.Channel, t.slug, func(s *digest.Subscription) error {
		if s.Since.IsZero() || !s.Active() {
			s.By = person
		}
		s.Schedule, s.Without, s.Since, s.Paused, s.Removed, s.Refusals = o.Schedule, o.Without, now, nil, time.Time{}, 0
		sub = *s
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	did := "A digest is set up"
	if old >= 0 {
		did = "The digest is changed"
	}
	r := say(fmt.Sprintf("%s: %s.", did, d.described(&sub)), "The next one comes on "+nextWords(&sub)+".")
	r.Suggestions = d.actions(&sub, digest.Preview, digest.Remove)
	return r, nil
}

const fixedByOperator = "This digest is set in the bot's configuration and cannot be changed from the chat. Please ask those who run the bot."

// zoneOf is the zone of whoever named none: their own, else that of the configuration.
func (d *Desk) zoneOf(ctx context.Context, m Message) (zone digest.Zone, refusal string) {
	name := ""
	if g := d.governor(m.Target.Platform); g != nil {
		var err error
		if name, err = g.Zone(ctx, m); err != nil {
			d.log.Warn("a person's time zone could not be asked for", "platform", m.Target.Platform, "error", err)
		}
	}
	for _, name := range []string{name, d.settings.Zone} {
		if zone, err := digest.LoadZone(name); name != "" && err == nil {
			return zone, ""
		}
	}
	return digest.Zone{}, "In which time zone? Please name it, as in: digest daily 09:00 Europe/Paris"
}

// described is a subscription in words.
func (d *Desk) described(s *digest.Subscription) string {
	text := s.Schedule.String()
	if t := d.topics.bySlug(s.Topic); t != nil && s.Topic != "" {
		text += " about " + t.name
	}
	if len(s.Without) > 0 {
		text += " without " + digest.Words(s.Without)
	}
	return text
}

// nextWords is when the next digest comes.
func nextWords(s *digest.Subscription) string {
	next := s.Next()
	return fmt.Sprintf("%s at %s (%s)", next.Day.Words(), next.Clock(s.Schedule.Zone), s.Schedule.Zone.Name())
}

// actions are orders for one of a channel's digests that can be given next.
func (d *Desk) actions(s *digest.Subscription, acts ...digest.Act) []Action {
	t := d.topics.bySlug(s.Topic)
	if t == nil {
		return nil
	}
	several := len(d.subscriptions.Of(s.Platform, s.Channel)) > 1
	var out []Action
	for _, act := range acts {
		text := "digest " + string(act)
		if t.slug != "" || several {
			text += " about " + t.name
		}
		out = append(out, Action{Question: text})
	}
	return out
}

// listDigests tells which digests a channel gets.
func (d *Desk) listDigests(m Message) Reply {
	there := d.subscriptions.Of(m.Target.Platform, m.Target.Channel)
	if len(there) == 0 {
		r := say("This channel gets no digest.", "To set one up, write for instance:", strings.Join(digest.Usage(d.exampleTopic()), "\n"))
		r.Suggestions, r.Digests = []Action{{Question: "digest preview"}}, true
		return r
	}
	r := say("This channel gets " + plural(len(there), "digest") + ".")
	for _, s := range there {
		r.Parts[0].Body = append(r.Parts[0].Body, answers.Block{Text: d.described(s) + ": " + stateWords(s)})
	}
	change := digest.Pause
	if there[0].Paused != nil {
		change = digest.Resume
	}
	r.Suggestions, r.Digests = d.actions(there[0], digest.Preview, change, digest.History), true
	return r
}

// exampleTopic is a topic to show how one is named: the first that the
// vocabulary has words for.
func (d *Desk) exampleTopic() string {
	if named := d.engine.Report().Vocabulary.Topics; len(named) > 0 {
		return named[0].Name
	}
	return d.topics.all[0].name
}

// stateWords is how a digest stands.
func stateWords(s *digest.Subscription) string {
	text := "next on " + nextWords(s)
	switch {
	case s.Paused != nil && s.Paused.Why != "":
		text = "paused since " + s.Paused.At.Format("2 January 2006") + ", because " + s.Paused.Why + "; once that is mended: digest resume"
	case s.Paused != nil:
		text = "paused since " + s.Paused.At.Format("2 January 2006")
	}
	if s.Fixed {
		text += " (set in the bot's configuration)"
	}
	return text + "."
}

// meant is the subscription of a channel that an order is about; nil, and a
// reply, where it is not clear which.
func (d *Desk) meant(m Message, o digest.Order, t *topic) (*digest.Subscription, Reply) {
	there := d.subscriptions.Of(m.Target.Platform, m.Target.Channel)
	if o.About == "" && len(there) == 1 {
		return there[0], Reply{}
	}
	for _, s := range there {
		if s.Topic == t.slug && (o.About != "" || len(there) == 1) {
			return s, Reply{}
		}
	}
	switch {
	case len(there) == 0:
		r := d.listDigests(m)
		r.Status = answers.Clarify
		return nil, r
	case o.About != "":
		r := d.listDigests(m)
		r.Status = answers.Clarify
		r.Parts[0].Headline = "This channel gets no digest about " + t.name + ", but these:"
		return nil, r
	}
	r := notDone("Which one? This channel gets " + plural(len(there), "digest") + ".")
	for _, s := range there {
		if of := d.topics.bySlug(s.Topic); of != nil {
			r.Suggestions = append(r.Suggestions, Action{Question: "digest " + string(o.Act) + " about " + of.name})
		}
	}
	return nil, r
}

// example is what a digest of a topic would be in a channel that gets none.
func (d *Desk) example(m Message, t *topic) *digest.Subscription {
	return &digest.Subscription{
		Platform: m.Target.Platform, Channel: m.Target.Channel, Topic: t.slug,
		Schedule: digest.Schedule{At: 9 * 60, Days: digest.Daily}, Since: d.now(),
	}
}

// preview is the next digest as it will be posted.
func (d *Desk) preview(ctx context.Context, sub *digest.Subscription) (Reply, error) {
	slot := sub.Upcoming(d.now())
	asked, err := d.heard.between(ctx, sub, slot)
	if err != nil {
		return Reply{}, err
	}
	r, err := d.content(sub, slot, asked)
	var impossible *digest.Impossible
	if errors.As(err, &impossible) {
		return notDone("There is no digest to show: " + impossible.Why + "."), nil
	}
	return r, err
}

// changeDigest pauses a digest, has it come again, or removes it.
func (d *Desk) changeDigest(ctx context.Context, sub *digest.Subscription, act digest.Act) (Reply, error) {
	if sub.Fixed && (act != digest.Resume || sub.Paused == nil) {
		return notDone(fixedByOperator), nil
	}
	now := d.now().UTC()
	var after digest.Subscription
	err := d.subscriptions.Edit(ctx, sub.Platform, sub.Channel, sub.Topic, func(s *digest.Subscription) error {
		switch act {
		case digest.Pause:
			if s.Paused == nil {
				s.Paused = &digest.Paused{At: now}
			}
		case digest.Resume:
			if s.Paused != nil {
				s.Paused, s.Since, s.Refusals = nil, now, 0
			}
		default:
			s.Removed = now
		}
		after = *s
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	var r Reply
	switch act {
	case digest.Pause:
		r = say("The digest is paused: " + d.described(&after) + ".")
		r.Suggestions = d.actions(sub, digest.Resume)
	case digest.Resume:
		r = say("The digest comes again: " + d.described(&after) + ". The next one is on " + nextWords(&after) + ".")
	default:
		r = say("The digest is removed: " + d.described(&after) + ". No more will come.")
		r.Suggestions = []Action{{Question: strings.TrimSpace("digest " + d.described(&after))}}
	}
	return r, nil
}

// digestHistory tells what became of the last digests.
func (d *Desk) digestHistory(ctx context.Context, known *digest.Subscription) (Reply, error) {
	sub, err := d.subscriptions.Whole(ctx, known.Platform, known.Channel, known.Topic)
	if err != nil {
		return Reply{}, err
	}
	if sub == nil || len(sub.Outcomes) == 0 {
		return say("No digest has been due yet: " + d.described(known) + "."), nil
	}
	r := say("The last digests, " + d.described(sub) + ":")
	for _, o := range slices.Backward(sub.Outcomes) {
		r.Parts[0].Body = append(r.Parts[0].Body, answers.Block{Text: o.Day.Words() + ": " + outcomeWords(sub, o)})
	}
	return r, nil
}

func outcomeWords(sub *digest.Subscription, o digest.Outcome) string {
	switch o.What {
	case digest.Posted:
		return "posted at " + (digest.Slot{At: o.At}).Clock(sub.Schedule.Zone)
	case digest.Skipped:
		return "skipped: " + o.Why
	}
	return "not delivered: " + o.Why
}
