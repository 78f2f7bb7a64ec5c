package outbox

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
)

// serverLog passes on what the server has to say that an operator should know.
type serverLog struct{ home *home }

func (l serverLog) say(level slog.Level, format string, args []any) string {
	text := strings.TrimSpace(fmt.Sprintf(format, args...))
	l.home.log.Log(context.Background(), level, text, "from", "nats-server")
	return text
}

// cannotStore says whether the server tells, in words only, that it could not
// store something, or will store nothing more (nats-server, stream.go and
// jetstream.go).
func cannotStore(text string) bool {
	return strings.Contains(text, "JetStream failed to store") || strings.Contains(text, "disabling JetStream") || strings.Contains(text, "will be DISABLED")
}

// Noticef is for what a server says of itself at a start and an end.
func (l serverLog) Noticef(format string, args ...any) { l.say(slog.LevelDebug, format, args) }

// Warnf warns.
func (l serverLog) Warnf(format string, args ...any) { l.heed(l.say(slog.LevelWarn, format, args)) }

// Errorf tells of errors.
func (l serverLog) Errorf(format string, args ...any) { l.heed(l.say(slog.LevelError, format, args)) }

// heed notes that the server stores nothing more.
func (l serverLog) heed(text string) {
	if cannotStore(text) {
		l.home.broken.Store(&text)
		l.home.breaks.Add(1)
	}
}

// Fatalf tells of an error that keeps the server from running.
func (l serverLog) Fatalf(format string, args ...any) { l.say(slog.LevelError, format, args) }

// Debugf is not asked for.
func (serverLog) Debugf(string, ...any) {}

// Tracef is not asked for.
func (serverLog) Tracef(string, ...any) {}
