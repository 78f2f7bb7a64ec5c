package discord

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"reportbot/bot"
	"reportbot/bot/outbox"
)

// outgoing is a message as it is posted. The client library's own type has
// neither nonce nor enforce_nonce.
type outgoing struct {
	Content    string                       `json:"content,omitempty"`
	Embeds     []*discordgo.MessageEmbed    `json:"embeds,omitempty"`
	Components []discordgo.MessageComponent `json:"components,omitempty"`
	Mentions   mentions                     `json:"allowed_mentions"`
	Attached   []attachment                 `json:"attachments,omitempty"`
	Reference  *reference                   `json:"message_reference,omitempty"`
	Flags      int                          `json:"flags,omitempty"`
	Nonce      string                       `json:"nonce,omitempty"`
	Enforce    bool                         `json:"enforce_nonce,omitempty"`
}

// mentions is who is notified by a message: nobody.
type mentions struct {
	Parse   []string `json:"parse"`
	Replied bool     `json:"replied_user"`
}

func nobody() mentions { return mentions{Parse: []string{}} }

// reference is the message that is replied to.
type reference struct {
	Message string `json:"message_id"`
	Fail    bool   `json:"fail_if_not_exists"`
}

// Post sends a reply. Discord posts one message for a nonce within some minutes;
// after an uncertain try the channel is read back besides.
func (d *Discord) Post(ctx context.Context, post bot.Post) error {
	messages := render(post.Reply, renderOptions{ID: customID, Buttons: true, Digest: post.Digest})
	there := map[int]bool{}
	if post.MayBeThere {
		var err error
		if there, err = d.posted(ctx, post, messages); err != nil {
			return outcome(err)
		}
	}
	sent := 0
	for part, m := range d.draw(ctx, messages, !post.Digest) {
		if there[part] {
			continue
		}
		fate, err := d.send(ctx, post, part, m)
		if fate.bare != "" || noEmbeds(err) {
			return outcome(d.postPlain(ctx, post, fate))
		}
		if err != nil {
			return outcome(err)
		}
		sent++
	}
	if sent == 0 {
		return outbox.ErrAlreadyThere
	}
	return nil
}

// fate is what became of a message.
type fate struct {
	bare  string // the message where Discord has taken its embeds away, since the bot may send none there
	alone bool   // its files were refused
}

// postPlain posts a reply where embeds are not allowed, and a first message of it
// may be without them already.
func (d *Discord) postPlain(ctx context.Context, post bot.Post, first fate) error {
	messages := render(post.Reply, renderOptions{ID: customID, Buttons: true, Plain: true, Digest: post.Digest})
	for part, m := range d.draw(ctx, messages, !post.Digest) {
		var err error
		if first.alone {
			m = m.bare(reason(noFilesHere, !post.Digest))
		}
		if part == 0 && first.bare != "" {
			change := outgoing{Content: m.Content, Components: m.Components, Mentions: nobody()}
			err = d.rest.call(ctx, "PATCH", "channels/"+post.Target.Channel+"/messages/"+first.bare, change, nil)
		} else {
			_, err = d.send(ctx, post, part, m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// send posts a message, without its files where Discord takes none of the bot's.
func (d *Discord) send(ctx context.Context, post bot.Post, part int, m message) (became fate, err error) {
	became.bare, err = d.sendAs(ctx, post, part, m)
	if filesRefused(err, m.Files) {
		became.alone = true
		became.bare, err = d.sendAs(ctx, post, part, m.bare(reason(noFilesHere, !post.Digest)))
	}
	return became, err
}

// sendAs posts a message. bare is of fate.
func (d *Discord) sendAs(ctx context.Context, post bot.Post, part int, m message) (bare string, err error) {
	out := outgoing{
		Content: m.Content, Embeds: m.Embeds, Components: m.Components, Mentions: nobody(), Attached: attachments(m.Files),
		Nonce: nonce(post.ID, part), Enforce: true,
	}
	if post.Target.Thread != "" && part == 0 {
		out.Reference = &reference{Message: post.Target.Thread}
	}
	var posted struct {
		ID     string            `json:"id"`
		Embeds []json.RawMessage `json:"embeds"`
	}
	err = d.rest.send(ctx, "POST", "channels/"+post.Target.Channel+"/messages", out, m.Files, &posted)
	if err != nil || len(m.Embeds) == 0 || len(posted.Embeds) > 0 {
		return "", err
	}
	return posted.ID, nil
}

// nonce is the same for each try of a part of a reply. Discord takes 25
// characters (docs.discord.com/developers/resources/message, create message).
func nonce(id string, part int) string {
	sum := sha256.Sum256([]byte(id + "\x00" + strconv.Itoa(part)))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:15]))
}

// posted are the parts of a reply that are in the channel already, by their
// nonces, which Discord gives back for a while only, and the first by the message
// that it replies to; a digest, which replies to none, by its title, in which
// the day is. Where the bot may not read them, Discord's own look at the nonce
// must do.
func (d *Discord) posted(ctx context.Context, post bot.Post, messages []message) (map[int]bool, error) {
	var list []past
	err := d.rest.call(ctx, "GET", "channels/"+post.Target.Channel+"/messages?limit=100", nil, &list)
	there := map[int]bool{}
	if noAccess(codeOf(err)) {
		return there, nil
	}
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		if m.Author.ID != d.who().user {
			continue
		}
		if m.Reference != nil && post.Target.Thread != "" && m.Reference.Message == post.Target.Thread {
			there[0] = true
		}
		if post.Digest && m.byItself() && len(messages) > 0 && m.title() == title(messages[0]) {
			there[0] = true
		}
		for part := range mostParts {
			if m.Nonce == nonce(post.ID, part) {
				there[part] = true
			}
		}
	}
	return there, nil
}

// past is a message of a channel, as far as it matters
// (docs.discord.com/developers/resources/message).
type past struct {
	Nonce     any        `json:"nonce"` // a text or a number
	Author    person     `json:"author"`
	Reference *reference `json:"message_reference"`
	Answers   *struct{}  `json:"interaction_metadata"` // the command or button that it answers
	Content   string     `json:"content"`
	Embeds    []struct {
		Description string `json:"description"`
	} `json:"embeds"`
}

// byItself says whether nobody has asked for a message: one that answers may be
// the preview of a digest.
func (m *past) byItself() bool { return m.Reference == nil && m.Answers == nil }

// title is the first line.
func (m *past) title() string {
	if len(m.Embeds) > 0 {
		return firstLine(m.Embeds[0].Description)
	}
	return firstLine(m.Content)
}

func title(m message) string {
	if len(m.Embeds) > 0 {
		return firstLine(m.Embeds[0].Description)
	}
	return firstLine(m.Content)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}

// mostParts is how many messages of a reply are looked for.
const mostParts = 10

// The codes of what Discord refuses
// (docs.discord.com/developers/topics/opcodes-and-status-codes, JSON error codes).
const (
	codeUnknownChannel   = 10003
	codeUnknownGuild     = 10004
	codeUnknownMember    = 10007
	codeFirstMaximum     = 30000 // up to codeLastMaximum: "Maximum number of … reached"
	codeLastMaximum      = 30999
	codeTooLarge         = 40005
	codeForum            = 40058
	codeAnswered         = 40060
	codeNoAccess         = 50001
	codeEmptyMessage     = 50006
	codeCannotDM         = 50007
	codeNotForText       = 50008
	codeVerification     = 50009
	codeNoPermission     = 50013
	codeWrongChannel     = 50024
	codeInvalidForm      = 50035
	codeThreadIsArchived = 50083
	codeNoSharedServer   = 50278
	codeThreadIsLocked   = 160005
	codeModerated        = 200000
	codeHarmfulLink      = 240000
)

func noAccess(code int) bool { return code == codeNoAccess || code == codeNoPermission }

// noEmbeds says whether a message was refused that may pass without embeds: with
// these taken out, nothing is left of it.
func noEmbeds(err error) bool { return codeOf(err) == codeEmptyMessage }

// outcome tells the outbox what an error of Discord's means.
func outcome(err error) error {
	if err == nil {
		return nil
	}
	code := codeOf(err)
	if reason := refusal(code); reason != "" {
		return &outbox.Refused{Reason: reason + " (Discord's code " + strconv.Itoa(code) + ")"}
	}
	return err
}

// refusal is why Discord will not take a message at any other time either, in
// words that stand behind "because"; empty where it may.
func refusal(code int) string {
	switch code {
	case codeUnknownChannel:
		return "the channel is gone"
	case codeUnknownGuild:
		return "the server is gone, or the bot is no longer in it"
	case codeNoAccess:
		return "the bot is no longer in the server, or may not see the channel"
	case codeNoPermission:
		return "the bot may not write there: it needs the permissions to see the channel and to send messages, in a thread to send messages in threads"
	case codeCannotDM, codeNoSharedServer:
		return "the person takes no direct messages from the bot"
	case codeForum, codeNotForText, codeWrongChannel:
		return "there can be no messages in a channel of this kind"
	case codeVerification:
		return "the server's verification level keeps the bot out"
	case codeInvalidForm, codeEmptyMessage:
		return "Discord does not take a message of this form"
	case codeThreadIsArchived:
		return "the thread is archived"
	case codeThreadIsLocked:
		return "the thread is locked"
	case codeModerated, codeHarmfulLink:
		return "the server's automatic moderation stops the message"
	}
	if codeFirstMaximum <= code && code <= codeLastMaximum {
		return "a limit of Discord's is reached that does not pass by waiting"
	}
	return ""
}
