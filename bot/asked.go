package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"reportbot/answers"
	"reportbot/bot/outbox"
)

// askedJournal is the journal's name in the outbox.
const askedJournal = "asked"

// Asking is what is kept of a question that was not answered, or of feedback.
// Nobody's name is in it.
type Asking struct {
	At       time.Time      `json:"at"`
	Question string         `json:"question,omitempty"`
	Status   answers.Status `json:"status,omitempty"`
	Reason   answers.Reason `json:"reason,omitempty"`
	Feedback string         `json:"feedback,omitempty"`
	Code     string         `json:"code,omitempty"` // of the answer before the feedback
}

// OpenAsked opens what an outbox keeps of questions that were not answered.
func OpenAsked(ctx context.Context, box *outbox.Outbox, settings Asked) (*outbox.Journal, error) {
	return box.Journal(ctx, askedJournal, settings.Kept)
}

// asked keeps what the owner is to learn of.
type asked struct {
	journal *outbox.Journal
	now     func() time.Time
}

func (k *asked) add(ctx context.Context, m Message, a Asking) error {
	a.At = k.now().UTC()
	return k.journal.Add(ctx, m.ID, a)
}

// unanswered says whether an answer is one that the owner should know of.
func unanswered(a *answers.Answer) bool {
	switch a.Status {
	case answers.Answered, answers.HelpStatus:
		return false
	}
	return true
}

// Unanswered is a question, in its wordings that differ by case, spaces and
// closing marks alone, that was not answered.
type Unanswered struct {
	Question string // as it was last asked
	Reason   answers.Reason
	Status   answers.Status
	Times    int
	Last     time.Time
}

// ListUnanswered lists what was not answered, the most frequent first, and
// feedback, the newest last.
func ListUnanswered(ctx context.Context, journal *outbox.Journal) (questions []Unanswered, feedback []Asking, err error) {
	byQuestion := map[string]*Unanswered{}
	err = journal.Each(ctx, func(record []byte) error {
		var a Asking
		if err := json.Unmarshal(record, &a); err != nil {
			return fmt.Errorf("a record cannot be read: %w", err)
		}
		if a.Feedback != "" {
			feedback = append(feedback, a)
			return nil
		}
		key := sameQuestion(a.Question) + "\x00" + string(a.Reason)
		u := byQuestion[key]
		if u == nil {
			u = &Unanswered{}
			byQuestion[key] = u
		}
		*u = Unanswered{a.Question, a.Reason, a.Status, u.Times + 1, a.At}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	for _, u := range byQuestion {
		questions = append(questions, *u)
	}
	slices.SortFunc(questions, func(a, b Unanswered) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), b.Last.Compare(a.Last), cmp.Compare(a.Question, b.Question))
	})
	return questions, feedback, nil
}

func sameQuestion(q string) string {
	return strings.TrimRight(strings.ToLower(strings.Join(strings.Fields(q), " ")), " .!?")
}
