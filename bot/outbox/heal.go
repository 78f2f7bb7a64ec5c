package outbox

import (
	"context"
	"fmt"
	"time"

	"reportbot/bot/flow"
)

// stores is nil when the server stores what it is given, else ErrFull with the reason.
func (h *home) stores() error {
	if reason := h.broken.Load(); reason != nil {
		return fmt.Errorf("%w: %s", ErrFull, *reason)
	}
	return nil
}

// How often a broken server is looked at; the longer one when starting it again
// did not help for long.
const (
	healSoon  = time.Second
	healLater = 30 * time.Second
)

// heal starts a broken server again once the disk has room, until ctx ends.
func (h *home) heal(ctx context.Context) {
	wait := healSoon
	for flow.Pause(ctx, wait) {
		switch {
		case h.broken.Load() == nil:
			wait = healSoon
			continue
		case h.room() != nil:
			continue
		}
		wait = min(2*wait, healLater)
		h.log.Info("the disk has room again; the outbox's server is started anew")
		h.stopServer()
		if err := h.start(ctx); err != nil {
			h.log.Error("the outbox's server cannot be started again", "error", err)
			continue
		}
		h.broken.Store(nil)
	}
}

// leastFree is the room without which a server is not started again.
const leastFree = 1 << 20

// room refuses when the disk is nearly full, before the server meets the end
// of it.
func (h *home) room() error {
	left, err := free(h.folder)
	if err != nil {
		return fmt.Errorf("asking for the room on the disk: %w", err)
	}
	if left < max(leastFree, int64(h.config.KeepFree)) {
		return fmt.Errorf("%w: the disk under %s has %d MiB left, and outbox.keep_free is %d MiB", ErrFull, h.folder, left>>20, int64(h.config.KeepFree)>>20)
	}
	return nil
}
