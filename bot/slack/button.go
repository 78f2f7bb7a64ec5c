package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"reportbot/bot"
	"reportbot/bot/config"
)

// signer signs what a button carries, so that a button works after a restart,
// and nobody can make one up. Its key comes from the bot's token: a new token
// ends all buttons.
type signer struct{ key []byte }

func newSigner(token config.Secret) *signer {
	mac := hmac.New(sha256.New, []byte(token.Reveal()))
	mac.Write([]byte("reportbot buttons"))
	return &signer{mac.Sum(nil)}
}

// value is what a button of a kind carries, empty when it is too long for one.
func (s *signer) value(kind, payload string) string {
	value := kind + "." + s.sum(kind, payload) + "." + payload
	if len(value) > limitValue {
		return ""
	}
	return value
}

// open reads a value; ok is false for one that was not signed here.
func (s *signer) open(value string) (kind, payload string, ok bool) {
	kind, rest, found := strings.Cut(value, ".")
	sum, payload, found2 := strings.Cut(rest, ".")
	if !found || !found2 || !hmac.Equal([]byte(sum), []byte(s.sum(kind, payload))) {
		return "", "", false
	}
	return kind, payload, true
}

func (s *signer) sum(kind, payload string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(kind + "\x00" + payload))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:12])
}

// The kinds of buttons.
const (
	buttonAsk   = "ask" // a question
	buttonWhy   = "why" // this and the next: the code of an answer
	buttonGood  = "good"
	buttonBad   = "bad"
	buttonShare = "share" // in the channel
	buttonKeep  = "keep"  // in direct messages
	buttonChart = "chart" // this and the next: the same in another form, in the thread or in direct messages
	buttonCSV   = "csv"
	buttonForm  = "form"  // nothing
	buttonSetUp = "setup" // nothing: the window in which a digest is set up
)

// inForm says whether a button gives an answer again as a chart or a file.
func inForm(kind string) bool { return kind == buttonChart || kind == buttonCSV }

// wanted is what a button wants of the bot.
func wanted(m bot.Message, kind, payload string) (bot.Message, bool) {
	switch kind {
	case buttonAsk:
		m.Text = payload
	case buttonWhy:
		m.Act, m.Code = bot.Why, payload
	case buttonGood:
		m.Act, m.Code = bot.Useful, payload
	case buttonBad:
		m.Act, m.Code = bot.Wrong, payload
	case buttonChart:
		m.Act, m.Code = bot.AsChart, payload
	case buttonCSV:
		m.Act, m.Code = bot.AsCSV, payload
	case buttonShare, buttonKeep:
		m.Act, m.Code = bot.Again, payload
	default:
		return m, false
	}
	return m, true
}
