package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"reportbot/answers"
	"reportbot/bot/digest"
	"reportbot/bot/outbox"
)

// heard keeps what is asked in channels that get a digest: how much, of which
// kinds, and what had no answer; nobody's name.
type heard struct {
	bucket *outbox.Bucket
	store  *digest.Store
	now    func() time.Time
}

// heardKept is how long it is kept: a digest may come once a week.
const heardKept = 9 * 24 * time.Hour

// spell is the time for which questions are counted together. What a digest
// tells of begins and ends with whole spells, so that no two digests tell of the
// same question.
const spell = 15 * time.Minute

// The bounds of what is kept of a channel.
const (
	mostOpen     = 20 // questions without an answer
	openShown    = 2  // of them in a digest
	longestShown = 90 // characters of one
)

// channelHeard is what is kept of a channel.
type channelHeard struct {
	Spells []spellHeard   `json:"spells"`
	Open   []openQuestion `json:"open,omitempty"`
}

// spellHeard is what was asked within a spell.
type spellHeard struct {
	At    int64                `json:"at"` // its beginning, in seconds
	Kinds map[answers.Kind]int `json:"kinds"`
}

// openQuestion is one without an answer, and the nearest that has one.
type openQuestion struct {
	At       int64  `json:"at"`
	Question string `json:"question"`
	Nearest  string `json:"nearest,omitempty"`
}

// tally is what was asked between two digests.
type tally struct {
	Kinds map[answers.Kind]int
	Open  []openQuestion
}

func openHeard(ctx context.Context, box *outbox.Outbox, store *digest.Store, now func() time.Time) (*heard, error) {
	bucket, err := box.Bucket(ctx, "heard", heardKept)
	return &heard{bucket, store, now}, err
}

// listens says whether a digest tells of what is asked in a message's channel.
func (h *heard) listens(m Message) bool {
	if m.Private {
		return false
	}
	return slices.ContainsFunc(h.store.Of(m.Target.Platform, m.Target.Channel), func(s *digest.Subscription) bool {
		return s.Active() && !s.Leaves(digest.AskedSection)
	})
}

// add notes a question.
func (h *heard) add(ctx context.Context, m Message, a *answers.Answer) error {
	key := m.Target.lane()
	for range 10 {
		value, revision, err := h.bucket.Get(ctx, key)
		if err != nil {
			return err
		}
		var c channelHeard
		if len(value) > 0 && json.Unmarshal(value, &c) != nil {
			c = channelHeard{} // of another version: a beginning
		}
		c.note(h.now(), m.Text, a)
		if value, err = json.Marshal(c); err != nil {
			return fmt.Errorf("writing what was asked: %w", err)
		}
		if _, err = h.bucket.Set(ctx, key, value, revision); !errors.Is(err, outbox.ErrChanged) {
			return err
		}
	}
	return fmt.Errorf("noting what was asked: %w", outbox.ErrChanged)
}

func (c *channelHeard) note(now time.Time, question string, a *answers.Answer) {
	at := now.Truncate(spell).Unix()
	oldest := now.Add(-heardKept).Unix()
	c.Spells = slices.DeleteFunc(c.Spells, func(s spellHeard) bool { return s.At < oldest })
	if n := len(c.Spells); n == 0 || c.Spells[n-1].At < at {
		c.Spells = append(c.Spells, spellHeard{at, map[answers.Kind]int{}})
	}
	kind := a.Intent
	if unanswered(a) {
		kind = answers.Refused
	}
	c.Spells[len(c.Spells)-1].Kinds[kind]++
	if a.Status != answers.NotInReport && a.Status != answers.Clarify {
		return // what is out of scope is not repeated before a channel
	}
	open := openQuestion{At: at, Question: shortened(question, longestShown)}
	switch {
	case len(a.Alternatives) > 0:
		open.Nearest = a.Alternatives[0].Question
	case len(a.Suggestions) > 0:
		open.Nearest = a.Suggestions[0]
	}
	c.Open = slices.DeleteFunc(c.Open, func(o openQuestion) bool {
		return o.At < oldest || sameQuestion(o.Question) == sameQuestion(open.Question)
	})
	c.Open = append(c.Open, open)
	c.Open = c.Open[max(0, len(c.Open)-mostOpen):]
}

// between is what was asked in a channel since the digest before a slot.
func (h *heard) between(ctx context.Context, sub *digest.Subscription, slot digest.Slot) (*tally, error) {
	if sub.Leaves(digest.AskedSection) {
		return nil, nil
	}
	value, _, err := h.bucket.Get(ctx, Target{Platform: sub.Platform, Channel: sub.Channel}.lane())
	if err != nil || len(value) == 0 {
		return nil, err
	}
	var c channelHeard
	if json.Unmarshal(value, &c) != nil {
		return nil, nil
	}
	from, to := sub.Previous(slot).At.Truncate(spell).Unix(), slot.At.Truncate(spell).Unix()
	t := &tally{Kinds: map[answers.Kind]int{}}
	for _, s := range c.Spells {
		if from <= s.At && s.At < to {
			for kind, n := range s.Kinds {
				t.Kinds[kind] += n
			}
		}
	}
	for _, o := range slices.Backward(c.Open) {
		if from <= o.At && o.At < to && len(t.Open) < openShown {
			t.Open = append(t.Open, o)
		}
	}
	return t, nil
}

func (t *tally) total() int {
	n := 0
	for _, of := range t.Kinds {
		n += of
	}
	return n
}

// summary is how much was asked, of which kinds: "5 questions: 3 for figures, 2
// for comparisons."
func (t *tally) summary() string {
	byWord := map[string]int{}
	for kind, n := range t.Kinds {
		byWord[kindWord(kind)] += n
	}
	words := slices.SortedFunc(maps.Keys(byWord), func(a, b string) int { return cmp.Or(cmp.Compare(byWord[b], byWord[a]), cmp.Compare(a, b)) })
	var list []string
	for _, word := range words {
		list = append(list, fmt.Sprint(byWord[word], " ", word))
	}
	return plural(t.total(), "question") + ": " + strings.Join(list, ", ") + "."
}

// kindWord is what questions of a kind are for.
func kindWord(kind answers.Kind) string {
	switch kind {
	case answers.Lookup, answers.Profile:
		return "for the figures of a place"
	case answers.Compare, answers.Difference:
		return "to compare"
	case answers.Rank:
		return "for an order"
	case answers.Filter, answers.Count:
		return "for countries that meet a condition"
	case answers.Total, answers.Average, answers.Share:
		return "for totals, averages or shares"
	case answers.Date, answers.Source:
		return "for dates or sources"
	case answers.Finding:
		return "about the report's text"
	case answers.Refused:
		return "without an answer"
	}
	return "about the report itself"
}

// shortened is a text of so many characters at most, cut with "…".
func shortened(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(Printable(text)), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return strings.TrimRight(string(runes[:most-1]), " ") + "…"
}

func quoted(text string) string { return "“" + text + "”" }
