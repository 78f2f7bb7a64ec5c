package slack

import (
	"regexp"
	"strings"
)

// markup is what Slack makes of what people write: mentions, links, and
// entities for the signs that begin them
// (docs.slack.dev/messaging/formatting-message-text).
type markup struct {
	mention, labelled, bare *regexp.Regexp
	entities                *strings.Replacer
}

func newMarkup() *markup {
	return &markup{
		mention:  regexp.MustCompile(`<@[UW][A-Z0-9]+(?:\|[^>]*)?>`),
		labelled: regexp.MustCompile(`<[^>|]*\|([^>]*)>`),
		bare:     regexp.MustCompile(`<(?:mailto:)?([^>|]*)>`),
		entities: strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&"),
	}
}

// plain is what somebody wrote, without the mentions in it and without markup.
func (m *markup) plain(text string) string {
	text = m.mention.ReplaceAllString(text, " ")
	text = m.labelled.ReplaceAllString(text, "$1")
	text = m.bare.ReplaceAllString(text, "$1")
	return strings.Join(strings.Fields(m.entities.Replace(text)), " ")
}

// mentions says whether a text mentions a user.
func mentions(text, user string) bool {
	return strings.Contains(text, "<@"+user+">") || strings.Contains(text, "<@"+user+"|")
}
