package outbox

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
)

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
