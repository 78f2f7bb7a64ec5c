package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
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
	if err := h.open(ctx); err != nil {
		h.close()
		return nil, err
	}
	h.listen()
	return h, nil
}

// open checks what is in the folder and starts its server.
func (h *home) open(ctx context.Context) error {
	if err := h.readable(); err != nil {
		return err
	}
	if err := intact(h.folder); err != nil {
		return h.damaged("%w", err)
	}
	return h.start(ctx)
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
	return fmt.Errorf("%s: %w: %w; nothing was deleted: put the folder back from a copy, or move it away to begin anew without the replies in it",
		h.folder, ErrDamaged, fmt.Errorf(what, args...))
}

// start runs the server, without a port.
func (h *home) start(ctx context.Context) error {
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
