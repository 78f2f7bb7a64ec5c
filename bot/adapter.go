package bot

import (
	"context"

	"reportbot/bot/digest"
	"reportbot/bot/outbox"
)

// Adapter joins one platform to the bot. An implementation's package knows the
// platform; nothing else does.
type Adapter interface {
	// Name is the platform's name in targets, metrics and logs; no two
	// adapters have the same.
	Name() string
	// Run takes messages in and gives each to the intake, until ctx ends; it
	// returns when no call of the intake is running any more. A message is
	// acknowledged to the platform only once Handle has returned nil for it;
	// after an error the platform is to send it again, or the person is told
	// with Apology. An error of Run is one that trying again does not help; nil
	// before ctx has ended says that there will be no more messages.
	Run(ctx context.Context, in Intake) error
	// Post sends a reply. Its errors are the outbox's: *outbox.Wait,
	// *outbox.Refused, outbox.ErrAlreadyThere; any other is tried again. Where
	// post.MayBeThere is set and the platform can tell whether it has the reply,
	// it is asked first. Post may be called after Run has returned.
	Post(ctx context.Context, post Post) error
}

// Intake is where an adapter gives its messages. A *Bot is one.
type Intake interface {
	// Handle takes a message in. When it returns nil the reply is stored, or
	// there is to be none, and the message may be acknowledged; else nothing is
	// promised.
	Handle(ctx context.Context, m Message) error
	// Answer answers a message at once, for a platform that takes the reply as
	// its response; nothing is stored. A message that comes again, since its
	// response was lost, is answered again. Where there is to be no reply it has
	// no parts.
	Answer(ctx context.Context, m Message) (Reply, error)
	// Knows says whether a conversation is remembered, as named in a message:
	// where a follow-up is understood without the bot being called.
	Knows(ctx context.Context, m Message) bool
	// Overview is what can be asked and which report it is about, for a place
	// where nobody has asked yet. It is made anew for each caller.
	Overview() Reply
	// Form is what a question can be put together from.
	Form() *Form
	// Complete completes a question that is being typed (Completer.Complete).
	Complete(typed string, most int, before ...string) []string
	// Digest does what somebody orders of the digests of a channel, where it was
	// put together in a form. The message tells who wants it, and where.
	Digest(ctx context.Context, m Message, o digest.Order) (Reply, error)
	// Digests are those of a channel, in words.
	Digests(platform, channel string) []DigestLine
	// Topics are the topics of digests for what is typed of one (Bot.Topics).
	Topics(typed string, most int) []Choice
}

// Post is a reply on its way to a platform.
type Post struct {
	ID         string // of the message that it answers; the same at each try
	Target     Target
	Reply      Reply
	Try        int  // 1 at the first
	MayBeThere bool // an earlier try may have got through
	Digest     bool // no reply, but a digest
	// Replaces is the ID of the message whose reply this one takes the place of;
	// where that one has none, this is its reply. Without parts the reply is
	// taken away. Empty: this is a reply of its own.
	Replaces string
}

// Stater is an Adapter that can say how its platform is.
type Stater interface {
	// State is empty when messages can come in, else the reason why not.
	State() (reason string)
}

// envelope is the body of an entry of the outbox.
type envelope struct {
	Target   Target      `json:"target"`
	Reply    Reply       `json:"reply"`
	Replaces string      `json:"replaces,omitempty"`
	Digest   *digest.Ref `json:"digest,omitempty"` // that it is; nil for a reply
}

// ErrNoAdapter is the error of a reply to a platform that is not configured.
type ErrNoAdapter struct{ Platform string }

// Error names the platform.
func (e *ErrNoAdapter) Error() string {
	return "no adapter runs for the platform " + e.Platform
}

var (
	_ outbox.Send = (*Bot)(nil).send
	_ Intake      = (*Bot)(nil)
)
