package bot

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"log/slog"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/bot/outbox"
)

// Terse is an Adapter whose buttons hold little. A code that is longer gets a
// short name (Reply.Short), which is known for codesKept.
type Terse interface {
	LongestCode() int
}

// codes keeps long codes of answers by short names, so that buttons work after
// a restart. Nobody's name is in a code.
type codes struct {
	bucket *outbox.Bucket
	now    func() time.Time
	// named are the names that this process has kept of late, and when: they need
	// not be kept again.
	named *lru.Cache[string, time.Time]
}

const (
	codesKept   = 30 * 24 * time.Hour // since the answer was given last
	codesFresh  = 24 * time.Hour      // what was kept so lately is not kept anew
	longestCode = 4096                // a longer one gets no name: the bucket holds much, but not everything
	mostNamed   = 4096
)

// nameMark begins each short name, and no code.
const nameMark = "~"

func openCodes(ctx context.Context, box *outbox.Outbox, now func() time.Time) (*codes, error) {
	bucket, err := box.Bucket(ctx, "codes", codesKept)
	if err != nil {
		return nil, err
	}
	named, err := lru.New[string, time.Time](mostNamed)
	return &codes{bucket, now, named}, err
}

// nameOf is the short name of a code: the same for all who ask, 17 characters.
func nameOf(code string) string {
	sum := sha256.Sum256([]byte(code))
	return nameMark + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// name gives a code a short name, and keeps it.
func (c *codes) name(ctx context.Context, code string) (string, error) {
	name := nameOf(code)
	if at, ok := c.named.Get(name); ok && c.now().Sub(at) < codesFresh {
		return name, nil
	}
	_, revision, err := c.bucket.Get(ctx, name)
	if err != nil {
		return "", err
	}
	if _, err := c.bucket.Set(ctx, name, []byte(code), revision); err != nil && !errors.Is(err, outbox.ErrChanged) { // changed: by who keeps the same
		return "", err
	}
	c.named.Add(name, c.now())
	return name, nil
}

// whole is the code of a short name. What is none, or is known no more, it
// returns as it is: no answer has it.
func (c *codes) whole(ctx context.Context, code string) (string, error) {
	if !strings.HasPrefix(code, nameMark) {
		return code, nil
	}
	kept, _, err := c.bucket.Get(ctx, code)
	if err != nil || len(kept) == 0 {
		return code, err
	}
	return string(kept), nil
}

// short is the short name of a reply's code, where the platform needs one.
// Without it a reply has fewer buttons, which is better than none.
func (b *Bot) short(ctx context.Context, log *slog.Logger, platform, code string) string {
	t, ok := b.adapters[platform].(Terse)
	if !ok || len(code) <= t.LongestCode() || len(code) > longestCode {
		return ""
	}
	name, err := b.codes.name(ctx, code)
	if err != nil {
		log.Warn("the code of an answer could not be kept; its reply has fewer buttons", "error", err)
		return ""
	}
	return name
}
