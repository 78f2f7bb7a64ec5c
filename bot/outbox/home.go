package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
)

// The names in a state folder.
const (
	lockName    = "lock"        // held while a process uses the folder
	formatName  = "outbox.json" // what wrote the folder, and what it put there
	socketName  = "outbox.sock" // through which other commands ask the running process
	streamsName = "jetstream"   // JetStream's own
)

// format is the version of what is in a state folder and in the streams. It is
// raised when an older program could not read what a newer one stores.
const format = 1

// home is a state folder and the server that runs on it.
type home struct {
	folder string
	log    *slog.Logger
	lock   *flock.Flock
	was    stamp // what the folder's stamp said before it was opened
	config Config
	socket net.Listener
	pipes  sync.WaitGroup

	mu     sync.Mutex
	server *server.Server
	// broken is the server's last error in storing something, nil when it
	// stores. After one it stores nothing more until it is started again, even
	// if the disk has room again.
	broken atomic.Pointer[string]
	breaks atomic.Int64 // how often that happened
}

// stamp is the content of a folder's format file.
type stamp struct {
	Format  int      `json:"format"`
	Streams []string `json:"streams"` // all that must be there
}

// openHome locks a folder and starts its server. Errors: ErrInUse, ErrNewer,
// ErrDamaged, or what the file system says.
// It waits for the lock as long as patience says.
func openHome(ctx context.Context, config Config, log *slog.Logger, patience time.Duration) (*home, error) {
	h := &home{folder: config.Folder, config: config, log: log}
	if err := h.take(ctx, patience); err != nil {
		return nil, err
	}
	if err := h.start(ctx); err != nil {
		h.close()
		return nil, err
	}
	h.listen()
	return h, nil
}

// take locks the folder and reads its stamp.
func (h *home) take(ctx context.Context, patience time.Duration) error {
	if err := os.MkdirAll(h.folder, 0o700); err != nil {
		return fmt.Errorf("making the state folder: %w", err)
	}
	lock := flock.New(filepath.Join(h.folder, lockName), flock.SetPermissions(0o600))
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	got, err := lock.TryLock()
	if !got && err == nil && patience > 0 {
		got, err = lock.TryLockContext(waiting, 20*time.Millisecond)
	}
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("locking the state folder: %w", err)
	}
	if !got {
		return fmt.Errorf("%s: %w; stop that one, or give this one another folder", h.folder, ErrInUse)
	}
	h.lock = lock
	if err := h.readStamp(); err != nil {
		h.unlock()
		return err
	}
	return nil
}

func (h *home) readStamp() error {
	path := filepath.Join(h.folder, formatName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(h.folder, streamsName)); err == nil {
			return h.damaged("there is no %s beside %s", formatName, streamsName)
		}
		return h.writeStamp(stamp{Format: format})
	}
	if err != nil {
		return fmt.Errorf("reading the state folder: %w", err)
	}
	if err := json.Unmarshal(text, &h.was); err != nil || h.was.Format < 1 {
		return h.damaged("%s cannot be read", path)
	}
	if h.was.Format > format {
		return fmt.Errorf("%s: %w (format %d; this one knows %d); start that version, or give this one another folder", h.folder, ErrNewer, h.was.Format, format)
	}
	return nil
}

// damaged is the error for a folder that cannot be used as it is.
func (h *home) damaged(what string, args ...any) error {
	return fmt.Errorf("%s: %w: %s; nothing was deleted: put the folder back from a copy, or move it away to begin anew without the replies in it",
		h.folder, ErrDamaged, fmt.Sprintf(what, args...))
}

// start runs the server, without a port.
func (h *home) start(ctx context.Context) error {
	if err := h.readable(); err != nil {
		return err
	}
	s, err := server.NewServer(&server.Options{
		ServerName: "reportbot", DontListen: true, NoSigs: true,
		JetStream: true, StoreDir: filepath.Join(h.folder, streamsName),
		JetStreamMaxStore:  1 << 50, // what bounds the store are the streams' own bounds and keep_free
		JetStreamMaxMemory: 64 << 20,
		SyncAlways:         h.config.Sync, SyncInterval: time.Second,
	})
	if err != nil {
		return fmt.Errorf("starting the outbox on %s: %w", h.folder, err)
	}
	h.mu.Lock()
	h.server = s
	h.mu.Unlock()
	s.SetLoggerV2(serverLog{h}, false, false, false)
	s.Start()
	if !s.ReadyForConnections(readyWait(ctx)) {
		return fmt.Errorf("starting the outbox on %s: %w", h.folder, ErrUnavailable)
	}
	if !s.JetStreamEnabled() {
		return h.damaged("its streams cannot be opened")
	}
	return nil
}

// InProcessConn connects to the server that runs now: a connection that is
// lost with one server comes back with the next.
func (h *home) InProcessConn() (net.Conn, error) {
	h.mu.Lock()
	s := h.server
	h.mu.Unlock()
	return s.InProcessConn()
}

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
	for pause(ctx, wait) {
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

func (h *home) stopServer() {
	h.mu.Lock()
	s := h.server
	h.mu.Unlock()
	if s != nil {
		s.Shutdown()
		s.WaitForShutdown()
	}
}

// readable walks the folder: a file that cannot be opened would be left out by
// the server, and what it holds with it.
func (h *home) readable() error {
	err := filepath.WalkDir(filepath.Join(h.folder, streamsName), func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		return f.Close()
	})
	if err != nil {
		return fmt.Errorf("reading the state folder: %w", err)
	}
	return nil
}

func readyWait(ctx context.Context) time.Duration {
	if deadline, ok := ctx.Deadline(); ok {
		return max(time.Until(deadline), time.Millisecond)
	}
	return time.Minute // recovering a large store may take a while
}

// note adds a stream to those that must be there.
func (h *home) note(name string) error {
	if slices.Contains(h.was.Streams, name) {
		return nil
	}
	return h.writeStamp(stamp{format, append(slices.Clone(h.was.Streams), name)})
}

// missing is the error for a stream that the stamp names and that is not there.
func (h *home) missing(name string) error {
	if slices.Contains(h.was.Streams, name) {
		return h.damaged("the stream %s in it cannot be read", name)
	}
	return nil
}

// writeStamp replaces the format file as a whole.
func (h *home) writeStamp(s stamp) error {
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("stamping the state folder: %w", err)
	}
	path := filepath.Join(h.folder, formatName)
	if err := writeThrough(path+".new", append(text, '\n')); err != nil {
		return fmt.Errorf("stamping the state folder: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("stamping the state folder: %w", err)
	}
	h.was = s
	return nil
}

func writeThrough(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// maxSocketPath is the longest path that a socket may have (unix(7): 108 bytes
// with the closing zero; 104 on other systems).
const maxSocketPath = 103

func socketPath(folder string) string { return filepath.Join(folder, socketName) }

// listen opens the socket. A folder where there can be none serves all the
// same; what then does not work is said.
func (h *home) listen() {
	path := socketPath(h.folder)
	var err error
	if len(path) > maxSocketPath {
		err = fmt.Errorf("the path %s is longer than %d bytes", path, maxSocketPath)
	} else {
		_ = os.Remove(path) // of a process that was killed: the lock is ours
		h.socket, err = net.Listen("unix", path)
	}
	if err != nil {
		h.log.Warn("other commands cannot look into the outbox while this process runs", "error", err)
		return
	}
	_ = os.Chmod(path, 0o600)
	h.pipes.Go(h.accept)
}

// accept joins each connection to the server.
func (h *home) accept() {
	for {
		outside, err := h.socket.Accept()
		if err != nil {
			return
		}
		inside, err := h.InProcessConn()
		if err != nil {
			outside.Close()
			continue
		}
		h.pipes.Go(func() { pipe(outside, inside) })
	}
}

// pipe copies both ways until either end closes.
func pipe(a, b net.Conn) {
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(a, b); a.Close(); b.Close() })
	both.Go(func() { _, _ = io.Copy(b, a); a.Close(); b.Close() })
	both.Wait()
}

func (h *home) close() {
	if h.socket != nil {
		h.socket.Close()
	}
	h.stopServer()
	h.pipes.Wait()
	h.unlock()
}

func (h *home) unlock() {
	if err := h.lock.Unlock(); err != nil {
		h.log.Warn("unlocking the state folder", "error", err)
	}
}

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
